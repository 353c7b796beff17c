"""A base opens in one known state, or says what is wrong, where, and what to do."""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlite_utils import Database

from recoupe.db import connection
from recoupe.db.connection import open_base, transaction, translating
from recoupe.errors import DatabaseError


def pragma(db: Database, name: str) -> object:
    return db.conn.execute(f"PRAGMA {name}").fetchone()[0]


def test_a_new_base_is_in_wal_with_foreign_keys_and_every_table(db: Database) -> None:
    assert pragma(db, "journal_mode") == "wal"
    assert pragma(db, "foreign_keys") == 1
    assert pragma(db, "busy_timeout") == 10_000
    assert {"documents", "facts", "comparisons", "runs", "failures"} <= set(db.table_names())


def test_opening_again_keeps_what_is_there(db: Database, base_path: Path) -> None:
    db.conn.execute("INSERT INTO people (name, folded) VALUES ('Maud Kerrien', 'maud kerrien')")
    again = open_base(base_path)
    assert [row["name"] for row in again["people"].rows] == ["Maud Kerrien"]
    again.close()


def test_a_base_opened_to_be_read_refuses_to_write(base_path: Path) -> None:
    open_base(base_path).close()
    reader = open_base(base_path, read_only=True)
    with pytest.raises(DatabaseError, match="may only be read"), transaction(reader) as conn:
        conn.execute("DELETE FROM people")
    reader.close()


def test_reading_a_base_that_does_not_exist_says_so_and_creates_nothing(tmp_path: Path) -> None:
    with pytest.raises(DatabaseError, match=r"no base at .*none\.db; run a collection"):
        open_base(tmp_path / "none.db", read_only=True)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_does_not_exist_is_named(tmp_path: Path) -> None:
    with pytest.raises(DatabaseError, match=r"folder .*absent does not exist; create it"):
        open_base(tmp_path / "absent" / "recoupe.db")


def test_a_folder_is_no_base(tmp_path: Path) -> None:
    with pytest.raises(DatabaseError, match="is a folder"):
        open_base(tmp_path)


@pytest.mark.parametrize("read_only", [True, False])
def test_a_file_that_is_not_sqlite_is_left_as_it_is(tmp_path: Path, *, read_only: bool) -> None:
    path = tmp_path / "notes.db"
    path.write_text("Ceci n’est pas une base, mais des notes de réunion. " * 50, encoding="utf-8")
    before = path.read_bytes()
    with pytest.raises(DatabaseError, match=r"not an SQLite database .*choose another path"):
        open_base(path, read_only=read_only)
    assert path.read_bytes() == before


@pytest.mark.parametrize("read_only", [True, False])
def test_the_base_of_another_program_is_left_as_it_is(tmp_path: Path, *, read_only: bool) -> None:
    path = tmp_path / "other.db"
    other = sqlite3.connect(path)
    other.execute("CREATE TABLE invoices (id INTEGER PRIMARY KEY)")
    other.close()
    before = path.read_bytes()
    with pytest.raises(DatabaseError, match="not a base of Recoupe"):
        open_base(path, read_only=read_only)
    assert path.read_bytes() == before


@pytest.mark.parametrize("read_only", [True, False])
def test_a_newer_schema_is_refused(db: Database, base_path: Path, *, read_only: bool) -> None:
    db.conn.execute("PRAGMA user_version = 999")
    db.close()
    with pytest.raises(DatabaseError, match=r"has schema 999 .* install a newer Recoupe"):
        open_base(base_path, read_only=read_only)


def test_a_second_writer_waits_then_is_told_who_holds_the_base(
    db: Database, base_path: Path
) -> None:
    second = open_base(base_path)
    second.conn.execute("PRAGMA busy_timeout = 20")
    with (
        transaction(db),
        pytest.raises(DatabaseError, match=r"recoupe\.db .*another process is writing .* wait"),
        transaction(second),
    ):
        pass
    with transaction(second) as conn:
        conn.execute("INSERT INTO people (name, folded) VALUES ('Ana', 'ana')")
    second.close()
    assert db["people"].count == 1


def test_a_reader_sees_the_base_as_it_was_while_another_writes(
    db: Database, base_path: Path
) -> None:
    reader = open_base(base_path, read_only=True)
    with transaction(db) as conn:
        conn.execute("INSERT INTO people (name, folded) VALUES ('Ana', 'ana')")
        assert reader["people"].count == 0
    assert reader["people"].count == 1
    reader.close()


def test_an_exception_undoes_all_that_the_transaction_wrote(db: Database) -> None:
    def write_then_fail() -> None:
        with transaction(db) as conn:
            conn.execute("INSERT INTO people (name, folded) VALUES ('Ana', 'ana')")
            raise RuntimeError("midway")

    with pytest.raises(RuntimeError, match="midway"):
        write_then_fail()
    assert db["people"].count == 0
    assert not db.conn.in_transaction


def test_a_full_disk_says_so_and_leaves_nothing_half_written(db: Database) -> None:
    pages = pragma(db, "page_count")
    db.conn.execute(f"PRAGMA max_page_count = {pages}")
    names = [(f"{number} {'x' * 500}", "x") for number in range(2_000)]
    with (
        pytest.raises(DatabaseError, match=r"disk is full .*free some space"),
        transaction(db) as conn,
    ):
        conn.executemany("INSERT INTO people (name, folded) VALUES (?, ?)", names)
    assert db["people"].count == 0


def test_our_own_mistakes_in_sql_go_through_as_they_are(db: Database) -> None:
    with pytest.raises(sqlite3.OperationalError, match="no such table"), translating(db):
        db.conn.execute("SELECT * FROM nowhere")


@pytest.fixture
def locked_folder() -> Iterator[Path]:
    """A folder that nobody but its owner may write in, left to be read by all."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    yield folder
    folder.chmod(0o755)
    shutil.rmtree(folder)


@pytest.fixture
def as_nobody() -> Iterator[None]:
    """Root writes anywhere: take another identity while the test runs."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    yield
    os.seteuid(0)


def test_a_read_only_folder_can_be_read_from(
    locked_folder: Path, request: pytest.FixtureRequest
) -> None:
    path = locked_folder / "recoupe.db"
    open_base(path).close()
    path.chmod(0o444)
    locked_folder.chmod(0o555)
    request.getfixturevalue("as_nobody")
    reader = open_base(path, read_only=True)
    assert reader["facts"].count == 0
    reader.close()


def test_a_read_only_folder_cannot_be_written_to(
    locked_folder: Path, request: pytest.FixtureRequest
) -> None:
    path = locked_folder / "recoupe.db"
    locked_folder.chmod(0o555)
    request.getfixturevalue("as_nobody")
    with pytest.raises(DatabaseError, match=r"cannot be opened .*check that its folder exists"):
        open_base(path)


def test_a_read_only_file_cannot_be_written_to(
    locked_folder: Path, request: pytest.FixtureRequest
) -> None:
    path = locked_folder / "recoupe.db"
    open_base(path).close()
    path.chmod(0o444)
    locked_folder.chmod(0o555)
    request.getfixturevalue("as_nobody")
    with pytest.raises(DatabaseError, match="give yourself the right to write"):
        open_base(path)


def test_the_application_id_spells_recoupe() -> None:
    assert connection.APPLICATION_ID.to_bytes(4, "big") == b"Rcpe"
