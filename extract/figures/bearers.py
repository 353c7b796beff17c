"""The noun that a figure with a unit completes, told by the words and the syntax around it.

Each rule is a function of what stands around the figure (`Around`); the first whose noun may be
measured decides. A rule that is not sure gives none.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Doc, Token

from recoupe.extract.figures.by_parse import by_tree, host
from recoupe.extract.figures.clauses import Item, chain, chain_of, is_participle, is_verb
from recoupe.extract.figures.draft import Draft
from recoupe.extract.figures.noun_phrases import is_no_object
from recoupe.extract.figures.subjects import (
    agreed,
    fronted,
    measured_by_verb,
    said_of,
    valued_before,
    valued_behind,
    verbs,
)
from recoupe.extract.phrases import vocabulary


@dataclass(frozen=True, slots=True)
class Around:
    """A figure (tokens ``first`` to before ``last``) in its sentence (``start`` to before ``end``).

    ``before`` and ``after`` are the phrases beside it.
    """

    doc: Doc
    draft: Draft
    first: int
    last: int
    start: int
    end: int
    before: Sequence[Item]
    after: Sequence[Item]


Rule = Callable[[Around], Token | None]


def bearer(around: Around) -> tuple[Token, str] | None:
    """The noun that the figure is of and the rule that tells it; ``None`` where none is sure."""
    for rule in RULES:
        noun = rule(around)
        if noun is not None and (noun := _counted_in(noun, around)) is not None:
            outside = not around.first <= noun.i < around.last
            sure = rule in _SURE and _is_length(around)
            if outside and may_be_measured(noun, around.draft, sure=sure):
                return noun, rule.__name__
    return None


def _is_length(around: Around) -> bool:
    """« durera trois ans », no « a fondu en trois ans »."""
    before = around.doc[around.first - 1].lower_ if around.first else ""
    return before not in _FRAMING


_FRAMING = frozenset(
    ["en", "sur", "pendant", "après", "depuis", "sous", "dans", "dès", "avant", "pour", "durant"]
)


def _counted_in(noun: Token, around: Around) -> Token | None:
    """« le montant des subventions s'élève à N »: it is of the subventions."""
    if noun.lemma_ not in verbs("hollow") or noun.lemma_ in verbs("own"):
        return noun
    inner = next((t for t in noun.rights if t.dep_ == "nmod" and t.pos_ == "NOUN"), None)
    if inner is not None and not around.first <= inner.i < around.last:
        return inner if inner.lemma_ not in verbs("hollow") else None
    return noun if noun.lemma_ in verbs("sums") else None


def may_be_measured(noun: Token, draft: Draft, *, sure: bool) -> bool:
    """Whether a noun may be what the figure is of: no body that pays, no word of time.

    What lasts is one of a list unless the rule that found the noun is ``sure``.
    """
    words = vocabulary("quantities")
    if not noun.text[:2].isalpha() or is_no_object(noun):
        return False
    if noun.text[0].isupper() and not (noun.is_sent_start or _opens_line(noun)):
        return False
    if noun.text[0].isupper() and noun.text.endswith(("ée", "ées")):
        return False  # « Évaluée à N », taken for a noun
    if not {noun.lemma_, noun.lower_}.isdisjoint(words["measured"]["actors"]):
        return False
    lasting = words["measured"]["lasting"]
    return draft.kind != "duration" or sure or noun.lower_ in lasting or noun.lemma_ in lasting


def _opens_line(noun: Token) -> bool:
    """« - Taux de pauvreté estimé : 46 % »: a capital that the line's beginning explains."""
    before = noun.nbor(-1) if noun.i else noun
    return not any(character.isalnum() for character in before.text)


# --- right before the figure ------------------------------------------------------------------


def _is_placed(around: Around) -> bool:
    """« une gare à 12 km »: how far, of nothing."""
    before = around.doc[around.first - 1].lower_ if around.first else ""
    return around.draft.kind == "measure" and before == "à"


