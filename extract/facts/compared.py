"""The comparisons of a text, each pair of figures once.

Those that `likely_comparisons` makes between figures near each other, those of the rules
(`relations`) between figures further apart, and every part beside its whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from recoupe.comparison import ratio
from recoupe.extract.annotations import text_of
from recoupe.extract.facts.around import Around
from recoupe.extract.facts.likely_comparisons import RELATIONS, likely
from recoupe.extract.facts.likely_status import Chances
from recoupe.extract.facts.relations import compare_document
from recoupe.extract.facts.side_by_side import Pair, SideBySide
from recoupe.records import Comparison, Fact, Quantity


def compared(
    around: Around, facts: Sequence[Fact], ruled: Sequence[Fact], chances: Sequence[Chances]
) -> list[Comparison]:
    """Every comparison of one text, each pair of figures once.

    ``facts`` and ``ruled`` are the same facts, with their likely status and with that of the rules.
    """
    by_rule = compare_document(text_of(around.doc), around.found, ruled)
    pairs = [*near(around, ruled, chances, by_rule)]
    made = [_compared(around, facts, pair, label) for pair, label in likely(pairs)]
    done = {frozenset((comparison.left, comparison.right)) for comparison in made}
    close = {frozenset((facts[pair.first].id, facts[pair.second].id)) for pair in pairs}
    wholes = {fact.id: quantity.part_of for fact, quantity in _with_quantities(around, facts)}
    for comparison in by_rule:
        both = frozenset((comparison.left, comparison.right))
        if both in done:
            continue
        if both not in close or comparison.relation == "part_of":
            made.append(comparison)
        elif _is_part(comparison, wholes, facts):
            made.append(replace(comparison, relation="part_of"))
    return made


def near(
    around: Around,
    ruled: Sequence[Fact],
    chances: Sequence[Chances],
    by_rule: Iterable[Comparison],
) -> Iterable[Pair]:
    """The pairs of figures that the model is asked of."""
    places = {fact.id: place for place, fact in enumerate(ruled)}
    labels: dict[tuple[int, int], str] = {}
    for comparison in by_rule:
        left, right = places[comparison.left], places[comparison.right]
        for label, (relation, left_first) in RELATIONS.items():
            if relation == comparison.relation and left_first == (left < right):
                labels[min(left, right), max(left, right)] = label
    return SideBySide(around, chances, labels).pairs()


def _compared(around: Around, facts: Sequence[Fact], pair: Pair, label: str) -> Comparison:
    relation, first_left = RELATIONS[label]
    left, right = (pair.first, pair.second) if first_left else (pair.second, pair.first)
    values = [around.figures[place].quantity.value for place in (left, right)]
    same = facts[left].evidence == facts[right].evidence
    return Comparison(
        relation=relation,
        left=facts[left].id,
        right=facts[right].id,
        ratio=ratio(*values),
        basis="sentence" if same else "document",
    )


def _with_quantities(around: Around, facts: Sequence[Fact]) -> Iterable[tuple[Fact, Quantity]]:
    return zip(facts, (figure.quantity for figure in around.figures), strict=True)


def _is_part(
    comparison: Comparison, wholes: Mapping[str, str | None], facts: Sequence[Fact]
) -> bool:
    quantities = {fact.id: fact.quantity for fact in facts}
    return wholes[comparison.right] == quantities[comparison.left]
