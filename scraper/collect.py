"""One round over one source: find its pages, fetch what is new or may have changed, archive it.

Feeds, sitemaps and listings come first, and pages that the archive does not hold are fetched as
they are found. Then the pages it holds are looked at again by conditional request, those not seen
for longest first: all that the feeds still name, and others for ``revisit_days`` after they were
first seen, since a text that is corrected is corrected early. So a limited round makes progress
each time, a killed one is simply run again, and an unchanged site costs one 304 for each page.

A feed that answers 304 is read from the archive: its entries may not all have been fetched.
Whatever goes wrong with one address becomes its `Outcome`; the round goes on. A host whose
robots.txt cannot be had gives one outcome and is left alone for the round. Only a `DatabaseError`
or a `ConfigurationError` ends it.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Literal

from recoupe.errors import (
    DocumentError,
    NetworkError,
    RecoupeError,
    RefusedError,
)
from recoupe.records import Source
from recoupe.scraper.address import canonical, on_hosts, parse
from recoupe.scraper.archive import Archive
from recoupe.scraper.discover import Found, Link, feed_links, listing_links, sitemap_links
from recoupe.scraper.fetch import Fetcher
from recoupe.scraper.optout import OptOuts
from recoupe.scraper.robots import Robots
from recoupe.scraper.visit import Reader, State, Visitor

_log = logging.getLogger(__name__)

What = Literal["feed", "page"]

#: Sitemaps read in one round; an index may lead to hundreds, the latest of which come first.
MAX_SITEMAPS = 50

#: Pages that one source may name in one round.
MAX_LISTED = 200_000

#: What one address may answer for; other errors end the round.
_OF_ONE_ADDRESS = (NetworkError, RefusedError, DocumentError)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of one address in a round; ``error`` says why for ``refused`` and ``failed``.

    ``what`` tells a page from a feed, sitemap or listing.
    """

    url: str
    source: str
    state: State
    what: What = "page"
    error: RecoupeError | None = None


def collect(
    source: Source,
    *,
    fetcher: Fetcher,
    archive: Archive,
    robots: Robots | None = None,
    optouts: OptOuts | None = None,
    obey_optout: bool = True,
    limit: int | None = None,
    only: Collection[str] | None = None,
    stop: Callable[[], bool] | None = None,
    revisit_days: int | None = 30,
) -> Iterator[Outcome]:
    """Collect one source, one outcome at a time, each already in the archive when it is given.

    Pass the same ``robots`` and ``optouts`` for all the sources of a run. ``limit`` bounds the
    pages asked for; ``only`` names the pages to look at instead of discovering them; ``stop`` is
    asked after each feed and before each page; ``revisit_days`` of ``None`` looks at every known
    page again.
    """
    visitor = _visitor(source, fetcher, archive, robots, optouts, obey_optout=obey_optout)
    journey = _Round(visitor=visitor, revisit_days=revisit_days)
    done = 0
    for item in journey.addresses() if only is None else dict.fromkeys(only):
        if stop and stop():
            return
        if isinstance(item, Outcome):
            yield item
            continue
        if limit is not None and done >= limit:
            return
        outcome = journey.page(item)
        if outcome:
            done += 1
            yield outcome


def collect_address(
    url: str,
    *,
    source: Source,
    fetcher: Fetcher,
    archive: Archive,
    robots: Robots | None = None,
    optouts: OptOuts | None = None,
    obey_optout: bool = True,
) -> Outcome:
    """Collect one page of a source by its address, which must be on one of the source's hosts."""
    visitor = _visitor(source, fetcher, archive, robots, optouts, obey_optout=obey_optout)
    try:
        url = canonical(url)
        state = visitor.page(url)
    except _OF_ONE_ADDRESS as error:
        return _outcome_of(error, url, source, "page")
    return Outcome(url=url, source=source.name, state=state)


def _visitor(
    source: Source,
    fetcher: Fetcher,
    archive: Archive,
    robots: Robots | None,
    optouts: OptOuts | None,
    *,
    obey_optout: bool,
) -> Visitor:
    return Visitor(
        source=source,
        fetcher=fetcher,
        archive=archive,
        robots=robots or Robots(fetcher),
        optouts=optouts or OptOuts(fetcher),
        obey_optout=obey_optout,
    )


