"""Pages that are no article: lists of articles, and walls of consent, robot checks and errors."""

from __future__ import annotations

from collections.abc import Sequence

from lxml.etree import _Element

from recoupe.scraper.blocks import Block
from recoupe.scraper.boilerplate import fold
from recoupe.scraper.page_marks import wall_pattern

#: A listing shows at least so many linked headings.
_MIN_CARDS = 3
_CARD_DEPTH = 4
#: Largest share of an article's text that a teaser in it may have.
_MAX_CARD = 0.25
#: A page with more words than this says more than a wall does, even if it is about cookies.
_MAX_WALL_WORDS = 250


def listed_share(tree: _Element, body: Sequence[Block]) -> float:
    """Share of the body that stands in cards, each with a headline that leads elsewhere, 0–1."""
    cards = _cards(tree)
    total = sum(len(block.text) for block in body)
    if len(cards) < _MIN_CARDS or not total:
        return 0.0
    listed = sum(len(block.text) for block in body if _above(block.element) & cards)
    return listed / total


def without_cards(tree: _Element, body: Sequence[Block]) -> list[Block]:
    """The body without its small cards: teasers of other articles set under or into this one."""
    cards = _cards(tree)
    total = sum(len(block.text) for block in body)
    masses = dict.fromkeys(cards, 0)
    above = [(block, _above(block.element) & cards) for block in body]
    for block, holders in above:
        for holder in holders:
            masses[holder] += len(block.text)
    small = {card for card, mass in masses.items() if mass <= _MAX_CARD * total}
    return [block for block, holders in above if not holders & small]


def wall_share(blocks: Sequence[Block]) -> float:
    """Share of the words that speak of consent, robots or errors, 0–1; 0 for a long page."""
    counts = [(len(b.text.split()), wall_pattern().search(fold(b.text))) for b in blocks]
    total = sum(count for count, _ in counts)
    if not 0 < total <= _MAX_WALL_WORDS:
        return 0.0
    return sum(count for count, found in counts if found) / total


def _cards(tree: _Element) -> set[_Element]:
    """The containers of linked headings, as far up as they hold only one of them."""
    headings = [node for node in tree.iter("h2", "h3", "h4") if _leads_elsewhere(node)]
    holders: dict[_Element, int] = {}
    for heading in headings:
        for depth, node in enumerate(heading.iterancestors()):
            if depth >= _CARD_DEPTH:
                break
            holders[node] = holders.get(node, 0) + 1
    return {node for node, count in holders.items() if count == 1}


def _leads_elsewhere(heading: _Element) -> bool:
    links = [*heading.iter("a"), *heading.iterancestors("a")]
    return any(not (link.get("href") or "#").startswith("#") for link in links)


def _above(element: _Element) -> set[_Element]:
    return {element, *element.iterancestors()}
