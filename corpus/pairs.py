"""Pairs of figures of different documents: those that must be made, and those that must not.

``pairs/<part>.toml`` names each figure by its document, its line and column (both from 1) and its
characters; a pair to be made says its ``relation``, another why it is ``refused``.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import msgspec

from recoupe.corpus.documents import Document, Part
from recoupe.corpus.gold import line_starts
from recoupe.corpus.notation import NotationError
from recoupe.records import Relation, Span

FOLDER = Path(__file__).with_name("pairs")

#: Why two figures that look alike must not be set side by side.
Why = Literal[
    "accounting",  # AE against CP, tax included against excluded
    "ceiling",  # a ceiling or threshold against an average or a result
    "copy",  # one dispatch in two papers confirms nothing
    "correction",  # a figure that its own source has corrected
    "deadline",  # the target year had passed, or another deadline
    "level",  # région against département, commune against EPCI
    "measure",  # another thing counted
    "perimeter",  # another payer, another scope
    "period",  # per year against total, other years
    "rounding",  # two roundings of one figure are no contradiction
    "other",
]


class _Side(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    text: str
    line: int
    column: int
    figure: str


class _Pair(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    left: _Side
    right: _Side
    relation: Relation | None = None
    refused: Why | None = None
    note: str | None = None


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    pair: tuple[_Pair, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """A figure of the corpus: its document's slug and its span."""

    slug: str
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldPair:
    """Two figures with the relation between them, or with why there is none."""

    left: Place
    right: Place
    relation: Relation | None
    refused: Why | None


def load_pairs(part: Part, documents: Mapping[str, Document]) -> tuple[GoldPair, ...]:
    """The pairs of a part; raises `NotationError` with each place that spells no figure."""
    path = FOLDER / f"{part}.toml"
    try:
        content = msgspec.convert(tomllib.loads(path.read_text("utf-8")), _File)
    except (OSError, ValueError, msgspec.ValidationError) as error:
        raise NotationError([f"{path}: {error}"]) from error
    problems = [
        f"{path}: pair {number}: {problem}"
        for number, pair in enumerate(content.pair, start=1)
        for problem in _problems(pair, documents)
    ]
    if problems:
        raise NotationError(problems)
    return tuple(
        GoldPair(
            left=_place(pair.left, documents),
            right=_place(pair.right, documents),
            relation=pair.relation,
            refused=pair.refused,
        )
        for pair in content.pair
    )


def _problems(pair: _Pair, documents: Mapping[str, Document]) -> Iterator[str]:
    if (pair.relation is None) == (pair.refused is None):
        yield "write relation, or refused with the reason"
    for side in (pair.left, pair.right):
        if side.text not in documents:
            yield f"{side.text}: no document of this part"
            continue
        start, end = _place(side, documents).span
        stands = documents[side.text].text[start:end]
        if stands != side.figure:
            yield f"{side.text}:{side.line}:{side.column} spells {stands!r}, not {side.figure!r}"


def _place(side: _Side, documents: Mapping[str, Document]) -> Place:
    starts = line_starts(documents[side.text].text)
    start = starts[min(side.line, len(starts)) - 1] + side.column - 1
    return Place(side.text, (start, start + len(side.figure)))
