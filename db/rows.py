"""What an extraction says, as rows: pure functions from records to columns."""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from decimal import Context, Decimal
from typing import Final

from recoupe.db.stemming import stems
from recoupe.db.tables import Row, Value
from recoupe.errors import DocumentError
from recoupe.records import (
    Article,
    DateMention,
    Extraction,
    Fact,
    Mention,
    Pipeline,
    Quantity,
    Quote,
    Source,
    Span,
    TerritoryMention,
)

#: No figure of a newspaper is longer; a wrong exponent would else fill the base with zeros.
MAX_DIGITS: Final = 40


def decimal_text(number: Decimal) -> str:
    """The one way a number is written in the base: no exponent, no trailing zero, no ``-0``.

    ``Decimal("1.36E+9")`` → ``"1360000000"``; ``Decimal("2.50")`` → ``"2.5"``. Raises
    `DocumentError` for what is no number or has more than 40 digits on a side of the point.
    """
    if not number.is_finite():
        raise DocumentError(f"{number} is no figure; nothing of its document was stored")
    exponent = int(number.as_tuple().exponent)
    if number and not -MAX_DIGITS <= exponent <= number.adjusted() <= MAX_DIGITS:
        raise DocumentError(f"{number} has too many digits; nothing of its document was stored")
    text = f"{number:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in {"-0", ""} or not number else text


def ratio_text(ratio: Decimal) -> str:
    """A ratio to 12 significant digits: a quotient has no end of its own."""
    return decimal_text(Context(prec=12).create_decimal(ratio))


def value_sort(quantity: Quantity) -> float | None:
    """The value, or the middle of the range, or its only bound: for filters and order."""
    bounds = [number for number in (quantity.low, quantity.high) if number is not None]
    if quantity.value is not None:
        return float(quantity.value)
    return float(sum(bounds) / len(bounds)) if bounds else None


def in_utc(instant: str) -> str:
    """An ISO 8601 instant in UTC, to the second, so that text order is the order of time."""
    moment = datetime.fromisoformat(instant)
    moment = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    return moment.isoformat(timespec="seconds")


def pipeline_name(pipeline: Pipeline) -> str:
    """How a pipeline is named in ``document_versions.pipeline``: ``"recoupe 0.1.0"``."""
    return f"{pipeline.name} {pipeline.version}"


def address_of(article: Article) -> str:
    """What makes two articles the same document: the URL, else the wording itself."""
    return article.url or f"sha256:{article.version}"


def source_row(source: Source) -> Row:
    """A row of ``sources``."""
    return {
        "name": source.name,
        "title": source.title,
        "kind": source.kind,
        "territory": source.territory,
        "licence": source.licence,
    }


def document_row(article: Article, source_id: int | None) -> Row:
    """A row of ``documents``; what was found again is not gone."""
    return {
        "address": address_of(article),
        "source_id": source_id,
        "kind": article.kind,
        "url": article.url,
        "title": article.title,
        "standfirst": article.standfirst,
        "author": article.author,
        "section": article.section,
        "published_at": article.published_at,
        "published_on": article.published_on,
        "modified_at": article.modified_at,
        "language": article.language,
        "paywalled": article.paywalled,
        "gone_at": None,
    }


def sentence_rows(extraction: Extraction, version_id: int) -> list[Row]:
    """Rows of ``sentences``, in the order of the text."""
    text = extraction.article.text
    return [
        {
            "version_id": version_id,
            "position": position,
            "start_char": start,
            "end_char": end,
            "text": text[start:end],
            "stems": stems(text[start:end]),
        }
        for position, (start, end) in enumerate(extraction.sentences)
    ]


def mention_row(mention: Mention, version_id: int, **columns: Value) -> Row:
    """A row of a mention of any kind."""
    return {
        "version_id": version_id,
        "start_char": mention.start,
        "end_char": mention.end,
        "text": mention.text,
        **columns,
    }


def quantity_row(quantity: Quantity, version_id: int, sentence_id: int | None) -> Row:
    """A row of ``quantities``, without ``part_of_id``, which needs the others' keys."""
    return mention_row(
        quantity,
        version_id,
        sentence_id=sentence_id,
        kind=quantity.kind,
        value=_optional_text(quantity.value),
        low=_optional_text(quantity.low),
        high=_optional_text(quantity.high),
        value_sort=value_sort(quantity),
        unit=quantity.unit,
        per=quantity.per,
        approx=quantity.approx,
        precision=_optional_text(quantity.precision),
        object=quantity.object,
        object_start=quantity.object_start,
        object_end=quantity.object_end,
        rule=quantity.rule,
        confidence=quantity.confidence,
    )


def date_row(date: DateMention, version_id: int) -> Row:
    """A row of ``dates``."""
    return mention_row(
        date,
        version_id,
        kind=date.kind,
        date_from=date.date_from,
        date_to=date.date_to,
        granularity=date.granularity,
        rule=date.rule,
    )


def territory_mention_row(
    mention: TerritoryMention, version_id: int, territory_id: int | None
) -> Row:
    """A row of ``territory_mentions``, its candidates as JSON."""
    candidates = [asdict(candidate) for candidate in mention.candidates]
    return mention_row(
        mention,
        version_id,
        territory_id=territory_id,
        level=mention.level,
        confidence=mention.confidence,
        candidates=json.dumps(candidates, ensure_ascii=False) if candidates else None,
    )


def quote_row(quote: Quote, version_id: int) -> Row:
    """A row of ``quotes``."""
    return mention_row(quote, version_id, direct=quote.direct, speaker=quote.speaker, cue=quote.cue)


def fact_row(fact: Fact, quantity: Quantity, article: Article, **keys: int | None) -> Row:
    """A row of ``facts``; ``keys`` are the identifiers of the rows that it points to."""
    marker_start, marker_end = fact.marker or (None, None)
    return {
        **keys,
        "kind": quantity.kind,
        "value_sort": value_sort(quantity),
        "unit": quantity.unit,
        "status": fact.status,
        "side": fact.side,
        "legal": fact.legal,
        "negated": fact.negated,
        "conditional": fact.conditional,
        "reported_speech": fact.reported_speech,
        "superseded": fact.superseded,
        "marker_start": marker_start,
        "marker_end": marker_end,
        "territory_basis": fact.territory_basis,
        "period_from": fact.period_from,
        "period_to": fact.period_to,
        "speaker": fact.speaker,
        "actor": fact.actor,
        "measure": fact.measure,
        "perimeter": fact.perimeter,
        "evidence_start": fact.evidence[0],
        "evidence_end": fact.evidence[1],
        "confidence": fact.confidence,
        "published_on": article.published_on,
    }


def holders(sentences: Sequence[Span], mentions: Sequence[Mention]) -> list[Span | None]:
    """For each mention the sentence in which it starts, ``None`` where there is none."""
    ordered = sorted(sentences)
    starts = [start for start, _ in ordered]
    found: list[Span | None] = []
    for mention in mentions:
        index = bisect_right(starts, mention.start) - 1
        inside = index >= 0 and mention.start < ordered[index][1]
        found.append(ordered[index] if inside else None)
    return found


def _optional_text(number: Decimal | None) -> str | None:
    return None if number is None else decimal_text(number)
