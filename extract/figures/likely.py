"""What a figure is probably of, where no rule says it.

Most figures have their noun beside them, and rules find it (`objects`, `labels`, `measured`). Where
they find none, the noun may still be the subject of a verb that no list holds (« quand le cours
mondial ne dépasse pas 65 ») or not be said at all. A log-linear model weighs each noun of the
sentence against « none of them »; its weights are learned from annotated texts by ``python -m
recoupe.training`` and stand in ``likely_objects.json``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib import resources
from math import exp
from typing import TYPE_CHECKING

from recoupe.extract.figures.candidates import Asked, Candidate
from recoupe.extract.figures.draft import Draft
from recoupe.extract.figures.noun_phrases import phrase_at
from recoupe.extract.figures.numerals import SP
from recoupe.extract.figures.objects import TokenIndex
from recoupe.extract.layout import Layout
from recoupe.records import QuantityKind, Span

if TYPE_CHECKING:
    from spacy.tokens import Token

#: A noun is given from this probability on: of those two in three are right (docs/quality.md).
SURE = 0.5
_OF = re.compile(rf"{SP}+(?:(?:de|des|du)(?!\w)|d['’])")


def give_likely(
    index: TokenIndex,
    layout: Layout,
    drafts: Sequence[Draft],
    *,
    dates: Iterable[Span],
    named: Iterable[Span],
) -> None:
    """Set ``object_span`` of the drafts without one, where a noun is probable enough."""
    asking = Asking(index, [*((d.start, d.end) for d in drafts), *dates], named)
    for draft in drafts:
        if draft.object_span is not None or layout.is_row(layout.line_at(draft.start)):
            continue  # what a cell is of stands in its header, or nowhere
        if _OF.match(index.text, draft.end):
            continue  # « 85 % d'entre eux », « 38 k€ de la Région »: rules have read what follows
        asked = asking.about((draft.start, draft.end), draft.kind, draft.unit)
        noun = likely_noun(asked) if asked else None
        if noun is not None:
            draft.object_span = phrase_at(noun)


class Asking:
    """The figures of a `Doc` that may ask for their noun."""

    def __init__(self, index: TokenIndex, figures: Iterable[Span], named: Iterable[Span]) -> None:
        """``figures`` are the places of figures and dates, ``named`` those of other mentions."""
        self._doc = index.doc
        self._closed = _tokens(index, figures)
        self._named = _tokens(index, named)

    def about(self, place: Span, kind: QuantityKind, unit: str | None) -> Asked | None:
        """What is asked for the figure that stands there; ``None`` where it covers no token."""
        figure = self._doc.char_span(*place, alignment_mode="expand")
        if figure is None:
            return None
        return Asked(figure, kind, unit, self._closed, self._named)


def likely_noun(asked: Asked) -> Token | None:
    """The noun that a figure is most probably of; ``None`` below `SURE`."""
    candidates = asked.candidates()
    if not candidates:
        return None
    best, probability = _best(candidates, asked.silence(candidates))
    return best.noun if probability >= SURE else None


def _best(candidates: Sequence[Candidate], silence: Iterable[str]) -> tuple[Candidate, float]:
    """The likeliest candidate and its probability, 0 to 1."""
    scores = [_score(candidate.features) for candidate in candidates]
    highest = max(scores)
    total = sum(exp(score - highest) for score in [*scores, _score(silence)])
    return candidates[scores.index(highest)], 1 / total


def _score(features: Iterable[str]) -> float:
    weights = _weights()
    return sum(weights[feature] for feature in features if feature in weights)


@cache
def _weights() -> Mapping[str, float]:
    path = resources.files("recoupe.extract").joinpath("figures", "likely_objects.json")
    weights: dict[str, float] = json.loads(path.read_text("utf-8"))["weights"]
    return weights


def _tokens(index: TokenIndex, places: Iterable[Span]) -> frozenset[int]:
    """The indices of the tokens of these places."""
    return frozenset(token for place in places for token in index.within(place))
