"""What a reader gives back, and what its match says of the year.

A reader takes the folded lower-case text and a place in it, and returns the time that begins
there, or ``None``. Readers never look at what stands before: `date_evidence` does.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Literal, NamedTuple

from recoupe.extract.dates.moments import Moment
from recoupe.extract.dates.words import words

#: What must stand before an expression for it to be a time; ``"none"`` where nothing need.
Need = Literal[
    "none", "month", "season", "holiday", "year", "weekday", "unit", "length", "article", "day_word"
]


class Reading(NamedTuple):
    """A moment, the place where its words end, the rule that read it and what it still needs."""

    end: int
    moment: Moment
    rule: str
    need: Need = "none"


Reader = Callable[[str, int], Reading | None]


def with_year(moment: Moment, match: re.Match[str]) -> Moment:
    """The moment with what its words say of the year: digits, « dernier », « de l'an passé »."""
    if match["y"]:
        return replace(moment, year=int(match["y"]))
    if match["tail"]:
        return replace(moment, shift=relation_of(match["tail"]))
    if match["ytail"]:
        return replace(moment, year_shift=relation_of(match["ytail"]))
    return replace(moment, year_shift=0) if match["ythis"] else moment


def relation_of(tail: str) -> int:
    """How many units « dernier » or « prochain » move a time."""
    return words().relations[" ".join(tail.split())]


def need_unless_dated(moment: Moment, need: Need) -> Need:
    """A year or « dernier » proves a time; without them something before has to."""
    bare = moment.year is None and moment.shift is None and moment.year_shift is None
    return need if bare else "none"


def count_of(written: str) -> int:
    """The value of a number in digits or words."""
    return int(written) if written.isdecimal() else words().numbers[written]
