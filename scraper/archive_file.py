"""The archive's SQLite file: opening it, its schema, its errors in plain words."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from recoupe.errors import DatabaseError

#: Scripts that lead from one version of the schema to the next; PRAGMA user_version counts them.
MIGRATIONS = ("archive.sql",)
_APPLICATION_ID = 0x5265_6361  # "Reca", so that no other database is taken for an archive.
_BUSY_SECONDS = 30.0

#: What to do about an error of SQLite, by the start of its name.
_ADVICE = {
    "SQLITE_BUSY": "another process is writing to it; wait for it to end, then run again",
    "SQLITE_LOCKED": "another process is writing to it; wait for it to end, then run again",
    "SQLITE_FULL": "the disk is full; free some space, then run again: nothing is lost",
    "SQLITE_NOTADB": "it is no SQLite database; move it away or name another file",
    "SQLITE_CORRUPT": "it is damaged; restore a copy, or move it away and collect again",
    "SQLITE_READONLY": "it cannot be written to; check the rights on the file and its folder",
    "SQLITE_CANTOPEN": "it cannot be opened; check that its folder exists and may be written to",
    "SQLITE_IOERR": "the disk does not answer as it should; check it, then run again",
}


def connect(path: Path) -> sqlite3.Connection:
    """Open or create the archive at ``path`` with its present schema.

    Raises `DatabaseError` where the file is something else, newer, or cannot be used.
    """
    with translated(path):
        db = sqlite3.connect(path, isolation_level=None, timeout=_BUSY_SECONDS)
    try:
        with translated(path):
            _prepare(db, path)
    except BaseException:
        db.close()
        raise
    return db


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Turn an error of SQLite into a `DatabaseError` that says where, what, and what to do."""
    try:
        yield
    except sqlite3.Error as error:
        name = getattr(error, "sqlite_errorname", None) or type(error).__name__
        advice = next((text for code, text in _ADVICE.items() if name.startswith(code)), None)
        raise DatabaseError(
            f"the archive {path} cannot be used: {error} ({name}){f': {advice}' if advice else ''}"
        ) from error


@contextmanager
def transaction(db: sqlite3.Connection, path: Path) -> Iterator[None]:
    """One transaction: all that is written inside is kept, or nothing."""
    with translated(path):
        db.execute("BEGIN IMMEDIATE")
        try:
            yield
            db.execute("COMMIT")
        except BaseException:
            # SQLite has rolled back by itself after a full disk.
            if db.in_transaction:
                db.execute("ROLLBACK")
            raise


def _prepare(db: sqlite3.Connection, path: Path) -> None:
    version = _version(db, path)
    db.execute("PRAGMA journal_mode = WAL")
    db.execute("PRAGMA synchronous = NORMAL")
    db.execute("PRAGMA foreign_keys = ON")
    for script in MIGRATIONS[version:]:
        version += 1
        sql = Path(__file__).with_name(script).read_text(encoding="utf-8")
        db.executescript(
            f"BEGIN IMMEDIATE; {sql} PRAGMA application_id = {_APPLICATION_ID}; "
            f"PRAGMA user_version = {version}; COMMIT;"
        )


def _version(db: sqlite3.Connection, path: Path) -> int:
    version = int(db.execute("PRAGMA user_version").fetchone()[0])
    application = int(db.execute("PRAGMA application_id").fetchone()[0])
    tables = int(db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0])
    if tables and application != _APPLICATION_ID:
        raise DatabaseError(f"{path} is a database of something else; name another file")
    if version > len(MIGRATIONS):
        raise DatabaseError(
            f"{path} was written by a newer version of Recoupe (schema {version}, this one knows "
            f"{len(MIGRATIONS)}); update Recoupe"
        )
    return version
