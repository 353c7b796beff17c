"""The territories that go into the gazetteer, read from the inputs and given parents and places.

Inputs: the npm package ``@etalab/decoupage-administratif`` (``--package``), the CSV of facts that
no package carries (``--facts``), and the hand-written tables beside this module.
"""

from __future__ import annotations

import csv
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from recoupe.models.gazetteer_names import (
    Interval,
    commune_history,
    day_after,
    epci_name,
    superseded_codes,
)

HAND = Path(__file__).resolve().parent / "gazetteer"
MERGED_REGIONS = {"27", "28", "32", "44", "75", "76", "84"}
REFORM = "2016-01-01"  # the day the new régions began
PROGRAMME_2023 = "2023-11-09"  # second generation of Territoires d'industrie
PROGRAMME_2018 = "2018-11-22"  # first list of Territoires d'industrie
_BEFORE_2023 = "2023-11-08"
_SHORTER_THAN_CENTRE = ("2015-01-16", "2015-01-17")  # Centre → Centre-Val de Loire


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One territory of the table ``places``; ``aliases`` are other forms of its name.

    ``members`` are the INSEE codes of its communes; ``registered`` is an EPCI's name with its legal
    form in short, as the register has it.
    """

    level: str
    name: str
    code: str | None = None
    code_system: str | None = None
    liaison: int = 0
    population: int = 0
    lat: float | None = None
    lon: float | None = None
    departement: str | None = None
    region: str | None = None
    epci: str | None = None
    country: str | None = None
    valid_from: str | None = None
    valid_to: str | None = None
    aliases: tuple[str, ...] = ()
    members: tuple[str, ...] = field(default=(), repr=False)
    registered: str = ""


def table(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV file in UTF-8."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def every_place(package: Path, facts: Path) -> list[Row]:
    """All territories, in an order that depends on the inputs only."""
    communes = _communes(package, facts)
    current: dict[str | None, Row] = {}
    for row in communes:  # a commune stands before the delegated one that shares its code
        if row.valid_to is None:
            current.setdefault(row.code, row)
    rows = [
        *communes,
        *_gathered(_epci(package), current),
        *_former_epci(package, current),
        *_gathered(_districts(package), current),
        *_gathered(_departements(package, current.values()), current),
        *_gathered(_regions(package, facts, current.values()), current),
        *_programmes(facts),
        *_abroad(),
        *_others(facts),
    ]
    return sorted(rows, key=_order)


def _order(row: Row) -> tuple[str, str, str, str]:
    return row.level, row.code or "", row.name, row.valid_from or ""


def _json(package: Path, name: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads((package / f"data/{name}.json").read_text("utf-8"))
    return rows


def _communes(package: Path, facts: Path) -> list[Row]:
    changes = table(facts / "commune_changes.csv")
    history = commune_history(changes)
    centres = {
        row["insee_code"]: (float(row["lat"]), float(row["lon"]))
        for row in table(facts / "commune_centroids.csv")
    }
    epci = _epci_of_communes(package)
    found: dict[tuple[str, str], Row] = {}
    for item in sorted(_json(package, "communes"), key=lambda item: item["type"]):
        state = (item["code"], item["nom"])
        if state not in found:
            found[state] = _commune(item, history.get(state, (None, None)), centres, epci)
    dead = superseded_codes(changes)
    for (code, name), interval in history.items():
        if (code, name) not in found and (code, name) not in dead and interval[1]:
            found[code, name] = _former_commune(code, name, interval, centres)
    return [*_with_inherited(found.values())]


def _commune(
    item: dict[str, Any],
    interval: Interval,
    centres: dict[str, tuple[float, float]],
    epci: dict[str, str],
) -> Row:
    borough = item["type"] == "arrondissement-municipal"
    parent = item.get("chefLieu") or item.get("commune") or item["code"]
    lat, lon = centres.get(item["code"]) or centres.get(parent) or (None, None)
    return Row(
        level="arrondissement_municipal" if borough else "commune",
        name=item["nom"],
        code=item["code"],
        code_system="COG",
        liaison=item.get("typeLiaison", 0),
        population=item.get("population") or 0,
        lat=lat,
        lon=lon,
        departement=item.get("departement") or item["code"][:3],
        region=item.get("region"),
        epci=epci.get(parent),
        valid_from=interval[0],
    )


def _former_commune(
    code: str, name: str, interval: Interval, centres: dict[str, tuple[float, float]]
) -> Row:
    lat, lon = centres.get(code, (None, None))
    return Row(
        level="commune",
        name=name,
        code=code,
        code_system="COG",
        lat=lat,
        lon=lon,
        departement=code[:3] if code.startswith("97") else code[:2],
        valid_from=interval[0],
        valid_to=interval[1],
    )


def _with_inherited(rows: Iterable[Row]) -> Iterator[Row]:
    """Former communes take the population and parents of what bears their code today."""
    rows = list(rows)
    today = {row.code: row for row in rows if row.valid_to is None and row.population}
    for row in rows:
        heir = today.get(row.code)
        if row.valid_to and heir:
            yield replace(row, population=heir.population, region=heir.region, epci=heir.epci)
        else:
            yield row


def _epci_of_communes(package: Path) -> dict[str, str]:
    return {
        member["code"]: item["code"]
        for item in _json(package, "epci")
        for member in item["membres"]
    }


def _epci(package: Path) -> list[Row]:
    renamed = {row["siren"]: row["valid_to"] for row in table(HAND / "epci_former_names.csv")}
    return [
        Row(
            level="epci",
            name=epci_name(item["nom"]),
            registered=item["nom"],
            code=item["code"],
            code_system="SIREN",
            valid_from=day_after(renamed.get(item["code"])),
            members=tuple(sorted(member["code"] for member in item["membres"])),
        )
        for item in (*_json(package, "epci"), *_json(package, "ept"))
    ]


def _former_epci(package: Path, current: dict[str | None, Row]) -> list[Row]:
    """EPCI under the names of before; the name of today begins the day after."""
    today = {row.code: row for row in _gathered(_epci(package), current)}
    return [
        replace(
            today[row["siren"]],
            name=row["name"],
            registered=row["name"],
            valid_from=row["valid_from"] or None,
            valid_to=row["valid_to"] or None,
        )
        for row in table(HAND / "epci_former_names.csv")
    ]


def _members(rows: Iterable[Row], key: str) -> dict[str, tuple[str, ...]]:
    groups: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        if row.level == "commune" and row.population and row.code:
            groups[getattr(row, key) or ""].append(row.code)
    return {parent: tuple(sorted(codes)) for parent, codes in groups.items()}


def _districts(package: Path) -> list[Row]:
    members: dict[str, list[str]] = defaultdict(list)
    for item in _json(package, "communes"):
        if item["type"] == "commune-actuelle" and item.get("arrondissement"):
            members[item["arrondissement"]].append(item["code"])
    return [
        Row(
            level="arrondissement",
            name=item["nom"],
            code=item["code"],
            code_system="COG",
            liaison=item["typeLiaison"],
            departement=item["departement"],
            region=item["region"],
            members=tuple(sorted(members[item["code"]])),
        )
        for item in _json(package, "arrondissements")
    ]


def _departements(package: Path, communes: Iterable[Row]) -> list[Row]:
    members = _members(communes, "departement")
    return [
        Row(
            level="collectivite" if item["zone"] == "com" else "departement",
            name=item["nom"],
            code=item["code"],
            code_system="COG",
            liaison=item["typeLiaison"],
            departement=item["code"],
            region=item["region"],
            members=members.get(item["code"], ()),
        )
        for item in _json(package, "departements")
    ]


def _regions(package: Path, facts: Path, communes: Iterable[Row]) -> list[Row]:
    members = _members(communes, "region")
    rows = [
        Row(
            level="region",
            name=item["nom"],
            code=item["code"],
            code_system="COG",
            liaison=item["typeLiaison"],
            region=item["code"],
            valid_from=REFORM if item["code"] in MERGED_REGIONS else _centre(item["code"])[1],
            members=members.get(item["code"], ()),
        )
        for item in _json(package, "regions")
        if item["zone"] != "com"
    ]
    now = {(row.code, row.name) for row in rows}
    old = [
        Row(
            level="region",
            name=row["name"],
            code=row["code"],
            code_system="COG",
            valid_to=_centre(row["code"])[0] or "2015-12-31",
        )
        for row in table(facts / "regions_before_2016.csv")
        if (row["code"], row["name"]) not in now
    ]
    return rows + old


def _centre(code: str) -> tuple[str | None, str | None]:
    return _SHORTER_THAN_CENTRE if code == "24" else (None, None)


def _gathered(rows: Iterable[Row], communes: dict[str | None, Row]) -> list[Row]:
    """Population, parents, and the mean place of the members, each weighing its population."""
    return [_gather(row, [communes[code] for code in row.members]) for row in rows]


def _gather(row: Row, members: list[Row]) -> Row:
    if not members:
        return row
    placed = [m for m in members if m.lat is not None and m.lon is not None and m.population]
    weight = sum(m.population for m in placed) or 1
    seat = max(members, key=lambda m: (m.population, m.code or ""))
    return replace(
        row,
        population=sum(m.population for m in members),
        lat=round(sum((m.lat or 0) * m.population for m in placed) / weight, 4) if placed else None,
        lon=round(sum((m.lon or 0) * m.population for m in placed) / weight, 4) if placed else None,
        departement=row.departement if row.level != "epci" else seat.departement,
        region=row.region or seat.region,
    )


def _programmes(facts: Path) -> list[Row]:
    rows = [
        Row(
            level="programme_territory",
            name=row["name"].strip(),
            code=row["id"],
            code_system="ANCT",
            valid_from=PROGRAMME_2023,
        )
        for row in table(facts / "programme_territories.csv")
        if row["programme"] == "Territoires d'industrie"
    ]
    first = [
        Row(
            level="programme_territory",
            name=row["name"],
            region=row["region"] or None,
            valid_from=PROGRAMME_2018,
            valid_to=_BEFORE_2023,
            aliases=_split(row["aliases"]),
        )
        for row in table(HAND / "territoires_industrie_2018.csv")
    ]
    return rows + first


def _abroad() -> Iterator[Row]:
    for row in table(HAND / "countries.csv"):
        yield Row(
            level="country",
            name=row["name"],
            code=row["code"],
            code_system="ISO",
            liaison={"": 0, "l'": 5, "le": 2, "la": 3, "les": 4}[row["article"]],
            population=5_000_000,
            lat=float(row["lat"]),
            lon=float(row["lon"]),
            country=row["code"],
            aliases=_split(row["aliases"]),
        )
        if row["capital"]:
            yield Row(level="other", name=row["capital"], country=row["code"], population=1_000_000)
    for row in table(HAND / "foreign_places.csv"):
        yield Row(
            level="other",
            name=row["name"],
            country=row["country"],
            liaison=3 if row["article"] else 0,
            population=int(row["population"]),
            aliases=_split(row["aliases"]),
        )


def _others(facts: Path) -> Iterator[Row]:
    old = {row["name"] for row in table(facts / "regions_before_2016.csv")}
    for row in table(HAND / "other_places.csv"):
        yield Row(
            level=row["level"],
            name=row["name"],
            code=row["code"] or None,
            code_system=row["code_system"] or None,
            departement=row["departement"] or None,
            population=int(row["population"]),
            aliases=_split(row["aliases"]),
            valid_from=REFORM if row["name"] in old else None,
        )


def _split(cell: str) -> tuple[str, ...]:
    return tuple(part for part in cell.split("|") if part)
