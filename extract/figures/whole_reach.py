"""The figures in reach that one may be a part of.

Only so many figures around are considered, so that the cost of a text grows with its figures and no
faster. What words deny is left out here; what they leave open is weighed (`whole_features`).
"""

from __future__ import annotations

from recoupe.extract.figures.leaning import held_against, is_level, is_refused
from recoupe.extract.figures.passage import SHARES, WHOLES, is_compared
from recoupe.extract.figures.placed import Placed
from recoupe.records import Quantity

#: A whole stands at most so many figures before its part, or after it.
BACK, AHEAD = 24, 3
_PARTLESS = frozenset({"rank", "duration", "multiplier", "point"})


def may_ask(figure: Quantity) -> bool:
    """Whether a figure can be a part of another one."""
    return figure.kind not in _PARTLESS


def candidates(placed: Placed, part: int) -> list[int]:
    """The figures that one may be a part of: the nearest before first, then those after it."""
    if placed.is_row[part]:
        return []  # `columns` and `proportions` read tables
    last = min(len(placed.figures), part + 1 + AHEAD)
    earlier = range(part - 1, max(-1, part - 1 - BACK), -1)
    later = (
        other
        for other in range(part + 1, last)
        if placed.line[other] == placed.line[part]
        and placed.sentence[other] == placed.sentence[part]
    )
    own = placed.figures[part]
    return [
        other
        for other in (*earlier, *later)
        if _may_hold(placed.figures[other], own) and not _is_denied(placed, part, other)
    ]


def _is_denied(placed: Placed, part: int, whole: int) -> bool:
    """Whether words say that the one is no part of the other."""
    text, one, other = placed.layout.text, placed.figures[part], placed.figures[whole]
    if placed.figures[part].kind in SHARES:
        return False
    if is_compared(text, other.span, counted=False) or _is_size(placed, part, whole):
        return True
    told_together = other.end <= one.start and placed.place(part, whole) == "s0"
    return told_together and (
        held_against(text[other.end : one.start])
        or is_refused(text, other.span, one.span)
        or is_level(text, one.span)
    )


def _is_size(placed: Placed, part: int, whole: int) -> bool:
    """Whether two measures are sides of one thing: « 2 mètres sur 3 mètres »."""
    beside = part + 1 == whole and placed.figures[part].kind == "measure"
    return beside and placed.between(part, whole) == ["sur"]


def _may_hold(whole: Quantity, part: Quantity) -> bool:
    if whole.kind not in WHOLES:
        return False
    if part.kind in SHARES:
        return True
    smaller = part.value is not None and (whole.value is None or part.value <= whole.value)
    return smaller and part.unit == whole.unit and part.kind in WHOLES
