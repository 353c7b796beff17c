"""The totals of a table's columns: in their row, by adding up, or said in the text around."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import islice

from recoupe.extract.figures.draft import Draft
from recoupe.extract.figures.numerals import SP
from recoupe.extract.layout import Layout

#: What may be added.
ADDED = frozenset({"amount", "count", "measure", "number"})
_TOTAL = re.compile(rf"(?i)^{SP}*(?:sous-)?(?:total|ensemble|totaux)\b")
_TWO = 2
#: The total of a table is said at most so many lines above or below it.
_SAID_WITHIN = 3
#: Small numbers add up to another one too often by chance.
_TELLING = Decimal(20)


def columns(layout: Layout, drafts: Sequence[Draft]) -> Iterator[tuple[int, int]]:
    """Each cell with the cell of its column that stands in the row of totals."""
    cells: dict[tuple[int, int], dict[int, int]] = {}
    for index, draft in enumerate(drafts):
        line = layout.line_at(draft.start)
        column = layout.column(line, draft.start) if layout.is_row(line) else 0
        if column and draft.kind in ADDED | {"percent"}:
            cells.setdefault((layout.tops[line], column), {})[line] = index
    yield from _included(layout, drafts, cells)
    for place, rows in cells.items():
        total = next((line for line in rows if _is_total(layout, line)), None)
        total = _sum_of_others(drafts, rows) if total is None else total
        if total is None:
            yield from _financed(layout, drafts, cells, place)
            yield from _said_in_text(layout, drafts, rows)
            continue
        for line, index in rows.items():
            if line != total and _goes_into(drafts[index], drafts[rows[total]]):
                yield index, rows[total]


_DONT = re.compile(rf"(?i)^\W*(?:dont|y{SP}compris|parmi{SP}lesquels)(?!\w)")
#: « Part des femmes », « dont réhabilitations »: what a column of rates says of another one.
_SHARE = re.compile(
    rf"(?i)^\W*(?:(?:part|proportion|pourcentage|%){SP}+(?:d(?:e|es|u){SP}+|d['’])(?!total|l['’]ensemble|financement|coût|budget|montant|marché)|dont(?!\w))"
)


def _included(
    layout: Layout, drafts: Sequence[Draft], cells: Mapping[tuple[int, int], Mapping[int, int]]
) -> Iterator[tuple[int, int]]:
    """Cells of a row « dont … » with the row above, rates of a column « part de … » with theirs."""
    for (top, column), rows in cells.items():
        whole = None
        for line, index in sorted(rows.items()):
            if not _DONT.match(_label(layout, line, 0)):
                whole = index
            elif whole is not None and _goes_into(drafts[index], drafts[whole]):
                yield index, whole
        rates = {line: i for line, i in rows.items() if drafts[i].kind == "percent"}
        added = sum((drafts[i].value or Decimal(0) for i in rates.values()), Decimal(0))
        if rates and _SHARE.match(_label(layout, top, column)) and abs(added - _HUNDRED) > 1:
            yield from _counted_left(drafts, cells, top, column, rates)


def _counted_left(
    drafts: Sequence[Draft],
    cells: Mapping[tuple[int, int], Mapping[int, int]],
    top: int,
    column: int,
    rates: Mapping[int, int],
) -> Iterator[tuple[int, int]]:
    """Each rate with the nearest figure on its left in its row that is none."""
    for line, index in rates.items():
        row = (cells.get((top, left), {}).get(line) for left in range(column - 1, 0, -1))
        whole = next((i for i in row if i is not None and drafts[i].kind in ADDED), None)
        if whole is not None:
            yield index, whole


#: « Coût HT », « Montant des travaux »: what others pay a part of.
_COST = re.compile(
    rf"(?i)^\W*(?:coûts?|dépenses?|budget|(?:montant|total){SP}(?:total|des?{SP}|d['’]))\b"
)
#: « Subvention », « dont Région », « Feder »: who pays the part, or what it is called.
_AID = re.compile(
    rf"(?i)^\W*(?:dont|subventions?|aides?|participations?|apports?|contributions?|prêts?|"
    rf"fnadt|feder|fse\+?|detr|dsil|dsid|fonds{SP}\w+|état|région|département|europe)\b"
)


def _financed(
    layout: Layout,
    drafts: Sequence[Draft],
    cells: Mapping[tuple[int, int], Mapping[int, int]],
    place: tuple[int, int],
) -> Iterator[tuple[int, int]]:
    """Each cell of « Coût | Subvention | Feder » with the cost that its row says before it."""
    top, column = place
    if not _AID.match(_label(layout, top, column)):
        return
    costs = [left for left in range(1, column) if _COST.match(_label(layout, top, left))]
    if len(costs) != 1:
        return
    for line, index in cells[place].items():
        cost = cells.get((top, costs[0]), {}).get(line)
        if cost is not None and _goes_into(drafts[index], drafts[cost]):
            yield index, cost


def _label(layout: Layout, line: int, column: int) -> str:
    cells = layout.cells(line)
    return layout.text[slice(*cells[column])] if column < len(cells) else ""


def _goes_into(cell: Draft, total: Draft) -> bool:
    """Whether a cell may be a part of its total: no larger, and of 100 where both are rates."""
    if not alike(cell, total) or cell.value is None or total.value is None:
        return False
    return cell.value <= total.value and (cell.kind != "percent" or total.value == _HUNDRED)


_HUNDRED = Decimal(100)


def _said_in_text(
    layout: Layout, drafts: Sequence[Draft], rows: Mapping[int, int]
) -> Iterator[tuple[int, int]]:
    """A column without a total that adds up to a figure of the text around its table.

    Two cells must add up to it exactly, more of them as far as it is rounded.
    """
    first = drafts[next(iter(rows.values()))]
    added = sum((drafts[index].value or Decimal(0) for index in rows.values()), Decimal(0))
    if len(rows) < _TWO or first.kind == "percent" or added < _TELLING:
        return
    lines = [layout.line_at(drafts[index].start) for index in rows.values()]
    around = set(_lines_around(layout, min(lines), max(lines)))
    exactly = len(rows) == _TWO or first.kind != "amount"
    outside = (
        i
        for i, draft in enumerate(drafts)
        if alike(draft, first)
        and _is_rounded(draft, added, exactly=exactly)
        and layout.line_at(draft.start) in around
    )
    whole = min(outside, key=lambda i: abs(i - next(iter(rows.values()))), default=None)
    if whole is not None:
        yield from ((index, whole) for index in rows.values())


def _lines_around(layout: Layout, first: int, last: int) -> Iterator[int]:
    """The lines with words just above and below a table, themselves no rows."""
    for lines in (range(first - 1, -1, -1), range(last + 1, len(layout.lines))):
        worded = (line for line in lines if _is_prose(layout, line))
        yield from islice(worded, _SAID_WITHIN)


def _is_prose(layout: Layout, line: int) -> bool:
    start, end = layout.lines[line]
    return bool(layout.text[start:end].strip()) and not layout.is_row(line)


def _is_rounded(draft: Draft, added: Decimal, *, exactly: bool) -> bool:
    """Whether a figure is a sum as far as it is written: « 96,4 M€ » of 96 430 k€."""
    if draft.value is None:
        return False
    rounding = (draft.precision or Decimal(1)) / 2 if not exactly else Decimal(0)
    return abs(draft.value - added) <= min(rounding, added / 50)


def _sum_of_others(drafts: Sequence[Draft], column: Mapping[int, int]) -> int | None:
    """The last row, or the first, where it is the exact sum of three or more others."""
    lines = sorted(column)
    for line in (lines[-1], lines[0]):
        others = [drafts[column[other]].value or Decimal(0) for other in lines if other != line]
        if len(others) > _TWO and sum(others) == drafts[column[line]].value:
            return line
    return None


def _is_total(layout: Layout, line: int) -> bool:
    start, end = layout.cells(line)[0]
    return _TOTAL.match(layout.text[start:end]) is not None


def alike(draft: Draft, other: Draft) -> bool:
    """Whether two figures are of one kind, unit and denominator."""
    counted = {"count", "number"}
    same_kind = draft.kind == other.kind or {draft.kind, other.kind} <= counted
    return same_kind and draft.unit == other.unit and draft.per == other.per
