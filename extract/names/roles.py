"""Read the noun phrase of a role, and part it from the organisation that completes it.

« président de la commission économie de Régions de France » → role « président de la commission
économie », organisation « Régions de France ». Where the complement is a territory or a portfolio
(« maire de Lens », « ministre de la Culture ») the role keeps it.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

from recoupe.extract.names.shapes import COMPANY
from recoupe.extract.surface import Surface, lowered, words_of
from recoupe.records import OrganisationMention

TagAt = Callable[[int], str]

_GAPS = frozenset({" ", "'", " - ", "-", "/", " & "})
_KIND = re.compile(
    r"(?<=[ '])(?:association|société|entreprise|groupe|start-up|cabinet|syndicat|coopérative|"
    r"fédération|collectif|laboratoire|filiale|banque|agence)$"
)
_PARTY = re.compile(
    r" ?\((?:[A-ZÉ][\w./ -]{0,24}|sans étiquette|ex-[A-Z]\w+)\)(?= (?:de|du|des|à|d'))"
)
#: « agence régionale de santé (ARS) | Occitanie »
_ACRONYM = re.compile(r" \([A-Z][\w-]{1,7}\) ")
#: « ministre de la Mer | , de la Forêt, de la Chasse et de la Pêche »
_SERIES = re.compile(
    r"(?:, (?:de la |de l'|du |des |de |d')[^,.;:()\n]{2,50}){1,6}? et (?:de |du |des |d')"
)
_PREPOSITION = re.compile(
    r"(?<![\w-])(?:de la|de l|des|du|de|d|à la|à l|au sein de la|au sein de l|au sein du|"
    r"au sein de|au|aux|chez|pour la|pour le|pour|auprès de la|auprès de|auprès du|la|le|les|l)$"
)
_COMPLEMENT = re.compile(
    r" (?:du groupe |de la société |de l'entreprise |de la |de l'|du |de |d'|chez |des |à |au |"
    r"aux |pour |en )"
)
_WORDS = 26
_MULTIWORD_LIMIT = 240
_YEAR = 4
_KNOWN_WORDS = 20_000


@dataclass(frozen=True, slots=True)
class Role:
    """A role's noun phrase at ``start:end``; ``determined`` where an article stands before it."""

    start: int
    end: int
    head: str
    head_end: int
    determined: bool
    feminine: bool | None


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Where people's and places' names start, and parts of speech (``FIN``, ``INF`` for verbs)."""

    name_starts: frozenset[int]
    place_starts: frozenset[int]
    tag_at: TagAt


class Vocabulary:
    """What ``roles.toml`` knows, ready to be looked up."""

    def __init__(self) -> None:
        path = files("recoupe.extract").joinpath("vocabulary", "roles.toml")
        data: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
        heads, phrase = data["heads"], data["phrase"]
        self.gender = dict(_genders(heads["nouns"]))
        self.prefixes = tuple(f"{prefix}-" for prefix in heads["prefixes"])
        self.joined = tuple(heads["prefixes"])
        self.before = frozenset(heads["before"])
        self.dropped = frozenset(heads["dropped"])
        self.with_complement = frozenset(heads["with_complement"])
        self.territorial = frozenset(heads["territorial"])
        self.stops = frozenset(phrase["stops"])
        self.trailing = frozenset(phrase["trailing"])
        self.between = frozenset(phrase["between"])
        self.become = sorted(phrase["become"], key=len, reverse=True)
        nouns = "|".join(sorted(data["bodies"]["nouns"], key=len, reverse=True))
        self.bodies = re.compile(
            rf" (?:de la |de l'|du |des |de |d'|à la |à l'|au |aux )(?P<body>(?:{nouns})\b[^,;()]*)"
        )
        self.ranks = frozenset(heads["ranks"])
        self.kin = frozenset(heads["kin"])
        self.lead = tuple(data["lead"]["verbs"])
        self.relative: dict[str, list[str]] = data["relative"]
        self.civilities: dict[str, list[str]] = data["civilities"]
        self.false: dict[str, list[str]] = data["false"]
        self.head: Callable[[str], str | None] = lru_cache(maxsize=_KNOWN_WORDS)(self._head)
        self.feminine = frozenset(data["names"]["feminine"])
        self.masculine = frozenset(data["names"]["masculine"])

    def _head(self, word: str) -> str | None:
        """The noun in ``word`` (« ex-ministre » → ministre), ``None`` where it is no role."""
        if word in self.gender:
            return word
        for prefix in self.prefixes:
            if word.startswith(prefix):
                return self._head(word[len(prefix) :])
        return self._joined_or_plural(word)

    def _joined_or_plural(self, word: str) -> str | None:
        if word.startswith("co") and word[2:].removesuffix("s") in self.gender:
            return word[2:].removesuffix("s")
        if word.endswith("s") and word[:-1] in self.gender:
            return word[:-1]
        first = word.split("-", 1)[0]
        return first if "-" in word and first in self.gender else None


def _genders(nouns: Sequence[str]) -> Iterator[tuple[str, bool | None]]:
    for noun in nouns:
        masculine, _, feminine = lowered(noun).partition("|")
        yield masculine, (False if feminine else None)
        if feminine:
            yield feminine, True


_DETERMINERS = frozenset(
    words_of(
        "le la l les un une son sa ses leur leurs notre nos mon ma mes votre vos du au des aux "
        "ce cette cet"
    )
)
_POSSESSIVE = frozenset({"son", "sa", "leur", "notre", "mon", "ma", "votre"})
_FEMININE = frozenset({"la", "une", "cette", "première", "ancienne", "nouvelle"})


def roles(
    surface: Surface,
    vocabulary: Vocabulary,
    around: Surroundings,
    apposed: frozenset[int] = frozenset(),
) -> list[Role]:
    """Every role of the text, the outer one where two nest (« conseiller du ministre »).

    ``apposed`` are the words that a comma parts from a person's name: there any noun of an agent
    is a role (« X, horticulteur à Fréjus »).
    """
    found: list[Role] = []
    words = surface.words
    for index, (start, end) in enumerate(words):
        word = surface.low[start:end]
        head = vocabulary.head(word)
        if head is None and start in apposed and _is_agent(word, around.tag_at(start)):
            head = word
        if word == "tête" and surface.low.endswith("à la ", 0, start):
            continue
        if head is None or (found and start < found[-1].end):
            continue
        role = _role(surface, vocabulary, around, index, head)
        if role:
            found.append(role)
    return found


_AGENT = re.compile(
    r".{3,}(?:eur|euse|rice|iste|logue|ien|ienne|ier|ière|aire|ant|ante|graphe|nome|pathe|peute|eure)"
)
_NO_AGENT = frozenset(
    words_of("premier première dernier dernière maintenant pourtant cependant auparavant moyennant")
)


def _is_agent(word: str, tag: str) -> bool:
    return tag == "NOUN" and word not in _NO_AGENT and _AGENT.fullmatch(word) is not None


def inner(surface: Surface, vocabulary: Vocabulary, around: Surroundings, outer: Role) -> Role:
    """The role that a name right after ``outer`` has: « conseiller du président X » → président."""
    for index, (start, end) in enumerate(surface.words):
        if not outer.head_end < start < outer.end:
            continue
        if surface.low.endswith((" du ", " de la ", " de l'"), 0, start):
            head = vocabulary.head(surface.low[start:end])
            role = _role(surface, vocabulary, around, index, head) if head else None
            if role and role.end == outer.end:
                return role
    return outer


def _role(
    surface: Surface, vocabulary: Vocabulary, around: Surroundings, index: int, head: str
) -> Role | None:
    start, head_end = surface.words[index]
    if start in around.name_starts:
        return None
    if _NO_ROLE.match(surface.low, start):
        return None
    end = phrase_end(surface, vocabulary, around, head_end)
    first, determiner = _front(surface, vocabulary, index)
    owned = determiner in _POSSESSIVE and head not in vocabulary.kin  # « Son agent, Paul Roux, »
    if end == head_end and head in vocabulary.with_complement and not owned:
        return None
    feminine = vocabulary.gender.get(head)
    if feminine is None and determiner:
        feminine = determiner in _FEMININE if determiner in _FEMININE | {"le", "un", "du"} else None
    return Role(first, end, head, head_end, determiner is not None, feminine)


def _front(surface: Surface, vocabulary: Vocabulary, index: int) -> tuple[int, str | None]:
    """Start of the role with « ancienne », « première » …, and its article."""
    first = surface.words[index][0]
    keep = True
    for before_start, before_end in reversed(surface.words[max(0, index - 3) : index]):
        word = surface.low[before_start:before_end]
        if surface.plain[before_end:first] not in {" ", "'", "-"} and keep:
            return first, None
        if word in vocabulary.before:
            first = before_start
        elif word in vocabulary.dropped:
            keep = False
        else:
            return first, word if word in _DETERMINERS else None
    return first, None


def phrase_end(surface: Surface, vocabulary: Vocabulary, around: Surroundings, at: int) -> int:
    """Where the noun phrase whose head ends at ``at`` ends."""
    ends, previous = [at], at
    limit = min(len(surface.text), at + _MULTIWORD_LIMIT)
    for count, (start, end) in enumerate(surface.next_words(at, limit)):
        party = _PARTY.match(surface.plain, previous)
        if party and end < party.end():
            continue
        previous = party.end() if party else previous
        acronym = _ACRONYM.fullmatch(surface.plain, previous, start)
        gap = surface.plain[previous:start]
        listed = gap == ", " and _SERIES.match(surface.low, previous)
        if (gap not in _GAPS and not acronym and not listed) or count >= _WORDS:
            break
        if surface.low[start:end] in _JOINTS:
            if not _goes_on(surface, vocabulary, around, start, end):
                break
        elif start in around.name_starts or _stops(surface, vocabulary, around, start, end):
            break
        previous = end
        if surface.low[start:end] not in vocabulary.trailing:
            ends.append(end)
    return ends[-1]


def _stops(
    surface: Surface, vocabulary: Vocabulary, around: Surroundings, start: int, end: int
) -> bool:
    word = surface.low[start:end]
    if surface.plain[start].isupper() and word in _CARDINAL:  # « la Région Grand Est »
        return False
    if surface.low.startswith("par intérim", start):
        return False
    if word in {"un", "une"} and surface.low.startswith("d'", start - 2):
        return False  # « secrétaire générale d'un syndicat »
    if word in vocabulary.stops or "-t-" in word or (word.isdigit() and len(word) == _YEAR):
        return True
    if surface.plain[start].isupper():
        return surface.plain[start:end] in _CIVILITIES
    return around.tag_at(start) in {"FIN", "INF", "AUX", "PRON", "SCONJ"}


#: « Élu à la présidence de Y »: what one is elected to, no role.
_NO_ROLE = re.compile(r"élue?s? à (?:la |l')")
_CIVILITIES = frozenset(words_of("M MM Mme Mmes Mlle Me Monsieur Madame Messieurs Mesdames"))
_JOINTS = frozenset({"et", "puis"})
_CARDINAL = frozenset({"est", "ouest", "nord", "sud"})


def _goes_on(
    surface: Surface, vocabulary: Vocabulary, around: Surroundings, joint: int, at: int
) -> bool:
    """Whether « et » adds to the role: « et de la Santé », « et maire de Lens », « puis maire »."""
    following = next(surface.next_words(at, min(len(surface.text), at + 40)), None)
    if following is None or surface.plain[at : following[0]] != " ":
        return False
    start, end = following
    word = surface.low[start:end]
    if surface.low[joint:at] == "puis":
        return vocabulary.head(word) is not None
    if start in around.name_starts or word in {"le", "la", "les", "l", "un", "une", "son", "sa"}:
        return False
    if word in {"de", "du", "des", "d"} or surface.plain[start].isupper():
        return True
    return vocabulary.head(word) is not None or around.tag_at(start) in {"ADJ", "NOUN", ""}


def part(
    surface: Surface,
    role: Role,
    vocabulary: Vocabulary,
    organisations: Sequence[OrganisationMention],
    around: Surroundings,
) -> tuple[str, str | None]:
    """The role's own words, and the organisation that completes them or ``None``."""
    inside = [
        o
        for o in organisations
        if role.start < o.start < role.end + 2
        and surface.plain[o.start - 1] not in {"(", "\n"}
        and o.name != "État"
    ]
    if role.head == "ministre" or not inside:
        body = _body(surface, role, vocabulary, around)
        return body or _part_by_words(surface, role, vocabulary, around)
    introduced = [
        o for o in inside if _PREPOSITION.search(surface.low[role.start : o.start].rstrip(" '"))
    ]
    organisation = introduced[0] if introduced else inside[0]
    if _CHARGED.match(surface.low, organisation.end):  # « vice-président de LTC délégué aux … »
        return surface.text[role.start : role.end], organisation.text
    before = surface.low[role.start : organisation.start].rstrip(" '\"«“(")
    own = _PREPOSITION.sub("", _KIND.sub("", before).rstrip(" '")).rstrip(" ,'") or before
    return surface.text[role.start : role.start + len(own)], organisation.text


