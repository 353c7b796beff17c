"""The options that the commands share, and how data is written."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from recoupe.settings import Settings, load_settings


class Format(StrEnum):
    """How data is written to standard output."""

    table = "table"
    json = "json"
    jsonl = "jsonl"
    csv = "csv"


class OutputClosedError(Exception):
    """Whoever read standard output has had enough of it (``recoupe sources | head -1``).

    No `BrokenPipeError`, which typer would turn into a failure.
    """


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """The options given before the command."""

    config: Path | None
    quiet: bool
    verbose: bool
    color: bool

    def settings(self, **flags: object) -> Settings:
        """The effective settings, ``flags`` first."""
        return load_settings(flags, config=self.config)


Inputs = Annotated[list[str], typer.Argument(help="Files, - for standard input, or addresses.")]
Database = Annotated[Path | None, typer.Option("--db", help="The base (default recoupe.db).")]
Names = Annotated[
    list[str] | None, typer.Argument(help="Names of sources; all when none is given.")
]
Limit = Annotated[int | None, typer.Option(min=1, help="At most so many pages a source.")]
Url = Annotated[str | None, typer.Option(help="The address the text was published at.")]
PublishedAt = Annotated[str | None, typer.Option(help="ISO 8601 day or instant of publication.")]
Kind = Annotated[str | None, typer.Option(help="press or official.")]
Output = Annotated[Format, typer.Option("--format", help="How data is written.")]
