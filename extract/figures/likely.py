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
from functools import cache
from typing import TYPE_CHECKING

from recoupe.extract.figures.candidates import REACH, Asked, Beside
from recoupe.extract.figures.draft import Draft
from recoupe.extract.figures.ellipsis import GIVEN
from recoupe.extract.figures.noun_phrases import phrase_at
from recoupe.extract.figures.numerals import SP
from recoupe.extract.figures.objects import TokenIndex
from recoupe.extract.layout import Layout
from recoupe.extract.weights import choice_weights, score
from recoupe.records import Span

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

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
        self._closed = _tokens(index.doc, [*((d.start, d.end) for d in drafts), *closed])
        self._named = _tokens(index.doc, named)

    def about(self, position: int) -> Asked | None:
        """What is asked of the figure of that number; ``None`` in tables."""
        draft, doc = self._drafts[position], self._index.doc
        by = draft.told_by or draft.rule if draft.object_span is not None else ""
        if by in _SURE or self._layout.is_row(self._layout.line_at(draft.start)):
            return None  # what a cell is of stands in its header, or nowhere
        if _AMONG.match(self._index.text, draft.end):
            return None
        given = draft.told_by == GIVEN
        if given or (not by and _OF.match(self._index.text, draft.end)):
            return None  # « 85 % d'entre eux », « 38 k€ de la Région »: rules have read it
        figure = doc.char_span(draft.start, draft.end, alignment_mode="expand")
        if figure is None:
            return None
        told = self._noun(draft)
        if told >= 0 and not _is_near(doc[told], figure.root):
            return None
        return Asked(
            figure,
            draft.kind,
            draft.unit,
            self._closed,
            self._named,
            doc[told] if told >= 0 else None,
            by,
            self._beside(position, -1),
            self._beside(position, 1),
        )

    def _noun(self, draft: Draft) -> int:
        if draft.object_span is None:
            return -1
        return min(self._index.at(draft.object_span[0]), len(self._index.doc) - 1)

    def _beside(self, position: int, step: int) -> Beside | None:
        """The figure before or after, in the same sentence."""
        if not 0 <= position + step < len(self._drafts):
            return None
        draft, other = self._drafts[position], self._drafts[position + step]
        doc = self._index.doc
        first, last = sorted((draft, other), key=lambda each: each.start)
        start, end = self._index.at(first.end), self._index.at(last.start)
        apart = any(token.is_sent_start for token in doc[start : end + 1])
        if end - start > _BESIDE or apart:
            return None
        words = [token.lower_ for token in doc[start:end]]
        tie = " ".join(words) if len(words) <= _SHORT else f"… {words[-1]}"
        alike = (draft.kind, draft.unit) == (other.kind, other.unit)
        return Beside(self._noun(other), tie, alike)


def _is_near(noun: Token, figure: Token) -> bool:
    return noun.sent.start == figure.sent.start and abs(noun.i - figure.i) < REACH


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


def _tokens(doc: Doc, places: Iterable[Span]) -> frozenset[int]:
    """The indices of the tokens of these places."""
    spans = (doc.char_span(*place, alignment_mode="expand") for place in places)
    return frozenset(
        token for span in spans if span is not None for token in range(span.start, span.end)
    )
