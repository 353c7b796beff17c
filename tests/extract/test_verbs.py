"""How a French verb group stands: its aspect, voice, polarity and what governs it."""

from __future__ import annotations

import pytest
from spacy.language import Language

from recoupe.extract.facts.verbs import Reading, read_verb


@pytest.mark.parametrize(
    ("sentence", "verb", "expected"),
    [
        ("L'État verse trois millions.", "verse", Reading(aspect="present")),
        ("L'État a versé trois millions.", "versé", Reading(aspect="realised")),
        ("L'État versera trois millions.", "versera", Reading(aspect="future")),
        ("L'État verserait trois millions.", "verserait", Reading(aspect="conditional")),
        ("La commune mettra trois millions.", "mettra", Reading(aspect="future")),
        ("Les communes mettront trois millions.", "mettront", Reading(aspect="future")),
        ("Le chantier coûterait trois millions.", "coûterait", Reading(aspect="conditional")),
        ("L'État aurait versé trois millions.", "versé", Reading(aspect="conditional")),
        (
            "Les communes auront signé leur contrat.",
            "signé",
            Reading(aspect="future", anterior=True),
        ),
        ("Les fonds ont été versés.", "versés", Reading(aspect="realised", passive=True)),
        ("Les fonds sont versés chaque mois.", "versés", Reading(aspect="present", passive=True)),
        ("Les fonds seront versés en mai.", "versés", Reading(aspect="future", passive=True)),
        ("L'État n'a pas versé les fonds.", "versé", Reading(aspect="realised", negated=True)),
        (
            "L'aide n'a pas encore été versée.",
            "versée",
            Reading(aspect="realised", passive=True, negated=True, not_yet=True),
        ),
        ("L'État n'a versé que trois millions.", "versé", Reading(aspect="realised")),
        ("L'État va verser trois millions.", "verser", Reading(aspect="future", modal="aller")),
        (
            "La Région doit verser trois millions.",
            "verser",
            Reading(aspect="infinitive", modal="devoir"),
        ),
        (
            "L'État devrait verser trois millions.",
            "verser",
            Reading(aspect="conditional", modal="devoir"),
        ),
        (
            "L'État vient de verser trois millions.",
            "verser",
            Reading(aspect="realised", modal="venir"),
        ),
    ],
)
def test_reading(nlp: Language, sentence: str, verb: str, expected: Reading) -> None:
    token = next(token for token in nlp(sentence) if token.text == verb)
    assert read_verb(token) == expected


@pytest.mark.parametrize("form", ["assurait", "préparait", "montrait", "considérait"])
def test_an_imperfect_in_rait_is_no_conditional(nlp: Language, form: str) -> None:
    token = next(token for token in nlp(f"Le maire {form} un accueil.") if token.text == form)
    assert read_verb(token).aspect == "imperfect"
