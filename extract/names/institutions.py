"""Read the names of institutions and companies off the words that announce them.

« université de Lille », « communauté de communes du Pays de Nay », « la société Novalis »: a head
noun, then the words up to the last capital that connectors reach.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from recoupe.extract.names.shapes import COMPANY
from recoupe.extract.surface import Surface, words_of
from recoupe.extract.wordings import WordingIndex, wording

#: Part of speech of the word that starts at an offset, "" where the pipeline did not tag.
TagAt = Callable[[int], str]

_CONNECTORS = frozenset(words_of("de du des d la le les l en sur sous lès aux au à et"))
_TAIL_ADJECTIVES = frozenset(
    words_of(
        "occidentale occidental orientale oriental centrale atlantique maritime maritimes "
        "noire noir blanche blanc verte rouge bleue basque "
        "français française nationale national européenne européen unie unies sud nord est "
        "ouest"
    )
)
_STOPS = frozenset(
    words_of(
        "qui que qu dont où dans avec par pour selon chez entre depuis après avant lors vers "
        "sans est a ont sont sera était avait fait ce cette ces son sa ses leur leurs un une ou "
        "mais car ni y se s n ne il elle ils elles on nous vous finance financent annonce "
        "annoncent indique indiquent précise lance lancent prévoit prévoient estime verse "
        "versent accorde confirme rappelle assure publie soutient mobilise engage compte "
        "affirme souligne propose demande aussi également notamment encore toujours déjà bientôt "
        "désormais alors hier lundi mardi mercredi jeudi vendredi samedi dimanche"
    )
)
_DEMONYM = re.compile(r"(?:ais|ois|ien|éen|ain|in|an|ard|ique|iste)s?$")
_PURPOSES = frozenset({"pour", "dans", "sur"})
#: After a capital these begin a place, not more of the name: « Institut Curie à Paris ».
_PLACING = frozenset({"à", "au", "aux", "en", "sur", "sous", "pour", "dans"})
_DATIVE = frozenset({"à", "au", "aux"})
#: « Fédération des services | à la personne »
_GIVEN = frozenset(words_of("aide aides service services soutien accès accueil secours appui"))
#: « offrir à la Commission le soutien »: an article goes on with a name after these only.
_ARTICLES = frozenset({"le", "la", "les", "l"})
_BEFORE_ARTICLE = frozenset(
    words_of("de d à sur sous en et pour dans avec par entre près lès contre vers")
)
#: « les satellites de l'Union à faible coût »
_MEANS = re.compile(r"à (?!la |l')[a-zà-ÿ]")
#: Bodies of the Union that go by one word.
_BARE = frozenset({"Commission", "Parlement", "Conseil", "Union", "Communauté"})
#: A capital that begins another body: « la Caisse d'épargne | et de la Banque postale ».
_OTHER_BODIES = _BARE | frozenset(
    words_of("Banque Caisse Agence Fondation Fédération Région Métropole Ville État Chambre")
)
#: « stratégies navales | et terrestres »
_PLURALS = ("ales", "elles", "iques", "aires", "tives", "ières", "euses", "estres", "ines")
_LOWER_WORDS = 7
_ALL_WORDS = 14
_ACRONYM = re.compile(r" ?\(([A-ZÉ][\w&'-]{1,11})\)")
_COORDINATED = re.compile(r" (?:de la |de l'|du |des |d')(\w[\w-]*)")
#: « Brest | Métropole Habitat »
_ENDINGS = frozenset({"métropole", "agglomération"})
#: « le syndicat des sylviculteurs », « la fédération de pêche »
_MEMBERS = re.compile(r" (?:des|de|d'|du|départementale? des|départementale? de) ?[a-zà-ÿ]")
_CAPITAL_BEFORE = re.compile(r"(?<![\w-])([A-ZÀ-Þ][a-zà-ÿ]+) $")
#: « Agence publique | pour l'immobilier », « Association française | contre les myopathies »
_AIM = re.compile(
    r" (?:pour|contre) (?:l[ae] |les |l')(?=[a-zà-ÿ])(?!(?:premi|deuxi|troisi|moment))"
)
#: « la Banque des Territoires | 7,5 millions »
_MEASURED = re.compile(r"[,.]\d| ?(?:%|€|euros?|millions?|milliards?)| \d{3}\b| [a-zà-ÿ]+s\b")
#: « Samu | 44 »
_DEPARTMENT = re.compile(r"(?:\d{2}|2[AB]|97\d)(?![\d\w])(?! ?(?:%|€|[a-z]+s\b|millions?|[,.]\d))")
_PORTFOLIO = (
    r"(?:de la |de l'|du |des |d')[A-ZÀ-Þ][\w-]*"
    r"(?: (?:et )?(?:de la |de l'|du |des |d')?[a-zà-ÿ-]+(?:ique|al|ale|aire|elle|ive|ée)s?)?"
)
_PORTFOLIOS = re.compile(rf"(?:, {_PORTFOLIO}){{1,5}},? et (?:chargée? )?{_PORTFOLIO}")
_INDEFINITE = re.compile(r"\b(?:une?|des|chaque|aucune?|toute) $")
#: « le fabricant de batteries Voltescaut », « l'association d'usagers Nièvre debout »
TRADE = re.compile(
    r"(?: (?:de |des |d')[a-zà-ÿ-]+)?"
    r"(?: (?:[a-zà-ÿ-]+(?:al|ale|ique|aux|if|ive|ien|ienne|ais|aise|ois|oise|ain|aine|"
    r"éen|éenne|ane|ite|ard|arde|en|enne)s?|"
    r"bretonn?e?|basque|privée?|publi(?:c|que)|normande?|allemande?|savoyarde?))? "
)


@dataclass(frozen=True, slots=True)
class Named:
    """An organisation's name at ``start:end``, and how sure its rule is of its type."""

    start: int
    end: int
    rule: str


