"""How well a page was read: the document that it was made from against the article read back.

Pure functions; nothing here reads a page. Bodies are compared by shingles of four words, since a
missing or a foreign sentence then costs what it holds.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean

from recoupe.corpus import furniture
from recoupe.corpus.blocks import BulletList, Signature, Table
from recoupe.corpus.documents import Document
from recoupe.records import Article

SHINGLE = 4
_TOKEN = re.compile(r"\w+")
_SPACE = re.compile(r"[\s\u00a0\u202f]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class PageScore:
    """One page: what came back right, the body as shares from 0 to 1, and lines that leaked.

    ``paywalled`` is right where the page is closed and was said to be, or is open and was not.
    """

    slug: str
    family: str
    title: bool
    standfirst: bool
    precision: float
    recall: float
    f1: float
    author: bool
    published: bool
    kind: bool
    paywalled: bool
    leaked: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Aggregate:
    """Several pages: shares of pages that are right, means of the body, and leaked lines in all.

    ``standfirst`` counts all pages: inventing one where there is none is wrong too.
    """

    pages: int
    title: float
    standfirst: float
    precision: float
    recall: float
    f1: float
    author: float
    published: float
    kind: float
    paywalled: float
    leaked: int


def score_page(document: Document, article: Article) -> PageScore:
    """Compare what a reader made of a document's page with the document."""
    precision, recall, f1 = overlap(plain_text(document), article.text)
    return PageScore(
        slug=document.slug,
        family=document.family,
        title=same(document.title, article.title),
        standfirst=same(document.standfirst, article.standfirst),
        precision=precision,
        recall=recall,
        f1=f1,
        author=same(document.author, article.author),
        published=document.published_at[:10] == article.published_on,
        kind=document.kind == article.kind,
        paywalled=document.paywalled == bool(article.paywalled),
        leaked=leaks(document.source, article.text),
    )


def aggregate(scores: Sequence[PageScore]) -> Aggregate:
    """Scores of some pages as one; raises `ValueError` for none."""
    if not scores:
        raise ValueError("no page was scored, so there is nothing to sum up")
    return Aggregate(
        pages=len(scores),
        title=fmean(score.title for score in scores),
        standfirst=fmean(score.standfirst for score in scores),
        precision=fmean(score.precision for score in scores),
        recall=fmean(score.recall for score in scores),
        f1=fmean(score.f1 for score in scores),
        author=fmean(score.author for score in scores),
        published=fmean(score.published for score in scores),
        kind=fmean(score.kind for score in scores),
        paywalled=fmean(score.paywalled for score in scores),
        leaked=sum(len(score.leaked) for score in scores),
    )


def plain_text(document: Document) -> str:
    """A document's words in their order, without the marks of lists, tables and signatures."""
    parts: list[str] = []
    for block in document.blocks:
        if isinstance(block, Table):
            parts += [" ".join(row) for row in (block.header, *block.rows)]
        elif isinstance(block, BulletList):
            parts += block.items
        else:
            parts.append(block.text if isinstance(block, Signature) else block.source)
    return "\n\n".join(parts)


def overlap(wanted: str, found: str) -> tuple[float, float, float]:
    """Precision, recall and F1 of the shingles of ``found``, each counted as often as it stands."""
    ours, theirs = _shingles(wanted), _shingles(found)
    common = (ours & theirs).total()
    if not common:
        return 0.0, 0.0, 0.0
    precision, recall = common / theirs.total(), common / ours.total()
    return precision, recall, 2 * precision * recall / (precision + recall)


def leaks(source: str, text: str) -> tuple[str, ...]:
    """The lines of a source's furniture that stand in a text."""
    folded = _folded(text)
    return tuple(line for line in furniture.lines(source) if _folded(line) in folded)


def same(wanted: str | None, found: str | None) -> bool:
    """Whether two fields say the same, white space and the form of accents aside."""
    return _folded(wanted or "") == _folded(found or "")


def _shingles(text: str) -> Counter[tuple[str, ...]]:
    tokens = _TOKEN.findall(unicodedata.normalize("NFC", text).casefold())
    count = max(1, len(tokens) - SHINGLE + 1)
    return Counter(tuple(tokens[start : start + SHINGLE]) for start in range(count) if tokens)


def _folded(text: str) -> str:
    return _SPACE.sub(" ", unicodedata.normalize("NFC", text)).strip()
