"""Pages laid out in tables, as old sites are: the column of the article among the others.

Menus, adverts and counters stand in cells beside the article's or in a row below it, with nothing
in their names to tell them; pictures stand with their captions in small cells set into the text.
"""

from __future__ import annotations

from collections.abc import Sequence

from lxml.etree import _Element

from recoupe.scraper.blocks import Block

#: Share of the chosen text that the article's cell holds at least.
_MOST = 0.6
#: Share that a row below it must hold to be taken for the end of the article.
_REST = 0.2
#: Words that a picture's caption has at most.
_CAPTION = 40
#: Words from which a line with a full stop above the article's row is taken for its chapô.
_PROSE = 8


def without_side_cells(chosen: Sequence[Block]) -> list[Block]:
    """The blocks without those of other columns, of rows of notices below, and of captions."""
    main = _main_cell(chosen)
    if main is None:
        return list(chosen)
    inside = [index for index, block in enumerate(chosen) if main in _above(block)]
    rows = set(main.iterancestors("tr"))
    before, after = chosen[: inside[0]], chosen[inside[-1] + 1 :]
    beside = {id(block) for block in chosen if rows & _above(block)}
    banner = {id(block) for block in before if _cells(block) and not _is_prose(block)}
    small = _length(after) < _REST * _length(chosen)
    foot = {id(block) for block in after if small and _cells(block)}
    return [
        block
        for block in chosen
        if (main in _above(block) and not _is_caption(block, main))
        or (main not in _above(block) and id(block) not in beside | banner | foot)
    ]


def _main_cell(chosen: Sequence[Block]) -> _Element | None:
    """The innermost cell that holds most of the text; none where the page has no such cell."""
    masses: dict[_Element, int] = {}
    for block in chosen:
        for cell in _cells(block):
            masses[cell] = masses.get(cell, 0) + len(block.text)
    total = _length(chosen)
    enough = [cell for cell, mass in masses.items() if mass >= _MOST * total]
    return max(enough, key=lambda cell: sum(1 for _ in cell.iterancestors()), default=None)


def _is_prose(block: Block) -> bool:
    return len(block.text.split()) >= _PROSE and block.text.endswith((".", "!", "?", "…", "»"))


def _is_caption(block: Block, main: _Element) -> bool:
    """Whether a block stands in a small cell with a picture, within the article's own."""
    nearest = next(iter(_cells(block)))
    return (
        nearest is not main
        and next(nearest.iter("img"), None) is not None
        and len(block.text.split()) <= _CAPTION
    )


def _cells(block: Block) -> list[_Element]:
    """The cells around a block, the innermost first."""
    return [node for node in _line(block) if node.tag == "td"]


def _above(block: Block) -> set[_Element]:
    return set(_line(block))


def _line(block: Block) -> list[_Element]:
    return [block.element, *block.element.iterancestors()]


def _length(blocks: Sequence[Block]) -> int:
    return sum(len(block.text) for block in blocks)
