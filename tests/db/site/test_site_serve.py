"""`serve.run`: one base, read-only, on an address that it announces; nothing else is printed."""

from __future__ import annotations

import json
import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from recoupe.db.site import serve
from recoupe.errors import DatabaseError, UsageError

SERVE = """
import sys
from pathlib import Path
from recoupe.db.site import serve
serve.run(Path(sys.argv[1]), port=0, ready=lambda url: print(url, flush=True))
"""


def fetch(url: str) -> str:
    with urllib.request.urlopen(url, timeout=20) as response:  # noqa: S310
        return str(response.read().decode())


def test_it_announces_its_address_and_prints_nothing_else(base: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", SERVE, str(base)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as process:
        assert process.stdout is not None
        url = process.stdout.readline().strip()
        assert url.startswith("http://127.0.0.1:")
        assert "Qu’a-t-on annoncé" in fetch(url)
        process.send_signal(signal.SIGINT)
        assert process.stdout.read() == ""


def test_only_the_base_is_served(site: str, base: Path) -> None:
    databases = json.loads(fetch(site + "-/databases.json"))
    listed = databases["databases"] if isinstance(databases, dict) else databases
    assert [Path(one["path"]) for one in listed] == [base]


def test_a_file_that_is_no_base_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "notes.db"
    path.write_text("pas une base", encoding="utf-8")
    with pytest.raises(DatabaseError):
        serve.run(path, port=0)
    with pytest.raises(DatabaseError):
        serve.run(tmp_path / "absent.db", port=0)


def test_an_address_that_is_taken_says_so(base: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(UsageError, match=f"port {port}"):
            serve.run(base, port=port)
