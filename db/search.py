"""Search figures and sentences: from a `Query` to SQL, and from rows to marked hits.

Functions named ``…_sql`` return a `Statement` to be run by whoever holds the base: the Datasette
plugin with ``await db.execute(sql, params)``, the command line with a connection.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from recoupe.db.conditions import Parameters, fact_conditions, sentence_conditions
from recoupe.db.query import Query, Term
from recoupe.db.stemming import tokens
from recoupe.db.tables import Value

Order = Literal["recent", "oldest", "largest", "smallest"]
Facet = Literal[
    "kind",
    "status",
    "territory",
    "programme",
    "person",
    "organisation",
    "source",
    "type",
    "date",
    "confidence",
]
FoundRow = Mapping[str, Value]
Span = tuple[int, int]

#: A page further than this is a machine's; exports have their own way.
MAX_OFFSET: Final = 10_000
#: Facets count this many figures at most, the latest, so that their cost has a bound.
COUNTED: Final = 20_000
_FACET_COLUMNS: Final = (
    "kind, status, territory_id, programme_id, speaker, actor, document_id, "
    "published_on, confidence"
)

_FACTS: Final = """
SELECT facts.id, facts.document_id, facts.version_id, facts.sentence_id, facts.is_current,
  facts.kind, quantities.text, quantities.value, quantities.low, quantities.high,
  facts.value_sort, facts.unit, quantities.per, quantities.approx, quantities.precision,
  quantities.object, quantities.start_char, quantities.end_char, quantities.rule,
  facts.status, facts.side, facts.legal, facts.negated, facts.conditional,
  facts.reported_speech, facts.superseded, facts.marker_start, facts.marker_end,
  facts.speaker, facts.actor, facts.measure, facts.perimeter,
  facts.period_from, facts.period_to, facts.evidence_start, facts.evidence_end,
  facts.confidence, facts.published_on, facts.territory_id, facts.programme_id,
  sentences.text AS sentence, sentences.start_char AS sentence_start,
  territories.name AS territory, territories.code AS territory_code,
  territories.level AS territory_level, programmes.name AS programme,
  documents.title, documents.url, documents.kind AS document_kind,
  sources.name AS source, sources.title AS source_title
FROM facts
JOIN quantities ON quantities.id = facts.quantity_id
JOIN documents ON documents.id = facts.document_id
LEFT JOIN sentences ON sentences.id = facts.sentence_id
LEFT JOIN territories ON territories.id = facts.territory_id
LEFT JOIN programmes ON programmes.id = facts.programme_id
LEFT JOIN sources ON sources.id = documents.source_id
"""
_ORDERS: Final[Mapping[Order, str]] = {
    "recent": "facts.published_on DESC, facts.id DESC",
    "oldest": "facts.published_on IS NULL, facts.published_on, facts.id",
    "largest": "facts.value_sort DESC, facts.id DESC",
    "smallest": "facts.value_sort IS NULL, facts.value_sort, facts.id",
}
_SENTENCES: Final = """
SELECT sentences.id, sentences.text, sentences.start_char, sentences.end_char, sentences.position,
  sentences.version_id, documents.id AS document_id, documents.title, documents.url,
  documents.kind AS document_kind, documents.published_on,
  sources.name AS source, sources.title AS source_title
