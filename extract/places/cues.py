"""What stands around a name: article, preposition, words of level, parentheses, traps.

Each function reads the tokens beside one `Hit` and says what it saw; `territory_scores` weighs it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from recoupe.extract.places.gazetteer import fold
from recoupe.extract.places.scan import Hit, Page, Token
from recoupe.records import Level

_TIE = re.compile(r"[ \u00a0\u202f\u2009]*['’]?[ \u00a0\u202f\u2009]*")
_HEAD_TIE = re.compile(r"[ \u00a0\u202f\u2009]*['’-]?[ \u00a0\u202f\u2009]*")
_SPACE = re.compile(r"[ \u00a0\u202f\u2009]+")
_PAREN = re.compile(r"[ \u00a0\u202f\u2009]*\(([^()\n]{1,60})\)")
_SPLIT = re.compile(r"\s*[,;/]\s*|\s+[-–]\s+")
_COORDINATED = re.compile(r"^et (?:la|le|l) \w+ (?=s)")  # « le Gers et la Garonne sont en crue »
_LONGEST_HEAD = 6
_STREETS_WITH_ARTICLE = {"rue", "avenue", "boulevard", "quai"}  # « rue de la Loire »
_WILFUL = {"ne", "n", "nous", "leur", "lui"}
_CLITICS = {"ne", "n", "en", "y", "lui", "leur", "l", "le", "la"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Cues:
    """The surroundings of one name.

    ``article`` is le, la, l or les; du, des, au, aux count as preposition and article.
    ``preposition`` is folded. ``body`` and ``title`` are the level that a word before asks for.
    ``inside`` lists the parts of a parenthesis right after. ``head`` is the word before the
    preposition. ``trap`` says why this is no place, ``natural`` that it is a river or a mountain.
    """

    article: str | None
    preposition: str | None
    body: Level | None
    title: Level | None
    inside: tuple[str, ...]
    head: str
    trap: str | None
    natural: bool
    metonym: bool
    starts_sentence: bool
    capital_before: bool
    capital_after: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class _Frame:
    """One name with the words that govern it."""

    page: Page
    hit: Hit
    article: str | None
    preposition: str | None
    head: tuple[str, ...]

    @property
    def following(self) -> Sequence[Token]:
        return self.page.tokens[self.hit.last : self.hit.last + 5]

    def headed(self, wanted: Collection[str]) -> bool:
        """Whether the words before end with one of ``wanted``."""
        return any(phrase in wanted for phrase in endings(self.head))


def cues_of(page: Page, hit: Hit) -> Cues:
    """All that the surroundings of ``hit`` say."""
    frame = _frame(page, hit)
    article, preposition, words = frame.article, frame.preposition, page.words
    governed = preposition is not None or article is None
    body = _level(frame.head, words.bodies) if governed else None
    if body and _holds_them(frame, body):
        body = None
    title = _level(frame.head, words.titles) if preposition in words.of else None
    return Cues(
        article=article,
        preposition=preposition,
        body=body,
        title=None if body else title,
        inside=_inside(page.text, page.tokens[hit.last - 1].end),
        head=frame.head[-1] if frame.head else "",
        trap=None if body else _trap(frame),
        natural=_is_natural(frame),
        metonym=_is_metonym(frame),
        starts_sentence=page.tokens[hit.first].start in page.starts,
        capital_before=_capital_before(page, hit),
        capital_after=_capital_after(frame),
    )


_CONTAINERS: frozenset[Level] = frozenset({"country", "region", "departement"})


def _holds_them(frame: _Frame, body: Level) -> bool:
    """« 640 communes de Bretagne », « Territoires d'industrie à Lens »: where they are."""
    if body == "programme_territory":
        return frame.preposition in frame.page.words.at
    plural = frame.head[-1].endswith("s") and body in {"commune", "epci"}
    return plural and any(place.level in _CONTAINERS for place in frame.hit.places)


