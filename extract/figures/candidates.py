"""The nouns of a sentence that a figure may be of, each with what speaks for and against it.

What speaks is a list of features (`noun_features`); `likely` knows what each weighs. A feature
reads the tokens of one sentence only, so that the cost of a figure is bounded by its sentence.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from recoupe.extract.figures.noun_features import REACH, SHORT, features
from recoupe.extract.figures.noun_phrases import is_no_object
from recoupe.extract.figures.sentence_words import Ways, Words
from recoupe.extract.figures.series import status_participles
from recoupe.extract.phrases import vocabulary
from recoupe.records import QuantityKind

if TYPE_CHECKING:
    from spacy.tokens import Span as Tokens
    from spacy.tokens import Token


@dataclass(frozen=True, slots=True)
class Candidate:
    """A noun of the sentence with its features."""

    noun: Token
    features: Sequence[str]


@dataclass(frozen=True, slots=True)
class Beside:
    """A figure beside in the same sentence: its noun, what stands between, whether it is alike."""

    noun: int
    tie: str
    alike: bool


class Asked:
    """A figure that asks for its noun, among the words around it.

    ``named`` are the tokens of places, bodies and people, which seldom are one; ``told`` is the
    noun that the rule ``by`` gives.
    """

    def __init__(
        self,
        figure: Tokens,
        words: Words,
        *,
        kind: QuantityKind,
        unit: str | None,
        named: AbstractSet[int],
        told: Token | None,
        by: str,
        prior: Beside | None,
        following: Beside | None,
    ) -> None:
        self.figure, self.root, self.words = figure, figure.root, words
        #: Where the figure begins among the words, and where it is past.
        self.first, self.last = figure.start - words.start, figure.end - words.start
        self.kind, self.unit, self.named = kind, unit, named
        self.told, self.by = told, by
        self.prior, self.following = prior, following
        self.before = figure.doc[figure.start - 1].lower_ if figure.start else ""

    def candidates(self) -> list[Candidate]:
        """The nouns around, in the order of the text."""
        ways, words = Ways(self.root), self.words
        return [
            Candidate(words.tokens[place], features(self, place, ways))
            for place, is_noun in enumerate(words.nouns)
            if (is_noun and self._may_be(place))
            or (self.told is not None and words.start + place == self.told.i)
        ]

    def _may_be(self, place: int) -> bool:
        words = self.words
        return (
            words.start + place >= self.root.i - REACH
            and not words.closed[place]
            and _may_be_counted(words.tokens[place], words.low[place])
            and not self._is_bound(place)
        )

    def _is_bound(self, place: int) -> bool:
        """Whether a distance or a delay ends there: « à 12 km de la mairie »."""
        if self.kind not in {"measure", "duration"} or place < self.last:
            return False
        between = self.words.low[self.last : place]
        return 0 < len(between) <= SHORT and between[0] in {"de", "du", "des", "d'", "d’"}

    def silence(self, candidates: Sequence[Candidate]) -> tuple[str, ...]:
        """The features of « of none of them »."""
        doc, figure, head = self.figure.doc, self.figure, self.root.head
        before = [token.lower_ for token in doc[max(0, figure.start - 2) : figure.start]]
        after = doc[figure.end].lower_ if figure.end < len(doc) else ""
        return (
            f"none:{self.kind}",
            f"none:{self.unit}",
            f"none:before={self.before}",
            f"none:two before={' '.join(before)}",
            f"none:after={after}",
            f"none:{self.kind}:after={after}",
            f"none:{self.root.dep_}",
            f"none:head={head.pos_}",
            f"none:head={head.lemma_}",
            f"none:of {min(len(candidates), 5)}",
            f"none:told={self.by}",
            f"none:{self.kind}:told={self.by}",
            *_alone("prior", self.prior),
            *_alone("following", self.following),
        )


def _alone(which: str, beside: Beside | None) -> Iterator[str]:
    if beside is not None:
        yield f"none:{which}={beside.tie}"
        yield f"none:{which}:alike={beside.alike}:{beside.noun >= 0}"


def _may_be_counted(token: Token, word: str) -> bool:
    if word in _units() or not word[0].isalpha() or is_no_object(token):
        return False
    return not (token.text.endswith(("é", "és", "ées")) and word in status_participles())


@cache
def _units() -> frozenset[str]:
    return frozenset(vocabulary("quantities")["likely"]["units"])
