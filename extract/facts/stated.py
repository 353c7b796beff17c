"""What a figure's sentence says by its tense alone, where no word gives a status.

« Le département compte 22 maisons », « elles étaient 14 »: a state of the world that is told as a
fact is observed; in the future it is planned, in the conditional estimated. Measured on the
development part, six in ten of such guesses are right, so that they stay weak: they are shown, with
their confidence, and nothing is set against them.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from recoupe.extract.facts.figure import Figure, Verdict, lemma_of
from recoupe.extract.facts.markers import lemmas
from recoupe.extract.facts.verbs import Aspect, read_verb
from recoupe.records import Status

#: Money and lengths of time are stated for many reasons; counts and measures are mostly observed.
_STATED = frozenset({"count", "measure", "percent", "ratio", "number", "point", "multiplier"})
_TOLD: dict[Aspect, Status] = {
    "present": "achieved",
    "realised": "achieved",
    "imperfect": "achieved",
    "future": "planned",
    "conditional": "estimated",
}
_AUXILIARY = frozenset({"cop", "aux", "aux:tense", "aux:pass"})
#: How many links of the tree are climbed to the verb.
_CLIMB = 8
_STRENGTH = 0.4


def stated(figure: Figure) -> Verdict | None:
    """A weak verdict from the tense of the verb that the figure stands under."""
    if figure.quantity.kind not in _STATED or _describes(figure):
        return None
    verb = next(filter(_is_finite, _upwards(figure.head)), None)
    if verb is not None and lemma_of(verb) in lemmas("describing", "verbs"):
        return None
    if verb is None:
        return Verdict(status="achieved", strength=_STRENGTH)
    reading = read_verb(verb)
    status = _TOLD.get(reading.aspect)
    if status is None or reading.negated:
        return None
    return Verdict(status=status, strength=_STRENGTH, conditional=status == "estimated")


def _describes(figure: Figure) -> bool:
    """« un parking de 180 places », « 40 km par jour », « à 300 mètres »: no state of things."""
    head = figure.head
    if head.dep_ == "nmod" and head.head.pos_ in {"NOUN", "PROPN"}:
        return True
    cases = {child.lower_ for child in head.lefts if child.dep_ == "case"}
    distant = figure.quantity.kind == "measure" and "à" in cases
    return distant or figure.quantity.per is not None


def _upwards(token: Token) -> Iterator[Token]:
    for _ in range(_CLIMB):
        yield token
        if token.head.i == token.i:
            return
        token = token.head


def _is_finite(token: Token) -> bool:
    if token.pos_ in {"VERB", "AUX"} and (token.morph.get("Mood", []) or token.dep_ == "ROOT"):
        return True
    return any(child.dep_ in _AUXILIARY for child in token.children)
