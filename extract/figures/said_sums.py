"""Money in a sentence that opens with the sum it is part of.

« Nous avons perçu 920 000 euros. Sur cette somme, 340 000 ont financé le centre de santé. »
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from recoupe.extract.figures.draft import Draft
from recoupe.extract.figures.money import is_counted
from recoupe.extract.figures.numerals import SP
from recoupe.extract.phrases import either, vocabulary


def give_said_sum(text: str, drafts: list[Draft]) -> list[Draft]:
    """Give bare thousands the currency of the sum that their sentence opens with."""
    for match in _opening().finditer(text):
        first = next((n for n, draft in enumerate(drafts) if draft.start >= match.end()), None)
        if not first or drafts[first - 1].kind != "amount":
            continue
        for number in _within(text, drafts, first, match.end()):
            if _is_bare_money(text, drafts[number]):
                drafts[number] = replace(
                    drafts[number],
                    kind="amount",
                    unit=drafts[first - 1].unit,
                    bare=False,
                    rule="said_sum",
                    confidence=0.8,
                )
    return drafts


@cache
def _opening() -> re.Pattern[str]:
    nouns = either(vocabulary("quantities")["said_sums"]["nouns"])
    return re.compile(
        rf"(?:^|(?<=[.!?;:(\n])){SP}?(?:Sur|De|sur|de){SP}(?:cette|ce|ces|cet){SP}(?:{nouns})(?!\w)",
        re.MULTILINE,
    )


_END = re.compile(r"[.!?](?=\s|$)|\n")


def _within(text: str, drafts: Sequence[Draft], first: int, start: int) -> list[int]:
    """The drafts from ``first`` on that stand in the sentence which began before ``start``."""
    end = _END.search(text, start)
    stop = end.start() if end else len(text)
    return [n for n in range(first, len(drafts)) if drafts[n].start < stop]


#: Words after a bare number that are not what it counts.
_GOES_ON = re.compile(
    rf"{SP}+(?:les|aux?|des|du|la|le|à|pour|ont|avaient|vont|iront|sont|seront|étaient|en)(?!\w)"
    rf"|{SP}+\w+(?:ent|ront)(?!\w)|{SP}*[.,;:)]"
)
_LEAST = 1000


def _is_bare_money(text: str, draft: Draft) -> bool:
    thousands = draft.value is not None and draft.value >= _LEAST
    goes_on = _GOES_ON.match(text, draft.end) is not None and not is_counted(text, draft.end)
    return draft.bare and draft.rule == "numeral" and thousands and goes_on
