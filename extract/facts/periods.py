"""Which dates of a sentence say when its figure holds."""

from __future__ import annotations

import re
from collections.abc import Sequence

from recoupe.extract.figures.numerals import SP
from recoupe.records import DateMention

Period = tuple[str | None, str | None]


_BASELINE = re.compile(
    rf"(?i)(?:qu['’]\w+|par{SP}rapport{SP}[àa]u?|contre(?:{SP}\S+){{1,4}}|fixée?s?|annoncée?s?|promise?s?|"
    rf"votée?s?|adoptée?s?){SP}+(?:en|à|au|fin|dès|depuis)?{SP}*$"
)

_AS_OF = re.compile(
    rf"(?i)(?:\bau|\bà{SP}la{SP}date{SP}du|\bà{SP}fin|\bdepuis{SP}le|\barrêtés?{SP}au|\bavant{SP}le){SP}*$"
)


def with_next(date: DateMention, dates: Sequence[DateMention], text: str) -> Period:
    """« en 2021 et 2022 » is one period of two years."""
    for other in dates:
        joined = re.fullmatch(rf"{SP}(?:et|puis){SP}(?:en{SP})?", text[date.end : other.start])
        if joined and date.kind == other.kind == "period" and date.date_to and other.date_from:
            return date.date_from, other.date_to
        joined = re.fullmatch(rf"{SP}(?:et|puis){SP}(?:en{SP})?", text[other.end : date.start])
        if joined and date.kind == other.kind == "period" and other.date_from:
            return other.date_from, date.date_to
    return date.date_from, date.date_to


def is_period(date: DateMention, text: str) -> bool:
    """A day is when something was said unless « au » or « depuis le » makes it a state's date.

    « de moins qu'en 2019 » and « fixé en février 2021 » are not when the figure holds.
    """
    if date.date_from is None and date.date_to is None:
        return False
    if _BASELINE.search(text[max(0, date.start - 40) : date.start]):
        return False
    if date.kind == "deadline" or date.date_from != date.date_to:
        return True
    return bool(_AS_OF.search(text[max(0, date.start - 24) : date.start]))
