"""Figures whose unit or noun was said once: what they take from the figure they lean on.

Each figure is written ``"text | value | unit"``; for a count the unit is its noun, for want of one
a dash.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from recoupe.records import Extraction, Quantity

Analyse = Callable[..., Extraction]

CASES = [
    (
        "La Région versera 14 millions d’euros. Elle n’en versera pas 20.",
        ["14 millions d’euros | 14000000 | EUR", "20 | 20000000 | EUR"],
    ),
    (
        "La fréquence passera de 12 à 15 trains par jour, contre 9 en 2019.",
        ["12 | 12 | trains/day", "15 | 15 | trains/day", "9 | 9 | trains/day"],
    ),
    (
        "L’objectif était de 600 hectares ; 410 sont plantés.",
        ["600 hectares | 600 | ha", "410 | 410 | ha"],
    ),
    (
        "Le lycée devait coûter 31 millions d’euros pour 900 élèves, il en coûtera 36,5 pour 750.",
        [
            "31 millions d’euros | 31000000 | EUR",
            "900 | 900 | élèves",
            "36,5 | 36500000 | EUR",
            "750 | 750 | élèves",
        ],
    ),
    (
        "La Ville met 8 millions d’euros, l’Agglomération 5, le Département 2,5.",
        [
            "8 millions d’euros | 8000000 | EUR",
            "5 | 5000000 | EUR",
            "2,5 | 2500000 | EUR",
        ],
    ),
    (
        "Le délai moyen était de sept mois, il est tombé à quatre.",
        ["sept mois | 7 | month", "quatre | 4 | month"],
    ),
    (
        "La cible de 40 000 apprentis, portée à 45 000, est dépassée.",
        ["40 000 | 40000 | apprentis", "45 000 | 45000 | apprentis"],
    ),
    (
        "Le syndicat a commandé 2,4 millions de plants ; 1,9 million ont été livrés.",
        ["2,4 millions | 2400000 | plants", "1,9 million | 1900000 | plants"],
    ),
    (
        "La Région a versé 3,3 M€ sur les 4,5 votés.",
        ["3,3 M€ | 3300000 | EUR", "4,5 | 4500000 | EUR"],
    ),
    (
        "L’État accorde 24 millions d’euros, dont 9 millions d’avance remboursable.",
        ["24 millions d’euros | 24000000 | EUR", "9 millions | 9000000 | EUR"],
    ),
    (
        "Il pèse 31 % des voix, il lui en fallait 50.",
        ["31 % | 31 | percent", "50 | 50 | percent"],
    ),
    (
        "L’aide est portée à 6,2 millions d’euros (+ 1,4).",
        ["6,2 millions d’euros | 6200000 | EUR", "1,4 | 1400000 | EUR"],
    ),
    (
        "Le fonds est doté de 80 M€. Engagés : 37. Versés aux communes : 12.",
        ["80 M€ | 80000000 | EUR", "37 | 37000000 | EUR", "12 | 12000000 | EUR"],
    ),
    # what leans on nothing, or on what was counted
    (
        "La commande vaut 96 millions d’euros, 8 sont immobilisées.",
        ["96 millions d’euros | 96000000 | EUR", "8 | 8 | -"],
    ),
    (
        "Le mètre cube coûte 3 €, et ils sont 240 à le payer.",
        ["3 € | 3 | EUR/m3", "240 | 240 | -"],
    ),
    (
        "Six radars dans un rayon de huit kilomètres ; trois d’entre eux sont éteints.",
        ["Six | 6 | radars", "huit kilomètres | 8 | km", "trois | 3 | radars"],
    ),
    (
        "Le plan de 7 M€ en prévoit douze.",
        ["7 M€ | 7000000 | EUR", "douze | 12 | -"],
    ),
    (
        "Le taux atteint 84 %. 12 communes ne répondent pas.",
        ["84 % | 84 | percent", "12 | 12 | communes"],
    ),
    ("Seulement 6 % des lots, et deux refusés.", ["6 % | 6 | percent", "deux | 2 | lots"]),
    ("Trois raisons : 1) le coût, 2) le délai, 3) le climat.", ["Trois | 3 | raisons"]),
    ("Huit départements sont touchés (02, 08, 59).", ["Huit | 8 | départements"]),
    (
        "Le pont a cinq mois de retard et le compte est passé à 25.",
        ["cinq mois | 5 | month", "25 | 25 | compte"],
    ),
    ("Il reste 48 logements ; la tour du 11 est conservée.", ["48 | 48 | logements"]),
]


def _written(quantity: Quantity) -> str:
    said = quantity.unit or quantity.object or "-"
    return (
        f"{quantity.text} | {quantity.value} | {said}{f'/{quantity.per}' if quantity.per else ''}"
    )


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_an_elliptic_figure_takes_what_was_said_once(
    text: str, expected: list[str], analyse_text: Analyse
) -> None:
    found = analyse_text(text, published_at="2024-05-14")
    assert [_written(quantity) for quantity in found.quantities] == expected


def test_a_figure_that_leans_on_another_is_less_sure(analyse_text: Analyse) -> None:
    text = "La Région versera 14 millions d’euros. Elle n’en versera pas 20."
    said, leaning = analyse_text(text, published_at="2024-05-14").quantities
    assert leaning.confidence < said.confidence == 1
