"""One figure: as printed and as normalised, its sentence between its neighbours, its provenance."""

from __future__ import annotations

import sqlite3

from markupsafe import Markup

from recoupe.db.site import figures, pairs
from recoupe.db.site import format as french
from recoupe.db.site.figures import Figure
from recoupe.db.site.marks import Mark, draw
from recoupe.db.site.pages import Page, Visit

_ELSEWHERE = 20
_NEIGHBOURS = """
SELECT start_char < ? AS is_before, text FROM sentences
WHERE version_id = ? AND (end_char <= ? OR start_char >= ?)
  AND position BETWEEN
    (SELECT min(position) - 1 FROM sentences WHERE version_id = ? AND end_char > ?) AND
    (SELECT max(position) + 1 FROM sentences WHERE version_id = ? AND start_char < ?)
ORDER BY position
"""


def read(connection: sqlite3.Connection, visit: Visit) -> Page | None:
    """The page of ``/faits/<id>``; ``None`` for an unknown id."""
    number = visit.whole("id")
    found = [] if number is None else figures.read(connection, "WHERE f.id = ?", [number])
    if not found:
        return None
    figure = found[0]
    neighbours = _neighbours(connection, figure)
    return Page(
        template="figure.html",
        context={
            "section": "search",
            "figure": figure,
            "before": [row["text"] for row in neighbours if row["is_before"]],
            "after": [row["text"] for row in neighbours if not row["is_before"]],
            "sentence": marked_sentence(figure, with_status=True),
            "pairs": _pairs(connection, figure),
            "elsewhere": _elsewhere(connection, figure),
            "citation": citation(figure),
        },
    )


def marked_sentence(
    figure: Figure, *, with_status: bool = False, href: str | None = None
) -> Markup:
    """The sentence with its figure marked, and the words that gave the status if asked for."""
    marks = [
        Mark(start=figure.start, end=figure.end, kind="quantity", href=href, title=figure.exact)
    ]
    if with_status and figure.marker_start is not None and figure.marker_end is not None:
        marks.append(
            Mark(
                start=figure.marker_start,
                end=figure.marker_end,
                kind="status",
                label="statut",
                title=figure.status_label,
            )
        )
    return draw(figure.sentence, marks, offset=figure.evidence_start)


def citation(figure: Figure) -> str:
    """What to paste under a figure that is quoted: the words, who printed them, when, where."""
    said = f"«{french.NBSP}{' '.join(figure.sentence.split())}{french.NBSP}»"
    parts = [
        said,
        f"«{french.NBSP}{figure.title}{french.NBSP}»" if figure.title else "",
        figure.publisher if figure.source else "",
        french.day(figure.published_on),
        figure.address or "",
    ]
    return (
        ", ".join(part for part in parts if part) + f" (Recoupe, fait n°{french.NBSP}{figure.id})"
    )


def _neighbours(connection: sqlite3.Connection, figure: Figure) -> list[sqlite3.Row]:
    start, end, version = figure.evidence_start, figure.evidence_end, figure.version_id
    return connection.execute(
        _NEIGHBOURS, (start, version, start, end, version, start, version, end)
    ).fetchall()


def _pairs(connection: sqlite3.Connection, figure: Figure) -> list[pairs.Pair]:
    return pairs.read(
        connection,
        "WHERE c.id IN (SELECT id FROM comparisons WHERE left_fact_id = :id UNION ALL"
        " SELECT id FROM comparisons WHERE right_fact_id = :id)"
        " ORDER BY c.relation, c.basis, c.id LIMIT 50",
        {"id": figure.id},
    )


def _elsewhere(connection: sqlite3.Connection, figure: Figure) -> list[Figure]:
    """The same value and unit of the same programme, or of the same thing where none is named."""
    if figure.value is None or (figure.programme_id is None and figure.measure is None):
        return []
    return figures.read(
        connection,
        "WHERE f.is_current AND f.document_id <> :document AND f.kind = :kind"
        " AND f.value_sort = :sort AND q.value = :value AND q.unit IS :unit"
        " AND f.programme_id IS :programme AND (:programme IS NOT NULL OR f.measure IS :measure)"
        " ORDER BY f.published_on, f.id LIMIT :limit",
        {
            "document": figure.document_id,
            "kind": figure.kind,
            "sort": float(figure.value),
            "value": figure.value,
            "unit": figure.unit,
            "programme": figure.programme_id,
            "measure": figure.measure,
            "limit": _ELSEWHERE,
        },
    )
