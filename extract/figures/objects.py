"""What a figure counts, read from the tokens that follow it: « 474 projets », « 85 % des maires ».

The object is the head noun with the adjectives that follow it and one bare complement (« bornes de
recharge », « logements sociaux »); ``None`` where the text says none near the figure.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import chain

from spacy.tokens import Doc, Token

from recoupe.extract.annotations import text_of
from recoupe.extract.figures.draft import Draft
from recoupe.extract.figures.noun_phrases import is_no_object, phrase
from recoupe.extract.figures.numerals import SP
from recoupe.extract.figures.series import status_participles
from recoupe.extract.phrases import vocabulary
from recoupe.records import QuantityKind, Span

_NOUNS = frozenset({"NOUN", "PROPN"})
_PARTITIVE = frozenset({"de", "d'", "d’", "des", "du"})
_MODIFIERS = frozenset({"ADJ", "DET", "NUM"})
_COMPARING = frozenset(
    {"plus", "très", "autres", "gros", "grosses", "nouveaux", "nouvelles", "premiers", "premières"}
)
#: At most so many words stand between a numeral and its noun (« deux nouvelles grandes aires »).
_REACH = 4
_NUMBER_OF = re.compile(
    rf"\b(?:nombres?(?:{SP}+\w+)?|totale?|volume|liste|quota){SP}+(?:de{SP}+|des{SP}+|d['’])(?P<noun>[\w'’-]+)",
    re.IGNORECASE,
)
#: « le nombre de projets » and its figure stand at most so many characters apart.
_NUMBER_REACH = 120
_NUMBER_NEAR = 16
_REACHES = re.compile(
    rf"(?i)\b(?:pass|port|attei|s['’]él|augment|progress|grimp|recul|tomb|chut|bai|est|était|sera|ramen|limité|fixé|estimé)[\w'’]*"
    rf"(?:{SP}+[\w'’-]+){{0,4}}{SP}*(?:\d[\d{SP[1:-1]}]*)?(?:{SP}*(?:à|de|par|d['’]an){SP}*[\w'’-]*){{0,3}}$|:{SP}*$"
)
#: « portant le nombre total à 144 », « un total de 300 », « au nombre de 12 »
_TOTAL = re.compile(
    rf"(?i)\b(?:nombre|total|effectif)s?(?:{SP}+[\w'’-]+){{0,3}}{SP}+(?:à|de|:){SP}*(?:[\w'’]+{SP}+){{0,2}}$"
)
_LINKED = re.compile(
    rf"{SP}*,{SP}+|{SP}+(?:et|ou|puis|voire){SP}+|{SP}?[-–/]{SP}?|{SP}+à{SP}+"
    rf"|{SP}+(?:des|de{SP}+ces|sur{SP}+(?:les|un{SP}+total{SP}+de)?|parmi{SP}+les){SP}*"
)


class TokenIndex:
    """Find the token that begins at or after a character of a `Doc`."""

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self.text = text_of(doc)
        self._starts: list[int] = doc.to_array("IDX").tolist()
        opens: list[int] = doc.to_array("SENT_START").tolist()
        self._sentences = [i for i, opening in enumerate(opens) if opening == 1 or not i]

    def at(self, position: int) -> int:
        """Index of the first token that begins at or after ``position``."""
        return bisect_left(self._starts, position)

    def within(self, place: Span) -> range:
        """The indices of the tokens that hold characters of a place, the spaces behind included."""
        return range(self._holding(place[0]), self._holding(place[1] - 1) + 1)

    def tokens(self, places: Iterable[Span]) -> frozenset[int]:
        """The indices of the tokens of all these places."""
        return frozenset(chain.from_iterable(map(self.within, places)))

    def _holding(self, position: int) -> int:
        return bisect_right(self._starts, position) - 1

    def sentence(self, token: int) -> tuple[int, int]:
        """First token of the sentence of a token, and of the next one."""
        place = bisect_right(self._sentences, token)
        after = self._sentences[place] if place < len(self._sentences) else len(self.doc)
        return self._sentences[max(0, place - 1)], after

    def is_parted(self, first: int, last: int) -> bool:
        """Whether a sentence begins at one of these tokens."""
        return bisect_left(self._sentences, first) < bisect_right(self._sentences, last)

    def after(self, position: int) -> list[Token]:
        """Up to twelve tokens of the same sentence that begin at or after ``position``."""
        first = self.at(position)
        tokens: list[Token] = []
        for token in self.doc[first : first + 12]:
            if tokens and token.is_sent_start:
                break
            tokens.append(token)
        return tokens


def give_objects(index: TokenIndex, drafts: Sequence[Draft]) -> None:
    """Set ``object_span`` of each draft, and the kind of those that no unit decided."""
    for position in range(len(drafts) - 1, -1, -1):
        draft = drafts[position]
        if draft.object_span is None and draft.kind in _OF_SUBSTANCE:
            draft.give(_substance(index, draft), "substance")
        elif draft.object_span is None and (
            draft.kind not in {"point", "multiplier", "rank"} or draft.rule == "ordinal_word"
        ):
            draft.give(_object_after(index, draft), "after")
            if draft.object_span is None:
                draft.give(_of_next(index.text, drafts, position), "next")
        if draft.object_span is None and draft.kind in {"multiplier", "number", "count"}:
            draft.give(_number_of(index, draft), "number")
        if draft.bare:
            draft.kind = _kind(index, draft)
            if draft.kind == "number" and _TOTAL.search(
                index.text[max(0, draft.start - 40) : draft.start]
            ):
                draft.kind = "count"


_OF_SUBSTANCE = frozenset({"amount", "duration", "measure"})


def _substance(index: TokenIndex, draft: Draft) -> Span | None:
    """« 26 millions d'euros de subventions », « 62 km de halage », « huit mois de retard »."""
    tokens = index.after(draft.end)
    position = _skip_partitive(tokens, allowed=True)
    if not position or tokens[0].lower_ not in _PARTITIVE:
        return None
    determined = position > 1 or tokens[0].lower_ in {"du", "des"}
    if determined and draft.kind != "amount" and not _is_definite(index, draft):
        return None  # « à 12 km de la gare »
    for offset, token in enumerate(tokens[position : position + 2]):
        mistagged = not determined and not offset and _PLURAL.fullmatch(token.text) is not None
        if _is_noun(token) or (mistagged and token.pos_ not in _FUNCTIONAL):
            actor = token.lower_ in vocabulary("quantities")["measured"]["actors"]
            named = position > 1 and offset == 0  # « 3 M€ de la DGALN », no « t de CO2 »
            acronym = draft.kind in {"amount", "measure"} and token.text.isupper() and not named
            common = token.text[0].islower() or acronym
            return phrase(tokens, position + offset) if common and not actor else None
        if token.pos_ != "ADJ":
            return None
    return None


