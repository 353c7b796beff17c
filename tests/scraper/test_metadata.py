"""What a page says of itself: every field, in the ways that French sites write it."""

from __future__ import annotations

import pytest

from recoupe.records import Article, Recipe, Source
from recoupe.scraper.authors import joined
from recoupe.scraper.metadata import kind_of
from recoupe.scraper.published import labelled_dates, normal_date
from recoupe.scraper.reader import read_bytes

BODY = (
    "<article><h1>Plan vélo : 12 millions</h1><p>Le conseil a voté lundi une enveloppe de 12 "
    "millions d’euros pour les communes.</p><p>Les travaux commenceront en juin, selon le maire, "
    "et dureront dix-huit mois au moins.</p></article>"
)
URL = "https://www.courrier.example/eco/plan-velo"


def read(head: str, *, body: str = BODY, url: str | None = URL) -> Article:
    markup = f"<html lang=fr-FR><head>{head}</head><body>{body}</body></html>"
    return read_bytes(markup.encode(), media="html", charset="utf-8", url=url)


def ld(json: str) -> str:
    return f'<script type="application/ld+json">{json}</script>'


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2024-02-03T13:07:00Z", "2024-02-03T14:07:00+01:00"),
        ("2024-07-03T22:30:00.000Z", "2024-07-04T00:30:00+02:00"),
        ("2024-02-03T14:07:00+01:00", "2024-02-03T14:07:00+01:00"),
        ("2024-02-03T14:07:00+0400", "2024-02-03T14:07:00+04:00"),
        ("2024-02-03T14:07", "2024-02-03T14:07:00+01:00"),
        ("2024-02-03", "2024-02-03"),
        ("mis à jour le 3 février 2024 à 14h07", "2024-02-03T14:07:00+01:00"),
        ("samedi 1er août 2020 - 9h", "2020-08-01T09:00:00+02:00"),
        ("03/02/2024", "2024-02-03"),
        ("3.2.24", "2024-02-03"),
        ("Sat, 03 Feb 2024 13:07:00 GMT", "2024-02-03T14:07:00+01:00"),
        ("2024-02-30", None),
        ("31/02/2024", None),
        ("12 communes", None),
        ("0001-01-01T00:00:00Z", None),
        ("", None),
        (None, None),
    ],
)
def test_dates_come_out_in_iso_with_the_paris_zone(
    written: str | None, expected: str | None
) -> None:
    assert normal_date(written) == expected


@pytest.mark.parametrize(
    ("line", "published", "modified"),
    [
        ("Publié le 3 février 2024, mis à jour le 4/2/2024", "2024-02-03", "2024-02-04"),
        ("Mis à jour le 04/03/2024", None, "2024-03-04"),
        ("Article publié le 3 févr. 2024 à 8h", "2024-02-03T08:00:00+01:00", None),
        ("Le 3 février 2024, le conseil a voté.", None, None),
    ],
)
def test_the_word_before_a_date_says_which_it_is(
    line: str, published: str | None, modified: str | None
) -> None:
    assert labelled_dates(line) == (published, modified)


@pytest.mark.parametrize(
    ("bylines", "expected"),
    [
        (["Par Jeanne Kerbrat et Yann Le Bihan"], "Jeanne Kerbrat, Yann Le Bihan"),
        (["Jeanne Kerbrat", "AFP"], "Jeanne Kerbrat, AFP"),
        (["Par Jeanne Kerbrat (à Rennes), publié le 3 mai 2023"], "Jeanne Kerbrat"),
        (["Propos recueillis par Jeanne Kerbrat"], "Jeanne Kerbrat"),
        (["Jeanne Kerbrat, journaliste"], "Jeanne Kerbrat"),
        (["JEANNE KERBRAT", "Jeanne Kerbrat"], "JEANNE KERBRAT"),
        (["https://www.facebook.com/journal"], None),
        (["admin"], None),
        (["La Rédaction"], None),
        ([""], None),
    ],
)
def test_authors_are_names_only(bylines: list[str], expected: str | None) -> None:
    assert joined(bylines) == expected


FIELDS = '"datePublished":"2024-02-03","author":'
NAME = '"Jeanne Kerbrat"'
PERSON = '{"@type":"Person","name":"Par Jeanne Kerbrat"}'
NEWS = f'{{"@type":"NewsArticle",{FIELDS}{NAME}}}'


@pytest.mark.parametrize(
    "json",
    [
        NEWS,
        f'{{"@type":"NewsArticle",{FIELDS}{PERSON}}}',
        f'[{{"@type":"WebPage"}},{{"@type":"ReportageNewsArticle",{FIELDS}[{NAME}]}}]',
        f'{{"@graph":[{{"@type":"Thing"}},{{"@type":["Article","BlogPosting"],{FIELDS}[{PERSON}]}}]}}',
        f'{{"@type":"WebPage","mainEntity":{{"@type":"http://schema.org/Article",{FIELDS}{NAME}}}}}',
        f'{{"@type":"NewsArticle","headline":"a\tb",{FIELDS}{NAME},}}',
        f"/*<![CDATA[*/ {NEWS} /*]]>*/",
        f"{NEWS};window.x=1",
    ],
)
def test_json_ld_is_read_in_all_its_shapes(json: str) -> None:
    article = read(ld(json))
    assert article.published_at == "2024-02-03"
    assert article.author == "Jeanne Kerbrat"
    assert article.origins["published_at"] == "json-ld"


