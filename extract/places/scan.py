"""Find the names of the gazetteer in a text: the longest match at each capital letter.

Pure but for the look-ups in the `Gazetteer`. What a name means is decided elsewhere.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from recoupe.extract.places.gazetteer import Gazetteer, Place, fold
from recoupe.extract.places.words import Vocabulary
from recoupe.records import Span

_TOKEN = re.compile(r"[^\W_]+")
_SPACE = " \u00a0\u202f\u2009"
#: What may stand between two words of one name: spaces, a dash, an apostrophe, the stop of « St. »,
#: the comma of « Avallon, Vézelay, Morvan ».
_JOINT = re.compile(rf"[{_SPACE}]*[-‐‑–'’./,]?[{_SPACE}]*")
_NO_DATE = "9998"


class Token(NamedTuple):
    """One word: its place in the text, its folded form, whether it begins with a capital.

    A tuple rather than a dataclass since an article makes a thousand of them.
    """

    start: int
    end: int
    text: str
    key: str
    capital: bool
    gap: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A text cut into words, with what is needed to read it; ``starts`` begin sentences."""

    text: str
    tokens: Sequence[Token]
    words: Vocabulary
    gazetteer: Gazetteer
    starts: frozenset[int]
    on: date | None


@dataclass(frozen=True, slots=True)
class Hit:
    """A name found: its tokens ``first:last`` (last excluded) and what it may mean."""

    first: int
    last: int
    key: str
    places: tuple[Place, ...]


def tokens_of(text: str) -> list[Token]:
    """The words of ``text``; ``gap`` is what stands between a word and the one before it."""
    tokens: list[Token] = []
    end = 0
    for match in _TOKEN.finditer(text):
        word = match.group()
        capital = word[0].isupper()
        tokens.append(
            Token(match.start(), match.end(), word, fold(word), capital, text[end : match.start()])
        )
        end = match.end()
    return tokens


def scan(page: Page, *, blocked: Sequence[Span]) -> list[Hit]:
    """The names in order; phrases that are no places and blocked spans are passed over."""
    hits: list[Hit] = []
    forbidden = _blocked_tokens(page.tokens, blocked)
    index = 0
    while index < len(page.tokens):
        if not page.tokens[index].key or index in forbidden:
            index += 1
            continue
        first = page.tokens[index].key
        end = _phrase_end(page, index) if first in page.words.phrases else index
        if _may_begin(page.tokens[index], page.words):
            hit = _longest(page, index)
            if hit and hit.last > end:
                end = hit.last
                if not forbidden.intersection(range(hit.first, hit.last)):
                    hits.append(hit)
        index = max(end, index + 1)
    return hits


def _may_begin(token: Token, words: Vocabulary) -> bool:
    return token.capital or token.text[0].isdigit() or token.key in words.lower_starts


def _blocked_tokens(tokens: Sequence[Token], blocked: Sequence[Span]) -> set[int]:
    """The numbers of the tokens that touch a blocked span."""
    found: set[int] = set()
    if not blocked:
        return found
    starts = [token.start for token in tokens]
    ends = [token.end for token in tokens]
    for start, end in blocked:
        found.update(range(bisect_right(ends, start), bisect_left(starts, end)))
    return found


def _phrase_end(page: Page, index: int) -> int:
    """The end of a phrase such as « Banque de France » that begins here, else ``index``."""
    for phrase in page.words.phrases[page.tokens[index].key]:
        part = page.tokens[index : index + len(phrase)]
        if (
            tuple(token.key for token in part) == phrase
            and any(token.capital for token in part)
            and all(_JOINT.fullmatch(token.gap) for token in part[1:])
        ):
            return index + len(phrase)
    return index


def _chain_end(tokens: Sequence[Token], index: int, longest: int) -> int:
    """How far a name that begins at ``index`` may reach: nothing but joints between its words."""
    end = index + 1
    limit = min(index + longest, len(tokens))
    while end < limit and _JOINT.fullmatch(tokens[end].gap):
        if "." in tokens[end].gap and tokens[end - 1].key not in {"saint", "sainte"}:
            break
        end += 1
    return end


def _longest(page: Page, index: int) -> Hit | None:
    day = page.on.isoformat() if page.on else _NO_DATE
    reach = _reach(page.tokens, index, page.gazetteer)
    for end in range(_chain_end(page.tokens, index, reach) if reach else index, index, -1):
        part = page.tokens[index:end]
        key = " ".join(token.key for token in part)
        named = page.gazetteer.named(key)
        if not named or _cut_short(page.tokens, index, end):
            continue
        comma = any("," in token.gap for token in part[1:])
        places = tuple(
            place
            for place in named
            if (place.valid_from or "") <= day
            and (not comma or "," in place.form)
            and _spelled_alike(part, place, page.words)
        )
        if places:
            return Hit(index, end, key, places)
    return None


def _reach(tokens: Sequence[Token], index: int, gazetteer: Gazetteer) -> int:
    """The words of the longest name that begins with this word, 0 where none does.

    A number begins a name only before a capital: « les 7 Vallées ».
    """
    token = tokens[index]
    if token.text[0].isdigit() and not (index + 1 < len(tokens) and tokens[index + 1].capital):
        return 0
    return gazetteer.heads().get(token.key, 0)


def _cut_short(tokens: Sequence[Token], first: int, last: int) -> bool:
    """Whether a dash ties the name to a further word: « Paris-Nice », « franco-Suisse »."""
    after = last < len(tokens) and tokens[last].gap in {"-", "‐", "‑"}
    return after or (first > 0 and tokens[first].gap in {"-", "‐", "‑"})


def _spelled_alike(part: Sequence[Token], place: Place, words: Vocabulary) -> bool:
    """Whether capitals stand where the official form has them, but for words that may lose them."""
    official = _TOKEN.findall(place.form)
    if len(official) != len(part):
        return True
    if len(part) == 1 and place.form.isupper() and not part[0].text.isupper():
        return False
    if not part[0].capital and part[0].key in words.lower_starts:
        if place.level == "epci" or not any(token.capital for token in part):
            return False
        return all(_capital_kept(t, f, words) for t, f in _pairs(part[1:], official[1:]))
    first = part[0].capital or not official[0][0].isupper()
    return first and all(_capital_kept(t, f, words) for t, f in _pairs(part[1:], official[1:]))


def _pairs(part: Sequence[Token], official: Sequence[str]) -> Iterable[tuple[Token, str]]:
    return zip(part, official, strict=True)


def _capital_kept(token: Token, form: str, words: Vocabulary) -> bool:
    soft = token.key in words.lowerable or token.key in words.particles
    return token.capital or soft or not form[0].isupper()


def accents_agree(written: str, official: str) -> bool:
    """Whether each small letter bears its accent; a capital may lose it: « Evry » is « Évry »."""
    for letter, right in zip(written, official, strict=False):
        if letter.islower() and right.islower() and letter != right and fold(letter) == fold(right):
            return False
    return True
