"""Write what one version of a document holds: its sentences, mentions, figures and comparisons.

Parents are written before the rows that point to them; what a new extraction no longer finds is
deleted last, in the other direction.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from recoupe.db import names, rows, tables
from recoupe.db.roles import roles_in, write_roles
from recoupe.db.tables import Row, Table, Value, key_of, upsert
from recoupe.records import Extraction, Fact, Quantity, Span

Territories = Mapping[names.TerritoryKey | None, int]

#: The columns that point to a name, by table of names.
_POINTERS: Final = (
    ("territories", "territory_mentions", "territory_id"),
    ("territories", "facts", "territory_id"),
    ("people", "person_mentions", "person_id"),
    ("organisations", "organisation_mentions", "organisation_id"),
    ("programmes", "programme_mentions", "programme_id"),
    ("programmes", "facts", "programme_id"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """The version being written; ``is_new`` where the base had nothing of it."""

    id: int
    document_id: int
    is_current: bool
    is_new: bool


@dataclass(frozen=True, slots=True)
class _Written:
    """The rows of one table for this version, by natural key, and those no longer found."""

    table: Table
    ids: Mapping[tuple[Value, ...], int]
    stale: tuple[int, ...]


def write_content(conn: sqlite3.Connection, extraction: Extraction, version: Version) -> None:
    """Write all that ``extraction`` holds under ``version``, and delete what it does not hold."""
    names_before = {} if version.is_new else _names_in(conn, version.id)
    roles_before = set() if version.is_new else roles_in(conn, version.id)
    territories = names.territory_ids(conn, extraction.territories)
    sentences = _write(conn, tables.SENTENCES, rows.sentence_rows(extraction, version.id), version)
    mentions = _write_mentions(conn, extraction, version, territories)
    quantities = _write_quantities(conn, extraction, version, sentences)
    facts, fact_ids = _write_facts(
        conn,
        extraction,
        version,
        sentences=sentences,
        quantities=quantities,
        territories=territories,
    )
    _write_comparisons(conn, extraction, version, fact_ids)
    for written in (facts, quantities.written, *mentions, sentences):
        _delete(conn, written.table.name, written.stale)
    write_roles(conn, extraction, version.id, before=roles_before)
    if names_before:
        _prune_names(conn, names_before, _names_in(conn, version.id))


@dataclass(frozen=True, slots=True)
class _Quantities:
    """Quantities as written, with the row and the sentence of each by its id in the extraction."""

    written: _Written
    by_id: Mapping[str, tuple[Quantity, int, int | None]]


def _write(
    conn: sqlite3.Connection, table: Table, new: Iterable[Row], version: Version
) -> _Written:
    """Upsert rows of this version; the first of two with the same natural key is kept."""
    keyed: dict[tuple[Value, ...], Row] = {}
    for row in new:
        keyed.setdefault(key_of(table, row), row)
    conn.executemany(upsert(table), keyed.values())
    found = conn.execute(
        f"SELECT id, {', '.join(table.key)} FROM {table.name} WHERE version_id = ?", (version.id,)
    )
    held = {tuple(key): int(identifier) for identifier, *key in found}
    stale = tuple(identifier for key, identifier in held.items() if key not in keyed)
    return _Written(table, {key: held[key] for key in keyed}, stale)


def _write_mentions(
    conn: sqlite3.Connection, extraction: Extraction, version: Version, territories: Territories
) -> list[_Written]:
    """Write the mentions that no figure depends on."""
    one = version.id
    people = names.name_ids(conn, "people", (m.name for m in extraction.people))
    organisations = names.name_ids(
        conn, "organisations", (m.name for m in extraction.organisations)
    )
    programmes = names.name_ids(conn, "programmes", (m.name for m in extraction.programmes))
    content: Sequence[tuple[Table, Iterable[Row]]] = (
        (
            tables.REFERENCES,
            (rows.mention_row(m, one, kind=m.kind) for m in extraction.references),
        ),
        (tables.DATES, (rows.date_row(m, one) for m in extraction.dates)),
        (tables.QUOTES, (rows.quote_row(m, one) for m in extraction.quotes)),
        (
            tables.TERRITORY_MENTIONS,
            (
                rows.territory_mention_row(m, one, territories.get(names.territory_key(m)))
                for m in extraction.territories
            ),
        ),
        (
            tables.PERSON_MENTIONS,
            (
                rows.mention_row(
                    m, one, person_id=people[m.name], role=m.role, organisation=m.organisation
                )
                for m in extraction.people
            ),
        ),
        (
            tables.ORGANISATION_MENTIONS,
            (
                rows.mention_row(m, one, organisation_id=organisations[m.name])
                for m in extraction.organisations
            ),
        ),
        (
            tables.PROGRAMME_MENTIONS,
            (
                rows.mention_row(m, one, programme_id=programmes[m.name])
                for m in extraction.programmes
            ),
        ),
    )
    return [_write(conn, table, new, version) for table, new in content]


def _write_quantities(
    conn: sqlite3.Connection, extraction: Extraction, version: Version, sentences: _Written
) -> _Quantities:
    holders = rows.holders(extraction.sentences, extraction.quantities)
    held = [_sentence_id(sentences, version, holder) for holder in holders]
    found = [
        rows.quantity_row(quantity, version.id, sentence_id)
        for quantity, sentence_id in zip(extraction.quantities, held, strict=True)
    ]
    written = _write(conn, tables.QUANTITIES, found, version)
    by_id = {
        quantity.id: (quantity, written.ids[key_of(tables.QUANTITIES, row)], sentence_id)
        for quantity, row, sentence_id in zip(extraction.quantities, found, held, strict=True)
    }
    _write_parts(conn, by_id)
    return _Quantities(written, by_id)


def _write_parts(
    conn: sqlite3.Connection, by_id: Mapping[str, tuple[Quantity, int, int | None]]
) -> None:
    """Set ``part_of_id``; a whole that was not found leaves it empty."""
    parts = []
    for quantity, row_id, _ in by_id.values():
        whole = by_id.get(quantity.part_of or "")
        parts.append({"id": row_id, "whole": whole[1] if whole else None})
    conn.executemany(
        "UPDATE quantities SET part_of_id = :whole WHERE id = :id AND part_of_id IS NOT :whole",
        parts,
    )


def _write_facts(
    conn: sqlite3.Connection,
    extraction: Extraction,
    version: Version,
    *,
    sentences: _Written,
    quantities: _Quantities,
    territories: Territories,
) -> tuple[_Written, Mapping[str, int]]:
    """Write the facts; returns the row of each by its id in the extraction too."""
    programmes = names.name_ids(
        conn, "programmes", (fact.programme for fact in extraction.facts if fact.programme)
    )

    def row(fact: Fact) -> Row:
        quantity, quantity_id, sentence_id = quantities.by_id[fact.quantity]
        return rows.fact_row(
            fact,
            quantity,
            extraction.article,
            quantity_id=quantity_id,
            document_id=version.document_id,
            version_id=version.id,
            sentence_id=sentence_id or _sentence_id(sentences, version, fact.evidence),
            is_current=int(version.is_current),
            programme_id=programmes[fact.programme] if fact.programme else None,
            territory_id=names.territory_of_fact(conn, fact, territories),
        )

    written = _write(conn, tables.FACTS, map(row, extraction.facts), version)
    by_id = {
        fact.id: written.ids[(quantities.by_id[fact.quantity][1],)] for fact in extraction.facts
    }
    return written, by_id


def _write_comparisons(
    conn: sqlite3.Connection, extraction: Extraction, version: Version, facts: Mapping[str, int]
) -> None:
    """Write what the text itself compares; what the whole base compares is left alone."""
    new = {}
    for comparison in extraction.comparisons:
        left, right = facts[comparison.left], facts[comparison.right]
        if left != right:
            ratio = comparison.ratio
            new[comparison.relation, left, right] = {
                "relation": comparison.relation,
                "left_fact_id": left,
                "right_fact_id": right,
                "ratio": None if ratio is None else rows.ratio_text(ratio),
                "basis": comparison.basis,
            }
    conn.executemany(upsert(tables.COMPARISONS), new.values())
    found = conn.execute(
        "SELECT comparisons.id, relation, left_fact_id, right_fact_id FROM facts "
        "JOIN comparisons ON left_fact_id = facts.id WHERE version_id = ? AND basis != 'base'",
        (version.id,),
    ).fetchall()
    stale = [identifier for identifier, *key in found if tuple(key) not in new]
    _delete(conn, "comparisons", stale)


def _sentence_id(sentences: _Written, version: Version, span: Span | None) -> int | None:
    return sentences.ids.get((version.id, *span)) if span else None


def _names_in(conn: sqlite3.Connection, version_id: int) -> Mapping[str, set[int]]:
    """The names that this version points to, by table."""
    found: dict[str, set[int]] = {}
    for table, pointing, column in _POINTERS:
        sql = f"SELECT DISTINCT {column} FROM {pointing} WHERE version_id = ? AND {column} NOT NULL"
        found.setdefault(table, set()).update(row[0] for row in conn.execute(sql, (version_id,)))
    return found


def _prune_names(
    conn: sqlite3.Connection, before: Mapping[str, set[int]], after: Mapping[str, set[int]]
) -> None:
    for table, identifiers in before.items():
        names.prune(conn, table, identifiers - after[table])


def _delete(conn: sqlite3.Connection, table: str, identifiers: Iterable[int]) -> None:
    conn.executemany(f"DELETE FROM {table} WHERE id = ?", ((one,) for one in identifiers))
