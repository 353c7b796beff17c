"""Group the words of texts by their vectors: the kinds that `extract.figures.word_kinds` knows."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray
from spacy.language import Language

#: How many kinds there are, coarse and fine.
SIZES = (24, 64)
_ROUNDS = 40
#: A word that fewer texts hold is none of those grouped.
_SEEN = 2

_Vectors = NDArray[np.float32]


def word_kinds(nlp: Language, texts: Iterable[str]) -> list[list[list[float]]]:
    """The centres of the groups of each size, in the order of `SIZES`."""
    vectors = _vectors(nlp, texts)
    centres = (_centres(vectors, size).astype(float) for size in SIZES)
    return [np.round(each, 3).tolist() for each in centres]


def _vectors(nlp: Language, texts: Iterable[str]) -> _Vectors:
    """The vectors of the words of these texts, of length one, each once."""
    times: dict[str, int] = {}
    for text in texts:
        for word in {token.lower_ for token in nlp.make_doc(text) if token.is_alpha}:
            times[word] = times.get(word, 0) + 1
    words = sorted(word for word, count in times.items() if count >= _SEEN)
    vectors = np.array([nlp.vocab.get_vector(word) for word in words])
    vectors = vectors[np.linalg.norm(vectors, axis=1) > 0]
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(np.unique(vectors, axis=0), dtype=np.float32)


def _centres(vectors: _Vectors, size: int) -> _Vectors:
    """Spherical k-means from evenly spaced words: the same words give the same groups."""
    centres = vectors[np.linspace(0, len(vectors) - 1, size).astype(int)]
    for _ in range(_ROUNDS):
        nearest = (vectors @ centres.T).argmax(axis=1)
        for group in range(size):
            members = vectors[nearest == group]
            if len(members):
                mean = members.mean(axis=0)
                centres[group] = mean / np.linalg.norm(mean)
    return np.asarray(centres, dtype=np.float32)
