"""robots.txt by RFC 9309: what a site forbids, how slowly it wants to be read, its sitemaps.

A file that is missing (4xx) forbids nothing; one that cannot be had (5xx, 429, no answer) forbids
everything until the next run. Read once per host and run, by Protego: the standard library's
parser fails on Allow inside Disallow, on ``*.pdf$`` and on fractional delays.
"""

from __future__ import annotations

from dataclasses import dataclass

from protego import Protego

from recoupe.errors import NetworkError, RecoupeError, RefusedError
from recoupe.scraper.address import Address, parse
from recoupe.scraper.fetch import Fetcher
from recoupe.scraper.response import Response

#: What RFC 9309 §2.5 asks a reader to parse at least; what follows is not looked at.
MAX_BYTES = 500 * 1024
_TOO_MANY_REQUESTS = 429


@dataclass(frozen=True, slots=True, kw_only=True)
class _Entry:
    """The rules of one origin, or why nothing may be fetched from it."""

    rules: Protego
    barrier: RecoupeError | None = None


def parse_rules(body: bytes) -> Protego:
    """Read a robots.txt, its first 500 KiB cut at the end of a line."""
    if len(body) > MAX_BYTES:
        body = body[:MAX_BYTES].rpartition(b"\n")[0]
    return Protego.parse(body.decode("utf-8-sig", errors="replace"))


class Robots:
    """Answers for robots.txt files, kept for one run."""

    def __init__(self, fetcher: Fetcher) -> None:
        self._fetcher = fetcher
        self._agent = fetcher.options.product
        self._entries: dict[str, _Entry] = {}

    def check(self, url: str) -> None:
        """Raise `RefusedError` where robots.txt forbids an address, or what `barrier` gives."""
        address = parse(url)
        entry = self._entry(address)
        if entry.barrier:
            raise type(entry.barrier)(str(entry.barrier)) from entry.barrier
        if not entry.rules.can_fetch(address.url, self._agent):
            raise RefusedError(
                f"{address.url}: robots.txt of {address.netloc} forbids it to {self._agent!r}; "
                "not fetched"
            )

    def barrier(self, url: str) -> RecoupeError | None:
        """Why nothing at all may be fetched from the address's host in this run, or ``None``."""
        return self._entry(parse(url)).barrier

    def crawl_delay(self, url: str) -> float | None:
        """Seconds between two requests that the host asks for."""
        delay = self._entry(parse(url)).rules.crawl_delay(self._agent)
        return None if delay is None else float(delay)

    def sitemaps(self, url: str) -> tuple[str, ...]:
        """The sitemaps that the host names."""
        return tuple(self._entry(parse(url)).rules.sitemaps)

    def _entry(self, address: Address) -> _Entry:
        if address.origin not in self._entries:
            entry = self._load(address)
            delay = entry.rules.crawl_delay(self._agent)
            if delay is not None:
                longest = self._fetcher.options.max_delay
                self._fetcher.pace.slow_down(address.netloc, min(delay, longest))
            self._entries[address.origin] = entry
        return self._entries[address.origin]

    def _load(self, address: Address) -> _Entry:
        nothing = parse_rules(b"")
        try:
            response = self._fetcher.get(f"{address.origin}/robots.txt")
        except NetworkError as error:
            return _Entry(rules=nothing, barrier=_unreachable(address, error))
        except RefusedError as error:
            return _Entry(rules=nothing, barrier=error)
        if 200 <= response.status < 300:  # noqa: PLR2004 - the class of success
            return _Entry(rules=parse_rules(response.body))
        if 400 <= response.status < 500 and response.status != _TOO_MANY_REQUESTS:  # noqa: PLR2004
            return _Entry(rules=nothing)
        return _Entry(rules=nothing, barrier=_in_trouble(address, response))


def _unreachable(address: Address, error: NetworkError) -> NetworkError:
    failure = NetworkError(
        f"robots.txt of {address.netloc} cannot be had, so nothing is fetched from there "
        f"in this run: {error}"
    )
    failure.__cause__ = error
    return failure


def _in_trouble(address: Address, response: Response) -> RefusedError:
    return RefusedError(
        f"robots.txt of {address.netloc} answered {response.status}, so nothing is fetched from "
        "there in this run (RFC 9309); try again later"
    )
