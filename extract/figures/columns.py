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
    for rows in cells.values():
        total = next((line for line in rows if _is_total(layout, line)), None)
        total = _sum_of_others(drafts, rows) if total is None else total
        if total is None:
            yield from _said_in_text(layout, drafts, rows)
            continue
        for line, index in rows.items():
            if line != total and _goes_into(drafts[index], drafts[rows[total]]):
                yield index, rows[total]


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
