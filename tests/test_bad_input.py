"""Bad input gets a clear message and the right exit code (design §6), and no traceback."""

from __future__ import annotations

import os
import shutil
import socket
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from fpdf import FPDF

from recoupe.cli import execute
from recoupe.errors import UsageError

Command = Callable[..., Any]
TEXT = "Le plan promet 12 millions d’euros, dont 3 millions déjà versés."
HOLLOW = "<html><head><title>x</title></head><body><nav><a href=/>Accueil</a></nav></body></html>"
SOURCE = """
name = "essai"
title = "Essai"
kind = "press"
hosts = ["{host}"]
feeds = ["http://{host}/rss.xml"]
"""


def scan() -> bytes:
    """A PDF that holds a drawing and no text."""
    page = FPDF()
    page.add_page()
    page.rect(10, 10, 50, 50)
    return bytes(page.output())


def assert_plain(result: Any, code: int, *said: str) -> None:
    assert result.code == code, result.err
    assert "Traceback" not in result.err
    assert result.err.startswith("recoupe: ")
    for part in said:
        assert part in result.err


# --- files ----------------------------------------------------------------------------------------


@pytest.mark.usefixtures("never_loaded")
@pytest.mark.parametrize("command", ["read", "extract", "load"])
@pytest.mark.parametrize(
    ("name", "body", "said"),
    [
        ("empty.txt", b"", "empty"),
        ("blank.txt", b" \n\n", "empty"),
        ("binary.txt", b"\x00\x01\x02\xff" * 50, "no text"),
        ("photo.jpg", b"\xff\xd8\xff\xe0" * 50, "an image"),
        ("broken.json", b'{"text": ', "no valid JSON"),
        ("hollow.json", b'{"title": "x"}', 'no "text"'),
        ("half.json", b'{"text": "12 euros \\ud800 promis"}', "half a character"),
        ("menu.html", HOLLOW.encode(), "no article"),
        ("scan.pdf", scan(), "no text"),
        ("broken.pdf", b"%PDF-1.7 nothing", "broken"),
    ],
)
def test_a_file_without_a_text_is_named_with_its_trouble(
    command: str, name: str, body: bytes, said: str, recoupe: Command
) -> None:
    Path(name).write_bytes(body)
    result = recoupe(command, name)
    if command == "load":  # its summary comes first
        assert result.code == 3
        assert f"{name}: " in result.err
        assert said in result.err
    else:
        assert_plain(result, 3, f"{name}: ", said)
    if command == "read":
        assert result.out == ""


@pytest.mark.usefixtures("never_loaded")
def test_a_file_that_is_not_there_and_a_folder(recoupe: Command) -> None:
    Path("folder").mkdir()
    assert_plain(recoupe("read", "none.txt"), 3, "none.txt: no such file")
    assert_plain(recoupe("read", "folder"), 3, "folder: it is a folder")
    assert_plain(recoupe("read", "a\0b.txt"), 3, "cannot be read")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read every file")
def test_a_file_without_permission_is_refused(recoupe: Command) -> None:
    Path("mine.txt").write_text(TEXT)
    Path("mine.txt").chmod(0)
    assert_plain(recoupe("read", "mine.txt"), 5, "you may not read it")


def test_a_file_that_the_system_keeps_from_us_is_refused(
    recoupe: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    def closed(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", closed)
    assert_plain(recoupe("read", "mine.txt"), 5, "mine.txt: you may not read it")


def test_empty_standard_input(recoupe: Command) -> None:
    assert_plain(recoupe("read", "-"), 3, "standard input: the input is empty")


# --- addresses ------------------------------------------------------------------------------------


@pytest.mark.parametrize("command", ["read", "extract"])
@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1/",
        "http://127.0.0.1:8080/",
        "http://localhost/",
        "http://10.0.0.1/",
        "http://192.168.1.1/admin",
        "http://169.254.169.254/latest/meta-data/",
        "http://[::1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://2130706433/",
        "http://0x7f000001/",
        "http://0177.0.0.1/",
        "http://127.1/",
        "http://0.0.0.0/",
        "http://user:pw@127.0.0.1/",
        "HTTP://127.0.0.1/",
    ],
)
@pytest.mark.usefixtures("never_loaded")
def test_a_private_address_is_refused(command: str, address: str, recoupe: Command) -> None:
    result = recoupe(command, address)
    assert_plain(result, 5)
    if command == "extract":
        assert result.data[0]["error"]["stage"] == "fetch"


def test_an_address_whose_host_is_not_found_is_a_network_trouble(recoupe: Command) -> None:
    result = recoupe("read", "http://nulle-part.invalid/article")
    assert_plain(result, 6, "nulle-part.invalid", "check its name and the network")


