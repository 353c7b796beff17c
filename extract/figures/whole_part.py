"""A figure that asks for its whole, with all that is read once for every whole in reach."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from recoupe.extract.figures.placed import Placed, Told
from recoupe.records import Quantity

#: For each part the index of its whole, as far as they are known.
Known = Mapping[int, int]
#: Figures alike are looked for among so many on either side, the last one before among so few.
_AROUND, NEAR = 12, 5


class Part:
    """The figure of a text that asks, by its index; ``among`` are the figures in reach."""

    def __init__(self, placed: Placed, index: int, known: Known, among: Sequence[int]) -> None:
        self.placed, self.index, self.known, self.among = placed, index, known, among
        self.figure: Quantity = placed.figures[index]
        self.told: Told = placed.told(index)

    @cached_property
    def alike(self) -> Sequence[int]:
        """The figures around of its kind and unit."""
        first, last = max(0, self.index - _AROUND), self.index + _AROUND
        return [
            other
            for other in range(first, min(len(self.placed.figures), last))
            if other != self.index and self._is_alike(other)
        ]

    @cached_property
    def before(self) -> int | None:
        """The last figure before of its kind and unit."""
        earlier = range(self.index - 1, max(-1, self.index - 1 - NEAR), -1)
        return next(filter(self._is_alike, earlier), None)

    def _is_alike(self, other: int) -> bool:
        own, figure = self.figure, self.placed.figures[other]
        return figure.kind == own.kind and figure.unit == own.unit

    def pair(self, whole: int) -> Pair:
        """The figure beside one that may be its whole."""
        figure = self.placed.figures[whole]
        place = self.placed.place(self.index, whole)
        return Pair(self, whole, figure, place, f"{self.figure.kind}>{figure.kind}")


class Pair(NamedTuple):
    """A part and one that may be its whole: how it lies (`Placed.place`), and the kinds of both."""

    part: Part
    whole: int
    figure: Quantity
    place: str
    kinds: str

    @property
    def placed(self) -> Placed:
        """The figures of the text."""
        return self.part.placed
