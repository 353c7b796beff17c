"""The JSON that other programs read, ``schema_version`` 1 (design §5)."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import msgspec

from recoupe.records import Article, Comparison, Extraction, Fact, Quantity, TerritoryMention

SCHEMA_VERSION = 1


_ENCODER = msgspec.json.Encoder(decimal_format="number")


def to_json(value: object, *, indent: int = 2) -> bytes:
    """Encode, with exact decimals written as JSON numbers."""
    encoded = _ENCODER.encode(value)
    return msgspec.json.format(encoded, indent=indent) if indent else encoded


def document_json(article: Article) -> dict[str, Any]:
    """The ``document`` object; ``id`` is the version's digest."""
    return {
        "id": article.version,
        "url": article.url,
        "source": article.source,
        "kind": article.kind,
        "title": article.title,
        "standfirst": article.standfirst,
        "author": article.author,
        "published_at": article.published_at,
        "language": article.language,
        "text": article.text,
    }


def error_json(stage: str, message: str) -> dict[str, Any]:
    """What stands in an input's place when it could not be read or extracted."""
    return {"schema_version": SCHEMA_VERSION, "error": {"stage": stage, "message": message}}


def extraction_json(extraction: Extraction) -> dict[str, Any]:
    """One object of the array that ``recoupe extract`` writes."""
    pipeline = extraction.pipeline
    return {
        "schema_version": SCHEMA_VERSION,
        "document": document_json(extraction.article),
        "pipeline": {"name": pipeline.name, "version": pipeline.version, "model": pipeline.model},
        "sentences": [list(span) for span in extraction.sentences],
        "quantities": [_quantity(quantity) for quantity in extraction.quantities],
        "references": [_picked(r, "start", "end", "text", "kind") for r in extraction.references],
        "dates": [
            {
                **_picked(d, "start", "end", "text", "kind"),
                "from": d.date_from,
                "to": d.date_to,
                "granularity": d.granularity,
            }
            for d in extraction.dates
        ],
        "territories": [_territory(territory) for territory in extraction.territories],
        "people": [
            _picked(p, "start", "end", "text", "name", "role", "organisation")
            for p in extraction.people
        ],
        "organisations": [
            _picked(o, "start", "end", "text", "name") for o in extraction.organisations
        ],
        "programmes": [_picked(p, "start", "end", "text", "name") for p in extraction.programmes],
        "quotes": [
            _picked(q, "start", "end", "text", "direct", "speaker", "cue")
            for q in extraction.quotes
        ],
        "facts": [_fact(fact) for fact in extraction.facts],
        "comparisons": [_comparison(comparison) for comparison in extraction.comparisons],
    }


def _picked(record: object, *names: str) -> dict[str, Any]:
    return {name: getattr(record, name) for name in names}


def _quantity(quantity: Quantity) -> dict[str, Any]:
    named = _picked(
        quantity,
        *("id", "start", "end", "text", "kind", "value", "low", "high", "unit", "per", "approx"),
        *("precision", "object", "object_start", "object_end", "part_of", "rule", "confidence"),
    )
    return {key: exact(value) for key, value in named.items()}


def exact(value: object) -> object:
    """Whole decimals as integers, so that a reader of JSON does not take them for floats.

    >>> exact(Decimal("1.36E+9")), exact(Decimal("8.50"))
    (1360000000, Decimal('8.50'))
    """
    if not isinstance(value, Decimal):
        return value
    return int(value) if value == value.to_integral_value() else value


def _territory(territory: TerritoryMention) -> dict[str, Any]:
    return {
        **_picked(
            territory,
            *("start", "end", "text", "level", "code", "code_system", "name", "lat", "lon"),
            "confidence",
        ),
        "candidates": [
            _picked(candidate, "code", "code_system", "level", "name", "score")
            for candidate in territory.candidates
        ],
    }


def _fact(fact: Fact) -> dict[str, Any]:
    return {
        **_picked(fact, "id", "quantity", "status", "legal"),
        **_picked(fact, "negated", "conditional", "reported_speech", "superseded"),
        "marker": list(fact.marker) if fact.marker else None,
        **_picked(fact, "programme", "territory"),
        "period": {"from": fact.period_from, "to": fact.period_to},
        **_picked(fact, "speaker", "actor"),
        "evidence": list(fact.evidence),
        "confidence": fact.confidence,
    }


def _comparison(comparison: Comparison) -> dict[str, Any]:
    return {
        **_picked(comparison, "relation", "left", "right"),
        "ratio": exact(comparison.ratio),
        "basis": comparison.basis,
    }
