"""Facts of different documents set side by side in the base."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from sqlite_utils import Database

from recoupe.db.compare import compare_base
from recoupe.db.store import store
from recoupe.records import Article, Extraction, Fact, Pipeline, ProgrammeMention, Quantity

_PIPELINE = Pipeline(name="recoupe", version="1", model="test")


def _extraction(slug: str, day: str, value: int, status: Any, **changes: Any) -> Extraction:
    """One document that says one figure of the subsidies of the plan Rivières."""
    text = f"Plan Rivières : {value} euros de subventions."
    start = text.index(str(value))
    figure = Quantity(
        start=start,
        end=start + len(str(value)),
        text=str(value),
        id="q1",
        kind="amount",
        value=Decimal(value),
        unit="EUR",
        precision=Decimal(1),
        rule="test",
    )
    fact = Fact(
        id="f1",
        quantity="q1",
        status=status,
        programme="Plan Rivières",
        measure="subvention",
        evidence=(0, len(text)),
        confidence=0.9,
    )
    return Extraction(
        article=Article(text=text, url=f"https://g.example/{slug}", published_at=day),
        pipeline=_PIPELINE,
        sentences=((0, len(text)),),
        quantities=(figure,),
        programmes=(ProgrammeMention(start=0, end=13, text=text[:13], name="Plan Rivières"),),
        facts=(replace(fact, **changes),),
    )


ANNOUNCED = _extraction("annonce", "2021-03-05", 18_000_000, "announced")
REPORTED = _extraction("bilan", "2023-06-28", 7_900_000, "paid")


def _stored(db: Database, *extractions: Extraction) -> int:
    for extraction in extractions:
        store(db, extraction, seen_at="2026-01-01T00:00:00+00:00")
    return compare_base(db)


def _rows(db: Database) -> list[tuple[Any, ...]]:
    return db.execute(
        "SELECT c.relation, l.status, r.status, c.ratio, c.basis FROM comparisons AS c "
        "JOIN facts AS l ON l.id = c.left_fact_id JOIN facts AS r ON r.id = c.right_fact_id"
    ).fetchall()


def test_announced_and_reported_of_two_documents(db: Database) -> None:
    assert _stored(db, ANNOUNCED, REPORTED) == 1
    assert _rows(db) == [("announced_vs_reported", "announced", "paid", "0.438889", "base")]


def test_comparing_again_writes_nothing(db: Database) -> None:
    _stored(db, ANNOUNCED, REPORTED)
    assert compare_base(db) == 0


@pytest.mark.parametrize(
    "change",
    [
        {"negated": True},
        {"superseded": True},
        {"conditional": True},
        {"perimeter": "AE"},
        {"measure": "prêt"},
        {"programme": None},
        {"status": "none"},
    ],
)
def test_what_may_not_be_compared_is_not(db: Database, change: dict[str, Any]) -> None:
    other = replace(REPORTED, facts=(replace(REPORTED.facts[0], **change),))
    assert _stored(db, ANNOUNCED, other) == 0
    assert _rows(db) == []


def test_a_pair_that_no_longer_holds_is_deleted(db: Database) -> None:
    _stored(db, ANNOUNCED, REPORTED)
    with db.conn:
        db.execute("UPDATE facts SET perimeter = 'CP' WHERE status = 'paid'")
    assert compare_base(db) == 1
    assert _rows(db) == []


def test_a_new_value_changes_the_ratio(db: Database) -> None:
    _stored(db, ANNOUNCED, REPORTED)
    with db.conn:
        db.execute("UPDATE quantities SET value = '9000000' WHERE value = '7900000'")
    assert compare_base(db) == 1
    assert [row[3] for row in _rows(db)] == ["0.5"]


def test_two_reports_of_one_month_that_differ_contradict(db: Database) -> None:
    other = _extraction("autre", "2023-07-10", 8_400_000, "paid")
    _stored(db, REPORTED, other)
    assert [row[0] for row in _rows(db)] == ["contradicts"]


@pytest.mark.parametrize(("marker", "compared"), [(None, 0), ((0, 4), 1)])
def test_a_status_that_no_word_shows_has_to_be_surer(
    db: Database, marker: tuple[int, int] | None, compared: int
) -> None:
    unsure = _extraction("bilan", "2023-06-28", 7_900_000, "paid", marker=marker, confidence=0.6)
    _stored(db, ANNOUNCED, unsure)
    assert len(_rows(db)) == compared
