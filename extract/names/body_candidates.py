"""Stretches of a text that may name an organisation, and which of them wins."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from recoupe.extract.names.institutions import overlaps

LISTED = 3
INSTITUTION = 2


@dataclass(frozen=True, slots=True)
class Candidate:
    """An organisation at ``start:end``; of overlapping ones the higher ``rank`` wins."""

    start: int
    end: int
    name: str
    rank: int
    weak: bool = False


def _precedence(item: Candidate) -> tuple[int, int, int]:
    """Vocabulary and institutions by length, then announced names, then the model's."""
    return -min(item.rank, 2), item.start - item.end, -item.rank


def choose(candidates: Iterable[Candidate], taken: Sequence[tuple[int, int]]) -> list[Candidate]:
    """One candidate per stretch of text, outside of ``taken``, in the order of the text."""
    kept: list[Candidate] = []
    for item in sorted(candidates, key=_precedence):
        spans = [(other.start, other.end) for other in kept]
        if not overlaps(item.start, item.end, taken) and not overlaps(item.start, item.end, spans):
            kept.append(item)
    return sorted(kept, key=lambda c: c.start)
