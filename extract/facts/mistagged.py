"""Verbs that the tagger took for nouns, known again by their form and by what stands around them.

« Le réseau compte désormais 2 100 bornes » and « l'assureur a indemnisé 1 200 sinistrés » are noun
phrases to the model; before a figure only a verb makes sense there.
"""

from __future__ import annotations

from spacy.tokens import Token

from recoupe.extract.facts import markers
from recoupe.extract.facts.figure import Figure, Verdict, offsets_of
from recoupe.extract.facts.tenses import status_of
from recoupe.extract.facts.verbs import Reading

_AVOIR = frozenset({"a", "ont", "avait", "avaient", "ai", "avons"})
_BETWEEN = frozenset({"ADV", "DET", "ADP"})
_WORDS_BACK = 4
_APART = 5


def mistagged_verb(figure: Figure) -> Verdict | None:
    """The verdict of a verb in disguise right before the figure, ``None`` where there is none."""
    for token in _words_before(figure):
        if token.pos_ in _BETWEEN and token.lower_ not in markers.participles():
            continue
        return _verdict(figure, token)
    return None


def _words_before(figure: Figure) -> list[Token]:
    start = figure.span.start
    first = max(figure.span.sent.start, start - _WORDS_BACK)
    words = [token for token in figure.span.doc[first:start] if token.idx >= figure.room[0]]
    return list(reversed(words))


def _verdict(figure: Figure, token: Token) -> Verdict | None:
    if token.i == 0 or token.pos_ not in {"NOUN", "ADJ", "PROPN", "VERB"}:
        return None
    if token.pos_ == "VERB":
        return _told_apart(figure, token)
    before = token.nbor(-1)
    infinitive = markers.participles().get(token.lower_)
    if infinitive and (before.lower_ in _AVOIR or _has_avoir_apart(figure, token)):
        return _read(figure, token, infinitive, Reading(aspect="realised"))
    infinitive = markers.infinitive_of(token.lower_)
    participle = token.lower_ in markers.participles()
    named = before.pos_ in {"NOUN", "PROPN"} and before.idx >= figure.clause[0]
    if infinitive and named and not participle:
        return _read(figure, token, infinitive, Reading(aspect="present"))
    return None


def _told_apart(figure: Figure, token: Token) -> Verdict | None:
    """A participle right before the figure whose auxiliary the parse has lost."""
    infinitive = markers.participles().get(token.lower_)
    tied = any(child.dep_.startswith("aux") for child in token.lefts)
    if infinitive is None or tied or not _has_avoir_apart(figure, token):
        return None
    return _read(figure, token, infinitive, Reading(aspect="realised"))


def _has_avoir_apart(figure: Figure, token: Token) -> bool:
    """« la Région a de son côté dépensé N »: a few words between, none of them a verb."""
    for before in reversed(token.doc[max(token.sent.start, token.i - _APART) : token.i]):
        if before.lower_ in _AVOIR and before.pos_ in {"AUX", "VERB"}:
            return before.idx >= figure.clause[0]
        if before.pos_ in {"VERB", "AUX", "PUNCT"}:
            return False
    return False


def _read(figure: Figure, token: Token, infinitive: str, reading: Reading) -> Verdict | None:
    family = markers.verb_families()[infinitive]
    status = status_of(figure.quantity, infinitive, family, reading)
    return Verdict(status=status, marker=offsets_of(token), strength=0.7) if status else None