def _body(
    surface: Surface, role: Role, vocabulary: Vocabulary, around: Surroundings
) -> tuple[str, str] | None:
    """The body that completes a role though it is no name: « présidente du conseil départemental ».

    A collectivité is one too (« vice-président de la Région Occitanie chargé du rail »); the role
    keeps it where more follows.
    """
    if role.head in vocabulary.territorial:
        return None
    match = vocabulary.bodies.search(surface.low, role.head_end, role.end)
    if match and _is_named(match, role):
        start, end = match.start("body"), match.end("body")
    else:
        match = _LED.match(surface.plain, role.head_end, role.end)
        if not match or "président" not in role.head or _NAMELESS.match(match["name"]):
            return None
        start, end = match.span("name")
        if start not in around.place_starts:
            return None
    charged = _CHARGED.search(surface.low, start, end)
    end = charged.start() if charged else end
    whole = charged is not None or end < role.end
    own = surface.text[role.start : role.end if whole else match.start()]
    return own, surface.text[start:end]


#: Part of a body that the text names elsewhere.
_BOARDS = ("conseil de surveillance", "conseil d'administration", "commission médicale")
#: « président de la Région », « vice-président de la Région chargé du tourisme »: which one?
_NAMELESS = re.compile(
    r"(?i:région|département|métropole|ville|agglomération|agglo|communauté|collectivité|commune|"
    r"chambre|groupe|assemblée)(?:$|,? (?:chargé|délégué|en charge|à l'|aux? ))"
)
#: « directrice de cabinet du préfet »: what one directs, no body.
_STAFF = re.compile(r" de cabinet\b")


