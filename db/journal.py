"""What runs did and what went wrong: the tables ``runs`` and ``failures``."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from sqlite_utils import Database

from recoupe.db.connection import refresh_statistics, transaction
from recoupe.db.rows import in_utc, pipeline_name
from recoupe.records import Failure, Pipeline, Stage

Outcome = Literal["ok", "partial", "interrupted", "failed"]

#: Each count a run may end with is a column of ``runs``.
_COUNTED: Final = ("fetched", "unchanged", "documents", "failures", "rows_written")

_RECORD_FAILURE: Final = """
INSERT INTO failures
  (stage, source, url, snapshot_sha256, error, message, pipeline, first_at, last_at)
VALUES (:stage, :source, :url, :snapshot, :error, :message, :pipeline, :at, :at)
ON CONFLICT (stage, url, snapshot_sha256) DO UPDATE SET
  source = excluded.source, error = excluded.error, message = excluded.message,
  pipeline = excluded.pipeline, last_at = excluded.last_at, resolved_at = NULL
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How much the base holds; ``facts`` are those of current wordings."""

    documents: int
    facts: int
    comparisons: int
    failures: int


def start_run(db: Database, command: str, *, at: str) -> int:
    """Open a run and return its key; a run that never ended was killed, and is marked so."""
    with transaction(db) as conn:
        conn.execute(
            "UPDATE runs SET outcome = 'killed', ended_at = ? WHERE ended_at IS NULL",
            (in_utc(at),),
        )
        row = conn.execute(
            "INSERT INTO runs (command, started_at) VALUES (?, ?) RETURNING id",
            (command, in_utc(at)),
        ).fetchone()
    return int(row[0])


def end_run(
    db: Database,
    run_id: int,
    *,
    at: str,
    outcome: Outcome,
    fetched: int = 0,
    unchanged: int = 0,
    documents: int = 0,
    failures: int = 0,
    rows_written: int = 0,
) -> None:
    """Close a run with what it did; if it wrote, the search's statistics are taken anew."""
    counts = (fetched, unchanged, documents, failures, rows_written)
    with transaction(db) as conn:
        conn.execute(
            f"UPDATE runs SET ended_at = ?, outcome = ?, {' = ?, '.join(_COUNTED)} = ? "
            "WHERE id = ?",
            (in_utc(at), outcome, *counts, run_id),
        )
    if rows_written:
        refresh_statistics(db)


def record_failure(
    db: Database, failure: Failure, *, at: str, pipeline: Pipeline | None = None
) -> None:
    """Keep why something did not get through; the same thing failing again is one row.

    With ``pipeline``, that pipeline will not try the same bytes again; a newer one will.
    """
    with transaction(db) as conn:
        conn.execute(
            _RECORD_FAILURE,
            {
                "stage": failure.stage,
                "source": failure.source,
                "url": failure.url or "",
                "snapshot": failure.snapshot_sha256 or "",
                "error": failure.error,
                "message": failure.message,
                "pipeline": pipeline_name(pipeline) if pipeline else "",
                "at": in_utc(at),
            },
        )


def resolve_failure(
    db: Database, *, at: str, url: str | None = None, snapshot_sha256: str | None = None
) -> int:
    """Mark the open failures of an address or of some bytes as overcome; returns how many."""
    with transaction(db) as conn:
        cursor = conn.execute(
            "UPDATE failures SET resolved_at = :at WHERE resolved_at IS NULL "
            "AND ((url != '' AND url = :url) OR "
            "(snapshot_sha256 != '' AND snapshot_sha256 = :snapshot))",
            {"at": in_utc(at), "url": url, "snapshot": snapshot_sha256},
        )
    return cursor.rowcount


def open_failures(conn: sqlite3.Connection, *, limit: int = 100) -> Sequence[Failure]:
    """The failures not overcome, the latest first."""
    found = conn.execute(
        "SELECT stage, error, message, url, source, snapshot_sha256 FROM failures "
        "WHERE resolved_at IS NULL ORDER BY last_at DESC, id DESC LIMIT ?",
        (limit,),
    )
    return [_failure(*row) for row in found]


def count(conn: sqlite3.Connection) -> Counts:
    """What a summary says of the base."""
    row = conn.execute(
        "SELECT (SELECT count(*) FROM documents), "
        "(SELECT count(*) FROM facts WHERE is_current), "
        "(SELECT count(*) FROM comparisons), "
        "(SELECT count(*) FROM failures WHERE resolved_at IS NULL)"
    ).fetchone()
    return Counts(documents=row[0], facts=row[1], comparisons=row[2], failures=row[3])


def _failure(
    stage: Stage, error: str, message: str, url: str, source: str | None, snapshot: str
) -> Failure:
    return Failure(
        stage=stage,
        error=error,
        message=message,
        url=url or None,
        source=source,
        snapshot_sha256=snapshot or None,
    )
