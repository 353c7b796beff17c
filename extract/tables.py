"""Give the figures of a table the unit and scale that their column's header or the caption says."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from recoupe.extract.draft import Draft
from recoupe.extract.layout import Layout
from recoupe.extract.numerals import SP
from recoupe.extract.units import Unit, unit_at
from recoupe.records import Span

_SAID = re.compile(
    rf"(?:\ben{SP}+|\(|,{SP}*)(?:(?P<scale>milliers?|millions?|milliards?)(?={SP}+d['’]))?",
    re.IGNORECASE,
)
_SCALES = {"millier": 10**3, "million": 10**6, "milliard": 10**9}


@dataclass(frozen=True, slots=True, kw_only=True)
class HeaderUnit:
    """A unit said once for a column: « en millions d'euros » is EUR times 1,000,000."""

    unit: Unit
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
        draft.kind, draft.unit, draft.bare = said.unit.kind, said.unit.code, False
        draft.rule = "table_header"


def _unit_for(text: str, layout: Layout, line: int, draft: Draft) -> HeaderUnit | None:
    heading = layout.heading_of(line, draft.start)
    if heading is None:
        return None
    own = _said_in(text, heading)
    if own is not None:
        return own
    label = layout.cells(line)[0]
    if layout.column(line, draft.start) == 0 or re.search(
        r"(?i)\b(?:nombre|nb)\b", text[slice(*heading)]
    ):
        return None
    header = layout.header(line)
    corner = layout.cells(header)[0] if header is not None else None
    caption = layout.caption(line)
    for place in (label, corner, caption):
        if place is not None and (said := _said_in(text, place)):
            return said
    return None


def _said_in(text: str, place: Span) -> HeaderUnit | None:
    for match in _SAID.finditer(text, *place):
        scale = match["scale"]
        unit = unit_at(text, match.end(), scaled=scale is not None)
        if unit is not None and unit.end <= place[1]:
            factor = Decimal(_SCALES[scale.lower().rstrip("s")]) if scale else unit.factor
            return HeaderUnit(unit=unit, factor=factor)
    return None
