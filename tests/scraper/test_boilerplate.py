"""Boilerplate lines go, sentences that look like them stay; the examples stand in the data."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest

from recoupe.scraper.boilerplate import MAX_LINE, families, family_of, fold

SHARED = Path(__file__).parents[3] / "shared" / "data" / "reading"


@pytest.mark.parametrize(
    "line", [line for family in families() for line in family.drops], ids=lambda line: line[:40]
)
def test_a_boilerplate_line_goes(line: str) -> None:
    assert family_of(line) is not None


@pytest.mark.parametrize(
    "line", [line for family in families() for line in family.drops], ids=lambda line: line[:40]
)
def test_it_goes_with_no_break_spaces_and_typographic_apostrophes_too(line: str) -> None:
    assert family_of(line.replace("'", "’").replace(" %", "\u202f%").replace(" :", "\xa0:"))


@pytest.mark.parametrize(
    "line", [line for family in families() for line in family.keeps], ids=lambda line: line[:40]
)
def test_a_sentence_that_looks_like_it_stays(line: str) -> None:
    assert family_of(line) is None


@pytest.mark.parametrize("family", families(), ids=lambda family: family.name)
def test_every_family_has_examples_of_both_kinds(family: object) -> None:
    assert getattr(family, "drops", ())
    assert getattr(family, "keeps", ())


@pytest.mark.parametrize(
    "line",
    [
        "Il vous reste 12 jours pour déposer l'un des 300 dossiers.",
        "Abonnement : 22 euros par mois pour les 14 000 étudiants de l'agglomération.",
        "La photo de l'usine, vendue 12 000 euros, ira au musée.",
        "Contactée, la préfecture évoque 37 emplois.",
        "Partagée par 12 communes, la dépense atteint 4 millions d'euros.",
        "Suivez-le : ses 14 étapes traversent trois départements, de Brest à Nantes.",
        "« Abonnez-vous ! » lance le maire aux 300 clients de la ferme.",
        "Le 3 février 2024, le conseil a voté 12 M€.",
        "1,36 milliard d'euros",
        "86 %",
    ],
)
def test_figures_and_speech_stay(line: str) -> None:
    assert family_of(line) is None


def test_a_long_line_is_prose_whatever_it_begins_with() -> None:
    assert family_of("Lire aussi : " + "a" * MAX_LINE) is None


def test_fold_makes_spaces_and_apostrophes_plain() -> None:
    assert fold(" l’État\u202f:\xa0 12\u00ad ") == "l'État : 12"


def test_hardly_a_line_of_real_prose_is_taken_for_boilerplate() -> None:
    path = SHARED / "sentences.txt"
    if not path.exists():
        pytest.skip(f"real sentences are not at hand: {path}")
    with path.open(encoding="utf-8") as lines:
        sentences = [line.strip() for line in itertools.islice(lines, 1500) if line.strip()]
    assert [line for line in sentences if family_of(line)] == []
