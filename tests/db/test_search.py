"""A search finds the figures and sentences it should, and marks why."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlite_utils import Database

from recoupe.db import search
from recoupe.db.query import as_typed, parse_query
from recoupe.db.store import store
from recoupe.records import Extraction, Source

Maker = Callable[..., Extraction]
Q1, Q2, Q3, Q4 = "12 millions d’euros", "3,5 millions", "48 chantiers", "120"
ALL = {Q1, Q2, Q3, Q4}


@pytest.fixture
def filled(db: Database, sample_extraction: Maker, sample_source: Source) -> Database:
    """One article, of which an older wording is stored too."""
    store(db, sample_extraction(article_title="Ancien"), seen_at="2024-03-05", source=sample_source)
    store(db, sample_extraction(), seen_at="2024-03-06", source=sample_source)
    return db


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("", ALL),
        ("chantier", {Q3, Q4}),
        ("CHANTIERS achevée", {Q3, Q4}),
        ("chantier OU rivière", ALL),
        ("« chantiers sur 120 »", {Q3, Q4}),
        ("« sur chantiers »", set()),
        ("riv*", {Q1, Q2}),
        ("-chantier", {Q1, Q2}),
        ("délai", set()),
        ("montant:>5M", {Q1}),
        ("montant:3,5M€", {Q2}),
        ("montant:1M..20M", {Q1, Q2}),
        ("montant:<20M$", set()),
        ("valeur:<50", {Q3}),
        ("valeur:48..120", {Q3, Q4}),
        ("statut:versé", {Q2}),
        ("statut:versé statut:annoncé", {Q1, Q2}),
        ("-statut:versé", {Q1, Q3, Q4}),
        ("nature:montant", {Q1, Q2}),
        ("territoire:Fougères", {Q1}),
        ("territoire:fougeres", {Q1}),
        ("territoire:35115", {Q1}),
        ("territoire:Ille-et-Vilaine", {Q1, Q3}),
        ("territoire:35", {Q1, Q3}),
        ("territoire:departement/35", {Q1, Q3}),
        ("territoire:Rennes", set()),
        ("territoire:bretagne", {Q1, Q3}),
        ("programme:rivieres", {Q1, Q2}),
        ("personne:« préfecture d’Ille-et-Vilaine »", {Q3}),
        ("source:gazette", ALL),
        ('source:"La Gazette des rivières"', ALL),
        ("type:presse", ALL),
        ("type:officiel", set()),
        ("avant:2024-03-05", set()),
        ("avant:2024-04", ALL),
        ("après:2023", ALL),
        ("après:2024-03", set()),
        ("depuis:2024-03", ALL),
        ("date:2024", ALL),
        ("confiance:<0,95", {Q2}),
        ("chantier statut:versé", set()),
        ("'; DROP TABLE facts; --", set()),
    ],
)
def test_figures_found(filled: Database, typed: str, expected: set[str]) -> None:
    query = parse_query(typed)
    found = search.search_facts(filled.conn, query)
    assert {row["text"] for row in found} == expected
    assert len(found) == len(expected)
    statement = search.count_sql(query)
    assert filled.conn.execute(statement.sql, statement.params).fetchone() == (len(expected),)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("", [0, 1, 2]),
        ("délai", [1]),
        ("personne:kerrien", [1]),
        ("organisme:« agence de l'eau »", [1]),
        ("programme:rivières", [0]),
        ("territoire:35", [0, 2]),
        ("statut:versé montant:>5M", []),
        ("statut:annoncé montant:>5M", [0]),
        ("source:gazette -délai", [0, 2]),
        ("avant:2020", []),
    ],
)
def test_sentences_found(filled: Database, typed: str, expected: list[int]) -> None:
    query = parse_query(typed)
    assert [row["position"] for row in search.search_sentences(filled.conn, query)] == expected
    statement = search.count_sentences_sql(query)
    assert filled.conn.execute(statement.sql, statement.params).fetchone() == (len(expected),)


def test_orders_and_pages(filled: Database) -> None:
    query = parse_query("")
    largest = search.search_facts(filled.conn, query, order="largest")
    smallest = search.search_facts(filled.conn, query, order="smallest")
    assert [row["text"] for row in largest] == [Q1, Q2, Q4, Q3]
    assert [row["text"] for row in smallest] == [Q3, Q4, Q2, Q1]
    second = search.search_facts(filled.conn, query, order="largest", limit=2, offset=2)
    assert [row["text"] for row in second] == [Q4, Q3]
    assert len(search.search_facts(filled.conn, query, limit=None)) == 4


def test_a_facet_counts_the_figures_that_its_values_find(filled: Database) -> None:
    for facet, found in search.facets(filled.conn, parse_query("")).items():
        for row in found:
            query = parse_query(as_typed(facet, str(row["value"])))
            assert query.filters, row
            matching = len(search.search_facts(filled.conn, query))
            # A département holds the figures of its communes too.
            assert matching == row["count"] or (facet == "territory" and matching == 2)


def test_a_facet_leaves_its_own_filter_out(filled: Database) -> None:
    chosen = search.facets(filled.conn, parse_query("statut:versé"))
    assert {row["value"] for row in chosen["status"]} == {"announced", "paid", "achieved", "none"}
    assert {row["value"] for row in chosen["kind"]} == {"amount"}


@pytest.mark.parametrize(
    ("typed", "text", "marked"),
    [
        ("régions", "La Région et les régions.", ["Région", "régions"]),
        ("etat", "L’État s’engage.", ["État"]),
        ("elu", "des e\u0301lus", ["e\u0301lus"]),
        ("commune", "en commun", []),
        ("1200", "1\u202f200 projets", ["1\u202f200"]),
        ("« plan de relance »", "le plan de relance et le plan", ["plan de relance"]),
        ("industri*", "l’industrie industrielle", ["industrie", "industrielle"]),
        ("plan relance", "la relance du plan", ["relance", "plan"]),
        ("-plan", "le plan", []),
        ("œuvre", "des oeuvres", ["oeuvres"]),
        ("Ille-et-Vilaine", "en Ille-et-Vilaine", ["Ille-et-Vilaine"]),
    ],
)
def test_hits_are_marked_in_the_text_as_it_stands(typed: str, text: str, marked: list[str]) -> None:
    spans = search.mark(text, parse_query(typed))
    assert [text[start:end] for start, end in spans] == marked


@given(st.text(), st.text())
def test_marks_lie_in_the_text_in_order_and_apart(text: str, typed: str) -> None:
    end = 0
    for start, stop in search.mark(text, parse_query(typed)):
        assert end <= start < stop <= len(text)
        end = stop


@given(st.text(alphabet="abcdéè ,.'’0123456789", min_size=1))
def test_a_text_searched_for_itself_is_marked_from_its_first_word_to_its_last(text: str) -> None:
    quoted = parse_query(f"« {text} »")
    spans = search.mark(text, quoted)
    assert len(spans) == len(quoted.groups)