class Context:
    """What the model says of a text: tags by offset, people's spans, where other names start."""

    def __init__(
        self,
        tag_at: TagAt,
        *,
        people: Iterable[tuple[int, int]] = (),
        things: Iterable[int] = (),
        places: Iterable[int] = (),
        trades: Iterable[str] = (),
        is_common: Callable[[str], bool] = lambda _word: False,
        is_slogan: Callable[[str], bool] = lambda _word: False,
    ) -> None:
        self.tag_at = tag_at
        self.is_common = is_common
        self.is_slogan = is_slogan
        self.trades = frozenset(trades)
        self.people = dict(people)
        self.things = frozenset(things)
        self.places = frozenset(places)


class Heads:
    """The head nouns of ``organisations.toml``, ready to be looked up."""

    def __init__(self, heads: Mapping[str, list[str]]) -> None:
        self.lower = frozenset(heads["lower"])
        self.quoted = frozenset(heads["quoted"])
        self.direct = frozenset(heads["direct"])
        self.adjectives = frozenset(heads["adjectives"])
        self.included = frozenset(heads["included"])
        self.charged = frozenset((*heads["lower"], *heads["charged"]))
        self.before = frozenset(heads["before"])
        self.capitals = frozenset(heads["capitals"])
        self.groups = frozenset(heads["groups"])
        self.suffixes = frozenset(heads["suffixes"])
        self.portfolios = frozenset(heads["portfolios"])
        self.dedicated = frozenset(heads["dedicated"])
        self.placed = re.compile(
            rf"(?:{'|'.join(heads['placed'])}) (?:de la |de l'|du |de |d')(?P<place>.+)"
        )
        self.weak = frozenset(heads["weak"])
        self.people = frozenset(heads["people"])
        nouns = dict.fromkeys([*heads["institution"], *heads["capitals"]])
        self.institutions = WordingIndex(wording(noun, noun) for noun in nouns)
        self.only_capital = frozenset(heads["capitals"]) - frozenset(heads["institution"])
        self.naming_nouns = frozenset(heads["naming"])
        naming = (form for noun in heads["naming"] for form in (noun, f"{noun}s"))
        self.naming = WordingIndex(wording(form, form) for form in naming)


