"""What an amount, a share or a measure is of, and where nothing is said of it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from recoupe.records import Extraction

Analyse = Callable[..., Extraction]

CASES = [
    ("Le marché de voirie, conclu pour 4,2 M€, sera soldé en mai.", ["marché de voirie"]),
    ("La réfection du pont coûterait entre 2 et 3 millions d’euros.", ["réfection"]),
    (
        "L’État versera 12 millions d’euros de subventions et 3 millions de prêts.",
        ["subventions", "prêts"],
    ),
    ("Le solde, soit 1,4 million d’euros, reste à la charge des communes.", ["solde"]),
    ("Le reliquat, 0,8 M€, a été rendu.", ["reliquat"]),
    ("La vacance commerciale est passée de 17,2 % à 11 %.", ["vacance commerciale"] * 2),
    ("La chambre évalue à 900 000 euros le préjudice.", ["préjudice"]),
    ("Un bail à 9 600 euros par an a été signé.", ["bail"]),
    ("2,5 M€ sont ouverts en autorisations d’engagement.", ["autorisations d’engagement"]),
    ("Le montant des pénalités s’élève à 3,9 M€.", ["pénalités"]),
    ("La création d’un fonds de 3 millions d’euros a été votée.", ["fonds"]),
    ("Les travaux dureront sept mois.", ["travaux"]),
    ("Le chantier a pris cinq mois de retard.", ["retard"]),
    ("Il faut rénover 62 kilomètres de halage.", ["halage"]),
    ("- Taux de pauvreté estimé : 46 %", ["Taux de pauvreté"]),
    (
        "Conseillers en exercice : 37. Présents : 31. Pouvoirs : 4.",
        ["Conseillers", "Présents", "Pouvoirs"],
    ),
    ("- Part modale : 3,9 % en 2024, 1,8 % en 2017", ["Part modale"] * 2),
    ("Chiffre d’affaires : 53,6 M€.", ["Chiffre d’affaires"]),
    ("- Nombre de places : 120", ["places"]),
    ("Le broutard se négocie autour de 3,42 euros.", ["broutard"]),
    ("Les crédits ouverts la première année sont de 3,4 millions d’euros.", ["crédits"]),
    ("Une facture qui grimpe à 106 millions d’euros attend les élus.", ["facture"]),
    ("L’aide de l’État est engagée à 92 %.", ["aide"]),
    ("Le rapport estimait à 3,1 millions d’euros le surcoût des chantiers.", ["surcoût"]),
    ("Le cidrier a offert sa marge, 10 %, et deux jours.", ["marge", None]),
    ("Le reste à charge se situe entre 35 000 et 40 000 euros.", ["reste à charge"]),
    ("J’ai planté 500 000 pins.", ["pins"]),
    ("Sur les 38 214 inscrits, peu ont voté.", ["inscrits"]),
    # by the verb, over what parts it from its subject
    ("Le coût du viaduc, évalué à 18 M€ en 2019, atteindra 22 M€.", ["coût"] * 2),
    ("Le gymnase, qui devait ouvrir en mai, coûte 6 millions d’euros.", ["gymnase"]),
    ("La halle a rouvert en mai ; elle a coûté 4 millions d’euros.", ["halle"]),
    ("La part modale du bus, mesurée à 7 % en 2020, recule.", ["part modale"]),
    ("Le maire voit sa dotation passer à 900 000 euros.", ["dotation"]),
    ("L’amendement porte de 5 à 8 millions d’euros la dotation.", ["dotation"] * 2),
    ("Longue de 41 km, la voie verte relie Auray.", ["voie verte"]),
    ("Estimée à 3 millions d’euros, la passerelle attend son permis.", ["passerelle"]),
    ("Leur âge moyen est de douze ans.", ["âge moyen"]),
    ("Les marchés ont été conclus pour 2,4 M€.", ["marchés"]),
    ("Les demandes ont triplé.", ["demandes"]),
    ("La facture d’eau a été divisée par deux.", ["facture d’eau"]),
    ("Un noyer protégé a deux fois plus de chances de survivre.", ["chances"]),
    # set off by stops
    ("Un premier acompte, de 120 000 euros, est parti lundi.", ["acompte"]),
    (
        "Les contrats d’entretien, d’un montant cumulé de 1,1 M€, sont signés.",
        ["contrats d’entretien"],
    ),
    ("Résultat net : 4,9 M€.", ["Résultat net"]),
    # said once for several
    ("4,6 M€ d’aides ont été accordés et 2,1 M€ versés.", ["aides"] * 2),
    ("12 M€ de crédits ont été ouverts, dont 9 M€ payés.", ["crédits"] * 2),
    ("8,4 M€ d’aides engagées (2022 : 7,1 M€)", ["aides"] * 2),
    ("Un chiffre d’affaires de 84 millions d’euros, en repli de 3 %.", ["chiffre d’affaires"] * 2),
    ("La fabrique évite 9 000 tonnes de CO2.", ["CO2"]),
    ("Il faut compter 12 000 euros de mise aux normes.", ["mise aux normes"]),
    ("La chambre parle de 2 M€. Elle évalue les travaux à 3 M€.", [None, "travaux"]),
    # who gives, where something is, and set phrases are not what is measured
    ("Le Département apporte 6 millions d’euros.", [None]),
    ("La gare est à 12 km de la mairie.", [None]),
    ("Les maires font leurs comptes : 3 millions d’euros manquent.", [None]),
    ("Les territoires montent en puissance : 85 % d’entre eux ont fini.", [None]),
    ("Il a passé trente ans au port.", [None]),
    ("Région Bretagne : 12 millions d’euros.", [None]),
    ("Bilan : 12 millions d’euros de pertes.", ["pertes"]),
    ("Elle détient 70 % de Morvillars Réseaux.", [None]),
    ("Le conservatoire a reçu 3 M€ de la DRAC.", [None]),
    ("Un pont à 27 M€ : l’Europe en apporte 11.", ["pont", None]),
    ("La baisse tient en trois ans.", [None]),
    ("Le préavis court ; il reste 12 000 euros à payer.", [None]),
]


@pytest.mark.parametrize(("text", "objects"), CASES)
def test_what_is_measured(text: str, objects: list[str | None], analyse_text: Analyse) -> None:
    assert [q.object for q in analyse_text(text).quantities] == objects


@pytest.mark.parametrize(
    ("text", "per"),
    [
        ("Coût moyen d’un logement rénové : 38 000 €.", "logement"),
        ("Chaque écluse a coûté en moyenne 1,4 M€.", "écluse"),
        ("Le coût de la digue atteint 38 000 €.", None),
    ],
)
def test_for_each_of_what_an_amount_is(text: str, per: str | None, analyse_text: Analyse) -> None:
    (quantity,) = analyse_text(text).quantities
    assert quantity.per == per


TABLE = """Opération | Coût estimé (M€) | Attribué par la Région (M€)
Campus industrie, Sedan | 11,8 | 6,2
Internat, Épinal | 5,3 | 2,6
Total | 17,1 | 8,8"""


def test_in_a_table_of_things_an_amount_is_of_its_row(analyse_text: Analyse) -> None:
    found = [quantity.object for quantity in analyse_text(TABLE).quantities]
    assert found == ["Campus"] * 2 + ["Internat"] * 2 + [None, None]


FUNDERS = """Financeur | Participation (M€) | Part
Région Grand Est | 31,0 | 62 %
Département de la Meuse | 19,0 | 38 %"""


def test_a_funder_is_never_what_money_is_of(analyse_text: Analyse) -> None:
    found = [quantity.object for quantity in analyse_text(FUNDERS).quantities]
    assert found == ["Participation", "Part"] * 2