def _passed(around: Around) -> tuple[Token | None, str]:
    """The first token left of the figure past approximators and linking words, and those words."""
    doc, position = around.doc, around.first - 1
    passed: list[str] = []
    while position >= around.start and (
        doc[position].lower_ in _linking() or doc[position].is_space
    ):
        passed.append(doc[position].lower_)
        position -= 1
    token = doc[position] if position >= around.start else None
    return token, " ".join(reversed(passed))


@cache
def _linking() -> frozenset[str]:
    return frozenset(vocabulary("quantities")["measured"]["linking"])


def _adjacent(around: Around) -> Token | None:
    """« un bail à 11 400 euros », « une avance remboursable de 9 millions »."""
    token, passed = _passed(around)
    if token is None or not _TIED.match(passed) or "soit" in passed or _leads_on(around):
        return None
    if token.pos_ == "ADJ" and token.head.pos_ == "NOUN" and token.head.i == token.i - 1:
        token = token.head
    if token.pos_ != "NOUN":
        qualifies = token.pos_ in {"ADJ", "VERB"} and passed.startswith("d")
        return _qualified(around, token) if qualifies else None
    return host(token)


_TIED = re.compile(r"(?:de|d['’]|à|du|des)\b|d['’]")


def _leads_on(around: Around) -> bool:
    """« …, d'une valeur de N »: of what stands before the comma."""
    ahead = _without_sum(around.before)
    return len(ahead) < len(around.before) and bool(ahead) and ahead[-1].kind == "comma"


def _qualified(around: Around, last: Token) -> Token | None:
    """« pour une aide espérée de N », « une durée moyenne de N »: past what qualifies the noun."""
    nouns = [item for item in chain_of(_without_participle(around.before)) if item.determined]
    near = nouns and last.i - nouns[-1].token.i <= _QUALIFIERS
    return nouns[-1].token if near else None


def _without_participle(before: Sequence[Item]) -> Sequence[Item]:
    """The phrases before a participle that ends them: « les contrats signés »."""
    last = len(before)
    while last and before[last - 1].kind == "verb" and is_participle(before[last - 1].token):
        last -= 1
    return before[:last]


_QUALIFIERS = 3


def _sum(around: Around) -> Token | None:
    """« pour un montant maximal de N », « un total de N »: nothing else is said."""
    for token in reversed(around.doc[max(around.start, around.first - 5) : around.first]):
        if token.lemma_ in _SUMS and token.i > around.start:
            before = token.nbor(-1).lower_
            return token if before in _OWNED else None
        if token.pos_ not in {"ADP", "ADJ", "ADV", "VERB", "DET"}:
            return None
    return None


_SUMS = frozenset({"montant", "total", "somme"})
#: « d'un montant de », « de l'ordre de », « d'une valeur de »
_WORTH = _SUMS | {"ordre", "valeur", "coût", "prix"}


_OWNED = frozenset({"le", "la", "l'", "l’", "son", "sa", "leur", "un", "une", "ce", "cette"})


def _set_off(around: Around) -> Token | None:
    """« le halage (5,6 M€) », « le solde, soit 13,5 M€ », « Coût final du projet : 158 M€ »."""
    ahead = _without_sum(around.before)
    if not ahead or ahead[-1].kind not in {"comma", "open", "stop"}:
        return None
    link = " ".join(token.lower_ for token in around.doc[ahead[-1].token.i : around.first])
    nouns = chain(_without_participle(ahead[:-1]))
    if not nouns or nouns[0].preposition:
        return None
    held = nouns[0].determined and (_has_article(nouns[0]) or len(ahead) < len(around.before))
    if ahead[-1].kind == "open":
        return nouns[0].token if nouns[0].determined and _BRACKET.fullmatch(link) else None
    if ahead[-1].kind == "stop":
        first = nouns[0].start <= around.start + 1
        never = vocabulary("quantities")["labels"]
        told = nouns[0].token.lower_ in (*never["never"], *never["alone"])
        held = held or (first and not told)
        return nouns[0].token if _COLON.fullmatch(link) and held else None
    if link.startswith(", soit"):
        restated = around.draft.kind in {"percent", "ratio"}
        return nouns[0].token if nouns[0].determined and not restated else None
    return nouns[0].token if held and _apposes(around, link) else None


