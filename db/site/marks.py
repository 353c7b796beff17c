"""Draw marks over a text: overlapping ones are nested or split, everything is escaped.

A mark covers ``start:end`` of a document, in code points. Where two marks cross, the one that
began later is closed and opened again, so that the HTML stays a tree:

    [12 [millions] d'euros]      nested
    [12 [millions][ d'euros]]    crossing: the second mark is drawn in two pieces
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from markupsafe import Markup, escape


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A stretch to mark: ``kind`` is its CSS class, ``label`` the word printed beside it.

    ``anchor`` is the id of the first piece; ``href`` makes it a link unless one encloses it;
    ``title`` says more when pointed at.
    """

    start: int
    end: int
    kind: str
    label: str = ""
    anchor: str | None = None
    href: str | None = None
    title: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Piece:
    mark: Mark
    is_first: bool


def clip(marks: Iterable[Mark], start: int, end: int) -> list[Mark]:
    """The marks that touch ``start:end``, cut to it; a cut head keeps its anchor, a tail not."""
    return [
        replace(
            mark,
            start=max(mark.start, start),
            end=min(mark.end, end),
            anchor=mark.anchor if mark.start >= start else None,
            label=mark.label if mark.end <= end else "",
        )
        for mark in marks
        if mark.start < end and mark.end > start
    ]


def draw(text: str, marks: Sequence[Mark], *, offset: int = 0) -> Markup:
    """The text as safe HTML with its marks; ``offset`` is where it begins in its document."""
    inside = clip(marks, offset, offset + len(text))
    return Markup("").join(_tokens(text, inside, offset))


def paragraphs(text: str) -> Iterator[tuple[int, str]]:
    """The paragraphs of a text, set apart by empty lines, each with its offset."""
    position = 0
    for paragraph in text.split("\n\n"):
        if paragraph.strip():
            yield position, paragraph
        position += len(paragraph) + 2


def _tokens(text: str, marks: Sequence[Mark], offset: int) -> Iterator[Markup]:
    ordered = sorted(marks, key=lambda mark: (mark.start, -mark.end))
    cuts = sorted({offset, offset + len(text)} | {at for m in marks for at in (m.start, m.end)})
    stack: list[Mark] = []
    for cut, following in zip(cuts, [*cuts[1:], cuts[-1]], strict=True):
        reopened: list[Mark] = []
        while any(mark.end <= cut for mark in stack):
            mark = stack.pop()
            yield _close(mark, stack, is_last=mark.end <= cut)
            if mark.end > cut:
                reopened.insert(0, mark)
        opened = [mark for mark in ordered if mark.start == cut < mark.end]
        for piece in _in_order(reopened, opened):
            yield _open(piece, stack)
            stack.append(piece.mark)
        yield escape(text[cut - offset : following - offset])


def _in_order(reopened: Iterable[Mark], opened: Iterable[Mark]) -> list[_Piece]:
    """The longer remainder outside, so that a later crossing is as rare as can be."""
    pieces = [_Piece(mark=mark, is_first=False) for mark in reopened]
    pieces += [_Piece(mark=mark, is_first=True) for mark in opened]
    return sorted(pieces, key=lambda piece: -piece.mark.end)


def _is_link(mark: Mark, stack: Sequence[Mark]) -> bool:
    return mark.href is not None and not any(outer.href for outer in stack)


def _open(piece: _Piece, stack: Sequence[Mark]) -> Markup:
    mark = piece.mark
    anchor = Markup(' id="{}"').format(mark.anchor) if mark.anchor and piece.is_first else ""
    title = Markup(' title="{}"').format(mark.title) if mark.title else ""
    link = Markup('<a href="{}">').format(mark.href) if _is_link(mark, stack) else ""
    return Markup('<mark class="mark mark-{}"{}{}>{}').format(mark.kind, anchor, title, link)


def _close(mark: Mark, stack: Sequence[Mark], *, is_last: bool) -> Markup:
    word = Markup('<span class="mark-label">{}</span>').format(mark.label)
    link = Markup("</a>") if _is_link(mark, stack) else ""
    return link + (word if mark.label and is_last else Markup("")) + Markup("</mark>")