def _frame(page: Page, hit: Hit) -> _Frame:
    tokens, words = page.tokens, page.words
    article, cursor = _step(tokens, hit.first, words.articles)
    preposition, cursor = _step(tokens, cursor, words.of | words.place_prepositions | words.at)
    if preposition in words.contracted:
        article = {"du": "le", "au": "le", "des": "les", "aux": "les"}[preposition]
    head = _head(tokens, cursor)
    if preposition is None and article is None and not head:
        head = _head(tokens, hit.first, first_gap=":")
    return _Frame(page=page, hit=hit, article=article, preposition=preposition, head=head)


def _step(tokens: Sequence[Token], cursor: int, wanted: Collection[str]) -> tuple[str | None, int]:
    """The word before ``cursor`` if it is wanted and only a space or an apostrophe parts them."""
    if cursor and _TIE.fullmatch(tokens[cursor].gap) and tokens[cursor - 1].key in wanted:
        return tokens[cursor - 1].key, cursor - 1
    return None, cursor


def _head(tokens: Sequence[Token], cursor: int, *, first_gap: str = "") -> tuple[str, ...]:
    """Up to six words before ``cursor``, none beyond a mark of punctuation.

    ``first_gap`` is a mark allowed right before the name: « Départements : Ain, Aisne ».
    """
    found: list[str] = []
    while cursor and len(found) < _LONGEST_HEAD:
        gap = tokens[cursor].gap
        if not _HEAD_TIE.fullmatch(gap) and not (not found and gap.strip() == first_gap):
            break
        cursor -= 1
        found.append(tokens[cursor].key)
    return tuple(reversed(found))


def endings(head: Sequence[str]) -> list[str]:
    """« de la région » → the phrases that end the head, longest first."""
    return [" ".join(head[start:]) for start in range(len(head))]


def _level(head: Sequence[str], levels: Mapping[str, Level]) -> Level | None:
    return next((levels[phrase] for phrase in endings(head) if phrase in levels), None)


def _trap(frame: _Frame) -> str | None:
    """Why the name names no place here, ``None`` where nothing says so."""
    words = frame.page.words
    if frame.hit.key in words.directions and _is_direction(frame):
        return "direction"
    if frame.preposition is None and frame.article is None:
        return _trap_of_apposition(frame)
    if frame.preposition not in words.of:
        return None
    if frame.headed(words.institutions) or _is_national_body(frame):
        return "institution"
    if frame.headed(words.clubs):
        return "club"
    return _trap_of_complement(frame)


def _trap_of_apposition(frame: _Frame) -> str | None:
    """« Mme Lens », « Caisse d'épargne Île-de-France », « RC Lens »."""
    words = frame.page.words
    if frame.headed(words.civilities) or _is_initial(frame.page.tokens, frame.hit):
        return "person"
    if frame.headed(words.institutions):
        return "institution"
    return "club" if frame.headed(words.clubs) else None


def _trap_of_complement(frame: _Frame) -> str | None:
    """« accord de Paris », « rue de Rennes », « jambon de Bayonne », « forêt de Brocéliande »."""
    words, plain = frame.page.words, frame.article is None
    if frame.headed(words.events):
        return "event"
    if frame.headed(words.streets) and (plain or frame.head[-1] in _STREETS_WITH_ARTICLE):
        return "street"
    if plain and (frame.headed(words.products) or frame.headed(words.feature_before)):
        return "feature"
    return None


def _is_direction(frame: _Frame) -> bool:
    """« le Nord de la France », « l'Italie du Nord »: a point of the compass."""
    after = frame.following[:1]
    if after and after[0].key in frame.page.words.of and _TIE.fullmatch(after[0].gap):
        return True
    if _capital_after(frame):
        return True
    if frame.preposition != "du" or not frame.head:
        return False
    return frame.head[-1] in frame.page.words.compass_owners


def _is_national_body(frame: _Frame) -> bool:
    """« Architectes des Bâtiments de France »: a capital shortly before « de France »."""
    if frame.hit.key != "france" or frame.article:
        return False
    tokens, first = frame.page.tokens, frame.hit.first
    for number in range(first - 2, max(first - 5, -1), -1):
        if not _TIE.fullmatch(tokens[number + 1].gap):
            return False
        if tokens[number].capital:
            return number > 0 and tokens[number].key not in {"etat", "republique", "ambassade"}
    return False


