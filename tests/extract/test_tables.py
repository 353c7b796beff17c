"""Cells of a table: unit and scale from the header or the caption, the noun from the header."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from recoupe.extract.figures.quantities import find_quantities
from recoupe.extract.figures.tables import give_table_units
from recoupe.extract.layout import Layout
from recoupe.records import Extraction

UNITS = [
    ("Dépenses | Montant (k€)\nVoirie | 640", ["640 EUR 640000"]),
    ("Dépenses | En millions d'euros\nVoirie | 12,5", ["12,5 EUR 12500000"]),
    ("Dépenses | en millions d’euros\nVoirie | 12,5", ["12,5 EUR 12500000"]),
    ("Dépenses | Montant, en M€\nVoirie | 3", ["3 EUR 3000000"]),
    ("Dépenses | Montant (en €)\nVoirie | 1 250", ["1 250 EUR 1250"]),
    ("Dépenses | €\nVoirie | 1 250", ["1 250 EUR 1250"]),
    ("Ville | Part (%)\nLens | 45", ["45 percent 45"]),
    ("Ville | %\nLens | 22,5", ["22,5 percent 22.5"]),
    ("Ville | Surface (ha)\nLens | 1 170", ["1 170 ha 1170"]),
    ("Ville | Habitants (en milliers)\nLens | 31", ["31 - 31000"]),
    ("Budget (en milliards d'euros)\nAnnée | État\nPrévu | 3,2", ["3,2 EUR 3200000000"]),
    ("En k€ | Région | État\nQuais | 120 | 80", ["120 EUR 120000", "80 EUR 80000"]),
    ("Poste | Coût\nToiture (k€) | 85", ["85 EUR 85000"]),
    ("Ville | Nombre de projets | Montant (k€)\nLens | 12 | 85", ["12 - 12", "85 EUR 85000"]),
    ("Ville | Montant (k€)\nLens | 12 %", ["12 % percent 12"]),
    ("Port | Tonnes\nLorient | 1 250", ["1 250 t 1250"]),
    ("Projet | Coût (€)\n\nPasserelle | 640 000", ["640 000 EUR 640000"]),
    ("Relevé | Valeur\n\nEncours (M€) | 6,5\nAgences | 31", ["6,5 EUR 6500000", "31 - 31"]),
    ("Ville | Année\nLens | 12", ["12 - 12"]),
    ("Le budget est en millions d'euros.\n\nIl y a 12 communes.", ["12 - 12"]),
]


@pytest.mark.parametrize(("text", "expected"), UNITS)
def test_a_cell_takes_the_unit_of_its_header_or_caption(text: str, expected: list[str]) -> None:
    drafts = find_quantities(text)
    give_table_units(text, Layout.of(text), drafts)
    rows = [f"{text[d.start : d.end]} {d.unit or '-'} {d.value:f}" for d in drafts]
    assert [trimmed(row) for row in rows] == expected


def trimmed(row: str) -> str:
    return row.rstrip("0").rstrip(".") if "." in row.rsplit(" ", 1)[1] else row


def test_precision_follows_the_scale() -> None:
    text = "Dépenses | Montant (M€)\nVoirie | 12,5"
    drafts = find_quantities(text)
    give_table_units(text, Layout.of(text), drafts)
    assert drafts[0].precision == Decimal(100_000)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Ville | Nombre de projets | Logements sociaux\nLens | 12 | 450\nVannes | 8 | 1 200",
            ["12 projets", "450 Logements sociaux", "8 projets", "1 200 Logements sociaux"],
        ),
        (
            "Type | Prévu | Livré\nÉcoles | 3 | 4\nPiscines | 2 | 1",
            ["3 Écoles", "4 Écoles", "2 Piscines", "1 Piscines"],
        ),
    ],
)
def test_a_count_takes_the_noun_of_its_header_or_row(
    text: str, expected: list[str], analyse_text: Callable[..., Extraction]
) -> None:
    quantities = analyse_text(text).quantities
    assert [f"{q.text} {q.object}" for q in quantities] == expected
    assert {q.kind for q in quantities} == {"count"}


def test_layout_knows_header_caption_and_cells() -> None:
    text = "Légende\n\nA | B\nx | 1\ny | 2\n\nFin"
    layout = Layout.of(text)
    line = layout.line_at(text.index("2"))
    assert layout.header(line) == 2
    assert layout.caption(line) == (0, 7)
    heading = layout.heading_of(line, text.index("2"))
    assert heading is not None
    assert text[slice(*heading)] == "B"
