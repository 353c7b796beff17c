"""The fetcher against servers that misbehave; every one of them is real and on loopback."""

from __future__ import annotations

import gzip
import socket
import ssl
import subprocess
import time
import zlib
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from recoupe.errors import ConfigurationError, NetworkError, RefusedError
from recoupe.scraper.fetch import Fetcher, FetchOptions
from recoupe.scraper.guard import Endpoint, Guard
from recoupe.scraper.inflate import Inflater, gunzip_if_needed
from recoupe.scraper.pace import Pace, backoff, retry_after

NewFetcher = Callable[..., Fetcher]


def raw(*pieces: bytes, pause: float = 0.0) -> Callable[[Any], None]:
    """Send these bytes as they are, then close."""

    def send(handler: Any) -> None:
        for piece in pieces:
            handler.wfile.write(piece)
            handler.wfile.flush()
            time.sleep(pause)
        handler.close_connection = True

    return send


# --- a good answer --------------------------------------------------------------------------------


def test_an_answer_comes_with_what_the_server_said_of_it(
    site: Any, fetcher: Fetcher, reply: Any
) -> None:
    site.pages["/a"] = reply(
        "Été", headers={"ETag": '"1"', "Last-Modified": "hier"}, type="Text/HTML; Charset=UTF-8"
    )
    response = fetcher.get(site.url("/a"))
    assert (response.status, response.body.decode()) == (200, "Été")
    assert (response.content_type, response.charset) == ("text/html", "utf-8")
    assert (response.etag, response.last_modified) == ('"1"', "hier")
    assert response.final_url == site.url("/a")


def test_the_server_is_told_who_asks_and_which_host_is_meant(site: Any, fetcher: Fetcher) -> None:
    site.html("/a", "A")
    fetcher.get(site.url("/a"))
    (_, headers), *_ = site.requests
    assert headers["user-agent"].startswith("recoupe/0.1 (+mailto:")
    assert headers["host"] == site.host
    assert headers["accept-encoding"] == "gzip, deflate"


def test_a_conditional_request_is_answered_304_without_a_body(site: Any, fetcher: Fetcher) -> None:
    site.html("/a", "A")
    first = fetcher.get(site.url("/a"))
    second = fetcher.get(site.url("/a"), etag=first.etag)
    assert (second.status, second.body) == (304, b"")


@pytest.mark.parametrize("etag", ['"été"', '"a\tb"', ""])
def test_a_validator_that_no_header_can_hold_is_not_sent(
    site: Any, fetcher: Fetcher, etag: str
) -> None:
    site.html("/a", "A")
    assert fetcher.get(site.url("/a"), etag=etag).status == 200
    assert "if-none-match" not in site.requests[0][1]


def test_a_header_sent_twice_counts_once(site: Any, fetcher: Fetcher) -> None:
    site.pages["/a"] = raw(
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=UTF-8\r\n"
        b"Content-Type: text/html\r\nContent-Length: 0\r\n\r\n"
    )
    response = fetcher.get(site.url("/a"))
    assert response.content_type == "text/html"


@pytest.mark.parametrize("status", [404, 410, 403, 500, 503])
def test_any_status_is_an_answer(site: Any, fetcher: Fetcher, reply: Any, status: int) -> None:
    site.pages["/a"] = reply("x", status=status)
    assert fetcher.get(site.url("/a")).status == status


@pytest.mark.parametrize(
    ("encoding", "pack"),
    [
        ("gzip", gzip.compress),
        ("x-gzip", gzip.compress),
        ("GZIP", gzip.compress),
        ("deflate", zlib.compress),
        ("deflate", lambda body: zlib.compress(body, wbits=-15)),
        ("identity", bytes),
    ],
)
def test_compressed_bodies_are_unpacked(
    site: Any, fetcher: Fetcher, reply: Any, encoding: str, pack: Callable[[bytes], bytes]
) -> None:
    body = "260 millions d’euros ".encode() * 5_000
    site.pages["/a"] = reply(pack(body), headers={"Content-Encoding": encoding})
    assert fetcher.get(site.url("/a")).body == body


