"""Sets the corpus's PDF documents, each on its source's letterhead: `python -m recoupe.corpus.pdf`.

For developers only (fpdf2); the files it makes are committed. The fonts are the PDF standard's,
which need no file and have every character of the texts but U+202F: that one becomes a no-break
space, and fpdf2 writes no-break spaces as plain ones. Long words carry soft hyphens, so that some
lines end in the middle of a word, as in real releases. A source may set its text in two columns,
and open with a cover; tables always have the page's whole width.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from pathlib import Path

from fpdf import FPDF
from fpdf.enums import Align, TableCellFillMode, VAlign, XPos, YPos
from fpdf.fonts import FontFace

from recoupe.corpus.blocks import Block, BulletList, Heading, Table
from recoupe.corpus.documents import Document, load
from recoupe.corpus.pages import site_of
from recoupe.corpus.sites import PDF_FOLDER
from recoupe.corpus.sources import SOURCES, Letterhead
from recoupe.corpus.syllables import hyphenated
from recoupe.corpus.typography import day
from recoupe.errors import ConfigurationError

_LINE = 5.6  # millimetres
_NARROW_LINE = 4.9
_GREY = (102, 102, 102)
_MARGIN, _NARROW_MARGIN = 28, 20
_GUTTER = 9
#: From so many columns on a table is set smaller.
_WIDE_TABLE = 5
_CP1252 = {"\u202f": "\u00a0", "\u2192": "»"}


def write_all(folder: Path = PDF_FOLDER) -> tuple[Path, ...]:
    """Set every document of the corpus whose family is ``pdf``."""
    folder.mkdir(exist_ok=True)
    paths = []
    for document in load():
        if document.family == "pdf":
            paths.append(folder / f"{document.slug}.pdf")
            paths[-1].write_bytes(render(document))
    return tuple(paths)


def render(document: Document) -> bytes:
    """One document as a PDF; the same bytes each time with the same fpdf2 and zlib."""
    sheet = _Sheet(document)
    sheet.add_page()
    if sheet.head.cover:
        _cover(sheet, document)
        sheet.add_page()
    else:
        _letterhead(sheet, document)
    lead = document.blocks[0] if document.standfirst else None
    if lead is not None:
        _set_block(sheet, lead, bold=True)
    for is_table, run in groupby(document.body, key=lambda block: isinstance(block, Table)):
        if sheet.head.columns == 1 or is_table:
            for block in run:
                _set_block(sheet, block, bold=False)
        else:
            _set_columns(sheet, list(run))
    return bytes(sheet.output())


def printable(text: str) -> str:
    """With the characters that the standard's fonts lack replaced by their nearest sisters."""
    return "".join(_CP1252.get(char, char) for char in text)


class _Sheet(FPDF):
    """A4 pages with a running header and footer."""

    def __init__(self, document: Document) -> None:
        super().__init__(format="A4", unit="mm")
        self.document = document
        self.site = site_of(document.source)
        self.head = _letterhead_of(document)
        self.core_fonts_encoding = "cp1252"
        margin = _MARGIN if self.head.columns == 1 else _NARROW_MARGIN
        self.set_margins(margin, 22, margin)
        self.set_auto_page_break(auto=True, margin=26)
        self.set_creation_date(document.published)
        self.set_lang("fr-FR")
        self.set_title(printable(document.title))
        self.set_author(self.site.name)
        self.set_creator("Recoupe, corpus")

    def header(self) -> None:
        if self.page_no() == 1:
            return
        self._small()
        self.set_y(10)
        running = f"{self.site.name} - {self.document.section}"
        self.cell(text=printable(running), new_x=XPos.LMARGIN, new_y=YPos.NEXT)
        self.set_y(22)

    def footer(self) -> None:
        self.set_y(-18)
        self._small()
        theme = self.site.theme
        for line in (theme.address or theme.footer, theme.notice):
            text = printable(line)
            self.cell(w=0, h=3.6, text=text, align=Align.C, new_x=XPos.LMARGIN, new_y=YPos.NEXT)
        page = f"Page {self.page_no()}/{{nb}}"
        self.cell(w=0, h=3.6, text=page, align=Align.R)

    def _small(self) -> None:
        self.set_font(self.head.font, size=8)
        self.set_text_color(*_GREY)


def _letterhead_of(document: Document) -> Letterhead:
    head = site_of(document.source).declared.letterhead
    if head is None:
        raise ConfigurationError(f"{SOURCES}: sources.{document.source}.letterhead: missing")
    return head


