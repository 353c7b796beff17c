"""Decide the status of a figure from the words that govern it, not from its sentence.

In order: a participle on its noun (« le milliard annoncé »), a noun that always decides
(« l'objectif de N »), a set phrase, the verb it depends on, read with its tense and polarity, a
noun that decides where no verb does (« une enveloppe de N »), and last a deadline in its clause.
"""

from __future__ import annotations

import re

from spacy.tokens import Token

from recoupe.extract.annotations import text_of
from recoupe.extract.facts import markers
from recoupe.extract.facts.distant import (
    agent_between,
    of_a_promise,
    passive_after,
    there_is,
)
from recoupe.extract.facts.figure import Figure, Verdict, offsets_of
from recoupe.extract.facts.governors import complement_noun, governing_verb, strong_noun, weak_noun
from recoupe.extract.facts.mistagged import mistagged_verb
from recoupe.extract.facts.modifiers import modifier
from recoupe.extract.facts.tenses import from_verb
from recoupe.extract.figures.numerals import SP
from recoupe.records import SIDES, Status
from recoupe.records import Span as Offsets

_STATELESS = frozenset({"rank", "duration"})
#: A phrase may stand so many characters from its figure.
_REACH = 40


def decide(figure: Figure, *, only_own: bool = False) -> Verdict:
    """The status of one figure, ``none`` where nothing governs it.

    ``only_own`` limits it to what stands on the figure itself: the 14 of « un seul des 14 a signé »
    signed nothing.
    """
    if figure.quantity.kind in _STATELESS:
        return Verdict()
    if figure.quantity.kind == "multiplier" and figure.head.pos_ == "VERB":
        return from_verb(figure, figure.head) or Verdict()
    if only_own:
        return modifier(figure) or strong_noun(figure) or Verdict()
    for reader in (_set_phrase, _not_yet, _expected, modifier, *_READERS):
        verdict = reader(figure)
        if verdict is not None:
            return verdict
    return Verdict()


def _set_phrase(figure: Figure) -> Verdict | None:
    """« cinq projets passés à la trappe »: the phrase says more than its participle."""
    own, phrase = modifier(figure), _phrase(figure)
    if own is None or phrase is None or own.marker is None or phrase.marker is None:
        return None
    begins_there = phrase.marker[0] == own.marker[0] and phrase.marker[1] > own.marker[1]
    return phrase if begins_there else None


# --- what is only to be ---------------------------------------------------------------------------


def _expected(figure: Figure) -> Verdict | None:
    """« vise 1 200 logements rénovés », « 640 emplois créés d'ici 2023 »: not yet a result."""
    own = modifier(figure)
    if own is None or SIDES[own.status] != "reported":
        return None
    strong = strong_noun(figure) or _label(figure, weak=False)
    if strong is not None and SIDES[strong.status] == "announced":
        return strong
    verdict = _phrase(figure) or governing_verb(figure)
    if (
        verdict is not None
        and verdict.status in {"planned", "estimated", "announced"}
        and not _is_past(figure, verdict)
    ):
        return verdict
    if figure.deadline is not None and not (verdict and verdict.status in {"paid", "committed"}):
        return Verdict(status="planned", marker=figure.deadline, strength=0.8)
    return None


#: « un acompte de 2 M€ | doit être versé », « …, le solde | devant l'être ».
_TO_COME = re.compile(
    rf"(?i),?{SP}+(?:qui{SP}+)?(?P<verb>devant|doi(?:t|vent)|dev(?:ra|ront|ait|aient|rait|raient)"
    rf"|ser(?:a|ont|ait|aient)|va|vont|restent?{SP}à|restant{SP}à)(?!\w)"
)


def _not_yet(figure: Figure) -> Verdict | None:
    """« un acompte de 2 M€ doit être versé en mars »: the verb says that it is due."""
    own = strong_noun(figure)
    if own is None or SIDES[own.status] != "reported":
        return None
    match = _TO_COME.match(text_of(figure.span.doc), _end(figure), figure.room[1])
    if match is None:
        return None
    verdict = governing_verb(figure)
    if verdict is not None and SIDES[verdict.status] in {"announced", "estimated"}:
        return verdict
    return Verdict(status="planned", marker=match.span("verb"), strength=0.8)


def _is_past(figure: Figure, verdict: Verdict) -> bool:
    """Whether the marker is a participle that belongs to another noun (« prévus »)."""
    if verdict.marker is None:
        return False
    span = figure.span.doc.char_span(*verdict.marker, alignment_mode="expand")
    return span is not None and span.root.dep_ in {"acl", "amod"}


