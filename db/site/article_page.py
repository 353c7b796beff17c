"""An article with its mentions marked where they stand, and lists of what was found in it."""

from __future__ import annotations

import sqlite3
from collections import Counter
from dataclasses import dataclass

from markupsafe import Markup

from recoupe.db.site import figures
from recoupe.db.site import format as french
from recoupe.db.site.figures import Figure
from recoupe.db.site.labels import label
from recoupe.db.site.links import web_address
from recoupe.db.site.marks import Mark, draw, paragraphs
from recoupe.db.site.pages import Page, Visit

_DOCUMENT = """
SELECT d.*, s.title AS source, s.name AS source_name, s.licence
FROM documents d LEFT JOIN sources s ON s.id = d.source_id WHERE d.id = ?
"""
_VERSIONS = """
SELECT id, seen_at, pipeline, model, text FROM document_versions
WHERE document_id = ? ORDER BY seen_at DESC, id DESC
"""
#: Every mention but the figures: kind, span, and what to say of it when pointed at.
_MENTIONS = """
SELECT 'territory' AS kind, m.start_char, m.end_char,
  coalesce(t.name || ' · ' || t.code, m.level) AS title
FROM territory_mentions m LEFT JOIN territories t ON t.id = m.territory_id WHERE version_id = :v
UNION ALL SELECT 'person', start_char, end_char, coalesce(role, '') FROM person_mentions
  WHERE version_id = :v
UNION ALL SELECT 'organisation', m.start_char, m.end_char, o.name FROM organisation_mentions m
  JOIN organisations o ON o.id = m.organisation_id WHERE version_id = :v
UNION ALL SELECT 'programme', m.start_char, m.end_char, p.name FROM programme_mentions m
  JOIN programmes p ON p.id = m.programme_id WHERE version_id = :v
UNION ALL SELECT 'date', start_char, end_char, coalesce(date_from, '') || '/'
  || coalesce(date_to, '') FROM dates WHERE version_id = :v
UNION ALL SELECT 'quote', start_char, end_char, coalesce(speaker, '') FROM quotes
  WHERE version_id = :v
ORDER BY 2, 3
"""
_PEOPLE = """
SELECT p.name, m.role, m.organisation, count(*) AS mentions
FROM person_mentions m JOIN people p ON p.id = m.person_id WHERE m.version_id = ?
GROUP BY p.id, m.role, m.organisation ORDER BY min(m.start_char)
"""
_TERRITORIES = """
SELECT t.name, t.level, t.code, t.code_system, count(*) AS mentions
FROM territory_mentions m JOIN territories t ON t.id = m.territory_id WHERE m.version_id = ?
GROUP BY t.id ORDER BY mentions DESC, min(m.start_char)
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class LegendEntry:
    """One kind of mark, its word and how many of them the text has."""

    kind: str
    word: str
    count: int


def read(connection: sqlite3.Connection, visit: Visit) -> Page | None:
    """The page of ``/articles/<id>``, of ``?version=`` if one is given; ``None`` if unknown."""
    document = connection.execute(_DOCUMENT, (visit.whole("id"),)).fetchone()
    if document is None:
        return None
    versions = connection.execute(_VERSIONS, (document["id"],)).fetchall()
    wanted = visit.whole("version") or document["current_version_id"]
    version = next(
        (row for row in versions if row["id"] == wanted), versions[0] if versions else None
    )
    if version is None:
        return None
    found = figures.read(
        connection, "WHERE f.version_id = ? ORDER BY q.start_char", [version["id"]]
    )
    marks = [*_figure_marks(found, visit), *_mention_marks(connection, version["id"])]
    return Page(
        template="article.html",
        context={
            "section": "search",
            "document": document,
            "address": web_address(document["url"]),
            "version": version,
            "versions": versions,
            "is_current": version["id"] == document["current_version_id"],
            "paragraphs": _drawn(version["text"], marks),
            "legend": _legend(marks),
            "figures": found,
            "people": connection.execute(_PEOPLE, (version["id"],)).fetchall(),
            "territories": connection.execute(_TERRITORIES, (version["id"],)).fetchall(),
        },
    )


def _drawn(text: str, marks: list[Mark]) -> list[Markup]:
    return [draw(paragraph, marks, offset=start) for start, paragraph in paragraphs(text)]


def _figure_marks(found: list[Figure], visit: Visit) -> list[Mark]:
    return [
        Mark(
            start=figure.start,
            end=figure.end,
            kind="quantity",
            label=label("kinds", figure.kind) if figure.status == "none" else figure.status_label,
            anchor=f"f{figure.id}",
            href=visit.path(f"/faits/{figure.id}"),
            title=f"{figure.exact} ({label('kinds', figure.kind)})",
        )
        for figure in found
    ]


def _mention_marks(connection: sqlite3.Connection, version_id: int) -> list[Mark]:
    return [
        Mark(
            start=row["start_char"],
            end=row["end_char"],
            kind=row["kind"],
            label=label("marks", row["kind"]),
            title=_explained(row["kind"], row["title"]),
        )
        for row in connection.execute(_MENTIONS, {"v": version_id})
    ]


def _explained(kind: str, title: str | None) -> str:
    if kind == "date" and title:
        start, _, end = title.partition("/")
        return french.period(start or None, end or None)
    return label("levels", title) if kind == "territory" else title or ""


def _legend(marks: list[Mark]) -> list[LegendEntry]:
    counts = Counter(mark.kind for mark in marks)
    return [
        LegendEntry(kind=kind, word=label("marks", kind), count=count)
        for kind, count in counts.most_common()
    ]
