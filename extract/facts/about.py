"""What a figure is about: its programme, territory, period, payer and measure.

Each is looked for where it is most surely said: the clause, the sentence, the paragraph, then the
headline and the source (territory) or the document's only programme.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from spacy.tokens import Doc, Token

from recoupe.extract.annotations import Annotations, tokens_of
from recoupe.extract.facts import markers
from recoupe.extract.facts.figure import Figure, Verdict
from recoupe.extract.facts.measures import measure_of, row_of
from recoupe.extract.facts.nearness import is_apart, last_before, nearest
from recoupe.extract.facts.payers import agent_of, payer_beside
from recoupe.extract.facts.periods import Period, is_period, with_next
from recoupe.extract.figures.numerals import SP
from recoupe.extract.layout import Layout
from recoupe.extract.phrases import vocabulary
from recoupe.records import (
    SIDES,
    Level,
    Mention,
    ProgrammeMention,
    Span,
    TerritoryMention,
)

Basis = Literal["sentence", "paragraph", "headline", "source"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A territory's official code and level."""

    code: str
    level: Level | None


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What one figure is about; each field ``None`` where the text does not say."""

    programme: str | None
    territory: Place | None
    territory_basis: Basis | None
    period: Period
    actor: str | None
    measure: str | None
    perimeter: str | None


class Surroundings:
    """The mentions of one document, ready to say what each of its figures is about."""

    def __init__(self, doc: Doc, found: Annotations, layout: Layout) -> None:
        self.doc = doc
        self.text = found.article.text
        self.found = found
        self.layout = layout
        self._places = [
            t
            for t in sorted([*found.territories, *_acronyms(found)], key=lambda t: t.start)
            if t.code and not self._is_office(t) and not _is_dateline(self.text, t)
        ]
        self._periods = [date for date in found.dates if is_period(date, self.text)]
        self._main_programme = _main_programme(found)

    def of(self, figure: Figure, verdict: Verdict) -> About:
        """What ``figure`` is about."""
        place, basis = self._territory(figure)
        actor = self._actor(verdict)
        perimeter = self._perimeter(figure)
        return About(
            programme=self._programme(figure),
            territory=place,
            territory_basis=basis,
            period=self._period(figure, reported=SIDES[verdict.status] in {"reported", None}),
            actor=actor,
            measure=self._measure(figure, perimeter),
            perimeter=perimeter,
        )

    def _measure(self, figure: Figure, perimeter: str | None) -> str | None:
        """The measure; in the row of a table that is no total, the row's own."""
        measure = measure_of(self.doc, figure, perimeter)
        row = row_of(self.text, self.layout, figure.quantity.start)
        if measure is None or row is None or _names_place(self._places, row):
            return measure
        return f"{measure} — {self.text[slice(*row)].strip().lower()}"

    # territory

    def _is_office(self, mention: TerritoryMention) -> bool:
        """« le maire de Vannes », « la préfecture du Finistère »: who speaks, not where."""
        before = self.text[max(0, mention.start - 40) : mention.start]
        return bool(_OFFICE.search(before))

    def _territory(self, figure: Figure) -> tuple[Place | None, Basis | None]:
        sentence = (figure.span.sent.start_char, figure.span.sent.end_char)
        if _NATIONAL.search(self.text, *figure.clause):
            return Place(code="FR", level="country"), "sentence"
        for scope in (figure.clause, sentence):
            if near := nearest(self._places, figure.quantity, scope):
                if _enumerated(self.text, near, self._places):
                    return None, None
                return _place(near), "sentence"
        paragraph = self.layout.paragraph_at(figure.quantity.start)
        if before := last_before(self._places, figure.quantity, paragraph):
            return _place(before), "paragraph"
        if headline := self._headline():
            return headline, "headline"
        territory = self.found.article.territory
        if territory:
            return Place(code=territory, level="departement"), "source"
        return None, None

    def _headline(self) -> Place | None:
        """The one place of the headline, or of the standfirst where the headline names none."""
        for line in (self.found.article.title, self.found.article.standfirst):
            named = _named_in(line or "", self._places)
            if len(named) == 1:
                return _place(next(iter(named.values())))
            if named:
                return None
        return None

    # programme

    def _programme(self, figure: Figure) -> str | None:
        programmes = [p for p in self.found.programmes if not _BUDGET.match(p.name)]
        sentence = (figure.span.sent.start_char, figure.span.sent.end_char)
        for scope in (figure.clause, sentence):
            if near := nearest(programmes, figure.quantity, scope):
                return near.name
        paragraph = self.layout.paragraph_at(figure.quantity.start)
        if before := last_before(programmes, figure.quantity, paragraph):
            return before.name
        return self._headed(figure, programmes) or self._main_programme

    def _headed(self, figure: Figure, programmes: Sequence[ProgrammeMention]) -> str | None:
        """The one programme that the heading of the figure's section names."""
        heading = self.layout.heading_above(figure.quantity.start)
        names = {p.name for p in programmes if heading and heading[0] <= p.start < heading[1]}
        return names.pop() if len(names) == 1 else None

    # period

    def _period(self, figure: Figure, *, reported: bool) -> Period:
        """The period of the clause, else of the sentence; what is done has no deadline."""
        quantity = figure.quantity
        dates = [d for d in self._periods if not (reported and d.kind == "deadline")]
        if near := nearest(dates, quantity, figure.clause):
            return with_next(near, dates, self.text)
        sentence = (figure.span.sent.start_char, figure.span.sent.end_char)
        inside = [d for d in dates if sentence[0] <= d.start < sentence[1]]
        outside = [d for d in inside if not is_apart(self.text, d, quantity)]
        if near := nearest(outside, quantity, sentence):
            return near.date_from, near.date_to
        return None, None

    # who

    def _actor(self, verdict: Verdict) -> str | None:
        if verdict.marker is None:
            return None
        verb = tokens_of(self.doc, *verdict.marker).root
        if verb.pos_ not in {"VERB", "AUX", "ADJ"}:
            return None
        return self._name_of(agent_of(verb))

    def _name_of(self, token: Token | None) -> str | None:
        if token is None:
            return None
        for name, mention in self._names():
            if mention.start <= token.idx < mention.end:
                return name
        if token.lemma_.lower() in vocabulary("statuses")["actors"]["nouns"]:
            words = [token, *(t for t in token.rights if t.dep_ in {"amod", "flat:name"})]
            return self.text[words[0].idx : words[-1].idx + len(words[-1])]
        return None

    def _names(self) -> Iterator[tuple[str, Mention]]:
        yield from ((o.name, o) for o in self.found.organisations)
        yield from ((o.name, o) for o in self.found.collectivites)
        yield from ((p.name, p) for p in self.found.people)
        yield from ((t.name or t.text, t) for t in self.found.territories)

    def _perimeter(self, figure: Figure) -> str | None:
        """AE or CP where said; else the payer named right after the sum (« de la Région »)."""
        text = self.text
        clause = slice(figure.clause[0], min(len(text), figure.clause[1]))
        accounts = [
            n for n, pattern in markers.perimeters().items() if pattern.search(text[clause])
        ]
        if len(accounts) == 1 and figure.quantity.kind == "amount":
            return accounts[0]
        if figure.quantity.kind != "amount":
            return None
        return payer_beside(text, figure.quantity)


