"""The spaCy components ``recoupe_quantities`` and ``recoupe_references``.

References (roads, ages, telephone numbers…) and dates are found first: no figure is read in them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from spacy.language import Language
from spacy.tokens import Doc

from recoupe.extract.annotations import Annotations, annotations_of, mirror
from recoupe.extract.figures.divisions import divided
from recoupe.extract.figures.draft import Draft
from recoupe.extract.figures.ellipsis import complete_ellipses
from recoupe.extract.figures.labels import give_labels
from recoupe.extract.figures.likely import give_likely
from recoupe.extract.figures.likely_wholes import with_likely_wholes
from recoupe.extract.figures.measured import give_measured
from recoupe.extract.figures.not_figures import take_out
from recoupe.extract.figures.noun_phrases import keep_compounds
from recoupe.extract.figures.numerals import canonical
from recoupe.extract.figures.objects import TokenIndex, give_objects
from recoupe.extract.figures.passage import Passage
from recoupe.extract.figures.quantities import find_quantities
from recoupe.extract.figures.ranges import trim_ranges
from recoupe.extract.figures.rates import give_rates
from recoupe.extract.figures.references import find_references
from recoupe.extract.figures.shared import share_objects
from recoupe.extract.figures.shares_of import part_of
from recoupe.extract.figures.sums import wholes_by_sum
from recoupe.extract.figures.surroundings import approx_after, rate_after
from recoupe.extract.figures.tables import give_table_objects, give_table_units
from recoupe.extract.layout import Layout
from recoupe.extract.titles import title_spans
from recoupe.records import Quantity, Reference, Span


class QuantitiesComponent:
    """Fill the references and quantities of a `Doc`, and ``doc.spans`` of both names."""

    def __init__(self, nlp: Language, name: str) -> None:
        """Nothing is loaded; ``nlp`` is what every factory is given."""
        del nlp
        self.name = name
        #: Whether a figure that no rule gives a whole gets the likely one (`likely_wholes`).
        self.guesses_wholes = True

    def __call__(self, doc: Doc) -> Doc:
        """Fill the references and quantities of ``doc`` and give it back."""
        found, read = annotations_of(doc), read_figures(doc)
        text = read.index.text
        give_likely(read.index, read.layout, read.drafts, closed=read.dates, named=read.named)
        keep_compounds(text, read.drafts)
        give_rates(text, read.drafts)
        found.references = list(read.references)
        found.quantities = _records(text, read.drafts, read.layout, read.sentences)
        if self.guesses_wholes:
            found.quantities = with_likely_wholes(read.layout, found.quantities, read.sentences)
        mirror(doc, "references", found.references, label="REFERENCE")
        mirror(doc, "quantities", found.quantities, label="QUANTITY")
        return doc


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """The figures of a text with the nouns that rules give them, and what else was seen of it."""

    index: TokenIndex
    layout: Layout
    drafts: list[Draft]
    references: Sequence[Reference]
    dates: Sequence[Span]
    named: Sequence[Span]
    sentences: Sequence[Span]


def read_figures(doc: Doc) -> Reading:
    """Find the figures of ``doc`` and what rules say that they are of."""
    found = annotations_of(doc)
    dates = [date.span for date in found.dates]
    names = [programme.span for programme in found.programmes]
    index = TokenIndex(doc)
    text = index.text
    references = find_references(text, taken=dates)
    taken = [*dates, *names, *title_spans(text), *(ref.span for ref in references)]
    drafts = find_quantities(text, taken=taken)
    trim_ranges(index, drafts)
    layout = Layout.of(text)
    give_table_units(text, layout, drafts)
    give_objects(index, drafts)
    give_table_objects(index, layout, drafts)
    kept, named = take_out(index, drafts, found.territories)
    sentences = _sentence_spans(doc)
    give_labels(index, layout, kept, _named(found))
    give_measured(index, layout, kept)
    complete_ellipses(index, layout, kept, sentences)
    share_objects(index, kept)
    return Reading(
        index=index,
        layout=layout,
        drafts=kept,
        references=sorted([*references, *named], key=lambda reference: reference.start),
        dates=dates,
        named=_named(found),
        sentences=sentences,
    )


def _named(found: Annotations) -> list[Span]:
    """The places, bodies, people and days of a text, which label no figure."""
    return [
        mention.span
        for mentions in (
            found.territories,
            found.organisations,
            found.collectivites,
            found.people,
            found.dates,
        )
        for mention in mentions
    ]


def _sentence_spans(doc: Doc) -> list[Span]:
    return [(sentence.start_char, sentence.end_char) for sentence in doc.sents]


def _records(
    text: str, drafts: Sequence[Draft], layout: Layout, sentences: Sequence[Span]
) -> list[Quantity]:
    proven = wholes_by_sum(layout, drafts, sentences)
    passage = Passage.of(layout, drafts, sentences)
    wholes = divided(passage, {**proven, **part_of(passage)})
    for part, whole in wholes.items():
        same = passage.sentences[part] == passage.sentences[whole]
        if same and drafts[part].object_span is None and drafts[part].bare:
            drafts[part].give(drafts[whole].object_span, "whole")
    return [
        _record(text, draft, number=number, whole=wholes.get(number))
        for number, draft in enumerate(drafts)
    ]


def _record(text: str, draft: Draft, *, number: int, whole: int | None) -> Quantity:
    span = draft.object_span
    after = span[1] if span and span[0] >= draft.end else None
    said = span[1] if span and draft.rule == "ellipsis" else after
    per = draft.per or (rate_after(text, said) if said else None)
    approx = draft.approx or (approx_after(text, after) if after else None)
    return Quantity(
        id=f"q{number + 1}",
        start=draft.start,
        end=draft.end,
        text=text[draft.start : draft.end],
        kind="count" if draft.kind == "number" and _may_count(text, draft) else draft.kind,
        value=_canonical(draft.value),
        low=_canonical(draft.low),
        high=_canonical(draft.high),
        unit=draft.unit,
        per=per,
        approx=approx,
        precision=_canonical(draft.precision),
        object=text[span[0] : span[1]] if span else None,
        object_start=span[0] if span else None,
        object_end=span[1] if span else None,
        part_of=f"q{whole + 1}" if whole is not None else None,
        rule=draft.rule,
        confidence=draft.confidence,
    )


#: « un indice de 118 », « la note de 14 »: numbers that count nothing.
_MARK = re.compile(
    r"(?i)\b(?:indices?|notes?|notée?s?|scores?|cotes?|coefficients?|ratios?|quotient|pH|moyenne|échelle)\b[^.;:\n]{0,40}$"
)


def _may_count(text: str, draft: Draft) -> bool:
    """Whether a number without a noun can be one of things: a whole one, and no mark or index."""
    whole = all(value is None or value % 1 == 0 for value in (draft.value, draft.low, draft.high))
    return whole and _MARK.search(text[max(0, draft.start - 60) : draft.start]) is None


def _canonical(value: Decimal | None) -> Decimal | None:
    return None if value is None else canonical(value)
