"""Weights of log-linear models, as ``python -m recoupe.training`` writes them."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from importlib import resources
from math import exp


class LabelWeights:
    """What each feature weighs for each of some labels."""

    def __init__(self, told: Mapping[str, Mapping[str, float]]) -> None:
        """``told`` holds for each label the features that speak for or against it."""
        self.labels: Sequence[str] = tuple(told)
        self._weights: dict[str, list[tuple[int, float]]] = defaultdict(list)
        for place, label in enumerate(self.labels):
            for feature, weight in told[label].items():
                self._weights[feature].append((place, weight))

    def probabilities(self, features: Iterable[str]) -> Mapping[str, float]:
        """The probability of each label, 0 to 1."""
        scores = [0.0] * len(self.labels)
        for feature in features:
            for place, weight in self._weights.get(feature, ()):
                scores[place] += weight
        highest = max(scores)
        chances = [exp(score - highest) for score in scores]
        total = sum(chances)
        return {label: chance / total for label, chance in zip(self.labels, chances, strict=True)}


def label_weights(folder: str, name: str) -> LabelWeights:
    """The weights of a file beside the module that uses them."""
    path = resources.files("recoupe.extract").joinpath(folder, name)
    return LabelWeights(json.loads(path.read_text("utf-8"))["weights"])
