"""Percentages of which division proves what they are of: « 338 ménages sur 374, soit 90 % »."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from decimal import Decimal

from recoupe.extract.figures.columns import ADDED, alike
from recoupe.extract.figures.draft import Draft
from recoupe.extract.figures.numerals import SP
from recoupe.extract.figures.passage import same_thing
from recoupe.extract.layout import Layout

_PERCENT = Decimal(100)


def proportions(
    layout: Layout, drafts: Sequence[Draft], starts: Sequence[int]
) -> Iterator[tuple[int, int]]:
    """Each percentage with the whole of which another figure near it is that share."""
    for index, draft in enumerate(drafts):
        if draft.kind != "percent" or draft.value is None or not 0 < draft.value <= _PERCENT:
            continue
        near = list(_around(layout, drafts, index, starts))
        pairs = (
            (part, whole)
            for part in near
            for whole in near
            if part != whole
            and (min(part, whole) < index or part == index + 1)
            and alike(drafts[part], drafts[whole])
            and _divides(drafts[part], drafts[whole], draft)
            and (whole < part or drafts[part].value != drafts[whole].value)
        )
        best = min(
            pairs, key=lambda pair: abs(pair[0] - index) + abs(pair[1] - index), default=None
        )
        if best is not None:
            yield index, best[1]
        yield from _told_as_share(layout, drafts, index, best)


#: « 7,5 M€, soit 82 % du montant des conventions »
_SOIT = re.compile(
    rf"[^.;:!?\n]{{0,90}}?(?:(?:[,;(–—]|et){SP}?(?:soit|c['’]est|cela{SP}fait|ce{SP}qui{SP}fait"
    rf"|c['’]est-à-dire|autrement{SP}dit)|{SP}(?:représent|constitu)\w+)"
    rf"{SP}(?:(?:à{SP}peine|environ|déjà|seulement|un{SP}peu|quelque|les|près|plus|moins|de){SP})*"
)
#: « un premier versement de 5,6 M€, 30 % de l'aide »
_BESIDE = re.compile(rf",{SP}(?:(?:environ|à{SP}peine){SP}|(?:près|plus|moins){SP}de{SP})?")
_OF = re.compile(rf"{SP}?d(?:u|e{SP}l['’]|e{SP}la|es){SP}?")
_MORE = re.compile(rf"{SP}?(?:de{SP})?(?:plus|moins|supplémentaires?)(?!\w)")
#: A whole stands at most so many figures before its part and their share.
_SHARED_WITHIN = 8


def _told_as_share(
    layout: Layout, drafts: Sequence[Draft], index: int, best: tuple[int, int] | None
) -> Iterator[tuple[int, int]]:
    """The figure that a percentage tells anew, with the whole that both are of."""
    text, share, part = layout.text, drafts[index], index - 1
    if part < 0 or drafts[part].kind not in ADDED or _MORE.match(text, share.end):
        return
    between = text[drafts[part].end : share.start]
    beside = _BESIDE.fullmatch(between) and _OF.match(text, share.end)
    if not beside and not _SOIT.fullmatch(between):
        return
    if best is not None:
        if best[0] == part:
            yield part, best[1]
        return
    for whole in range(part - 1, max(-1, part - _SHARED_WITHIN), -1):
        total = drafts[whole]
        alike_both = alike(drafts[part], total) and same_thing(text, drafts[part], total)
        if alike_both and _divides(drafts[part], total, share):
            yield part, whole
            return


def _around(
    layout: Layout, drafts: Sequence[Draft], index: int, starts: Sequence[int]
) -> Iterator[int]:
    """The figures of the sentence, or of the row, of a percentage."""
    line = layout.line_at(drafts[index].start)
    row = layout.is_row(line)
    own = bisect_right(starts, drafts[index].start)
    for other in range(max(0, index - 6), min(len(drafts), index + 6)):
        draft = drafts[other]
        if draft.kind not in ADDED or draft.value is None or draft.value <= 0:
            continue
        if layout.line_at(draft.start) == line and (
            row or bisect_right(starts, draft.start) == own
        ):
            yield other


def _divides(part: Draft, whole: Draft, share: Draft) -> bool:
    if part.value is None or whole.value is None or share.value is None:
        return False
    if part.value > whole.value:
        return False
    rounding = (share.precision or Decimal(1)) / 2 + Decimal("0.05")
    return abs(part.value / whole.value * _PERCENT - share.value) <= rounding
