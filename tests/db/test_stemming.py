"""Forms of one word meet in the search; words that only look alike do not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recoupe.db.stemming import fold_name, stem_of, stems, tokens

MEET = [
    "région/régions",
    "emploi/emplois",
    "élu/élus",
    "élu/élue",
    "élu/élues",
    "national/nationaux",
    "nationale/nationaux",
    "travail/travaux",
    "euro/euros",
    "nouveau/nouveaux",
    "nouveau/nouvelle",
    "œuvre/oeuvre",
    "État/etat",
    "industriel/industrielles",
    "entreprise/entreprises",
    "annoncé/annoncées",
    "député/députée",
    "directeur/directrice",
    "européen/européenne",
    "première/premier",
    "premiere/Premières",
    "financier/financières",
    "actif/active",
    "public/publique",
    "journal/journaux",
    "enjeu/enjeux",
    "heureux/heureuse",
    "habitant/habitante",
    "français/française",
    "local/locaux",
    "société/societe",
    "département/departement",
    "sécurité/securites",
    "eau/eaux",
    "lieu/lieux",
    "agriculteur/agricultrices",
    "an/ans",
    "milliard/milliards",
    "prochain/prochaine",
    "décès/deces",
    "crédit/crédits",
]
APART = [
    "commun/commune",
    "marché/marche",
    "parti/partie",
    "Paris/pari",
    "cours/cour",
    "mois/moi",
    "plan/plante",
    "annonce/annoncé",
    "retraite/retraité",
    "porte/port",
    "côté/cote",
    "fonds/fond",
    "médecin/médecine",
    "vers/ver",
    "police/poli",
    "péché/pêche",
]


@pytest.mark.parametrize("pair", MEET)
def test_forms_of_one_word_meet(pair: str) -> None:
    one, other = pair.split("/")
    assert stem_of(one) == stem_of(other)


@pytest.mark.parametrize("pair", APART)
def test_other_words_stay_apart(pair: str) -> None:
    one, other = pair.split("/")
    assert stem_of(one) != stem_of(other)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("l’emploi, d'abord, qu’il faut", "emploi abord il faut"),
        ("Lorsqu’une région s’engage", "une region engage"),
        ("Ille-et-Vilaine", "ille et vilain"),
        ("1 200 projets", "1200 projet"),
        ("1\u202f200 et 25\u00a0000\u00a0000", "1200 et 25000000"),
        ("1.200 et 1,36 milliard", "1200 et 1v36 milliard"),
        ("10 000,5 et 3.5", "10000v5 et 3v5"),
        ("en 2019 474 projets", "en 2019 474 projet"),
        ("260 M€ (85%)", "260 m 85"),
        ("l’A16 et 12 m²", "a16 et 12 m2"),
        ("e\u0301lus", "elu"),
        ("… — « »", ""),
    ],
)
def test_a_text_becomes_stems(text: str, expected: str) -> None:
    assert stems(text) == expected


@given(st.text())
def test_any_text_gives_stems_of_letters_and_digits_at_their_place(text: str) -> None:
    end = 0
    for token in tokens(text):
        assert end <= token.start < token.end <= len(text)
        assert token.stem.replace(" ", "x").isalnum()
        end = token.end


@pytest.mark.parametrize(
    ("name", "folded"),
    [
        ("Île-de-France", "ile de france"),
        ("L’Haÿ-les-Roses", "l hay les roses"),
        ("Œuilly", "oeuilly"),
        ("Territoires d'industrie", "territoires d industrie"),
    ],
)
def test_names_are_folded_for_comparison(name: str, folded: str) -> None:
    assert fold_name(name) == folded
