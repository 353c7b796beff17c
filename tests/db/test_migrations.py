"""Every base, however old, arrives at the schema of schema.sql, step by step."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from recoupe.db import migrations
from recoupe.errors import DatabaseError

FROZEN = Path(__file__).parent / "schemas"
OLDER = range(1, migrations.latest())
Description = dict[str, object]


@pytest.fixture
def conn() -> Iterator[sqlite3.Connection]:
    made = sqlite3.connect(":memory:", isolation_level=None)
    yield made
    made.close()


def describe(conn: sqlite3.Connection) -> Description:
    """Tables with their columns in any order, indexes, keys, triggers and views."""
    found: Description = {}
    for kind, name, sql in conn.execute("SELECT type, name, sql FROM sqlite_master"):
        if kind == "table":
            found[name] = (
                sorted(conn.execute(f"PRAGMA table_xinfo({name})"), key=lambda row: str(row[1])),
                sorted(conn.execute(f"PRAGMA foreign_key_list({name})"), key=repr),
                "AUTOINCREMENT" in (sql or ""),
                sorted(re.findall(r"CHECK \(.*?\)\s*\)", sql or "", re.DOTALL)),
            )
        elif sql:
            found[name] = " ".join(sql.split())
    return found


def build(conn: sqlite3.Connection, schema: Path) -> None:
    for statement in migrations.statements(schema.read_text(encoding="utf-8")):
        conn.execute(statement)


def test_a_new_base_is_made_from_the_schema(conn: sqlite3.Connection) -> None:
    assert migrations.migrate(conn, Path("new.db")) == migrations.latest()
    direct = sqlite3.connect(":memory:")
    direct.executescript(migrations.SCHEMA.read_text(encoding="utf-8"))
    assert describe(conn) == describe(direct)
    direct.close()


@pytest.mark.parametrize("version", OLDER)
def test_every_earlier_version_arrives_at_the_schema(
    conn: sqlite3.Connection, version: int
) -> None:
    build(conn, FROZEN / f"{version:04}.sql")
    conn.execute(f"PRAGMA user_version = {version}")
    migrations.migrate(conn, Path("old.db"))
    direct = sqlite3.connect(":memory:")
    build(direct, migrations.SCHEMA)
    assert describe(conn) == describe(direct)
    direct.close()


def test_every_earlier_version_is_kept_to_be_tested_from() -> None:
    kept = {int(path.stem) for path in FROZEN.glob("*.sql")}
    assert kept == set(OLDER)


@pytest.fixture
def history(tmp_path: Path) -> Path:
    """Three versions of a small schema: 1 and its two migrations."""
    (tmp_path / "first.sql").write_text("CREATE TABLE people (name TEXT);", encoding="utf-8")
    (tmp_path / "schema.sql").write_text(
        "CREATE TABLE people (name TEXT, born TEXT);\nCREATE INDEX people_born ON people(born);",
        encoding="utf-8",
    )
    (tmp_path / "0002_born.sql").write_text("ALTER TABLE people ADD COLUMN born TEXT;")
    (tmp_path / "0003_index.sql").write_text("CREATE INDEX people_born ON people(born);")
    return tmp_path


def bring(conn: sqlite3.Connection, history: Path) -> int:
    return migrations.migrate(conn, Path("small.db"), schema=history / "schema.sql", folder=history)


def test_steps_are_taken_in_order_and_keep_the_rows(
    conn: sqlite3.Connection, history: Path
) -> None:
    build(conn, history / "first.sql")
    conn.execute("INSERT INTO people VALUES ('Ana')")
    conn.execute("PRAGMA user_version = 1")
    assert bring(conn, history) == 3
    assert conn.execute("SELECT name, born FROM people").fetchall() == [("Ana", None)]
    fresh = sqlite3.connect(":memory:", isolation_level=None)
    bring(fresh, history)
    assert describe(conn) == describe(fresh)
    fresh.close()


def test_a_migration_that_fails_leaves_the_base_at_the_version_before(
    conn: sqlite3.Connection, history: Path
) -> None:
    build(conn, history / "first.sql")
    conn.execute("PRAGMA user_version = 1")
    (history / "0003_index.sql").write_text(
        "CREATE TABLE half (id INTEGER);\nCREATE INDEX wrong ON nowhere(id);"
    )
    with pytest.raises(sqlite3.OperationalError, match="nowhere"):
        bring(conn, history)
    assert migrations.version_of(conn) == 2
    assert "half" not in describe(conn)


def test_a_migrated_base_is_left_alone(conn: sqlite3.Connection, history: Path) -> None:
    bring(conn, history)
    before = conn.total_changes
    assert bring(conn, history) == 3
    assert conn.total_changes == before


def test_a_gap_in_the_numbers_is_refused(tmp_path: Path) -> None:
    (tmp_path / "0003_late.sql").write_text("SELECT 1;")
    with pytest.raises(DatabaseError, match="number them from 2"):
        migrations.migrations_in(tmp_path)


def test_foreign_keys_are_back_after_a_migration(conn: sqlite3.Connection, history: Path) -> None:
    conn.execute("PRAGMA foreign_keys = ON")
    bring(conn, history)
    assert conn.execute("PRAGMA foreign_keys").fetchone() == (1,)


def test_a_trigger_is_one_statement() -> None:
    script = "CREATE TABLE a (x);\nCREATE TRIGGER t AFTER INSERT ON a BEGIN\n SELECT 1;\nEND;\n"
    assert len(migrations.statements(script)) == 2
