"""What a command is given to read: files, ``-`` for standard input, and web addresses."""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from pathlib import Path

from recoupe.errors import DocumentError, ReadError, RecoupeError, RefusedError, UsageError
from recoupe.records import Article, DocumentKind, Stage
from recoupe.scraper.address import parse
from recoupe.scraper.fetch import Fetcher, FetchOptions
from recoupe.scraper.guard import Guard
from recoupe.scraper.reader import media_of, read_bytes
from recoupe.scraper.response import Response
from recoupe.scraper.robots import Robots
from recoupe.settings import Settings

_log = logging.getLogger(__name__)

#: One byte more than any reader takes, so that a device or a log is not read to its end.
_MAX_BYTES = 60_000_001
_OK = 200
_STDIN = "-"


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What the options of the command line say of every input; they overrule the inputs."""

    url: str | None = None
    published_at: str | None = None
    kind: DocumentKind | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Unread:
    """An input that could not be read: at which stage, and why in a message that names it."""

    name: str
    stage: Stage
    error: RecoupeError

    @property
    def message(self) -> str:
        """What, where and what to do."""
        where, said = printed_name(self.name), str(self.error)
        named = said.startswith(where) or (is_address(where) and where in said)
        return said if named else f"{where}: {said}"


def checked(
    names: Sequence[str], *, url: str | None, published_at: str | None, kind: str | None
) -> Given:
    """The options for ``names``, or a `UsageError` that says which of them cannot be."""
    if url is not None and len(names) > 1:
        raise UsageError("--url is the address of one text; give it with one input only")
    if url is not None and not is_address(url):
        raise UsageError(f"--url {url!r} is no web address; write it with https://")
    if names.count(_STDIN) > 1:
        raise UsageError("standard input (-) can be read once only; give it once")
    if kind not in {None, "press", "official"}:
        raise UsageError(f"--kind {kind!r}: a text is press or official")
    known: DocumentKind | None = "official" if kind == "official" else "press" if kind else None
    return Given(url=url, published_at=_checked_day(published_at), kind=known)


def _checked_day(value: str | None) -> str | None:
    try:
        if value is not None:
            datetime.fromisoformat(value)
    except ValueError as error:
        raise UsageError(
            f"--published-at {value!r} is not an ISO 8601 date; write 2019-09-25 or "
            "2019-09-25T08:30:00+02:00"
        ) from error
    return value


def read_each(
    names: Sequence[str], settings: Settings, given: Given
) -> Iterator[tuple[str, Article | Unread]]:
    """Each input with its article, or with what stood in its way; one at a time, in order."""
    for name in names:
        stage: Stage = "fetch" if is_address(name) else "read"
        try:
            yield name, read_input(name, settings, given)
        except DocumentError as error:
            yield name, Unread(name=name, stage="read", error=error)
        except RecoupeError as error:
            yield name, Unread(name=name, stage=stage, error=error)
        except Exception as error:  # noqa: BLE001  one bad input never stops the others
            _log.info("an error of Recoupe's own", exc_info=error)
            failure = ReadError(
                f"Recoupe's reader failed on it ({type(error).__name__}: {error}); "
                "please report it with the input"
            )
            yield name, Unread(name=name, stage="read", error=failure)


def read_input(name: str, settings: Settings, given: Given) -> Article:
    """The article in a file, in standard input (``-``) or at a web address.

    Raises `ReadError` for what holds no article, `RefusedError` for what may not be read,
    `NetworkError` where an address does not answer.
    """
    address: str | None
    if is_address(name):
        response = fetch_once(name, settings)
        body, address, charset = response.body, response.final_url, response.charset
        media = media_of(parse(response.final_url).target, response.content_type, body)
    else:
        body = _read_stdin() if name == _STDIN else _read_file(Path(name))
        address, charset = None, None
        media = media_of(None if name == _STDIN else name, None, body)
    article = read_bytes(
        body,
        media=media,
        url=given.url or address,
        charset=charset,
        kind=given.kind,
        published_at=given.published_at,
    )
    _require_whole_characters(article)
    return article


def _require_whole_characters(article: Article) -> None:
    for field in fields(article):
        try:
            str(getattr(article, field.name)).encode()
        except UnicodeEncodeError as error:
            raise ReadError(
                f"its {field.name} holds half a character (a lone surrogate) at {error.start}, "
                "which no file can hold; write the input again without it"
            ) from error


def is_address(name: str) -> bool:
    """Whether an input names a page of the web rather than a file."""
    return name.lower().startswith(("http://", "https://"))


def printed_name(name: str) -> str:
    """The input's name as it can be printed, also where it is not UTF-8."""
    plain = name.encode(errors="surrogateescape").decode(errors="replace")
    return "standard input" if name == _STDIN else plain


def _read_stdin() -> bytes:
    if sys.stdin.isatty():
        print("recoupe: reading standard input; Ctrl-D ends it", file=sys.stderr)  # noqa: T201
    return sys.stdin.buffer.read(_MAX_BYTES)


def _read_file(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(_MAX_BYTES)
    except IsADirectoryError as error:
        raise ReadError("it is a folder; name the files in it") from error
    except (FileNotFoundError, NotADirectoryError) as error:
        raise ReadError("no such file; check its name and the folder you are in") from error
    except PermissionError as error:
        raise RefusedError("you may not read it; check its permissions") from error
    except (OSError, ValueError) as error:
        raise ReadError(f"it cannot be read: {error}") from error


def fetch_once(address: str, settings: Settings) -> Response:
    """Fetch one public address politely, robots.txt asked first; nothing is archived."""
    options = FetchOptions(user_agent=settings.user_agent, default_delay=settings.delay)
    guard = Guard()
    guard.vet(address)  # so that a refusal names the address that was asked for, not its robots.txt
    with Fetcher(options, guard) as fetcher:
        robots = Robots(fetcher)
        response = fetcher.get(address, permit=robots.check)
    if response.status != _OK:
        raise ReadError(
            f"{address} answered {response.status}, so there is no article to read; open it in a "
            "browser to see why"
        )
    return response
