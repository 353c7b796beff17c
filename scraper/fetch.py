"""The fetcher: one address in, one bounded answer out, whatever the server does.

The only module that imports httpx. Every request, redirects included, passes the guard and the
caller's ``permit`` (robots.txt, the source's hosts), waits its turn in the queue of its host, and
ends within a deadline and a number of decompressed bytes. Nothing is taken from the environment:
neither proxies nor certificates.
"""

from __future__ import annotations

import logging
import random
import ssl
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import Self, TypeGuard
from urllib.parse import urljoin

import httpcore
import httpx

from recoupe.errors import ConfigurationError, NetworkError, RefusedError
from recoupe.scraper.address import canonical
from recoupe.scraper.guard import Guard, VettedTarget
from recoupe.scraper.inflate import Inflater
from recoupe.scraper.pace import Pace, backoff, retry_after
from recoupe.scraper.response import Response
from recoupe.scraper.wire import VettedBackend, VettedStream, deadline, expired

#: Raises a `recoupe.errors.RecoupeError` for an address that may not be fetched.
Permit = Callable[[str], None]

_log = logging.getLogger(__name__)

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_PASSING_TROUBLE = frozenset({429, 500, 502, 503, 504})
_NO_BODY = frozenset({204, 304})
#: Old servers end a body with one line end too many.
_HARMLESS_SURPLUS = 2
_ACCEPT = "text/html,application/xhtml+xml,application/pdf,application/xml;q=0.9,*/*;q=0.5"


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchOptions:
    """How to behave towards servers. Times in seconds.

    ``user_agent`` names the tool and holds an address or page where its user can be reached.
    ``timeout`` bounds one silence, ``deadline`` one request from connection to last byte,
    ``max_bytes`` a body once decompressed. ``max_delay`` bounds the delay that a robots.txt asks
    for; a server whose Retry-After is longer than ``max_wait`` is left alone. ``ca_file`` holds
    certificates (PEM) to trust instead of the usual ones.
    """

    user_agent: str
    timeout: float = 15.0
    deadline: float = 60.0
    max_bytes: int = 20_000_000
    max_redirects: int = 5
    retries: int = 2
    backoff: float = 1.0
    max_backoff: float = 30.0
    max_wait: float = 120.0
    default_delay: float = 1.0
    max_delay: float = 60.0
    ca_file: Path | None = None

    def __post_init__(self) -> None:
        agent = self.user_agent
        if not agent.isascii() or not agent.isprintable() or not ("@" in agent or "http" in agent):
            raise ConfigurationError(
                f"user_agent {agent!r}: name the tool and a contact in ASCII, such as "
                "'recoupe/0.1 (+mailto:desk@example.org)'"
            )
        if min(self.timeout, self.deadline, self.max_bytes) <= 0:
            raise ConfigurationError("timeout, deadline and max_bytes must be above 0")
        if min(self.max_redirects, self.retries, self.default_delay, self.max_wait) < 0:
            raise ConfigurationError("redirects, retries, delays and waits cannot be negative")

    @property
    def product(self) -> str:
        """The name that robots.txt files call the tool by: ``"recoupe"``."""
        return self.user_agent.partition("/")[0].split()[0].lower()


class _PassingError(NetworkError):
    """A failure that may be gone at the next try."""


class VettedTransport(httpx.HTTPTransport):
    """httpx's transport over the checked sockets of `VettedBackend`."""

    def __init__(self, backend: VettedBackend, *, ca_file: Path | None) -> None:
        context = _trusting_only(ca_file) if ca_file else _usual_trust()
        super().__init__(verify=context, trust_env=False)
        self._pool = httpcore.ConnectionPool(
            ssl_context=context,
            max_connections=20,
            max_keepalive_connections=10,
            keepalive_expiry=30,
            network_backend=backend,
        )


@cache
def _usual_trust() -> ssl.SSLContext:
    return httpx.create_ssl_context(trust_env=False)


def _trusting_only(ca_file: Path) -> ssl.SSLContext:
    try:
        return ssl.create_default_context(cafile=ca_file)
    except OSError as error:
        raise ConfigurationError(f"{ca_file}: certificates cannot be read: {error}") from error


