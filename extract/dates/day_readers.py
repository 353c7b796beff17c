"""Read a day: « mardi 4 février », « 24/09/2019 », « 3 » in « du 3 au 7 juin », « hier »."""

from __future__ import annotations

import re
from datetime import date

from recoupe.extract.dates.moments import Moment
from recoupe.extract.dates.patterns import patterns
from recoupe.extract.dates.reading import Reading, relation_of, with_year
from recoupe.extract.dates.words import words

#: Two digits below are of this century, from there on of the last.
PIVOT = 70
TWO = 2
FIRST_YEAR, LAST_YEAR = 1000, 2200
MONTHS, LONGEST_MONTH = 12, 31


def read_iso(low: str, pos: int) -> Reading | None:
    """« 2019-09-24 »."""
    match = patterns().iso.match(low, pos)
    return match and _calendar_day(match.end(), match["y"], match["m"], match["d"], "iso")


def read_numeric(low: str, pos: int) -> Reading | None:
    """« 24/09/2019 », « 24.09.19 »."""
    match = patterns().numeric.match(low, pos)
    if match is None or (len(match["y"]) == TWO and (match["s"] == "-" or len(match["m"]) == 1)):
        return None
    year = match["y"] if len(match["y"]) > TWO else _full_year(match["y"])
    return _calendar_day(match.end(), year, match["m"], match["d"], "numeric")


def _full_year(two_digits: str) -> str:
    return ("20" if int(two_digits) < PIVOT else "19") + two_digits


def _calendar_day(end: int, year: str, month: str, day: str, rule: str) -> Reading | None:
    """A day written in digits, refused where no calendar has it."""
    try:
        written = date(int(year), int(month), int(day))
    except ValueError:
        return None
    if not FIRST_YEAR <= written.year <= LAST_YEAR:
        return None
    return Reading(end, _day_moment(written), rule)


def read_numeric_short(low: str, pos: int) -> Reading | None:
    """« 31/05 », after « le »."""
    match = patterns().numeric_short.match(low, pos)
    if (
        match is None
        or match[0] == "24/7"  # round the clock
        or not 1 <= int(match["m"]) <= MONTHS
        or not 1 <= int(match["d"]) <= LONGEST_MONTH
    ):
        return None
    moment = Moment(unit="day", number=int(match["m"]), day=int(match["d"]))
    return Reading(match.end(), moment, "numeric_short", "article")


def read_day(low: str, pos: int) -> Reading | None:
    """« mardi 4 février », « 1er mars 2021 », « 12 sept. 2019 », « 3 mai prochain »."""
    match = patterns().day.match(low, pos)
    if match is None:
        return None
    if match["ms"] == "sept" and not match["y"] and low[match.end() - 1] != ".":
        return None  # « 3 sept » may be a count
    moment = Moment(
        unit="day",
        number=_month_number(match),
        day=day_number(match["d"]),
        weekday=words().weekdays.get(match["wd"] or ""),
    )
    return Reading(match.end(), with_year(moment, match), "day")


def day_number(written: str) -> int:
    """« 1er » and « premier » are 1."""
    return 1 if written.startswith("prem") else int(re.match(r"\d+", written)[0])  # type: ignore[index]


def _month_number(match: re.Match[str]) -> int:
    name = match["m"]
    return words().months[name] if name else words().months_short[match["ms"]]


def read_bare_day(low: str, pos: int) -> Reading | None:
    """The left end of a range that says its month later: « 3 » in « du 3 au 7 juin »."""
    match = patterns().one_day.match(low, pos)
    if match is None or not patterns().day_list.match(low, pos):
        return None
    moment = Moment(
        unit="day", day=day_number(match["d"]), weekday=words().weekdays.get(match["wd"] or "")
    )
    return Reading(match.end("d"), moment, "day_in_list")


def read_weekday_number(low: str, pos: int) -> Reading | None:
    """« mardi 4 »."""
    match = patterns().weekday_number.match(low, pos)
    if match is None:
        return None
    moment = Moment(unit="day", weekday=words().weekdays[match["wd"]], day=day_number(match["d"]))
    return Reading(match.end(), moment, "weekday_number")


def read_weekday(low: str, pos: int) -> Reading | None:
    """« jeudi », « vendredi prochain »."""
    match = patterns().weekday.match(low, pos)
    if match is None:
        return None
    shift = relation_of(match["tail"]) if match["tail"] else None
    moment = Moment(unit="day", weekday=words().weekdays[match["wd"]], shift=shift)
    return Reading(match.end(), moment, "weekday", "none" if match["tail"] else "weekday")


def read_day_word(low: str, pos: int) -> Reading | None:
    """« hier », « aujourd'hui », « après-demain »."""
    match = patterns().day_word.match(low, pos)
    if match is None:
        return None
    shift = words().days[" ".join(match["w"].split())]
    return Reading(match.end(), Moment(unit="day", shift=shift), "day_word", "day_word")


def _day_moment(day: date) -> Moment:
    return Moment(unit="day", year=day.year, number=day.month, day=day.day)