def test_proxies_of_the_environment_are_ignored(
    site: Any, new_fetcher: NewFetcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    site.html("/a", "A")
    assert new_fetcher().get(site.url("/a")).status == 200


# --- faults ---------------------------------------------------------------------------------------


def test_a_refused_connection(new_fetcher: NewFetcher) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # bound and not listening
        port = taken.getsockname()[1]
        fetcher = new_fetcher(guard=Guard([Endpoint("127.0.0.1", port)]))
        with pytest.raises(NetworkError, match=r"no connection to 127\.0\.0\.1"):
            fetcher.get(f"http://127.0.0.1:{port}/")


def test_a_server_that_keeps_silent(site: Any, new_fetcher: NewFetcher) -> None:
    site.pages["/a"] = lambda _handler: time.sleep(0.4)
    with pytest.raises(NetworkError, match=r"kept silent for 0\.1 s"):
        new_fetcher(timeout=0.1).get(site.url("/a"))


@pytest.mark.parametrize(
    "head",
    [b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n", b"HTTP/1.1 200 OK\r\nX: "],
    ids=["in its body", "in its headers"],
)
def test_a_server_that_drips(site: Any, new_fetcher: NewFetcher, head: bytes) -> None:
    site.pages["/a"] = raw(head, *[b"x"] * 20, pause=0.05)
    with pytest.raises(NetworkError, match=r"not over after 0\.3 s"):
        new_fetcher(deadline=0.3).get(site.url("/a"))


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (b"HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nshort", "broke off"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nshort\r\n", "broke off"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nlonger than five", "more than the 5 bytes"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\nx", "is not HTTP"),
        (b"SSH-2.0-OpenSSH_9.2\r\n", "is not HTTP"),
        (b"", "broke off"),
    ],
    ids=["cut", "cut chunks", "longer than said", "no number", "other protocol", "nothing"],
)
def test_an_answer_that_is_not_whole(site: Any, fetcher: Fetcher, answer: bytes, told: str) -> None:
    site.pages["/a"] = raw(answer)
    with pytest.raises(NetworkError, match=told):
        fetcher.get(site.url("/a"))


def test_a_surplus_that_comes_late_does_not_spoil_the_next_answer(
    site: Any, fetcher: Fetcher
) -> None:
    read, sent = Event(), Event()

    def answer(handler: Any) -> None:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n12345")
        read.wait(5)
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nfalse")
        sent.set()

    site.pages["/a"] = answer
    site.html("/b", "B")
    assert fetcher.get(site.url("/a")).body == b"12345"
    read.set()
    assert sent.wait(5)
    assert b"<title>B</title>" in fetcher.get(site.url("/b")).body


def test_an_interim_answer_and_a_stray_line_end_are_no_fault(site: Any, fetcher: Fetcher) -> None:
    site.pages["/a"] = raw(
        b"HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n"
        b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n12345\r\n"
    )
    assert fetcher.get(site.url("/a")).body == b"12345"


def test_a_gzip_bomb_is_cut_off(site: Any, new_fetcher: NewFetcher, reply: Any) -> None:
    bomb = gzip.compress(b"\0" * 30_000_000)
    assert len(bomb) < 100_000
    site.pages["/a"] = reply(bomb, headers={"Content-Encoding": "gzip"})
    with pytest.raises(NetworkError, match="more than 1,000,000 bytes once decompressed"):
        new_fetcher(max_bytes=1_000_000).get(site.url("/a"))


def test_a_body_may_be_as_long_as_the_limit(site: Any, new_fetcher: NewFetcher, reply: Any) -> None:
    site.pages["/a"] = reply(b"x" * 1_000)
    site.pages["/b"] = reply(b"x" * 1_001)
    fetcher = new_fetcher(max_bytes=1_000)
    assert len(fetcher.get(site.url("/a")).body) == 1_000
    with pytest.raises(NetworkError, match="more than 1,000 bytes"):
        fetcher.get(site.url("/b"))


@pytest.mark.parametrize(
    ("encoding", "body", "told"),
    [
        ("gzip", gzip.compress(b"x" * 500)[:-12], "cut short"),
        ("gzip", b"<html>not gzip</html>", "damaged"),
        ("br", b"\x0b\x02\x80", "not asked for"),
    ],
)
def test_a_body_that_cannot_be_unpacked(
    *, site: Any, fetcher: Fetcher, reply: Any, encoding: str, body: bytes, told: str
) -> None:
    site.pages["/a"] = reply(body, headers={"Content-Encoding": encoding})
    with pytest.raises(NetworkError, match=told):
        fetcher.get(site.url("/a"))


# --- redirects ------------------------------------------------------------------------------------


def to(reply: Any, location: str, status: int = 302, cookie: str | None = None) -> Any:
    headers = {"Location": location} | ({"Set-Cookie": cookie} if cookie else {})
    return reply(status=status, headers=headers)


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirects_are_followed(site: Any, fetcher: Fetcher, reply: Any, status: int) -> None:
    site.pages["/a"] = to(reply, "b?x=é", status)
    site.html("/b?x=%C3%A9", "B")
    response = fetcher.get(site.url("/a"))
    assert (response.status, response.final_url) == (200, site.url("/b?x=%C3%A9"))


def test_redirects_in_a_circle(site: Any, fetcher: Fetcher, reply: Any) -> None:
    site.pages["/a"], site.pages["/b"] = to(reply, "/b"), to(reply, "/a")
    with pytest.raises(NetworkError, match="circle"):
        fetcher.get(site.url("/a"))
    assert site.paths == ["/a", "/b"]


def test_redirects_without_end(site: Any, fetcher: Fetcher, reply: Any) -> None:
    for number in range(9):
        site.pages[f"/{number}"] = to(reply, f"/{number + 1}")
    with pytest.raises(NetworkError, match="more than 5 redirects"):
        fetcher.get(site.url("/0"))
    assert len(site.paths) == 6


def test_a_cookie_and_a_redirect_to_the_same_address_is_no_circle(
    site: Any, fetcher: Fetcher, reply: Any
) -> None:
    site.pages["/a"] = [to(reply, "/a", cookie="vu=1; Path=/"), reply("A")]
    assert fetcher.get(site.url("/a")).body == b"A"
    assert site.requests[1][1]["cookie"] == "vu=1"
    fetcher.get(site.url("/a"))
    assert "cookie" not in site.requests[2][1]


def test_two_cookies_of_one_name_are_no_trouble(site: Any, fetcher: Fetcher, reply: Any) -> None:
    site.pages["/a"] = to(reply, "/b/c", cookie="vu=1; Path=/")
    site.pages["/b/c"] = [to(reply, "/b/c", cookie="vu=2; Path=/b"), reply("C")]
    assert fetcher.get(site.url("/a")).body == b"C"
    assert site.requests[2][1]["cookie"] == "vu=2; vu=1"


@pytest.mark.parametrize(
    "location",
    [
        "http://127.0.0.1:1/",
        "http://127.1/",
        "http://169.254.169.254/latest/meta-data/",
        "http://[::1]/",
        "file:///etc/passwd",
        "//10.0.0.1/",
    ],
)
def test_a_redirect_to_a_private_address_is_refused(
    site: Any, fetcher: Fetcher, reply: Any, location: str
) -> None:
    site.pages["/a"] = to(reply, location)
    with pytest.raises(RefusedError):
        fetcher.get(site.url("/a"))


def test_each_hop_is_asked_for_permission(site: Any, fetcher: Fetcher, reply: Any) -> None:
    site.pages["/a"] = to(reply, "/b")
    site.html("/b", "B")
    asked: list[str] = []

    def permit(url: str) -> None:
        asked.append(url)
        if url.endswith("/b"):
            raise RefusedError("not there")

    with pytest.raises(RefusedError, match="not there"):
        fetcher.get(site.url("/a"), permit=permit)
    assert asked == [site.url("/a"), site.url("/b")]
    assert site.paths == ["/a"]


# --- trying again ---------------------------------------------------------------------------------


def test_500_then_200(site: Any, new_fetcher: NewFetcher, reply: Any, naps: list[float]) -> None:
    site.pages["/a"] = [reply(status=500), reply(status=503), reply("A")]
    assert new_fetcher(retries=2, backoff=1.0).get(site.url("/a")).body == b"A"
    assert len(naps) == 2
    assert 0.5 <= naps[0] <= 1.0 <= naps[1] <= 2.0


def test_a_broken_answer_then_a_whole_one(site: Any, new_fetcher: NewFetcher) -> None:
    answers = [raw(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nx")]
    whole = raw(b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nA")

    def answer(handler: Any) -> None:
        send = answers.pop() if answers else whole
        send(handler)

    site.pages["/a"] = answer
    assert new_fetcher(retries=1).get(site.url("/a")).body == b"A"


def test_404_and_304_are_not_asked_again(site: Any, new_fetcher: NewFetcher) -> None:
    assert new_fetcher(retries=3).get(site.url("/a")).status == 404
    assert site.paths == ["/a"]


def test_retry_after_is_obeyed(
    site: Any, new_fetcher: NewFetcher, reply: Any, naps: list[float]
) -> None:
    site.pages["/a"] = [reply(status=429, headers={"Retry-After": "7"}), reply("A")]
    assert new_fetcher(retries=1).get(site.url("/a")).body == b"A"
    assert naps == [7.0]


def test_a_host_that_asks_for_an_hour_is_left_alone(
    site: Any, new_fetcher: NewFetcher, reply: Any, naps: list[float]
) -> None:
    site.pages["/a"] = reply(status=429, headers={"Retry-After": "3600"})
    fetcher = new_fetcher(retries=3, max_wait=60)
    assert fetcher.get(site.url("/a")).status == 429
    with pytest.raises(NetworkError, match="asked not to be called for another"):
        fetcher.get(site.url("/b"))
    assert (site.paths, naps) == (["/a"], [])


NOW = datetime(2026, 3, 9, 8, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120.0),
        (" 0 ", 0.0),
        (format_datetime(NOW + timedelta(seconds=90), usegmt=True), 90.0),
        (format_datetime(NOW - timedelta(days=1), usegmt=True), 0.0),
        ("Mon, 09 Mar 2026 08:00:30 -0000", 30.0),
        ("-5", None),
        ("bientôt", None),
        ("", None),
        (None, None),
    ],
)
def test_retry_after_is_a_number_or_a_date(value: str | None, seconds: float | None) -> None:
    assert retry_after(value, now=NOW) == seconds


def test_back_off_doubles_up_to_its_cap_and_spreads_by_half() -> None:
    steps = [backoff(n, base=1, cap=10, jitter=1) for n in range(6)]
    assert steps == [1, 2, 4, 8, 10, 10]
    assert [backoff(n, base=1, cap=10, jitter=0) for n in range(3)] == [0.5, 1, 2]


# --- pace -----------------------------------------------------------------------------------------


def test_requests_to_one_host_are_its_delay_apart() -> None:
    now, naps = [100.0], []

    def sleep(seconds: float) -> None:
        naps.append(seconds)
        now[0] += seconds

    pace = Pace(default_delay=1.0, max_wait=60, clock=lambda: now[0], sleep=sleep)
    pace.slow_down("lent.fr", 5)
    pace.slow_down("lent.fr", 2)
    pace.slow_down("lent.fr", None)
    pace.slow_down("lent.fr", float("nan"))
    for host in ("a.fr", "lent.fr", "a.fr", "b.fr", "lent.fr"):
        pace.wait(host)
    assert naps == [1.0, 4.0]
    now[0] += 60
    pace.wait("lent.fr")
    assert naps == [1.0, 4.0]


def test_the_fetcher_waits_between_requests(
    site: Any, new_fetcher: NewFetcher, naps: list[float]
) -> None:
    site.html("/a", "A")
    fetcher = new_fetcher(default_delay=50.0)
    fetcher.get(site.url("/a"))
    fetcher.get(site.url("/a"))
    assert len(naps) == 1
    assert 40 < naps[0] <= 50


# --- connections ----------------------------------------------------------------------------------


def test_the_connection_goes_to_the_address_that_was_checked(
    site: Any, new_fetcher: NewFetcher
) -> None:
    site.html("/a", "A")
    guard = Guard(
        [Endpoint("journal.example", site.port)], resolve=lambda _host, _port: ("127.0.0.1",)
    )
    url = f"http://journal.example:{site.port}/a"
    response = new_fetcher(guard=guard).get(url)
    assert (response.status, response.final_url) == (200, url)
    assert site.requests[0][1]["host"] == f"journal.example:{site.port}"


def test_the_next_address_is_tried_where_one_does_not_answer(
    site: Any, new_fetcher: NewFetcher
) -> None:
    site.html("/a", "A")
    guard = Guard(
        [Endpoint("journal.example", site.port)],
        resolve=lambda _host, _port: ("127.0.0.3", "127.0.0.1"),
    )
    assert new_fetcher(guard=guard).get(f"http://journal.example:{site.port}/a").status == 200


def test_several_requests_share_one_connection(site: Any, fetcher: Fetcher) -> None:
    ports: list[int] = []

    def answer(handler: Any) -> None:
        ports.append(handler.client_address[1])
        handler.send_response(200)
        handler.send_header("Content-Length", "2")
        handler.end_headers()
        handler.wfile.write(b"ok")

    site.pages["/a"] = answer
    for _ in range(3):
        fetcher.get(site.url("/a"))
    assert len(set(ports)) == 1


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """A certificate for journal.example, made for this test."""
    path = tmp_path / "cert.pem"
    command = (
        "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 "
        "-subj /CN=journal.example -addext subjectAltName=DNS:journal.example"
    )
    try:
        subprocess.run(
            [*command.split(), "-keyout", str(path), "-out", str(tmp_path / "out.pem")],
            check=True,
            capture_output=True,
        )
    except FileNotFoundError:
        pytest.skip("openssl is not installed, so no certificate can be made")
    path.write_text(path.read_text() + (tmp_path / "out.pem").read_text())
    return path


def test_the_certificate_is_checked_against_the_host_and_sni_is_sent(
    site: Any, new_fetcher: NewFetcher, certificate: Path
) -> None:
    names: list[str | None] = []
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    context.sni_callback = lambda _socket, name, _context: names.append(name)
    site.server.socket = context.wrap_socket(site.server.socket, server_side=True)
    site.html("/a", "A")
    hosts = ("journal.example", "autre.example")
    guard = Guard(
        [Endpoint(host, site.port) for host in hosts], resolve=lambda _host, _port: ("127.0.0.1",)
    )
    trusting = new_fetcher(guard=guard, ca_file=certificate)
    assert trusting.get(f"https://journal.example:{site.port}/a").status == 200
    assert trusting.get(f"https://journal.example:{site.port}/a").status == 200
    assert names == ["journal.example"]
    for fetcher, host in ((trusting, "autre.example"), (new_fetcher(guard=guard), hosts[0])):
        with pytest.raises(NetworkError, match=f"certificate of {host} is not valid"):
            fetcher.get(f"https://{host}:{site.port}/a")


# --- options and pieces ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    "wrong",
    [
        {"user_agent": "recoupe/0.1"},
        {"user_agent": "recoupé (+mailto:a@b.fr)"},
        {"user_agent": "recoupe (+mailto:a@b.fr)\r\nX: y"},
        {"deadline": 0},
        {"retries": -1},
    ],
)
def test_options_that_cannot_be(wrong: dict[str, Any]) -> None:
    with pytest.raises(ConfigurationError):
        FetchOptions(**{"user_agent": "recoupe/0.1 (+mailto:a@b.fr)", **wrong})


def test_certificates_that_cannot_be_read_are_named(
    new_fetcher: NewFetcher, tmp_path: Path
) -> None:
    with pytest.raises(ConfigurationError, match=r"absent\.pem"):
        new_fetcher(ca_file=tmp_path / "absent.pem")


def test_a_gzip_file_of_several_members_is_one_text() -> None:
    packed = gzip.compress(b"un ") + gzip.compress(b"deux") + b"\0" * 40
    assert gunzip_if_needed(packed, limit=100, where="x") == b"un deux"
    assert gunzip_if_needed(b"plain", limit=1, where="x") == b"plain"


@pytest.mark.parametrize("step", [1, 2, 7, 1_000])
def test_the_limit_holds_however_the_bytes_come_in(step: int) -> None:
    packed = gzip.compress(b"0123456789" * 50)
    exact = Inflater("gzip", limit=500, where="x")
    pieces = [packed[at : at + step] for at in range(0, len(packed), step)]
    assert b"".join(exact.feed(piece) for piece in pieces) == b"0123456789" * 50
    exact.close()
    short = Inflater("gzip", limit=499, where="x")
    with pytest.raises(NetworkError, match="more than 499 bytes"):
        [short.feed(piece) for piece in pieces]