class Fetcher:
    """Fetches addresses one at a time, politely; a context manager, safe to share by threads.

    ``sleep`` and ``clock`` are for tests, which do not wait.
    """

    def __init__(
        self,
        options: FetchOptions,
        guard: Guard,
        *,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.options = options
        self._guard = guard
        self._sleep = sleep
        self._backend = VettedBackend()
        self._transport = VettedTransport(self._backend, ca_file=options.ca_file)
        self.pace = Pace(
            default_delay=options.default_delay,
            max_wait=options.max_wait,
            clock=clock,
            sleep=sleep,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._transport.close()

    def get(
        self,
        url: str,
        *,
        etag: str | None = None,
        last_modified: str | None = None,
        permit: Permit | None = None,
    ) -> Response:
        """Fetch one address, following redirects; any final status is an answer, not an error.

        ``etag`` and ``last_modified`` make the request conditional (status 304 where nothing
        changed). ``permit`` is asked before each request of the chain. Raises `RefusedError` from
        the guard or ``permit``, `NetworkError` where no whole answer comes.
        """
        started = time.monotonic()
        conditions = {"If-None-Match": etag, "If-Modified-Since": last_modified}
        headers = {name: value for name, value in conditions.items() if _can_be_sent(value)}
        # Cookies live as long as one chain: some sites set one and redirect to the same address.
        cookies = httpx.Cookies()
        seen: set[tuple[str, frozenset[str]]] = set()
        current = canonical(url)
        for _ in range(self.options.max_redirects + 1):
            state = current, frozenset(str(cookie) for cookie in cookies.jar)
            if state in seen:
                raise NetworkError(f"{url}: the redirects run in a circle at {current}")
            seen.add(state)
            if permit:
                permit(current)
            target = self._guard.vet(current)
            answer, body = self._insist(target, headers, cookies)
            location = answer.headers.get("location")
            if answer.status_code not in _REDIRECTS or not location:
                return Response(
                    url=url,
                    final_url=current,
                    status=answer.status_code,
                    headers={name.lower(): value for name, value in answer.headers.items()},
                    body=body,
                    elapsed=time.monotonic() - started,
                )
            current = _next_hop(current, location)
        raise NetworkError(f"{url}: more than {self.options.max_redirects} redirects")

    def _insist(
        self, target: VettedTarget, headers: Mapping[str, str], cookies: httpx.Cookies
    ) -> tuple[httpx.Response, bytes]:
        for attempt in range(self.options.retries):
            pause = self._pause(attempt)
            try:
                answer, body = self._once(target, headers, cookies)
            except _PassingError as error:
                _log.info("%s; trying again in %.1f s", error, pause)
            else:
                if answer.status_code not in _PASSING_TROUBLE:
                    return answer, body
                asked = retry_after(answer.headers.get("retry-after"), now=datetime.now(UTC))
                if asked is not None and asked > self.options.max_wait:
                    self.pace.close(target.address.netloc, asked)
                    return answer, body
                pause = pause if asked is None else asked
            self._sleep(pause)
        return self._once(target, headers, cookies)

    def _pause(self, attempt: int) -> float:
        return backoff(
            attempt,
            base=self.options.backoff,
            cap=self.options.max_backoff,
            jitter=random.random(),  # noqa: S311 - spreads requests, keeps no secret
        )

    def _once(
        self, target: VettedTarget, headers: Mapping[str, str], cookies: httpx.Cookies
    ) -> tuple[httpx.Response, bytes]:
        self.pace.wait(target.address.netloc)
        self._backend.admit(target)
        try:
            request = self._request(target, headers, cookies)
        except httpx.InvalidURL as error:
            raise RefusedError(f"{target.url} is not an address: {error}; not fetched") from error
        with deadline(self.options.deadline):
            try:
                answer = self._transport.handle_request(request)
                try:
                    body = self._body(answer, target.url)
                finally:
                    answer.close()
            except httpx.HTTPError as error:
                raise self._explain(error, target) from error
        answer.request = request
        cookies.extract_cookies(answer)
        return answer, body

    def _request(
        self, target: VettedTarget, headers: Mapping[str, str], cookies: httpx.Cookies
    ) -> httpx.Request:
        return httpx.Request(
            "GET",
            target.url,
            headers={
                "User-Agent": self.options.user_agent,
                "Accept": _ACCEPT,
                "Accept-Encoding": "gzip, deflate",
                "Accept-Language": "fr,en;q=0.5",
                **headers,
            },
            cookies=cookies,
            extensions={"timeout": httpx.Timeout(self.options.timeout).as_dict()},
        )

    def _body(self, answer: httpx.Response, where: str) -> bytes:
        if answer.status_code in _NO_BODY:
            return b""
        encoding = answer.headers.get("content-encoding", "")
        inflater = Inflater(encoding, limit=self.options.max_bytes, where=where)
        # answer.iter_raw() gives the connection back before its length could be checked.
        stream = answer.stream
        if not isinstance(stream, httpx.SyncByteStream):  # pragma: no cover - HTTPTransport's own
            raise TypeError(f"{where}: not a synchronous answer")
        body = b"".join([inflater.feed(piece) for piece in stream])
        inflater.close()
        _check_length(answer, where)
        return body

    def _explain(self, error: httpx.HTTPError, target: VettedTarget) -> NetworkError:
        reason = str(error) or type(error).__name__
        if isinstance(error, httpx.TimeoutException):
            if expired():
                return NetworkError(
                    f"{target.url}: not over after {self.options.deadline:g} s; try again later"
                )
            return _PassingError(
                f"{target.url}: {target.address.netloc} kept silent for "
                f"{self.options.timeout:g} s; try again later"
            )
        if "CERTIFICATE_VERIFY_FAILED" in reason:
            return NetworkError(
                f"{target.url}: the certificate of {target.host} is not valid: {reason}"
            )
        if isinstance(error, httpx.ConnectError):
            return _PassingError(f"{target.url}: no connection to {target.host}: {reason}")
        return _PassingError(f"{target.url}: the answer broke off or is not HTTP: {reason}")


def _can_be_sent(value: str | None) -> TypeGuard[str]:
    # A validator is sent back as the server wrote it, unless no header can hold it.
    return bool(value) and value is not None and value.isascii() and value.isprintable()


def _check_length(answer: httpx.Response, where: str) -> None:
    declared = answer.headers.get("content-length", "")
    stream = answer.extensions.get("network_stream")
    if not declared.isdigit() or not isinstance(stream, VettedStream):
        return
    if stream.surplus(int(declared)) > _HARMLESS_SURPLUS:
        raise NetworkError(
            f"{where}: the server sent more than the {declared} bytes it declared; "
            "the text would be cut short and was not kept"
        )


def _next_hop(current: str, location: str) -> str:
    try:
        return canonical(urljoin(current, location))
    except ValueError as error:
        raise NetworkError(f"{current}: redirects to {location!r}, which is no address") from error