def institutions(surface: Surface, heads: Heads, context: Context) -> Iterator[Named]:
    """Names that begin with an institution's head noun."""
    for hit in heads.institutions.find(surface):
        noun = hit.wording.name
        gap = TRADE.match(surface.plain, hit.end) if noun in heads.naming_nouns else None
        whole = noun in heads.included and gap and gap[0] != " "
        if gap and not whole and COMPANY.match(surface.plain, gap.end()):
            continue
        tagged = " " not in noun and context.tag_at(hit.start) in {"ADJ", "VERB"}
        if tagged or is_one_of_many(surface, hit.start):
            continue
        if noun in _ENDINGS and _CAPITAL_BEFORE.search(
            surface.plain, max(0, hit.start - 24), hit.start
        ):
            continue
        capital = surface.plain[hit.start].isupper() and not opens(surface, hit.start)
        bare_head = noun in heads.direct and not surface.plain[hit.end + 1 : hit.end + 2].isupper()
        if (noun in heads.only_capital or bare_head) and not capital:
            continue
        lower = noun in heads.lower or (capital and noun.split(" ", 1)[0] in heads.capitals)
        lower = lower or (noun in heads.groups and _MEMBERS.match(surface.low, hit.end) is not None)
        aim = noun.capitalize() in _BARE and surface.low.startswith(" pour ", hit.end)
        end = None if aim else _institution_end(surface, hit.end, noun, heads, context, lower=lower)
        if end:  # « donner décharge à la Commission | pour l'exécution »
            start = _with_adjective_before(surface, hit.start, heads) if capital else hit.start
            yield Named(start, end, "weak" if noun in heads.weak else "institution")


def is_one_of_many(surface: Surface, start: int) -> bool:
    """« chaque | agence régionale de santé », « une | caisse »: no body in particular."""
    return _INDEFINITE.search(surface.low, max(0, start - 8), start) is not None


def _with_adjective_before(surface: Surface, start: int, heads: Heads) -> int:
    """« la Haute École Arc »: a capital adjective before the head is part of the name."""
    match = _CAPITAL_BEFORE.search(surface.plain, max(0, start - 12), start)
    return match.start() if match and match[1] in heads.before else start


def opens(surface: Surface, start: int) -> bool:
    """Whether ``start`` opens a sentence or a line, where a capital says nothing."""
    before = surface.plain[max(0, start - 4) : start].rstrip(" «\"“'")
    return not before or before[-1] in ".!?…\n:;|–—•-"


def _institution_end(
    surface: Surface, at: int, noun: str, heads: Heads, context: Context, *, lower: bool
) -> int | None:
    last_capital: int | None = None
    last_lower = at
    linked, previous = not lower and noun not in heads.dedicated, ""
    if surface.low.startswith(" public", at) and not (lower and noun in heads.capitals):
        return None
    for start, end in _tail(surface, at, heads.portfolios if lower else frozenset()):
        word = surface.plain[start:end]
        if surface.plain[start - 1] == "'" and previous and previous not in _CONNECTORS:
            linked = True  # « la presqu'île »
        connects = word in _CONNECTORS
        foreign = lower and word in _DATIVE and noun not in heads.charged and previous not in _GIVEN
        if foreign or (start in context.people and noun not in heads.dedicated):
            break
        if not previous and noun[0].isupper() and _DEPARTMENT.match(surface.plain, start):
            return end
        ends = (
            last_capital and not linked and _ends_a_name(surface, start, end, noun, heads, context)
        )
        inhabited = previous == "Pays" and _DEMONYM.search(word)  # « Pays sabolien »
        if word[0].isupper() or ends or inhabited:
            last_capital = last_lower = end
        elif lower and not linked and _AIM.match(surface.plain, start - 1):
            connects = True
        elif not connects:
            tag = context.tag_at(start)
            trade = lower and not previous and word in context.trades  # « Fédération e-commerce »
            closed = last_capital and not linked and noun not in heads.lower
            if closed or not (trade or _goes_on(tag, linked=linked)):
                break
            last_lower = end
        linked, previous = connects, word
    return _chosen_end(surface, at, last_capital, last_lower, lower=lower)


