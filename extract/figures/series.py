"""Neighbouring figures that share what is said once: ranges, lists, evolutions, carried currency.

« entre 3 et 5 millions d'euros »   « 10, 12 et 15 % »   « passe de 141 à 144 »
« 260 millions sur le 1,36 milliard annoncé », « 65 % contre 60 un an plus tôt »
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from functools import cache

from recoupe.extract.facts.markers import participles
from recoupe.extract.figures.draft import Draft
from recoupe.extract.figures.money import OF_THE, is_counted, is_money
from recoupe.extract.figures.numerals import SP, SPACES
from recoupe.extract.figures.said_sums import give_said_sum, give_shared_scale
from recoupe.extract.phrases import vocabulary

_EVOLVING = re.compile(
    rf"(?i)\b(?:(?P<absolute>pass|port|ramen|ramèn|tomb|descend|remont|relev|relèv|rehauss|réhauss|abaiss|transit|fait{SP}passer|passage)|"
    rf"doubl|tripl|quadrupl|quintupl|décupl|"
    rf"augment|progress|mont|grimp|bondi|chut|baiss|recul|évolu|rédui|diminu|gonfl|hiss|croî|cru)[\wà-ÿ]*"
    rf"(?:{SP}+[\w'’-]+){{0,6}},?{SP}*$"
)
_TO = re.compile(
    rf"{SP}+(?:à|et|ou|voire|jusqu['’]à){SP}+(?:plus{SP}+de{SP}+|près{SP}+de{SP}+|environ{SP}+)?$|{SP}?[-–—]{SP}?$|{SP}+(?:à|et){SP}+\+?$"
)
_BETWEEN = re.compile(rf"(?:\bentre{SP}+(?:les{SP}+)?)$", re.IGNORECASE)
_FROM = re.compile(rf"(?:\b(?:de|des)|\bd['’]){SP}*$", re.IGNORECASE)
_LIST = re.compile(rf"{SP}*(?:,|;){SP}+$|,?{SP}+(?:et|ou|puis|voire){SP}+(?:de{SP}+|d['’])?$")
_AGAINST = re.compile(
    rf"(?:\b(?:contre|sur|au{SP}+lieu{SP}+de|au{SP}+lieu{SP}+des|sur{SP}+les|sur{SP}+le|sur{SP}+un{SP}+total{SP}+de|après|avant|et|à|à{SP}+l['’]origine|dont|puis|soit))"
    rf"(?:{SP}+(?:seulement|environ|près|plus|moins|quelque|les|le|la|de|des|d['’]|un|à|total)){{0,4}}{SP}*$",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"[.!?]\s|\n")
_SHARING = frozenset({"amount", "percent", "measure"})
#: A draft may take a unit from another one at most this many characters away.
_NEAR = 160
#: « 2 à 3 » have no unit of their own; a dash joins only numbers that a unit or a noun follows.
_DASH = re.compile(rf"{SP}?[-–—‑]{SP}?$")


def share_units(text: str, drafts: Sequence[Draft]) -> list[Draft]:
    """Join ranges, spread a list's unit over its members, and carry a currency to bare millions."""
    carried = _carried(text, _spread(text, _ranges(text, drafts)))
    return give_said_sum(text, give_shared_scale(text, carried))


def _ranges(text: str, drafts: Sequence[Draft]) -> list[Draft]:
    kept: list[Draft] = []
    for draft in drafts:
        joined = _range(text, kept[-1], draft) if kept else None
        if joined is not None:
            kept[-1:] = joined
        else:
            kept.append(draft)
    return kept


def _range(text: str, left: Draft, right: Draft) -> list[Draft] | None:
    """One range, two figures that share a unit, or ``None`` where neither is meant."""
    between = text[left.end : right.start]
    if not _may_join(left, right, between):
        return None
    before = text[max(0, left.start - 80) : left.start]
    word = between.strip(SPACES).lower().split()[0]
    if word == "et":
        if not _BETWEEN.search(before):
            return None
        start = _start_of(_BETWEEN, before, left)
        return [_merged(left, right, start=start, rule="range_between")]
    if word in {"ou", "voire"}:
        close = left.bare and _close(left, right)
        return [_merged(left, right, start=left.start, rule="range_or")] if close else None
    if _is_evolution(before, left, right):
        shares = left.unit is None and (right.unit or right.scale > left.scale)
        return [_shared(left, right), right] if shares else None
    if _DASH.match(between):
        return _dashed(text, left, right)
    left = _below_zero(text, left, right)
    if not _comparable(left, right):
        return _lowered(before, left, right)
    before = text[max(0, left.start - 80) : left.start]
    return [_merged(left, right, start=_start_of(_FROM, before, left), rule="range_to")]


