"""Where a range begins: « perdre de 3 à 5 points », but « une hausse de `3 à 5 %` »."""

from __future__ import annotations

import re
from collections.abc import Sequence

from recoupe.extract.figures.draft import Draft
from recoupe.extract.figures.numerals import SPACES
from recoupe.extract.figures.objects import TokenIndex

_FROM = re.compile(rf"(?i)(?:de|d['’])[{SPACES}]*")
_NOUNS = frozenset({"NOUN", "PROPN"})


def trim_ranges(index: TokenIndex, drafts: Sequence[Draft]) -> None:
    """Leave the *de* of a range to the noun that it is the complement of."""
    for draft in drafts:
        opening = _FROM.match(index.text, draft.start, draft.end)
        if draft.rule != "range_to" or not opening:
            continue
        if _is_complement(index, draft.start):
            draft.start = opening.end()


def _is_complement(index: TokenIndex, position: int) -> bool:
    """Whether a noun, or its adjective, stands right before."""
    first = index.at(position)
    before = [token.pos_ for token in index.doc[max(0, first - 2) : first]]
    if before[-1:] == ["ADJ"]:
        return before[0] in _NOUNS
    return before[-1:] != [] and before[-1] in _NOUNS
