"""Numbers, amounts and dates as the French press prints them."""

from __future__ import annotations

from decimal import Decimal
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recoupe import records
from recoupe.db.site import format as french
from recoupe.db.site.labels import label, labels

THIN, NBSP = "\u202f", "\u00a0"


@pytest.mark.parametrize(
    ("value", "unit", "shown"),
    [
        ("1360000000", "EUR", f"1{THIN}360{THIN}000{THIN}000{NBSP}€"),
        ("1360000.5", "EUR", f"1{THIN}360{THIN}000,5{NBSP}€"),
        ("85", "percent", f"85{NBSP}%"),
        ("-2.50", "point", f"−2,5{NBSP}points"),
        ("1.5", "year", f"1,5{NBSP}an"),
        ("2", "year", f"2{NBSP}ans"),
        ("12", "m2", f"12{NBSP}m²"),
        ("3", "furlong", f"3{NBSP}furlong"),
        ("1200", None, f"1{THIN}200"),
        ("1E+3", None, f"1{THIN}000"),
    ],
)
def test_all_the_digits(value: str, unit: str | None, shown: str) -> None:
    assert french.exact(Decimal(value), unit) == shown


@pytest.mark.parametrize(
    ("value", "unit", "shown"),
    [
        ("1360000000", "EUR", f"1,36{NBSP}Md€"),
        ("260000000", "EUR", f"260{NBSP}M€"),
        ("450000", "EUR", f"450{THIN}000{NBSP}€"),
        ("1200000000000", "EUR", f"1,2{NBSP}Bn€"),
        ("1500000", "USD", f"1,5{NBSP}M$"),
        ("474", None, "474"),
        ("19.1", "percent", f"19,1{NBSP}%"),
    ],
)
def test_as_a_headline_would(value: str, unit: str | None, shown: str) -> None:
    assert french.short(Decimal(value), unit) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("2019-09-24", "24 septembre 2019"),
        ("2020-01-01", "1er janvier 2020"),
        ("2019-09-24T18:30:00+02:00", "24 septembre 2019"),
        (None, ""),
        ("printemps", "printemps"),
    ],
)
def test_days(text: str | None, shown: str) -> None:
    assert french.day(text) == shown


def test_moments_have_their_hour_where_one_is_known() -> None:
    assert french.moment("2019-09-25T08:05:00+02:00") == f"25 septembre 2019 à 8{NBSP}h{NBSP}05"
    assert french.moment("2019-09-25") == "25 septembre 2019"


@pytest.mark.parametrize(
    ("start", "end", "shown"),
    [
        ("2018-01-01", "2022-12-31", "2018–2022"),
        ("2020-01-01", "2020-12-31", "2020"),
        ("2020-03-01", "2020-03-31", "du 1er mars 2020 au 31 mars 2020"),
        ("2020-03-01", "2020-03-01", "1er mars 2020"),
        (None, "2027-12-31", "jusqu’au 31 décembre 2027"),
        ("2020-03-01", None, "depuis le 1er mars 2020"),
        (None, None, ""),
    ],
)
def test_periods(start: str | None, end: str | None, shown: str) -> None:
    assert french.period(start, end) == shown


def test_zero_and_one_are_singular() -> None:
    shown = [french.plural(count, "article") for count in (0, 1, 2, 1200)]
    assert shown == [
        f"0{NBSP}article",
        f"1{NBSP}article",
        f"2{NBSP}articles",
        f"1{THIN}200{NBSP}articles",
    ]


@given(
    st.decimals(
        allow_nan=False, allow_infinity=False, places=6, min_value=-(10**15), max_value=10**15
    )
)
def test_every_number_can_be_read_back(value: Decimal) -> None:
    shown = french.number(value).replace(THIN, "").replace("−", "-").replace(",", ".")
    assert Decimal(shown) == value


@pytest.mark.parametrize(
    ("table", "keys"),
    [
        ("kinds", get_args(records.QuantityKind)),
        ("statuses", get_args(records.Status)),
        ("statuses_plural", get_args(records.Status)),
        ("status_meanings", get_args(records.Status)),
        ("sides", get_args(records.Side)),
        ("relations", get_args(records.Relation)),
        ("levels", get_args(records.Level)),
        ("code_systems", get_args(records.CodeSystem)),
        ("approximations", get_args(records.Approx)),
        ("document_kinds", get_args(records.DocumentKind)),
    ],
)
def test_every_key_of_the_records_has_its_french_word(table: str, keys: tuple[str, ...]) -> None:
    assert set(keys) <= set(labels()[table])


def test_an_unknown_key_is_shown_as_it_is() -> None:
    assert label("kinds", "brand_new") == "brand_new"
    assert label("kinds", None) == ""
