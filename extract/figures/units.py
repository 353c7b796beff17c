"""Match the unit that follows a numeral, from the vocabulary in ``units.toml``.

One compiled expression for each family, anchored at the numeral's end, so that the cost does not
depend on the length of the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Literal

from recoupe.extract.figures.numerals import SP, SPACES
from recoupe.extract.phrases import either, key_of, vocabulary

UnitKind = Literal["amount", "percent", "point", "measure", "duration"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """A unit found at ``start:end``; ``factor`` multiplies the numeral (k€ → 1000)."""

    kind: UnitKind
    code: str
    start: int
    end: int
    factor: Decimal = Decimal(1)
    scaled: bool = False


@cache
def _codes(table: str) -> Mapping[str, str]:
    return {
        _key(form): code for code, forms in vocabulary("units")[table].items() for form in forms
    }


def _key(form: str) -> str:
    return key_of(form, exact=True)


def _either(forms: Iterable[str]) -> str:
    return either(forms, exact=True)


@cache
def _expressions() -> Mapping[str, re.Pattern[str]]:
    units = vocabulary("units")
    forms = {
        table: [f for fs in units[table].values() for f in fs]
        for table in units
        if table not in {"scales", "periods", "between"}
    }
    scales = _either(units["scales"])
    adjectives = _either(units["between"]["adjectives"])
    of = f"(?:{SP}*d['’]|{SP}+de{SP}+|{SP}*)"
    return {
        "amount": re.compile(
            rf"{SP}*(?P<scale>(?:{scales})(?=(?:{SP}*[€$£¥]|{SP}*d['’](?:euro|€)|{SP}+de{SP}+"
            rf"(?:dollar|franc|livre)|EUR|{SP}EUR|euro|{SP}euro)))?"
            rf"{of}(?P<unit>{_either(forms['currencies'])})(?:(?!\w)|(?<=[€£])(?![\d_]))",
        ),
        "hundredths": re.compile(rf"{SP}*(?P<unit>{_either(forms['hundredths'])})(?!\w)"),
        "percent": re.compile(rf"{SP}*(?:%|pour{SP}?cents?\b|p\.{SP}?100\b)", re.IGNORECASE),
        "point": re.compile(
            rf"{SP}+(?:points?{SP}+de{SP}+(?:pourcentage|%|base|PIB)|points?(?!{SP}+(?:de{SP}+(?!plus|moins)|d['’]))|pts?)(?!\w)",
            re.IGNORECASE,
        ),
        "durations": re.compile(
            rf"(?:{SP}*-?|{SP}+(?:{adjectives}){SP}+|{SP}+de{SP}+|{SP}+d['’])"
            rf"(?P<unit>{_either(forms['durations'])})(?![\w])(?!-(?!là\b))(?!{SP}supplémentaires)",
        ),
        "periods": re.compile(rf"{SP}+(?P<unit>{_either(units['periods'])})(?!\w)"),
        "measures": re.compile(
            rf"(?:{SP}*|{SP}+(?:premiers|premières|derniers|dernières){SP}+|{SP}+de{SP}+|{SP}+d['’])(?P<unit>{_either(forms['measures'])})(?![\w²³])(?!['’]\w)",
        ),
    }


def unit_at(text: str, position: int, *, scaled: bool = False) -> Unit | None:
    """The unit that begins right after a numeral ending at ``position``.

    ``scaled`` says that a scale word stands before (« millions d'euros »): only then may « de » or
    « d' » come between, so that « 474 d'euros » is nothing.
    """
    expressions = _expressions()
    match = expressions["amount"].match(text, position)
    if match and (scaled or match["scale"] or not _linked(text, position, match)):
        return _amount(match)
    if match := expressions["hundredths"].match(text, position):
        code = _codes("hundredths")[_key(match["unit"])]
        return _unit("amount", code, match, factor=Decimal("0.01"))
    if match := expressions["percent"].match(text, position):
        return _unit("percent", "percent", match)
    if match := expressions["point"].match(text, position):
        return _unit("point", "point", match)
    match = expressions["durations"].match(text, position)
    if match and (scaled or not _linked(text, position, match)):
        return _unit("duration", _codes("durations")[_key(match["unit"])], match)
    if match := expressions["periods"].match(text, position):
        times, code = vocabulary("units")["periods"][_key(match["unit"])].split()
        return _unit("duration", code, match, factor=Decimal(times))
    match = expressions["measures"].match(text, position)
    if match and (scaled or not _linked(text, position, match)):
        code = _codes("measures")[_key(match["unit"])]
        angle = code == "Cel" and _ANGLE.match(text, match.end())
        return _unit("measure", "deg" if angle else code, match)
    return None


#: Degrees that are no temperature: « 109 ° ouest », « 16 ° d'alcool », « 45 degrés de latitude ».
_ANGLE = re.compile(
    rf"{SP}*(?:ouest|est|nord|sud|[NSEO]\b|\d|d['’](?:alcool|angle|inclinaison|ouverture)|de{SP}+(?:latitude|longitude|pente))"
)


_OF = re.compile(r"de|d['’]")


def _linked(text: str, position: int, match: re.Match[str]) -> bool:
    """Whether « de » or « d' » stands between the numeral and its unit."""
    return _OF.fullmatch(text[position : match.start("unit")].strip(SPACES)) is not None


def _amount(match: re.Match[str]) -> Unit:
    scale = match["scale"]
    factor = Decimal(vocabulary("units")["scales"][scale]) if scale else Decimal(1)
    code = _codes("currencies")[_key(match["unit"])]
    return _unit("amount", code, match, factor=factor, scaled=scale is not None)


def _unit(
    kind: UnitKind,
    code: str,
    match: re.Match[str],
    *,
    factor: Decimal = Decimal(1),
    scaled: bool = False,
) -> Unit:
    return Unit(
        kind=kind, code=code, start=match.start(), end=match.end(), factor=factor, scaled=scaled
    )


@cache
def _leading() -> re.Pattern[str]:
    symbols = [
        f for fs in vocabulary("units")["currencies"].values() for f in fs if not f[0].islower()
    ]
    return re.compile(rf"(?:^|(?<=[\s(«\"]))(?P<unit>{_either(symbols)}){SP}?$")


def currency_before(text: str, position: int) -> Unit | None:
    """The currency symbol or ISO code that stands right before a numeral: « $5 », « EUR 300 »."""
    window = max(0, position - 8)
    match = _leading().search(text[window:position])
    if match is None:
        return None
    code = _codes("currencies")[_key(match["unit"])]
    return Unit(kind="amount", code=code, start=window + match.start("unit"), end=position)
