"""Resolve who speaks: a person's full name, an organisation's, or words that stand for one."""

from __future__ import annotations

import re
from collections.abc import Sequence

from recoupe.extract.speech.described import DETERMINER, LATTER
from recoupe.extract.speech.following import DETERMINER_AT
from recoupe.extract.speech.named import start_of
from recoupe.extract.speech.pronouns import Pronouns
from recoupe.records import Mention, OrganisationMention, PersonMention

#: « — 14 000 euros, une fortune — estime que »
_DASHED = re.compile(r" [—–] [^—–\n]{3,160} [—–] $")
#: « Quant au maire, il évoque »
_AS_FOR = re.compile(r"Quant (?=[àa])")
#: « L'opposition, par la voix de X, dénonce »
_VOICE = re.compile(r"\bpar (?:la voix|la bouche|l'intermédiaire|la plume) (?=d)")
_RELATIVE = re.compile(
    r",? (?:qui|le(?:s)?quels?|l[ae]s?quelles?) (?:n'|ne |l'|en |y |lui |leur |se |s')*$"
)
#: « un conseiller, qui a connu quatre exercices et jure »
_JOINED = re.compile(r",? qui [^.;:«\n]{3,120} et (?:n'|ne |l'|en |y |lui |leur |se |s')?$")
_LEAD = re.compile(
    r"[ –—•«\"“-]*(?:(?:[Ee]t|[Mm]ais|[Oo]r|[Aa]lors) )?(?:(?:M\.|Mme|Monsieur|"
    r"Madame) (?=l[ae'] ?[A-ZÀ-Þa-zà-ÿ]))?"
)
_AT = re.compile(r"(?P<side>Du côté |Dans l'entourage |Dans les rangs |Chez )?(?:Au |À |Aux |d)?")
#: « BOULOGNE, 14 janv. (AFN) - Le comité », « Gironde. Les ostréiculteurs »
_DATELINE = re.compile(r"[^;:\n«]{0,60}\([A-ZÀ-Þ][\w /]{1,14}\)\.? ?[-–—] ")
#: « le préfet se tait, mais la mairie indique que »
_CONJUNCTION = re.compile(
    r"(?:, (?:car|mais|puisque|quand|or|et)|,? (?:alors|tandis) que) "
    r"(?=(?:l'|les? |la |[A-ZÀ-Þ]))"
)


_PARTY = 30
#: « un vice-président m'a dit », « on y rappelle »: what stands between the subject and its verb.
_CLITIC = re.compile(r"(?<![\w'])(?:m'|me |nous |vous |lui |leur |y )$")
_CLITICS = 8
#: « L'association, que préside X, note »
_ASIDE = ("que ", "qu'", "dont ", "où ")
_APART = 120


