"""What a verb says how much of: its subject, its object, the noun that its participle qualifies.

« Le coût des travaux, qui devait rester stable, atteindra N »   the subject, over what parts them
« il coûterait N »                                               what the pronoun takes up
« la part modale du vélo, mesurée à N »                          the noun that agrees
« chiffre le préjudice à N », « porte de M à N la part de … »    the object, before or behind
« Longue de N, la ligne … »                                      what stands behind the comma
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from spacy.tokens import Token

from recoupe.extract.figures.clauses import (
    Item,
    agrees,
    chain,
    is_finite,
    is_infinitive,
    is_participle,
)
from recoupe.extract.phrases import vocabulary

#: A verb and its figure stand at most so many words apart.
_WITHIN = 12
#: « financé à 80 % »: any participle says of what a share is.
_SHARES = frozenset({"percent", "ratio"})
#: « La gare est à 12 km », « située à 12 km »
_PLACING = frozenset({"être", "situer", "implanter", "installer"})
_AGENT = frozenset({"par", "dans", "selon", "dès", "depuis", "pour", "en", "au", "aux"})
_OTHERWISE = frozenset({"à", "de", "d'", "d’", "entre"})


@cache
def verbs(kind: str) -> frozenset[str]:
    """The verbs of a list of the vocabulary."""
    return frozenset(vocabulary("quantities")["measured"][kind])


@cache
def _saying_how_much() -> frozenset[str]:
    return verbs("measuring") | verbs("valuing") | verbs("selling")


def is_of(token: Token, listed: frozenset[str]) -> bool:
    """Whether a verb is one of those ``listed``, by its lemma or as it stands."""
    form = token.lower_
    stem = form.removesuffix("nt").removesuffix("e")
    future = _FUTURE.sub("r", form)  # « atteindra », « coûteraient »
    return not listed.isdisjoint({token.lemma_, form, f"{stem}er", future, f"{future}e"})


_FUTURE = re.compile(r"r(?:a|ont|ait|aient)$")


def measured_by_verb(before: Sequence[Item], first: Token, kind: str) -> Token | None:
    """The noun whose verb stands before the figure that begins with ``first``."""
    place = _verb_before(before, first)
    if place is None:
        return None
    verb = before[place].token
    participle = not is_finite(verb) and not is_infinitive(verb)
    if not is_of(verb, _saying_how_much()) and not (participle and kind in _SHARES):
        return None
    if verb.lemma_ in _PLACING and kind == "measure" and first.nbor(-1).lower_ == "à":
        return None  # « La gare est à 12 km »
    if kind in _SHARES and verb.i and _ahead_of(before, place).nbor(-1).lower_ == "en":
        return None  # « l'entretien en absorbe les deux tiers »
    return _bearer(before, place)


def _ahead_of(before: Sequence[Item], place: int) -> Token:
    """The first of the verbs that end at ``place``: the auxiliary."""
    while place and before[place - 1].kind == "verb":
        place -= 1
    verb = before[place].token
    return verb if verb.i else verb.nbor(1)


def _verb_before(before: Sequence[Item], first: Token) -> int | None:
    """The place of the verb that the figure completes: only small words part them."""
    tied = first.i > 0 and first.nbor(-1).lower_ in _OTHERWISE
    for place in range(len(before) - 1, -1, -1):
        item = before[place]
        if item.kind == "stop" and item.token.text in _QUOTES and first.i - item.token.i < _QUOTED:
            continue  # « demanderait « au moins N » »
        if first.i - item.token.i > _WITHIN or item.kind not in {"noun", "verb"}:
            return None
        if item.kind == "noun" and not _is_aside(item, tied=tied):
            return None
        if item.kind == "verb":
            inside = (
                place
                and before[place - 1].kind == "noun"
                and _is_aside(before[place - 1], tied=tied)
            )
            if inside and before[place - 1].preposition == "par" and not is_finite(item.token):
                continue  # « estimés par un cabinet mandaté par la ville à N »
            return place
    return None


_QUOTES = frozenset({"«", '"', "“"})
_QUOTED = 5


def _is_aside(item: Item, *, tied: bool) -> bool:
    """« en moyenne », « au total », « en 2025 »; « évalué par la direction à N »."""
    if item.token.lemma_ in verbs("hollow") or item.token.lower_ in _TIMES:
        return bool(item.preposition) or item.token.lower_ in _TIMES
    return tied and item.preposition in _AGENT


_TIMES = frozenset(
    [
        *("janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre"),
        *("octobre", "novembre", "décembre", "an", "année", "mois", "fin", "jour", "semaine"),
        *("trimestre", "semestre", "hiver", "printemps", "automne", "début", "terme", "ans"),
    ]
)


def _bearer(items: Sequence[Item], place: int) -> Token | None:
    """The noun that the verb at ``place`` is said of, over its auxiliaries."""
    while not is_finite(items[place].token) and place and items[place - 1].kind == "verb":
        place -= 1
    verb, ahead = items[place].token, items[:place]
    if is_finite(verb) or verb.lower_ == "atteint":
        return _subject(ahead, verb)
    if is_infinitive(verb):
        seen = len(ahead) > 1 and ahead[-1].free and ahead[-2].kind == "verb"
        return ahead[-1].token if seen else None  # « voit sa masse salariale passer à N »
    return qualified(ahead, verb)


def said_of(ahead: Sequence[Item], verb: Token) -> Token | None:
    """The noun that a verb right after ``ahead`` is said of."""
    return _bearer([*ahead, Item("verb", verb, verb.i)], len(ahead))


def _subject(ahead: Sequence[Item], verb: Token) -> Token | None:
    if ahead and ahead[-1].kind == "pronoun":
        return _taken_up(ahead[:-1], ahead[-1].token)
    if ahead and ahead[-1].kind == "relative":
        return _antecedent(ahead[:-1], verb) if ahead[-1].token.lower_ == "qui" else None
    if _has_object_before(verb):
        return None
    for item in _clause(ahead):
        if item.kind == "pronoun":
            return None
        if item.free and item.token.lower_ not in _TIMES and _same_number(item.token, verb):
            return item.token
    return None


def _has_object_before(verb: Token) -> bool:
    """« L'étude l'évalue à N »: the figure is of what the pronoun stands for."""
    before = verb.nbor(-1) if verb.i else verb
    return before.pos_ == "PRON" and before.lower_ in {"l'", "l’", "le", "la", "les"}


def _same_number(noun: Token, verb: Token) -> bool:
    one, other = noun.morph.get("Number", []), verb.morph.get("Number", [])
    return not one or not other or one == other


def _clause(ahead: Sequence[Item]) -> list[Item]:
    """The phrases before the verb in its own clause, without relative clauses and brackets.

    Where it has no subject it shares that of the clause before (« a coûté M et vaut N »).
    """
    own: list[Item] = []
    before: list[Item] = []
    governed = False
    place = 0
    while place < len(ahead):
        item = ahead[place]
        aside = _end_of_aside(ahead, place)
        if aside is not None:
            place = aside
        elif item.kind in {"stop", "relative", "open"}:
            own, before, governed = [], [], False
        elif item.kind == "verb" and is_finite(item.token):
            own, before, governed = [], own or before, True
        elif item.kind in {"comma", "and"}:
            governed = False
        elif not governed:
            own.append(item)
        place += 1
    return own if any(item.free or item.kind == "pronoun" for item in own) else before


def _end_of_aside(ahead: Sequence[Item], place: int) -> int | None:
    """Where the relative clause or bracket at ``place`` ends, if before the verb."""
    kind = ahead[place].kind
    if kind == "open":
        return next((n for n in range(place + 1, len(ahead)) if ahead[n].kind == "stop"), None)
    if kind != "relative" or (place and ahead[place - 1].kind == "verb"):
        return None  # « a annoncé que … »
    apart = place > 0 and ahead[place - 1].kind == "comma"
    ends = None
    for number in range(place + 1, len(ahead)):
        item = ahead[number]
        if item.kind == "stop":
            return None
        if item.kind == "comma":
            return number
        if item.kind == "verb" and is_finite(item.token) and ends is None and not apart:
            ends = number
    return ends


def _antecedent(ahead: Sequence[Item], verb: Token) -> Token | None:
    """The noun that « qui » takes up: the nearest with a determiner that agrees."""
    if ahead and ahead[-1].kind == "comma":
        ahead = ahead[:-1]
    nouns = [item for item in chain(ahead) if item.determined]
    fitting = [item.token for item in nouns if _same_number(item.token, verb)]
    return fitting[-1] if fitting else None


def _taken_up(ahead: Sequence[Item], pronoun: Token) -> Token | None:
    """The subject of the clause before, where « il » or « elle » may stand for it."""
    form = pronoun.lower_
    if form not in {"il", "elle", "ils", "elles"}:
        return None
    gender, number = ("Fem" if "elle" in form else "Masc"), "Plur" if form.endswith("s") else "Sing"
    if not any(item.kind == "verb" and is_finite(item.token) for item in ahead):
        return None
    for item in ahead:
        fits = item.token.morph.get("Gender", [gender]) == [gender]
        fits = fits and item.token.morph.get("Number", [number]) == [number]
        if item.free and fits and item.token.lower_ not in _TIMES:
            return item.token
    return None


def qualified(ahead: Sequence[Item], participle: Token) -> Token | None:
    """The noun that a participle qualifies: the first of its phrase that agrees with it."""
    for _ in range(2):
        apart = bool(ahead) and ahead[-1].kind == "comma"
        nouns = chain(ahead[:-1] if apart else ahead)
        if not nouns:
            return None
        if not nouns[0].preposition:
            return next((item.token for item in nouns if agrees(item.token, participle)), None)
        commas = [n for n, item in enumerate(ahead[:-1]) if item.kind == "comma"]
        if not apart or not commas:
            return next((item.token for item in nouns if agrees(item.token, participle)), None)
        ahead = ahead[: commas[-1] + 1]
    return None


def valued_before(before: Sequence[Item], first: Token) -> Token | None:
    """« chiffre le préjudice à N », « situe le surcoût entre N et M »."""
    nouns = chain(before)
    if not nouns or not nouns[0].determined or nouns[0].preposition:
        return None
    link = first.nbor(-1).lower_ if first.i else ""
    ahead = before[: len(before) - len(nouns)]
    active = ahead and ahead[-1].kind == "verb" and is_of(ahead[-1].token, verbs("valuing"))
    return nouns[0].token if active and {link, first.lower_} & {"à", "entre"} else None


def valued_behind(before: Sequence[Item], after: Sequence[Item], last: Token) -> Token | None:
    """« chiffre à N par an, au lieu de M, la charge », « porte de M à N la part »."""
    verb = next((item for item in reversed(before) if item.kind != "figure"), None)
    if verb is None or verb.kind != "verb" or not is_of(verb.token, verbs("valuing")):
        return None
    if last.i - verb.token.i > _WITHIN + 4 or _is_passive(verb.token):
        return None
    aside = False
    for item in after:
        if item.kind == "comma":
            aside = not aside
        elif item.free and not aside:
            return item.token
        elif item.kind in {"stop", "relative", "open", "pronoun"} or (
            item.kind == "verb" and not aside
        ):
            return None
    return None


def agreed(ahead: Sequence[Item]) -> Token | None:
    """« sept marchés ont été conclus pour N », « a signé un contrat pour N »: what it pays for."""
    for place in range(len(ahead) - 1, -1, -1):
        item = ahead[place]
        if item.kind == "verb":
            if not is_of(item.token, verbs("agreeing")):
                return None
            after = ahead[place + 1 :]
            thing = next((other for other in after if other.kind == "noun"), None)
            if thing is not None and (thing.free or after[0].kind == "figure"):
                return thing.token
            return _bearer(ahead, place)
        if item.kind not in {"noun", "figure"}:
            return None
    return None


def _is_passive(verb: Token) -> bool:
    """« fixé à 2 € le ticket », no « a estimé à N le besoin »."""
    auxiliary = verb.nbor(-1) if verb.i else verb
    return is_participle(verb) and auxiliary.lemma_ != "avoir"


#: « Longue de N », « Haute de », « Distant de »: adjectives of size and the ends of participles.
_FRONTED = re.compile(
    r"(?:long|longue|haut|haute|large|profond|profonde|épais|épaisse|distant|distante|vieux|vieille|fort|forte|"
    r"lourd|lourde|riche|[\wà-ÿ]{3,}(?:é|ée|i|ie|ue|uit|uite|is|ise|ert|erte))s?",
    re.IGNORECASE,
)
#: A fronted adjective and its figure stand at most so many words apart.
_FRONT = 6


def fronted(
    before: Sequence[Item], after: Sequence[Item], opening: Token | None, first: Token
) -> Token | None:
    """« Longue de N, la ligne … », « Évaluée à N en 2021, l'opération … »."""
    if opening is None or opening.pos_ == "ADV" or not _FRONTED.fullmatch(opening.text):
        return None
    plain = all(
        item.kind in {"verb", "figure", "comma"} or item.token.i == opening.i for item in before
    )
    if not plain or any(item.kind == "verb" and is_finite(item.token) for item in before):
        return None
    far = first.i - opening.i > _FRONT and not any(item.kind == "figure" for item in before)
    if far:
        return None
    comma = False
    for item in after:
        if item.kind in {"stop", "relative", "open", "pronoun"}:
            return None
        if item.kind == "verb" and is_finite(item.token):
            return None
        if comma and item.free:
            return item.token
        comma = comma or item.kind == "comma"
    return None
