"""Money that is divided: its currency and scale are said once.

« Nous avons perçu 920 000 euros. Sur cette somme, 340 000 ont financé le centre de santé. »
« 38 millions pour construire 290 logements, 17 pour en rénover 410, 9 pour les démolitions »
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import takewhile

from recoupe.extract.figures.draft import Draft
from recoupe.extract.figures.money import is_counted
from recoupe.extract.figures.numerals import SP
from recoupe.extract.phrases import either, vocabulary


def give_said_sum(text: str, drafts: list[Draft]) -> list[Draft]:
    """Give bare thousands the currency of the sum that their sentence opens with."""
    starts = [draft.start for draft in drafts]
    for match in _opening().finditer(text):
        first = bisect_left(starts, match.end())
        if first in {0, len(drafts)} or drafts[first - 1].kind != "amount":
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


_FOR = re.compile(rf"{SP}+pour(?!\w)")
_NEXT = re.compile(rf"(?:,|;|(?<!\w)et){SP}+$")
#: « 17 pour cent », « 17 pour 100 » are shares.
_SHARE = re.compile(rf"{SP}+pour{SP}+(?:cent(?!\w)|\d)")


def give_shared_scale(text: str, drafts: list[Draft]) -> list[Draft]:
    """Give « 17 pour … » the scale of the « 38 millions pour … » that its sentence began with."""
    told: Draft | None = None
    for number, draft in enumerate(drafts):
        if told is not None and _END.search(text, told.end, draft.start):
            told = None
        follows = _FOR.match(text, draft.end) and not _SHARE.match(text, draft.end)
        if not follows:
            continue
        if draft.kind == "amount" and draft.scale >= _MILLION:
            told = draft
        elif told is not None and _is_next(text, draft):
            drafts[number] = _scaled(draft, told)
    return drafts


def _is_next(text: str, draft: Draft) -> bool:
    small = draft.bare and draft.scale == 1 and draft.value is not None and draft.value < _LEAST
    return small and _NEXT.search(text, max(0, draft.start - 6), draft.start) is not None


def _scaled(draft: Draft, told: Draft) -> Draft:
    value, precision = draft.value, draft.precision
    return replace(
        draft,
        value=value * told.scale if value is not None else None,
        precision=precision * told.scale if precision is not None else None,
        scale=told.scale,
        kind="amount",
        unit=told.unit,
        bare=False,
        rule="shared_scale",
        confidence=0.8,
    )


@cache
def _opening() -> re.Pattern[str]:
    nouns = either(vocabulary("quantities")["said_sums"]["nouns"])
    return re.compile(
        rf"(?:^|(?<=[.!?;:(\n])){SP}?(?:Sur|De|sur|de){SP}(?:cette|ce|ces|cet){SP}(?:{nouns})(?!\w)",
        re.MULTILINE,
    )


_END = re.compile(r"[.!?](?=\s|$)|\n")


def _within(text: str, drafts: Sequence[Draft], first: int, start: int) -> Iterator[int]:
    """The drafts from ``first`` on that stand in the sentence which began before ``start``."""
    end = _END.search(text, start)
    stop = end.start() if end else len(text)
    return takewhile(lambda number: drafts[number].start < stop, range(first, len(drafts)))


#: Words after a bare number that are not what it counts.
_GOES_ON = re.compile(
    rf"{SP}+(?:les|aux?|des|du|la|le|à|pour|ont|avaient|vont|iront|sont|seront|étaient|en)(?!\w)"
    rf"|{SP}+\w+(?:ent|ront)(?!\w)|{SP}*[.,;:)]"
)
_LEAST = 1000
_MILLION = 10**6


def _is_bare_money(text: str, draft: Draft) -> bool:
    thousands = draft.value is not None and draft.value >= _LEAST
    goes_on = _GOES_ON.match(text, draft.end) is not None and not is_counted(text, draft.end)
    return draft.bare and draft.rule == "numeral" and thousands and goes_on
