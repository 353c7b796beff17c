"""Who stands after a verb or a preposition: « souligne X », « de l'aveu du préfet »."""

from __future__ import annotations

import re

from recoupe.extract.names.fullest import FULL_NAME, NAME
from recoupe.extract.speech.described import AGENT, CONTRACTED, LATTER, OWN
from recoupe.extract.speech.named import REACH, start_of
from recoupe.extract.speech.offices import Offices
from recoupe.extract.speech.utterances import sentence_start
from recoupe.extract.surface import lowered

#: Whoever drew them up speaks.
_PAPERS = re.compile(
    r"(?:les?|la|l'|un|une|des) ?(?:derniers? |dernières? )?"
    r"(?:calculs?|chiffres?|données|estimations?|"
    r"décompte|relevés?|comptage|statistiques|projections?|prévisions?|évaluations?|chiffrage) "
    r"(?=d)"
)
_ADVERBIAL = re.compile(
    r"(?:(?:hier|aujourd'hui|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|ensuite|également|"
    r"aussi|ainsi|"
    r"encore|alors|notamment|pour sa part|de son côté|par ailleurs|toutefois|ce matin)[ ,]+)*"
    r"(?:(?:(?:sur|dans|devant|lors|à|au|auprès) [^,.;:\n]{3,70}|"
    r"(?:en|depuis) [^,.;:\nA-ZÀ-Þ]{3,70}), ){0,2}"
)
_ASIDE = re.compile(r", (?!qui |dont |où |a |est |et )[^,.;:«»\"\n]{3,80}, ")
_PLACE = re.compile(r" (?:à|au|dans|du côté de|chez|de) ")
#: « a lancé depuis la salle », « a déclaré à l'agence Ponant »: no clause ends in it.
_GAP = re.compile(
    r"(?:à|au|aux|sur|dans|devant|depuis|face|en|lors|chez|vers|dès|hier|auprès|lundi|mardi|mercredi|jeudi|"
    r"vendredi|samedi|dimanche)\b(?!.* (?:que|qui|dont|où|et) )[^,.;:«»\"\n]*"
)
#: « a lancé depuis la salle Fabienne Collignon, directrice »: nobody took the name for one.
_SPOKEN_TO = re.compile(
    rf"(?:à|au|aux|sur|dans|devant|depuis|face à|lors) (?:[^\W\d_A-ZÀ-Þ][\w'-]* ){{1,6}}"
    rf"(?P<name>{FULL_NAME.pattern})(?=, [a-zà-ÿ]|$)"
)
#: « l'association Mieux Vivre à Bord »: a body's own name, that nobody took for one.
_PROPER = re.compile(
    r"(?:[Ll]'|[Ll]e |[Ll]a )(?:association|collectif|syndicat|société|entreprise|groupe|start-up|"
    r"cabinet|coopérative|fédération|mouvement|ONG|fondation|filiale|enseigne|coordination) "
    r"(?P<name>[A-ZÀ-Þ][\w-]*(?: (?:(?:de|du|des|la|le|les|à|au|aux|en|et|pour|sur|d'|l') ?){0,2}"
    r"[A-ZÀ-Þ][\w'-]*)*)"
)
#: Those who are several and open a sentence.
_MANY = re.compile(
    r"(?:(?:Selon|D'après|Pour|Mais|Et|Chez|Au nom de) )?"
    r"(?P<who>(?:[Ll]es|[Dd]es|[Pp]lusieurs|[Cc]ertaine?s|[Dd]eux|[Tt]rois|[Qq]uatre|[Ll]eurs) )"
)
DETERMINER_AT = re.compile(r"(?<![\w'])(?:les? |la |l'|une? |des |ses |son |sa |leurs? )")


