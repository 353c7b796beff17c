"""What models are learned from: the figures of annotated texts, seen as the pipeline sees them.

``python -m recoupe.training`` fits the weights (`log_linear`) and writes them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from spacy.language import Language
from spacy.tokens import Doc

from recoupe.extract.annotations import annotations_of, attach, text_of
from recoupe.extract.facts.around import Around
from recoupe.extract.facts.inheritance import figures_of, verdicts_of
from recoupe.extract.figures.component import read_figures
from recoupe.extract.figures.likely import Asking
from recoupe.extract.layout import Layout
from recoupe.models.log_linear import Choice, Example
from recoupe.records import Extraction, Quantity


def nouns(nlp: Language, known: Iterable[Extraction]) -> Iterator[Choice]:
    """For each figure its noun among those that it may be of, « none of them » first.

    Figures whose noun is not among them are left out.
    """
    with nlp.select_pipes(disable=["recoupe_quantities", "recoupe_quotes", "recoupe_facts"]):
        for extraction in known:
            doc = nlp(attach(nlp.make_doc(extraction.article.text), extraction.article))
            yield from _nouns(doc, extraction)


def _nouns(doc: Doc, known: Extraction) -> Iterator[Choice]:
    read = read_figures(doc)
    gold = {figure.end: figure for figure in known.quantities}
    asking = Asking(read.index, read.layout, read.drafts, closed=read.dates, named=read.named)
    for position, draft in enumerate(read.drafts):
        figure = gold.get(draft.end)
        asked = asking.about(position)
        if figure is None:
            continue
        draft.object_span = None
        if figure.object_start is not None and figure.object_end is not None:
            draft.object_span = figure.object_start, figure.object_end
        if asked is None:
            continue
        candidates = asked.candidates()
        right = next((n for n, c in enumerate(candidates, 1) if _names(figure, c.noun.idx)), 0)
        if right or figure.object is None:
            options = (asked.silence(candidates), *(c.features for c in candidates))
            yield Choice(options, right, 1)


def _names(figure: Quantity, position: int) -> bool:
    start, end = figure.object_start, figure.object_end
    return start is not None and end is not None and start <= position < end


def _read(nlp: Language, known: Iterable[Extraction]) -> Iterator[tuple[Doc, Extraction]]:
    """Each text read by all but the last component, whose weights may not be there yet."""
    with nlp.select_pipes(disable="recoupe_facts"):
        for extraction in known:
            yield nlp(attach(nlp.make_doc(extraction.article.text), extraction.article)), extraction


def statuses(nlp: Language, known: Iterable[Extraction]) -> Iterator[Example]:
    """For each figure that is found what stands around it, and its status."""
    for doc, extraction in _read(nlp, known):
        yield from _statuses(doc, extraction)


def _statuses(doc: Doc, known: Extraction) -> Iterator[Example]:
    found, layout = annotations_of(doc), Layout.of(text_of(doc))
    figures = figures_of(doc, found)
    around = Around.of(doc, layout, figures, verdicts_of(doc, found.quantities, figures, layout))
    facts = {fact.quantity: fact.status for fact in known.facts}
    told = {figure.end: facts[figure.id] for figure in known.quantities}
    for index, figure in enumerate(figures):
        status = told.get(figure.quantity.end)
        if status is not None:
            yield Example(around.features(index), status)
