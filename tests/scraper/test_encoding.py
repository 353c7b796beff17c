"""Encodings of French files: what is declared, what is there, windows-1252 under false names."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recoupe.errors import ReadError
from recoupe.scraper.encoding import decode

TEXT = "L’État versera 12 M€ au cœur de l’été, « à Noël »… soit 1\xa0200 œuvres."


@pytest.mark.parametrize(
    ("body", "charset", "origin"),
    [
        (TEXT.encode(), "utf-8", "http"),
        (TEXT.encode(), None, "detection"),
        (TEXT.encode(), "iso-8859-1", "detection"),
        (TEXT.encode("cp1252"), "iso-8859-1", "http"),
        (TEXT.encode("cp1252"), "windows-1252", "http"),
        (TEXT.encode("cp1252"), "utf-8", "detection"),
        (TEXT.encode("cp1252"), "no-such-charset", "detection"),
        (TEXT.encode("cp1252"), None, "detection"),
        (TEXT.encode("mac_roman"), None, "detection"),
        (codecs.BOM_UTF8 + TEXT.encode(), "iso-8859-1", "bom"),
        (codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"), None, "bom"),
        (TEXT.encode("utf-16-le"), None, "detection"),
    ],
)
def test_the_text_comes_out_whatever_it_is_called(
    body: bytes, charset: str | None, origin: str
) -> None:
    decoded = decode(body, charset=charset)
    assert decoded.text == TEXT
    assert decoded.origin == origin


@pytest.mark.parametrize(
    "head",
    [
        b'<meta charset="iso-8859-1">',
        b'<META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset=ISO-8859-1">',
        b"<meta charset=latin1>",
        b'<?xml version="1.0" encoding="windows-1252"?>',
    ],
)
def test_a_page_that_says_latin_1_is_read_as_windows_1252(head: bytes) -> None:
    decoded = decode(head + TEXT.encode("cp1252"), html=True)
    assert decoded.text.endswith(TEXT)
    assert (decoded.encoding, decoded.origin) == ("cp1252", "page")


def test_another_declared_encoding_is_kept() -> None:
    assert decode("œuvre à 3 €".encode("iso-8859-15"), charset="iso-8859-15").text == "œuvre à 3 €"


def test_a_page_that_says_utf_16_in_ascii_is_utf_8() -> None:
    assert decode(b'<meta charset="utf-16">' + TEXT.encode(), html=True).text.endswith(TEXT)


def test_one_broken_byte_does_not_spoil_a_utf_8_page() -> None:
    body = (TEXT * 20).encode() + b"\xff"
    assert decode(body, charset="utf-8").text == TEXT * 20 + "\ufffd"


@pytest.mark.parametrize("body", [bytes(range(32)) * 40, b"\x00\x01\x02\x03" * 100])
def test_binary_bytes_are_refused(body: bytes) -> None:
    with pytest.raises(ReadError, match="no text"):
        decode(body)


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"])))
def test_utf_8_comes_back_unchanged(text: str) -> None:
    assert decode(text.encode(), charset="utf-8").text == text.removeprefix("\ufeff")


@given(st.binary(max_size=400), st.sampled_from([None, "utf-8", "iso-8859-1", "utf-7", "x"]))
def test_any_bytes_give_text_or_a_read_error(body: bytes, charset: str | None) -> None:
    try:
        assert isinstance(decode(body, charset=charset, html=True).text, str)
    except ReadError as error:
        assert "no text" in str(error)  # noqa: PT017
