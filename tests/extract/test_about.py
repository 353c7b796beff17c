"""What a figure is about: programme, place, period, payer, measure, accounting perimeter."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from spacy.language import Language

from recoupe.models import analyse
from recoupe.records import Article, Extraction, Fact

Analyse = Callable[..., Extraction]


def _fact(extraction: Extraction, figure: str) -> Fact:
    quantity = next(q for q in extraction.quantities if q.text.startswith(figure))
    return next(fact for fact in extraction.facts if fact.quantity == quantity.id)


@pytest.mark.parametrize(
    ("sentence", "figure", "measure"),
    [
        ("300 logements sociaux ont été livrés.", "300", "logement social"),
        ("L'État engage 3 millions d'euros d'investissements.", "3 m", "investissement"),
        ("L'État engage 3 millions d'euros.", "3 m", None),
        ("En crédits de paiement, 3 millions d'euros ont été versés.", "3 m", "crédit de paiement"),
        ("La vacance commerciale est tombée à 16,2 %.", "16,2", "vacance commercial"),
        ("La ville veut ramener la vacance commerciale à 12 %.", "12", "vacance commercial"),
        ("Quant aux arceaux, 388 sont posés.", "388", "arceau"),
        ("74 kilomètres d'itinéraires ont été livrés.", "74", "itinéraire"),
        ("85 % des projets sont engagés.", "85", None),
    ],
)
def test_measure(analyse_text: Analyse, sentence: str, figure: str, measure: str | None) -> None:
    assert _fact(analyse_text(sentence), figure).measure == measure


@pytest.mark.parametrize(
    ("sentence", "perimeter"),
    [
        ("L'enveloppe est de 11,5 M€ d'autorisations d'engagement.", "AE"),
        ("Les crédits de paiement atteignent 11,5 M€.", "CP"),
        ("L'État a versé 11,5 M€.", None),
    ],
)
def test_perimeter(analyse_text: Analyse, sentence: str, perimeter: str | None) -> None:
    assert _fact(analyse_text(sentence), "11,5").perimeter == perimeter


@pytest.mark.parametrize(
    ("sentence", "actor"),
    [
        ("Action Logement apporte 12 millions d'euros.", "Action Logement"),
        ("12 millions d'euros ont été versés par la Région.", "Région"),
        ("12 millions d'euros ont été versés.", None),
    ],
)
def test_actor(analyse_text: Analyse, sentence: str, actor: str | None) -> None:
    assert _fact(analyse_text(sentence), "12").actor == actor


@pytest.mark.parametrize(
    ("sentence", "figure", "period"),
    [
        ("300 contrats ont été signés en 2021 et 2022.", "300", ("2021-01-01", "2022-12-31")),
        ("Le taux atteint 13 %, soit 6 points de moins qu'en 2019.", "13", (None, None)),
        ("168 M€ ont été engagés, soit 112 % de l'objectif fixé en 2021.", "168", (None, None)),
        ("13 postes sont pourvus ; un autre est vacant depuis 2020.", "13", (None, None)),
        ("26 M€ ont été engagés au 31 octobre 2022.", "26", ("2022-10-31", "2022-10-31")),
        ("L'objectif est de 640 emplois d'ici 2023.", "640", (None, "2023-12-31")),
    ],
)
def test_period(
    analyse_text: Analyse, sentence: str, figure: str, period: tuple[str | None, str | None]
) -> None:
    fact = _fact(analyse_text(sentence, published_at="2022-11-24"), figure)
    assert (fact.period_from, fact.period_to) == period


def _titled(nlp: Language, title: str, text: str, figure: str) -> Fact:
    result = next(analyse(nlp, [Article(text=text, title=title, published_at="2021-03-04")]))
    assert result.extraction is not None
    return _fact(result.extraction, figure)


def test_the_headline_gives_the_place_where_the_text_does_not(nlp: Language) -> None:
    text = "Le contrat prévoit 38 projets.\n\nLamballe Terre et Mer l'a signé hier à Lamballe."
    fact = _titled(nlp, "Lamballe Terre et Mer signe son contrat", text, "38")
    assert (fact.territory, fact.territory_basis) == ("200069391", "headline")


def test_an_office_names_no_place(analyse_text: Analyse) -> None:
    fact = _fact(analyse_text("Le maire de Vannes annonce 3 millions d'euros."), "3")
    assert fact.territory is None


def test_a_dateline_names_no_place(analyse_text: Analyse) -> None:
    text = "Paris, 1er mars 2024 (AFP) - L'État a annulé 500 millions d'euros."
    assert _fact(analyse_text(text), "500").territory is None


def test_the_whole_country_is_a_place(analyse_text: Analyse) -> None:
    fact = _fact(analyse_text("Au niveau national, 2 milliards d'euros sont inscrits."), "2")
    assert (fact.territory, fact.territory_level) == ("FR", "country")


def test_a_sum_taken_up_keeps_measure_and_programme(analyse_text: Analyse) -> None:
    text = (
        "Dans le Finistère, 168 M€ de crédits France Relance ont été engagés. "
        "Sur ce montant, 121 M€ ont été payés aux bénéficiaires."
    )
    first, second = (_fact(analyse_text(text), figure) for figure in ("168", "121"))
    assert (second.status, second.measure) == ("paid", first.measure)
    assert (second.programme, second.territory) == ("France Relance", "29")


def test_the_heading_of_a_section_gives_its_programme(analyse_text: Analyse) -> None:
    text = (
        "Le préfet a dressé le bilan de France Relance et présenté le Fonds vert.\n\n"
        "Chiffres clés de France Relance\n\n- 31 bâtiments livrés\n- 7 240 contrats signés"
    )
    assert _fact(analyse_text(text), "7").programme == "France Relance"


def test_a_row_of_a_table_measures_a_part_and_its_total_the_whole(analyse_text: Analyse) -> None:
    text = (
        "Fonds vert en 2023 :\n\nAxe | Projets retenus | Montant (en M€)\n"
        "Cadre de vie | 25 projets | 2,5\nTotal | 104 projets | 11,2"
    )
    extraction = analyse_text(text)
    assert _fact(extraction, "25").measure == "projet — cadre de vie"
    assert _fact(extraction, "104").measure == "projet"
