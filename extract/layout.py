"""What the lines of a text say of the figures below them: lead-ins of lists, headers of tables.

A list item is a line that begins with "- "; a table is a run of lines whose cells are separated by
" | ", the first of them its header (the reader writes both so).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from recoupe.records import Span

_CELL = " | "
_BULLETS = ("- ", "– ", "— ", "• ", "* ", "▪ ", "◦ ", "· ")


@dataclass(frozen=True, slots=True)
class Layout:
    """The lines of a text, and for each the line that introduces it."""

    text: str
    lines: Sequence[Span] = field(default=())

    @classmethod
    def of(cls, text: str) -> Layout:
        """Cut ``text`` into its lines."""
        lines: list[Span] = []
        start = 0
        for line in text.splitlines(keepends=True):
            lines.append((start, start + len(line.rstrip("\r\n"))))
            start += len(line)
        return cls(text, tuple(lines))

    def line_at(self, position: int) -> int:
        """Index of the line that holds ``position``."""
        return max(0, bisect_right([start for start, _ in self.lines], position) - 1)

    def is_item(self, line: int) -> bool:
        """Whether the line is an item of a list."""
        return self._words(line).lstrip().startswith(_BULLETS)

    def is_row(self, line: int) -> bool:
        """Whether the line is a row of a table."""
        return _CELL in self._words(line)

    def lead_in(self, line: int) -> Span | None:
        """The line that introduces a list item: the last line above that is no item."""
        above = line - 1
        while above >= 0 and (self.is_item(above) or not self._words(above).strip()):
            above -= 1
        return self.lines[above] if above >= 0 and not self.is_row(above) else None

    def header(self, line: int) -> int | None:
        """Index of the header line of the table that the row ``line`` belongs to."""
        first = line
        while first > 0 and self.is_row(first - 1):
            first -= 1
        return first if first < line else None

    def caption(self, line: int) -> Span | None:
        """The line right above the table that ``line`` belongs to."""
        first = line
        while first > 0 and self.is_row(first - 1):
            first -= 1
        above = first - 1
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

    def _words(self, line: int) -> str:
        start, end = self.lines[line]
        return self.text[start:end]
