"""Bodies that nothing but the person beside them gives away.

« M. Roux, de la CLV, », « Anne Roux (UPTX) », « Mme Roux, Novalis France ; »: unknown letters or
an unknown name where a person's body stands.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from functools import cached_property

from recoupe.extract.names.fullest import FULL_NAME, NAME
from recoupe.extract.names.shapes import COMPANY, LETTERS
from recoupe.extract.surface import Surface

_END = r"(?=[),;.\n]|$)"
_REACH = 60
_CIVILITY = r"(?:M|MM|Mme|Mmes|Mlle|Me|Dr|Pr|Monsieur|Madame)\.? "
_CIVIL_BEFORE = re.compile(rf"(?<![\w-]){_CIVILITY}(?:{NAME.pattern} et )?{NAME.pattern}$")
_FULL_BEFORE = re.compile(rf"(?<![\w'-]){FULL_NAME.pattern}$")
_OF = re.compile(
    r", (?:de la |du |de l'|de |d'|pour la |pour le |pour l'|au nom de la |au nom du |à la |au |"
    rf"chez )(?P<body>{LETTERS}){_END}"
)
#: « M. Sélim Vidal, Novalis France ; »
_BARE = re.compile(rf", (?P<body>{COMPANY.pattern})(?= ?[;)\n]|\.?$)", re.MULTILINE)

#: « M. Anne Roux (Vivre à Donzy) », « Marc Roux (Arboréal) »: a list, a firm, no department.
_LISTED = re.compile(
    r" \((?P<body>(?![^()\n]*\d|Photo|Dessin|Crédit|Source|Né|Voir|Le |La |Les |En |À |A |De |Du )"
    r"[A-ZÀ-Þ][\w'.&-]*(?: [\w'.&-]+){0,5})\)"
)
#: « Contact : Anne Roux, Novalis, 04 90 00 00 00 »
_CALLED = re.compile(
    rf"(?P<name>{FULL_NAME.pattern}), (?P<body>{COMPANY.pattern})"
    r"(?=,? ?[–—:-]? ?(?:\+?\d{2}[ .]|[Tt]él|[\w.-]{1,40}@))"
)
#: « Contact : Anne Roux, chargée de mission, Novalis Habitat, 04 90 00 00 00 »
#: « Question de Mme Anne Roux (Orne - Union centriste) »
_SENATOR = re.compile(
    rf"(?:M\.|Mme) {FULL_NAME.pattern} \([A-ZÀ-Þ][\w' -]{{2,28}}? [-–] "
    r"(?P<body>[A-ZÀ-Þ][^()\n;,]{1,50})\)"
)
_LAST_WORD = re.compile(r"[a-zà-ÿ-]+$")
_WORD_REACH = 24
_PHONED = re.compile(
    rf", [a-zà-ÿ][^,;:()\n]{{2,60}}, (?P<body>{COMPANY.pattern})"
    r"(?=, ?(?:\+?\d{2}|[Tt]él|[\w.-]{1,40}@))"
)


class Members:
    """What ``[members]`` in ``organisations.toml`` knows, with frequent first names."""

    def __init__(
        self,
        words: Mapping[str, Sequence[str]],
        first_names: Container[str],
        role: Callable[[str], str | None] = lambda _word: None,
    ) -> None:
        self._nouns = "|".join(words["nouns"])
        self._parties = "|".join(map(re.escape, words["parties"]))
        self._labels = frozenset(words["labels"])
        self._first_names = first_names
        self._role = role

    @cached_property
    def _in_parentheses(self) -> re.Pattern[str]:
        return re.compile(
            rf" \((?P<body>{LETTERS}|{self._parties}|(?:{self._nouns}) {COMPANY.pattern})(?=\)|, )"
        )

    def find(
        self,
        surface: Surface,
        people: Container[int],
        is_place: Callable[[str], bool],
        places: Container[int] = frozenset(),
    ) -> Iterator[tuple[int, int]]:
        """The spans of the bodies, in no order; none starts at one of the model's ``places``."""
        for pattern in (_OF, self._in_parentheses):
            for match in pattern.finditer(surface.plain):
                if match["body"] in self._labels:
                    continue
                elected = pattern is not _OF and self._after_role(surface, match.start())
                if elected or self._after_person(surface, match.start(), people):
                    yield match.span("body")
        for match in _SENATOR.finditer(surface.plain):
            yield match.span("body")
        for match in _LISTED.finditer(surface.plain):
            body = match["body"]
            foreign = match.start("body") in places and body == body.title()
            named = not (body in self._labels or body.isupper() or foreign or is_place(body))
            if named and self._after_person(surface, match.start(), frozenset()):
                yield match.span("body")
        yield from self._unannounced(surface, people, is_place)

    def _unannounced(
        self, surface: Surface, people: Container[int], is_place: Callable[[str], bool]
    ) -> Iterator[tuple[int, int]]:
        """Names after a contact's or a civil person's comma."""
        for pattern in (_CALLED, _PHONED, _BARE):
            for match in pattern.finditer(surface.plain):
                start = match.start("body")
                if self._is_first(match["body"]) or is_place(match["body"]):
                    continue
                if pattern is _CALLED:
                    stands = self._is_first(match["name"])
                else:
                    civil = _civil(surface, match.start()) and start not in people
                    stands = pattern is _PHONED or civil
                if stands:
                    yield match.span("body")

    def _is_first(self, words: str) -> bool:
        return words.split(" ", 1)[0].split("-", 1)[0] in self._first_names

    def _after_role(self, surface: Surface, end: int) -> bool:
        """« maire | (Horizons) de Donzy »."""
        word = _LAST_WORD.search(surface.low, max(0, end - _WORD_REACH), end)
        return word is not None and self._role(word[0]) is not None

    def _after_person(self, surface: Surface, end: int, people: Container[int]) -> bool:
        if _civil(surface, end):
            return True
        name = _FULL_BEFORE.search(surface.plain, max(0, end - _REACH), end)
        return name is not None and (self._is_first(name[0]) or name.start() in people)


def _civil(surface: Surface, end: int) -> bool:
    """Whether a name after « M. », « Mme » ends at ``end``."""
    return _CIVIL_BEFORE.search(surface.plain, max(0, end - _REACH), end) is not None
