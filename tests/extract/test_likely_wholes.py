"""The whole that a figure is probably a part of, where no rule says it; and what is no part."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from recoupe.records import Extraction

Analyse = Callable[..., Extraction]

CASES = [
    # understood
    (
        "Le gymnase coûtera 4,8 M€. L’État en apporte 1,6, le Département en met 700 000 euros.",
        {"1,6": "4,8 M€", "700 000 euros": "4,8 M€"},
    ),
    (
        "La prime a reçu 3 400 demandes ; 1 250 ont été acceptées.",
        {"1 250": "3 400"},
    ),
    # said by a rule that is new with them
    (
        "La cantine coûte 310 000 euros. Les familles en couvrent 42 %.",
        {"42 %": "310 000 euros"},
    ),
    (
        "Service | Janvier | Février\nPatients hospitalisés | 21 | 14\ndont en réanimation | 6 | 3",
        {"6": "21", "3": "14"},
    ),
    (
        "Bassin | Projets | Part de saisonniers\nRedon | 4 120 | 31 %\nFougères | 3 050 | 18 %",
        {"31 %": "4 120", "18 %": "3 050"},
    ),
    # a share of all projects together, whose rates make a hundred
    (
        "Financeur | Montant | Part du montant\nÉtat | 60 000 € | 60 %\nRégion | 40 000 € | 40 %",
        {},
    ),
    # another level, another thing, two sides of one thing
    ("Le fonds rapporte 90 000 euros, quand il en rapportait 40 000.", {}),
    ("L’agence a validé 1 020 dossiers, 214 ont été refusés.", {}),
    ("Une dalle de 2 mètres sur 3 mètres a cédé.", {}),
    ("L’enveloppe passe de 12 à 9 millions d’euros.", {}),
    ("La ville a 40 bus et 12 rames.", {}),
    ("Le budget est de 6 M€. Un repas coûte 4 euros.", {}),
]


@pytest.mark.parametrize(("text", "wholes"), CASES)
def test_a_figure_is_of_its_likely_whole(
    text: str, wholes: dict[str, str], analyse_text: Analyse
) -> None:
    quantities = analyse_text(text).quantities
    texts = {q.id: q.text for q in quantities}
    assert {q.text: texts[q.part_of] for q in quantities if q.part_of} == wholes
