"""Further parts of the whole that the part before is of: « l'État 2 M€, la Région 1,5 »."""

from __future__ import annotations

import re
from decimal import Decimal

from recoupe.extract.figures.numerals import SP
from recoupe.extract.figures.passage import SHARES, Known, Passage, is_less

_ABOUT = (
    rf"(?:(?:près|(?:un{SP}peu{SP})?(?:plus|moins)){SP}d(?:e{SP}|['’])|environ{SP}|quelque{SP}"
    rf"|pour{SP}|à{SP})?"
)
#: « …, la Région Occitanie 4 », « … ; le carburant, 9,6 »: a noun without a verb, and its figure.
_LABELLED = re.compile(
    rf"[^.;:!?\n\d]{{0,70}}?(?:[,;]|(?<!\w)et){SP}(?:et{SP}|puis{SP}|enfin{SP})?"
    rf"(?P<label>(?:[lL]['’]|[lL]e{SP}|[lL]a{SP}|[lL]es{SP}|celles?{SP}|ceux{SP}|[A-ZÀ-Ý])[^.;:,!?\n\d]{{1,50}}?)"
    rf",?{SP}{_ABOUT}"
)
_VERB = re.compile(
    r"(?i)(?<![\w-])(?:a|ont|est|sont|sera|seront|serait|était|étaient|avait|avaient|aura|auront|qui|que|dont|où|se|ne|en|y|il|elle|"
    r"ils|elles|on|passe|compte|reste|coûte|dépasse|atteint|représente|s['’][\w]+|n['’][\w]+|qu['’][\w]+)(?![\w-])"
)
#: « 31 à Mamoudzou, 12 à Dzaoudzi », « 2,5 M€ pour la voirie et 0,4 pour les arbres »
_PLACED = re.compile(
    rf"(?P<first>{SP}(?:d['’]euros{SP}|€{SP})?(?P<tie>pour|à|au|aux|en|dans|chez|par|sur|vers){SP}[^.;:!?\n\d]{{1,60}}?)(?:,|{SP}et){SP}(?:et{SP}|puis{SP}|enfin{SP})?{_ABOUT}"
)
_TIE = re.compile(rf"{SP}(?P<tie>pour|à|au|aux|en|dans|chez|par|sur|vers){SP}(?!\d)")
_TOWARDS = frozenset({"à", "au", "aux", "en", "dans", "chez", "vers"})


def sibling(passage: Passage, index: int, known: Known) -> int | None:
    """The whole of the part before, where the two are said in one way and both go into it."""
    before = _part_before(passage, index, known)
    if before is None:
        return None
    whole = known[before]
    if not is_less(passage.drafts[index], passage.drafts[whole]):
        return None
    between = passage.between(whole if before < whole < index else before, index)
    told = (
        is_labelled(between)
        or _placed(passage, index, between)
        or _predicated(passage, index, between)
        or _verbed(passage, before, between)
    )
    if not told:
        return None
    return whole if _go_in(passage, index, whole, known) else None


def _part_before(passage: Passage, index: int, known: Known) -> int | None:
    """The last figure of the same kind in the sentence, where it is a part."""
    for other in passage.earlier(index):
        kinds = passage.drafts[index].kind, passage.drafts[other].kind
        if kinds[0] == kinds[1] or (kinds[1] in SHARES and other in known):
            return other if other in known and known[other] < index else None
    return None


def is_labelled(between: str) -> bool:
    """Whether a figure follows another with but its owner said: « …, la Région 4 »."""
    match = _LABELLED.fullmatch(between)
    return match is not None and _VERB.search(match["label"]) is None


def _placed(passage: Passage, index: int, between: str) -> bool:
    match, after = _PLACED.fullmatch(between), _TIE.match(passage.after(index, 20))
    if match is None or after is None:
        return False
    ties = {match["tie"], after["tie"]}
    return len(ties) == 1 or ties <= _TOWARDS


#: « Parmi elles, 45 ont été transmises et 12 ont donné lieu à une enquête »
_LINK = re.compile(rf"[^.:!?\n\d]{{0,90}}?(?:[,;]|{SP}et){SP}(?:et{SP})?(?:seule?s?{SP})?")
_FINITE = re.compile(
    rf"{SP}(?:seulement{SP}|à{SP}peine{SP}|déjà{SP})?(?:ne{SP}|n['’]|y{SP}|s['’]|se{SP}|l['’]|les?{SP}|la{SP}|en{SP})?"
    r"(?:sont|ont|étaient|avaient|seront|auront|seraient|iront|vont|\w{3,}(?:(?<!m)ent|ront|aient))\b"
)


def _predicated(passage: Passage, index: int, between: str) -> bool:
    """Whether a count without a noun of its own is the subject of a verb."""
    draft = passage.drafts[index]
    lent = draft.object_span is None or draft.object_span[0] < draft.start
    counted = draft.kind in {"count", "number"} and lent
    return counted and bool(_LINK.fullmatch(between) and _FINITE.match(passage.after(index)))


#: « Le jury en a présélectionné 20, puis retenu 7 »
_PRONOUN = re.compile(rf"(?i)(?<![\w-])(?:\w['’])?en{SP}(?:[\wà-ÿ'’]+{SP}){{1,4}}$")
_PARTICIPLE = re.compile(rf"(?:,?{SP}(?:et|puis|et{SP}puis)|,){SP}[\wà-ÿ]+(?:é|i|u|is|it|ert){SP}")


def _verbed(passage: Passage, before: int, between: str) -> bool:
    governed = _PRONOUN.search(passage.before(before, 50)) is not None
    return governed and _PARTICIPLE.fullmatch(between) is not None


def _go_in(passage: Passage, index: int, whole: int, known: Known) -> bool:
    """Whether the parts of a whole and this one are together no more than it."""
    total = passage.drafts[whole].value
    own = passage.drafts[index]
    if own.kind in SHARES:
        total = Decimal(100) if own.kind == "percent" else Decimal(1)
    parts = [
        passage.drafts[i].value or Decimal(0)
        for i in passage.earlier(index)
        if known.get(i) == whole and passage.drafts[i].kind == own.kind
    ]
    return total is not None and sum(parts, own.value or Decimal(0)) <= total * Decimal("1.02")
