"""Which days a moment means: its holes filled from the day of publication."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from recoupe.extract.dates.calendar import (
    Interval,
    around,
    easter,
    month_end,
    months_from,
    plus_months,
    season_of,
    shifted,
    steps_of,
    stretch,
    term_of,
)
from recoupe.extract.dates.moments import Moment
from recoupe.extract.dates.words import words

Direction = Literal["past", "future"]

#: Beyond this many days ahead, a date without year or tense is read as the last one, not the next.
AHEAD = 150
#: How many years around a publication are tried for a day without year.
YEARS_AROUND = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Viewpoint:
    """The day of publication, and the way a date without year looks where the text says so.

    ``sure`` says that a verb in the future governs it: only then is a day of nearly a year ahead
    taken before one of a few weeks ago.
    """

    published_on: date | None
    direction: Direction | None = None
    sure: bool = False


def resolve(moment: Moment, viewpoint: Viewpoint) -> Interval | None:
    """The first and last day of ``moment``, ``None`` where its year or day cannot be known."""
    try:
        interval = _whole(moment, viewpoint)
    except (ValueError, OverflowError):  # 30 February, the year 0: said, but no day of the calendar
        return None
    if interval is None or moment.part in (None, "whole"):
        return interval
    return _cut(interval, moment)


def _whole(moment: Moment, viewpoint: Viewpoint) -> Interval | None:
    """The days of a moment before any part of it is cut out."""
    today = viewpoint.published_on
    if moment.fixed is not None:
        return moment.fixed
    if moment.unit == "term" and moment.year is None:
        return _term(moment, today)
    if moment.year is not None:
        return in_year(moment, moment.year)
    return _from_publication(moment, today, viewpoint) if today else None


def _from_publication(moment: Moment, today: date, viewpoint: Viewpoint) -> Interval | None:
    """The days of a moment that says no year."""
    direction = viewpoint.direction
    if moment.year_shift is not None:
        return in_year(moment, today.year + moment.year_shift)
    if moment.length is not None:
        return stretch(today, moment.unit, moment.length)
    if moment.shift is not None and not _is_named(moment):
        return around(shifted(today, moment.unit, moment.shift), moment.unit)
    if moment.weekday is not None and moment.day is None:
        return _weekday(moment, today, direction)
    if moment.weekday is not None and moment.number is None:
        return _weekday_of_month(moment, today, direction)
    return _nearest(moment, today, direction, sure=viewpoint.sure)


def _is_named(moment: Moment) -> bool:
    """Whether ``shift`` says which March or Friday, and not how many months from now."""
    return moment.number is not None or moment.weekday is not None or moment.easter is not None


def in_year(moment: Moment, year: int) -> Interval:
    """The days of ``moment`` in ``year``; raises `ValueError` for a day that does not exist."""
    number = moment.number or 0
    match moment.unit:
        case "day":
            return _day(moment, year)
        case "month":
            return Interval(date(year, number, 1), month_end(year, number))
        case "quarter":
            return months_from(year, 3 * number - 2, 3)
        case "semester":
            return months_from(year, 6 * number - 5, 6)
        case "season":
            return season_of(number, year)
        case "school_year":
            return Interval(date(year, 9, 1), date(moment.year_to or year + 1, 8, 31))
        case "decade":
            return Interval(date(year, 1, 1), date((moment.year_to or year) + 9, 12, 31))
        case "century":
            return Interval(date(100 * number - 99, 1, 1), date(100 * number, 12, 31))
        case "week":
            return around(date(year, number, moment.day or 1), "week")
        case _:
            return Interval(date(year, 1, 1), date(moment.year_to or year, 12, 31))


def _day(moment: Moment, year: int) -> Interval:
    if moment.easter is not None:
        day = easter(year) + timedelta(days=moment.easter)
    else:
        day = date(year, moment.number or 1, moment.day or 1)
    return Interval(day, day)


def _term(moment: Moment, today: date | None) -> Interval | None:
    """« le quinquennat » is the one under way; a president's is told by name and rank."""
    terms = words().terms
    if moment.president is None and today is None:
        return None
    if today and moment.president is None and moment.number is None:
        return term_of(today, moment.shift or 0)
    own = words().presidents.get(moment.president or _president_on(today), ())
    if moment.number is not None:
        return Interval(*terms[own[moment.number - 1]]) if moment.number <= len(own) else None
    running = [i for i in own if today and terms[i][0] <= today <= terms[i][1]]
    return (
        Interval(*terms[running[-1]]) if running else Interval(terms[own[0]][0], terms[own[-1]][1])
    )


