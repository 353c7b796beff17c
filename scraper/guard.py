"""The guard against server-side request forgery, on every path into the fetcher.

A feed or a redirect may name any address, also one of this machine or of the network behind it.
The guard takes an address apart, resolves its host once, refuses it unless every address found is
public, and hands over the addresses to connect to: nothing is resolved again afterwards, so a
name cannot point elsewhere between the check and the connection.
"""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from recoupe.errors import ConfigurationError, NetworkError, RefusedError
from recoupe.scraper.address import Address, parse

IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address
#: Turns a host name and a port into numeric addresses, best first.
Resolver = Callable[[str, int], Sequence[str]]

#: The well-known prefix by which an IPv6-only network reaches IPv4 (RFC 6052).
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One host and one port that may be reached although they are not public."""

    host: str
    port: int

    @classmethod
    def parse(cls, text: str) -> Endpoint:
        """Read ``"127.0.0.1:8000"`` or ``"[::1]:8000"``; `ConfigurationError` for anything else."""
        host, colon, port = text.strip().rpartition(":")
        if not colon or not host or not port.isascii() or not port.isdigit():
            raise ConfigurationError(f"{text!r} is not an endpoint; write host:port")
        if not 0 < int(port) < 1 << 16:
            raise ConfigurationError(f"{text!r}: a port lies between 1 and 65535")
        return cls(host.strip("[]").lower(), int(port))


@dataclass(frozen=True, slots=True, kw_only=True)
class VettedTarget:
    """An address that passed: what to connect to, and the host for Host, SNI and certificate."""

    address: Address
    ips: tuple[str, ...]

    @property
    def url(self) -> str:
        """The canonical address to ask for."""
        return self.address.url

    @property
    def host(self) -> str:
        """The host's name in ASCII."""
        return self.address.host

    @property
    def port(self) -> int:
        """The port to connect to."""
        return self.address.port


def resolve_host(host: str, port: int) -> tuple[str, ...]:
    """The addresses of a host in the system's order of preference, without doubles."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise NetworkError(
            f"{host}: no address found for this host ({error}); check its name and the network"
        ) from error
    return tuple(dict.fromkeys(str(entry[4][0]) for entry in found))


class Guard:
    """Decides which addresses may be fetched.

    ``allow`` names exceptions, each one host with one port and nothing else of that host;
    ``ports`` are the ports that public hosts may be asked on.
    """

    def __init__(
        self,
        allow: Sequence[Endpoint] = (),
        ports: Sequence[int] = (80, 443),
        *,
        resolve: Resolver = resolve_host,
    ) -> None:
        self._allow = frozenset(allow)
        self._ports = frozenset(ports)
        self._resolve = resolve

    def vet(self, url: str) -> VettedTarget:
        """Check one address; `RefusedError` where it is not public, `NetworkError` without DNS."""
        address = parse(url)
        excepted = Endpoint(address.host, address.port) in self._allow
        if not excepted and address.port not in self._ports:
            ports = ", ".join(str(port) for port in sorted(self._ports))
            raise RefusedError(
                f"{address.url}: port {address.port} is not one of {ports}; "
                "only the usual ports of the web are collected"
            )
        ips = self._addresses(address)
        if not excepted:
            for ip in ips:
                _require_public(ip, address)
        return VettedTarget(address=address, ips=tuple(str(ip) for ip in ips))

    def _addresses(self, address: Address) -> tuple[IPAddress, ...]:
        try:
            return (ipaddress.ip_address(address.host),)
        except ValueError:
            found = self._resolve(address.host, address.port)
        if not found:
            raise NetworkError(f"{address.host}: no address found for this host; check its name")
        return tuple(ipaddress.ip_address(ip) for ip in found)


def _require_public(ip: IPAddress, address: Address) -> None:
    if not is_public(ip):
        raise RefusedError(
            f"{address.url}: {address.host} leads to {ip}, which is not a public address; "
            "only public addresses are collected"
        )


def is_public(ip: IPAddress) -> bool:
    """Whether an address, and any IPv4 address wrapped inside it, is reachable by everybody.

    >>> is_public(ipaddress.ip_address("::ffff:127.0.0.1"))
    False
    """
    if isinstance(ip, ipaddress.IPv6Address):
        inner = _only_a_wrapper_for(ip)
        if inner is not None:
            return is_public(inner)
        if not all(is_public(wrapped) for wrapped in _tunnelled(ip)):
            return False
    refused = (
        ip.is_private,
        ip.is_multicast,
        ip.is_reserved,
        ip.is_loopback,
        ip.is_link_local,
        ip.is_unspecified,
    )
    return ip.is_global and not any(refused)


def _only_a_wrapper_for(ip: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    if ip in _NAT64:
        return ipaddress.IPv4Address(int(ip) & 0xFFFF_FFFF)
    return ip.ipv4_mapped


def _tunnelled(ip: ipaddress.IPv6Address) -> tuple[ipaddress.IPv4Address, ...]:
    teredo = ip.teredo or ()
    return (*teredo, ip.sixtofour) if ip.sixtofour else tuple(teredo)
