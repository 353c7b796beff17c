"""The door to « Données brutes »: the tables of the base, served by Datasette itself."""

from __future__ import annotations

import sqlite3

from recoupe.db.site.metadata import tables
from recoupe.db.site.pages import Page, Visit

_NAMES = "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"


def read(connection: sqlite3.Connection, _visit: Visit) -> Page:
    """The page of ``/donnees``: the tables that have a description, in the order of the source."""
    present = {row["name"] for row in connection.execute(_NAMES)}
    described = {name: table for name, table in tables().items() if name in present}
    return Page(template="data.html", context={"section": "data", "tables": described})
