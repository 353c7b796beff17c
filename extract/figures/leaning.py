"""Elliptic figures that are some of what they lean on: « 187 actions. 64 sont achevées »."""

from __future__ import annotations

import re
from functools import cache

from recoupe.extract.figures.numerals import SP
from recoupe.extract.figures.passage import Known, Passage, is_less
from recoupe.extract.phrases import either, vocabulary
from recoupe.records import Span


def leaning(passage: Passage, index: int, known: Known) -> int | None:
    """The figure that an elliptic one is some of, or the whole that the two have in common."""
    text, drafts, draft = passage.text, passage.drafts, passage.drafts[index]
    if not draft.of_it or draft.leans_on is None:
        return None
    place = next((i for i in range(index - 1, -1, -1) if drafts[i] is draft.leans_on), None)
    if place is None or is_no_part(text, draft.span) or is_hoped(text, drafts[place].span):
        return None
    between = passage.between(place, index)
    pronoun = _OF_THEM.search(between)
    if pronoun is not None and held_against(between):
        return None
    if pronoun is None:
        whole = _shared(passage, index, place, known)
        if whole == place and is_refused(text, drafts[place].span, draft.span):
            return None
        place = whole
    return place if is_less(draft, drafts[place]) else None


def _shared(passage: Passage, index: int, place: int, known: Known) -> int:
    """The whole of the figure leaned on, or of a part before it in the sentence."""
    if place in known:
        return known[place]
    for other in passage.earlier(index):
        if other < place and other in known and known[other] < other:
            return known[other]
    return place


_OF_THEM = re.compile(rf"(?i)(?<![\w-])(?:[\w]['’])?en{SP}(?:[\w'’-]+{SP}){{1,5}}$")
#: « jusqu'à 180 000 euros, quand il en touchait 60 000 »
_WHILE = re.compile(r"(?i)(?<!\w)(?:quand|alors qu|tandis qu|là où|lorsqu|contre)")


def held_against(between: str) -> bool:
    """Whether words set two figures against each other: « quand il en touchait 60 000 »."""
    return _WHILE.search(between) is not None


_STOP, _STOP_OR_MARK = re.compile(r"[.;:!?]"), re.compile(r"[.;:!?«»]")
#: « pour 600 prévus », « 12 d'un seul tenant », « 4 100 d'intérêts »: of something else.
_OTHER = re.compile(rf"(?i)(?<!\w)(?:pour|contre|d['’]|(?<!près.)(?<!plus.)(?<!moins.)de){SP}?$")
_OF_ELSE = re.compile(rf"{SP}d['’](?!entre|ici|eux|elles)|{SP}de{SP}[a-zà-ÿ]{{3,}}")
#: « 1 020 dossiers acceptés, 214 refusés »: beside those, none of them.
_REFUSED = re.compile(
    rf"{SP}(?:ont{SP}été{SP}|sont{SP}|étaient{SP})?(?:refus|rejet|écart|retoqu|ajourn)"
)
_TAKEN = re.compile(r"(?i)\b(?:accept|reten|valid|admis|sélectionn|approuv|accord)\w*")


def is_refused(text: str, taken: Span, refused: Span) -> bool:
    """Whether words say that some were taken and others, beside them, refused."""
    before = text[max(0, taken[0] - 30) : refused[0]]
    return bool(_REFUSED.match(text, refused[1]) and _TAKEN.search(before))


@cache
def _level() -> re.Pattern[str]:
    verbs = either(vocabulary("quantities")["parts"]["levels"])
    return re.compile(
        rf"(?i)(?<![\w-])(?:\w['’])?"
        rf"(?:en{SP}(?:[\w'’]+{SP}){{0,3}}?(?:{verbs})|y{SP}en{SP}(?:a|avait|aura|aurait)(?!\w))"
    )


@cache
def _hoped() -> re.Pattern[str]:
    verbs = either(vocabulary("quantities")["parts"]["hoped"])
    return re.compile(rf"(?<!\w)(?:{verbs})[\wà-ÿ]*{SP}(?:[\w'’]+{SP}){{0,5}}$")


def is_hoped(text: str, whole: Span) -> bool:
    """Whether a figure was only hoped or asked for."""
    before = text[max(0, whole[0] - 60) : whole[0]].rpartition("\n")[2]
    return _hoped().search(_STOP.split(before)[-1]) is not None


def is_no_part(text: str, span: Span) -> bool:
    """Whether words tell another level of a thing, or count something else, and no part of it."""
    before = text[max(0, span[0] - 40) : span[0]].rpartition("\n")[2]
    if _OTHER.search(before) or _OF_ELSE.match(text, span[1]):
        return True
    return is_level(text, span)


def is_level(text: str, span: Span) -> bool:
    """Whether words tell another level of a thing: « il n'en compte que 61 »."""
    before = text[max(0, span[0] - 40) : span[0]].rpartition("\n")[2]
    clause = _STOP_OR_MARK.split(before)[-1]
    return _level().search(clause) is not None
