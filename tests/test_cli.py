"""The command line as its user meets it: streams, formats, options, exit codes."""

from __future__ import annotations

import contextlib
import csv
import io
import json
import logging
import os
import socket
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from recoupe.console import printable
from recoupe.corpus.newsroom import Newsroom
from recoupe.db.connection import open_base
from recoupe.db.journal import record_failure
from recoupe.records import Failure

Command = Callable[..., Any]
TEXT = "Le plan promet 12 millions d’euros à Rennes.\r\nIl en reste 3 millions.\n"
FORMATS = ("table", "json", "jsonl", "csv")


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


# --- help and version -----------------------------------------------------------------------------


def test_help_names_every_command_that_is_there(recoupe: Command) -> None:
    result = recoupe("--help")
    assert result.code == 0
    listed = {line.split()[0] for line in result.out.split("Commands:")[1].splitlines() if line}
    assert listed == {
        *("demo", "run", "collect", "load", "read", "extract", "search", "compare"),
        *("sources", "serve", "status", "evaluate"),
    }
    assert "…" not in result.out
    assert "..." not in result.out.split("Commands:")[1]


def test_each_command_explains_itself(recoupe: Command) -> None:
    for command in ("demo", "run", "extract", "status"):
        assert "Usage: recoupe " + command in recoupe(command, "--help").out


def test_version(recoupe: Command) -> None:
    assert recoupe("--version").out.startswith("recoupe 0.")


# --- read and extract -----------------------------------------------------------------------------


def test_read_writes_one_document_alone(recoupe: Command) -> None:
    Path("a.txt").write_bytes(TEXT.encode())
    result = recoupe("read", "a.txt", "--published-at", "2024-05-03", "--kind", "official")
    assert (result.code, result.err) == (0, "")
    assert result.data["text"] == TEXT
    assert (result.data["published_at"], result.data["kind"]) == ("2024-05-03", "official")


def test_what_read_writes_can_be_read_again(recoupe: Command) -> None:
    Path("a.txt").write_bytes(TEXT.encode())
    first = recoupe("read", "a.txt", "--url", "https://x.fr/a", "--published-at", "2024-05-03")
    Path("a.json").write_text(first.out)
    assert recoupe("read", "a.json").data == first.data


@pytest.mark.usefixtures("loaded")
def test_extract_gives_one_object_for_each_input_in_order(recoupe: Command) -> None:
    Path("a.txt").write_bytes(TEXT.encode())
    Path("empty.txt").write_text("")
    result = recoupe("extract", "none.txt", "a.txt", "empty.txt", "-", stdin=TEXT.encode())
    assert result.code == 3
    missing, first, empty, last = result.data
    assert missing["error"]["stage"] == empty["error"]["stage"] == "read"
    assert missing["error"]["message"].startswith("none.txt: no such file")
    assert list(empty) == ["schema_version", "error"]
    assert first["document"]["text"] == last["document"]["text"] == TEXT
    assert [quantity["value"] for quantity in first["quantities"]] == [12_000_000, 3_000_000]
    assert first["quantities"] == last["quantities"]
    assert result.err.count("recoupe: ") == 2


@pytest.mark.usefixtures("loaded")
def test_extract_writes_json_lines_and_rows_too(recoupe: Command) -> None:
    Path("a.txt").write_bytes(TEXT.encode())
    lines = recoupe("extract", "a.txt", "none.txt", "--format", "jsonl").out.splitlines()
    assert [list(json.loads(line))[1] for line in lines] == ["document", "error"]
    result = recoupe("extract", "a.txt", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(result.out)))
    assert [(row["input"], row["value"], row["unit"]) for row in rows] == [
        ("a.txt", "12000000", "EUR"),
        ("a.txt", "3000000", "EUR"),
    ]
    assert "12 millions" in recoupe("extract", "a.txt", "--format", "table").out


