"""Numbers, amounts and dates as the French press prints them.

Thousands are set apart by U+202F, a unit follows its number after U+00A0, the decimal mark is a
comma: « 1 360 000 000 € », « 1,36 Md€ », « 85 % ». Source: Lexique des règles typographiques en
usage à l’Imprimerie nationale, « Nombres » and « Abréviations ».
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation

from recoupe.db.site.labels import label, labels

#: `exact` or `short`.
Form = Callable[[Decimal, str | None], str]

THIN = "\u202f"
NBSP = "\u00a0"
_MINUS = "−"
_MONTHS = (
    *("janvier", "février", "mars", "avril", "mai", "juin"),
    *("juillet", "août", "septembre", "octobre", "novembre", "décembre"),
)
_SCALES = ((Decimal(10) ** 12, "Bn"), (Decimal(10) ** 9, "Md"), (Decimal(10) ** 6, "M"))
_CURRENCY_LENGTH = 3
_LAST_MONTH = 12


def decimal(text: str | None) -> Decimal | None:
    """The number that the base stores as text; ``None`` for absent or unreadable."""
    try:
        return None if text is None else Decimal(text)
    except InvalidOperation:
        return None


def number(value: Decimal, *, places: int | None = None) -> str:
    """``1360000.5`` → « 1 360 000,5 »; ``places`` rounds and drops the zeros at the end."""
    if places is not None:
        value = round(value, places)
    digits = f"{abs(value):f}"
    whole, _, fraction = digits.partition(".")
    fraction = fraction.rstrip("0")
    groups = f"{int(whole):,}".replace(",", THIN)
    sign = _MINUS if value < 0 and value else ""
    return sign + groups + (f",{fraction}" if fraction else "")


def unit(name: str | None, value: Decimal) -> str:
    """The unit as written after ``value``: « ans » after 2, « an » after 1,5."""
    table = "units_plural" if abs(value) >= 2 and name in labels()["units_plural"] else "units"  # noqa: PLR2004
    return label(table, name)


def is_currency(name: str | None) -> bool:
    """Whether a unit is an ISO 4217 code."""
    return name is not None and len(name) == _CURRENCY_LENGTH and name.isalpha() and name.isupper()


def exact(value: Decimal, name: str | None) -> str:
    """All the digits: ``1360000000`` in ``EUR`` → « 1 360 000 000 € »."""
    return _join(number(value), unit(name, value))


def short(value: Decimal, name: str | None) -> str:
    """As a headline would: « 1,36 Md€ », « 260 M€ », « 85 % », « 450 000 € »."""
    if is_currency(name):
        for weight, letter in _SCALES:
            if abs(value) >= weight:
                symbol = label("units", name)
                return _join(number(value / weight, places=3), letter + symbol)
    return _join(number(value, places=3 if abs(value) >= 1 else 6), unit(name, value))


def span(bounds: Sequence[Decimal], name: str | None, form: Form) -> str:
    """One number, or « de 5 M€ à 10 M€ » for the bounds of a range."""
    if len(bounds) == 1:
        return form(bounds[0], name)
    return f"de {form(bounds[0], name)} à {form(bounds[-1], name)}"


def ordinal(value: Decimal) -> str:
    """« 1er », « 3e »."""
    return "1er" if value == 1 else f"{number(value)}e"


def rate(value: Decimal) -> str:
    """A ratio as a percentage with one decimal: ``0.1912`` → « 19,1 % »."""
    return _join(number(value * 100, places=1), "%")


def day(text: str | None) -> str:
    """``"2019-09-24"`` → « 24 septembre 2019 »; ``""`` for none, the text itself if unreadable."""
    if not text:
        return ""
    try:
        found = date.fromisoformat(text[:10])
    except ValueError:
        return text
    first = "1er" if found.day == 1 else str(found.day)
    return f"{first} {_MONTHS[found.month - 1]} {found.year}"


def moment(text: str | None) -> str:
    """``"2019-09-25T08:30:00+02:00"`` → « 25 septembre 2019 à 8 h 30 »."""
    shown = day(text)
    clock = (text or "")[11:16]
    if len(clock) != len("08:30") or not clock.replace(":", "").isdigit():
        return shown
    hour, minute = clock.split(":")
    return f"{shown} à {int(hour)}{NBSP}h{NBSP}{minute}"


def month(text: str) -> str:
    """``"2019-09"`` → « septembre 2019 »."""
    year, _, rank = text.partition("-")
    if not rank.isdigit() or not 1 <= int(rank) <= _LAST_MONTH:
        return text
    return f"{_MONTHS[int(rank) - 1]} {year}"


def period(start: str | None, end: str | None) -> str:
    """« 2018–2022 » for whole years, else « du … au … », « depuis le … », « jusqu’au … »."""
    if start and end:
        if start == end:
            return day(start)
        if start.endswith("-01-01") and end.endswith("-12-31"):
            first, last = start[:4], end[:4]
            return first if first == last else f"{first}–{last}"
        return f"du {day(start)} au {day(end)}"
    if start:
        return f"depuis le {day(start)}"
    return f"jusqu’au {day(end)}" if end else ""


def plural(count: int, one: str, many: str | None = None) -> str:
    """``1200, "article"`` → « 1 200 articles »; zero and one are singular in French."""
    noun = one if abs(count) < 2 else many or f"{one}s"  # noqa: PLR2004
    return f"{number(Decimal(count))}{NBSP}{noun}"


def number_of(count: int) -> str:
    """``1200`` → « 1 200 »."""
    return number(Decimal(count))


def capital(text: str) -> str:
    """The text with its first letter in upper case and the rest as it is."""
    return text[:1].upper() + text[1:]


def excerpt(text: str, length: int) -> str:
    """The beginning of a text, cut between words and closed by an ellipsis if it is longer."""
    if len(text) <= length:
        return text
    return text[:length].rsplit(" ", 1)[0].rstrip(" ,;:.") + "…"


def _join(left: str, right: str) -> str:
    return f"{left}{NBSP}{right}" if right else left