def _chosen_end(
    surface: Surface, at: int, last_capital: int | None, last_lower: int, *, lower: bool
) -> int | None:
    """The last capital, or the last word in lower case where the name goes on so far."""
    series = _PORTFOLIOS.match(surface.plain, last_capital) if lower and last_capital else None
    if series:  # « ministère du Travail | , de la Santé et des Solidarités »
        return series.end()
    if last_lower > at and _ACRONYM.match(surface.plain, last_lower):
        return last_lower
    return last_lower if lower and last_lower > at else last_capital


def _ends_a_name(
    surface: Surface, start: int, end: int, noun: str, heads: Heads, context: Context
) -> bool:
    if surface.plain[start].isdigit():
        return _MEASURED.match(surface.plain, end) is None
    if noun in heads.adjectives and context.tag_at(start) == "ADJ":
        return True
    return surface.plain[start:end] in _TAIL_ADJECTIVES


def _goes_on(tag: str, *, linked: bool) -> bool:
    """A noun needs a connector: « ministère des Armées finance » stops at « Armées »."""
    return tag not in {"VERB", "AUX", "ADV", "PRON"} if linked else tag in {"ADJ", ""}


def _tail(
    surface: Surface, at: int, portfolios: frozenset[str] = frozenset()
) -> Iterator[tuple[int, int]]:
    """Words after a head that may belong to its name."""
    previous, lowered, capital, linked = at, 0, False, ""
    for count, (start, end) in enumerate(surface.next_words(at, min(len(surface.text), at + 160))):
        gap, word = surface.plain[previous:start], surface.low[start:end]
        stops = word in _STOPS - _PURPOSES and surface.plain[start:end] != "Est"
        if count >= _ALL_WORDS or gap not in {" ", "'", " & "} or stops:  # « Dreal Grand Est »
            return
        if capital and word in _PLACING:
            return
        if word == "et" and not (
            _coordinates(surface, end, portfolios) or _joins_adjectives(surface, linked, end)
        ):
            return
        if count == 0 and _MEANS.match(surface.plain, start):
            return
        if surface.plain[start:end] in _ARTICLES and linked not in _BEFORE_ARTICLE:
            return
        linked = word
        lowered += surface.plain[start].islower() and word not in _CONNECTORS
        capital = capital or surface.plain[start].isupper()
        if lowered > _LOWER_WORDS:
            return
        yield start, end
        previous = end


def _coordinates(surface: Surface, at: int, portfolios: frozenset[str]) -> bool:
    """« Transition écologique et de la Cohésion », but not « Lille et le maire »."""
    match = _COORDINATED.match(surface.plain, at)
    if match and match[1] in _OTHER_BODIES:  # « la Commission | et du Conseil »
        return False
    return match is not None and (match[1][0].isupper() or match[1] in portfolios)


def _joins_adjectives(surface: Surface, before: str, at: int) -> bool:
    """« navales | et terrestres », but not « sociales et financent »."""
    following = next(surface.next_words(at, min(len(surface.low), at + 30)), None)
    return (
        following is not None
        and before.endswith(_PLURALS)
        and surface.low[slice(*following)].endswith(_PLURALS)
    )


def acronym_after(surface: Surface, end: int) -> tuple[int, int] | None:
    """The span of the acronym in parentheses after ``end``: « … (AdCF) »."""
    match = _ACRONYM.match(surface.plain, end)
    if not match or sum(char.isupper() for char in match[1]) < 2:  # noqa: PLR2004
        return None
    return match.span(1)


def overlaps(start: int, end: int, spans: Iterable[tuple[int, int]]) -> bool:
    """Whether ``start:end`` shares a character with one of ``spans``."""
    return any(start < other_end and other_start < end for other_start, other_end in spans)
