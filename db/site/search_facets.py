"""The facets beside the results: what each value leaves, and the address that sets it or not."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from recoupe.db import search
from recoupe.db.query import Query
from recoupe.db.site import format as french
from recoupe.db.site.labels import label
from recoupe.db.site.pages import Visit

_VALUES = 8

#: The name of each facet in the address, the facet, its heading, and where its words are.
_FACETS: Sequence[tuple[str, search.Facet, str, str | None]] = (
    ("statut", "status", "Statut", "statuses"),
    ("nature", "kind", "Nature", "kinds"),
    ("type", "type", "Presse ou officiel", "document_kinds"),
    ("programme", "programme", "Programme", None),
    ("territoire", "territory", "Territoire", None),
    ("source", "source", "Source", None),
    ("personne", "person", "Qui le dit", None),
    ("organisme", "organisation", "Qui paie ou décide", None),
    ("mois", "date", "Mois", None),
    ("confiance", "confidence", "Confiance", "confidences"),
)
NAMES = tuple(name for name, _, _, _ in _FACETS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One value of a facet: its words, how many figures it leaves, where it leads."""

    text: str
    count: int | None
    address: str
    chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Facet:
    """A heading and its values, the chosen one first."""

    name: str
    heading: str
    choices: Sequence[Choice]


def chosen(visit: Visit) -> list[tuple[search.Facet, str]]:
    """The facets that the address sets, with their values."""
    values = [(facet, visit.get(name)) for name, facet, _, _ in _FACETS]
    return [(facet, value) for facet, value in values if value]


def read(connection: sqlite3.Connection, query: Query, visit: Visit) -> list[Facet]:
    """Every facet that has a value, in the order of the page."""
    counted = search.facets(connection, query, limit=_VALUES)
    facets = [
        Facet(name=name, heading=heading, choices=_choices(counted[facet], visit, name, words))
        for name, facet, heading, words in _FACETS
    ]
    return [facet for facet in facets if facet.choices]


def _choices(
    rows: Iterable[search.FoundRow], visit: Visit, name: str, words: str | None
) -> list[Choice]:
    """The counted values; a chosen one stands first, even where the counts do not show it."""
    present = visit.get(name)
    choices = [
        Choice(
            text=_worded(name, str(row["value"]), row["label"], words),
            count=int(str(row["count"])),
            address=_address(visit, name, None if row["value"] == present else str(row["value"])),
            chosen=row["value"] == present,
        )
        for row in rows
    ]
    if present and not any(choice.chosen for choice in choices):
        text = _worded(name, present, present, words)
        taken_away = _address(visit, name, None)
        choices.append(Choice(text=text, count=None, address=taken_away, chosen=True))
    return sorted(choices, key=lambda choice: not choice.chosen)


def _address(visit: Visit, name: str, value: str | None) -> str:
    return visit.address("/recherche", page=None, **{name: value})


def _worded(name: str, value: str, shown: object, words: str | None) -> str:
    if words:
        return label(words, value)
    return french.month(value) if name == "mois" else str(shown or value)
