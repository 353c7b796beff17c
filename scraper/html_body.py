"""Which blocks of a page are the article, and their text.

trafilatura decides on a marked copy: every text node begins with a private-use character that
names its block, so what it keeps is known block by block while the characters are taken from our
own tree (trafilatura folds no-break spaces and drops inline elements). Around that decision stand
three repairs of what was measured on French pages: lists, tables, headings and plain paragraphs
lost between two kept paragraphs come back; lines of boilerplate, cross-links and repeats go.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Sequence

import trafilatura
from lxml.etree import _Element

from recoupe.scraper.blocks import Block
from recoupe.scraper.boilerplate import Family, family_of, fold_case
from recoupe.scraper.page_marks import named

_FIRST_MARK = 0xF0000
_MARKS = 0xFFFD
#: Share of a block's characters that trafilatura must keep for the block to be kept.
_KEPT = 0.5
_LINK_ONLY = 0.9
_LINKED = 0.5
#: Words from which a lost paragraph with a full stop is taken for prose.
_PROSE = 8
#: Fewer kept characters than this, and the slower second opinion of trafilatura is asked.
_SHORT = 500
#: A line that ends the article does so only if this share of the text or less follows it.
_TAIL = 0.3
#: How the line under a quotation begins that says whose it is.
_SIGNATURE = ("— ", "– ")
_ENDS = (".", "!", "?", "…", "»", ":", ";", ".”", '"', ")")
#: Share of an article's text that a box set into it (a newsletter's, a paywall's) may have.
_BOX = 0.2
#: Words of a rubric or of a paper's name above the first sentence, at most.
_KICKER = 5
_OUTSIDE = {"aside", "footer", "header"}


def article_blocks(
    tree: _Element, blocks: Sequence[Block], *, body: _Element | None
) -> list[Block]:
    """The blocks of the article, in page order; ``body`` is the container that a recipe names."""
    if body is not None:
        return [block for block in blocks if _within(block.element, body)]
    kept = _chosen(tree, blocks)
    return _with_gaps(blocks, kept) if kept else _from_container(tree, blocks)


def below_headline(
    blocks: Sequence[Block], chosen: Sequence[Block], *, title: str | None
) -> list[Block]:
    """The chosen blocks from the headline on, where most of them stand below it."""
    headline = next((b for b in blocks if b.kind == "heading" and _same(b.text, title)), None)
    if headline is None:
        return list(chosen)
    above = {id(block) for block in blocks[: blocks.index(headline)]}
    below = [block for block in chosen if id(block) not in above]
    most = sum(len(b.text) for b in below) > (1 - _TAIL) * sum(len(b.text) for b in chosen)
    return below if most else list(chosen)


def clean_blocks(blocks: Sequence[Block], *, title: str | None) -> list[Block]:
    """The blocks without boilerplate, cross-links, repeats, the title and headings of nothing."""
    linked = _without_link_lists(
        [_with_clean_lines(block, title) for block in _without_boxes(blocks)]
    )
    kept = _without_repeats(_without_boilerplate(linked), title)
    while kept and kept[-1].kind == "heading":
        kept.pop()
    while len(kept) > 1 and _is_kicker(kept[0]):
        kept.pop(0)
    return kept


def render(blocks: Iterable[Block]) -> str:
    """Blocks to text: one empty line between them, list items as lines "- …" of one block."""
    parts: list[str] = []
    previous: Block | None = None
    for block in blocks:
        text = block.text
        same_list = previous is not None and block.kind == previous.kind == "item"
        if same_list and previous is not None and block.item is previous.item:
            parts[-1] += f" {text}"
        elif same_list and previous is not None and block.group is previous.group:
            parts[-1] += f"\n- {text}"
        else:
            parts.append(f"- {text}" if block.kind == "item" else text)
        previous = block
    return "\n\n".join(parts)


# --- what trafilatura keeps -----------------------------------------------------------------------


def _chosen(tree: _Element, blocks: Sequence[Block]) -> set[int]:
    """Indexes of the blocks that trafilatura takes for the article."""
    _mark(blocks)
    kept = _asked(tree, blocks, fast=True)
    if sum(len(blocks[index].text) for index in kept) < _SHORT:
        kept = max(kept, _asked(tree, blocks, fast=False), key=lambda k: _mass(blocks, k))
    return kept


def _mark(blocks: Sequence[Block]) -> None:
    for index, block in enumerate(blocks[:_MARKS]):
        for piece in block.pieces:
            if piece.text.strip():
                marked = chr(_FIRST_MARK + index) + piece.text
                setattr(piece.owner, piece.slot, marked)


def _asked(tree: _Element, blocks: Sequence[Block], *, fast: bool) -> set[int]:
    # Its verdicts come back as our own errors; on standard error they would stand twice.
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    document = trafilatura.bare_extraction(
        tree, favor_precision=True, include_comments=False, include_tables=True, fast=fast
    )
    body = getattr(document, "body", None)
    if body is None:
        return set()
    weights = _weights("".join(body.itertext()))
    return {
        index
        for index, weight in weights.items()
        if index < len(blocks) and weight >= _KEPT * _weight(blocks[index])
    }


def _weights(marked: str) -> dict[int, int]:
    """Characters that follow each mark, white space not counted."""
    weights: dict[int, int] = {}
    current = -1
    for char in marked:
        if _FIRST_MARK <= ord(char) < _FIRST_MARK + _MARKS:
            current = ord(char) - _FIRST_MARK
            weights.setdefault(current, 0)
        elif not char.isspace() and current >= 0:
            weights[current] += 1
    return weights


def _weight(block: Block) -> int:
    return sum(len("".join(piece.text.split())) for piece in block.pieces)


def _mass(blocks: Sequence[Block], kept: Iterable[int]) -> int:
    return sum(len(blocks[index].text) for index in kept if blocks[index].kind != "heading")


# --- what it lost ---------------------------------------------------------------------------------


def _with_gaps(blocks: Sequence[Block], kept: set[int]) -> list[Block]:
    """The kept blocks, with what was lost between and right around them in the same container."""
    root = _common_root([blocks[index].element for index in sorted(kept)])
    inside = {id(node) for node in root.iter()} if root is not None else set()
    first, last = min(kept), max(kept)
    return [
        block
        for index, block in enumerate(blocks)
        if index in kept
        or (
            id(block.element) in inside
            and not _is_outside(block, root)
            and _is_lost(block, between=first < index < last)
        )
    ]


def _is_lost(block: Block, *, between: bool) -> bool:
    """Whether a block that trafilatura left out reads as part of the article."""
    if block.kind in {"table", "item"}:
        return block.link_share < _LINK_ONLY
    if block.link_share > _LINKED or family_of(block.text) is not None:
        return False
    if block.kind == "heading" or block.text.startswith(_SIGNATURE):
        return between
    return len(block.text.split()) >= _PROSE and block.text.endswith(_ENDS)


def _is_outside(block: Block, root: _Element | None) -> bool:
    """Whether an aside, a header or a footer stands between the block and the article's root."""
    node: _Element | None = block.element
    while node is not None and node is not root:
        if node.tag in _OUTSIDE:
            return True
        node = node.getparent()
    return False