def _lowered(before: str, left: Draft, right: Draft) -> list[Draft] | None:
    """« fondre de 61 à 38 millions d'euros »: what goes down is no range; the unit is of both."""
    falls = left.bare and left.rule == "numeral" and (right.unit or right.scale > left.scale)
    return [_shared(left, right), right] if falls and _FROM.search(before) else None


def _below_zero(text: str, left: Draft, right: Draft) -> Draft:
    """The -20 of « de -20 à +45 °C », whose unit is said after the second number."""
    signed = text[max(0, left.start - 2) : left.start]
    if right.unit not in {"Cel", "percent"} or left.value is None or left.value < 0:
        return left
    if not re.fullmatch(rf"(?:{SP}|\(|^)[-−–]", signed):
        return left
    return replace(left, start=left.start - 1, value=-left.value)


def _may_join(left: Draft, right: Draft, between: str) -> bool:
    if len(between) > 24 or left.value is None or right.value is None:  # noqa: PLR2004  « et plus de »
        return False
    if not between.strip(SPACES) or not _TO.match(between):
        return False
    if {left.kind, right.kind} & {"ratio", "multiplier", "rank"}:
        return False
    if left.unit and right.unit and left.unit != right.unit:
        return False
    if left.unit and not right.unit and (left.kind == "percent" or right.object_span):
        return False  # « en hausse de 4,8 % à 360,85 pence »
    return not (left.rule.startswith("approximate") or right.rule.startswith("approximate"))


def _dashed(text: str, left: Draft, right: Draft) -> list[Draft] | None:
    """« 10-12 % », « 10-15 personnes »; without a unit or a noun a dash joins no range."""
    if not (right.unit or _noun_follows(text, right.end)) or not left.bare:
        return None
    if not _comparable(left, right):
        return None
    return [_merged(left, right, start=left.start, rule="range_to")]


def _comparable(left: Draft, right: Draft) -> bool:
    low, high = _aligned(left, right), right.value
    return low is not None and high is not None and low < high


def _close(left: Draft, right: Draft) -> bool:
    """« deux ou trois », « 20 ou 30 » are one range; « 5 ou 500 » is a choice."""
    low, high = _aligned(left, right), right.value
    return low is not None and high is not None and low < high <= low * 3


def _aligned(left: Draft, right: Draft) -> Decimal | None:
    """The left value in the right one's scale: the 3 of « entre 3 et 5 millions » is 3 million."""
    if left.value is None:
        return None
    if left.scale > 1 or left.unit or right.scale == 1 or right.value is None:
        return left.value
    if left.value >= 1000 and left.value > right.value / right.scale:  # noqa: PLR2004  written out in full
        return left.value
    return left.value * right.scale


def _is_evolution(before: str, left: Draft, right: Draft) -> bool:
    """« passe de 141 à 144 »; but « augmente de 10 à 12 % » is by one range."""
    if not _FROM.search(before):
        return False
    match = _EVOLVING.search(_FROM.sub("", before))
    if match is None:
        return False
    return (
        bool(match["absolute"]) or left.unit is not None or right.kind not in {"percent", "point"}
    )


def _start_of(pattern: re.Pattern[str], before: str, left: Draft) -> int:
    match = pattern.search(before)
    return left.start - (len(before) - match.start()) if match else left.start


def _merged(left: Draft, right: Draft, *, start: int, rule: str) -> Draft:
    low, high = _aligned(left, right), right.value
    if low is not None and high is not None and low > high:
        low, high = high, low
    return replace(
        right,
        start=start,
        value=None,
        low=low,
        high=high,
        rule=rule,
        bare=right.bare,
        approx=left.approx or right.approx,
    )


