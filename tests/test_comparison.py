"""The rule of comparison: what may be set side by side, and why the rest may not."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recoupe.comparison import Claim, agree, pairs, ratio, refusal

ANNOUNCED = Claim(
    key=1,
    document="a",
    published_on="2020-12-18",
    kind="amount",
    value=Decimal(21_000_000),
    unit="EUR",
    per=None,
    approx=None,
    precision=Decimal(1_000_000),
    status="announced",
    measure="subvention",
    programme="Petites villes de demain",
    territory="22",
    period_from="2021-01-01",
    period_to="2026-12-31",
    perimeter=None,
    is_part=False,
    firm=True,
    confidence=0.9,
)
REPORTED = replace(
    ANNOUNCED,
    key=2,
    document="b",
    published_on="2024-10-17",
    value=Decimal(13_800_000),
    precision=Decimal(100_000),
    status="committed",
    period_from="2021-01-01",
    period_to=None,
)


def _pairs(*claims: Claim, across: bool = True) -> list[tuple[str, object, object]]:
    return [(p.relation, p.left.key, p.right.key) for p in pairs(claims, across=across)]


def test_the_two_claims_match() -> None:
    (pair,) = pairs([REPORTED, ANNOUNCED], across=True)
    assert (pair.relation, pair.left, pair.right) == ("announced_vs_reported", ANNOUNCED, REPORTED)
    assert pair.ratio == Decimal("0.657143")


@pytest.mark.parametrize(
    ("reason", "change"),
    [
        ("kind", {"kind": "count"}),
        ("unit", {"unit": "USD"}),
        ("rate", {"per": "year"}),
        ("measure", {"measure": "prêt"}),
        ("measure", {"measure": None}),
        ("programme", {"programme": "Fonds vert"}),
        ("programme", {"programme": None}),
        ("territory", {"territory": "53"}),
        ("territory", {"territory": None}),
        ("period", {"period_from": "2027-01-01", "period_to": "2027-12-31"}),
        ("period", {"period_from": "2023-01-01", "period_to": "2023-12-31"}),
        ("perimeter", {"perimeter": "AE"}),
        ("part", {"is_part": True}),
        ("approximation", {"approx": "at_most"}),
        ("approximation", {"approx": "less_than"}),
        ("value", {"value": None}),
        ("confidence", {"confidence": 0.4}),
    ],
)
def test_each_reason_refuses_and_its_twin_matches(reason: str, change: dict[str, Any]) -> None:
    other = replace(REPORTED, **change)
    assert refusal(ANNOUNCED, REPORTED) is None
    assert refusal(ANNOUNCED, other) == reason
    assert _pairs(ANNOUNCED, other) == []


@pytest.mark.parametrize(
    "change",
    [
        {"period_from": "2024-10-17", "period_to": "2024-10-17"},  # « au 17 octobre »
        {"period_from": "2024-10-11", "period_to": "2024-10-20"},  # « à la mi-octobre »
        {"period_from": None, "period_to": None},
        {"period_from": "2021-01-01", "period_to": "2026-12-31"},
    ],
)
def test_what_counts_all_that_came_before_matches(change: dict[str, Any]) -> None:
    assert refusal(ANNOUNCED, replace(REPORTED, **change)) is None


def test_autorisations_d_engagement_are_never_credits_de_paiement() -> None:
    opened = replace(ANNOUNCED, perimeter="AE")
    assert refusal(opened, replace(REPORTED, perimeter="AE")) is None
    assert refusal(opened, replace(REPORTED, perimeter="CP")) == "perimeter"


def test_a_year_s_envelope_is_not_set_against_an_undated_report_years_later() -> None:
    year = replace(ANNOUNCED, period_from="2021-01-01", period_to="2021-12-31")
    undated = replace(REPORTED, period_from=None, period_to=None)
    assert refusal(year, replace(undated, published_on="2022-01-20")) is None
    assert refusal(year, undated) == "period"


def test_a_part_stands_only_for_a_whole_that_was_announced() -> None:
    planned = replace(ANNOUNCED, kind="count", unit=None, value=Decimal(38), status="planned")
    part = replace(
        planned, key=2, document="b", value=Decimal(21), status="committed", is_part=True
    )
    assert refusal(planned, replace(part, whole=Decimal(38))) is None
    assert refusal(planned, replace(part, whole=Decimal(40))) == "part"


def test_money_paid_out_of_money_committed_is_a_later_stage_and_no_lesser_measure() -> None:
    paid = replace(
        REPORTED,
        value=Decimal(9_200_000),
        status="paid",
        is_part=True,
        whole=Decimal(13_800_000),
        whole_status="committed",
    )
    assert refusal(ANNOUNCED, paid) is None
    assert refusal(ANNOUNCED, replace(paid, whole_status="paid")) == "part"


def test_announced_comes_before_or_with_reported() -> None:
    same_day = replace(REPORTED, published_on=ANNOUNCED.published_on)
    assert _pairs(ANNOUNCED, same_day) == [("announced_vs_reported", 1, 2)]
    assert _pairs(ANNOUNCED, replace(REPORTED, published_on="2020-12-17")) == []


def test_the_last_announcement_counts() -> None:
    later = replace(
        ANNOUNCED, key=3, document="c", value=Decimal(24_000_000), published_on="2022-02-01"
    )
    assert _pairs(ANNOUNCED, later, REPORTED) == [("announced_vs_reported", 3, 2)]


@pytest.mark.parametrize("flag", [{"firm": False}, {"status": "none"}, {"status": "cancelled"}])
def test_what_is_denied_or_without_side_is_compared_with_nothing(flag: dict[str, Any]) -> None:
    assert _pairs(ANNOUNCED, replace(REPORTED, **flag)) == []


def test_five_times_what_was_announced_is_another_measure() -> None:
    assert _pairs(ANNOUNCED, replace(REPORTED, value=Decimal(106_000_000))) == []
    assert _pairs(ANNOUNCED, replace(REPORTED, value=Decimal(104_000_000)))


def test_shares_are_set_side_by_side_without_a_rate() -> None:
    target = replace(ANNOUNCED, kind="percent", unit="percent", value=Decimal(12))
    reached = replace(REPORTED, kind="percent", unit="percent", value=Decimal("16.2"))
    (pair,) = pairs([target, reached], across=True)
    assert pair.ratio is None


def test_a_figure_seen_under_two_places_is_shown_once() -> None:
    elsewhere = [replace(c, territory="22278", confidence=0.6) for c in (ANNOUNCED, REPORTED)]
    made = list(pairs([*elsewhere, ANNOUNCED, REPORTED], across=True))
    assert [pair.left.territory for pair in made] == ["22"]


def test_a_repeated_figure_counts_once_at_its_surest() -> None:
    again = replace(REPORTED, key=9, confidence=0.6)
    assert _pairs(ANNOUNCED, again, REPORTED) == [("announced_vs_reported", 1, 2)]


# --- contradictions -------------------------------------------------------------------------------

OTHER = replace(REPORTED, key=3, document="c", published_on="2024-11-02", value=Decimal(15_100_000))


def test_two_values_of_one_figure_within_thirty_days_contradict() -> None:
    assert _pairs(REPORTED, OTHER) == [("contradicts", 2, 3)]
    assert _pairs(REPORTED, replace(OTHER, published_on="2024-11-17")) == []


@pytest.mark.parametrize(
    ("value", "precision", "approx", "relation"),
    [
        (Decimal(13_800_000), Decimal(100_000), None, "same"),
        (Decimal(14_000_000), Decimal(1_000_000), None, "same"),  # « 14 millions » is 13,8 rounded
        (Decimal(14_200_000), Decimal(100_000), "about", "same"),
        (Decimal(14_200_000), Decimal(100_000), None, "contradicts"),
        (Decimal(15_000_000), Decimal(1_000_000), None, "contradicts"),
    ],
)
def test_two_roundings_are_no_contradiction(
    value: Decimal, precision: Decimal, approx: str | None, relation: str
) -> None:
    other = replace(OTHER, value=value, precision=precision, approx=approx)
    assert _pairs(REPORTED, other) == [(relation, 2, 3)]


def test_one_document_does_not_contradict_itself() -> None:
    assert _pairs(REPORTED, replace(OTHER, document="b")) == []
    assert _pairs(REPORTED, OTHER, across=False) == []


def test_two_statuses_do_not_contradict() -> None:
    assert _pairs(REPORTED, replace(OTHER, status="paid")) == []


# --- within one document --------------------------------------------------------------------------


def test_within_a_document_what_is_still_to_come_is_not_measured() -> None:
    here = replace(ANNOUNCED, document="b", published_on="2024-10-17")
    assert _pairs(here, REPORTED, across=False) == []
    past = replace(here, period_to="2024-06-30")
    assert _pairs(past, REPORTED, across=False) == [("announced_vs_reported", 1, 2)]


# --- properties -----------------------------------------------------------------------------------

_values = st.decimals(min_value=0, max_value=10**12, places=2)


@given(left=_values, right=_values)
def test_agreement_is_symmetric(left: Decimal, right: Decimal) -> None:
    one, two = replace(REPORTED, value=left), replace(OTHER, value=right)
    assert agree(one, two) == agree(two, one)


@given(
    change=st.fixed_dictionaries(
        {},
        optional={
            "kind": st.sampled_from(["amount", "count"]),
            "unit": st.sampled_from(["EUR", "km", None]),
            "per": st.sampled_from([None, "year"]),
            "measure": st.sampled_from(["subvention", "prêt", None]),
            "programme": st.sampled_from(["Fonds vert", None]),
            "territory": st.sampled_from(["22", "53", None]),
            "perimeter": st.sampled_from([None, "AE", "CP"]),
            "confidence": st.floats(min_value=0, max_value=1),
        },
    )
)
def test_refusal_for_unlike_things_is_symmetric(change: dict[str, Any]) -> None:
    one = replace(REPORTED, key=7, **change)
    assert (refusal(OTHER, one) is None) == (refusal(one, OTHER) is None)


@given(left=_values, right=_values)
def test_a_ratio_is_right_over_left(left: Decimal, right: Decimal) -> None:
    rate = ratio(left, right)
    assert rate is None if left <= 0 else abs(rate * left - right) <= left / 1_000_000 + 1


def test_the_cost_grows_with_the_claims_and_not_with_their_square() -> None:
    claims = [replace(ANNOUNCED, key=i, measure=f"m{i % 4000}", document=i) for i in range(8000)]
    assert sum(1 for _ in pairs(claims, across=True)) == 4000
