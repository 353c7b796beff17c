"""The noun that a figure is probably of, where no rule says it; and where it is of none."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from recoupe.records import Extraction
from recoupe.training import COMPARISONS, NOUNS, STATUS, WHOLES, digest

Analyse = Callable[..., Extraction]

CASES = [
    ("Au Havre, le cours du blé ne dépasse plus 210 euros la tonne.", ["cours"]),
    ("Le prix du béton, lui, n’a pas attendu : + 18 %.", ["prix"]),
    ("Les ventes, elles, résistent : + 3 %.", ["ventes"]),
    ("L’Ebitda ressort à 241 M€.", ["Ebitda"]),
    ("Les inscriptions plafonnent à 340.", ["inscriptions"]),
    # Who gives is no noun that the money is of, nor is what a distance ends at.
    ("La commune versera 12 000 euros.", [None]),
    ("Le Département mettra 3 millions, la Région deux.", [None, None]),
    ("La Banque des Territoires en apporte 4 millions.", [None]),
    ("Selon le maire, il faudrait 4 millions.", [None]),
    ("Il lui reste 85 000 euros.", [None]),
    ("Nous en sommes à 3 millions.", [None]),
    ("À 12 km de la mairie, la forêt brûle.", [None]),
    ("Elle habite à 800 mètres du stade.", [None]),
]


@pytest.mark.parametrize(("text", "objects"), CASES)
def test_a_figure_is_of_the_likely_noun(
    text: str, objects: list[str | None], analyse_text: Analyse
) -> None:
    assert [figure.object for figure in analyse_text(text).quantities] == objects


@pytest.mark.parametrize("weights", [NOUNS, WHOLES, STATUS, COMPARISONS])
def test_the_weights_are_those_of_the_committed_annotations(weights: Path) -> None:
    learned = json.loads(weights.read_text("utf-8"))
    assert learned["digest"] == digest(), "run python -m recoupe.training and commit the weights"
