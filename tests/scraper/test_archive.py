"""The archive of raw pages: what is kept, what is not written twice, what a broken file says."""

from __future__ import annotations

import dataclasses
import hashlib
import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from recoupe.errors import DatabaseError
from recoupe.records import Snapshot
from recoupe.scraper.archive import Archive

URL = "https://exemple.fr/un"


def snap(body: str, url: str = URL, day: int = 1, **fields: Any) -> Snapshot:
    data = body.encode()
    defaults: dict[str, Any] = {
        "final_url": url,
        "source": "essai",
        "kind": "press",
        "content_type": "text/html",
        "charset": "utf-8",
        "opted_out": None,
    }
    return Snapshot(
        url=url,
        fetched_at=f"2026-03-{day:02}T08:00:00+00:00",
        body=data,
        sha256=hashlib.sha256(data).hexdigest(),
        **{**defaults, **fields},
    )


def at(day: int) -> str:
    return f"2026-03-{day:02}T08:00:00+00:00"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "recoupe-archive.db"


@pytest.fixture
def archive(path: Path) -> Iterator[Archive]:
    with Archive(path) as archive:
        yield archive


def count(path: Path, table: str) -> int:
    db = sqlite3.connect(path)
    try:
        return int(db.execute(f"SELECT count(*) FROM {table}").fetchone()[0])
    finally:
        db.close()


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"opted_out": False},
        {"opted_out": True, "charset": None, "content_type": None},
        {"source": None, "kind": None, "final_url": "https://exemple.fr/autre"},
    ],
)
def test_what_is_stored_comes_back_whole(archive: Archive, fields: dict[str, Any]) -> None:
    snapshot = snap("Été " * 1_000, **fields)
    assert archive.store(snapshot) == "new"
    assert list(archive.latest()) == [snapshot]
    assert archive.get(snapshot.sha256, URL) == snapshot
    assert archive.stored(URL) == snapshot


def test_new_then_unchanged_then_changed_then_back(archive: Archive, path: Path) -> None:
    one, two = snap("un"), snap("deux", day=3)
    states = [
        archive.store(one),
        archive.store(snap("un", day=2)),
        archive.store(two),
        archive.store(snap("un", day=4)),
    ]
    assert states == ["new", "unchanged", "changed", "changed"]
    assert archive.versions(URL) == [
        (at(1), one.sha256),
        (at(3), two.sha256),
        (at(4), one.sha256),
    ]
    assert count(path, "snapshots") == 2
    assert [snapshot.fetched_at for snapshot in archive.latest()] == [at(4)]


def test_one_content_at_two_addresses_is_kept_once(archive: Archive, path: Path) -> None:
    archive.store(snap("dépêche"))
    archive.store(snap("dépêche", url="https://exemple.fr/deux"))
    assert count(path, "snapshots") == 1
    assert [snapshot.url for snapshot in archive.latest()] == ["https://exemple.fr/deux", URL]


def test_validators_are_those_of_the_last_answer(archive: Archive) -> None:
    assert archive.validators(URL) is None
    archive.store(snap("un"), etag='"1"', last_modified="lundi")
    archive.store(snap("un", day=2), etag='"2"', last_modified=None)
    validators = archive.validators(URL)
    assert validators is not None
    assert (validators.etag, validators.last_modified) == ('"2"', None)


def test_a_304_writes_nothing_but_the_date_of_the_check(archive: Archive, path: Path) -> None:
    archive.store(snap("un"), etag='"1"')
    before = dump(path)
    archive.touch(URL, now=at(9))
    after = dump(path)
    assert after != before
    assert [line.replace(at(9), at(1)) for line in after] == before


def dump(path: Path) -> list[str]:
    db = sqlite3.connect(path)
    try:
        return list(db.iterdump())
    finally:
        db.close()


