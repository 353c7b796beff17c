"""Names of bodies that their own first words give away: firms, clubs, newspapers.

« Tôlerie du Perche », « Section paloise », « lu dans La République des Pyrénées », « l'allemand
Voltescaut »: a trade, a sport or a press noun in capital, a nationality that is no person's.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from functools import cached_property

from recoupe.extract.names.announced import REGIONS
from recoupe.extract.names.institutions import CAPITAL, COMPANY, opens
from recoupe.extract.surface import Surface, words_of

_OF = r"(?:du |de la |de l'|des |de |d')"
#: Adjectives of inhabitants, which end clubs' names.
_DEMONYM = r"[a-zà-ÿ][a-zà-ÿ-]{2,}(?:ais|aise|ois|oise|ien|ienne|éen|éenne|ain|aine|in|ine|ard|arde)"
_NO_DEMONYM = frozenset(
    words_of(
        "quotidien quotidienne ancien ancienne humain humaine certain certaine souverain souveraine "
        "prochain prochaine demain féminin féminine masculin marin marine jamais mauvais mauvaise "
        "désormais chrétien chrétienne moins bien rien enfin plein pleine soudain soudaine urbain "
        "urbaine parfois trois mois fois aérien aérienne médecin voisin voisine"
    )
)
_ARTICLE = re.compile(r"(?<![\w-])(?:la|le|les|du|en|au|aux|à|une?) $")
_PAPER_TAIL = (
    rf"(?: (?:{_OF}(?:{CAPITAL}|dimanche)(?: (?:et {_OF})?{CAPITAL})*|{CAPITAL}|républicaine?|libre|"
    r"libéré|agricole|paysanne?|socialiste|picard|lorraine?|normande?|économique|publique?|"
    rf"{_DEMONYM}))?"
)
_BRANCH_TAIL = (
    r" (?:publiques?|privée?s?|sociales?|sociaux|territoriaux|hospitali[eè]re?s?|nationale|"
    r"départementale|régionale)"
)
#: « a placé Armor Pneus en redressement »
_FAILED = re.compile(
    rf"(?:plac|mis)(?:é|ée|er|e|ant|ait) (?P<name>{COMPANY.pattern})"
    r"(?= en (?:redressement|liquidation|cessation|sauvegarde))"
)
#: « (Agence Hexagone) – Le train repart. »
_SIGNED = re.compile(r"^\((?P<agency>[A-ZÀ-Þ][\w .-]{1,24})\) ?[-–—]", re.MULTILINE)


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
        return re.compile(
            rf"(?<![\w-])(?P<noun>{self._any('trades')}|[A-ZÉ][a-zà-ÿ]{{2,}}eries?){qualified} (?P<of>{_OF}?){COMPANY.pattern}"
        )

    @cached_property
    def _forms(self) -> re.Pattern[str]:
        """« la Scop Alizés », « le Gaec des Trois Chênes »."""
        return re.compile(rf"(?<![\w-])(?:{self._any('forms')}) {_OF}?{COMPANY.pattern}")

    @cached_property
    def _clubs(self) -> re.Pattern[str]:
        """« Élan decizois », « Sporting Club choletais », « Union sportive de Donzy »."""
        sport = self._any("sporting")
        return re.compile(
            rf"(?<![\w-])(?:{self._any('clubs')})(?:(?: (?:{sport}))+ (?:{_OF}{CAPITAL}|{CAPITAL})|"
            rf"(?: (?:{sport}))*(?: {CAPITAL})? (?P<people>{_DEMONYM}))(?![\w-])"
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
            rf"(?<![\w-])(?:{self._any('branches')})(?: (?P<word>{REGIONS}|{CAPITAL})(?:{_BRANCH_TAIL})?"
            rf"|-{CAPITAL})(?![\w-])"
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
        for match in self._local.finditer(surface.plain):
            if is_place(match["place"]) and not _ARTICLE.search(
                surface.low, max(0, match.start() - 5), match.start()
            ):
                yield match.span()
        for match in self._branches.finditer(surface.plain):
            first = (match["word"] or "").split("-", 1)[0]
            if first not in self._first_names and match.start("word") not in people:
                yield match.span()
        for match in self._parties.finditer(surface.plain):
            yield match.span("party")
        for match in self._trades.finditer(surface.plain):
            generic = match["noun"].rstrip("s") in self._words["generic"]
            if match["noun"] in self._words["no_trades"]:
                continue
            if not (generic and match["of"] and opens(surface, match.start())):
                yield match.span()
        for match in self._forms.finditer(surface.plain):
            yield match.span()
        for match in self._clubs.finditer(surface.plain):
            if match["people"] not in _NO_DEMONYM:
                yield match.span()
        for match in self._papers.finditer(surface.plain):
            if not opens(surface, match.start()):
                yield match.span("paper")
        for match in self._foreign.finditer(surface.plain):
            if match["name"].split(" ", 1)[0].split("-", 1)[0] not in self._first_names:
                yield match.span("name")
        for match in _FAILED.finditer(surface.plain):
            yield match.span("name")
        for match in _SIGNED.finditer(surface.plain):
            yield match.span("agency")
