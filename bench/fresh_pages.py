"""Press pages that nothing has seen: sentences dealt out once each, set as the newsroom's HTML.

A sentence is used in one page only, so that the lemmatizer's cache, which keeps every form it has
met, helps neither side with a text that it has already read.
"""

from __future__ import annotations

import hashlib
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from recoupe.corpus.blocks import Heading, Paragraph
from recoupe.corpus.documents import Document, Family
from recoupe.corpus.documents import load as load_corpus
from recoupe.corpus.pages import article_page
from recoupe.records import Snapshot

#: Beside the repository where the project's data are at hand.
SENTENCES = Path(__file__).parents[2] / "shared/data/reading/sentences.txt"
#: Words of a page, about 750 tokens: the length of the articles the goals are set for.
WORDS = 600
_PARAGRAPH = 4
_HOST = "https://bench.example"
_FIRST_DAY = datetime(2024, 1, 1, 8, 30, tzinfo=UTC)
_FAMILIES: tuple[tuple[str, Family], ...] = (
    ("gazette", "jsonld"),
    ("lettre", "wordpress"),
    ("prefecture", "dsfr"),
)


class TooLittleTextError(Exception):
    """The file holds fewer sentences than the rounds need."""


@dataclass(frozen=True, slots=True)
class Texts:
    """Sentences in an order drawn once, and where they come from."""

    origin: str
    sentences: tuple[str, ...]


def read_texts(path: Path | None, *, seed: int) -> Texts:
    """The sentences of a file, a line each; of the newsroom's texts where there is no file."""
    chosen = path or SENTENCES
    if path is None and not chosen.is_file():
        lines = [block for document in load_corpus() for block in document.text.split("\n")]
        origin = "the newsroom's texts"
    else:
        lines = chosen.read_text("utf-8").splitlines()
        origin = chosen.name
    sentences = [part for line in lines for part in re.split(r"(?<=[.?!]) (?=[A-ZÉÀ«])", line)]
    distinct = list(dict.fromkeys(s.strip() for s in sentences if _is_prose(s)))
    random.Random(seed).shuffle(distinct)  # noqa: S311  an order, no secret
    return Texts(origin, tuple(distinct))


def deal(texts: Texts, *, rounds: int, documents: int) -> Iterator[list[Snapshot]]:
    """The pages of each round; raises `TooLittleTextError` where the sentences do not suffice."""
    remaining = iter(texts.sentences)
    corpus = load_corpus()
    for round_number in range(rounds):
        pages = []
        for number in range(round_number * documents, (round_number + 1) * documents):
            sentences = _enough(remaining)
            if not sentences:
                raise TooLittleTextError(
                    f"{texts.origin}: {len(texts.sentences):,} sentences make {number} pages, not "
                    f"{rounds} × {documents}; ask for fewer --rounds or --documents"
                )
            pages.append(_page(number, sentences, corpus))
        yield pages


def _is_prose(line: str) -> bool:
    """Neither a heading, nor an item of a list, nor the name of a file."""
    return len(line.split()) > 4 and line.strip()[:1] not in "-=#|*"  # noqa: PLR2004


def _enough(remaining: Iterator[str]) -> list[str]:
    """The next sentences that make a page; empty where too few are left."""
    taken: list[str] = []
    words = 0
    for sentence in remaining:
        taken.append(sentence)
        words += len(sentence.split())
        if words >= WORDS:
            return taken
    return []


def _page(number: int, sentences: Sequence[str], corpus: Sequence[Document]) -> Snapshot:
    source, family = _FAMILIES[number % len(_FAMILIES)]
    document = _document(number, sentences, source, family)
    body = article_page(document, corpus, _HOST).encode()
    url = f"{_HOST}{document.path}"
    return Snapshot(
        url=url,
        final_url=url,
        source=None,
        kind=document.kind,
        fetched_at=document.published_at,
        content_type="text/html",
        charset="utf-8",
        body=body,
        sha256=hashlib.sha256(body).hexdigest(),
    )


def _document(number: int, sentences: Sequence[str], source: str, family: Family) -> Document:
    title, standfirst, *rest = sentences
    groups = [rest[i : i + _PARAGRAPH] for i in range(0, len(rest), _PARAGRAPH)]
    body = [Paragraph(" ".join(group)) for group in groups]
    blocks: tuple[Paragraph | Heading, ...] = (
        Paragraph(standfirst),
        *body[:2],
        Heading(f"Partie {number}"),
        *body[2:],
    )
    published = (_FIRST_DAY + timedelta(days=number)).isoformat()
    return Document(
        slug=f"page-{number}",
        title=title.rstrip(".")[:120],
        standfirst=standfirst,
        author="Une plume du banc",
        published_at=published,
        modified_at=None,
        source=source,
        family=family,
        genre="prefecture" if source == "prefecture" else "regional",
        part="dev",
        section="Banc",
        kind="official" if source == "prefecture" else "press",
        paywalled=False,
        programmes=(),
        text="\n\n".join(block.text for block in blocks),
        blocks=blocks,
    )
