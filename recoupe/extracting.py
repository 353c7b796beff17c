"""Extract from inputs without storing, for ``recoupe extract``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from recoupe.encode import error_json, extraction_json, to_json
from recoupe.errors import DocumentError, RecoupeError
from recoupe.inputs import Unread
from recoupe.models import Analysed, analyse, load
from recoupe.records import Article, Extraction, Stage

FACT_COLUMNS = (
    *("input", "text", "kind", "value", "low", "high", "unit", "per", "approx", "object"),
    *("status", "programme", "territory", "speaker", "evidence"),
)
FACTS_SHOWN = ("text", "kind", "value", "unit", "status", "territory", "speaker")


@dataclass(frozen=True, slots=True, kw_only=True)
class Failed:
    """Why nothing came of one input; ``message`` names it."""

    stage: Stage
    message: str
    exit_code: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What came of one input."""

    name: str
    outcome: Extraction | Failed


def extract_each(inputs: Iterable[tuple[str, Article | Unread]]) -> Iterator[Result]:
    """One result for each input, in order; a failed one does not stop the others.

    Inputs are taken as they come, a batch at a time. The pipeline is loaded, which takes seconds,
    only once there is something to read.
    """
    remaining = iter(inputs)
    for name, outcome in remaining:
        if isinstance(outcome, Article):
            yield from _from_first((name, outcome), remaining)
        else:
            yield _unread(outcome)


def _from_first(
    first: tuple[str, Article | Unread], others: Iterator[tuple[str, Article | Unread]]
) -> Iterator[Result]:
    waiting: list[tuple[str, Article | Unread]] = []

    def articles() -> Iterator[Article]:
        for given in _again(first, others):
            waiting.append(given)
            if isinstance(given[1], Article):
                yield given[1]

    for analysed in analyse(load(), articles()):
        yield from _leading_failures(waiting)
        name, _ = waiting.pop(0)
        yield _analysed(name, analysed)
    yield from _leading_failures(waiting)


def _again(
    first: tuple[str, Article | Unread], others: Iterator[tuple[str, Article | Unread]]
) -> Iterator[tuple[str, Article | Unread]]:
    yield first
    yield from others


def _leading_failures(waiting: list[tuple[str, Article | Unread]]) -> Iterator[Result]:
    while waiting and isinstance(waiting[0][1], Unread):
        yield _unread(waiting[0][1])
        waiting.pop(0)


def _unread(unread: Unread) -> Result:
    failed = Failed(stage=unread.stage, message=unread.message, exit_code=unread.error.exit_code)
    return Result(name=unread.name, outcome=failed)


def _analysed(name: str, analysed: Analysed) -> Result:
    if analysed.extraction is not None:
        return Result(name=name, outcome=analysed.extraction)
    error = analysed.error
    ours = isinstance(error, RecoupeError)
    message = f"{name}: {error}" if ours else f"{name}: {type(error).__name__}: {error}"
    return Result(name=name, outcome=_not_extracted(message))


def _not_extracted(message: str) -> Failed:
    return Failed(stage="extract", message=message, exit_code=DocumentError.exit_code)


def encoded(result: Result, *, indent: int) -> tuple[bytes, Failed | None]:
    """The object of one input as JSON, and why it is an error where it is one."""
    failed = result.outcome
    if isinstance(failed, Extraction):
        try:
            return to_json(extraction_json(failed), indent=indent), None
        except DocumentError as error:
            failed = _not_extracted(f"{result.name}: {error}")
    return to_json(error_json(failed.stage, failed.message), indent=indent), failed


def fact_rows(name: str, extraction: Extraction) -> Iterator[dict[str, object]]:
    """One row for each figure, for tables and CSV."""
    quantities = {quantity.id: quantity for quantity in extraction.quantities}
    for fact in extraction.facts:
        quantity = quantities[fact.quantity]
        yield {
            "input": name,
            "text": quantity.text,
            "kind": quantity.kind,
            "value": quantity.value,
            "low": quantity.low,
            "high": quantity.high,
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
