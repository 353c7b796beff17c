"""Weights of log-linear models, as ``python -m recoupe.training`` writes them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from importlib import resources
from itertools import repeat
from math import fsum
from typing import cast

import numpy as np


class LabelWeights:
    """What each feature weighs for each of some labels."""

    def __init__(self, told: Mapping[str, Mapping[str, float]]) -> None:
        """``told`` holds for each label the features that speak for or against it."""
        self.labels: Sequence[str] = tuple(told)
        features = dict.fromkeys(feature for weights in told.values() for feature in weights)
        self._places = {feature: place for place, feature in enumerate(features)}
        self._weights = np.zeros((len(features), len(self.labels)))
        for column, weights in enumerate(told.values()):
            places = [self._places[feature] for feature in weights]
            self._weights[places, column] = list(weights.values())

    def probabilities(self, features: Iterable[str]) -> Mapping[str, float]:
        """The probability of each label, 0 to 1; ``features`` are all different."""
        known = [place for place in map(self._places.get, features) if place is not None]
        scores = self._weights[known].sum(axis=0)
        chances = np.exp(scores - scores.max())
        return dict(zip(self.labels, (chances / chances.sum()).tolist(), strict=True))


def score(weights: Mapping[str, float], features: Iterable[str]) -> float:
    """What the features of one option weigh together, in whatever order they come."""
    return fsum(map(weights.get, features, repeat(0.0)))


def choice_weights(folder: str, name: str) -> Mapping[str, float]:
    """What each feature weighs for any option, from a file beside the module that uses it."""
    return cast(Mapping[str, float], _told(folder, name))


def label_weights(folder: str, name: str) -> LabelWeights:
    """The weights of a file beside the module that uses them."""
    return LabelWeights(cast(Mapping[str, Mapping[str, float]], _told(folder, name)))


def _told(folder: str, name: str) -> object:
    path = resources.files("recoupe.extract").joinpath(folder, name)
    return json.loads(path.read_text("utf-8"))["weights"]
