"""The nouns of a sentence that a figure may be of, and what speaks for and against each.

What speaks is a list of features, plain strings such as ``"amount:path=^obj|vnsubj"``; `likely`
knows what each weighs. A feature reads the tokens of one sentence only, so that the cost of a
figure is bounded by its sentence.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from recoupe.extract.figures.noun_phrases import is_no_object
from recoupe.extract.figures.sentence_words import LONGEST_PATH, VERBS, Ways, Words
from recoupe.extract.figures.series import status_participles
from recoupe.extract.figures.shapes import shape, signs
from recoupe.extract.figures.word_kinds import kinds_of
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
_RELATIVES = frozenset({"qui", "que", "qu'", "qu’", "dont", "où", "si", "quand"})


@dataclass(frozen=True, slots=True)
class Candidate:
    """A noun of the sentence with its features."""

    noun: Token
    features: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Beside:
    """A figure beside in the same sentence: its noun, what stands between, whether it is alike."""

    noun: int
    tie: str
    alike: bool


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
    told: Token | None = None
    by: str = ""
    prior: Beside | None = None
    following: Beside | None = None

    def candidates(self) -> list[Candidate]:
        """The nouns around, in the order of the text."""
        root = self.figure.root
        words, ways = Words.around(root, before=2 * REACH, after=REACH), Ways(root)
        told = signs(words.tokens, self.closed)
        return [
            Candidate(
                token,
                (*self._features(token, words, ways), *self._built(token, words, told)),
            )
            for token, is_noun in zip(words.tokens, words.nouns, strict=True)
            if (self.told is not None and token.i == self.told.i)
            or (
                is_noun
                and token.i >= root.i - REACH
                and token.i not in self.closed
                and _may_be_counted(token)
                and not self._is_bound(token, words)
            )
        ]

    def _built(self, noun: Token, words: Words, told: Sequence[str]) -> Iterator[str]:
        """How the sentence is built between the noun and the figure."""
        place, first, last = (
            index - words.start for index in (noun.i, self.figure.start, self.figure.end)
        )
        side = "left" if place < first else "right"
        between = shape(told[place + 1 : first] if place < first else told[last:place])
        own = told[place]
        ahead = next((sign for sign in reversed(told[:place]) if sign), "^")
        prev = noun.doc[self.figure.start - 1].lower_ if self.figure.start else ""
        yield f"{side}:shape={between}"
        yield f"{self.kind}:{side}:shape={between}"
        yield f"{side}:{own}:shape={between}"
        yield f"{side}:{ahead}{own}:shape={between}"
        yield f"{side}:{own}:{prev}:shape={between}"
        yield f"{self.kind}:{side}:{ahead}{own}"

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
            f"none:told={self.by}",
            f"none:{self.kind}:told={self.by}",
            *self._alone("prior", self.prior),
            *self._alone("following", self.following),
        )

    def _alone(self, which: str, beside: Beside | None) -> Iterator[str]:
        if beside is not None:
            yield f"none:{which}={beside.tie}"
            yield f"none:{which}:alike={beside.alike}:{beside.noun >= 0}"

    def _shares(self, which: str, beside: Beside | None, noun: Token) -> Iterator[str]:
        if beside is None:
            return
        same = "is" if noun.i == beside.noun else "not"
        yield f"{same} {which}={beside.tie}"
        yield f"{same} {which}:alike={beside.alike}"
        yield f"{same} {which}:alike={beside.alike}:{self.kind}"

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
        if self.told is not None and self.told.i == noun.i:
            yield f"told={self.by}"
            yield f"{kind}:told={self.by}"
        elif self.told is not None:
            yield f"not told={self.by}"
            yield f"{side}:not told={self.by}"
        yield from self._shares("prior", self.prior, noun)
        yield from self._shares("following", self.following, noun)
        figures = sum(token.i in self.closed for token in words.tokens[between])
        yield f"{side}:figures={min(figures, 2)}"
        yield f"{side}:relative={not _RELATIVES.isdisjoint(passed)}"
        yield f"{kind}:noun={noun.lemma_}"
        for coarse, fine in kinds_of(noun):
            yield f"{kind}:coarse={coarse}"
            yield f"{side}:{dep}:coarse={coarse}"
            yield f"fine={fine}"
            yield f"{kind}:fine={fine}"
            yield f"{side}:fine={fine}"
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


def _may_be_counted(token: Token) -> bool:
    if is_no_object(token):
        return False
    if token.text.endswith(("é", "és", "ées")) and token.lower_ in status_participles():
        return False
    return (
        token.text[0].isalpha() and token.lower_ not in vocabulary("quantities")["likely"]["units"]
    )


def _first_of(noun: Token, dep: str) -> str:
    """The first word that depends on a noun in this way, in lower case."""
    return next((child.lower_ for child in noun.children if child.dep_ == dep), "")


def _which(top: Token, figure: Token, noun: Token) -> str:
    return "figure" if top.i == figure.i else "noun" if top.i == noun.i else "other"
