"""Wholes told in fragments: « (412 garçons, 228 filles) », « À Fos : 112. », « Votants : 31. »."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache

from recoupe.extract.figures.numerals import SP
from recoupe.extract.figures.passage import WHOLES, Known, Passage, is_less, one_dimension
from recoupe.extract.phrases import either, vocabulary

_OPENS = re.compile(r"[^.;!?()\n]{0,60}?[(:][^().;:\n\d]{0,60}")


def bracketed(passage: Passage, index: int, known: Known) -> int | None:
    """A figure behind a whole that the figures in brackets, or after a colon, add up to."""
    del known
    for first in range(index, max(0, index - _IN_BRACKETS), -1):
        between = passage.between(first - 1, first)
        if _OPENS.fullmatch(between):
            closing = ")" if "(" in between else "."
            return _summed(passage, first, closing, index)
        if _CLOSED.search(between):
            return None
    return None


_IN_BRACKETS = 8
_CLOSED, _CUT_OFF = re.compile(r"[).!?\n]"), re.compile(r"[.,;]|$")


def _summed(passage: Passage, first: int, closing: str, index: int) -> int | None:
    """The figure before ``first``, where those up to the closing mark are exactly its parts."""
    whole = passage.drafts[first - 1]
    inside = [first]
    for other in range(first + 1, min(first + _IN_BRACKETS, len(passage.drafts))):
        if re.search(rf"[{closing}\n]", passage.between(other - 1, other)):
            break
        inside.append(other)
    parts = [i for i in inside if one_dimension(passage.drafts[i], whole)]
    added = sum((passage.drafts[i].value or Decimal(0) for i in parts), Decimal(0))
    exact = len(parts) > 1 and whole.kind in WHOLES and added == whole.value
    return first - 1 if exact and index in parts else None


#: « 4,8 millions d'euros : 3,1 millions à l'Urssaf, 900 000 euros au fisc, le reste aux banques »
_COLON = re.compile(
    rf"[^.;:!?()\n\d]{{0,70}}:{SP}(?:(?:près{SP}de|environ|plus{SP}de|dont|d['’]abord){SP}?)*"
)
_GOES_ON = re.compile(rf"{SP}[^.;:!?\n\d]{{2,70}}(?:,|{SP}et){SP}[^.;:!?()\n\d]{{0,20}}")


def opened(passage: Passage, index: int, known: Known) -> int | None:
    """A figure right behind a colon, or after such a one, that goes into the figure before it."""
    del known
    draft = passage.drafts[index]
    if draft.kind not in WHOLES:
        return None
    first = index
    while first > 0 and index - first < _IN_BRACKETS:
        between = passage.between(first - 1, first)
        if _COLON.fullmatch(between):
            return _list_of(passage, first, index)
        if not _GOES_ON.fullmatch(between):
            return None
        first -= 1
    return None


def _list_of(passage: Passage, first: int, index: int) -> int | None:
    """The figure before ``first``, where two or more after it are together no more than it."""
    whole = first - 1
    inside = [first]
    for other in range(first + 1, min(first + _IN_BRACKETS, len(passage.drafts))):
        if not _GOES_ON.fullmatch(passage.between(other - 1, other)):
            break
        inside.append(other)
    total = passage.drafts[whole]
    parts = [i for i in inside if is_less(passage.drafts[i], total)]
    added = sum((passage.drafts[i].value or Decimal(0) for i in parts), Decimal(0))
    fits = len(parts) == len(inside) > 1 and total.kind in WHOLES and added <= (total.value or 0)
    return whole if fits and index in parts and added * 2 >= (total.value or 0) else None


_PLACED = re.compile(
    rf"(?:À|A|Au|Aux|En|Dans|Chez|Côté|Pour|Et|Hors){SP}[^.:;?!\n]{{2,60}}{SP}?[:?]{SP}?(?:environ{SP})?$"
)


def fragment(passage: Passage, index: int, known: Known) -> int | None:
    """Fragments after the count they divide: « 180 postes supprimés. À Fos : 112. »."""
    draft = passage.drafts[index]
    if not draft.bare and draft.rule != "ellipsis":
        return None
    if draft.kind not in {"number", "count"} or not _CUT_OFF.match(passage.after(index)):
        return None
    text = passage.text[max(0, draft.start - 90) : draft.start]
    if not _PLACED.search(text) or draft.object_span is not None:
        return None
    return _announced(passage, index, known)


def _announced(passage: Passage, index: int, known: Known) -> int | None:
    """The count that fragments divide, some sentences before."""
    draft = passage.drafts[index]
    for other in passage.earlier(index, 6):
        if other in known and passage.drafts[other].kind in {"number", "count"}:
            return known[other]
        whole = passage.drafts[other]
        if whole.kind == "count" and whole.object_span is not None and is_less(draft, whole):
            return other
    return None


@cache
def _no_share() -> re.Pattern[str]:
    return re.compile(rf"(?i)(?<!\w)(?:{either(vocabulary('quantities')['parts']['changing'])})")


_LABEL = re.compile(r"[^.!?()%\n]{0,60}?[,:;(–—][^.:;,!?()%\n]{2,45}")
_NEXT_LABEL = re.compile(r"(?:[,;]|\s?/|\set\b)[^.:;,!?()%\n]{2,45}|[^.:;!?()%\n]{2,45},\s")


def listed(passage: Passage, index: int, known: Known) -> int | None:
    """« 2 318 interventions, secours à personne 71 %, incendies 9 % »: shares in a list."""
    drafts = passage.drafts
    if drafts[index].kind != "percent" or index == 0:
        return None
    if drafts[index - 1].kind == "percent":
        goes_on = _NEXT_LABEL.fullmatch(passage.between(index - 1, index))
        return known.get(index - 1) if goes_on else None
    label = passage.between(index - 1, index)
    listed = (
        index + 1 < len(drafts)
        and drafts[index + 1].kind == "percent"
        and _NEXT_LABEL.fullmatch(passage.between(index, index + 1))
        and _LABEL.fullmatch(label)
    )
    if not listed or _no_share().search(label) or drafts[index - 1].kind not in WHOLES:
        return None
    return index - 1 if (drafts[index - 1].value or 0) > 2 else None  # noqa: PLR2004


@cache
def _tallies() -> tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]:
    return tuple(
        (
            re.compile(rf"(?<!\w)(?:{either(entry['whole'])}){SP}*:{SP}*$"),
            re.compile(rf"(?<!\w)(?:{either(entry['parts'])}){SP}*:{SP}*$"),
        )
        for entry in vocabulary("quantities")["tally"]
    )


def tallied(passage: Passage, index: int, known: Known) -> int | None:
    """Labelled counts: « En exercice : 37. Présents : 31. »."""
    del known
    draft = passage.drafts[index]
    before = passage.text[max(0, draft.start - 30) : draft.start]
    for whole, part in _tallies():
        if not part.search(before):
            continue
        for other in range(index - 1, max(-1, index - 7), -1):
            start = passage.drafts[other].start
            labelled = whole.search(passage.text[max(0, start - 30) : start])
            if labelled and is_less(draft, passage.drafts[other]):
                return other
    return None
