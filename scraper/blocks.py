"""A page's tree to its blocks: paragraphs, headings, list items and tables, character by character.

White space is folded as a browser does (spaces, tabs and line ends only), so no-break spaces and
typographic apostrophes reach the article as the page has them. Inline elements neither glue nor
split words; `<br>` is a line end, two of them a new block (pages of the 2000s have no `<p>`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from lxml import etree
from lxml.etree import _Element

from recoupe.scraper.page_tree import text_of

BlockKind = Literal["paragraph", "heading", "item", "table"]

#: Tags whose content never reads as text of the page.
# fmt: off
SKIPPED = frozenset({
    "script", "style", "noscript", "template", "svg", "math", "button", "select", "option",
    "textarea", "input", "iframe", "object", "embed", "audio", "video", "canvas", "map", "nav",
    "dialog", "figure", "figcaption", "picture", "head", "title", "link", "meta",
    "datalist", "label", "legend", "fieldset", "progress",
})
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_BLOCKS = HEADINGS | {
    "html", "body", "main", "article", "section", "div", "p", "blockquote", "pre", "ul", "ol",
    "li", "dl", "dt", "dd", "table", "caption", "thead", "tbody", "tfoot", "tr", "td", "th",
    "address", "aside", "header", "footer", "details", "summary", "center", "hr", "figure",
    "hgroup", "fieldset", "form", "dir", "menu",
}
# fmt: on
_BOLD = frozenset({"b", "strong"})
_HTML_SPACE = re.compile(r"[ \t\n\r\f]+")
#: Controls, glyphs of icon fonts, and the private-use characters by which `html_body` marks.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0e-\x1f\x7f\ud800-\udfff\ue000-\uf8ff\ufffe\uffff\U000f0000-\U0010ffff]+"
)
#: References to the C1 range mean windows-1252 (HTML standard, numeric character references).
_C1 = {code: bytes((code,)).decode("cp1252", "ignore") or None for code in range(0x80, 0xA0)}
_MAX_CELL = 300


@dataclass(frozen=True, slots=True)
class Piece:
    """One text node: ``slot`` says whether it is ``owner``'s text or its tail."""

    owner: _Element
    slot: Literal["text", "tail"]
    text: str
    linked: bool
    bold: bool


@dataclass(slots=True, eq=False)
class Block:
    """One block in page order; ``element`` is the block element above, ``group`` its list."""

    element: _Element
    kind: BlockKind
    pieces: list[Piece] = field(default_factory=list)
    group: _Element | None = None
    item: _Element | None = None
    _text: str | None = None

    @property
    def text(self) -> str:
        """The block's characters, white space folded; a table's rows one a line."""
        if self._text is None:
            self._text = self._render()
        return self._text

    def with_text(self, text: str) -> Block:
        """The same block with fewer lines than the page has."""
        return replace(self, _text=text)

    @property
    def link_share(self) -> float:
        """Share of the block's characters that stand in links, 0–1."""
        return _share(self.pieces, linked=True)

    @property
    def bold_share(self) -> float:
        """Share of the block's characters that are bold, 0–1."""
        return _share(self.pieces, linked=False)

    def _render(self) -> str:
        if self.kind == "table":
            return table_text(self.element)
        lines = "".join(piece.text for piece in self.pieces).split("\n")
        joint = " " if self.kind in {"heading", "item"} else "\n"
        return joint.join(filter(None, (fold_space(line) for line in lines)))


def fold_space(text: str) -> str:
    """Plain white space folded to single spaces; no-break spaces stay, at the ends they go."""
    return _HTML_SPACE.sub(" ", readable(text)).strip(" \u00a0\u202f\u200b\ufeff")


def readable(text: str) -> str:
    """The characters that a reader sees: no controls, and ``&#146;`` is ’ as old editors meant."""
    return _UNSEEN.sub("", text.translate(_C1))


