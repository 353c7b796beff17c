"""The French time words of `dates.toml`, read once, and the folding that a text needs first."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from typing import Any

from recoupe.extract.surface import replaced

#: Each variant of a space, apostrophe, hyphen or raised letter, and the plain one it is read as.
_PLAIN = (
    *(
        (char, " ")
        for char in "\t\u00a0\u1680\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f"
    ),
    *((char, "'") for char in "’‘ʼ´`′"),
    *((char, "-") for char in "‐‑‒–—−"),
    ("ᵉ", "e"),
    ("ʳ", "r"),
    ("\r", "\n"),
    ("Ⅰ", "I"),
)

Bounds = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The vocabulary, as mappings from a lower-case word to what it stands for."""

    months: Mapping[str, int]
    months_short: Mapping[str, int]
    weekdays: Mapping[str, int]
    seasons: Mapping[str, int]
    season_from: Bounds
    season_to: Bounds
    numbers: Mapping[str, int]
    decades: Mapping[str, int]
    ordinals: Mapping[str, int]
    centuries: Mapping[str, int]
    units: Mapping[str, Any]
    relations: Mapping[str, int]
    days: Mapping[str, int]
    parts: Mapping[str, Any]
    part_bounds: Mapping[str, Mapping[str, tuple[int, int]]]
    holidays: Mapping[str, tuple[int, int]]
    easter_feasts: Mapping[str, int]
    events: Mapping[str, tuple[date, date]]
    terms: tuple[tuple[date, date], ...]
    presidents: Mapping[str, tuple[int, ...]]
    prefixes: Mapping[str, tuple[str, ...]]
    evidence: Mapping[str, frozenset[str]]
    cues: Mapping[str, tuple[str, ...]]


@cache
def words() -> Words:
    """The vocabulary of `dates.toml`."""
    data = tomllib.loads(
        resources.files("recoupe.extract").joinpath("vocabulary", "dates.toml").read_text("utf-8")
    )
    plain = {key: data[key] for key in Words.__slots__ if key in data and key not in _SHAPED}
    return Words(
        **plain,
        season_from=_pairs(data["season_bounds"]["from"]),
        season_to=_pairs(data["season_bounds"]["to"]),
        holidays={name: (day[0], day[1]) for name, day in data["holidays"].items()},
        events={name: _days(*bounds) for name, bounds in data["events"].items()},
        terms=tuple(_days(term["from"], term["to"]) for term in data["terms"]),
        presidents=_presidents(data["terms"]),
        prefixes={name: tuple(forms) for name, forms in data["prefixes"].items()},
        evidence={name: frozenset(forms) for name, forms in data["evidence"].items()},
        cues={name: tuple(forms) for name, forms in data["cues"].items()},
    )


_SHAPED = {"holidays", "events", "terms", "prefixes", "evidence", "cues"}


def _pairs(rows: list[list[int]]) -> Bounds:
    return tuple((row[0], row[1]) for row in rows)


def _days(first: str, last: str) -> tuple[date, date]:
    return date.fromisoformat(first), date.fromisoformat(last)


def _presidents(terms: list[dict[str, str]]) -> dict[str, tuple[int, ...]]:
    """The places of each president's terms in the list of terms."""
    found: dict[str, tuple[int, ...]] = {}
    for index, term in enumerate(terms):
        found[term["president"]] = (*found.get(term["president"], ()), index)
    return found


def fold(text: str) -> str:
    """``text`` with plain spaces, apostrophes and hyphens, of the same length to the code point."""
    return replaced(text, _PLAIN)
