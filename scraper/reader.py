"""The article reader: bytes of a page, a PDF, a text or a JSON file to one `Article`.

The way in for all others is `read_snapshot` (what the collector archived) and `read_bytes` (a file
of the command line). Both raise `ReadError`, with a message that says what is wrong with the input.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import PurePosixPath
from typing import Literal
from urllib.parse import urlsplit

from recoupe.errors import ReadError
from recoupe.records import Article, DocumentKind, Snapshot, Source
from recoupe.scraper.encoding import decode
from recoupe.scraper.metadata import kind_of
from recoupe.scraper.plain_text import json_article, text_article
from recoupe.scraper.published import normal_date

Media = Literal["text", "html", "pdf", "json"]

#: Largest inputs read: bytes of a page or a text, bytes of a PDF, characters of an article.
MAX_BYTES = 10_000_000
MAX_PDF_BYTES = 60_000_000
MAX_TEXT = 5_000_000

_BY_SUFFIX: Mapping[str, Media] = {
    ".txt": "text", ".md": "text", ".text": "text", ".html": "html", ".htm": "html",
    ".xhtml": "html", ".shtml": "html", ".php": "html", ".asp": "html", ".aspx": "html",
    ".pdf": "pdf", ".json": "json",
}  # fmt: skip
_BY_TYPE: Mapping[str, Media] = {
    "text/html": "html", "application/xhtml+xml": "html", "application/pdf": "pdf",
    "application/x-pdf": "pdf", "text/plain": "text", "text/markdown": "text",
    "application/json": "json", "application/ld+json": "json",
}  # fmt: skip
_HTML_STARTS = (b"<!doctype html", b"<html", b"<head", b"<body", b"<?xml", b"<!--")
_OTHERS = (
    (b"PK\x03\x04", "a zip archive or an office document"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"\x89PNG", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"GIF8", "an image"),
    (b"{\\rtf", "an RTF document"),
    (b"\x1f\x8b", "a compressed file"),
)


def read_snapshot(snapshot: Snapshot, *, source: Source | None = None) -> Article:
    """The article in what an address served; its kind is the source's or the snapshot's own."""
    media = media_of(urlsplit(snapshot.final_url).path, snapshot.content_type, snapshot.body)
    article = read_bytes(
        snapshot.body,
        media=media,
        url=snapshot.final_url,
        charset=snapshot.charset,
        kind=source.kind if source else snapshot.kind,
        source=source,
    )
    return replace(
        article,
        source=article.source or snapshot.source,
        snapshot_sha256=snapshot.sha256,
    )


def read_bytes(
    body: bytes,
    *,
    media: Media,
    url: str | None = None,
    charset: str | None = None,
    kind: DocumentKind | None = None,
    source: Source | None = None,
    published_at: str | None = None,
) -> Article:
    """The article in ``body``; ``kind`` and ``published_at`` overrule what the input says.

    Raises `ReadError` where there is none: empty or binary bytes, a page without an article, a
    PDF without text, invalid JSON, more than the limits above.
    """
    _check_size(body, media)
    article = _read(body, media, url, charset, source)
    if len(article.text) > MAX_TEXT:
        raise ReadError(
            f"the text has {len(article.text):,} characters, more than the {MAX_TEXT:,} that are"
            " read as one article; split it"
        )
    return _overruled(article, url, kind, source, published_at)


def media_of(name: str | None, content_type: str | None, body: bytes) -> Media:
    """What the bytes are: by their own first bytes, the declared type, then the file's name.

    Servers call PDFs "application/octet-stream" and error pages "application/pdf", so bytes that
    speak for themselves come first.
    """
    start = body[:1024].lstrip(b"\xef\xbb\xbf \t\r\n")
    if b"%PDF-" in body[:1024]:
        return "pdf"
    if start[:20].lower().startswith(_HTML_STARTS):
        return "html"
    declared = _BY_TYPE.get((content_type or "").split(";")[0].strip().lower())
    suffix = _BY_SUFFIX.get(PurePosixPath(name or "").suffix.lower())
    if declared == "text" and suffix:
        return suffix
    return declared or suffix or _sniffed(start)


def _read(
    body: bytes, media: Media, url: str | None, charset: str | None, source: Source | None
) -> Article:
    match media:
        case "pdf":
            from recoupe.scraper.pdf import read_pdf

            return read_pdf(body, url=url)
        case "html":
            from recoupe.scraper.page import read_page

            return read_page(decode(body, charset=charset, html=True).text, url=url, source=source)
        case "json":
            return json_article(decode(body, charset=charset).text)
        case "text":
            return text_article(decode(body, charset=charset).text)


def _check_size(body: bytes, media: Media) -> None:
    if not body.strip(b"\x00 \t\r\n\xef\xbb\xbf"):
        raise ReadError("the input is empty: no bytes, or nothing but white space")
    limit = MAX_PDF_BYTES if media == "pdf" else MAX_BYTES
    if len(body) > limit:
        raise ReadError(f"the input has {len(body):,} bytes, more than the {limit:,} that are read")
    for mark, what in _OTHERS:
        if body.startswith(mark):
            raise ReadError(f"the input is {what}; give a .txt, .html, .pdf or .json file")


def _overruled(
    article: Article,
    url: str | None,
    kind: DocumentKind | None,
    source: Source | None,
    published_at: str | None,
) -> Article:
    """The article with what the caller knows better, each such field with its origin."""
    origins = dict(article.origins)
    found, origin = kind_of(article.url or url, source)
    if "kind" in origins and origin == "default":
        found, origin = article.kind, origins["kind"]
    if kind is not None:
        found, origin = kind, "source" if source else "flag"
    date = article.published_at
    if published_at is not None:
        date, origins["published_at"] = _given_date(published_at), "flag"
    return replace(
        article,
        kind=found,
        url=article.url or url,
        source=article.source or (source.name if source else None),
        territory=article.territory or (source.territory if source else None),
        published_at=date,
        origins={**origins, "kind": origin},
    )


def _given_date(value: str) -> str:
    date = normal_date(value)
    if date is None:
        raise ReadError(f"{value!r} is no date of publication; write it as 2024-02-03")
    return date


def _sniffed(start: bytes) -> Media:
    if start[:1] == b"{":
        try:
            return "json" if isinstance(json.loads(start), dict) else "text"
        except ValueError:
            return "json" if b'"text"' in start or b'"document"' in start else "text"
    lowered = start.lower()
    tags = sum(lowered.count(tag) for tag in (b"<p>", b"<div", b"<p ", b"<br", b"<title", b"<meta"))
    return "html" if tags > 1 else "text"
