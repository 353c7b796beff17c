"""*Un* as a number, beside the article; and what stands behind a unit or a noun."""

from __future__ import annotations

import pytest

from recoupe.extract.figures.quantities import find_quantities

ONES = [
    ("Il écope d'un an avec sursis.", ["un an"]),
    ("Le dossier lui a demandé un mois.", ["un mois"]),
    ("Nous en voyons trente en une journée.", ["trente", "une journée"]),
    ("Ils voulaient un point de moins sur le taux.", ["un point"]),
    ("Adopté par 12 voix pour et une abstention.", ["12", "une"]),
    ("Elle vendra un des deux moulins.", ["un", "deux"]),
    ("Le tunnelier avance d'un kilomètre par mois.", ["un kilomètre"]),
    ("On nous retire un poste et demi.", ["un poste et demi"]),
    ("La lettre fait deux pages et demie.", ["deux pages et demie"]),
    ("Il reste à une heure vingt de route.", ["une heure vingt"]),
    ("Deux cent six euros et trente centimes.", ["Deux cent six euros et trente centimes"]),
    ("Le taux était de 3 % un an plus tôt.", ["3 %"]),
    ("La facture n'augmente pas d'un centime.", []),
    ("Un mois de décembre pluvieux s'achève.", []),
    ("Une heure tardive ne l'arrête pas.", []),
    ("La ville organise une journée d'action.", []),
    ("L'un des maires a parlé, une voix à la tribune aussi.", []),
    ("Le roi demanda un jour à ses soldats de fuir.", []),
    ("Encore un hiver et demi à tenir.", []),
]


@pytest.mark.parametrize(("text", "spans"), ONES)
def test_one_is_a_number_where_it_counts(text: str, spans: list[str]) -> None:
    assert [text[d.start : d.end] for d in find_quantities(text)] == spans


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("un poste et demi", "1.5", None),
        ("à une heure vingt de route", "80", "minute"),
        ("deux cent six euros et trente centimes", "206.3", "EUR"),
        ("trois ans et demi", "3.5", "year"),
    ],
)
def test_what_stands_behind_a_unit_counts(text: str, value: str, unit: str | None) -> None:
    (draft,) = find_quantities(text)
    assert (str(draft.value.normalize() if draft.value else None), draft.unit) == (
        value.replace("80", "8E+1"),
        unit,
    )
