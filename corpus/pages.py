"""The newsroom's HTML: three families of pages, as different in markup as the real ones.

``gazette`` is a regional daily with JSON-LD, ``lettre`` a WordPress blog, ``prefecture`` the
State's design system. Templates and furniture stand in ``templates/``; the texts keep every
character, no-break spaces included, on the blog as entities.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from recoupe.corpus.documents import Block, Document, Heading, Paragraph

TEMPLATES = Path(__file__).with_name("templates")
CARDS_PER_PAGE = 3

#: Where furniture stands in an article, as shares of its text: « Il vous reste 62 % » at 0.38.
_PAUSES = (0.38, 0.6, 0.8)
#: Characters after which a content management system cuts a description that nobody wrote.
_DESCRIPTION = 155
_MAX_QUESTION = 100
_WORDS_A_MINUTE = 220
_MONTHS = (
    *("janvier", "février", "mars", "avril", "mai", "juin"),
    *("juillet", "août", "septembre", "octobre", "novembre", "décembre"),
)


def article_page(document: Document, documents: Sequence[Document], base_url: str) -> str:
    """The page of one document among ``documents``, which its links lead to."""
    site = furniture()[document.source]
    turn = _turn(document, documents)
    return _render(
        f"{document.source}_article.html",
        site=site,
        base_url=base_url,
        url=f"{base_url}{document.path}",
        document=document,
        description=description(document),
        news_article=news_article(document, base_url),
        pauses=pauses(document.body),
        minutes=max(1, len(document.text.split()) // _WORDS_A_MINUTE),
        number=int(document.published.timestamp()) // 86_400,
        caption=next(iter(_turned(site.get("captions", ()), turn)), None),
        briefs=_turned(site.get("briefs", ()), turn),
        linked_block=_first_with(document.body, document.programmes),
        related=related(document, documents),
        recent=latest(documents, document.source, count=3),
    )


def home_page(source: str, documents: Sequence[Document], base_url: str) -> str:
    """The front page of one site, with all its articles."""
    articles = latest(documents, source)
    return _render(
        f"{source}_home.html",
        site=furniture()[source],
        base_url=base_url,
        documents=articles,
        recent=articles[:3],
    )


def wall_page(source: str, title: str, documents: Sequence[Document], base_url: str) -> str:
    """Where the headlines that are no document of ours lead: to subscribers only."""
    return _render(
        f"{source}_wall.html",
        site=furniture()[source],
        base_url=base_url,
        title=title,
        recent=latest(documents, source, count=3),
    )


def listing_pages(documents: Sequence[Document]) -> tuple[str, ...]:
    """The préfecture's listing, latest first; the closed folder and the PDF are on the first."""
    official = latest(documents, "prefecture")
    cards = [document for document in official if document.family != "pdf"]
    count = max(1, -(-len(cards) // CARDS_PER_PAGE))
    site = furniture()["prefecture"]
    return tuple(
        _render(
            "prefecture_listing.html",
            site=site,
            page=page,
            pages=count,
            cards=cards[(page - 1) * CARDS_PER_PAGE : page * CARDS_PER_PAGE],
            downloads=[d for d in official if d.family == "pdf"] if page == 1 else [],
            closed=site["closed"] if page == 1 else None,
        )
        for page in range(1, count + 1)
    )


def closed_page() -> str:
    """The page in the folder that robots.txt closes."""
    site = furniture()["prefecture"]
    return _render("prefecture_closed.html", site=site, closed=site["closed"])


def index_page() -> str:
    """The newsroom's own front page, for whoever opens its address in a browser."""
    return _render("index.html", sites=furniture().items())


def error_page(title: str, message: str) -> str:
    """What a missing or removed page answers."""
    return _render("error.html", title=title, message=message)


@cache
def furniture() -> dict[str, Any]:
    """What stands around the articles, site by site."""
    return tomllib.loads((TEMPLATES / "furniture.toml").read_text(encoding="utf-8"))


def description(document: Document) -> str:
    """The page's description: the standfirst, or the beginning of the text cut as systems do."""
    if document.standfirst:
        return document.standfirst
    cut = document.text.split("\n", 1)[0][:_DESCRIPTION]
    return f"{cut.rsplit(' ', 1)[0]}…"


def news_article(document: Document, base_url: str) -> Mapping[str, object]:
    """The page's JSON-LD, as regional dailies write it."""
    site = furniture()[document.source]
    author_type = "Organization" if (document.author or "").startswith("Agence") else "Person"
    data: dict[str, object] = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "mainEntityOfPage": {"@type": "WebPage", "@id": f"{base_url}{document.path}"},
        "headline": document.title,
        "datePublished": document.published_at,
        "dateModified": document.modified_at or document.published_at,
        "articleSection": document.section,
        "inLanguage": site["language"],
        "publisher": {"@type": "NewsMediaOrganization", "name": site["name"]},
        "isAccessibleForFree": not document.paywalled,
    }
    if document.standfirst:
        data["description"] = document.standfirst
    if document.author:
        data["author"] = [{"@type": author_type, "name": document.author}]
    if document.paywalled:
        data["hasPart"] = {
            "@type": "WebPageElement",
            "isAccessibleForFree": False,
            "cssSelector": ".article__corps",
        }
    return data


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


def day(moment: datetime) -> str:
    """``"1er mars 2024"``."""
    number = "1er" if moment.day == 1 else str(moment.day)
    return f"{number} {_MONTHS[moment.month - 1]} {moment.year}"


def clock(moment: datetime) -> str:
    """``"9h05"``."""
    return f"{moment.hour}h{moment.minute:02}"


def entities(text: str) -> Markup:
    """Escaped, with the no-break spaces as entities, the way WordPress writes them."""
    safe = str(escape(text)).replace("\u00a0", "&nbsp;").replace("\u202f", "&#8239;")
    return Markup(safe)  # noqa: S704 (escaped on the line before)


def linked(text: str, name: str) -> Markup:
    """As `entities`, with the first mention of a name leading to its tag."""
    before, found, after = text.partition(name)
    if not found:
        return entities(text)
    link = Markup('<a href="/lettre/?tag=1">{}</a>').format(entities(found))
    return entities(before) + link + entities(after)


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
    environment.filters |= {"day": day, "clock": clock, "entities": entities, "linked": linked}
    environment.tests |= {
        "contact": is_contact,
        "key_figures": is_key_figures,
        "question": is_question,
    }
    return environment
