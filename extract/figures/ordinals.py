"""Ordinals in words that number a counted series: « la troisième session ».

*Premier*, *deuxième* and *second* seldom number anything; floors, times and years never do.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache

from recoupe.extract.figures.draft import Draft
from recoupe.extract.figures.numerals import SP
from recoupe.extract.phrases import either, vocabulary


@cache
def _ordinal() -> re.Pattern[str]:
    words = vocabulary("quantities")
    return re.compile(
        rf"(?<![\w-])(?P<ordinal>{either(words['ordinals'])})"
        rf"(?:(?:{SP}et{SP}(?:dernière?|ultime))?{SP}(?P<noun>{either(words['numbered']['nouns'])})(?![\w-])"
        rf"|(?={SP}des{SP}(?:\d|(?:quatre|cinq|six|sept|huit|neuf|dix|onze|douze|quinze|vingt)\b)))"
    )


def find_ordinals(text: str) -> Iterator[Draft]:
    """The ranks of ``text`` that words give, in order."""
    if "ième" not in text.lower():
        return
    values = vocabulary("quantities")["ordinals"]
    for match in _ordinal().finditer(text):
        yield Draft(
            start=match.start("ordinal"),
            end=match.end("ordinal"),
            kind="rank",
            value=Decimal(values[match["ordinal"].lower()]),
            precision=Decimal(1),
            object_span=match.span("noun") if match["noun"] else None,
            rule="ordinal_word",
        )
