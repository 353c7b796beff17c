"""The whole path over the embedded newsroom: what a run does, and what a second one leaves be."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from recoupe.corpus.feeds import CLOSED_FOLDER
from recoupe.corpus.newsroom import Newsroom
from recoupe.records import Failure, Source
from recoupe.report import Report, Watcher
from recoupe.run import collect_only, failure_of, run, store_articles
from recoupe.scraper.fetch import Fetcher
from recoupe.settings import Settings

HOLLOW = "<html><head><title>x</title></head><body><nav><a href=/>Accueil</a></nav></body></html>"


def settings_in(folder: Path) -> Settings:
    return Settings(database=folder / "recoupe.db", archive=folder / "recoupe-archive.db", delay=0)


def rows(base: Path, sql: str) -> list[Any]:
    with closing(sqlite3.connect(base)) as db:
        return db.execute(sql).fetchall()


def dump(base: Path) -> dict[str, list[Any]]:
    """Every row of every table but ``runs``, keys included."""
    tables = rows(base, "SELECT name FROM pragma_table_list WHERE schema = 'main'")
    return {
        name: rows(base, f"SELECT rowid, * FROM {name}")
        for (name,) in tables
        if name != "runs" and not name.startswith(("sqlite_", "sentences_fts"))
    }


@pytest.fixture
def again(harvest: tuple[Newsroom, Path], base: Path) -> Iterator[Callable[..., Report]]:
    """Run once more over the newsroom that was collected before, with a copy of its base."""
    newsroom, _ = harvest
    pages, removed = dict(newsroom._pages), set(newsroom._removed)

    def job(**options: Any) -> Report:
        return run(
            settings_in(base.parent), newsroom.sources(), newsroom=newsroom.address, **options
        )

    yield job
    newsroom._pages, newsroom._removed = pages, removed


# --- a first run ----------------------------------------------------------------------------------


def test_a_run_leaves_documents_figures_and_comparisons(base: Path) -> None:
    assert rows(base, "SELECT count(*) FROM documents") == [(5,)]
    families = "SELECT count(DISTINCT source_id), count(DISTINCT kind) FROM documents"
    assert rows(base, families) == [(3, 2)]
    assert rows(base, "SELECT count(*) > 100 FROM facts") == [(1,)]
    across = "SELECT count(*) >= 2 FROM comparisons WHERE basis = 'base'"
    assert rows(base, across) == [(1,)]
    assert rows(base, "SELECT count(*) FROM failures") == [(0,)]


def test_a_run_keeps_its_row_in_the_journal(base: Path) -> None:
    journal = "SELECT command, outcome, documents, failures, ended_at NOTNULL, fetched FROM runs"
    ((command, outcome, documents, failures, ended, fetched),) = rows(base, journal)
    assert (command, outcome, documents, failures, ended) == ("run", "ok", 5, 0, 1)
    assert fetched > documents


def test_every_stored_offset_spells_its_text(base: Path) -> None:
    tables = ("quantities", "dates", "territory_mentions", "person_mentions", "quotes")
    for table in (*tables, "organisation_mentions", "programme_mentions", "reference_mentions"):
        wrong = (
            f"SELECT count(*) FROM {table} AS m JOIN document_versions AS v ON v.id = version_id "
            "WHERE substr(v.text, start_char + 1, end_char - start_char) != m.text"
        )
        assert rows(base, wrong) == [(0,)], table


# --- a second run ---------------------------------------------------------------------------------


@pytest.mark.usefixtures("never_loaded")
def test_a_second_run_over_unchanged_pages_writes_nothing(
    again: Callable[..., Report], base: Path
) -> None:
    before, archived = dump(base), rows(base.with_name("recoupe-archive.db"), _CONTENT)
    report = again()
    assert (report.fetched, report.documents, report.rows_written) == (0, 0, 0)
    assert report.unchanged > 5
    assert report.exit_code == 0
    assert dump(base) == before
    assert rows(base.with_name("recoupe-archive.db"), _CONTENT) == archived


_CONTENT = "SELECT url, sha256, changed_at, status, etag FROM resources"


@pytest.mark.usefixtures("never_loaded")
def test_a_second_run_is_answered_304_for_every_page(
    again: Callable[..., Report], harvest: tuple[Newsroom, Path]
) -> None:
    newsroom, _ = harvest
    newsroom.requests.clear()
    again()
    statuses = {
        status for (path, status), _ in newsroom.requests.items() if not path.startswith("/.well")
    }
    assert {status for (path, status) in newsroom.requests if path == "/robots.txt"} == {200}
    assert statuses == {200, 304}
    read_whole = [path for (path, status) in newsroom.requests if status == 200]
    assert read_whole == ["/robots.txt"]


@pytest.mark.usefixtures("loaded")
def test_a_corrected_page_alone_is_extracted_again(
    again: Callable[..., Report], harvest: tuple[Newsroom, Path], base: Path
) -> None:
    newsroom, _ = harvest
    path = newsroom.documents[0].path
    body = newsroom.page(path).body.decode()
    newsroom.replace(path, re.sub(r"42\smillions", "43 millions", body))
    report = again()
    assert (report.fetched, report.documents) == (1, 1)
    versions = rows(
        base,
        f"SELECT count(*) FROM document_versions JOIN documents d ON "
        f"d.id = document_id WHERE url LIKE '%{path}'",
    )
    assert versions == [(2,)]


@pytest.mark.usefixtures("never_loaded")
def test_a_page_that_is_gone_is_dated_and_kept(
    again: Callable[..., Report], harvest: tuple[Newsroom, Path], base: Path
) -> None:
    newsroom, _ = harvest
    newsroom.remove(newsroom.documents[0].path)
    report = again()
    assert (report.gone, report.exit_code) == (1, 0)
    assert rows(base, "SELECT count(*), count(gone_at) FROM documents") == [(5, 1)]


@pytest.mark.usefixtures("loaded")
def test_a_page_without_an_article_fails_once_and_is_taken_up_when_mended(
    again: Callable[..., Report], harvest: tuple[Newsroom, Path], base: Path
) -> None:
    newsroom, _ = harvest
    path = newsroom.documents[0].path
    whole = newsroom.page(path).body
    newsroom.replace(path, HOLLOW)
    first = again()
    assert [failure.stage for failure in first.failures] == ["read"]
    assert (first.exit_code, first.documents) == (3, 0)
    assert rows(base, "SELECT outcome FROM runs ORDER BY id")[-1] == ("partial",)
    second = again()
    assert (second.failures, second.exit_code) == ([], 0)
    assert second.base
    assert second.base.failures == 1
    newsroom.replace(path, whole + b"<!-- mended -->")
    third = again()
    assert (third.documents, third.exit_code) == (1, 0)
    assert third.base
    assert third.base.failures == 0


@pytest.mark.usefixtures("loaded")
def test_an_error_of_the_reader_or_of_the_base_concerns_one_document(
    again: Callable[..., Report],
    harvest: tuple[Newsroom, Path],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    newsroom, _ = harvest
    for document in newsroom.documents[:2]:
        newsroom.replace(document.path, newsroom.page(document.path).body + b"<!-- -->")
    monkeypatch.setattr("recoupe.run.read_snapshot", _raising(newsroom.documents[0].path))
    report = again()
    assert [(failure.stage, failure.error) for failure in report.failures] == [
        ("read", "RecursionError")
    ]
    assert report.documents == 1


def _raising(path: str) -> Callable[..., Any]:
    from recoupe.scraper.reader import read_snapshot

    def read(snapshot: Any, **options: Any) -> Any:
        if snapshot.url.endswith(path):
            raise RecursionError("too deep")
        return read_snapshot(snapshot, **options)

    return read


# --- parts of a run -------------------------------------------------------------------------------


@pytest.mark.usefixtures("loaded")
def test_what_is_collected_first_is_extracted_later(newsroom: Newsroom, tmp_path: Path) -> None:
    settings, sources = settings_in(tmp_path), newsroom.sources()
    collected = collect_only(settings, sources, newsroom=newsroom.address, limit=1)
    assert (collected.documents, collected.exit_code) == (0, 0)
    report = run(settings, (), declared=sources)
    assert report.documents == 3
    outcomes = rows(settings.database, "SELECT command, outcome, fetched > 0, documents FROM runs")
    assert outcomes == [("collect", "ok", 1, 0), ("run", "ok", 0, 3)]


@pytest.mark.usefixtures("never_loaded")
def test_an_interrupted_run_is_marked_so_and_keeps_what_it_had(
    newsroom: Newsroom, tmp_path: Path
) -> None:
    def interrupt(_: object) -> None:
        raise KeyboardInterrupt

    settings = settings_in(tmp_path)
    with pytest.raises(KeyboardInterrupt):
        run(
            settings,
            newsroom.sources(),
            newsroom=newsroom.address,
            watcher=Watcher(outcome=interrupt),
        )
    journal = "SELECT outcome, fetched, ended_at NOTNULL FROM runs"
    assert rows(settings.database, journal) == [("interrupted", 1, 1)]
    assert rows(settings.archive, "SELECT count(*) FROM resources") == [(1,)]


def test_inputs_that_could_not_be_read_are_counted_not_kept(tmp_path: Path) -> None:
    failure = Failure(stage="read", error="ReadError", message="a.txt: no such file")
    report = store_articles(settings_in(tmp_path), [failure])
    assert (report.failures, report.exit_code) == ([failure], 3)
    assert rows(tmp_path / "recoupe.db", "SELECT count(*) FROM failures") == [(0,)]
    assert rows(tmp_path / "recoupe.db", "SELECT outcome FROM runs") == [("partial",)]


# --- the exit code of a run -----------------------------------------------------------------------


def failed(error: str) -> Failure:
    return Failure(stage="fetch", error=error, message="m", url="https://x.fr/")


@pytest.mark.parametrize(
    ("report", "code"),
    [
        (Report(), 0),
        (Report(fetched=3, refused=2), 0),
        (Report(unchanged=3), 0),
        (Report(fetched=1, failures=[failed("NetworkError")]), 3),
        (Report(documents=1, failures=[failed("ReadError")]), 3),
        (Report(failures=[failed("NetworkError"), failed("NetworkError")]), 6),
        (Report(failures=[failed("NetworkError"), failed("ReadError")]), 3),
        (Report(failures=[failed("NetworkError")], refused=1), 3),
        (Report(refused=2), 5),
    ],
)
def test_the_exit_code_says_how_far_a_run_came(report: Report, code: int) -> None:
    assert report.exit_code == code


@pytest.mark.usefixtures("never_loaded")
def test_a_port_where_nothing_answers_is_a_network_trouble(
    newsroom: Newsroom, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Fetcher, "_pause", lambda *_: 0.0)
    address, sources = newsroom.address, newsroom.sources()
    newsroom.__exit__(None, None, None)
    report = run(settings_in(tmp_path), sources, newsroom=address)
    assert report.exit_code == 6
    assert {failure.error for failure in report.failures} == {"NetworkError"}
    assert all(address in failure.message for failure in report.failures)


@pytest.mark.usefixtures("never_loaded")
def test_a_source_that_robots_txt_closes_is_refused(newsroom: Newsroom, tmp_path: Path) -> None:
    closed = f"{newsroom.base_url}{CLOSED_FOLDER}rss.xml"
    source = Source(
        name="clos", title="Clos", kind="press", hosts=(newsroom.address,), feeds=(closed,)
    )
    report = run(settings_in(tmp_path), [source], newsroom=newsroom.address)
    assert (report.exit_code, report.refused) == (5, 1)
    assert "robots.txt" in report.refusals[0]


def test_a_failure_bears_a_public_name_and_the_message_of_its_error() -> None:
    from recoupe.scraper.fetch import _PassingError

    failure = failure_of("fetch", _PassingError("x.fr kept silent"), url="https://x.fr/")
    assert (failure.error, failure.message) == ("NetworkError", "x.fr kept silent")
    other = failure_of("extract", ValueError("odd"), url="https://x.fr/")
    assert (other.error, other.message) == ("ValueError", "ValueError: odd")
