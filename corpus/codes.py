"""The official codes that gold annotations may name, and how to look one up.

    python -m recoupe.corpus.codes Beauvais "Lamballe Terre et Mer"

The gazetteer is read as plain SQLite: annotations must not depend on the linker they measure.
"""

from __future__ import annotations

import sqlite3
import sys
import unicodedata
from collections.abc import Iterator
from contextlib import closing
from functools import cache
from pathlib import Path
from typing import Any

from recoupe.errors import ConfigurationError
from recoupe.records import CodeSystem

GAZETTEER = Path(__file__).resolve().parents[1] / "models" / "territoires.db"
_COLUMNS = "level, code, code_system, name, departement, region, population, valid_from, valid_to"
_SHOWN = 12


@cache
def known() -> dict[tuple[str, str], tuple[CodeSystem, str]]:
    """Code system and official name of each (level, code) of the gazetteer."""
    with closing(_open()) as base:
        rows = base.execute(
            "SELECT level, code, code_system, name FROM places WHERE code IS NOT NULL"
        )
        return {(level, code): (system, name) for level, code, system, name in rows}


def lookup(name: str) -> Iterator[str]:
    """One line for each place whose name holds all words of ``name``, the most peopled first."""
    words = _folded(name).split()
    for level, code, system, official, departement, region, people, start, end, keys in _places():
        if all(f" {word} " in f" {_folded(official)} {keys or ''} " for word in words):
            parents = f"dép. {departement}, rég. {region}" if departement or region else ""
            valid = f"{start or ''}..{end or ''}" if start or end else ""
            coded = f"{level:20} {code or '-':10} {system or '-':5}"
            yield f"{coded} {official}  {parents}  {people}  {valid}"


@cache
def _places() -> list[tuple[Any, ...]]:
    """Every place with all its names, the most peopled first; read once for all look-ups."""
    with closing(_open()) as base:
        return base.execute(
            f"SELECT {_COLUMNS}, keys FROM places LEFT JOIN (SELECT place, group_concat(key, ' / ')"
            " AS keys FROM names GROUP BY place) ON place = id ORDER BY population DESC"
        ).fetchall()


def _folded(name: str) -> str:
    bare = unicodedata.normalize("NFD", name.casefold().replace("œ", "oe"))
    letters = "".join(c if c.isalnum() else " " for c in bare if not unicodedata.combining(c))
    return " ".join(letters.split())


def _open() -> sqlite3.Connection:
    if not GAZETTEER.is_file():
        raise ConfigurationError(f"{GAZETTEER}: missing; it comes with the installation")
    return sqlite3.connect(f"file:{GAZETTEER}?mode=ro", uri=True)


def main() -> None:
    """Print what stands in the gazetteer under each name of the command line."""
    for name in sys.argv[1:]:
        found = list(lookup(name))
        sys.stdout.write(f"{name}: {len(found)} places\n")
        sys.stdout.writelines(f"  {line}\n" for line in found[:_SHOWN])


if __name__ == "__main__":
    main()
