"""Shapes of real pages that once lost or let in text: layout tables, quotations, bylines, walls."""

from __future__ import annotations

import pytest

from recoupe.records import Article
from recoupe.scraper.pdf_layout import Segment, reading_order
from recoupe.scraper.reader import read_bytes

LEAD = "Le conseil a voté lundi une enveloppe de 12 millions d’euros pour les communes."
BODY = [
    f"Le projet numéro {number} coûtera, d’après le maire, bien plus cher que ce qui avait été dit "
    "aux habitants lors de la réunion publique tenue dans la salle des fêtes."
    for number in range(6)
]
QUOTE = "«\u00a0Nous tiendrons le calendrier, et nous paierons les entreprises à temps.\u00a0»"


def read(body: str, *, head: str = "") -> Article:
    markup = f"<html lang=fr><head>{head}</head><body>{body}</body></html>"
    return read_bytes(markup.encode(), media="html", charset="utf-8")


def old_page(byline: str) -> str:
    text = "<br><br>".join(BODY)
    return (
        "<table width=780><tr><td colspan=3><font size=5><b>Le Courrier du canton</b></font><br>"
        "Journal d’information</td></tr><tr><td width=150><a href='/'>Accueil</a><br>"
        "<a href='/a'>Loto : 1 830 euros de lots</a></td><td width=480><table><tr><td>"
        f"<font size=4><b>Une enveloppe pour les communes</b></font><br><i>{byline}</i><br><br>"
        f"<b>{LEAD}</b><br><br><table align=right><tr><td><img src=a.jpg><br>La salle, refaite "
        f"pour 312 000 euros.</td></tr></table>{text}</td></tr></table></td><td width=150>"
        "Votre publicité ici : 45 euros la semaine, 8 200 lecteurs.</td></tr><tr><td colspan=3>"
        "Vous êtes le 41 873e visiteur depuis le 1er janvier 2004.</td></tr></table>"
    )


def test_a_page_of_tables_gives_the_column_of_its_article() -> None:
    article = read(
        old_page("Par Jeanne Kerbrat, le 12 mai 2008"),
        head="<title>Le Courrier du canton - Une enveloppe pour les communes</title>",
    )
    assert article.title == "Une enveloppe pour les communes"
    assert article.standfirst == LEAD
    assert article.text.split("\n\n") == [LEAD, *BODY]
    assert (article.author, article.published_at) == ("Jeanne Kerbrat", "2008-05-12")


@pytest.mark.parametrize(
    ("line", "author"),
    [
        ("Par Jeanne Kerbrat", "Jeanne Kerbrat"),
        ("Par Jeanne Kerbrat et Yann Le Bihan", "Jeanne Kerbrat, Yann Le Bihan"),
        ("Par ailleurs, 14 communes ont signé.", None),
        ("Par Courriel", None),
    ],
)
def test_a_line_that_says_par_names_the_author(line: str, author: str | None) -> None:
    assert read(old_page(line)).author == author


def test_a_quotation_of_the_state_s_design_system_is_prose_and_its_speaker_no_author() -> None:
    article = read(
        f"<main><h1>Une enveloppe pour les communes</h1><p>{BODY[0]}</p><p>{BODY[1]}</p>"
        f'<figure class="fr-quote"><blockquote><p>{QUOTE}</p></blockquote><figcaption>'
        '<p class="fr-quote__author">— Jeanne Kerbrat, préfète</p></figcaption></figure>'
        f"<p>{BODY[2]}</p><figure><img src=a.jpg><figcaption>Une salle refaite pour 312 000 euros."
        f"</figcaption></figure><p>{BODY[3]}</p></main>"
    )
    assert article.text.split("\n\n") == [
        *BODY[:2],
        QUOTE,
        "— Jeanne Kerbrat, préfète",
        *BODY[2:4],
    ]
    assert article.author is None


def test_the_tagline_of_a_blog_is_no_standfirst() -> None:
    article = read(
        "<header><p class=site-title>La Lettre</p><p class=site-description>Toutes les politiques "
        "territoriales de la Bretagne et des Pays de la Loire</p></header><article>"
        f"<h1>Une enveloppe pour les communes</h1><p><strong>{LEAD}</strong></p><p>{BODY[0]}</p>"
        f"<p>{BODY[1]}</p></article>"
    )
    assert article.standfirst == LEAD


@pytest.mark.parametrize(
    ("line", "paywalled"),
    [
        ("Il vous reste 54\u00a0% de cet article à lire.", True),
        ("La suite est réservée aux abonnés.", True),
        ("Il reste 54\u00a0% des crédits à verser.", None),
        ("Réservé aux abonnés", None),
    ],
)
def test_a_notice_says_that_an_article_is_for_subscribers(
    line: str, *, paywalled: bool | None
) -> None:
    article = read(f"<article><h1>Une enveloppe</h1><p>{LEAD}</p><p>{line}</p></article>")
    assert article.paywalled is paywalled


def test_the_first_paragraph_of_a_dispatch_is_no_standfirst() -> None:
    opening = f"Paris, 2 sept 2025 (AHX) - {LEAD}"
    article = read(
        f"<article><h1>Une enveloppe</h1><p>{opening}</p><p>{BODY[0]}</p></article>",
        head=f'<meta property="og:description" content="{opening[:70]}…">',
    )
    assert article.standfirst is None
    assert article.text.startswith(opening)


def line(text: str, left: float, right: float, top: float) -> Segment:
    return Segment(text=text, left=left, right=right, bottom=top - 9, top=top, size=9.5, bold=False)


def test_columns_under_a_table_are_read_one_after_the_other() -> None:
    cells = [
        line(f"{row}{column}", 60 + 130 * column, 100 + 130 * column, 700 - 14 * row)
        for row in range(5)
        for column in range(4)
    ]
    columns = [
        line(f"{side} {row} dit une phrase assez longue", left, left + 210, 600 - 13 * row)
        for row in range(6)
        for side, left in (("gauche", 60), ("droite", 310))
    ]
    flows = reading_order([*cells, *columns])
    texts = [row.text.split(" dit")[0] for flow in flows for row in flow][5:]
    assert texts == [f"{side} {row}" for side in ("gauche", "droite") for row in range(6)]
