"""Resolve who speaks: a person's full name, an organisation's, or words that stand for one."""

from __future__ import annotations

import re

from recoupe.extract.speech.described import DETERMINER
from recoupe.extract.speech.named import PREPOSED, start_of
from recoupe.extract.speech.pronouns import Pronouns
from recoupe.records import OrganisationMention, PersonMention

#: « — 14 000 euros, une fortune — estime que »
_DASHED = re.compile(r" [—–] [^—–\n]{3,160} [—–] $")
_RELATIVE = re.compile(r",? qui (?:n'|ne |l'|en |y |lui |leur |se |s')*$")
_LEAD = re.compile(
    r"[ –—•«\"“-]*(?:(?:[Ee]t|[Mm]ais|[Oo]r|[Aa]lors) )?(?:(?:M\.|Mme|Monsieur|"
    r"Madame) (?=l[ae'] ?[A-ZÀ-Þ]))?"
)
_AT = re.compile(r"(?P<side>Du côté |Dans l'entourage |Dans les rangs |Chez )?(?:Au |À |Aux |d)?")
#: « BOULOGNE, 14 janv. (AFN) - Le comité », « Gironde. Les ostréiculteurs »
_DATELINE = re.compile(r"[^;:\n«]{0,60}\([A-ZÀ-Þ][\w /]{1,14}\)\.? ?[-–—] ")
#: « le préfet se tait, mais la mairie indique que »
_CONJUNCTION = re.compile(
    r", (?:car|mais|tandis que|alors que|puisque|quand|or|et) (?=(?:l'|les? |la |[A-ZÀ-Þ]))"
)


class Speakers(Pronouns):
    """The people, organisations and words of one text that may speak."""

    def before(self, start: int, end: int) -> str | None:
        """The subject of the cue at ``end`` whose clause starts at ``start``."""
        if self.surface.low[max(0, end - 9) : end].endswith((" on ", "'on ", " on nous ")):
            return self._on(start, end)
        start = self._clause_start(start, end)
        aside = _DASHED.search(self.surface.plain, start, end)
        end = aside.start() if aside else end
        relative = _RELATIVE.search(self.surface.low, start, end)
        if relative:
            return self._antecedent(relative.start())
        mentions = self.named_mentions
        that = max(self.surface.low.rfind(mark, start, end) for mark in (" que ", " qu'"))
        if that >= 0 and any(that < m.start and m.end <= end for m in mentions):
            start = that + len(" qu'")
        inside = sorted((m for m in mentions if start <= m.start and m.end <= end), key=start_of)
        for mention in inside:
            if isinstance(mention, PersonMention) and self.is_subject(start, mention):
                return mention.name
        for mention in inside:  # « Interrogée sur le sujet, Orange répond que … »
            if end - 2 <= mention.end <= end and not PREPOSED.search(
                self.surface.plain, max(start, mention.start - 14), mention.start
            ):
                return mention.name
        phrase_start = self._phrase_start(start, end)
        for mention in inside:
            near = 0 <= mention.start - phrase_start <= len("le ")
            if near and isinstance(mention, OrganisationMention):
                return mention.name
        return (
            self._metonym(phrase_start)
            or self._apposed(phrase_start, end)
            or self._words(phrase_start, end)
            or self._pronoun_subject(start, end)
            or self._anyone(phrase_start, end)
        )

    def _clause_start(self, start: int, end: int) -> int:
        """Past « ; », « : », a dateline's dash and « , car » before another subject."""
        cut = max(self.surface.plain.rfind(mark, start, end - 2) for mark in ";:") + 1
        start = max(start, cut)
        dateline = _DATELINE.match(self.surface.plain, start, end)
        start = dateline.end() if dateline else start
        for match in _CONJUNCTION.finditer(self.surface.plain, start, end):
            start = match.end()
        return start

    def _anyone(self, start: int, end: int) -> str | None:
        """« chacun répète que »: nobody in particular."""
        word = self.surface.low[start:end].rsplit(",", 1)[-1].strip()
        if word not in self.cues.anyone:
            return None
        return word

    def _on(self, start: int, end: int) -> str | None:
        """« Au ministère de la Culture, on fait valoir que » → ministère de la Culture."""
        lead = _AT.match(self.surface.plain, start, end)
        return self.governed(max(lead.end("side"), start), end) if lead else None

    def _phrase_start(self, start: int, end: int) -> int:
        """Where the subject starts in the clause: after its last comma, or at its head."""
        clause = self.surface.plain[start:end]
        lead = _LEAD.match(clause)
        comma = clause.rfind(", ", 0, max(0, len(clause) - 3))
        aside = clause.rstrip().endswith(",") and clause.startswith(("un ", "une "), comma + 2)
        if comma >= 0 and not aside and DETERMINER.match(clause, comma + 2):
            return start + comma + 2
        return start + (lead.end() if lead else 0)

    def _pronoun_subject(self, start: int, end: int) -> str | None:
        words = [self.surface.low[s:e] for s, e in self.surface.next_words(start, end)]
        found = [word for word in words if word in {"il", "elle"}]
        return self.pronoun(found[-1], start, None) if found else None
