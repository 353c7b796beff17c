"""What a command is given to read: files, ``-`` for standard input, and web addresses."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path

from recoupe.errors import ReadError, UsageError
from recoupe.records import Article, DocumentKind
from recoupe.scraper.address import parse
from recoupe.scraper.fetch import Fetcher, FetchOptions
from recoupe.scraper.guard import Guard
from recoupe.scraper.reader import media_of, read_bytes
from recoupe.scraper.response import Response
from recoupe.scraper.robots import Robots
from recoupe.settings import Settings

#: More than any reader takes, so that a device or a log is not read to its end.
_MAX_BYTES = 60_000_000
_OK = 200


def read_input(
    name: str,
    settings: Settings,
    *,
    url: str | None = None,
    published_at: str | None = None,
    kind: DocumentKind | None = None,
) -> Article:
    """The article in a file, in standard input (``-``) or at a web address.

    ``url``, ``published_at`` and ``kind`` overrule what the input says. Raises `ReadError` for what
    holds no article, `RefusedError` and `NetworkError` for an address.
    """
    if name.startswith(("http://", "https://")):
        return _read_address(name, settings, url=url, published_at=published_at, kind=kind)
    body = sys.stdin.buffer.read(_MAX_BYTES + 1) if name == "-" else _read_file(Path(name))
    media = media_of(None if name == "-" else name, None, body)
    return read_bytes(body, media=media, url=url, kind=kind, published_at=published_at)


def _read_file(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(_MAX_BYTES + 1)
    except IsADirectoryError as error:
        raise ReadError(f"{path} is a folder; name the files in it") from error
    except FileNotFoundError as error:
        raise ReadError(f"{path}: no such file") from error
    except OSError as error:
        raise ReadError(f"{path} cannot be read: {error.strerror}") from error


def _read_address(
    address: str,
    settings: Settings,
    *,
    url: str | None,
    published_at: str | None,
    kind: DocumentKind | None,
) -> Article:
    response = fetch_once(address, settings)
    media = media_of(parse(response.final_url).target, response.content_type, response.body)
    return read_bytes(
        response.body,
        media=media,
        url=url or response.final_url,
        charset=response.charset,
        kind=kind,
        published_at=published_at,
    )


def fetch_once(address: str, settings: Settings) -> Response:
    """Fetch one public address politely, robots.txt asked first; nothing is archived."""
    options = FetchOptions(user_agent=settings.user_agent, default_delay=settings.delay)
    with Fetcher(options, Guard()) as fetcher:
        robots = Robots(fetcher)
        response = fetcher.get(address, permit=robots.check)
    if response.status != _OK:
        raise ReadError(f"{address} answered {response.status}; no article to read")
    return response


def checked_day(value: str | None) -> str | None:
    """``--published-at`` as given, once it is known to be an ISO 8601 day or instant."""
    if value is None:
        return None
    try:
        datetime.fromisoformat(value)
    except ValueError as error:
        raise UsageError(
            f"--published-at {value!r} is not an ISO 8601 date; write 2019-09-25 or "
            "2019-09-25T08:30:00+02:00"
        ) from error
    return value
