"""The words around a figure and the ways through its parse, read once for all nouns around.

To ask a spaCy token for an attribute costs far more than to ask a list.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, islice
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Token

NOUNS = frozenset({"NOUN", "PROPN"})
VERBS = frozenset({"VERB", "AUX"})
#: Paths up and down the parse longer than this are all alike.
LONGEST_PATH = 6


@dataclass(frozen=True, slots=True)
class Words:
    """Tokens of one sentence, from the index ``start`` of the `Doc` on, in lists of equal length.

    ``verbs`` holds the lemma of each verb and ``marks`` each punctuation mark; ``None`` stands for
    other words.
    """

    start: int
    tokens: Sequence[Token]
    low: Sequence[str]
    nouns: Sequence[bool]
    verbs: Sequence[str | None]
    marks: Sequence[str | None]

    @classmethod
    def around(cls, figure: Token, *, before: int, after: int) -> Words:
        """At most so many tokens ``before`` a figure, and fewer than ``after`` behind it."""
        sentence = figure.sent
        start = max(sentence.start, figure.i - before)
        tokens = list(figure.doc[start : min(sentence.end, figure.i + after)])
        tags = [token.pos_ for token in tokens]
        return cls(
            start,
            tokens,
            [token.lower_ for token in tokens],
            [tag in NOUNS for tag in tags],
            [
                token.lemma_ if tag in VERBS else None
                for token, tag in zip(tokens, tags, strict=True)
            ],
            [token.text if token.is_punct else None for token in tokens],
        )


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
