"""What is left of a whole: « Le reste, soit 118 », « les sept autres », « les 60 manquants »."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from recoupe.extract.figures.numerals import SP
from recoupe.extract.figures.passage import SHARES, WHOLES, Passage, is_less, same_thing
from recoupe.extract.phrases import either, vocabulary

#: What is left stands at most so many sentences after its whole.
_BACK = 3


def remainder(passage: Passage, index: int, known: Mapping[int, int]) -> int | None:
    """The whole that a figure is what is left of: it and a part add up, or its sibling's."""
    if passage.drafts[index].kind in SHARES or not (
        left := _is_left(passage, index) or _is_rest(passage, index)
    ):
        return None
    return _by_difference(passage, index) if left == "rest" else _of_others(passage, index, known)


@cache
def _rest() -> re.Pattern[str]:
    words = either(vocabulary("quantities")["parts"]["remainders"])
    return re.compile(
        rf"(?<!\w)(?:{words})(?:{SP}[^.;:!?\d\n]{{0,40}})?{SP}*(?:[,:(–—]|{SP}de){SP}*(?:soit{SP}*:?{SP}*)?"
        rf"(?:[\w'’]+{SP}){{0,3}}$|(?<!\w)(?:{words}){SP}(?:est|s['’]élève|représente|atteint)[^.,;:\d\n]{{0,30}}$"
    )


def _is_rest(passage: Passage, index: int) -> str | None:
    net = re.match(rf"{SP}*[\w'’ -]{{0,30}}\bnet(?:te)?s?\b", passage.after(index))
    return "rest" if _rest().search(passage.before(index, 90)) and not net else None


@cache
def _left() -> re.Pattern[str]:
    words = either(vocabulary("quantities")["parts"]["left"])
    return re.compile(rf"(?:{SP}[\wà-ÿ'’]+){{0,2}}?{SP}(?:{words})(?!\w)")


_DEFINITE = re.compile(rf"(?i)(?:^|[\s(,;:«'’])(?:les|des|aux|ces|ses|leurs|l['’]){SP}?$")


def _is_left(passage: Passage, index: int) -> str | None:
    """« les sept autres », « les 300 000 euros restants »."""
    definite = _DEFINITE.search(passage.before(index, 12))
    return "left" if definite and _left().match(passage.after(index)) else None


def _of_others(passage: Passage, index: int, known: Mapping[int, int]) -> int | None:
    """The whole by difference, or that of the part told before."""
    whole = _by_difference(passage, index)
    if whole is not None:
        return whole
    draft = passage.drafts[index]
    for other in passage.earlier(index, 1):
        shared = known.get(other)
        if shared is not None and is_less(draft, passage.drafts[shared]):
            return shared if same_thing(passage.text, draft, passage.drafts[shared]) else None
    return None


def _by_difference(passage: Passage, index: int) -> int | None:
    """The figure of which another one before takes away all but this one."""
    draft = passage.drafts[index]
    near = [
        other
        for other in passage.earlier(index, _BACK)
        if passage.drafts[other].kind in WHOLES and is_less(draft, passage.drafts[other])
    ]
    values = {passage.drafts[other].value for other in passage.earlier(index, _BACK)}
    for whole in near:
        value = passage.drafts[whole].value
        if value is not None and draft.value is not None and value - draft.value in values:
            return whole
    return None
