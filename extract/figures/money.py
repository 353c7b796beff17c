"""Whether a bare million is money: « 200 millions de crédits », « 46 millions du contrat »."""

from __future__ import annotations

import re
from functools import cache

from recoupe.extract.figures.draft import Draft
from recoupe.extract.figures.numerals import SP
from recoupe.extract.phrases import either, vocabulary

#: « 8,4 des 9 millions d'euros », « 3 sur les 5 millions », « onze de ses seize hectares »
OF_THE = re.compile(
    rf"{SP}+(?:des|de{SP}+(?:ses|ces|leurs|nos|vos)|sur{SP}+(?:les|un{SP}+total{SP}+de)){SP}+"
)
_OF_MILLIONS = re.compile(rf"{OF_THE.pattern}\d")


def is_counted(text: str, end: int) -> bool:
    """Whether « de » and a noun that is not money follow: « 3 millions de personnes »."""
    if _POT.match(text, end) or _OF_MILLIONS.match(text, end):
        return False
    match = re.match(rf"{SP}+(?:de{SP}+|d['’])(?P<noun>[\wà-ÿ'’-]+)", text[end : end + 40])
    if match is None:
        return bool(re.match(rf"{SP}+d(?:u|es){SP}", text[end : end + 8]))
    if match["noun"] in {"plus", "moins", "mieux"}:
        return False
    return not _money_nouns().match(text, end + match.start("noun"))


@cache
def _money_nouns() -> re.Pattern[str]:
    return re.compile(rf"(?:{either(vocabulary('quantities')['money']['nouns'])})(?![\w-])")


@cache
def _money_before() -> re.Pattern[str]:
    nouns = either(vocabulary("quantities")["money"]["before"])
    return re.compile(rf"(?<!\w)(?:{nouns})(?:{SP}+[\w'’-]+){{0,5}}{SP}*(?:['’]{SP}*)?$")


#: What millions are of: « sur les 46 millions du contrat ».
_POT = re.compile(
    rf"{SP}+(?:du|de{SP}+la|de{SP}+l['’]){SP}*"
    r"(?:(?:budget|contrat|dispositif|dotation|enveloppe|fonds|plan|programme|projet|crédit)(?!\w)"
    rf"|[A-ZÉ][\wà-ÿ]{{2,}})|{SP}+(?:de|d['’]){SP}*(?:France{SP}(?:Relance|2030)|Feder)\b"
)


#: « 38 millions pour construire 290 logements », no « 3 millions pour 100 habitants »
_PURPOSE = re.compile(rf"{SP}+pour{SP}+(?:l['’]|(?:la|les?|[a-zà-ÿ]+(?:er|ir|re))(?!\w))")


def is_money(text: str, draft: Draft) -> bool:
    """« 200 millions de crédits », « un budget de 3 milliards »: money without a currency."""
    if _POT.match(text, draft.end) or _PURPOSE.match(text, draft.end):
        return True
    after = re.match(
        rf"{SP}+(?:de{SP}+|d['’])(?P<noun>[\wà-ÿ'’-]+)", text[draft.end : draft.end + 40]
    )
    if after:
        return bool(_money_nouns().match(text, draft.end + after.start("noun")))
    before = re.split(r"[.!?;:\n]", text[max(0, draft.start - 60) : draft.start])[-1]
    return bool(_money_before().search(before) or _money_after().match(text, draft.end))


@cache
def _money_after() -> re.Pattern[str]:
    forms = either(vocabulary("quantities")["money"]["after"])
    return re.compile(
        rf"{SP}+(?:(?:ont|avaient|auront|auraient){SP}(?:déjà{SP})?été{SP}|sont{SP}|seront{SP}|seraient{SP})?"
        rf"(?:déjà{SP}|effectivement{SP}|seulement{SP})?(?:{forms})(?!\w)"
    )
