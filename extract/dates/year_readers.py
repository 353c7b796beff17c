"""Read a month, a quarter, a season, a year, a decade or a century, and ranges of years."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from recoupe.extract.dates.calendar import Interval
from recoupe.extract.dates.moments import Moment
from recoupe.extract.dates.patterns import patterns
from recoupe.extract.dates.reading import Need, Reading, need_unless_dated, with_year
from recoupe.extract.dates.words import words
from recoupe.records import Granularity

#: A range of years longer than this is a pair of numbers.
LONGEST_RANGE = 150
CENTURY, LAST_CENTURY = 100, 30
MONTHS = 12
#: How many digits a whole year has.
FULL = 4
_ROMAN = {"i": 1, "v": 5, "x": 10}
_CODES: Mapping[str, tuple[Granularity, int]] = {
    "t": ("quarter", 4),
    "q": ("quarter", 4),
    "s": ("semester", 2),
}
_COUNTED: Mapping[str, tuple[Granularity, int]] = {
    "trimestre": ("quarter", 4),
    "semestre": ("semester", 2),
}


def read_numeric_month(low: str, pos: int) -> Reading | None:
    """« 09/2025 »."""
    match = patterns().numeric_month.match(low, pos)
    if match is None:
        return None
    moment = Moment(unit="month", year=int(match["y"]), number=int(match["m"]))
    return Reading(match.end(), moment, "numeric_month")


def read_month(low: str, pos: int) -> Reading | None:
    """« septembre 2019 », « mars dernier », « mai »."""
    match = patterns().month.match(low, pos)
    if match is None:
        return None
    moment = with_year(Moment(unit="month", number=words().months[match["m"]]), match)
    return Reading(match.end(), moment, "month", need_unless_dated(moment, "month"))


def read_month_short(low: str, pos: int) -> Reading | None:
    """« oct. 2022 »."""
    match = patterns().month_short.match(low, pos)
    if match is None:
        return None
    number = words().months_short[match["ms"]]
    return Reading(match.end(), Moment(unit="month", number=number, year=int(match["y"])), "month")


def read_labelled_year(low: str, pos: int) -> Reading | None:
    """« année scolaire 2023-2024 », « exercice 2023 », « mandat 2020-2026 »."""
    match = patterns().labelled_year.match(low, pos)
    if match is None:
        return None
    unit: Granularity = "year"
    last = _last_year(match)
    if match["school"] or (last is not None and match["label"].startswith(("saison", "session"))):
        unit = "school_year"
    elif match["label"].startswith("mandat"):
        unit = "term"
    return _years(match, unit, "labelled_year", "none")


def read_year(low: str, pos: int) -> Reading | None:
    """« 2019 », « 2021-2027 »."""
    match = patterns().year.match(low, pos)
    return match and _years(match, "year", "year", "year")


def _years(match: re.Match[str], unit: Granularity, rule: str, need: Need) -> Reading | None:
    """One year, or two joined by a dash that make a range."""
    year, last = int(match["y"]), _last_year(match)
    if last is not None:
        return Reading(match.end(), Moment(unit=unit, year=year, year_to=last), f"{rule}_range")
    end = match.end("y")
    return Reading(end, Moment(unit=unit, year=year), rule, need)


def _last_year(match: re.Match[str]) -> int | None:
    """The second year of a range: « 2021-2027 », « 2021-27 »; ``None`` where there is none.

    « 2019-12 » is a month or a number, so two digits that could be a month must be next year's.
    """
    year = int(match["y"])
    if match["yy"]:
        last = year - year % CENTURY + int(match["yy"])
        return last if last == year + 1 or (last > year and int(match["yy"]) > MONTHS) else None
    last = int(match["y2"] or 0)
    return last if year < last <= year + LONGEST_RANGE else None


def read_decade(low: str, pos: int) -> Reading | None:
    """« années 1970 », « années soixante-dix », « décennie 1960 »."""
    match = patterns().decade.match(low, pos)
    if match is None:
        return None
    first = _decade_year(match["y"] or match["n"] or match["w"])
    last = _decade_year(match["y2"]) if match["y2"] else None
    return Reading(match.end(), Moment(unit="decade", year=first, year_to=last), "decade")


def _decade_year(written: str) -> int:
    if len(written) == FULL and written.isdecimal():
        return int(written)
    return 1900 + (int(written) if written.isdecimal() else words().decades[written])


def read_century(low: str, pos: int) -> Reading | None:
    """« XXe siècle », « dix-neuvième siècle »."""
    match = patterns().century.match(low, pos)
    if match is None:
        return None
    first = _century_number(match)
    last = _roman(match["r2"]) if match["r2"] else first
    if not 1 <= first <= last <= LAST_CENTURY:
        return None
    bounds = Interval(date(first * 100 - 99, 1, 1), date(last * 100, 12, 31))
    return Reading(match.end(), Moment(unit="century", number=first, fixed=bounds), "century")


def _century_number(match: re.Match[str]) -> int:
    if match["w"]:
        return words().centuries[match["w"].replace("\n", " ")]
    return int(match["n"]) if match["n"] else _roman(match["r"])


def _roman(numeral: str) -> int:
    values = [_ROMAN[letter] for letter in re.match("[ivx]*", numeral)[0]]  # type: ignore[index]
    pairs = zip(values, [*values[1:], 0], strict=True)
    return sum(-value if value < after else value for value, after in pairs)


def read_quarter(low: str, pos: int) -> Reading | None:
    """« 1er trimestre 2024 », « second semestre »."""
    match = patterns().quarter.match(low, pos)
    if match is None:
        return None
    (unit, count), number = _COUNTED[match["u"]], words().ordinals[match["n"]]
    if match["n"] == "dernier":
        number = count
    if number > count:
        return None
    return Reading(match.end(), with_year(Moment(unit=unit, number=number), match), "quarter")


def read_quarter_code(low: str, pos: int) -> Reading | None:
    """« T3 2023 », « S1 2024 », « 2T 2022 »."""
    match = patterns().quarter_code.match(low, pos)
    if match is None:
        return None
    unit, count = _CODES[match["u"] or match["u2"]]
    number, year = int(match["n"] or match["n2"]), match["y"]
    if number > count:
        return None
    moment = Moment(unit=unit, number=number, year=int(year) if year else None)
    return Reading(match.end(), moment, "quarter_code", "none" if year else "article")


def read_season(low: str, pos: int) -> Reading | None:
    """« été 2021 », « hiver 2022-2023 », « printemps »."""
    match = patterns().season.match(low, pos)
    if match is None:
        return None
    moment = Moment(unit="season", number=words().seasons[match["s"]])
    if match["y0"]:
        return Reading(match.end(), replace(moment, year=int(match["y0"])), "season")
    moment = with_year(moment, match)
    need = need_unless_dated(moment, "season")
    if match["s"] == "été" and need == "none":
        need = "day_word" if moment.year else "season"
    return Reading(match.end(), moment, "season", need)
