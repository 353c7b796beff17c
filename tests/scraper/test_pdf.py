"""PDF releases: each fixture is made here with fpdf2, in the shapes that French offices send."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from io import BytesIO

import pytest
from fpdf import FPDF
from PIL import Image

from recoupe.errors import ReadError
from recoupe.scraper.pdf import read_pdf

INTRO = (
    "Le préfet a signé lundi les conventions du plan vélo avec 31 communes. L'État y consacre "
    "2,4 millions d'euros, auxquels s'ajoutent 0,9 million d'euros de la région."
)
SECOND = (
    "Les travaux porteront sur 86 kilomètres d'aménagements, dont 12 en site propre. Ils "
    "commenceront en juin et dureront dix-huit mois."
)
TITLE = "Plan vélo : 2,4 millions d'euros pour 31 communes"


def new_pdf() -> FPDF:
    pdf = FPDF(format="A4")
    pdf.core_fonts_encoding = "windows-1252"
    pdf.set_creation_date(dt.datetime(2021, 3, 9, 10, 15, tzinfo=dt.UTC))
    pdf.set_font("Helvetica", size=11)
    return pdf


def release(pdf: FPDF) -> FPDF:
    pdf.add_page()
    pdf.set_font("Helvetica", "B", 12)
    pdf.cell(0, 8, "COMMUNIQUÉ DE PRESSE", new_x="LMARGIN", new_y="NEXT")
    pdf.set_font("Helvetica", size=11)
    pdf.cell(0, 8, "Saint-Brieuc, le 4 mars 2021", align="R", new_x="LMARGIN", new_y="NEXT")
    pdf.set_font("Helvetica", "B", 18)
    pdf.multi_cell(0, 9, TITLE, new_x="LMARGIN", new_y="NEXT")
    pdf.ln(4)
    pdf.set_font("Helvetica", size=11)
    pdf.multi_cell(0, 5.5, INTRO, align="J", new_x="LMARGIN", new_y="NEXT")
    pdf.ln(4)
    pdf.set_font("Helvetica", "B", 11)
    pdf.cell(0, 6, "Un chantier de dix-huit mois", new_x="LMARGIN", new_y="NEXT")
    pdf.set_font("Helvetica", size=11)
    pdf.multi_cell(0, 5.5, SECOND, new_x="LMARGIN", new_y="NEXT")
    return pdf


def text_of(pdf: FPDF) -> str:
    return read_pdf(bytes(pdf.output())).text


def test_a_release_has_its_title_date_and_whole_paragraphs() -> None:
    article = read_pdf(bytes(release(new_pdf()).output()))
    assert article.title == TITLE
    assert article.published_at == "2021-03-04"
    assert article.origins["published_at"] == "pdf-text"
    assert article.text.split("\n\n") == [INTRO, "Un chantier de dix-huit mois", SECOND]


def test_without_a_written_date_the_file_says_when_it_was_made() -> None:
    pdf = new_pdf()
    pdf.add_page()
    pdf.multi_cell(0, 5.5, INTRO)
    article = read_pdf(bytes(pdf.output()))
    assert article.published_at == "2021-03-09T11:15:00+01:00"
    assert article.origins["published_at"] == "pdf-creation"


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        (TITLE, TITLE),
        ("Microsoft Word - CP plan velo V3.docx", TITLE),
        ("CP_plan_velo_2021", TITLE),
        ("Rapport annuel sur tout autre chose", TITLE),
    ],
)
def test_the_files_own_title_counts_only_if_the_page_shows_it(stated: str, expected: str) -> None:
    pdf = new_pdf()
    pdf.set_title(stated)
    assert read_pdf(bytes(release(pdf).output())).title == expected


LEFT = (
    "La métropole a publié mardi le bilan de son plan logement. En un an, 1 340 agréments ont été "
    "délivrés, pour un objectif de 2 000. La baisse atteint 17 % par rapport à 2022, selon les "
    "services, qui l'expliquent par la hausse des taux et par le prix du foncier dans le centre."
)
RIGHT = (
    "Le conseil engagera 38 millions d'euros en 2024. Les communes du littoral recevront la moitié "
    "de cette somme. Quelque 420 logements attendent encore leur permis, dont 96 à Auray et 210 à "
    "Vannes. La vice-présidente promet un nouveau bilan avant la fin du mois de juin."
)


def two_columns() -> FPDF:
    pdf = new_pdf()
    pdf.add_page()
    pdf.set_font("Helvetica", "B", 17)
    pdf.cell(0, 12, "Logement : le bilan d'une année difficile pour la métropole")
    pdf.set_font("Helvetica", size=10)
    for left, words in ((10, LEFT), (110, RIGHT)):
        pdf.set_xy(left, 40)
        pdf.multi_cell(88, 5, words, align="J", new_x="LEFT", new_y="NEXT")
    return pdf


def test_two_columns_are_read_one_after_the_other() -> None:
    assert text_of(two_columns()).split("\n\n") == [LEFT, RIGHT]


def test_two_columns_written_line_by_line_are_read_one_after_the_other() -> None:
    pdf = new_pdf()
    pdf.add_page()
    pdf.set_font("Helvetica", size=10)
    columns = [
        pdf.multi_cell(88, 5, words, dry_run=True, output="LINES") for words in (LEFT, RIGHT)
    ]
    for number, pair in enumerate(zip(*columns, strict=True)):
        for left, line in zip((10, 110), pair, strict=True):
            pdf.set_xy(left, 40 + 5 * number)
            pdf.cell(88, 5, line)
    assert text_of(pdf).split("\n\n") == [LEFT, RIGHT]


class Running(FPDF):
    def header(self) -> None:
        self.set_font("Helvetica", size=8)
        self.cell(0, 5, f"Préfecture de Petite-Armorique - dossier {1200 + self.page_no()}")
        self.ln(12)

    def footer(self) -> None:
        self.set_y(-12)
        self.set_font("Helvetica", size=8)
        self.cell(0, 5, f"Page {self.page_no()}/4", align="C")


def test_running_heads_and_page_numbers_are_dropped() -> None:
    pdf = Running(format="A4")
    pdf.set_font("Helvetica", size=11)
    for place in ("À Brest", "À Vannes", "À Rennes", "À Quimper"):
        pdf.add_page()
        pdf.set_font("Helvetica", size=11)
        pdf.multi_cell(0, 5.5, f"{place}, le fonds a aidé 340 entreprises. " * 4)
    text = text_of(pdf)
    assert "dossier" not in text
    assert "Page" not in text
    assert text.count("le fonds a aidé 340 entreprises") == 16


def test_a_paragraph_goes_on_over_a_page_break() -> None:
    pdf = new_pdf()
    for line in ("Le préfet a signé trente et une conventions avec les", "communes du littoral."):
        pdf.add_page()
        pdf.set_y(200 if line.endswith("les") else 20)
        pdf.cell(0, 6, line)
    assert text_of(pdf) == (
        "Le préfet a signé trente et une conventions avec les communes du littoral."
    )


@pytest.mark.parametrize(
    ("first", "second", "joined"),
    [
        ("Les 31 communes ont reçu leur finance-", "ment avant l'été.", "financement avant"),
        ("La réunion se tiendra à Saint-", "Brieuc en juin.", "Saint-Brieuc en juin"),
        ("Guingamp n'est plus le chef-", "lieu du canton.", "chef-lieu du canton"),
        ("Qu'en sera-", "t-il demain ?", "sera-t-il demain"),
        ("Le plan 2020-", "2022 prend fin.", "2020-2022 prend fin"),
        ("L'éco-mobilité progresse, l'éco-", "mobilité attire.", "l'éco-mobilité attire"),
        ("La plate-forme ouvre ; la plate-", "forme attire 300 clients.", "la plate-forme attire"),
        ("Les agri-", "culteurs ont reçu 12 M€.", "agriculteurs ont reçu 12 M€"),
    ],
)
def test_a_hyphen_at_a_lines_end_goes_unless_the_word_has_it(
    first: str, second: str, joined: str
) -> None:
    pdf = new_pdf()
    pdf.add_page()
    pdf.multi_cell(0, 5.5, f"{first}\n{second}")
    assert joined in text_of(pdf)


def test_a_table_keeps_its_cells_apart_and_its_header_first() -> None:
    pdf = new_pdf()
    pdf.add_page()
    pdf.multi_cell(0, 5.5, INTRO, new_x="LMARGIN", new_y="NEXT")
    pdf.ln(6)
    rows = [
        ("Arrondissement", "Communes", "Montant"),
        ("Nord", "19", "1,5 M€"),
        ("Sud", "12", "0,9 M€"),
    ]
    for row in rows:
        for cell in row:
            pdf.cell(55, 7, cell)
        pdf.ln(7)
    pdf.ln(6)
    pdf.multi_cell(0, 5.5, SECOND)
    assert text_of(pdf).split("\n\n") == [
        INTRO,
        "Arrondissement | Communes | Montant\nNord | 19 | 1,5 M€\nSud | 12 | 0,9 M€",
        SECOND,
    ]


def test_bullets_become_list_items() -> None:
    pdf = new_pdf()
    pdf.add_page()
    pdf.multi_cell(0, 5.5, "Le plan prévoit :\n• 86 km de pistes ;\n• 1 200 arceaux.")
    assert text_of(pdf).split("\n\n") == [
        "Le plan prévoit :",
        "- 86 km de pistes ;\n- 1 200 arceaux.",
    ]


def test_press_contacts_are_dropped() -> None:
    pdf = release(new_pdf())
    pdf.ln(8)
    for line in ("Contact presse :", "Tél. : 02 96 00 00 00", "presse@petite-armorique.example"):
        pdf.cell(0, 6, line, new_x="LMARGIN", new_y="NEXT")
    assert text_of(pdf).endswith(SECOND)


def test_a_scanned_pdf_says_that_no_ocr_is_done() -> None:
    picture = BytesIO()
    Image.new("RGB", (200, 280), "white").save(picture, "PNG")
    pdf = new_pdf()
    pdf.add_page()
    pdf.image(picture, x=10, y=10, w=180)
    with pytest.raises(ReadError, match="scan, and no OCR"):
        text_of(pdf)


def locked() -> bytes:
    pdf = release(new_pdf())
    pdf.set_encryption(owner_password="a", user_password="b")  # noqa: S106
    return bytes(pdf.output())


def long() -> bytes:
    pdf = new_pdf()
    for _ in range(301):
        pdf.add_page()
    return bytes(pdf.output())


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (locked, "password"),
        (long, "301 pages"),
        (lambda: b"%PDF-1.7\nnothing of a PDF follows", "broken"),
        (lambda: bytes(release(new_pdf()).output())[:400], "broken"),
    ],
)
def test_an_unreadable_pdf_is_a_clear_failure(make: Callable[[], bytes], message: str) -> None:
    with pytest.raises(ReadError, match=message):
        read_pdf(make())
