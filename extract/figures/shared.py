"""Figures that are of what the one beside is of: « le solde, soit 3,2 M€ », « de 62 % à 71 % »."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from recoupe.extract.figures.draft import Draft
from recoupe.extract.figures.numerals import SP
from recoupe.extract.figures.objects import TokenIndex
from recoupe.extract.figures.series import status_participles
from recoupe.records import Span

_MEASURED = frozenset({"amount", "measure", "percent", "point", "duration", "ratio", "multiplier"})
#: « , soit 23 % », « à 12 % », « contre 640 000 € », « mais à 6,3 M€ »
_SAME = re.compile(
    rf"{SP}?\(?,?{SP}?(?:soit|contre|puis|et{SP}non|non|mais|au{SP}lieu{SP}(?:de|des|d['’])|après|à|jusqu['’]à|ou)"
    rf"(?:{SP}(?:encore|plus|moins|près|environ|seulement|à|de|d['’]|les|des|quelque))*{SP}?"
)


#: « 1,28 milliard d'aides et en a payé 894 millions »
_OF_IT = re.compile(rf"(?i)(?<![\w-])en{SP}(?:a|ont|avait|avaient){SP}[\w'’]+{SP}$")
#: « 3,9 % en 2024, | 1,8 % en 2017 »
_DATED = re.compile(
    rf"{SP}+(?:en|au|à|fin|début|dès){SP}[^.;:,()\n]{{2,28}},?{SP}(?:(?:puis|et|contre){SP})?"
    rf"(?:(?:plus|moins|près){SP}de{SP}|environ{SP})?"
)
#: « 9,9 millions d'euros pour le département, au lieu des | 12,4 millions annoncés »
_AGAINST = re.compile(
    rf"[^.;:!?\n]{{0,60}}(?:,|\(){SP}?(?:contre|au{SP}lieu{SP}(?:de|des|d['’])|après){SP}*"
    rf"(?:(?:les|plus{SP}de|moins{SP}de|près{SP}de|environ|quelque){SP}*)*"
)

#: « un chiffre d'affaires de N, en repli de | 7,3 % », « 46 %, | 2 points de plus »
_CHANGED = re.compile(
    rf"[^.;:!?\n,()]{{0,40}},?{SP}en{SP}(?:nette{SP}|légère{SP}|forte{SP}|fort{SP}|léger{SP}|net{SP})?"
    rf"(?:hausse|baisse|repli|rebond|recul|retrait|progression|augmentation|diminution|croissance|chute){SP}"
    rf"(?:[\wà-ÿ]+{SP})?(?:de|d['’]){SP}*(?:(?:près|plus|moins){SP}de{SP}|environ{SP})?"
)


def share_objects(index: TokenIndex, drafts: Sequence[Draft]) -> None:
    """Give figures that have none the object of the one beside, where the two are of one."""
    for before, draft in pairwise(drafts):
        if draft.object_span is None and draft.kind in _MEASURED:
            draft.give(shared(index, before, draft), "shared")
    for draft, after in pairwise(drafts):
        between = index.text[draft.end : after.start]
        from_to = draft.kind == after.kind and _TO.fullmatch(between)
        if draft.object_span is None and from_to:
            draft.give(after.object_span, "from to")
    for position, draft in enumerate(drafts):
        if draft.object_span is None and draft.kind in _MEASURED:
            behind = drafts[max(0, position - _LOOKED_AT) : position]
            draft.give(_parted(index, behind, draft), "parted")
            if draft.object_span is None:
                draft.give(_restated(index.text, behind, draft), "restated")


#: At most so many figures are looked at, going back.
_LOOKED_AT = 4
_APPROXIMATING = (
    rf"(?:(?:près{SP}d[eu]s?|plus{SP}d[eu]s?|moins{SP}d[eu]s?|environ|quelque|seulement|encore|déjà|"
    rf"un{SP}peu|à{SP}peine|les|des){SP}+)*"
)
#: « 94 M€ de crédits ouverts entre 2019 et 2023, 88 M€ ont été engagés et 71 M€ payés, dont … »
_PART = re.compile(
    rf"(?:[,;(]|{SP}(?:et|puis|mais))?{SP}?(?:(?P<dont>dont)|(?P<whole>sur|contre)|(?:et|puis|mais))?{SP}?{_APPROXIMATING}$"
)
#: What says how far a sum has come, right after it: « 9 M€ versés », « 171 millions ont été … ».
_DONE = frozenset({"AUX", "VERB"})


def _parted(index: TokenIndex, before: Sequence[Draft], draft: Draft) -> Span | None:
    """The object of a figure of the same kind of which this one is a part, or the other way."""
    text = index.text
    for other in reversed(before):
        between = text[other.end : draft.start]
        if re.search(r"[.!?\n:]", between):
            return _bracketed(between, other, draft)
        if not _is_alike(other, draft) or other.object_span is None:
            continue
        if (found := _bracketed(between, other, draft)) is not None:
            return found
        match = _PART.search(between)
        if match is None or not match.group().strip():
            return None
        after = other.object_span[0] >= other.end
        told = _is_told(index, draft)
        if between.strip() == "sur" and draft.kind == "measure":
            return other.object_span  # « un muret de 2 mètres sur 3 mètres »
        if match["whole"] or match["dont"]:
            return other.object_span if after or (told and match["dont"]) else None
        return other.object_span if after and told else None
    return None


def _is_alike(other: Draft, draft: Draft) -> bool:
    """Whether two figures may be of one thing: a share is of whatever was counted."""
    if draft.kind == "point":
        return other.kind == "percent"
    if draft.kind in _SHARES:
        return other.kind in _SHARES or other.kind in {"count", "amount", "measure"}
    return other.kind == draft.kind and other.unit == draft.unit


_SHARES = frozenset({"percent", "ratio"})
#: « 46,2 M€ d'aides (2022 : 38,9 M€) », « 21 077 électeurs ont voté (55,2 %) »
_BRACKETED = re.compile(
    rf"[^.,;:!?\n()]{{0,50}}\((?:(?:en{SP})?(?:\d{{4}}|contre){SP}?:?{SP}?)?[+–-]?{SP}?{_APPROXIMATING}"
)


def _bracketed(between: str, other: Draft, draft: Draft) -> Span | None:
    alike = _is_alike(other, draft) and other.object_span is not None
    return other.object_span if alike and _BRACKETED.fullmatch(between) else None


def _is_told(index: TokenIndex, draft: Draft) -> bool:
    """Whether a verb or a participle of its status follows: « 9,2 millions versés »."""
    following = [token for token in index.after(draft.end) if token.pos_ != "ADV"][:1]
    return bool(following) and (
        following[0].pos_ in _DONE or following[0].lower_ in status_participles()
    )


#: « passe de 1,72 | à | 1,95 euro »
_TO = re.compile(rf"{SP}+à{SP}+(?:près{SP}de{SP}|plus{SP}de{SP}|environ{SP})?")
#: « 252 sont donc engagés, soit | 81 % », « 71 400 demandes traitées, dont | 83 % sans renvoi »
_RESTATES = re.compile(
    rf"(?:,|\(){SP}?(?:soit|dont){SP}+(?:(?:près{SP}de|plus{SP}de|moins{SP}de|environ|quelque|un{SP}peu{SP}plus{SP}d['’]|"
    rf"un{SP}peu{SP}plus{SP}de|un{SP}peu{SP}moins{SP}d['’]|à{SP}peine){SP}*)?$"
)


#: « soit 79 % des 18 millions inscrits », « 41 % de ce qui était prévu », « 11 % de plus »
_OF_OTHER = re.compile(rf"{SP}+(?:de{SP}+(?:plus|moins|ce|celui|celle)|d[eu]s?{SP}|d['’])")


def _restated(text: str, before: Sequence[Draft], draft: Draft) -> Span | None:
    """The object of the last figure of the sentence that a share says again or parts."""
    if draft.kind not in {"percent", "ratio"} or _OF_OTHER.match(text, draft.end):
        return None
    for other in reversed(before):
        between = text[other.end : draft.start]
        if re.search(r"[.;!?\n:]", between):
            return None
        if other.object_span is not None and other.kind in {"count", "amount", "measure"}:
            return other.object_span if _RESTATES.search(between) else None
    return None


def shared(index: TokenIndex, before: Draft, draft: Draft) -> Span | None:
    """The object of the figure right before, where the two are of one thing."""
    between = index.text[before.end : draft.start]
    if draft.kind in {"percent", "ratio"} and _OF_OTHER.match(index.text, draft.end):
        return None
    if before.object_span is None or re.search(r"[.!?\n]", between):
        return None
    if _SAME.fullmatch(between):
        alike = before.kind == draft.kind or "soit" in between
        return before.object_span if alike and draft.kind != "duration" else None
    if _CHANGED.fullmatch(between):
        return before.object_span
    alike = before.kind == draft.kind and before.unit == draft.unit
    if alike and (_DATED.fullmatch(between) or _AGAINST.fullmatch(between)):
        return before.object_span
    if draft.kind == before.kind == "amount" and _OF_IT.search(between):
        return before.object_span
    following = index.after(draft.end)
    answered = bool(following) and following[0].pos_ in {"AUX", "VERB"}
    of_them = draft.kind in {"percent", "ratio"} and before.kind == "count" and answered
    return before.object_span if of_them else None
