"""The subject of a figure's verb, read from the words where the parse gives none.

« Les crédits ouverts la première année sont de 3,4 millions » : in the clause before the verb, the
first noun that no preposition governs; « une facture qui grimpe à 106 millions »: the antecedent.
Reading stops at another finite verb, for its subject is another.
"""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Span as SpacySpan
from spacy.tokens import Token

from recoupe.extract.phrases import vocabulary

_STOPS = frozenset({";", ":", "(", "—", "–", "«", "»", '"', "\n", "|"})
_PREPOSITIONS = frozenset(
    [
        *("de", "d'", "d’", "du", "des", "à", "au", "aux", "en", "par", "pour", "sur", "avec"),
        *("sans", "dans", "chez", "entre", "sous", "vers", "selon", "depuis", "contre", "dès"),
        *("après", "avant"),
    ]
)
_CLITICS = frozenset(
    {"n'", "n’", "ne", "se", "s'", "s’", "l'", "l’", "en", "y", "lui", "leur", "le", "la", "les"}
)
#: The verb and its figure stand at most so many words apart.
_WITHIN = 5
_PASSIVE = frozenset({"percent", "ratio"})


def subject_by_words(span: SpacySpan, kind: str) -> Token | None:
    """The noun whose verb stands right before ``span``, ``None`` where none is sure."""
    verb = _verb_before(span, kind)
    placed = kind == "measure" and verb is not None and span.doc[span.start - 1].lower_ == "à"
    if verb is None or (placed and verb.lemma_ == "être"):  # « La gare est à 12 km »
        return None
    position = verb.i - 1
    doc, start = verb.doc, verb.sent.start
    while position >= start and (
        doc[position].lower_ in _CLITICS or doc[position].pos_ in {"AUX", "ADV", "PART"}
    ):
        position -= 1
    if position < start:
        return None
    if doc[position].lower_ == "qui":
        return _antecedent(doc[start:position])
    return _first_free(_clause(doc[start : position + 1]))


def _verb_before(span: SpacySpan, kind: str) -> Token | None:
    """The measuring verb from which only small words part the figure."""
    words = vocabulary("quantities")["measured"]
    verbs = (
        frozenset(words["measuring"]) | frozenset(words["valuing"]) | frozenset(words["selling"])
    )
    for token in reversed(span.doc[max(span.sent.start, span.start - _WITHIN) : span.start]):
        if token.pos_ in {"VERB", "AUX"} or token.lemma_ in verbs:
            stated = (
                token.pos_ == "VERB"
                and kind in _PASSIVE
                and token.morph.get("VerbForm", []) == ["Part"]
            )
            return token if token.lemma_ in verbs or stated else None
        if token.pos_ in {"NOUN", "PROPN", "PRON"} or token.text in _STOPS:
            return None
    return None


def _clause(tokens: SpacySpan) -> list[Token]:
    """The tokens after the last stop and the last finite verb."""
    kept: list[Token] = []
    for token in tokens:
        finite = token.pos_ in {"VERB", "AUX"} and token.morph.get("VerbForm", []) == ["Fin"]
        if token.text in _STOPS or finite:
            kept = []
        else:
            kept.append(token)
    return kept


def _first_free(tokens: Sequence[Token]) -> Token | None:
    """The first noun with a determiner that no preposition governs."""
    governed = False
    determined = False
    for token in tokens:
        low = token.lower_
        if low in _PREPOSITIONS and token.pos_ != "DET":
            governed = True
        elif token.pos_ == "DET" or low in {"l'", "l’", "le", "la", "les"}:
            determined = True
        elif token.pos_ == "NOUN":
            if not governed and determined:
                return token
            governed = determined = False
        elif token.pos_ not in {"ADJ", "NUM"}:
            governed = determined = False
    return None


def _antecedent(tokens: SpacySpan) -> Token | None:
    """The noun that « qui » takes up: the last with a determiner, behind « , » or not."""
    nouns = [
        token
        for token in tokens
        if token.pos_ == "NOUN" and any(child.pos_ == "DET" for child in token.lefts)
    ]
    return nouns[-1] if nouns else None
