"""The corpus itself: everything in it can be read, and it holds what it claims."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import pytest

from recoupe.corpus import floors, pairs
from recoupe.corpus.agreement import READINGS
from recoupe.corpus.counts import count
from recoupe.corpus.documents import PARTS, Part, load
from recoupe.corpus.gold import annotated, load_all_cases
from recoupe.corpus.notation import NotationError
from recoupe.corpus.pairs import load_pairs
from recoupe.records import Status


@pytest.mark.parametrize("part", PARTS)
def test_every_annotation_of_a_part_can_be_read(part: Part) -> None:
    for gold in (*annotated(load(part)), *load_all_cases(part)):
        gold.extraction.check()


def test_the_corpus_holds_what_its_readme_claims() -> None:
    held = count(*PARTS)
    least = {"documents": 60, "words": 25_000, "programmes over 3 documents": 12}
    least |= {"pairs to make": 40, "pairs to refuse": 25, "hard cases": 300}
    least |= {"figures": 1_500, "territories": 600, "people with a role": 350}
    least |= {"quotations": 300, "dates and periods": 200}
    least |= {f"figures {status}": 40 for status in get_args(Status)}
    for what, number in least.items():
        assert held[what] >= number, what
    assert held["hard cases with a trap"] >= held["hard cases"] / 2
    assert held["documents annotated"] == held["documents"]


def test_every_document_was_read_twice() -> None:
    documents = [document for part in PARTS for document in load(part)]
    for reading in ("first", "second"):
        read = {gold.name for gold in annotated(documents, folder=READINGS / reading)}
        assert read == {document.slug for document in documents}, reading


def test_no_programme_stands_in_both_parts() -> None:
    told = {part: {d.programmes[0] for d in load(part) if d.programmes} for part in PARTS}
    assert told["dev"] & told["test"] == set()


def test_pairs_join_figures_of_documents_that_exist() -> None:
    for part in PARTS:
        documents = {document.slug: document for document in load(part)}
        for pair in load_pairs(part, documents):
            assert {pair.left.slug, pair.right.slug} <= set(documents)
            assert (pair.relation is None) != (pair.refused is None)


@pytest.mark.parametrize(
    ("before", "after", "reason"),
    [
        ("line = 18, column = 81", "line = 18, column = 82", "spells .* not '52"),
        ('text = "drome-fibre-118-000-prises"', 'text = "drome"', "drome: no document"),
        ('relation = "announced_vs_reported"', 'note2 = "x"', "note2"),
    ],
)
def test_a_broken_pair_is_refused_with_its_reason(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, before: str, after: str, reason: str
) -> None:
    content = (pairs.FOLDER / "dev.toml").read_text("utf-8")
    assert before in content
    (tmp_path / "dev.toml").write_text(content.replace(before, after, 1), "utf-8")
    monkeypatch.setattr(pairs, "FOLDER", tmp_path)
    with pytest.raises(NotationError, match=reason):
        load_pairs("dev", {document.slug: document for document in load("dev")})


def test_the_floors_are_of_this_corpus() -> None:
    assert floors.load().corpus == floors.digest()
