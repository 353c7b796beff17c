"""What speaks for and against one noun of a sentence as what a figure is of.

A feature is a plain string such as ``"amount:path=^obj|vnsubj"``.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from recoupe.extract.figures.sentence_words import LONGEST_PATH, VERBS, Noun, Ways
from recoupe.extract.figures.shapes import shape

if TYPE_CHECKING:
    from spacy.tokens import Token

    from recoupe.extract.figures.candidates import Asked, Beside

#: A noun further from its figure than so many tokens is not considered.
REACH = 40
#: Words between a noun and its figure are a feature up to so many.
SHORT = 3
#: Distances from which on a noun is as far as the next one, in tokens.
_FAR = (4, 7, 12)
_RELATIVES = frozenset({"qui", "que", "qu'", "qu’", "dont", "où", "si", "quand"})


def features(asked: Asked, place: int, ways: Ways) -> list[str]:
    """All that speaks for and against the noun at a place of the words around a figure."""
    noun = asked.words.noun(place)
    left = place < asked.first
    side = "left" if left else "right"
    between = slice(place + 1, asked.first) if left else slice(asked.last, place)
    return [
        *_way(asked, noun, ways, side, between),
        *_ruled(asked, noun, side),
        *_beside("prior", asked.prior, noun, asked.kind),
        *_beside("following", asked.following, noun, asked.kind),
        *_between(asked, noun, side, between),
        *_itself(asked, noun, side),
        f"first={not any(asked.words.nouns[max(0, place - REACH) : place])}",
        *_build(asked, place, side, between),
    ]


def _way(asked: Asked, noun: Noun, ways: Ways, side: str, between: slice) -> Iterator[str]:
    """How far the noun stands, in the words and in the parse."""
    path, steps, top = ways.to(noun.token)
    length = max(0, between.stop - between.start)
    distance = length if length <= SHORT else sum(length >= far for far in _FAR) * 10
    nouns = min(sum(asked.words.nouns[between]), 3)
    for feature in (
        f"{side}:{distance}",
        f"path={path}",
        f"steps={min(steps, LONGEST_PATH)}",
        f"{side}:dep={noun.dep}",
        f"{side}:before={noun.preposition}",
        f"{side}:nouns={nouns}",
    ):
        yield feature
        yield f"{asked.kind}:{feature}"
    tag = top.pos_
    yield f"top={tag}:{_which(top, asked.root, noun.token)}"
    yield f"top={top.lemma_ if tag in VERBS else ''}:{noun.dep}:{side}"


def _which(top: Token, figure: Token, noun: Token) -> str:
    return "figure" if top.i == figure.i else "noun" if top.i == noun.i else "other"


def _ruled(asked: Asked, noun: Noun, side: str) -> tuple[str, ...]:
    """Whether a rule says that the figure is of this noun, or of another one."""
    if asked.told is None:
        return ()
    if asked.told.i == noun.token.i:
        return f"told={asked.by}", f"{asked.kind}:told={asked.by}"
    return f"not told={asked.by}", f"{side}:not told={asked.by}"


def _beside(which: str, beside: Beside | None, noun: Noun, kind: str) -> tuple[str, ...]:
    """Whether the figure beside is of the same noun."""
    if beside is None:
        return ()
    same = "is" if noun.token.i == beside.noun else "not"
    alike = f"{same} {which}:alike={beside.alike}"
    return f"{same} {which}={beside.tie}", alike, f"{alike}:{kind}"


def _between(asked: Asked, noun: Noun, side: str, between: slice) -> Iterator[str]:
    """The words between the two."""
    words = asked.words
    passed = words.low[between]
    verbs = [lemma for lemma in words.verbs[between] if lemma is not None]
    marks = "".join(sorted({mark for mark in words.marks[between] if mark is not None}))
    yield f"{side}:figures={min(sum(words.closed[between]), 2)}"
    yield f"{side}:relative={not _RELATIVES.isdisjoint(passed)}"
    yield f"{side}:marks={marks}"
    yield f"{side}:verbs={min(len(verbs), 3)}"
    if len(passed) <= SHORT:
        yield f"{side}:words={' '.join(passed)}"
    if verbs:
        verb = f"{side}:verb={verbs[-1] if side == 'left' else verbs[0]}"
        yield verb
        yield f"{verb}:{noun.dep}"


def _itself(asked: Asked, noun: Noun, side: str) -> Iterator[str]:
    """What the noun is."""
    kind = asked.kind
    yield f"noun={noun.lemma}"
    yield f"{kind}:noun={noun.lemma}"
    for coarse, fine in noun.kinds:
        yield f"{kind}:coarse={coarse}"
        yield f"{side}:{noun.dep}:coarse={coarse}"
        yield f"fine={fine}"
        yield f"{kind}:fine={fine}"
        yield f"{side}:fine={fine}"
    yield f"dep={noun.dep}"
    yield f"pos={noun.tag}"
    yield f"{kind}:plural={noun.plural}"
    yield f"named={noun.token.i in asked.named}:"  # what a recogniser calls it is no feature
    yield f"{side}:determiner={noun.determiner}"


def _build(asked: Asked, place: int, side: str, between: slice) -> tuple[str, ...]:
    """How the sentence is built between the two."""
    signs = asked.words.signs
    built = f"shape={shape(signs[between])}"
    own = signs[place]
    ahead = next((sign for sign in reversed(signs[:place]) if sign), "^")
    return (
        f"{side}:{built}",
        f"{asked.kind}:{side}:{built}",
        f"{side}:{own}:{built}",
        f"{side}:{ahead}{own}:{built}",
        f"{side}:{own}:{asked.before}:{built}",
        f"{asked.kind}:{side}:{ahead}{own}",
    )
