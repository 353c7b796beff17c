"""Rows of a PDF to paragraphs: running lines out, hyphens joined, wrapped lines joined, tables."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median

from recoupe.scraper.pdf_layout import Row

#: Share of a page's height that counts as its head or foot.
_MARGIN = 0.12
#: Rows at either end of a page that may be its head or foot.
_EDGE = 3
#: A leading of so many times the usual one starts a paragraph.
_LEADING = 1.35
#: An indent of so many font sizes starts one too.
_INDENT = 0.9
#: A line that ends so far before the right edge (share of the column) was not wrapped.
_SHORT = 0.85
_SIZE = 0.08
_PAGE_NUMBER = re.compile(
    r"[\s–—|-]*(?:p(?:age|\.)?\s*)?\d{1,4}(?:\s*(?:/|sur|of)\s*\d{1,4})?[\s–—|-]*", re.IGNORECASE
)
_BULLET = re.compile(r"(?:[•·▪●◦■□➢➤►✓‣o\uf0b7\uf0a7\uf0d8]|[-–—])[ \u00a0\t]+")
_NUMBERED = re.compile(r"(?:\d{1,2}|[a-z])[.)°]\s+\S")
_SENTENCE_END = (".", "!", "?", "…", ":", ";", "»", ".”")
_HYPHENS = "-\u2010\u00ad\x02\ufffe"
_SOFT = "\u00ad"
# fmt: off
#: First parts that keep their hyphen, and second parts that ask for one.
_COMPOUND_FIRST = frozenset({
    "chef", "sous", "vice", "ex", "non", "demi", "mi", "semi", "au", "ci", "là", "peut", "porte",
    "avant", "arrière", "après", "contre", "grand", "grande", "haut", "haute", "bas", "basse",
    "moyen", "court", "long", "rendez", "vis", "quasi", "plus", "garde", "celui", "celle", "ceux",
    "celles", "lui", "elle", "elles", "eux", "nous", "vous", "soi", "franco", "socio", "est",
    "ouest", "nord", "sud", "saint", "sainte", "centre", "compte", "libre", "mot", "nouveau",
    "petit", "savoir", "auvergne", "bourgogne", "provence", "hauts", "pays", "île", "seine",
    "val", "maine", "loire", "ille", "côtes", "lot", "tarn", "deux", "trois", "quatre", "cinq",
    "six", "sept", "huit", "neuf", "dix", "vingt", "trente", "quarante", "cinquante", "soixante",
})
_COMPOUND_SECOND = frozenset({
    "t", "il", "elle", "on", "ils", "elles", "je", "tu", "nous", "vous", "là", "ci", "y", "même",
    "mêmes", "lieu", "lieux", "dessus", "dessous", "être",
})
# fmt: on


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph, heading, list item or table with the size and weight of its letters."""

    text: str
    size: float
    bold: bool
    page: int


def paragraphs_of(flows: Sequence[Sequence[Row]]) -> list[Paragraph]:
    """Paragraphs of all columns, in order; one that goes on in the next column is whole."""
    vocabulary = Counter(word for flow in flows for row in flow for word in _words(row.text))
    found: list[Paragraph] = []
    for flow in flows:
        for rows in _groups(flow):
            paragraph = _paragraph(rows, vocabulary)
            if found and _goes_on(found[-1], paragraph):
                joined = join_lines([found[-1].text, paragraph.text], vocabulary)
                found[-1] = Paragraph(joined, paragraph.size, paragraph.bold, found[-1].page)
            else:
                found.append(paragraph)
    return found


