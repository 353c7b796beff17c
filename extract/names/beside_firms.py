"""Names of firms that a noun beside them, a partner or another firm gives away.

« le délégataire sortant, Aquavia, », « Hélie & Fils », « la chaudronnerie Brunet », « confié à
Charier, Novalis et Pigeon TP ».
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from functools import cached_property

from recoupe.extract.names.shapes import CAPITAL, COMPANY, OF
from recoupe.extract.surface import Surface, bare

_LEAST = 4
#: « Hélie & Fils », « Bocage & Compagnie »
_FAMILY = re.compile(
    rf"(?<![\w'&-]){CAPITAL}(?:[ -]{CAPITAL}){{0,2}} (?:&|et) "
    r"(?:Fils|Filles?|Frères|Sœurs|Compagnie|Cie|Associés)(?![\w-])"
)
_JOINED = re.compile(r",? et (?=[A-ZÀ-Þ])|, (?=[A-ZÀ-Þ])")
#: « la Fnaut | , l'AUTF | et l'ONG »: letters only.
_LETTERED = re.compile(
    r"(?:, | et |, et )(?:l'|la |le |de l'|du |de la |à l'|par l[ea] |par l')"
    r"(?P<name>[A-ZÉ]{3,7})(?![\w'-])"
)
_ENDS = re.compile(r" ?[,.;:)\n]| et |$| \(")
_ARTICLE = re.compile(r"(?<![\w-])(?:l[ae]s?|du|des|aux?|l'|d') ?$", re.IGNORECASE)


class BesideFirms:
    """The patterns of ``[beside]`` in ``organisations.toml``, compiled once."""

    def __init__(
        self,
        words: Mapping[str, Sequence[str]],
        nouns: Sequence[str],
        people: Container[str],
        first_names: Container[str],
        false: Container[str],
    ) -> None:
        """``nouns`` say what a firm is, those in ``people`` a person as well."""
        self._words = words
        self._nouns = [noun for noun in nouns if noun not in words["no_firms"]]
        self._people = people
        self._first_names = first_names
        self._false = false

    @cached_property
    def _apposed(self) -> re.Pattern[str]:
        """« son nouveau diffuseur, | Arenaplay |, »."""
        nouns = "|".join(sorted(map(re.escape, self._nouns), key=len, reverse=True))
        return re.compile(
            rf"(?<![\w-])(?P<noun>{nouns})(?:[ '][a-zà-ÿ-]+){{0,4}}(?: {CAPITAL})?, "
            rf"(?:l[ae] |les )?(?P<name>{COMPANY.pattern})(?=,)"
        )

    @cached_property
    def _shops(self) -> re.Pattern[str]:
        """« la chaudronnerie Brunet », « les forges d'Ardelle »."""
        shops, works = "|".join(self._words["shops"]), "|".join(self._words["works"])
        return re.compile(
            rf"(?<![\w-])(?:(?:{shops}|[a-zà-ÿ]{{3,}}erie) {COMPANY.pattern}|"
            rf"(?:{works}) {OF}{COMPANY.pattern})(?! \d)"
        )

    def find(
        self, surface: Surface, people: Container[int], is_place: Callable[[str], bool]
    ) -> Iterator[tuple[int, int]]:
        """The spans of the names, in no order; ``people`` start the model's full names."""
        for match in _FAMILY.finditer(surface.plain):
            yield match.span()
        for match in self._shops.finditer(surface.plain):
            if match[0].split(" ", 1)[0] not in self._words["no_shops"]:
                yield match.span()
        for match in self._apposed.finditer(surface.plain):
            start, end = match.span("name")
            person = start in people and match["noun"] in self._people
            if not person and self._is_name(match["name"], is_place):
                yield start, end

    def letters(
        self, surface: Surface, known: Sequence[tuple[int, int]]
    ) -> Iterator[tuple[int, int]]:
        """« la Fnaut, l'| AUTF | »: letters with an article beside a known body."""
        for start, end in known:
            gap = _LETTERED.match(surface.plain, end)
            behind = _ARTICLE.search(surface.plain, max(0, start - 5), start)
            while gap and behind and bare(gap["name"]) not in self._false:
                yield gap.span("name")
                gap = _LETTERED.match(surface.plain, gap.end())

    def joined(
        self,
        surface: Surface,
        known: Sequence[tuple[int, int]],
        people: Container[int],
        is_place: Callable[[str], bool],
        is_common: Callable[[str], bool],
    ) -> Iterator[tuple[int, int]]:
        """« Charier, | Novalis | et | Pigeon TP | » after a firm that bears no article."""
        for start, end in known:
            if _ARTICLE.search(surface.plain, max(0, start - 5), start):
                continue
            gap = _JOINED.match(surface.plain, end)
            while gap:
                name = COMPANY.match(surface.plain, gap.end())
                if not name or name.start() in people or not _ENDS.match(surface.plain, name.end()):
                    break
                if not self._is_name(name[0], is_place) or is_common(name[0]):
                    break
                yield name.span()
                gap = _JOINED.match(surface.plain, name.end())

    def _is_name(self, name: str, is_place: Callable[[str], bool]) -> bool:
        first = re.split(r"[ '-]", name, maxsplit=1)[0]
        named = len(name) >= _LEAST and not name[-1].isdigit() and first not in self._first_names
        return named and bare(first) not in self._false and not is_place(name)