def test_a_page_that_is_gone_is_marked_and_kept(archive: Archive, path: Path) -> None:
    archive.store(snap("un"), etag='"1"')
    archive.mark_gone(URL, now=at(2))
    archive.mark_gone(URL, now=at(3))
    assert list(archive.latest()) == []
    assert archive.pages() == []
    assert archive.validators(URL) is None
    assert archive.stored(URL) == snap("un")
    assert f"'{at(2)}'" in "".join(dump(path))
    assert archive.store(snap("un", day=4)) == "changed"
    assert len(list(archive.latest())) == 1


def test_a_page_that_is_withdrawn_is_not_given_any_more(archive: Archive) -> None:
    archive.store(snap("un"))
    archive.withdraw(URL, now=at(2))
    archive.withdraw("https://exemple.fr/inconnue", now=at(2))
    assert list(archive.latest()) == []


def test_feeds_are_kept_apart_and_without_history(archive: Archive, path: Path) -> None:
    feed = "https://exemple.fr/rss.xml"
    archive.store(snap("un", url=feed), role="feed", etag='"1"')
    archive.store(snap("deux", url=feed, day=2), role="feed", etag='"2"')
    assert list(archive.latest()) == []
    assert archive.pages() == []
    assert archive.versions(feed) == []
    assert count(path, "snapshots") == 1
    stored, validators = archive.stored(feed), archive.validators(feed)
    assert stored is not None
    assert stored.body == b"deux"
    assert validators is not None
    assert validators.etag == '"2"'


def test_a_feed_that_reads_like_a_page_does_not_take_it_along(archive: Archive) -> None:
    archive.store(snap("un"))
    archive.store(snap("un", url="https://exemple.fr/liste"), role="feed")
    archive.store(snap("deux", url="https://exemple.fr/liste"), role="feed")
    assert [snapshot.body for snapshot in archive.latest()] == [b"un"]


def test_pages_of_one_source_those_not_looked_at_for_longest_first(archive: Archive) -> None:
    for day, name in enumerate("abc", start=1):
        archive.store(snap(name, url=f"https://exemple.fr/{name}", day=day))
    archive.store(snap("d", url="https://autre.fr/d", source="autre"))
    archive.touch("https://exemple.fr/a", now=at(9))
    assert [url[-1] for url in archive.pages("essai")] == ["b", "c", "a"]
    assert [url[-1] for url in archive.pages("essai", since=at(2))] == ["b", "c"]
    assert [snapshot.url[-1] for snapshot in archive.latest("autre")] == ["d"]
    assert [url[-1] for url, _ in archive.current("essai")] == ["a", "b", "c"]


def test_the_archive_may_be_written_to_while_it_is_read(archive: Archive) -> None:
    for number in range(12):
        archive.store(snap(f"un {number}", url=f"https://exemple.fr/{number:02}"))
    for snapshot in archive.latest():
        archive.store(snap(snapshot.body.decode() + " corrigé", url=snapshot.url, day=2))
    assert all(snapshot.body.endswith(" corrigé".encode()) for snapshot in archive.latest())


def test_freshness_of_each_source(archive: Archive) -> None:
    archive.store(snap("a", url="https://exemple.fr/a"))
    archive.store(snap("b", url="https://exemple.fr/b", day=2))
    archive.store(snap("flux", url="https://exemple.fr/rss", day=1), role="feed")
    archive.mark_gone("https://exemple.fr/a", now=at(5))
    archive.store(snap("c", url="https://autre.fr/c", source="autre", day=3))
    autre, essai = archive.freshness()
    assert (autre.source, autre.pages, autre.gone) == ("autre", 1, 0)
    assert (essai.source, essai.pages, essai.gone) == ("essai", 2, 1)
    assert (essai.last_checked, essai.last_changed) == (at(5), at(2))


def test_forgetting_deletes_everything_but_what_others_share(archive: Archive, path: Path) -> None:
    archive.store(snap("un"))
    archive.store(snap("deux", day=2))
    archive.store(snap("un", url="https://exemple.fr/copie"))
    assert archive.forget(URL)
    assert not archive.forget(URL)
    assert count(path, "snapshots") == count(path, "versions") == count(path, "resources") == 1


