"""What a figure takes over from the one before it: « sur ce montant, 121 millions sont payés ».

A part said with « dont », and a sum that « cette somme » takes up, are of the same measure,
programme and payer as what they refer to.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from recoupe.extract.layout import Layout
from recoupe.records import Fact, Quantity

_TAKEN_UP = re.compile(
    r"(?i)\b(?:cette\s+(?:somme|enveloppe|dotation)|ce\s+(?:montant|total|budget)|"
    r"ces\s+(?:crédits|sommes|fonds|aides|subventions))\b"
)


def take_over(
    facts: Sequence[Fact], quantities: Sequence[Quantity], text: str, layout: Layout
) -> list[Fact]:
    """``facts`` with measure, programme and perimeter filled from what they take up."""
    done: list[Fact] = []
    places = {quantity.id: index for index, quantity in enumerate(quantities)}
    for index, fact in enumerate(facts):
        source = _source(done, index, quantities, places, text, layout)
        done.append(_filled(fact, source) if source is not None else fact)
    return done


def _source(
    done: Sequence[Fact],
    index: int,
    quantities: Sequence[Quantity],
    places: dict[str, int],
    text: str,
    layout: Layout,
) -> Fact | None:
    quantity = quantities[index]
    if quantity.kind != "amount":
        return None
    if quantity.part_of is not None:
        whole = places[quantity.part_of]
        earlier = whole < index and quantities[whole].kind == "amount"
        return done[whole] if earlier else None
    start, _ = layout.paragraph_at(quantity.start)
    sentence = max(start, text.rfind(". ", start, quantity.start) + 1)
    if not _TAKEN_UP.search(text, sentence, quantity.start):
        return None
    before = (i for i in range(index - 1, -1, -1) if start <= quantities[i].start < sentence)
    found = next((i for i in before if quantities[i].kind == "amount"), None)
    return done[found] if found is not None else None


def _filled(fact: Fact, source: Fact) -> Fact:
    """``fact`` with what it does not say itself; its own place, if it names one, stays."""
    if fact.measure is not None:
        return fact
    own_place = fact.territory_basis == "sentence"
    return replace(
        fact,
        measure=source.measure,
        programme=source.programme,
        perimeter=fact.perimeter or source.perimeter,
        territory=fact.territory if own_place else source.territory,
        territory_level=fact.territory_level if own_place else source.territory_level,
        territory_basis=fact.territory_basis if own_place else source.territory_basis,
    )
