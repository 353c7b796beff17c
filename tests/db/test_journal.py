"""Runs and failures are kept so that the next run, and the reader, know of them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlite_utils import Database

from recoupe.db import journal
from recoupe.db.store import is_stored, store
from recoupe.records import Extraction, Failure, Pipeline

PIPELINE = Pipeline(name="recoupe", version="0.1.0", model="fr_core_news_md 3.8.0")
NEWER = Pipeline(name="recoupe", version="0.2.0", model="fr_core_news_md 3.8.0")
BROKEN = Failure(
    stage="read",
    error="ReadError",
    message="no article",
    url="https://g.example/1",
    source="gazette",
    snapshot_sha256="e" * 64,
)


def test_a_run_is_closed_with_what_it_did(db: Database) -> None:
    run = journal.start_run(db, "recoupe run", at="2024-03-05T10:00:00+01:00")
    journal.end_run(db, run, at="2024-03-05T09:30:00Z", outcome="partial", fetched=7, failures=2)
    assert list(db["runs"].rows) == [
        {
            "id": run,
            "command": "recoupe run",
            "started_at": "2024-03-05T09:00:00+00:00",
            "ended_at": "2024-03-05T09:30:00+00:00",
            "outcome": "partial",
            "fetched": 7,
            "unchanged": 0,
            "documents": 0,
            "failures": 2,
            "rows_written": 0,
        }
    ]


def test_a_run_that_wrote_refreshes_the_statistics_of_the_search(
    db: Database, sample_extraction: Callable[..., Extraction]
) -> None:
    idle = journal.start_run(db, "recoupe run", at="2024-03-05T10:00:00Z")
    journal.end_run(db, idle, at="2024-03-05T10:01:00Z", outcome="ok")
    assert "sqlite_stat1" not in db.table_names()
    written = store(db, sample_extraction(), seen_at="2024-03-05").rows_written
    busy = journal.start_run(db, "recoupe run", at="2024-03-05T10:00:00Z")
    journal.end_run(db, busy, at="2024-03-05T10:01:00Z", outcome="ok", rows_written=written)
    found = {row["tbl"] for row in db["sqlite_stat1"].rows}
    assert {"facts", "sentences"} <= found


def test_a_run_that_never_ended_was_killed(db: Database) -> None:
    first = journal.start_run(db, "recoupe run", at="2024-03-05T10:00:00Z")
    second = journal.start_run(db, "recoupe run", at="2024-03-06T10:00:00Z")
    found = {row["id"]: row["outcome"] for row in db["runs"].rows}
    assert found == {first: "killed", second: None}


def test_the_same_failure_again_is_one_row_with_its_last_day(db: Database) -> None:
    journal.record_failure(db, BROKEN, at="2024-03-05T10:00:00Z")
    journal.record_failure(db, BROKEN, at="2024-03-06T10:00:00Z")
    ((first, last),) = db.conn.execute("SELECT first_at, last_at FROM failures").fetchall()
    assert (first[:10], last[:10]) == ("2024-03-05", "2024-03-06")
    assert journal.open_failures(db.conn) == [BROKEN]


@pytest.mark.parametrize(
    "found_by", [{"url": "https://g.example/1"}, {"snapshot_sha256": "e" * 64}]
)
def test_a_failure_is_resolved_when_the_document_gets_through(
    db: Database, found_by: dict[str, str]
) -> None:
    journal.record_failure(db, BROKEN, at="2024-03-05T10:00:00Z")
    assert journal.resolve_failure(db, at="2024-03-06T10:00:00Z", **found_by) == 1
    assert journal.open_failures(db.conn) == []
    journal.record_failure(db, BROKEN, at="2024-03-07T10:00:00Z")
    assert journal.open_failures(db.conn) == [BROKEN]


def test_a_failure_without_address_resolves_nothing_else(db: Database) -> None:
    nameless = Failure(stage="extract", error="ValueError", message="odd")
    journal.record_failure(db, nameless, at="2024-03-05T10:00:00Z")
    assert journal.resolve_failure(db, at="2024-03-06T10:00:00Z", url="https://g.example/1") == 0
    assert journal.open_failures(db.conn) == [nameless]


def test_what_failed_is_tried_again_by_a_newer_pipeline_only(db: Database) -> None:
    journal.record_failure(db, BROKEN, at="2024-03-05T10:00:00Z", pipeline=PIPELINE)
    assert is_stored(db.conn, "e" * 64, pipeline=PIPELINE)
    assert not is_stored(db.conn, "e" * 64, pipeline=NEWER)
    journal.resolve_failure(db, at="2024-03-06T10:00:00Z", snapshot_sha256="e" * 64)
    assert not is_stored(db.conn, "e" * 64, pipeline=PIPELINE)


def test_the_summary_counts_what_is_current(
    db: Database, sample_extraction: Callable[..., Extraction]
) -> None:
    store(db, sample_extraction(), seen_at="2024-03-05")
    store(db, sample_extraction(article_title="Autre titre"), seen_at="2024-03-06")
    journal.record_failure(db, BROKEN, at="2024-03-05T10:00:00Z")
    assert journal.count(db.conn) == journal.Counts(documents=1, facts=4, comparisons=4, failures=1)
