"""Denominators that do not stand right behind their figure, and words that are none."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from recoupe.records import Extraction

Analyse = Callable[..., Extraction]


@pytest.mark.parametrize(
    ("text", "rates"),
    [
        ("Mise en service du parc, 62 GWh attendus chaque année.", {"62 GWh": "year"}),
        ("À la cantine, 42 kilos de pain partent chaque jour.", {"42 kilos": "day"}),
        ("Chaque passager a laissé en ville 46 euros.", {"46 euros": "passager"}),
        ("Le mètre cube se négocie autour de 48 euros.", {"48 euros": "m3"}),
        ("La commune loue deux pelles à 900 euros la journée.", {"900 euros": "day"}),
        ("Comptez 38 euros l’abonnement annuel.", {"38 euros": "year"}),
        ("Dépense moyenne par touriste et par jour : 61 €.", {"61 €": "touriste"}),
        ("Soit 1 350 voyageurs en moyenne par navire.", {"1 350": "navire"}),
        (
            "Il vaut 6,35 euros le kilo, contre 5,90 euros en 2022.",
            {"6,35 euros": "kg", "5,90 euros": "kg"},
        ),
        ("Passages quotidiens sur le pont : 2 140 cyclistes.", {"2 140": "day"}),
        ("L’abonnement mensuel des étudiants reste à 56 €.", {"56 €": "month"}),
        ("On a supprimé 31 permanences mensuelles.", {"31": "month"}),
        ("L’usine annonce 0,6 m³ économisé par tonne de papier.", {"0,6 m³": "t"}),
        ("Le coût de l’heure de vol atteint 9 000 €.", {"9 000 €": "hour"}),
        (
            "La police a dressé 430 procès-verbaux, pour 35 euros chacun.",
            {"35 euros": "procès-verbal"},
        ),
        ("Filière | Production (GWh/an)\nBois | 148", {"148": "year"}),
        ("Relevé | 2023\nLargages par feu | 9,2", {"9,2": "feu"}),
        ("Contributeur | Apport (M€)\nCommunes (300 € par prise) | 35", {"300 €": "prise"}),
        ("La dette par habitant descendrait sous les 640 €.", {"640 €": "habitant"}),
        ("La régie perd 9 euros à chaque repas servi.", {"9 euros": "repas"}),
        (
            "Le kilo, acheté 0,40 € au pêcheur, se revend 3,80 €.",
            {"0,40 €": "kg", "3,80 €": "kg"},
        ),
        ("La cidrerie passera de 300 à 450 tonnes par an.", {"300": "year", "450 tonnes": "year"}),
        ("L’annuité montera à 71 000 €.", {"71 000 €": "year"}),
        ("Les casques valent 4 100 euros pièce.", {"4 100 euros": "pièce"}),
        ("Le vrac part à 68 € l’hecto.", {"68 €": "hL"}),
        ("Le kilo de pommes a rapporté 3 millions d’euros à la coopérative.", {}),
        ("Réunis par visioconférence, 30 maires ont voté.", {}),
        ("L’an dernier a coûté 12 000 euros au club.", {}),
        ("L’adhésion coûte 30 € l’an (15 € pour les élèves).", {"30 €": "year", "15 €": "year"}),
        ("La chaudière brûlait 410 000 litres chaque hiver.", {"410 000 litres": "hiver"}),
        ("Il verse 22 000 euros à chacun des 31 licenciés.", {"22 000 euros": "licencié"}),
        ("La journée a rapporté 3 200 euros.", {}),
        ("Ses 24 heures hebdomadaires vont à 61 kilomètres de route.", {"24 heures": "week"}),
        ("La chambre constate que la piste a coûté 790 000 €.", {}),
        ("Elle compte 14 maisons en année pleine.", {}),
        ("La criée a vendu 4 120 tonnes l’an passé.", {}),
        ("Elle a coupé 820 millions d’euros l’an dernier.", {}),
        ("La salle a coûté 900 euros la semaine dernière.", {}),
        ("Chaque mardi, la mairie ouvre, et 12 agents reçoivent.", {}),
        ("Il a versé 40 euros par chèque.", {}),
    ],
)
def test_a_rate_that_stands_apart(analyse_text: Analyse, text: str, rates: dict[str, str]) -> None:
    assert {q.text: q.per for q in analyse_text(text).quantities if q.per} == rates
