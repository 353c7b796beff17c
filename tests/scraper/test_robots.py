"""robots.txt: what is forbidden, what is slow, and what happens when it cannot be had."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from recoupe.errors import NetworkError, RefusedError
from recoupe.scraper.fetch import Fetcher
from recoupe.scraper.guard import Endpoint, Guard
from recoupe.scraper.robots import MAX_BYTES, Robots

RULES = """\ufeffUser-agent: *
Disallow: /prive
Allow: /prive/communiques
Disallow: /*.pdf$
Disallow: /recherche?
Crawl-delay: 0.5
Sitemap: https://exemple.fr/sitemap.xml

User-agent: autre
Disallow: /
"""


@pytest.fixture
def robots(fetcher: Fetcher) -> Robots:
    return Robots(fetcher)


@pytest.mark.parametrize(
    ("path", "allowed"),
    [
        ("/", True),
        ("/actualites/1", True),
        ("/prive", False),
        ("/prive/dossier", False),
        ("/prive/communiques", True),
        ("/prive/communiques/2026", True),
        ("/rapport.pdf", False),
        ("/rapport.pdf?page=2", True),
        ("/rapport.pdfx", True),
        ("/recherche?q=a", False),
        ("/recherche", True),
    ],
)
def test_the_longest_rule_decides(
    site: Any, robots: Robots, reply: Any, path: str, allowed: bool
) -> None:
    site.pages["/robots.txt"] = reply(RULES, type="text/plain")
    if allowed:
        robots.check(site.url(path))
    else:
        with pytest.raises(RefusedError, match=r"robots\.txt of .* forbids it to 'recoupe'"):
            robots.check(site.url(path))
    assert site.paths == ["/robots.txt"]


def test_rules_for_the_tool_by_name_come_before_those_for_all(
    site: Any, robots: Robots, reply: Any
) -> None:
    site.pages["/robots.txt"] = reply(
        "User-agent: Recoupe\nDisallow: /a\n\nUser-agent: *\nDisallow: /\n"
    )
    robots.check(site.url("/b"))
    with pytest.raises(RefusedError):
        robots.check(site.url("/a"))


def test_delay_and_sitemaps_are_read(
    site: Any, fetcher: Fetcher, robots: Robots, reply: Any
) -> None:
    site.pages["/robots.txt"] = reply(RULES)
    assert robots.crawl_delay(site.url("/")) == 0.5
    assert robots.sitemaps(site.url("/")) == ("https://exemple.fr/sitemap.xml",)
    assert fetcher.pace.delay(site.host) == 0.5


def test_a_delay_of_a_day_is_cut_to_what_is_sane(
    site: Any, fetcher: Fetcher, robots: Robots, reply: Any
) -> None:
    site.pages["/robots.txt"] = reply("User-agent: *\nCrawl-delay: 86400\n")
    robots.check(site.url("/"))
    assert fetcher.pace.delay(site.host) == fetcher.options.max_delay == 60


def test_the_file_is_read_once_for_each_host(
    site: Any, new_site: Callable[[], Any], new_fetcher: Callable[..., Fetcher]
) -> None:
    other = new_site()
    robots = Robots(new_fetcher(guard=Guard([site.endpoint, other.endpoint])))
    for page in ("/a", "/b", "/c"):
        robots.check(site.url(page))
    robots.check(other.url("/a"))
    assert (site.paths, other.paths) == (["/robots.txt"], ["/robots.txt"])


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 451])
def test_a_file_that_is_not_there_forbids_nothing(
    site: Any, robots: Robots, reply: Any, status: int
) -> None:
    site.pages["/robots.txt"] = reply("User-agent: *\nDisallow: /", status=status)
    robots.check(site.url("/a"))
    assert robots.barrier(site.url("/a")) is None


@pytest.mark.parametrize("status", [429, 500, 502, 503])
def test_a_server_in_trouble_forbids_everything(
    site: Any, robots: Robots, reply: Any, status: int
) -> None:
    site.pages["/robots.txt"] = reply("", status=status)
    with pytest.raises(RefusedError, match=f"answered {status}"):
        robots.check(site.url("/a"))
    assert isinstance(robots.barrier(site.url("/b")), RefusedError)
    assert site.paths == ["/robots.txt"]


def test_a_host_that_does_not_answer_forbids_everything(
    site: Any, new_fetcher: Callable[..., Fetcher]
) -> None:
    site.server.shutdown()
    site.server.server_close()
    robots = Robots(new_fetcher())
    for _ in range(2):
        with pytest.raises(NetworkError, match=r"robots\.txt of .* cannot be had"):
            robots.check(site.url("/a"))


def test_a_redirect_to_a_private_address_forbids_everything(
    site: Any, robots: Robots, reply: Any
) -> None:
    site.pages["/robots.txt"] = reply(status=301, headers={"Location": "http://10.0.0.1/r.txt"})
    with pytest.raises(RefusedError, match=r"10\.0\.0\.1"):
        robots.check(site.url("/a"))


def test_a_redirect_to_another_host_is_followed(
    site: Any, new_site: Callable[[], Any], new_fetcher: Callable[..., Fetcher], reply: Any
) -> None:
    other = new_site()
    site.pages["/robots.txt"] = reply(status=301, headers={"Location": other.url("/r.txt")})
    other.pages["/r.txt"] = reply("User-agent: *\nDisallow: /a")
    robots = Robots(new_fetcher(guard=Guard([site.endpoint, other.endpoint])))
    with pytest.raises(RefusedError):
        robots.check(site.url("/a"))


def test_only_the_first_500_kib_count_and_no_rule_is_cut_in_two(
    site: Any, robots: Robots, reply: Any
) -> None:
    head = "User-agent: *\nDisallow: /a\n"
    cut = "Disallow: /"
    filling = "#" * (MAX_BYTES - len(head) - len(cut) - 1) + "\n"
    site.pages["/robots.txt"] = reply(head + filling + cut + "prive\nDisallow: /c\n")
    for path in ("/b", "/prive", "/c"):
        robots.check(site.url(path))
    with pytest.raises(RefusedError):
        robots.check(site.url("/a"))


@pytest.mark.parametrize("body", [b"", b"<html>Bienvenue</html>", b"\xff\xfe\x00\x81", b"\x00"])
def test_a_file_that_is_no_robots_txt_forbids_nothing(
    site: Any, robots: Robots, reply: Any, body: bytes
) -> None:
    site.pages["/robots.txt"] = reply(body)
    robots.check(site.url("/a"))
    assert robots.crawl_delay(site.url("/")) is None


def test_a_private_host_is_refused_by_the_guard(new_fetcher: Callable[..., Fetcher]) -> None:
    robots = Robots(new_fetcher(guard=Guard([Endpoint("127.0.0.1", 1)])))
    with pytest.raises(RefusedError, match="not a public address"):
        robots.check("http://10.0.0.1/a")
