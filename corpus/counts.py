"""How much the corpus holds of each kind of thing, counted from the files themselves."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from recoupe.corpus.documents import Document, Part, load
from recoupe.corpus.gold import Gold, annotated, load_all_cases
from recoupe.corpus.pairs import load_pairs

#: A programme is told over time when at least so many documents speak of it.
_TOLD = 3


def count(*parts: Part) -> dict[str, int]:
    """What these parts hold together, by name, in a fixed order."""
    texts = {part: load(part) for part in parts}
    documents = [document for part in parts for document in texts[part]]
    golds = annotated(documents)
    cases = [case for part in parts for case in load_all_cases(part)]
    pairs = [
        pair
        for part in parts
        for pair in load_pairs(part, {document.slug: document for document in texts[part]})
    ]
    return {
        "documents": len(documents),
        "documents annotated": len(golds),
        "words": sum(len(document.text.split()) for document in documents),
        "genres": len({document.genre for document in documents}),
        "programmes over 3 documents": len(_told(documents)),
        **_annotations(golds),
        "pairs to make": sum(pair.relation is not None for pair in pairs),
        "pairs to refuse": sum(pair.refused is not None for pair in pairs),
        "hard cases": len(cases),
        "hard cases with a trap": sum(bool(case.traps) for case in cases),
    }


def _told(documents: Sequence[Document]) -> list[str]:
    told = Counter(document.programmes[0] for document in documents if document.programmes)
    return [programme for programme, times in told.items() if times >= _TOLD]


def _annotations(golds: Sequence[Gold]) -> Mapping[str, int]:
    found = [gold.extraction for gold in golds]
    statuses = Counter(fact.status for extraction in found for fact in extraction.facts)
    return {
        "figures": sum(len(extraction.quantities) for extraction in found),
        **{f"figures {status}": statuses[status] for status in sorted(statuses)},
        "dates and periods": sum(len(extraction.dates) for extraction in found),
        "territories": sum(len(extraction.territories) for extraction in found),
        "territories without a code": sum(
            territory.code is None for extraction in found for territory in extraction.territories
        ),
        "people with a role": sum(1 for _ in _people_with_role(golds)),
        "organisations": sum(len(extraction.organisations) for extraction in found),
        "programme mentions": sum(len(extraction.programmes) for extraction in found),
        "quotations": sum(len(extraction.quotes) for extraction in found),
        "quotations, indirect": sum(
            not quote.direct for extraction in found for quote in extraction.quotes
        ),
        "comparisons in a text": sum(len(extraction.comparisons) for extraction in found),
    }


def _people_with_role(golds: Sequence[Gold]) -> Iterator[tuple[str, str]]:
    """Each person of each document once, whose role the document says."""
    for gold in golds:
        yield from {
            (gold.name, person.name) for person in gold.extraction.people if person.role is not None
        }
