"""Lines of French sites that are no part of an article, told by patterns kept as data.

Every pattern of ``boilerplate.toml`` covers a whole line, so that a sentence which merely begins
like one (« Publié le 3 février, le rapport chiffre… ») stays.
"""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from typing import Any

#: Longer lines are prose whatever they begin with; also keeps the patterns' cost bounded.
MAX_LINE = 700

_SPACES = re.compile(r"\s+")
_EDGES = " \t>→›»•·▶►–—*|_-◾■●✓➡👉🔴"
_APOSTROPHES = str.maketrans({"’": "'", "ʼ": "'", "\u2011": "-", "\u00ad": None, "\u200b": None})


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """One kind of boilerplate, with what its lines do to those around them.

    ``heading`` opens a list of links, ``stop`` ends the article, ``box`` stands for the whole
    small container that holds it. ``drops`` and ``keeps`` are its examples.
    """

    name: str
    pattern: re.Pattern[str]
    heading: bool
    stop: bool
    box: bool
    drops: tuple[str, ...]
    keeps: tuple[str, ...]


def fold(text: str) -> str:
    """The line with plain spaces and apostrophes: « 77 % » gets a plain space."""
    return _SPACES.sub(" ", text.translate(_APOSTROPHES)).strip()


def fold_case(text: str) -> str:
    """The same without case, for comparing two wordings of one line."""
    return fold(text).casefold()


def family_of(line: str) -> Family | None:
    """The family that a whole line belongs to, ``None`` for a line of the article."""
    if len(line) > MAX_LINE:
        return None
    folded = fold(line)
    candidates = (folded, folded.strip(_EDGES))
    for family in families():
        if any(candidate and family.pattern.fullmatch(candidate) for candidate in candidates):
            return family
    return None


@functools.cache
def families() -> tuple[Family, ...]:
    """All families, in the order of the file; raises `KeyError` or `re.error` on a faulty file."""
    return tuple(_family(entry) for entry in _data()["family"])


@functools.cache
def _data() -> Mapping[str, Any]:
    path = resources.files("recoupe.scraper") / "boilerplate.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _family(entry: Mapping[str, Any]) -> Family:
    patterns = "|".join(f"(?:{pattern})" for pattern in entry["patterns"])
    return Family(
        name=entry["name"],
        pattern=re.compile(patterns, re.IGNORECASE),
        heading=entry.get("heading", False),
        stop=entry.get("stop", False),
        box=entry.get("box", False),
        drops=tuple(entry["drops"]),
        keeps=tuple(entry["keeps"]),
    )
