"""What the lines of a text say of the figures below them: lead-ins of lists, headers of tables.

A list item is a line that begins with "- "; a table is a run of lines whose cells are separated by
" | ", the first of them its header (the reader writes both so).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from recoupe.records import Span

_CELL = " | "
#: Between two cells; an empty one may have a single space: « Total | | 5 810 ».
_BETWEEN = re.compile(r"(?: |(?<= \| ))\|(?: |$)")
#: A line of fewer characters that ends without a stop is a heading.
_HEADING = 110
_BULLETS = ("- ", "– ", "— ", "• ", "* ", "▪ ", "◦ ", "· ")


def _is_headed(text: str, lines: Sequence[Span], tops: Sequence[int]) -> bool:
    """Whether the line after ``tops`` is a row under a header, an empty line between the two."""
    row = len(tops)
    header = row - 2
    if header < 0 or tops[header] != header or lines[row - 1][0] != lines[row - 1][1]:
        return False
    return _bars(text, lines[header]) == _bars(text, lines[row])


def _bars(text: str, line: Span) -> int:
    return sum(1 for _ in _BETWEEN.finditer(text, *line))


@dataclass(frozen=True, slots=True)
class Layout:
    """The lines of a text, and for each the line that introduces it.

    ``tops`` gives for each row of a table the index of the table's first row, else -1; ``starts``
    where each line begins.
    """

    text: str
    lines: Sequence[Span] = field(default=())
    tops: Sequence[int] = field(default=())
    starts: Sequence[int] = field(default=())

    @classmethod
    def of(cls, text: str) -> Layout:
        """Cut ``text`` into its lines."""
        lines: list[Span] = []
        start = 0
        for line in text.splitlines(keepends=True):
            lines.append((start, start + len(line.rstrip("\r\n"))))
            start += len(line)
        tops: list[int] = []
        for number, (first, last) in enumerate(lines):
            if _CELL not in text[first:last]:
                tops.append(-1)
                continue
            above = tops[-1] if tops else -1
            apart = above < 0 and _is_headed(text, lines, tops)
            tops.append(number - 2 if apart else above if above >= 0 else number)
        return cls(text, tuple(lines), tuple(tops), [first for first, _ in lines])

    def line_at(self, position: int) -> int:
        """Index of the line that holds ``position``."""
        return max(0, bisect_right(self.starts, position) - 1)

    def is_item(self, line: int) -> bool:
        """Whether the line is an item of a list."""
        return self._words(line).lstrip().startswith(_BULLETS)

    def is_row(self, line: int) -> bool:
        """Whether the line is a row of a table."""
        return self.tops[line] >= 0

    def lead_in(self, line: int) -> Span | None:
        """The line that introduces a list item: the last line above that is no item."""
        above = line - 1
        while above >= 0 and (self.is_item(above) or not self._words(above).strip()):
            above -= 1
        return self.lines[above] if above >= 0 and not self.is_row(above) else None

    def header(self, line: int) -> int | None:
        """Index of the header line of the table that the row ``line`` belongs to."""
        first = self.tops[line]
        return first if 0 <= first < line else None

    def caption(self, line: int) -> Span | None:
        """The line right above the table that ``line`` belongs to."""
        above = (self.tops[line] if self.tops[line] >= 0 else line) - 1
        while above >= 0 and not self._words(above).strip():
            above -= 1
        return self.lines[above] if above >= 0 else None

    def cells(self, line: int) -> list[Span]:
        """The spans of the cells of a row."""
        start, end = self.lines[line]
        cells: list[Span] = []
        for bar in _BETWEEN.finditer(self.text, start, end):
            cells.append((start, max(start, bar.start())))
            start = bar.end()
        return [*cells, (start, end)]

    def column(self, line: int, position: int) -> int:
        """Index of the cell of the row ``line`` that holds ``position``."""
        return max(
            (index for index, (start, _) in enumerate(self.cells(line)) if start <= position),
            default=0,
        )

    def heading_of(self, line: int, position: int) -> Span | None:
        """The header cell of the column that holds ``position``."""
        header = self.header(line)
        if header is None:
            return None
        cells = self.cells(header)
        column = self.column(line, position)
        return cells[column] if column < len(cells) else None

    def paragraph_at(self, position: int) -> Span:
        """The line that holds ``position``."""
        return self.lines[self.line_at(position)]

    def heading_above(self, position: int) -> Span | None:
        """The heading of the section that holds ``position``: a short line that is no sentence."""
        for line in range(self.line_at(position) - 1, 0, -1):
            words = self._words(line).strip()
            listed = self.is_item(line) or self.is_row(line)
            if words and not listed and len(words) < _HEADING and words[-1] not in '.!?:;,»"”':
                return self.lines[line]
        return None

    def _words(self, line: int) -> str:
        start, end = self.lines[line]
        return self.text[start:end]
