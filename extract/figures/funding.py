"""Sums that pay a share of a cost told before.

« Chiffrée à 186 000 euros, la réfection bénéficiera d'une aide de 40 % »
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from recoupe.extract.figures.numerals import SP
from recoupe.extract.figures.passage import Passage, is_less
from recoupe.extract.phrases import either, vocabulary

#: A cost reaches so many sentences.
_BACK = 3


@cache
def _cost() -> re.Pattern[str]:
    words = either(vocabulary("quantities")["parts"]["costs"])
    return re.compile(rf"(?<!\w)(?:{words})(?!\w)(?P<rest>[^.;!?\d\n]*)$")


def is_cost(passage: Passage, index: int) -> bool:
    """Whether a sum is told as what something costs."""
    if passage.drafts[index].kind != "amount" or passage.drafts[index].per:
        return False
    before = passage.before(index, 90)
    return _cost().search(before) is not None and not _EXTRA.search(before)


_EXTRA = re.compile(r"(?i)\b(?:surcoût|dépassement|aide|subvention|amende|indemnité)")


@cache
def _paying() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{either(vocabulary('quantities')['parts']['funding'])})")


def funded(passage: Passage, index: int, known: Mapping[int, int]) -> int | None:
    """« L'État apporte 2 M€, la Région 1 » after what the thing costs."""
    draft = passage.drafts[index]
    if draft.kind not in {"amount", "percent"} or draft.per or is_cost(passage, index):
        return None
    if draft.kind == "percent" and not _SHARE.search(passage.before(index)):
        return None
    if not _is_paid(passage, index, known):
        return None
    for other in passage.earlier(index, 0 if draft.kind == "percent" else _BACK):
        if is_cost(passage, other):
            return other if is_less(draft, passage.drafts[other]) else None
    return None


#: A percentage is of the cost where it is what is given of it, and no rate of a scheme.
_SHARE = re.compile(
    rf"(?i)(?:\b(?:aide|subvention|participation|contribution|financement|apport)s?|à{SP}hauteur){SP}(?:de|d['’]environ){SP}"
    rf"(?:(?:près|plus|moins){SP}de{SP})?$"
)
_LINKED = re.compile(r"[^.;!?\d\n]{0,60}(?:,|\bet\b|ainsi que)[^.;!?\d\n]{0,60}")
_NOT = re.compile(
    r"(?i)\b(?:au lieu d|contre|hausse|baisse|surcoût|rallonge|rédui|"
    r"diminu|ramen|amput|réclam|demand|plafonn|annul|taux|maximum)\w*[^.;\d\n]{0,40}$"
)


def _is_paid(passage: Passage, index: int, known: Mapping[int, int]) -> bool:
    """Whether words of giving stand with a sum, or it goes on a list of sums given."""
    before = re.split(r"[;:]", passage.before(index, 90))[-1]
    if _NOT.search(before):
        return False
    since = before if index == 0 else before[-max(1, len(passage.between(index - 1, index))) :]
    if _paying().search(since) or _paying().search(
        re.split(r"[,;:.]", passage.after(index, 40))[0]
    ):
        return True
    return index - 1 in known and _LINKED.fullmatch(passage.between(index - 1, index)) is not None
