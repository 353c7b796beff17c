"""What a figure's status probably is, where rules read a word and its surroundings say otherwise.

The rules know what a marker says; what they cannot weigh is which of several words counts, what a
verb that no list holds says, and what a header, a heading or a neighbour leaves to be understood. A
log-linear model weighs the verdict of the rules with all that stands `around` the figure; its
weights are learned from annotated texts by ``python -m recoupe.training`` and stand in
``likely_status.json``, a list of features for each status. Its probability is the confidence.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from typing import cast, get_args

from recoupe.extract.facts.around import Around
from recoupe.extract.facts.figure import Verdict
from recoupe.extract.weights import LabelWeights, label_weights
from recoupe.records import Status

#: From this share of the highest probability on, a status that a word shows is as good.
_AS_GOOD = 0.65

STATUSES: tuple[Status, ...] = get_args(Status)

Chances = Mapping[Status, float]


def chances(around: Around, weights: LabelWeights | None = None) -> list[Chances]:
    """The probability of each status, for each figure; ``weights`` are others than the file's."""
    told = weights or _weights()
    every = (told.probabilities(around.features(n)) for n in range(len(around.figures)))
    return [cast(Chances, each) for each in every]


def weighed(verdict: Verdict, chances: Chances) -> Verdict:
    """The verdict of the rules, kept or set right, its probability as its strength.

    The marker is the rules', so that a status that is set right has none. What is denied stays so:
    « n'a pas été versé » is never called paid. Of two about as likely the one is taken that a word
    shows.
    """
    likeliest = max(STATUSES, key=chances.__getitem__)
    shown = verdict.marker and chances[verdict.status] >= _AS_GOOD * chances[likeliest]
    if likeliest == verdict.status or verdict.negated or shown:
        return replace(verdict, strength=chances[verdict.status])
    return Verdict(
        status=likeliest,
        conditional=likeliest == "estimated" and verdict.conditional,
        strength=chances[likeliest],
    )


@cache
def _weights() -> LabelWeights:
    return label_weights("facts", "likely_status.json")
