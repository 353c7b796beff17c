"""The status of a figure, read from sentences that mark it (`status_examples.toml`, `_traps`)."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from recoupe.records import Extraction, Fact

Analyse = Callable[..., Extraction]
_HERE = Path(__file__).parent
_PARTS = re.compile(r"(\[[^\]]*\]|\{[^}]*\})")
_PUBLISHED = "2021-03-04"


def _table(name: str) -> dict[str, Any]:
    return tomllib.loads((_HERE / name).read_text("utf-8"))


def _examples() -> Iterator[Any]:
    for status, lines in _table("status_examples.toml").items():
        for line in lines.strip().split("\n"):
            yield pytest.param(status, line, id=f"{status}: {line}")


def _traps() -> Iterator[Any]:
    for trap in _table("status_traps.toml")["trap"]:
        for line in trap["sentences"]:
            yield pytest.param(trap, line, id=f"{trap['why']}: {line}")


def _read(line: str) -> tuple[str, int, list[str]]:
    """The plain text, where its figure starts, and the words of its markers."""
    text, figure, markers = "", 0, []
    for part in _PARTS.split(line):
        if part.startswith("["):
            figure = len(text)
        elif part.startswith("{"):
            markers.append(part[1:-1])
        text += part[1:-1] if part[:1] in {"[", "{"} else part
    return text, figure, markers


def _fact_at(extraction: Extraction, position: int) -> Fact:
    after = [q for q in extraction.quantities if q.end > position]
    assert after, "no figure was found"
    first = min(after, key=lambda q: q.start)
    return next(fact for fact in extraction.facts if fact.quantity == first.id)


def _marker(extraction: Extraction, fact: Fact) -> str | None:
    return extraction.article.text[slice(*fact.marker)] if fact.marker else None


@pytest.mark.parametrize(("status", "line"), [*_examples()])
def test_status_and_its_marker(analyse_text: Analyse, status: str, line: str) -> None:
    text, figure, markers = _read(line)
    extraction = analyse_text(text, published_at=_PUBLISHED)
    fact = _fact_at(extraction, figure)
    assert fact.status == status
    assert not markers or _marker(extraction, fact) in markers


@pytest.mark.parametrize(("trap", "line"), [*_traps()])
def test_what_invites_the_wrong_status(
    analyse_text: Analyse, trap: dict[str, Any], line: str
) -> None:
    text, figure, markers = _read(line)
    extraction = analyse_text(text, published_at=_PUBLISHED)
    fact = _fact_at(extraction, figure)
    assert fact.status != trap["not"]
    assert fact.status == trap["status"]
    assert not markers or _marker(extraction, fact) in markers
    flags = {name for name in ("negated", "conditional", "superseded") if getattr(fact, name)}
    assert flags | ({"voted"} if fact.legal else set()) == set(trap.get("flags", ()))


def test_every_status_has_its_examples() -> None:
    table = _table("status_examples.toml")
    assert {s: len(lines.strip().split("\n")) >= 25 for s, lines in table.items()} == dict.fromkeys(
        table, True
    )
    assert len(table) == 9


def test_what_is_said_in_a_quotation_is_reported_speech(analyse_text: Analyse) -> None:
    text = "« Nous avons versé 3 millions d'euros », assure Jeanne Le Bihan, maire de Plouha."
    (fact,) = analyse_text(text).facts
    assert (fact.status, fact.reported_speech, fact.speaker) == ("paid", True, "Jeanne Le Bihan")


FINANCING = """Le plan de financement :

Financeur | Montant (€) | Part | Situation
DETR | 460 000 | 25 % | notifiée
Fonds vert | 276 000 | 15 % | sollicité
Drac | 184 000 | 10 % | convention signée
Région | 92 000 | 5 % | refusée
"""


def test_the_cell_that_says_how_a_row_stands_gives_its_status(analyse_text: Analyse) -> None:
    extraction = analyse_text(FINANCING)
    told = [fact.status for fact in extraction.facts]
    expected = ["committed", "estimated", "contracted", "cancelled"]
    assert told == [status for status in expected for _ in ("sum", "share")]
