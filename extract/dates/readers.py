"""Read one time expression where it begins: from characters to a `Moment`.

`readers_of` tells which shapes a word can open, the longest first; `read_at` tries them.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from typing import cast

from recoupe.extract.dates.day_readers import (
    read_bare_day,
    read_day,
    read_day_word,
    read_iso,
    read_numeric,
    read_numeric_short,
    read_weekday,
    read_weekday_number,
)
from recoupe.extract.dates.moments import Part
from recoupe.extract.dates.named_readers import (
    read_ago,
    read_anchored,
    read_event,
    read_holiday,
    read_length,
    read_rentree,
    read_stretch,
    read_term,
    read_unit,
    read_week_of,
    read_within,
)
from recoupe.extract.dates.patterns import patterns
from recoupe.extract.dates.reading import Need, Reader, Reading
from recoupe.extract.dates.words import words
from recoupe.extract.dates.year_readers import (
    read_century,
    read_decade,
    read_labelled_year,
    read_month,
    read_month_short,
    read_numeric_month,
    read_quarter,
    read_quarter_code,
    read_season,
    read_year,
)
from recoupe.extract.phrases import either

_WORD = re.compile(r"\w+")
_ROMAN = re.compile(r"[ixv]+(?:e|è|er|ème|eme)")
_QUARTER = re.compile(r"[tsq][1-4]")
LONGEST_DAY = 2


def read_part(low: str, pos: int) -> Reading | None:
    """« fin 2023 », « début septembre », « mi-octobre », « fin de l'année »."""
    match = patterns().part.match(low, pos)
    if match is None or (match["p"] == "mi" and low[match.end() - 1] not in "- "):
        return None
    inner = _WORD.match(low, match.end())
    if inner is None:
        return None
    if inner[0] in words().parts:  # « en milieu de fin d'année »
        return None
    reading = read_at(low, match.end(), inner[0])
    if reading is None or reading.moment.part or reading.moment.unit == "day":
        return None
    if reading.need == "unit" and reading.moment.shift is None:
        reading = reading._replace(moment=replace(reading.moment, shift=0))
    if reading.need in ("length", "article", "holiday"):
        return None
    part = cast(Part, words().parts[" ".join(match["p"].split())])
    need: Need = "year" if reading.need == "year" else "none"
    return Reading(reading.end, replace(reading.moment, part=part), f"part_{reading.rule}", need)


_DAY_NUMBER: tuple[Reader, ...] = (
    read_numeric,
    read_numeric_month,
    read_day,
    read_bare_day,
    read_numeric_short,
    read_anchored,
    read_stretch,
    read_length,
)
_YEAR_NUMBER: tuple[Reader, ...] = (read_iso, read_year)
_OTHER_NUMBER: tuple[Reader, ...] = (read_anchored, read_stretch, read_length)
_ORDINAL: tuple[Reader, ...] = (
    read_day,
    read_bare_day,
    read_part,
    read_quarter,
    read_quarter_code,
    read_century,
)
#: What may follow a number of one or two digits that has a part in a time.
_AFTER_NUMBER = re.compile(r"\d+(?: ?er)?(?:[/.-]\d| ?- ?\w|[ \n]{1,3}[jfmasondeptà])")
_COMMA_AFTER = re.compile(r"\d+,[ \n]{1,3}\w")
#: First letters of the words that no list can hold: « xixe », « t3 ».
_CODE_LETTERS = frozenset("ixvtsq")
YEAR_DIGITS = 4


def read_at(low: str, pos: int, word: str) -> Reading | None:
    """The longest-shaped time that begins at ``pos`` with the token ``word``, if any."""
    readers = openers().get(word)
    if readers is None:
        readers = _readers_of_code(low, pos, word)
    for reader in readers:
        reading = reader(low, pos)
        if reading is not None:
            return reading
    return None


def _readers_of_code(low: str, pos: int, word: str) -> tuple[Reader, ...]:
    """Readers for the words that hold digits or Roman numerals."""
    if word[0].isdecimal():
        if not word.isdecimal():
            return _ORDINAL
        if len(word) == YEAR_DIGITS:
            return _YEAR_NUMBER
        if len(word) <= LONGEST_DAY:
            if _AFTER_NUMBER.match(low, pos):
                return _DAY_NUMBER
            return (read_bare_day,) if _COMMA_AFTER.match(low, pos) else ()
        return _OTHER_NUMBER if len(word) < YEAR_DIGITS else ()
    if word[0] in _CODE_LETTERS:
        if _ROMAN.fullmatch(word):
            return (read_century,)
        if _QUARTER.fullmatch(word):
            return (read_quarter_code,)
    return ()


@cache
def openings() -> re.Pattern[str]:
    """The words at which a time may begin, in a text in lower case."""
    known = either(openers(), low=True)
    codes = f"{_ROMAN.pattern}|{_QUARTER.pattern}"
    return re.compile(rf"(?<!\w)(?:\d\w*|(?:{known}|{codes})(?!\w))")


@cache
def openers() -> dict[str, tuple[Reader, ...]]:
    """The readers that each word can open, keyed by the first token of the word."""
    w = words()
    groups: list[tuple[object, tuple[Reader, ...]]] = [
        (w.events, (read_event,)),
        (w.weekdays, (read_day, read_bare_day, read_weekday_number, read_weekday)),
        (w.months, (read_month,)),
        (w.months_short, (read_month_short,)),
        (["année", "années"], (read_decade, read_labelled_year, read_unit)),
        (
            ["saison", "saisons", "mandat", "mandature"],
            (read_labelled_year,),
        ),
        (["campagne", "session", "période", "programmation"], (read_labelled_year,)),
        (["décennie", "décennies"], (read_decade, read_unit)),
        (w.ordinals, (read_day, read_part, read_quarter, read_term)),
        (["prochain", "précédent", "nouveau", "quinquennat"], (read_term,)),
        (w.centuries, (read_century,)),
        (w.seasons, (read_season,)),
        ([p for p in w.parts if "quinz" not in p] + ["tout"], (read_part,)),
        (["semaine"], (read_week_of, read_unit)),
        ([*w.units, "week"], (read_unit,)),
        (["il", "voilà", "voici"], (read_ago,)),
        (["dans"], (read_within,)),
        (w.numbers, (read_anchored, read_stretch, read_length)),
        (w.days, (read_day_word,)),
        ([*w.holidays, *w.easter_feasts], (read_holiday,)),
        (["rentrée"], (read_rentree,)),
    ]
    table: dict[str, tuple[Reader, ...]] = {}
    for forms, readers in groups:
        for form in cast(list[str], forms):
            key = re.match(r"\w+", form)[0]  # type: ignore[index]
            added = [reader for reader in readers if reader not in table.get(key, ())]
            table[key] = (*table.get(key, ()), *added)
    return table