@pytest.mark.parametrize("json", ["{", "", "[]", "null", '"x"', "{'a': 1}", "[" * 100_000])
def test_broken_json_ld_is_passed_over(json: str) -> None:
    article = read(ld(json) + '<meta property="article:published_time" content="2024-02-03">')
    assert article.published_at == "2024-02-03"


@pytest.mark.parametrize(
    ("json", "expected"),
    [
        ('"isAccessibleForFree":false', True),
        ('"isAccessibleForFree":"False"', True),
        ('"isAccessibleForFree":"http://schema.org/False"', True),
        ('"isAccessibleForFree":true', False),
        ('"isAccessibleForFree":"True"', False),
        ('"hasPart":{"isAccessibleForFree":"false","cssSelector":".p"}', True),
        ('"hasPart":[{"isAccessibleForFree":true},{"isAccessibleForFree":false}]', True),
        ('"headline":"Plan vélo"', None),
    ],
)
def test_a_paywall_is_known_however_it_is_said(json: str, expected: bool | None) -> None:
    assert read(ld(f'{{"@type":"NewsArticle",{json}}}')).paywalled is expected


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("<title>Plan vélo : 12 millions | Le Courrier</title>", "Plan vélo : 12 millions"),
        (
            '<meta property="og:title" content="12 millions pour le plan vélo">',
            "Plan vélo : 12 millions",
        ),
        (ld('{"@type":"NewsArticle","headline":"Tout autre chose ici"}'), "Tout autre chose ici"),
        ("", "Plan vélo : 12 millions"),
    ],
)
def test_the_title_is_the_headline_that_metadata_confirm(head: str, expected: str) -> None:
    assert read(head).title == expected


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        ("https://courrier.example/eco/plan-velo-2", "https://courrier.example/eco/plan-velo-2"),
        ("/eco/autre", "https://www.courrier.example/eco/autre"),
        ("https://ailleurs.example2/eco", URL),
        ("https://www.courrier.example/", URL),
        ("javascript:alert(1)", URL),
        ("http://[", URL),
    ],
)
def test_the_canonical_address_counts_on_the_same_site_only(link: str, expected: str) -> None:
    assert read(f'<link rel="canonical" href="{link}">').url == expected


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        ("https://www.economie.gouv.fr/actualites/x", "official"),
        ("https://www.cotes-darmor.gouv.fr/x", "official"),
        ("https://www.senat.fr/presse/cp1.html", "official"),
        ("https://www.elysee.fr/x", "official"),
        ("https://www.ccomptes.fr/fr/publications/x", "official"),
        ("https://www.prefectures-regions.gouv.fr/x", "official"),
        ("https://ville.courrier.example/", "official"),
        ("https://www.lecourrier.example/ville/x", "press"),
        ("https://www.maville.example/", "press"),
        ("https://notgouv.fr/", "press"),
        (None, "press"),
    ],
)
def test_the_host_tells_press_from_official(url: str | None, kind: str) -> None:
    assert kind_of(url, None)[0] == kind


def test_a_recipe_overrules_what_the_page_says() -> None:
    source = Source(
        name="courrier",
        title="Le Courrier",
        kind="press",
        hosts=("courrier.example",),
        territory="22",
        recipe=Recipe(
            title=".t", standfirst=".s", body=".b", author=".a", published="time", remove=(".x",)
        ),
    )
    markup = (
        "<html lang=fr><body><div class=t>Le vrai titre</div><p class=a>Par Jeanne Kerbrat</p>"
        '<time datetime="2024-02-03T08:00">hier</time><p class=s>Le chapô tient en 12 mots, pas un '
        "de plus.</p><div class=b><p>Le conseil a voté 12 millions d’euros pour les communes du "
        "littoral.</p><p class=x>À jeter, même dit en prose : 99 euros.</p><p>Fin.</p></div>"
        "<div><p>Ailleurs, une autre phrase assez longue parle de 14 millions d’euros.</p></div>"
    )
    article = read_bytes(markup.encode(), media="html", source=source, url=URL)
    assert article.title == "Le vrai titre"
    assert article.author == "Jeanne Kerbrat"
    assert article.published_at == "2024-02-03T08:00:00+01:00"
    assert article.territory == "22"
    assert article.text.split("\n\n") == [
        "Le chapô tient en 12 mots, pas un de plus.",
        "Le conseil a voté 12 millions d’euros pour les communes du littoral.",
        "Fin.",
    ]
    assert article.origins["text"] == article.origins["title"] == "recipe"