def _shared(left: Draft, right: Draft) -> Draft:
    """The left figure with the unit, and where it lacks one the scale, of the right."""
    value = _aligned(left, right)
    factor = value / left.value if value is not None and left.value else Decimal(1)
    return replace(
        left,
        value=value,
        precision=left.precision * factor if left.precision is not None else None,
        kind=right.kind,
        unit=right.unit,
        scale=right.scale,
        bare=right.bare,
        rule="shared_unit",
    )


def _noun_follows(text: str, end: int) -> bool:
    """Whether a word that may be counted follows, and not « prévus » or « annoncés »."""
    match = re.match(rf"{SP}+(?:d['’])?(?P<word>[a-zà-ÿœ]{{3,}})", text[end : end + 24])
    return match is not None and match["word"] not in status_participles()


@cache
def status_participles() -> frozenset[str]:
    """Participles that follow a bare number without being what it counts: « les 4,5 votés ».

    Those of the verbs in *-er* that give a status, but for the ones that are nouns as often
    (« 40 employés »), and the listed ones of other verbs.
    """
    listed = vocabulary("statuses")["participles"]
    regular = {form for form in participles() if _REGULAR.search(form)}
    return frozenset({*listed["forms"], *regular} - {*listed["nouns"]})


_REGULAR = re.compile("(?:é|ée|és|ées)$")


_WHOLE_BEFORE = re.compile(rf"(?<!\w)sur{SP}+(?:les{SP}+)?$")


def _spread(text: str, drafts: list[Draft]) -> list[Draft]:
    """Give each bare member of a list the unit of the member that follows it."""
    for index in range(len(drafts) - 2, -1, -1):
        left, right = drafts[index], drafts[index + 1]
        between = text[left.end : right.start]
        sharing = right.unit is not None and not right.bare and right.rule != "range_between"
        if not (
            left.bare
            and left.value is not None
            and left.rule == "numeral"
            and right.value is not None
        ):
            continue
        whole = _WHOLE_BEFORE.search(text[max(0, left.start - 8) : left.start])
        if whole and not OF_THE.fullmatch(between):
            continue  # the 180 of « 131 km livrés sur 180, 14,2 millions d'euros »
        share = (
            OF_THE.fullmatch(between)
            and right.kind in {"amount", "measure", "number"}
            and left.value <= right.value / right.scale
        )
        scaled = right.rule == "numeral" and right.scale >= 10**6 and left.scale == 1
        if (share and (sharing or scaled)) or (sharing and _is_listed(text, left, between)):
            drafts[index] = _shared(left, right)
    return drafts


#: « il en a financé 1 760 ; 900 000 euros »: its noun was said before.
_OF_IT = re.compile(rf"(?i)(?<!\w)(?:l['’]|s['’])?en{SP}(?:[\w'’-]+{SP}){{1,4}}$")


def _is_listed(text: str, left: Draft, between: str) -> bool:
    if _LIST.fullmatch(between) is None:
        return False
    return _OF_IT.search(text[max(0, left.start - 40) : left.start]) is None


def _carried(text: str, drafts: list[Draft]) -> list[Draft]:
    """Give a bare million, or a figure « contre N », the unit said for a neighbour."""
    money = [index for index, draft in enumerate(drafts) if draft.kind == "amount" and draft.unit]
    for index, draft in enumerate(drafts):
        vague = draft.rule.startswith(("approximate", "vague")) and draft.scale < 10**6
        if not draft.bare or vague:
            continue
        if draft.scale >= 10**6 and (
            not is_counted(text, draft.end) or _is_included(text, drafts, index)
        ):
            if _goes_with_count(text, drafts, index):
                continue
            place = bisect_left(money, index)
            near = [*money[max(0, place - 1) : place], *money[place : place + 1]]
            if near:
                drafts[index] = _taken(text, draft, drafts[near[0]], rule="carried_currency")
            elif is_money(text, draft) or _is_of_money(text, drafts, index):
                drafts[index] = replace(
                    draft, kind="amount", unit="EUR", bare=False, rule="money_noun", confidence=0.7
                )
        elif index and _set_against(text, draft) and _is_uncounted(text, draft):
            other = drafts[index - 1]
            shares = other.kind in _SHARING and other.unit and _may_share(text, draft, other)
            if shares and _one_sentence(text, other, draft):
                drafts[index] = _taken(text, draft, other, rule="carried_unit")
    return drafts