def test_a_digest_that_is_not_that_of_the_body_is_refused(archive: Archive) -> None:
    with pytest.raises(DatabaseError, match="sha256"):
        archive.store(dataclasses.replace(snap("un"), sha256="0" * 64))
    assert list(archive.latest()) == []


# --- files that cannot be used --------------------------------------------------------------------


def test_it_is_the_same_archive_when_opened_again(path: Path) -> None:
    with Archive(path) as archive:
        archive.store(snap("un"))
    with Archive(path) as archive:
        assert len(list(archive.latest())) == 1


def execute(path: Path, sql: str) -> None:
    db = sqlite3.connect(path)
    try:
        db.execute(sql)
        db.commit()
    finally:
        db.close()


def test_a_newer_schema_is_told(path: Path) -> None:
    Archive(path).__exit__(None, None, None)
    execute(path, "PRAGMA user_version = 99")
    with pytest.raises(DatabaseError, match=r"newer version of Recoupe .schema 99.*update Recoupe"):
        Archive(path)


def test_another_database_is_not_taken_for_an_archive(path: Path) -> None:
    execute(path, "CREATE TABLE documents (id)")
    with pytest.raises(DatabaseError, match="database of something else"):
        Archive(path)
    assert count(path, "sqlite_master") == 1


def test_a_file_that_is_no_database(path: Path) -> None:
    path.write_text("Ceci n’est pas une base. " * 100)
    with pytest.raises(DatabaseError, match="no SQLite database; move it away"):
        Archive(path)


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(DatabaseError, match="check that its folder exists"):
        Archive(tmp_path / "absent" / "a.db")


def test_a_full_disk_loses_nothing(archive: Archive) -> None:
    archive.store(snap("un"))
    archive._db.execute("PRAGMA max_page_count = 1")
    with pytest.raises(DatabaseError, match="disk is full; free some space"):
        archive.store(snap(os.urandom(50_000).hex(), url="https://exemple.fr/gros"))
    archive._db.execute("PRAGMA max_page_count = 100000")
    assert [snapshot.body for snapshot in archive.latest()] == [b"un"]
    assert archive.store(snap("deux", day=2)) == "changed"


def test_a_locked_archive_is_told(archive: Archive, path: Path) -> None:
    archive._db.execute("PRAGMA busy_timeout = 10")
    other = sqlite3.connect(path, isolation_level=None)
    try:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(DatabaseError, match="another process is writing to it"):
            archive.store(snap("un"))
    finally:
        other.close()
    assert archive.store(snap("un")) == "new"


def test_a_damaged_body_is_told(archive: Archive, path: Path) -> None:
    archive.store(snap("un"))
    execute(path, "UPDATE snapshots SET body = x'00'")
    with pytest.raises(DatabaseError, match=f"the body of {URL} is damaged"):
        list(archive.latest())


KILLED = """
import hashlib, sys
from pathlib import Path
sys.path.insert(0, sys.argv[2])
from recoupe.records import Snapshot
from recoupe.scraper.archive import Archive

with Archive(Path(sys.argv[1])) as archive:
    number = 0
    while True:
        body = f"page {number} ".encode() * 3_000
        url = f"https://exemple.fr/{number}"
        archive.store(Snapshot(url=url, final_url=url, source="essai", kind="press",
            fetched_at="2026-03-01T08:00:00+00:00", content_type=None, charset=None, body=body,
            sha256=hashlib.sha256(body).hexdigest()))
        number += 1
        print(number, flush=True)
"""


def test_a_killed_run_leaves_whole_pages(path: Path) -> None:
    root = str(Path(__file__).parents[2])
    process = subprocess.Popen(
        [sys.executable, "-c", KILLED, str(path), root], stdout=subprocess.PIPE, text=True
    )
    with process:
        assert process.stdout is not None
        for line in process.stdout:
            if int(line) >= 20:
                break
        process.send_signal(signal.SIGKILL)
    with Archive(path) as archive:
        snapshots = list(archive.latest())
        assert archive.store(snap("un")) == "new"
    assert len(snapshots) >= 20
    assert all(hashlib.sha256(s.body).hexdigest() == s.sha256 for s in snapshots)