def _common_root(elements: Sequence[_Element]) -> _Element | None:
    """The lowest element that holds four in five of the given ones."""
    counts: dict[_Element, int] = {}
    for element in elements:
        for node in (element, *element.iterancestors()):
            counts[node] = counts.get(node, 0) + 1
    enough = [node for node, count in counts.items() if count >= 0.8 * len(elements)]
    return max(enough, key=lambda node: sum(1 for _ in node.iterancestors()), default=None)


def _from_container(tree: _Element, blocks: Sequence[Block]) -> list[Block]:
    """Prose of the container that is named or tagged as an article, where all else failed."""
    for container in (*_containers(tree), tree):
        inside = {id(node) for node in container.iter()}
        found = [block for block in blocks if id(block.element) in inside]
        prose = [block for block in found if _is_lost(block, between=True)]
        if any(block.kind == "paragraph" for block in prose):
            return prose
    return []


def _containers(tree: _Element) -> Iterator[_Element]:
    tags = ("article", "main", "div", "section", "td")
    yield from (node for node in tree.iter(*tags) if node.get("itemprop") == "articleBody")
    yield from (node for node in tree.iter(*tags) if named(node, "body"))
    yield from tree.iter("article")
    yield from tree.iter("main")


# --- what is not the article ----------------------------------------------------------------------


