"""A sentence in phrases, read from its words: nouns with what governs them, verbs, stops.

The parse of a long sentence errs more often than its parts of speech do; what a figure is of is
mostly told by what stands before it: « Le coût de l'opération, évalué à N en 2020, atteindrait M ».
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Literal

from spacy.tokens import Token

Kind = Literal["noun", "verb", "comma", "stop", "relative", "pronoun", "figure", "open", "and"]

_STOPS = frozenset({";", ":", "—", "–", "|", "\n", "«", "»", '"', "“", "”"})
_BRACKETS = frozenset({"(", ")", "[", "]"})
_RELATIVES = frozenset(
    ["qui", "que", "qu'", "qu’", "dont", "où", "lequel", "laquelle", "lesquels", "lesquelles"]
)
_CONJUNCTIONS = frozenset(["quand", "lorsque", "lorsqu'", "lorsqu’", "si", "tandis", "puisque"])
_PERSONAL = frozenset(["il", "elle", "ils", "elles"])
_OTHERS = frozenset(
    [
        *("on", "je", "j'", "j’", "nous", "vous", "tu", "c'", "c’", "cela", "ça", "ceci"),
        *("celui", "celle", "ceux", "celles", "certains", "certaines", "chacun", "chacune"),
    ]
)
_AND = frozenset(["et", "mais", "puis"])
#: Words that may be a phrase of their own; most are none of these.
_PLAIN = frozenset({",", "ce"}).union(
    _STOPS, _BRACKETS, _RELATIVES, _CONJUNCTIONS, _PERSONAL, _OTHERS, _AND
)
_ARTICLES = frozenset(["le", "la", "l'", "l’", "les"])
_PREPOSITIONS = frozenset(
    ["de", "d'", "d’", "du", "des", "à", "au", "aux", "en", "par", "pour", "sur", "avec", "sans"]
)
#: Prepositions that tie a noun to the one before: « le coût de l'opération », « prêt à taux zéro ».
OF = frozenset({"de", "d'", "d’", "du", "des", "à", "au", "aux", "en"})


#: So many phrases are read around a figure.
_READ = 40


@dataclass(frozen=True, slots=True)
class Item:
    """A phrase of a sentence: its head (or its only word), where it begins, what governs it."""

    kind: Kind
    token: Token
    start: int
    preposition: str = ""
    determined: bool = False

    @property
    def free(self) -> bool:
        """Whether it is a noun with its determiner that no preposition governs."""
        return self.kind == "noun" and self.determined and not self.preposition


class Clauses:
    """The phrases of each sentence, read once for all its figures.

    ``figures`` are the indexes of the tokens that belong to figures.
    """

    def __init__(self, tokens: Iterable[Token], figures: AbstractSet[int]) -> None:
        self._tokens = tokens
        self._figures = figures
        self._items: list[Item] = list(self._read())
        self._starts = [item.start for item in self._items]

    def before(self, position: int) -> list[Item]:
        """At most 40 phrases that begin before the token ``position``, the nearest last."""
        last = bisect_left(self._starts, position)
        return self._items[max(0, last - _READ) : last]

    def after(self, position: int) -> list[Item]:
        """At most 40 phrases that begin at the token ``position`` or later."""
        first = bisect_left(self._starts, position)
        return self._items[first : first + _READ]

    def _read(self) -> Iterator[Item]:
        state = _State()
        for token in self._tokens:
            if token.i in self._figures:
                if token.i - 1 not in self._figures:
                    yield Item("figure", token, token.i, state.preposition)
                state.determined, state.start = True, token.i
            elif not _is_glued(token):
                item = self._item(token, state)
                if item is not None:
                    yield item

    def _item(self, token: Token, state: _State) -> Item | None:
        """The phrase that ends with ``token``; ``state`` is what stands before its noun."""
        plain = _plain(token)
        if plain is not None:
            state.clear()
            return Item(plain, token, token.i)
        if _governs(token):
            state.govern(token)
        elif token.pos_ == "DET" or token.lower_ in _ARTICLES:
            state.determine(token, anew=token.i - 1 in self._figures)
        elif _is_noun(token) or is_verb(token):
            kind: Kind = "noun" if _is_noun(token) else "verb"
            item = Item(kind, token, token.i, state.preposition, state.determined)
            if kind == "noun" and state.start >= 0:
                item = Item(kind, token, state.start, state.preposition, state.determined)
            state.clear()
            return item
        elif token.pos_ not in _WITHIN:
            state.clear()
        return None


@dataclass(slots=True)
class _State:
    """What was read of a noun phrase before its noun."""

    preposition: str = ""
    determined: bool = False
    start: int = -1

    def clear(self) -> None:
        """Forget it."""
        self.preposition, self.determined, self.start = "", False, -1

    def govern(self, token: Token) -> None:
        """A preposition begins the phrase."""
        low = token.lower_
        self.preposition, self.determined, self.start = low, low in _FUSED, token.i

    def determine(self, token: Token, *, anew: bool) -> None:
        """An article goes on with the phrase, or begins one ``anew`` after a figure."""
        if anew:
            self.preposition, self.start = "", token.i
        self.determined, self.start = True, (token.i if self.start < 0 else self.start)


_FUSED = frozenset({"du", "au", "aux", "des"})
_WITHIN = frozenset({"ADJ", "NUM", "SPACE"})


def _plain(token: Token) -> Kind | None:
    """The kind of a word that is a phrase of its own: a stop, a comma, a pronoun."""
    low = token.lower_
    if low not in _PLAIN and "\n" not in low:
        return None
    if low in _STOPS or "\n" in low:
        return "stop"
    if low in _BRACKETS:
        return "open" if low in "([" else "stop"
    if low == ",":
        return "comma"
    if low in _RELATIVES and (token.pos_ in {"PRON", "SCONJ"} or low == "dont"):
        return "relative"
    if low in _CONJUNCTIONS and token.pos_ != "ADV":
        return "relative"
    if low in _PERSONAL or low in _OTHERS or (low == "ce" and token.pos_ == "PRON"):
        return "pronoun"
    if low in _AND:
        return "and"
    return None


def _is_glued(token: Token) -> bool:
    """« sous-traitance »: the part of a compound before its hyphen."""
    if token.whitespace_ or token.i + 1 == len(token.doc):
        return False
    return token.nbor(1).text[0] in "-‑" and token.text.isalpha()


def _governs(token: Token) -> bool:
    """Whether a preposition stands there (« des » may be an article)."""
    low = token.lower_
    return (token.pos_ == "ADP" or low in _PREPOSITIONS) and token.pos_ != "DET"


def _is_noun(token: Token) -> bool:
    before = token.nbor(-1).pos_ if token.i else ""
    if before == "AUX" and token.text.endswith("é"):
        return False  # « aura nécessité N »
    named = token.pos_ == "PROPN" and before == "DET"
    return (token.pos_ == "NOUN" or named) and token.text[:1].isalpha() and len(token) > 1


def is_verb(token: Token) -> bool:
    """Whether a verb stands there, in whatever form."""
    if token.pos_ in {"VERB", "AUX"}:
        return True
    after_aux = token.i > 0 and token.nbor(-1).pos_ == "AUX"
    return after_aux and token.pos_ in {"NOUN", "ADJ"} and token.text.endswith("é")


def is_finite(token: Token) -> bool:
    """Whether a verb has a subject: no infinitive, no participle."""
    if token.text.endswith(_PARTICIPLES):
        return False
    form = token.morph.get("VerbForm", [])
    mistaken = form == ["Inf"] and not token.text.endswith(_INFINITIVES)
    return form == ["Fin"] or mistaken or (not form and token.pos_ == "AUX")


def is_infinitive(token: Token) -> bool:
    """Whether it is an infinitive."""
    return token.morph.get("VerbForm", []) == ["Inf"] and token.text.endswith(_INFINITIVES)


_INFINITIVES = ("r", "re")


def is_participle(token: Token) -> bool:
    """Whether it is a participle."""
    return token.morph.get("VerbForm", []) == ["Part"] or token.text.endswith(_PARTICIPLES)


_PARTICIPLES = ("é", "ée", "és", "ées")


def agrees(noun: Token, word: Token) -> bool:
    """Whether a participle or adjective may qualify a noun, by number and gender."""
    number = word.morph.get("Number", [])
    own = noun.morph.get("Number", [])
    if number and own and number != own:
        return False
    gender, theirs = noun.morph.get("Gender", []), word.morph.get("Gender", [])
    return not (gender and theirs and gender != theirs)


def chain(items: Sequence[Item]) -> list[Item]:
    """The noun phrase that ends ``items``: its nouns, each tied to the one before by « de »."""
    nouns = chain_of(items)
    return nouns if not nouns or not nouns[0].preposition or nouns[0].preposition in OF else []


def chain_of(items: Sequence[Item]) -> list[Item]:
    """The same, whatever preposition governs the whole: « pour une durée moyenne »."""
    nouns: list[Item] = []
    for item in reversed(items):
        if item.kind == "figure" and item.preposition in OF:
            continue  # « le taux d'accès à l'emploi à six mois »
        if item.kind != "noun":
            break
        nouns.insert(0, item)
        if item.preposition not in OF:
            break
    return nouns
