"""The clause around a figure: what scopes its status, period and place."""

from __future__ import annotations

import pytest

from recoupe.extract.facts.clauses import clause_around


@pytest.mark.parametrize(
    ("sentence", "figure", "inside", "outside"),
    [
        ("L'État engage 3 M€, mais la Région gèle 5 M€.", "3 M€", "engage", "gèle"),
        ("L'État engage 3 M€, mais la Région gèle 5 M€.", "5 M€", "gèle", "engage"),
        ("Il a versé 8 M€ ; 2 M€ sont annulés.", "2 M€", "annulés", "versé"),
        ("260 M€ engagés, dont 180 M€ versés par la banque.", "180 M€", "versés", "engagés"),
        ("640 emplois créés, contre 500 prévus.", "500", "prévus", "créés"),
        ("Trois sites (40 emplois créés) seront fermés.", "40", "créés", "fermés"),
        ("9,9 M€ engagés au lieu des 12,4 M€ promis.", "12,4 M€", "promis", "engagés"),
    ],
)
def test_clause(sentence: str, figure: str, inside: str, outside: str) -> None:
    at = sentence.index(figure)
    start, end = clause_around(sentence, (0, len(sentence)), at, at + len(figure))
    assert inside in sentence[start:end]
    assert outside not in sentence[start:end]


def test_a_sentence_of_one_clause_is_its_own() -> None:
    sentence = "L'État verse 3 millions d'euros à la commune."
    assert clause_around(sentence, (0, len(sentence)), 13, 30) == (0, len(sentence))
