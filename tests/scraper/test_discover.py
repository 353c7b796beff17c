"""Links out of feeds, sitemaps and listings, good and bad."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from recoupe.errors import ConfigurationError, NetworkError, ReadError
from recoupe.scraper.discover import Link, feed_links, listing_links, sitemap_links

BASE = "https://www.exemple.fr/flux/rss.xml"

RSS = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0"><channel><title>Exemple</title><link>https://www.exemple.fr</link>
<item><title>Un</title><link>https://www.exemple.fr/un?xtor=RSS-3</link>
  <pubDate>Mon, 09 Mar 2026 08:30:00 +0100</pubDate></item>
<item><title>Deux</title><link>/deux</link><pubDate>lundi 9 mars 2026</pubDate></item>
<item><title>Trois</title><guid isPermaLink="true">https://www.exemple.fr/trois</guid></item>
<item><title>Un encore</title><link>https://www.exemple.fr/un#suite</link></item>
<item><title>Sans lien</title></item>
<item><title>Courriel</title><link>mailto:a@exemple.fr</link></item>
</channel></rss>"""

ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>E</title>
<entry><title>Un</title><link rel="edit" href="/edition/1"/>
  <link rel="alternate" href="../un"/><updated>2026-03-09T07:30:00Z</updated></entry></feed>"""


def urls(links: tuple[Link, ...]) -> list[str]:
    return [link.url.removeprefix("https://www.exemple.fr") for link in links]


def test_the_entries_of_an_rss_feed() -> None:
    links = feed_links(RSS.encode(), BASE).links
    assert urls(links) == ["/un", "/deux", "/trois"]
    assert [link.published for link in links] == ["2026-03-09T07:30:00+00:00", None, None]


def test_the_entries_of_an_atom_feed() -> None:
    (link,) = feed_links(ATOM.encode(), BASE).links
    assert link == Link(url="https://www.exemple.fr/un", published="2026-03-09T07:30:00+00:00")


@pytest.mark.parametrize(
    "body",
    [
        RSS.replace("<title>Un</title>", "<title>Un & deux</title>"),
        RSS.replace("<title>Un</title>", "<title>Un<br></title>"),
        RSS[: RSS.index("<item><title>Un encore")],
        "\n\n" + RSS,
    ],
    ids=["bare ampersand", "open tag", "cut short", "late declaration"],
)
def test_a_feed_that_is_not_quite_xml_is_read_as_far_as_possible(body: str) -> None:
    assert urls(feed_links(body.encode(), BASE).links)[0] == "/un"


def test_a_feed_in_windows_1252_is_read() -> None:
    body = RSS.replace("UTF-8", "windows-1252").replace("Un<", "Été – d’un<").encode("cp1252")
    assert urls(feed_links(body, BASE).links) == ["/un", "/deux", "/trois"]


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html><body>Page introuvable</body></html>",
        b"\x89PNG\r\n\x1a\n",
        b'{"items": []}',
        b"<rss><channel><item",
        RSS.replace("<title>Un<", "<title>&#xFFFFFF;<").encode(),
        RSS.encode().replace(b"UTF-8", b"\xf0\xe9"),
        RSS.replace("<rss", '<!DOCTYPE r [<!ENTITY a SYSTEM "file:///etc/passwd">]><rss').encode(),
    ],
)
def test_what_is_no_feed_says_so(body: bytes) -> None:
    with pytest.raises(ReadError, match=r"rss\.xml"):
        feed_links(body, BASE)


def test_a_feed_without_entries_is_no_mistake() -> None:
    empty = b'<?xml version="1.0"?><rss version="2.0"><channel><title>E</title></channel></rss>'
    assert feed_links(empty, BASE).links == ()


def test_a_body_that_spells_the_name_of_a_file_is_not_opened(tmp_path: Path) -> None:
    path = tmp_path / "flux.xml"
    path.write_text(RSS)
    with pytest.raises(ReadError):
        feed_links(str(path).encode(), BASE)


# --- sitemaps -------------------------------------------------------------------------------------

URLSET = """<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
  xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"
  xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
<url><image:image><image:loc>https://www.exemple.fr/a.jpg</image:loc></image:image>
  <loc> https://www.exemple.fr/un </loc><lastmod>2026-03-09</lastmod></url>
<url><loc>https://www.exemple.fr/deux</loc><lastmod>2026-03-08</lastmod>
  <news:news><news:publication_date>2026-03-07T09:00:00+01:00</news:publication_date></news:news>
