"""What ``recoupe status`` tells: settings with their origins, the base, failures, the archive."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING

from recoupe.db.connection import open_base, translating
from recoupe.db.journal import count, open_failures
from recoupe.errors import DatabaseError
from recoupe.output import Row, cell, new_table
from recoupe.scraper.archive import Archive
from recoupe.settings import Settings

if TYPE_CHECKING:
    from rich.table import Table

#: Open failures that are shown, the latest first.
LAST_FAILURES = 5
COLUMNS = ("section", "name", "value", "origin")


@dataclass(slots=True, kw_only=True)
class Status:
    """``base`` and ``sources`` are empty where there is no file yet; ``errors`` says what broke."""

    settings: list[Row]
    base: Row = field(default_factory=dict)
    failures: list[Row] = field(default_factory=list)
    sources: list[Row] = field(default_factory=list)
    errors: list[DatabaseError] = field(default_factory=list)

    def as_object(self) -> Row:
        """One object with everything."""
        return {
            "settings": self.settings,
            "base": self.base,
            "failures": self.failures,
            "sources": self.sources,
        }

    def as_rows(self) -> list[Row]:
        """One row for each thing told, for CSV and JSON lines."""
        rows: list[Row] = [{"section": "setting", **row} for row in self.settings]
        rows += [_told("base", name, value) for name, value in self.base.items()]
        rows += [_told("failure", f["url"], f["message"], f["stage"]) for f in self.failures]
        rows += [_told("source", s["source"], s["pages"], s["last_checked"]) for s in self.sources]
        return rows

    def tables(self) -> list[Table]:
        """One table for each section that has something to tell."""
        base: list[Row] = [{"in the base": name, "count": n} for name, n in self.base.items()]
        shown = [
            _table("Settings", self.settings, ("name", "value", "origin")),
            _table("Base", base, ("in the base", "count")),
            _table("Last open failures", self.failures, ("stage", "url", "message")),
            _table(
                "Archive", self.sources, ("source", "pages", "gone", "last_checked", "last_changed")
            ),
        ]
        return [table for table in shown if table.row_count]


def status_of(settings: Settings) -> Status:
    """Gather it; a base or archive that cannot be used is told in ``errors``, not raised."""
    status = Status(
        settings=[
            {"name": name, "value": _plain(getattr(settings, name)), "origin": origin}
            for name, origin in settings.origins.items()
        ]
    )
    for path, add in ((settings.database, _add_base), (settings.archive, _add_archive)):
        if path.exists():
            _try(add, status, settings)
    return status


def _try(add: Callable[[Status, Settings], None], status: Status, settings: Settings) -> None:
    try:
        add(status, settings)
    except DatabaseError as error:
        status.errors.append(error)


def _add_base(status: Status, settings: Settings) -> None:
    base = open_base(settings.database, read_only=True)
    with closing(base.conn), translating(base):
        status.base = asdict(count(base.conn))
        status.failures = [
            {
                "stage": failure.stage,
                "source": failure.source,
                "url": failure.url or failure.snapshot_sha256,
                "message": failure.message,
            }
            for failure in open_failures(base.conn, limit=LAST_FAILURES)
        ]


def _add_archive(status: Status, settings: Settings) -> None:
    with Archive(settings.archive) as archive:
        status.sources = [asdict(one) for one in archive.freshness()]


def _told(section: str, name: object, value: object, origin: object = None) -> Row:
    return {"section": section, "name": name, "value": value, "origin": origin}


def _plain(value: object) -> object:
    if isinstance(value, tuple):
        return " ".join(str(one) for one in value)
    return value if isinstance(value, bool | int | float) else str(value)


def _table(title: str, rows: list[Row], columns: tuple[str, ...]) -> Table:
    table = new_table(*columns, title=title)
    for row in rows:
        table.add_row(*(cell(row[column]) for column in columns))
    return table