_BRACKET = re.compile(r"\( ?(?:environ|près de|plus de|moins de|soit|de|d['’])?")
_COLON = re.compile(r": ?(?:environ|près de|plus de|moins de|soit)?")


def _without_sum(before: Sequence[Item]) -> Sequence[Item]:
    """The phrases before « d'un montant total de », « à hauteur de »."""
    last = len(_without_participle(before))
    if not last or before[last - 1].token.lemma_ not in _WORTH:
        return before
    while last and before[last - 1].token.lemma_ in _WORTH and before[last - 1].preposition in _OF:
        last -= 1
    return before[:last]


_OF = frozenset({"de", "d'", "d’"})


def _apposes(around: Around, link: str) -> bool:
    """« Le solde, 46,8 millions, … »: closed by a stop, or led in by « de » or « à »."""
    following = around.doc[around.last] if around.last < around.end else None
    closed = following is None or not following.text[0].isalnum()
    return link.startswith((", de", ", d'", ", d’", ", à")) or (closed and link == ",")


def _has_article(item: Item) -> bool:
    return item.token.doc[item.start].lower_ in _OWNED


# --- by verbs ---------------------------------------------------------------------------------


def _by_verb(around: Around) -> Token | None:
    if _leads_on(around):
        return None
    return measured_by_verb(around.before, around.doc[around.first], around.draft.kind)


def _valued_before(around: Around) -> Token | None:
    return valued_before(around.before, around.doc[around.first])


def _valued_behind(around: Around) -> Token | None:
    return valued_behind(around.before, around.after, around.doc[around.last - 1])


def _fronted(around: Around) -> Token | None:
    words = around.doc[around.start : around.first]
    opening = next((token for token in words if token.text[0].isalpha()), None)
    return fronted(around.before, around.after, opening, around.doc[around.first])


def _multiplied(around: Around) -> Token | None:
    """« les demandes ont triplé », « doubler les passages », « deux fois plus de chances »."""
    if around.draft.kind != "multiplier":
        return None
    beside = around.after[0] if around.after and around.after[0].kind == "noun" else None
    token = around.doc[around.first]
    if around.before and around.before[-1].kind == "verb" and token.nbor(-1).lower_ == "par":
        return said_of(around.before[:-1], around.before[-1].token)  # « est divisée par trois »
    if not is_verb(token):
        of = beside is not None and (beside.preposition in _OF or beside.free)
        near = beside is not None and beside.start - around.last <= 1
        return beside.token if beside is not None and of and near else None
    if beside is not None and beside.free and beside.start == around.last:
        return beside.token
    return said_of(around.before, token)


def _agreed(around: Around) -> Token | None:
    """« sept marchés ont été conclus, pour 11,8 M€ », « a vendu la parcelle 95 000 euros »."""
    if around.draft.kind != "amount" or not around.first:
        return None
    link = around.doc[around.first - 1].lower_
    ahead = around.before
    if ahead and ahead[-1].kind == "comma":
        ahead = ahead[:-1]
    return agreed(ahead) if link == "pour" else None


def _by_tree(around: Around) -> Token | None:
    return None if _is_placed(around) else by_tree(around.doc, around.first, around.last)


RULES: tuple[Rule, ...] = (
    _multiplied,
    _adjacent,
    _valued_before,
    _valued_behind,
    _by_verb,
    _fronted,
    _agreed,
    _set_off,
    _by_tree,
    _sum,
)
_SURE = RULES[2:6]
