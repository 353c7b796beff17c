"""The newsroom's HTML: five families of pages, as different in markup as the real ones.

Each family has its templates, which every site of that family shares: `jsonld` (a newspaper),
`wordpress`, `dsfr` (the State's design system), `spip`, `regional1252` (tables, windows-1252).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from recoupe.corpus import furniture, jsonld, sources, typography
from recoupe.corpus.blocks import Block, Heading, Paragraph
from recoupe.corpus.documents import Document
from recoupe.corpus.furniture import Brief, Theme
from recoupe.corpus.sources import Declared, SiteFamily

TEMPLATES = Path(__file__).with_name("templates")
CARDS_PER_PAGE = 3

#: Where furniture stands in an article, as shares of its text: « Il vous reste 62 % » at 0.38.
_PAUSES = (0.38, 0.6, 0.8)
#: Characters after which a content management system cuts a description that nobody wrote.
_DESCRIPTION = 155
_MAX_QUESTION = 100
_WORDS_A_MINUTE = 220


@dataclass(frozen=True, slots=True)
class Site:
    """One source's web site as its templates see it."""

    slug: str
    declared: Declared
    theme: Theme

    @property
    def name(self) -> str:
        """Its title."""
        return self.declared.title

    @property
    def tagline(self) -> str:
        """What it says under its title."""
        return self.declared.tagline

    @property
    def root(self) -> str:
        """The path of its front page."""
        return f"/{self.slug}/"

    @property
    def family(self) -> SiteFamily:
        """What its markup shares with others."""
        return sources.site_family(self.declared.family)

    @property
    def feed(self) -> str | None:
        """The path of its feed, if it has one."""
        return f"{self.root}{self.family.feed}" if self.declared.feed else None

    @property
    def listing(self) -> str | None:
        """The path of its listing's first page, if it has one."""
        return self.listing_page(1) if "listing" in self.declared.found else None

    def listing_page(self, page: int) -> str:
        """The path of one page of its listing, counted from 1."""
        form = self.family.listing if page == 1 else self.family.listing_page
        first = (page - 1) * CARDS_PER_PAGE
        return f"{self.root}{(form or '').format(page=page, first=first)}"

    def brief(self, brief: Brief) -> str:
        """Where a headline leads that is no document: newspapers keep those to subscribers."""
        walled = self.declared.kind == "press"
        return f"{self.root}abonnes/{brief.slug}" if walled else f"{self.root}#{brief.slug}"


def site_of(source: str) -> Site:
    """The web site of one declared source."""
    return Site(source, sources.declaration(source), furniture.theme(source))


