"""Read a time told from the publication, or by its name: « il y a deux ans », « à Noël »."""

from __future__ import annotations

import re
from dataclasses import replace

from recoupe.extract.dates.calendar import Interval
from recoupe.extract.dates.day_readers import day_number, read_day
from recoupe.extract.dates.moments import Moment
from recoupe.extract.dates.patterns import patterns
from recoupe.extract.dates.reading import (
    Reading,
    count_of,
    need_unless_dated,
    relation_of,
    with_year,
)
from recoupe.extract.dates.words import words
from recoupe.records import Granularity


def read_unit(low: str, pos: int) -> Reading | None:
    """« an dernier », « semaine prochaine », « année » (which a « cette » must anchor)."""
    match = patterns().unit.match(low, pos)
    if match is None:
        return None
    shift = relation_of(match["tail"]) if match["tail"] else None
    if match["u"] in ("week-end", "weekend"):
        moment = Moment(unit="day", weekday=5, weekend=True, shift=shift)
    else:
        moment = Moment(unit=words().units[match["u"]], shift=shift)
    if moment.unit == "day" and not moment.weekend:
        return None
    return Reading(match.end(), moment, "unit", "unit" if shift is None else "none")


def read_ago(low: str, pos: int) -> Reading | None:
    """« il y a deux ans »."""
    return _counted(patterns().ago.match(low, pos), -1, "ago")


def read_within(low: str, pos: int) -> Reading | None:
    """« dans six mois »."""
    return _counted(patterns().within.match(low, pos), 1, "within")


def _counted(match: re.Match[str] | None, sign: int, rule: str) -> Reading | None:
    if match is None:
        return None
    unit: Granularity = words().units[match["u"]]
    return Reading(match.end(), Moment(unit=unit, shift=sign * count_of(match["n"])), rule)


def read_stretch(low: str, pos: int) -> Reading | None:
    """« dix dernières années », « trois prochains mois »."""
    match = patterns().stretch.match(low, pos)
    if match is None:
        return None
    sign = -1 if match["w"].startswith("dern") else 1
    moment = Moment(unit=words().units[match["u"]], length=sign * count_of(match["n"]))
    return Reading(match.end(), moment, "stretch")


def read_anchored(low: str, pos: int) -> Reading | None:
    """« dix ans plus tôt », « un an auparavant »: counted from the time said before it."""
    match = patterns().anchored.match(low, pos)
    if match is None:
        return None
    sign = 1 if match["w"].endswith("tard") else -1
    moment = Moment(unit=words().units[match["u"]], shift=sign * count_of(match["n"]))
    return Reading(match.end(), moment, "anchored", "none")


def read_length(low: str, pos: int) -> Reading | None:
    """« deux ans », a time only after « d'ici » or « depuis »."""
    match = patterns().length.match(low, pos)
    if match is None:
        return None
    moment = Moment(unit=words().units[match["u"]], length=count_of(match["n"]))
    return Reading(match.end(), moment, "length", "length")


def read_week_of(low: str, pos: int) -> Reading | None:
    """« semaine du 4 mars », « semaine du 4 au 10 mars »."""
    match = patterns().week_of.match(low, pos)
    if match is None:
        return None
    listed = patterns().day_list.match(low, match.end())
    day = read_day(low, listed.end() if listed else match.end())
    if day is None:
        return None
    moment = replace(day.moment, unit="week")
    if listed:
        moment = replace(moment, day=day_number(re.search(r"\d+|prem", listed[0])[0]))  # type: ignore[index]
    return Reading(day.end, moment, "week_of")


def read_event(low: str, pos: int) -> Reading | None:
    """« mai 68 »."""
    match = patterns().event.match(low, pos)
    if match is None:
        return None
    bounds = Interval(*words().events[match[0].replace("\n", " ")])
    unit: Granularity = "day" if bounds.first == bounds.last else "month"
    return Reading(match.end(), Moment(unit=unit, fixed=bounds), "event")


def read_holiday(low: str, pos: int) -> Reading | None:
    """« Noël », « Pâques 2024 »."""
    match = patterns().holiday.match(low, pos)
    if match is None:
        return None
    name = match["h"].replace("\n", " ")
    if name in words().easter_feasts:
        moment = Moment(unit="day", easter=words().easter_feasts[name])
    else:
        month, day = words().holidays[name]
        moment = Moment(unit="day", number=month, day=day)
    moment = with_year(moment, match)
    return Reading(match.end(), moment, "holiday", need_unless_dated(moment, "holiday"))


def read_rentree(low: str, pos: int) -> Reading | None:
    """« rentrée 2024 »: its September."""
    match = patterns().rentree.match(low, pos)
    if match is None:
        return None
    moment = Moment(unit="month", number=9)
    moment = replace(moment, year=int(match["y0"])) if match["y0"] else with_year(moment, match)
    return Reading(match.end(), moment, "rentree", need_unless_dated(moment, "holiday"))


def read_term(low: str, pos: int) -> Reading | None:
    """« quinquennat », « second quinquennat », « quinquennat de François Hollande »."""
    match = patterns().term.match(low, pos)
    if match is None:
        return None
    ranks = {"premier": 1, "second": 2, "deuxième": 2}
    shifts = {"précédent": -1, "dernier": -1, "passé": -1, "prochain": 1, "nouveau": 0}
    moment = Moment(
        unit="term",
        number=ranks.get(match["o"] or ""),
        shift=shifts.get(match["o"] or match["tail"] or ""),
        president=match["who"],
    )
    return Reading(match.end(), moment, "term")