@pytest.mark.usefixtures("loaded")
def test_extract_reads_as_it_writes(recoupe: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    from recoupe import inputs, output

    events: list[str] = []
    read, write = inputs.read_input, output.write_bytes
    monkeypatch.setattr(inputs, "read_input", lambda *a: events.append("read") or read(*a))
    monkeypatch.setattr(output, "write_bytes", lambda data: events.append("wrote") or write(data))
    names = [f"{number}.txt" for number in range(20)]
    for name in names:
        Path(name).write_text(f"{name} compte 12 communes.")
    result = recoupe("extract", *names)
    assert len(result.data) == 20
    first = events.index("wrote")
    assert events[:first].count("read") <= 8
    assert events[first:].count("read") >= 12


def test_an_empty_array_is_json(recoupe: Command, base: Path) -> None:
    assert recoupe("search", "zzzz", "--db", base, "--format", "json").data == []


# --- the formats ----------------------------------------------------------------------------------


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize(
    "command", [("search", "logements"), ("compare",), ("sources",), ("status",), ("read", "a.txt")]
)
def test_standard_output_is_data_in_the_format_asked_for(
    command: tuple[str, ...], form: str, recoupe: Command, base: Path
) -> None:
    Path("a.txt").write_bytes(TEXT.encode())
    where = () if command[0] in {"sources", "read"} else ("--db", base)
    result = recoupe(*command, *where, "--format", form)
    assert result.code == 0, result.err
    assert result.out
    if form == "json":
        assert result.data
    elif form == "jsonl":
        assert all(isinstance(json.loads(line), dict) for line in result.out.splitlines())
    elif form == "csv":
        header, *rows = csv.reader(io.StringIO(result.out))
        assert rows
        assert {len(row) for row in rows} == {len(header)}
    else:
        assert max(len(line.rstrip()) for line in result.out.splitlines()) <= 100


def test_a_table_fits_the_width_it_is_given(
    recoupe: Command, base: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for width in ("80", "120"):
        monkeypatch.setenv("COLUMNS", width)
        for command in (("search", "logements"), ("compare",)):
            out = recoupe(*command, "--db", base).out
            assert max(len(line.rstrip()) for line in out.splitlines()) <= int(width)
            assert "1 200" in " ".join(out.split()).replace("\u202f", " ").replace("\xa0", " ")


def test_a_comparison_names_both_figures_and_their_rate(recoupe: Command, base: Path) -> None:
    rows = recoupe("compare", "--db", base, "--format", "json").data
    assert {row["basis"] for row in rows} >= {"base"}
    row = next(
        row
        for row in rows
        if (row["announced_value"], row["reported_value"]) == (42_000_000, 26_500_000)
    )
    assert row["ratio"] == pytest.approx(26.5 / 42, abs=1e-5)
    assert row["announced_sentence"] != row["reported_sentence"]
    assert "63.1%" in recoupe("compare", "--db", base).out


def test_fewer_rows_than_there_are_is_said_on_standard_error(recoupe: Command, base: Path) -> None:
    result = recoupe("search", "logements", "--db", base, "--limit", "1", "--format", "jsonl")
    assert len(result.out.splitlines()) == 1
    assert result.err.startswith("1 of ")
    assert recoupe("-q", "search", "logements", "--db", base, "--limit", "1").err == ""
    assert recoupe("search", "zzzz", "--db", base).err == "No figures found.\n"


def test_markup_and_controls_in_data_are_shown_as_they_stand(recoupe: Command, base: Path) -> None:
    with closing(open_base(base).conn) as conn:
        conn.execute("UPDATE sentences SET text = '[red]a[/red] :smile: \x1b[31mb' || text")
    out = recoupe("search", "logements", "--db", base).out
    assert "[red]a[/red]" in out
    assert ":smile:" in out
    assert "\x1b" not in out
    assert printable("a\x1b[2Jb\u202ec\n") == "a\ufffd[2Jb\ufffdc\n"


def test_a_cell_that_looks_like_a_formula_is_not_one(recoupe: Command, base: Path) -> None:
    with closing(open_base(base).conn) as conn:
        conn.execute("UPDATE sentences SET text = '=HYPERLINK(\"x\")'")
    out = recoupe("search", "logements", "--db", base, "--format", "csv").out
    rows = list(csv.DictReader(io.StringIO(out)))
    assert {row["sentence"] for row in rows} == {'\'=HYPERLINK("x")'}


# --- colours, quiet, verbose ----------------------------------------------------------------------


@pytest.mark.parametrize("asked", [(), ("--no-color",)])
def test_no_colour_goes_to_a_pipe(asked: tuple[str, ...], recoupe: Command, base: Path) -> None:
    assert "\x1b" not in recoupe(*asked, "compare", "--db", base).out


@pytest.mark.parametrize(
    ("flags", "variables", "coloured"),
    [
        ((), {"FORCE_COLOR": "1"}, True),
        (("--no-color",), {"FORCE_COLOR": "1"}, False),
        ((), {"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
    ],
)
def test_colours_can_be_turned_off(
    flags: tuple[str, ...],
    variables: dict[str, str],
    coloured: bool,
    recoupe: Command,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert ("\x1b[" in recoupe(*flags, "status").out) is coloured


@pytest.mark.parametrize(("flag", "shown"), [((), False), (("-v",), True)])
def test_what_libraries_say_is_for_those_who_ask(
    flag: tuple[str, ...], shown: bool, recoupe: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    from recoupe import inputs

    def noisy(*_: object) -> bytes:
        logging.getLogger("pypdfium2").error("parsed tree length: 1")
        logging.getLogger("recoupe.scraper").warning("a sitemap was left out")
        return TEXT.encode()

    monkeypatch.setattr(inputs, "_read_file", noisy)
    result = recoupe(*flag, "read", "a.txt")
    assert ("parsed tree length" in result.err) is shown
    assert "a sitemap was left out" in result.err


def test_quiet_says_errors_only(recoupe: Command) -> None:
    result = recoupe("-q", "load", "none.txt", "--db", "b.db")
    assert (result.code, result.out) == (3, "")
    assert result.err.splitlines() == [
        "recoupe: read failed: none.txt: no such file; check its name and the folder you are in"
    ]


# --- load, demo, status ---------------------------------------------------------------------------


@pytest.mark.usefixtures("loaded")
def test_load_stores_what_it_can_and_says_what_it_could_not(recoupe: Command) -> None:
    Path("a.txt").write_text(TEXT)
    result = recoupe("load", "a.txt", "none.txt", "--db", "b.db", "--published-at", "2024-05-03")
    assert (result.code, result.out) == (3, "")
    assert "Documents extracted: 1" in result.err
    assert "none.txt: no such file" in result.err
    assert "In the base: 1 documents, 2 figures" in result.err
    again = recoupe("load", "a.txt", "--db", "b.db", "--published-at", "2024-05-03")
    assert again.code == 0
    assert "rows written: 0." in again.err


@pytest.mark.usefixtures("loaded")
def test_demo_collects_the_newsroom_and_ends_with_a_summary(
    recoupe: Command, newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("recoupe.corpus.newsroom.load", lambda: newsroom.documents[:2])
    result = recoupe("demo", "--no-serve", "--db", "demo.db", "--newsroom-port", free_port())
    assert (result.code, result.out) == (0, ""), result.err
    assert "Documents extracted: 2" in result.err
    assert "In the base: 2 documents, " in result.err
    assert " comparisons" in result.err
    assert result.err.splitlines()[-1] == ("To see it in a browser: recoupe serve --db demo.db")
    assert Path("demo-archive.db").is_file()


def test_status_tells_settings_base_failures_and_archive(
    recoupe: Command, base: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    db = open_base(base)
    for number in range(7):
        failure = Failure(
            stage="read", error="ReadError", message="no article", url=f"https://x.fr/{number}"
        )
        record_failure(db, failure, at=f"2026-01-0{number + 1}T00:00:00+00:00")
    db.conn.close()
    monkeypatch.setenv("RECOUPE_PORT", "9000")
    told = recoupe("status", "--db", base, "--format", "json").data
    origins = {row["name"]: (row["value"], row["origin"]) for row in told["settings"]}
    assert origins["port"] == (9000, "RECOUPE_PORT")
    assert origins["database"] == (str(base), "command line")
    assert origins["archive"][1] == "beside the database"
    assert told["base"]["documents"] == 5
    assert [row["url"][-1] for row in told["failures"]] == ["6", "5", "4", "3", "2"]
    assert {row["source"] for row in told["sources"]} == {"gazette", "lettre", "prefecture"}
    assert sum(row["pages"] for row in told["sources"]) == 5
    table = recoupe("status", "--db", base).out
    for part in ("RECOUPE_PORT", "https://x.fr/6", "no article", "gazette"):
        assert part in table


def test_status_makes_no_file(recoupe: Command) -> None:
    assert recoupe("status").code == 0
    assert list(Path.cwd().iterdir()) == []


# --- pipes and terminals --------------------------------------------------------------------------


def test_standard_output_that_is_full(recoupe: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("there is no /dev/full here")
    with monkeypatch.context() as patch:
        patch.setattr(sys, "stdout", full := Path("/dev/full").open("w"))  # noqa: SIM115
        result = recoupe("sources", "--format", "csv")
    with contextlib.suppress(OSError):
        full.close()
    assert result.code == 1
    assert result.err == ("recoupe: standard output cannot be written: No space left on device\n")


def test_a_reader_that_has_had_enough_is_no_error(
    recoupe: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "w") as pipe, monkeypatch.context() as patch:
        patch.setattr(sys, "stdout", pipe)
        results = [recoupe("sources", "--format", form) for form in ("jsonl", "table")]
    assert [(result.code, result.err) for result in results] == [(0, ""), (0, "")]


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp1252"])
def test_a_terminal_that_is_not_utf8_gets_what_it_can_show(
    encoding: str, recoupe: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    terminal = io.TextIOWrapper(io.BytesIO(), encoding=encoding)
    with monkeypatch.context() as patch:
        patch.setattr(sys, "stdout", terminal)
        assert recoupe("sources").code == 0
    shown = terminal.buffer.getvalue()  # type: ignore[attr-defined]
    assert b"lemonde" in shown
    assert shown.decode(encoding)


def test_evaluate_counts_the_corpus_and_knows_its_parts(recoupe: Command) -> None:
    rows = recoupe("evaluate", "--counts", "--format", "json").data
    held = {row["what"]: row for row in rows}
    assert held["documents"]["both"] == held["documents"]["dev"] + held["documents"]["test"]
    unknown = recoupe("evaluate", "--part", "train")
    assert unknown.code == 2
    assert "the corpus has dev and test" in unknown.err
    nowhere = recoupe("evaluate", "--annotations", "nowhere")
    assert nowhere.code == 2
    assert "no such folder" in nowhere.err
