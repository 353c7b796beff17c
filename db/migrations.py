"""Bring a base to the schema that this version of Recoupe knows.

``schema.sql`` is always the whole current schema: a new base is made from it. A base that exists
is brought there by ``migrations/0002_….sql``, ``migrations/0003_….sql`` and so on, one transaction
each; its version is ``PRAGMA user_version``. Whoever adds a migration changes ``schema.sql`` to
match, and keeps the schema it starts from in ``tests/db/schemas`` so that the way can be tested.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from recoupe.errors import DatabaseError

HERE: Final = Path(__file__).parent
SCHEMA: Final = HERE / "schema.sql"
MIGRATIONS: Final = HERE / "migrations"


def migrations_in(folder: Path) -> Mapping[int, Path]:
    """The migrations of a folder by the version that each leads to; numbered from 2, no gap."""
    found = {int(path.name[:4]): path for path in sorted(folder.glob("[0-9][0-9][0-9][0-9]_*.sql"))}
    if list(found) != list(range(2, 2 + len(found))):
        raise DatabaseError(
            f"the migrations of {folder} are numbered {list(found)}; number them from 2, no gap"
        )
    return found


def latest(folder: Path = MIGRATIONS) -> int:
    """The version of ``schema.sql``."""
    return max(migrations_in(folder), default=1)


def version_of(conn: sqlite3.Connection) -> int:
    """The version of a base's schema; 0 for an empty file."""
    (version,) = conn.execute("PRAGMA user_version").fetchone()
    return int(version)


def require_current(conn: sqlite3.Connection, path: Path) -> None:
    """Raise `DatabaseError` unless the base has the schema that this version reads."""
    version = version_of(conn)
    _refuse_newer(version, latest(), path)
    if version < latest():
        raise DatabaseError(
            f"the base {path} has schema {version} and this version of Recoupe reads {latest()}; "
            "`recoupe run` brings it up to date"
        )


def migrate(
    conn: sqlite3.Connection,
    path: Path,
    *,
    application_id: int = 0,
    schema: Path = SCHEMA,
    folder: Path = MIGRATIONS,
) -> int:
    """Bring the base to the latest version and return that version; each step is all or nothing.

    Two processes may open a new base at once: the version is read again under the lock.
    """
    steps = migrations_in(folder)
    target = max(steps, default=1)
    while (version := version_of(conn)) != target:
        _refuse_newer(version, target, path)
        script = steps[version + 1] if version else schema
        reached = version + 1 if version else target
        _apply(conn, script, version, reached, application_id)
    return target


def _apply(
    conn: sqlite3.Connection, script: Path, version: int, reached: int, application_id: int
) -> None:
    """Run one script in one transaction, with foreign keys off so that a table may be rebuilt."""
    (enforced,) = conn.execute("PRAGMA foreign_keys").fetchone()
    conn.execute("PRAGMA foreign_keys = OFF")
    conn.execute("BEGIN IMMEDIATE")
    try:
        if version_of(conn) == version:
            for statement in statements(script.read_text(encoding="utf-8")):
                conn.execute(statement)
            conn.execute(f"PRAGMA application_id = {application_id}")
            conn.execute(f"PRAGMA user_version = {reached}")
        conn.execute("COMMIT")
    except BaseException:
        if conn.in_transaction:
            conn.execute("ROLLBACK")
        raise
    finally:
        conn.execute(f"PRAGMA foreign_keys = {enforced}")


def statements(script: str) -> list[str]:
    """The statements of a script (a trigger's body is one); executescript would commit first."""
    found: list[str] = []
    pending = ""
    for line in script.splitlines(keepends=True):
        pending += line
        if sqlite3.complete_statement(pending):
            found.append(pending.strip())
            pending = ""
    if pending.strip():
        found.append(pending.strip())
    return found


def _refuse_newer(version: int, known: int, path: Path) -> None:
    if version > known:
        raise DatabaseError(
            f"the base {path} has schema {version} and this version of Recoupe knows {known}; "
            "install a newer Recoupe (pip install --upgrade recoupe), or choose another base"
        )