#: « Sur les 2,4 km de la digue », « 18 des 96 heures du programme »
_DEFINITE = re.compile(rf"(?i)(?<!\w)(?:les|des|ces|ses|leurs){SP}$")


def _is_definite(index: TokenIndex, draft: Draft) -> bool:
    return _DEFINITE.search(index.text, max(0, draft.start - 8), draft.start) is not None


_FUNCTIONAL = frozenset({"ADP", "ADV", "AUX", "CCONJ", "DET", "NUM", "PRON", "SCONJ"})


def noun_phrase_in(doc: Doc, place: Span) -> Span | None:
    """The first noun phrase of ``place`` that may be counted: the « projets » of a column."""
    span = doc.char_span(*place, alignment_mode="contract")
    tokens = list(span) if span is not None else []
    for position, token in enumerate(tokens):
        word = token.lower_
        acronym = _ACRONYM.fullmatch(token.text) is not None
        noun = _is_noun(token) and word.rstrip("es") not in _states()
        if acronym or (noun and not _TALLY.fullmatch(word) and not _UNIT.fullmatch(token.text)):
            return phrase(tokens, position)
    return None


#: Headers name what is counted after such words: « Nombre de projets ».
_TALLY = re.compile(r"\w{1,2}|nombres?|nbre?|nb|total|effectifs?|volume|quantité|années?")
#: « AE engagées », « CP versés », « ETP »
_ACRONYM = re.compile(r"AE|CP|AP|ETP|ETPT|DETR|DSIL")
_UNIT = re.compile(r"M€|k€|K€|Md€|Mds€|€|HT|TTC|km|ha|millions?|milliers?|milliards?|euros?")


