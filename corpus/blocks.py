"""The blocks of a text: paragraphs, headings, lists, tables and signatures, by plain conventions.

Blocks joined again by one empty line spell the text; see `corpus/README.md` for the conventions.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from recoupe.errors import ConfigurationError

MAX_HEADING = 100

_ENDS_SENTENCE = tuple(".?!:;…»")
_ITEM, _CELL, _SIGNATURE = "- ", " | ", "— "


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running prose on one line."""

    kind: ClassVar[str] = "paragraph"
    text: str

    @property
    def source(self) -> str:
        """The block as the text file has it."""
        return self.text


@dataclass(frozen=True, slots=True)
class Heading:
    """A short line that ends no sentence."""

    kind: ClassVar[str] = "heading"
    text: str

    @property
    def source(self) -> str:
        """The block as the text file has it."""
        return self.text


@dataclass(frozen=True, slots=True)
class BulletList:
    """Consecutive lines that begin with "- "; ``items`` are without it."""

    kind: ClassVar[str] = "list"
    items: tuple[str, ...]

    @property
    def source(self) -> str:
        """The block as the text file has it."""
        return "\n".join(f"{_ITEM}{item}" for item in self.items)


@dataclass(frozen=True, slots=True)
class Table:
    """Lines of cells set apart by " | ", the first of them the header."""

    kind: ClassVar[str] = "table"
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    @property
    def source(self) -> str:
        """The block as the text file has it."""
        return "\n".join(_CELL.join(row) for row in (self.header, *self.rows))


@dataclass(frozen=True, slots=True)
class Signature:
    """Who said the quotation in the paragraph before; ``text`` is without its dash."""

    kind: ClassVar[str] = "signature"
    text: str

    @property
    def source(self) -> str:
        """The block as the text file has it."""
        return f"{_SIGNATURE}{self.text}"


Block = Paragraph | Heading | BulletList | Table | Signature


def parse_blocks(text: str, *, where: Path) -> tuple[Block, ...]:
    """The blocks of a text, parted by one empty line; joined again they spell the text."""
    blocks = tuple(_block(lines.split("\n"), where=where) for lines in text.split("\n\n"))
    for before, block in zip((None, *blocks), blocks, strict=False):
        if isinstance(block, Signature) and not isinstance(before, Paragraph):
            raise ConfigurationError(
                f"{where}: signature {block.text[:40]!r}: it follows no quotation; move it"
            )
    return blocks


def _block(lines: Sequence[str], *, where: Path) -> Block:
    first = lines[0]
    if all(line.startswith(_ITEM) for line in lines):
        return BulletList(tuple(line.removeprefix(_ITEM) for line in lines))
    if len(lines) > 1 and all(_CELL in line for line in lines):
        header, *rows = (tuple(line.split(_CELL)) for line in lines)
        if any(len(row) != len(header) for row in rows):
            raise ConfigurationError(f"{where}: table {first[:40]!r}: rows of unlike lengths")
        return Table(header, tuple(rows))
    if len(lines) > 1:
        raise ConfigurationError(
            f"{where}: block {first[:40]!r}: several lines that are neither a list nor a table"
        )
    if first.startswith(_SIGNATURE):
        return Signature(first.removeprefix(_SIGNATURE))
    if len(first) <= MAX_HEADING and not first.endswith(_ENDS_SENTENCE):
        return Heading(first)
    return Paragraph(first)
