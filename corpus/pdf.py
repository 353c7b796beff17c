"""Sets the corpus's PDF documents, as a préfecture's press kit: `python -m recoupe.corpus.pdf`.

For developers only (fpdf2); the files it makes are committed. The font is the PDF standard's
Helvetica, which needs no file and has every character of the texts but U+202F: that one becomes a
no-break space, and fpdf2 writes no-break spaces as plain ones. Long words carry soft hyphens, so
that some lines end in the middle of a word, as in real releases.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import ClassVar

from fpdf import FPDF
from fpdf.enums import Align, TableCellFillMode, VAlign, XPos, YPos
from fpdf.fonts import FontFace

from recoupe.corpus.documents import Block, BulletList, Document, Heading, Table, load
from recoupe.corpus.pages import day, furniture
from recoupe.corpus.sites import PDF_FOLDER

_FONT = "Helvetica"
_LINE = 5.6  # millimetres
_BLUE = (0, 0, 145)
_GREY = (102, 102, 102)
#: Shorter words are not hyphenated: real layouts hyphenate few words.
_MIN_HYPHENATED = 8
_VOWEL, _CONSONANT = "[aeiouyà-öø-ÿœ]", "[bcdfghjklmnpqrstvxz]"
#: A French syllable begins with the last consonant before its vowel, or with two that cling
#: together (« éta-blis-se-ment », « accompa-gnement »).
_SYLLABLE = re.compile(
    rf"(?<=\w{_VOWEL})(?=(?:[bcdfgptv][lr]|[cpt]h|gn|qu|{_CONSONANT}){_VOWEL}\w\w)"
    rf"|(?<={_VOWEL}{_CONSONANT})(?!(?<=[bcdfgptv])[lr]|(?<=[cpt])h|(?<=g)n)"
    rf"(?={_CONSONANT}{_VOWEL}\w\w)"
)
_WORD = re.compile(rf"[a-zà-öø-ÿœ]{{{_MIN_HYPHENATED},}}", re.IGNORECASE)
_SOFT_HYPHEN = "\u00ad"


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
    _letterhead(sheet, document)
    for number, block in enumerate(document.blocks):
        _set_block(sheet, block, bold=number == 0 and document.standfirst is not None)
    return bytes(sheet.output())


def hyphenated(text: str) -> str:
    """With soft hyphens between the syllables of long words."""
    return _WORD.sub(lambda word: _SYLLABLE.sub(_SOFT_HYPHEN, word[0]), text)


def printable(text: str) -> str:
    """With the one character that Helvetica lacks replaced by its wider sister."""
    return text.replace("\u202f", "\u00a0")


class _Sheet(FPDF):
    """A4 pages with a running header and footer."""

    margin: ClassVar[int] = 28

    def __init__(self, document: Document) -> None:
        super().__init__(format="A4", unit="mm")
        self.document = document
        self.core_fonts_encoding = "cp1252"
        self.set_margins(self.margin, 22, self.margin)
        self.set_auto_page_break(auto=True, margin=26)
        self.set_creation_date(document.published)
        self.set_lang("fr-FR")
        self.set_title(printable(document.title))
        self.set_author(furniture()["prefecture"]["name"])
        self.set_creator("Recoupe, corpus")

    def header(self) -> None:
        if self.page_no() == 1:
            return
        self.set_font(_FONT, size=8)
        self.set_text_color(*_GREY)
        name = furniture()["prefecture"]["name"]
        self.set_y(10)
        self.cell(text=f"{name} - {self.document.section}", new_x=XPos.LMARGIN, new_y=YPos.NEXT)
        self.set_y(22)

    def footer(self) -> None:
        self.set_y(-18)
        self.set_font(_FONT, size=8)
        self.set_text_color(*_GREY)
        site = furniture()["prefecture"]
        for line in (printable(site["address"]), site["notice"]):
            self.cell(w=0, h=3.6, text=line, align=Align.C, new_x=XPos.LMARGIN, new_y=YPos.NEXT)
        page = f"Page {self.page_no()}/{{nb}}"
        self.cell(w=0, h=3.6, text=page, align=Align.R)


def _letterhead(sheet: _Sheet, document: Document) -> None:
    sheet.set_text_color(*_BLUE)
    sheet.set_font(_FONT, "B", 13)
    _write(sheet, "PRÉFET\nDES CÔTES-D’ARMOR", align=Align.L)
    sheet.set_font(_FONT, "I", 8)
    _write(sheet, "Liberté\nÉgalité\nFraternité", align=Align.L, height=3.6)
    sheet.set_text_color(0)
    sheet.set_font(_FONT, size=10)
    _write(sheet, f"Saint-Brieuc, le {day(document.published)}", align=Align.R)
    sheet.set_font(_FONT, "B", 10)
    _write(sheet, document.section.upper(), align=Align.L)
    sheet.ln(3)
    sheet.set_font(_FONT, "B", 17)
    _write(sheet, document.title, align=Align.L, height=7.5)
    sheet.ln(4)


def _set_block(sheet: _Sheet, block: Block, *, bold: bool) -> None:
    sheet.set_text_color(0)
    if isinstance(block, Table):
        _set_table(sheet, block)
    elif isinstance(block, Heading):
        sheet.set_font(_FONT, "B", 13)
        sheet.set_text_color(*_BLUE)
        _write(sheet, block.text, align=Align.L, height=6.5)
    elif isinstance(block, BulletList):
        sheet.set_font(_FONT, size=11)
        for item in block.items:
            sheet.set_x(sheet.margin + 4)
            sheet.cell(w=4, h=_LINE, text="•")
            _write(sheet, hyphenated(item), align=Align.L)
    else:
        sheet.set_font(_FONT, "B" if bold else "", 11)
        _write(sheet, hyphenated(block.source), align=Align.J)
    sheet.ln(2.5)


def _set_table(sheet: _Sheet, block: Table) -> None:
    sheet.set_font(_FONT, size=8.5)
    widths = (42, *(14 for _ in block.header[1:]))
    heading = FontFace(emphasis="BOLD", fill_color=(230, 230, 245))
    with sheet.table(
        col_widths=widths,
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