@cache
def _states() -> frozenset[str]:
    """Participles without their endings: a column « Livré » names no noun."""
    return frozenset(participle.rstrip("es") for participle in status_participles())


def _object_after(index: TokenIndex, draft: Draft) -> Span | None:
    tokens = index.after(draft.end)
    sharing = draft.kind in {"percent", "ratio"} or draft.rule == "one_only"
    position = _skip_partitive(
        tokens, allowed=sharing or draft.scale > 1 or "noun" in draft.rule or draft.rule == "demi"
    )
    if position is None or (
        sharing and position == 0 and draft.kind != "ratio" and draft.rule != "one_only"
    ):
        return None
    for head in range(position, min(position + _REACH, len(tokens))):
        if _is_noun(tokens[head]):  # « ramené de 452 à 397 le nombre de logements »
            if tokens[head].pos_ == "PROPN" and _names(tokens[head]):
                return None
            return phrase(tokens, head + 2 if _counts(tokens, head) else head)
        if not _may_precede(tokens[head]):
            return None
    return None


def _counts(tokens: Sequence[Token], position: int) -> bool:
    """Whether « nombre de » or « total de » stands there, before a noun."""
    if tokens[position].lower_ not in {"nombre", "total", "montant"}:
        return False
    following = tokens[position + 1 : position + 3]
    return len(following) == 2 and following[0].lower_ in _PARTITIVE and _is_noun(following[1])  # noqa: PLR2004


def _skip_partitive(tokens: Sequence[Token], *, allowed: bool) -> int | None:
    """Index of the first token past « de », « des », « de la »; ``None`` where none is allowed."""
    position = 0
    while position < len(tokens) and tokens[position].lower_ in _BETWEEN:
        position += 1
    if position >= len(tokens) or tokens[position].lower_ not in _PARTITIVE:
        return position
    chosen = position + 1 < len(tokens) and tokens[position + 1].lower_ in _POSSESSIVES
    if not allowed and not chosen:
        return None
    position += 1
    if position < len(tokens) and tokens[position].lower_ in {
        "la",
        "l'",
        "l’",
        "les",
        "ces",
        "ses",
        "nos",
        "leurs",
        "cette",
        "son",
        "sa",
    }:
        position += 1
    return position


#: « un quart environ des dépenses », « 85 % » des maires
_BETWEEN = frozenset({"%", "»", '"', "+", "environ", "seulement"})
#: « 212 de ses adhérents »
_POSSESSIVES = frozenset({"ses", "ces", "leurs", "nos", "vos", "mes"})
_NEVER_NOUNS = frozenset({"ADP", "ADV", "AUX", "CCONJ", "DET", "NUM", "PRON", "SCONJ", "ADJ"})
_PLURAL = re.compile(r"[a-zà-ÿœ]{3,}(?:s|x)")


def _is_noun(token: Token) -> bool:
    if token.lower_ in status_participles():
        return _is_people(token)
    mistagged = (  # « 500 000 pins »: right after the number a plural is what it counts
        token.pos_ not in _NEVER_NOUNS
        and token.i > 0
        and token.nbor(-1).like_num
        and _PLURAL.fullmatch(token.text) is not None
        and not token.text.endswith(("és", "ées"))
    )
    if token.pos_ == "ADJ" and token.i > 0 and token.nbor(-1).like_num:
        after = token.nbor(1) if token.i + 1 < len(token.doc) else token
        alone = after.pos_ not in {"NOUN", "PROPN", "ADJ", "NUM"}
        mistagged = alone and _PLURAL.fullmatch(token.text) is not None  # « 12 éoliennes de 3 MW »
    mistagged = mistagged or _by_place(token)
    if token.pos_ in _NOUNS or mistagged:
        return token.text[0].isalpha() and not is_no_object(token)
    return False


#: « J'ai composté 500 000 pins », « une vingtaine d'immeubles »: the parse knows better.
_ARGUMENTS = frozenset({"obj", "nmod", "obl", "nsubj", "obl:arg", "nsubj:pass", "conj"})
_ADVERBS = frozenset(
    [
        *("plus", "moins", "pas", "jamais", "puis", "fois", "dans", "sous", "vers", "après"),
        *("depuis", "toujours", "alors", "lors", "près", "très", "ailleurs", "mais", "hors"),
        *("désormais", "dehors"),
    ]
)


