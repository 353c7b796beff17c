"""What a figure is about: its programme, territory, period, payer and measure.

Each is looked for where it is most surely said: the clause, the sentence, the paragraph, then the
headline and the source (territory) or the document's only programme.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, TypeVar

from spacy.tokens import Doc, Token

from recoupe.extract import markers
from recoupe.extract.annotations import Annotations, tokens_of
from recoupe.extract.figure import Figure, Verdict
from recoupe.extract.layout import Layout
from recoupe.extract.numerals import SP
from recoupe.extract.phrases import vocabulary
from recoupe.records import SIDES, DateMention, Level, Mention, Quantity, Span, TerritoryMention

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
    period: tuple[str | None, str | None]
    actor: str | None
    measure: str | None
    perimeter: str | None


M = TypeVar("M", bound=Mention)


class Surroundings:
    """The mentions of one document, ready to say what each of its figures is about."""

    def __init__(self, doc: Doc, found: Annotations, layout: Layout) -> None:
        self.doc = doc
        self.found = found
        self.layout = layout
        self._places = [
            t
            for t in found.territories
            if t.code and not self._is_office(t) and not _is_dateline(doc.text, t)
        ]
        self._main_programme = _main_programme(found)

    def of(self, figure: Figure, verdict: Verdict) -> About:
        """What ``figure`` is about."""
        place, basis = self._territory(figure)
        actor = self._actor(verdict)
        return About(
            programme=self._programme(figure),
            territory=place,
            territory_basis=basis,
            period=self._period(figure, reported=SIDES[verdict.status] in {"reported", None}),
            actor=actor,
            measure=measure_of(self.doc, figure.quantity),
            perimeter=self._perimeter(figure),
        )

    # territory

    def _is_office(self, mention: TerritoryMention) -> bool:
        """« le maire de Vannes », « la préfecture du Finistère »: who speaks, not where."""
        before = self.doc.text[max(0, mention.start - 40) : mention.start]
        return bool(_OFFICE.search(before))

    def _territory(self, figure: Figure) -> tuple[Place | None, Basis | None]:
        sentence = (figure.span.sent.start_char, figure.span.sent.end_char)
        if _NATIONAL.search(self.doc.text, *figure.clause):
            return Place(code="FR", level="country"), "sentence"
        for scope in (figure.clause, sentence):
            if near := _nearest(self._places, figure.quantity, scope):
                if _enumerated(self.doc.text, near, self._places):
                    return None, None
                return _place(near), "sentence"
        paragraph = self.layout.paragraph_at(figure.quantity.start)
        if before := _last_before(self._places, figure.quantity, paragraph):
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
            named = {
                (t.code, t.level): t
                for t in self._places
                if line and re.search(rf"(?<!\w){re.escape(t.text)}(?!\w)", line)
            }
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
            if near := _nearest(programmes, figure.quantity, scope):
                return near.name
        paragraph = self.layout.paragraph_at(figure.quantity.start)
        if before := _last_before(programmes, figure.quantity, paragraph):
            return before.name
        return self._main_programme

    # period

    def _period(self, figure: Figure, *, reported: bool) -> tuple[str | None, str | None]:
        """The period of the clause, else of the sentence; what is done has no deadline."""
        quantity = figure.quantity
        dates = [
            date
            for date in self.found.dates
            if _is_period(date, self.doc.text) and not (reported and date.kind == "deadline")
        ]
        if near := _nearest(dates, quantity, figure.clause):
            return near.date_from, near.date_to
        sentence = (figure.span.sent.start_char, figure.span.sent.end_char)
        outside = [d for d in dates if not _in_parentheses(self.doc.text, d, quantity)]
        if near := _nearest(outside, quantity, sentence):
            return near.date_from, near.date_to
        return None, None

    # who

    def _actor(self, verdict: Verdict) -> str | None:
        if verdict.marker is None:
            return None
        verb = tokens_of(self.doc, *verdict.marker).root
        if verb.pos_ not in {"VERB", "AUX", "ADJ"}:
            return None
        return self._name_of(_agent(verb))

    def _name_of(self, token: Token | None) -> str | None:
        if token is None:
            return None
        for name, mention in self._names():
            if mention.start <= token.idx < mention.end:
                return name
        if token.lemma_.lower() in vocabulary("statuses")["actors"]["nouns"]:
            words = [token, *(t for t in token.rights if t.dep_ in {"amod", "flat:name"})]
            return self.doc.text[words[0].idx : words[-1].idx + len(words[-1])]
        return None

    def _names(self) -> Iterator[tuple[str, Mention]]:
        yield from ((o.name, o) for o in self.found.organisations)
        yield from ((p.name, p) for p in self.found.people)
        yield from ((t.name or t.text, t) for t in self.found.territories)

    def _perimeter(self, figure: Figure) -> str | None:
        """AE or CP where said; else the payer named right after the sum (« de la Région »)."""
        text = self.doc.text
        clause = slice(figure.clause[0], min(len(text), figure.clause[1]))
        accounts = [
            n for n, pattern in markers.perimeters().items() if pattern.search(text[clause])
        ]
        if len(accounts) == 1 and figure.quantity.kind == "amount":
            return accounts[0]
        if figure.quantity.kind != "amount":
            return None
        match = _PAYER.match(text, figure.quantity.end)
        before = _SHARE.search(text[max(0, figure.quantity.start - 60) : figure.quantity.start])
        found = match or before
        return re.sub(r"\s+", " ", found["payer"]).strip() if found else None


_OFFICE = re.compile(
    rf"(?i)\b(?:maires?|adjointe?s?|président[es]*|préf(?:et|ète|ecture)s?|sous-préf(?:et|ète|ecture)s?|député[es]*|sénat(?:eur|rice)s?|"
    rf"conseill(?:er|ère)s?|directeur|directrice|évêque|procureure?|tribunal|cour|université|chu|rectorat|académie|"
    rf"stade|gare|aéroport|chambre|rue|avenue|boulevard|place|route|tgi|trésorerie|correspondant|correspondante)"
    rf"(?:{SP}+[\w'’-]+){{0,5}}{SP}*(?:d['’]|l['’]|{SP}|-)$"
)
_PAYERS = (
    r"l['’][ÉE]tat|la{SP}[Rr]égion(?:{SP}[A-ZÉ][\w-]+)?|le{SP}[Dd]épartement|la{SP}[Vv]ille|la{SP}[Mm]étropole|"
    r"l['’][Aa]gglomération|la{SP}[Cc]ommune|la{SP}[Bb]anque{SP}des{SP}[Tt]erritoires|la{SP}[Cc]aisse{SP}des{SP}[Dd]épôts|"
    r"Bpifrance|l['’]Ademe|l['’]Anah|l['’]ANRU|l['’]Union{SP}européenne|l['’]Europe|Action{SP}[Ll]ogement|"
    r"l['’]intercommunalité|la{SP}communauté{SP}de{SP}communes"
).replace("{SP}", SP)
_PAYER = re.compile(
    rf"{SP}+(?:de{SP}+|par{SP}+|d['’](?=Action|Bpi))?(?:apportés?{SP}+par{SP}+|versés?{SP}+par{SP}+)?(?P<payer>{_PAYERS})(?!\w)"
)
_SHARE = re.compile(
    rf"(?:part|participation|contribution|concours|aide|soutien|subvention){SP}+(?:de{SP}+)?(?P<payer>{_PAYERS}){SP}.{{0,30}}$"
)


def _in_parentheses(text: str, mention: Mention, quantity: Quantity) -> bool:
    """Whether the mention stands in parentheses that the figure is outside of."""
    opened = text.rfind("(", max(0, mention.start - 120), mention.start)
    if opened < 0 or ")" in text[opened : mention.start]:
        return False
    closed = text.find(")", mention.end, mention.end + 120)
    return closed >= 0 and not opened < quantity.start < closed


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
_BUDGET = re.compile(r"(?i)(?:projet de )?lois? de (?:finances|programmation|règlement)")
_DATELINE = re.compile(rf"{SP}?(?:,{SP}[^()\n]{{3,30}})?{SP}\([A-Z][\w ]{{1,20}}\){SP}?[-–—]")


def _is_dateline(text: str, mention: Mention) -> bool:
    """« Paris, 1er mars 2024 (AFP) - »: where it was written, not where it happens."""
    line_start = mention.start == 0 or text[mention.start - 1] == "\n"
    return line_start and bool(_DATELINE.match(text, mention.end))


def _place(mention: TerritoryMention) -> Place | None:
    return Place(code=mention.code, level=mention.level) if mention.code else None


def _nearest(mentions: Sequence[M], quantity: Quantity, scope: Span) -> M | None:
    """The mention of ``scope`` nearest to the figure; one that follows wins a tie."""
    inside = [m for m in mentions if scope[0] <= m.start and m.end <= scope[1]]
    return min(
        inside,
        key=lambda m: (
            m.start - quantity.end if m.start >= quantity.end else (quantity.start - m.end) * 1.5
        ),
        default=None,
    )


def _last_before(mentions: Sequence[M], quantity: Quantity, scope: Span) -> M | None:
    before = [m for m in mentions if scope[0] <= m.start and m.end <= quantity.start]
    return before[-1] if before else None


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


_AS_OF = re.compile(
    rf"(?i)(?:\bau|\bà{SP}la{SP}date{SP}du|\bà{SP}fin|\bdepuis{SP}le|\barrêtés?{SP}au|\bavant{SP}le){SP}*$"
)


def _is_period(date: DateMention, text: str) -> bool:
    """A day is when something was said unless « au » or « depuis le » makes it a state's date."""
    if date.date_from is None and date.date_to is None:
        return False
    if date.kind == "deadline" or date.date_from != date.date_to:
        return True
    return bool(_AS_OF.search(text[max(0, date.start - 24) : date.start]))


