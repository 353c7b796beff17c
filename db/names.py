"""Names that mentions point to: one row for each person, organisation, programme and territory."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Collection, Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Final, Literal

from recoupe.db.stemming import fold_name
from recoupe.db.tables import Row
from recoupe.records import CodeSystem, Fact, Level, TerritoryMention

TerritoryKey = tuple[CodeSystem, Level, str]
NameTable = Literal["people", "organisations", "programmes"]
_COG_CODE: Final = re.compile(r"\d[\dAB]\d{3}|\d{2,3}|2[AB]")
_SIREN: Final = re.compile(r"\d{9}")

#: A name that no text holds any more has no page; a figure keeps its territory and programme.
_ORPHANS: Final = {
    "people": "SELECT 1 FROM person_mentions WHERE person_id = people.id",
    "organisations": "SELECT 1 FROM organisation_mentions WHERE organisation_id = organisations.id",
    "programmes": "SELECT 1 FROM programme_mentions WHERE programme_id = programmes.id "
    "UNION ALL SELECT 1 FROM facts WHERE programme_id = programmes.id",
    "territories": "SELECT 1 FROM territory_mentions WHERE territory_id = territories.id "
    "UNION ALL SELECT 1 FROM facts WHERE territory_id = territories.id",
}

# A mention without coordinates does not erase those that another gave.
_UPSERT_TERRITORY: Final = """
INSERT INTO territories (code_system, level, code, name, folded, departement, region, lat, lon)
VALUES (:code_system, :level, :code, :name, :folded, :departement, :region, :lat, :lon)
ON CONFLICT (code_system, level, code) DO UPDATE SET
  name = excluded.name,
  folded = excluded.folded,
  lat = coalesce(excluded.lat, lat),
  lon = coalesce(excluded.lon, lon)
WHERE name IS NOT excluded.name
  OR lat IS NOT coalesce(excluded.lat, lat)
  OR lon IS NOT coalesce(excluded.lon, lon)
"""


def name_ids(conn: sqlite3.Connection, table: NameTable, names: Iterable[str]) -> Mapping[str, int]:
    """The identifier of each name, new ones inserted."""
    found: dict[str, int] = {}
    for name in dict.fromkeys(names):
        row = conn.execute(f"SELECT id FROM {table} WHERE name = ?", (name,)).fetchone()
        if row is None:
            row = conn.execute(
                f"INSERT INTO {table} (name, folded) VALUES (?, ?) RETURNING id",
                (name, fold_name(name)),
            ).fetchone()
        found[name] = row[0]
    return found


def territory_ids(
    conn: sqlite3.Connection, mentions: Iterable[TerritoryMention]
) -> Mapping[TerritoryKey | None, int]:
    """The identifier of each territory that the mentions are sure of, new ones inserted."""
    found: dict[TerritoryKey | None, int] = {}
    for mention in mentions:
        key = territory_key(mention)
        if key is not None and key not in found:
            name = mention.name or mention.text
            found[key] = _territory_id(conn, key, name, lat=mention.lat, lon=mention.lon)
    return found


def territory_key(mention: TerritoryMention) -> TerritoryKey | None:
    """What makes two territories the same, ``None`` for a name that no code is sure for."""
    if mention.code is None or mention.code_system is None or mention.level is None:
        return None
    return mention.code_system, mention.level, mention.code


def territory_of_fact(
    conn: sqlite3.Connection, fact: Fact, known: Mapping[TerritoryKey | None, int]
) -> int | None:
    """The territory of a fact: one of its document's mentions, else of the base, else a new row.

    A territory that only the headline or the source gives has no mention; until a text names it,
    its code stands for its name.
    """
    if fact.territory is None:
        return None
    for key, identifier in known.items():
        if key and key[2] == fact.territory and fact.territory_level in {None, key[1]}:
            return identifier
    row = conn.execute(
        "SELECT id FROM territories WHERE code = :code AND (:level IS NULL OR level = :level) "
        "ORDER BY id LIMIT 1",
        {"code": fact.territory, "level": fact.territory_level},
    ).fetchone()
    if row is not None:
        return int(row[0])
    key = _guessed_key(fact.territory, fact.territory_level)
    return _territory_id(conn, key, fact.territory, lat=None, lon=None)


def prune(conn: sqlite3.Connection, table: str, candidates: Collection[int]) -> None:
    """Delete those of the names that no mention and no figure points to any more."""
    conn.executemany(
        f"DELETE FROM {table} WHERE id = ? AND NOT EXISTS ({_ORPHANS[table]})",
        [(identifier,) for identifier in sorted(candidates)],
    )


def _territory_id(
    conn: sqlite3.Connection,
    key: TerritoryKey,
    name: str,
    *,
    lat: float | None,
    lon: float | None,
) -> int:
    code_system, level, code = key
    departement, region = parents(code, code_system, level)
    row: Row = {
        "code_system": code_system,
        "level": level,
        "code": code,
        "name": name,
        "folded": fold_name(name),
        "departement": departement,
        "region": region,
        "lat": lat,
        "lon": lon,
    }
    conn.execute(_UPSERT_TERRITORY, row)
    (identifier,) = conn.execute(
        "SELECT id FROM territories WHERE code_system = ? AND level = ? AND code = ?", key
    ).fetchone()
    return int(identifier)


def parents(code: str, code_system: CodeSystem, level: Level) -> tuple[str | None, str | None]:
    """The département and the région that a code of the COG lies in, where the code tells.

    ``("35238", "COG", "commune")`` → ``("35", "53")``; an EPCI's SIREN tells nothing.
    """
    if code_system != "COG":
        return None, None
    if level == "region":
        return None, code
    departement = code[:3] if code[:2] in {"97", "98"} else code[:2]
    return departement, _regions().get(departement)


def _guessed_key(code: str, level: Level | None) -> TerritoryKey:
    """A key for a bare code, by its shape."""
    if _SIREN.fullmatch(code):
        return "SIREN", level or "epci", code
    if _COG_CODE.fullmatch(code):
        lengths: Mapping[int, Level] = {2: "departement", 3: "departement", 5: "commune"}
        return "COG", level or lengths[len(code)], code
    if level in {"country", "supranational"}:
        return "ISO", level, code
    return "ANCT", level or "other", code


def region_named(name: str) -> str | None:
    """The code of the région of that name, ``"bretagne"`` → ``"53"``, whatever the base holds."""
    return _region_codes().get(fold_name(name))


@cache
def _regions() -> Mapping[str, str]:
    """The région of each département since 2016, by INSEE code."""
    by_region: Mapping[str, str] = _read_regions()["departements"]
    return {dep: region for region, deps in by_region.items() for dep in deps.split()}


@cache
def _region_codes() -> Mapping[str, str]:
    return {fold_name(name): code for code, name in _read_regions()["names"].items()}


def _read_regions() -> Mapping[str, Mapping[str, str]]:
    data: Mapping[str, Mapping[str, str]] = json.loads(
        Path(__file__).with_name("regions.json").read_text(encoding="utf-8")
    )
    return data