def _is_uncounted(text: str, draft: Draft) -> bool:
    """Whether no noun follows, or one that « 2,6 » cannot count: « dont 2,6 recouvrés »."""
    decimal = draft.scale == 1 and draft.value is not None and draft.value % 1 != 0
    included = decimal and _DONT.search(text[max(0, draft.start - 30) : draft.start])
    return bool(included) or not _noun_follows(text, draft.end)


def _may_share(text: str, draft: Draft, other: Draft) -> bool:
    """Not of « 6 % des lots, et deux refusés », « c'est 55 %, et 27 400 reconstruits »."""
    if other.kind == "percent" and draft.value is not None and draft.value >= 1000:  # noqa: PLR2004
        return False
    return not draft.words or (other.words and not _WORD_AFTER.match(text, draft.end))


_WORD_AFTER = re.compile(rf"{SP}(?!(?:pour|en|au|à|par|sur|dans|contre|de)(?!\w))\w")


def _is_of_money(text: str, drafts: Sequence[Draft], index: int) -> bool:
    """« 18 des 25 millions de dettes »: a part of what is money."""
    if index + 1 == len(drafts):
        return False
    following = drafts[index + 1]
    between = text[drafts[index].end : following.start]
    return OF_THE.fullmatch(between) is not None and is_money(text, following)


_DONT = re.compile(rf"(?i)(?<!\w)dont{SP}+(?:[\w'’]+{SP}+){{0,2}}$")


def _is_included(text: str, drafts: Sequence[Draft], index: int) -> bool:
    """« 24 millions d'euros, dont 9 millions d'avance »: what money includes is money."""
    before = text[max(0, drafts[index].start - 30) : drafts[index].start]
    return index > 0 and drafts[index - 1].kind == "amount" and bool(_DONT.search(before))


def _goes_with_count(text: str, drafts: Sequence[Draft], index: int) -> bool:
    """« Sur les 4,1 millions de plants commandés, 3,6 millions ont été livrés »: no money."""
    if index == 0 or not _one_sentence(text, drafts[index - 1], drafts[index]):
        return False
    before = drafts[index - 1]
    if OF_THE.fullmatch(text[before.end : drafts[index].start]):
        return False
    if before.kind == "measure" and _OF_IT.search(
        text[max(0, drafts[index].start - 40) : drafts[index].start]
    ):
        return True  # « 1,9 million de tonnes, là où l'on en espérait 2,15 millions »
    return before.bare and before.scale >= 10**6 and is_counted(text, before.end)


def _set_against(text: str, draft: Draft) -> bool:
    before = text[max(0, draft.start - 40) : draft.start]
    return _AGAINST.search(before) is not None and _ANOTHER.search(before) is None


#: « rapporter huit millions, et 45 seulement ont trouvé preneur »: another clause.
_ANOTHER = re.compile(rf",{SP}et{SP}$")


def _one_sentence(text: str, left: Draft, right: Draft) -> bool:
    """Whether two figures stand near each other and in one sentence."""
    first, second = sorted((left, right), key=lambda draft: draft.start)
    between = text[first.end : first.end + _NEAR + 1]
    distance = second.start - first.end
    return distance <= _NEAR and not _SENTENCE_END.search(between[: max(0, distance)])


def _taken(text: str, draft: Draft, other: Draft, *, rule: str) -> Draft:
    """``draft`` with the unit, and where it is small the scale, of ``other``."""
    factor = _shared_scale(draft, other)
    return replace(
        draft,
        value=draft.value * factor if draft.value is not None else None,
        precision=draft.precision * factor if draft.precision is not None else None,
        scale=draft.scale * factor,
        kind=other.kind,
        unit=other.unit,
        bare=False,
        rule=rule,
        confidence=1.0 if _one_sentence(text, other, draft) else 0.8,
    )


def _shared_scale(draft: Draft, other: Draft) -> Decimal:
    """« 7,6 millions d'euros au lieu de 10 »: the 10 is in millions too."""
    small = draft.scale == 1 and draft.value is not None and draft.value < 1000  # noqa: PLR2004
    return other.scale if small and other.scale > 1 and other.kind == "amount" else Decimal(1)
