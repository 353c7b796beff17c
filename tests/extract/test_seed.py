"""The figures of the seed article, each with what the design asks of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from recoupe.records import Extraction, Quantity

SEED = Path(__file__).resolve().parents[3] / "shared" / "seed" / "territoires-industrie.txt"

#: text | kind | value | unit | approx | object | whole
EXPECTED = [
    "85% | percent | 85 | percent | - | - | -",
    "29 | count | 29 | - | - | - | -",
    "Trois | count | 3 | - | - | territoires | -",
    "144 | count | 144 | - | - | territoires | -",
    "25 | count | 25 | - | - | territoires | -",
    "Dix mois | duration | 10 | month | - | - | -",
    "85% | percent | 85 | percent | - | territoires | 144",
    "144 | count | 144 | - | - | territoires | -",
    "29 | count | 29 | - | - | territoires | -",
    "260 millions d’euros | amount | 260000000 | EUR | more_than | - | 1,36 milliard",
    "1,36 milliard | amount | 1360000000 | EUR | - | - | -",
    "180 millions d’euros | amount | 180000000 | EUR | about | - | 260 millions d’euros",
    "trois | count | 3 | - | - | Territoires d’industrie | -",
    "141 | count | 141 | - | - | territoires | -",
    "474 | count | 474 | - | - | projets | -",
    "9 | count | 9 | - | - | contrats | 9",
    "9 | count | 9 | - | - | territoires | -",
    "un seul | count | 1 | - | - | territoires | 14",
    "14 | count | 14 | - | - | territoires | -",
    "18 | count | 18 | - | - | Territoires d’industrie | -",
    "doublé | multiplier | 2 | - | - | projets | -",
    "474 | count | 474 | - | - | projets | -",
    "la moitié | ratio | 0.5 | - | about | - | 474",
    "231 | count | 231 | - | - | - | 474",
    "108 millions d’euros | amount | 108000000 | EUR | - | montant | -",
    "25 | count | 25 | - | - | territoires | -",
    "25 | count | 25 | - | - | territoires | -",
    "deux ans | duration | 2 | year | - | - | -",
    "la moitié | ratio | 0.5 | - | - | coût | -",
    "une vingtaine d’années | duration | 20 | year | about | - | -",
]


@pytest.fixture(scope="module")
def seed(analyse_text: Callable[..., Extraction]) -> Extraction:
    if not SEED.exists():
        pytest.skip(f"{SEED.name} is not beside the repository")
    return analyse_text(SEED.read_text(encoding="utf-8"), "2019-09-25")


def counted(seed: Extraction) -> list[Quantity]:
    """All but « 3e », the rank of the steering committee."""
    return [quantity for quantity in seed.quantities if quantity.kind != "rank"]


def test_every_figure_of_the_seed(seed: Extraction) -> None:
    texts = {quantity.id: quantity.text for quantity in seed.quantities}
    rows = [
        " | ".join(
            str(field) if field is not None else "-"
            for field in (
                q.text,
                q.kind,
                q.value,
                q.unit,
                q.approx,
                q.object,
                texts.get(q.part_of or ""),
            )
        )
        for q in counted(seed)
    ]
    assert rows == EXPECTED


def test_the_third_committee_is_a_rank_and_no_count(seed: Extraction) -> None:
    ranks = [(q.text, q.object) for q in seed.quantities if q.kind == "rank"]
    assert ranks == [("3e", "comité")]


def test_dates_and_the_fifth_pillar_are_no_figures(seed: Extraction) -> None:
    assert not {"24", "2019", "cinquième"} & {quantity.text for quantity in seed.quantities}
