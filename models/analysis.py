"""Run the pipeline over articles, batch by batch, in flat memory."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from spacy.language import Language
from spacy.tokens import Doc

from recoupe.errors import DocumentError
from recoupe.extract.annotations import annotations_of, attach
from recoupe.models.pipeline import describe
from recoupe.records import Article, Extraction, Span

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Analysed:
    """One article with what was found in it, or with the error that stopped its extraction."""

    article: Article
    extraction: Extraction | None = None
    error: Exception | None = None


def analyse(
    nlp: Language, articles: Iterable[Article], *, batch_size: int = 8
) -> Iterator[Analysed]:
    """Extract from each article, in order; one that fails does not stop the others.

    ``batch_size`` counts documents: 4 to 16 is fastest, 64 is slower and larger (measured).
    """
    remaining = iter(articles)
    while batch := list(islice(remaining, batch_size)):
        yield from _analyse_batch(nlp, batch)


def _analyse_batch(nlp: Language, batch: list[Article]) -> list[Analysed]:
    with nlp.memory_zone():
        try:
            docs = nlp.pipe([_doc(nlp, article) for article in batch], batch_size=len(batch))
            return [_analysed(article, doc) for article, doc in zip(batch, docs, strict=True)]
        except Exception as error:  # noqa: BLE001  found again, and reported, by itself
            _log.debug("a batch of %d failed (%s); one at a time now", len(batch), error)
    return [_analyse_one(nlp, article) for article in batch]


def _analyse_one(nlp: Language, article: Article) -> Analysed:
    with nlp.memory_zone():
        try:
            return _analysed(article, nlp(_doc(nlp, article)))
        except Exception as error:  # noqa: BLE001  any failure of one document is its own
            return Analysed(article=article, error=error)


def _doc(nlp: Language, article: Article) -> Doc:
    if len(article.text) > nlp.max_length:
        raise DocumentError(
            f"a text of {len(article.text):,} characters; at most {nlp.max_length:,} are taken"
        )
    return attach(nlp.make_doc(article.text), article)


def _analysed(article: Article, doc: Doc) -> Analysed:
    extraction = extraction_of(doc)
    extraction.check()
    return Analysed(article=article, extraction=extraction)


def extraction_of(doc: Doc) -> Extraction:
    """All that the components left on ``doc``, as one record."""
    found = annotations_of(doc)
    return Extraction(
        article=found.article,
        pipeline=describe(),
        sentences=tuple(_sentences(doc)),
        quantities=tuple(found.quantities),
        references=tuple(found.references),
        dates=tuple(found.dates),
        territories=tuple(found.territories),
        people=tuple(found.people),
        organisations=tuple(found.organisations),
        programmes=tuple(found.programmes),
        quotes=tuple(found.quotes),
        facts=tuple(found.facts),
        comparisons=tuple(found.comparisons),
    )


def _sentences(doc: Doc) -> Iterator[Span]:
    """Sentences without the white space at their ends; empty ones are left out."""
    for sentence in doc.sents:
        words = [token for token in sentence if not token.is_space]
        if words:
            yield words[0].idx, words[-1].idx + len(words[-1])