def _without_link_lists(blocks: Sequence[Block]) -> list[Block]:
    """Leave out link-only paragraphs and headings, and lists of nothing but links."""
    plain = {id(b.group) for b in blocks if b.kind == "item" and b.link_share < _LINK_ONLY}
    return [
        block
        for block in blocks
        if block.link_share < _LINK_ONLY
        or block.kind == "table"
        or (block.kind == "item" and id(block.group) in plain)
    ]


def _without_boxes(blocks: Sequence[Block]) -> list[Block]:
    """Leave out small containers that hold a line such as « La newsletter politique »."""
    total = sum(len(block.text) for block in blocks)
    boxes: set[_Element] = set()
    for block in blocks:
        family = None if block.kind == "table" else family_of(block.text)
        parent = block.element.getparent()
        if family is not None and family.box and parent is not None:
            inside = sum(len(other.text) for other in blocks if _within(other.element, parent))
            if inside <= _BOX * total:
                boxes.add(parent)
    return [b for b in blocks if not boxes & {b.element, *b.element.iterancestors()}]


def _with_clean_lines(block: Block, title: str | None) -> Block:
    """The block without those of its lines that are boilerplate or the title (old sites use br)."""
    lines = block.text.split("\n")
    if len(lines) == 1 or block.kind == "table":
        return block
    first = family_of(lines[0])
    if first is not None and (first.heading or first.stop):
        return block.with_text("")
    wanted = [line for line in lines if family_of(line) is None and not _same(line, title)]
    return block.with_text("\n".join(wanted))


def _without_boilerplate(blocks: Sequence[Block]) -> list[Block]:
    """Leave out boilerplate lines, the links that such a heading opens, and all after an end."""
    total = sum(len(block.text) for block in blocks)
    kept: list[Block] = []
    seen = 0
    opened: Family | None = None
    for block in blocks:
        seen += len(block.text)
        family = None if block.kind == "table" else family_of(block.text)
        if family is not None:
            if family.stop and total - seen <= _TAIL * total and kept:
                break
            opened = family if family.heading else None
        elif opened is not None and block.link_share > _LINKED:
            continue
        elif block.text:
            opened = None
            kept.append(block)
    return kept


def _without_repeats(blocks: Sequence[Block], title: str | None) -> list[Block]:
    """Leave out the title, second copies, and pull quotes that a longer paragraph holds."""
    folded = [_bare(block.text) for block in blocks]
    seen = {_bare(title)} if title else set()
    kept: list[Block] = []
    for index, block in enumerate(blocks):
        text = folded[index]
        repeatable = block.kind in {"item", "table"} or len(text.split()) < _PROSE // 2
        if text in seen and (
            not repeatable or block.kind == "heading" or text == _bare(title or "")
        ):
            continue
        if block.kind == "paragraph" and _is_pulled(text, index, folded):
            continue
        seen.add(text)
        kept.append(block)
    return kept


def _is_pulled(text: str, index: int, folded: Sequence[str]) -> bool:
    """Whether a short block repeats words of a longer one nearby, as a pull quote does."""
    if not _PROSE // 2 < len(text.split()) <= _PROSE * 6:
        return False
    near = range(max(0, index - 12), min(len(folded), index + 13))
    return any(len(folded[other]) > 1.2 * len(text) and text in folded[other] for other in near)


def _bare(text: str) -> str:
    return fold_case(text).strip(" .!?…«»“”\"'")


def _same(line: str, title: str | None) -> bool:
    return title is not None and _bare(line) == _bare(title)


def _is_kicker(block: Block) -> bool:
    """Whether a first block is a rubric or the paper's name rather than a sentence."""
    if block.kind not in {"paragraph", "item"}:
        return False
    return len(block.text.split()) <= _KICKER and not block.text.endswith(_ENDS)


def _within(element: _Element, container: _Element) -> bool:
    return element is container or any(above is container for above in element.iterancestors())
