"""Wholes that words give away: « y compris 310 », « le reste, soit 40 », « financé pour moitié ».

Each rule looks at one figure that has no whole yet and says which figure before it (rarely after
it) is its whole, or nothing; the first rule that knows one decides.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, MutableMapping

from recoupe.extract.figures.breakdowns import (
    bracketed,
    fragment,
    listed,
    opened,
    tallied,
)
from recoupe.extract.figures.frames import among, detailed, framed
from recoupe.extract.figures.inclusions import included, included_ahead, item, mostly, standing_out
from recoupe.extract.figures.leaning import leaning
from recoupe.extract.figures.passage import Known, Passage
from recoupe.extract.figures.progress import (
    also_settled,
    instalment,
    reached,
    settled,
    spending,
    spent_only,
)
from recoupe.extract.figures.remainders import remainder
from recoupe.extract.figures.resumed import (
    by_half,
    dont_clause,
    opening,
    restated,
    taken_up,
    told_as_ratio,
)
from recoupe.extract.figures.siblings import sibling

Rule = Callable[[Passage, int, Known], int | None]
_PARTLESS = frozenset({"rank", "duration", "multiplier", "point"})


def divided(passage: Passage, wholes: Known) -> Mapping[int, int]:
    """``wholes`` with those that words give away."""
    known: MutableMapping[int, int] = dict(wholes)
    for index, draft in enumerate(passage.drafts):
        if index in known or draft.kind in _PARTLESS or index in passage.rows:
            continue
        for rule in _RULES:
            whole = rule(passage, index, known)
            if whole is not None and whole != index and known.get(whole) != index:
                known[index] = whole
                break
    return known


_RULES: tuple[Rule, ...] = (
    detailed,
    framed,
    among,
    leaning,
    included,
    standing_out,
    mostly,
    included_ahead,
    item,
    remainder,
    taken_up,
    restated,
    told_as_ratio,
    bracketed,
    opened,
    opening,
    by_half,
    dont_clause,
    instalment,
    reached,
    spending,
    spent_only,
    settled,
    also_settled,
    fragment,
    listed,
    tallied,
    sibling,
)
