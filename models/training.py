"""What models are learned from: the figures of annotated texts, seen as the pipeline sees them.

``python -m recoupe.training`` fits the weights (`log_linear`) and writes them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from recoupe.extract.annotations import annotations_of, attach, text_of
from recoupe.extract.facts.around import Around
from recoupe.extract.facts.compared import near
from recoupe.extract.facts.component import facts_of
from recoupe.extract.facts.inheritance import figures_of, verdicts_of
from recoupe.extract.facts.likely_comparisons import RELATIONS
from recoupe.extract.facts.likely_status import chances
from recoupe.extract.facts.relations import compare_document
from recoupe.extract.figures.component import read_figures
from recoupe.extract.figures.likely import Asking
from recoupe.extract.figures.likely_wholes import known_wholes
from recoupe.extract.figures.placed import Placed
from recoupe.extract.figures.whole_features import features, silence
from recoupe.extract.figures.whole_part import Part
from recoupe.extract.figures.whole_reach import candidates, may_ask
from recoupe.extract.layout import Layout
from recoupe.extract.weights import LabelWeights
from recoupe.models.log_linear import Choice, Example
from recoupe.records import Extraction, Quantity

#: Figures that the rules leave without a whole count so often, as the model is asked of those.
SILENT = 3


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
            options = (asked.silence(candidates), *(tuple(c.features) for c in candidates))
            yield Choice(options, right, 1)


def _names(figure: Quantity, position: int) -> bool:
    start, end = figure.object_start, figure.object_end
    return start is not None and end is not None and start <= position < end


def wholes(nlp: Language, known: Iterable[Extraction]) -> Iterator[Choice]:
    """For each figure that is found its whole among those in reach, « none of them » first.

    Figures whose whole is not among them are left out.
    """
    component: Any = nlp.get_pipe("recoupe_quantities")
    component.guesses_wholes = False
    for doc, extraction in _read(nlp, known):
        yield from _wholes(doc, extraction)
    component.guesses_wholes = True


def _wholes(doc: Doc, known: Extraction) -> Iterator[Choice]:
    figures = annotations_of(doc).quantities
    sentences = [(sentence.start_char, sentence.end_char) for sentence in doc.sents]
    placed = Placed(Layout.of(text_of(doc)), figures, sentences)
    ruled, told = known_wholes(figures), told_wholes(figures, known)
    for part, figure in enumerate(figures):
        among = candidates(placed, part) if may_ask(figure) else []
        if not among or (part in told and told[part] not in among):
            continue
        # what comes later is known by the rules alone, as it is when the model is asked
        before = {i: of for i, of in told.items() if i < part and of is not None and i not in ruled}
        given = {i: of for i, of in (before | ruled).items() if i != part}
        asking = Part(placed, part, given, among)
        options = (silence(asking), *(tuple(features(asking, other)) for other in among))
        right = next((n for n, other in enumerate(among, 1) if other == told.get(part)), 0)
        yield Choice(options, right, 1 if part in ruled else SILENT)


def told_wholes(figures: Sequence[Quantity], known: Extraction) -> dict[int, int | None]:
    """For each figure found that is annotated as a part its whole, if that is found."""
    ends = {figure.end: number for number, figure in enumerate(figures)}
    spans = {figure.id: ends.get(figure.end) for figure in known.quantities}
    return {
        number: spans[figure.part_of]
        for figure in known.quantities
        if figure.part_of and (number := spans[figure.id]) is not None
    }


def _read(nlp: Language, known: Iterable[Extraction]) -> Iterator[tuple[Doc, Extraction]]:
    """Each text read by all but the last component, whose weights may not be there yet."""
    with nlp.select_pipes(disable="recoupe_facts"):
        for extraction in known:
            yield nlp(attach(nlp.make_doc(extraction.article.text), extraction.article)), extraction


@dataclass(frozen=True, slots=True)
class Text:
    """An annotated text as the rules read it."""

    around: Around
    known: Extraction


def texts(nlp: Language, known: Iterable[Extraction]) -> Iterator[Text]:
    """Each text with what stands around its figures."""
    for doc, extraction in _read(nlp, known):
        found, layout = annotations_of(doc), Layout.of(text_of(doc))
        figures = figures_of(doc, found)
        verdicts = verdicts_of(doc, found.quantities, figures, layout)
        yield Text(Around.of(doc, layout, figures, verdicts), extraction)


def statuses(text: Text) -> Iterator[Example]:
    """For each figure that is found what stands around it, and its status."""
    facts = {fact.quantity: fact.status for fact in text.known.facts}
    told = {figure.end: facts[figure.id] for figure in text.known.quantities}
    for index, figure in enumerate(text.around.figures):
        status = told.get(figure.quantity.end)
        if status is not None:
            yield Example(text.around.features(index), status)


def comparisons(text: Text, weights: LabelWeights) -> Iterator[Example]:
    """For each pair of near figures what stands between them, and how they are compared.

    ``weights`` are those of statuses, learned without this text: what it says of texts that it was
    learned from would be trusted too much.
    """
    around = text.around
    ruled = facts_of(around, around.verdicts)
    by_rule = compare_document(text_of(around.doc), around.found, ruled)
    ends = [figure.quantity.end for figure in around.figures]
    told = _labels(text.known)
    for pair in near(around, ruled, chances(around, weights), by_rule):
        label = told.get((ends[pair.first], ends[pair.second]), "none")
        yield Example(pair.features, label)


def _labels(known: Extraction) -> dict[tuple[int, int], str]:
    """The label of each pair that is compared, by where its figures end."""
    ends = {figure.id: figure.end for figure in known.quantities}
    of_facts = {fact.id: ends[fact.quantity] for fact in known.facts}
    names = {told: label for label, told in RELATIONS.items()}
    labels = {}
    for comparison in known.comparisons:
        left, right = of_facts[comparison.left], of_facts[comparison.right]
        label = names.get((comparison.relation, left < right))
        if label is not None:
            labels[min(left, right), max(left, right)] = label
    return labels
