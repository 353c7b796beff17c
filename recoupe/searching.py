"""Read the base for the command line: search, comparisons, status."""

from __future__ import annotations

from contextlib import closing

from recoupe.db.connection import open_base
from recoupe.db.journal import count
from recoupe.db.query import parse_query
from recoupe.db.search import search_facts
from recoupe.settings import Settings

SEARCH_COLUMNS = ("fact_id", "published_on", "figure", "status", "source", "sentence")
COMPARE_COLUMNS = (
    *("relation", "programme", "announced", "announced_on", "reported", "reported_on", "ratio"),
    *("announced_sentence", "reported_sentence"),
)
_COMPARISONS = """
SELECT c.relation, c.basis, p.name AS programme,
  lq.text AS announced, l.status AS announced_status, l.published_on AS announced_on,
  rq.text AS reported, r.status AS reported_status, r.published_on AS reported_on, c.ratio,
  ls.text AS announced_sentence, rs.text AS reported_sentence
FROM comparisons AS c
JOIN facts AS l ON l.id = c.left_fact_id JOIN quantities AS lq ON lq.id = l.quantity_id
JOIN facts AS r ON r.id = c.right_fact_id JOIN quantities AS rq ON rq.id = r.quantity_id
LEFT JOIN sentences AS ls ON ls.id = l.sentence_id
LEFT JOIN sentences AS rs ON rs.id = r.sentence_id
LEFT JOIN programmes AS p ON p.id = r.programme_id
WHERE c.relation IN ('announced_vs_reported', 'contradicts') AND l.is_current AND r.is_current
  AND (? IS NULL OR p.name = ?)
ORDER BY c.relation, c.basis, p.name, r.published_on, c.id
"""


def search_rows(settings: Settings, words: str, *, limit: int) -> list[dict[str, object]]:
    """The figures that match, latest first."""
    base = open_base(settings.database, read_only=True)
    with closing(base.conn):
        return [dict(row) for row in search_facts(base.conn, parse_query(words), limit=limit)]


def compare_rows(settings: Settings, *, programme: str | None) -> list[dict[str, object]]:
    """Announced and reported figures side by side, those of different documents first."""
    base = open_base(settings.database, read_only=True)
    with closing(base.conn):
        cursor = base.conn.execute(_COMPARISONS, (programme, programme))
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor]


def status_rows(settings: Settings) -> list[dict[str, object]]:
    """Each setting with its origin, then the counts of the base where there is one."""
    rows: list[dict[str, object]] = [
        {"name": name, "value": str(getattr(settings, name)), "origin": origin}
        for name, origin in settings.origins.items()
    ]
    if settings.database.exists():
        base = open_base(settings.database, read_only=True)
        with closing(base.conn):
            counts = count(base.conn)
        rows += [
            {"name": name, "value": getattr(counts, name), "origin": str(settings.database)}
            for name in ("documents", "facts", "comparisons", "failures")
        ]
    return rows
