"""What a figure counts and of which whole it is the part, through the whole pipeline.

Each figure is written ``"text > object < whole"``; a dash where there is none.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from recoupe.records import Extraction

Analyse = Callable[..., Extraction]

CASES = [
    ("La ville a inauguré 12 aires de jeux.", ["12 > aires de jeux < -"]),
    ("Elle compte 48 logements sociaux neufs.", ["48 > logements sociaux neufs < -"]),
    ("Il faut 25 bornes de recharge.", ["25 > bornes de recharge < -"]),
    ('Les 25 territoires les plus "fragiles" sont aidés.', ["25 > territoires < -"]),
    ("Une dizaine de conventions en matière de dons existe.", ["Une dizaine > conventions < -"]),
    ("29 ont déjà signé leur contrat.", ["29 > - < -"]),
    ("Un seul des 14 territoires a signé.", ["Un seul > territoires < 14", "14 > territoires < -"]),
    (
        "La région affiche 9 contrats signés sur les 9 territoires.",
        ["9 > contrats < 9", "9 > territoires < -"],
    ),
    ("85 % des 144 territoires ont fini.", ["85 % > territoires < 144", "144 > territoires < -"]),
    (
        "Sur 580 cellules, 76 restent vides et 12 sont louées.",
        ["580 > cellules < -", "76 > cellules < 580", "12 > cellules < 580"],
    ),
    (
        "Parmi les 112 dossiers déposés, 17 ont été retenus.",
        ["112 > dossiers < -", "17 > dossiers < 112"],
    ),
    (
        "Des 40 places ouvertes, 31 sont prises.",
        ["40 > places ouvertes < -", "31 > places ouvertes < 40"],
    ),
    (
        "La ville compte 1 200 logements, dont 420 aujourd'hui vacants.",
        ["1 200 > logements < -", "420 > logements < 1 200"],
    ),
    (
        "L'entreprise a douze sites, dont trois en France.",
        ["douze > sites < -", "trois > sites < douze"],
    ),
    (
        "474 projets ont été recensés. Près de la moitié d’entre eux (231) sont engagés.",
        ["474 > projets < -", "la moitié > - < 474", "231 > - < 474"],
    ),
    (
        "Plus de 260 millions d’euros (sur le 1,36 milliard annoncé) sont engagés.",
        ["260 millions d’euros > - < 1,36 milliard", "1,36 milliard > - < -"],
    ),
    (
        "Le budget est de 76 k€, dont 38 k€ de la Région.",
        ["76 k€ > budget < -", "38 k€ > - < 76 k€"],
    ),
    ("Douze maires sur quinze ont voté pour.", ["Douze > maires < quinze", "quinze > maires < -"]),
    ("Il reste 4 des 12 médecins du bassin.", ["4 > médecins < 12", "12 > médecins < -"]),
    (
        "Le nombre de bénéficiaires est passé de 1 200 à 1 500.",
        ["1 200 > bénéficiaires < -", "1 500 > bénéficiaires < -"],
    ),
    (
        "Trois, quatre ou cinq sites sont possibles.",
        ["Trois > sites < -", "quatre ou cinq > sites < -"],
    ),
    (
        "Un muret de 2 mètres sur 3 mètres entoure le lavoir.",
        ["2 mètres > muret < -", "3 mètres > muret < -"],
    ),
    (
        "20 % des ménages de 2 personnes n'ont pas de voiture.",
        ["20 % > ménages < -", "2 > personnes < -"],
    ),
    (
        "Le portail figure parmi les 250 démarches suivies et dans les 75 sites prioritaires.",
        ["250 > démarches < -", "75 > sites prioritaires < -"],
    ),
    (
        "Le festival vend 350 places assises et 40 debout.",
        ["350 > places assises < -", "40 > places assises < -"],
    ),
]


@pytest.fixture(scope="module")
def read(analyse_text: Analyse) -> dict[str, Extraction]:
    return {text: analyse_text(text, "2021-03-04") for text, _ in CASES}


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_objects_and_wholes(text: str, expected: list[str], read: dict[str, Extraction]) -> None:
    quantities = read[text].quantities
    texts = {quantity.id: quantity.text for quantity in quantities}
    assert [
        f"{q.text} > {q.object or '-'} < {texts[q.part_of] if q.part_of else '-'}"
        for q in quantities
    ] == expected


def test_an_object_is_spelled_by_its_offsets(read: dict[str, Extraction]) -> None:
    for text, extraction in read.items():
        for quantity in extraction.quantities:
            if quantity.object is not None:
                assert quantity.object_start is not None
                assert text[quantity.object_start : quantity.object_end] == quantity.object