def test_inputs_that_fail_for_different_reasons_are_partly_done(recoupe: Command) -> None:
    assert recoupe("read", "http://127.0.0.1/", "http://10.0.0.1/").code == 5
    assert recoupe("read", "http://127.0.0.1/", "none.txt").code == 3
    Path("a.txt").write_text(TEXT)
    assert recoupe("read", "http://127.0.0.1/", "a.txt").code == 3


# --- usage ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "arguments",
    [
        ("nosuch",),
        ("read",),
        ("search", "x", "--format", "xml"),
        ("extract", "a.txt", "--published-at", "hier"),
        ("load", "a.txt", "--kind", "tract"),
        ("read", "a.txt", "b.txt", "--url", "https://x.fr/"),
        ("serve", "--port", "beaucoup"),
        ("run", "nosuch"),
        ("collect", "lemond"),
        ("extract", "-", "-"),
    ],
)
def test_wrong_usage_exits_with_2(arguments: tuple[str, ...], recoupe: Command) -> None:
    result = recoupe(*arguments)
    assert result.code == 2
    assert result.out == ""
    assert "Traceback" not in result.err


def test_an_unknown_source_is_met_with_a_guess(recoupe: Command) -> None:
    assert_plain(recoupe("collect", "lemond"), 2, "did you mean 'lemonde'?", "recoupe sources")


# --- settings and sources -------------------------------------------------------------------------


@pytest.mark.parametrize("command", ["status", "sources", "run", "demo"])
def test_broken_settings_stop_every_command(command: str, recoupe: Command) -> None:
    Path("recoupe.toml").write_text("port = \n")
    assert_plain(recoupe(command), 4, "recoupe.toml: not valid TOML")
    Path("recoupe.toml").write_text("porte = 1\n")
    assert_plain(recoupe(command), 4, "unknown setting 'porte'", "did you mean 'port'?")


