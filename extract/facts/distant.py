"""Verbs that the parse does not tie to their figure: what is put between the two hides them.

« 2,2 millions de dotations, DETR et DSIL confondues, ont été engagés », « est évalué par la
direction à 85 000 euros »; and figures that are only there (« nous avons onze chantiers »).
"""

from __future__ import annotations

from spacy.tokens import Token

from recoupe.extract.facts import markers
from recoupe.extract.facts.figure import Figure, Verdict, lemma_of, offsets_of
from recoupe.extract.facts.modifiers import is_participle, participle_verdict
from recoupe.extract.facts.tenses import from_verb
from recoupe.extract.facts.verbs import read_verb

_WORDS = 12
_OF = frozenset({"de", "d'", "d’", "du", "des"})
_SUMS = frozenset({"amount", "number"})


def passive_after(figure: Figure) -> Verdict | None:
    """« N …, toutes aides confondues, ont été engagés »: the first verb after the figure."""
    if _is_oblique(figure):
        return None
    sentence_end = figure.span.sent.end
    for token in figure.span.doc[figure.span.end : min(sentence_end, figure.span.end + _WORDS)]:
        if token.text in {";", ":", "(", "\n", "»"} or token.lower_ in _LINKS:
            return None
        if not any(child.dep_ in {"aux:pass", "aux:tense", "cop"} for child in token.lefts):
            if token.morph.get("Mood", []) and token.pos_ == "VERB":
                return None
            continue
        known = token.pos_ == "VERB" and lemma_of(token) in markers.verb_families()
        agrees = token.morph.get("Number", []) != ["Sing"] or figure.span.root.text == "million"
        return from_verb(figure, token) if known and agrees and read_verb(token).passive else None
    return None


_LINKS = frozenset({"qui", "que", "qu'", "qu’", "dont", "où", "et", "mais", "contre"})


def _is_oblique(figure: Figure) -> bool:
    """« Sur 14 millions », « pour 3 projets »: a preposition stands before the figure."""
    position = figure.span.start - 1
    if position < figure.span.sent.start:
        return False
    before = figure.span.doc[position]
    if before.pos_ == "DET" and position > figure.span.sent.start:
        before = before.nbor(-1)
    return before.pos_ in {"ADP", "VERB"}


def agent_between(figure: Figure) -> Verdict | None:
    """« évalué par la direction à N »; « a doté l'agence de N »."""
    first = figure.span.start
    before = figure.span.doc[max(figure.span.sent.start, first - _WORDS) : first]
    words = [token for token in before if token.idx >= figure.room[0]]
    if not words:
        return None
    links = {words[-1].lower_, words[-2].lower_ if len(words) > 1 else ""}
    for token in reversed(words):
        if links & {"à", "au", "aux"} and token.lower_ == "par" and token.i > 0:
            return participle_verdict(token.nbor(-1)) if is_participle(token.nbor(-1)) else None
        if links & _OF and figure.quantity.kind == "amount" and lemma_of(token) == "doter":
            return from_verb(figure, token)
    return None


def of_a_promise(figure: Figure) -> Verdict | None:
    """« les 12 M€ de la convention », « les 18,4 du plan »: the whole that the sum is."""
    money = figure.quantity.kind in _SUMS or "illi" in figure.quantity.text
    following = figure.span.doc[figure.span.end : figure.span.end + 3]
    if not money or len(following) < 2 or following[0].lower_ not in _OF:  # noqa: PLR2004
        return None
    noun = next((token for token in following[1:] if token.pos_ == "NOUN"), None)
    status = markers.weak_nouns().get(noun.lemma_.lower()) if noun is not None else None
    if noun is None or noun.lemma_.lower() not in markers.lemmas("wholes", "nouns") or not status:
        return None
    return Verdict(status=status, marker=offsets_of(noun), strength=0.5)


def there_is(figure: Figure) -> Verdict | None:
    """« 7 900 ménages patientent », « nous avons onze chantiers »: what is there, weakly."""
    head = figure.head
    if figure.quantity.kind not in {"count", "number"} or figure.deadline is not None:
        return None
    if any(child.lower_ in _KNOWN for child in (*head.lefts, *figure.span)):
        return None  # « les deux hommes »: those that were spoken of
    verb = head.head
    if verb is head or verb.pos_ not in {"VERB", "AUX", "ADJ"}:
        return None
    if not (head.dep_ == "nsubj" or (head.dep_ == "obj" and _is_had(verb))):
        return None
    copula = next((child for child in verb.children if child.dep_ == "cop"), verb)
    reading = read_verb(copula)
    if reading.negated or reading.aspect not in {"present", "imperfect", "realised"}:
        return None
    if not copula.morph.get("Mood", []) and copula.pos_ != "AUX":
        return None
    return Verdict(status="achieved", marker=offsets_of(copula), strength=0.4)


#: What is known already is not counted anew.
_KNOWN = frozenset({"les", "ces", "ses", "leurs", "nos", "vos", "mes"})


def _is_had(verb: Token) -> bool:
    """« on a 80 élèves », not « le plan a trois volets »."""
    subject = next((child for child in verb.lefts if child.dep_.startswith("nsubj")), None)
    return verb.lemma_ == "avoir" and subject is not None and subject.pos_ == "PRON"
