"""Weigh what a name may mean: the prior of each place, the grammar around it, the rest of the text.

Scores are in natural-logarithm units, since the prior is the logarithm of the population; numbers
were set by reading outputs over news and official pages, not learnt. Two sums are kept apart:
`score` ranks the places that share a name, `placehood` says whether the name is a place at all.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import exp, log

from recoupe.extract.places.cues import Cues
from recoupe.extract.places.gazetteer import Place
from recoupe.extract.places.scan import Hit, accents_agree
from recoupe.extract.places.words import Vocabulary
from recoupe.records import Level

#: Below this sum a name is left alone.
ENOUGH = 1.5
_TEMPERATURE = 1.5
_SMALLEST = 50  # inhabitants, so that the empty villages of the Meuse have a logarithm
_WELL_KNOWN = 20_000  # inhabitants
_TOWN = 10_000
_DISTINCT = 6  # letters from which a town's name is seldom a surname or a word
_TAKES_NO_ARTICLE = 1  # INSEE's typeLiaison 0 and 1: « de » and « d' »
_FAR = 1.5  # of two homonyms a text seldom means the one overseas, unless it says so
_OVERSEAS = "971"
#: What points to a département where a text is surely about it: its villages may be named bare.
_AT_HOME = 2.0
_WIDE: frozenset[Level] = frozenset(
    {"country", "region", "departement", "collectivite", "supranational"}
)
_SIZES = ((100_000, 2.5), (20_000, 1.5), (10_000, 1.0), (5_000, 0.5), (500, 0.0), (0, -1.0))
_PRIOR: Mapping[Level, float] = {"country": 15.4, "supranational": 15.4, "programme_territory": 8.0}
Identity = tuple[Level, str | None, str | None]


@dataclass(slots=True, kw_only=True)
class Context:
    """What the rest of the text, and where it was published, say of its places.

    ``departements`` and ``countries`` weigh what other names of the text point to; ``senses`` are
    the meanings that the text itself makes sure of (« Vernon (Eure) ») for each key; ``own`` is the
    part of ``departements`` that one key alone brought; ``quarters`` are the keys that stand
    beside a quarter of the text, ``named_quarters`` those that are its very name.
    """

    day: str
    source: str | None = None
    programme: bool = False
    departements: dict[str, float] = field(default_factory=dict)
    regions: dict[str, float] = field(default_factory=dict)
    countries: dict[str, float] = field(default_factory=dict)
    senses: dict[str, Identity] = field(default_factory=dict)
    own: dict[tuple[str, str], float] = field(default_factory=dict)
    quarters: frozenset[str] = frozenset()
    named_quarters: frozenset[str] = frozenset()

    def departement(self, code: str | None, *, but: str) -> float:
        """What points to a département, other than the name ``but`` itself.

        Else « la Corrèze » would speak for the commune of Corrèze.
        """
        code = code or ""
        return self.departements.get(code, 0.0) - self.own.get((but, code), 0.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """One name in its surroundings: ``inside`` is what its parentheses name, as codes."""

    key: str
    written: str
    words: int
    cues: Cues
    inside: frozenset[str]
    in_parentheses: bool
    heading: bool
    acronym: bool
    listed: bool
    near_countries: frozenset[str]
    entity: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One name and what it is taken for so far; ``pairs`` are places with probabilities."""

    hit: Hit
    at: Setting
    pairs: tuple[tuple[Place, float], ...]
    accepted: bool

    @property
    def margin(self) -> float:
        """How far the best place is ahead of the next one."""
        second = self.pairs[1][1] if len(self.pairs) > 1 else 0.0
        return self.pairs[0][1] - second


def identity(place: Place) -> Identity:
    """What makes two rows of the gazetteer one territory."""
    return place.level, place.code, place.name if place.code is None else place.code_system


def score(place: Place, at: Setting, context: Context) -> float | None:
    """How well ``place`` fits, ``None`` where it cannot be meant."""
    if not _admissible(place, at, context):
        return None
    total = (
        _prior(place, context)
        + _grammar(place, at)
        + _levels(place, at)
        + _nearby(place, at, context)
    )
    if not accents_agree(at.written, place.form):
        total -= 3
    if not place.valid_on(context.day):
        total -= 4.0
    if place.form != place.name and place.level == "commune" and place.valid_from:
        total -= 3.0  # a former name of one commune yields to the present name of another
    return total


