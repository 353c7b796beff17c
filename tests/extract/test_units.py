"""Units after a numeral: each written form with its code and what it multiplies by."""

from __future__ import annotations

from decimal import Decimal

import pytest

from recoupe.extract.figures.quantities import find_quantities

FORMS = [
    ("3 000 €", "EUR", "3000"),
    ("1 244 M€", "EUR", "1244000000"),
    ("12 Md€", "EUR", "12000000000"),
    ("3,5 Mds€", "EUR", "3500000000"),
    ("640 k€", "EUR", "640000"),
    ("640K€", "EUR", "640000"),
    ("75 M d'euros", "EUR", "75000000"),
    ("75 M d’euros", "EUR", "75000000"),
    ("100 MEUR", "EUR", "100000000"),
    ("2,7 Md d’euros", "EUR", "2700000000"),
    ("45 dollars", "USD", "45"),
    ("45 $", "USD", "45"),
    ("$45", "USD", "45"),
    ("£30", "GBP", "30"),
    ("EUR 300 000", "EUR", "300000"),
    ("200 francs suisses", "CHF", "200"),
    ("200 francs CFA", "XOF", "200"),
    ("200 francs", "FRF", "200"),
    ("500 yens", "JPY", "500"),
    ("12 centimes", "EUR", "0.12"),
    ("3 € 50", "EUR", "3.5"),
    ("3 euros et 50 centimes", "EUR", "3.5"),
    ("85 %", "percent", "85"),
    ("85%", "percent", "85"),
    ("dix pour cent", "percent", "10"),
    ("2,4 points", "point", "2.4"),
    ("-3 %", "percent", "-3"),
    ("50 cm3", "cm3", "50"),
    ("70 kw", "kW", "70"),
    ("20 ch", "[HP]", "20"),
    ("22 milles", "[nmi_i]", "22"),
    ("3 stères", "st", "3"),
    ("140 Fcfp", "XPF", "140"),
    ("2 points de pourcentage", "point", "2"),
    ("12 km", "km", "12"),
    ("2,5 ha", "ha", "2.5"),
    ("1 000 hectares", "ha", "1000"),
    ("300 m²", "m2", "300"),
    ("300 mètres carrés", "m2", "300"),
    ("558m3", "m3", "558"),
    ("12 MW", "MW", "12"),
    ("3,2 GWh", "GW.h", "3.2"),
    ("30 °C", "Cel", "30"),
    ("moins 12 degrés", "Cel", "-12"),
    ("110 km/h", "km/h", "110"),
    ("45 000 tonnes", "t", "45000"),
    ("3.5 tonnes", "t", "3.5"),
    ("10 MtCO2eq", "MtCO2", "10"),
    ("7 500 litres", "L", "7500"),
    ("20 Mbit/s", "Mbit/s", "20"),
    ("2 µg/m³", "ug/m3", "2"),
    ("deux ans", "year", "2"),
    ("trois ans et demi", "year", "3.5"),
    ("une heure et demie", "hour", "1.5"),
    ("45 minutes", "minute", "45"),
    ("six mois", "month", "6"),
    ("6 prochains mois", "month", "6"),
    ("12 derniers mois", "month", "12"),
    ("trois semaines", "week", "3"),
    ("33 jours", "day", "33"),
    ("deux décennies", "year", "20"),
    ("deux siècles", "year", "200"),
    ("deux trimestres", "month", "6"),
]


@pytest.mark.parametrize(("written", "unit", "value"), FORMS)
def test_each_form_is_read_whole(written: str, unit: str, value: str) -> None:
    text = f"Le rapport dit {written}."
    found = find_quantities(text)
    assert [(text[d.start : d.end], d.unit, d.value) for d in found] == [
        (written, unit, Decimal(value))
    ]


@pytest.mark.parametrize(
    ("text", "span", "value"),
    [
        ("Il progresse (+ 2,4 points).", "2,4 points", "2.4"),
        ("Soit +11,8 % sur un an.", "11,8 %", "11.8"),
        ("Il recule (– 5,9 % hors change).", "5,9 %", "5.9"),
        ("Il recule (-5,9 % hors change).", "-5,9 %", "-5.9"),
        ("Le ticket est à 1 € 50 le trajet.", "1 € 50", "1.5"),
        ("On a payé 3 € 50 plants plus tôt.", "3 €", "3"),
        ("C'est 89 €si la photo est prise.", "89 €", "89"),
    ],
)
def test_signs_and_cents(text: str, span: str, value: str) -> None:
    first = find_quantities(text)[0]
    assert (text[first.start : first.end], first.value) == (span, Decimal(value))


@pytest.mark.parametrize(
    ("text", "per"),
    [
        ("12 M€ par an", "year"),
        ("500 € / mois", "month"),
        ("1 200 €/m²", "m2"),
        ("9 euros le mètre carré", "m2"),
        ("9 euros le mètre carré et par mois", "m2.month"),
        ("300 euros par habitant", "habitant"),
        ("300 euros par habitant et par an", "habitant.year"),
        ("4,2 €/usager", "usager"),
        ("45 dollars le baril", "[bbl_us]"),
        ("415 ha / an", "year"),
        ("12 euros de l'heure", "hour"),
        ("20 centimes le kWh", "kW.h"),
        ("8 000 euros par dossier", "dossier"),
        ("2 millions d'euros annuels", "year"),
        ("12 millions d'euros de subventions par an", "year"),
        ("3 millions d'euros par ailleurs", None),
        ("3 millions d'euros par rapport à 2019", None),
        ("3 millions d'euros par convention", None),
        ("3 millions d'euros versés", None),
    ],
)
def test_a_rate_names_its_denominator(text: str, per: str | None) -> None:
    assert find_quantities(text)[0].per == per


@pytest.mark.parametrize(
    "text", ["474 d'euros", "12 mairies", "12 hameaux", "3 anses", "5 ministres"]
)
def test_what_only_looks_like_a_unit_is_none(text: str) -> None:
    assert [draft.unit for draft in find_quantities(text)] == [None]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Le parti gagne trois points à 34 %.", "point"),
        ("Le taux de chômage recule de 2 points.", "point"),
        ("soit 5 points de plus qu'en France", "point"),
        ("C'est un tireur à trois points.", "number"),
        ("Quatre points sont accordés pour une victoire.", "number"),
        ("La commune compte 1 340 points lumineux.", "number"),
    ],
)
def test_points_are_percentage_points_only_near_a_share_or_a_change(text: str, kind: str) -> None:
    assert find_quantities(text)[0].kind == kind
