"""Learn what the nouns around a figure weigh, from texts whose figures are known.

A log-linear model over the nouns of a sentence and « none of them », fitted with L2. Figures that
the rules leave without a noun count `SILENT` times, as the model is asked of those. Nothing is
drawn by chance: the same texts give the same weights. ``python -m recoupe.training`` writes them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from spacy.language import Language
from spacy.tokens import Doc

from recoupe.extract.annotations import annotations_of
from recoupe.extract.figures.likely import Asking
from recoupe.extract.figures.objects import TokenIndex
from recoupe.records import Extraction, Quantity

SILENT = 3
#: A feature seen less often says nothing of other texts.
_SEEN = 3
_L2, _STEPS, _RATE = 3.0, 400, 0.1
#: A weight nearer to nought changes no choice; the file stays small.
_LEAST = 0.03

_Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Choice:
    """One figure: the features of each option, « none » first, the right one, and how it counts."""

    options: tuple[tuple[str, ...], ...]
    right: int
    weight: float


def choices(nlp: Language, known: Iterable[Extraction]) -> Iterator[Choice]:
    """The figures of these texts whose noun, where they have one, is among the candidates."""
    component: Any = nlp.get_pipe("recoupe_quantities")
    component.guesses = False
    for extraction in known:
        yield from _choices(nlp(extraction.article.text), extraction)


def _choices(doc: Doc, known: Extraction) -> Iterator[Choice]:
    found = annotations_of(doc)
    said = {figure.span for figure in found.quantities if figure.object}
    closed = [m.span for ms in (known.quantities, found.dates) for m in ms]
    named = [m.span for ms in (found.territories, found.organisations, found.people) for m in ms]
    asking = Asking(TokenIndex(doc), closed, named)
    for figure in known.quantities:
        asked = asking.about(figure.span, figure.kind, figure.unit)
        if asked is None:
            continue
        candidates = asked.candidates()
        right = next((n for n, c in enumerate(candidates, 1) if _names(figure, c.noun.idx)), 0)
        if right or figure.object is None:
            options = (asked.silence(candidates), *(c.features for c in candidates))
            yield Choice(options, right, 1 if figure.span in said else SILENT)


def _names(figure: Quantity, position: int) -> bool:
    start, end = figure.object_start, figure.object_end
    return start is not None and end is not None and start <= position < end


def fit(learned: Sequence[Choice]) -> dict[str, float]:
    """The weight of each feature: the maximum of the likelihood under L2, by Adam."""
    seen = Counter(f for choice in learned for option in choice.options for f in option)
    features = sorted(feature for feature, times in seen.items() if times >= _SEEN)
    matrix = _Matrix(learned, {feature: n for n, feature in enumerate(features)})
    weights = np.zeros(len(features))
    first, second = np.zeros_like(weights), np.zeros_like(weights)
    for step in range(1, _STEPS + 1):
        slope = matrix.slope(weights) + _L2 * weights
        first = 0.9 * first + 0.1 * slope
        second = 0.999 * second + 0.001 * slope**2
        rate = _RATE * (1 - step / (_STEPS + 1))
        weights -= rate * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.999**step)) + 1e-8)
    return {
        feature: round(float(weight), 2)
        for feature, weight in zip(features, weights, strict=True)
        if abs(weight) >= _LEAST
    }


class _Matrix:
    """The features of all options, as index arrays: option ``rows[i]`` has ``columns[i]``."""

    def __init__(self, learned: Sequence[Choice], places: dict[str, int]) -> None:
        options = [option for choice in learned for option in choice.options]
        pairs = [(n, places[f]) for n, option in enumerate(options) for f in option if f in places]
        self._rows, self._columns = np.array(pairs, dtype=np.int64).T
        sizes = [len(choice.options) for choice in learned]
        self._starts = np.cumsum([0, *sizes[:-1]])
        self._choice = np.repeat(np.arange(len(learned)), sizes)
        self._right = np.zeros(len(options))
        self._right[self._starts + np.array([choice.right for choice in learned])] = 1
        self._weight = np.array([choice.weight for choice in learned], dtype=float)[self._choice]
        self._features = len(places)

    def slope(self, weights: _Floats) -> _Floats:
        """The gradient of the negative log-likelihood."""
        scores = np.bincount(self._rows, weights[self._columns], minlength=len(self._right))
        scores = np.exp(scores - np.maximum.reduceat(scores, self._starts)[self._choice])
        chance = scores / np.add.reduceat(scores, self._starts)[self._choice]
        missed = self._weight * (chance - self._right)
        slope = np.bincount(self._columns, missed[self._rows], minlength=self._features)
        return np.asarray(slope, dtype=np.float64)
