"""The sockets beneath the fetcher: they reach checked addresses only, and only until a deadline.

httpx keeps the address as it stands, hence Host, SNI and the certificate's name; this backend
decides which numeric address that name means (the one the guard checked) and shortens each
time-out to what is left of the deadline, so that a server that drips one byte at a time, in its
headers too, does not hold the run.
"""

from __future__ import annotations

import ssl
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

import httpcore

from recoupe.scraper.guard import VettedTarget

_deadline: ContextVar[float | None] = ContextVar("deadline", default=None)

#: A socket may wake up this much before its time-out.
_TICK = 0.02
#: Enough for any head of an answer; what follows is not looked at.
_MAX_HEAD = 200_000
_END_OF_HEAD = b"\r\n\r\n"
_INTERIM = b"HTTP/1.1 1"


@contextmanager
def deadline(seconds: float) -> Iterator[None]:
    """Everything read or written inside must be over after ``seconds``."""
    token = _deadline.set(time.monotonic() + seconds)
    try:
        yield
    finally:
        _deadline.reset(token)


def expired() -> bool:
    """Whether the deadline of the current request has passed, to a clock's tick."""
    moment = _deadline.get()
    return moment is not None and time.monotonic() >= moment - _TICK


def _capped(timeout: float | None) -> float | None:
    moment = _deadline.get()
    if moment is None:
        return timeout
    left = moment - time.monotonic()
    if left <= 0:
        raise httpcore.ReadTimeout("the deadline has passed")
    return left if timeout is None else min(timeout, left)


class VettedBackend(httpcore.NetworkBackend):
    """Connect to the numeric addresses that the guard found for a host, in their order."""

    def __init__(self) -> None:
        self._sockets = httpcore.SyncBackend()
        self._ips: dict[tuple[str, int], tuple[str, ...]] = {}

    def admit(self, target: VettedTarget) -> None:
        """Let connections to this host and port go to the addresses that were checked."""
        self._ips[target.host, target.port] = target.ips

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        """Open a connection; the first checked address that answers is taken."""
        failure: httpcore.NetworkError | httpcore.TimeoutException | None = None
        for ip in self._ips.get((host, port), ()):
            try:
                stream = self._sockets.connect_tcp(
                    ip, port, _capped(timeout), local_address, socket_options
                )
            except (httpcore.NetworkError, httpcore.TimeoutException) as error:
                failure = error
            else:
                return VettedStream(stream)
        raise failure or httpcore.ConnectError(f"{host}:{port} was not checked by the guard")

    def connect_unix_socket(
        self,
        path: str,
        timeout: float | None = None,  # noqa: ARG002 - the interface's signature
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,  # noqa: ARG002
    ) -> httpcore.NetworkStream:
        """Refuse: no web page lies behind a Unix socket."""
        raise httpcore.ConnectError(f"{path}: a Unix socket is not fetched from")


class VettedStream(httpcore.NetworkStream):
    """A connection that obeys the deadline and counts the bytes of the answer's body.

    h11 drops without a word what a server sends beyond its Content-Length; `surplus` tells.
    """

    def __init__(self, stream: httpcore.NetworkStream) -> None:
        self._stream = stream
        self._head: bytearray | None = bytearray()
        self._body_bytes = 0

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Read what has come, waiting no longer than the deadline allows."""
        data = self._stream.read(max_bytes, _capped(timeout))
        self._tally(data)
        return data

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Send; what is read next belongs to a new answer."""
        self._head, self._body_bytes = bytearray(), 0
        self._stream.write(buffer, _capped(timeout))

    def close(self) -> None:
        """Close the connection."""
        self._stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        """Encrypt, with the certificate checked against ``server_hostname``."""
        return VettedStream(self._stream.start_tls(ssl_context, server_hostname, _capped(timeout)))

    def get_extra_info(self, info: str) -> Any:  # noqa: ANN401 - the interface's signature
        """What httpcore wants to know of the socket."""
        return self._stream.get_extra_info(info)

    def surplus(self, declared: int) -> int:
        """How many bytes the server sent beyond the ``declared`` length of its last answer."""
        if self._head is not None:
            return 0
        if self._body_bytes <= declared and self.get_extra_info("is_readable"):
            try:
                self.read(1, 0.01)
            except (httpcore.NetworkError, httpcore.TimeoutException):
                return 0
        return max(0, self._body_bytes - declared)

    def _tally(self, data: bytes) -> None:
        if self._head is None:
            self._body_bytes += len(data)
            return
        self._head += data
        while (end := self._head.find(_END_OF_HEAD)) >= 0:
            interim = self._head.startswith(_INTERIM)
            del self._head[: end + len(_END_OF_HEAD)]
            if not interim:
                self._body_bytes, self._head = len(self._head), None
                return
        if len(self._head) > _MAX_HEAD:
            self._head = bytearray()
