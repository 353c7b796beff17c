import json
import re
from collections import Counter

import pypdfium2
import pytest
from bs4 import BeautifulSoup

from recoupe.corpus import feeds, furniture, pages, typography
from recoupe.corpus.blocks import (
    Block,
    BulletList,
    Heading,
    Paragraph,
    Signature,
    Table,
)
from recoupe.corpus.documents import Document, load
from recoupe.corpus.pdf import printable, render
from recoupe.corpus.sites import PDF_FOLDER, build
from recoupe.corpus.sources import declaration
from recoupe.corpus.syllables import hyphenated
from recoupe.scraper.reader import read_bytes

BASE = "http://127.0.0.1:8642"
DOCUMENTS = load()
SITE = build(DOCUMENTS, BASE)
HTML = [document for document in DOCUMENTS if document.family != "pdf"]
PDF = [document for document in DOCUMENTS if document.family == "pdf"]


def markup(document: Document) -> str:
    return pages.article_page(document, DOCUMENTS, BASE)


def texts(page: str, selector: str) -> list[str]:
    return [element.get_text() for element in BeautifulSoup(page, "lxml").select(selector)]


def strings(block: Block) -> list[str]:
    if isinstance(block, Table):
        return [cell for row in (block.header, *block.rows) for cell in row]
    if isinstance(block, BulletList):
        return list(block.items)
    return [block.source] if isinstance(block, Signature) else [block.text]


@pytest.mark.parametrize("document", HTML, ids=lambda document: document.slug)
def test_a_page_holds_every_block_character_by_character(document: Document) -> None:
    found = texts(markup(document), "p, h1, h2, h3, li, td, th, b, i")
    whole = "\n".join(texts(markup(document), "body"))
    for block in document.blocks:
        for wanted in strings(block):
            assert wanted in (whole if document.family == "regional1252" else found), wanted
    assert document.title in found


@pytest.mark.parametrize("document", HTML, ids=lambda document: document.slug)
def test_the_furniture_has_figures_that_the_article_has_not(document: Document) -> None:
    lines = furniture.lines(document.source)
    assert len(lines) > 1
    for line in lines:
        assert re.search(r"\d", line)
        assert line not in document.text


def test_the_daily_describes_itself_in_json_ld() -> None:
    document = next(d for d in DOCUMENTS if d.paywalled and d.source == "gazette")
    (script,) = texts(markup(document), 'script[type="application/ld+json"]')
    data = json.loads(script)
    assert data["@type"] == "NewsArticle"
    assert data["headline"] == document.title
    assert data["description"] == document.standfirst
    assert data["datePublished"] == document.published_at
    assert data["author"] == [{"@type": "Person", "name": document.author}]
    assert data["isAccessibleForFree"] is False
    assert data["hasPart"]["isAccessibleForFree"] is False


def test_the_paywall_line_stands_on_the_paywalled_page_only() -> None:
    for document in HTML:
        line = furniture.theme(document.source).paywall
        shown = line != "" and line in "".join(texts(markup(document), "body"))
        assert shown == document.paywalled


@pytest.mark.parametrize(
    ("family", "marks", "absent"),
    [
        ("jsonld", ["p.article__chapo", "figcaption .credit", 'meta[property="og:title"]'], []),
        (
            "dsfr",
            [".fr-header", ".fr-breadcrumb", "h1.fr-h1", ".fr-share__title", ".fr-callout"],
            ["script", 'meta[property="og:title"]'],
        ),
        (
            "spip",
            ["#contenu", "h1.crayon", ".chapo.surlignable", ".crayon.texte", ".mots-cles"],
            ["script", "time[datetime]", 'meta[property="og:title"]'],
        ),
        (
            "regional1252",
            ["table table td", "font b", "br + br", 'meta[name="keywords"]'],
            ["p", "div", "h1", "time", "script"],
        ),
        (
            "wordpress",
            ["article.post h1.entry-title", ".entry-content > p > strong", "time[datetime]"],
            ["script", ".chapo", 'meta[property="og:title"]', 'meta[name="description"]'],
        ),
    ],
)
def test_each_family_has_its_own_markup(family: str, marks: list[str], absent: list[str]) -> None:
    document = next(d for d in HTML if d.family == family and d.standfirst and d.part == "dev")
    soup = BeautifulSoup(markup(document), "lxml")
    assert [mark for mark in marks if not soup.select(mark)] == []
    assert [mark for mark in absent if soup.select(mark)] == []


def test_the_blog_writes_its_no_break_spaces_as_entities() -> None:
    blog = [document for document in HTML if document.family == "wordpress"]
    for document in blog:
        page = markup(document)
        assert "\u00a0" not in page
        assert "\u202f" not in page
    assert any("&nbsp;" in markup(document) for document in blog)
    assert any("\u202f" in document.text for document in blog)


def test_a_page_escapes_its_text() -> None:
    assert str(typography.entities("R&D < 3\u202f%")) == "R&amp;D &lt; 3&#8239;%"
    assert str(typography.linked("Le <b> Fonds vert", "Fonds vert", "/lettre/?tag=1")) == (
        'Le &lt;b&gt; <a href="/lettre/?tag=1">Fonds vert</a>'
    )