def article_page(document: Document, documents: Sequence[Document], base_url: str) -> str:
    """The page of one document among ``documents``, which its links lead to."""
    site = site_of(document.source)
    turn = _turn(document, documents)
    return _render(
        f"{document.family}_article.html",
        site=site,
        theme=site.theme,
        base_url=base_url,
        url=f"{base_url}{document.path}",
        document=document,
        description=description(document),
        news_article=jsonld.news_article(document, base_url),
        pauses=pauses(document.body),
        minutes=max(1, len(document.text.split()) // _WORDS_A_MINUTE),
        number=int(document.published.timestamp()) // 86_400,
        caption=next(iter(_turned(site.theme.captions, turn)), None),
        briefs=_turned(site.theme.briefs, turn),
        linked_block=_first_with(document.body, document.programmes),
        related=related(document, documents),
        recent=latest(documents, document.source, count=3),
    )


def home_page(source: str, documents: Sequence[Document], base_url: str) -> str:
    """The front page of one site, with all its articles."""
    articles = latest(documents, source)
    return _site_page("home", source, base_url, documents=articles, recent=articles[:3])


def wall_page(source: str, title: str, documents: Sequence[Document], base_url: str) -> str:
    """Where the headlines that are no document of ours lead: to subscribers only."""
    recent = latest(documents, source, count=3)
    return _site_page("wall", source, base_url, title=title, recent=recent)


def listing_pages(source: str, documents: Sequence[Document], base_url: str) -> dict[str, str]:
    """A site's listing, latest first, by path; PDFs and the closed folder are on the first page."""
    site, own = site_of(source), latest(documents, source)
    cards = [document for document in own if document.family != "pdf"]
    count = max(1, -(-len(cards) // CARDS_PER_PAGE))
    return {
        site.listing_page(page): _site_page(
            "listing",
            source,
            base_url,
            page=page,
            pages=count,
            cards=cards[(page - 1) * CARDS_PER_PAGE : page * CARDS_PER_PAGE],
            downloads=[d for d in own if d.family == "pdf"] if page == 1 else [],
            closed=site.theme.closed if page == 1 else None,
            recent=own[:3],
        )
        for page in range(1, count + 1)
    }


def closed_page(source: str, base_url: str) -> str:
    """The page in the folder that robots.txt closes."""
    site = site_of(source)
    return _render(
        "closed.html", site=site, theme=site.theme, base_url=base_url, closed=site.theme.closed
    )


def index_page(served: Sequence[str]) -> str:
    """The newsroom's own front page, for whoever opens its address in a browser."""
    return _render("index.html", sites=[site_of(source) for source in served])


def error_page(title: str, message: str) -> str:
    """What a missing or removed page answers."""
    return _render("error.html", title=title, message=message)


def description(document: Document) -> str:
    """The page's description: the standfirst, or the beginning of the text cut as systems do."""
    if document.standfirst:
        return document.standfirst
    cut = document.text.split("\n", 1)[0][:_DESCRIPTION]
    return f"{cut.rsplit(' ', 1)[0]}…"


def pauses(blocks: Sequence[Block]) -> tuple[int, ...]:
    """Where furniture may stand: after which blocks, counted from 1; between two paragraphs."""
    length = sum(len(block.source) for block in blocks)
    ends: dict[int, float] = {}
    read = 0
    for number, (block, following) in enumerate(pairwise(blocks), start=1):
        read += len(block.source)
        if isinstance(block, Paragraph) and isinstance(following, Paragraph | Heading):
            ends[number] = read / length
    places: list[int] = []
    for wanted in _PAUSES:
        free = [number for number in ends if number not in places]
        places.append(min(free, key=lambda number: abs(ends[number] - wanted), default=0))
    return tuple(places)


def latest(
    documents: Sequence[Document], source: str, *, count: int | None = None
) -> list[Document]:
    """The documents of one site, the latest first."""
    own = [document for document in documents if document.source == source]
    return sorted(own, key=lambda document: document.published, reverse=True)[:count]


def related(document: Document, documents: Sequence[Document]) -> list[Document]:
    """Three others of the same site, those on the same programmes first."""
    others = [other for other in latest(documents, document.source) if other != document]
    shared = set(document.programmes)
    return sorted(others, key=lambda other: not shared & set(other.programmes))[:3]


def is_question(block: Block) -> bool:
    """Whether a block is a question of an interview."""
    return (
        isinstance(block, Paragraph)
        and len(block.text) <= _MAX_QUESTION
        and block.text.endswith("?")
    )


def is_key_figures(block: Block) -> bool:
    """Whether a block is the heading over a list of key figures."""
    return isinstance(block, Heading) and block.text.startswith("Chiffres clés")


def is_contact(block: Block) -> bool:
    """Whether a block tells the press whom to call."""
    return isinstance(block, Paragraph) and block.text.startswith("Contact presse")


def _site_page(kind: str, source: str, base_url: str, **values: object) -> str:
    site = site_of(source)
    template = f"{site.declared.family}_{kind}.html"
    return _render(template, site=site, theme=site.theme, base_url=base_url, **values)


def _turn(document: Document, documents: Sequence[Document]) -> int:
    return next((i for i, other in enumerate(documents) if other.slug == document.slug), 0)


def _turned(items: Sequence[Any], turn: int) -> list[Any]:
    """The items from another one on, so that pages differ in their furniture."""
    start = turn % len(items) if items else 0
    return [*items[start:], *items[:start]]


def _first_with(blocks: Sequence[Block], names: Sequence[str]) -> int:
    """The number, from 1, of the first paragraph that mentions the first name; 0 if none."""
    numbers = (
        number
        for number, block in enumerate(blocks, start=1)
        if names and isinstance(block, Paragraph) and names[0] in block.text
    )
    return next(numbers, 0)


def _render(template: str, **values: object) -> str:
    return _environment().get_template(template).render(**values)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    names = ("day", "weekday", "clock", "entities", "linked")
    environment.filters |= {name: getattr(typography, name) for name in names}
    environment.tests |= {
        "contact": is_contact,
        "key_figures": is_key_figures,
        "question": is_question,
    }
    return environment
