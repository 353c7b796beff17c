"""Build `models/territoires.db`, the gazetteer that `extract/places/gazetteer.py` reads.

    python -m recoupe.models.build_gazetteer --package DIR --facts DIR --output FILE

``DIR`` of ``--package`` is the unpacked npm package ``@etalab/decoupage-administratif`` (the folder
with ``package.json``); that of ``--facts`` holds the CSV described in `docs/gazetteer.md`. The same
inputs give the same bytes: rows are sorted, and no time of building is written.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from recoupe.extract.places.gazetteer import fold
from recoupe.models.gazetteer_names import day_after, demonym_forms, epci_forms, without_article
from recoupe.models.gazetteer_places import HAND, Row, every_place, table

_SCHEMA = """
PRAGMA page_size = 4096;
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE places (
  id INTEGER PRIMARY KEY, level TEXT NOT NULL, code TEXT, code_system TEXT, name TEXT NOT NULL,
  liaison INTEGER NOT NULL, population INTEGER NOT NULL, lat REAL, lon REAL,
  departement TEXT, region TEXT, epci TEXT, country TEXT, valid_from TEXT, valid_to TEXT
);
CREATE TABLE names (
  key TEXT NOT NULL, place INTEGER NOT NULL, form TEXT, need TEXT, common INTEGER NOT NULL,
  valid_from TEXT, valid_to TEXT, PRIMARY KEY (key, place)
) WITHOUT ROWID;
CREATE TABLE heads (word TEXT PRIMARY KEY, longest INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE demonyms (key TEXT PRIMARY KEY, level TEXT NOT NULL, code TEXT NOT NULL) WITHOUT ROWID;
"""
_FACTS = (
    "commune_centroids.csv",
    "commune_changes.csv",
    "regions_before_2016.csv",
    "programme_territories.csv",
)
_SOURCES = {
    "source.package": "@etalab/decoupage-administratif {version} (npm); MIT, data of INSEE and DGCL"
    " under Licence Ouverte 2.0; vintage 2026",
    "source.commune_centroids": "outlines of IGN, 2018, through gregoiredavid/france-geojson;"
    " Licence Ouverte",
    "source.commune_changes": "INSEE, movements of communes 1943 to 2026-01-01, through"
    " datagouv/decoupage-administratif; Licence Ouverte",
    "source.regions_before_2016": "INSEE through gregoiredavid/france-geojson; Licence Ouverte",
    "source.programme_territories": "ANCT, anct-carto/superposeur-anct, Territoires d'industrie"
    " 2023; Licence Ouverte 2.0",
    "source.hand": "written for Recoupe: countries (ISO 3166-1), towns abroad, usual and former"
    " names, demonyms, natural regions, part of the Territoires d'industrie of 2018-2019; MIT",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """One row of the table ``names``."""

    key: str
    place: int
    form: str
    need: str | None = None
    valid_from: str | None = None
    valid_to: str | None = None


def main(arguments: list[str] | None = None) -> None:
    """Read the inputs named on the command line and write the gazetteer."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--package", type=Path, required=True)
    parser.add_argument("--facts", type=Path, required=True)
    parser.add_argument("--output", type=Path, required=True)
    options = parser.parse_args(arguments)
    build(package=options.package, facts=options.facts, output=options.output)


def build(*, package: Path, facts: Path, output: Path) -> None:
    """Write the gazetteer to ``output``, in place of what was there."""
    rows = every_place(package, facts)
    names = _without_repeats(_names(rows), rows)
    output.unlink(missing_ok=True)
    connection = sqlite3.connect(output)
    try:
        connection.executescript(_SCHEMA)
        _write(connection, rows, names, _meta(package, facts))
        connection.commit()
        connection.execute("VACUUM")
    finally:
        connection.close()


def _write(
    connection: sqlite3.Connection, rows: list[Row], names: list[Name], meta: dict[str, str]
) -> None:
    common = _common_words()
    connection.executemany(
        f"INSERT INTO places VALUES ({', '.join('?' * 15)})",
        [
            (
                number, r.level, r.code, r.code_system, r.name, r.liaison, r.population,
                r.lat, r.lon, r.departement, r.region, r.epci, r.country, r.valid_from, r.valid_to,
            )
            for number, r in enumerate(rows)
        ],
    )  # fmt: skip
    connection.executemany(
        "INSERT INTO names VALUES (?, ?, ?, ?, ?, ?, ?)",
        [
            (
                n.key, n.place, None if n.form == rows[n.place].name else n.form, n.need,
                int(n.key in common), n.valid_from, n.valid_to,
            )
            for n in names
        ],
    )  # fmt: skip
    longest: dict[str, int] = {}
    for name in names:
        first, *others = name.key.split()
        longest[first] = max(longest.get(first, 0), 1 + len(others))
    connection.executemany("INSERT INTO heads VALUES (?, ?)", sorted(longest.items()))
    demonyms = {
        form: (row["level"], row["code"])
        for row in reversed(table(HAND / "demonyms.csv"))
        for form in demonym_forms(row["demonym"])
    }
    connection.executemany(
        "INSERT INTO demonyms VALUES (?, ?, ?)",
        sorted((key, level, code) for key, (level, code) in demonyms.items()),
    )
    connection.executemany("INSERT INTO meta VALUES (?, ?)", sorted(meta.items()))


