"""Characters with positions to rows in reading order: pure geometry, in points from bottom left.

characters → segments (one stretch of one line) → rows → columns → rows in reading order
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from statistics import median

#: A gap of so many font sizes within a line sets two columns or cells apart.
_WIDE = 1.3
#: A gap of so many font sizes is a space, even if no space character was written.
_SPACE = 0.22
#: Columns hold at least so many rows, with so many words in a row at the median.
_MIN_ROWS = 4
_MIN_WORDS = 3.5
_STEP = 2.0
#: Segments from which a row is one of a table, among rows that are not all prose.
_CELLS = 3


@dataclass(frozen=True, slots=True)
class Glyph:
    """One character with its box; ``style`` names the font, ``size`` is in points."""

    char: str
    left: float
    right: float
    bottom: float
    top: float
    size: float
    bold: bool


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of one line without a wide gap."""

    text: str
    left: float
    right: float
    bottom: float
    top: float
    size: float
    bold: bool

    @property
    def middle(self) -> float:
        """Height of the line's middle."""
        return (self.bottom + self.top) / 2


@dataclass(frozen=True, slots=True)
class Row:
    """Segments side by side, from left to right; ``page`` counts from 0."""

    segments: tuple[Segment, ...]
    page: int = 0

    @property
    def text(self) -> str:
        """The row's segments, set apart by a space."""
        return " ".join(segment.text for segment in self.segments)

    @property
    def left(self) -> float:
        """Left edge."""
        return self.segments[0].left

    @property
    def right(self) -> float:
        """Right edge."""
        return max(segment.right for segment in self.segments)

    @property
    def middle(self) -> float:
        """Height of the row's middle."""
        return self.segments[0].middle

    @property
    def size(self) -> float:
        """Font size of most of its characters."""
        return max(self.segments, key=lambda s: len(s.text)).size

    @property
    def bold(self) -> bool:
        """Whether all of it is bold."""
        return all(segment.bold for segment in self.segments)


def segments_of(glyphs: Iterable[Glyph]) -> list[Segment]:
    """Stretches of text, cut at line ends and wide gaps, in the order of the file."""
    found: list[Segment] = []
    run: list[Glyph] = []
    for glyph in glyphs:
        last = _last_ink(run)
        if last is not None and not glyph.char.isspace() and not _continues(last, glyph):
            found.extend(_segment(run))
            run = []
        run.append(glyph)
    found.extend(_segment(run))
    return found


def reading_order(segments: Sequence[Segment]) -> list[list[Row]]:
    """Rows by column, columns in reading order; a page without columns is one list."""
    rows = _rows(segments)
    gutter = _gutter(rows)
    if gutter is None:
        return [rows] if rows else []
    flows: list[list[Row]] = []
    for crossing, band in _bands(rows, gutter):
        if crossing:
            flows.append(band)
        else:
            for part in [band] if _is_columns(band, gutter) else _without_tables(band):
                flows += _columns(part, gutter) if _is_columns(part, gutter) else [part]
    return flows


def _columns(band: Sequence[Row], gutter: float) -> list[list[Row]]:
    left, right = _sides(band, gutter)
    return reading_order(left) + reading_order(right)


def _is_columns(band: Sequence[Row], gutter: float) -> bool:
    """Whether prose stands on both sides of the gutter."""
    return all(map(_is_prose, _sides(band, gutter)))


def _sides(band: Sequence[Row], gutter: float) -> tuple[list[Segment], list[Segment]]:
    inner = [segment for row in band for segment in row.segments]
    left = [segment for segment in inner if segment.right <= gutter + _STEP]
    return left, [segment for segment in inner if segment.right > gutter + _STEP]


def _without_tables(band: Sequence[Row]) -> list[list[Row]]:
    """Runs of rows of a table, three cells or more, and of others; a few rows between are cells."""
    runs: list[tuple[bool, list[Row]]] = []
    for row in band:
        tabular = len(row.segments) >= _CELLS
        if runs and (runs[-1][0] == tabular):
            runs[-1][1].append(row)
        else:
            runs.append((tabular, [row]))
    parts: list[tuple[bool, list[Row]]] = []
    for tabular, rows in runs:
        short = len(rows) < (2 if tabular else _MIN_ROWS)
        if parts and (short or parts[-1][0] == tabular):
            parts[-1][1].extend(rows)
        else:
            parts.append((tabular, rows))
    return [rows for _, rows in parts]


