"""Extract from inputs without storing, for ``recoupe extract``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from recoupe.errors import RecoupeError
from recoupe.models import analyse, load
from recoupe.records import Article, Extraction

FACT_COLUMNS = (
    *("input", "text", "kind", "value", "low", "high", "unit", "per", "approx", "object"),
    *("status", "programme", "territory", "speaker", "evidence"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What came of one input; ``stage`` says where an error arose."""

    name: str
    stage: str
    outcome: Extraction | Exception


def extract_each(inputs: Iterable[tuple[str, Article | RecoupeError]]) -> Iterator[Result]:
    """One result for each input, in order; a failed one does not stop the others."""
    given = list(inputs)
    articles = [article for _, article in given if isinstance(article, Article)]
    analysed = analyse(load(), articles) if articles else iter(())
    for name, outcome in given:
        if not isinstance(outcome, Article):
            yield Result(name=name, stage="read", outcome=outcome)
            continue
        found = next(analysed)
        result = found.extraction or found.error or RuntimeError("nothing came of it")
        yield Result(name=name, stage="extract", outcome=result)


def fact_rows(results: Sequence[Result]) -> tuple[list[dict[str, object]], tuple[str, ...]]:
    """One row for each figure, for tables and CSV."""
    rows = [
        row
        for result in results
        if isinstance(result.outcome, Extraction)
        for row in _rows(result.name, result.outcome)
    ]
    return rows, FACT_COLUMNS


def _rows(name: str, extraction: Extraction) -> Iterator[dict[str, object]]:
    quantities = {quantity.id: quantity for quantity in extraction.quantities}
    for fact in extraction.facts:
        quantity = quantities[fact.quantity]
        yield {
            "input": name,
            "text": quantity.text,
            "kind": quantity.kind,
            "value": _plain(quantity.value),
            "low": _plain(quantity.low),
            "high": _plain(quantity.high),
            "unit": quantity.unit,
            "per": quantity.per,
            "approx": quantity.approx,
            "object": quantity.object,
            "status": fact.status,
            "programme": fact.programme,
            "territory": fact.territory,
            "speaker": fact.speaker,
            "evidence": extraction.article.text[slice(*fact.evidence)],
        }


def _plain(value: object) -> str | None:
    return None if value is None else format(value, "f")
