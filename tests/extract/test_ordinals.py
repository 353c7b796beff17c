"""Ordinals that number something, beside those that number nothing."""

from __future__ import annotations

import pytest

from recoupe.extract.figures.quantities import find_quantities

RANKS = [
    ("La ville ouvre une troisième crèche.", ["troisième"]),
    ("Le sinistre de la deuxième tranche est clos.", ["deuxième"]),
    ("C'est la quatrième année de suite que la foire perd des exposants.", ["quatrième"]),
    ("Deux digues tiennent ; une troisième, rompue en mai, sera refaite.", ["Deux", "troisième"]),
    ("La quatrième, celle de Sizun, attend son permis.", ["quatrième"]),
    ("L'édition d'automne, sixième du nom, a fait salle comble.", ["sixième"]),
    ("Le 27e prix des lycéens va à un roman.", ["27e"]),
    ("La 131e foire aux oignons ouvre vendredi.", ["131e"]),
    ("Programme des 9es Rencontres du bocage.", ["9es"]),
    ("La ville est classée 14e sur 40.", ["14e", "40"]),
    ("Elle habite au troisième étage.", []),
    ("Deuxième constat : les délais s'allongent.", []),
    ("Une deuxième bonne nouvelle est venue de Paris.", []),
    ("Il joue en troisième division.", []),
    ("Ils signent pour la deuxième fois.", []),
    ("Le premier mois est payé. Le deuxième, rien.", []),
    ("Le 12e programme de l'agence de l'eau s'achève.", []),
    ("Elle vit dans le 11e arrondissement.", []),
    ("Elle entre en deuxième année de licence.", []),
    ("au XIXe siècle, au 18e siècle", []),
]


@pytest.mark.parametrize(("text", "spans"), RANKS)
def test_an_ordinal_is_a_rank_where_it_numbers(text: str, spans: list[str]) -> None:
    assert [text[d.start : d.end] for d in find_quantities(text)] == spans
