"""A real web server on loopback for each test, and fetchers that may reach it and do not sleep."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import pytest

from recoupe.records import Source
from recoupe.scraper.fetch import Fetcher, FetchOptions
from recoupe.scraper.guard import Endpoint, Guard

AGENT = "recoupe/0.1 (+mailto:test@example.org)"


@dataclass
class Reply:
    """What the site answers on one path; a validator in ``headers`` is honoured with a 304."""

    body: bytes | str = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    type: str = "text/html; charset=utf-8"


#: A reply, several in turn (the last one for ever), or a function that writes to the handler.
Behaviour = Reply | list[Reply] | Callable[[Any], None]


@dataclass
class Site:
    """A site served on loopback; ``requests`` are the paths asked for with their headers."""

    server: ThreadingHTTPServer
    pages: dict[str, Behaviour] = field(default_factory=dict)
    requests: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    @property
    def port(self) -> int:
        return int(self.server.server_address[1])

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.port}"

    @property
    def endpoint(self) -> Endpoint:
        return Endpoint("127.0.0.1", self.port)

    @property
    def paths(self) -> list[str]:
        return [path for path, _ in self.requests]

    def url(self, path: str) -> str:
        return f"http://{self.host}{path}"

    def html(self, path: str, text: str, **headers: str) -> None:
        body = f"<html><head><title>{text}</title></head><body><p>{text}</p></body></html>"
        self.pages[path] = Reply(body, headers={"ETag": f'"{hash(text):x}"', **headers})

    def rss(self, path: str, *links: str, **headers: str) -> None:
        items = "".join(f"<item><title>T</title><link>{link}</link></item>" for link in links)
        body = f'<?xml version="1.0"?><rss version="2.0"><channel>{items}</channel></rss>'
        self.pages[path] = Reply(
            body, headers={"ETag": f'"{hash(body):x}"', **headers}, type="application/rss+xml"
        )

    def source(self, **fields: Any) -> Source:
        defaults = {"name": "essai", "title": "Essai", "kind": "press", "hosts": (self.host,)}
        return Source(**{**defaults, **fields})


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # else each answer waits 40 ms for an acknowledgement
    site: Site

    def do_GET(self) -> None:
        self.site.requests.append((self.path, {k.lower(): v for k, v in self.headers.items()}))
        behaviour = self.site.pages.get(self.path, Reply("not here", status=404))
        if isinstance(behaviour, list):
            behaviour = behaviour.pop(0) if len(behaviour) > 1 else behaviour[0]
        if isinstance(behaviour, Reply):
            self._reply(behaviour)
        else:
            behaviour(self)

    def _reply(self, reply: Reply) -> None:
        body = reply.body.encode() if isinstance(reply.body, str) else reply.body
        asked = (self.headers.get("If-None-Match"), self.headers.get("If-Modified-Since"))
        held = (reply.headers.get("ETag"), reply.headers.get("Last-Modified"))
        unchanged = any(a and a == h for a, h in zip(asked, held, strict=True))
        self.send_response(304 if unchanged else reply.status)
        for name, value in reply.headers.items():
            self.send_header(name, value)
        if unchanged:
            self.end_headers()
            return
        self.send_header("Content-Type", reply.type)
        if "Content-Length" not in reply.headers:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        """Keep the tests' output clean."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def handle_error(self, request: Any, client_address: Any) -> None:
        if not isinstance(sys.exc_info()[1], OSError):  # a client that hangs up is no news
            super().handle_error(request, client_address)


@pytest.fixture
def new_site() -> Iterator[Callable[[], Site]]:
    """Start one more site."""
    servers: list[tuple[ThreadingHTTPServer, Thread]] = []

    def start() -> Site:
        handler = type("Handler", (_Handler,), {})
        server = _Server(("127.0.0.1", 0), handler)
        handler.site = Site(server)  # type: ignore[attr-defined]
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        servers.append((server, thread))
        return handler.site  # type: ignore[attr-defined,no-any-return]

    yield start
    for server, thread in servers:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture
def site(new_site: Callable[[], Site]) -> Site:
    return new_site()


@pytest.fixture
def naps() -> list[float]:
    """The seconds that fetchers would have slept."""
    return []


@pytest.fixture
def new_fetcher(site: Site, naps: list[float]) -> Iterator[Callable[..., Fetcher]]:
    """Open a fetcher that may reach the site, and only the site; options as keywords."""
    with ExitStack() as stack:

        def open_fetcher(*, guard: Guard | None = None, **options: Any) -> Fetcher:
            settings = {"user_agent": AGENT, "default_delay": 0.0, "retries": 0, **options}
            return stack.enter_context(
                Fetcher(
                    FetchOptions(**settings), guard or Guard([site.endpoint]), sleep=naps.append
                )
            )

        yield open_fetcher


@pytest.fixture
def fetcher(new_fetcher: Callable[..., Fetcher]) -> Fetcher:
    return new_fetcher()


@pytest.fixture
def reply() -> type[Reply]:
    return Reply