def page_blocks(root: _Element) -> list[Block]:
    """All blocks with text under ``root``, in page order."""
    return [block for block in _Walk(root).blocks() if block.text]


def table_text(table: _Element) -> str:
    """The caption, then one line a row, cells set apart by " | "; spanned cells are repeated."""
    lines = [fold_space(flat_text(caption)) for caption in table.iter("caption")]
    spans: dict[int, tuple[int, str]] = {}
    for row in table.iter("tr"):
        cells = _row(row, spans)
        if any(cells):
            lines.append(" | ".join(cells))
    return "\n".join(filter(None, lines))


def is_data_table(table: _Element) -> bool:
    """Whether a table holds data: two columns and rows at least, short cells, no table inside."""
    if table.get("role") in {"presentation", "none"} or _nested(table):
        return False
    rows = [[cell for cell in row if cell.tag in {"td", "th"}] for row in table.iter("tr")]
    if len(rows) < 2 or max(map(len, rows)) < 2:  # noqa: PLR2004 (a table has two of each)
        return False
    lengths = [len(text_of(cell)) for row in rows for cell in row]
    return max(lengths) <= _MAX_CELL or sum(lengths) / len(lengths) <= _MAX_CELL / 3


class _Walk:
    """The state of one walk: the blocks above the current node and the run being filled."""

    def __init__(self, root: _Element) -> None:
        self._root = root
        self._stack: list[_Element] = [root]
        self._run: list[Piece] = []
        self._links = 0
        self._bold = 0

    def blocks(self) -> Iterator[Block]:
        walker = etree.iterwalk(self._root, events=("start", "end"))
        skipped: _Element | None = None
        for event, node in walker:
            if skipped is not None:
                if node is skipped and event == "end":
                    skipped = None
                    yield from self._close(node)
                continue
            if event == "end":
                yield from self._close(node)
            elif node.tag in SKIPPED and not _holds_table(node):
                walker.skip_subtree()
                skipped = node
            elif node.tag == "table" and is_data_table(node):
                yield from self._flush()
                yield _table_block(node)
                walker.skip_subtree()
                skipped = node
            else:
                yield from self._open(node)
        yield from self._flush()

    def _open(self, node: _Element) -> Iterator[Block]:
        if node.tag in _BLOCKS:
            yield from self._flush()
            self._stack.append(node)
        elif node.tag == "br":
            yield from self._break(node)
        self._links += _is_link(node)
        self._bold += node.tag in _BOLD
        self._add(node, "text", node.text)

    def _close(self, node: _Element) -> Iterator[Block]:
        if self._stack[-1] is node and node is not self._root:
            yield from self._flush()
            self._stack.pop()
        self._links -= _is_link(node)
        self._bold -= node.tag in _BOLD
        if node is not self._root:
            self._add(node, "tail", node.tail)

    def _break(self, node: _Element) -> Iterator[Block]:
        """A line end, or the end of the block where the line before is empty."""
        last = next((p.text for p in reversed(self._run) if p.text.strip(" \u00a0")), None)
        if last == "\n":
            yield from self._flush()
        elif last is not None:
            self._run.append(Piece(node, "text", "\n", linked=False, bold=False))

    def _add(self, owner: _Element, slot: Literal["text", "tail"], text: str | None) -> None:
        if text:
            flat = _HTML_SPACE.sub(" ", readable(text))
            linked, bold = self._links > 0, self._bold > 0
            self._run.append(Piece(owner, slot, flat, linked=linked, bold=bold))

    def _flush(self) -> Iterator[Block]:
        run, self._run = self._run, []
        if any(piece.text.strip() for piece in run):
            yield self._block(run)

    def _block(self, run: list[Piece]) -> Block:
        element = self._stack[-1]
        for index in range(len(self._stack) - 1, -1, -1):
            above = self._stack[index]
            if above.tag in HEADINGS:
                return Block(element, "heading", run)
            if above.tag in {"li", "dd", "dt"}:
                return self._item(element, above, index, run)
            if above.tag in {"td", "th", "table", "article", "section"}:
                break
        return Block(element, "paragraph", run)

    def _item(self, element: _Element, item: _Element, index: int, run: list[Piece]) -> Block:
        """A list item, or a paragraph where the item is a card or a whole section."""
        if any(True for _ in item.iter(*HEADINGS)):
            return Block(element, "paragraph", run)
        group = item
        for above in reversed(self._stack[:index]):
            if above.tag not in {"ul", "ol", "dl", "li", "dd", "dir", "menu"}:
                break
            group = above
        return Block(element, "item", run, group=group, item=item)


