"""Write what the pipeline found to the base, one transaction for each call.

Writing the same extraction again changes no row; writing a new one of the same wording changes
what differs, and deletes what is no longer found. A new wording of the same address is a new
version; the figures of the older one stay, no longer current.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sqlite_utils import Database

from recoupe.db import rows, tables
from recoupe.db.connection import transaction
from recoupe.db.content import Version, write_content
from recoupe.db.tables import Row, upsert
from recoupe.errors import DocumentError
from recoupe.records import Article, Extraction, Pipeline, Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An extraction to be stored, when its wording was seen, and the source it came from."""

    extraction: Extraction
    seen_at: str
    source: Source | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """Where an extraction stands in the base; ``rows_written`` is 0 if nothing was new.

    It is SQLite's own count: rows inserted, changed and deleted, those of the index included.
    """

    document_id: int
    version_id: int
    rows_written: int


@dataclass(frozen=True, slots=True)
class _Document:
    """A document of the base, with when its current wording was seen."""

    id: int
    current_version_id: int | None
    seen_at: str | None


@dataclass(frozen=True, slots=True)
class _Wording:
    """A version of the base, with the snapshot it was last read from."""

    id: int
    snapshot_sha256: str | None
    seen_at: str


def store(
    db: Database, extraction: Extraction, *, seen_at: str, source: Source | None = None
) -> Stored:
    """Write one extraction; ``seen_at`` is the ISO instant at which its snapshot was taken.

    Raises `OffsetError` or another `DocumentError` for an extraction that cannot be stored, and
    `DatabaseError` where the base cannot be written; nothing of it is written then.
    """
    return store_many(db, [Entry(extraction=extraction, seen_at=seen_at, source=source)])[0]


def store_many(db: Database, entries: Iterable[Entry]) -> list[Stored]:
    """Write several extractions in one transaction, which spares the full-text index.

    All of them are written or none: the error of one is raised before another is touched, or
    undoes them all.
    """
    batch = list(entries)
    for entry in batch:
        _check(entry.extraction)
    with transaction(db) as conn:
        return [_write(conn, entry) for entry in batch]


def mark_gone(db: Database, address: str, *, at: str) -> None:
    """Record that an address answered 404 or 410; its figures stay, dated."""
    with transaction(db) as conn:
        conn.execute(
            "UPDATE documents SET gone_at = ? WHERE address = ? AND gone_at IS NULL",
            (rows.in_utc(at), address),
        )


def pending(
    conn: sqlite3.Connection, snapshots: Iterable[str], *, pipeline: Pipeline
) -> Iterator[str]:
    """Those of the snapshots (sha256) that this pipeline has neither stored nor failed on."""
    for snapshot in snapshots:
        if not is_stored(conn, snapshot, pipeline=pipeline):
            yield snapshot


def is_stored(
    conn: sqlite3.Connection,
    snapshot_sha256: str,
    *,
    pipeline: Pipeline,
    address: str | None = None,
) -> bool:
    """Whether this pipeline has nothing left to do for these bytes (at ``address``, if given).

    It has stored what they say, be it from other bytes, or failed on them.
    """
    stored = conn.execute(
        "SELECT 1 FROM version_snapshots AS read "
        "JOIN document_versions AS version ON version.id = read.version_id "
        "JOIN documents ON documents.id = version.document_id "
        "WHERE read.snapshot_sha256 = :snapshot AND pipeline = :pipeline AND model = :model "
        "AND (:address IS NULL OR address = :address) LIMIT 1",
        {
            "snapshot": snapshot_sha256,
            "pipeline": rows.pipeline_name(pipeline),
            "model": pipeline.model,
            "address": address,
        },
    ).fetchone()
    failed = conn.execute(
        "SELECT 1 FROM failures WHERE snapshot_sha256 = ? AND pipeline = ? "
        "AND resolved_at IS NULL AND stage IN ('read', 'extract', 'store') LIMIT 1",
        (snapshot_sha256, rows.pipeline_name(pipeline)),
    ).fetchone()
    return stored is not None or failed is not None


def _check(extraction: Extraction) -> None:
    extraction.check()
    try:
        extraction.article.text.encode()
        (extraction.article.title or "").encode()
    except UnicodeEncodeError as error:
        raise DocumentError(
            f"{extraction.article.url or 'a text'} holds half a character at {error.start}, which "
            "no file can hold; nothing of it was stored"
        ) from error