_OFFICE = re.compile(
    rf"(?i)\b(?:maires?|adjointe?s?|président[es]*|préf(?:et|ète|ecture)s?|sous-préf(?:et|ète|ecture)s?|député[es]*|sénat(?:eur|rice)s?|"
    rf"conseill(?:er|ère)s?|directeur|directrice|évêque|procureure?|tribunal|cour|université|chu|rectorat|académie|"
    rf"stade|gare|aéroport|chambre|rue|avenue|boulevard|place|route|tgi|trésorerie|correspondant|correspondante)"
    rf"(?:{SP}+[\w'’-]+){{0,5}}{SP}*(?:d['’]|l['’]|{SP}|-)$"
)


def _enumerated(text: str, mention: TerritoryMention, others: Sequence[TerritoryMention]) -> bool:
    """Whether the place is one of several in a row: « Vannes, Lorient et Pontivy »."""
    neighbours = [
        other
        for other in others
        if other is not mention
        and other.level == mention.level
        and _ROW.fullmatch(text[min(mention.end, other.end) : max(mention.start, other.start)])
    ]
    return bool(neighbours)


_ROW = re.compile(
    rf"(?:{SP}\([^)]*\))?{SP}*(?:,|et|ou|;|à)(?:{SP}+(?:et|à|au|aux|le|la|les|de|du|des|en))*{SP}*(?:l['’]|d['’])?"
)


