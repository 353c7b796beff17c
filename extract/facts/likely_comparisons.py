"""Which figures near each other a text sets against each other, probably.

A log-linear model weighs what the rules of `relations` compare with what stands between the two
figures, `side_by_side`; its weights are learned from annotated texts by ``python -m
recoupe.training`` and stand in ``likely_comparisons.json``. A label names the relation and which of
both figures is its left side.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Final

from recoupe.extract.facts.side_by_side import Pair
from recoupe.extract.weights import LabelWeights, label_weights
from recoupe.records import Relation

#: Of each label the relation, and whether the first figure of the text is its left side.
RELATIONS: Final[Mapping[str, tuple[Relation, bool]]] = {
    "announced first": ("announced_vs_reported", True),
    "reported first": ("announced_vs_reported", False),
    "earlier first": ("evolution", True),
    "later first": ("evolution", False),
}
LABELS: Final = ("none", *RELATIONS)
#: A comparison is made from this probability on, and one of the rules' from the lower one on.
#: At .6 nine in ten are right on texts left out of the learning; at .5 two more of them are found
#: and four more are not right (docs/quality.md).
SURE, RULED = 0.6, 0.15


def likely(pairs: Sequence[Pair]) -> Iterator[tuple[Pair, str]]:
    """The pairs that are compared, each with its label."""
    for pair in pairs:
        chances = _weights().probabilities(pair.features)
        best = max(RELATIONS, key=chances.__getitem__)
        if chances[best] >= SURE:
            yield pair, best
        elif chances.get(pair.ruled, 0) >= RULED and pair.ruled != "none":
            yield pair, pair.ruled


@cache
def _weights() -> LabelWeights:
    return label_weights("facts", "likely_comparisons.json")