def _write(conn: sqlite3.Connection, entry: Entry) -> Stored:
    before = conn.total_changes
    article, seen_at = entry.extraction.article, rows.in_utc(entry.seen_at)
    document = _find_document(conn, article)
    wording = _find_wording(conn, document, article)
    is_current = _is_current(document, wording, seen_at)
    if document is None or is_current:
        source_id = _source_id(conn, article, entry.source)
        conn.execute(upsert(tables.DOCUMENTS), rows.document_row(article, source_id))
    document_id = document.id if document else _last_id(conn, "documents")
    revived = is_current and not (
        document and wording and wording.id == document.current_version_id
    )
    row = _version_row(entry, document_id, wording, seen_at, revived=revived)
    conn.execute(upsert(tables.VERSIONS), row)
    version = Version(
        id=wording.id if wording else _last_id(conn, "document_versions"),
        document_id=document_id,
        is_current=is_current,
        is_new=wording is None,
    )
    _note_snapshot(conn, version.id, article.snapshot_sha256)
    write_content(conn, entry.extraction, version)
    if is_current:
        _make_current(conn, version)
    return Stored(
        document_id=document_id,
        version_id=version.id,
        rows_written=conn.total_changes - before,
    )


def _note_snapshot(conn: sqlite3.Connection, version_id: int, snapshot: str | None) -> None:
    """Remember the bytes as read, so that no run reads them again."""
    if snapshot is not None:
        conn.execute(
            "INSERT OR IGNORE INTO version_snapshots (snapshot_sha256, version_id) VALUES (?, ?)",
            (snapshot, version_id),
        )


def _find_document(conn: sqlite3.Connection, article: Article) -> _Document | None:
    row = conn.execute(
        "SELECT documents.id, current_version_id, seen_at FROM documents "
        "LEFT JOIN document_versions ON document_versions.id = current_version_id "
        "WHERE address = ?",
        (rows.address_of(article),),
    ).fetchone()
    return _Document(*row) if row else None


def _find_wording(
    conn: sqlite3.Connection, document: _Document | None, article: Article
) -> _Wording | None:
    if document is None:
        return None
    row = conn.execute(
        "SELECT id, snapshot_sha256, seen_at FROM document_versions "
        "WHERE document_id = ? AND version = ?",
        (document.id, article.version),
    ).fetchone()
    return _Wording(*row) if row else None


def _is_current(document: _Document | None, wording: _Wording | None, seen_at: str) -> bool:
    """Whether this wording is the one to show: the last seen, in whatever order they are stored."""
    if document is None or document.current_version_id is None or document.seen_at is None:
        return True
    if wording is not None and wording.id == document.current_version_id:
        return True
    return seen_at >= document.seen_at


def _source_id(conn: sqlite3.Connection, article: Article, source: Source | None) -> int | None:
    name = source.name if source else article.source
    if name is None:
        return None
    if source is not None:
        conn.execute(upsert(tables.SOURCES), rows.source_row(source))
    else:
        conn.execute(
            "INSERT INTO sources (name, title, kind) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
            (name, name, article.kind),
        )
    (identifier,) = conn.execute("SELECT id FROM sources WHERE name = ?", (name,)).fetchone()
    return int(identifier)


def _version_row(
    entry: Entry, document_id: int, wording: _Wording | None, seen_at: str, *, revived: bool
) -> Row:
    """A row of ``document_versions``.

    The same bytes seen again change nothing; other bytes of the same wording, seen later, take
    the place of the first, so that they count as done. An older snapshot never does.
    """
    article, pipeline = entry.extraction.article, entry.extraction.pipeline
    snapshot = article.snapshot_sha256
    if wording is not None:
        same_bytes = snapshot == wording.snapshot_sha256
        older = seen_at < wording.seen_at
        if older or (same_bytes and not revived):
            snapshot, seen_at = wording.snapshot_sha256, wording.seen_at
    return {
        "document_id": document_id,
        "version": article.version,
        "snapshot_sha256": snapshot,
        "seen_at": seen_at,
        "pipeline": rows.pipeline_name(pipeline),
        "model": pipeline.model,
        "text": article.text,
    }


def _make_current(conn: sqlite3.Connection, version: Version) -> None:
    conn.execute(
        "UPDATE documents SET current_version_id = :version "
        "WHERE id = :document AND current_version_id IS NOT :version",
        {"document": version.document_id, "version": version.id},
    )
    conn.execute(
        "UPDATE facts SET is_current = (version_id = :version) "
        "WHERE document_id = :document AND is_current IS NOT (version_id = :version)",
        {"document": version.document_id, "version": version.id},
    )


def _last_id(conn: sqlite3.Connection, table: str) -> int:
    (identifier,) = conn.execute(f"SELECT max(id) FROM {table}").fetchone()
    return int(identifier)
