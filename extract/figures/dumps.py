"""Long runs of numbers without a word between them: data pasted into a text, not figures.

They, and runs of spaces that no sentence has, are cut out before figures are looked for, so that a
megabyte of digits costs less than a megabyte of prose; what is found is put back in its place.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from recoupe.extract.figures.numerals import SPACES, TEENS, TENS, UNITS
from recoupe.extract.surface import lower
from recoupe.records import Span

#: So many numbers in a row are no sentence; the longest number in words has fewer.
_MANY = 60
_WORDS = "|".join((*UNITS, *TEENS, *TENS, "cents?", "mille", "millions?", "milliards?", "et"))
_RUN = re.compile(
    rf"(?<![^\W_])(?:\d++[.,;:/+%'’-]*+[\s{SPACES}]*+){{{_MANY},}}+|\d{{40,}}+"
    rf"|[{SPACES}]{{8,}}+"
    rf"|(?<![^\W_])(?:(?:{_WORDS})\b[,;-]*+[\s{SPACES}]*+){{{_MANY},}}+",
    re.IGNORECASE,
)
#: A text without any of these, in lower case, has no such run; they are quickly looked for.
_SIGNS = (
    re.compile(rf"\d[\d\s{SPACES}.,;:/+%'’-]{{39}}"),
    re.compile(rf"[{SPACES}]{{8}}"),
    re.compile(rf"\b(?:(?:{_WORDS})\b[,;\s{SPACES}-]*+){{5}}"),
)


@dataclass(frozen=True, slots=True)
class Squeezed:
    """A text whose dumps are one line end each.

    ``begins`` are the offsets, in ``text``, at which the pieces between the dumps begin, and
    ``origins`` the same offsets in the whole text.
    """

    text: str
    begins: tuple[int, ...] = (0,)
    origins: tuple[int, ...] = (0,)

    def origin(self, position: int) -> int:
        """The offset in the whole text of a place in ``text``."""
        piece = bisect_right(self.begins, position) - 1
        return self.origins[piece] + position - self.begins[piece]

    def places(self, spans: Iterable[Span]) -> list[Span]:
        """Where spans of the whole text stand in ``text``."""
        if len(self.begins) == 1:
            return list(spans)
        return [(self._place(start), self._place(end)) for start, end in spans]

    def _place(self, origin: int) -> int:
        piece = bisect_right(self.origins, origin) - 1
        last = self.begins[piece + 1] - 1 if piece + 1 < len(self.begins) else len(self.text)
        return min(self.begins[piece] + origin - self.origins[piece], last)


@lru_cache(maxsize=1)  # references and figures ask for the same text, one after the other
def without_dumps(text: str) -> Squeezed:
    """``text`` with every such run cut down to one line end."""
    low = lower(text)
    if not any(sign.search(low) for sign in _SIGNS):
        return Squeezed(text)
    pieces: list[str] = []
    begins, origins = [0], [0]
    for run in _RUN.finditer(text):
        piece = text[origins[-1] : run.start()]
        pieces.append(piece)
        begins.append(begins[-1] + len(piece) + 1)
        origins.append(run.end())
    if not pieces:
        return Squeezed(text)
    pieces.append(text[origins[-1] :])
    return Squeezed("\n".join(pieces), tuple(begins), tuple(origins))
