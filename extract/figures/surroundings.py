"""What stands around a figure: « plus de », « près des », « environ », « par an », « /m² »."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import cast

from recoupe.extract.figures.numerals import SP, SPACES
from recoupe.extract.phrases import either, key_of, vocabulary
from recoupe.records import Approx

#: How far before a numeral an approximator may begin, in characters.
_BEFORE = 80
_AFTER = 32
_OPENING = '«"“(' + SPACES
#: A dash is one within a line only (« roues de - de 50 »): what opens a line is a bullet.
_STARTS = re.compile(r"(?<![\w'])\w|(?<=')\w|[<>≤≥~≈±+]|(?<=\S )[-–](?= d)")


@cache
def _meanings(table: str) -> Mapping[str, str]:
    tables = vocabulary("quantities")[table]
    return {key_of(form): meaning for meaning, forms in tables.items() for form in forms}


@cache
def _determiners() -> frozenset[str]:
    return frozenset(vocabulary("quantities")["between"]["determiners"])


@cache
def _after() -> re.Pattern[str]:
    forms = either(_meanings("approx_after"))
    return re.compile(
        rf"{SP}+\(?(?P<form>{forms})(?!\w|{SP}(?:tôt|tard|plus|moins|haut|fort|bas|près|vite|une?|\d|la|le|les)\b)"
        rf"|,{SP}+(?P<apart>{forms})(?={SP}?(?:[.;:!?)»,]|$))|(?P<plus>\+)"
    )


@cache
def _rate() -> re.Pattern[str]:
    passed = rf"(?!{SP}(?:dernier|passé|prochain|\d|suivant|précédent|actuelle|où|du{SP}départ))"
    return re.compile(rf"{SP}*(?P<form>{either(_meanings('per'))})(?!\w){passed}")


_EACH = re.compile(rf"{SP}*/{SP}*(?P<slash>[a-zà-ÿ]{{3,}})|{SP}+par{SP}+(?P<noun>[a-zà-ÿ]{{3,}})\b")


def approx_before(text: str, position: int) -> Approx | None:
    """The approximator right before a figure that begins at ``position``.

    Up to two determiners and an opening quote may stand between (« dépasse les 3 millions »).
    """
    window = key_of(text[max(0, position - _BEFORE) : position].rpartition("\n")[2])
    before, meanings = window, _meanings("approx_before")
    for _ in range(3):
        before = before.rstrip(_OPENING)
        starts = [match.start() for match in _STARTS.finditer(before)]
        for start in starts:
            if before[start:] in meanings and not _BY.search(window):
                return _unless_denied(before[:start], before[start:])
        if not starts or before[starts[-1] :] not in _determiners():
            break
        before = before[: starts[-1]]
    if _STAGNATES.search(window) and "%" in text[position : position + 8]:
        return None
    return "at_most" if _is_bounded(window) else None


#: « l'objectif est dépassé de 11 000 logements »: by how much.
_BY = re.compile(r"\bdépass\w* d(?:e |')$")
#: « n'en a jamais compté plus de », « aucun n'a dépassé », within one clause.
_DENIED = re.compile(r"\bn(?:e |')(?:(?!\bqu|\boù\b|\bmais\b)[^.;:!?,])*$")
_ONLY = frozenset({"plus que", "plus qu'"})


def _unless_denied(lead: str, form: str) -> Approx | None:
    """« ne compte plus que 40 lits » is 40; « n'a jamais dépassé 40 » is 40 at most."""
    meaning = _meanings("approx_before")[form]
    if meaning == "more_than" and _DENIED.search(lead):
        return None if form in _ONLY else "at_most"
    return cast("Approx", meaning)


#: « ne dépasse pas les 65 », « ne peut guère excéder 65 »
_NOT_PASSED = re.compile(
    r"\bn(?:e |')(?:[\w'-]+ ){0,3}(?:dépass|excéd|excèd|franchi)\w* (?:pas|guère|jamais|plus)"
    r"(?: (?:la barre|le seuil|le cap))?(?: (?:les|le|la|l'|des|de|du))? ?$"
)
#: « un plafond de prise en charge fixé à 400 € », « (plafond de l'agence : 200 € », « plafonne les
#: achats à 18 tonnes », « pour un montant maximal de 2 millions »
_CAPPED = re.compile(
    r"\b(?:plafonn\w+|plafonds?|(?:montants?|aides?|subventions?|taux|durée|amende|jauge|loyers?|"
    r"prix|délai|budget|dotation|prime|participation|contribution|sanction|peine) "
    r"maxim(?:al|ale|aux|ales|um))\b"
    r"(?:(?!\bmais\b)[^.;:!?\d]){0,60}?(?:\bà|\bde|\bd'|:|\best|\bétait)(?: (?:les|la|le))? ?$"
)


#: « le taux plafonne à 34 % »: it rises no further, and is 34.
_STAGNATES = re.compile(r"\bplafonn(?:e|ent|ait|aient) à $")


def _is_bounded(before: str) -> bool:
    if "plafon" in before or "maxim" in before:
        return _CAPPED.search(before) is not None
    return "n" in before and _NOT_PASSED.search(before) is not None


def approx_after(text: str, position: int) -> Approx | None:
    """The approximator right after a figure that ends at ``position``."""
    match = _after().match(text, position, position + _AFTER)
    if match is None:
        return None
    if match["plus"]:
        return "at_least"
    return cast("Approx", _meanings("approx_after")[key_of(match["form"] or match["apart"])])


def known_rate_after(text: str, position: int) -> str | None:
    """The denominator of a rate from the vocabulary: "year" for « par an »."""
    match = _rate().match(text, position)
    return _meanings("per")[key_of(match["form"])] if match else None


def rate_after(text: str, position: int) -> str | None:
    """The denominator that follows at ``position``, any noun after « par » or a stroke included.

    Two are joined by a point: « 9 euros le mètre carré et par mois » → "m2.month".
    """
    match = _rate().match(text, position)
    if match:
        first = _meanings("per")[key_of(match["form"])]
        link = _AND.match(text, match.end())
        second = known_rate_after(text, link.end()) if link else None
        return f"{first}.{second}" if second and second != first else first
    if each := _EACH.match(text, position):
        noun: str = each["slash"] or each["noun"]
        return None if noun in vocabulary("quantities")["not_per"]["nouns"] else noun
    return None


_AND = re.compile(rf"{SP}+et(?={SP})|,?(?={SP}+par{SP})")
