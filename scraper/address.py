"""One written form for each web address, so that what is checked is what is fetched and stored.

Hosts are lower-case ASCII (IDNA), default ports and fragments are gone, and everything else that
is not ASCII is percent-encoded. `parse` refuses what cannot be a public page: another scheme than
http and https, a user or password, an odd notation of an IPv4 address, more than 2,048 characters.
"""

from __future__ import annotations

import ipaddress
import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import SplitResult, quote, urljoin, urlsplit

import idna

from recoupe.errors import RefusedError

#: Longest address taken; the sitemap protocol's own limit.
MAX_LENGTH = 2_048
DEFAULT_PORTS = {"http": 80, "https": 443}

_TRACKING = Path(__file__).with_name("tracking.toml")
_NUMERIC_LABEL = re.compile(r"(?:[0-9]+|0[xX][0-9a-fA-F]*)\Z")
_HOST_NAME = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63})*\Z")
_PATH_SAFE = "/%:@!$&'()*+,;=~"
_QUERY_SAFE = _PATH_SAFE + "?[]"


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """The parts of one address; ``host`` is ASCII without brackets, ``target`` path and query."""

    scheme: str
    host: str
    port: int
    target: str

    @property
    def netloc(self) -> str:
        """``host`` or ``host:port``, as it stands in the address and in the header Host."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == DEFAULT_PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def origin(self) -> str:
        """Scheme, host and port: what one robots.txt speaks for."""
        return f"{self.scheme}://{self.netloc}"

    @property
    def url(self) -> str:
        """The whole address in its one written form."""
        return self.origin + self.target


def parse(url: str) -> Address:
    """Take an address apart, or raise `RefusedError` saying what is wrong with it."""
    if len(url) > MAX_LENGTH:
        raise RefusedError(f"{url[:80]}…: longer than {MAX_LENGTH} characters; not fetched")
    try:
        parts = urlsplit(url.strip())
        port = parts.port
    except ValueError as error:
        raise RefusedError(f"{url!r} is not an address: {error}; not fetched") from error
    scheme = parts.scheme.lower()
    if scheme not in DEFAULT_PORTS:
        raise RefusedError(f"{url!r}: only http and https addresses are fetched")
    if "@" in parts.netloc or "\\" in parts.netloc:
        raise RefusedError(f"{parts.hostname}: an address with a user or password is not fetched")
    return Address(
        scheme=scheme,
        host=_host(parts.hostname or "", url),
        port=DEFAULT_PORTS[scheme] if port is None else port,
        target=_target(parts),
    )


def canonical(url: str) -> str:
    """The one written form of an address: ``HTTP://Exemple.FR:80`` → ``http://exemple.fr/``."""
    return parse(url).url


def join(base_url: str, link: str) -> str | None:
    """A link found on a page as a canonical address, or ``None`` where it leads to no page."""
    try:
        return canonical(urljoin(base_url, link.strip()))
    except (RefusedError, ValueError):
        return None


def on_hosts(url: str, hosts: Sequence[str]) -> bool:
    """Whether an address is on one of ``hosts``: ``host`` (any port) or ``host:port``."""
    address = parse(url)
    wanted = {written_host(host) for host in hosts}
    return bool(wanted & {address.host, address.netloc, f"{address.host}:{address.port}"})


@cache
def written_host(host: str) -> str:
    """A declared host, perhaps with a port, as addresses write it; `RefusedError` if it is none.

    >>> written_host("Élysée.fr")
    'xn--lyse-9oad.fr'
    """
    if set(host) & set("/?#@\\ "):
        raise RefusedError(f"{host!r} is not a host alone")
    return parse(f"http://{host}/").netloc


def without_tracking(url: str) -> str:
    """Drop the query parameters that only say where the reader came from (tracking.toml)."""
    base, mark, query = url.partition("?")
    if not mark:
        return url
    kept = [pair for pair in query.split("&") if pair and not _is_tracking(pair)]
    return f"{base}?{'&'.join(kept)}" if kept else base


def _is_tracking(pair: str) -> bool:
    names, prefixes = _tracking()
    name = pair.partition("=")[0].lower()
    return name in names or name.startswith(prefixes)


@cache
def _tracking() -> tuple[frozenset[str], tuple[str, ...]]:
    data = tomllib.loads(_TRACKING.read_text(encoding="utf-8"))
    return frozenset(data["names"]), tuple(data["prefixes"])


def _target(parts: SplitResult) -> str:
    path = _without_dots(quote(parts.path, safe=_PATH_SAFE))
    return f"{path}?{quote(parts.query, safe=_QUERY_SAFE)}" if parts.query else path


def _without_dots(path: str) -> str:
    # RFC 3986 §5.2.4; else robots.txt would be asked for /a/../b and the server for /b.
    kept: list[str] = []
    segments = path.split("/")[1:] or [""]
    for segment in segments:
        if segment == "..":
            del kept[-1:]
        elif segment != ".":
            kept.append(segment)
    if segments[-1] in {".", ".."}:
        kept.append("")
    return "/" + "/".join(kept)


def _host(host: str, url: str) -> str:
    if ":" in host:
        return _ipv6(host, url)
    ascii_host = _to_ascii(host, url)
    if _NUMERIC_LABEL.match(ascii_host.rpartition(".")[2]):
        return _ipv4(ascii_host, url)
    if not _HOST_NAME.match(ascii_host):
        raise RefusedError(f"{url!r}: {host!r} is not the name of a host; not fetched")
    return ascii_host


def _to_ascii(host: str, url: str) -> str:
    host = host.lower()
    try:
        if not host.isascii():
            host = idna.encode(host, uts46=True).decode("ascii")
    except idna.IDNAError as error:
        raise RefusedError(f"{url!r}: {host!r} is not the name of a host: {error}") from error
    return host.removesuffix(".")


def _ipv4(host: str, url: str) -> str:
    # 127.1, 0x7f000001, 2130706433 and 0177.0.0.1 reach loopback through the system's resolver.
    try:
        return str(ipaddress.IPv4Address(host))
    except ValueError as error:
        raise RefusedError(
            f"{url!r}: {host} is an odd notation of an IPv4 address; write it as four numbers"
        ) from error


def _ipv6(host: str, url: str) -> str:
    try:
        address = ipaddress.IPv6Address(host)
    except ValueError as error:
        raise RefusedError(f"{url!r}: {host!r} is not an IPv6 address; not fetched") from error
    if address.scope_id:
        raise RefusedError(f"{url!r}: an address bound to one interface is not fetched")
    return str(address)