FROM sentences
JOIN documents ON documents.current_version_id = sentences.version_id
LEFT JOIN sources ON sources.id = documents.source_id
"""
_SENTENCE_ORDERS: Final[Mapping[Order, str]] = {
    "recent": "documents.published_on DESC, sentences.id",
    "oldest": "documents.published_on IS NULL, documents.published_on, sentences.id",
    "largest": "documents.published_on DESC, sentences.id",
    "smallest": "documents.published_on DESC, sentences.id",
}

#: For each facet: the value that a filter takes, what a reader sees, and what to join.
_FACETS: Final[Mapping[Facet, tuple[str, str, str]]] = {
    "kind": ("facts.kind", "facts.kind", ""),
    "status": ("facts.status", "facts.status", ""),
    "territory": (
        "territories.level || '/' || territories.code",
        "territories.name",
        "JOIN territories ON territories.id = facts.territory_id",
    ),
    "programme": (
        "programmes.name",
        "programmes.name",
        "JOIN programmes ON programmes.id = facts.programme_id",
    ),
    "person": (
        "people.name",
        "people.name",
        "JOIN people ON people.name = facts.speaker",
    ),
    "organisation": ("facts.actor", "facts.actor", ""),
    "source": (
        "sources.name",
        "sources.title",
        """JOIN documents ON documents.id = facts.document_id
           JOIN sources ON sources.id = documents.source_id""",
    ),
    "type": (
        "documents.kind",
        "documents.kind",
        "JOIN documents ON documents.id = facts.document_id",
    ),
    "date": ("substr(facts.published_on, 1, 7)", "substr(facts.published_on, 1, 7)", ""),
    "confidence": (
        """CASE WHEN facts.confidence >= 0.9 THEN '>=0.9'
                WHEN facts.confidence < 0.7 THEN '<0.7' ELSE '0.7..0.9' END""",
        "NULL",
        "",
    ),
}


@dataclass(frozen=True, slots=True)
class Statement:
    """SQL with named parameters, and their values."""

    sql: str
    params: Mapping[str, Value]


def facts_sql(
    query: Query, *, limit: int | None = 50, offset: int = 0, order: Order = "recent"
) -> Statement:
    """The figures that match, of current wordings only; ``limit`` of ``None`` gives all."""
    parameters = Parameters()
    where = fact_conditions(query, parameters)
    # The page is chosen on the narrow table; only its rows are joined and sorted in full.
    chosen = (
        f"SELECT facts.id FROM facts WHERE {where} "
        f"ORDER BY {_ORDERS[order]} {_page(limit, offset, parameters)}"
    )
    return Statement(
        f"{_FACTS} WHERE facts.id IN ({chosen}) ORDER BY {_ORDERS[order]}", parameters.values
    )


def sentences_sql(
    query: Query, *, limit: int | None = 50, offset: int = 0, order: Order = "recent"
) -> Statement:
    """The sentences that match, with figures or, where no filter asks for one, without."""
    parameters = Parameters()
    where = sentence_conditions(query, parameters)
    return Statement(
        f"{_SENTENCES} WHERE {where} ORDER BY {_SENTENCE_ORDERS[order]} "
        f"{_page(limit, offset, parameters)}",
        parameters.values,
    )


def count_sql(query: Query) -> Statement:
    """How many figures match, as ``count``."""
    parameters = Parameters()
    where = fact_conditions(query, parameters)
    return Statement(f"SELECT count(*) AS count FROM facts WHERE {where}", parameters.values)


def count_sentences_sql(query: Query) -> Statement:
    """How many sentences match, as ``count``."""
    parameters = Parameters()
    where = sentence_conditions(query, parameters)
    return Statement(
        "SELECT count(*) AS count FROM sentences "
        f"JOIN documents ON documents.current_version_id = sentences.version_id WHERE {where}",
        parameters.values,
    )


def facets_sql(query: Query, *, limit: int = 20) -> Statement:
    """Rows (facet, value, label, count) of every facet, the most frequent first (months: latest).

    ``value`` is what `recoupe.db.query.as_typed` turns into a filter. The filter that a facet
    itself would set is left out of its counts, so that another value can be chosen. Counts are of
    the 20,000 latest figures that match.
    """
    return _facets_sql(query, tuple(_FACETS), limit)


def facet_sql(query: Query, facet: Facet, *, limit: int = 20) -> Statement:
    """The rows of one facet; see `facets_sql`."""
    return _facets_sql(query, (facet,), limit)


def _facets_sql(query: Query, wanted: Sequence[Facet], limit: int) -> Statement:
    """One reading of the figures for all facets, and one for each facet whose filter is set."""
    parameters = Parameters()
    set_fields = {one.field for one in query.filters}
    tables: dict[str, str] = {}
    branches = []
    for facet in wanted:
        table = f"without_{facet}" if facet in set_fields else "found"
        if table not in tables:
            where = fact_conditions(query.without(facet), parameters)
            tables[table] = (
                f"{table} AS MATERIALIZED (SELECT {_FACET_COLUMNS} FROM facts WHERE {where} "
                f"ORDER BY facts.published_on DESC LIMIT {COUNTED})"
            )
        branches.append(_facet_branch(facet, table, parameters.add(max(0, limit))))
    return Statement(
        f"WITH {', '.join(tables.values())} {' UNION ALL '.join(branches)}", parameters.values
    )


def _facet_branch(facet: Facet, table: str, limit: str) -> str:
    value, label, join = _FACETS[facet]
    order = "value DESC" if facet == "date" else "count DESC, value"
    return (
        f"SELECT * FROM (SELECT '{facet}' AS facet, {value} AS value, {label} AS label, "
        f"count(*) AS count FROM {table} AS facts {join} WHERE {value} NOT NULL "
        f"GROUP BY 2 ORDER BY {order} LIMIT {limit})"
    )


def search_facts(
    conn: sqlite3.Connection,
    query: Query,
    *,
    limit: int | None = 50,
    offset: int = 0,
    order: Order = "recent",
) -> list[FoundRow]:
    """The figures that match; see `facts_sql`."""
    return _run(conn, facts_sql(query, limit=limit, offset=offset, order=order))


def search_sentences(
    conn: sqlite3.Connection,
    query: Query,
    *,
    limit: int | None = 50,
    offset: int = 0,
    order: Order = "recent",
) -> list[FoundRow]:
    """The sentences that match; see `sentences_sql`."""
    return _run(conn, sentences_sql(query, limit=limit, offset=offset, order=order))


def facets(
    conn: sqlite3.Connection, query: Query, *, limit: int = 20
) -> Mapping[Facet, list[FoundRow]]:
    """Every facet of the figures that match; see `facets_sql`."""
    found = _run(conn, facets_sql(query, limit=limit))
    return {facet: [row for row in found if row["facet"] == facet] for facet in _FACETS}


def mark(text: str, query: Query) -> list[Span]:
    """Where the words of the query stand in a text, in code points, in order, apart."""
    found = list(tokens(text))
    terms = [term for group in query.groups for term in group]
    spans = [
        (found[first].start, found[first + len(term.stems) - 1].end)
        for term in terms
        for first in range(len(found) - len(term.stems) + 1)
        if _stands(term, [token.stem for token in found[first : first + len(term.stems)]])
    ]
    return _merged(spans)


def _stands(term: Term, stems: Sequence[str]) -> bool:
    *whole, last = term.stems
    if not term.prefix:
        return stems == list(term.stems)
    return stems[:-1] == whole and stems[-1].startswith(last)


def _merged(spans: Sequence[Span]) -> list[Span]:
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _page(limit: int | None, offset: int, parameters: Parameters) -> str:
    many = -1 if limit is None else max(0, limit)
    skipped = min(max(0, offset), MAX_OFFSET)
    return f"LIMIT {parameters.add(many)} OFFSET {parameters.add(skipped)}"


def _run(conn: sqlite3.Connection, statement: Statement) -> list[FoundRow]:
    cursor = conn.execute(statement.sql, statement.params)
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor]
