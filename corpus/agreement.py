"""How far two independent readings agree, and where they do not.

    python -m recoupe.corpus.agreement              the agreement, measure by measure
    python -m recoupe.corpus.agreement SLUG…        every disagreement of these documents

``readings/first`` and ``readings/second`` hold the two readings as they were made; ``documents``
holds what was decided. The second reading is judged as if it were software and the first were gold,
so that the figures can be read beside those of ``recoupe evaluate``.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from recoupe.corpus.documents import Document, load
from recoupe.corpus.gold import annotated
from recoupe.corpus.measures import Error, Judged, errors, scores
from recoupe.corpus.scoring import judge

READINGS = Path(__file__).with_name("readings")


def readings_judged(documents: Sequence[Document]) -> Iterator[Judged]:
    """Each document that was read twice, its second reading judged by its first."""
    second = {gold.name: gold for gold in annotated(documents, folder=READINGS / "second")}
    for gold in annotated(documents, folder=READINGS / "first"):
        if gold.name in second:
            outcomes = judge(gold, second[gold.name].extraction)
            text = gold.extraction.article.text
            yield Judged(name=gold.name, text=text, outcomes=tuple(outcomes))


def table(judged: Sequence[Judged]) -> Iterator[str]:
    """A line of Markdown for each measure: F1 of the two readings and how much it is of."""
    yield "| measure | agreement (F1) | first | second |"
    yield "|---|---|---|---|"
    for name, score in scores(judged).items():
        if score.counts.f1 is not None:
            counts = score.counts
            yield f"| {name} | {counts.f1:.3f} | {counts.gold} | {counts.found} |"


def _shown(error: Error) -> str:
    outcome = error.outcome
    return (
        f"{error.text}:{error.line}:{error.column} {outcome.measure} "
        f"first={outcome.gold!r} second={outcome.found!r} … {error.context.strip()}"
    )


def main() -> None:
    """Print the table, or the disagreements of the documents named."""
    names = set(sys.argv[1:])
    documents = [document for document in load() if not names or document.slug in names]
    judged = list(readings_judged(documents))
    if not names:
        sys.stdout.write(f"{len(judged)} documents read twice\n\n")
        sys.stdout.writelines(f"{line}\n" for line in table(judged))
        return
    kinds = sorted({outcome.measure.split(".")[0] for one in judged for outcome in one.outcomes})
    for kind in kinds:
        sys.stdout.writelines(f"{_shown(error)}\n" for error in errors(judged, kind))


if __name__ == "__main__":
    main()
