"""PDF releases to articles, through pypdfium2; scanned pages are refused, OCR is not done."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from ctypes import c_int, create_string_buffer
from dataclasses import replace

import pypdfium2
import pypdfium2.raw as pdfium

from recoupe.errors import ReadError
from recoupe.records import Article
from recoupe.scraper.boilerplate import family_of, fold_case
from recoupe.scraper.pdf_layout import Glyph, Row, reading_order, segments_of
from recoupe.scraper.pdf_text import Paragraph, paragraphs_of, without_running_lines
from recoupe.scraper.published import french_date, normal_date

MAX_PAGES = 300
MAX_CHARACTERS = 5_000_000
#: Fewer characters on a page, at the mean, are a scan with a stamp or a page number.
_MIN_CHARACTERS = 15
#: Share of characters without Unicode value from which a file's fonts cannot be read.
_MAX_UNMAPPED = 0.2
_TITLE_WORDS = 3
_MAX_TITLE = 300
_HEAD = 12
_NO_TITLE = re.compile(
    r"^(?:microsoft (?:word|powerpoint)|powerpoint|untitled|sans[ -]?titre|document\d*|slide|"
    r"présentation|cp[ _-]|mise en page|diapositive|template|modèle|titre)|"
    r"\.(?:docx?|indd|pptx?|odt|pdf|xlsx?|pub|qxd?|ai)\b|_|^\d+$",
    re.IGNORECASE,
)
_RELEASE = re.compile(
    r"^(?:communiqué(?: de presse| commun)?|dossier de presse|information presse|point presse"
    r"|invitation presse|note aux rédactions|avis de presse|cabinet d.*|préfet(?:e|ète)? d.*"
    r"|préfecture.*|ministère.*|république française|liberté.*fraternité.*"
    r"|direction .*|service .*)$",
    re.IGNORECASE,
)
_DATED = re.compile(
    r"^(?:[\w’' .()-]{2,60},?\s+)?(?:le\s+)?(?:(?:lundi|mardi|mercredi|jeudi|vendredi|samedi"
    r"|dimanche)\s+)?\d{1,2}(?:er)?\s+[a-zéûA-ZÉÛ]{3,9}\.?\s+\d{4}\b|communiqué.{0,60}\d{4}"
    r"|\b(?:publié|paru|mis en ligne)\b.{0,30}\d{4}|^[\w’' .-]{2,40},?\s+le\s+\d{1,2}[/.]\d",
    re.IGNORECASE,
)
_CREATED = re.compile(r"D?:?(\d{4})(\d\d)(\d\d)(?:(\d\d)(\d\d)(\d\d)?)?(Z|[+-]\d\d'?\d\d'?)?")


def read_pdf(body: bytes, *, url: str | None = None) -> Article:
    """The article of a PDF; raises `ReadError` for a locked, broken, scanned or endless one."""
    document = _opened(body)
    try:
        flows = _flows(document)
        stated = document.get_metadata_dict()
    finally:
        document.close()
    paragraphs = paragraphs_of(flows)
    title, title_origin = _title(paragraphs, stated.get("Title"))
    published, date_origin = _published(paragraphs, stated.get("CreationDate"))
    text = _rendered(_body(paragraphs, title))
    if len(text.split()) < _TITLE_WORDS:
        raise ReadError("the PDF holds a title and nothing else that could be read")
    origins = {"text": "pdf", "title": title_origin, "published_at": date_origin}
    return Article(
        text=text,
        url=url,
        title=title,
        published_at=published,
        origins={name: origin for name, origin in origins.items() if origin},
    )


def _opened(body: bytes) -> pypdfium2.PdfDocument:
    try:
        document = pypdfium2.PdfDocument(body)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise ReadError("the PDF is locked by a password; give an unlocked copy") from error
        raise ReadError(f"the PDF is broken and cannot be opened ({error})") from error
    if len(document) > MAX_PAGES:
        pages = len(document)
        document.close()
        raise ReadError(f"the PDF has {pages} pages, more than the {MAX_PAGES} read; split it")
    return document


def _flows(document: pypdfium2.PdfDocument) -> list[list[Row]]:
    """Rows by column over all pages, in reading order, without running heads, feet and numbers."""
    pages: list[list[list[Row]]] = []
    heights: list[float] = []
    characters = unmapped = 0
    for number in range(len(document)):
        glyphs, height = _page(document, number)
        characters += len(glyphs)
        unmapped += sum(glyph.char == "\ufffd" for glyph in glyphs)
        if characters > MAX_CHARACTERS:
            raise ReadError(f"the PDF has more than {MAX_CHARACTERS:,} characters; split it")
        segments = segments_of(glyphs)
        pages.append([[Row(r.segments, number) for r in f] for f in reading_order(segments)])
        heights.append(height)
    _check_readable(characters, unmapped, len(document))
    running = without_running_lines([[r for f in page for r in f] for page in pages], heights)
    kept = [[row for row in flow if row not in running] for page in pages for flow in page]
    return [flow for flow in kept if flow]


def _check_readable(characters: int, unmapped: int, pages: int) -> None:
    if characters < _MIN_CHARACTERS * max(1, pages):
        raise ReadError(
            f"the PDF has no text on its {pages} page(s): it is a scan, and no OCR is done here;"
            " run one (ocrmypdf, for instance) and give its result"
        )
    if unmapped > _MAX_UNMAPPED * characters:
        raise ReadError("the PDF's fonts do not say which letters they draw; its text is lost")


def _page(document: pypdfium2.PdfDocument, number: int) -> tuple[list[Glyph], float]:
    try:
        page = document[number]
        text = page.get_textpage()
    except pypdfium2.PdfiumError as error:
        raise ReadError(f"page {number + 1} of the PDF is broken ({error})") from error
    try:
        return list(_glyphs(text.raw, text.count_chars())), page.get_height()
    finally:
        text.close()
        page.close()


def _glyphs(text: object, count: int) -> Iterator[Glyph]:
    """The page's characters with their loose boxes (whole font height), as pdfium orders them."""
    rect = pdfium.FS_RECTF()
    bolds: dict[bytes, bool] = {}
    bold = False
    size = 0.0
    last: Glyph | None = None
    for index in range(count):
        code = pdfium.FPDFText_GetUnicode(text, index)
        char = chr(code) if 0 < code <= sys.maxunicode else "\ufffd"
        if char in "\r\n":
            continue
        if pdfium.FPDFText_IsGenerated(text, index) == 1:
            # A space that pdfium infers from the font's advances; it has no box of its own.
            if char == " " and last is not None:
                yield replace(last, char=" ")
            continue
        if not pdfium.FPDFText_GetLooseCharBox(text, index, rect):
            continue
        new_size = pdfium.FPDFText_GetFontSize(text, index)
        if new_size != size or char.isspace() or index % 16 == 0:
            bold = _is_bold(text, index, bolds)
        size = new_size
        edges = rect.left, rect.right, rect.bottom, rect.top
        last = Glyph(char, *edges, _scale(rect, size), bold)
        yield last


