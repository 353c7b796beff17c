"""A pattern is tried only in the pieces of a text that hold its words, and misses nothing."""

from __future__ import annotations

import re

import pytest

from recoupe.extract.figures.pieces import Pieces

_HALF = re.compile(r"(?<![\w-])(?:la )?moitié(?![\w-])", re.IGNORECASE)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Rien ici.",
        "La moitié part. L'autre moitié reste.",
        "La Moitié, puis la\u00a0moitié : la moitié\nLA MOITIÉ",
        "moitié-moitié ; moitié ! La moitié? Moitié",
        "Ligne une.\n\nLa moitié\n\n\nla\nmoitié.\n",
    ],
)
def test_every_match_is_found_in_order(text: str) -> None:
    found = [match.span() for match in Pieces(text).matches(_HALF, ("moitié",))]
    assert found == [match.span() for match in _HALF.finditer(text)]


def test_a_piece_that_holds_two_words_is_read_once() -> None:
    pieces = Pieces("Un tiers, un quart. Un demi.")
    pattern = re.compile(r"[Uu]n (?:tiers|quart|demi)")
    found = [match.group() for match in pieces.matches(pattern, ("tiers", "quart"))]
    assert found == ["Un tiers", "un quart"]


def test_words_are_told_from_low_letters_and_plain_spaces() -> None:
    pieces = Pieces("Deux\u202fFOIS\u00a0le prix")
    assert [m.group() for m in pieces.matches(re.compile("FOIS"), (" fois ",))] == ["FOIS"]
