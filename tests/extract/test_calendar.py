"""The days that a moment means, whatever words said it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recoupe.extract.dates.calendar import Interval, around, easter, month_end, shifted, term_of
from recoupe.extract.dates.moments import Moment
from recoupe.extract.dates.resolution import Direction, Viewpoint, resolve
from recoupe.records import Granularity

DAYS = st.dates(date(1900, 1, 1), date(2100, 12, 31))


def span(first: str, last: str) -> Interval:
    return Interval(date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize(
    ("year", "month", "last"), [(2019, 2, 28), (2020, 2, 29), (2000, 2, 29), (1900, 2, 28)]
)
def test_february_knows_leap_years(year: int, month: int, last: int) -> None:
    assert month_end(year, month) == date(year, month, last)


@pytest.mark.parametrize(
    ("year", "sunday"),
    [(2019, "2019-04-21"), (2024, "2024-03-31"), (2038, "2038-04-25"), (2008, "2008-03-23")],
)
def test_easter(year: int, sunday: str) -> None:
    assert easter(year).isoformat() == sunday


@pytest.mark.parametrize(
    ("unit", "first", "last"),
    [
        ("day", "2019-09-25", "2019-09-25"),
        ("week", "2019-09-23", "2019-09-29"),
        ("month", "2019-09-01", "2019-09-30"),
        ("quarter", "2019-07-01", "2019-09-30"),
        ("semester", "2019-07-01", "2019-12-31"),
        ("year", "2019-01-01", "2019-12-31"),
        ("school_year", "2019-09-01", "2020-08-31"),
        ("decade", "2010-01-01", "2019-12-31"),
        ("century", "2001-01-01", "2100-12-31"),
        ("term", "2017-05-14", "2022-05-13"),
    ],
)
def test_the_unit_around_a_day(unit: Granularity, first: str, last: str) -> None:
    assert around(date(2019, 9, 25), unit) == span(first, last)


@given(DAYS, st.sampled_from(["day", "week", "month", "quarter", "semester", "year", "decade"]))
def test_a_day_lies_in_its_unit(day: date, unit: Granularity) -> None:
    first, last = around(day, unit)
    assert first <= day <= last


@given(DAYS, st.integers(-240, 240))
def test_shifting_months_lands_in_the_right_month(day: date, count: int) -> None:
    moved = shifted(day, "month", count)
    assert (moved.year - day.year) * 12 + moved.month - day.month == count


def test_shifting_from_a_long_month_gives_the_last_day() -> None:
    assert shifted(date(2020, 3, 31), "month", -1) == date(2020, 2, 29)


def test_no_term_is_invented_outside_those_known() -> None:
    with pytest.raises(ValueError, match="1950"):
        term_of(date(1950, 1, 1))


@pytest.mark.parametrize(
    ("moment", "direction", "published_on", "first"),
    [
        (Moment(unit="day", number=9, day=30), "past", "2019-09-25", "2018-09-30"),
        (Moment(unit="day", number=9, day=30), "future", "2019-09-25", "2019-09-30"),
        (Moment(unit="day", number=9, day=30), None, "2019-09-25", "2019-09-30"),
        (Moment(unit="day", number=5, day=30), None, "2019-09-25", "2019-05-30"),
        (Moment(unit="month", number=12), None, "2020-01-10", "2019-12-01"),
        (Moment(unit="month", number=9, shift=-1), None, "2019-09-25", "2018-09-01"),
        (Moment(unit="day", weekday=2), None, "2019-09-25", "2019-09-25"),
        (Moment(unit="day", weekday=2, shift=-1), None, "2019-09-25", "2019-09-18"),
        (Moment(unit="day", weekday=2, shift=1), None, "2019-09-25", "2019-10-02"),
        (Moment(unit="day", number=2, day=4, weekday=1), None, "2019-09-25", "2020-02-04"),
        (Moment(unit="day", day=24, weekday=1), None, "2019-09-25", "2019-09-24"),
        (Moment(unit="day", number=2, day=29), "past", "2019-09-25", "2016-02-29"),
        (Moment(unit="season", number=3), "past", "2019-02-01", "2018-12-21"),
        (Moment(unit="month", number=3, year_shift=-1), None, "2019-09-25", "2018-03-01"),
    ],
)
def test_holes_are_filled_from_the_publication(
    moment: Moment, direction: Direction | None, published_on: str, first: str
) -> None:
    viewpoint = Viewpoint(published_on=date.fromisoformat(published_on), direction=direction)
    found = resolve(moment, viewpoint)
    assert found is not None
    assert found.first.isoformat() == first


@pytest.mark.parametrize(
    ("moment", "days"),
    [
        (Moment(unit="year", year=2023, part="end"), span("2023-10-01", "2023-12-31")),
        (Moment(unit="month", year=2020, number=2, part="end"), span("2020-02-21", "2020-02-29")),
        (Moment(unit="decade", year=1990, part="start"), span("1990-01-01", "1992-12-31")),
        (Moment(unit="year", year=2023, part="whole"), span("2023-01-01", "2023-12-31")),
        (Moment(unit="semester", year=2024, number=2), span("2024-07-01", "2024-12-31")),
        (Moment(unit="school_year", year=2023, year_to=2024), span("2023-09-01", "2024-08-31")),
    ],
)
def test_parts_and_whole_units(moment: Moment, days: Interval) -> None:
    assert resolve(moment, Viewpoint(published_on=None)) == days


@pytest.mark.parametrize(
    "moment",
    [
        Moment(unit="day", year=2019, number=2, day=29),
        Moment(unit="day", number=2, day=30),
        Moment(unit="term", shift=9),
    ],
)
def test_a_day_that_does_not_exist_has_no_days(moment: Moment) -> None:
    assert resolve(moment, Viewpoint(published_on=date(2019, 9, 25))) is None


@given(DAYS, st.integers(0, 6), st.sampled_from(["past", "future", None]))
def test_a_weekday_is_less_than_a_week_away(
    published_on: date, weekday: int, direction: Direction | None
) -> None:
    moment = Moment(unit="day", weekday=weekday)
    found = resolve(moment, Viewpoint(published_on=published_on, direction=direction))
    assert found is not None
    assert found.first.weekday() == weekday
    assert abs(found.first - published_on) < timedelta(days=7)
