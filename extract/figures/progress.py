"""What was done or paid of what was granted or planned before, and its instalments.

« prévoyait 96 millions. 58 millions ont été contractualisés et 44 millions payés »
« une aide de 31 M€ ; un premier versement, de 9,3 millions, est intervenu en décembre »
"""

from __future__ import annotations

import re
from functools import cache

from recoupe.extract.figures.leaning import is_hoped, is_no_part
from recoupe.extract.figures.numerals import SP
from recoupe.extract.figures.passage import MONTHS, Known, Passage, head, is_less, nearest
from recoupe.extract.phrases import either, vocabulary

#: A sum is spent of one that was told at most so many sentences before.
_BACK = 2
_SOME = frozenset({"amount", "count", "measure", "number"})
#: What may stand between a figure and its verb: « 2 millions d'euros d'aides », « à peine ».
_NOUNS = rf"(?:{SP}d(?:e{SP}|['’])[\wà-ÿ'’-]+(?:{SP}[\wà-ÿ'’-]+)?){{0,2}}"
_ONLY = rf"(?:{SP}(?:seulement|à{SP}peine|déjà|effectivement|réellement|en{SP}revanche))?"
#: What may open the clause of a sum that was spent.
_LEAD = re.compile(
    rf"(?i){SP}*(?:(?:mais|et|or|seuls?|environ|quelque|déjà|à{SP}ce{SP}(?:jour|stade)|aujourd['’]hui|à{SP}peine"
    rf"|pour{SP}l['’](?:heure|instant)|fin{SP}[\wà-ÿ]+){SP}|(?:près|plus|moins|un{SP}peu{SP}plus|un{SP}peu{SP}moins){SP}de{SP})*"
)


@cache
def _done() -> re.Pattern[str]:
    words = vocabulary("quantities")["parts"]
    done = either([*words["spent"], *words["done"]])
    auxiliary = (
        rf"(?:lui{SP}|leur{SP}|nous{SP}|y{SP}|en{SP})?(?:a|ont|avait|avaient|auront|sont|était|étaient)"
        rf"{SP}(?:(?:déjà|effectivement|bien|réellement){SP})?(?:été{SP})?(?:(?:déjà|effectivement){SP})?"
    )
    return re.compile(
        rf"{_NOUNS}{_ONLY}{SP}?,?(?:{SP}en{SP}revanche,)?{SP}(?:qui{SP})?(?:{auxiliary}|déjà{SP}|seulement{SP})(?:{done})(?!\w)"
        rf"|{_ONLY}{SP}(?:l['’]ont{SP}été|l['’]étaient|l['’]avaient{SP}été|le{SP}sont|le{SP}seront)(?!\w)"
    )


@cache
def _also_done() -> re.Pattern[str]:
    words = vocabulary("quantities")["parts"]
    done = either([*words["spent"], *words["done"]])
    return re.compile(rf"{_NOUNS}{_ONLY}{SP}(?:{done})(?!\w)")


def settled(passage: Passage, index: int, known: Known) -> int | None:
    """« 2,4 millions ont été contractualisés. 2,1 millions sont payés »."""
    draft = passage.drafts[index]
    if draft.kind not in _SOME or draft.per or not _done().match(passage.after(index, 90)):
        return None
    clause = re.split(r"[,;:.(«]", passage.before(index, 60))[-1]
    if not _LEAD.fullmatch(clause):
        return None
    for other in passage.earlier(index, _BACK):
        whole = passage.drafts[other]
        if whole.kind != draft.kind or passage.compared(other) or not is_less(draft, whole):
            continue
        if draft.kind != "amount" and not _same(passage, index, other):
            continue
        if _OF_RATE.search(passage.before(other, 20)):
            continue
        if passage.sentences[other] != passage.sentences[index] and _SCOPE.match(
            passage.before(index, 200).lstrip()
        ):
            return None
        return _granted(passage, other, known)
    return None


#: « Pour la région Hauts-de-France, … », « En crédits de paiement, … »: of another whole.
_SCOPE = re.compile(
    rf"(?:Pour|Dans|En|Côté|Chez){SP}(?!\d|l['’](?:heure|instant)|tout|revanche|effet|réalité|fait|outre|{MONTHS})"
)
#: « 98,6 M€ attribués, soit 86 % des 115 M€ »: of the first, what is paid.
_OF_RATE = re.compile(rf"(?:%|moitié|tiers|quarts?){SP}d(?:es?|u|e{SP}la){SP}$")


def _granted(passage: Passage, other: int, known: Known) -> int:
    """A sum that was granted, or else the whole that it is a part of."""
    after = passage.after(other, 90)
    own = passage.drafts[other].kind == "amount" and bool(_done().match(after))
    return other if own else known.get(other, other)


@cache
def _spending() -> tuple[re.Pattern[str], re.Pattern[str]]:
    words = vocabulary("quantities")["parts"]
    done = either([*words["spent"], *words["done"]])
    return re.compile(
        rf"(?i)(?:doté|enveloppe|budget|crédits?|dotation|fonds|total)[\wà-ÿ]*{SP}d(?:e{SP}|['’])(?:[\wà-ÿ]+{SP}){{0,2}}$"
    ), re.compile(
        rf"[^.;:!?\n\d]*?(?<!\w)(?:a|ont|avait|avaient){SP}(?:déjà{SP}|seulement{SP}|pour{SP}l['’]heure{SP})?(?:{done})"
        rf"(?:{SP}(?:seulement|déjà|que|près{SP}de|plus{SP}de|environ))*{SP}"
    )


