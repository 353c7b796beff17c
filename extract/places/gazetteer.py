"""The gazetteer of French territories, and of the foreign names they are confused with; read-only.

`models/build_gazetteer.py` makes the SQLite file that this module reads. Names are looked up by a
folded key (no accents, case, dashes or apostrophes), so that « St-Brieuc », « SAINT BRIEUC » and
« Saint‑Brieuc » are one name; each row keeps the form as officially written.
"""

from __future__ import annotations

import re
import sqlite3
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import Literal, Self
from weakref import finalize

from recoupe.errors import ConfigurationError
from recoupe.records import CodeSystem, Level

#: What must stand around a name before it may mean this place: nothing, an article of its own
#: (« du Havre »), a word of level (« la métropole de Brive »), a preposition of place (« à Aix »).
Need = Literal["article", "level", "place"]

DEFAULT_PATH = Path(__file__).resolve().parents[2] / "models" / "territoires.db"
_LONGEST_NAME = 120
_CACHED_NAMES = 20_000
_WORD = re.compile(r"[a-z0-9]+")
_SPELLINGS = {"st": "saint", "ste": "sainte", "sts": "saints", "stes": "saintes", "lez": "les"}
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "Œ": "oe", "Æ": "ae"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One territory under one of its names.

    ``name`` is the official name, ``form`` the one that was looked up. ``code`` is ``None`` for
    what has no official code (natural regions, foreign towns). ``liaison`` is INSEE's
    ``typeLiaison`` (0 and 1 take no article). Dates are ISO days, inclusive; the place, or this
    name of it, is valid between them. ``common`` marks names that are words of the language too.
    ``country`` is set abroad only.
    """

    level: Level
    code: str | None
    code_system: CodeSystem | None
    name: str
    form: str
    liaison: int
    population: int
    lat: float | None
    lon: float | None
    departement: str | None
    region: str | None
    epci: str | None
    country: str | None
    valid_from: str | None
    valid_to: str | None
    need: Need | None
    common: bool

    def valid_on(self, day: str) -> bool:
        """Whether this place bore this name on ``day``."""
        return (self.valid_from or "") <= day <= (self.valid_to or "9999")


@lru_cache(maxsize=65_536)
def fold(name: str) -> str:
    """The key of a name: ``"St-Brieuc Baie d’Armor"`` → ``"saint brieuc baie d armor"``."""
    if name.isascii() and name.isalnum():  # most words: nothing to take off
        word = name.lower()
        return _SPELLINGS.get(word, word)
    text = unicodedata.normalize("NFD", name.translate(_LIGATURES).casefold())
    bare = "".join(char for char in text if not unicodedata.combining(char))
    return " ".join(_SPELLINGS.get(word, word) for word in _WORD.findall(bare))


class Gazetteer:
    """Read-only access to the gazetteer; one object may serve several threads."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._closing = finalize(self, connection.close)  # else Python 3.13 warns of a leak
        self._lock = Lock()
        self._names: dict[str, tuple[Place, ...]] = {}
        self._demonyms: dict[str, tuple[Level, str]] | None = None
        self._heads: dict[str, int] | None = None

    @classmethod
    def open(cls, path: Path | str | None = None) -> Self:
        """Open the gazetteer at ``path``, by default the one that ships with Recoupe.

        Raises `ConfigurationError` where there is none or it is not a gazetteer.
        """
        file = Path(path) if path else DEFAULT_PATH
        if not file.is_file():
            raise ConfigurationError(
                f"no gazetteer at {file}: build it with python -m recoupe.models.build_gazetteer"
            )
        address = f"{file.resolve().as_uri()}?mode=ro&immutable=1"
        connection = sqlite3.connect(address, uri=True, check_same_thread=False)
        try:
            connection.execute("SELECT 1 FROM names LIMIT 1").fetchone()
        except sqlite3.DatabaseError as error:
            connection.close()
            raise ConfigurationError(f"{file} is not a gazetteer: {error}") from error
        return cls(connection)

    def close(self) -> None:
        """Close the file."""
        self._closing()

    def candidates(self, name: str, *, on: date | None) -> list[Place]:
        """The places that ``name`` may mean on a day, or today where the day is not known.

        Where nothing bore the name that day, those that bore it before come instead, so that a
        former commune is recognised; the caller sees it by `Place.valid_on`. Most populated first.
        """
        places = self.named(fold(name[:_LONGEST_NAME]))
        day = on.isoformat() if on else "9998"
        valid = [place for place in places if place.valid_on(day)]
        return valid or [place for place in places if (place.valid_from or "") <= day]

    def named(self, key: str) -> tuple[Place, ...]:
        """Every place that bears or bore the name of this folded key."""
        found = self._names.get(key)
        if found is None:
            found = self._read(key)
            if len(self._names) >= _CACHED_NAMES:
                self._names.clear()
            self._names[key] = found
        return found

    def demonyms(self) -> Mapping[str, tuple[Level, str]]:
        """Every form of every demonym with the level and code of its place; folded keys."""
        if self._demonyms is None:
            with self._lock:
                rows = self._connection.execute("SELECT key, level, code FROM demonyms").fetchall()
            self._demonyms = {key: (level, code) for key, level, code in rows}
        return self._demonyms

    def heads(self) -> Mapping[str, int]:
        """The first word of every name, folded, with the words of the longest name it begins."""
        if self._heads is None:
            with self._lock:
                rows = self._connection.execute("SELECT word, longest FROM heads").fetchall()
            self._heads = dict(rows)
        return self._heads

    def meta(self) -> dict[str, str]:
        """Sources, vintages, licences and hashes, as the builder wrote them."""
        with self._lock:
            return dict(self._connection.execute("SELECT key, value FROM meta").fetchall())

    def _read(self, key: str) -> tuple[Place, ...]:
        with self._lock:
            rows = self._connection.execute(_SELECT, (key,)).fetchall()
        return tuple(_place(row) for row in rows)


_SELECT = """
SELECT p.level, p.code, p.code_system, p.name, coalesce(n.form, p.name), p.liaison, p.population,
  p.lat, p.lon, p.departement, p.region, p.epci, p.country,
  coalesce(n.valid_from, p.valid_from), coalesce(n.valid_to, p.valid_to), n.need, n.common
FROM names AS n JOIN places AS p ON p.id = n.place
WHERE n.key = ? ORDER BY p.population DESC, p.id
"""


def _place(row: tuple[object, ...]) -> Place:
    keys = Place.__slots__
    values = dict(zip(keys, row, strict=True))
    values["common"] = bool(values["common"])
    return Place(**values)  # type: ignore[arg-type]
