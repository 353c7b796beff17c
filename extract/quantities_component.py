"""The spaCy components ``recoupe_quantities`` and ``recoupe_references``.

References (roads, ages, telephone numbers…) and dates are found first: no figure is read in them.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from spacy.language import Language
from spacy.tokens import Doc

from recoupe.extract.annotations import annotations_of, mirror
from recoupe.extract.draft import Draft
from recoupe.extract.layout import Layout
from recoupe.extract.numerals import canonical
from recoupe.extract.objects import give_objects
from recoupe.extract.quantities import find_quantities
from recoupe.extract.references import find_references
from recoupe.extract.shares_of import part_of
from recoupe.extract.surroundings import rate_after
from recoupe.extract.tables import give_table_units
from recoupe.records import Quantity, Reference, Span

#: Dates that are a length of time as well (« depuis trois ans »): their figure is a duration.
_LENGTHS = frozenset({"length", "stretch"})
_YEARS = (Decimal(1800), Decimal(2100))


class QuantitiesComponent:
    """Fill the references and quantities of a `Doc`, and ``doc.spans`` of both names."""

    def __init__(self, nlp: Language, name: str) -> None:
        """Nothing is loaded; ``nlp`` is what every factory is given."""
        del nlp
        self.name = name

    def __call__(self, doc: Doc) -> Doc:
        """Fill the references and quantities of ``doc`` and give it back."""
        found = annotations_of(doc)
        dates = [date.span for date in found.dates if date.rule not in _LENGTHS]
        names = [programme.span for programme in found.programmes]
        references = find_references(doc.text, taken=dates)
        taken = [*dates, *names, *(reference.span for reference in references)]
        drafts = find_quantities(doc.text, taken=taken)
        give_table_units(doc.text, Layout.of(doc.text), drafts)
        give_objects(doc, drafts)
        kept = [draft for draft in drafts if not _is_adjective(doc, draft)]
        years = [draft for draft in kept if _is_year(draft)]
        kept = [draft for draft in kept if not _is_year(draft)]
        found.references = sorted(
            [*references, *(_year(doc.text, draft) for draft in years)], key=lambda r: r.start
        )
        found.quantities = _records(doc.text, kept, _sentence_spans(doc))
        mirror(doc, "references", found.references, label="REFERENCE")
        mirror(doc, "quantities", found.quantities, label="QUANTITY")
        return doc


def _is_adjective(doc: Doc, draft: Draft) -> bool:
    """« un véhicule neuf »: the adjective, not the number."""
    if not draft.words or doc.text[draft.start : draft.end].lower() != "neuf":
        return False
    span = doc.char_span(draft.start, draft.end, alignment_mode="expand")
    return draft.object_span is None or (span is not None and span[0].pos_ == "ADJ")


def _is_year(draft: Draft) -> bool:
    """A number of four digits that counts nothing is a year (« en 2019 », « (2021) »)."""
    plain = draft.bare and draft.rule == "numeral" and draft.object_span is None
    return (
        plain
        and not draft.words
        and draft.end - draft.start == 4  # noqa: PLR2004  no separator
        and draft.value is not None
        and _YEARS[0] <= draft.value <= _YEARS[1]
    )


def _year(text: str, draft: Draft) -> Reference:
    return Reference(
        start=draft.start, end=draft.end, text=text[draft.start : draft.end], kind="year"
    )


def _sentence_spans(doc: Doc) -> list[Span]:
    return [(sentence.start_char, sentence.end_char) for sentence in doc.sents]


def _records(text: str, drafts: Sequence[Draft], sentences: Sequence[Span]) -> list[Quantity]:
    wholes = part_of(text, drafts, sentences)
    return [
        _record(text, draft, number=number, whole=wholes.get(number))
        for number, draft in enumerate(drafts)
    ]


def _record(text: str, draft: Draft, *, number: int, whole: int | None) -> Quantity:
    span = draft.object_span
    per = draft.per or (rate_after(text, span[1]) if span and span[0] >= draft.end else None)
    return Quantity(
        id=f"q{number + 1}",
        start=draft.start,
        end=draft.end,
        text=text[draft.start : draft.end],
        kind="count" if whole is not None and draft.kind == "number" else draft.kind,
        value=_canonical(draft.value),
        low=_canonical(draft.low),
        high=_canonical(draft.high),
        unit=draft.unit,
        per=per,
        approx=draft.approx,
        precision=_canonical(draft.precision),
        object=text[span[0] : span[1]] if span else None,
        object_start=span[0] if span else None,
        object_end=span[1] if span else None,
        part_of=f"q{whole + 1}" if whole is not None else None,
        rule=draft.rule,
        confidence=draft.confidence,
    )


def _canonical(value: Decimal | None) -> Decimal | None:
    return None if value is None else canonical(value)
