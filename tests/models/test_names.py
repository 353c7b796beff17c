"""The name recogniser: what it learns from, and that the committed weights are those it learned."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from spacy.language import Language

from recoupe.corpus.typed_sentences import chosen, sentences
from recoupe.errors import UsageError
from recoupe.models import analyse
from recoupe.models.names import example, outermost, recogniser, typed_lines
from recoupe.models.pipeline import NAMES
from recoupe.records import Article
from recoupe.training import digest
from recoupe.training_names import META, TAUGHT, document_scores, weights_digest


@pytest.fixture(scope="module")
def taught() -> Language:
    return recogniser(weights=NAMES)


@pytest.fixture(scope="module")
def meta() -> dict[str, Any]:
    return json.loads(META.read_text("utf-8"))


def test_the_weights_are_those_of_the_committed_annotations(meta: dict[str, Any]) -> None:
    assert meta["annotations"] == digest(among=TAUGHT), "run python -m recoupe.training_names"
    assert meta["weights"] == weights_digest(), "the weights are not those that were scored"


def test_the_weights_score_what_the_card_says(meta: dict[str, Any]) -> None:
    assert document_scores() == pytest.approx(meta["scores"]["documents"], abs=0.01)


def test_of_names_over_each_other_the_longest_counts() -> None:
    names = [(0, 4, "LOC"), (0, 12, "ORG"), (20, 25, "PER")]
    assert outermost(names) == [(0, 12, "ORG"), (20, 25, "PER")]


def test_names_are_placed_in_their_line(pipeline: Language) -> None:
    text = "Un titre\n\nLa maire de Brest, Maëlle Kerdoncuff, a signé."
    found = next(analyse(pipeline, [Article(text=text)])).extraction
    assert found is not None
    lines = typed_lines(found)
    by_line = {line: {line[a:b]: name for a, b, name in names} for line, names in lines}
    assert by_line == {
        "Un titre": {},
        "La maire de Brest, Maëlle Kerdoncuff, a signé.": {
            "Brest": "LOC",
            "Maëlle Kerdoncuff": "PER",
        },
    }


def test_a_place_that_no_annotation_names_is_left_open(taught: Language) -> None:
    text = "Elle vit à Lisbonne."
    open_tags = example(taught, text, [], complete=False).get_aligned_ner()
    closed_tags = example(taught, text, [], complete=True).get_aligned_ner()
    assert open_tags == ["O", "O", "O", None, "O"]
    assert closed_tags == ["O"] * 5


def test_no_sentence_that_is_held_back_is_learned_from(tmp_path: Path) -> None:
    rows = [{"id": f"s{n}", "text": "Brest.", "genre": "g", "ents": []} for n in range(200)]
    (tmp_path / "g.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    every = sentences(tmp_path)
    held, rest = chosen(every, "held"), chosen(every, "rest")
    assert len(held) + len(rest) == 200
    assert 5 < len(held) < 50
    assert not {s.identity for s in held} & {s.identity for s in rest}


def test_a_folder_without_sentences_is_said(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"no \*\.jsonl"):
        sentences(tmp_path)
