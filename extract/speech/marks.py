"""Pair the quotation marks of a text: « », “ ” and straight ", nested or over paragraphs."""

from __future__ import annotations

import re
from dataclasses import dataclass

_MARK = re.compile(r"[«»“”„\"]")
_LONGEST = 4000
_SALUTATION = re.compile(
    r"\s*(?:Madame|Monsieur|Mesdames|Messieurs|Chère?s?|Mon cher|Ma chère)\b"
    r"[^.!?:\n]{0,80}[,!]\s*(?:\n|$)"
)
_CLOSING = {"«": "»", "“": "”", "„": "“"}


@dataclass(frozen=True, slots=True)
class Marked:
    """The content at ``start:end``, between the marks at ``open`` and before ``close``."""

    start: int
    end: int
    open: int
    close: int


def marked(text: str) -> list[Marked]:
    """The outermost stretches between quotation marks, in order.

    A « that opens again at the head of a paragraph goes on with the same quotation, as printers do.
    A mark without its pair is no quotation: it costs its paragraph and nothing more.
    """
    found: list[Marked] = []
    position = 0
    while match := _MARK.search(text, position):
        close = _closing(text, match.start())
        position = match.end()
        if close is None:
            continue
        inside = _trim(text, match.end(), close)
        if inside:
            found.append(Marked(*inside, match.start(), close + 1))
        position = close + 1
    return found


def _closing(text: str, at: int) -> int | None:
    """Where the mark that closes the one at ``at`` stands."""
    mark = text[at]
    limit = min(len(text), at + _LONGEST)
    if mark == '"':
        return _closing_straight(text, at, limit)
    if mark not in _CLOSING:
        return None
    closing, depth = _CLOSING[mark], 1
    for match in re.finditer(f"[{mark}{closing}]", text[at + 1 : limit]):
        where = at + 1 + match.start()
        if match[0] == closing:
            depth -= 1
        elif not _opens_paragraph(text, where):
            depth += 1
        if depth == 0:
            return where if _one_quotation(text, at, where, mark) else None
    return None


def _closing_straight(text: str, at: int, limit: int) -> int | None:
    """The next straight mark of the paragraph, for one that opens: not preceded by a letter."""
    if at and (text[at - 1].isalnum() or text[at - 1] in ".!?,…"):
        return None
    line_end = text.find("\n", at, limit)
    close = text.find('"', at + 1, line_end if line_end >= 0 else limit)
    return close if close >= 0 else None


def _opens_paragraph(text: str, at: int) -> bool:
    return text[max(0, at - 3) : at].rstrip(" \u00a0\u202f")[-1:] in {"", "\n"}


def _one_quotation(text: str, at: int, close: int, mark: str) -> bool:
    """Over several paragraphs the mark must open each of them anew, or the paragraphs be few."""
    paragraphs = [p for p in text[at + 1 : close].split("\n") if p.strip()]
    again = all(p.lstrip().startswith(mark) for p in paragraphs[1:])
    return again or len(paragraphs) <= 4 or opens_letter(paragraphs[0])  # noqa: PLR2004


def opens_letter(text: str) -> bool:
    """« Madame la Directrice, »: whether ``text`` begins as a letter does."""
    return _SALUTATION.match(text) is not None


def _trim(text: str, start: int, end: int) -> tuple[int, int] | None:
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return (start, end) if start < end else None
