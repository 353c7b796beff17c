"""The tables that an extraction fills, and the one statement that writes to each.

A row is written by its natural key: a new one is inserted, a changed one updated, an unchanged one
costs nothing and does not touch the full-text index.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

Value = str | int | float | None
Row = Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its natural key and the other columns that a write may change."""

    name: str
    key: tuple[str, ...]
    columns: tuple[str, ...]


_SPAN: Final = ("version_id", "start_char", "end_char")

SOURCES: Final = Table("sources", ("name",), ("title", "kind", "territory", "licence"))
DOCUMENTS: Final = Table(
    "documents",
    ("address",),
    (
        "source_id",
        "kind",
        "url",
        "title",
        "standfirst",
        "author",
        "section",
        "published_at",
        "published_on",
        "modified_at",
        "language",
        "paywalled",
        "gone_at",
    ),
)
VERSIONS: Final = Table(
    "document_versions",
    ("document_id", "version"),
    ("snapshot_sha256", "seen_at", "pipeline", "model", "text"),
)
SENTENCES: Final = Table("sentences", _SPAN, ("position", "text", "stems"))
QUANTITIES: Final = Table(
    "quantities",
    (*_SPAN, "kind"),
    (
        "sentence_id",
        "text",
        "value",
        "low",
        "high",
        "value_sort",
        "unit",
        "per",
        "approx",
        "precision",
        "object",
        "object_start",
        "object_end",
        "rule",
        "confidence",
    ),
)
REFERENCES: Final = Table("reference_mentions", (*_SPAN, "kind"), ("text",))
DATES: Final = Table(
    "dates", (*_SPAN, "kind"), ("text", "date_from", "date_to", "granularity", "rule")
)
TERRITORY_MENTIONS: Final = Table(
    "territory_mentions", _SPAN, ("territory_id", "text", "level", "confidence", "candidates")
)
PERSON_MENTIONS: Final = Table(
    "person_mentions", _SPAN, ("person_id", "text", "role", "organisation")
)
ORGANISATION_MENTIONS: Final = Table("organisation_mentions", _SPAN, ("organisation_id", "text"))
PROGRAMME_MENTIONS: Final = Table("programme_mentions", _SPAN, ("programme_id", "text"))
QUOTES: Final = Table("quotes", _SPAN, ("text", "direct", "speaker", "cue"))
FACTS: Final = Table(
    "facts",
    ("quantity_id",),
    (
        "document_id",
        "version_id",
        "sentence_id",
        "is_current",
        "kind",
        "value_sort",
        "unit",
        "status",
        "side",
        "legal",
        "negated",
        "conditional",
        "reported_speech",
        "superseded",
        "marker_start",
        "marker_end",
        "programme_id",
        "territory_id",
        "territory_basis",
        "period_from",
        "period_to",
        "speaker",
        "actor",
        "measure",
        "perimeter",
        "evidence_start",
        "evidence_end",
        "confidence",
        "published_on",
    ),
)
COMPARISONS: Final = Table(
    "comparisons", ("relation", "left_fact_id", "right_fact_id"), ("ratio", "basis")
)


@cache
def upsert(table: Table) -> str:
    """The statement that inserts a row, or updates the row of the same key where they differ."""
    names = (*table.key, *table.columns)
    changed = " OR ".join(f"{table.name}.{name} IS NOT excluded.{name}" for name in table.columns)
    return (
        f"INSERT INTO {table.name} ({', '.join(names)}) "
        f"VALUES ({', '.join(f':{name}' for name in names)}) "
        f"ON CONFLICT ({', '.join(table.key)}) DO UPDATE "
        f"SET {', '.join(f'{name} = excluded.{name}' for name in table.columns)} WHERE {changed}"
    )


def key_of(table: Table, row: Row) -> tuple[Value, ...]:
    """The natural key of a row."""
    return tuple(row[name] for name in table.key)
