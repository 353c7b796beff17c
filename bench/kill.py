"""Kill `recoupe demo` at random moments, run it again, and compare with a run left in peace.

    python bench/kill.py --kills 10

Each trial starts on an empty folder: a run is killed (SIGKILL) at a moment drawn from the time that
an undisturbed run takes, then the same command is run to its end. Both files must then hold what
the undisturbed ones hold, nothing lost and nothing twice; keys and times of day may differ.
"""

from __future__ import annotations

import argparse
import random
import shutil
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import closing
from pathlib import Path
from typing import Any

Row = tuple[Any, ...]

#: Tables of the journal, and columns that tell when a thing was done.
JOURNAL = frozenset({"runs", "failures"})
TIMES = frozenset({"seen_at", "gone_at", "first_seen", "last_checked", "changed_at", "fetched_at"})


def content(path: Path) -> dict[str, Counter[Row]]:
    """The rows of every table, how often each, with the natural key of a row for each number.

    Journal, times and index tables are left out; the base's own checks must pass.
    """
    _known.clear()
    with closing(sqlite3.connect(path)) as db:
        checks = db.execute("PRAGMA integrity_check").fetchall()
        orphans = db.execute("PRAGMA foreign_key_check").fetchall()
        if checks != [("ok",)] or orphans:
            raise AssertionError(f"{path}: {checks} {orphans}")
        return {table: _rows(db, table) for table in _tables(db)}


def differences(one: dict[str, Counter[Row]], other: dict[str, Counter[Row]]) -> list[str]:
    """What one base holds and the other does not, table by table."""
    found = []
    for table in sorted({*one, *other}):
        lost = one.get(table, Counter()) - other.get(table, Counter())
        extra = other.get(table, Counter()) - one.get(table, Counter())
        for word, rows in (("lost", lost), ("extra", extra)):
            if rows:
                sample = next(iter(rows))
                found.append(f"{table}: {rows.total()} rows {word}, such as {sample!r:.200}")
    return found


def _tables(db: sqlite3.Connection) -> list[str]:
    rows = db.execute(
        "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' "
        "AND name NOT LIKE 'sqlite_%'"
    )
    return sorted(name for (name,) in rows if name not in JOURNAL)


def _rows(db: sqlite3.Connection, table: str) -> Counter[Row]:
    columns = [name for _, name, *_ in db.execute(f"PRAGMA table_info({table})")]
    kept = [name for name in columns if name != "id" and name not in TIMES]
    return Counter(_named(db, table, kept, ""))


def _named(db: sqlite3.Connection, table: str, columns: Iterable[str], where: str) -> list[Row]:
    """Rows in which a foreign key is replaced by the natural key of what it leads to."""
    leads = {key[3]: key[2] for key in db.execute(f"PRAGMA foreign_key_list({table})")}
    columns = list(columns)
    return [
        tuple(
            _natural(db, leads[name], value) if name in leads and value is not None else value
            for name, value in zip(columns, row, strict=True)
        )
        for row in db.execute(f"SELECT {', '.join(columns)} FROM {table} {where}")
    ]


#: Natural keys found so far in the base that is being read.
_known: dict[tuple[str, Any], Row] = {}


def _natural(db: sqlite3.Connection, table: str, key: Any) -> Row:  # noqa: ANN401
    """The columns of a table's first UNIQUE index other than its key, for one row."""
    place = (table, key)
    if place not in _known:
        primary = "url" if table == "resources" else "sha256" if table == "snapshots" else "id"
        if primary != "id":
            return (key,)
        indexes = [row[1] for row in db.execute(f"PRAGMA index_list({table})") if row[2]]
        columns = [row[2] for row in db.execute(f"PRAGMA index_info({indexes[-1]})")]
        (_known[place],) = _named(db, table, columns, f"WHERE id = {int(key)}")
    return _known[place]


def free_port() -> int:
    """A port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _demo(folder: Path, port: int) -> list[str]:
    base = str(folder / "recoupe.db")
    options = ("--no-serve", "--db", base, "--newsroom-port", str(port))
    return [sys.executable, "-c", "from recoupe.cli import main; main()", "demo", *options]


def _files(folder: Path) -> dict[str, Counter[Row]]:
    return {
        f"{name}.{table}": rows
        for name in ("recoupe", "recoupe-archive")
        for table, rows in content(folder / f"{name}.db").items()
    }


def _kill_after(command: list[str], seconds: float) -> bool:
    """Start a command and kill it after some seconds; whether it was still running."""
    running = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    try:
        running.wait(seconds)
    except subprocess.TimeoutExpired:
        running.kill()
        running.wait()
        return True
    return False


def _trial(folder: Path, port: int, seconds: float) -> str:
    """Kill one run and let another end; a run that had ended was no trial and is done again."""
    while not _kill_after(_demo(folder, port), seconds):
        shutil.rmtree(folder)
        folder.mkdir()
        seconds *= 0.7
    documents = _stored(folder / "recoupe.db")
    again = subprocess.run(_demo(folder, port), capture_output=True, text=True, check=False)
    if again.returncode:
        return f"killed; the next run ended with {again.returncode}: {again.stderr}"
    return f"killed after {seconds:.1f} s with {documents} documents stored"


def _stored(base: Path) -> int:
    if not base.exists():
        return 0
    try:
        with closing(sqlite3.connect(base)) as db:
            return int(db.execute("SELECT count(*) FROM documents").fetchone()[0])
    except sqlite3.OperationalError:
        return 0


def run(kills: int, seed: int, say: Callable[[str], None]) -> int:
    """The trials; the number of those whose files differ from the undisturbed ones."""
    moments, port, bad = random.Random(seed), free_port(), 0  # noqa: S311
    scratch = Path(tempfile.mkdtemp(prefix="recoupe-kill-"))
    try:
        peace = scratch / "peace"
        peace.mkdir()
        started = time.monotonic()
        subprocess.run(_demo(peace, port), check=True, stderr=subprocess.DEVNULL)
        whole = time.monotonic() - started
        wanted = _files(peace)
        say(f"undisturbed: {whole:.1f} s, {sum(map(Counter.total, wanted.values()))} rows")
        for number in range(kills):
            folder = scratch / str(number)
            folder.mkdir()
            outcome = _trial(folder, port, moments.uniform(0.02, 1.0) * whole)
            found = differences(wanted, _files(folder))
            bad += bool(found)
            say(f"{number + 1:3}. {outcome}: {found or 'same content'}")
    finally:
        shutil.rmtree(scratch)
    return bad


def main() -> None:
    """Read the options, run the trials, exit with 1 if one went wrong."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--kills", type=int, default=10, choices=range(1, 101), metavar="1–100")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    sys.exit(bool(run(given.kills, given.seed, lambda line: print(line, flush=True))))


if __name__ == "__main__":
    main()
