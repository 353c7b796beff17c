"""By what the newsroom announces its pages: RSS, Atom, sitemaps and robots.txt."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from email.utils import format_datetime

from lxml import etree
from lxml.etree import _Element

from recoupe.corpus.documents import Document
from recoupe.corpus.pages import description, latest, site_of

#: A feed holds the latest articles only, where a news sitemap leads to the older ones.
RSS_ITEMS = 4
CLOSED_FOLDER = "/prefecture/ferme/"
NEWS_SITEMAP = "sitemap-news.xml"
#: Seconds that a collector leaves between two requests: this is a server of one's own.
DELAY = 0.02

_ATOM = "http://www.w3.org/2005/Atom"
_DC = "http://purl.org/dc/elements/1.1/"
_SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
_NEWS = "http://www.google.com/schemas/sitemap-news/0.9"


def feed(source: str, documents: Sequence[Document], base_url: str) -> bytes:
    """A source's feed in the form it declares."""
    make = atom if site_of(source).declared.feed == "atom" else rss
    return make(source, documents, base_url)


def rss(source: str, documents: Sequence[Document], base_url: str) -> bytes:
    """RSS 2.0; its links carry the tracking parameters that real ones have."""
    site = site_of(source)
    root = etree.Element("rss", nsmap={"dc": _DC, "atom": _ATOM}, attrib={"version": "2.0"})
    channel = etree.SubElement(root, "channel")
    _add(channel, "title", site.name)
    _add(channel, "link", f"{base_url}{site.root}")
    _add(channel, "description", site.tagline)
    _add(channel, "language", "fr-FR")
    own = {"href": f"{base_url}{site.feed}", "rel": "self", "type": "application/rss+xml"}
    etree.SubElement(channel, f"{{{_ATOM}}}link", attrib=own)
    count = RSS_ITEMS if "news-sitemap" in site.declared.found else None
    for document in latest(documents, source, count=count):
        item = etree.SubElement(channel, "item")
        _add(item, "title", document.title)
        _add(item, "link", f"{base_url}{document.path}?utm_source=rss&utm_medium=flux")
        _add(item, "guid", f"{base_url}{document.path}")
        _add(item, "pubDate", format_datetime(document.published))
        _add(item, "category", document.section)
        _add(item, "description", description(document))
        _add(item, f"{{{_DC}}}creator", document.author)
    return _serialised(root)


def atom(source: str, documents: Sequence[Document], base_url: str) -> bytes:
    """An Atom feed with all the articles of a source."""
    site, articles = site_of(source), latest(documents, source)
    root = etree.Element(f"{{{_ATOM}}}feed", nsmap={None: _ATOM})  # type: ignore[dict-item]
    _add(root, f"{{{_ATOM}}}title", site.name)
    _add(root, f"{{{_ATOM}}}id", f"{base_url}{site.root}")
    _add(root, f"{{{_ATOM}}}updated", last_change(articles).isoformat())
    for document in articles:
        entry = etree.SubElement(root, f"{{{_ATOM}}}entry")
        url = f"{base_url}{document.path}"
        _add(entry, f"{{{_ATOM}}}title", document.title)
        etree.SubElement(entry, f"{{{_ATOM}}}link", attrib={"rel": "alternate", "href": url})
        _add(entry, f"{{{_ATOM}}}id", url)
        _add(entry, f"{{{_ATOM}}}published", document.published_at)
        _add(entry, f"{{{_ATOM}}}updated", document.changed.isoformat())
        author = etree.SubElement(entry, f"{{{_ATOM}}}author")
        _add(author, f"{{{_ATOM}}}name", document.author or site.name)
        _add(entry, f"{{{_ATOM}}}summary", description(document))
    return _serialised(root)


def news_sitemap(source: str, documents: Sequence[Document], base_url: str) -> bytes:
    """A source's news sitemap, with the articles that its feed no longer has."""
    root = etree.Element(f"{{{_SITEMAP}}}urlset", nsmap={None: _SITEMAP, "news": _NEWS})  # type: ignore[dict-item]
    for document in latest(documents, source):
        url = _sitemap_url(root, document, base_url)
        news = etree.SubElement(url, f"{{{_NEWS}}}news")
        publication = etree.SubElement(news, f"{{{_NEWS}}}publication")
        _add(publication, f"{{{_NEWS}}}name", site_of(source).name)
        _add(publication, f"{{{_NEWS}}}language", "fr")
        _add(news, f"{{{_NEWS}}}publication_date", document.published_at)
        _add(news, f"{{{_NEWS}}}title", document.title)
    return _serialised(root)


def sitemap(documents: Sequence[Document], base_url: str) -> bytes:
    """A plain sitemap of every document."""
    root = etree.Element(f"{{{_SITEMAP}}}urlset", nsmap={None: _SITEMAP})  # type: ignore[dict-item]
    for document in documents:
        _sitemap_url(root, document, base_url)
    return _serialised(root)


def robots(news_sitemaps: Sequence[str], base_url: str) -> str:
    """What a collector may do here, and where the sitemaps are."""
    sitemaps = [f"Sitemap: {base_url}{path}\n" for path in (*news_sitemaps, "/sitemap.xml")]
    rules = f"User-agent: *\nCrawl-delay: {DELAY}\nDisallow: {CLOSED_FOLDER}\n"
    return f"{rules}\n{''.join(sitemaps)}"


def last_change(documents: Sequence[Document]) -> datetime:
    """When the latest of some documents was changed."""
    return max(document.changed for document in documents)


def _sitemap_url(root: _Element, document: Document, base_url: str) -> _Element:
    url = etree.SubElement(root, f"{{{_SITEMAP}}}url")
    _add(url, f"{{{_SITEMAP}}}loc", f"{base_url}{document.path}")
    _add(url, f"{{{_SITEMAP}}}lastmod", document.changed.isoformat())
    return url


def _add(parent: _Element, tag: str, text: str | None) -> None:
    if text is not None:
        etree.SubElement(parent, tag).text = text


def _serialised(root: _Element) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="utf-8", pretty_print=True)
