import json
import re

import pypdfium2
import pytest
from bs4 import BeautifulSoup

from recoupe.corpus import feeds, pages
from recoupe.corpus.documents import (
    Block,
    BulletList,
    Document,
    Heading,
    Paragraph,
    Signature,
    Table,
    load,
)
from recoupe.corpus.pdf import hyphenated, render
from recoupe.corpus.sites import PDF_FOLDER, build

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
    page = markup(document)
    found = texts(page, "p, h2, h3, li, td, th")
    for block in document.blocks:
        for wanted in strings(block):
            assert wanted in found, wanted
    assert document.title in texts(page, "h1")


@pytest.mark.parametrize("document", HTML, ids=lambda document: document.slug)
def test_the_furniture_has_figures_that_the_article_has_not(document: Document) -> None:
    site = pages.furniture()[document.source]
    lines = [brief["title"] for brief in site.get("briefs", ())]
    lines += [comment["text"] for comment in site.get("comments", ())]
    lines += [caption["text"] for caption in site.get("captions", ())]
    for line in lines:
        assert re.search(r"\d", line)
        assert line not in document.text


def test_the_daily_describes_itself_in_json_ld() -> None:
    document = next(d for d in DOCUMENTS if d.paywalled)
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
    line = pages.furniture()["gazette"]["paywall"]
    for document in HTML:
        assert (line in markup(document)) == document.paywalled


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
            "blog",
            ["article.post h1.entry-title", ".entry-content > p > strong", "time[datetime]"],
            ["script", ".chapo", 'meta[property="og:title"]', 'meta[name="description"]'],
        ),
    ],
)
def test_each_family_has_its_own_markup(family: str, marks: list[str], absent: list[str]) -> None:
    document = next(d for d in HTML if d.family == family and d.standfirst)
    soup = BeautifulSoup(markup(document), "lxml")
    assert [mark for mark in marks if not soup.select(mark)] == []
    assert [mark for mark in absent if soup.select(mark)] == []


def test_the_blog_writes_its_no_break_spaces_as_entities() -> None:
    blog = [document for document in HTML if document.family == "blog"]
    for document in blog:
        page = markup(document)
        assert "\u00a0" not in page
        assert "\u202f" not in page
        assert "&nbsp;" in page
    assert any("\u202f" in document.text for document in blog)


def test_a_page_escapes_its_text() -> None:
    assert str(pages.entities("R&D < 3\u202f%")) == "R&amp;D &lt; 3&#8239;%"
    assert str(pages.linked("Le <b> Fonds vert", "Fonds vert")) == (
        'Le &lt;b&gt; <a href="/lettre/?tag=1">Fonds vert</a>'
    )


def test_furniture_stands_between_paragraphs() -> None:
    blocks = (Paragraph("a." * 9), BulletList(("b",)), Paragraph("c."), Heading("D"), Table((), ()))
    assert [place for place in pages.pauses(blocks) if place] == [3]


@pytest.mark.parametrize("document", HTML, ids=lambda document: document.slug)
def test_every_link_of_a_page_leads_somewhere(document: Document) -> None:
    for anchor in BeautifulSoup(markup(document), "lxml").select("a[href^='/']"):
        path = re.split(r"[#?]", str(anchor["href"]))[0]
        assert path in SITE, anchor


def test_the_feed_holds_the_latest_and_the_sitemap_the_older_ones_too() -> None:
    gazette = pages.latest(DOCUMENTS, "gazette")
    feed = feeds.rss(DOCUMENTS, BASE).decode()
    sitemap = feeds.news_sitemap(DOCUMENTS, BASE).decode()
    for number, document in enumerate(gazette):
        assert (document.path in feed) == (number < feeds.RSS_ITEMS)
        assert f"{BASE}{document.path}</loc>" in sitemap
    assert len(gazette) > feeds.RSS_ITEMS


def words(text: str) -> list[str]:
    return re.sub(r"[\u00a0\u202f]", " ", text).split()


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
def test_the_pdf_holds_the_words_of_every_block(document: Document) -> None:
    found = " ".join(words(pdf_text((PDF_FOLDER / f"{document.slug}.pdf").read_bytes())))
    for block in document.blocks:
        for wanted in strings(block):
            assert " ".join(words(wanted)) in found, wanted


@pytest.mark.parametrize("document", PDF, ids=lambda document: document.slug)
def test_the_committed_pdf_is_what_the_maker_makes(document: Document) -> None:
    committed = (PDF_FOLDER / f"{document.slug}.pdf").read_bytes()
    made = render(document)
    assert pdf_text(made) == pdf_text(committed)
    assert made == render(document)


def test_the_pdf_has_pages_running_lines_and_hyphens() -> None:
    pdf = pypdfium2.PdfDocument(PDF_FOLDER / f"{PDF[0].slug}.pdf")
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
