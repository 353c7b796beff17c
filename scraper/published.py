"""When a text was published: from metadata, from French words, with the Paris time zone.

A time without zone is Paris time; one in UTC is put into Paris time, so that the day is the one a
French reader saw; any other offset (Réunion, Guadeloupe) is kept.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from zoneinfo import ZoneInfo

PARIS = "Europe/Paris"
_FIRST_YEAR = 1980
_LAST_YEAR = 2100
_TWO_DIGITS = 100
_PIVOT = 70
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "janvier janv jan", "fevrier fevr fev", "mars", "avril avr", "mai", "juin",
            "juillet juil", "aout", "septembre sept sep", "octobre oct", "novembre nov",
            "decembre dec",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_ISO = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)"
    r"(?:[T ](\d\d):(\d\d)(?::(\d\d))?(?:[.,]\d+)?\s*(Z|UTC|GMT|[+-]\d\d:?\d\d)?)?"
)
_TIME = r"(?:\s*,?\s*(?:a|-|–|\||:)?\s*(\d{1,2})\s*(?:h|:)\s*(\d\d)?\b)?"
_WRITTEN = re.compile(
    rf"\b(\d{{1,2}})(?:er)?[\s.-]+({'|'.join(_MONTHS)})\b\.?[\s,-]*(\d{{4}}|\d\d\b){_TIME}"
)
_NUMERIC = re.compile(rf"\b(\d{{1,2}})[/.-](\d{{1,2}})[/.-](\d{{4}}|\d\d)\b{_TIME}")
_PUBLISHED = re.compile(
    r"\b(?:publiee?|mise? en ligne|postee?|paru|cree|diffuse|redige|ecrit|date de publication"
    r"|communique)\b"
)
_MODIFIED = re.compile(r"\b(?:mise? a jour|modifiee?|actualisee?|derniere mise a jour)\b")


def normal_date(value: str | None) -> str | None:
    """A date as metadata write it, in ISO 8601: a day, or an instant with its offset from UTC.

    ``"2024-02-03T13:07:00Z"`` → ``"2024-02-03T14:07:00+01:00"``; ``None`` if it cannot be one.
    """
    text = (value or "").strip()
    found = _ISO.match(text)
    if found is None:
        return french_date(text) or _parsed(text)
    year, month, day = (int(found.group(index)) for index in (1, 2, 3))
    if found.group(4) is None:
        return _day(year, month, day)
    time = int(found.group(4)), int(found.group(5))
    return _instant((year, month, day), time, found.group(7))


def french_date(text: str) -> str | None:
    """The first date written in French words or figures: « 3 février 2024 à 14h07 »."""
    return next((date for _, date in _dates(text)), None)


def labelled_dates(text: str) -> tuple[str | None, str | None]:
    """Dates of publication and of change that a visible line states, by the word before each.

    « Publié le 3/2/2024 à 14h07, mis à jour le 4/2/2024 » → both.
    """
    folded = _fold(text)
    published = modified = None
    before = 0
    for (start, end), date in _dates(text):
        label = folded[before:start]
        before = end
        if _MODIFIED.search(label):
            modified = modified or date
        elif _PUBLISHED.search(label):
            published = published or date
    return published, modified


def _dates(text: str) -> list[tuple[tuple[int, int], str]]:
    folded = _fold(text)
    found = [(match, _MONTHS[match.group(2)]) for match in _WRITTEN.finditer(folded)]
    found += [(match, int(match.group(2))) for match in _NUMERIC.finditer(folded)]
    dates = [(match.span(), _from_match(match, month)) for match, month in found]
    return sorted((span, date) for span, date in dates if date is not None)


def _from_match(match: re.Match[str], month: int) -> str | None:
    day, year = int(match.group(1)), _full_year(int(match.group(3)))
    if match.group(4) is None:
        return _day(year, month, day)
    return _instant((year, month, day), (int(match.group(4)), int(match.group(5) or 0)), None)


def _full_year(year: int) -> int:
    if year >= _TWO_DIGITS:
        return year
    return year + (1900 if year >= _PIVOT else 2000)


def _day(year: int, month: int, day: int) -> str | None:
    try:
        date = dt.date(year, month, day)
    except ValueError:
        return None
    return date.isoformat() if _FIRST_YEAR <= year <= _LAST_YEAR else None


def _instant(date: tuple[int, int, int], time: tuple[int, int], offset: str | None) -> str | None:
    if _day(*date) is None:
        return None
    try:
        naive = dt.datetime(*date, *time)  # noqa: DTZ001 (the zone follows)
    except ValueError:
        return _day(*date)
    return in_paris(naive, offset).isoformat()


def in_paris(naive: dt.datetime, offset: str | None) -> dt.datetime:
    """The instant with its zone: no offset is Paris time, UTC is put into it, others stay."""
    paris = ZoneInfo(PARIS)
    if offset is None:
        return naive.replace(tzinfo=paris)
    delta = _delta(offset)
    aware = naive.replace(tzinfo=dt.timezone(delta))
    return aware if delta else aware.astimezone(paris)


def _delta(offset: str) -> dt.timedelta:
    if not offset.startswith(("+", "-")):
        return dt.timedelta()
    sign = -1 if offset[0] == "-" else 1
    hours, minutes = int(offset[1:3]), int(offset[-2:])
    return sign * dt.timedelta(hours=hours % 24, minutes=minutes % 60)


def _parsed(text: str) -> str | None:
    """What dateparser makes of a date in another form, English feeds' among them."""
    if not any(char.isdigit() for char in text) or len(text) > 60:  # noqa: PLR2004 (no date is longer)
        return None
    import dateparser

    found = dateparser.parse(
        text,
        languages=["fr", "en"],
        settings={"DATE_ORDER": "DMY", "REQUIRE_PARTS": ["day", "month", "year"]},
    )
    if found is None or not _FIRST_YEAR <= found.year <= _LAST_YEAR:
        return None
    if found.tzinfo is None and not re.search(r"\d\s*[h:]\s*\d", text):
        return found.date().isoformat()
    offset = found.strftime("%z") or None
    return in_paris(found.replace(tzinfo=None, microsecond=0), offset).isoformat()


def _fold(text: str) -> str:
    """Lower case without accents, of the same length in characters as far as dates go."""
    decomposed = unicodedata.normalize("NFD", text.replace("\u00a0", " ").replace("\u202f", " "))
    return "".join(char for char in decomposed if not unicodedata.combining(char)).lower()
