"""Read French numerals: digits with every separator, number words, and the two mixed.

    "1 244"  "0,5"  "1.200.000"  "deux mille vingt-trois"  "1,36 milliard"  "3 millions et demi"

Pure functions over characters; nothing here knows of currencies, nouns or sentences.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from recoupe.extract.surface import lower

#: The spaces of French typography: plain, no-break, narrow no-break, thin, figure.
SPACES = " \u00a0\u202f\u2009\u2007"
SP = f"[{SPACES}]"
_HYPHEN = "[-\u2010\u2011]"
_JOIN = f"(?:{_HYPHEN}|{SP})"

UNITS = {
    **dict.fromkeys(("un", "une"), 1),
    "deux": 2,
    "trois": 3,
    "quatre": 4,
    "cinq": 5,
    "six": 6,
    "sept": 7,
    "huit": 8,
    "neuf": 9,
}
TEENS = {
    "dix": 10,
    "onze": 11,
    "douze": 12,
    "treize": 13,
    "quatorze": 14,
    "quinze": 15,
    "seize": 16,
}
TENS = {
    "vingt": 20,
    "vingts": 20,
    "trente": 30,
    "quarante": 40,
    "cinquante": 50,
    "soixante": 60,
    "septante": 70,
    "huitante": 80,
    "octante": 80,
    "nonante": 90,
}
_SMALL = {"zéro": 0, **UNITS, **TEENS, **TENS}
SCALES = {
    "mille": 10**3,
    "million": 10**6,
    "millions": 10**6,
    "milliard": 10**9,
    "milliards": 10**9,
    "billion": 10**12,
    "billions": 10**12,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Numeral:
    """A numeral at ``start:end`` with its exact value.

    ``precision`` is the weight of the last digit as written; ``scale`` the power of ten that a
    scale word gave (1 where none stands); ``words`` is true where no digit is written.
    """

    start: int
    end: int
    value: Decimal
    precision: Decimal
    scale: Decimal = Decimal(1)
    words: bool = False


def _alternatives(words: object) -> str:
    return "|".join(sorted(map(str, words), key=len, reverse=True))  # type: ignore[call-overload]


_UNIT = "(?:" + _alternatives(UNITS) + ")"
_LOW_TEEN = f"(?:dix(?:{_JOIN}(?:sept|huit|neuf))?|onze|douze|treize|quatorze|quinze|seize)"
_BELOW_20 = f"(?:{_LOW_TEEN}|{_UNIT})"
_ET = f"{_JOIN}et{_JOIN}"
_BELOW_100 = (
    f"(?:quatre{_JOIN}vingts?(?:{_JOIN}{_BELOW_20})?"
    f"|soixante(?:{_ET}onze|{_JOIN}{_LOW_TEEN}|{_ET}une?|{_JOIN}{_UNIT})?"
    f"|(?:vingt|trente|quarante|cinquante|septante|huitante|octante|nonante)"
    f"(?:{_ET}une?|{_JOIN}{_UNIT})?"
    f"|{_BELOW_20})"
)
_BELOW_1000 = f"(?:(?:{_UNIT}{_JOIN})?cents?(?:{_JOIN}{_BELOW_100})?|{_BELOW_100})"
_BELOW_MILLION = f"(?:(?:{_BELOW_1000}{_JOIN})?mille(?:{_JOIN}{_BELOW_1000})?|{_BELOW_1000}|zéro)"
_GROUPED = f"\\d{{1,3}}(?:(?:{SP}\\d{{3}})+|(?:\\.\\d{{3}})+|(?:['’]\\d{{3}})+)(?![\\d])"
_DIGITS = f"(?:{_GROUPED})(?:,\\d{{1,9}}(?!\\d))?|\\d{{1,15}}(?:[.,]\\d{{1,9}}(?!\\d))?"
_BIG = "(?:millions?|milliards?|billions?)"
_HALF = f"{SP}et{SP}demie?"

_DIGITAL = re.compile(
    rf"(?<![\w])(?<!\d[.,])(?:(?P<number>{_DIGITS})(?![\d])"
    rf"(?:{SP}?(?P<scale>mille|{_BIG})\b)?(?P<half>{_HALF}\b)?)",
    re.IGNORECASE,
)
_VERBAL = re.compile(
    rf"(?<![\w-])(?:{_BELOW_MILLION}{_JOIN}{_BIG}(?:{_JOIN}{_BELOW_MILLION}{_JOIN}{_BIG})*"
    rf"(?:{_JOIN}{_BELOW_MILLION}(?!\w))?(?:{_HALF})?|{_BELOW_MILLION})(?!\w|-(?!là\b))",
    re.IGNORECASE,
)
#: Where number words may begin in a text in lower case, which is read far faster.
_STARTS = re.compile(
    rf"(?<![\w-])(?:zéro|{_UNIT}|{_LOW_TEEN}|{_alternatives(TENS)}|cents?|mille)(?!\w)"
)
_RUN = re.compile(r"\d+")
#: What stands within a number in digits, and within one in words.
_SEPARATOR, _JOINT = re.compile(f"{SP}|['’]"), re.compile(rf"{_HYPHEN}|{SP}+")
_FOLLOWING = re.compile(
    rf"{SP}(?P<number>\d{{1,3}}){SP}(?P<scale>millions?|mille)\b|{SP}(?P<rest>\d{{3}}{SP}\d{{3}})(?!{SP}?\d)",
    re.IGNORECASE,
)


def canonical(value: Decimal) -> Decimal:
    """The same value without an exponent or trailing zeros: 1360000000.00 → 1360000000."""
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()


def find_numerals(text: str) -> list[Numeral]:
    """Every numeral of ``text`` in order, overlaps excluded; *un* and *une* are among them."""
    found = sorted((*_digital(text), *_verbal(text)), key=lambda n: (n.start, -n.end))
    kept: list[Numeral] = []
    for numeral in found:
        if not kept or numeral.start >= kept[-1].end:
            kept.append(numeral)
    return kept


def _digital(text: str) -> Iterator[Numeral]:
    position = 0
    for digits in _RUN.finditer(text):
        match = _DIGITAL.match(text, digits.start()) if digits.start() >= position else None
        if match is None:
            continue
        numeral = _from_digits(match)
        follower = _FOLLOWING.match(text, numeral.end) if numeral.scale > 1 else None
        if follower and (joined := _joined(numeral, follower)):
            numeral = joined
        yield numeral
        position = numeral.end


def _from_digits(match: re.Match[str]) -> Numeral:
    value, precision = read_digits(match["number"])
    scale = Decimal(SCALES[match["scale"].lower()]) if match["scale"] else Decimal(1)
    end = match.end()
    if match["half"] and scale > 1:
        value, precision = value + Decimal("0.5"), Decimal("0.5")
    elif match["half"]:
        end = match.start("half")
    return Numeral(
        start=match.start(), end=end, value=value * scale, precision=precision * scale, scale=scale
    )


def _joined(numeral: Numeral, follower: re.Match[str]) -> Numeral | None:
    """One number of « 1 milliard » and « 200 millions », the second of a lower scale."""
    if follower["rest"]:
        value, weight = read_digits(follower["rest"])[0], Decimal(1)
    else:
        weight = Decimal(SCALES[follower["scale"].lower()])
        value = Decimal(follower["number"]) * weight
    if value >= numeral.precision:
        return None
    return Numeral(
        start=numeral.start,
        end=follower.end(),
        value=numeral.value + value,
        precision=weight,
        scale=numeral.scale,
    )


def read_digits(number: str) -> tuple[Decimal, Decimal]:
    """Value and weight of the last digit of digits with French separators.

    "1 244" → 1244, 1; "1,36" → 1.36, 0.01; "1.200" → 1200, 1 (a point before exactly three digits
    separates thousands, except after a lone zero); "3.5" → 3.5, 0.1.
    """
    plain = _SEPARATOR.sub("", number)
    whole, comma, decimals = plain.partition(",")
    if decimals == "000" and whole.isdigit() and whole != "0":
        whole, comma, decimals = whole + decimals, "", ""  # « 50,000 », written the English way
    if not comma and whole.count(".") == 1:
        head, _, tail = whole.partition(".")
        if len(tail) != 3 or head in {"0", "00"}:  # noqa: PLR2004  thousands come in threes
            whole, comma, decimals = head, ".", tail
    whole = whole.replace(".", "")
    value = Decimal(f"{whole}.{decimals}") if comma else Decimal(whole)
    return value, Decimal(1).scaleb(-len(decimals))


def _verbal(text: str) -> Iterator[Numeral]:
    position, low = 0, lower(text)
    while start := _STARTS.search(low, position):
        match = _VERBAL.match(text, start.start())
        if match is None:
            position = start.end()
            continue
        surface = match.group().rstrip(SPACES + "-")
        value, precision, scale = read_words(surface)
        yield Numeral(
            start=match.start(),
            end=match.start() + len(surface),
            value=value,
            precision=precision,
            scale=scale,
            words=True,
        )
        position = match.start() + max(len(surface), 1)


def read_words(surface: str) -> tuple[Decimal, Decimal, Decimal]:
    """Value, precision and largest scale of number words: "un milliard deux cents millions"."""
    total = thousands = current = 0
    scale = last = 1
    half = Decimal(0)
    for word in _JOINT.split(surface.lower()):
        if word == "et":
            continue
        if word in {"demi", "demie"}:
            half = Decimal(last) / 2
        elif word in {"cent", "cents"}:
            current = current // 100 * 100 + max(current % 100, 1) * 100
            last = 1
        elif word in {"vingt", "vingts"} and current % 100 == 4:  # noqa: PLR2004  quatre-vingts
            current += 76
            last = 1
        elif word == "mille":
            last = 10**3
            thousands, current = max(current, 1) * last, 0
        elif word in SCALES:
            last = SCALES[word]
            total += max(thousands + current, 1) * last
            scale, thousands, current = max(scale, last), 0, 0
        else:
            current += _SMALL[word]
            last = 1
    value = Decimal(total + thousands + current) + half
    precision = half or Decimal(last if last > 10**3 else 1)
    return value, precision, Decimal(scale)
