"""Wholes that words give away: each figure with its whole, and figures that only stand together."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from recoupe.records import Extraction

Analyse = Callable[..., Extraction]

CASES = [
    (
        "L’école de Vaubrun compte 412 élèves, y compris les 38 de l’annexe.",
        {"38": "412"},
    ),
    (
        "Le port a traité 96 000 tonnes de grain, le quai nord en chargeant à lui seul 41 000.",
        {"41 000": "96 000 tonnes"},
    ),
    (
        "Les travaux, dont 120 000 € de toiture, ont coûté 640 000 €.",
        {"120 000 €": "640 000 €"},
    ),
    (
        "Le club réunit 310 adhérents (190 femmes, 120 hommes).",
        {"190": "310", "120": "310"},
    ),
    (
        "La commune possède 90 hectares de bois. Le reste, soit 60 hectares, est privé.",
        {},
    ),
    (
        "Le canton a 150 hectares de bois, 90 hectares sont publics. Le reste, 60 hectares, non.",
        {"90 hectares": "150 hectares", "60 hectares": "150 hectares"},
    ),
    (
        "Sur les 24 projets, 15 ont leur permis. Les neuf autres attendent.",
        {"15": "24", "neuf": "24"},
    ),
    (
        "La salle, 4 millions d’euros, sera financée pour moitié par l’État.",
        {"moitié": "4 millions d’euros"},
    ),
    (
        "L’agence a accordé 2,4 millions d’euros. 1,9 million sont payés.",
        {"1,9 million": "2,4 millions d’euros"},
    ),
    (
        "La chambre a interrogé 212 artisans : 61 % embauchent et un tiers investit.",
        {"61 %": "212"},
    ),
    (
        "Selon une enquête auprès de 212 artisans, 61 % embauchent.",
        {"61 %": "212"},
    ),
    (
        "Le groupe supprime 180 postes. À Fermont : 112. À Lursac : 41.",
        {"112": "180", "41": "180"},
    ),
    (
        "Caserne de Vaubrun : 2 300 interventions, secours 71 %, incendies 9 %.",
        {"71 %": "2 300", "9 %": "2 300"},
    ),
    (
        "Conseillers en exercice : 37. Présents : 31.",
        {"31": "37"},
    ),
    (
        "Adoptée par 27 voix contre 4 et 2 abstentions, pour 33 votants.",
        {"27": "33", "4": "33", "2": "33"},
    ),
    (
        "La moitié ont plus de dix ans. La ville compte 40 bus.",
        {},
    ),
    (
        "La ville compte 40 bus. La moitié sont électriques.",
        {"La moitié": "40"},
    ),
    (
        "Trois chantiers ont pris du retard, deux en raison de la pluie.",
        {"deux": "Trois"},
    ),
    # No parts: other years, other places, changes, prices, net balances, things of their own.
    ("Le musée a reçu 52 000 visiteurs, 41 000 en 2019.", {}),
    (
        "L’académie perd 42 classes mais en ouvre 27. Le solde, quinze fermetures nettes, pèse.",
        {},
    ),
    ("Le projet est estimé à 3 M€. Le taux d’aide peut aller jusqu’à 40 %.", {}),
    ("La ville a 40 bus et 12 rames.", {}),
    ("Le budget est de 6 M€. Un repas coûte 4 euros.", {}),
    ("La crèche accueille 42 enfants. Deux autres communes en ouvrent une.", {}),
]


@pytest.mark.parametrize(("text", "wholes"), CASES)
def test_words_tell_the_whole(analyse_text: Analyse, text: str, wholes: dict[str, str]) -> None:
    quantities = analyse_text(text).quantities
    texts = {q.id: q.text for q in quantities}
    assert {q.text: texts[q.part_of] for q in quantities if q.part_of} == wholes
