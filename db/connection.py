"""Open recoupe.db so that everyone finds it in the same state, and say plainly when it cannot be.

One writer at a time, any number of readers (WAL). A connection of ours is in autocommit: a change
that takes several statements stands inside `transaction`.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from sqlite_utils import Database

from recoupe.db import migrations
from recoupe.errors import DatabaseError

#: ``PRAGMA application_id`` of a Recoupe base: "Rcpe" in ASCII.
APPLICATION_ID: Final = 0x52637065
BUSY_TIMEOUT_SECONDS: Final = 10.0

#: What is wrong and what to do about it, by the primary result code of SQLite.
_REMEDIES: Final = {
    sqlite3.SQLITE_BUSY: (
        "another process is writing to it",
        "wait until it has finished, or stop it, then try again",
    ),
    sqlite3.SQLITE_LOCKED: (
        "another connection of this process is using it",
        "close that connection first",
    ),
    sqlite3.SQLITE_FULL: (
        "the disk is full",
        "free some space, then run the same command again: nothing was half-written",
    ),
    sqlite3.SQLITE_READONLY: (
        "it may only be read",
        "give yourself the right to write to the file and to its folder, or choose another path",
    ),
    sqlite3.SQLITE_CANTOPEN: (
        "it cannot be opened",
        "check that its folder exists and that you may read and write there",
    ),
    sqlite3.SQLITE_PERM: ("access is denied", "check the permissions of the file"),
    sqlite3.SQLITE_NOTADB: (
        "the file is not an SQLite database",
        "choose another path; the file was left as it is",
    ),
    sqlite3.SQLITE_CORRUPT: (
        "the file is damaged",
        "restore it from a backup, or move it away and build it again from the archive",
    ),
    sqlite3.SQLITE_IOERR: (
        "the disk could not be read or written",
        "check the disk and the network drive it may stand on, then try again",
    ),
}


def open_base(path: Path | str, *, read_only: bool = False) -> Database:
    """Open the base at ``path``, creating it and bringing its schema up to date unless read-only.

    Raises `DatabaseError` for a file that is no base of ours, a schema newer than this version of
    Recoupe, a folder that does not exist or may not be written, a lock held too long.
    """
    path = Path(path)
    with translating(path):
        conn = _connect_to_read(path) if read_only else _connect_to_write(path)
        try:
            _require_ours(conn, path)
            if read_only:
                migrations.require_current(conn, path)
            else:
                _prepare_to_write(conn, path)
        except BaseException:
            conn.close()
            raise
    return Database(conn)


@contextmanager
def transaction(db: Database) -> Iterator[sqlite3.Connection]:
    """Hold the right to write until the block ends; an exception undoes all that it wrote."""
    with translating(db):
        db.conn.execute("BEGIN IMMEDIATE")
        try:
            yield db.conn
            db.conn.execute("COMMIT")
        except BaseException:
            if db.conn.in_transaction:
                db.conn.execute("ROLLBACK")
            raise


@contextmanager
def translating(base: Path | Database) -> Iterator[None]:
    """Turn what SQLite says of files, locks and disks into a `DatabaseError` with its remedy.

    An error in our own SQL, or a row that breaks a constraint, goes through as it is.
    """
    try:
        yield
    except sqlite3.Error as error:
        remedy = _REMEDIES.get(getattr(error, "sqlite_errorcode", 0) & 0xFF)
        if remedy is None:
            raise
        path = base if isinstance(base, Path) else path_of(base.conn)
        what, to_do = remedy
        raise DatabaseError(f"the base {path} cannot be used: {what} ({error}); {to_do}") from error


def refresh_statistics(db: Database) -> None:
    """Let SQLite sample how the rows are spread, so that a search takes the narrowest way in.

    Some 30 ms at 200,000 figures; « emploi montant:>1M » then takes 5 ms there instead of 90.
    """
    with translating(db):
        db.conn.execute("PRAGMA analysis_limit = 400")
        db.conn.execute("ANALYZE")


def path_of(conn: sqlite3.Connection) -> Path:
    """The file behind a connection."""
    (_, _, name) = conn.execute("PRAGMA database_list").fetchone()
    return Path(name or ":memory:")


def _connect_to_write(path: Path) -> sqlite3.Connection:
    if path.is_dir():
        raise DatabaseError(f"{path} is a folder, not a base; give the path of a file in it")
    if not path.parent.is_dir():
        raise DatabaseError(
            f"the base {path} cannot be created: the folder {path.parent} does not exist; "
            "create it, or choose another path"
        )
    conn = sqlite3.connect(
        path, timeout=BUSY_TIMEOUT_SECONDS, isolation_level=None, check_same_thread=False
    )
    conn.execute("PRAGMA foreign_keys = ON")
    return conn


def _connect_to_read(path: Path) -> sqlite3.Connection:
    if not path.is_file():
        raise DatabaseError(f"there is no base at {path}; run a collection, or check the path")
    address = path.resolve().as_uri()
    conn = _connect(f"{address}?mode=ro")
    try:
        conn.execute("SELECT count(*) FROM sqlite_master")
    except sqlite3.OperationalError:
        conn.close()
        if path.with_name(path.name + "-wal").exists():
            raise
        # A base in WAL mode needs to write its -shm file, which a folder on a read-only disk does
        # not let it; without a -wal file nothing is pending and the base can be taken as constant.
        conn = _connect(f"{address}?mode=ro&immutable=1")
    return conn


def _connect(address: str) -> sqlite3.Connection:
    return sqlite3.connect(
        address,
        uri=True,
        timeout=BUSY_TIMEOUT_SECONDS,
        isolation_level=None,
        check_same_thread=False,
    )


def _require_ours(conn: sqlite3.Connection, path: Path) -> None:
    (application,) = conn.execute("PRAGMA application_id").fetchone()
    (objects,) = conn.execute("SELECT count(*) FROM sqlite_master").fetchone()
    if application != APPLICATION_ID and (application or objects):
        raise DatabaseError(
            f"{path} is an SQLite database, but not a base of Recoupe; choose another path: "
            "the file was left as it is"
        )


def _prepare_to_write(conn: sqlite3.Connection, path: Path) -> None:
    conn.execute("PRAGMA journal_mode = WAL")
    # In WAL mode a power cut after a commit may lose that commit, never the base; what is lost is
    # extracted again by the next run.
    conn.execute("PRAGMA synchronous = NORMAL")
    migrations.migrate(conn, path, application_id=APPLICATION_ID)
