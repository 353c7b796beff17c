"""Names of bodies that their own first words give away: firms, clubs, newspapers.

« Tôlerie du Perche », « Section paloise », « lu dans La République des Pyrénées », « l'allemand
Voltescaut »: a trade, a sport or a press noun in capital, a nationality that is no person's.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from functools import cached_property

from recoupe.extract.names.institutions import opens
from recoupe.extract.names.shapes import CAPITAL, COMPANY, DEMONYM, OF, REGIONS
from recoupe.extract.surface import Surface, words_of

_NO_DEMONYM = frozenset(
    words_of(
        "quotidien quotidienne ancien ancienne humain humaine certain certaine souverain "
        "souveraine prochain prochaine demain féminin féminine masculin marin marine jamais "
        "mauvais mauvaise désormais chrétien chrétienne moins bien rien enfin plein pleine "
        "soudain soudaine urbain urbaine parfois trois mois fois aérien aérienne médecin voisin "
        "voisine"
    )
)
_ARTICLE = re.compile(r"(?<![\w-])(?:la|le|les|du|en|au|aux|à|une?) $")
_PAPER_TAIL = (
    rf"(?: (?:{OF}(?:{CAPITAL}|dimanche)(?: (?:et {OF})?{CAPITAL})*|{CAPITAL}|républicaine?|"
    r"libre|libéré|agricole|paysanne?|socialiste|picard|lorraine?|normande?|économique|publique?|"
    rf"{DEMONYM}))?"
)
_BRANCH_TAIL = (
    r" (?:publiques?|privée?s?|sociales?|sociaux|territoriaux|hospitali[eè]re?s?|nationale|"
    r"départementale|régionale)"
)
#: « Les Amis du four à pain », « les Amis de la cistude »
_FRIENDS = re.compile(
    rf"(?<![\w-])(?:Les )?Amis {OF}[\w'-]+"
    rf"(?: (?:(?:à|de|des|du|en|de la|d'|de l'|et) ?)?"
    rf"(?:{CAPITAL}|[a-zà-ÿ-]{{3,}}(?=[.,;)\n]| et | ou )))?"
)
#: « a placé Armor Pneus en redressement »
_FAILED = re.compile(
    rf"(?:plac(?:é|ée|er|e|ant|ait)|mise?|mettre|met) (?P<name>{COMPANY.pattern})"
    r"(?= en (?:redressement|liquidation|cessation|sauvegarde))"
)
#: « (Agence Hexagone) – Le train repart. »
_SIGNED = re.compile(r"^\((?P<agency>[A-ZÀ-Þ][\w .-]{1,24})\) ?[-–—]", re.MULTILINE)


#: A pattern, the group that is the name, and what else must hold.
_Rule = tuple[re.Pattern[str], int | str, Callable[[re.Match[str]], bool] | None]


def _with_article(surface: Surface, start: int) -> int:
    """« la coopérative | Les Vergers du Lot »: a capital article within a sentence."""
    article = start - len("Les ")
    behind = surface.plain.startswith("Les ", article) and article > 0
    return article if behind and not opens(surface, article) else start


class Firms:
    """The patterns of ``[firms]`` in ``organisations.toml``, compiled once."""

    def __init__(
        self, words: Mapping[str, Sequence[str]], first_names: Container[str] = ()
    ) -> None:
        self._words = words
        self._first_names = first_names

    def _any(self, key: str) -> str:
        return "|".join(sorted(map(re.escape, self._words[key]), key=len, reverse=True))

    @cached_property
    def _trades(self) -> re.Pattern[str]:
        """« Menuiseries Roux », « Fonderie de l'Orne », « Laiterie coopérative du Der »."""
        qualified = r"(?: [a-zà-ÿ]+(?:ale|ales|ique|iques|elle|elles|ive|ives|ière|ières))?"
        noun = rf"{self._any('trades')}|[A-ZÉ][a-zà-ÿ]{{2,}}eries?"
        return re.compile(rf"(?<![\w-])(?P<noun>{noun}){qualified} (?P<of>{OF}?){COMPANY.pattern}")

    @cached_property
    def _forms(self) -> re.Pattern[str]:
        """« la Scop Alizés », « le Gaec des Trois Chênes »."""
        return re.compile(rf"(?<![\w-])(?:{self._any('forms')}) {OF}?{COMPANY.pattern}")

    @cached_property
    def _clubs(self) -> re.Pattern[str]:
        """« Élan decizois », « Sporting Club choletais », « Union sportive de Donzy »."""
        sport = self._any("sporting")
        return re.compile(
            rf"(?<![\w-])(?:{self._any('clubs')})(?:(?: (?:{sport}))+ (?:{OF}{CAPITAL}|{CAPITAL})|"
            rf"(?: (?:{sport}))*(?: {CAPITAL})? (?P<people>{DEMONYM}))(?![\w-])"
        )

    @cached_property
    def _papers(self) -> re.Pattern[str]:
        """« La Voix du Perche » with its capital article."""
        return re.compile(
            rf"(?<![\w'-])(?:L[ae] |Les |L')(?P<paper>(?:{self._any('papers')}){_PAPER_TAIL})"
            r"(?![\w-])"
        )

    @cached_property
    def _foreign(self) -> re.Pattern[str]:
        """« le taïwanais Hon Teh », where « le Taïwanais » would be a man."""
        return re.compile(
            r"(?<![\w-])(?:[Ll]e |[Ll]a |[Ll]'|[Dd]u |[Aa]u |de la |à la |de l'|à l'|et )"
            rf"(?:{self._any('nationalities')}) (?P<name>{COMPANY.pattern})"
        )

    @cached_property
    def _branches(self) -> re.Pattern[str]:
        """« CGT Énergie », « Solidaires Finances publiques », « Temu France »."""
        return re.compile(
            rf"(?<![\w-])(?:{self._any('branches')})"
            rf"(?: (?P<word>{REGIONS}|(?!\d){CAPITAL})(?:{_BRANCH_TAIL})?|-{CAPITAL})(?![\w-])|"
            rf"(?<![\w-])(?:{self._any('companies')}) (?:France|Europe|International)(?![\w-])"
        )

    @cached_property
    def _parties(self) -> re.Pattern[str]:
        """« le PS », « le RN » (« la RN 12 » is a road)."""
        return re.compile(
            r"(?<![\w-])(?:[Ll]e|[Dd]u|[Aa]u|[Ll]es|[Dd]es|[Aa]ux|[Cc]hez) "
            rf"(?P<party>{self._any('parties')})(?![\w-]| ?\d)"
        )

    @cached_property
    def _local(self) -> re.Pattern[str]:
        """« Aisne habitat », « Maine-et-Loire numérique »."""
        return re.compile(
            rf"(?<![\w'-])(?P<place>{COMPANY.pattern}) (?:{self._any('local')})(?![\w-])"
        )

    def find(
        self, surface: Surface, people: Container[int], is_place: Callable[[str], bool]
    ) -> Iterator[tuple[int, int]]:
        """The spans of the names, in no order; a name of ``people`` starts none of their words."""
        rules: tuple[_Rule, ...] = (
            (self._local, 0, lambda match: self._is_local(surface, match, is_place)),
            (self._branches, 0, lambda match: self._is_branch(match, people)),
            (self._trades, 0, lambda match: self._is_trade(surface, match)),
            (self._clubs, 0, lambda match: self._is_club(surface, match)),
            (_FRIENDS, 0, lambda match: not opens(surface, match.start())),
            (self._papers, 0, lambda match: not opens(surface, match.start())),
            (self._foreign, "name", lambda match: not self._is_first_name(match["name"])),
            (self._parties, "party", None),
            (self._forms, 0, None),
            (_FAILED, "name", None),
            (_SIGNED, "agency", None),
        )
        for pattern, group, stands in rules:
            for match in pattern.finditer(surface.plain):
                if stands is None or stands(match):
                    start, end = match.span(group)
                    yield _with_article(surface, start) if pattern is self._trades else start, end

    def _is_first_name(self, words: str) -> bool:
        return re.split(r"[ -]", words, maxsplit=1)[0] in self._first_names

    def _is_local(
        self, surface: Surface, match: re.Match[str], is_place: Callable[[str], bool]
    ) -> bool:
        start = match.start()
        return is_place(match["place"]) and not _ARTICLE.search(
            surface.low, max(0, start - 5), start
        )

    def _is_branch(self, match: re.Match[str], people: Container[int]) -> bool:
        return not self._is_first_name(match["word"] or "") and match.start("word") not in people

    def _is_club(self, surface: Surface, match: re.Match[str]) -> bool:
        return match["people"] not in _NO_DEMONYM and not opens(surface, match.start())

    def _is_trade(self, surface: Surface, match: re.Match[str]) -> bool:
        noun, of = match["noun"], match["of"]
        listed = noun in self._words["trades"]
        if noun in self._words["no_trades"] or (of == "de " and not listed):
            return False
        generic = noun.rstrip("s") in self._words["generic"]
        return not (generic and opens(surface, match.start()))