def _names(rows: list[Row]) -> Iterator[Name]:
    taken = {fold(row.name) for row in rows if row.level not in {"epci", "programme_territory"}}
    taken |= {fold(without_article(row.name) or "") for row in rows if row.level == "commune"}
    for place, row in enumerate(rows):
        yield from _own_names(place, row)
        if row.level == "epci":
            yield from _epci_names(place, row, taken)
    yield from _seats(rows)
    yield from _outlived(rows)
    yield from _usual(rows)


def _own_names(place: int, row: Row) -> Iterator[Name]:
    need = "level" if row.level == "arrondissement" else None
    yield Name(key=fold(row.name), place=place, form=row.name, need=need)
    if row.level == "commune" and "(" in row.name:
        short = row.name.partition(" (")[0]
        yield Name(key=fold(short), place=place, form=short)
    for alias in row.aliases:
        yield Name(key=fold(alias), place=place, form=alias)
    if row.level == "commune" or row.country:
        bare = without_article(row.name)
        if bare:
            yield Name(key=fold(bare), place=place, form=bare, need="article")


def _epci_names(place: int, row: Row, taken: set[str]) -> Iterator[Name]:
    for form, needs_level in epci_forms(row.registered):
        key = fold(form)
        need = "level" if needs_level or key in taken else None
        yield Name(key=key, place=place, form=form, need=need)
        bare = without_article(form[0].upper() + form[1:])
        if bare:
            yield Name(key=fold(bare), place=place, form=bare, need=need or "article")


def _seats(rows: list[Row]) -> Iterator[Name]:
    """« métropole de Bordeaux », « Lorient Agglo »: the most populated commune names its EPCI."""
    living = [row for row in rows if row.level == "commune" and row.valid_to is None]
    communes = {row.code: row for row in sorted(living, key=lambda row: row.population)}
    for place, row in enumerate(rows):
        if row.level != "epci" or not row.members or row.valid_to:
            continue
        seat = max((communes[code] for code in row.members), key=lambda c: (c.population, c.code))
        if row.registered.startswith("CC ") or row.code in _TERRITORIES_OF_PARIS:
            continue
        yield Name(key=fold(seat.name), place=place, form=seat.name, need="level")
        kinds = ("Agglo", "Agglomération") if row.registered.startswith("CA ") else ("Métropole",)
        for kind in kinds:
            form = f"{seat.name} {kind}"
            yield Name(key=fold(form), place=place, form=form)


_TERRITORIES_OF_PARIS = {
    "200057867", "200057875", "200057941", "200057966", "200057974", "200057982",
    "200057990", "200058006", "200058014", "200058097", "200058790",
}  # fmt: skip


def _outlived(rows: list[Row]) -> Iterator[Name]:
    """Former names of a code that lives on: « Meulan » is Meulan-en-Yvelines since 2010."""
    living = {
        row.code: place
        for place, row in reversed(list(enumerate(rows)))
        if row.level == "commune" and row.valid_to is None and row.population
    }
    for row in rows:
        if row.level == "commune" and row.valid_to and row.code in living:
            since = day_after(row.valid_to)
            yield Name(key=fold(row.name), place=living[row.code], form=row.name, valid_from=since)


def _usual(rows: list[Row]) -> Iterator[Name]:
    where: dict[tuple[str, str], list[int]] = defaultdict(list)
    for place, row in enumerate(rows):
        if row.code:
            where[row.level, row.code].append(place)
    for line in table(HAND / "usual_names.csv"):
        for place in where[line["level"], line["code"]]:
            yield Name(
                key=fold(line["name"]),
                place=place,
                form=line["name"],
                need=line["needs"] or None,
                valid_from=max(line["valid_from"], rows[place].valid_from or "") or None,
                valid_to=min(filter(None, (line["valid_to"], rows[place].valid_to)), default=None),
            )


def _without_repeats(names: Iterable[Name], rows: list[Row]) -> list[Name]:
    """One row for each key and place: the one that needs least, then the official form."""
    best: dict[tuple[str, int], Name] = {}
    for name in names:
        if (name.valid_from or "") > (name.valid_to or "9999"):
            continue
        known = best.get((name.key, name.place))
        if known is None or _rank(name, rows) < _rank(known, rows):
            best[name.key, name.place] = name
    return [best[key] for key in sorted(best)]


def _rank(name: Name, rows: list[Row]) -> tuple[bool, bool, bool, str]:
    """An acronym comes last among equals: « Paca » may be written so, « PACA » matches it."""
    own = name.form == rows[name.place].name
    return name.need is not None, not own, name.form.isupper(), name.form


def _common_words() -> set[str]:
    lines = (HAND / "common_words.txt").read_text("utf-8").splitlines()
    return {line for line in lines if line and not line.startswith("#")}


def _meta(package: Path, facts: Path) -> dict[str, str]:
    version = json.loads((package / "package.json").read_text("utf-8"))["version"]
    meta = {key: text.format(version=version) for key, text in _SOURCES.items()}
    meta["schema_version"] = "1"
    files = [
        *sorted((package / "data").glob("*.json")),
        *(facts / name for name in _FACTS),
        *sorted(path for path in HAND.iterdir() if path.suffix in {".csv", ".txt"}),
    ]
    for file in files:
        meta[f"sha256.{file.name}"] = hashlib.sha256(file.read_bytes()).hexdigest()
    return meta


if __name__ == "__main__":
    main()