class Following(Offices):
    """Speakers whose names or words follow, and whom the text means by the words."""

    def after(self, at: int, limit: int) -> str | None:
        """The speaker whose noun phrase starts at ``at`` (« souligne X, … »)."""
        at = self.past_asides(at, limit)
        if LATTER.match(self.surface.low, at, limit):
            return self.demonstrated(at)
        person = self._person_from(at, limit)
        if person:
            return person.name
        organisation = self._organisation_from(at, limit)
        if organisation:
            return organisation.name
        return (
            self._metonym(at)
            or self._apposed(at, limit)
            or self._words(at, limit)
            or self._unknown(at, limit)
            or self.told(at, limit)
        )

    def demonstrated(self, at: int) -> str | None:
        """Whom « celui-ci », « cette dernière » at ``at`` stands for."""
        feminine = self.surface.low.startswith(("celle", "cette"), at)
        if self.surface.low.startswith(("ceux", "celles", "ces"), at):
            return self.several(at)
        return self.latter(at, feminine=feminine) or self.latter_body(at, feminine=feminine)

    def several(self, at: int) -> str | None:
        """« ils », « selon eux »: those whom this sentence or the one before names first."""
        here = sentence_start(self.surface, at)
        for start in (here, sentence_start(self.surface, max(0, here - 2))):
            many = _MANY.match(self.surface.plain, start, at)
            if many and self.known_source(many.start("who"), at, acting=True):
                return self._words(many.start("who"), at)
        return None

    def governed(self, at: int, limit: int) -> str | None:
        """The speaker after a preposition: « de l'aveu du préfet » → le préfet."""
        at = self._skip_spaces(at, limit)
        contracted = CONTRACTED.match(self.surface.low, at, limit)
        if not contracted:
            return self.after(self._past(at, limit), limit)
        named = self._person_from(contracted.end(), limit) or self._organisation_from(
            contracted.end(), limit
        )
        if named:
            return named.name
        span = self._noun_phrase(at, limit, after=contracted.end())
        if not span:
            return None
        article = "les" if contracted[0] in {"des ", "aux "} else "le"
        words = self.surface.text[contracted.end() : span[1]]
        if article == "les":
            return f"{article} {words}"
        first = words.split(" ", 1)[0].lower()
        head = first if self.vocabulary.head(first) else None
        known = self._called(words.lower()) or (
            head and self.office(head, (contracted.end(), span[1]))
        )
        return known or f"{article} {words}"

    def past_asides(self, at: int, limit: int) -> int:
        """« glisse hier à Lens, un brin fataliste, X »: nobody is named in what is skipped."""
        at = self._skip_spaces(at, limit)
        for pattern in (_ASIDE, _ADVERBIAL):
            aside = pattern.match(self.surface.plain, at, limit)
            if aside and not any(at <= p.start < aside.end() for p in self.people):
                at = aside.end()
        return at

    def place(self, at: int, limit: int) -> str | None:
        """« indique-t-on à Bercy » → Bercy."""
        match = _PLACE.match(self.surface.plain, at, limit)
        if not match:
            return None
        for metonym in self.cues.metonyms:
            if self.surface.plain.startswith(metonym, match.end()):
                return self.surface.text[match.end() : match.end() + len(metonym)]
        if match.end() in self.places:
            return None  # « promet-on à Paris »: nobody in particular
        return self.governed(match.start() + 1, limit)

    def ending(self, start: int, end: int) -> str | None:
        """Whoever the noun phrase that ends at ``end`` stands for, a body named in it first."""
        inside = [m for m in self.named_mentions if start <= m.start and m.end <= end]
        near = [m for m in inside if end - m.end <= len(", ")]
        if near:
            return max(near, key=start_of).name
        for match in reversed(list(DETERMINER_AT.finditer(self.surface.low, start, end))):
            span = self._noun_phrase(match.start(), end)
            if span and span[1] >= end - 1:
                return self._words(span[0], end)
        return None

    def _unknown(self, at: int, limit: int) -> str | None:
        """A capitalised name that nobody took for a person's: « dit Pall »."""
        match = NAME.match(self.surface.plain, at, limit)
        return self.surface.text[at : match.end()] if match else None

    def told(self, at: int, limit: int) -> str | None:
        """« a déclaré à l'agence Ponant X »: the speaker stands after the one spoken to."""
        unknown = _SPOKEN_TO.match(self.surface.plain, at, limit)
        for person in self.people:
            if at < person.start < min(limit, at + REACH):
                gap = _GAP.fullmatch(self.surface.plain, at, person.start)
                return person.name if gap and self.is_subject(at, person) else None
        return self.surface.text[slice(*unknown.span("name"))] if unknown else None

    def _apposed(self, at: int, limit: int) -> str | None:
        """« confie sa programmatrice, Lila Ferrandi »: the name beside the words."""
        span = self._noun_phrase(at, limit)
        if span is None or not self.surface.plain.startswith(", ", span[1]):
            return None
        named = span[1] + len(", ")
        for mention in self.named_mentions:
            gap = self.surface.plain[named : mention.start] if mention.start >= named else "-"
            if gap in {"", "M. ", "Mme ", "Me ", "Dr "} and mention.end <= limit:
                follows = self.surface.plain[mention.end : mention.end + 1]
                return mention.name if follows in {",", ".", "", ";", ":", "\n", " "} else None
        return None

    def _words(self, at: int, limit: int) -> str | None:
        span = self._noun_phrase(at, limit)
        if not span:
            return None
        body = self._body_at_end(span)
        if body:
            return body.name
        proper = _PROPER.match(self.surface.plain, span[0], limit)
        if proper:
            name = self.surface.text[slice(*proper.span("name"))]
            self.proper.add(name)
            return name
        words = self.surface.text[span[0] : span[1]]
        ended = next((p for p in self.people if span[0] < p.start < span[1] < p.end), None)
        if ended and self.is_subject(span[0], ended):
            return ended.name  # « le vice-président de Nantes Métropole Robin | Le Goff »
        if OWN.match(self.surface.plain, span[0]):  # « selon ses calculs »: whose they are
            noun = next(
                (self.surface.low[s:e] for s, e in list(self.surface.next_words(*span))[1:]), ""
            )
            whose = self._owner(span[0]) or self.last_body(span[0])
            theirs = noun in self.cues.sources or AGENT.search(noun)
            return whose or (words[0].lower() + words[1:] if theirs else None)
        first = self.surface.next_words(*span)
        nouns = [self.surface.low[s:e] for s, e in first][:3]
        head = next((noun for noun in nouns if self.vocabulary.head(noun)), None)
        by_role = self._held(head, span) if head else self._by_document(span)
        resolved = by_role or self._by_noun(span) or self._again(span)
        return resolved or words[0].lower() + words[1:]

    def _held(self, head: str, span: tuple[int, int]) -> str | None:
        """« le patron »: who holds the office, or one that goes by that word."""
        offices = (head, *self.cues.offices.get(head, ()))
        held = [office for office in offices if self.held(office)]
        return self.office(held[0] if held else head, span)

    def _again(self, span: tuple[int, int]) -> str | None:
        """« la dirigeante », « l'élu »: the person last named, where no other is so called."""
        words = [self.surface.low[s:e] for s, e in self.surface.next_words(*span)]
        if len(words) != 2 or words[0] not in {"le", "la", "l"}:  # noqa: PLR2004
            return None
        noun = words[1]
        if noun not in self.cues.people or f"une {noun}" in self.surface.low[: span[0]]:
            return None
        if noun in self.cues.offices:
            return self._held(noun, span)
        feminine = {"la": True, "le": False}.get(words[0])
        return self.latter(span[0], feminine=feminine)

    def _by_document(self, span: tuple[int, int]) -> str | None:
        """« un rapport de la Cour des comptes » → Cour des comptes, « les calculs de X » → X."""
        for organisation in self.organisations:
            inside = span[0] <= organisation.start and organisation.end <= span[1]
            if inside and organisation.name != "État":  # « les services de l'État » speak
                return organisation.name
        papers = _PAPERS.match(self.surface.low, *span)
        return self.governed(papers.end(), span[1]) if papers else None

    def _by_noun(self, span: tuple[int, int]) -> str | None:
        """« un décompte du ministère », « l'agence » → the text's one organisation so called."""
        words = [self.surface.low[s:e] for s, e in self.surface.next_words(*span)]
        if self.surface.low.startswith(("le ", "la ", "l'"), span[0]) and len(words) == 2:  # noqa: PLR2004
            noun = words[1]
        elif len(words) > 2 and words[-2] in {"du", "la", "l"} and words[1] in self.cues.sources:  # noqa: PLR2004
            noun = words[-1]
        else:
            return None
        known = self._called(noun)
        if known:
            return known
        if noun in self.cues.anaphors and len(words) == 2:  # noqa: PLR2004
            before = [o for o in self.organisations if o.end <= span[0] and o.name != "État"]
            union = before and lowered(before[-1].name).split()[0] in self.cues.unions
            unlike = union and noun not in {"syndicat", "organisation", "fédération"}
            return before[-1].name if before and not unlike else None
        return None