def _letterhead(sheet: _Sheet, document: Document) -> None:
    _mark(sheet)
    sheet.set_font(sheet.head.font, size=10)
    _write(sheet, f"{sheet.head.place}, le {day(document.published)}", align=Align.R)
    sheet.set_font(sheet.head.font, "B", 10)
    _write(sheet, document.section.upper(), align=Align.L)
    sheet.ln(3)
    sheet.set_font(sheet.head.font, "B", 17)
    _write(sheet, document.title, align=Align.L, height=7.5)
    sheet.ln(4)


def _cover(sheet: _Sheet, document: Document) -> None:
    """A page of its own with little on it, as press kits begin."""
    _mark(sheet)
    sheet.set_y(105)
    sheet.set_font(sheet.head.font, "B", 12)
    _write(sheet, document.section.upper(), align=Align.C)
    sheet.ln(6)
    sheet.set_text_color(*sheet.head.colour)
    sheet.set_font(sheet.head.font, "B", 22)
    _write(sheet, document.title, align=Align.C, height=10)
    sheet.ln(10)
    sheet.set_text_color(0)
    sheet.set_font(sheet.head.font, size=11)
    _write(sheet, f"{sheet.head.place}, le {day(document.published)}", align=Align.C)


def _mark(sheet: _Sheet) -> None:
    sheet.set_text_color(*sheet.head.colour)
    sheet.set_font(sheet.head.font, "B", 13)
    _write(sheet, "\n".join(sheet.head.lines), align=Align.L)
    if sheet.head.motto:
        sheet.set_font(sheet.head.font, "I", 8)
        _write(sheet, "Liberté\nÉgalité\nFraternité", align=Align.L, height=3.6)
    sheet.set_text_color(0)


def _set_block(sheet: _Sheet, block: Block, *, bold: bool) -> None:
    font = sheet.head.font
    sheet.set_text_color(0)
    if isinstance(block, Table):
        _set_table(sheet, block)
    elif isinstance(block, Heading):
        sheet.set_font(font, "B", 13)
        sheet.set_text_color(*sheet.head.colour)
        _write(sheet, block.text, align=Align.L, height=6.5)
    elif isinstance(block, BulletList):
        sheet.set_font(font, size=11)
        for item in block.items:
            sheet.set_x(sheet.l_margin + 4)
            sheet.cell(w=4, h=_LINE, text="•")
            _write(sheet, hyphenated(item), align=Align.L)
    else:
        sheet.set_font(font, "B" if bold else "", 11)
        _write(sheet, hyphenated(block.source), align=Align.J)
    sheet.ln(2.5)


def _set_columns(sheet: _Sheet, blocks: Sequence[Block]) -> None:
    """Blocks in two columns of even length, the left one read first."""
    height = _NARROW_LINE / sheet.font_size
    with sheet.text_columns(ncols=2, gutter=_GUTTER, balance=True, text_align=Align.J) as columns:
        for block in blocks:
            is_heading = isinstance(block, Heading)
            items = block.items if isinstance(block, BulletList) else (block.source,)
            for item in items:
                sheet.set_font(sheet.head.font, "B" if is_heading else "", 9.5)
                sheet.set_text_color(*(sheet.head.colour if is_heading else (0, 0, 0)))
                bullet = "- " if isinstance(block, BulletList) else ""
                text = item if is_heading else hyphenated(f"{bullet}{item}")
                ragged = is_heading or isinstance(block, BulletList)
                with columns.paragraph(
                    text_align=Align.L if ragged else Align.J,
                    line_height=max(1.25, height / 2),
                    bottom_margin=1.8,
                ) as paragraph:
                    paragraph.write(printable(text))
    sheet.set_text_color(0)
    sheet.ln(4)


def _set_table(sheet: _Sheet, block: Table) -> None:
    wide = len(block.header) >= _WIDE_TABLE
    sheet.set_font(sheet.head.font, size=8 if wide else 8.5)
    share = 14 if wide else 20
    heading = FontFace(emphasis="BOLD", fill_color=(230, 230, 245))
    with sheet.table(
        col_widths=(42, *(share for _ in block.header[1:])),
        headings_style=heading,
        cell_fill_mode=TableCellFillMode.NONE,
        line_height=4.8,
        v_align=VAlign.T,
        text_align=(Align.L, *(Align.R for _ in block.header[1:])),
    ) as table:
        for cells in (block.header, *block.rows):
            row = table.row()
            for cell in cells:
                row.cell(printable(cell))
    sheet.ln(2)


def _write(sheet: _Sheet, text: str, *, align: Align, height: float = _LINE) -> None:
    sheet.multi_cell(
        w=0, h=height, text=printable(text), align=align, new_x=XPos.LMARGIN, new_y=YPos.NEXT
    )


if __name__ == "__main__":
    write_all()
