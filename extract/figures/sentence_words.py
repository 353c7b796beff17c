"""The words around a figure and the ways through its parse, read once for all nouns around.

To ask a spaCy token for an attribute costs far more than to ask a list.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import accumulate, islice
from typing import TYPE_CHECKING

from recoupe.extract.figures.shapes import signs
from recoupe.extract.figures.word_kinds import kinds_of

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

NOUNS = frozenset({"NOUN", "PROPN"})
VERBS = frozenset({"VERB", "AUX"})
#: Paths up and down the parse longer than this are all alike.
LONGEST_PATH = 6


@dataclass(frozen=True, slots=True)
class Noun:
    """What a noun is, whatever the figure."""

    token: Token
    lemma: str
    tag: str
    dep: str
    preposition: str
    determiner: str
    plural: bool
    kinds: Sequence[tuple[int, int]]

    @classmethod
    def of(cls, token: Token) -> Noun:
        """Read a token."""
        first = {"case": "", "det": ""}
        for child in token.children:
            if not first.get(child.dep_, "no"):
                first[child.dep_] = child.lower_
        return cls(
            token,
            token.lemma_,
            token.pos_,
            token.dep_,
            first["case"],
            first["det"],
            "Plur" in token.morph.get("Number", []),
            kinds_of(token),
        )


class Words:
    """Tokens of one sentence, from the index ``start`` of the `Doc` on, in lists of equal length.

    ``closed`` are those of figures and dates. ``verbs`` holds the lemma of each verb and ``marks``
    each punctuation mark; ``None`` stands for other words. ``signs`` say how the sentence is built.
    """

    def __init__(self, doc: Doc, start: int, end: int, closed: Collection[int]) -> None:
        self.start = start
        self.tokens = tokens = list(doc[start:end])
        tags = [token.pos_ for token in tokens]
        self.low = [token.lower_ for token in tokens]
        self.closed = [index in closed for index in range(start, end)]
        self.nouns = [tag in NOUNS for tag in tags]
        self.verbs = [
            token.lemma_ if tag in VERBS else None for token, tag in zip(tokens, tags, strict=True)
        ]
        self.marks = [
            word if token.is_punct else None for token, word in zip(tokens, self.low, strict=True)
        ]
        self.signs = signs(tokens, self.low, tags, self.closed)
        self._read: dict[int, Noun] = {}

    def noun(self, place: int) -> Noun:
        """The token at a place of the lists, as a noun."""
        if place not in self._read:
            self._read[place] = Noun.of(self.tokens[place])
        return self._read[place]


class Ways:
    """The ways through the parse from a figure."""

    def __init__(self, figure: Token) -> None:
        ups = [figure, *islice(figure.ancestors, LONGEST_PATH)]
        self._steps = {token.i: steps for steps, token in enumerate(ups)}
        self._climbs = list(accumulate((f"^{token.dep_}" for token in ups), initial=""))

    def to(self, noun: Token) -> tuple[str, int, Token]:
        """The way up and down to a noun, its length and its top."""
        downs: list[str] = []
        top = noun
        while top.i not in self._steps and top.head.i != top.i and len(downs) < LONGEST_PATH:
            downs.append(f"v{top.dep_}")
            top = top.head
        climbed = self._steps.get(top.i)
        if climbed is None:
            return "none", LONGEST_PATH, top
        way = f"{self._climbs[climbed]}|{''.join(reversed(downs))}"
        return way, climbed + len(downs), top
