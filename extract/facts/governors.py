"""What a figure depends on: the nouns it completes and the verb it is an argument of."""

from __future__ import annotations

from collections.abc import Mapping

from spacy.tokens import Token

from recoupe.extract.annotations import text_of
from recoupe.extract.facts import markers
from recoupe.extract.facts.figure import Figure, Verdict, lemma_of, offsets_of
from recoupe.extract.facts.modifiers import is_participle, participle_verdict
from recoupe.extract.facts.tenses import from_verb, supported
from recoupe.extract.facts.verbs import read_verb
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


def complement_noun(figure: Figure) -> Verdict | None:
    """« 3,4 millions d'euros de versements »: what the sum is, where no verb says it."""
    if figure.quantity.kind != "amount":
        return None
    following = figure.span.doc[figure.span.end : figure.span.end + 2]
    if len(following) < 2 or following[0].lower_ not in {"de", "d'", "d’"}:  # noqa: PLR2004
        return None
    status = markers.strong_nouns().get(following[1].lemma_.lower())
    if status not in {"paid", "cancelled", "contracted"}:
        return None
    return Verdict(status=status, marker=offsets_of(following[1]), strength=0.75)


def _noun(figure: Figure, table: Mapping[str, Status], *, strength: float) -> Verdict | None:
    for noun in _governing_nouns(figure):
        status = table.get(_told(noun))
        if status is not None:
            return Verdict(status=status, marker=offsets_of(noun), strength=strength)
        if noun.lemma_.lower() not in markers.through_nouns():
            return None
    return None


def _told(noun: Token) -> str:
    """The noun's lemma; « crédits de paiement » and « autorisations d'engagement » are credits."""
    lemma = noun.lemma_.lower()
    if lemma in {"paiement", "engagement"} and noun.i > 1:
        head = noun.nbor(-2).lemma_.lower()
        return "crédit" if head in {"crédit", "autorisation"} else lemma
    return lemma


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
    if verb is None or _is_outside(verb, figure):
        verb = _nearest_verb(figure)
        path = []
    if verb is None or not _reaches(figure, verb, path):
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


def _is_outside(verb: Token, figure: Figure) -> bool:
    """Whether the verb stands in another clause and the figure is in parentheses or has its own."""
    text, (start, end) = text_of(figure.span.doc), figure.clause
    if start <= verb.idx < end:
        return False
    return (start > 0 and text[start - 1] == "(") or _nearest_verb(figure) is not None


def by_deadline(figure: Figure) -> Verdict | None:
    """« 300 logements d'ici 2027 »: planned, where no verb says otherwise."""
    if figure.deadline is None:
        return None
    return Verdict(status="planned", marker=figure.deadline, strength=0.7)


_ARGUMENTS = frozenset(
    {
        "à",
        "de",
        "d'",
        "d’",
        "au",
        "aux",
        "des",
        "du",
        "jusqu'",
        "jusqu’",
        "sous",
        "autour",
        "environ",
    }
)


def _is_set_to(figure: Figure, verb: Token) -> bool:
    """« chiffrent le manque à N », « ramène la vacance à N »: the figure is what it is set to."""
    at = any(c.lower_ in {"à", "au", "aux"} for c in figure.head.lefts if c.dep_ == "case")
    lemma = lemma_of(verb)
    sets = lemma in markers.lemmas("equating", "verbs") | markers.lemmas("equating", "set_to")
    return at and (sets or markers.verb_families().get(lemma) == "estimated")


def _reaches(figure: Figure, verb: Token, path: list[Token]) -> bool:
    """Whether the verb says something of the figure and not only of a noun that it completes.

    « deux parkings de 180 places ont été livrés »: the 180 are not what was delivered; nor are the
    31 of « a ouvert dans 31 cellules ».
    """
    chain = path or [figure.head]
    for noun in chain[1:]:
        if (
            noun.pos_ == "NOUN"
            and not _is_set_to(figure, verb)
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
    if preposition == "sur" and lemma_of(verb) in markers.lemmas("governing", "upon"):
        return True
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
        and not _is_on_another(token, figure)
    ]
    return min(verbs, key=lambda token: abs(token.i - figure.head.i), default=None)


def _is_on_another(token: Token, figure: Figure) -> bool:
    """« 50 % du temps consacré »: a participle on a noun that is not the figure."""
    noun = token.head
    participle = token.lower_ in markers.participles() and token.dep_ in {"acl", "amod"}
    return participle and noun.pos_ == "NOUN" and noun is not figure.head


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
        outer = verb.head  # « Le montant engagé s'élève à N » read as « engagé (s'élève) »
        return participle_verdict(outer) if verb.dep_ == "xcomp" and is_participle(outer) else None
    for child in subject.rights:
        if is_participle(child) and (verdict := participle_verdict(child)):
            return verdict
    if subject.lemma_.lower() in markers.through_nouns():  # « le total des versements »
        subject = next((c for c in subject.rights if c.dep_ == "nmod"), subject)
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
