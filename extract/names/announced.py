"""Names of organisations that the words beside them give away, whatever the model says.

« directrice générale d'Habitat du Thérain », « Valdaine Fibre, filiale du groupe », « a confié à
Mascaret »: a role's complement, an apposition, a newspaper spoken to.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from functools import cached_property

from recoupe.extract.names.fullest import FULL_NAME
from recoupe.extract.names.shapes import COMPANY, REGIONS
from recoupe.extract.places.gazetteer import Gazetteer, fold
from recoupe.extract.surface import Surface, bare

#: Whether the gazetteer knows a place by this name.
IsPlace = Callable[[str], bool]


class PlaceNames:
    """The names of the gazetteer, opened at the first question."""

    def __init__(self) -> None:
        self._gazetteer: Gazetteer | None = None

    def knows(self, name: str) -> bool:
        """Whether some place is or was called so."""
        if self._gazetteer is None:
            self._gazetteer = Gazetteer.open()
        return bool(self._gazetteer.named(fold(name)))


_QUALIFIER = (
    r"(?:(?: (?:de la |de l'|des |du |de |d'|à la |en |et (?:de la |des |du |de )?)?"
    r"(?!qui|que|dont|est|a|ont)[a-zà-ÿ-]+){0,4}?)"
)
_OF = r" (?:de l'|de la |du |de |d'|des |chez )"


#: « Pour Novalis, Anne Roux … », « Chez Novalis, Anne Roux … »
_SPEAKING = re.compile(
    rf"(?:^|[.!?»;:] ?|\n)(?:Pour|Chez|À|pour|chez) (?P<body>{COMPANY.pattern}), "
    rf"(?P<name>{FULL_NAME.pattern})",
    re.MULTILINE,
)
#: « Anne Roux dirige Novalis », « qui a fondé Novalis »
_LED = re.compile(
    rf"(?:(?P<name>{FULL_NAME.pattern})|,? qui) (?:dirige|préside|pilote|a (?:co)?fondé|"
    rf"(?:co)?fonda|codirige|copréside|dirigeait|présidait|travaill(?:e|ait) (?:pour|chez)) "
    rf"(?P<body>{COMPANY.pattern})(?= depuis|,| et |\.|;|$)",
    re.MULTILINE,
)
#: « Novalis et son président, »
_ITS = re.compile(
    rf"(?P<body>{COMPANY.pattern}),? et (?:son|sa|leur) "
    r"(?:(?:nouve(?:au|lle)|jeune|ex-|co|vice-)[ -]?)?"
    r"(?:président|présidente|directeur|directrice|patron|patronne|PDG|dirigeant|dirigeante|fondateur|"
    r"fondatrice|gérant|gérante|avocat|avocate|porte-parole|secrétaire|maire|délégué|déléguée)\b"
)
_MINISTER = re.compile(r"(?:ministre|secrétaire d'état|haut-commissaire)\b[^,.;:\n]*$")
#: « Toulouse, 18 mars 2025 (AHX) - »
_DATELINE = re.compile(
    r"^[A-ZÀ-Þ][^\n()]{2,60}\((?P<agency>[A-ZÀ-Þ][\w .-]{1,24})\) ?[-–—]", re.MULTILINE
)
#: « un tableau que Le Contemporain a pu consulter », « que s'est procuré L'Écho du Bocage »
_CONSULTED = re.compile(
    rf"\b(?:que|dont) (?P<paper>(?:(?:L[ae]|Les) |L')?{COMPANY.pattern})"
    r"(?= (?:a pu consulter|a consultée?s?|a eu copie|s'est procurée?s?|a obtenue?s?))"
)
_REGIONAL = re.compile(
    r"\b(?:[Ll]e|[Ll]a|[Dd]u|[Dd]e la|[Aa]u|[Àà] la) "
    rf"(?P<service>[A-ZÉ]{{3,7}} {REGIONS})\b"
)
#: « le GDS des Hauts-de-France », « la FDSEA de la Marne »: letters, then where they act.
_LOCAL = re.compile(
    r"\b(?:[Ll]e |[Ll]a |[Ll]'|[Dd]u |[Dd]e la |[Dd]e l'|[Aa]u |[Àà] la |[Àà] l'|[Pp]ar l[ae] )"
    r"(?P<service>(?P<letters>[A-ZÉ]{3,7}) (?:de la |de l'|du |des |de |d')"
    r"(?P<place>[A-ZÀ-Þ][\w'-]+(?:[ -](?:de |du |des |et )?[A-ZÀ-Þ][\w'-]+){0,3}))(?![\w-])"
)
_NEXT_WORD = re.compile(r" ([a-zà-ÿ]+)\b")


class Announced:
    """The patterns of ``[announced]`` in ``organisations.toml``, compiled once."""

    def __init__(
        self,
        words: Mapping[str, Sequence[str]],
        naming: Sequence[str],
        false: frozenset[str],
        letters: frozenset[str],
        first_names: Container[str] = frozenset(),
    ) -> None:
        """``false`` opens no body's name, and ``letters`` are acronyms of what is none."""
        self._words = words
        self._naming = naming
        self._false = false
        self._letters = letters
        self._first_names = first_names
        self._by_trade = frozenset(words["trading"])

    @cached_property
    def _after(self) -> re.Pattern[str]:
        nouns = "|".join(self._words["roles"])
        openers = "|".join(
            noun.capitalize()
            for noun in self._words["roles"]
            if noun.islower() and noun not in {"chef", "cheffe"}
        )
        belongings = "|".join(self._words["belongings"])
        told = "|".join(self._words["told"])
        done = "|".join(self._words["done"])
        return re.compile(
            rf"(?<![\w-])(?:(?:{nouns}|{openers}){_QUALIFIER}{_OF}|"
            rf"(?:{belongings})(?: à [\d,]+ ?%)?{_OF}|"
            rf"[àÀ] la (?:tête|présidence|direction){_OF}|"
            rf"(?:{told})(?:-(?:il|elle))?(?: [a-zà-ÿ]+)? (?:à|au|aux) |"
            rf"(?:{done}) par )(?=[A-ZÀ-ÖØ-ÞŒ])"
        )

    def _beside_people(self, surface: Surface, is_place: IsPlace) -> Iterator[tuple[int, int]]:
        """What a person speaks for, leads or is « son président » of."""
        for pattern in (_SPEAKING, _LED, _ITS):
            for match in pattern.finditer(surface.plain):
                name = match.groupdict().get("name")
                person = name is None or self._is_first(name)
                body = match["body"]
                if person and not self._is_first(body) and self._is_name(body, is_place):
                    yield match.span("body")

    def _is_first(self, words: str) -> bool:
        return re.split(r"[ -]", words, maxsplit=1)[0] in self._first_names

    @cached_property
    def _apposed(self) -> re.Pattern[str]:
        every = [*self._naming, *self._by_trade]
        nouns = "|".join(sorted(map(re.escape, every), key=len, reverse=True))
        return re.compile(
            rf"(?:, | \()(?:l'|la |le |une? |premi(?:er|ère) )?(?P<noun>{nouns})\b(?! [A-Z])"
        )

    def find(self, surface: Surface, is_place: IsPlace) -> Iterator[tuple[int, int, bool]]:
        """The spans of the names, and whether a person's name may stand there, in no order."""
        for match in self._after.finditer(surface.plain):
            name = COMPANY.match(surface.plain, match.end())
            if not name or _MINISTER.search(surface.low, max(0, name.start() - 90), name.start()):
                continue
            end = self._whole(surface, name.end())
            if self._is_name(surface.plain[name.start() : end], is_place):
                yield name.start(), end, True
        for pattern in (_CONSULTED, _REGIONAL, _DATELINE):
            for match in pattern.finditer(surface.plain):
                yield *match.span(1), False
        for match in _LOCAL.finditer(surface.plain):
            if bare(match["letters"]) not in self._letters and is_place(match["place"]):
                yield *match.span("service"), False
        for start, end in self._beside_people(surface, is_place):
            yield start, end, True
        yield from self._before_noun(surface, is_place)

    def _before_noun(self, surface: Surface, is_place: IsPlace) -> Iterator[tuple[int, int, bool]]:
        """« Valdaine Fibre, filiale du groupe, », « Kerolis, l'exploitant du réseau »."""
        for match in self._apposed.finditer(surface.plain):
            for name in COMPANY.finditer(surface.plain, max(0, match.start() - 50), match.start()):
                start = name.end() - len(name[0].removeprefix("Chez "))
                if name.end() != match.start() or not self._is_name(name[0], is_place):
                    continue
                by_trade = match["noun"] in self._by_trade
                if not (by_trade and _may_be_surname(surface, name)):
                    yield start, name.end(), by_trade

    def _whole(self, surface: Surface, end: int) -> int:
        """« Drôme | numérique »: the trade that ends a local body's name, in lower case."""
        word = _NEXT_WORD.match(surface.low, end)
        return word.end() if word and word[1] in self._words["trades"] else end

    def _is_name(self, name: str, is_place: IsPlace) -> bool:
        first = re.split(r"[ '-]", name, maxsplit=1)[0]
        return not (
            len(name) < 3  # noqa: PLR2004
            or first.lower() in self._false
            or name.isdigit()
            or is_place(name)
        )


def _may_be_surname(surface: Surface, name: re.Match[str]) -> bool:
    """« Vidal, l'exploitant » after « Marc Vidal »; « Kerolis, l'exploitant » is a firm."""
    if " " in name[0] or "-" in name[0]:
        return True
    return re.search(rf"[A-ZÀ-Þ][\w.-]+ {re.escape(name[0])}\b", surface.plain) is not None