def _agent(verb: Token) -> Token | None:
    """Who does it: the subject of an active verb, the agent of a passive one."""
    for child in verb.children:
        if child.dep_ in {"obl:agent", "nmod:agent"}:
            return child
    passive = any(child.dep_ == "aux:pass" for child in verb.lefts)
    if passive or verb.dep_ in {"acl", "amod"}:
        return None
    for child in verb.lefts:
        if child.dep_ == "nsubj":
            return child
    governor = verb.head
    if verb.dep_ == "xcomp" and governor is not verb:
        return next((child for child in governor.lefts if child.dep_ == "nsubj"), None)
    return None


def measure_of(doc: Doc, quantity: Quantity) -> str | None:
    """The lemmatised head noun of what is counted or paid, with its qualifiers in order.

    « logements sociaux » → "logement social"; « 42 millions d'euros d'investissements » →
    "investissement"; ``None`` where the text does not say.
    """
    if quantity.kind == "amount":
        span = _complement(doc, quantity.end)
    elif quantity.object_start is not None and quantity.object_end is not None:
        span = _qualified(doc, quantity.object_start, quantity.object_end)
    else:
        return None
    words = [_lemma(token) for token in span if token.pos_ in {"NOUN", "PROPN", "ADJ"}]
    return " ".join(words) or None


