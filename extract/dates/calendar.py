"""The arithmetic of the calendar: months, quarters, seasons, Easter, presidential terms.

Nothing here reads text or knows what day it is.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from datetime import date, timedelta
from itertools import pairwise
from typing import NamedTuple

from recoupe.extract.dates.words import words
from recoupe.records import Granularity

#: The month in which a school year begins.
SEPTEMBER = 9


class Interval(NamedTuple):
    """First and last day, both inside."""

    first: date
    last: date


def month_end(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year, month, monthrange(year, month)[1])


def easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar, by Butcher's rule (Nature, 20 April 1876)."""
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    h = (19 * a + b - d - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    month, day = divmod(h + m - 7 * ((a + 11 * h + 22 * m) // 451) + 114, 31)
    return date(year, month, day + 1)


def around(day: date, unit: Granularity) -> Interval:
    """The calendar unit in which ``day`` lies: its week, month, quarter or year."""
    year, month = day.year, day.month
    match unit:
        case "day":
            return Interval(day, day)
        case "week":
            monday = day - timedelta(days=day.weekday())
            return Interval(monday, monday + timedelta(days=6))
        case "month":
            return Interval(date(year, month, 1), month_end(year, month))
        case "quarter":
            return months_from(year, 3 * ((month - 1) // 3) + 1, 3)
        case "semester":
            return months_from(year, 6 * ((month - 1) // 6) + 1, 6)
        case "school_year":
            first = year if month >= SEPTEMBER else year - 1
            return Interval(date(first, 9, 1), date(first + 1, 8, 31))
        case "decade":
            return Interval(date(year - year % 10, 1, 1), date(year - year % 10 + 9, 12, 31))
        case "century":
            return Interval(date(year - (year - 1) % 100, 1, 1), date(year + -year % 100, 12, 31))
        case "term":
            return term_of(day)
        case _:
            return Interval(date(year, 1, 1), date(year, 12, 31))


def term_of(day: date, shift: int = 0) -> Interval:
    """The presidential term in which ``day`` lies; raises `ValueError` outside those known."""
    terms = words().terms
    for index, (first, last) in enumerate(terms):
        if first <= day <= last and 0 <= index + shift < len(terms):
            return Interval(*terms[index + shift])
    raise ValueError(day)


def shifted(day: date, unit: Granularity, count: int) -> date:
    """``day`` moved by ``count`` units; a month shorter than the day gives its last day."""
    match unit:
        case "day":
            return day + timedelta(days=count)
        case "week":
            return day + timedelta(weeks=count)
        case _:
            return plus_months(day, count * _MONTHS[unit])


_MONTHS: Mapping[Granularity, int] = {
    "month": 1,
    "quarter": 3,
    "season": 3,
    "semester": 6,
    "school_year": 12,
    "year": 12,
    "term": 60,
    "decade": 120,
    "century": 1200,
}


def plus_months(day: date, months: int) -> date:
    """``day`` moved by months; a month shorter than the day gives its last day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def months_from(year: int, month: int, count: int) -> Interval:
    """``count`` whole months from the first day of ``month``."""
    return Interval(date(year, month, 1), month_end(year, month + count - 1))


def season_of(season: int, year: int) -> Interval:
    """The season 0–3 (spring first) that begins in ``year``."""
    from_month, from_day = words().season_from[season]
    to_month, to_day = words().season_to[season]
    ends = year + 1 if to_month < from_month else year
    return Interval(date(year, from_month, from_day), date(ends, to_month, to_day))


def steps_of(interval: Interval, unit: str) -> list[Interval]:
    """The days, months, years or thirds that an interval is counted in."""
    first, last = interval
    if unit in ("month", "week"):
        days = (last - first).days + 1
        return [around(first + timedelta(days=n), "day") for n in range(days)]
    if unit == "year":
        months = (last.year - first.year) * 12 + last.month - first.month + 1
        return [around(plus_months(first, n), "month") for n in range(months)]
    if unit in ("decade", "century"):
        return [around(date(y, 1, 1), "year") for y in range(first.year, last.year + 1)]
    third = ((last - first).days + 1) / 3
    cuts = [first + timedelta(days=round(n * third)) for n in range(4)]
    return [Interval(a, b - timedelta(days=1)) for a, b in pairwise(cuts)]


def stretch(today: date, unit: Granularity, length: int) -> Interval:
    """The ``length`` units that end at ``today`` (−) or begin there (+)."""
    other = shifted(today, unit, length)
    return Interval(min(today, other), max(today, other))
