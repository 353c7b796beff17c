"""The comparisons that a text makes itself."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from recoupe.records import Extraction

Analyse = Callable[..., Extraction]


def _made(extraction: Extraction) -> set[tuple[str, str, str, Decimal | None]]:
    texts = {q.id: q.text for q in extraction.quantities}
    facts = {f.id: texts[f.quantity] for f in extraction.facts}
    return {(c.relation, facts[c.left], facts[c.right], c.ratio) for c in extraction.comparisons}


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "260 M€ (sur les 520 M€ annoncés) ont été engagés.",
            ("announced_vs_reported", "520 M€", "260 M€", Decimal("0.5")),
        ),
        (
            "7,5 M€ ont été versés, pour 10 M€ attendus.",
            ("announced_vs_reported", "10 M€", "7,5 M€", Decimal("0.75")),
        ),
        (
            "Un seul des 14 territoires a signé son contrat.",
            ("part_of", "14", "Un seul", Decimal("0.071429")),
        ),
        (
            "Le département compte 15 conventions signées sur les 16 attendues.",
            ("announced_vs_reported", "16", "15", Decimal("0.9375")),
        ),
        (
            "Sur les 612 M€ d'investissement annoncés, 153 M€ ont été réalisés.",
            ("announced_vs_reported", "612 M€", "153 M€", Decimal("0.25")),
        ),
        (
            "Au 1er mai, 90 kilomètres d'itinéraires ont été livrés sur 180.",
            ("announced_vs_reported", "180", "90 kilomètres", Decimal("0.5")),
        ),
        (
            "Le lycée comptait 500 internes à la rentrée, contre 400 trois ans plus tôt.",
            ("evolution", "400", "500", Decimal("1.25")),
        ),
        (
            "Le forfait a été relevé de 8 000 à 10 000 euros.",
            ("evolution", "8 000", "10 000 euros", Decimal("1.25")),
        ),
    ],
)
def test_within_a_sentence(
    analyse_text: Analyse, sentence: str, expected: tuple[str, str, str, Decimal]
) -> None:
    assert expected in _made(analyse_text(sentence))


@pytest.mark.parametrize(
    "sentence",
    [
        "L'État annonce 3 millions d'euros et 40 emplois ont été créés.",
        "La Région prévoit 200 logements ; 60 bornes ont été installées.",
        "Un plan de 40 M€ est annoncé pour 12 écoles livrées.",
        "Elles ont reçu 9 M€ d'aides, pour 41 M€ d'investissements prévus.",
    ],
)
def test_unlike_things_are_not_compared(analyse_text: Analyse, sentence: str) -> None:
    assert "announced_vs_reported" not in {
        relation for relation, *_ in _made(analyse_text(sentence))
    }


def test_between_the_sentences_of_a_document(analyse_text: Analyse) -> None:
    text = (
        "Action cœur de ville à Vannes : l'objectif était de 1 200 logements rénovés. "
        "Aujourd'hui, 900 logements ont été rénovés à Vannes grâce à Action cœur de ville."
    )
    made = _made(analyse_text(text, published_at="2025-11-14"))
    assert ("announced_vs_reported", "1 200", "900", Decimal("0.75")) in made


def test_a_row_sets_what_was_done_against_what_was_announced(analyse_text: Analyse) -> None:
    made = _made(
        analyse_text("Fonds | Annoncé (M€) | Engagé (M€) | Payé (M€)\nDétail | 8,0 | 6,0 | 2,0")
    )
    assert made == {
        ("announced_vs_reported", "8,0", "6,0", Decimal("0.75")),
        ("announced_vs_reported", "8,0", "2,0", Decimal("0.25")),
    }


@pytest.mark.parametrize(
    "text",
    [
        "Commune | Signés | Livrés | À lancer\nTillac | 40 | 30 | 10",  # what remains to be done
        "Le plan a été adopté par 41 voix contre 9.",
        "Quarante pour, neuf contre, six abstentions.",
    ],
)
def test_what_remains_and_votes_are_set_against_nothing(analyse_text: Analyse, text: str) -> None:
    assert {relation for relation, *_ in _made(analyse_text(text))} <= {"part_of"}


def test_a_row_of_pasted_data_is_not_compared_cell_by_cell(analyse_text: Analyse) -> None:
    header = " | ".join(["Fonds", "Annoncé (M€)", *["Payé (M€)"] * 45])
    row = " | ".join(["Détail", *(f"{number},5" for number in range(10, 56))])
    made = _made(analyse_text(f"{header}\n{row}"))
    assert not {relation for relation, *_ in made if relation == "announced_vs_reported"}


def test_what_is_done_makes_no_plan_of_a_whole_without_it(analyse_text: Analyse) -> None:
    facts = analyse_text("Neuf communes sur 26 manquent d'eau.").facts
    assert "planned" not in {fact.status for fact in facts}