# --- phrases --------------------------------------------------------------------------------------


def _phrase(figure: Figure) -> Verdict | None:
    best: tuple[int, Verdict] | None = None
    quantity = figure.quantity
    text = text_of(figure.span.doc)
    for match in markers.phrases("before").finditer(text, figure.room[0], quantity.start):
        gap = quantity.start - match.end()
        best = _nearer(best, gap, markers.phrase_status("before", match["form"]), match.span())
    end = _end(figure)
    for match in markers.phrases("after").finditer(text, end, figure.room[1]):
        gap = match.start() - end
        best = _nearer(best, gap, markers.phrase_status("after", match["form"]), match.span())
    return best[1] if best else None


_TO_DO = re.compile(rf"{SP}+à{SP}+(?P<verb>\w{{3,}}(?:er|ir|re))(?!\w)")


def _to_be_done(figure: Figure) -> Verdict | None:
    """« 652 logements à livrer », « 19 M€ restant à engager »."""
    match = _TO_DO.match(text_of(figure.span.doc), _end(figure), figure.room[1])
    if match is None or match["verb"] not in markers.verb_families():
        return None
    # What remains to be done is no target: too weak to be set against what was done.
    return Verdict(status="planned", marker=match.span("verb"), strength=0.45)


def _last_phrase(figure: Figure) -> Verdict | None:
    """« 12 millions sur cinq ans », where nothing else decides."""
    if figure.quantity.kind != "amount":
        return None
    end = _end(figure)
    match = markers.phrases("last").search(text_of(figure.span.doc), end, figure.clause[1])
    if match is None or match.start() - end > _REACH:
        return None
    status = markers.phrase_status("last", match["form"])
    return Verdict(status=status, marker=match.span(), strength=0.55)


def _end(figure: Figure) -> int:
    """Where the figure ends with what it counts."""
    quantity = figure.quantity
    return (
        quantity.end if quantity.kind == "amount" else max(quantity.end, quantity.object_end or 0)
    )


_LABEL = re.compile(
    rf"(?:^|[\n.;,(–-]){SP}*(?P<label>[^\n.;:,()]{{3,60}}?){SP}*:{SP}*"
    rf"(?:plus{SP}de|près{SP}de|environ|au{SP}moins|jusqu['’]à|quelque){{0,1}}{SP}*$"
)


def _label(figure: Figure, *, weak: bool = True) -> Verdict | None:
    """« Objectif : 300 logements », « Budget : 12 M€ », « Montant versé : 4 M€ ».

    ``weak`` nouns are heard for sums alone: « Fonds vert : 104 projets » promises nothing.
    """
    doc, start = figure.span.doc, figure.quantity.start
    match = _LABEL.search(text_of(doc)[max(0, start - 90) : start])
    if match is None:
        return None
    offset = max(0, start - 90)
    span = doc.char_span(
        offset + match.start("label"), offset + match.end("label"), alignment_mode="contract"
    )
    if any(token.morph.get("Mood", []) for token in span or ()):
        return None  # a clause with its verb is no label
    told = [(token, _word_status(token, weak=False)) for token in span or ()]
    if weak and figure.quantity.kind == "amount":
        told += [(token, _word_status(token, weak=True)) for token in span or ()]
    for token, status in told:
        if status is not None:
            return Verdict(status=status, marker=offsets_of(token), strength=0.8)
    return None


def _word_status(token: Token, *, weak: bool) -> Status | None:
    """What a word says when it stands alone at the head of a figure."""
    lemma = token.lemma_.lower()
    status = markers.header_forms().get(token.lower_) or markers.strong_nouns().get(lemma)
    if status is None and token.lower_ in markers.participles():
        family = markers.verb_families()[markers.participles()[token.lower_]]
        status = family if family in {"contracted", "paid", "cancelled", "committed"} else None
    return status or (markers.weak_nouns().get(lemma) if weak and token.pos_ == "NOUN" else None)


def _nearer(
    best: tuple[int, Verdict] | None, gap: int, status: Status, span: Offsets
) -> tuple[int, Verdict] | None:
    if gap > _REACH or (best is not None and best[0] <= gap):
        return best
    return gap, Verdict(status=status, marker=span, strength=0.8, conditional=status == "estimated")


#: In order, after the participle on the figure's own noun.
_READERS = (
    strong_noun,
    _label,
    _to_be_done,
    _phrase,
    mistagged_verb,
    governing_verb,
    agent_between,
    passive_after,
    complement_noun,
    weak_noun,
    _last_phrase,
    of_a_promise,
    there_is,
)