def _lemma(token: Token) -> str:
    return token.lemma_.lower().replace("’", "'")


def _complement(doc: Doc, position: int) -> Sequence[Token]:
    """« d'investissements », « de crédits France Relance »: what the money is, its noun alone."""
    tokens = [token for token in doc[_token_at(doc, position) :][:3] if not token.is_space]
    if len(tokens) < 2 or tokens[0].lower_ not in {"de", "d'", "d’"}:  # noqa: PLR2004  « de » and a noun
        return ()
    return tokens[1:2] if tokens[1].pos_ == "NOUN" else ()


def _token_at(doc: Doc, position: int) -> int:
    """Index of the first token at or after ``position``, white space passed over."""
    index = tokens_of(doc, max(0, position - 1), position).end
    while index < len(doc) and doc[index].is_space:
        index += 1
    return index


def _qualified(doc: Doc, start: int, end: int) -> Sequence[Token]:
    """The object with the adjective that stands before it (« nouveaux territoires »)."""
    span = tokens_of(doc, start, end)
    before = doc[span.start - 1] if span.start else None
    if (
        before is not None
        and before.pos_ == "ADJ"
        and not before.like_num
        and before.lower_ not in {"mêmes", "premiers", "premières"}
    ):
        return [*span, before]
    following = doc[span.end : span.end + 3]
    quoted = [
        token
        for token in following
        if token.pos_ == "ADJ" and token.nbor(-1).text in {'"', "«", "“"}
    ]
    return [*span, *quoted[:1]]
