"""The first page: what came in last, where announced and reported part, how fresh sources are."""

from __future__ import annotations

import sqlite3
from collections import Counter

from recoupe.db.site import figures, pairs
from recoupe.db.site.figures import Figure
from recoupe.db.site.pages import Page, Visit

_FIGURES = 8
_PER_DOCUMENT = 2
_GAPS = 4

_COUNTS = {
    "figures": "SELECT count(*) FROM facts WHERE is_current",
    "documents": "SELECT count(*) FROM documents",
    "pairs": "SELECT count(*) FROM comparisons WHERE relation = 'announced_vs_reported'",
    "programmes": "SELECT count(*) FROM programmes",
    "territories": "SELECT count(*) FROM territories",
}
_FRESHNESS = """
SELECT s.title, s.name, s.kind, s.licence, count(d.id) AS documents,
  max(d.published_on) AS published_on, max(v.seen_at) AS seen_at
FROM sources s
LEFT JOIN documents d ON d.source_id = s.id
LEFT JOIN document_versions v ON v.id = d.current_version_id
GROUP BY s.id ORDER BY published_on DESC NULLS LAST, s.title
"""


def read(connection: sqlite3.Connection, _visit: Visit) -> Page:
    """Everything of the first page."""
    gaps = pairs.read(
        connection,
        "WHERE c.relation = 'announced_vs_reported' AND c.ratio IS NOT NULL"
        " ORDER BY r.published_on DESC, c.basis, c.id DESC LIMIT ?",
        [_GAPS * 4],
    )
    # A figure may stand against several announcements: one is enough here.
    one_each = list({pair.right.id: pair for pair in reversed(gaps)}.values())[::-1]
    return Page(
        template="home.html",
        context={
            "section": "home",
            "latest": _latest(connection),
            "gaps": one_each[:_GAPS],
            "sources": connection.execute(_FRESHNESS).fetchall(),
            "counts": {
                name: connection.execute(sql).fetchone()[0] for name, sql in _COUNTS.items()
            },
        },
    )


def _latest(connection: sqlite3.Connection) -> list[Figure]:
    """The last figures that say something by themselves, few of any one document."""
    found = figures.read(
        connection,
        "WHERE f.is_current AND f.status <> 'none'"
        " AND f.kind IN ('amount', 'count', 'percent', 'point', 'measure')"
        " ORDER BY f.published_on DESC, f.id DESC LIMIT ?",
        [_FIGURES * 12],
    )
    seen: Counter[int] = Counter()
    chosen = []
    for figure in found:
        seen[figure.document_id] += 1
        if seen[figure.document_id] <= _PER_DOCUMENT:
            chosen.append(figure)
    return chosen[:_FIGURES]
