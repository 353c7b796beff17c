"""Sentences with names of literal types, as JSON lines beside the repository: Sequoia and its like.

A file holds one object a line: ``id``, ``text``, ``genre``, ``ents`` (start, end, label), perhaps
``split``. Part of them is held back: nobody learns from it.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from recoupe.errors import UsageError

SplitName = Literal["held", "rest", "all"]
Typed = tuple[int, int, str]

_HELD_LEAST, _HELD_MOST = 0.05, 0.2


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence with its gold names."""

    identity: str
    genre: str
    text: str
    names: tuple[Typed, ...]
    split: str | None


def sentences(folder: Path) -> list[Sentence]:
    """The sentences of every ``*.jsonl`` of a folder, in the order of the names of the files.

    Raises `UsageError` where the folder has none.
    """
    rows = [
        json.loads(line)
        for file in sorted(folder.glob("*.jsonl"))
        for line in file.read_text("utf-8").splitlines()
    ]
    if not rows:
        raise UsageError(f"{folder}: no *.jsonl with sentences; see bench/README.md")
    return [_sentence(row) for row in rows]


def _sentence(row: Mapping[str, Any]) -> Sentence:
    names = tuple((int(start), int(end), str(label)) for start, end, label in row["ents"])
    return Sentence(str(row["id"]), str(row["genre"]), str(row["text"]), names, row.get("split"))


def chosen(every: Sequence[Sentence], part: SplitName) -> list[Sentence]:
    """The part held back, the rest, or all.

    Held back is the files' own ``test`` split where each genre has one of about a tenth, else the
    sentences whose ``id`` hashes to it.
    """
    own = _splits_well(every)
    return [s for s in every if part == "all" or _is_held(s, own=own) == (part == "held")]


def _splits_well(every: Sequence[Sentence]) -> bool:
    by_genre: dict[str, list[bool]] = defaultdict(list)
    for sentence in every:
        by_genre[sentence.genre].append(sentence.split == "test")
    return all(_HELD_LEAST <= sum(t) / len(t) <= _HELD_MOST for t in by_genre.values())


def _is_held(sentence: Sentence, *, own: bool) -> bool:
    if own:
        return sentence.split == "test"
    return hashlib.sha256(sentence.identity.encode()).digest()[0] % 10 == 0
