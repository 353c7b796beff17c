"""What a figure is probably of, where no sure rule says it.

Most figures have their noun right behind them, and rules find it (`objects`). What other rules find
(`labels`, `measured`, `ellipsis`) is right in three cases of four, and where they find none the
noun may still be the subject of a verb that no list holds (« quand le cours mondial ne dépasse pas
65 »). A log-linear model weighs each noun of the sentence against « none of them », and what a rule
says is one of its features; its weights are learned from annotated texts by ``python -m
recoupe.training`` and stand in ``likely_objects.json``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, cached_property
from typing import TYPE_CHECKING

from recoupe.extract.figures.candidates import Asked, Beside
from recoupe.extract.figures.draft import Draft
from recoupe.extract.figures.ellipsis import GIVEN
from recoupe.extract.figures.noun_features import REACH
from recoupe.extract.figures.noun_phrases import phrase_at
from recoupe.extract.figures.numerals import SP
from recoupe.extract.figures.objects import TokenIndex
from recoupe.extract.figures.sentence_words import Words
from recoupe.extract.layout import Layout
from recoupe.extract.weights import choice_weights, score
from recoupe.records import Span

if TYPE_CHECKING:
    from spacy.tokens import Token

#: A noun is given where its score lies at most so far below that of « none of them ».
SURE = -0.15
#: The noun that a rule gives has so much more: another one has to be clearly likelier.
TOLD = 0.3


def give_likely(
    index: TokenIndex,
    layout: Layout,
    drafts: Sequence[Draft],
    *,
    closed: Iterable[Span],
    named: Iterable[Span],
) -> None:
    """Set ``object_span`` of each draft to its likeliest noun, or to none.

    ``closed`` are the places of dates, ``named`` those of other mentions.
    """
    asking = Asking(index, layout, drafts, closed=closed, named=named)
    for position, draft in enumerate(drafts):
        asked = asking.about(position)
        if asked is None:
            continue
        noun = likely_noun(asked)
        if noun is None:
            draft.object_span = None
        elif asked.told is None or noun.i != asked.told.i:
            draft.object_span = phrase_at(noun)


_OF = re.compile(rf"{SP}+(?:(?:de|des|du)(?!\w)|d['’])")
#: « trois d'entre eux »: some of what was said before.
_AMONG = re.compile(rf"{SP}+d['’]entre{SP}")
#: Rules that are right in nineteen cases of twenty: their noun stands beside its figure.
_SURE = frozenset({"after", "next", "substance", "number", "one_in", "ordinal", "ordinal_word"})


#: Two figures are beside each other up to so many tokens.
_BESIDE = 25
#: Words between two figures are told up to so many.
_SHORT = 3


class Asking:
    """The figures of a text whose noun is weighed."""

    def __init__(
        self,
        index: TokenIndex,
        layout: Layout,
        drafts: Sequence[Draft],
        *,
        closed: Iterable[Span],
        named: Iterable[Span],
    ) -> None:
        """``closed`` are the places of dates, ``named`` those of other mentions."""
        self._index, self._layout, self._drafts = index, layout, drafts
        self._places = [*((d.start, d.end) for d in drafts), *closed], list(named)
        self._words: dict[tuple[int, int], Words] = {}

    @cached_property
    def _closed(self) -> frozenset[int]:
        return self._index.tokens(self._places[0])

    @cached_property
    def _named(self) -> frozenset[int]:
        return self._index.tokens(self._places[1])

    def about(self, position: int) -> Asked | None:
        """What is asked of the figure of that number; ``None`` where a rule surely knows."""
        draft = self._drafts[position]
        by = draft.told_by or draft.rule if draft.object_span is not None else ""
        if self._is_settled(draft, by):
            return None
        tokens = self._index.within((draft.start, draft.end))
        figure, told = self._index.doc[tokens.start : tokens.stop], self._noun(draft)
        if told >= 0 and not self._is_near(told, figure.root.i):
            return None
        return Asked(
            figure,
            self._words_around(figure.root.i),
            kind=draft.kind,
            unit=draft.unit,
            named=self._named,
            told=figure.doc[told] if told >= 0 else None,
            by=by,
            prior=self._beside(position, -1),
            following=self._beside(position, 1),
        )

    def _is_settled(self, draft: Draft, by: str) -> bool:
        """Whether a rule surely knows what a figure is of, or that no noun beside is it."""
        if by in _SURE or self._layout.is_row(self._layout.line_at(draft.start)):
            return True  # what a cell is of stands in its header, or nowhere
        if draft.told_by == GIVEN or _AMONG.match(self._index.text, draft.end):
            return True  # « 85 % d'entre eux »
        return (
            not by and _OF.match(self._index.text, draft.end) is not None
        )  # « 38 k€ de la Région »

    def _noun(self, draft: Draft) -> int:
        if draft.object_span is None:
            return -1
        return min(self._index.at(draft.object_span[0]), len(self._index.doc) - 1)

    def _is_near(self, noun: int, figure: int) -> bool:
        apart = self._index.sentence(noun) != self._index.sentence(figure)
        return not apart and abs(noun - figure) < REACH

    def _words_around(self, figure: int) -> Words:
        """Those of its sentence in reach, read once for all figures that they are around."""
        start, end = self._index.sentence(figure)
        around = max(start, figure - 2 * REACH), min(end, figure + REACH)
        if around not in self._words:
            self._words[around] = Words(self._index.doc, *around, self._closed)
        return self._words[around]

    def _beside(self, position: int, step: int) -> Beside | None:
        """The figure before or after, in the same sentence."""
        if not 0 <= position + step < len(self._drafts):
            return None
        draft, other = self._drafts[position], self._drafts[position + step]
        first, last = (draft, other) if step > 0 else (other, draft)
        start, end = self._index.at(first.end), self._index.at(last.start)
        if end - start > _BESIDE or self._index.is_parted(start, end):
            return None
        words = [token.lower_ for token in self._index.doc[max(start, end - _SHORT - 1) : end]]
        tie = " ".join(words) if len(words) <= _SHORT else f"… {words[-1]}"
        alike = (draft.kind, draft.unit) == (other.kind, other.unit)
        return Beside(self._noun(other), tie, alike)


def likely_noun(asked: Asked) -> Token | None:
    """The noun that a figure is most probably of; ``None`` where it is rather of none."""
    candidates = asked.candidates()
    if not candidates:
        return None
    scores = [
        score(_weights(), candidate.features) + (TOLD if candidate.noun == asked.told else 0)
        for candidate in candidates
    ]
    best = max(scores)
    sure = best >= score(_weights(), asked.silence(candidates)) + SURE
    return candidates[scores.index(best)].noun if sure else None


@cache
def _weights() -> Mapping[str, float]:
    return choice_weights("figures", "likely_objects.json")
