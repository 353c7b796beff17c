"""The newsroom's sites as one table: each path with the page that stands there."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from recoupe.corpus import feeds, pages
from recoupe.corpus.documents import Document
from recoupe.corpus.pages import Site, site_of
from recoupe.corpus.typography import windows_1252
from recoupe.errors import ConfigurationError
from recoupe.records import Source

PDF_FOLDER = Path(__file__).with_name("pdf")

_HTML = "text/html; charset=utf-8"
_XML = "application/xml; charset=utf-8"
#: Pages of a listing that a collector reads at least: as many as it would by default.
_LISTING_PAGES = 5


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
    table = {document.path: document_page(document, documents, base_url) for document in documents}
    for source in served(documents):
        table |= _site(site_of(source), documents, base_url)
    return table | _shared(documents, base_url)


def served(documents: Sequence[Document]) -> list[str]:
    """The sources that have documents, in the order of their names."""
    return sorted({document.source for document in documents})


def sources(documents: Sequence[Document], address: str) -> tuple[Source, ...]:
    """The declarations of the sites that have documents, served at ``address`` (host and port)."""
    return tuple(_source(site_of(name), documents, address) for name in served(documents))


def document_page(document: Document, documents: Sequence[Document], base_url: str) -> Page:
    """What a document's address answers."""
    if document.family == "pdf":
        return Page(_pdf(document), "application/pdf", document.changed)
    markup = pages.article_page(document, documents, base_url)
    return _page(document.family, site_of(document.source), markup, document.changed)


def _source(site: Site, documents: Sequence[Document], address: str) -> Source:
    base_url, family, declared = f"http://{address}", site.family, site.declared
    lists = site.listing is not None
    news = "news-sitemap" in declared.found
    return Source(
        name=site.slug,
        title=declared.title,
        kind=declared.kind,
        hosts=(address,),
        feeds=(f"{base_url}{site.feed}",) if site.feed else (),
        sitemaps=(f"{base_url}{site.root}{feeds.NEWS_SITEMAP}",) if news else (),
        listings=(f"{base_url}{site.listing}",) if lists else (),
        listing_item=family.listing_item if lists else None,
        listing_next=family.listing_next if lists else None,
        max_listing_pages=max(_LISTING_PAGES, len(pages.latest(documents, site.slug))),
        recipe=declared.recipe,
        territory=declared.territory,
        delay_seconds=feeds.DELAY,
    )


def _pdf(document: Document) -> bytes:
    path = PDF_FOLDER / f"{document.slug}.pdf"
    try:
        return path.read_bytes()
    except OSError as error:
        raise ConfigurationError(
            f"{path}: cannot be read: {error}; make it with `python -m recoupe.corpus.pdf`"
        ) from error


def _page(family: str, site: Site, markup: str, modified: datetime) -> Page:
    """A page in the encoding of its family; some old servers name it wrongly, some not at all."""
    if family != "regional1252":
        return Page(markup.encode(), _HTML, modified)
    charset = site.declared.charset
    content_type = f"text/html; charset={charset}" if charset else "text/html"
    return Page(windows_1252(markup), content_type, modified)


def _site(site: Site, documents: Sequence[Document], base_url: str) -> dict[str, Page]:
    """The pages of one site around its articles."""
    changed = feeds.last_change(pages.latest(documents, site.slug))
    found = {
        path: _page(site.declared.family, site, markup, changed)
        for path, markup in _other_pages(site, documents, base_url)
    }
    if site.feed:
        content_type = f"application/{site.declared.feed}+xml; charset=utf-8"
        body = feeds.feed(site.slug, documents, base_url)
        found[site.feed] = Page(body, content_type, changed)
    if "news-sitemap" in site.declared.found:
        body = feeds.news_sitemap(site.slug, documents, base_url)
        found[f"{site.root}{feeds.NEWS_SITEMAP}"] = Page(body, _XML, changed)
    return found


def _other_pages(
    site: Site, documents: Sequence[Document], base_url: str
) -> Iterator[tuple[str, str]]:
    yield site.root, pages.home_page(site.slug, documents, base_url)
    if site.declared.kind == "press":
        walls = {brief.slug: brief.title for brief in site.theme.briefs}
        walls |= {"offres": "Nos offres", "connexion": "Se connecter"}
        for slug, title in walls.items():
            markup = pages.wall_page(site.slug, title, documents, base_url)
            yield f"{site.root}abonnes/{slug}", markup
    if site.listing:
        yield from pages.listing_pages(site.slug, documents, base_url).items()
    if site.theme.closed:
        yield f"{site.root}ferme/{site.theme.closed.slug}", pages.closed_page(site.slug, base_url)


def _shared(documents: Sequence[Document], base_url: str) -> dict[str, Page]:
    """What stands at the root of the one host."""
    changed, names = feeds.last_change(documents), served(documents)
    news = [
        f"{site.root}{feeds.NEWS_SITEMAP}"
        for site in map(site_of, names)
        if "news-sitemap" in site.declared.found
    ]
    robots = feeds.robots(news, base_url).encode()
    image = (pages.TEMPLATES / "illustration.svg").read_bytes()
    return {
        "/": Page(pages.index_page(names).encode(), _HTML, changed),
        "/robots.txt": Page(robots, "text/plain; charset=utf-8", changed),
        "/sitemap.xml": Page(feeds.sitemap(documents, base_url), _XML, changed),
        "/images/illustration.svg": Page(image, "image/svg+xml", changed),
    }
