"""The embedded newsroom: the corpus served on this machine as its sources would serve it.

    with Newsroom(port=0) as newsroom:
        collect(newsroom.sources())

One loopback address and one port; ETag, Last-Modified and 304; gzip; French 404 and 410. Tests may
edit or remove a page and count the requests.
"""

from __future__ import annotations

import gzip
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email.message import Message
from email.utils import format_datetime, parsedate_to_datetime
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler
from socketserver import TCPServer, ThreadingMixIn
from threading import Lock, Thread
from types import TracebackType
from typing import Any, Self
from urllib.parse import parse_qs, urlsplit

from recoupe.corpus import pages, sites
from recoupe.corpus.documents import Document, load
from recoupe.corpus.sites import Page
from recoupe.errors import ConfigurationError, UsageError
from recoupe.records import Source

HOST = "127.0.0.1"
DEFAULT_PORT = 8642

#: Smaller answers are not worth compressing.
_MIN_GZIP = 500
_IDLE_SECONDS = 30


class Newsroom:
    """Serves documents, the corpus's own by default, from entering the context to leaving it.

    Port 0 lets the system choose one. ``requests`` counts what was asked, by path with its query
    and status.
    """

    def __init__(
        self, port: int = DEFAULT_PORT, documents: Sequence[Document] | None = None
    ) -> None:
        self.documents = tuple(load() if documents is None else documents)
        self.requests: Counter[tuple[str, int]] = Counter()
        self._port = port
        self._lock = Lock()
        self._pages: dict[str, Page] = {}
        self._removed: set[str] = set()
        self._server: _Server | None = None

    @property
    def address(self) -> str:
        """``"127.0.0.1:8642"``; with port 0 it is known once the newsroom is open."""
        return f"{HOST}:{self._port}"

    @property
    def base_url(self) -> str:
        """``"http://127.0.0.1:8642"``."""
        return f"http://{self.address}"

    def sources(self) -> tuple[Source, ...]:
        """The sites that have documents, as a collector declares them."""
        return sites.sources(self.documents, self.address)

    def replace(self, path: str, body: str | bytes) -> None:
        """Serve another body at a path from now on, as an editor's correction does."""
        content = body.encode() if isinstance(body, str) else body
        with self._lock:
            page = self._known(path)
            self._pages[path] = replace(page, body=content, modified=datetime.now(UTC))

    def remove(self, path: str) -> None:
        """Answer 410 at a path from now on."""
        with self._lock:
            self._known(path)
            self._removed.add(path)

    def page(self, path: str) -> Page:
        """What stands at a path; raises `UsageError` where nothing does."""
        with self._lock:
            return self._known(path)

    def answer(self, target: str, headers: Message) -> Answer:
        """What to answer to a request for ``target``, a path with or without its query."""
        with self._lock:
            path = self._canonical(target)
            page = None if path in self._removed else self._pages.get(path)
            gone = path in self._removed
        answer = answer_page(page, headers) if page else answer_missing(gone=gone)
        with self._lock:
            self.requests[target, answer.status] += 1
        return answer

    def __enter__(self) -> Self:
        self._server = _open(self._port, self)
        self._port = self._server.server_address[1]
        try:
            self._pages = sites.build(self.documents, self.base_url)
        except BaseException:
            self._server.server_close()
            raise
        Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if self._server is not None:
            self._server.shutdown()
            self._server.server_close()
            self._server = None

    def _known(self, path: str) -> Page:
        try:
            return self._pages[path]
        except KeyError:
            raise UsageError(f"{path!r} is no page of the newsroom, or it is not open") from None

    def _canonical(self, target: str) -> str:
        """The table's key: a tracking parameter changes nothing, another page of a listing does."""
        if target in self._pages or target in self._removed:
            return target
        parts = urlsplit(target)
        return target if "page" in parse_qs(parts.query) else parts.path


