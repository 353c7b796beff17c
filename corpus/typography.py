"""How French pages write dates, hours and no-break spaces."""

from __future__ import annotations

from datetime import datetime

from markupsafe import Markup, escape

_MONTHS = (
    *("janvier", "février", "mars", "avril", "mai", "juin"),
    *("juillet", "août", "septembre", "octobre", "novembre", "décembre"),
)
_DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")


def day(moment: datetime) -> str:
    """``"1er mars 2024"``."""
    number = "1er" if moment.day == 1 else str(moment.day)
    return f"{number} {_MONTHS[moment.month - 1]} {moment.year}"


def weekday(moment: datetime) -> str:
    """``"vendredi 1er mars 2024"``."""
    return f"{_DAYS[moment.weekday()]} {day(moment)}"


def clock(moment: datetime) -> str:
    """``"9h05"``."""
    return f"{moment.hour}h{moment.minute:02}"


def entities(text: str) -> Markup:
    """Escaped, with the no-break spaces as entities, the way WordPress writes them."""
    safe = str(escape(text)).replace("\u00a0", "&nbsp;").replace("\u202f", "&#8239;")
    return Markup(safe)  # noqa: S704 (escaped on the line before)


def linked(text: str, name: str, address: str) -> Markup:
    """As `entities`, with the first mention of a name leading to an address."""
    before, found, after = text.partition(name)
    if not found:
        return entities(text)
    link = Markup('<a href="{}">{}</a>').format(address, entities(found))
    return entities(before) + link + entities(after)


def windows_1252(markup: str) -> bytes:
    """A page as an old editor saves it: what windows-1252 lacks (U+202F) as ``&#8239;``."""
    return markup.encode("cp1252", errors="xmlcharrefreplace")
