"""The archive of raw pages: what each address served, kept once per content, with its history.

One SQLite file in WAL mode, private. Every change is one transaction, so that a killed run leaves
whole pages or none. An address holds its validators (ETag, Last-Modified); where a server answers
304 only the date of the check is written. Pages that are gone or withdrawn are marked, never
deleted; `Archive.forget` deletes, on request.
"""

from __future__ import annotations

import hashlib
import sqlite3
import zlib
from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Literal, Self

from recoupe.errors import DatabaseError
from recoupe.records import Snapshot
from recoupe.scraper.archive_file import connect, transaction, translated

Change = Literal["new", "changed", "unchanged"]
Role = Literal["page", "feed"]

FILE_NAME = "recoupe-archive.db"
#: Addresses read at a time, so that a long walk neither fills memory nor holds a lock.
_BATCH = 500

_UPSERT = """
INSERT INTO resources (url, role, source, kind, final_url, etag, last_modified, content_type,
  charset, opted_out, first_seen, last_checked, changed_at, status, sha256)
VALUES (:url, :role, :source, :kind, :final_url, :etag, :last_modified, :content_type,
  :charset, :opted_out, :now, :now, :now, 'live', :sha256)
ON CONFLICT (url) DO UPDATE SET role = excluded.role, source = excluded.source,
  kind = excluded.kind, final_url = excluded.final_url, etag = excluded.etag,
  last_modified = excluded.last_modified, content_type = excluded.content_type,
  charset = excluded.charset, opted_out = excluded.opted_out, last_checked = excluded.last_checked,
  changed_at = iif(:change = 'unchanged', changed_at, excluded.changed_at),
  status = 'live', gone_at = NULL, sha256 = excluded.sha256
"""
_GET = """
SELECT r.url, r.final_url, r.source, r.kind, coalesce(max(v.fetched_at), r.changed_at),
  r.content_type, r.charset, s.sha256, s.body, r.opted_out
FROM resources r JOIN snapshots s LEFT JOIN versions v ON v.url = r.url AND v.sha256 = s.sha256
WHERE r.url = ? AND s.sha256 = ? AND (r.sha256 = s.sha256 OR v.url IS NOT NULL)
GROUP BY r.url
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Validators:
    """What to send along so that a server may answer 304, and what its publisher said."""

    etag: str | None
    last_modified: str | None
    opted_out: bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Freshness:
    """How one source stands: pages it has, pages gone, last look and last change (ISO UTC)."""

    source: str | None
    pages: int
    gone: int
    last_checked: str
    last_changed: str


class Archive:
    """The archive in one file; a context manager. Each thread opens its own.

    Every method raises `DatabaseError` where the file cannot be used.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._db: sqlite3.Connection = connect(path)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._db.close()

    def validators(self, url: str) -> Validators | None:
        """The validators of a live address; ``None`` where it must be fetched in full."""
        row = self._row(
            "SELECT etag, last_modified, opted_out FROM resources "
            "WHERE url = ? AND status = 'live'",
            url,
        )
        if row is None:
            return None
        etag, last_modified, opted_out = row
        return Validators(etag=etag, last_modified=last_modified, opted_out=_bool(opted_out))

    def knows(self, url: str) -> bool:
        """Whether the address was ever stored."""
        return self._row("SELECT 1 FROM resources WHERE url = ?", url) is not None

    def store(
        self,
        snapshot: Snapshot,
        *,
        etag: str | None = None,
        last_modified: str | None = None,
        role: Role = "page",
    ) -> Change:
        """Keep what an address served; ``"changed"`` also where a gone address is back.

        Of a ``"feed"`` (also a sitemap or a listing) only the latest content is kept.
        """
        if hashlib.sha256(snapshot.body).hexdigest() != snapshot.sha256:
            raise DatabaseError(f"{snapshot.url}: sha256 is not that of the body; not stored")
        with self._transaction():
            row = self._row("SELECT sha256, status FROM resources WHERE url = ?", snapshot.url)
            change = _change(row, snapshot)
            if change != "unchanged":
                self._store_body(snapshot)
            validators = {"etag": etag, "last_modified": last_modified}
            values = _values(snapshot) | validators | {"role": role, "change": change}
            self._db.execute(_UPSERT, values)
            if role == "page" and change != "unchanged":
                self._db.execute(
                    "INSERT OR IGNORE INTO versions (url, fetched_at, sha256) VALUES (?, ?, ?)",
                    (snapshot.url, snapshot.fetched_at, snapshot.sha256),
                )
            if role == "feed" and row:
                self._prune(row[0])
        return change

    def touch(self, url: str, *, now: str) -> None:
        """Note that an address was checked at ``now`` and had not changed (status 304)."""
        with self._transaction():
            self._db.execute("UPDATE resources SET last_checked = ? WHERE url = ?", (now, url))

    def mark_gone(self, url: str, *, now: str) -> None:
        """Note that an address answers 404 or 410; what it served is kept."""
        self._leave(url, "gone", now)

    def withdraw(self, url: str, *, now: str) -> None:
        """Note that the publisher reserved a page after it was stored; `latest` leaves it out."""
        self._leave(url, "withdrawn", now)

    def pages(self, source: str | None = None, *, since: str | None = None) -> list[str]:
        """The live pages, those not looked at for longest first.

        ``since`` leaves out what was first seen before that instant.
        """
        rows = self._rows(
            "SELECT url FROM resources WHERE role = 'page' AND status = 'live' "
            "AND (? IS NULL OR source = ?) AND (? IS NULL OR first_seen >= ?) "
            "ORDER BY last_checked, url",
            source,
            source,
            since,
            since,
        )
        return [url for (url,) in rows]

    def current(self, source: str | None = None) -> Iterator[tuple[str, str]]:
        """``(url, sha256)`` of each live page in the order of addresses; no body is read."""
        last = ""
        while rows := self._rows(
            "SELECT url, sha256 FROM resources WHERE role = 'page' AND status = 'live' "
            "AND (? IS NULL OR source = ?) AND url > ? ORDER BY url LIMIT ?",
            source,
            source,
            last,
            _BATCH,
        ):
            yield from rows
            last = rows[-1][0]

    def latest(self, source: str | None = None) -> Iterator[Snapshot]:
        """The present content of each live page, one at a time; the archive may be written to."""
        for url, sha256 in self.current(source):
            snapshot = self.get(sha256, url)
            if snapshot is not None:
                yield snapshot

    def get(self, sha256: str, url: str) -> Snapshot | None:
        """What ``url`` served under this digest, at its last time; ``None`` where it never did."""
        row = self._row(_GET, url, sha256)
        return self._snapshot(row) if row else None

    def stored(self, url: str) -> Snapshot | None:
        """The content that was last stored for an address, page or feed."""
        row = self._row("SELECT sha256 FROM resources WHERE url = ?", url)
        return self.get(row[0], url) if row else None

    def versions(self, url: str) -> list[tuple[str, str]]:
        """``(fetched_at, sha256)`` of each content that a page has served, oldest first."""
        return self._rows(
            "SELECT fetched_at, sha256 FROM versions WHERE url = ? ORDER BY fetched_at, rowid", url
        )

    def freshness(self) -> list[Freshness]:
        """How each source stands."""
        return [
            Freshness(
                source=source, pages=pages, gone=gone, last_checked=last, last_changed=changed
            )
            for source, pages, gone, last, changed in self._rows(
                "SELECT source, sum(role = 'page'), sum(role = 'page' AND status = 'gone'), "
                "max(last_checked), max(changed_at) FROM resources GROUP BY source ORDER BY source"
            )
        ]

    def forget(self, url: str) -> bool:
        """Delete an address with all it ever served; whether there was anything to delete."""
        with self._transaction():
            rows = self._rows(
                "SELECT sha256 FROM resources WHERE url = ? "
                "UNION SELECT sha256 FROM versions WHERE url = ?",
                url,
                url,
            )
            self._db.execute("DELETE FROM versions WHERE url = ?", (url,))
            self._db.execute("DELETE FROM resources WHERE url = ?", (url,))
            for (sha256,) in rows:
                self._prune(sha256)
        return bool(rows)

    def _leave(self, url: str, status: str, now: str) -> None:
        with self._transaction():
            self._db.execute(
                "UPDATE resources SET status = :status, last_checked = :now, "
                "gone_at = coalesce(gone_at, :now) WHERE url = :url",
                {"url": url, "status": status, "now": now},
            )

    def _store_body(self, snapshot: Snapshot) -> None:
        self._db.execute(
            "INSERT OR IGNORE INTO snapshots (sha256, size, body) VALUES (?, ?, ?)",
            (snapshot.sha256, len(snapshot.body), zlib.compress(snapshot.body)),
        )

    def _prune(self, sha256: str) -> None:
        self._db.execute(
            "DELETE FROM snapshots WHERE sha256 = :sha256 "
            "AND NOT EXISTS (SELECT 1 FROM resources WHERE sha256 = :sha256) "
            "AND NOT EXISTS (SELECT 1 FROM versions WHERE sha256 = :sha256)",
            {"sha256": sha256},
        )

    def _snapshot(self, row: tuple[Any, ...]) -> Snapshot:
        *fields, packed, opted_out = row
        try:
            body = zlib.decompress(packed)
        except zlib.error as error:
            raise DatabaseError(f"{self.path}: the body of {row[0]} is damaged: {error}") from error
        url, final_url, source, kind, fetched_at, content_type, charset, sha256 = fields
        return Snapshot(
            url=url,
            final_url=final_url,
            source=source,
            kind=kind,
            fetched_at=fetched_at,
            content_type=content_type,
            charset=charset,
            body=body,
            sha256=sha256,
            opted_out=_bool(opted_out),
        )

    def _transaction(self) -> AbstractContextManager[None]:
        return transaction(self._db, self.path)

    def _rows(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        with translated(self.path):
            return self._db.execute(sql, values).fetchall()

    def _row(self, sql: str, *values: object) -> tuple[Any, ...] | None:
        rows = self._rows(sql, *values)
        return rows[0] if rows else None


def _bool(value: int | None) -> bool | None:
    return None if value is None else bool(value)


def _change(row: tuple[Any, ...] | None, snapshot: Snapshot) -> Change:
    if row is None:
        return "new"
    return "unchanged" if row == (snapshot.sha256, "live") else "changed"


def _values(snapshot: Snapshot) -> dict[str, object]:
    return {
        "url": snapshot.url,
        "source": snapshot.source,
        "kind": snapshot.kind,
        "final_url": snapshot.final_url,
        "content_type": snapshot.content_type,
        "charset": snapshot.charset,
        "opted_out": snapshot.opted_out,
        "now": snapshot.fetched_at,
        "sha256": snapshot.sha256,
    }
