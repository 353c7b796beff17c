"""A run killed at any moment goes on at the next start: nothing lost, nothing twice.

Two moments are tried here; `bench/kill.py` tries random ones.
"""

from __future__ import annotations

import importlib.util
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from types import ModuleType

import pytest

from recoupe.corpus.newsroom import Newsroom
from recoupe.run import run
from recoupe.settings import Settings

ROOT = Path(__file__).parent.parent

#: A run in a process of its own that kills itself once ``{moment}`` has come.
KILLED = """
import os, signal, sys
from pathlib import Path
from recoupe import run as job
from recoupe.corpus import sites
from recoupe.corpus.documents import load
from recoupe.report import Watcher
from recoupe.settings import Settings

address, folder, moment, number = sys.argv[1], Path(sys.argv[2]), sys.argv[3], int(sys.argv[4])
seen = 0

def count(_=None):
    global seen
    seen += 1
    if seen == number:
        os.kill(os.getpid(), signal.SIGKILL)

def opened(path):
    base = open_base(path)
    base.conn.set_trace_callback(lambda sql: count() if sql.startswith("INSERT INTO facts") else 0)
    return base

open_base = job.open_base
if moment == "inside a transaction":
    job.open_base = opened
watcher = Watcher(outcome=count) if moment == "collecting" else None
settings = Settings(
    database=folder / "recoupe.db", archive=folder / "recoupe-archive.db", delay=0
)
declared = [s for s in sites.sources(load(), address) if s.name in sys.argv[5].split(",")]
job.run(settings, declared, newsroom=address, watcher=watcher)
"""


@pytest.fixture(scope="module")
def kill() -> ModuleType:
    """`bench/kill.py`, which knows how to compare two bases."""
    spec = importlib.util.spec_from_file_location("bench_kill", ROOT / "bench/kill.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def outcomes(base: Path) -> list[str]:
    with closing(sqlite3.connect(base)) as db:
        return [outcome for (outcome,) in db.execute("SELECT outcome FROM runs ORDER BY id")]


def count(base: Path, table: str) -> int:
    with closing(sqlite3.connect(base)) as db:
        return int(db.execute(f"SELECT count(*) FROM {table}").fetchone()[0])


def killed(newsroom: Newsroom, folder: Path, moment: str, number: int) -> None:
    names = ",".join(source.name for source in newsroom.sources())
    given = [newsroom.address, str(folder), moment, str(number), names]
    command = [sys.executable, "-c", KILLED, *given]
    ended = subprocess.run(command, capture_output=True, check=False, timeout=300)
    assert ended.returncode == -signal.SIGKILL, ended.stderr.decode()


@pytest.mark.usefixtures("loaded")
def test_a_run_killed_twice_ends_as_one_that_was_left_in_peace(
    harvest: tuple[Newsroom, Path], tmp_path: Path, kill: ModuleType
) -> None:
    newsroom, peace = harvest
    base, archive = tmp_path / "recoupe.db", tmp_path / "recoupe-archive.db"

    killed(newsroom, tmp_path, "collecting", 3)
    assert 0 < count(archive, "resources") < count(peace / "recoupe-archive.db", "resources")
    assert count(base, "documents") == 0

    killed(newsroom, tmp_path, "inside a transaction", 70)
    assert 0 < count(base, "documents") < 5
    assert 0 < count(base, "facts") < 70

    settings = Settings(database=base, archive=archive, delay=0)
    report = run(settings, newsroom.sources(), newsroom=newsroom.address)
    assert report.exit_code == 0
    assert outcomes(base) == ["killed", "killed", "ok"]
    for name in ("recoupe.db", "recoupe-archive.db"):
        found = kill.differences(kill.content(peace / name), kill.content(tmp_path / name))
        assert found == []


def test_the_comparison_of_bases_sees_what_is_lost_and_what_is_twice(
    base: Path, harvest: tuple[Newsroom, Path], kill: ModuleType
) -> None:
    whole = kill.content(harvest[1] / "recoupe.db")
    assert whole["facts"].total() > 100
    assert max(whole["facts"].values()) == 1
    with closing(sqlite3.connect(base)) as db:
        db.execute(
            "DELETE FROM facts WHERE id = (SELECT max(id) FROM facts WHERE id NOT IN "
            "(SELECT left_fact_id FROM comparisons UNION SELECT right_fact_id FROM comparisons))"
        )
        db.execute("INSERT INTO people (name, folded) VALUES ('Nul', 'nul')")
        db.commit()
    found = kill.differences(whole, kill.content(base))
    assert [line.split(",")[0] for line in found] == [
        "facts: 1 rows lost",
        "people: 1 rows extra",
    ], found


def test_ctrl_c_ends_a_run_cleanly(tmp_path: Path, kill: ModuleType) -> None:
    # A shell's background job ignores SIGINT and hands that on; here it must be heard.
    heard = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)"
    script = f"{heard}; from recoupe.cli import main; main()"
    command = [sys.executable, "-c", script, "demo", "--no-serve"]
    options = ["--db", str(tmp_path / "b.db"), "--newsroom-port", str(kill.free_port())]
    running = subprocess.Popen([*command, *options], stderr=subprocess.PIPE, cwd=tmp_path)
    try:
        _wait_for_a_page(tmp_path / "b-archive.db", running)
        running.send_signal(signal.SIGINT)
        _, said = running.communicate(timeout=120)
    finally:
        running.kill()
        running.wait()
    assert running.returncode == 130
    assert "interrupted; run the same command again to go on" in said.decode()
    assert "Traceback" not in said.decode()
    assert outcomes(tmp_path / "b.db") == ["interrupted"]


def _wait_for_a_page(archive: Path, running: subprocess.Popen[bytes]) -> None:
    for _ in range(6000):
        assert running.poll() is None, "the run ended before it could be interrupted"
        try:
            if archive.exists() and count(archive, "resources"):
                return
        except sqlite3.OperationalError:
            pass  # the archive is being made
        time.sleep(0.02)
    raise AssertionError("no page was archived within two minutes")
