"""The words of the search language, as ``query.toml`` gives them."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from recoupe.db.stemming import fold, stem_of

Field = Literal[
    "amount",
    "value",
    "confidence",
    "territory",
    "programme",
    "status",
    "kind",
    "person",
    "organisation",
    "source",
    "type",
    "before",
    "after",
    "since",
    "date",
]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What ``query.toml`` says; ``stopwords`` are stems."""

    fields: Mapping[str, Field]
    types: Mapping[str, str]
    statuses: Mapping[str, str]
    kinds: Mapping[str, str]
    scales: Mapping[str, int]
    currencies: Mapping[str, str]
    stopwords: frozenset[str]


@cache
def load_vocabulary() -> Vocabulary:
    """Read ``query.toml``, once."""
    data = tomllib.loads(Path(__file__).with_name("query.toml").read_text(encoding="utf-8"))
    return Vocabulary(
        fields=data["fields"],
        types=data["types"],
        statuses=data["statuses"],
        kinds=data["kinds"],
        scales=data["scales"],
        currencies=data["currencies"],
        stopwords=frozenset(stem_of(word) for word in data["stopwords"]["words"].split()),
    )


def spelled(words: Mapping[str, str], typed: str) -> str | None:
    """The code of a word in any gender and number, or the code itself: « versées » → ``paid``."""
    plain = fold(typed)
    if plain in words.values():
        return plain
    forms = (plain, plain.removesuffix("s"), plain.removesuffix("e"), plain.removesuffix("es"))
    return next((words[form] for form in forms if form in words), None)
