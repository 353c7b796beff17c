"""Outcomes of many texts added up: precision, recall, F1, with intervals, and errors to read."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from recoupe.corpus.scoring import Outcome

#: Resamplings of the texts for an interval, and the seed that makes it repeatable.
ROUNDS, SEED = 1000, 20
_TAIL = 0.025


@dataclass(frozen=True, slots=True)
class Counts:
    """How many stand in gold, were found, and are both."""

    hits: int = 0
    found: int = 0
    gold: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(self.hits + other.hits, self.found + other.found, self.gold + other.gold)

    @property
    def precision(self) -> float | None:
        """Right among found; ``None`` where nothing was found."""
        return self.hits / self.found if self.found else None

    @property
    def recall(self) -> float | None:
        """Found rightly among gold; ``None`` where gold has none."""
        return self.hits / self.gold if self.gold else None

    @property
    def f1(self) -> float | None:
        """Harmonic mean of both; for a measure without missed or spurious, the share right."""
        return 2 * self.hits / (self.found + self.gold) if self.found + self.gold else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """One measure over a part; ``low`` and ``high`` bound the F1 of 95 % of resamplings."""

    counts: Counts
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """One text with its outcomes; ``shares`` holds measures that are counted, not judged."""

    name: str
    text: str
    outcomes: tuple[Outcome, ...]
    shares: Mapping[str, Counts] = field(default_factory=dict)

    def counts(self) -> dict[str, Counts]:
        """The counts of each measure in this text."""
        counts = dict(self.shares)
        for outcome in self.outcomes:
            counts[outcome.measure] = (
                counts.get(outcome.measure, Counts()) + _COUNTED[outcome.verdict]
            )
        return counts


_COUNTED = {
    "hit": Counts(1, 1, 1),
    "missed": Counts(0, 0, 1),
    "spurious": Counts(0, 1, 0),
    "wrong": Counts(0, 1, 1),
}


def scores(judged: Sequence[Judged]) -> dict[str, Score]:
    """Every measure over some texts, in alphabetical order, its interval by resampling texts."""
    texts = [text.counts() for text in judged]
    names = sorted({name for counts in texts for name in counts})
    return {name: _score([counts[name] for counts in texts if name in counts]) for name in names}


def _score(counts: Sequence[Counts]) -> Score:
    whole = sum(counts, Counts())
    draw = random.Random(SEED)  # noqa: S311  a resampling, no secret
    f1s = sorted(
        f1 for _ in range(ROUNDS) if (f1 := _f1_of(draw.choices(counts, k=len(counts)))) is not None
    )
    if not f1s:
        return Score(counts=whole, low=None, high=None)
    tail = int(len(f1s) * _TAIL)
    return Score(counts=whole, low=f1s[tail], high=f1s[-1 - tail])


def _f1_of(drawn: Iterable[Counts]) -> float | None:
    hits = both = 0
    for counts in drawn:
        hits += counts.hits
        both += counts.found + counts.gold
    return 2 * hits / both if both else None


def confusion(judged: Iterable[Judged], measure: str = "status") -> Mapping[tuple[str, str], int]:
    """How often each gold value of a measure was read as each value."""
    return Counter(
        (outcome.gold or "none", outcome.found or "none")
        for text in judged
        for outcome in text.outcomes
        if outcome.measure == measure
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Error:
    """One outcome that is no hit, with where to read it; line and column count from 1."""

    text: str
    line: int
    column: int
    outcome: Outcome
    context: str


def errors(judged: Iterable[Judged], measure: str) -> list[Error]:
    """The errors of a measure, or of all measures that begin with it and a dot."""
    return [
        _error(text, outcome)
        for text in judged
        for outcome in text.outcomes
        if outcome.verdict != "hit"
        and (outcome.measure == measure or outcome.measure.startswith(f"{measure}."))
    ]


def _error(judged: Judged, outcome: Outcome) -> Error:
    text, (start, end) = judged.text, outcome.span
    begin = text.rfind("\n", 0, start) + 1
    left, right = max(begin, start - 60), min(end + 60, len(text))
    stop = text.find("\n", end, right)
    return Error(
        text=judged.name,
        line=text.count("\n", 0, start) + 1,
        column=start - begin + 1,
        outcome=outcome,
        context=text[left : right if stop < 0 else stop],
    )
