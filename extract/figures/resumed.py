"""Shares of a whole that words take up again: « 402 de ces emplois », « La moitié sont livrés »."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache

from recoupe.extract.figures.numerals import SP
from recoupe.extract.figures.passage import (
    SHARES,
    WHOLES,
    Known,
    Passage,
    head,
    is_less,
    nearest,
    one_dimension,
)
from recoupe.extract.phrases import either, vocabulary


@cache
def _sum_noun() -> re.Pattern[str]:
    nouns = either(vocabulary("quantities")["parts"]["sums"])
    return re.compile(
        rf"{SP}+(?:de|dans|sur){SP}+(?:ce|cet|cette|ces){SP}+(?:[\w'’]+{SP})?(?:{nouns})(?!\w)"
    )


_OF_TOTAL = re.compile(
    rf"{SP}+(?:du{SP}total|de{SP}l['’]ensemble|de{SP}l['’]effectif|des{SP}effectifs|de{SP}l['’]enveloppe|du{SP}budget{SP}total|du{SP}volume{SP}total)(?![\w-])(?!{SP}d)"
)


def _total_before(passage: Passage, index: int, known: Known) -> int | None:
    """« soit 12 % du total »: of what the figure told so is a part of, in this sentence."""
    part = index - 1
    if index == 0 or part not in set(passage.earlier(index)):
        return None
    if part in known:
        return known[part]
    whole = nearest(passage, part, 0)
    return whole if whole is not None and whole in set(passage.earlier(index)) else None


_OF_THESE = re.compile(rf"{SP}+(?:de|d['’]entre){SP}+(?:ces|ses|nos){SP}+(?P<noun>[\wà-ÿ-]{{3,}})")


def taken_up(passage: Passage, index: int, known: Known) -> int | None:
    """« 402 de ces emplois » after « 712 emplois »; « la moitié de cette somme » after a sum."""
    after = passage.after(index)
    draft = passage.drafts[index]
    if draft.kind in SHARES and _sum_noun().match(after):
        return nearest(passage, index, 1)
    if draft.kind in SHARES and _OF_TOTAL.match(after):
        return _total_before(passage, index, known)
    these = _OF_THESE.match(after)
    if these is None:
        return None
    noun = these["noun"].lower().rstrip("sx")
    for other in passage.earlier(index, 3):
        whole = passage.drafts[other]
        if whole.kind == "count" and head(passage.text, whole) == noun and is_less(draft, whole):
            return other
    return None


_ELIDED = re.compile(rf"{SP}+(?:d(?:e|es|u)\b|d['’])")
_OPENED = re.compile(
    rf"(?i)^[\s«“\"(–—-]*(?:et{SP}|mais{SP}|près{SP}d(?:e|u){SP}|près{SP}d['’]|environ{SP}|plus{SP}d(?:e|u){SP}|plus{SP}d['’]|"
    rf"moins{SP}d(?:e|u){SP}|seule?s?{SP}|à{SP}peine{SP}|au{SP}moins{SP}|quelque{SP}|presque{SP}|les{SP})*$"
)
_EN_VERB = re.compile(
    rf"(?i)(?<![\w-])(?:l['’])?en{SP}(?:a{SP}|ont{SP})?[\w'’]+{SP}(?:près{SP}de{SP}|plus{SP}de{SP}|environ{SP}|les{SP})*$"
)
#: « 31 praticiens, et la moitié partiront », « chacun sait que la moitié ne viendra pas »
_AFTER_COMMA = re.compile(rf",{SP}|(?<!\w)que{SP}")
_READ = frozenset({"approximate_noun", "numeral", "ellipsis", "one_only"})


def opening(passage: Passage, index: int, known: Known) -> int | None:
    """A share whose noun was said in the sentence before: « La moitié sont déjà livrés »."""
    draft = passage.drafts[index]
    clause = passage.opens(index)
    opened = clause is not None and _OPENED.match(clause)
    if draft.kind in SHARES and not opened:
        opened = _OPENED.match(_AFTER_COMMA.split(passage.before(index))[-1])
    if _ELIDED.match(passage.after(index)):
        return None
    taken = draft.kind in SHARES and _EN_VERB.search(passage.before(index))
    own = draft.object_span is not None and draft.object_span[1] > draft.start
    if not taken and (own or not opened or not _is_subject(passage, index)):
        return None
    return _spoken_of(passage, index, known, yearly=bool(taken))


_VERB = re.compile(
    rf"{SP}+(?:d['’]entre{SP}|(?:environ|seulement|à{SP}peine|au{SP}moins|déjà){SP})?"
    rf"(?:ne{SP}|n['’]|y{SP}|s['’]|se{SP}|l['’])?"
    r"(?:sont|ont|est|a|étaient|était|seront|sera|seraient|avaient|iront|vont"
    r"|\w{2,}(?:ent|ront|aient|ait|era))\b|,\s"
)


#: « La moitié concerne des maisons », « Un sur dix repart »
_ANY_VERB = re.compile(
    rf"{SP}(?!(?:des?|du|et|ou|qu[ei]|plus|moins|environ|en|les?|la|une?|ce|cette){SP}|[dl]['’])[\wà-ÿ'’]+(?!\w)"
)
_PLACE = re.compile(rf"{SP}(?:à|au|aux|en|dans|par|chez|vers|sur){SP}")


def _is_subject(passage: Passage, index: int) -> bool:
    """Whether what follows is a verb of the third person, or an apposition of the elided noun."""
    draft = passage.drafts[index]
    if draft.kind not in SHARES and draft.rule not in _READ:
        return False
    bare = draft.kind in SHARES or draft.bare or draft.rule == "ellipsis"
    after = passage.after(index)
    if draft.kind == "ratio" and (_PLACE.match(after) or _ANY_VERB.match(after)):
        return True  # « les deux tiers à distance », « un sur trois revient »
    return bare and _VERB.match(passage.after(index)) is not None


def _spoken_of(passage: Passage, index: int, known: Known, *, yearly: bool) -> int | None:
    """The last count with a noun, or the last sum, in this sentence and the one before."""
    draft = passage.drafts[index]
    kinds = {"count", "amount", "measure"} if draft.kind in SHARES else {"count"}
    for other in passage.earlier(index, 0 if draft.kind == "percent" and not yearly else 1):
        whole = passage.drafts[other]
        near = yearly or (
            draft.kind == "ratio" and not passage.sentences[index] - passage.sentences[other]
        )
        if whole.kind not in kinds or (whole.per and not near) or not is_less(draft, whole):
            continue
        if passage.compared(other):
            continue
        if whole.kind == "count" and (whole.object_span is None or (whole.value or 0) <= 2):  # noqa: PLR2004
            continue
        return other if draft.kind == "ratio" else known.get(other, other)
    return None


_ADVERB = re.compile(
    rf"(?i)\b(?P<verb>financ|cofinanc|subvention|support|pris|couvert|détenu|consomm|exécut|délégu|mobilis|réserv|affect|compt|assur|abond|payé|intervien|contribu|prend|absorb|vien|provien|relèv|dépend|port(?=[\wà-ÿ]*{SP}pour{SP}))[\wà-ÿ]*"
    rf"(?:{SP}[\w'’]+){{0,4}}?{SP}(?:(?:pour|à|aux|à{SP}hauteur{SP}(?:de|des)){SP}|à{SP}hauteur{SP}d['’])"
    rf"(?:(?:près|plus|moins){SP}d(?:e{SP}|u{SP}|es{SP}|['’])|environ{SP}|les{SP})*$"
)


def by_half(passage: Passage, index: int, known: Known) -> int | None:
    """« 42 millions d'euros, sera financé pour moitié par l'État », « subventionné à 40 % »."""
    del known
    if passage.drafts[index].kind not in SHARES:
        return None
    before = passage.before(index, 70)
    wholly = passage.drafts[index].kind == "ratio" and _WHOLLY.search(before)
    if not wholly and not _ADVERB.search(before):
        return None
    back = 1 if passage.drafts[index].kind == "ratio" and not wholly else 0
    for other in passage.earlier(index, back):
        whole = passage.drafts[other]
        kinds = WHOLES if wholly and not _MONEY.search(before) else {"amount"}
        if whole.kind in kinds and not passage.compared(other) and not whole.per:
            return other
    return None


#: « 80 millions, pour moitié à la charge de la Région », « 900 km, rénovés aux deux tiers »
_WHOLLY = re.compile(
    rf"(?i)(?:,{SP}pour{SP}(?:les{SP}|près{SP}de{SP}|plus{SP}de{SP})*|(?<!\w)aux{SP})$"
)
_MONEY = re.compile(r"(?i)(?:financ|subvention|payé|coût)")


#: « dont l'Union a remboursé les trois quarts », « dont les familles n'ont réglé que 3,15 euros »
_DONT = re.compile(
    rf"(?i)[^.;!?\n]{{0,80}}(?<!\w)dont{SP}(?P<clause>[^.;:!?,\d\n]{{3,60}}){SP}"
    rf"(?:(?:que|les|près{SP}de|plus{SP}de|environ|déjà|la)(?:{SP}|$))*"
)


def dont_clause(passage: Passage, index: int, known: Known) -> int | None:
    """A part that the verb of a relative clause governs: its whole stands right before « dont »."""
    del known
    draft = passage.drafts[index]
    if draft.kind in SHARES and _ELIDED.match(passage.after(index)):
        return None
    for other in passage.earlier(index):
        whole = passage.drafts[other]
        if whole.kind not in WHOLES or not is_less(draft, whole) or passage.compared(other):
            continue
        match = _DONT.fullmatch(passage.between(other, index))
        return other if match and draft.kind in {*SHARES, "amount", "measure"} else None
    return None


_NEARLY = Decimal("0.03")


def restated(passage: Passage, index: int, known: Known) -> int | None:
    """A share told as a sum: « les deux tiers, 9,2 millions », « 42 % des 26, soit 11 »."""
    for share in (index - 1, index - 2):
        if share < 0 or passage.drafts[share].kind not in SHARES or share not in known:
            continue
        if share == index - 2 and known[share] != index - 1:
            continue
        told = (_TOLD if share == index - 1 else _SOIT).fullmatch(passage.between(index - 1, index))
        return _checked(passage, index, share, known[share]) if told else None
    return None


_TOLD = re.compile(r"[^.;()\d\n]{0,60}[,(](?:\ssoit\s)?\s?(?:[\w'’]+\s){0,2}")
_SOIT = re.compile(r"[^.;()\d\n]{0,60}[,(]\s?soit\s(?:[\w'’]+\s){0,2}")


def _checked(passage: Passage, index: int, share: int, whole: int) -> int | None:
    """The whole, where the share of it is the sum told."""
    own, total, rate = (passage.drafts[i].value for i in (index, whole, share))
    if own is None or total is None or rate is None:
        return None
    told = total * rate / (100 if passage.drafts[share].kind == "percent" else 1)
    near = abs(told - own) <= own * _NEARLY
    return whole if near and one_dimension(passage.drafts[index], passage.drafts[whole]) else None


_ABOUT = Decimal("0.06")
_AS = re.compile(
    rf"[^.;()\n]{{0,60}}[,(]{SP}?(?:soit{SP})?(?:(?:près|plus|moins|un{SP}peu{SP}plus|un{SP}peu{SP}moins){SP}d(?:e{SP}|['’])|environ{SP}|les{SP})*"
)


def told_as_ratio(passage: Passage, index: int, known: Known) -> int | None:
    """« 2 millions d'euros, soit un tiers des 6 millions annoncés »: of the same whole."""
    share = index + 1
    if share >= len(passage.drafts) or passage.drafts[share].kind != "ratio" or share not in known:
        return None
    whole = known[share]
    own, total, rate = (passage.drafts[i].value for i in (index, whole, share))
    if own is None or not total or rate is None or not _AS.fullmatch(passage.between(index, share)):
        return None
    near = whole != index and abs(own / total - rate) <= _ABOUT
    return whole if near and is_less(passage.drafts[index], passage.drafts[whole]) else None
