"""How results are shown: tables, JSON, CSV on standard output; progress on standard error."""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn
from rich.table import Table

from recoupe.cli import Format, Options
from recoupe.encode import to_json
from recoupe.records import Article
from recoupe.run import Report, Watcher
from recoupe.scraper.collect import Outcome

Row = Mapping[str, object]


def write_rows(rows: Sequence[Row], columns: Sequence[str], form: Format, options: Options) -> None:
    """Write ``rows`` to standard output in the form asked for."""
    match form:
        case Format.json:
            write_bytes(to_json([dict(row) for row in rows]) + b"\n")
        case Format.jsonl:
            for row in rows:
                write_bytes(to_json(dict(row), indent=0) + b"\n")
        case Format.csv:
            write_bytes(_csv(rows, columns))
        case Format.table:
            _table(rows, columns, options)


def write_bytes(data: bytes) -> None:
    """Write to standard output, whatever its encoding."""
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()


def _csv(rows: Sequence[Row], columns: Sequence[str]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(columns)
    for row in rows:
        writer.writerow(["" if row.get(c) is None else row.get(c) for c in columns])
    return text.getvalue().encode()


def _table(rows: Sequence[Row], columns: Sequence[str], options: Options) -> None:
    table = Table(*columns, box=None, header_style="bold", pad_edge=False)
    for row in rows:
        table.add_row(*("" if row.get(c) is None else str(row.get(c)) for c in columns))
    Console(no_color=not options.color, highlight=False, markup=False).print(table)


def tell(message: str, options: Options) -> None:
    """Say something to the person, on standard error."""
    if not options.quiet:
        print(message, file=sys.stderr)  # noqa: T201


@contextmanager
def watching(options: Options) -> Iterator[Watcher]:
    """A progress bar on standard error where that is a terminal; addresses with ``-v``."""
    console = Console(stderr=True, no_color=not options.color)
    shown = console.is_terminal and not options.quiet
    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=console, disable=not shown, transient=True) as progress:
        fetching = progress.add_task("collecting", total=None)
        reading = progress.add_task("extracting", total=None, visible=False)

        def outcome(seen: Outcome) -> None:
            progress.advance(fetching)
            if options.verbose:
                why = f": {seen.error}" if seen.error else ""
                tell(f"{seen.state:9} {seen.url}{why}", options)

        def start_reading(total: int) -> None:
            progress.update(reading, total=total, visible=True)

        def document(_article: Article | None) -> None:
            progress.advance(reading)

        yield Watcher(outcome=outcome, reading=start_reading, document=document)


def tell_report(report: Report, options: Options) -> None:
    """Sum up a run on standard error."""
    tell(
        f"{report.fetched} fetched, {report.unchanged} unchanged, {report.gone} gone, "
        f"{report.refused} refused; {report.documents} documents extracted, "
        f"{report.rows_written} rows written",
        options,
    )
    for failure in report.failures:
        where = failure.url or failure.snapshot_sha256 or ""
        tell(f"failed ({failure.stage}) {where}: {failure.message}", options)
    base = report.base
    tell(
        f"In the base: {base.documents} documents, {base.facts} figures, "
        f"{base.comparisons} comparisons",
        options,
    )
