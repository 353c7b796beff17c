"""Announced and reported side by side, contradictions apart, and what is never compared."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence

from recoupe.db.site import figures, pairs
from recoupe.db.site.chart import timeline
from recoupe.db.site.figures import Figure
from recoupe.db.site.labels import labels
from recoupe.db.site.pages import Page, Visit

_PER_PAGE = 15
_CONTRADICTIONS = 10
_TIMELINE = 200
_OPTIONS = 300
_ORDER = (
    " ORDER BY CASE c.basis WHEN 'base' THEN 0 WHEN 'document' THEN 1 ELSE 2 END,"
    " r.published_on DESC, c.id DESC LIMIT :limit OFFSET :offset"
)
_FILTERS = {
    "programme": " AND :programme IN (l.programme_id, r.programme_id)",
    "territoire": " AND :territoire IN (l.territory_id, r.territory_id)",
    "statut": " AND :statut IN (l.status, r.status)",
}
_BASES = ("base", "document", "sentence")


def read(connection: sqlite3.Connection, visit: Visit) -> Page:
    """The page of ``/comparer``."""
    chosen = _chosen(visit)
    rates = _where("announced_vs_reported", chosen)
    counts = _counts(connection, rates, chosen)
    total = sum(counts.values())
    page = min(visit.page, max(1, -(-total // _PER_PAGE)))
    limits = {"limit": _PER_PAGE, "offset": (page - 1) * _PER_PAGE}
    contradictions = pairs.read(
        connection,
        _where("contradicts", chosen) + _ORDER,
        {**chosen, "limit": _CONTRADICTIONS, "offset": 0},
    )
    return Page(
        template="comparisons.html",
        context={
            "section": "compare",
            "pairs": pairs.read(connection, rates + _ORDER, {**chosen, **limits}),
            "counts": counts,
            "total": total,
            "contradictions": contradictions,
            "chosen": chosen,
            "programmes": _options(connection, "programme"),
            "territories": _options(connection, "territory"),
            "statuses": labels()["statuses"],
            "timeline": timeline(_over_time(connection, chosen)),
            "previous": visit.address("/comparer", page=page - 1) if page > 1 else None,
            "next": visit.address("/comparer", page=page + 1) if page * _PER_PAGE < total else None,
            "page": page,
        },
    )


def _chosen(visit: Visit) -> dict[str, object]:
    """The filters that the address sets to something that may exist."""
    chosen: dict[str, object] = {
        name: value
        for name in ("programme", "territoire")
        if (value := visit.whole(name)) is not None
    }
    status = visit.get("statut")
    return {**chosen, "statut": status} if status in labels()["statuses"] else chosen


def _where(relation: str, chosen: Mapping[str, object]) -> str:
    return f"WHERE c.relation = '{relation}'" + "".join(_FILTERS[name] for name in chosen)


def _counts(
    connection: sqlite3.Connection, where: str, chosen: Mapping[str, object]
) -> dict[str, int]:
    rows = connection.execute(
        f"SELECT c.basis, count(*) FROM {pairs.JOINED} {where} GROUP BY c.basis", dict(chosen)
    )
    found = dict(rows.fetchall())
    return {basis: found[basis] for basis in _BASES if basis in found}


def _options(connection: sqlite3.Connection, name: str) -> Sequence[sqlite3.Row]:
    """The programmes or territories that stand in a comparison, for the lists of the filter."""
    table = {"programme": "programmes", "territory": "territories"}[name]
    return connection.execute(
        f"SELECT DISTINCT o.id, o.name FROM {pairs.JOINED}"
        f" JOIN {table} o ON o.id IN (l.{name}_id, r.{name}_id)"
        " WHERE c.relation IN ('announced_vs_reported', 'contradicts') ORDER BY o.name LIMIT ?",
        (_OPTIONS,),
    ).fetchall()


def _over_time(connection: sqlite3.Connection, chosen: Mapping[str, object]) -> list[Figure]:
    """The amounts of the chosen programme that have a status and a day."""
    if "programme" not in chosen:
        return []
    return figures.read(
        connection,
        "WHERE f.is_current AND f.programme_id = ? AND f.kind = 'amount' AND f.unit = 'EUR'"
        " AND f.side IS NOT NULL AND f.published_on IS NOT NULL AND q.value IS NOT NULL"
        " AND q.per IS NULL ORDER BY f.published_on, f.id LIMIT ?",
        [chosen["programme"], _TIMELINE],
    )