def _share(pieces: Sequence[Piece], *, linked: bool) -> float:
    lengths = [
        (len(piece.text.strip()), piece.linked if linked else piece.bold) for piece in pieces
    ]
    total = sum(length for length, _ in lengths)
    return sum(length for length, marked in lengths if marked) / total if total else 0.0


def _table_block(table: _Element) -> Block:
    pieces = [
        Piece(node, slot, readable(text), linked=_in_link(node), bold=False)
        for node in table.iter(etree.Element)
        if node.tag not in SKIPPED
        for slot, text in _slots(node, table)
    ]
    return Block(table, "table", pieces, group=table)


def _slots(node: _Element, table: _Element) -> Iterator[tuple[Literal["text", "tail"], str]]:
    if node.text:
        yield "text", node.text
    if node is not table and node.tail:
        yield "tail", node.tail


def _in_link(node: _Element) -> bool:
    return _is_link(node) or any(_is_link(above) for above in node.iterancestors("a"))


def _is_link(node: _Element) -> bool:
    """Whether it leads to another page; a heading's anchor on itself does not."""
    return node.tag == "a" and not (node.get("href") or "#").startswith("#")


def _nested(table: _Element) -> bool:
    return any(inner is not table for inner in table.iter("table"))


def _holds_table(node: _Element) -> bool:
    """Figures are skipped for their captions, but newsrooms also wrap their tables in them."""
    return node.tag == "figure" and any(is_data_table(table) for table in node.iter("table"))


def _row(row: _Element, spans: dict[int, tuple[int, str]]) -> list[str]:
    """The texts of a row's cells with those that span down into it, one for each column."""
    cells: list[str] = []
    for cell in row:
        if cell.tag not in {"td", "th"}:
            continue
        _fill_spanned(cells, spans)
        text = fold_space(flat_text(cell))
        rows = _span(cell, "rowspan")
        if rows > 1:
            spans[len(cells)] = (rows - 1, text)
        cells.append(text)
        cells.extend([""] * (_span(cell, "colspan") - 1))
    _fill_spanned(cells, spans)
    while cells and not cells[-1]:
        cells.pop()
    return cells


def _fill_spanned(cells: list[str], spans: dict[int, tuple[int, str]]) -> None:
    while len(cells) in spans:
        column = len(cells)
        left, text = spans[column]
        cells.append(text)
        if left > 1:
            spans[column] = (left - 1, text)
        else:
            del spans[column]


def _span(cell: _Element, name: str) -> int:
    value = cell.get(name) or "1"
    return max(1, min(int(value), 50)) if value.isascii() and value.isdigit() else 1


def flat_text(element: _Element) -> str:
    """An element's characters, the blocks in it and line breaks set apart by spaces."""
    parts: list[str] = []
    walker = etree.iterwalk(element, events=("start", "end"))
    for event, node in walker:
        wide = " " if node.tag in _BLOCKS or node.tag == "br" else ""
        if event == "end":
            parts.append("" if node is element else f"{wide}{node.tail or ''}")
        elif node.tag in SKIPPED:
            walker.skip_subtree()
        else:
            parts.append(f"{wide}{node.text or ''}")
    return "".join(parts)
