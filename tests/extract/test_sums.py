"""Wholes that numbers prove: each figure with its whole, and sums that are chance."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from recoupe.records import Extraction

Analyse = Callable[..., Extraction]

GRID = "Édifice | Nature | Crédits (k€) | Mécénat (k€)"
TABLE = "Financeur | Prévu (M€)\nÉtat | 9,0\nRégion | 8,5\nVille | 3,0"
ITEMS = (
    "- 11,2 millions pour les digues\n- 5,6 millions pour les maisons\n- 1,6 million pour l’étude"
)

CASES = [
    (
        "Coût : 41,5 M€. L’État met 32 millions, la Région 4,5 millions, la Ville 5 millions.",
        {
            "32 millions": "41,5 M€",
            "4,5 millions": "41,5 M€",
            "5 millions": "41,5 M€",
        },
    ),
    (
        "Le plan compte 187 actions. 64 sont achevées, 78 engagées et 45 abandonnées.",
        {"64": "187", "78": "187", "45": "187"},
    ),
    (
        "La commune a relogé 338 ménages sur 374, soit 90 %.",
        {"338": "374", "90 %": "374"},
    ),
    (
        "La convention porte sur 42,6 M€ : 26,9 M€ de subventions et 15,7 M€ de prêts.",
        {"26,9 M€": "42,6 M€", "15,7 M€": "42,6 M€"},
    ),
    (
        "Financeur | Prévu (M€)\nÉtat | 12,0\nRégion | 8,5\nTotal | 20,5",
        {"12,0": "20,5", "8,5": "20,5"},
    ),
    (
        f"Le plan s’élève à 20,5 millions d’euros.\n\n{TABLE}",
        {
            "9,0": "20,5 millions d’euros",
            "8,5": "20,5 millions d’euros",
            "3,0": "20,5 millions d’euros",
        },
    ),
    (
        f"Le plan mobilise 18,4 millions d’euros :\n\n{ITEMS}",
        {
            "11,2 millions": "18,4 millions d’euros",
            "5,6 millions": "18,4 millions d’euros",
            "1,6 million": "18,4 millions d’euros",
        },
    ),
    (  # an empty cell keeps its column
        f"{GRID}\nMende | Clocher | 920 | 75\nRodez | Façade | 640 | 150\nTotal | | 1 560 | 225",
        {"920": "1 560", "640": "1 560", "75": "225", "150": "225"},
    ),
    (  # who pays a part of the cost of a row
        "Projet | Coût HT (€) | FNADT (€) | Feder (€)\nPasserelle | 1 240 000 | 372 000 | 310 000",
        {"372 000": "1 240 000", "310 000": "1 240 000"},
    ),
    ("Poste | Budget (M€) | Région (M€)\nRail | 12 | 14", {}),  # more than the cost: no part
    ("Poste | Coût (M€) | Livraisons (M€)\nRail | 12 | 4", {}),  # nobody pays
    (
        "Commune | Logements | Livrés | Taux\nTillé | 40 | 30 | 75 %",
        {"75 %": "40"},
    ),
    # numbers that add up and are no parts
    ("L’enveloppe passe de 12 à 9 millions d’euros, 3 millions ayant été annulés.", {}),
    ("Le marché de 26,4 M€ a connu 2,7 M€ d’avenants et coûte 29,1 M€.", {}),
    ("Cinq maires, deux adjoints et trois agents étaient là.", {}),
    ("Le convoi compte 45 wagons. On a vu 20 cigognes et 25 hérons.", {}),
]


@pytest.mark.parametrize(("text", "wholes"), CASES)
def test_wholes(text: str, wholes: dict[str, str], analyse_text: Analyse) -> None:
    quantities = analyse_text(text, published_at="2024-05-14").quantities
    texts = {quantity.id: quantity.text for quantity in quantities}
    assert {q.text: texts[q.part_of] for q in quantities if q.part_of} == wholes
