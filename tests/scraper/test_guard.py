"""The guard: what may be fetched, and what never."""

from __future__ import annotations

import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recoupe.errors import ConfigurationError, NetworkError, RefusedError
from recoupe.scraper.address import canonical, join, on_hosts, without_tracking
from recoupe.scraper.guard import Endpoint, Guard, is_public

PUBLIC = "93.184.216.34"


def guard_with(*ips: str, **options: object) -> Guard:
    return Guard(resolve=lambda _host, _port: ips, **options)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("HTTP://Www.Exemple.FR:80", "http://www.exemple.fr/"),
        ("https://exemple.fr:443/a?b=c#d", "https://exemple.fr/a?b=c"),
        ("https://exemple.fr./a", "https://exemple.fr/a"),
        (" https://exemple.fr/a \n", "https://exemple.fr/a"),
        ("https://élysée.fr/", "https://xn--lyse-9oad.fr/"),
        (
            "https://exemple.fr/élus?q=été à",
            "https://exemple.fr/%C3%A9lus?q=%C3%A9t%C3%A9%20%C3%A0",
        ),
        ("https://exemple.fr/%C3%A9lus", "https://exemple.fr/%C3%A9lus"),
        ("http://exemple.fr:8080", "http://exemple.fr:8080/"),
        ("https://exemple.fr/a/./b/../../prive/.", "https://exemple.fr/prive/"),
        ("https://exemple.fr/../..", "https://exemple.fr/"),
        ("https://exemple.fr//a//b", "https://exemple.fr//a//b"),
        ("https://exemple.fr?a=../b", "https://exemple.fr/?a=../b"),
        ("http://[2001:DB8::0:1]/", "http://[2001:db8::1]/"),
    ],
)
def test_an_address_has_one_written_form(written: str, meant: str) -> None:
    assert canonical(written) == meant
    assert canonical(meant) == meant


@pytest.mark.parametrize(
    "url",
    [
        "ftp://exemple.fr/",
        "file:///etc/passwd",
        "gopher://exemple.fr/",
        "javascript:alert(1)",
        "//exemple.fr/",
        "exemple.fr",
        "",
        "http://",
        "http:///chemin",
        "http://moi@exemple.fr/",
        "http://moi:secret@exemple.fr/",
        "http://exemple.fr\\@127.0.0.1/",
        "http://exemple.fr:99999/",
        "http://exemple.fr:port/",
        "http://[::1/",
        "http://[fe80::1%25eth0]/",
        "http://exem ple.fr/",
        "http://exe%6dple.fr/",
        "http://" + "a" * 64 + ".fr/",
        "https://exemple.fr/" + "a" * 2_100,
    ],
)
def test_what_is_no_public_page_is_refused(url: str) -> None:
    with pytest.raises(RefusedError):
        guard_with(PUBLIC).vet(url)


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "127.1",
        "0x7f000001",
        "0x7f.1",
        "2130706433",
        "017700000001",
        "0177.0.0.1",
        "127.0.0.01",
        "0",
        "１２７.0.0.1",
        "127。0。0。1",
        "10.0.0.8",
        "172.16.3.4",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",  # noqa: S104 - refused, not bound to
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "192.0.2.1",
        "198.18.0.1",
        "[::1]",
        "[::]",
        "[fe80::1]",
        "[fc00::1]",
        "[ff02::1]",
        "[2001:db8::1]",
        "[::ffff:127.0.0.1]",
        "[::ffff:10.0.0.1]",
        "[::127.0.0.1]",
        "[2002:7f00:1::]",
        "[2002:c0a8:101::1]",
        "[2001:0:4136:e378:8000:63bf:80ff:fffe]",
        "[64:ff9b::7f00:1]",
        "[64:ff9b::a9fe:a9fe]",
    ],
)
def test_addresses_that_are_not_public_are_refused_however_written(host: str) -> None:
    with pytest.raises(RefusedError):
        Guard().vet(f"http://{host}/")


@pytest.mark.parametrize("host", [PUBLIC, "[2a01:e0a:1::1]", "[64:ff9b::5db8:d822]"])
def test_public_addresses_pass(host: str) -> None:
    assert Guard().vet(f"http://{host}/").ips == (host.strip("[]"),)


def test_one_private_address_among_public_ones_is_enough_to_refuse() -> None:
    with pytest.raises(RefusedError, match=r"10\.0\.0\.1, which is not a public address"):
        guard_with(PUBLIC, "10.0.0.1").vet("https://piege.example/")


