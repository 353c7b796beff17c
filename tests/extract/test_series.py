"""Ranges, lists with one unit, evolutions, and a unit carried over from a neighbour.

Each figure is written ``"text = value unit"``, a range ``"text = low..high unit"``.
"""

from __future__ import annotations

import pytest

from recoupe.extract.figures.draft import Draft
from recoupe.extract.figures.numerals import canonical
from recoupe.extract.figures.quantities import find_quantities


def row(text: str, draft: Draft) -> str:
    if draft.value is not None:
        value = str(canonical(draft.value))
    else:
        assert draft.low is not None
        assert draft.high is not None
        value = f"{canonical(draft.low)}..{canonical(draft.high)}"
    return f"{text[draft.start : draft.end]} = {value} {draft.unit or '-'}"


CASES = [
    ("Sur les 46 millions du contrat", ["46 millions = 46000000 EUR"]),
    ("Trois millions de la population", ["Trois millions = 3000000 -"]),
    ("Intérim | 29,7 | -14,9", ["29,7 = 29.7 -", "-14,9 = -14.9 -"]),
    ("entre 3 et 5 millions d'euros", ["entre 3 et 5 millions d'euros = 3000000..5000000 EUR"]),
    ("Entre 3 et 5 millions d’euros", ["Entre 3 et 5 millions d’euros = 3000000..5000000 EUR"]),
    (
        "de 1,2 à 2,4 millions d'euros",
        ["de 1,2 à 2,4 millions d'euros = 1200000..2400000 EUR"],
    ),
    (
        "entre 200 000 et 300 000 euros",
        ["entre 200 000 et 300 000 euros = 200000..300000 EUR"],
    ),
    (
        "entre 800 000 et 1,2 million d'euros",
        ["entre 800 000 et 1,2 million d'euros = 800000..1200000 EUR"],
    ),
    ("10 à 12 %", ["10 à 12 % = 10..12 percent"]),
    ("10-12 %", ["10-12 % = 10..12 percent"]),
    ("10 – 12 %", ["10 – 12 % = 10..12 percent"]),
    ("entre 10 % et 12 %", ["entre 10 % et 12 % = 10..12 percent"]),
    ("de 2 % à 8 % des émissions", ["de 2 % à 8 % = 2..8 percent"]),
    ("deux à trois ans", ["deux à trois ans = 2..3 year"]),
    ("une à deux semaines", ["une à deux semaines = 1..2 week"]),
    ("un ou deux projets", ["un ou deux = 1..2 -"]),
    ("20 ou 30 communes", ["20 ou 30 = 20..30 -"]),
    ("deux, voire trois ans", ["deux = 2 year", "trois ans = 3 year"]),
    ("10-15 personnes", ["10-15 = 10..15 -"]),
    ("de huit à vingt km²", ["de huit à vingt km² = 8..20 km2"]),
    ("entre 16 °C et 18 °C", ["entre 16 °C et 18 °C = 16..18 Cel"]),
    ("20 à 30 nm", ["20 à 30 nm = 20..30 nm"]),
    (
        "10, 12 et 15 millions d'euros",
        ["10 = 10000000 EUR", "12 = 12000000 EUR", "15 millions d'euros = 15000000 EUR"],
    ),
    ("20, 30 et 40 %", ["20 = 20 percent", "30 = 30 percent", "40 % = 40 percent"]),
    ("respectivement 3 et 5 %", ["3 = 3 percent", "5 % = 5 percent"]),
    (
        "passe de 12 à 15 millions d'euros",
        ["12 = 12000000 EUR", "15 millions d'euros = 15000000 EUR"],
    ),
    ("passe de 141 à 144 territoires", ["141 = 141 -", "144 = 144 -"]),
    ("est tombé de 90 % à 11 %", ["90 % = 90 percent", "11 % = 11 percent"]),
    ("augmente de 10 à 12 %", ["de 10 à 12 % = 10..12 percent"]),
    (
        "260 millions d'euros sur le 1,36 milliard annoncé",
        ["260 millions d'euros = 260000000 EUR", "1,36 milliard = 1360000000 EUR"],
    ),
    ("9 millions d'euros au lieu de 10", ["9 millions d'euros = 9000000 EUR", "10 = 10000000 EUR"]),
    (
        "7,6 millions d'euros contre 8,1 l'an dernier",
        ["7,6 millions d'euros = 7600000 EUR", "8,1 = 8100000 EUR"],
    ),
    ("6 millions d'euros sur 7,5", ["6 millions d'euros = 6000000 EUR", "7,5 = 7500000 EUR"]),
    ("8,4 des 9 millions d'euros", ["8,4 = 8400000 EUR", "9 millions d'euros = 9000000 EUR"]),
    ("65 % contre 60 un an plus tôt", ["65 % = 65 percent", "60 = 60 percent"]),
    ("un budget de 3 milliards", ["3 milliards = 3000000000 EUR"]),
    ("200 millions de crédits", ["200 millions = 200000000 EUR"]),
    ("3 millions de personnes", ["3 millions = 3000000 -"]),
    ("en hausse de 4,8 % à 360 points", ["4,8 % = 4.8 percent", "360 = 360 -"]),
    (
        "10 % des 71 parents, nous souhaitons passer à 150",
        ["10 % = 10 percent", "71 = 71 -", "150 = 150 -"],
    ),
    (
        "a fondu de 52 à 31 millions d'euros",
        ["52 = 52000000 EUR", "31 millions d'euros = 31000000 EUR"],
    ),
    ("par paliers, de 90 à 50 km/h", ["90 = 90 km/h", "50 km/h = 50 km/h"]),
    ("ramené de 2,9 à 2,2 millions", ["2,9 = 2900000 -", "2,2 millions = 2200000 -"]),
    ("le relèvement de 35 à 40 % du taux", ["35 = 35 percent", "40 % = 40 percent"]),
    (
        "la dette a doublé, de 4,4 à 8,8 M€",
        ["doublé = 2 -", "4,4 = 4400000 EUR", "8,8 M€ = 8800000 EUR"],
    ),
    (
        "38 millions pour construire 290 logements, 17 pour en rénover 410, 9 pour le reste",
        [
            "38 millions = 38000000 EUR",
            "290 = 290 -",
            "17 = 17000000 EUR",
            "410 = 410 -",
            "9 = 9000000 EUR",
        ],
    ),
    (
        "huit millions d'euros, et 45 ont signé",
        ["huit millions d'euros = 8000000 EUR", "45 = 45 -"],
    ),
    ("1,1 milliard de paiements", ["1,1 milliard = 1100000000 EUR"]),
    ("1,1 million d'entrées", ["1,1 million = 1100000 -"]),
    ("une remise de 5 à 10 % du prix", ["de 5 à 10 % = 5..10 percent"]),
    (
        "3,9 millions d'euros d'amendes, dont 2,6 recouvrés",
        ["3,9 millions d'euros = 3900000 EUR", "2,6 = 2600000 EUR"],
    ),
    (
        "Reçu : 920 000 euros. Sur cette somme, 340 000 vont au sport, 190 000 au bus. 12 restent.",
        [
            "920 000 euros = 920000 EUR",
            "340 000 = 340000 EUR",
            "190 000 = 190000 EUR",
            "12 = 12 -",
        ],
    ),
    (
        "12 millions d'euros sont votés. Sur ce total, 1 200 logements en profitent.",
        ["12 millions d'euros = 12000000 EUR", "1 200 = 1200 -"],
    ),
    ("Sur ce total, 34 ont signé.", ["34 = 34 -"]),
    ("neuf de ses quatorze hectares", ["neuf = 9 ha", "quatorze hectares = 14 ha"]),
    ("un bail sur 1 200 des 3 000 m²", ["1 200 = 1200 m2", "3 000 m² = 3000 m2"]),
    (
        "18 des 25 millions de dettes",
        ["18 = 18000000 EUR", "25 millions = 25000000 EUR"],
    ),
    ("6 millions de pénalités réclamées", ["6 millions = 6000000 EUR"]),
    ("9 millions de chiffre d'affaires", ["9 millions = 9000000 EUR"]),
    ("4 millions du Fonds vert", ["4 millions = 4000000 EUR"]),
    ("2 millions de Français", ["2 millions = 2000000 -"]),
    (
        "vingt pour cent à la commande, au lieu de dix, pour tous",
        ["vingt pour cent = 20 percent", "dix = 10 percent"],
    ),
    ("trente mètres, posé sur deux culées", ["trente mètres = 30 m", "deux = 2 -"]),
    ("il en a loué 1 300 ; 70 000 euros manquent", ["1 300 = 1300 -", "70 000 euros = 70000 EUR"]),
    ("12 communes et 3 millions d'euros", ["12 = 12 -", "3 millions d'euros = 3000000 EUR"]),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_neighbours_share_what_is_said_once(text: str, expected: list[str]) -> None:
    assert [row(text, draft) for draft in find_quantities(text)] == expected


@pytest.mark.parametrize("space", ["\u00a0", "\u202f", "\u2009"])
def test_typography_gives_the_same_values(space: str) -> None:
    for text, expected in CASES:
        varied = text.replace(" ", space).replace("'", "’")
        rows = [row(varied, draft) for draft in find_quantities(varied)]
        assert [r.rpartition(" = ")[2] for r in rows] == [e.rpartition(" = ")[2] for e in expected]


def test_a_dash_between_bare_numbers_is_no_range() -> None:
    assert [draft.low for draft in find_quantities("le code 10-15.")] == [None, None]
