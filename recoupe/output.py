"""Data on standard output: JSON, JSON lines, CSV, tables. Rows are written as they come."""

from __future__ import annotations

import csv
import io
import os
import sys
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from itertools import chain
from typing import TYPE_CHECKING

from recoupe.console import printable
from recoupe.encode import to_json
from recoupe.errors import RecoupeError
from recoupe.options import Format, Options, OutputClosedError

if TYPE_CHECKING:
    from rich.table import Table

Row = Mapping[str, object]

#: Columns of a table that goes to a file or another program, where no terminal says its own.
_WIDTH = 100
#: What a spreadsheet would take for a formula; figures such as -12 are written as numbers.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def write_rows(
    rows: Iterable[Row],
    columns: Sequence[str],
    form: Format,
    options: Options,
    *,
    shown: Sequence[str] | None = None,
) -> None:
    """Write ``rows`` in the form asked for.

    ``columns`` are those of the CSV; ``shown``, where fewer fit a screen, those of the table.
    """
    match form:
        case Format.json:
            write_array(to_json(dict(row)) for row in rows)
        case Format.jsonl:
            for row in rows:
                write_bytes(to_json(dict(row), indent=0) + b"\n")
        case Format.csv:
            _write_csv(rows, columns)
        case Format.table:
            write_table(_plain_table(rows, shown or columns), options)


def write_array(items: Iterable[bytes]) -> None:
    """Write encoded objects as one JSON array, each as soon as it is there."""
    separator = b"[\n  "
    for item in items:
        write_bytes(separator + item.replace(b"\n", b"\n  "))
        separator = b",\n  "
    write_bytes(b"[]\n" if separator.startswith(b"[") else b"\n]\n")


def write_bytes(data: bytes) -> None:
    """Write to standard output, whatever its encoding."""
    try:
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    except BrokenPipeError as error:
        raise OutputClosedError from error
    except OSError as error:
        raise RecoupeError(f"standard output cannot be written: {error.strerror}") from error


def write_table(table: Table, options: Options) -> None:
    """Write a table, as wide as the terminal or ``COLUMNS``, in the terminal's encoding."""
    from rich.console import Console

    console = Console(
        color_system="auto" if options.color else None, highlight=False, markup=False, emoji=False
    )
    if not console.is_terminal and console.size.width == 80:  # noqa: PLR2004  rich's own default
        console.width = _width_of_choice()
    with console.capture() as captured:
        console.print(table)
    encoding = sys.stdout.encoding or "utf-8"
    write_bytes(captured.get().encode(encoding, errors="replace"))


def _width_of_choice() -> int:
    given = os.environ.get("COLUMNS", "")
    return int(given) if given.isdigit() and int(given) else _WIDTH


def new_table(*columns: str, title: str | None = None) -> Table:
    """A table in the style of all of ours; add rows of `cell`."""
    from rich import box
    from rich.table import Table

    return Table(
        *columns,
        title=title,
        title_justify="left",
        title_style="bold",
        box=box.SIMPLE_HEAD,
        header_style="bold",
        pad_edge=False,
    )


def cell(value: object) -> str:
    """A value as it stands in a table: nothing for what is absent, no control characters."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Decimal):
        return format(value, "f")
    return printable(str(value)).replace("\n", " ")


def _plain_table(rows: Iterable[Row], columns: Sequence[str]) -> Table:
    table = new_table(*columns)
    for row in rows:
        table.add_row(*(cell(row.get(column)) for column in columns))
    return table


def _write_csv(rows: Iterable[Row], columns: Sequence[str]) -> None:
    for line in chain([columns], ([_field(row.get(c)) for c in columns] for row in rows)):
        text = io.StringIO()
        csv.writer(text).writerow(line)
        write_bytes(text.getvalue().encode(errors="replace"))


def _field(value: object) -> object:
    if value is None:
        return ""
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, str) and value.startswith(_FORMULA):
        return f"'{value}"
    return value
