"""Give the figures of a table the unit and scale that their column's header or the caption says."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from recoupe.extract.figures.draft import Draft
from recoupe.extract.figures.numerals import SP
from recoupe.extract.figures.objects import TokenIndex, noun_phrase_in
from recoupe.extract.figures.series import status_participles
from recoupe.extract.figures.surroundings import rate_after
from recoupe.extract.figures.units import Unit, unit_at
from recoupe.extract.layout import Layout
from recoupe.extract.phrases import key_of, vocabulary
from recoupe.records import Span

_SAID = re.compile(
    rf"(?:\ben{SP}+|\(|,{SP}*)(?:(?:en{SP}+)?(?P<scale>milliers?|millions?|milliards?)(?!\w))?",
    re.IGNORECASE,
)
_COUNTING = re.compile(r"(?i)\b(?:nombre|nb|nbre|effectifs?)\b")
_SCALES = {"millier": 10**3, "million": 10**6, "milliard": 10**9}


@dataclass(frozen=True, slots=True, kw_only=True)
class HeaderUnit:
    """A unit said once for a column: « en millions d'euros » is EUR times 1,000,000.

    ``unit`` is ``None`` where only a scale is said (« en milliers »).
    """

    unit: Unit | None
    factor: Decimal


def give_table_units(text: str, layout: Layout, drafts: Sequence[Draft]) -> None:
    """Complete, in place, the drafts without a unit that stand in a cell."""
    for draft in drafts:
        line = layout.line_at(draft.start)
        if not draft.bare or draft.rule != "numeral" or not layout.is_row(line):
            continue
        said = _unit_for(text, layout, line, draft)
        if said is None or draft.value is None:
            continue
        draft.value *= said.factor
        draft.precision = (draft.precision or Decimal(1)) * said.factor
        draft.rule = "table_header"
        if said.unit is not None:
            draft.kind, draft.unit, draft.bare = said.unit.kind, said.unit.code, False


def give_table_objects(index: TokenIndex, layout: Layout, drafts: Sequence[Draft]) -> None:
    """Give the figures of a table the noun of their column's header, or else of their row.

    Where a column says only a status or a day (« Payé au 31 mars ») and the rows are funders or
    places, the noun of another header counts: « Logements conventionnés | Livrés ».
    """
    for draft in drafts:
        line = layout.line_at(draft.start)
        if not layout.is_row(line) or layout.column(line, draft.start) == 0:
            continue
        if draft.object_span is None:
            draft.give(_object_in_table(index, layout, line, draft), "table")
        if draft.object_span is not None and draft.bare:
            draft.kind = "count"
        if draft.per is None and draft.kind not in {"percent", "ratio", "rank"}:
            draft.per = _rate_in_table(index.text, layout, line, draft)


def _object_in_table(index: TokenIndex, layout: Layout, line: int, draft: Draft) -> Span | None:
    header = layout.header(line)
    heading = layout.heading_of(line, draft.start)
    if header is None or heading is None:
        return None
    heads = layout.cells(header)
    own = _own_noun(index, heading)
    things = not _names_whom(index.text[slice(*heads[0])])
    generic = own is not None and _says_no_thing(index.text, own, draft)
    if own is not None and not (generic and things):
        return own
    dated = things and _DATED.fullmatch(index.text, *heading)
    common = _corner_noun(index, heads[0]) if dated else None
    row = common or _noun_of_row(index, layout.cells(line)[0], draft, things=things)
    return row or _other_noun(index, heads, draft)


def _own_noun(index: TokenIndex, heading: Span) -> Span | None:
    """What a header names, none where it is a status."""
    if _is_state(index.text[slice(*heading)]):
        return None
    return noun_phrase_in(index.doc, heading) or _first_word(index, heading)


def _says_no_thing(text: str, noun: Span, draft: Draft) -> bool:
    """« Coût (M€) », « Plan 2025 », « Tonnes 2024 »: of the thing of the row."""
    word = text[slice(*noun)].split(maxsplit=1)[0].lower()
    price = draft.kind == "amount" and word.rstrip("s") in _PRICES
    return price or word in _forecasts() or word in vocabulary("quantities")["likely"]["units"]


_PRICES = frozenset({"coût", "montant", "total", "budget"})
_DATED = re.compile(rf"{SP}*(?:\d{{1,2}}/\d{{1,2}}/)?\d{{4}}{SP}*")


@cache
def _forecasts() -> frozenset[str]:
    return frozenset(vocabulary("quantities")["table"]["forecasts"])


def _corner_noun(index: TokenIndex, corner: Span) -> Span | None:
    """« Trafics (en milliers de tonnes) | 2023 | 2024 »: what all rows are shares of."""
    return noun_phrase_in(index.doc, corner) if _said_in(index.text, corner) else None


def _noun_of_row(index: TokenIndex, row: Span, draft: Draft, *, things: bool) -> Span | None:
    """The thing that a row is of; of a funder's row the kind of money that it names."""
    if things and not _NO_ROW.match(index.text, row[0]):
        found = noun_phrase_in(index.doc, row)
        return None if found and _pays(index.text[slice(*found)]) else found
    money = _MONEY_NOUN.search(index.text, *row) if draft.kind == "amount" else None
    return noun_phrase_in(index.doc, (money.start(1), row[1])) if money else None