def _scale(rect: pdfium.FS_RECTF, size: float) -> float:
    """The size as drawn: some writers set a font of 1 point and scale the page instead."""
    height = rect.top - rect.bottom
    return float(size) if 0.5 * height <= size <= 2 * height else float(height)


def _is_bold(text: object, index: int, known: dict[bytes, bool]) -> bool:
    buffer = create_string_buffer(128)
    flags = c_int()
    pdfium.FPDFText_GetFontInfo(text, index, buffer, 128, flags)
    name = buffer.value
    if name not in known:
        known[name] = re.search(rb"bold|black|heavy|semibold|demi", name, re.IGNORECASE) is not None
    return known[name]


# --- title, date, body ----------------------------------------------------------------------------


def _title(paragraphs: Sequence[Paragraph], stated: str | None) -> tuple[str | None, str | None]:
    """The file's own title if the first page shows it, else the largest letters."""
    first = [p for p in paragraphs if p.page == 0]
    shown = fold_case(" ".join(p.text for p in first))
    named = " ".join((stated or "").replace("\x00", "").split())
    sensible = len(named.split()) >= _TITLE_WORDS and not _NO_TITLE.search(named)
    if sensible and fold_case(named) in shown:
        return named, "pdf-metadata"
    largest = _largest(first)
    if largest:
        return largest, "pdf-layout"
    return (named, "pdf-metadata") if sensible else (None, None)


