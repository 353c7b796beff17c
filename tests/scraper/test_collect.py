"""Rounds over a source: what is fetched, what is not, and what becomes of each address."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from recoupe.errors import ConfigurationError, NetworkError, ReadError, RefusedError
from recoupe.records import Source
from recoupe.scraper.archive import Archive
from recoupe.scraper.collect import Outcome, collect, collect_address
from recoupe.scraper.fetch import Fetcher
from recoupe.scraper.guard import Guard

META = ("/robots.txt", "/.well-known/tdmrep.json")


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive(tmp_path / "recoupe-archive.db") as archive:
        yield archive


@pytest.fixture
def go(site: Any, new_fetcher: Callable[..., Fetcher], archive: Archive) -> Callable[..., Any]:
    """Collect a source in a new run; ``{(what, path): state}``."""

    def run(source: Source, **options: Any) -> dict[tuple[str, str], str]:
        site.requests.clear()
        fetcher = options.pop("fetcher", None) or new_fetcher()
        outcomes = list(collect(source, fetcher=fetcher, archive=archive, **options))
        return {(o.what, o.url.removeprefix(site.url(""))): o.state for o in outcomes}

    return run


def pages(site: Any) -> list[str]:
    return [path for path in site.paths if path not in META]


def newsroom(site: Any) -> Source:
    site.html("/1", "Un")
    site.html("/2", "Deux")
    site.rss("/rss.xml", site.url("/1?xtor=RSS-1"), site.url("/2"))
    return site.source(feeds=(site.url("/rss.xml"),))  # type: ignore[no-any-return]


def test_the_pages_of_a_feed_are_archived(site: Any, go: Any, archive: Archive) -> None:
    states = go(newsroom(site))
    assert states == {("feed", "/rss.xml"): "new", ("page", "/1"): "new", ("page", "/2"): "new"}
    one, _ = archive.latest()
    assert (one.url, one.source, one.kind) == (site.url("/1"), "essai", "press")
    assert (one.content_type, one.charset, one.opted_out) == ("text/html", "utf-8", None)
    assert b"<p>Un</p>" in one.body
    assert one.fetched_at.endswith("+00:00")


def test_an_unchanged_site_costs_one_304_for_each_address(
    site: Any, go: Any, archive: Archive
) -> None:
    source = newsroom(site)
    go(source)
    before = list(archive.latest())
    states = go(source)
    assert set(states.values()) == {"unchanged"}
    assert sorted(pages(site)) == ["/1", "/2", "/rss.xml"]
    assert all("if-none-match" in headers for path, headers in site.requests if path not in META)
    assert list(archive.latest()) == before


def test_a_corrected_page_is_a_new_version(site: Any, go: Any, archive: Archive) -> None:
    source = newsroom(site)
    go(source)
    site.html("/1", "Un, corrigé")
    assert go(source)["page", "/1"] == "changed"
    assert len(archive.versions(site.url("/1"))) == 2


def test_a_page_without_validators_is_compared_by_content(site: Any, go: Any, reply: Any) -> None:
    source = newsroom(site)
    site.pages["/1"] = reply("<p>Un</p>")
    go(source)
    assert go(source)["page", "/1"] == "unchanged"


def test_pages_that_left_the_feed_are_looked_at_again_for_a_while(site: Any, go: Any) -> None:
    source = newsroom(site)
    go(source)
    site.rss("/rss.xml", site.url("/2"))
    assert go(source)["page", "/1"] == "unchanged"
    assert ("page", "/1") not in go(source, revisit_days=-1)
    assert ("page", "/2") in go(source, revisit_days=-1)
    assert ("page", "/1") in go(source, revisit_days=None)


@pytest.mark.parametrize("status", [404, 410])
def test_a_page_that_is_gone_is_marked(
    site: Any, go: Any, archive: Archive, reply: Any, status: int
) -> None:
    source = newsroom(site)
    go(source)
    site.pages["/1"] = reply("", status=status)
    assert go(source)["page", "/1"] == "gone"
    assert [snapshot.url for snapshot in archive.latest()] == [site.url("/2")]
    site.html("/1", "Un")
    assert go(source)["page", "/1"] == "changed"


def test_one_bad_address_never_stops_a_source(
    site: Any, new_fetcher: Callable[..., Fetcher], archive: Archive, reply: Any
) -> None:
    bad = {
        "/500": (reply("", status=500), "failed", NetworkError),
        "/403": (reply("", status=403), "refused", RefusedError),
        "/image": (reply(b"\x89PNG", type="image/png"), "failed", ReadError),
        "/vide": (reply(" \n"), "failed", ReadError),
        "/gros": (reply(b"x" * 100_001), "failed", NetworkError),
        "/prive": (reply(status=302, headers={"Location": "http://10.0.0.1/"}), "refused", None),
        "/ailleurs": (
            reply(status=302, headers={"Location": "https://autre.example/"}),
            "refused",
            RefusedError,
        ),
        "/interdit": (reply("x"), "refused", RefusedError),
        "/304": (reply("", status=304), "failed", NetworkError),
    }
    site.pages.update({path: behaviour for path, (behaviour, _, _) in bad.items()})
    site.pages["/robots.txt"] = reply("User-agent: *\nDisallow: /interdit")
    site.html("/bon", "Bon")
    site.rss("/rss.xml", *(site.url(path) for path in [*bad, "/bon"]), "https://autre.example/a")
    source = site.source(feeds=(site.url("/absent.xml"), site.url("/rss.xml")))
    fetcher = new_fetcher(max_bytes=100_000)
    outcomes = {
        outcome.url.removeprefix(site.url("")): outcome
        for outcome in collect(source, fetcher=fetcher, archive=archive)
    }
    for path, (_, state, kind) in bad.items():
        assert outcomes[path].state == state, path
        assert isinstance(outcomes[path].error, kind or RefusedError), path
        assert path in str(outcomes[path].error) or "Location" in str(bad[path][0]), path
    assert outcomes["/absent.xml"].state == "failed"
    assert outcomes["/bon"].state == "new"
    assert "/interdit" not in site.paths
    assert not [url for url in outcomes if "autre.example" in url]


def test_a_broken_feed_leaves_the_known_pages_and_its_own_copy_alone(
    site: Any, go: Any, reply: Any
) -> None:
    source = newsroom(site)
    go(source)
    site.pages["/rss.xml"] = reply("<html>En maintenance</html>")
    states = go(source)
    assert states == {
        ("feed", "/rss.xml"): "failed",
        ("page", "/1"): "unchanged",
        ("page", "/2"): "unchanged",
    }


def test_a_stopped_round_is_taken_up_where_it_was(site: Any, go: Any) -> None:
    source = newsroom(site)
    site.rss("/rss.xml", *(site.url(f"/{number}") for number in range(1, 6)))
    for number in range(1, 6):
        site.html(f"/{number}", str(number))
    left = iter([False, False, False, True])
    assert list(go(source, stop=lambda: next(left))) == [
        ("feed", "/rss.xml"),
        ("page", "/1"),
        ("page", "/2"),
    ]
    states = go(source)
    assert states["feed", "/rss.xml"] == "unchanged"
    assert [path for (_, path), state in states.items() if state == "new"] == ["/3", "/4", "/5"]


def test_limited_rounds_make_progress(site: Any, go: Any) -> None:
    source = newsroom(site)
    for number in range(1, 6):
        site.html(f"/{number}", str(number))
    site.rss("/rss.xml", *(site.url(f"/{number}") for number in range(1, 6)))
    seen = [[path for what, path in go(source, limit=2) if what == "page"] for _ in range(3)]
    assert seen == [["/1", "/2"], ["/3", "/4"], ["/5", "/1"]]
    assert go(source, limit=0) == {("feed", "/rss.xml"): "unchanged"}


def test_only_the_named_pages(site: Any, go: Any) -> None:
    source = newsroom(site)
    states = go(source, only=[site.url("/2"), "http://autre.example/", "pas une adresse"])
    assert states == {
        ("page", "/2"): "new",
        ("page", "http://autre.example/"): "refused",
        ("page", "pas une adresse"): "refused",
    }
    assert pages(site) == ["/2"]


def test_one_page_by_its_address(
    site: Any, new_fetcher: Callable[..., Fetcher], archive: Archive
) -> None:
    source = newsroom(site)
    fetcher = new_fetcher()
    outcome = collect_address(site.url("/1#a"), source=source, fetcher=fetcher, archive=archive)
    assert outcome == Outcome(url=site.url("/1"), source="essai", state="new")
    refused = collect_address("ftp://x/", source=source, fetcher=fetcher, archive=archive)
    assert (refused.state, type(refused.error)) == ("refused", RefusedError)


# --- robots.txt and manners -----------------------------------------------------------------------


@pytest.mark.parametrize(("status", "state"), [(500, "refused"), (429, "refused")])
def test_a_host_in_trouble_gives_one_outcome_and_is_left_alone(
    site: Any, go: Any, reply: Any, status: int, state: str
) -> None:
    source = newsroom(site)
    go(source)
    site.pages["/robots.txt"] = reply("", status=status)
    assert go(source) == {("feed", "/rss.xml"): state}
    assert site.paths == ["/robots.txt"]


def test_a_host_that_is_down_gives_one_outcome(site: Any, go: Any) -> None:
    source = newsroom(site)
    go(source)
    site.server.shutdown()
    site.server.server_close()
    assert go(source) == {("feed", "/rss.xml"): "failed"}


def test_a_redirect_into_what_robots_txt_forbids_is_refused(site: Any, go: Any, reply: Any) -> None:
    source = newsroom(site)
    site.pages["/robots.txt"] = reply("User-agent: *\nDisallow: /abonnes")
    site.pages["/1"] = reply(status=302, headers={"Location": "/abonnes/1"})
    site.html("/abonnes/1", "Un")
    assert go(source)["page", "/1"] == "refused"
    assert "/abonnes/1" not in site.paths


@pytest.mark.parametrize(
    ("declared", "crawl_delay", "used"), [(3.0, "", 3.0), (None, "7", 7.0), (3.0, "7", 7.0)]
)
def test_the_longest_delay_holds(
    *,
    site: Any,
    go: Any,
    new_fetcher: Callable[..., Fetcher],
    reply: Any,
    declared: float | None,
    crawl_delay: str,
    used: float,
) -> None:
    newsroom(site)
    site.pages["/robots.txt"] = reply(f"User-agent: *\nCrawl-delay: {crawl_delay}\n")
    fetcher = new_fetcher(default_delay=1.0)
    source = site.source(feeds=(site.url("/rss.xml"),), delay_seconds=declared)
    go(source, fetcher=fetcher)
    assert fetcher.pace.delay(site.host) == used


# --- opt-outs -------------------------------------------------------------------------------------


@pytest.mark.parametrize("where", ["file", "header", "meta"])
def test_an_opt_out_is_obeyed_unless_told_otherwise(
    site: Any, go: Any, archive: Archive, reply: Any, where: str
) -> None:
    source = newsroom(site)
    if where == "file":
        rules = '[{"location": "/1", "tdm-reservation": 1}]'
        site.pages["/.well-known/tdmrep.json"] = reply(rules)
    elif where == "header":
        site.html("/1", "Un", **{"tdm-reservation": "1"})
    else:
        site.html("/1", 'Un<meta name="tdm-reservation" content="1">')
        site.pages["/1"] = reply('<head><meta name="tdm-reservation" content="1"></head><p>Un</p>')
    states = go(source)
    assert (states["page", "/1"], states["page", "/2"]) == ("refused", "new")
    assert ("/1" in site.paths) is (where != "file")
    assert archive.stored(site.url("/1")) is None

    assert go(source, obey_optout=False)["page", "/1"] == "new"
    assert {snapshot.opted_out for snapshot in archive.latest()} == {True, None}
    assert go(source)["page", "/1"] == "refused"
    assert [snapshot.url for snapshot in archive.latest()] == [site.url("/2")]


def test_an_opt_out_declared_later_withdraws_the_page(site: Any, go: Any, archive: Archive) -> None:
    source = newsroom(site)
    go(source)
    site.html("/1", "Un", **{"tdm-reservation": "1"})
    assert go(source)["page", "/1"] == "refused"
    assert "if-none-match" in dict(site.requests)["/1"]
    assert [snapshot.url for snapshot in archive.latest()] == [site.url("/2")]


# --- sitemaps and listings ------------------------------------------------------------------------


def urlset(site: Any, *paths: str) -> str:
    items = "".join(f"<url><loc>{site.url(path)}</loc></url>" for path in paths)
    return f"<urlset>{items}</urlset>"


def test_an_index_of_sitemaps_is_walked_and_never_in_circles(
    site: Any, go: Any, reply: Any
) -> None:
    nested = ("/a.xml", "/index.xml", "/absent.xml")
    index = "".join(f"<sitemap><loc>{site.url(path)}</loc></sitemap>" for path in nested)
    index += "<sitemap><loc>https://autre.example/s.xml</loc></sitemap>"
    site.pages["/index.xml"] = reply(f"<sitemapindex>{index}</sitemapindex>", type="text/xml")
    site.pages["/a.xml"] = reply(urlset(site, "/1", "/2"), type="text/xml")
    site.html("/1", "Un")
    site.html("/2", "Deux")
    assert go(site.source(sitemaps=(site.url("/index.xml"),))) == {
        ("feed", "/index.xml"): "new",
        ("feed", "/a.xml"): "new",
        ("feed", "/absent.xml"): "failed",
        ("page", "/1"): "new",
        ("page", "/2"): "new",
    }


def test_the_latest_pages_of_a_sitemap_come_first(site: Any, go: Any, reply: Any) -> None:
    site.pages["/s.xml"] = reply(
        "<urlset>"
        f"<url><loc>{site.url('/1')}</loc><lastmod>2024-01-01</lastmod></url>"
        f"<url><loc>{site.url('/2')}</loc><lastmod>2026-01-01</lastmod></url>"
        "</urlset>"
    )
    site.html("/1", "Un")
    site.html("/2", "Deux")
    states = go(site.source(sitemaps=(site.url("/s.xml"),)), limit=1)
    assert list(states) == [("feed", "/s.xml"), ("page", "/2")]


def listing(site: Any, reply: Any, path: str, items: list[str], following: str | None) -> None:
    cards = "".join(f'<h2 class="titre"><a href="{item}">T</a></h2>' for item in items)
    link = f'<a class="suivant" href="{following}">Suivant</a>' if following else ""
    site.pages[path] = reply(f"<html><body>{cards}{link}</body></html>")
    for item in items:
        site.html(item, item)


def listed(site: Any, **fields: Any) -> Source:
    selectors = {"listing_item": "h2.titre a", "listing_next": "a.suivant"}
    return site.source(listings=(site.url("/liste"),), **selectors, **fields)  # type: ignore[no-any-return]


def test_a_listing_is_read_page_by_page(site: Any, go: Any, reply: Any) -> None:
    listing(site, reply, "/liste", ["/1", "/2"], "/liste?p=2")
    listing(site, reply, "/liste?p=2", ["/3"], None)
    states = go(listed(site))
    assert [path for what, path in states if what == "feed"] == ["/liste", "/liste?p=2"]
    assert [path for what, path in states if what == "page"] == ["/1", "/2", "/3"]


def test_a_listing_without_end_is_bounded(site: Any, go: Any, reply: Any) -> None:
    for number in range(20):
        path = f"/liste?p={number}" if number else "/liste"
        listing(site, reply, path, [f"/a{number}"], f"/liste?p={number + 1}")
    states = go(listed(site, max_listing_pages=4))
    assert [path for what, path in states if what == "page"] == ["/a0", "/a1", "/a2", "/a3"]


@pytest.mark.parametrize("following", ["/liste", "/liste?p=2", "https://autre.example/"])
def test_a_listing_that_repeats_itself_ends(site: Any, go: Any, reply: Any, following: str) -> None:
    listing(site, reply, "/liste", ["/1"], following)
    listing(site, reply, "/liste?p=2", ["/1"], "/liste?p=3")
    listing(site, reply, "/liste?p=3", ["/1"], "/liste?p=4")
    go(listed(site, max_listing_pages=50))
    assert "/liste?p=3" not in site.paths


def test_a_bad_selector_ends_the_round(site: Any, go: Any, reply: Any) -> None:
    listing(site, reply, "/liste", ["/1"], None)
    with pytest.raises(ConfigurationError):
        go(site.source(listings=(site.url("/liste"),), listing_item="h2..a"))


def test_nothing_of_a_private_network_is_reached(
    site: Any, new_fetcher: Callable[..., Fetcher], archive: Archive
) -> None:
    source = newsroom(site)
    fetcher = new_fetcher(guard=Guard())
    (outcome,) = collect(source, fetcher=fetcher, archive=archive)
    assert (outcome.state, outcome.what) == ("refused", "feed")
    assert site.requests == []
