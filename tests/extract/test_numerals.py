"""The numeral reader: what our own French writer writes is read back exactly."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recoupe.extract.figures.numerals import find_numerals, read_digits, read_words

UNITS = [
    *("zéro", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit"),
    *("neuf", "dix", "onze", "douze", "treize", "quatorze", "quinze", "seize"),
]
TENS = ["", "dix", "vingt", "trente", "quarante", "cinquante", "soixante"]
SPACES = [" ", "\u00a0", "\u202f", "\u2009"]


def below_100(n: int, *, swiss: bool = False) -> str:
    if n < 17:
        return UNITS[n]
    if n < 20:
        return f"dix-{UNITS[n - 10]}"
    ten, unit = divmod(n, 10)
    if ten in {7, 8, 9} and swiss:
        name = {7: "septante", 8: "huitante", 9: "nonante"}[ten]
    elif ten == 7:
        return "soixante et onze" if unit == 1 else f"soixante-{below_100(10 + unit)}"
    elif ten in {8, 9}:
        rest = n - 80
        return "quatre-vingts" if not rest else f"quatre-vingt-{below_100(rest)}"
    else:
        name = TENS[ten]
    if unit == 0:
        return name
    return f"{name} et un" if unit == 1 else f"{name}-{UNITS[unit]}"


def below_1000(n: int, *, swiss: bool = False) -> str:
    hundred, rest = divmod(n, 100)
    if not hundred:
        return below_100(rest, swiss=swiss)
    name = "cent" if hundred == 1 else f"{UNITS[hundred]} cent" + ("" if rest else "s")
    return name if not rest else f"{name} {below_100(rest, swiss=swiss)}"


def in_words(n: int, *, swiss: bool = False) -> str:
    """``n`` below 10**15 as French schoolbooks write it."""
    if n == 0:
        return "zéro"
    parts = []
    for scale, name in ((10**12, "billion"), (10**9, "milliard"), (10**6, "million")):
        count, n = divmod(n, scale)
        if count:
            parts.append(f"{in_words(count, swiss=swiss)} {name}{'s' if count > 1 else ''}")
    thousands, n = divmod(n, 1000)
    if thousands:
        parts.append("mille" if thousands == 1 else f"{below_1000(thousands, swiss=swiss)} mille")
    if n:
        parts.append(below_1000(n, swiss=swiss))
    return " ".join(parts)


def read(text: str) -> Decimal:
    numerals = find_numerals(text)
    assert [text[n.start : n.end] for n in numerals] == [text]
    return numerals[0].value


NUMBERS = st.one_of(st.integers(0, 10**13), st.integers(0, 3000), st.integers(0, 10**6))


@given(NUMBERS, st.sampled_from([*SPACES, ".", "", "'", "’"]))
@settings(max_examples=300, deadline=None)
def test_digits_with_every_separator_read_back(n: int, separator: str) -> None:
    assert read(f"{n:,}".replace(",", separator)) == n


@given(NUMBERS, st.integers(0, 99), st.sampled_from(SPACES))
@settings(max_examples=200, deadline=None)
def test_decimals_read_back_with_their_precision(n: int, cents: int, separator: str) -> None:
    written = f"{n:,}".replace(",", separator) + f",{cents:02}"
    numeral = find_numerals(written)[0]
    assert (numeral.value, numeral.precision) == (Decimal(f"{n}.{cents:02}"), Decimal("0.01"))


@given(NUMBERS, st.booleans())
@settings(max_examples=500, deadline=None)
def test_words_read_back(n: int, swiss: bool) -> None:
    assert read(in_words(n, swiss=swiss)) == n


@given(NUMBERS)
@settings(max_examples=200, deadline=None)
def test_the_spelling_of_1990_with_hyphens_everywhere_reads_back(n: int) -> None:
    assert read(in_words(n).replace(" ", "-")) == n


@given(st.integers(1, 9999), st.sampled_from(["million", "millions", "milliard", "milliards"]))
@settings(max_examples=100, deadline=None)
def test_digits_before_a_scale_word_read_back(n: int, scale: str) -> None:
    value = 10**9 if scale.startswith("milliard") else 10**6
    numeral = find_numerals(f"{n},5 {scale}")[0]
    assert (numeral.value, numeral.scale) == ((Decimal(n) + Decimal("0.5")) * value, Decimal(value))


@pytest.mark.parametrize(
    ("written", "value", "precision"),
    [
        ("1,36 milliard", "1360000000", "10000000"),
        ("312 millions", "312000000", "1000000"),
        ("3 millions et demi", "3500000", "500000"),
        ("1 milliard 200 millions", "1200000000", "1000000"),
        ("12 mille", "12000", "1000"),
        ("3.5", "3.5", "0.1"),
        ("0.195", "0.195", "0.001"),
        ("1.200", "1200", "1"),
        ("50,000", "50000", "1"),
        ("deux mille vingt-trois", "2023", "1"),
        ("Quatre-vingt-dix-neuf", "99", "1"),
        ("mille neuf cent quatre-vingt", "1980", "1"),
        ("un million et demi", "1500000", "500000"),
        ("soixante et onze", "71", "1"),
        ("nonante-huit", "98", "1"),
    ],
)
def test_values_and_precision(written: str, value: str, precision: str) -> None:
    numerals = find_numerals(written)
    assert [written[n.start : n.end] for n in numerals] == [written]
    assert (numerals[0].value, numerals[0].precision) == (Decimal(value), Decimal(precision))


@pytest.mark.parametrize(
    "written", ["vingtaine", "centaine", "sixième", "Troisgros", "milles", "A4"]
)
def test_words_that_only_begin_like_a_number_hold_none(written: str) -> None:
    assert find_numerals(written) == []


def test_numbers_side_by_side_stay_apart() -> None:
    text = "12 3456 et 7, 8"
    assert [text[n.start : n.end] for n in find_numerals(text)] == ["12", "3456", "7", "8"]


def test_readers_agree_on_one_number() -> None:
    assert read_digits("1 200")[0] == read_words("mille deux cents")[0] == 1200