def without_running_lines(pages: Sequence[Sequence[Row]], heights: Sequence[float]) -> set[Row]:
    """Rows that are page numbers, or stand at the head or foot of most pages."""
    edges = [
        [
            row
            for row in [*rows[:_EDGE], *rows[_EDGE:][-_EDGE:]]
            if not _MARGIN * height < row.middle < (1 - _MARGIN) * height
        ]
        for rows, height in zip(pages, heights, strict=True)
    ]
    counts = Counter(key for rows in edges for key in {_pattern(row) for row in rows})
    needed = max(2, len(pages) // 2)
    return {
        row
        for rows in edges
        for row in rows
        if _PAGE_NUMBER.fullmatch(row.text) or (counts[_pattern(row)] >= needed)
    }


def join_lines(lines: Iterable[str], vocabulary: Counter[str]) -> str:
    """Wrapped lines to one; a hyphen at a line's end goes unless the word has it of its own."""
    text = ""
    for line in lines:
        if not text:
            text = line
        elif text[-1] in _HYPHENS and len(text) > 1 and text[-2].isalnum():
            text = _rejoined(text, line, vocabulary)
        else:
            text = f"{text} {line}"
    return text.replace(_SOFT, "").replace("\x02", "-").replace("\ufffe", "-")


def _rejoined(text: str, line: str, vocabulary: Counter[str]) -> str:
    first = re.split(r"[^\w]", text[:-1])[-1]
    second = re.split(r"[^\w]", line)[0]
    if text[-1] == _SOFT:
        return text[:-1] + line
    if not second[:1].islower() or not first[-1:].isalpha() or _is_compound(first, second):
        return f"{text[:-1]}-{line}"
    hyphenated, plain = f"{first}-{second}".lower(), f"{first}{second}".lower()
    if vocabulary[hyphenated] > vocabulary[plain]:
        return f"{text[:-1]}-{line}"
    return text[:-1] + line


def _is_compound(first: str, second: str) -> bool:
    return first.lower() in _COMPOUND_FIRST or second.lower() in _COMPOUND_SECOND


def _words(text: str) -> list[str]:
    """Words with their inner hyphens, as they stand whole within a line."""
    return [word.lower() for word in re.findall(r"\w+(?:-\w+)*(?![\w-])", text)]


def _groups(flow: Sequence[Row]) -> list[list[Row]]:
    """Rows of one column by paragraph; rows of a table stay together."""
    if not flow:
        return []
    leading = _leading(flow)
    right = max(row.right for row in flow)
    left = min(row.left for row in flow)
    groups = [[flow[0]]]
    for index, row in enumerate(flow[1:], start=1):
        previous = flow[index - 1]
        if _in_table(flow, index - 1) and _in_table(flow, index) and len(row.segments) > 1:
            groups[-1].append(row)
        elif (
            _in_table(flow, index)
            or _in_table(flow, index - 1)
            or _starts(row, previous, groups[-1], leading=leading, edges=(left, right))
        ):
            groups.append([row])
        else:
            groups[-1].append(row)
    return groups


def _in_table(flow: Sequence[Row], index: int) -> bool:
    """Whether a row of several cells has another such row right above or below."""
    if len(flow[index].segments) < 2:  # noqa: PLR2004 (a table has two columns)
        return False
    near = [flow[i] for i in (index - 1, index + 1) if 0 <= i < len(flow)]
    return any(len(row.segments) > 1 for row in near)


def _starts(
    row: Row, previous: Row, group: Sequence[Row], *, leading: float, edges: tuple[float, float]
) -> bool:
    """Whether a row begins a paragraph: leading, letters, bullet, indent, a short line above."""
    left, right = edges
    gap = previous.middle - row.middle
    if gap > _LEADING * max(leading, row.size) or abs(row.size - previous.size) > _SIZE * row.size:
        return True
    if row.bold != previous.bold or _BULLET.match(row.text):
        return True
    hanging = _BULLET.match(group[0].text) is not None or len(group) > 1
    indented = row.left - previous.left > _INDENT * row.size
    if indented and not hanging and row.left - left > _INDENT * row.size:
        return True
    if indented and len(group) > 1 and not _BULLET.match(group[0].text):
        return True
    short = previous.right - left < _SHORT * (right - left)
    ended = previous.text.endswith(_SENTENCE_END)
    return short and (ended or _NUMBERED.match(row.text) is not None)


def _leading(flow: Sequence[Row]) -> float:
    gaps = [a.middle - b.middle for a, b in itertools.pairwise(flow)]
    usual = [gap for gap, row in zip(gaps, flow, strict=False) if 0 < gap < 3 * row.size]
    return median(usual) if usual else 0.0


def _paragraph(rows: Sequence[Row], vocabulary: Counter[str]) -> Paragraph:
    if len(rows) > 1 and all(len(row.segments) > 1 for row in rows):
        text = "\n".join(" | ".join(segment.text for segment in row.segments) for row in rows)
    else:
        text = join_lines((row.text for row in rows), vocabulary)
        bullet = _BULLET.match(text)
        text = f"- {text[bullet.end() :]}" if bullet else text
    bold = all(row.bold for row in rows)
    return Paragraph(text, median(row.size for row in rows), bold, rows[0].page)


def _goes_on(before: Paragraph, after: Paragraph) -> bool:
    """Whether a paragraph was cut by a column's or page's end: no full stop, then lower case."""
    if "\n" in before.text or "\n" in after.text or before.bold != after.bold:
        return False
    if abs(before.size - after.size) > _SIZE * before.size or after.text.startswith("- "):
        return False
    return not before.text.endswith(_SENTENCE_END) and after.text[:1].islower()


def _pattern(row: Row) -> str:
    return re.sub(r"\d+", "#", " ".join(row.text.split())).casefold()