class Speakers(Pronouns):
    """The people, organisations and words of one text that may speak."""

    def before(self, start: int, end: int) -> str | None:
        """The subject of the cue at ``end`` whose clause starts at ``start``."""
        clitic = _CLITIC.search(self.surface.low, max(start, end - _CLITICS), end)
        end = clitic.start() if clitic else end
        if self.surface.low[max(0, end - 9) : end].endswith((" on ", "'on ")):
            return self._on(start, end)
        start = self._clause_start(start, end)
        aside = _DASHED.search(self.surface.plain, start, end)
        end = aside.start() if aside else end
        relative = _RELATIVE.search(self.surface.low, start, end)
        if relative:
            return self.related(start, self._before_party(relative.start())) or (
                self.last_body(relative.start(), reach=_APART) if "quel" in relative[0] else None
            )
        joined = _JOINED.search(self.surface.low, start, end)
        if joined:
            return self.related(start, joined.start())
        return (
            self._through(start, end)
            or self._after_that(start, end)
            or self._subject(self._innermost(start, end), end)
        )

    def _before_party(self, at: int) -> int:
        """« le maire (DVG), qui promet »: the brackets are no part of the antecedent."""
        opened = self.surface.plain.rfind(" (", max(0, at - _PARTY), at)
        return opened if opened >= 0 and self.surface.plain[at - 1] == ")" else at

    def _through(self, start: int, end: int) -> str | None:
        """« Quant au maire, il évoque », « l'opposition, par la voix de X, dénonce »."""
        about = _AS_FOR.match(self.surface.plain, start, end)
        asked = self.governed(about.end(), end) if about else None
        if asked and self.is_agent(asked):
            return asked
        voice = _VOICE.search(self.surface.low, start, end)
        return self.governed(voice.end(), end) if voice else None

    def _innermost(self, start: int, end: int) -> int:
        """Past « que » where a name stands after it."""
        that = max(self.surface.low.rfind(mark, start, end) for mark in (" que ", " qu'"))
        named = any(
            that < m.start and m.end <= end and not self._aside(start, m, end)
            for m in self.named_mentions
        )
        return that + len(" qu'") if that >= 0 and named else start

    def _subject(self, start: int, end: int) -> str | None:
        inside = [m for m in self.named_mentions if start <= m.start and m.end <= end]
        inside.sort(key=start_of)
        paper = self._paper_subject(start, end)
        if paper:
            return paper
        for mention in inside:
            person = isinstance(mention, PersonMention) and self.is_subject(start, mention)
            if person and not self._aside(start, mention, end):
                return mention.name
        for mention in inside:  # « Interrogée sur le sujet, Orange répond que … »
            beside = end - 2 <= mention.end <= end and self.is_subject(start, mention)
            if beside and not self._aside(start, mention, end):
                return mention.name
        phrase_start = self._phrase_start(start, end)
        if LATTER.match(self.surface.low, phrase_start, end):
            return self.demonstrated(phrase_start)
        near = [m for m in inside if 0 <= m.start - phrase_start <= len("le ")]
        body = next((m for m in near if isinstance(m, OrganisationMention)), None)
        return (
            (body.name if body else None)
            or self._described(inside, (start, phrase_start, end))
            or self._metonym(phrase_start)
            or self._apposed(phrase_start, end)
            or self._words(phrase_start, end)
            or self._pronoun_subject(start, end)
            or self._anyone(phrase_start, end)
        )

    def _described(
        self, inside: Sequence[PersonMention | OrganisationMention], at: tuple[int, int, int]
    ) -> str | None:
        """« France Élevage, l'association des éleveurs, | chiffre »: the name before the words."""
        start, phrase, end = at
        if not self.surface.plain.endswith(",", start, end - 1):
            return None
        beside = [m for m in inside if m.end == phrase - len(", ") and self.is_subject(start, m)]
        return beside[-1].name if beside else None

    def _aside(self, start: int, mention: Mention, end: int) -> bool:
        """Whether ``mention`` stands in a relative clause between commas."""
        comma = self.surface.plain.rfind(", ", start, mention.start)
        opened = comma > start and self.surface.low.startswith(_ASIDE, comma + 2)
        return opened and self.surface.plain.find(",", mention.end, end) >= 0

    def _paper_subject(self, start: int, end: int) -> str | None:
        """« Signée du directeur, Léo C., la lettre rappelle »: what stands beside the verb."""
        at = self._phrase_start(start, end)
        if at <= start or not self.surface.plain.endswith(", ", start, at):
            return None
        span = self._noun_phrase(at, end)
        if span is None or span[1] < end - 1:
            return None
        words = [self.surface.low[s:e] for s, e in self.surface.next_words(*span)]
        paper = len(words) > 1 and words[1] in self.cues.papers
        return self._words(at, end) if paper else None

    def _clause_start(self, start: int, end: int) -> int:
        """Past « ; », « : », a dateline's dash and « , car » before another subject."""
        cut = max(self.surface.plain.rfind(mark, start, end - 2) for mark in ";:") + 1
        start = max(start, cut)
        dateline = _DATELINE.match(self.surface.plain, start, end)
        start = dateline.end() if dateline else start
        for match in _CONJUNCTION.finditer(self.surface.plain, start, end):
            start = match.end()
        return start

    def _after_that(self, start: int, end: int) -> str | None:
        """« un écart que la préfecture chiffre »: the subject stands after « que »."""
        that = max(self.surface.low.rfind(mark, start, end) + len(mark) for mark in ("que ", "qu'"))
        if that <= start + len("que ") or not DETERMINER.match(self.surface.plain, that, end):
            return None
        span = self._noun_phrase(that, end)
        if span and span[1] >= end - 1 and self.known_source(that, end, acting=True):
            return self.after(that, end)
        return None

    def related(self, start: int, end: int) -> str | None:
        """« déplore la Cour, qui situe »: whoever the words that end before « qui » stand for."""
        named = self._antecedent(end)
        if named:
            return named
        clause = max(start, self.surface.plain.rfind(", ", start, end))
        for match in DETERMINER_AT.finditer(self.surface.low, clause, end):
            span = self._noun_phrase(match.start(), end)
            if span and span[1] >= end - 1 and self.known_source(span[0], end, acting=True):
                return self._words(span[0], end)
        return None

    def _anyone(self, start: int, end: int) -> str | None:
        """« chacun répète que »: nobody in particular."""
        word = self.surface.low[start:end].rsplit(",", 1)[-1].strip()
        if word not in self.cues.anyone:
            return None
        return word

    def _on(self, start: int, end: int) -> str | None:
        """« Au ministère de la Culture, on fait valoir que » → ministère de la Culture."""
        lead = _AT.match(self.surface.plain, start, end)
        if lead is None or lead.end() in self.places:
            return None  # « À Caen, on indique que »: nobody in particular
        return self.governed(max(lead.end("side"), start), end)

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
        found = [word for word in words if word in {"il", "elle", "ils", "elles"}]
        return self.pronoun(found[-1], start, None) if found else None
