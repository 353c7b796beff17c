"""Cut a sentence into the clauses that scope a figure's status, period and place."""

from __future__ import annotations

import re

from recoupe.extract.figures.numerals import SP
from recoupe.records import Span

_BOUNDARY = re.compile(
    rf";|(?<!\d):(?!\d)|{SP}[–—]{SP}|,?{SP}(?:mais|tandis{SP}qu\w*|alors{SP}qu\w*|dont|contre|au{SP}lieu{SP}d\w*|puis|"
    rf"quand|lorsqu\w*|même{SP}si|bien{SP}qu\w*|avant{SP}de|après{SP}avoir|car|or)(?!\w)['’]?|,{SP}(?:soit|et|pour|sur){SP}"
)


def clause_around(text: str, sentence: Span, start: int, end: int) -> Span:
    """The clause of ``sentence`` around ``start:end``; parentheses are a clause of their own."""
    inside = _parentheses(text, sentence, start, end)
    if inside is not None:
        return inside
    left, right = sentence
    for match in _BOUNDARY.finditer(text, *sentence):
        if match.end() <= start:
            left = match.end()
        elif match.start() >= end:
            right = match.start()
            break
    return left, right


def _parentheses(text: str, sentence: Span, start: int, end: int) -> Span | None:
    opened = text.rfind("(", sentence[0], start)
    if opened < 0 or text.find(")", opened, start) >= 0:
        return None
    closed = text.find(")", end, sentence[1])
    return (opened + 1, closed) if closed >= 0 else None
