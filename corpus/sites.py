"""The newsroom's three sites as one table: each path with the page that stands there."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from recoupe.corpus import feeds, pages
from recoupe.corpus.documents import Document
from recoupe.errors import ConfigurationError
from recoupe.records import Recipe, Source

PDF_FOLDER = Path(__file__).with_name("pdf")
LISTING = "/prefecture/actualites"

_HTML = "text/html; charset=utf-8"
_XML = "application/xml; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Page:
    """What one path answers; ``modified`` is when it last changed."""

    body: bytes
    content_type: str
    modified: datetime

    @property
    def etag(self) -> str:
        """A weak validator, since the same page may go out compressed."""
        return f'W/"{hashlib.sha256(self.body).hexdigest()[:20]}"'


def build(documents: Sequence[Document], base_url: str) -> dict[str, Page]:
    """Every path of the newsroom, with its query where it has one."""
    if not documents:
        raise ConfigurationError("the newsroom has no documents to serve; give it at least one")
    table = {document.path: _document(document, documents, base_url) for document in documents}
    changed = feeds.last_change(documents)
    for path, markup in _other_pages(documents, base_url):
        table[path] = Page(markup.encode(), _HTML, changed)
    table |= _machine_pages(documents, base_url, changed)
    return table


def sources(address: str) -> tuple[Source, ...]:
    """The declarations of the three sites, served at ``address`` (host and port)."""
    base_url, sites = f"http://{address}", pages.furniture()
    return (
        Source(
            name="gazette",
            title=sites["gazette"]["name"],
            kind="press",
            hosts=(address,),
            feeds=(f"{base_url}/gazette/rss.xml",),
            sitemaps=(f"{base_url}/gazette/sitemap-news.xml",),
            delay_seconds=0.1,
        ),
        Source(
            name="lettre",
            title=sites["lettre"]["name"],
            kind="press",
            hosts=(address,),
            feeds=(f"{base_url}/lettre/feed/",),
            delay_seconds=0.1,
        ),
        Source(
            name="prefecture",
            title=sites["prefecture"]["name"],
            kind="official",
            hosts=(address,),
            listings=(f"{base_url}{LISTING}",),
            listing_item="h2.fr-card__title a, a.fr-link--download",
            listing_next="a.fr-pagination__link--next",
            recipe=Recipe(standfirst=".fr-text--lead"),
            territory="22",
            delay_seconds=0.1,
        ),
    )


def _document(document: Document, documents: Sequence[Document], base_url: str) -> Page:
    if document.family != "pdf":
        markup = pages.article_page(document, documents, base_url)
        return Page(markup.encode(), _HTML, document.changed)
    path = PDF_FOLDER / f"{document.slug}.pdf"
    try:
        body = path.read_bytes()
    except OSError as error:
        raise ConfigurationError(
            f"{path}: cannot be read: {error}; make it with `python -m recoupe.corpus.pdf`"
        ) from error
    return Page(body, "application/pdf", document.changed)


def _other_pages(documents: Sequence[Document], base_url: str) -> Iterator[tuple[str, str]]:
    yield "/", pages.index_page()
    for source, site in pages.furniture().items():
        yield f"/{source}/", pages.home_page(source, documents, base_url)
        for brief in site.get("briefs", ()):
            markup = pages.wall_page(source, brief["title"], documents, base_url)
            yield f"/{source}/abonnes/{brief['slug']}", markup
    for slug, title in (("offres", "Nos offres"), ("connexion", "Se connecter")):
        yield f"/gazette/abonnes/{slug}", pages.wall_page("gazette", title, documents, base_url)
    for number, markup in enumerate(pages.listing_pages(documents), start=1):
        yield f"{LISTING}?page={number}", markup
        if number == 1:
            yield LISTING, markup
    closed = pages.furniture()["prefecture"]["closed"]
    yield f"{feeds.CLOSED_FOLDER}{closed['slug']}", pages.closed_page()


def _machine_pages(
    documents: Sequence[Document], base_url: str, changed: datetime
) -> dict[str, Page]:
    image = (pages.TEMPLATES / "illustration.svg").read_bytes()
    return {
        "/robots.txt": Page(feeds.robots(base_url).encode(), "text/plain; charset=utf-8", changed),
        "/sitemap.xml": Page(feeds.sitemap(documents, base_url), _XML, changed),
        "/gazette/sitemap-news.xml": Page(feeds.news_sitemap(documents, base_url), _XML, changed),
        "/gazette/rss.xml": Page(
            feeds.rss(documents, base_url), "application/rss+xml; charset=utf-8", changed
        ),
        "/lettre/feed/": Page(
            feeds.atom(documents, base_url), "application/atom+xml; charset=utf-8", changed
        ),
        "/gazette/images/illustration.svg": Page(image, "image/svg+xml", changed),
    }
