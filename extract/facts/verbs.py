"""Read a French verb group: when it happens, whether it is denied, whether it is only said so."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from spacy.tokens import Token

from recoupe.extract.facts.markers import lemmas, participles

Aspect = Literal["realised", "present", "future", "conditional", "infinitive", "imperfect"]

_AUXILIARIES = frozenset({"aux", "aux:tense", "aux:pass", "aux:caus", "cop"})
_NEGATIONS = frozenset(
    {"pas", "jamais", "plus", "aucun", "aucune", "guère", "point", "nul", "rien", "ni"}
)
_NE = frozenset({"ne", "n'", "n’"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """How a verb stands: its aspect, voice and polarity.

    ``anterior`` marks the future perfect (« auront finalisé »), ``not_yet`` « pas encore ».
    """

    aspect: Aspect
    passive: bool = False
    negated: bool = False
    not_yet: bool = False
    anterior: bool = False
    modal: str | None = None


def read_verb(verb: Token) -> Reading:
    """Read the group around ``verb``: its form, its auxiliaries, what governs its infinitive."""
    auxiliaries = [child for child in verb.lefts if child.dep_ in _AUXILIARIES]
    passive = any(child.dep_ == "aux:pass" for child in auxiliaries) or (
        _is_participle(verb) and any(child.lemma_ == "être" for child in auxiliaries)
    )
    negated, not_yet = _negation(verb, auxiliaries)
    finite = next((a for a in auxiliaries if a.morph.get("Mood", [])), None)
    aspect, anterior = _aspect(verb, finite, auxiliaries)
    modal: str | None = None
    if aspect == "infinitive":
        governor = _governor(verb)
        if governor is not None:
            modal = governor.lemma_.lower()
            aspect, negated, not_yet = _governed(governor, negated=negated, not_yet=not_yet)
    return Reading(
        aspect=aspect,
        passive=passive,
        negated=negated,
        not_yet=not_yet,
        anterior=anterior,
        modal=modal,
    )


def _is_participle(token: Token) -> bool:
    past = "Part" in token.morph.get("VerbForm", []) and "Past" in token.morph.get("Tense", [])
    return past or token.lower_ in participles()


def _aspect(verb: Token, finite: Token | None, auxiliaries: list[Token]) -> tuple[Aspect, bool]:
    lead = finite or verb
    mood = _by_ending(lead)
    if mood == "conditional" or "Cnd" in lead.morph.get("Mood", []):
        return "conditional", False
    if mood == "future" or "Fut" in lead.morph.get("Tense", []):
        anterior = lead.lemma_ == "avoir" or len(auxiliaries) > 1
        return "future", anterior and _is_participle(verb)
    if finite is None and _is_participle(verb):
        infinitive = any("Inf" in a.morph.get("VerbForm", []) for a in auxiliaries)
        past = not infinitive or _is_told_as_done(verb, auxiliaries)
        return ("realised" if past else "infinitive"), False
    if finite is not None and _is_participle(verb):
        return ("present" if _is_present_passive(finite, auxiliaries) else "realised"), False
    if "Inf" in verb.morph.get("VerbForm", []):
        return "infinitive", False
    if "Imp" in verb.morph.get("Tense", []):
        return "imperfect", False
    if "Past" in verb.morph.get("Tense", []):
        return "realised", False
    return "present", False


def _is_told_as_done(verb: Token, auxiliaries: list[Token]) -> bool:
    """« dit avoir versé 3 M€ » tells what is done, « doit avoir versé » what is to be."""
    perfect = any(a.lower_ == "avoir" for a in auxiliaries)
    governor = _governor(verb)
    if not perfect or governor is None or governor.pos_ not in {"VERB", "AUX"}:
        return False
    return governor.lemma_.lower() not in lemmas("governing", "planned")


def _is_present_passive(finite: Token, auxiliaries: list[Token]) -> bool:
    """« sont affectés », not « ont été affectés » nor « étaient affectés »."""
    return len(auxiliaries) == 1 and finite.lower_ in {"est", "sont"} and finite.dep_ != "aux:tense"


_ENDINGS = re.compile(r"(?P<stem>\w+r)(?:(?P<conditional>ait|aient)|(?P<future>a|ont))$")


def _by_ending(token: Token) -> Aspect | None:
    """The mood that the ending shows where the tagger missed it: « coûterait », « mettront »."""
    if token.pos_ not in {"VERB", "AUX"}:
        return None
    match = _ENDINGS.fullmatch(token.lower_)
    if match is None or not _is_future_stem(match["stem"], token.lemma_.lower()):
        return None
    return "conditional" if match["conditional"] else "future"


def _is_future_stem(stem: str, lemma: str) -> bool:
    """« passer|ait », « mettr|ont », « percevr|a »: the infinitive, or a stem of its own."""
    if stem in {lemma, lemma.removesuffix("e")}:
        return True
    return stem.endswith(tuple(lemmas("tenses", "future_stems"))) and not lemma.endswith(
        ("rer", "rir")
    )


def _negation(verb: Token, auxiliaries: list[Token]) -> tuple[bool, bool]:
    around = [*verb.lefts, *(child for a in auxiliaries for child in a.children)]
    around += [
        token
        for token in verb.doc[max(verb.sent.start, verb.i - 5) : verb.i]
        if token.dep_ == "advmod"
    ]
    words = {token.lower_ for token in around}
    if not words & _NE:
        return False, False
    denied = bool(words & (_NEGATIONS - {"plus"})) or "plus" in words
    if _is_only(verb) and not words & (_NEGATIONS - {"plus"}):
        return False, False
    return denied, denied and "encore" in words


def _is_only(verb: Token) -> bool:
    """« n'a versé que 3 millions », « ne restent plus que 12 sites »."""
    after = verb.doc[verb.i + 1 : verb.i + 5]
    return any(token.lower_ in {"que", "qu'", "qu’"} for token in (*after, *verb.rights))


def _governor(verb: Token) -> Token | None:
    """The verb or noun that an infinitive depends on; a preposition where it says the purpose."""
    mark = next((child for child in verb.lefts if child.lower_ in {"pour", "afin"}), None)
    if mark is not None:
        return mark
    return (
        verb.head
        if verb.head is not verb and verb.head.pos_ in {"VERB", "AUX", "NOUN", "ADJ"}
        else None
    )


def _governed(governor: Token, *, negated: bool, not_yet: bool) -> tuple[Aspect, bool, bool]:
    if governor.pos_ not in {"VERB", "AUX"}:
        return "infinitive", negated, not_yet
    outer = read_verb(governor) if "Inf" not in governor.morph.get("VerbForm", []) else None
    if outer is None:
        return "infinitive", negated, not_yet
    negated, not_yet = negated or outer.negated, not_yet or outer.not_yet
    if outer.aspect == "conditional":
        return "conditional", negated, not_yet
    if governor.lemma_ == "aller" and outer.aspect == "present":
        return "future", negated, not_yet
    if governor.lemma_ in lemmas("governing", "realised") or (
        governor.lemma_ in lemmas("governing", "realised_in_past") and outer.aspect == "realised"
    ):
        return "realised", negated, not_yet
    return "infinitive", negated, not_yet
