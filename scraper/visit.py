"""One address of a source: may it be fetched, what did it answer, what goes into the archive."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from recoupe.errors import NetworkError, ReadError, RefusedError
from recoupe.records import Snapshot, Source
from recoupe.scraper.address import on_hosts, parse
from recoupe.scraper.archive import Archive, Role
from recoupe.scraper.discover import Found
from recoupe.scraper.fetch import Fetcher
from recoupe.scraper.optout import OptOuts, by_document, by_header
from recoupe.scraper.response import Response
from recoupe.scraper.robots import Robots

State = Literal["new", "changed", "unchanged", "gone", "refused", "failed"]
#: Takes a feed's bytes and its address apart.
Reader = Callable[[bytes, str], Found]

_OK = frozenset({200, 203})
_NOT_MODIFIED = 304
_GONE = frozenset({404, 410})
_FORBIDDEN = frozenset({401, 402, 403, 407, 451})
_NO_TEXT = ("image/", "audio/", "video/", "font/", "application/zip", "text/css")


@dataclass(frozen=True, slots=True, kw_only=True)
class Visitor:
    """Fetches and archives addresses of one source; raises what stands in the way.

    `RefusedError` for robots.txt, an opt-out, a foreign host or a closed door, `NetworkError` for
    an answer that is none, `ReadError` for one that holds no text.
    """

    source: Source
    fetcher: Fetcher
    archive: Archive
    robots: Robots
    optouts: OptOuts
    obey_optout: bool

    def page(self, url: str) -> State:
        """Fetch one page if it may have changed, and archive what it served."""
        self.permit(url)
        reserved = self.optouts.by_file(url)
        self._obey(url, reserved)
        known = self.archive.validators(url)
        if known and known.opted_out and self.obey_optout:
            known = None  # Collected against an opt-out: the whole document must be judged again.
        response = self.fetcher.get(
            url,
            etag=known.etag if known else None,
            last_modified=known.last_modified if known else None,
            permit=self.permit,
        )
        if response.status in _GONE:
            self.archive.mark_gone(url, now=_now())
            return "gone"
        if response.status == _NOT_MODIFIED and known:
            self._obey(url, by_header(response.headers))
            self.archive.touch(url, now=_now())
            return "unchanged"
        _require_text(response)
        if parse(response.final_url).url != url:
            reserved = self.optouts.by_file(response.final_url)
        said = by_document(response)
        reserved = reserved if said is None else said
        self._obey(url, reserved)
        return self._store(response, url, role="page", opted_out=reserved)

    def feed(self, url: str, read: Reader) -> tuple[State, Found]:
        """Fetch a feed, sitemap or listing and take it apart; from the archive after a 304."""
        self.permit(url)
        known = self.archive.validators(url)
        response = self.fetcher.get(
            url,
            etag=known.etag if known else None,
            last_modified=known.last_modified if known else None,
            permit=self.permit,
        )
        if response.status == _NOT_MODIFIED and known:
            stored = self.archive.stored(url)
            self.archive.touch(url, now=_now())
            return "unchanged", read(stored.body, stored.final_url) if stored else Found()
        if response.status in _GONE:
            raise NetworkError(
                f"{url} answered {response.status}; correct it in the declaration of "
                f"{self.source.name!r}"
            )
        _require_text(response)
        found = read(response.body, response.final_url)
        return self._store(response, url, role="feed", opted_out=None), found

    def permit(self, url: str) -> None:
        """Raise `RefusedError` where the source or its host does not let an address be fetched."""
        if not on_hosts(url, self.source.hosts):
            raise RefusedError(
                f"{url}: {parse(url).netloc} is none of the hosts of {self.source.name!r}; "
                "add it to hosts in its declaration if its pages belong to the source"
            )
        self.fetcher.pace.slow_down(parse(url).netloc, self.source.delay_seconds)
        self.robots.check(url)

    def _obey(self, url: str, reserved: bool | None) -> None:
        if reserved and self.obey_optout:
            self.archive.withdraw(url, now=_now())
            raise RefusedError(
                f"{url}: its publisher reserved it from text and data mining (TDMRep); not kept"
            )

    def _store(self, response: Response, url: str, *, role: Role, opted_out: bool | None) -> State:
        snapshot = Snapshot(
            url=url,
            final_url=response.final_url,
            source=self.source.name,
            kind=self.source.kind,
            fetched_at=_now(),
            content_type=response.content_type,
            charset=response.charset,
            body=response.body,
            sha256=hashlib.sha256(response.body).hexdigest(),
            opted_out=opted_out,
        )
        return self.archive.store(
            snapshot, etag=response.etag, last_modified=response.last_modified, role=role
        )


def _require_text(response: Response) -> None:
    where = response.final_url
    if response.status in _FORBIDDEN:
        raise RefusedError(f"{where} answered {response.status}: its server lets nobody in")
    if response.status not in _OK:
        raise NetworkError(f"{where} answered {response.status}; try again later")
    if (response.content_type or "").startswith(_NO_TEXT):
        raise ReadError(f"{where} is {response.content_type}, in which there is no text; not kept")
    if not response.body.strip():
        raise ReadError(f"{where} answered with an empty page; not kept")


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
