"""What a figure's status probably is, where rules read a word and its surroundings say otherwise.

The rules know what a marker says; what they cannot weigh is which of several words counts, what a
verb that no list holds says, and what a header, a heading or a neighbour leaves to be understood. A
log-linear model weighs the verdict of the rules with all that stands `around` the figure; its
weights are learned from annotated texts by ``python -m recoupe.training`` and stand in
``likely_status.json``, a list of features for each status. Its probability is the confidence.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cache
from importlib import resources
from math import exp
from typing import cast, get_args

from recoupe.extract.facts.around import Around
from recoupe.extract.facts.figure import Verdict
from recoupe.records import Status

STATUSES: tuple[Status, ...] = get_args(Status)


def likely_verdicts(around: Around) -> list[Verdict]:
    """The verdicts of the rules, each kept or set right, with its probability as its strength."""
    return [
        _weighed(verdict, _probabilities(around.features(index)))
        for index, verdict in enumerate(around.verdicts)
    ]


def _weighed(verdict: Verdict, probabilities: Mapping[Status, float]) -> Verdict:
    likeliest = max(STATUSES, key=probabilities.__getitem__)
    strength = probabilities[likeliest]
    if likeliest == verdict.status:
        return replace(verdict, strength=strength)
    return Verdict(
        status=likeliest,
        negated=verdict.negated,
        conditional=likeliest == "estimated" and verdict.conditional,
        strength=strength,
    )


def _probabilities(features: Iterable[str]) -> Mapping[Status, float]:
    """The probability of each status, 0 to 1."""
    scores = [0.0] * len(STATUSES)
    weights = _weights()
    for feature in features:
        for status, weight in weights.get(feature, ()):
            scores[status] += weight
    highest = max(scores)
    chances = [exp(score - highest) for score in scores]
    total = sum(chances)
    return {status: chance / total for status, chance in zip(STATUSES, chances, strict=True)}


@cache
def _weights() -> Mapping[str, Sequence[tuple[int, float]]]:
    """For each feature what it weighs for which statuses, by their place in `STATUSES`."""
    path = resources.files("recoupe.extract").joinpath("facts", "likely_status.json")
    told = cast(dict[str, dict[str, float]], json.loads(path.read_text("utf-8"))["weights"])
    weights: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for place, status in enumerate(STATUSES):
        for feature, weight in told[status].items():
            weights[feature].append((place, weight))
    return weights
