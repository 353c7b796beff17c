"""One HTML page to one article: metadata, standfirst, body."""

from __future__ import annotations

from collections.abc import Sequence

from recoupe.errors import ReadError
from recoupe.records import Article, Source
from recoupe.scraper.blocks import Block, page_blocks
from recoupe.scraper.html_body import article_blocks, below_headline, clean_blocks, render
from recoupe.scraper.layout_tables import without_side_cells
from recoupe.scraper.listing import listed_share, wall_share, without_cards
from recoupe.scraper.metadata import PageMetadata, kind_of, read_metadata
from recoupe.scraper.page_tree import clean_tree, parse_page
from recoupe.scraper.recipe import apply_recipe, marked
from recoupe.scraper.standfirst import find_standfirst

#: Fewer words than this are no article: a page of a menu, a redirection, an error.
_MIN_WORDS = 12
_MAX_BLOCKS = 10_000
#: Share of the prose from which a page is taken for a listing or a wall.
_MOST = 0.6


def read_page(markup: str, *, url: str | None, source: Source | None) -> Article:
    """The article of a page; raises `ReadError` for a listing, a wall and a page without prose."""
    selected = apply_recipe(markup, source)
    tree = parse_page(selected.markup)
    metadata = read_metadata(tree, url=url, recipe=selected)
    clean_tree(tree)
    blocks = page_blocks(tree)
    if len(blocks) > _MAX_BLOCKS:
        raise ReadError(
            f"{url or 'the page'} has {len(blocks):,} blocks of text, more than the"
            f" {_MAX_BLOCKS:,} of the longest article"
        )
    body_mark, standfirst_mark = marked(tree, "body"), marked(tree, "standfirst")
    chosen = article_blocks(tree, blocks, body=body_mark)
    if body_mark is None:
        chosen = without_side_cells(below_headline(blocks, chosen, title=metadata.title))
    _refuse_walls(blocks, chosen, where=url)
    listed = listed_share(tree, chosen)
    body = clean_blocks(without_cards(tree, chosen), title=metadata.title)
    standfirst = find_standfirst(
        blocks, body, descriptions=metadata.descriptions, marked=standfirst_mark
    )
    body = [block for block in body if all(block is not first for first in standfirst)]
    _refuse_listings(standfirst, body, listed, where=url)
    origin = "recipe" if body_mark is not None else "trafilatura"
    return _article(metadata, standfirst, body, origin=origin, source=source)


def _article(
    metadata: PageMetadata,
    standfirst: Sequence[Block],
    body: Sequence[Block],
    *,
    origin: str,
    source: Source | None,
) -> Article:
    lead = render(standfirst) or None
    kind, kind_origin = kind_of(metadata.url, source)
    origins = {"text": origin, "kind": kind_origin, **metadata.origins}
    if lead:
        origins["standfirst"] = "page"
    return Article(
        text=render([*standfirst, *body]),
        kind=kind,
        url=metadata.url,
        source=source.name if source else None,
        title=metadata.title,
        standfirst=lead,
        author=metadata.author,
        section=metadata.section,
        published_at=metadata.published_at,
        modified_at=metadata.modified_at,
        language=metadata.language or "fr",
        paywalled=metadata.paywalled,
        territory=source.territory if source else None,
        origins=origins,
    )


def _refuse_walls(blocks: Sequence[Block], chosen: Sequence[Block], *, where: str | None) -> None:
    if wall_share(chosen or blocks) > _MOST:
        raise ReadError(
            f"{where or 'the page'} is a wall (consent, robot check or error message), not an"
            " article; open it in a browser to see what the site asks"
        )


def _refuse_listings(
    standfirst: Sequence[Block], body: Sequence[Block], listed: float, *, where: str | None
) -> None:
    place = where or "the page"
    if listed > _MOST:
        raise ReadError(
            f"{place} is a listing of articles, not an article; give the address of one"
        )
    words = sum(len(block.text.split()) for block in (*standfirst, *body))
    if words < _MIN_WORDS:
        raise ReadError(
            f"{place} holds no article: {words} words are left without menus, links and notices"
        )
