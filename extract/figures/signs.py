"""Plus and minus before a figure, points that are percentage points, numbers inside names."""

from __future__ import annotations

import re
from functools import cache

from recoupe.extract.figures.draft import Draft
from recoupe.extract.figures.numerals import SP, Numeral
from recoupe.extract.figures.units import Unit
from recoupe.extract.phrases import either, vocabulary

_SIGN = re.compile(rf"(?:(?<=[\s(:])|^)(?P<sign>[+−–-]){SP}?$")
#: « Intérim | 29,7 | -14,9 »
_NEGATIVE_CELL = re.compile(rf"\|{SP}*[−-]$")
_BELOW_ZERO = re.compile(rf"(?<!\w)(?P<sign>moins){SP}+$", re.IGNORECASE)
#: A change of more percentage points than this counts something else.
_MOST_POINTS = 100
#: How far around « 3 points » a share or a change makes them percentage points, in characters.
_AROUND = 90


def give_sign(text: str, draft: Draft) -> None:
    """Take the minus that touches a share, a point, an amount or a measure; no plus."""
    if draft.value is None:
        return
    if draft.bare and _NEGATIVE_CELL.search(text, max(0, draft.start - 8), draft.start):
        draft.start, draft.value = draft.start - 1, -draft.value
        return
    if draft.kind not in {"percent", "point", "amount", "measure"}:
        return
    window = max(0, draft.start - 8)
    before = text[window : draft.start]
    match = _SIGN.search(before[-3:])
    if match is None:
        if draft.unit == "Cel" and (below := _BELOW_ZERO.search(before)):
            draft.start, draft.value = window + below.start("sign"), -draft.value
        return
    position = draft.start - len(before[-3:]) + match.start("sign")
    if match["sign"] != "+" and position == draft.start - 1:
        draft.start, draft.value = position, -draft.value


@cache
def _changes() -> re.Pattern[str]:
    stems = either(vocabulary("quantities")["points"]["stems"])
    return re.compile(rf"%|pour{SP}cent|(?<!\w)(?:{stems})")


#: « 46 points sur 100 »: a mark.
_MARKED = re.compile(rf"{SP}sur{SP}\d")


def is_change(text: str, numeral: Numeral, unit: Unit) -> bool:
    """Whether « points » are percentage points: said so, or a change or a share stands near.

    « 1 340 points lumineux », « quatre points pour une victoire » are counted things.
    """
    if _MARKED.match(text, unit.end):
        return False
    written = text[unit.start : unit.end].split()
    if len(written) > 1:
        return True
    if numeral.value > _MOST_POINTS:
        return False
    if numeral.precision < 1 or text[max(0, numeral.start - 2) : numeral.start].strip() in {
        "+",
        "-",
        "−",
    }:
        return True
    around = text[max(0, numeral.start - _AROUND) : unit.end + _AROUND]
    return bool(_changes().search(around))


#: « Guerre de Trente Ans », « les Cent Arpents »: a capital inside a sentence.
_WITHIN = re.compile(rf"[\wà-ÿ,'’]{SP}?\Z")

#: « CAYLUS Trente-huit pompiers »: a place in capitals opens the sentence.
_DATELINE = re.compile(rf"(?<![\w'’-])[A-ZÀ-Ý-]{{4,}}{SP}\Z")


def is_name_part(text: str, numeral: Numeral) -> bool:
    """A number word with a capital inside a sentence, or digits that begin with a lone zero."""
    surface = text[numeral.start : numeral.end]
    if numeral.words:
        before = text[max(0, numeral.start - 12) : numeral.start]
        inside = _WITHIN.search(before) is not None and not _DATELINE.search(before)
        return surface[0].isupper() and not surface.isupper() and inside
    return len(surface) > 1 and surface[0] == "0" and surface[1].isdigit()


def zero_counts(text: str, numeral: Numeral) -> bool:
    """« zéro » is a figure before what is counted, not in « repartir de zéro », « Zéro déchet »."""
    if numeral.value != 0 or not numeral.words:
        return True
    after = re.match(rf"{SP}+(?P<noun>[a-zà-ÿœ-]{{3,}})", text[numeral.end : numeral.end + 40])
    if after is None or text[numeral.start].isupper():
        return False
    return after["noun"] not in vocabulary("quantities")["not_zero"]["nouns"]