def test_a_variable_of_the_wrong_type(recoupe: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RECOUPE_PORT", "abc")
    assert_plain(recoupe("status"), 4, "RECOUPE_PORT", "write a whole number")


@pytest.fixture
def declare(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Put one declaration of a source into a folder of the user's."""
    monkeypatch.setenv("RECOUPE_SOURCES", str(folder / "mine"))
    (folder / "mine").mkdir()
    return lambda text: (folder / "mine/essai.toml").write_text(text) and None


def test_a_broken_declaration_is_named(recoupe: Command, declare: Callable[[str], None]) -> None:
    declare("name = ")
    assert_plain(recoupe("run", "essai"), 4, "essai.toml", "not TOML")
    declare(SOURCE.format(host="x.fr") + "colour = 'red'\n")
    assert_plain(recoupe("sources"), 4, "essai.toml", "colour: unknown key")


def test_a_folder_of_sources_that_is_not_there(
    recoupe: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RECOUPE_SOURCES", "nowhere")
    assert_plain(recoupe("sources"), 4, "nowhere: no such folder of sources")


@pytest.mark.usefixtures("never_loaded")
@pytest.mark.parametrize("command", ["run", "collect"])
@pytest.mark.parametrize(("host", "code"), [("nulle-part.invalid", 6), ("127.0.0.1", 5)])
def test_a_collection_that_got_nothing_says_why(
    command: str, host: str, code: int, recoupe: Command, declare: Callable[[str], None]
) -> None:
    declare(SOURCE.format(host=host))
    result = recoupe(command, "essai")
    assert result.code == code
    assert f"recoupe: {'fetch failed: ' if code == 6 else ''}" in result.err
    assert host in result.err


# --- the base -------------------------------------------------------------------------------------


def _newer(path: Path) -> None:
    execute(["load", "none.txt", "--db", str(path)])
    with sqlite3.connect(path) as db:
        db.execute("PRAGMA user_version = 99")
    db.close()


def _not_a_base(path: Path) -> None:
    path.write_text("ceci n’est pas une base " * 100)


def _foreign(path: Path) -> None:
    with sqlite3.connect(path) as db:
        db.execute("CREATE TABLE songs (title TEXT)")
    db.close()


@pytest.mark.usefixtures("never_loaded")
@pytest.mark.parametrize("command", [("load", "a.txt"), ("status",), ("search", "x"), ("serve",)])
@pytest.mark.parametrize(
    ("make", "said"),
    [
        (_newer, "install a newer Recoupe"),
        (_not_a_base, "not an SQLite database"),
        (_foreign, "not a base of Recoupe"),
        (Path.mkdir, ""),
    ],
)
def test_a_base_that_cannot_be_used_exits_with_4(
    command: tuple[str, ...], make: Callable[[Path], None], said: str, recoupe: Command
) -> None:
    Path("a.txt").write_text(TEXT)
    make(Path("b.db"))
    result = recoupe(*command, "--db", "b.db")
    assert_plain(result, 4, "b.db", said)


@pytest.mark.parametrize("command", [("search", "x"), ("compare",), ("serve",)])
def test_a_base_that_is_not_there_is_not_made(command: tuple[str, ...], recoupe: Command) -> None:
    assert_plain(recoupe(*command, "--db", "none.db"), 4, "there is no base at none.db")
    assert not Path("none.db").exists()


def test_an_archive_that_is_none(recoupe: Command) -> None:
    Path("b-archive.db").write_text("ceci n’est pas une archive " * 100)
    assert_plain(recoupe("-q", "collect", "lemonde", "--db", "b.db"), 4, "b-archive.db")
    result = recoupe("status", "--db", "b.db")
    assert_plain(result, 4, "b-archive.db")
    assert "documents" in result.out


@pytest.mark.usefixtures("never_loaded")
def test_a_folder_that_cannot_be_made(recoupe: Command) -> None:
    Path("file").write_text("")
    result = recoupe("load", "a.txt", "--db", "file/below/b.db")
    assert_plain(result, 4, "file/below", "choose another path with --db")


@pytest.mark.usefixtures("never_loaded")
def test_a_base_that_another_process_writes_to(
    recoupe: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("recoupe.db.connection.BUSY_TIMEOUT_SECONDS", 0.05)
    recoupe("load", "none.txt", "--db", "b.db")
    other = sqlite3.connect("b.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        result = recoupe("load", "none.txt", "--db", "b.db")
    finally:
        other.close()
    assert_plain(result, 4, "another process is writing to it", "try again")


# --- disks ----------------------------------------------------------------------------------------


@pytest.fixture
def small_disk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A file system of two megabytes."""
    place = tmp_path_factory.mktemp("small")
    mount = shutil.which("mount")
    command = [mount or "mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(place)]
    if mount is None or os.geteuid() or subprocess.run(command, check=False).returncode:
        pytest.skip("a small file system can only be mounted by root")
    yield place
    subprocess.run(["umount", str(place)], check=True)


@pytest.mark.usefixtures("loaded")
def test_a_disk_that_fills_up_is_named_and_what_was_written_is_whole(
    recoupe: Command, small_disk: Path
) -> None:
    base = small_disk / "b.db"
    recoupe("load", "none.txt", "--db", base)
    free = os.statvfs(small_disk)
    (small_disk / "filler").write_bytes(bytes((free.f_bavail - 20) * free.f_frsize))
    Path("a.txt").write_text(" ".join(f"Le lot {n} coûte {n} millions d’euros." for n in range(60)))
    result = recoupe("-q", "load", "a.txt", "--db", base)
    assert_plain(result, 4, "the disk is full", "free some space")
    shutil.copytree(small_disk, "copy")
    with sqlite3.connect("copy/b.db") as db:
        assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert db.execute("PRAGMA foreign_key_check").fetchall() == []
    db.close()


def test_a_disk_that_may_only_be_read(recoupe: Command, small_disk: Path) -> None:
    recoupe("load", "none.txt", "--db", small_disk / "b.db")
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    for base in ("b.db", "new.db", "folder/new.db"):
        assert_plain(recoupe("load", "none.txt", "--db", small_disk / base), 4, base)
    assert recoupe("search", "x", "--db", small_disk / "b.db").code == 0


# --- ports ----------------------------------------------------------------------------------------


@pytest.fixture
def taken() -> Iterator[int]:
    """A port that another program listens on."""
    with socket.create_server(("127.0.0.1", 0)) as other:
        yield other.getsockname()[1]


def test_the_port_of_the_newsroom_is_taken(recoupe: Command, taken: int) -> None:
    result = recoupe("-q", "demo", "--no-serve", "--newsroom-port", taken)
    assert_plain(result, 4, str(taken), "--newsroom-port")
    assert not Path("demo/recoupe.db").exists()


def test_the_port_of_the_site_is_taken(recoupe: Command, taken: int) -> None:
    assert_plain(recoupe("-q", "demo", "--port", taken), 2, str(taken), "--port")
    assert not Path("demo/recoupe.db").exists()
    recoupe("load", "none.txt", "--db", "b.db")
    assert_plain(recoupe("serve", "--db", "b.db", "--port", taken), 2, str(taken), "--port")


def test_where_nobody_chose_the_port_of_the_site_another_will_do(taken: int) -> None:
    from recoupe.commands import _with_free_port
    from recoupe.settings import Settings, load_settings

    unchosen = load_settings({}, environment={})
    assert _with_free_port(replace(unchosen, port=taken)).port == 0
    free = replace(unchosen, port=0)
    assert _with_free_port(free) == free
    chosen = Settings(port=taken, origins={"port": "recoupe.toml", "host": "default"})
    with pytest.raises(UsageError, match="--port"):
        _with_free_port(chosen)
