"""Of which whole a figure is probably a part, where no rule says it.

Rules read the words that say a part (`shares_of`, `divisions`) and the sums that prove one
(`sums`). Much is only understood: « L'enveloppe est de 5,6 millions. L'État en prend 1,1 à sa
charge, le Département nous a notifié 450 000 euros. » A log-linear model weighs each figure in
reach against « none of them »; its weights are learned from annotated texts by ``python -m
recoupe.training`` and stand in ``likely_wholes.json``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from math import exp

from recoupe.extract.figures.placed import Placed
from recoupe.extract.figures.whole_features import features, silence
from recoupe.extract.figures.whole_part import Known, Part
from recoupe.extract.figures.whole_reach import candidates, may_ask
from recoupe.extract.layout import Layout
from recoupe.extract.weights import choice_weights, score
from recoupe.records import Quantity, Span

#: A whole is given from this probability on: between .3 and .5 the F1 on unseen texts hardly moves.
SURE = 0.55


def with_likely_wholes(
    layout: Layout, figures: Sequence[Quantity], sentences: Sequence[Span]
) -> list[Quantity]:
    """The figures, those without a whole given a probable one; each knows what was said before."""
    placed = Placed(layout, figures, sentences)
    known = known_wholes(figures)
    for part, figure in enumerate(figures):
        if part in known or not may_ask(figure):
            continue
        whole = likely_whole(placed, part, known)
        if whole is not None and known.get(whole) != part:
            known[part] = whole
    return [
        replace(figure, part_of=figures[known[part]].id) if part in known else figure
        for part, figure in enumerate(figures)
    ]


def known_wholes(figures: Sequence[Quantity]) -> dict[int, int]:
    """For the index of each part that of its whole."""
    places = {figure.id: number for number, figure in enumerate(figures)}
    return {n: places[figure.part_of] for n, figure in enumerate(figures) if figure.part_of}


def likely_whole(placed: Placed, part: int, known: Known) -> int | None:
    """The figure that one is most probably a part of; ``None`` below `SURE`."""
    among = candidates(placed, part)
    if not among:
        return None
    asking = Part(placed, part, known, among)
    none = score(_weights(), silence(asking))
    scores = [score(_weights(), features(asking, other)) for other in among]
    highest = max(scores)
    total = sum(exp(score - highest) for score in (none, *scores))
    return among[scores.index(highest)] if 1 / total >= SURE else None


@cache
def _weights() -> Mapping[str, float]:
    return choice_weights("figures", "likely_wholes.json")