def _largest(paragraphs: Sequence[Paragraph]) -> str | None:
    """The first paragraph in the largest letters of a page, if they are larger than its prose."""
    candidates = [
        p
        for p in paragraphs[:_HEAD]
        if len(p.text.split()) >= _TITLE_WORDS
        and len(p.text) <= _MAX_TITLE
        and not _RELEASE.match(p.text.strip())
        and not _DATED.match(p.text)
    ]
    usual = max((p for p in paragraphs), key=lambda p: len(p.text), default=None)
    best = max(candidates, key=lambda p: (p.size, p.bold), default=None)
    if best is None or usual is None or best is usual:
        return None
    return best.text if best.size > 1.1 * usual.size or (best.bold and not usual.bold) else None


def _published(
    paragraphs: Sequence[Paragraph], created: str | None
) -> tuple[str | None, str | None]:
    """The date that the release bears (« Saint-Brieuc, le 4 mars 2021 »), else the file's own."""
    for paragraph in [*paragraphs[:_HEAD], *paragraphs[-3:]]:
        if len(paragraph.text) <= _MAX_TITLE and _DATED.search(paragraph.text):
            date = french_date(paragraph.text)
            if date:
                return date[:10], "pdf-text"
    found = _CREATED.match(created or "")
    if found is None:
        return None, None
    year, month, day, hour, minute, _, offset = found.groups()
    written = f"{year}-{month}-{day}"
    if hour:
        written += f"T{hour}:{minute}:00{(offset or '').replace(chr(39), '')}"
    date = normal_date(written)
    return date, "pdf-creation" if date else None


def _body(paragraphs: Sequence[Paragraph], title: str | None) -> list[Paragraph]:
    """Paragraphs without the title, the letterhead above it and the lines of contact below."""
    start = next((i for i, p in enumerate(paragraphs[:_HEAD]) if _is_title(p, title)), -1)
    kept = [p for p in paragraphs[: max(start, 0)] if not _is_letterhead(p)]
    kept += [p for p in paragraphs[start + 1 :] if not _is_title(p, title)]
    return [p for p in kept if not _is_furniture(p)]


def _rendered(paragraphs: Sequence[Paragraph]) -> str:
    """One empty line between paragraphs; the items of one list stand on lines of one block."""
    text = ""
    for paragraph in paragraphs:
        in_list = paragraph.text.startswith("- ") and text.rpartition("\n")[2].startswith("- ")
        text += ("\n" if in_list else "\n\n") * bool(text) + paragraph.text
    return text


def _is_title(paragraph: Paragraph, title: str | None) -> bool:
    return title is not None and fold_case(paragraph.text) == fold_case(title)


def _is_letterhead(paragraph: Paragraph) -> bool:
    return len(paragraph.text.split()) < _HEAD or _DATED.match(paragraph.text) is not None


def _is_furniture(paragraph: Paragraph) -> bool:
    family = family_of(paragraph.text)
    if family is not None and family.name in {"contact", "share", "credit"}:
        return True
    text = paragraph.text.strip()
    dated = _DATED.match(text) is not None and len(text.split()) < _HEAD
    return (_RELEASE.match(text) is not None and len(text.split()) < _HEAD) or dated