def _is_named(match: re.Match[str], role: Role) -> bool:
    body = match["body"].strip()
    if " " not in body or body.startswith(_BOARDS) or _NAMELESS.match(body):
        return False
    return not (_STAFF.match(match[0]) and role.head.startswith(("direct", "chef")))


#: « vice-présidente d'Auvergne-Rhône-Alpes »
_LED = re.compile(r" (?:de la |de l'|du |de |d'|des )(?P<name>[A-ZÀ-Þ][\w' -]*)")
_CHARGED = re.compile(r",? (?:chargée?|déléguée?|en charge|responsable|par intérim)\b.*")


def _part_by_words(
    surface: Surface, role: Role, vocabulary: Vocabulary, around: Surroundings
) -> tuple[str, str | None]:
    text = surface.text[role.start : role.end]
    match = _COMPLEMENT.search(surface.plain, role.start, role.end)
    if role.head in vocabulary.territorial or role.head == "secrétaire" or not match:
        return text, None
    start, preposition = match.end(), match[0]
    if preposition in {" à ", " au ", " aux ", " pour ", " en ", " des "}:
        return text, None
    if not surface.plain[start : start + 1].isupper() or start in around.place_starts:
        return text, None
    if surface.plain.startswith(("État", "Etat"), start):
        return text, None  # « administratrice de l'État »
    if "président" in role.head and preposition not in {" de ", " d'"}:
        return text, None
    name = COMPANY.match(surface.plain, start, role.end)
    end = name.end() if name else role.end
    return surface.text[role.start : match.start()], surface.text[start:end]