</url>
<url><loc>https://www.exemple.fr/trois</loc><lastmod>hier</lastmod></url>
<url><loc></loc></url>
</urlset>"""

INDEX = """<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<sitemap><loc>https://www.exemple.fr/2024.xml</loc><lastmod>2024-12-31</lastmod></sitemap>
<sitemap><loc>https://www.exemple.fr/2026.xml.gz</loc><lastmod>2026-03-09</lastmod></sitemap>
<sitemap><loc>/divers.xml</loc></sitemap></sitemapindex>"""


def test_the_pages_of_a_sitemap_with_their_dates() -> None:
    links = sitemap_links(URLSET.encode(), BASE).links
    assert urls(links) == ["/un", "/deux", "/trois"]
    assert [link.published for link in links] == ["2026-03-09", "2026-03-07T09:00:00+01:00", None]


@pytest.mark.parametrize(
    "body",
    [
        gzip.compress(URLSET.encode()),
        URLSET.replace(' xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"', "").encode(),
        URLSET.replace("UTF-8", "UTF-16").encode("utf-16"),
        URLSET.replace("</urlset>", "<url><loc>").encode(),
        b"\xef\xbb\xbf" + URLSET.encode(),
        b"https://www.exemple.fr/un\nhttps://www.exemple.fr/deux\r\nhttps://www.exemple.fr/trois",
    ],
    ids=["gzip", "no namespace", "UTF-16", "cut short", "BOM", "plain text"],
)
def test_other_forms_of_the_same_sitemap(body: bytes) -> None:
    assert urls(sitemap_links(body, BASE).links) == ["/un", "/deux", "/trois"]


def test_an_index_leads_to_sitemaps_the_latest_first() -> None:
    found = sitemap_links(INDEX.encode(), BASE)
    assert found.links == ()
    assert [url.rpartition("/")[2] for url in found.nested] == [
        "2026.xml.gz",
        "2024.xml",
        "divers.xml",
    ]


BOMB = b"""<?xml version="1.0"?><!DOCTYPE b [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>
<urlset><url><loc>https://www.exemple.fr/&b;</loc></url></urlset>"""


@pytest.mark.parametrize(
    "body",
    [
        BOMB,
        BOMB.decode()
        .replace("<?xml version=", '<?xml encoding="UTF-16" version=')
        .encode("utf-16"),
        b"<html><body>Introuvable</body></html>",
        b"",
        b"Introuvable",
        b"<urlset><url",
    ],
)
def test_what_is_no_sitemap_or_declares_entities_is_refused(body: bytes) -> None:
    with pytest.raises(ReadError, match=r"rss\.xml"):
        sitemap_links(body, BASE)


def test_a_compressed_sitemap_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("recoupe.scraper.discover.MAX_SITEMAP_BYTES", 1_000)
    with pytest.raises(NetworkError, match="more than 1,000 bytes"):
        sitemap_links(gzip.compress(b"<urlset>" + b" " * 2_000), BASE)


def test_an_empty_sitemap_is_no_mistake() -> None:
    assert sitemap_links(b"<urlset></urlset>", BASE).links == ()


# --- listings -------------------------------------------------------------------------------------

CARDS = """<html><body><main>
<div class="fr-card"><h2 class="fr-card__title"><a href="/Actualites/Un">Un</a></h2></div>
<div class="fr-card"><h2 class="fr-card__title"><a href="Deux?x=é">Deux</a></h2></div>
<div class="fr-card"><h2 class="fr-card__title"><a>Sans adresse</a></h2></div>
<div class="fr-card"><h2 class="fr-card__title"><a href="#haut">Haut</a></h2></div>
<a class="carte" href="/Actualites/Trois"><h3>Trois</h3></a>
<a class="fr-pagination__link--next" href="?debut=10">Suivant</a>
</main></body></html>"""
LISTING = "https://www.exemple.fr/Actualites"


@pytest.mark.parametrize(
    ("selector", "found"),
    [
        ("h2.fr-card__title a", ["/Actualites/Un", "/Deux?x=%C3%A9"]),
        ("h2.fr-card__title", ["/Actualites/Un", "/Deux?x=%C3%A9"]),
        (".fr-card", ["/Actualites/Un", "/Deux?x=%C3%A9"]),
        ("h3", ["/Actualites/Trois"]),
        ("h2 a, a.carte", ["/Actualites/Un", "/Deux?x=%C3%A9", "/Actualites/Trois"]),
        (".absent", []),
    ],
)
def test_the_cards_of_a_listing(selector: str, found: list[str]) -> None:
    assert urls(listing_links(CARDS.encode(), LISTING, selector).links) == found


def test_the_next_page_of_a_listing() -> None:
    selector = "a.fr-pagination__link--next"
    found = listing_links(CARDS.encode(), LISTING, "h2 a", selector)
    assert found.next_page == f"{LISTING}?debut=10"
    assert listing_links(CARDS.encode(), LISTING, "h2 a", ".absent").next_page is None


def test_the_base_that_a_page_declares_is_obeyed() -> None:
    page = CARDS.replace("<html>", '<html><head><base href="/sous/"></head>').encode()
    assert urls(listing_links(page, LISTING, "h2 a").links)[1] == "/sous/Deux?x=%C3%A9"


def test_a_selector_that_is_not_css_is_a_mistake_of_the_declaration() -> None:
    with pytest.raises(ConfigurationError, match="not CSS"):
        listing_links(CARDS.encode(), LISTING, "h2..a")
