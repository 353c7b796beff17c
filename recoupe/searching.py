"""Read the base for the command line: search and comparisons."""

from __future__ import annotations

from contextlib import closing
from decimal import Decimal
from typing import TYPE_CHECKING

from recoupe.db.connection import open_base, translating
from recoupe.db.query import parse_query
from recoupe.db.search import count_sql, search_facts
from recoupe.encode import exact
from recoupe.output import Row, cell, new_table
from recoupe.settings import Settings

if TYPE_CHECKING:
    from rich.table import Table

SEARCH_COLUMNS = (
    *("id", "published_on", "text", "kind", "value", "low", "high", "unit", "per", "approx"),
    *("precision", "object", "status", "side", "legal", "negated", "conditional"),
    *("reported_speech", "superseded", "programme", "territory", "territory_code"),
    *("territory_level", "period_from", "period_to", "speaker", "actor", "measure", "perimeter"),
    *("sentence", "title", "url", "document_kind", "source", "source_title", "rule", "confidence"),
)
COMPARE_COLUMNS = (
    *("relation", "basis", "programme", "measure", "unit", "ratio"),
    *("announced", "announced_value", "announced_status", "announced_on", "announced_by"),
    *("announced_sentence", "announced_url"),
    *("reported", "reported_value", "reported_status", "reported_on", "reported_by"),
    *("reported_sentence", "reported_url"),
)
_NUMBERS = frozenset({"value", "low", "high", "precision", "ratio", "announced_value"}) | {
    "reported_value"
}
_FLAGS = frozenset({"negated", "conditional", "reported_speech", "superseded"})

_SIDE = """
{q}.text AS {side}, {q}.value AS {side}_value, {f}.status AS {side}_status,
{f}.published_on AS {side}_on, {f}.speaker AS {side}_by, {s}.text AS {side}_sentence,
{d}.url AS {side}_url
"""
_PAIRS = """
FROM comparisons AS c
JOIN facts AS l ON l.id = c.left_fact_id JOIN quantities AS lq ON lq.id = l.quantity_id
JOIN facts AS r ON r.id = c.right_fact_id JOIN quantities AS rq ON rq.id = r.quantity_id
JOIN documents AS ld ON ld.id = l.document_id JOIN documents AS rd ON rd.id = r.document_id
LEFT JOIN sentences AS ls ON ls.id = l.sentence_id
LEFT JOIN sentences AS rs ON rs.id = r.sentence_id
LEFT JOIN programmes AS p ON p.id = r.programme_id
WHERE c.relation IN ('announced_vs_reported', 'contradicts') AND l.is_current AND r.is_current
  AND (:programme IS NULL OR p.name = :programme)
"""
_COMPARISONS = (
    "SELECT c.relation, c.basis, p.name AS programme, r.measure, r.unit, c.ratio, "
    + _SIDE.format(side="announced", q="lq", f="l", s="ls", d="ld")
    + ","
    + _SIDE.format(side="reported", q="rq", f="r", s="rs", d="rd")
    + _PAIRS
    + "ORDER BY c.relation, c.basis, p.name, r.published_on, c.id LIMIT :limit"
)


def search_rows(settings: Settings, words: str, *, limit: int) -> tuple[list[Row], int]:
    """The figures that match, latest first, at most ``limit``; and how many match in all."""
    query = parse_query(words)
    statement = count_sql(query)
    base = open_base(settings.database, read_only=True)
    with closing(base.conn), translating(base):
        rows = [_row(row, SEARCH_COLUMNS) for row in search_facts(base.conn, query, limit=limit)]
        (total,) = base.conn.execute(statement.sql, statement.params).fetchone()
    return rows, int(total)


def compare_rows(settings: Settings, *, programme: str | None, limit: int) -> tuple[list[Row], int]:
    """Announced and reported figures side by side, those of different documents first."""
    base = open_base(settings.database, read_only=True)
    with closing(base.conn), translating(base):
        values = {"programme": programme, "limit": limit}
        cursor = base.conn.execute(_COMPARISONS, values)
        names = [column[0] for column in cursor.description]
        rows = [_row(dict(zip(names, row, strict=True)), COMPARE_COLUMNS) for row in cursor]
        (total,) = base.conn.execute(f"SELECT count(*) {_PAIRS}", values).fetchone()
    return rows, int(total)


def _row(found: Row, columns: tuple[str, ...]) -> Row:
    return {name: _value(name, found[name]) for name in columns}


def _value(name: str, value: object) -> object:
    if name in _FLAGS:
        return bool(value)
    if name in _NUMBERS and value is not None:
        return exact(Decimal(str(value)))
    return value


def search_table(rows: list[Row]) -> Table:
    """Date and source, figure with its status, and the sentence that says it."""
    table = new_table()
    table.add_column("published", ratio=3)
    table.add_column("figure", ratio=4)
    table.add_column("sentence", ratio=9)
    table.expand = True
    table.leading = 1
    for row in rows:
        table.add_row(
            _lines(row["published_on"], row["source"]),
            _lines(row["text"], row["object"], row["status"], row["territory"]),
            cell(row["sentence"]),
        )
    return table


def compare_table(rows: list[Row]) -> Table:
    """Programme and rate, then both figures, each over its date, status and sentence."""
    table = new_table()
    table.add_column("programme", ratio=3)
    table.add_column("announced", ratio=6)
    table.add_column("reported", ratio=6)
    table.expand = True
    table.leading = 1
    for row in rows:
        table.add_row(
            _lines(row["programme"], row["measure"], _rate(row)),
            _side(row, "announced"),
            _side(row, "reported"),
        )
    return table


def _side(row: Row, side: str) -> str:
    dated = " · ".join(cell(row[f"{side}_{what}"]) for what in ("on", "status"))
    return _lines(row[side], dated, f"« {cell(row[f'{side}_sentence'])} »")


def _rate(row: Row) -> str:
    ratio = row["ratio"]
    if row["relation"] == "contradicts":
        return "contradicts"
    return f"{Decimal(str(ratio)):.1%}" if ratio is not None else "no rate"


def _lines(*values: object) -> str:
    return "\n".join(cell(value) for value in values if value is not None)
