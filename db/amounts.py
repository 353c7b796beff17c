"""Read a number, an amount or an interval of them as a reader types it: ``>1M``, ``1..5 M€``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from recoupe.db.vocabulary import load_vocabulary

_NUMBER = r"\d{1,3}(?:[ \u00a0\u2009\u202f.]\d{3})+(?!\d)(?:,\d+)?|\d{1,18}(?!\d)(?:[.,]\d{1,18})?"
_OPERATORS: Mapping[str, str] = {
    ">": ">",
    "<": "<",
    ">=": ">=",
    "=>": ">=",
    "≥": ">=",
    "<=": "<=",
    "=<": "<=",
    "≤": "<=",
    "=": "=",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """Numbers between two bounds, ``None`` where open-ended; ``*_open`` leaves the bound out.

    ``unit`` is the currency, or ``percent``, that was typed.
    """

    low: Decimal | None = None
    high: Decimal | None = None
    low_open: bool = False
    high_open: bool = False
    unit: str | None = None


def parse_interval(text: str, position: int = 0) -> tuple[Interval, int] | None:
    """The interval that begins at ``position`` and where it ends, ``None`` where none does.

    ``"1..5M"`` is from one to five millions: a bound without a scale takes the other's.
    """
    match = _pattern().match(text, position)
    if match is None:
        return None
    operator = _OPERATORS.get(match["operator"] or "", "")
    if match["number2"] and not operator:
        return _between(match), match.end()
    if match["number2"]:
        return None
    value = _number(match["number"], match["scale"])
    unit = _unit(match["unit"])
    if operator in {">", ">="}:
        return Interval(low=value, low_open=operator == ">", unit=unit), match.end()
    if operator in {"<", "<="}:
        return Interval(high=value, high_open=operator == "<", unit=unit), match.end()
    return Interval(low=value, high=value, unit=unit), match.end()


def _between(match: re.Match[str]) -> Interval:
    low = _number(match["number"], match["scale"] or match["scale2"])
    high = _number(match["number2"], match["scale2"])
    return Interval(
        low=min(low, high), high=max(low, high), unit=_unit(match["unit2"] or match["unit"])
    )


def _number(typed: str, scale: str | None) -> Decimal:
    digits = re.sub(r"[ \u00a0\u2009\u202f]|\.(?=\d{3}(?!\d))(?=.*[.,]|\d{3}$)", "", typed)
    factor = load_vocabulary().scales[scale.lower()] if scale else 1
    return Decimal(digits.replace(",", ".")) * factor


def _unit(typed: str | None) -> str | None:
    if typed is None:
        return None
    return "percent" if typed == "%" else load_vocabulary().currencies[typed.lower()]


@cache
def _pattern() -> re.Pattern[str]:
    """An operator and a bound, or two bounds; nothing of a word may follow."""
    scales = _any_of(load_vocabulary().scales)
    units = _any_of(load_vocabulary().currencies)

    def bound(suffix: str) -> str:
        return (
            rf"(?P<number{suffix}>{_NUMBER})(?:\s*(?P<scale{suffix}>{scales})(?![^\W\d_]))?"
            rf"(?:\s*(?:d['’]\s*|de\s+)?(?P<unit{suffix}>(?:{units})(?!\w)|%))?"
        )

    return re.compile(
        rf"\s*(?P<operator>{_any_of(_OPERATORS)})?\s*{bound('')}"
        rf"(?:(?:\s*(?:\.\.+|…)\s*|[-–]){bound('2')})?(?![\w.,]\w|\w)",
        re.IGNORECASE,
    )


def _any_of(words: Mapping[str, object]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
