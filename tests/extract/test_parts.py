"""Parts and wholes family by family: what makes a part beside what only stands near."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from recoupe.records import Extraction

Analyse = Callable[..., Extraction]

LEANING = [
    ("Le refuge a reçu 48 chiens et en a placé 31.", {"31": "48"}),
    ("Le bassin compte 45 étangs. Douze ont été curés.", {"Douze": "45"}),
    ("L’hôpital a 210 lits, mais 32 restent fermés.", {"32": "210"}),
    (
        "Le canton compte 64 ponts : 23 sont fissurés, 9 ont été fermés.",
        {"23": "64", "9": "64"},
    ),
    ("À terme, le réseau aura 180 km de pistes ; il en compte 61.", {}),
    ("Nous visions 500 places, nous en avons ouvert 320.", {}),
    ("La ville a posé 642 arceaux, pour 600 prévus.", {}),
    ("L’agence a validé 1 020 dossiers, 214 ont été refusés.", {}),
    ("Le fonds rapporte 90 000 euros, quand il en rapportait 40 000.", {}),
    ("La mairie attend 40 cars ; le transporteur n’en propose que 25.", {}),
]

DONE = [
    (
        "Le plan prévoyait 96 millions d’euros. 58 millions ont été engagés et 44 millions payés.",
        {"58 millions": "96 millions d’euros", "44 millions": "96 millions d’euros"},
    ),
    (
        "Le plan devait livrer 15 000 places ; 4 500 l’ont été à ce jour.",
        {"4 500": "15 000"},
    ),
    (
        "Le fonds, doté de 50 millions d’euros, a déjà distribué 18 millions d’euros.",
        {"18 millions d’euros": "50 millions d’euros"},
    ),
    (
        "L’Ademe apporte 31 M€ ; un premier versement, de 9,3 millions, est intervenu en mai.",
        {"9,3 millions": "31 M€"},
    ),
    (
        "71 600 logements ont été rénovés, pour 95 000 prévus.",
        {"71 600": "95 000"},
    ),
    ("Le coût passe à 40 millions d’euros. Le premier lot coûte 3 millions d’euros.", {}),
]

FURTHER_ON = [
    ("Le bailleur a un permis pour 40 maisons, dont 12 de plain-pied.", {"12": "40"}),
    (
        "4,5 km de halage ont été livrés, pour 405 000 €, sur les 19 km prévus.",
        {"4,5 km": "19 km"},
    ),
    ("Il a replanté 58 hectares sur 95.", {"58 hectares": "95"}),
    (
        "La Région apporte 24 millions d’euros à ce projet de 612 millions d’euros.",
        {"24 millions d’euros": "612 millions d’euros"},
    ),
    (
        "L’aide représente 40 % du coût total, estimé à 2,5 millions d’euros.",
        {"40 %": "2,5 millions d’euros"},
    ),
    ("Adopté par 41 voix contre 12, sur 60 votants.", {"41": "60", "12": "60"}),
    ("Il faut ajouter 18 millions d’euros à une enveloppe de 236 millions d’euros.", {}),
    ("Les trains roulent à 40 km/h sur 34 km, et bientôt sur 61 km.", {}),
    ("La dépense est en hausse de 31 % sur cinq exercices.", {}),
    ("Une dalle de 2 mètres sur 3 mètres a cédé.", {}),
]

SHARES = [
    (
        "La retraite de la flotte a coûté 71 millions d’euros, dont l’Union a remboursé la moitié.",
        {"la moitié": "71 millions d’euros"},
    ),
    (
        "La dépense atteint 118 M€. L’entretien en absorbe les deux tiers ; le carburant, 9 M€.",
        {"deux tiers": "118 M€", "9 M€": "118 M€"},
    ),
    (
        "Le canton n’a plus que 31 médecins pour 115 000 habitants, et la moitié partiront.",
        {"la moitié": "31"},
    ),
    (
        "Le plan mobilise 80 millions d’euros, pour moitié à la charge de la Région.",
        {"moitié": "80 millions d’euros"},
    ),
    (
        "L’État a versé 7,5 M€ en juin, soit 30 % des 25 M€ promis.",
        {"7,5 M€": "25 M€", "30 %": "25 M€"},
    ),
    (
        "La créance est de 12,4 M€ ; 4,7 M€ ont été rendus, soit 38 % du total.",
        {"4,7 M€": "12,4 M€", "38 %": "12,4 M€"},
    ),
    ("La dette était de 60 M€. Elle atteint 66 M€, soit 10 % de plus.", {}),
    ("Le taux d’aide passe de 40 % à 50 %.", {}),
]

YEARS = "Année | Versé (k€)\n2020 | 27 450\n2021 | 30 080\n2022 | 38 900"

LISTS = [
    (
        "La ferme doit 480 000 euros : 310 000 euros à la banque, 90 000 euros au fisc.",
        {"310 000 euros": "480 000 euros", "90 000 euros": "480 000 euros"},
    ),
    ("Le lycée accueille 640 élèves, 310 filles et 330 garçons.", {"310": "640", "330": "640"}),
    (
        "Le service a 320 plaintes. Parmi elles, 45 ont été transmises et 12 ont été classées.",
        {"45": "320", "12": "320"},
    ),
    (
        "- Effectif : 412 salariés\n- dont intérimaires : 64\n- dont apprentis : 21",
        {"64": "412", "21": "412"},
    ),
    (
        "Douze agents sont à Vaubrun, huit à Lursac, cinq à Fermont. En tout, vingt-cinq agents.",
        {"Douze": "vingt-cinq", "huit": "vingt-cinq", "cinq": "vingt-cinq"},
    ),
    (
        f"{YEARS}\n\nAu total, 96,4 M€ ont été versés.",
        {"27 450": "96,4 M€", "30 080": "96,4 M€", "38 900": "96,4 M€"},
    ),
    ("L’abonnement coûte 38 euros, 19 pour les enfants.", {}),
    ("Commune | Vacants\nTillé | 6 %\nVaubrun | 9 %\nEnsemble | 7 %", {}),
]


@pytest.mark.parametrize(("text", "wholes"), [*LEANING, *DONE, *FURTHER_ON, *SHARES, *LISTS])
def test_parts(analyse_text: Analyse, text: str, wholes: dict[str, str]) -> None:
    quantities = analyse_text(text).quantities
    texts = {q.id: q.text for q in quantities}
    assert {q.text: texts[q.part_of] for q in quantities if q.part_of} == wholes
