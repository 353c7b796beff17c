"""Municipal arrondissements: « Paris 13e », « le 13e arrondissement de Paris », « Lyon IIIe »."""

from __future__ import annotations

import re
from datetime import date

from recoupe.extract.places.gazetteer import Gazetteer, Place
from recoupe.records import TerritoryMention

_CITY = r"(?P<city>Paris|Lyon|Marseille)"
_ORDINAL = r"(?P<number>\d{1,2}|[XVI]{1,5})\s?(?:er|e|è|ème|eme|ᵉ)"
_PATTERNS = (
    re.compile(rf"\b{_CITY}[ \u00a0]\(?{_ORDINAL}\b(?:\s+arrondissement\b)?\)?"),
    re.compile(rf"\b{_ORDINAL}\s+arrondissement\s+(?:de\s+|parisien\b|lyonnais\b)?{_CITY}?"),
)
_ROMAN = {"I": 1, "V": 5, "X": 10}


def numbered_districts(
    text: str, gazetteer: Gazetteer, *, on: date | None
) -> list[TerritoryMention]:
    """The arrondissements of Paris, Lyon and Marseille in ``text``, in order.

    One without its city takes the only such city that the text names.
    """
    named = set(re.findall(rf"\b{_CITY}\b", text))
    found: dict[int, TerritoryMention] = {}
    for pattern in _PATTERNS:
        for match in pattern.finditer(text):
            city = match.group("city") or (next(iter(named)) if len(named) == 1 else None)
            place = _place(city, _number(match.group("number")), gazetteer, on)
            inside = any(m.start < match.end() and match.start() < m.end for m in found.values())
            if place and not inside:
                found[match.start()] = _mention(match, place)
    return [found[start] for start in sorted(found)]


def _number(written: str) -> int:
    """``"13"`` → 13, ``"XIII"`` → 13."""
    if written.isdigit():
        return int(written)
    values = [_ROMAN[letter] for letter in written]
    following = [*values[1:], 0]
    return sum(-v if v < after else v for v, after in zip(values, following, strict=True))


def _place(city: str | None, number: int, gazetteer: Gazetteer, on: date | None) -> Place | None:
    if city is None:
        return None
    ending = "er" if number == 1 else "e"
    places = gazetteer.candidates(f"{city} {number}{ending} arrondissement", on=on)
    return places[0] if places else None


def _mention(match: re.Match[str], place: Place) -> TerritoryMention:
    text = match.group().rstrip()
    if text.endswith(")") and "(" not in text:
        text = text[:-1]
    return TerritoryMention(
        start=match.start(),
        end=match.start() + len(text),
        text=text,
        level=place.level,
        code=place.code,
        code_system=place.code_system,
        name=place.name,
        lat=place.lat,
        lon=place.lon,
    )
