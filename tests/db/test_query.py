"""Whatever is typed is a query; none of it reaches SQLite unquoted."""

from __future__ import annotations

import sqlite3
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recoupe.db.amounts import Interval
from recoupe.db.query import Filter, as_typed, excluded_to_fts, parse_query, to_fts
from recoupe.db.vocabulary import Field

M = 1_000_000


@pytest.mark.parametrize(
    ("typed", "wanted", "unwanted"),
    [
        ("emplois Bretagne", '("emploi") AND ("bretagne")', None),
        ("les emplois de la Bretagne", '("emploi") AND ("bretagne")', None),
        ("le la", '("le") AND ("la")', None),
        ("« plan de relance »", '("plan de relance")', None),
        ('"plan de relance"', '("plan de relance")', None),
        ("“plan de relance”", '("plan de relance")', None),
        ("« plan de relance", '("plan de relance")', None),
        ("usine OU ateliers", '("usine" OR "atelier")', None),
        ("usine OU", '("usine")', None),
        ("OU usine", '("usine")', None),
        ("usine ou atelier", '("usine") AND ("atelier")', None),
        ("plan -subventions", '("plan")', '"subvention"'),
        ("-« plan de relance »", None, '"plan de relance"'),
        ("plan -a OU b", '("plan") AND ("b")', '"a"'),
        ("industri*", '("industri"* OR "industri")', None),
        ("nationales*", '("nationales"* OR "national")', None),
        ("l'emploi", '("emploi")', None),
        ("Ille-et-Vilaine", '("ille et vilain")', None),
        ("1 200 projets", '("1200") AND ("projet")', None),
        ("en 2023 474 projets", '("2023") AND ("474") AND ("projet")', None),
        ("« 1 200 projets »", '("1200 projet")', None),
        ("ville:rouge", '("ville") AND ("rouge")', None),
        ("https://exemple.fr/a", '("http") AND ("exemple fr a")', None),
        ("", None, None),
        ('"', None, None),
        ("- * « OR AND", '("or and")', None),
        ('a" OR stems:*', '("or stem")', None),
    ],
)
def test_words(typed: str, wanted: str | None, unwanted: str | None) -> None:
    query = parse_query(typed)
    assert to_fts(query) == wanted
    assert excluded_to_fts(query) == unwanted


@pytest.mark.parametrize(
    ("typed", "interval"),
    [
        (">1M", Interval(low=Decimal(M), low_open=True)),
        (">= 1 M", Interval(low=Decimal(M))),
        ("≥1M€", Interval(low=Decimal(M), unit="EUR")),
        ("<=300k€", Interval(high=Decimal(300_000), unit="EUR")),
        ("<2Md€", Interval(high=Decimal(2_000 * M), high_open=True, unit="EUR")),
        ("1M..5M", Interval(low=Decimal(M), high=Decimal(5 * M))),
        ("1..5M", Interval(low=Decimal(M), high=Decimal(5 * M))),
        ("5M..1M", Interval(low=Decimal(M), high=Decimal(5 * M))),
        ("5M", Interval(low=Decimal(5 * M), high=Decimal(5 * M))),
        (
            "1,5 milliard d’euros",
            Interval(low=Decimal(1_500 * M), high=Decimal(1_500 * M), unit="EUR"),
        ),
        (">1 200 000 euros", Interval(low=Decimal(1_200_000), low_open=True, unit="EUR")),
        (">1.200.000", Interval(low=Decimal(1_200_000), low_open=True)),
        (">0.5", Interval(low=Decimal("0.5"), low_open=True)),
        (">2 million$", Interval(low=Decimal(2 * M), low_open=True, unit="USD")),
    ],
)
def test_amounts(typed: str, interval: Interval) -> None:
    query = parse_query(f"montant:{typed} relance")
    assert query.filters == (Filter(field="amount", interval=interval),)
    assert to_fts(query) == '("relance")'


@pytest.mark.parametrize("typed", ["montant:abc", "montant:", "montant:>", "montant:5abc"])
def test_an_amount_that_cannot_be_read_is_searched_as_words(typed: str) -> None:
    query = parse_query(typed)
    assert query.filters == ()
    assert (to_fts(query) or "").startswith('("montant")')


@pytest.mark.parametrize(
    ("typed", "field", "value"),
    [
        ("territoire:Bretagne", "territory", "Bretagne"),
        ('territoire:"Pays de la Loire"', "territory", "Pays de la Loire"),
        ("territoire:« Pays de la Loire »", "territory", "Pays de la Loire"),
        ("Territoire: 35", "territory", "35"),
        ("lieu:2A", "territory", "2A"),
        ("statut:versé", "status", "paid"),
        ("statut:Versées", "status", "paid"),
        ("statut:annonces", "status", "announced"),
        ("statut:paid", "status", "paid"),
        ("nature:pourcentages", "kind", "percent"),
        ("type:officiel", "type", "official"),
        ("type:communiqué", "type", "official"),
        ("avant:2024-01", "before", "2024-01"),
        ("après:2023", "after", "2023"),
        ("apres:5/1/2023", "after", "2023-01-05"),
        ("date:01/2024", "date", "2024-01"),
        ("personne:« Maud Kerrien »", "person", "Maud Kerrien"),
        ("programme:Rivières", "programme", "Rivières"),
        ("organisme:AdCF", "organisation", "AdCF"),
        ("source:gazette", "source", "gazette"),
    ],
)
def test_fields(typed: str, field: Field, value: str) -> None:
    assert parse_query(typed).filters == (Filter(field=field, value=value),)


@pytest.mark.parametrize("typed", ["statut:violet", "avant:2024-13", "avant:hier", "type:roman"])
def test_a_value_that_means_nothing_is_searched_as_words(typed: str) -> None:
    query = parse_query(typed)
    assert query.filters == ()
    assert len(query.groups) == 2


def test_a_filter_may_be_excluded() -> None:
    assert parse_query("-statut:payé").filters == (
        Filter(field="status", value="paid", negated=True),
    )


def test_what_is_very_long_is_cut() -> None:
    query = parse_query("mot " * 100_000)
    assert len(query.groups) <= 24


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("status", "paid"),
        ("territory", "departement/35"),
        ("programme", "Plan Rivières"),
        ("date", "2024-03"),
        ("type", "press"),
        ("kind", "amount"),
    ],
)
def test_a_filter_written_as_typed_is_read_back(field: Field, value: str) -> None:
    assert parse_query(as_typed(field, value)).filters == (Filter(field=field, value=value),)


TYPED = st.text() | st.text(alphabet='abé1 0.,:;-*«»"“”()OUORAND>=<€M%/^{}+\u00a0\u202f\n')


@given(TYPED)
def test_nothing_typed_is_an_error(typed: str) -> None:
    query = parse_query(typed)
    conn = sqlite3.connect(":memory:")
    conn.execute("CREATE VIRTUAL TABLE f USING fts5(stems)")
    for expression in (to_fts(query), excluded_to_fts(query)):
        if expression is not None:
            conn.execute("SELECT rowid FROM f WHERE f MATCH ?", (expression,)).fetchall()
    conn.close()


@given(st.sampled_from(["montant", "valeur", "avant", "territoire", "statut", "source"]), TYPED)
def test_no_value_of_a_field_is_an_error(field: str, value: str) -> None:
    assert parse_query(f"{field}:{value}").text == f"{field}:{value}"
