"""The way into the reader: media, limits, plain text and JSON, what the caller overrules."""

from __future__ import annotations

import hashlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recoupe.errors import ReadError
from recoupe.records import DocumentKind, Snapshot
from recoupe.scraper.plain_text import headline
from recoupe.scraper.reader import MAX_BYTES, MAX_TEXT, Media, media_of, read_bytes, read_snapshot

TEXT = (
    "Un premier bilan du plan\r\n\r\nLe fonds a versé 12\xa0M€, « à ce jour ».\n \n\n37 % restent."
)


def test_plain_text_is_unchanged_to_the_character() -> None:
    article = read_bytes(b"\xef\xbb\xbf" + TEXT.encode(), media="text")
    assert article.text == TEXT
    assert article.title == "Un premier bilan du plan"
    assert article.standfirst is None
    assert article.kind == "press"


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]), min_size=1))
def test_any_text_comes_back_unchanged(text: str) -> None:
    body = text.encode()
    if text.strip(" \t\r\n\x00\ufeff") and text.strip() and text[0] != "\ufeff":
        assert read_bytes(body, media="text", charset="utf-8").text == text


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Archives\n\nUn premier bilan du plan\n\nLe texte.", "Un premier bilan du plan"),
        ("Le texte commence ici, sans titre.\n\nIl va plus loin.", None),
        (
            "Publié le 3 février 2024\n\nUn bilan en demi-teinte\n\nLe texte.",
            "Un bilan en demi-teinte",
        ),
        ("Un titre sans ligne vide\nLe texte suit.", None),
        ("Seule ligne du fichier", None),
        ("Quel bilan pour le plan ?\n\nLe texte.", "Quel bilan pour le plan ?"),
    ],
)
def test_a_headline_is_a_lone_line_among_the_first_blocks(text: str, title: str | None) -> None:
    assert headline(text) == title


@pytest.mark.parametrize(
    ("name", "content_type", "body", "media"),
    [
        ("a.pdf", None, b"%PDF-1.7", "pdf"),
        ("a", "application/octet-stream", b"\n%PDF-1.4", "pdf"),
        ("a.pdf", "application/pdf", b"<!DOCTYPE html><p>404", "html"),
        ("/page", "text/html", b"bonjour", "html"),
        ("a.txt", None, b"bonjour", "text"),
        ("a.html", "text/plain", b"bonjour", "html"),
        ("a.json", None, b"{}", "json"),
        (None, None, b'{"text": "a"}', "json"),
        (None, None, b'{"text": "' + b"a" * 2000 + b'"}', "json"),
        (None, None, b"{ce n'est pas du JSON}", "text"),
        (None, None, b"\xef\xbb\xbf <html lang=fr>", "html"),
        (None, None, b"<div><p>Bonjour</p></div>", "html"),
        (None, None, b"Bonjour", "text"),
        (None, None, b"", "text"),
    ],
)
def test_media_come_from_bytes_then_type_then_name(
    name: str | None, content_type: str | None, body: bytes, media: str
) -> None:
    assert media_of(name, content_type, body) == media


def test_a_document_object_is_read_back() -> None:
    document = {
        "id": 3, "url": "https://www.senat.fr/x", "source": "senat", "kind": "official",
        "title": "Un titre", "standfirst": None, "author": None, "published_at": "2024-02-03",
        "language": "fr", "text": TEXT,
    }  # fmt: skip
    for value in (document, {"schema_version": 1, "document": document}):
        article = read_bytes(json.dumps(value).encode(), media="json")
        assert (article.text, article.kind, article.title) == (TEXT, "official", "Un titre")
        assert (article.published_at, article.source) == ("2024-02-03", "senat")


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ("{", "no valid JSON"),
        ("[" * 100_000, "no valid JSON"),
        ("[]", "list of 0"),
        ('[{"text": "a"}]', "list of 1"),
        ('"a"', "no object"),
        ("{}", 'no "text"'),
        ('{"text": 3}', 'no "text"'),
        ('{"text": "a", "title": 3}', "no string"),
        ('{"text": "a", "kind": "blog"}', "official"),
        ('{"text": "a", "published_at": "hier"}', "no date"),
    ],
)
def test_other_json_is_refused_with_the_reason(value: str, message: str) -> None:
    with pytest.raises(ReadError, match=message):
        read_bytes(value.encode(), media="json")


@pytest.mark.parametrize(
    ("body", "media", "message"),
    [
        (b"", "text", "empty"),
        (b" \r\n\t", "html", "empty"),
        ("\xa0\n".encode(), "text", "no text"),
        (b"\x00\x01\x02\x03\x04" * 50, "text", "no text"),
        (b"PK\x03\x04 docx", "text", "zip archive"),
        (b"\x89PNG....", "text", "an image"),
        (b"a" * (MAX_BYTES + 1), "text", "bytes, more than"),
        (b"a" * (MAX_TEXT + 1), "text", "characters, more than"),
        (b"<html></html>", "html", "no article"),
    ],
)
def test_what_cannot_be_read_says_why(body: bytes, media: Media, message: str) -> None:
    with pytest.raises(ReadError, match=message):
        read_bytes(body, media=media)


def test_the_caller_overrules_kind_and_date() -> None:
    article = read_bytes(
        TEXT.encode(),
        media="text",
        url="https://x.example/a",
        kind="official",
        published_at="3/2/2024",
    )
    assert (article.kind, article.published_at) == ("official", "2024-02-03")
    assert (article.origins["kind"], article.origins["published_at"]) == ("flag", "flag")
    assert article.url == "https://x.example/a"


def test_a_date_that_is_none_is_refused() -> None:
    with pytest.raises(ReadError, match="no date"):
        read_bytes(TEXT.encode(), media="text", published_at="hier")


@pytest.mark.parametrize("kind", ["press", "official", None])
def test_a_snapshot_keeps_its_source_and_digest(kind: DocumentKind | None) -> None:
    body = TEXT.encode("cp1252")
    digest = hashlib.sha256(body).hexdigest()
    snapshot = Snapshot(
        url="https://www.senat.fr/a",
        final_url="https://www.senat.fr/b.txt",
        source="senat",
        kind=kind,
        fetched_at="2024-02-03T08:00:00+01:00",
        content_type="text/plain",
        charset="iso-8859-1",
        body=body,
        sha256=digest,
    )
    article = read_snapshot(snapshot)
    assert article.text == TEXT
    assert (article.source, article.snapshot_sha256) == ("senat", digest)
    assert article.kind == (kind or "official")
    assert article.url == "https://www.senat.fr/b.txt"
