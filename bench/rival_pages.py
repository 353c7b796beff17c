"""Readers of pages that a user could install instead, on the corpus's HTML pages."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from statistics import fmean

from recoupe.corpus import sites
from recoupe.corpus.documents import Document, load
from recoupe.corpus.page_scores import leaks, overlap, plain_text, same
from recoupe.page_reading import read_back

_BASE = "http://newsroom.recoupe.example"


@dataclass(frozen=True, slots=True)
class Read:
    """What a reader made of a page."""

    title: str | None
    text: str


def pages_table(documents: Sequence[Document]) -> Iterator[str]:
    """Rows of Markdown: title, body, and pages into which a line around the article leaked."""
    pages = [document for document in documents if document.family != "pdf"]
    yield "| pages | title right | body P | body R | body F1 | pages with leaks |"
    yield "|---|---|---|---|---|---|"
    for name, make in (
        ("trafilatura, precision", _trafilatura),
        ("newspaper4k", _newspaper),
    ):
        try:
            reader = make()
        except ImportError as error:
            yield f"| {name} | not loaded: {type(error).__name__} | | | | |"
            continue
        whole = load()
        bodies = [sites.document_page(document, whole, _BASE).body for document in pages]
        yield _row(name, pages, [reader(body) for body in bodies])
    ours = [Read(article.title, article.text) for _, article in read_back(pages)]
    yield _row("**Recoupe**", pages, ours)


def _trafilatura() -> Callable[[bytes], Read]:
    import trafilatura

    def read(body: bytes) -> Read:
        found = trafilatura.bare_extraction(
            body, favor_precision=True, include_comments=False, with_metadata=True
        )
        return Read(getattr(found, "title", None), getattr(found, "text", None) or "")

    return read


def _newspaper() -> Callable[[bytes], Read]:
    import newspaper

    def read(body: bytes) -> Read:
        article = newspaper.Article(f"{_BASE}/", language="fr")
        article.download(input_html=body)
        article.parse()
        return Read(article.title, article.text)

    return read


def _row(name: str, documents: Sequence[Document], read: Sequence[Read]) -> str:
    pairs = list(zip(documents, read, strict=True))
    bodies = [overlap(plain_text(document), found.text) for document, found in pairs]
    titles = fmean(same(document.title, found.title) for document, found in pairs)
    leaked = sum(bool(leaks(document.source, found.text)) for document, found in pairs)
    shares = [titles, *(fmean(body[index] for body in bodies) for index in range(3))]
    cells = " | ".join(f"{share:.3f}" for share in shares)
    return f"| {name} | {cells} | {leaked} of {len(documents)} |"