def _outcome_of(error: RecoupeError, url: str, source: Source, what: What) -> Outcome:
    state: State = "refused" if isinstance(error, RefusedError) else "failed"
    return Outcome(url=url, source=source.name, state=state, what=what, error=error)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Round:
    """The order in which one source's addresses are visited, and the hosts given up on the way."""

    visitor: Visitor
    revisit_days: int | None
    closed: set[str] = field(default_factory=set)

    @property
    def source(self) -> Source:
        """The source that is collected."""
        return self.visitor.source

    def addresses(self) -> Iterator[Outcome | str]:
        """Outcomes of feeds, and pages to visit: unknown ones as they are found, then known."""
        listed: set[str] = set()
        unknown: set[str] = set()
        for outcome, links in self._discovered():
            if outcome:
                yield outcome
            if len(listed) > MAX_LISTED:
                _log.warning(
                    "%s: names more than %d pages; the rest is left out",
                    self.source.name,
                    MAX_LISTED,
                )
                break
            for link in links:
                if link.url in listed or not self._is_page(link.url):
                    continue
                listed.add(link.url)
                if self.visitor.archive.validators(link.url) is None:
                    unknown.add(link.url)
                    yield link.url
        yield from self._known(listed, unknown)

    def page(self, url: str) -> Outcome | None:
        """Visit one page; ``None`` on a host that this round has given up."""
        try:
            url = canonical(url)
            if self._given_up(url):
                return None
            state = self.visitor.page(url)
        except _OF_ONE_ADDRESS as error:
            return _outcome_of(error, url, self.source, "page")
        return Outcome(url=url, source=self.source.name, state=state)

    def _known(self, listed: set[str], visited: set[str]) -> Iterator[str]:
        archive, name = self.visitor.archive, self.source.name
        since = None
        if self.revisit_days is not None:
            start = datetime.now(UTC) - timedelta(days=self.revisit_days)
            since = start.isoformat(timespec="seconds")
        recent = set(archive.pages(name, since=since))
        for url in archive.pages(name):
            if url not in visited and (url in recent or url in listed):
                yield url

    def _discovered(self) -> Iterator[tuple[Outcome | None, tuple[Link, ...]]]:
        for url in self.source.feeds:
            outcome, found = self._feed(url, feed_links)
            yield outcome, found.links
        yield from self._sitemaps()
        for url in self.source.listings:
            yield from self._listing(url)

    def _sitemaps(self) -> Iterator[tuple[Outcome | None, tuple[Link, ...]]]:
        queue = list(self.source.sitemaps)
        for position in range(MAX_SITEMAPS):
            if position >= len(queue):
                return
            outcome, found = self._feed(queue[position], sitemap_links)
            latest_first = sorted(found.links, key=lambda link: link.published or "", reverse=True)
            yield outcome, tuple(latest_first)
            hosts = self.source.hosts
            queue += [url for url in found.nested if url not in queue and on_hosts(url, hosts)]
        if len(queue) > MAX_SITEMAPS:
            _log.warning(
                "%s: %d of %d sitemaps were read; name the ones that matter in its declaration",
                self.source.name,
                MAX_SITEMAPS,
                len(queue),
            )

    def _listing(self, url: str) -> Iterator[tuple[Outcome | None, tuple[Link, ...]]]:
        read = partial(
            listing_links,
            item_css=self.source.listing_item or "a",
            next_css=self.source.listing_next,
        )
        pages = [url]
        seen: set[str] = set()
        while len(pages) <= self.source.max_listing_pages:
            outcome, found = self._feed(pages[-1], read)
            yield outcome, found.links
            fresh = {link.url for link in found.links} - seen
            following = found.next_page
            # Some listings go on for ever, each page with the links of the one before.
            if not fresh or not following or following in pages:
                return
            seen |= fresh
            pages.append(following)

    def _feed(self, url: str, read: Reader) -> tuple[Outcome | None, Found]:
        try:
            url = canonical(url)
            if self._given_up(url):
                return None, Found()
            state, found = self.visitor.feed(url, read)
        except _OF_ONE_ADDRESS as error:
            return _outcome_of(error, url, self.source, "feed"), Found()
        return Outcome(url=url, source=self.source.name, state=state, what="feed"), found

    def _is_page(self, url: str) -> bool:
        source = self.source
        return on_hosts(url, source.hosts) and url not in {*source.feeds, *source.listings}

    def _given_up(self, url: str) -> bool:
        if not on_hosts(url, self.source.hosts) or self.visitor.robots.barrier(url) is None:
            return False
        host = parse(url).netloc
        if host in self.closed:
            return True
        self.closed.add(host)  # This one address tells of the trouble; the next ones are left out.
        return False
