"""When something found counts as what stands in the gold: the rules behind every score.

- Two **spans** are one to one, the pair with the greatest overlap (Jaccard over characters) first.
- **Words** are compared without case, accents, kind of apostrophe or space, nor a leading article.
- A **name** fits when one holds all words of the other, or both end with the same surname.
- A **place** fits by level and code; a région of one département overseas fits under both codes.
- An **object** fits when both begin with the same noun, singular or plural.
- A **role** fits when the shorter one's full words all stand in the longer one, or half of all do.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import TypeVar

from recoupe.records import Level, Mention, Quantity, Span, TerritoryMention

_M = TypeVar("_M", bound=Mention)
_N = TypeVar("_N", bound=Mention)

_ARTICLE = re.compile(r"^(?:l'|d'|le |la |les |un |une |des |du |de |de la |de l')")
_EMPTY = frozenset(
    ("a", "au", "aux", "d", "de", "des", "du", "en", "et", "l", "la", "le", "les", "pour", "sur")
)
_RATIO_TOLERANCE = Decimal("0.002")
_HALF = 0.5
#: The five régions overseas are départements too, under another code of the same register (COG).
_OVERSEAS: dict[tuple[Level | None, str | None], tuple[Level | None, str | None]] = {
    ("region", region): ("departement", departement)
    for region, departement in (
        *(("01", "971"), ("02", "972"), ("03", "973"), ("04", "974"), ("06", "976")),
    )
}


def overlap(one: Span, other: Span) -> float:
    """Shared characters over all characters of two spans, 0 to 1."""
    shared = min(one[1], other[1]) - max(one[0], other[0])
    return max(shared, 0) / (max(one[1], other[1]) - min(one[0], other[0])) if shared > 0 else 0.0


def paired(
    gold: Sequence[_M], found: Sequence[_N], *, least: float = 0.0
) -> tuple[list[tuple[_M, _N]], list[_M], list[_N]]:
    """Pairs one to one by overlap above ``least``; what was missed; what was found beside."""
    options = sorted(
        (
            (-overlap(one.span, other.span), i, j)
            for i, one in enumerate(gold)
            for j, other in enumerate(found)
            if one.start < other.end and other.start < one.end
        ),
    )
    left, right, pairs = set(range(len(gold))), set(range(len(found))), []
    for score, i, j in options:
        if i in left and j in right and -score > least:
            left.discard(i)
            right.discard(j)
            pairs.append((gold[i], found[j]))
    return pairs, [gold[i] for i in sorted(left)], [found[j] for j in sorted(right)]


def folded(text: str) -> str:
    """Without case, accents, kinds of space and apostrophe, nor a leading article."""
    text = unicodedata.normalize("NFD", text.replace("’", "'").replace("œ", "oe").casefold())
    bare = "".join(char for char in text if not unicodedata.combining(char))
    return _ARTICLE.sub("", " ".join(bare.split()))


def same_words(one: str, other: str) -> bool:
    """Whether two phrases are the same words."""
    return folded(one) == folded(other)


def same_name(one: str | None, other: str | None) -> bool:
    """Whether two names may be of one person or body."""
    if one is None or other is None:
        return one is other
    first, second = _words(one), _words(other)
    if not first or not second:
        return False
    return set(first) <= set(second) or set(second) <= set(first) or first[-1] == second[-1]


def same_object(one: str | None, other: str | None) -> bool:
    """Whether two noun phrases have the same head."""
    if one is None or other is None:
        return one is other
    first, second = _words(one), _words(other)
    return bool(first and second) and _singular(first[0]) == _singular(second[0])


def same_role(one: str, other: str) -> bool:
    """Whether two roles are the same office."""
    first, second = set(_full_words(one)), set(_full_words(other))
    if not first or not second:
        return False
    shared = len(first & second)
    return shared == min(len(first), len(second)) or shared / len(first | second) >= _HALF


def same_place(one: TerritoryMention, other: TerritoryMention) -> bool:
    """Whether two codes are of one place; a région of one département overseas is both."""
    first, second = (one.level, one.code), (other.level, other.code)
    return first == second or _OVERSEAS.get(first, first) == _OVERSEAS.get(second, second)


def same_value(gold: Quantity, found: Quantity) -> bool:
    """Whether two figures say the same number, or the same range."""
    return all(
        _same_number(one, other)
        for one, other in (
            (gold.value, found.value),
            (gold.low, found.low),
            (gold.high, found.high),
        )
    )


def _same_number(one: Decimal | None, other: Decimal | None) -> bool:
    if one is None or other is None:
        return one is other
    if one == other:
        return True
    # Thirds and sevenths have no exact decimal: 0.3333 is 1/3.
    return abs(one) < 1 and abs(one - other) <= _RATIO_TOLERANCE


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", folded(text))


def _full_words(text: str) -> Iterator[str]:
    return (_singular(word) for word in _words(text) if word not in _EMPTY)


def _singular(word: str) -> str:
    if word.endswith("aux"):
        return word[:-3] + "al"
    return word.rstrip("sx") or word