def _is_initial(tokens: Sequence[Token], hit: Hit) -> bool:
    """« M. Lens », « E. Philippe »: one capital and a stop before the name."""
    if not hit.first:
        return False
    before = tokens[hit.first - 1]
    stop = tokens[hit.first].gap.strip(" \u00a0\u202f") == "."
    return stop and before.capital and (len(before.text) == 1 or before.key in {"mme", "mm", "dr"})


def _is_natural(frame: _Frame) -> bool:
    """Whether a river, a mountain or a « pays » bears the name here, or a part of it abroad."""
    words, following = frame.page.words, frame.following
    if following and following[0].key in words.foreign_after and following[0].gap.isspace():
        return True
    around = words.mountain_before | words.river_before
    if frame.hit.key in words.mountains and frame.headed(around):
        return True
    if frame.headed({"pays"}) and frame.preposition in words.of and frame.article is None:
        return True
    return frame.hit.key in words.rivers and _is_river(frame)


def _is_river(frame: _Frame) -> bool:
    """« bords de la Loire », « sur la Sarthe », « tombé dans l'Oise », « le Lot déborde »."""
    words = frame.page.words
    if frame.article is None:
        return frame.preposition in {"de", "d"} and frame.headed({"bords", "val", "vallee"})
    if frame.preposition in words.of and frame.headed(words.river_before):
        return True
    if frame.preposition is None and frame.headed({"sur"}):
        return True
    first = frame.hit.first
    window = [token.key for token in frame.page.tokens[max(0, first - 6) : first]]
    verbs = [*window, *(f"{one} {two}" for one, two in pairwise(window))]
    if any(word in words.river_verbs for word in verbs):
        return True
    end = frame.page.tokens[frame.hit.last - 1].end
    after = _COORDINATED.sub("", fold(frame.page.text[end : end + 60].partition(".")[0]))
    return any(after == phrase or after.startswith(f"{phrase} ") for phrase in words.river_after)


def _is_metonym(frame: _Frame) -> bool:
    """« Paris refuse », « Paris et Berlin négocient », not « à Paris » nor « Paris accueille »."""
    words, following = frame.page.words, frame.following
    if frame.hit.key not in words.capitals or frame.article:
        return False
    if frame.preposition == "a" and frame.head[-1:] == ("on",):
        return True  # « promet-on à Paris »
    if frame.preposition:
        return False
    if len(following) > 1 and following[0].key == "et" and following[1].capital:
        following = following[2:]
    if not following or not all(_TIE.fullmatch(token.gap) for token in following[:2]):
        return False
    keys = [token.key for token in following if not token.capital]
    if keys and keys[0] in _WILFUL:
        return True  # « Paris nous fait signer », « Paris n'a pas tenu »
    if keys and keys[0] in _CLITICS:
        keys = keys[1:]
    return any(" ".join(keys[:size]) in words.verbs for size in (1, 2))


def _inside(text: str, end: int) -> tuple[str, ...]:
    match = _PAREN.match(text, end)
    return tuple(part for part in _SPLIT.split(match.group(1)) if part) if match else ()


def _capital_before(page: Page, hit: Hit) -> bool:
    """Whether the name follows another proper name: « Laurent Morin », « Stade Rennais »."""
    words = page.words
    if not hit.first or not _SPACE.fullmatch(page.tokens[hit.first].gap):
        return False
    before = page.tokens[hit.first - 1]
    if not before.capital or before.key in words.function_words or before.key in words.bodies:
        return False
    return before.start not in page.starts or before.key in words.first_names


def _capital_after(frame: _Frame) -> bool:
    """Whether another proper name follows: « Lyon Confluence »."""
    if not frame.following or not _SPACE.fullmatch(frame.following[0].gap):
        return False
    words, after = frame.page.words, frame.following[0]
    return after.capital and after.key not in words.function_words | words.months
