"""What a figure measures: the key by which figures of several texts are set side by side.

« logements sociaux » → "logement social"; « 42 millions d'euros d'investissements » →
"investissement"; « la vacance commerciale tombe à 16,2 % » → "vacance commercial"; a sum of
autorisations d'engagement is never one of crédits de paiement.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from spacy.tokens import Doc, Token

from recoupe.extract.annotations import tokens_of
from recoupe.extract.facts import markers
from recoupe.extract.facts.figure import Figure
from recoupe.extract.figures.numerals import SP
from recoupe.extract.layout import Layout
from recoupe.records import Span

_ACCOUNTS = {"AE": "autorisation d'engagement", "CP": "crédit de paiement"}
_SHARES = frozenset({"percent", "point", "ratio"})


def measure_of(doc: Doc, figure: Figure, perimeter: str | None) -> str | None:
    """The lemmatised head noun of what is counted or paid, with its qualifiers in order.

    ``None`` where the text does not say.
    """
    if perimeter in _ACCOUNTS:
        return _ACCOUNTS[perimeter]
    words = [_lemma(t) for t in _words(doc, figure) if t.pos_ in {"NOUN", "PROPN", "ADJ"}]
    return " ".join(words) or None


_TOTAL = re.compile(r"(?i)\s*(?:total|totaux|ensemble|cumul|au total)\b")


def row_of(text: str, layout: Layout, position: int) -> Span | None:
    """The label of the table row that holds ``position``; ``None`` in a total or outside one."""
    line = layout.line_at(position)
    if not layout.is_row(line):
        return None
    label = layout.cells(line)[0]
    if position < label[1] or _TOTAL.match(text[slice(*label)]):
        return None
    return label


def _words(doc: Doc, figure: Figure) -> Sequence[Token]:
    quantity = figure.quantity
    if quantity.kind in _SHARES:
        return _subject(figure)
    if quantity.kind == "amount":
        return _complement(doc, quantity.end)[:1]
    if quantity.object_start is not None and quantity.object_end is not None:
        return _qualified(doc, quantity.object_start, quantity.object_end)
    if quantity.kind == "measure":
        return _complement(doc, quantity.end)
    return _topic(figure)


def _subject(figure: Figure) -> Sequence[Token]:
    """« la vacance commerciale est tombée à 16,2 % », « ramener la vacance de 19,4 % à 12 % »."""
    verb = next((t for t in figure.head.ancestors if t.pos_ in {"VERB", "AUX"}), None)
    if verb is None or verb.sent.start_char > figure.quantity.start:
        return ()
    sets = markers.lemmas("equating", "verbs") | markers.lemmas("equating", "set_to")
    moves = markers.lemmas("equating", "moves")
    if verb.lemma_ not in sets | moves:
        return ()
    found = [t for t in verb.children if t.dep_ == "obj" and t.pos_ == "NOUN"] or [
        t for t in verb.children if t.dep_.startswith("nsubj") and t.pos_ == "NOUN"
    ]
    if not found or found[0] in figure.span:
        return ()
    return [found[0], *(t for t in found[0].rights if t.dep_ == "amod")]


_TOPIC = re.compile(
    rf"(?i)^(?:quant{SP}aux?|côté|pour{SP}les|s['’]agissant{SP}des){SP}+(?P<noun>\w{{4,}}){SP}*,"
)


def _topic(figure: Figure) -> Sequence[Token]:
    """« Quant aux arceaux, 388 sont posés »: what the sentence opens with."""
    sentence = figure.span.sent
    match = _TOPIC.match(sentence.text)
    if match is None or sentence.start_char + match.end() > figure.quantity.start:
        return ()
    start = sentence.start_char + match.start("noun")
    return [*tokens_of(sentence.doc, start, start + len(match["noun"]))][:1]


def _lemma(token: Token) -> str:
    return token.lemma_.lower().replace("’", "'")


def _complement(doc: Doc, position: int) -> Sequence[Token]:
    """« d'investissements », « de crédits France Relance »: the noun and its adjective."""
    tokens = [token for token in doc[_token_at(doc, position) :][:3] if not token.is_space]
    if len(tokens) < 2 or tokens[0].lower_ not in {"de", "d'", "d’"}:  # noqa: PLR2004  « de » and a noun
        return ()
    if tokens[1].pos_ != "NOUN" and tokens[1].dep_ != "nmod":
        return ()
    return [token for token in tokens[1:] if token.pos_ in {"NOUN", "ADJ"}]


def _token_at(doc: Doc, position: int) -> int:
    """Index of the first token at or after ``position``, white space passed over."""
    index = tokens_of(doc, max(0, position - 1), position).end
    while index < len(doc) and doc[index].is_space:
        index += 1
    return index


def _qualified(doc: Doc, start: int, end: int) -> Sequence[Token]:
    """The object with the adjective that stands before it (« nouveaux territoires »)."""
    span = tokens_of(doc, start, end)
    before = doc[span.start - 1] if span.start else None
    if (
        before is not None
        and before.pos_ == "ADJ"
        and not before.like_num
        and before.lower_ not in {"mêmes", "premiers", "premières"}
    ):
        return [*span, before]
    following = doc[span.end : span.end + 3]
    quoted = [
        token
        for token in following
        if token.pos_ == "ADJ" and token.nbor(-1).text in {'"', "«", "“"}
    ]
    return [*span, *quoted[:1]]
