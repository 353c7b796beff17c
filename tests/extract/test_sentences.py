"""Sentences of pasted data are cut, those of prose are not."""

from __future__ import annotations

from collections.abc import Callable

from recoupe.records import Extraction

Analyse = Callable[..., Extraction]


def test_a_pasted_row_is_read_in_parts(analyse_text: Analyse) -> None:
    extraction = analyse_text("12 projets, " * 400)
    assert [figure.object for figure in extraction.quantities] == ["projets"] * 400
    assert max(end - start for start, end in (f.evidence for f in extraction.facts)) < 2_000


def test_a_long_sentence_of_prose_is_whole(analyse_text: Analyse) -> None:
    reason = "qui a vu ses rues, ses écoles et ses commerces se vider au fil des ans"
    text = f"La commune, {', '.join([reason] * 8)}, a versé 3 millions d’euros."
    (fact,) = analyse_text(text).facts
    assert fact.evidence == (0, len(text))