def _other_noun(index: TokenIndex, heads: Sequence[Span], draft: Draft) -> Span | None:
    """« Logements conventionnés | Livrés »: the first noun of another header."""
    if not draft.bare and draft.kind != "count":
        return None
    return next(filter(None, (noun_phrase_in(index.doc, cell) for cell in heads[1:])), None)


def _rate_in_table(text: str, layout: Layout, line: int, draft: Draft) -> str | None:
    """« Production (GWh/an) » over the figure, « Largages par feu » before it in its row."""
    heading = layout.heading_of(line, draft.start)
    for start, end in (place for place in (heading, layout.cells(line)[0]) if place is not None):
        for match in _RATED.finditer(text, start, _own(text, start, end)):
            if rate := rate_after(text, match.start()):
                return rate
    return None


def _own(text: str, start: int, end: int) -> int:
    """Where the words of a cell end that are of its figures: before « (300 € par prise) »."""
    bracket = text.find("(", start, end)
    return bracket if bracket > start and _DIGIT.search(text, bracket, end) else end


_DIGIT = re.compile(r"\d")
_RATED = re.compile(rf"/|{SP}par{SP}|{SP}annuel|{SP}mensuel")


def _first_word(index: TokenIndex, cell: Span) -> Span | None:
    """« Linéaire (km) »: the word that opens a header, whatever the tagger made of it."""
    match = _WORD.match(index.text, *cell)
    return match.span("word") if match and key_of(match["word"]) not in _corners() else None


_WORD = re.compile(rf"{SP}*(?P<word>[A-ZÀ-Þ][a-zà-ÿ]{{4,}})(?={SP}*(?:\(|$|[a-zà-ÿ]))")


def _pays(words: str) -> bool:
    return words.lower().split()[0] in vocabulary("quantities")["measured"]["actors"]


def _is_state(heading: str) -> bool:
    """« En chantier », « À lancer », « Attribué par la Région (M€) »: a status, nothing counted."""
    first = heading.strip().split(maxsplit=1)[0].lower() if heading.strip() else ""
    return (
        first in {"en", "à", "au", "aux", "dont", "reste", "déjà"} or first in status_participles()
    )


#: « ANRU, subventions »
_MONEY_NOUN = re.compile(rf",{SP}+(subventions?|prêts?|avances?|fonds|dotations?|emprunts?)\b")
_NO_ROW = re.compile(rf"(?i){SP}*(?:total|ensemble|totaux|moyenne|dont{SP}(?:en|à|au|par|pour))\b")


def _names_whom(corner: str) -> bool:
    """Whether the rows are funders, places or days: « Financeur (en M€) », « Commune »."""
    first = re.match(r"[^\W\d_]+", corner.strip())
    return first is not None and key_of(first.group()) in _corners()


@cache
def _corners() -> frozenset[str]:
    return frozenset(map(key_of, vocabulary("quantities")["table"]["corners"]))


def _unit_for(text: str, layout: Layout, line: int, draft: Draft) -> HeaderUnit | None:
    heading = layout.heading_of(line, draft.start)
    if heading is None or layout.column(line, draft.start) == 0:
        return None
    own = _said_in(text, heading)
    if own is not None:
        return own
    if _COUNTING.search(text[slice(*heading)]):
        return None
    header = layout.header(line)
    corner = layout.cells(header)[0] if header is not None else None
    for place in (layout.cells(line)[0], corner, layout.caption(line)):
        if place is not None and (said := _said_in(text, place)):
            return said
    return None


#: « Tonnes 2023 », « Hectares »
_UNIT_HEADED = re.compile(
    rf"(?P<unit>[A-ZÉ][a-zé]{{3,}}s(?:{SP}(?:cubes|carrés))?)(?:{SP}(?:19|20)\d\d)?{SP}*$"
)


def _said_in(text: str, place: Span) -> HeaderUnit | None:
    start, end = place
    first = start + len(text[start:end]) - len(text[start:end].lstrip())
    lone = unit_at(text, first)
    sole = lone is not None and lone.kind in {"amount", "percent"}
    if sole and lone is not None and lone.end <= end and not text[lone.end : end].strip():
        return HeaderUnit(unit=lone, factor=lone.factor)  # a header that is « % » or « k€ »
    if (headed := _UNIT_HEADED.match(text, first, end)) is not None:
        unit = unit_at(headed["unit"].lower(), 0)
        if unit is not None and unit.kind == "measure" and unit.end == len(headed["unit"]):
            return HeaderUnit(unit=unit, factor=unit.factor)
    for match in _SAID.finditer(text, start, end):
        scale = match["scale"]
        unit = unit_at(text, match.end(), scaled=scale is not None)
        factor = Decimal(_SCALES[scale.lower().rstrip("s")]) if scale else None
        if unit is not None and unit.end <= end:
            return HeaderUnit(unit=unit, factor=factor or unit.factor)
        if factor is not None:
            return HeaderUnit(unit=None, factor=factor)
    return None