_NATIONAL = re.compile(
    rf"(?i)\b(?:au{SP}niveau{SP}national|à{SP}l['’]échelle{SP}nationale|au{SP}plan{SP}national|dans{SP}toute{SP}la{SP}France|"
    rf"sur{SP}l['’]ensemble{SP}du{SP}territoire{SP}national|programme{SP}national|en{SP}France|nationalement|dans{SP}le{SP}pays)\b"
)
#: Laws and legal tools that name no programme of their own.
_BUDGET = re.compile(
    r"(?i)(?:projet de )?lois? de (?:finances|programmation|règlement)|"
    r"opération (?:de revitalisation|programmée)"
)
_DATELINE = re.compile(rf"{SP}?(?:,{SP}[^()\n]{{3,30}})?{SP}\([A-Z][\w ]{{1,20}}\){SP}?[-–—]")


def _is_dateline(text: str, mention: Mention) -> bool:
    """« Paris, 1er mars 2024 (AFP) - »: where it was written, not where it happens."""
    line_start = mention.start == 0 or text[mention.start - 1] == "\n"
    return line_start and bool(_DATELINE.match(text, mention.end))


def _named_in(
    line: str, places: Sequence[TerritoryMention]
) -> dict[tuple[str | None, Level | None], TerritoryMention]:
    """The places whose name stands in ``line``, and not within a longer one of them.

    « Lamballe Terre et Mer signe » does not name Lamballe.
    """
    named: dict[tuple[str | None, Level | None], TerritoryMention] = {}
    for place in sorted(places, key=lambda t: -len(t.text)):
        pattern = rf"(?<!\w){re.escape(place.text)}(?!\w)"
        line, count = re.subn(pattern, " ", line)
        if count:
            named[place.code, place.level] = place
    return named


def _acronyms(found: Annotations) -> list[TerritoryMention]:
    """« LTC », where the text says that it stands for a place it names."""
    by_name = {t.text: t for t in found.territories if t.code}
    return [
        replace(by_name[o.name], start=o.start, end=o.end, text=o.text)
        for o in found.collectivites
        if o.name in by_name and o.text != o.name
    ]


def _names_place(places: Sequence[TerritoryMention], cell: Span) -> bool:
    """Whether a place stands in the cell: the row is that place's, not another measure."""
    return any(cell[0] <= place.start and place.end <= cell[1] for place in places)


def _place(mention: TerritoryMention) -> Place | None:
    return Place(code=mention.code, level=mention.level) if mention.code else None


def _main_programme(found: Annotations) -> str | None:
    """The programme of the headline, or the one named twice as often as any other."""
    title = f"{found.article.title or ''}\n{found.article.standfirst or ''}"
    counts = Counter(programme.name for programme in found.programmes)
    titled = {p.name for p in found.programmes if p.text in title}
    if len(titled) == 1:
        return titled.pop()
    ranked = counts.most_common(2)
    if not ranked or ranked[0][1] < 2:  # noqa: PLR2004  named in passing
        return None
    return ranked[0][0] if len(ranked) == 1 or ranked[0][1] >= 2 * ranked[1][1] else None
