"""Scores: what counts as found, as wrong, as missed; floors that only rise."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from recoupe.corpus import floors
from recoupe.corpus.gold import Gold, load_cases
from recoupe.corpus.matching import same_name, same_object, same_role
from recoupe.corpus.measures import Counts, Judged, Score, errors, scores
from recoupe.corpus.scoring import judge
from recoupe.errors import ConfigurationError
from recoupe.records import Extraction

CASE = """@1 Selon Zoé Vantrel, maire de Tillé, 12 des 40 écoles ont été livrées en 2021, près du Tarn.
  person 7 {Zoé Vantrel} role={maire de Tillé}
  territory 29 {Tillé} level=commune code=60639
  figure 36 {12} id=f1 kind=count value=12 object=écoles part_of=f2 status=achieved speaker={Zoé Vantrel}
  figure 43 {40} id=f2 kind=count value=40 object=écoles status=planned
  date 72 {2021} kind=period from=2021-01-01 to=2021-12-31 granularity=year
  territory 86 {Tarn} why=river
  trap 86 {Tarn} of=person
"""  # noqa: E501


@pytest.fixture
def gold(tmp_path: Path) -> Gold:
    path = tmp_path / "figures.gold"
    path.write_text(CASE, "utf-8")
    return load_cases(path, "dev")[0]


def _judged(gold: Gold, found: Extraction) -> Judged:
    text = gold.extraction.article.text
    return Judged(name=gold.name, text=text, outcomes=tuple(judge(gold, found)))


def _counts(gold: Gold, found: Extraction) -> dict[str, Counts]:
    return Judged(
        name=gold.name, text=gold.extraction.article.text, outcomes=tuple(judge(gold, found))
    ).counts()


def test_the_gold_itself_is_all_hits(gold: Gold) -> None:
    assert {outcome.verdict for outcome in judge(gold, gold.extraction)} == {"hit"}


def test_a_wrong_value_is_neither_precise_nor_recalled(gold: Gold) -> None:
    quantities = gold.extraction.quantities
    wrong = replace(quantities[0], value=Decimal(13))
    found = replace(gold.extraction, quantities=(wrong, *quantities[1:]))
    assert _counts(gold, found)["figure.value"] == Counts(1, 2, 2)
    assert _counts(gold, found)["figure"] == Counts(2, 2, 2)


def test_a_figure_missed_and_one_too_many(gold: Gold) -> None:
    quantity = gold.extraction.quantities[0]
    extra = replace(quantity, id="x", start=71, end=75, text="2021", part_of=None)
    fact = gold.extraction.facts[0]
    found = replace(gold.extraction, quantities=(quantity, extra), facts=(fact,))
    counts = _counts(gold, found)
    assert counts["figure"] == Counts(1, 2, 2)
    assert counts["figure.span"] == Counts(1, 2, 2)


def test_statuses_of_one_side_are_half_right(gold: Gold) -> None:
    facts = (replace(gold.extraction.facts[0], status="paid"), gold.extraction.facts[1])
    counts = _counts(gold, replace(gold.extraction, facts=facts))
    assert counts["status"] == Counts(1, 2, 2)
    assert counts["status.side"] == Counts(2, 2, 2)


def test_a_river_that_gets_a_code_is_wrong_and_costs_precision(gold: Gold) -> None:
    tille, tarn = gold.extraction.territories
    coded = replace(tarn, level="departement", code="81", code_system="COG")
    counts = _counts(gold, replace(gold.extraction, territories=(tille, coded)))
    assert counts["territory.null"] == Counts(0, 1, 1)
    assert counts["territory"] == Counts(1, 2, 1)


def test_the_wrong_level_is_the_wrong_place(gold: Gold) -> None:
    tille, tarn = gold.extraction.territories
    moved = replace(tille, level="epci", code="200067999")
    counts = _counts(gold, replace(gold.extraction, territories=(moved, tarn)))
    assert counts["territory"] == Counts(0, 1, 1)


def test_a_region_of_one_departement_is_found_under_either_code(gold: Gold) -> None:
    tille, tarn = gold.extraction.territories
    region = replace(tille, level="region", code="04")
    departement = replace(tille, level="departement", code="974")
    other = replace(tille, level="departement", code="04")
    asked = replace(gold, extraction=replace(gold.extraction, territories=(region, tarn)))
    for found, hits in ((departement, 1), (region, 1), (other, 0)):
        counts = _counts(asked, replace(gold.extraction, territories=(found, tarn)))
        assert counts["territory"].hits == hits


def test_a_trap_taken_is_told_with_where_it_stands(gold: Gold) -> None:
    person = replace(gold.extraction.people[0], start=85, end=89, text="Tarn", name="Tarn")
    found = replace(gold.extraction, people=(gold.extraction.people[0], person))
    judged = Judged(
        name=gold.name, text=gold.extraction.article.text, outcomes=tuple(judge(gold, found))
    )
    (error,) = errors([judged], "trap")
    assert (error.line, error.column, error.outcome.found) == (1, 86, "Tarn")


def test_a_speaker_left_out_is_missed(gold: Gold) -> None:
    facts = tuple(replace(fact, speaker=None) for fact in gold.extraction.facts)
    counts = _counts(gold, replace(gold.extraction, facts=facts))
    assert counts["figure.speaker"] == Counts(0, 0, 1)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("projets", "projet", True),
        ("logements sociaux", "logements", True),
        ("canaux", "canal", True),
        ("logements", "ménages", False),
        ("places de crèche", "crèche", False),
    ],
)
def test_objects_are_compared_by_their_head(one: str, other: str, *, same: bool) -> None:
    assert same_object(one, other) is same


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("directrice générale d'Habitat du Thérain", "directrice générale", True),
        ("la maire de Tillé", "maire", True),
        ("préfet de l’Oise", "préfète déléguée de l'Aisne", False),
        ("président", "trésorier", False),
    ],
)
def test_roles_are_compared_by_their_full_words(one: str, other: str, *, same: bool) -> None:
    assert same_role(one, other) is same


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Mme Zoé Vantrel", "Zoé Vantrel", True),
        ("Vantrel", "Zoé Vantrel", True),
        ("le préfet", "Préfet", True),
        ("Zoé Vantrel", "Zoé Mauchamp", False),
        (None, "Zoé", False),
    ],
)
def test_names_are_compared_by_their_words(one: str | None, other: str, *, same: bool) -> None:
    assert same_name(one, other) is same


def test_an_interval_holds_its_score_and_is_the_same_each_time(gold: Gold) -> None:
    right = Judged(
        name=gold.name,
        text=gold.extraction.article.text,
        outcomes=tuple(judge(gold, gold.extraction)),
    )
    nothing = replace(gold.extraction, quantities=(), facts=())
    wrong = Judged(
        name=gold.name, text=gold.extraction.article.text, outcomes=tuple(judge(gold, nothing))
    )
    score = scores([right, right, wrong])["figure"]
    assert score.low is not None
    assert score.high is not None
    assert score.counts.f1 is not None
    assert score.low < score.counts.f1 < score.high
    assert scores([right, right, wrong])["figure"] == score


def _measured(*pairs: tuple[str, int]) -> dict[str, Score]:
    return {name: Score(counts=Counts(hits, 100, 100), low=None, high=None) for name, hits in pairs}


def test_floors_are_raised_and_never_lowered(tmp_path: Path) -> None:
    first = floors.raised(None, "dev", _measured(("figure", 90)), corpus="a")
    assert first.parts["dev"]["figure"] == pytest.approx(0.898)
    better = floors.raised(first, "dev", _measured(("figure", 95)), corpus="a")
    assert better.parts["dev"]["figure"] > first.parts["dev"]["figure"]
    with pytest.raises(ConfigurationError, match="floors only rise"):
        floors.raised(better, "dev", _measured(("figure", 80)), corpus="a")
    floors.save(better, tmp_path / "baseline.json")
    assert floors.load(tmp_path / "baseline.json") == better


@pytest.mark.parametrize(
    ("measured", "corpus", "reasons"),
    [
        (_measured(("figure", 90)), "a", []),
        (_measured(("figure", 70)), "a", ["dev: figure: 0.7 is under its floor 0.898"]),
        ({}, "a", ["dev: figure: None is under its floor 0.898"]),
        (_measured(("figure", 99)), "b", ["the corpus has changed"]),
    ],
)
def test_the_gate_says_what_fell(
    measured: dict[str, Score], corpus: str, reasons: Sequence[str]
) -> None:
    baseline = floors.raised(None, "dev", _measured(("figure", 90)), corpus="a")
    told = list(floors.fallen(baseline, "dev", measured, corpus=corpus))
    assert len(told) == len(reasons)
    assert all(expected in reason for expected, reason in zip(reasons, told, strict=True))