def _admissible(place: Place, at: Setting, context: Context) -> bool:
    asked = at.cues.body
    if place.need == "level" and place.level not in {asked, at.cues.title}:
        return False
    grounds = {"region", "departement"}
    called = asked == place.level or {asked, place.level} == grounds  # « la Région Réunion »
    if place.need == "article" and at.cues.article is None and not called:
        return False
    if place.need == "place" and not (at.cues.preposition or asked or at.inside):
        return False
    if place.level == "programme_territory":
        return asked == "programme_territory" or (context.programme and at.words > 1)
    if place.level == "departement" and place.code == "75":
        return "departement" in {asked, at.cues.title}
    return True


def _prior(place: Place, context: Context) -> float:
    if place.level in _PRIOR:
        return _PRIOR[place.level]
    size = log(place.population + _SMALLEST)
    if place.level == "other":
        return size - 4.5 if place.country else max(9.0, size - 1)
    near = {*context.departements, context.source}
    far = (place.departement or "") >= "97" and place.departement not in near
    if place.level == "commune" and far:
        return size - _FAR
    return max(11.0 - _FAR, size) if place.level == "collectivite" else size


def _grammar(place: Place, at: Setting) -> float:
    article, preposition = at.cues.article, at.cues.preposition
    takes_article = place.liaison > _TAKES_NO_ARTICLE or place.need == "article"
    if place.level in {"commune", "arrondissement_municipal"} or (
        place.level == "other" and place.country
    ):
        if article and place.need != "article":
            return -7.0
        if preposition == "en":
            return -8.0
        return {"a": 4.0, "de": 1.0, "d": 1.0}.get(preposition or "", 0.0)
    if preposition == "en":
        return 3.0
    if article:
        return 3.0 if takes_article or place.level != "departement" else 0.0
    if preposition == "a" and place.level in _WIDE and takes_article:
        return -4.0
    single = takes_article and at.words == 1 and place.level == "departement"
    sure = at.in_parentheses or at.heading or at.listed or at.cues.body or at.cues.title
    return -5.0 if single and not sure else 0.0


def _levels(place: Place, at: Setting) -> float:
    total = 0.0
    if at.cues.body:
        total += 9.0 if place.level == at.cues.body else -3.0
    if at.cues.title and at.cues.title != "other":
        strong = at.cues.title in {"commune", "arrondissement"}
        total += (7.0 if strong else 4.0) if place.level == at.cues.title else 0.0
    if at.in_parentheses and place.level in _WIDE:
        total += 6.0
    if at.inside:
        parents = _parents(place) - ({"FR"} if place.level in _WIDE else set())
        total += 12.0 if parents & at.inside else -6.0
    return total


def _parents(place: Place) -> set[str | None]:
    """The codes that may stand in parentheses after ``place``, its own number among them."""
    return {place.departement, f"R{place.region}", place.country or "FR"}


def _nearby(place: Place, at: Setting, context: Context) -> float:
    if place.country and place.level == "other":
        named = context.countries.get(place.country, 0.0)
        return 5.0 * _share(named) + (3.0 if at.near_countries else 0.0)
    total = -3.0 if at.near_countries and place.level == "commune" else 0.0
    if place.level in {"commune", "epci", "arrondissement"}:
        total += 4.5 * _share(context.departement(place.departement, but=at.key))
        total += 1.0 * _share(context.regions.get(place.region or "", 0.0))
        if context.source and context.source in {place.departement, f"R{place.region}"}:
            total += 3.0
        elif context.source == place.region:
            total += 1.0
    if place.level == "collectivite" and any(code >= _OVERSEAS for code in context.departements):
        total += 5.0  # « la Guadeloupe, Saint-Martin et Saint-Barthélemy »
    if context.senses.get(at.key) == identity(place):
        total += 6.0
    return total


def _share(weight: float) -> float:
    return weight / (weight + 1)


