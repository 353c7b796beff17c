"""By what the newsroom announces its pages: RSS, Atom, sitemaps and robots.txt."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from email.utils import format_datetime

from lxml import etree
from lxml.etree import _Element

from recoupe.corpus.documents import Document
from recoupe.corpus.pages import description, furniture, latest

#: A feed holds the latest articles only; the sitemap leads to the older ones.
RSS_ITEMS = 4
CLOSED_FOLDER = "/prefecture/ferme/"

_ATOM = "http://www.w3.org/2005/Atom"
_DC = "http://purl.org/dc/elements/1.1/"
_SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
_NEWS = "http://www.google.com/schemas/sitemap-news/0.9"


def rss(documents: Sequence[Document], base_url: str) -> bytes:
    """The daily's RSS 2.0; its links carry the tracking parameters that real ones have."""
    site = furniture()["gazette"]
    articles = latest(documents, "gazette", count=RSS_ITEMS)
    root = etree.Element("rss", nsmap={"dc": _DC, "atom": _ATOM}, attrib={"version": "2.0"})
    channel = etree.SubElement(root, "channel")
    _add(channel, "title", site["name"])
    _add(channel, "link", f"{base_url}/gazette/")
    _add(channel, "description", site["tagline"])
    _add(channel, "language", site["language"])
    own = {"href": f"{base_url}/gazette/rss.xml", "rel": "self", "type": "application/rss+xml"}
    etree.SubElement(channel, f"{{{_ATOM}}}link", attrib=own)
    for document in articles:
        item = etree.SubElement(channel, "item")
        _add(item, "title", document.title)
        _add(item, "link", f"{base_url}{document.path}?utm_source=rss&utm_medium=flux")
        _add(item, "guid", f"{base_url}{document.path}")
        _add(item, "pubDate", format_datetime(document.published))
        _add(item, "category", document.section)
        _add(item, "description", description(document))
        _add(item, f"{{{_DC}}}creator", document.author)
    return _serialised(root)


def atom(documents: Sequence[Document], base_url: str) -> bytes:
    """The letter's Atom feed, with all its articles."""
    site = furniture()["lettre"]
    articles = latest(documents, "lettre")
    root = etree.Element(f"{{{_ATOM}}}feed", nsmap={None: _ATOM})  # type: ignore[dict-item]
    _add(root, f"{{{_ATOM}}}title", site["name"])
    _add(root, f"{{{_ATOM}}}id", f"{base_url}/lettre/")
    _add(root, f"{{{_ATOM}}}updated", last_change(documents).isoformat())
    for document in articles:
        entry = etree.SubElement(root, f"{{{_ATOM}}}entry")
        url = f"{base_url}{document.path}"
        _add(entry, f"{{{_ATOM}}}title", document.title)
        etree.SubElement(entry, f"{{{_ATOM}}}link", attrib={"rel": "alternate", "href": url})
        _add(entry, f"{{{_ATOM}}}id", url)
        _add(entry, f"{{{_ATOM}}}published", document.published_at)
        _add(entry, f"{{{_ATOM}}}updated", document.changed.isoformat())
        author = etree.SubElement(entry, f"{{{_ATOM}}}author")
        _add(author, f"{{{_ATOM}}}name", document.author or site["name"])
        _add(entry, f"{{{_ATOM}}}summary", description(document))
    return _serialised(root)


def news_sitemap(documents: Sequence[Document], base_url: str) -> bytes:
    """The daily's news sitemap, with the articles that its feed no longer has."""
    site = furniture()["gazette"]
    root = etree.Element(f"{{{_SITEMAP}}}urlset", nsmap={None: _SITEMAP, "news": _NEWS})  # type: ignore[dict-item]
    for document in latest(documents, "gazette"):
        url = _sitemap_url(root, document, base_url)
        news = etree.SubElement(url, f"{{{_NEWS}}}news")
        publication = etree.SubElement(news, f"{{{_NEWS}}}publication")
        _add(publication, f"{{{_NEWS}}}name", site["name"])
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


def robots(base_url: str) -> str:
    """What a collector may do here."""
    return (
        "User-agent: *\n"
        "Crawl-delay: 0.1\n"
        f"Disallow: {CLOSED_FOLDER}\n"
        "\n"
        f"Sitemap: {base_url}/gazette/sitemap-news.xml\n"
        f"Sitemap: {base_url}/sitemap.xml\n"
    )


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
