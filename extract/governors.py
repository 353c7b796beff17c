"""What a figure depends on: the nouns it completes and the verb it is an argument of."""

from __future__ import annotations

from collections.abc import Mapping

from spacy.tokens import Token

from recoupe.extract import markers
from recoupe.extract.figure import Figure, Verdict, lemma_of, offsets_of
from recoupe.extract.modifiers import is_participle, participle_verdict
from recoupe.extract.tenses import from_verb, supported
from recoupe.extract.verbs import read_verb
from recoupe.records import Status

_CLIMB = 6


def strong_noun(figure: Figure) -> Verdict | None:
    """« l'objectif de N », « un décaissement de N »: the noun decides, whatever the verb."""
    return _noun(figure, markers.strong_nouns(), strength=0.9)


def weak_noun(figure: Figure) -> Verdict | None:
    """« une enveloppe de N », « un plan de N »: the noun decides where no verb does."""
    verdict = _noun(figure, markers.weak_nouns(), strength=0.6)
    if (
        verdict
        and verdict.status == "announced"
        and figure.quantity.kind not in {"amount", "count", "number"}
    ):
        return None
    return verdict


def _noun(figure: Figure, table: Mapping[str, Status], *, strength: float) -> Verdict | None:
    for noun in _governing_nouns(figure):
        status = table.get(noun.lemma_.lower())
        if status is not None:
            return Verdict(status=status, marker=offsets_of(noun), strength=strength)
        if noun.lemma_.lower() not in markers.through_nouns():
            return None
    return None


def _governing_nouns(figure: Figure) -> list[Token]:
    """Nouns before the figure that it completes: « enveloppe totale de N », « objectif : N »."""
    nouns: list[Token] = []
    linked = False
    position = figure.span.start - 1
    while position >= figure.span.sent.start and figure.span.start - position < 12:  # noqa: PLR2004
        token = figure.span.doc[position]
        if token.idx < figure.clause[0] or token.text in {";", ",", ".", "(", ")"}:
            break
        if token.pos_ == "NOUN" and linked:
            nouns.append(token)
            linked = False
        elif token.pos_ in {"NOUN", "PROPN", "PRON", "SCONJ", "CCONJ"}:
            break
        elif token.lower_ in {
            "de",
            "d'",
            "d’",
            "des",
            "du",
            "à",
            ":",
            "aux",
            "est",
            "était",
            "sera",
            "reste",
            "pour",
        }:
            linked = True
        elif token.pos_ == "VERB" and not is_participle(token):
            break
        position -= 1
    return nouns


def governing_verb(figure: Figure) -> Verdict | None:
    """The verb that the figure is an argument of, read with its tense, mood and polarity."""
    verb, path = _climb(figure.head)
    if verb is None:
        verb = _nearest_verb(figure)
        path = []
    if verb is None or not _reaches(figure, path):
        return by_deadline(figure)
    if lemma_of(verb) in markers.lemmas("equating", "verbs") and verb.i < figure.head.i:
        subject = _subject_verdict(verb)
        if subject is not None:
            return subject
    if figure.quantity.kind == "amount" and _is_active_subject(verb, [figure.head, *path]):
        return None
    verdict = from_verb(figure, verb)
    if (
        verdict is None
        or verdict.status == "none"
        or (verdict.status == "achieved" and read_verb(verb).aspect == "present")
    ):
        return by_deadline(figure) or verdict
    return verdict


def by_deadline(figure: Figure) -> Verdict | None:
    """« 300 logements d'ici 2027 »: planned, where no verb says otherwise."""
    if figure.deadline is None:
        return None
    return Verdict(status="planned", marker=figure.deadline, strength=0.7)


_ARGUMENTS = frozenset({"à", "de", "d'", "d’", "au", "aux", "des", "du", "jusqu'", "jusqu’"})


def _reaches(figure: Figure, path: list[Token]) -> bool:
    """Whether the verb says something of the figure and not only of a noun that it completes.

    « deux parkings de 180 places ont été livrés »: the 180 are not what was delivered; nor are the
    31 of « a ouvert dans 31 cellules ».
    """
    chain = path or [figure.head]
    for noun in chain[1:]:
        if (
            noun.pos_ == "NOUN"
            and noun.lemma_.lower() not in markers.through_nouns() | markers.weak_nouns().keys()
        ):
            return figure.quantity.kind in {"percent", "ratio"} and noun.dep_.startswith("nsubj")
    if not chain[-1].dep_.startswith("obl"):
        return True
    preposition = next(
        (
            child.lower_
            for child in chain[-1].lefts
            if child.dep_ == "case" and child.idx < figure.quantity.start
        ),
        None,
    )
    allowed = _ARGUMENTS | (
        {"pour", "avec", "sur"} if figure.quantity.kind == "amount" else frozenset()
    )
    return preposition is None or preposition in allowed


def _climb(token: Token) -> tuple[Token | None, list[Token]]:
    path: list[Token] = []
    current = token
    for _ in range(_CLIMB):
        if current.pos_ in {"VERB", "AUX"}:
            return current, path
        copula = next((child for child in current.children if child.dep_ == "cop"), None)
        if copula is not None:
            return copula, path
        if current.head is current:
            return None, path
        path.append(current)
        current = current.head
    return None, path


def _nearest_verb(figure: Figure) -> Token | None:
    start, end = figure.clause
    verbs = [
        token
        for token in figure.span.sent
        if token.pos_ == "VERB"
        and start <= token.idx < end
        and (lemma_of(token) in markers.verb_families() or supported(token))
        and not _is_as_planned(token)
    ]
    return min(verbs, key=lambda token: abs(token.i - figure.head.i), default=None)


def _is_as_planned(token: Token) -> bool:
    """« comme prévu », « plus tôt que prévu »: says nothing of the figure."""
    return token.i > 0 and token.nbor(-1).lower_ in {"comme", "que", "qu'", "qu’", "ainsi"}


def _is_active_subject(verb: Token, path: list[Token]) -> bool:
    """« le fonds de 12 M€ a financé 30 projets »: the sum is not what was financed."""
    if read_verb(verb).passive:
        return False
    under = path[-1] if path else None
    has_object = any(child.dep_ in {"obj", "xcomp", "ccomp"} for child in verb.children)
    return under is not None and under.dep_ == "nsubj" and has_object


def _subject_verdict(verb: Token) -> Verdict | None:
    """« Le montant engagé s'élève à N », « l'objectif est de N »: the subject's own marker."""
    subject = next((child for child in verb.lefts if child.dep_.startswith("nsubj")), None)
    if subject is None and verb.dep_ == "cop":
        subject = next((c for c in verb.head.lefts if c.dep_.startswith("nsubj")), None)
    if subject is None:
        return None
    for child in subject.rights:
        if is_participle(child) and (verdict := participle_verdict(child)):
            return verdict
    lemma = subject.lemma_.lower()
    strong = markers.strong_nouns().get(lemma)
    if strong is not None:
        return Verdict(status=strong, marker=offsets_of(subject), strength=0.85)
    reading = read_verb(verb)
    weak = markers.weak_nouns().get(lemma)
    if weak in {"announced", "committed", "contracted"} and reading.aspect in {
        "present",
        "imperfect",
        "realised",
    }:
        return Verdict(status=weak, marker=offsets_of(subject), strength=0.6)
    return None