def test_furniture_stands_between_paragraphs() -> None:
    blocks = (Paragraph("a." * 9), BulletList(("b",)), Paragraph("c."), Heading("D"), Table((), ()))
    assert [place for place in pages.pauses(blocks) if place] == [3]


@pytest.mark.parametrize("document", HTML, ids=lambda document: document.slug)
def test_every_link_of_a_page_leads_somewhere(document: Document) -> None:
    for anchor in BeautifulSoup(markup(document), "lxml").select("a[href^='/']"):
        whole = str(anchor["href"])
        assert whole in SITE or re.split(r"[#?]", whole)[0] in SITE, anchor


def test_the_feed_holds_the_latest_and_the_sitemap_the_older_ones_too() -> None:
    gazette = pages.latest(DOCUMENTS, "gazette")
    feed = feeds.rss("gazette", DOCUMENTS, BASE).decode()
    sitemap = feeds.news_sitemap("gazette", DOCUMENTS, BASE).decode()
    for number, document in enumerate(gazette):
        assert (document.path in feed) == (number < feeds.RSS_ITEMS)
        assert f"{BASE}{document.path}</loc>" in sitemap
    assert len(gazette) > feeds.RSS_ITEMS


def words(text: str) -> list[str]:
    return re.sub(r"[\u00a0\u202f]", " ", printable(text)).split()


def pdf_text(body: bytes) -> str:
    pdf = pypdfium2.PdfDocument(body)
    try:
        # U+FFFE is pdfium's mark of a word parted at the end of a line.
        return "\n".join(
            pdf[number].get_textpage().get_text_range().replace("\ufffe", "")
            for number in range(len(pdf))
        )
    finally:
        pdf.close()


@pytest.mark.parametrize("document", PDF, ids=lambda document: document.slug)
def test_the_pdf_holds_the_words_of_the_text(document: Document) -> None:
    body = (PDF_FOLDER / f"{document.slug}.pdf").read_bytes()
    found = Counter(words(pdf_text(body).replace("•", " ")))
    wanted = Counter(word for block in document.blocks for s in strings(block) for word in words(s))
    missing = wanted - found
    # Lines that end in the middle of a word part some that pdfium does not mark.
    assert missing.total() <= 0.02 * wanted.total(), missing


@pytest.mark.parametrize("document", PDF, ids=lambda document: document.slug)
def test_the_committed_pdf_is_what_the_maker_makes(document: Document) -> None:
    committed = (PDF_FOLDER / f"{document.slug}.pdf").read_bytes()
    made = render(document)
    assert pdf_text(made) == pdf_text(committed)
    assert made == render(document)


def test_the_pdfs_are_varied() -> None:
    heads = [declaration(document.source).letterhead for document in PDF]
    assert len(PDF) >= 9
    assert sum(head is not None and head.columns == 2 for head in heads) >= 3
    assert sum(head is not None and head.cover for head in heads) >= 3
    assert len({head.lines for head in heads if head}) >= 8
    assert any(isinstance(block, Table) for document in PDF for block in document.blocks)
    assert {f"{document.slug}.pdf" for document in PDF} == {p.name for p in PDF_FOLDER.iterdir()}


def test_two_columns_are_read_one_after_the_other() -> None:
    document = next(d for d in PDF if d.slug == "crc-tres-haut-debit-drome-synthese")
    text = read_bytes((PDF_FOLDER / f"{document.slug}.pdf").read_bytes(), media="pdf").text
    headings = [block.text for block in document.blocks if isinstance(block, Heading)]
    places = [text.find(heading) for heading in headings]
    found = [place for place in places if place >= 0]
    assert found == sorted(found)
    assert len(found) >= len(headings) - 1
    assert "conteste pas le principe de la transaction, mais observe que" in text


def test_the_pdf_has_pages_running_lines_and_hyphens() -> None:
    pdf = pypdfium2.PdfDocument(PDF_FOLDER / "fonds-vert-2023-bilan-cotes-darmor.pdf")
    raw = [pdf[number].get_textpage().get_text_range() for number in range(len(pdf))]
    pdf.close()
    assert len(raw) >= 2
    for number, text in enumerate(raw, start=1):
        assert f"Page {number}/{len(raw)}" in text
    assert raw[1].startswith("Préfecture des Côtes-d’Armor - Dossiers de presse")
    assert "".join(raw).count("\ufffe") >= 2


@pytest.mark.parametrize(
    ("word", "syllables"),
    [
        ("effectivement", "ef-fec-ti-ve-ment"),
        ("établissement", "éta-blis-se-ment"),
        ("accompagnement", "ac-com-pa-gne-ment"),
        ("projets", "projets"),
    ],
)
def test_long_words_may_be_parted_between_syllables(word: str, syllables: str) -> None:
    assert hyphenated(word).replace("\u00ad", "-") == syllables
