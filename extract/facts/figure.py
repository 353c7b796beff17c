"""A figure in its sentence, and the verdict on its status."""

from __future__ import annotations

import re
from dataclasses import dataclass

from spacy.tokens import Doc, Span, Token

from recoupe.extract.annotations import text_of, tokens_of
from recoupe.extract.facts import markers
from recoupe.records import Quantity, Status
from recoupe.records import Span as Offsets


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """A status with the span that gave it and the flags beside it; ``strength`` lies in 0–1."""

    status: Status = "none"
    marker: Offsets | None = None
    negated: bool = False
    conditional: bool = False
    strength: float = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A quantity in its sentence: its tokens, the token that heads them, its clause.

    ``room`` is the part of the clause between its neighbours: no phrase reaches over a figure.
    ``deadline`` is where the clause names one that was still to come (« d'ici 2027 »).
    """

    quantity: Quantity
    span: Span
    head: Token
    clause: Offsets
    room: Offsets
    deadline: Offsets | None = None


#: Kinds whose own unit stands in the sentence like a noun: « 3,4 millions d'euros de versements ».
_OF_SUBSTANCE = frozenset({"amount", "measure", "duration", "point"})


def figure_of(
    doc: Doc,
    quantity: Quantity,
    clause: Offsets,
    *,
    room: Offsets | None = None,
    deadline: Offsets | None = None,
) -> Figure:
    """The tokens of ``quantity`` with what it counts, where that follows it."""
    end = quantity.end
    counted = quantity.kind not in _OF_SUBSTANCE
    if counted and quantity.object_end is not None and quantity.object_end > end:
        gap = text_of(doc)[end : quantity.object_start]
        end = quantity.object_end if len(gap) < 30 and not re.search(r"\d|\n", gap) else end  # noqa: PLR2004
    span = tokens_of(doc, quantity.start, end)
    return Figure(
        quantity=quantity,
        span=span,
        head=span.root,
        clause=clause,
        room=room or clause,
        deadline=deadline,
    )


def lemma_of(token: Token) -> str:
    """The lemma in lower case; of a marked participle its infinitive, however it was tagged."""
    lemma = token.lemma_.lower()
    if token.pos_ in {"VERB", "ADJ"} and lemma not in markers.verb_families():
        return markers.infinitive_of(token.lower_) or lemma
    return lemma


def offsets_of(token: Token) -> Offsets:
    """Where the token stands, in characters."""
    return token.idx, token.idx + len(token)