def _last_ink(run: Sequence[Glyph]) -> Glyph | None:
    return next((glyph for glyph in reversed(run) if not glyph.char.isspace()), None)


def _continues(last: Glyph, glyph: Glyph) -> bool:
    """Whether a character stands on the same line as the last, without a wide gap between."""
    size = max(last.size, glyph.size, 1.0)
    overlap = min(last.top, glyph.top) - max(last.bottom, glyph.bottom)
    same_line = overlap > 0.4 * min(last.top - last.bottom, glyph.top - glyph.bottom)
    return same_line and -0.8 * size <= glyph.left - last.right <= _WIDE * size


def _segment(run: Sequence[Glyph]) -> Iterator[Segment]:
    ink = [glyph for glyph in run if not glyph.char.isspace()]
    if not ink:
        return
    text = "".join(_spaced(run)).strip(" \t\r\n\u00a0\u202f")
    sizes = [glyph.size for glyph in ink]
    yield Segment(
        text=text,
        left=ink[0].left,
        right=max(glyph.right for glyph in ink),
        bottom=median(glyph.bottom for glyph in ink),
        top=median(glyph.top for glyph in ink),
        size=round(median(sizes), 1),
        bold=sum(glyph.bold for glyph in ink) > 0.8 * len(ink),
    )


def _spaced(run: Sequence[Glyph]) -> Iterator[str]:
    """The characters, with a space where a gap shows one and none was written."""
    previous: Glyph | None = None
    blank = True
    for glyph in run:
        if glyph.char.isspace():
            # Several blanks are one; a no-break space wins over a plain one.
            if not blank:
                yield " " if glyph.char in "\r\n\t" else glyph.char
            blank = True
            continue
        if previous and not blank and glyph.left - previous.right > _SPACE * glyph.size:
            yield " "
        yield glyph.char
        previous, blank = glyph, False


def _rows(segments: Iterable[Segment]) -> list[Row]:
    """Segments that stand side by side, from the top of the page to its bottom."""
    rows: list[list[Segment]] = []
    for segment in sorted(segments, key=lambda s: -s.middle):
        if rows and _beside(rows[-1], segment):
            rows[-1].append(segment)
        else:
            rows.append([segment])
    return [Row(tuple(sorted(row, key=lambda s: s.left))) for row in rows]


def _beside(row: Sequence[Segment], segment: Segment) -> bool:
    return abs(row[0].middle - segment.middle) < 0.45 * min(row[0].size, segment.size)


def _gutter(rows: Sequence[Row]) -> float | None:
    """The height-wise white strip that leaves text of most rows on both its sides, if any."""
    segments = [segment for row in rows for segment in row.segments]
    if len(rows) < _MIN_ROWS:
        return None
    low, high = min(s.left for s in segments), max(s.right for s in segments)
    best: tuple[int, float] | None = None
    position = low + 0.2 * (high - low)
    while position < low + 0.8 * (high - low):
        left = sum(segment.right <= position for segment in segments)
        right = sum(segment.left >= position for segment in segments)
        crossed = len(segments) - left - right
        score = min(left, right) - 2 * crossed
        if min(left, right) >= _MIN_ROWS and score > 0 and (best is None or score > best[0]):
            best = score, position
        position += _STEP
    return best[1] if best else None


def _bands(rows: Sequence[Row], gutter: float) -> Iterator[tuple[bool, list[Row]]]:
    """Runs of rows that cross the gutter, and of rows that leave it white."""
    band: list[Row] = []
    state = False
    for row in rows:
        crossing = any(s.left < gutter < s.right for s in row.segments)
        if band and crossing != state:
            yield state, band
            band = []
        state = crossing
        band.append(row)
    if band:
        yield state, band


def _is_prose(segments: Sequence[Segment]) -> bool:
    """Whether a column holds lines of text rather than the cells of a table."""
    if len(segments) < _MIN_ROWS:
        return False
    return median(len(segment.text.split()) for segment in segments) >= _MIN_WORDS
