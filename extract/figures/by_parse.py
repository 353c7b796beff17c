"""What a figure is of by the parse of its sentence, where the words alone do not tell.

The parse of long sentences errs, so that this comes last.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Token

from recoupe.extract.figures.subjects import verbs

#: How many links of the tree are climbed at most.
_CLIMB = 6
_SUBJECTS = frozenset({"nsubj", "nsubj:pass", "nsubj:caus", "csubj"})
_COMPLEMENTS = frozenset({"obl", "obj", "xcomp", "advmod", "ccomp", "iobj", "attr"})
_RAISING = frozenset({"xcomp", "conj", "aux", "cop", "advcl", "acl"})


def host(noun: Token) -> Token:
    """The noun that a figure right behind ``noun`` completes: the nearest with a determiner.

    « la création d'un fonds de N » → fonds; « un titre de perception de N » → titre
    """
    for _ in range(_CLIMB):
        above = noun.head
        hollow = noun.lemma_ in verbs("hollow")
        if (
            above.i == noun.i
            or above.pos_ != "NOUN"
            or noun.dep_ not in {"nmod", "obl:mod", "appos"}
        ):
            break
        if above.i > noun.i or not (hollow or _is_bare_noun(noun)):
            break
        noun = above
    return noun


def _is_bare_noun(noun: Token) -> bool:
    return not any(child.dep_ in {"det", "nummod"} for child in noun.lefts)


def by_tree(doc: Doc, first: int, last: int) -> Token | None:
    """The noun that the figure of tokens ``first`` to before ``last`` is said of."""
    root = doc[first:last].root
    if any(child.dep_ == "cop" for child in root.lefts):
        return _subject_of(root)
    head = root.head
    while (
        head.lemma_ in verbs("hollow") and head.head.i != head.i
    ):  # « s'établit en moyenne à 231 euros »
        root, head = head, head.head
    if head.i == root.i or first <= head.i < last:
        return None
    return _noun_above(root, head)


def _noun_above(root: Token, head: Token) -> Token | None:
    relation = root.dep_.split(":")[0]
    if head.dep_ in {"acl", "amod"} and head.head.pos_ == "NOUN" and head.head.i < head.i:
        qualifies = relation != "obj" or head.lemma_ in verbs("measuring")
        return host(head.head) if qualifies else None
    if any(child.pos_ == "PRON" and child.dep_ == "obj" for child in head.lefts):
        return None  # « l'étude l'évalue à N »
    if head.pos_ in {"VERB", "ADJ", "AUX"} and relation in _COMPLEMENTS:
        return _valued(root, head) or _subject(root, head)
    return None


def _valued(root: Token, verb: Token) -> Token | None:
    """« estime à 160 millions le besoin », « chiffre le trop-perçu à 0,8 M€ »."""
    if verb.lemma_ not in verbs("valuing") or root.dep_ == "obj":
        return None
    return next((t for t in verb.rights if t.dep_ == "obj" and t.pos_ == "NOUN"), None)


def _subject(root: Token, verb: Token) -> Token | None:
    """The subject of a verb that says how much its subject is, or what a price was agreed for."""
    measuring = _priced(root)
    for step in _upwards(verb):
        measuring = measuring or step.lemma_ in verbs("measuring") | verbs("valuing")
        copular = any(child.dep_ == "cop" for child in step.lefts)
        subject = _subject_of(step)
        if subject is not None:
            return subject if measuring or copular else None
    return None


def _priced(root: Token) -> bool:
    """« sept marchés ont été conclus, pour 11,8 M€ »."""
    return any(child.dep_ == "case" and child.lower_ == "pour" for child in root.lefts)


def _subject_of(verb: Token) -> Token | None:
    subject = next((child for child in verb.lefts if child.dep_ in _SUBJECTS), None)
    return subject if subject is not None and subject.pos_ == "NOUN" else None


def _upwards(verb: Token) -> Iterator[Token]:
    for _ in range(_CLIMB):
        yield verb
        if verb.dep_.split(":")[0] not in _RAISING or verb.head.i == verb.i:
            return
        verb = verb.head
