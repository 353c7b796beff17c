"""One fact for each figure, and the facts of the reading text that the design names."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from recoupe.records import Extraction, Fact

Analyse = Callable[..., Extraction]
_SEED = Path(__file__).parents[2].parent / "shared" / "seed" / "territoires-industrie.txt"


def test_each_figure_has_one_fact_with_its_sentence(analyse_text: Analyse) -> None:
    text = "L'État a versé 3 millions d'euros. La Région compte 40 lycées, dont 12 rénovés."
    extraction = analyse_text(text)
    assert [f.quantity for f in extraction.facts] == [q.id for q in extraction.quantities]
    assert {text[slice(*f.evidence)] for f in extraction.facts} == {
        "L'État a versé 3 millions d'euros.",
        "La Région compte 40 lycées, dont 12 rénovés.",
    }


def test_a_text_without_figures_has_no_fact(analyse_text: Analyse) -> None:
    assert analyse_text("Le maire a parlé longtemps.").facts == ()


@pytest.fixture(scope="module")
def seed(analyse_text: Analyse) -> Extraction:
    if not _SEED.exists():
        pytest.skip("the reading text lies outside the repository")
    return analyse_text(_SEED.read_text("utf-8"), published_at="2019-09-25")


def _facts(extraction: Extraction, figure: str) -> list[Fact]:
    texts = {q.id: q.text for q in extraction.quantities}
    return [f for f in extraction.facts if texts[f.quantity].startswith(figure)]


def test_seed_sets_what_was_engaged_against_what_was_announced(seed: Extraction) -> None:
    (announced,), (engaged,) = _facts(seed, "1,36"), _facts(seed, "260")
    assert (announced.status, engaged.status) == ("announced", "committed")
    (made,) = [c for c in seed.comparisons if c.left == announced.id]
    assert (made.relation, made.right) == ("announced_vs_reported", engaged.id)
    assert made.ratio == Decimal("0.191176")


@pytest.mark.parametrize(
    ("figure", "status", "times"),
    [
        ("85", "planned", 2),
        ("29", "contracted", 2),
        ("180", "committed", 1),
        ("108", "committed", 1),
        ("231", "committed", 1),
    ],
)
def test_seed_statuses(seed: Extraction, figure: str, status: str, times: int) -> None:
    assert [fact.status for fact in _facts(seed, figure)] == [status] * times


def test_seed_deadline(seed: Extraction) -> None:
    assert {fact.period_to for fact in _facts(seed, "85")} == {"2019-12-31"}
