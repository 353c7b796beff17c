"""Read back the corpus's pages as a collector would get them: each document, and what was read."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence

from recoupe.corpus import sites
from recoupe.corpus.documents import Document, load
from recoupe.records import Article, Snapshot
from recoupe.scraper.reader import read_snapshot

_ADDRESS = "newsroom.recoupe.example"


def read_back(documents: Sequence[Document]) -> Iterator[tuple[Document, Article]]:
    """Every document with the article that the reader makes of its page or PDF."""
    whole = load()
    declared = {source.name: source for source in sites.sources(whole, _ADDRESS)}
    for document in documents:
        yield (
            document,
            read_snapshot(_snapshot(document, whole), source=declared[document.source]),
        )


def _snapshot(document: Document, whole: Sequence[Document]) -> Snapshot:
    page = sites.document_page(document, whole, f"http://{_ADDRESS}")
    content_type, _, charset = page.content_type.partition("; charset=")
    return Snapshot(
        url=f"http://{_ADDRESS}{document.path}",
        final_url=f"http://{_ADDRESS}{document.path}",
        source=document.source,
        kind=document.kind,
        fetched_at=document.published_at,
        content_type=content_type,
        charset=charset or None,
        body=page.body,
        sha256=hashlib.sha256(page.body).hexdigest(),
    )