def _by_place(token: Token) -> bool:
    """Whether a plural right after its number, or after « d' », is a noun whatever its tag."""
    before = token.nbor(-1) if token.i else token
    placed = before.like_num or (before.lower_ in {"d'", "d’", "de"} and token.dep_ == "nmod")
    return (
        placed
        and token.dep_ in _ARGUMENTS
        and token.lower_ not in _ADVERBS
        and _PLURAL.fullmatch(token.text) is not None
        and not token.text.endswith(("és", "ées"))
    )


def _names(token: Token) -> bool:
    """« 70 % de Morvillars Réseaux », no « 85 % des Français »: a name is no thing counted."""
    before = token.nbor(-1) if token.i else token
    if not token.text[0].isupper() or token.text.isupper() or token.is_sent_start:
        return False
    people = token.text.endswith(("s", "x")) and (
        before.like_num or before.lower_ in {"des", "les", "ces", "aux"}
    )
    return not people


def _is_people(token: Token) -> bool:
    """« 38 214 inscrits, … »: people called by a participle, right after their number."""
    listed = vocabulary("quantities")["people_by_participle"]["nouns"]
    return token.lower_ in listed and token.i > 0 and token.nbor(-1).like_num


def _may_precede(token: Token) -> bool:
    if token.lower_ in {"entre", "eux", "elles", "sur", "à", "par", "dans", "pour", "en", "et"}:
        return False
    return (
        token.pos_ in _MODIFIERS
        or token.text in {'"', "«", "“"}
        or token.text.isspace()
        or token.lower_ in _COMPARING
    )


def _of_next(text: str, drafts: Sequence[Draft], position: int) -> Span | None:
    """The object of a list's next member: « trois, quatre ou cinq sites », « un seul des 14 … »."""
    if position + 1 >= len(drafts):
        return None
    draft, following = drafts[position], drafts[position + 1]
    between = text[draft.end : following.start]
    if following.object_span is None or following.kind not in {"count", "number"}:
        return None
    if draft.kind == "percent" or _VOTES.search(text, max(0, draft.start - 16), draft.start):
        return None  # « en hausse de 31 % sur cinq ans », « 19 voix contre 5 et 2 abstentions »
    return following.object_span if _LINKED.fullmatch(between) else None


_VOTES = re.compile(rf"voix{SP}(?:pour{SP})?contre{SP}$")


def _number_of(index: TokenIndex, draft: Draft) -> Span | None:
    """« le nombre de projets a doublé », « le nombre de postes passe de 3 à 5 »."""
    window = max(0, draft.start - _NUMBER_REACH)
    before = re.split(r"[.;!?\n]", index.text[window : draft.start])[-1]
    found = list(_NUMBER_OF.finditer(before))
    if not found:
        return None
    near = len(before) - found[-1].end() <= _NUMBER_NEAR
    if draft.kind != "multiplier" and not near and not _REACHES.search(before, found[-1].end()):
        return None
    offset = draft.start - len(before)
    start, end = found[-1].span("noun")
    return offset + start, offset + end


#: « Ils étaient 340 à la réunion »
_THEY_WERE = re.compile(
    rf"(?i)\b(?:ils|elles|nous){SP}(?:n['’])?(?:étaient|sont|seront|seraient|étions|sommes|furent)"
    rf"(?:{SP}(?:que|plus|moins|près|environ|déjà|désormais|encore|de))*{SP}$"
)


def _kind(index: TokenIndex, draft: Draft) -> QuantityKind:
    """Whether a figure without a unit counts something (``count``) or stands alone (``number``)."""
    if draft.object_span is not None or draft.rule in {
        "one_only",
        "approximate_noun",
        "vague_noun",
    }:
        return "count"
    if _THEY_WERE.search(index.text[max(0, draft.start - 40) : draft.start]):
        return "count"
    tokens = index.after(draft.end)
    first = tokens[0] if tokens else None
    pronominal = first is not None and (
        first.pos_ in {"AUX", "VERB"}
        or first.lower_ in {"d'", "d’", "en", "ne", "n'", "sont", "ont"}
    )
    return "count" if pronominal else "number"
