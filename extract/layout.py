"""What the lines of a text say of the figures below them: lead-ins of lists, headers of tables.

A list item is a line that begins with "- "; a table is a run of lines whose cells are separated by
" | ", the first of them its header (the reader writes both so).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from operator import itemgetter

from recoupe.records import Span

_CELL = " | "
#: A line of fewer characters that ends without a stop is a heading.
_HEADING = 110
_BULLETS = ("- ", "– ", "— ", "• ", "* ", "▪ ", "◦ ", "· ")


@dataclass(frozen=True, slots=True)
class Layout:
    """The lines of a text, and for each the line that introduces it.

    ``tops`` gives for each row of a table the index of the table's first row, else -1.
    """

    text: str
    lines: Sequence[Span] = field(default=())
    tops: Sequence[int] = field(default=())

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
            row = _CELL in text[first:last]
            above = tops[-1] if number else -1
            if row and above < 0 and number > 1 and not text[slice(*lines[number - 1])].strip():
                above = _lone_header(text, lines, tops, number - 2, (first, last))
            tops.append(above if row and above >= 0 else number if row else -1)
        return cls(text, tuple(lines), tuple(tops))

    def line_at(self, position: int) -> int:
        """Index of the line that holds ``position``."""
        return max(0, bisect_right(self.lines, position, key=itemgetter(0)) - 1)

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
        position = start
        for cell in self.text[start:end].split(_CELL):
            cells.append((position, position + len(cell)))
            position += len(cell) + len(_CELL)
        return cells

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


def _lone_header(
    text: str, lines: Sequence[Span], tops: Sequence[int], above: int, row: Span
) -> int:
    """The line of headers that an empty line parts from its first ``row``; -1 where none is."""
    cells = text[slice(*row)].count(_CELL)
    alone = tops[above] == above and text[slice(*lines[above])].count(_CELL) == cells
    return above if alone else -1
