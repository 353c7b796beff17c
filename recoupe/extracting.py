"""Extract from inputs without storing, for ``recoupe extract``."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from recoupe.encode import error_json, extraction_json, to_json
from recoupe.errors import DocumentError, RecoupeError
from recoupe.inputs import Unread, printed_name
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
    said = str(error) if ours else f"{type(error).__name__}: {error}"
    message = f"{printed_name(name)}: {said}"
    failed = Failed(stage="extract", message=message, exit_code=DocumentError.exit_code)
    return Result(name=name, outcome=failed)


def objects(
    results: Iterable[Result], failed: Callable[[Failed], None], *, indent: int
) -> Iterator[bytes]:
    """The object of each result as JSON, an error in its place; ``failed`` is told of each."""
    for result in results:
        outcome = result.outcome
        if isinstance(outcome, Extraction):
            yield to_json(extraction_json(outcome), indent=indent)
        else:
            failed(outcome)
            yield to_json(error_json(outcome.stage, outcome.message), indent=indent)


def rows(
    results: Iterable[Result], failed: Callable[[Failed], None]
) -> Iterator[dict[str, object]]:
    """One row for each figure of each result, for tables and CSV; ``failed`` is told of errors."""
    for result in results:
        if isinstance(result.outcome, Failed):
            failed(result.outcome)
        else:
            yield from _rows(printed_name(result.name), result.outcome)


def _rows(name: str, extraction: Extraction) -> Iterator[dict[str, object]]:
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
