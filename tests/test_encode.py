"""The JSON of schema_version 1: every key of every object, and nothing else (design §5)."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from spacy.language import Language

from recoupe.encode import SCHEMA_VERSION, error_json, exact, extraction_json, to_json
from recoupe.models import analyse
from recoupe.records import (
    Article,
    Comparison,
    DateMention,
    Extraction,
    Fact,
    OrganisationMention,
    PersonMention,
    Pipeline,
    ProgrammeMention,
    Quantity,
    Quote,
    Reference,
    TerritoryCandidate,
    TerritoryMention,
)

SEED = Path(__file__).parent.parent.parent / "shared/seed/territoires-industrie.txt"

#: The keys of each object, in order, as the design lists them.
KEYS: dict[str, str] = {
    "": (
        "schema_version document pipeline sentences quantities references dates territories "
        "people organisations programmes quotes facts comparisons"
    ),
    "document": "id url source kind title standfirst author published_at language text",
    "pipeline": "name version model",
    "quantities": (
        "id start end text kind value low high unit per approx precision object object_start "
        "object_end part_of rule confidence"
    ),
    "references": "start end text kind",
    "dates": "start end text kind from to granularity",
    "territories": "start end text level code code_system name lat lon confidence candidates",
    "people": "start end text name role organisation",
    "organisations": "start end text name",
    "programmes": "start end text name",
    "quotes": "start end text direct speaker cue",
    "facts": (
        "id quantity status legal negated conditional reported_speech superseded marker programme "
        "territory period speaker actor evidence confidence"
    ),
    "comparisons": "relation left right ratio basis",
}

TEXT = "À Saint-Malo, 1,36 milliard promis le 3 mai, dit « bravo » Léa."


def _extraction() -> Extraction:
    """One mention of each kind."""

    def at(passage: str) -> dict[str, Any]:
        start = TEXT.index(passage)
        return {"start": start, "end": start + len(passage), "text": passage}

    rennes = TerritoryCandidate(
        code="35288", code_system="COG", level="commune", name="Saint-Malo", score=0.9
    )
    return Extraction(
        article=Article(text=TEXT, published_at="2024-05-03"),
        pipeline=Pipeline(name="p", version="1", model="m"),
        sentences=((0, len(TEXT)),),
        quantities=(
            Quantity(
                **at("1,36 milliard"),
                id="q1",
                kind="amount",
                value=Decimal("1.36E+9"),
                precision=Decimal(10_000_000),
                unit="EUR",
            ),
            Quantity(**at("1,36"), id="q2", kind="number", value=Decimal("1.36")),
        ),
        references=(Reference(**at("3"), kind="date"),),
        dates=(
            DateMention(
                **at("le 3 mai"),
                kind="date",
                date_from="2024-05-03",
                date_to="2024-05-03",
                granularity="day",
            ),
        ),
        territories=(
            TerritoryMention(
                **at("Saint-Malo"),
                level="commune",
                code="35288",
                code_system="COG",
                name="Saint-Malo",
                candidates=(rennes,),
            ),
        ),
        people=(PersonMention(**at("Léa"), name="Léa"),),
        organisations=(OrganisationMention(**at("Saint-Malo"), name="Saint-Malo"),),
        programmes=(ProgrammeMention(**at("bravo"), name="Bravo"),),
        quotes=(Quote(**at("bravo"), direct=True, speaker="Léa", cue="dit"),),
        facts=(
            Fact(id="f1", quantity="q1", status="announced", marker=(29, 35), evidence=(0, 40)),
            Fact(id="f2", quantity="q2", status="none", evidence=(0, 40)),
        ),
        comparisons=(
            Comparison(
                relation="announced_vs_reported",
                left="f1",
                right="f2",
                ratio=Decimal("0.191176"),
                basis="sentence",
            ),
        ),
    )


def _encoded(extraction: Extraction) -> Any:
    return json.loads(to_json(extraction_json(extraction)), parse_float=Decimal)


@pytest.fixture(scope="module")
def sample() -> Any:
    return _encoded(_extraction())


@pytest.mark.parametrize("name", KEYS)
def test_each_object_has_the_keys_of_the_design_and_no_other(name: str, sample: Any) -> None:
    found = sample[name] if name else sample
    objects = found if isinstance(found, list) else [found]
    assert objects
    assert [list(one) for one in objects] == [KEYS[name].split()] * len(objects)


def test_what_stands_inside_an_object_has_the_shape_of_the_design(sample: Any) -> None:
    with_marker, without = sample["facts"]
    assert sample["schema_version"] == SCHEMA_VERSION == 1
    assert sample["sentences"] == [[0, len(TEXT)]]
    assert (with_marker["marker"], without["marker"]) == ([29, 35], None)
    assert with_marker["evidence"] == [0, 40]
    assert with_marker["period"] == {"from": None, "to": None}
    assert list(sample["territories"][0]["candidates"][0]) == [
        *("code", "code_system", "level", "name", "score")
    ]


def test_a_whole_value_is_an_integer_and_others_keep_every_digit(sample: Any) -> None:
    milliard, decimal = sample["quantities"]
    assert milliard["value"] == 1_360_000_000
    assert isinstance(milliard["value"], int)
    assert isinstance(milliard["precision"], int)
    assert decimal["value"] == Decimal("1.36")
    assert sample["comparisons"][0]["ratio"] == Decimal("0.191176")


@given(st.decimals(allow_nan=False, allow_infinity=False, places=6, min_value=-(10**24)))
def test_no_number_loses_a_digit_on_its_way_through_json(number: Decimal) -> None:
    read = json.loads(to_json(exact(number)), parse_float=Decimal)
    assert Decimal(read) == number
    assert isinstance(read, int) == (number == number.to_integral_value())


def test_an_error_stands_in_the_place_of_an_input() -> None:
    assert error_json("read", "x.txt: no such file") == {
        "schema_version": 1,
        "error": {"stage": "read", "message": "x.txt: no such file"},
    }


def test_nothing_stands_between_the_text_and_its_reader() -> None:
    article = Article(text="Le\u202f85\u00a0% d’\u2009euros\r\nfin\u0085")
    assert json.loads(to_json({"text": article.text}))["text"] == article.text


# --- what the pipeline finds in real texts --------------------------------------------------------


def _texts() -> list[Any]:
    from recoupe.corpus.documents import load

    chosen = [
        pytest.param(document.text, document.published_at, id=document.slug)
        for document in load()[:3]
    ]
    reason = "../shared is not beside the repository"
    absent = pytest.mark.skipif(not SEED.exists(), reason=reason)
    seed = SEED.read_text("utf-8") if SEED.exists() else ""
    return [*chosen, pytest.param(seed, "2019-09-25", id="seed", marks=absent)]


@pytest.mark.parametrize(("text", "published_at"), _texts())
def test_every_mention_of_a_text_has_its_keys_and_spells_its_offsets(
    text: str, published_at: str, pipeline: Language
) -> None:
    article = Article(text=text, published_at=str(published_at))
    (analysed,) = analyse(pipeline, [article])
    assert analysed.extraction is not None, analysed.error
    found = _encoded(analysed.extraction)
    assert found["document"]["text"] == text
    assert found["quantities"]
    for name, keys in KEYS.items():
        for one in found[name] if name and isinstance(found[name], list) else ():
            assert list(one) == keys.split()
            if "start" in one:
                assert text[one["start"] : one["end"]] == one["text"]
    for start, end in (*found["sentences"], *(fact["evidence"] for fact in found["facts"])):
        assert text[start:end].strip() == text[start:end] != ""
    for quantity in found["quantities"]:
        if quantity["object"] is not None:
            span = text[quantity["object_start"] : quantity["object_end"]]
            assert span == quantity["object"]
