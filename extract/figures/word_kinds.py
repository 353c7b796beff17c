"""Of what kind a noun is, by its word vector: « subvention » and « dotation » are of one kind.

The kinds are the centres of groups of near words; ``python -m recoupe.training`` finds them and
writes them into ``word_kinds.json``. A noun that no annotated text holds is weighed by its kind.
"""

from __future__ import annotations

import json
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from spacy.tokens import Token

_Floats = NDArray[np.float32]
#: Kinds of so many words are kept.
_KEPT = 20_000
_kept: dict[str, list[tuple[int, int]]] = {}


def kinds_of(token: Token) -> list[tuple[int, int]]:
    """The coarse and the fine kind of a word; empty where it has no vector."""
    word = token.lower_
    if word not in _kept:
        if len(_kept) >= _KEPT:
            _kept.clear()
        vectors = token.vocab.vectors
        row = vectors.key2row.get(token.lower)  # `Vocab.get_vector` would make a lexeme first
        _kept[word] = [] if row is None else _kinds(np.asarray(vectors.data[row]))
    return _kept[word]


def _kinds(vector: _Floats) -> list[tuple[int, int]]:
    centres, coarse = _groups()
    near = centres @ vector
    if not near.any():
        return []
    return [(int(near[:coarse].argmax()), int(near[coarse:].argmax()))]


@cache
def _groups() -> tuple[_Floats, int]:
    """The centres of all groups, the coarse ones first, and how many these are."""
    path = resources.files("recoupe.extract").joinpath("figures", "word_kinds.json")
    coarse, fine = json.loads(path.read_text("utf-8"))
    return np.array([*coarse, *fine], dtype=np.float32), len(coarse)
