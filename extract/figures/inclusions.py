"""Parts that their whole includes: « y compris 310 », « Fos à lui seul 16 800 », « dont 12 »."""

from __future__ import annotations

import re
from functools import cache

from recoupe.extract.figures.numerals import SP
from recoupe.extract.figures.passage import (
    SHARES,
    WHOLES,
    Known,
    Passage,
    is_less,
    nearest,
    same_thing,
)
from recoupe.extract.phrases import either, vocabulary

_FEW = rf"(?:[\w'’]+{SP}+){{0,3}}"


@cache
def _including() -> re.Pattern[str]:
    return re.compile(
        rf"(?<!\w)(?P<word>{either(vocabulary('quantities')['parts']['including'])})"
        rf"{SP}*[,:(]?{SP}*{_FEW}(?:d['’])?$"
    )


def included(passage: Passage, index: int, known: Known) -> int | None:
    """« 4 870 inscrits, en comptant les 310 de l'IUT »."""
    del known
    match = _including().search(passage.before(index))
    if match is None or passage.drafts[index].kind in SHARES:
        return None
    them = match["word"].lower().split()[-1] in {"eux", "elles"}
    return nearest(passage, index, 1 if them else 0)


_MOSTLY = re.compile(
    rf"(?i),{SP}(?:principalement|essentiellement|surtout|notamment|pour{SP}l['’]essentiel|en{SP}particulier|en{SP}majorité|dont)"
    rf"(?:{SP}[^.;:!?()\d\n]{{1,50}})?\({SP}?(?:près{SP}de{SP}|environ{SP})?$"
)


def mostly(passage: Passage, index: int, known: Known) -> int | None:
    """« 480 suppressions de postes, principalement en France (310) »."""
    del known
    if passage.drafts[index].kind in SHARES or not _MOSTLY.search(passage.before(index, 90)):
        return None
    whole = nearest(passage, index, 0)
    alike = whole is not None and same_thing(
        passage.text, passage.drafts[index], passage.drafts[whole]
    )
    return whole if alike else None


@cache
def _alone_before() -> re.Pattern[str]:
    alone = either(vocabulary("quantities")["parts"]["alone"])
    return re.compile(rf"(?<!\w)(?:{alone}),?{SP}{_FEW}(?:d['’])?$")


@cache
def _alone_after() -> re.Pattern[str]:
    alone = either(vocabulary("quantities")["parts"]["alone"])
    return re.compile(rf"[^.;:!?,\n]{{0,30}}{SP}(?:{alone})(?!\w)")


def standing_out(passage: Passage, index: int, known: Known) -> int | None:
    """« 41 300 tonnes, Le Guilvinec en pesant à lui seul 16 800 »."""
    del known
    if passage.drafts[index].kind in SHARES and re.match(
        rf"{SP}d(?:es?|u)(?!\w)", passage.after(index)
    ):
        return None  # « un quart des besoins »
    said = _alone_before().search(passage.before(index)) or _alone_after().match(
        passage.after(index)
    )
    if not said:
        return None
    whole = nearest(passage, index, 1)
    alike = whole is not None and same_thing(
        passage.text, passage.drafts[index], passage.drafts[whole]
    )
    return whole if alike else None


_DONT_OPEN = re.compile(rf"(?i),{SP}dont{SP}{_FEW}(?:d['’])?$")


def included_ahead(passage: Passage, index: int, known: Known) -> int | None:
    """« Les travaux, dont 410 000 € de mise aux normes, ont coûté 1,7 M€ »."""
    if not _DONT_OPEN.search(passage.before(index)):
        return None
    draft = passage.drafts[index]
    for other in range(index + 1, min(index + 4, len(passage.drafts))):
        whole = passage.drafts[other]
        if passage.sentences[other] != passage.sentences[index]:
            return None
        if other not in known and whole.kind in WHOLES and is_less(draft, whole):
            closed = re.match(r"[^.;:!?\n]*,", passage.between(index, other))
            return other if closed and same_thing(passage.text, draft, whole) else None
    return None


#: « - dont CDI : 305 »: an item of a list.
_ITEM = re.compile(r"(?i)^\W*dont(?!\w)[^\d\n]*$")
#: Its whole stands at most so many figures before.
_ITEMS_BACK = 8


def item(passage: Passage, index: int, known: Known) -> int | None:
    """An item that begins with « dont »: of the last item before that does not."""
    del known
    if not _ITEM.match(_line_before(passage, index)):
        return None
    for other in range(index - 1, max(-1, index - _ITEMS_BACK), -1):
        if passage.lines[other] == passage.lines[index]:
            return None
        if re.match(r"(?i)\W*dont(?!\w)", _line_before(passage, other)):
            continue
        if is_less(passage.drafts[index], passage.drafts[other]):
            return other if passage.drafts[other].kind in WHOLES else None
    return None


def _line_before(passage: Passage, index: int) -> str:
    start = passage.drafts[index].start
    return passage.text[max(0, start - 120) : start].rpartition("\n")[2]
