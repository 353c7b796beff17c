"""Two times that bound a range, and the days of a list: « du 28 février au 2 mars », « 3 et 4 »."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

from recoupe.extract.dates.evidence import LOOK_BEHIND, Text, is_time
from recoupe.extract.dates.moments import Moment, with_year_of
from recoupe.extract.dates.patterns import patterns
from recoupe.extract.dates.readers import read_at
from recoupe.extract.dates.reading import Reading

_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A time found in the text: one moment, or two that bound a range."""

    start: int
    end: int
    moment: Moment
    until: Moment | None = None
    prefix: str = ""
    rule: str


class Placed(NamedTuple):
    """A reading and where it begins."""

    start: int
    reading: Reading


#: Verbs that move a time: « glisser de la fin 2022 au milieu de 2023 ».
_MOVED = re.compile(
    r"\b(?:gliss|report|repouss|décal|recul|avanc|différ|prolong|pass|ramen)\w*"
    r"[^.;,]{0,30} d(?:e|u|es|')(?: la| l')? ?$"
)


def range_from(text: Text, left: Placed, *, floor: int) -> Found | None:
    """« entre 2023 et 2026 », « du 28 février au 2 mars », « janvier-avril 2026 ».

    ``floor`` is the end of the time before, whose words are not taken again.
    """
    link = patterns().range_link.match(text.low, left.reading.end)
    if link is None:
        return None
    window_start = max(floor, left.start - LOOK_BEHIND)
    before = patterns().range_before.search(text.low[window_start : left.start])
    between = bool(before and before["between"])
    opened = bool(before and (before["from"] or before["silent"]))
    if opened and link["to"] and _MOVED.search(text.low[window_start : left.start]):
        return None  # « l'échéance a été reportée de 2027 à 2029 » names two times
    listed = left.reading.rule == "day_in_list"
    if (link["and"] and not (between or listed)) or (link["to"] and between):
        return None
    right = _read_next(text, link.end())
    if link["dash"] and left.reading.moment.part and not (right and right.reading.moment.part):
        return None
    if right is None or not _can_bound(text, left, right, marked=opened or between):
        return None
    if link["and"] and not between and not _next_day(left.reading, right.reading):
        return None
    marked = before is not None and (before["between"] or before["from"])
    first = window_start + before.start() if before is not None and marked else left.start
    moment = with_year_of(left.reading.moment, right.reading.moment)
    until = right.reading.moment
    return Found(start=first, end=right.reading.end, moment=moment, until=until, rule="range")


def listed_day(text: Text, day: Placed) -> Found | None:
    """One day of « les 3, 5 et 17 mars 2024 », with the month said at the end."""
    stubs = patterns().day_list.match(text.low, day.start)
    last = _read_next(text, stubs.end()) if stubs else None
    if last is None or last.reading.rule != "day":
        return None
    if last.reading.moment.weekday is not None and day.reading.moment.weekday is None:
        return None  # « 19 h 05, mardi 27 juin »
    moment = with_year_of(day.reading.moment, last.reading.moment)
    return Found(start=day.start, end=day.reading.end, moment=moment, rule="day_in_list")


def _read_next(text: Text, start: int) -> Placed | None:
    word = _WORD.match(text.low, start)
    reading = read_at(text.low, start, word[0]) if word else None
    return Placed(start, reading) if reading else None


def _next_day(left: Reading, right: Reading) -> bool:
    """« les 3 et 4 mars » are one stretch, « les 3 et 17 mars » two days."""
    return (right.moment.day or 0) - (left.moment.day or 0) == 1


def _can_bound(text: Text, left: Placed, right: Placed, *, marked: bool) -> bool:
    """Whether two readings can bound one range; ``marked`` by « entre », « de » or « du »."""
    first, last = left.reading, right.reading
    if first.moment.length is not None or last.moment.length is not None:
        return False
    needs = (first.need, last.need)
    if "holiday" in needs or "unit" in needs:
        return False
    if first.rule == "day_in_list":
        return last.moment.unit == "day" and last.rule in ("day", "day_in_list")
    if last.need == "year":
        return _can_end(text, left, right, marked=marked)
    if "weekday" in needs:
        return marked and first.need == last.need and not text.before(left.start).endswith("du ")
    same = first.moment.unit == last.moment.unit
    return marked or (same and "none" in needs)


def _can_end(text: Text, left: Placed, right: Placed, *, marked: bool) -> bool:
    """Whether bare digits at the right are the year in which the range ends."""
    if not is_time(text, right.start, right.reading, prefix="", chained=True):
        return False
    if left.reading.need != "year":
        return marked and left.reading.need in ("none", "month")
    if not (left.reading.moment.year or 0) < (right.reading.moment.year or 0):
        return False
    return marked or is_time(text, left.start, left.reading, prefix="", chained=False)
