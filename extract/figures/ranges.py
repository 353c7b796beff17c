"""Where a range begins: « perdre de 3 à 5 points » with its *de*, « une hausse de 3 à 5 % » without."""

from __future__ import annotations

import re
from collections.abc import Sequence

from recoupe.extract.figures.draft import Draft
from recoupe.extract.figures.numerals import SPACES
from recoupe.extract.figures.objects import TokenIndex

_FROM = re.compile(rf"(?i)(?:de|d['’])[{SPACES}]*")
_QUALITIES = frozenset({"NOUN", "ADJ", "PROPN"})


def trim_ranges(index: TokenIndex, drafts: Sequence[Draft]) -> None:
    """Leave the *de* of a range to the noun that it is the complement of."""
    for draft in drafts:
        opening = _FROM.match(index.text, draft.start, draft.end)
        if draft.rule != "range_to" or not opening:
            continue
        first = index.at(draft.start)
        if first and index.doc[first - 1].pos_ in _QUALITIES:
            draft.start = opening.end()