def ranked(places: Sequence[Place], at: Setting, context: Context) -> list[tuple[Place, float]]:
    """The admissible places with their probability, best first, one for each territory."""
    best: dict[Identity, tuple[float, Place]] = {}
    for place in places:
        value = score(place, at, context)
        if value is not None and value > best.get(identity(place), (-99.0, place))[0]:
            best[identity(place)] = value, place
    _join_same_ground(best, at)
    if not best:
        return []
    top = max(value for value, _ in best.values())
    weights = [(exp((value - top) / _TEMPERATURE), place) for value, place in best.values()]
    whole = sum(weight for weight, _ in weights)
    pairs = [(place, weight / whole) for weight, place in weights]
    return sorted(pairs, key=lambda pair: (-pair[1], pair[0].level, pair[0].code or ""))


def _join_same_ground(best: dict[Identity, tuple[float, Place]], at: Setting) -> None:
    """Guadeloupe is a département and a région on the same ground: the second is no rival.

    The département stands for both unless the région is asked for. Codes that one commune and its
    delegated commune share are one already.
    """
    grounds = {place.region for _, place in best.values() if place.level == "departement"}
    for one, (_, place) in list(best.items()):
        if place.level == "region" and place.region in grounds:
            others = [
                other
                for other, (_, rival) in best.items()
                if rival.level == "departement" and rival.name == place.name
            ]
            for other in others:
                best.pop(one if at.cues.body != "region" else other, None)


def placehood(place: Place, at: Setting, context: Context, words: Vocabulary) -> float:
    """How sure it is that the name is a place, the best candidate being ``place``."""
    total = _own_weight(place, at) + _support(place, at, context)
    if place.common or at.key in words.brands:
        total -= _commonness(place, at, words)
    elif at.cues.starts_sentence and place.population < _WELL_KNOWN:
        total -= 0.5
    if not place.valid_on(context.day) and not (at.cues.body or at.cues.title):
        total -= 1.0
    if at.acronym and place.level in {"commune", "other"} and not (at.heading or at.inside):
        total -= 5.0
    if at.key in words.seats and not at.inside:
        total -= 5.0
    if at.cues.article and place.liaison <= _TAKES_NO_ARTICLE and place.need != "article":
        total -= 3.0 if place.level == "commune" or place.country not in {None, "FR"} else 0.0
    if at.cues.capital_before:
        total -= 3.5
    if at.cues.capital_after and not (_is_at(at) or at.cues.title or at.cues.body):
        total -= 4.0 if place.level == "country" else 2.0
    return total


def _own_weight(place: Place, at: Setting) -> float:
    if place.level in _WIDE:
        return 3.0
    if place.level in {"epci", "programme_territory", "arrondissement"}:
        return 3.0
    if place.level == "other" and not place.country:
        return 2.0
    total = next(weight for size, weight in _SIZES if place.population >= size)
    distinct = not place.common and len(at.key) >= _DISTINCT and place.population >= _TOWN
    return total + {1: 0.5 * distinct, 2: 1.0}.get(at.words, 2.0)


def _support(place: Place, at: Setting, context: Context) -> float:
    cues = at.cues
    total = 4.0 if cues.body or cues.title else 0.0
    if at.inside & _parents(place):
        total += 5.0
    if _is_at(at):
        total += 2.5
    elif cues.preposition in {"de", "d", "du", "des"}:
        total += 1.0
    elif cues.preposition:
        total += 1.5
    if cues.article and place.liaison > _TAKES_NO_ARTICLE:
        total += 1.0
    total += 1.5 * at.listed + 1.0 * at.in_parentheses + 1.0 * at.heading
    around = context.departement(place.departement, but=at.key)
    home = around >= _AT_HOME and not (place.common or cues.capital_before)
    guesses = {"LOC": 1.0, "PER": -1.0 if home else -2.5, "ORG": -1.0, "MISC": -0.5}
    total += guesses.get(at.entity or "", 0.0)
    if around > 0:
        total += 1.0
    if home:
        total += 1.5
    if context.senses.get(at.key) == identity(place):
        total += 3.0
    return total


def _is_at(at: Setting) -> bool:
    return at.cues.preposition in {"a", "au", "aux"}


def _commonness(place: Place, at: Setting, words: Vocabulary) -> float:
    if at.key in words.brands and not _is_at(at):
        return 3.5
    known = place.population >= _TOWN and place.level != "departement"
    if (known and at.cues.preposition) or _is_at(at):
        return 1.0
    if place.level in _WIDE:
        return 1.0 if at.cues.article or at.cues.preposition or at.in_parentheses else 2.5
    return 4.0 if at.cues.starts_sentence else 2.5
