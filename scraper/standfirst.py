"""The chapô: the visible sentences between headline and body that sum up an article's figures.

A page's description is often written for search engines or cut short (« … »), so it is only a
hint: the standfirst is always a block of the page, found by its name, by the description that
repeats it, or by its place and weight (bold, or a subheading as long as a sentence).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from lxml.etree import _Element

from recoupe.scraper.blocks import Block
from recoupe.scraper.boilerplate import family_of, fold, fold_case
from recoupe.scraper.page_marks import is_standfirst

#: Words and characters from which a block may be a chapô.
_MIN_WORDS = 8
_MAX_CHARACTERS = 1_500
#: Characters of a cut description that must agree with a block's beginning.
_MIN_PREFIX = 40
_BOLD = 0.9
_LINKED = 0.5
_CUT = re.compile(r"\s*(?:\[?(?:…|\.\.\.)\]?|\[…\]|&hellip;|lire la suite.*)\s*$", re.IGNORECASE)
#: « Paris, 2 sept 2025 (AHX) - » opens an agency's dispatch, which has no chapô.
_DISPATCH = re.compile(
    r"[^\W\d][^,.]{1,40}, \d{1,2}(?:er)? [^\W\d]+\.? \d{4} \([^)]{2,30}\) ?[-–—]"
)
_CARDS = {"aside", "footer", "li", "nav"}


def find_standfirst(
    blocks: Sequence[Block],
    body: Sequence[Block],
    *,
    descriptions: Sequence[str],
    marked: _Element | None = None,
) -> list[Block]:
    """The blocks of the chapô, most often one; none where the page shows none.

    ``body`` are the blocks already taken for the article, ``marked`` the element a recipe names.
    """
    if marked is not None:
        return [block for block in blocks if _is_under(block, marked)]
    near = list(_before_body(blocks, body))
    for found in (
        _named_and_described(near, descriptions),
        _named(near, body),
        _described(near, descriptions),
        _emphasised(blocks, near, body),
    ):
        if found:
            return found
    return []


def _before_body(blocks: Sequence[Block], body: Sequence[Block]) -> Iterator[Block]:
    """Blocks that may be a chapô: from the top of the page into the first blocks of the body."""
    opening = {id(block) for block in body[:3]}
    last = max((index for index, block in enumerate(blocks) if id(block) in opening), default=-1)
    start = _after_headline(blocks, last)
    for block in blocks[start : last + 1]:
        if _is_possible(block) and (id(block) in opening or not _in_card(block.element)):
            yield block


def _after_headline(blocks: Sequence[Block], last: int) -> int:
    """Where to begin: some sites set the chapô above the headline, so a little before it."""
    headlines = [i for i, b in enumerate(blocks[: last + 1]) if b.element.tag == "h1"]
    return max(0, headlines[-1] - 3) if headlines else max(0, last - 12)


def _is_possible(block: Block) -> bool:
    return (
        block.kind in {"paragraph", "heading"}
        and block.element.tag != "h1"
        and len(block.text.split()) >= _MIN_WORDS
        and len(block.text) <= _MAX_CHARACTERS
        and block.link_share <= _LINKED
        and family_of(block.text) is None
        and _DISPATCH.match(fold(block.text)) is None
    )


def _named(near: Sequence[Block], body: Sequence[Block]) -> list[Block]:
    """Blocks under the first element whose class says chapô, if it is not the whole body."""
    whole = sum(len(block.text) for block in body)
    for block in near:
        holder = _holder(block)
        if holder is None:
            continue
        found = [other for other in near if _is_under(other, holder)]
        if sum(len(other.text) for other in found) <= max(400, whole / 2):
            return found
    return []


def _named_and_described(near: Sequence[Block], descriptions: Sequence[str]) -> list[Block]:
    return [b for b in _described(near, descriptions) if _holder(b) is not None]


def _described(near: Sequence[Block], descriptions: Sequence[str]) -> list[Block]:
    """The block that a description repeats, whole or as far as it was cut."""
    for description in descriptions:
        wanted = fold_case(_CUT.sub("", description))
        if len(wanted) < _MIN_PREFIX:
            continue
        for block in near:
            if _agrees(fold_case(block.text), wanted):
                return [block]
    return []


def _agrees(text: str, wanted: str) -> bool:
    return text == wanted or text.startswith(wanted) or text.rstrip(".") == wanted.rstrip(".")


def _emphasised(
    blocks: Sequence[Block], near: Sequence[Block], body: Sequence[Block]
) -> list[Block]:
    """A whole bold first paragraph, or a subheading after the headline as long as a sentence."""
    if not body:
        return []
    candidates = [block for block in near if block is body[0] or _follows_headline(blocks, block)]
    for block in candidates:
        bold = block.kind == "paragraph" and block.bold_share >= _BOLD
        subheading = block.kind == "heading" and block.text.rstrip().endswith((".", "!", "?", "…"))
        if (bold or subheading) and len(block.text.split()) >= _MIN_WORDS * 1.5 and len(body) > 1:
            return [block]
    return []


def _follows_headline(blocks: Sequence[Block], block: Block) -> bool:
    position = next((i for i, other in enumerate(blocks) if other is block), 0)
    return any(other.element.tag == "h1" for other in blocks[max(0, position - 3) : position])


def _holder(block: Block) -> _Element | None:
    """The block's element or one of those right around it whose name says chapô."""
    node: _Element | None = _anchor(block)
    for _ in range(5):
        if node is None or node.tag in {"body", "main", "article"}:
            return None
        if is_standfirst(node):
            return node
        node = node.getparent()
    return None


def _in_card(element: _Element) -> bool:
    return any(above.tag in _CARDS for above in (element, *element.iterancestors()))


def _is_under(block: Block, element: _Element) -> bool:
    anchor = _anchor(block)
    return anchor is element or any(above is element for above in anchor.iterancestors())


def _anchor(block: Block) -> _Element:
    """The node of its first characters: a chapô may be named by a span within the block."""
    return block.pieces[0].owner if block.pieces else block.element