def test_a_name_is_resolved_once_and_its_addresses_are_handed_over() -> None:
    asked: list[tuple[str, int]] = []

    def resolve(host: str, port: int) -> tuple[str, ...]:
        asked.append((host, port))
        return (PUBLIC, "2a01:e0a:1::1")

    target = Guard(resolve=resolve).vet("https://Exemple.fr/a")
    assert asked == [("exemple.fr", 443)]
    assert (target.url, target.host, target.port) == ("https://exemple.fr/a", "exemple.fr", 443)
    assert target.ips == (PUBLIC, "2a01:e0a:1::1")


def test_a_name_without_an_address_is_a_matter_of_the_network() -> None:
    with pytest.raises(NetworkError, match="inconnu"):
        guard_with().vet("http://inconnu.example/")


@pytest.mark.parametrize("port", [22, 25, 3306, 6379, 8080])
def test_other_ports_than_those_of_the_web_are_refused(port: int) -> None:
    with pytest.raises(RefusedError, match=f"port {port}"):
        guard_with(PUBLIC).vet(f"http://exemple.fr:{port}/")


def test_other_ports_can_be_configured() -> None:
    assert guard_with(PUBLIC, ports=(8080,)).vet("http://exemple.fr:8080/").port == 8080


def test_an_exception_is_one_host_with_one_port() -> None:
    guard = Guard([Endpoint("127.0.0.1", 8000)])
    assert guard.vet("http://127.0.0.1:8000/").ips == ("127.0.0.1",)
    for url in (
        "http://127.0.0.1/",
        "http://127.0.0.1:8001/",
        "http://127.0.0.2:8000/",
        "http://127.1:8000/",
        "http://[::ffff:127.0.0.1]:8000/",
        "http://localhost:8000/",
    ):
        with pytest.raises(RefusedError):
            guard.vet(url)


@pytest.mark.parametrize(
    ("text", "endpoint"),
    [
        ("127.0.0.1:8000", Endpoint("127.0.0.1", 8000)),
        ("[::1]:81", Endpoint("::1", 81)),
        ("Localhost:80", Endpoint("localhost", 80)),
    ],
)
def test_an_endpoint_is_read_from_a_setting(text: str, endpoint: Endpoint) -> None:
    assert Endpoint.parse(text) == endpoint


@pytest.mark.parametrize("text", ["127.0.0.1", ":80", "hôte:", "h:0", "h:70000", "h:x", "h:²"])
def test_a_bad_endpoint_says_what_to_write(text: str) -> None:
    with pytest.raises(ConfigurationError, match="port"):
        Endpoint.parse(text)


@given(st.ip_addresses(v=4))
def test_wrapping_an_ipv4_address_never_makes_it_public(ip: ipaddress.IPv4Address) -> None:
    mapped = ipaddress.IPv6Address((0xFFFF << 32) | int(ip))
    nat64 = ipaddress.IPv6Address((0x64FF9B << 96) | int(ip))
    assert is_public(mapped) == is_public(nat64) == is_public(ip)
    if not is_public(ip):
        assert not is_public(ipaddress.IPv6Address((0x2002 << 112) | (int(ip) << 80)))


@given(st.text(max_size=60))
def test_any_text_is_either_refused_or_has_a_canonical_form(text: str) -> None:
    url = join("https://exemple.fr/", text)
    assert url is None or canonical(url) == url


@pytest.mark.parametrize(
    ("url", "page"),
    [
        ("https://l.fr/a.html?xtor=RSS-3208", "https://l.fr/a.html"),
        ("https://l.fr/a?utm_source=x&id=12&utm_medium=rss", "https://l.fr/a?id=12"),
        ("https://l.fr/a?at_medium=rss&at_campaign=b", "https://l.fr/a"),
        ("https://l.fr/?p=1453", "https://l.fr/?p=1453"),
        ("https://l.fr/a?attente=1", "https://l.fr/a?attente=1"),
    ],
)
def test_tracking_parameters_are_dropped(url: str, page: str) -> None:
    assert without_tracking(url) == page


@pytest.mark.parametrize(
    ("url", "hosts", "inside"),
    [
        ("https://www.senat.fr/a", ["www.senat.fr"], True),
        ("https://WWW.SENAT.FR/a", ["www.senat.fr"], True),
        ("https://senat.fr/a", ["www.senat.fr"], False),
        ("https://www.senat.fr.piege.example/", ["www.senat.fr"], False),
        ("http://127.0.0.1:81/", ["127.0.0.1:81"], True),
        ("http://127.0.0.1:82/", ["127.0.0.1:81"], False),
        ("http://127.0.0.1:82/", ["127.0.0.1"], True),
    ],
)
def test_an_address_is_on_a_declared_host_or_not(url: str, hosts: list[str], inside: bool) -> None:
    assert on_hosts(url, hosts) is inside
