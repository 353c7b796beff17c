"""What the cells of a table are of: the noun of their header, else of their row or its corner."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from recoupe.extract.figures.shapes import shape
from recoupe.records import Extraction

Analyse = Callable[..., Extraction]

TABLES = [
    # a header parted from its rows by an empty line
    ("Commune | Logements livrés\n\nAuch | 214\nCondom | 38\n", ["Logements", "Logements"]),
    # a forecast or a unit is of the thing of the row, a price is what it is
    ("Poste | 2024 | Plan 2025\nLoyers | 310 € | 320 €\n", ["Loyers", "Loyers"]),
    ("Espèce | Tonnes 2024\nSardine | 1 870\n", ["Sardine"]),
    ("Espèce | Prix moyen (€/kg)\nSardine | 0,92\n", ["Prix"]),
    # columns of years: the corner that says the unit names what all cells are of
    ("Trafics (en milliers de tonnes) | 2023 | 2024\nBois | 88 | 91\n", ["Trafics", "Trafics"]),
]


@pytest.mark.parametrize(("text", "heads"), TABLES)
def test_a_cell_is_of_its_header_or_row(text: str, heads: list[str], analyse_text: Analyse) -> None:
    found = [(figure.object or "-").split()[0] for figure in analyse_text(text).quantities]
    assert found == heads


@pytest.mark.parametrize(
    ("signs", "expected"),
    [
        (["", ",", "P", ""], ",P"),
        (["d", "p", "", "V"], "pV"),
        (["N", "N", ",", ","], "N,"),
        ([], ""),
        (["N", ","] * 9, ",N,N,N,"),
    ],
)
def test_the_build_of_a_sentence(signs: list[str], expected: str) -> None:
    assert shape(signs) == expected