def _president_on(today: date | None) -> str:
    for name, indexes in words().presidents.items():
        if today and any(words().terms[i][0] <= today <= words().terms[i][1] for i in indexes):
            return name
    return ""


def _nearest(
    moment: Moment, today: date, direction: Direction | None, *, sure: bool
) -> Interval | None:
    """The occurrence that a reader of that day understands.

    A tense or « dernier », « prochain » decides; else the last one, unless the next comes within
    `AHEAD` days and sooner than the last one is away.
    """
    occurrences = _occurrences(moment, today)
    if moment.shift == 0:
        return next((o for o in occurrences if o.first.year == today.year), None)
    if moment.weekday is not None and (matching := _on_weekday(occurrences, moment.weekday)):
        return min(matching, key=lambda o: abs((o.first - today).days))
    before = [o for o in occurrences if o.first <= today]
    after = [o for o in occurrences if o.last >= today]
    wanted = _wanted(moment, direction)
    if wanted == "future" and not sure and moment.shift is None and before and after:
        far = (after[0].first - today).days > _FAR
        if far and (today - before[-1].last).days < _JUST:
            wanted = "past"  # « convoqué le 24 mars », said on the 30th
    if wanted == "past" or not after:
        return before[-1] if before else None
    if wanted == "future" or not before:
        return after[0]
    ahead, behind = (after[0].first - today).days, (today - before[-1].last).days
    return after[0] if ahead <= min(AHEAD, behind) else before[-1]


#: A day so many days ahead is not meant where its like was so few days ago.
_FAR, _JUST = 300, 45


def _wanted(moment: Moment, direction: Direction | None) -> Direction | None:
    if moment.shift is None:
        return direction
    return "past" if moment.shift < 0 else "future"


def _occurrences(moment: Moment, today: date) -> list[Interval]:
    """Those of the years around ``today``; a 29 February may have none."""
    span = 4 if (moment.number, moment.day) == (2, 29) else YEARS_AROUND
    found = []
    for year in range(today.year - span, today.year + span + 1):
        try:
            found.append(in_year(moment, year))
        except ValueError:
            continue
    if moment.shift == -1:  # « en septembre dernier », said in September, is last year's
        return [o for o in found if o.last < today]
    if moment.shift == 1:
        return [o for o in found if o.first > today]
    return found


def _on_weekday(occurrences: list[Interval], weekday: int) -> list[Interval]:
    return [o for o in occurrences if o.first.weekday() == weekday]


def _weekday(moment: Moment, today: date, direction: Direction | None) -> Interval:
    """« jeudi »: the last one, the day itself included, unless the text looks ahead."""
    wanted, weekday = _wanted(moment, direction), moment.weekday or 0
    behind = (today.weekday() - weekday) % 7
    ahead = (weekday - today.weekday()) % 7
    if moment.shift == 0:  # « ce jeudi » is the nearest
        wanted = "future" if ahead <= behind else "past"
    if moment.shift not in (None, 0):  # « jeudi dernier » is never today
        behind, ahead = behind or 7, ahead or 7
    day = today + timedelta(days=ahead if wanted == "future" else -behind)
    return Interval(day, day + timedelta(days=1 if moment.weekend else 0))


def _weekday_of_month(moment: Moment, today: date, direction: Direction | None) -> Interval | None:
    """« mardi 4 »: the nearest 4th that is a Tuesday, within two months."""
    days = [plus_months(today.replace(day=1), n) for n in range(-2, 3)]
    fits = []
    for first in days:
        if (moment.day or 1) <= monthrange(first.year, first.month)[1]:
            day = first.replace(day=moment.day or 1)
            if day.weekday() == moment.weekday:
                fits.append(day)
    fits = [d for d in fits if direction is None or (d >= today) == (direction == "future")] or fits
    day_found = min(fits, key=lambda d: abs((d - today).days), default=None)
    return Interval(day_found, day_found) if day_found else None


def _cut(interval: Interval, moment: Moment) -> Interval:
    """The beginning, middle or end of an interval, as `dates.toml` bounds them."""
    bounds = words().part_bounds[moment.part or "whole"]
    unit = "year" if moment.unit in ("year", "school_year") else moment.unit
    low, high = bounds.get(unit, bounds["other"])
    steps = steps_of(interval, unit)
    first, last = (
        steps[min(low, len(steps)) - 1],
        steps[min(high, len(steps)) - 1 if high > 0 else -1],
    )
    return Interval(first.first, last.last)
