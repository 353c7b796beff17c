"""Fit log-linear models over plain string features: one of some options, or one of some labels.

Both maximise the likelihood under L2, by Adam over all examples at once. Nothing is drawn by
chance: the same examples give the same weights. A feature that is seen too seldom says nothing of
other texts and is left out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

#: A feature counts that is seen so often, if no other number is asked for.
SEEN = 3
_RATE = 0.1
#: A weight nearer to nought changes no choice; the file stays small.
_LEAST = 0.03

_Floats = NDArray[np.float64]
_Indices = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Choice:
    """One choice: the features of each option, which of them is right, and how much it counts."""

    options: tuple[tuple[str, ...], ...]
    right: int
    weight: float


@dataclass(frozen=True, slots=True)
class Example:
    """The features of one thing, and its label."""

    features: Collection[str]
    label: str


def fit_choices(
    learned: Sequence[Choice], *, l2: float, steps: int, seen: int = SEEN
) -> dict[str, float]:
    """The weight of each feature of ``seen`` options or more, alike for every option."""
    options = [option for choice in learned for option in choice.options]
    names = _seen(options, seen)
    rows, columns = _pairs(options, names)
    sizes = [len(choice.options) for choice in learned]
    starts = np.cumsum([0, *sizes[:-1]])
    choice_of = np.repeat(np.arange(len(learned)), sizes)
    right = np.zeros(len(options))
    right[starts + np.array([choice.right for choice in learned])] = 1
    counts = np.array([choice.weight for choice in learned], dtype=float)[choice_of]

    def slope(weights: _Floats) -> _Floats:
        scores = np.bincount(rows, weights[columns, 0], minlength=len(options))
        scores = np.exp(scores - np.maximum.reduceat(scores, starts)[choice_of])
        missed = counts * (scores / np.add.reduceat(scores, starts)[choice_of] - right)
        return _by_column(columns, missed[rows, None], len(names))

    weights = _descend(slope, (len(names), 1), l2=l2, steps=steps)[:, 0]
    return _rounded(names, weights)


def fit_labels(
    learned: Sequence[Example], *, labels: Sequence[str], l2: float, steps: int
) -> dict[str, dict[str, float]]:
    """For each label the weight of each feature."""
    names = _seen((example.features for example in learned), SEEN)
    rows, columns = _pairs([example.features for example in learned], names)
    right = np.zeros((len(learned), len(labels)))
    right[range(len(learned)), [labels.index(example.label) for example in learned]] = 1

    def slope(weights: _Floats) -> _Floats:
        scores = _by_column(rows, weights[columns], len(learned))
        scores = np.exp(scores - scores.max(axis=1, keepdims=True))
        missed = scores / scores.sum(axis=1, keepdims=True) - right
        return _by_column(columns, missed[rows], len(names))

    weights = _descend(slope, (len(names), len(labels)), l2=l2, steps=steps)
    return {label: _rounded(names, weights[:, n]) for n, label in enumerate(labels)}


def _seen(examples: Iterable[Iterable[str]], least: int) -> list[str]:
    times = Counter(feature for example in examples for feature in example)
    return sorted(feature for feature, count in times.items() if count >= least)


def _pairs(examples: Sequence[Iterable[str]], names: Sequence[str]) -> tuple[_Indices, _Indices]:
    """Example ``rows[i]`` has the feature ``columns[i]``."""
    places = {name: n for n, name in enumerate(names)}
    pairs = [(n, places[f]) for n, example in enumerate(examples) for f in example if f in places]
    rows, columns = np.array(pairs, dtype=np.int64).T
    return rows, columns


def _by_column(places: _Indices, values: _Floats, size: int) -> _Floats:
    """The sums of the rows of ``values`` that share a place."""
    sums = [np.bincount(places, column, minlength=size) for column in values.T]
    return np.stack(sums, axis=1)


def _descend(
    slope: Callable[[_Floats], _Floats], shape: tuple[int, int], *, l2: float, steps: int
) -> _Floats:
    """The weights where the slope of the likelihood balances L2."""
    weights = np.zeros(shape)
    first, second = np.zeros(shape), np.zeros(shape)
    for step in range(1, steps + 1):
        gradient = slope(weights) + l2 * weights
        first = 0.9 * first + 0.1 * gradient
        second = 0.999 * second + 0.001 * gradient**2
        rate = _RATE * (1 - step / (steps + 1))
        weights -= rate * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.999**step)) + 1e-8)
    return weights


def _rounded(names: Sequence[str], weights: _Floats) -> dict[str, float]:
    return {
        name: round(float(weight), 2)
        for name, weight in zip(names, weights, strict=True)
        if abs(weight) >= _LEAST
    }
