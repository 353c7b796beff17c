"""Links to pages, out of the bytes of a feed, a sitemap or a listing; pure functions.

Nothing here reaches the network: feedparser is given a stream, never a string that it could take
for an address or a file, and lxml loads no entity. What is not usable raises `ReadError`; a list
that is well formed and empty is simply empty.
"""

from __future__ import annotations

import io
import re
import time
from calendar import timegm
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

import feedparser
from bs4 import Tag
from lxml import etree
from soupsieve import SelectorSyntaxError

from recoupe.errors import ConfigurationError, ReadError
from recoupe.scraper.address import join, without_tracking
from recoupe.scraper.inflate import gunzip_if_needed
from recoupe.scraper.markup import parse_html

#: The sitemap protocol's own limits; a feed or a listing has far fewer links.
MAX_LINKS = 50_000
MAX_SITEMAP_BYTES = 50 * 1024 * 1024

_ENTITY = re.compile(rb"<!\s*ENTITY", re.IGNORECASE)
#: The first sign of XML, after a byte order mark and white space, in UTF-8 or UTF-16.
_MARKUP = re.compile(rb"[\xef\xbb\xbf\xfe\xff\0\s]*<")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """An address with the time at which its page was published or changed, as ISO 8601."""

    url: str
    published: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What one feed, sitemap or listing leads to, in its own order and without doubles.

    ``nested`` are further sitemaps, ``next_page`` the following page of a listing.
    """

    links: tuple[Link, ...] = ()
    nested: tuple[str, ...] = ()
    next_page: str | None = None


def feed_links(body: bytes, base_url: str) -> Found:
    """The entries of an RSS or Atom feed.

    Feeds that are not quite XML are read as far as possible. feedparser understands no French
    dates (« mar. 3 févr. »): ``published`` is then ``None``.
    """
    if not body.strip():
        raise ReadError(f"{base_url} is not a usable feed: it is empty; check its address")
    _refuse_entities(body, base_url)
    parsed = _parsed(body, base_url)
    links = _links(
        (join(base_url, str(dict.get(entry, "link"))), _feed_date(entry))
        for entry in parsed.entries
        if dict.get(entry, "link")
    )
    if not links and (parsed.bozo or not parsed.version):
        reason = parsed.get("bozo_exception") or "no feed in it"
        raise ReadError(f"{base_url} is not a usable feed: {reason}; check its address")
    return Found(links=links)


def sitemap_links(body: bytes, base_url: str) -> Found:
    """The pages of a sitemap (also news, gzip, plain text), or the sitemaps of an index."""
    body = gunzip_if_needed(body, limit=MAX_SITEMAP_BYTES, where=base_url)
    if not _MARKUP.match(body):
        return _plain_sitemap(body, base_url)
    _refuse_entities(body, base_url)
    pages: list[tuple[str | None, str | None]] = []
    nested: list[tuple[str, str]] = []
    try:
        for element in _locations(body):
            location = _child(element, "loc")
            url = join(base_url, location) if location else None
            if str(element.tag).endswith("url"):
                pages.append((url, _iso(_child(element, "publication_date", "lastmod"))))
            elif url:
                nested.append((_iso(_child(element, "lastmod")) or "", url))
            # A sitemap of 50 MB is not kept in memory as a tree.
            element.clear()
            if len(pages) >= MAX_LINKS:
                break
    except etree.XMLSyntaxError as error:
        if not pages and not nested:
            raise ReadError(
                f"{base_url} is not a usable sitemap: {error}; check its address"
            ) from error
    if not pages and not nested and not _is_sitemap(body):
        raise ReadError(f"{base_url} is not a sitemap: no urlset in it; check its address")
    # The latest first, since not all of a long index is read; without dates, as they stand.
    nested.sort(key=lambda pair: pair[0], reverse=True)
    return Found(links=_links(pages), nested=tuple(dict.fromkeys(url for _, url in nested)))


def listing_links(body: bytes, base_url: str, item_css: str, next_css: str | None = None) -> Found:
    """The links that ``item_css`` finds on a page, and the next page that ``next_css`` finds.

    A selector may name the link itself, or something that holds it or stands in it.
    """
    soup = parse_html(body)
    base = soup.find("base", href=True)
    if isinstance(base, Tag):
        base_url = join(base_url, str(base["href"])) or base_url
    try:
        links = _links((_anchor_url(item, base_url), None) for item in soup.select(item_css))
        following = soup.select_one(next_css) if next_css else None
    except SelectorSyntaxError as error:
        raise ConfigurationError(f"{base_url}: a listing's selector is not CSS: {error}") from error
    next_page = _anchor_url(following, base_url) if following is not None else None
    return Found(links=links, next_page=next_page)


def _links(pairs: Iterable[tuple[str | None, str | None]]) -> tuple[Link, ...]:
    found: dict[str, Link] = {}
    for address, published in pairs:
        if address is not None:
            url = without_tracking(address)
            found.setdefault(url, Link(url=url, published=published))
        if len(found) >= MAX_LINKS:
            break
    return tuple(found.values())


def _refuse_entities(body: bytes, where: str) -> None:
    # Entities serve to read local files and to swell a small file (« billion laughs »).
    if _ENTITY.search(body) or _ENTITY.search(body.replace(b"\0", b"")):
        raise ReadError(f"{where} declares XML entities, which no feed or sitemap needs; not read")


def _parsed(body: bytes, base_url: str) -> feedparser.FeedParserDict:
    try:
        return feedparser.parse(
            io.BytesIO(body),
            resolve_relative_uris=False,
            sanitize_html=False,
            response_headers={"content-location": base_url, "content-type": "application/xml"},
        )
    except (ValueError, LookupError, AttributeError, TypeError) as error:
        # feedparser stumbles over some broken input: "&#xFFFFFF;", an encoding that is no word.
        raise ReadError(f"{base_url} is not a usable feed: {error}; check its address") from error


def _feed_date(entry: feedparser.FeedParserDict) -> str | None:
    # dict.get, since feedparser's own warns where it takes one date for the other.
    moment = dict.get(entry, "published_parsed") or dict.get(entry, "updated_parsed")
    if not isinstance(moment, time.struct_time):
        return None
    try:
        return datetime.fromtimestamp(timegm(moment), UTC).isoformat(timespec="seconds")
    except (ValueError, OverflowError, OSError):
        return None


def _iso(text: str | None) -> str | None:
    return text if text and _DAY.match(text) else None


def _plain_sitemap(body: bytes, base_url: str) -> Found:
    lines = body.decode("utf-8-sig", errors="replace").split()
    links = _links((join(base_url, line), None) for line in lines if line.startswith("http"))
    if not links:
        raise ReadError(f"{base_url} is not a sitemap: no address in it; check its address")
    return Found(links=links)


def _locations(body: bytes) -> Iterable[etree._Element]:
    for _, element in etree.iterparse(
        io.BytesIO(body),
        events=("end",),
        tag=("{*}url", "{*}sitemap"),
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
    ):
        yield element


def _child(element: etree._Element, *names: str) -> str | None:
    # A child first: <image:loc> is deeper than the page's own <loc>.
    for name in names:
        for path in (f"{{*}}{name}", f".//{{*}}{name}"):
            text = element.findtext(path)
            if text and text.strip():
                return text.strip()
    return None


def _is_sitemap(body: bytes) -> bool:
    return b"urlset" in body[:5_000] or b"sitemapindex" in body[:5_000]


def _anchor_url(element: Tag, base_url: str) -> str | None:
    anchor: Tag | None = element
    if element.name not in {"a", "link"}:
        anchor = element.find("a", href=True) or element.find_parent("a", href=True)
    href = anchor.get("href") if anchor is not None else None
    return join(base_url, href) if isinstance(href, str) and not href.startswith("#") else None
