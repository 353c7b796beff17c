"""What a figure is of where a label says it: « Présents : 31 », « - Taux de vacance : 2,1 % ».

A label is a noun phrase without a finite verb that opens a line, a list item or a sentence, up to
a colon right before the figure. Places, bodies, days and those who pay are no labels of figures.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from spacy.tokens import Token

from recoupe.extract.figures.draft import Draft
from recoupe.extract.figures.measured import each
from recoupe.extract.figures.noun_phrases import is_no_object, phrase_at
from recoupe.extract.figures.numerals import SP
from recoupe.extract.figures.objects import TokenIndex
from recoupe.extract.figures.series import status_participles
from recoupe.extract.layout import Layout
from recoupe.extract.phrases import vocabulary
from recoupe.records import Span

#: The label, its colon, and what approximates the figure.
_LABEL = re.compile(
    rf"(?:^|(?<=[.;!?…—–|])|(?<=\n))[{SP[1:-1]}\n•▪*—–-]*(?P<label>[^.;:!?\n|«»—]{{2,90}}?){SP}?:"
    rf"{SP}*(?:(?:environ|près{SP}de|plus{SP}de|moins{SP}de|quelque|seulement|jusqu['’]à|soit){SP}*)?$"
)
#: « 3,9 % en 2024, 1,8 % en 2017 », « 2 140 en mai, contre 890 »: further figures of one label.
_NEXT = re.compile(
    rf"(?:{SP}*\(?(?:en|au|à|fin|début|depuis|avant|après|dès){SP}[^.;:,()\n]{{2,30}}\)?)?{SP}?,?{SP}*"
    rf"(?:(?:puis|et|contre|dont|soit|après){SP})?"
)
_REACH = 110
_MOST_WORDS = 12
_WORDLESS = frozenset({"ADP", "ADV", "PRON", "SCONJ", "CCONJ", "AUX", "NUM", "PUNCT", "INTJ"})


def give_labels(
    index: TokenIndex, layout: Layout, drafts: Sequence[Draft], named: Sequence[Span]
) -> None:
    """Give each draft that has no object the noun of the label before it.

    ``named`` are the places, bodies and days of the text.
    """
    label: Token | None = None
    before: Draft | None = None
    for draft in drafts:
        if layout.is_row(layout.line_at(draft.start)):
            label = before = None
            continue
        own = _label(index, draft, named)
        goes_on = label is not None and before is not None and _goes_on(index.text, before, draft)
        label = own or (label if goes_on else None)
        before = draft
        inside = draft.object_span is not None and draft.object_span[1] <= draft.start
        if label is not None and (draft.object_span is None or inside):
            draft.give(phrase_at(label), "label")
            draft.per = draft.per or each(label)
            draft.kind = "count" if draft.bare else draft.kind


def _goes_on(text: str, before: Draft, draft: Draft) -> bool:
    return before.kind == draft.kind and _NEXT.fullmatch(text, before.end, draft.start) is not None


def _label(index: TokenIndex, draft: Draft, named: Sequence[Span]) -> Token | None:
    if draft.kind in {"rank", "multiplier"}:
        return None
    window = max(0, draft.start - _REACH)
    match = _LABEL.search(index.text[window : draft.start])
    if not match:
        return None
    start, end = (window + place for place in match.span("label"))
    tokens = [t for t in index.doc[index.at(start) : index.at(end)] if not t.is_space]
    while tokens and tokens[0].pos_ == "DET":
        tokens = tokens[1:]
    if not tokens or len(tokens) > _MOST_WORDS or any(map(_is_finite, tokens)):
        return None
    head = _counted(tokens)
    if any(first <= head.idx < last for first, last in named) or not _may_label(head):
        return None
    return head


def _counted(tokens: Sequence[Token]) -> Token:
    """« Nombre de places : 12 »: the places."""
    tally = vocabulary("quantities")["labels"]["tallies"]
    of = [token.lower_ for token in tokens[1:2]]
    hollow = tokens[0].lower_ in tally and of and of[0] in {"de", "d'", "d’", "des"}
    return tokens[2] if hollow and tokens[2:] else tokens[0]


def _may_label(head: Token) -> bool:
    words = vocabulary("quantities")
    low = head.lower_
    if head.pos_ in _WORDLESS or not head.text[0].isalpha() or len(low) < 3:  # noqa: PLR2004
        return False
    if low in status_participles() or is_no_object(head):
        return False
    if low in words["labels"]["alone"] and head.nbor(1).pos_ != "ADJ":
        return False
    return low not in words["measured"]["actors"] and low not in words["labels"]["never"]


def _is_finite(token: Token) -> bool:
    return token.pos_ in {"VERB", "AUX"} and "Fin" in token.morph.get("VerbForm", [])
