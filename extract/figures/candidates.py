"""The nouns of a sentence that a figure may be of, and what speaks for and against each.

What speaks is a list of features, plain strings such as ``"amount:path=^obj|vnsubj"``; `likely`
knows what each weighs. A feature reads the tokens of one sentence only, so that the cost of a
figure is bounded by its sentence.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from recoupe.extract.figures.sentence_words import LONGEST_PATH, VERBS, Ways, Words
from recoupe.extract.phrases import vocabulary
from recoupe.records import QuantityKind

if TYPE_CHECKING:
    from spacy.tokens import Span as Tokens
    from spacy.tokens import Token

#: A noun further from its figure than so many tokens is not considered.
REACH = 40
#: Words between a noun and its figure are a feature up to so many.
_SHORT = 3
#: Distances from which on a noun is as far as the next one, in tokens.
_FAR = (4, 7, 12)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A noun of the sentence with its features."""

    noun: Token
    features: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """A figure that asks for its noun: its tokens, kind and unit.

    ``closed`` are the tokens of figures and dates, which are no candidates; ``named`` those of
    places, bodies and people, which seldom are one.
    """

    figure: Tokens
    kind: QuantityKind
    unit: str | None
    closed: frozenset[int]
    named: frozenset[int]

    def candidates(self) -> list[Candidate]:
        """The nouns around, in the order of the text."""
        root = self.figure.root
        words, ways = Words.around(root, before=2 * REACH, after=REACH), Ways(root)
        return [
            Candidate(token, tuple(self._features(token, words, ways)))
            for token, is_noun in zip(words.tokens, words.nouns, strict=True)
            if is_noun
            and token.i >= root.i - REACH
            and token.i not in self.closed
            and _may_be_counted(token)
            and not self._is_bound(token, words)
        ]

    def _is_bound(self, noun: Token, words: Words) -> bool:
        """Whether a distance or a delay ends there: « à 12 km de la mairie »."""
        if self.kind not in {"measure", "duration"} or noun.i < self.figure.end:
            return False
        between = words.low[self.figure.end - words.start : noun.i - words.start]
        return 0 < len(between) <= _SHORT and between[0] in {"de", "du", "des", "d'", "d’"}

    def silence(self, candidates: Sequence[Candidate]) -> tuple[str, ...]:
        """The features of « of none of them »."""
        doc, figure = self.figure.doc, self.figure
        before = [token.lower_ for token in doc[max(0, figure.start - 2) : figure.start]]
        after = doc[figure.end].lower_ if figure.end < len(doc) else ""
        root = figure.root
        return (
            f"none:{self.kind}",
            f"none:{self.unit}",
            f"none:before={before[-1] if before else ''}",
            f"none:two before={' '.join(before)}",
            f"none:after={after}",
            f"none:{self.kind}:after={after}",
            f"none:{root.dep_}",
            f"none:head={root.head.pos_}",
            f"none:head={root.head.lemma_}",
            f"none:of {min(len(candidates), 5)}",
        )

    def _features(self, noun: Token, words: Words, ways: Ways) -> Iterator[str]:
        kind, figure, position = self.kind, self.figure, noun.i - words.start
        left = noun.i < figure.start
        side = "left" if left else "right"
        between = (
            slice(position + 1, figure.start - words.start)
            if left
            else slice(figure.end - words.start, position)
        )
        passed = words.low[between]
        distance = (
            len(passed) if len(passed) <= _SHORT else sum(len(passed) >= far for far in _FAR) * 10
        )
        path, steps, top = ways.to(noun)
        preposition, determiner = _first_of(noun, "case"), _first_of(noun, "det")
        dep = noun.dep_
        verbs = [lemma for lemma in words.verbs[between] if lemma is not None]
        nouns = min(sum(words.nouns[between]), 3)
        marks = "".join(sorted({mark for mark in words.marks[between] if mark is not None}))
        for feature in (
            f"{side}:{distance}",
            f"path={path}",
            f"steps={min(steps, LONGEST_PATH)}",
            f"{side}:dep={dep}",
            f"{side}:before={preposition}",
            f"{side}:nouns={nouns}",
        ):
            yield feature
            yield f"{kind}:{feature}"
        yield f"dep={dep}"
        yield f"pos={noun.pos_}"
        yield f"{side}:marks={marks}"
        yield f"{side}:verbs={min(len(verbs), 3)}"
        if len(passed) <= _SHORT:
            yield f"{side}:words={' '.join(passed)}"
        if verbs:
            verb = verbs[-1] if left else verbs[0]
            yield f"{side}:verb={verb}"
            yield f"{side}:verb={verb}:{dep}"
        yield f"noun={noun.lemma_}"
        yield f"first={not any(words.nouns[max(0, position - REACH) : position])}"
        yield f"{kind}:plural={'Plur' in noun.morph.get('Number', [])}"
        yield f"top={top.pos_}:{_which(top, figure.root, noun)}"
        yield f"top={top.lemma_ if top.pos_ in VERBS else ''}:{dep}:{side}"
        yield f"named={noun.i in self.named}:{noun.ent_type_}"
        yield f"{side}:determiner={determiner}"


def _may_be_counted(noun: Token) -> bool:
    return noun.text[0].isalpha() and noun.lower_ not in vocabulary("quantities")["likely"]["units"]


def _first_of(noun: Token, dep: str) -> str:
    """The first word that depends on a noun in this way, in lower case."""
    return next((child.lower_ for child in noun.children if child.dep_ == dep), "")


def _which(top: Token, figure: Token, noun: Token) -> str:
    return "figure" if top.i == figure.i else "noun" if top.i == noun.i else "other"