def spending(passage: Passage, index: int, known: Known) -> int | None:
    """« Le fonds, doté de 50 millions d'euros, a déjà distribué 18 millions »."""
    del known
    draft = passage.drafts[index]
    other = index - 1
    if draft.kind != "amount" or draft.per or other not in set(passage.earlier(index)):
        return None
    held, spent = _spending()
    if not is_less(draft, passage.drafts[other]) or not held.search(passage.before(other)):
        return None
    return other if spent.fullmatch(passage.between(other, index)) else None


@cache
def _only() -> re.Pattern[str]:
    words = vocabulary("quantities")["parts"]
    done = either([*words["spent"], *words["done"]])
    return re.compile(
        rf"(?i)(?:(?<!\w)n['’](?:en{SP})?(?:a|ont|avait|avaient){SP}(?:[\wà-ÿ]+{SP})?(?:{done})"
        rf"(?:,[^,.;]{{1,30}},)?{SP}que{SP}(?:(?:près{SP}de|environ){SP})?"
        rf"|(?<![\w-])en{SP}(?:a|ont|avait|avaient|aura|auront){SP}(?:[\wà-ÿ]+{SP})?(?:{done}){SP})$"
    )


def spent_only(passage: Passage, index: int, known: Known) -> int | None:
    """« avait annoncé 6 millions d'euros. Il n'en a versé que 2 »: of the last larger sum."""
    del known
    draft = passage.drafts[index]
    if draft.kind != "amount" or draft.per or not _only().search(passage.before(index, 70)):
        return None
    whole = nearest(passage, index, 1)
    if whole is None or is_no_part(passage.text, draft.span):
        return None
    total = passage.drafts[whole]
    return whole if total.kind == "amount" and not is_hoped(passage.text, total.span) else None


def _same(passage: Passage, index: int, whole: int) -> bool:
    own = head(passage.text, passage.drafts[index])
    return own is None or own == head(passage.text, passage.drafts[whole])


_AND = re.compile(rf"[^.;!?\n]{{0,80}}?(?:,|\bet\b|\bdont\b){SP}(?:[\w'’]+{SP}){{0,2}}")


def also_settled(passage: Passage, index: int, known: Known) -> int | None:
    """« 58 millions ont été contractualisés et 44 millions payés »: of what the first is of."""
    draft = passage.drafts[index]
    if draft.kind != "amount" or draft.per or not _also_done().match(passage.after(index)):
        return None
    for other in passage.earlier(index):
        before = passage.drafts[other]
        if before.kind != "amount" or not is_less(draft, before) or other in known.values():
            continue
        if not _AND.fullmatch(passage.between(other, index)):
            return None
        done = _done().match(passage.after(other, 90)) or _also_done().match(passage.after(other))
        return known.get(other) if done else None
    return None


@cache
def _planned() -> re.Pattern[str]:
    words = either(vocabulary("quantities")["parts"]["planned"])
    return re.compile(rf"(?:{SP}[\wà-ÿ'’-]+){{0,3}}?{SP}(?:{words})(?!\w)")


_FOR = re.compile(rf"[^.;:!?\n]{{0,110}}?,?{SP}pour{SP}(?:(?:les|un{SP}total{SP}de|environ){SP})?")


def reached(passage: Passage, index: int, known: Known) -> int | None:
    """« 71 600 rénovations ont été engagées, pour 95 000 prévues »: of what was planned."""
    del known
    draft = passage.drafts[index]
    if draft.kind not in _SOME or draft.per:
        return None
    for other in range(index + 1, min(index + 4, len(passage.drafts))):
        whole = passage.drafts[other]
        if passage.sentences[other] != passage.sentences[index]:
            return None
        if whole.kind != draft.kind or not is_less(draft, whole):
            continue
        if not _same_or_bare(passage, other, index):
            return None
        told = _FOR.fullmatch(passage.between(index, other))
        planned = _planned().match(passage.after(other))
        nouns = planned is not None and len(planned.group().split()) > 1
        if draft.kind == "amount" and nouns:
            return None  # « 9 M€ d'aides, pour 41 M€ d'investissements prévus »
        return other if told and planned else None
    return None


def _same_or_bare(passage: Passage, whole: int, index: int) -> bool:
    if passage.drafts[whole].kind != "count":
        return True
    return (
        passage.drafts[whole].rule == "ellipsis"
        or _same(passage, whole, index)
        or _same(passage, index, whole)
    )


@cache
def _instalment() -> re.Pattern[str]:
    nouns = either(vocabulary("quantities")["parts"]["instalments"])
    return re.compile(
        rf"(?i)(?<!\w)(?:une?|le|la|les|d['’]une?|deux){SP}(?:tout{SP}|toute{SP})?"
        rf"(?:premi(?:er|ère)s?|seconde?s?|deuxième|troisième|derni(?:er|ère)s?){SP}(?:{nouns})"
        rf"(?:{SP}(?!pass|est|ser|a{SP}|coût)[^.;:!?\d\n,(]{{0,30}})?,?{SP}?\(?(?:d(?:e|['’])|d['’]un{SP}montant{SP}de|d['’]environ|soit|,){SP}?"
        rf"(?:(?:près|plus|moins){SP}de{SP}|environ{SP}|quelque{SP})?$"
    )


def instalment(passage: Passage, index: int, known: Known) -> int | None:
    """« un premier versement, de 9,3 millions »: of the last sum before that is larger."""
    del known
    draft = passage.drafts[index]
    if draft.kind not in _SOME or not _instalment().search(passage.before(index, 80)):
        return None
    return nearest(passage, index, _BACK)