@dataclass(frozen=True, slots=True)
class Answer:
    """Status, headers and body of one answer, before HEAD cuts the body off."""

    status: int
    headers: Mapping[str, str]
    body: bytes


def answer_page(page: Page, headers: Message) -> Answer:
    """A page, compressed where accepted, or 304 where the client has it already."""
    common = {
        "ETag": page.etag,
        "Last-Modified": format_datetime(page.modified.astimezone(UTC), usegmt=True),
        "Cache-Control": "no-cache",
        "Vary": "Accept-Encoding",
    }
    if _is_current(page, headers):
        return Answer(HTTPStatus.NOT_MODIFIED, common, b"")
    common["Content-Type"] = page.content_type
    if _compresses(page, headers):
        common["Content-Encoding"] = "gzip"
        return Answer(HTTPStatus.OK, common, gzip.compress(page.body, mtime=0))
    return Answer(HTTPStatus.OK, common, page.body)


def answer_missing(*, gone: bool) -> Answer:
    """404, or 410 for a page that was removed."""
    status = HTTPStatus.GONE if gone else HTTPStatus.NOT_FOUND
    title = "Page supprimée" if gone else "Page introuvable"
    message = (
        "Cette page a été retirée par la rédaction."
        if gone
        else "L’adresse demandée ne correspond à aucune page de ce site."
    )
    body = pages.error_page(title, message).encode()
    return Answer(status, {"Content-Type": "text/html; charset=utf-8"}, body)


def _is_current(page: Page, headers: Message) -> bool:
    """RFC 9110, 13.1: If-None-Match decides where it is given, If-Modified-Since otherwise."""
    wanted = headers.get("If-None-Match")
    if wanted is not None:
        tags = [tag.strip().removeprefix("W/") for tag in wanted.split(",")]
        return "*" in tags or page.etag.removeprefix("W/") in tags
    since = headers.get("If-Modified-Since")
    if since is None:
        return False
    try:
        moment = parsedate_to_datetime(since)
    except ValueError:
        return False
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return page.modified.replace(microsecond=0) <= moment


def _compresses(page: Page, headers: Message) -> bool:
    accepted = (headers.get("Accept-Encoding") or "").lower()
    return (
        "gzip" in accepted
        and "gzip;q=0" not in accepted.replace(" ", "")
        and page.content_type != "application/pdf"
        and len(page.body) >= _MIN_GZIP
    )


def _open(port: int, newsroom: Newsroom) -> _Server:
    try:
        return _Server(port, newsroom)
    except (OSError, OverflowError) as error:
        raise ConfigurationError(
            f"the newsroom cannot use port {port} of {HOST}: {error}; "
            "choose another with --newsroom-port"
        ) from error


class _Server(ThreadingMixIn, TCPServer):
    """`http.server.HTTPServer` without its look-up of the host's name, slow without a network."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, port: int, newsroom: Newsroom) -> None:
        self.newsroom = newsroom
        super().__init__((HOST, port), _Handler)

    def handle_error(self, request: Any, client_address: Any) -> None:  # noqa: ANN401
        # A client that hangs up in the middle is no error of the newsroom's.
        if not isinstance(sys.exception(), ConnectionError | TimeoutError):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version = "Newsroom"
    sys_version = ""
    timeout = _IDLE_SECONDS
    # One packet for headers and body: two would each wait for an acknowledgement.
    wbufsize = -1
    disable_nagle_algorithm = True
    server: _Server

    def do_GET(self) -> None:
        self._send(with_body=True)

    def do_HEAD(self) -> None:
        self._send(with_body=False)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing: standard error belongs to the command."""

    def _send(self, *, with_body: bool) -> None:
        answer = self.server.newsroom.answer(self.path, self.headers)
        self.send_response(answer.status)
        for name, value in answer.headers.items():
            self.send_header(name, value)
        if answer.status != HTTPStatus.NOT_MODIFIED:
            self.send_header("Content-Length", str(len(answer.body)))
        self.end_headers()
        if with_body:
            self.wfile.write(answer.body)
