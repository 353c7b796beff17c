"""Bounds of sentences and clauses around quotations, read off the text's own punctuation.

The parser's sentences break at the marks inside quotations; these do not.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from functools import lru_cache

from spacy.tokens import Doc

from recoupe.extract.surface import Surface

_END = re.compile(r"[.!?…]+(?=[\s»\"”)]|$)|\n")
_ABBREVIATION = re.compile(r"(?:^|[\s(])(?:M|MM|Me|Dr|Pr|St|cf|p|art|n|av|apr|env|ex|[A-Z])\.$")
_REACH = 1200


def sentence_end(surface: Surface, at: int) -> int:
    """Where the sentence at ``at`` ends, before its mark."""
    starts, _ = _marks(surface.plain)
    index = bisect_left(starts, at)
    far = min(len(surface.plain), at + _REACH)
    return min(starts[index], far) if index < len(starts) else far


def sentence_start(surface: Surface, at: int) -> int:
    """Where the sentence that holds ``at`` starts."""
    _, ends = _marks(surface.plain)
    index = bisect_right(ends, at) - 1
    start = max(0, at - _REACH, ends[index] if index >= 0 else 0)
    while start < at and (surface.plain[start].isspace() or surface.plain[start] in "»”)"):
        start += 1
    return start


@lru_cache(maxsize=4)
def _marks(text: str) -> tuple[list[int], list[int]]:
    """Where the marks that end the sentences of ``text`` start and end, in order."""
    found = [
        match.span()
        for match in _END.finditer(text)
        if match[0] == "\n" or not _ABBREVIATION.search(text, max(0, match.end() - 6), match.end())
    ]
    return [start for start, _ in found], [end for _, end in found]


def trimmed(surface: Surface, start: int, end: int) -> tuple[int, int]:
    """``start:end`` without outer spaces, commas and marks that open or close nothing inside."""
    while start < end and surface.plain[start] in " \n,;:–—-":
        start += 1
    while start < end and surface.plain[end - 1] in " \n,;:–—-":
        end -= 1
    return start, end


def speaks(doc: Doc, start: int, end: int) -> bool:
    """Whether a finite verb stands in ``start:end``."""
    span = doc.char_span(start, end, alignment_mode="expand")
    return span is not None and any(
        token.pos_ in {"VERB", "AUX"} and "VerbForm=Fin" in str(token.morph) for token in span
    )
