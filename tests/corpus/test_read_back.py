"""Every page and PDF of the corpus, read by the real reader, against its document."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from recoupe.corpus.documents import load
from recoupe.corpus.page_scores import PageScore, aggregate, score_page
from recoupe.page_reading import read_back

#: Least F1 of the bodies of a family, and least share of standfirsts that are right.
FLOORS = {
    "jsonld": (0.99, 0.85),
    "dsfr": (0.98, 0.7),
    "spip": (0.98, 0.7),
    "wordpress": (0.98, 0.95),
    "regional1252": (0.98, 0.7),
    "pdf": (0.94, 0.0),
}


@pytest.fixture(scope="module")
def scores() -> Mapping[str, list[PageScore]]:
    found: dict[str, list[PageScore]] = {family: [] for family in FLOORS}
    for document, article in read_back(load()):
        found[document.family].append(score_page(document, article))
    return found


@pytest.mark.parametrize("family", FLOORS)
def test_a_family_is_read_back(family: str, scores: Mapping[str, list[PageScore]]) -> None:
    told = aggregate(scores[family])
    f1, standfirst = FLOORS[family]
    assert told.f1 >= f1
    assert told.standfirst >= standfirst
    assert (told.title, told.published, told.kind, told.paywalled) == (1.0, 1.0, 1.0, 1.0)
    assert told.author >= 0.8


@pytest.mark.parametrize("family", [family for family in FLOORS if family != "pdf"])
def test_no_line_of_furniture_reaches_the_article(
    family: str, scores: Mapping[str, list[PageScore]]
) -> None:
    assert {score.slug: score.leaked for score in scores[family] if score.leaked} == {}
