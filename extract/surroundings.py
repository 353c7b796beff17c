"""What stands around a figure: « plus de », « près des », « environ », « par an », « /m² »."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import cast

from recoupe.extract.numerals import SP
from recoupe.extract.phrases import either, key_of, vocabulary
from recoupe.records import Approx

#: How far before a numeral an approximator may begin, in characters.
_BEFORE = 48
_AFTER = 32


@cache
def _meanings(table: str) -> Mapping[str, str]:
    tables = vocabulary("quantities")[table]
    return {key_of(form): meaning for meaning, forms in tables.items() for form in forms}


@cache
def _before() -> re.Pattern[str]:
    determiners = either(vocabulary("quantities")["between"]["determiners"])
    return re.compile(
        rf"(?<!\w)(?P<form>{either(_meanings('approx_before'))})(?:(?<=['’])|{SP}+)"
        rf"(?:(?:{determiners})(?:(?<=['’])|{SP}+)){{0,2}}[«\"“(]?{SP}?$"
    )


@cache
def _after() -> re.Pattern[str]:
    return re.compile(rf"{SP}+\(?(?P<form>{either(_meanings('approx_after'))})(?!\w)")


@cache
def _rate() -> re.Pattern[str]:
    return re.compile(rf"{SP}*(?P<form>{either(_meanings('per'))})(?!\w)")


def approx_before(text: str, position: int) -> Approx | None:
    """The approximator right before a figure that begins at ``position``."""
    match = _before().search(text[max(0, position - _BEFORE) : position])
    return cast("Approx", _meanings("approx_before")[key_of(match["form"])]) if match else None


def approx_after(text: str, position: int) -> Approx | None:
    """The approximator right after a figure that ends at ``position``."""
    match = _after().match(text, position, position + _AFTER)
    return cast("Approx", _meanings("approx_after")[key_of(match["form"])]) if match else None


def rate_after(text: str, position: int) -> str | None:
    """The denominator of a rate that follows at ``position``: "year" for « par an »."""
    match = _rate().match(text, position)
    return _meanings("per")[key_of(match["form"])] if match else None
