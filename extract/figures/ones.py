"""Whether *un* is a number: « un seul », « un an avec sursis »; else it is the article."""

from __future__ import annotations

import re
from functools import cache

from recoupe.extract.figures.halves import HALF_MORE, NOUN_AND_HALF
from recoupe.extract.figures.numerals import SP, Numeral
from recoupe.extract.figures.surroundings import approx_before
from recoupe.extract.figures.units import Unit
from recoupe.extract.phrases import either, vocabulary

ALONE = re.compile(rf"{SP}+seule?s?\b")
ONE = frozenset({"un", "une"})
_MEASURABLE = re.compile(
    rf"(?:sur|pendant|durant|en|d['’]|pour|de|après|dans|plus{SP}d['’]|moins{SP}d['’]|près{SP}d['’]|environ|à|sous|jusqu['’]à|que|qu['’]|depuis|par|voici|il{SP}y{SP}a|dure|durera){SP}*$",
    re.IGNORECASE,
)


#: « pas un euro », « sans un centime », « n'augmente pas d'un centime »: none at all.
_NOT_ONE = re.compile(rf"(?i)(?<!\w)(?:pas|plus|ni|sans|jamais){SP}(?:d['’])?$")
#: « un point de moins »
_POINT_LESS = re.compile(rf"{SP}de{SP}(?:plus|moins)\b")
#: « une abstention », « moins une voix »: votes are counted one by one.
_VOTE = re.compile(
    rf"{SP}+(?:abstention|voix(?={SP}?[,.;]|{SP}(?:contre|pour|près|d['’]écart|de{SP}(?:majorité|plus|moins))\b)|vote{SP}(?:contre|blanc|nul)|bulletin{SP}(?:blanc|nul)|suffrage)(?![\w-])"
)
#: « fermer un des deux caveaux », « une des quatorze stations »
_ONE_OF = re.compile(
    rf"{SP}+(?:des|de{SP}(?:ses|ces|leurs|nos)){SP}+(?:deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|quinze|vingt|\d+){SP}"
)


#: « un mois de décembre noir », « une heure tardive », « une journée d'action »: an article.
@cache
def _qualified() -> re.Pattern[str]:
    words = vocabulary("quantities")["one"]
    return re.compile(
        rf"{SP}+(?:de{SP}(?:{either(words['months'])})|(?!(?:{either(words['free'])})(?!\w))[a-zà-ÿ]{{4,}})(?!\w)"
    )


#: « lui prenait un mois », « écope d'un an »: what takes a time, or a sentence.
@cache
def _takes() -> re.Pattern[str]:
    words = vocabulary("quantities")["one"]
    return re.compile(
        rf"(?i)\b(?:{either(words['takes'])})[\wà-ÿ]*"
        rf"(?:['’{SP[1:-1]}](?:{either(words['between'])})){{0,4}}['’{SP[1:-1]}]$"
    )


#: « une à deux semaines », « un ou deux projets »
_OR_TWO = re.compile(rf"{SP}+(?:à|ou|voire){SP}+(?:deux|trois|quatre|[2-4])\b")


def one_counts(text: str, numeral: Numeral, unit: Unit | None) -> bool:
    """« un seul », « sur un an », « un million », « plus d'un kilomètre »: not the article."""
    if any(rule.match(text, numeral.end) for rule in (ALONE, _OR_TWO, NOUN_AND_HALF)):
        return True
    before = text[max(0, numeral.start - 40) : numeral.start]
    if unit is None:
        voted = _VOTE.match(text, numeral.end) and not before.endswith(("d'", "d’", " par "))
        return bool(voted) or bool(
            _ONE_OF.match(text, numeral.end) and not before.endswith(("l'", "l’"))
        )
    if unit.kind in {"amount", "percent"}:
        return numeral.scale > 1 or not _NOT_ONE.search(before)
    if HALF_MORE.match(text, unit.end):
        return True
    if unit.kind == "point":
        return _POINT_LESS.match(text, unit.end) is not None
    if unit.kind == "duration":
        return _lasts_one(text, unit, before)
    return approx_before(text, numeral.start) is not None or _PROGRESS.search(before) is not None


#: « contre 1,2 million un an plus tôt »: a time.
_COUNTED_BACK = re.compile(rf"{SP}+(?:plus{SP}t[ôa]|auparavant)")
#: « progresse d'un kilomètre »
_PROGRESS = re.compile(
    rf"(?i)\b(?:progress|avanc|recul|mont|descend|prolong|allong|déplac|élev|dépass)[\wà-ÿ]*{SP}d['’]$"
)


def _lasts_one(text: str, unit: Unit, before: str) -> bool:
    """« un an avec sursis », « lui prenait un mois »: a length of time, and not the article."""
    if unit.code == "year" and text[unit.start : unit.end].strip() == "an":
        return _COUNTED_BACK.match(text, unit.end) is None
    if unit.code not in {"year", "month", "week", "hour", "day"} or unit.factor != 1:
        return unit.code == "year" and bool(_MEASURABLE.search(before))
    if _qualified().match(text, unit.end):
        return False
    if unit.code == "day":
        return _IN_ONE.search(before) is not None
    return (_takes().search(before) or _MEASURABLE.search(before)) is not None


_IN_ONE = re.compile(rf"(?i)(?:^|[\s(])(?:en|pendant|durant){SP}$")
