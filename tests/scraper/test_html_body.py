"""What of a page is the article: the pages beside this file are ours, in the shapes sites have."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recoupe.errors import ReadError
from recoupe.records import Article
from recoupe.scraper.reader import read_bytes

PAGES = Path(__file__).parent / "pages"
SENTENCE = "Le conseil a voté lundi une enveloppe de 12 millions d’euros pour les communes."


def page(name: str) -> Article:
    return read_bytes((PAGES / f"{name}.html").read_bytes(), media="html")


def article(inner: str, *, head: str = "") -> Article:
    markup = f"<html lang=fr><head>{head}</head><body>{inner}</body></html>"
    return read_bytes(markup.encode(), media="html", charset="utf-8")


def blocks(inner: str, *, head: str = "") -> list[str]:
    return article(inner, head=head).text.split("\n\n")


@pytest.mark.parametrize(
    ("name", "first", "last", "count"),
    [
        (
            "press",
            "Deux ans après l’annonce d’un investissement",
            "sur un avenant à la convention.",
            8,
        ),
        ("dsfr", "Le préfet a signé lundi", "contre 48\xa0% en 2022.", 8),
        ("wordpress", "L’association a publié vendredi le bilan", "un local de 240\xa0m².", 6),
        ("spip", "Le syndicat a attribué hier un marché", "couvriront 31\xa0% de la dépense.", 6),
        ("drupal", "La métropole a délivré 1\xa0340\xa0agréments", "- Auray\xa0: 96 logements", 8),
        ("gazette_cp1252", "La chambre de commerce investira", "— un effort « considérable ».", 4),
    ],
)
def test_an_article_is_its_standfirst_and_body(
    name: str, first: str, last: str, count: int
) -> None:
    read = page(name)
    assert read.text.startswith(first)
    assert read.text.endswith(last)
    assert len(read.text.split("\n\n")) == count


@pytest.mark.parametrize("name", ["press", "dsfr", "wordpress", "spip", "drupal", "gazette_cp1252"])
def test_the_standfirst_stands_first_and_once(name: str) -> None:
    read = page(name)
    assert read.standfirst
    assert read.text.startswith(f"{read.standfirst}\n\n")
    assert read.text.count(read.standfirst) == 1


@pytest.mark.parametrize(
    ("name", "leaks"),
    [
        (
            "press",
            ["Lire aussi", "3 000 emplois", "45 millions", "60 postes", "newsletter", "5 infos",
             "77", "Photo", "400 personnes", "Partager", "Temps de lecture", "12 ans", "842",
             "jetés par les fenêtres", "Publié le", "Kerbrat", "1 €", "Usine de Lamballe"],
        ),
        ("dsfr", ["Partager", "1 200 candidats", "300 postes", "Télécharger", "Mis à jour"]),
        ("wordpress", ["500 vélos", "14 composteurs", "Twitter", "commentaire", "mai 2023"]),
        ("spip", ["12 lignes", "18 mètres", "[1]", "Accueil", "Tous droits", "novembre"]),
        ("drupal", ["02 97", "Publié le", "suivez l’actualité"]),
        ("gazette_cp1252", ["Copyright", "Annonces", "Publié le", "Un nouveau sas"]),
    ],
)  # fmt: skip
def test_nothing_around_the_article_leaks_into_it(name: str, leaks: list[str]) -> None:
    text = page(name).text
    assert [leak for leak in leaks if leak in text] == []


def test_no_break_spaces_superscripts_and_inline_tags_are_kept_as_written() -> None:
    text = page("press").text
    assert "Le 1er octobre, seuls 37\xa0contrats" in text
    assert "12\xa0000\xa0m2 d’ateliers, selon la préfecture des Côtes-d’Armor." in text
    assert "« un simple décalage de calendrier »" in text


def test_a_table_is_its_caption_its_header_and_its_rows() -> None:
    assert (
        "Emplois au site de Lamballe\nAnnée | Promis | Créés\n2022 | 40 | 12\n2023 | 120 | 37"
    ) in page("press").text


def test_a_list_is_one_block_of_items() -> None:
    assert (
        "\n\n- 1,5\xa0M€ à 80\xa0emplois\xa0;\n- 0,8\xa0M€ à 120\xa0emplois.\n\n"
        in page("press").text
    )


def test_a_cell_that_spans_rows_is_read_in_each() -> None:
    rows = (
        "<tr><th>Région</th><th>Année</th><th>Aides</th></tr>"
        "<tr><td rowspan=2>Bretagne</td><td>2022</td><td>4 M€</td></tr>"
        "<tr><td>2023</td><td>6 M€</td></tr>"
    )
    read = blocks(f"<article><h1>Les aides</h1><p>{SENTENCE}</p><table>{rows}</table></article>")
    assert read[1] == "Région | Année | Aides\nBretagne | 2022 | 4 M€\nBretagne | 2023 | 6 M€"


@pytest.mark.parametrize(
    ("inner", "expected"),
    [
        ("Une aide de <b>12</b>&nbsp;<b>M€</b> sera versée", "Une aide de 12\xa0M€ sera versée"),
        ("près de 5<sup>e</sup> place et H<sub>2</sub>O", "près de 5e place et H2O"),
        ("un <a href='/x'>lien</a>, puis <em>rien</em>.", "un lien, puis rien."),
        ("à\n  la   ligne\t12\u202f%", "à la ligne 12\u202f%"),
        ("ligne une<br>ligne deux", "ligne une\nligne deux"),
        ("l&#146;&#339;uvre \ue001&#8;co&ucirc;te 3 &#128;", "l’œuvre coûte 3 €"),
        ("caché <span style='display:none'>999 morts</span>ici", "caché ici"),
        ("un script <script>var a = 12;</script>ici", "un script ici"),
    ],
)
def test_inline_elements_neither_glue_nor_split_words(inner: str, expected: str) -> None:
    first = f"<article><h1>Un titre de trois mots</h1><p>{SENTENCE}</p>"
    second = f"<p>Les maires des deux cantons demandaient le double et l’ont redit : {inner}</p>"
    last = (
        "<p>Le préfet rendra ses arbitrages à la fin du mois de juin, a-t-il promis.</p></article>"
    )
    assert blocks(first + second + last)[1].endswith(f" : {expected}")


@pytest.mark.parametrize(
    "inner",
    [
        f"<main><article><h1>Titre de la page</h1><p>{SENTENCE}</p></article></main>",
        f"<form id=aspnetForm><h1>Titre de la page</h1><p>{SENTENCE}</p></form>",
        f"<header><h1><a href=/>Préfecture</a></h1></header><main><p>{SENTENCE}</p></main>",
        f"<div class='has-sidebar paywall'><div class='prose'><p>{SENTENCE}</p></div></div>",
    ],
)
def test_a_brief_is_found_in_any_frame(inner: str) -> None:
    assert blocks(inner) == [SENTENCE]


def test_list_items_that_begin_with_a_link_stay() -> None:
    items = "<ul><li><a href=/b>Brest</a> : 12 M€</li><li><a href=/l>Lorient</a> : 8 M€</li></ul>"
    inner = (
        f"<article><h1>Titre de la page</h1><p>{SENTENCE}</p>{items}<p>Fin en 2030.</p></article>"
    )
    assert blocks(inner)[1] == "- Brest : 12 M€\n- Lorient : 8 M€"


def test_what_stands_above_the_headline_is_not_the_article() -> None:
    above = (
        "<main><div class='md:block'><p>Ailleurs, 300 emplois ont été supprimés lundi.</p></div>"
    )
    last = "<p>Les maires en demandaient 24, rappelle leur président.</p></div></main>"
    inner = f"{above}<div class=prose><h1>Titre de la page</h1><p>{SENTENCE}</p>{last}"
    assert "300 emplois" not in article(inner).text


@pytest.mark.parametrize(
    "chapo",
    [
        "<p class=article__chapo>{}</p>",
        "<h2 class=subheadline itemprop=description>{}</h2>",
        "<div><span class=article__standfirst>{}</span></div>",
        "<div class='field field--name-field-chapo'><div>{}</div></div>",
        "<p class=fr-text--lead>{}</p>",
        "<p><strong>{} Il faudra attendre juin.</strong></p>",
    ],
)
def test_the_chapo_is_known_by_its_name_or_its_weight(chapo: str) -> None:
    lead = "La région débloque 45 millions d’euros pour quatorze ports, loin des 260 espérés."
    inner = f"<article><h1>Titre de la page</h1>{chapo.format(lead)}<p>{SENTENCE}</p></article>"
    standfirst = article(inner).standfirst
    assert standfirst is not None
    assert standfirst.startswith(lead)


def test_a_pull_quote_is_not_counted_twice() -> None:
    quote = "<blockquote><p>une enveloppe de 12 millions d’euros</p></blockquote>"
    end = "<p>La suite viendra en juin 2025, promet-il au conseil.</p></article>"
    assert (
        article(f"<article><h1>Titre de la page</h1><p>{SENTENCE}</p>{quote}{end}").text.count(
            "12 millions"
        )
        == 1
    )


@pytest.mark.parametrize(
    ("description", "found"),
    [
        ("Le conseil a voté lundi une enveloppe de 12 millions d’euros…", True),
        (SENTENCE, True),
        ("Toute l’actualité des communes de la région est à suivre chaque jour ici.", False),
    ],
)
def test_a_description_is_the_standfirst_only_if_the_page_shows_it(
    description: str, *, found: bool
) -> None:
    head = f'<meta property="og:description" content="{description}">'
    second = "Les maires demandaient le double, rappelle le président de leur association."
    read = article(
        f"<article><h1>Un titre ici</h1><p>{SENTENCE}</p><p>{second}</p></article>", head=head
    )
    assert read.standfirst == (SENTENCE if found else None)
    assert read.text == f"{SENTENCE}\n\n{second}"


@pytest.mark.parametrize(("name", "message"), [("listing", "listing"), ("cookie_wall", "wall")])
def test_a_page_without_an_article_is_refused(name: str, message: str) -> None:
    with pytest.raises(ReadError, match=message):
        page(name)


@pytest.mark.parametrize(
    ("inner", "message"),
    [
        ("<p>Bonjour.</p>", "holds no article"),
        ("<div id=app></div>", "holds no article"),
        ("<p>Please enable JS and disable any ad blocker</p>", "wall"),
        (
            "<h1>Accès refusé</h1><p>Accès refusé : cette page n’est pas pour vous.</p>",
            "wall",
        ),
    ],
)
def test_empty_pages_and_robot_checks_are_refused(inner: str, message: str) -> None:
    with pytest.raises(ReadError, match=message):
        article(inner)


@pytest.mark.parametrize("depth", [300, 5_000])
def test_deep_nesting_is_survived(depth: int) -> None:
    inner = (
        "<div>" * depth + f"<p>{SENTENCE} {SENTENCE}</p><p>{SENTENCE} Fin.</p>" + "</div>" * depth
    )
    try:
        assert SENTENCE in article(inner).text
    except ReadError as error:
        assert depth > 2_000, error  # noqa: PT017


def test_no_external_entity_is_read(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("mot de passe", encoding="utf-8")
    markup = (
        f'<!DOCTYPE html [<!ENTITY x SYSTEM "{secret.as_uri()}">]><html><body><article><h1>Titre '
        f"de page</h1><p>{SENTENCE} &x;</p><p>{SENTENCE} Deux.</p></article></body></html>"
    )
    assert "mot de passe" not in read_bytes(markup.encode(), media="html").text


TAGS = [
    "div",
    "p",
    "article",
    "table",
    "tr",
    "td",
    "ul",
    "li",
    "b",
    "a",
    "h2",
    "span",
    "br",
    "figure",
]


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.one_of(
            st.sampled_from([f"<{tag}>" for tag in TAGS] + [f"</{tag}>" for tag in TAGS]),
            st.just(SENTENCE),
            st.text(max_size=12),
        ),
        max_size=30,
    )
)
def test_any_soup_is_an_article_or_a_read_error(parts: list[str]) -> None:
    try:
        assert article("".join(parts)).text.strip()
    except ReadError as error:
        assert str(error)  # noqa: PT017
