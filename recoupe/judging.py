"""The command about the corpus: what it holds, what the pipeline makes of it, if that passes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from recoupe.console import complain, tell
from recoupe.encode import to_json
from recoupe.errors import UsageError
from recoupe.options import Format, Options, Output
from recoupe.output import Row, write_bytes, write_rows

if TYPE_CHECKING:
    from recoupe.evaluating import Evaluation

_SCORES = ("measure", "precision", "recall", "f1", "low", "high", "gold", "found", "right")
_ERRORS = ("text", "line", "column", "measure", "verdict", "gold", "found", "context")
_FELL = 3
PartName = Annotated[str, typer.Option("--part", help="dev or test.")]


def evaluate(
    context: typer.Context,
    part: PartName = "dev",
    show_errors: Annotated[
        str | None, typer.Option("--errors", help="List the errors of a measure (figure, status…).")
    ] = None,
    counts: Annotated[
        bool, typer.Option("--counts", help="Only count what the corpus holds.")
    ] = False,
    confusion: Annotated[
        bool, typer.Option("--confusion", help="The table of statuses: gold by found.")
    ] = False,
    gate: Annotated[
        bool, typer.Option("--gate", help="Fail under a floor, in both parts.")
    ] = False,
    raise_floors: Annotated[
        bool, typer.Option("--raise", help="Raise the floors to what is measured.")
    ] = False,
    annotations: Annotated[
        Path | None,
        typer.Option(help="Another folder of annotations, such as corpus/readings/first."),
    ] = None,
    typed_plain: Annotated[
        bool, typer.Option("--plain", help="Read the texts with plain spaces and apostrophes.")
    ] = False,
    form: Output = Format.table,
) -> int:
    """Score the pipeline against the gold corpus.

    Precision, recall and F1 of each measure, with the interval of 95 % of resamplings of the texts.
    """
    options: Options = context.obj
    if counts:
        write_rows(_counts(), ("what", "dev", "test", "both"), form, options)
        return 0
    if gate or raise_floors:
        return _floors(options, raising=raise_floors)

    from recoupe.corpus.documents import FOLDER, part_named
    from recoupe.evaluating import evaluate as measured

    if annotations is not None and not annotations.is_dir():
        raise UsageError(f"{annotations}: no such folder of annotations")
    evaluation = measured(part_named(part), folder=annotations or FOLDER, typed_plain=typed_plain)
    if show_errors:
        _require_measure(evaluation, show_errors)
        write_rows(_error_rows(evaluation, show_errors), _ERRORS, form, options, shown=_ERRORS[:7])
    elif confusion:
        write_rows(_confusion_rows(evaluation), ("gold", "found", "times"), form, options)
    elif form is Format.json:
        write_bytes(to_json(_as_object(evaluation)) + b"\n")
    else:
        tell(f"Part {part}: {evaluation.documents} documents, corpus {evaluation.corpus}", options)
        write_rows(_score_rows(evaluation), _SCORES, form, options)
    return 0


def _counts() -> Iterator[Row]:
    from recoupe.corpus.counts import count
    from recoupe.corpus.documents import PARTS

    columns = {**{str(part): count(part) for part in PARTS}, "both": count(*PARTS)}
    for what in columns["both"]:
        yield {"what": what} | {name: column.get(what, 0) for name, column in columns.items()}


def _floors(options: Options, *, raising: bool) -> int:
    from recoupe.corpus import floors
    from recoupe.corpus.documents import PARTS
    from recoupe.evaluating import evaluate as measured

    baseline = floors.load() if floors.BASELINE.is_file() else None
    fell = Counter[str]()
    for part in PARTS:
        evaluation = measured(part)
        if raising:
            baseline = floors.raised(baseline, part, evaluation.scores, corpus=evaluation.corpus)
            continue
        for reason in floors.fallen(
            baseline or floors.load(), part, evaluation.scores, corpus=evaluation.corpus
        ):
            complain(reason)
            fell[part] += 1
    if raising and baseline is not None:
        floors.save(baseline)
        tell(f"Floors raised in {floors.BASELINE}", options)
    elif not fell:
        tell("No score is under its floor", options)
    return _FELL if fell else 0


def _require_measure(evaluation: Evaluation, name: str) -> None:
    """Raise `UsageError` where no measure is called so, nor begins so."""
    if not any(known == name or known.startswith(f"{name}.") for known in evaluation.scores):
        raise UsageError(f"no measure {name!r}; there are {', '.join(evaluation.scores)}")


def _score_rows(evaluation: Evaluation) -> Iterator[Row]:
    for name, score in evaluation.scores.items():
        counts = score.counts
        yield {
            "measure": name,
            "precision": _rounded(counts.precision),
            "recall": _rounded(counts.recall),
            "f1": _rounded(counts.f1),
            "low": _rounded(score.low),
            "high": _rounded(score.high),
            "gold": counts.gold,
            "found": counts.found,
            "right": counts.hits,
        }


def _error_rows(evaluation: Evaluation, measure: str) -> Iterator[Row]:
    from recoupe.corpus.measures import errors

    for error in errors(evaluation.judged, measure):
        yield {
            "text": error.text,
            "line": error.line,
            "column": error.column,
            "measure": error.outcome.measure,
            "verdict": error.outcome.verdict,
            "gold": error.outcome.gold,
            "found": error.outcome.found,
            "context": error.context,
        }


def _confusion_rows(evaluation: Evaluation) -> Iterator[Row]:
    for (gold, found), times in sorted(evaluation.confusion().items()):
        yield {"gold": gold, "found": found, "times": times}


def _as_object(evaluation: Evaluation) -> Row:
    return {
        "part": evaluation.part,
        "documents": evaluation.documents,
        "corpus": evaluation.corpus,
        "scores": list(_score_rows(evaluation)),
        "statuses": list(_confusion_rows(evaluation)),
    }


def _rounded(number: float | None) -> float | None:
    return None if number is None else round(number, 4)
