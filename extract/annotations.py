"""What the components of the pipeline find in one spaCy `Doc`, and where each leaves it.

A component reads ``annotations_of(doc)``, adds its records to its own list, and mirrors them as
spans in ``doc.spans`` so that any spaCy user sees them. The `Article` that the text came
from is there too: a plain `Doc` without one gets an article that holds nothing but the text.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import cast

from spacy.tokens import Doc, Span, SpanGroup

from recoupe.records import (
    Article,
    Comparison,
    DateMention,
    Fact,
    Mention,
    OrganisationMention,
    PersonMention,
    ProgrammeMention,
    Quantity,
    Quote,
    Reference,
    TerritoryMention,
)

_KEY = "recoupe"


@dataclass(frozen=True, slots=True)
class Claim:
    """A clause ``start:end`` whose figures ``speaker`` gives in the writer's own words."""

    start: int
    end: int
    speaker: str


@dataclass(slots=True, kw_only=True)
class Annotations:
    """The records found so far in one document, each list filled by one component."""

    article: Article
    quantities: list[Quantity] = field(default_factory=list)
    references: list[Reference] = field(default_factory=list)
    dates: list[DateMention] = field(default_factory=list)
    territories: list[TerritoryMention] = field(default_factory=list)
    people: list[PersonMention] = field(default_factory=list)
    organisations: list[OrganisationMention] = field(default_factory=list)
    collectivites: list[OrganisationMention] = field(default_factory=list)
    programmes: list[ProgrammeMention] = field(default_factory=list)
    quotes: list[Quote] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)
    facts: list[Fact] = field(default_factory=list)
    comparisons: list[Comparison] = field(default_factory=list)

    @property
    def published_on(self) -> date | None:
        """The day of publication, against which relative dates are read."""
        day = self.article.published_on
        return date.fromisoformat(day) if day else None


def attach(doc: Doc, article: Article) -> Doc:
    """Give ``doc`` the article that it was made from, and empty lists to fill."""
    doc.user_data[_KEY] = Annotations(article=article)
    return doc


def annotations_of(doc: Doc) -> Annotations:
    """The annotations of ``doc``, made on first use for a `Doc` that came without an article."""
    if _KEY not in doc.user_data:
        attach(doc, Article(text=doc.text))
    return cast(Annotations, doc.user_data[_KEY])


def text_of(doc: Doc) -> str:
    """The text of ``doc`` without joining its tokens anew, as ``doc.text`` does at every access."""
    return annotations_of(doc).article.text


def mirror(doc: Doc, name: str, mentions: Iterable[Mention], *, label: str) -> None:
    """Show ``mentions`` as ``doc.spans[name]``, widened to whole tokens."""
    spans = (doc.char_span(m.start, m.end, label=label, alignment_mode="expand") for m in mentions)
    doc.spans[name] = SpanGroup(doc, name=name, spans=[span for span in spans if span is not None])


def tokens_of(doc: Doc, start: int, end: int) -> Span:
    """The tokens that hold the characters ``start:end``, at least one."""
    span = doc.char_span(start, max(end, start + 1), alignment_mode="expand")
    if span is None:
        raise ValueError(f"{start}:{end} lies outside a text of {len(doc.text)} characters")
    return span
