"""Bodies that nothing but the person beside them gives away.

« M. Roux, de la CLV, », « Anne Roux (UPTX) », « Mme Roux, Novalis France ; »: unknown letters or
an unknown name where a person's body stands.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from functools import cached_property

from recoupe.extract.names.fullest import FULL_NAME, NAME
from recoupe.extract.names.institutions import COMPANY
from recoupe.extract.surface import Surface

_LETTERS = r"[A-ZÉ]{2,8}(?:[- ][A-ZÉ0-9][\w-]*)?"
_END = r"(?=[),;.\n]|$)"
_REACH = 60
_CIVILITY = r"(?:M|MM|Mme|Mmes|Mlle|Me|Dr|Pr|Monsieur|Madame)\.? "
_CIVIL_BEFORE = re.compile(rf"(?<![\w-]){_CIVILITY}(?:{NAME.pattern} et )?{NAME.pattern}$")
_FULL_BEFORE = re.compile(rf"(?<![\w'-]){FULL_NAME.pattern}$")
_OF = re.compile(
    r", (?:de la |du |de l'|de |d'|pour la |pour le |pour l'|au nom de la |au nom du |à la |au |"
    rf"chez )(?P<body>{_LETTERS}){_END}"
)
#: « M. Sélim Vidal, Novalis France ; »
_BARE = re.compile(rf", (?P<body>{COMPANY.pattern})(?= ?[;)\n]|\.?$)", re.MULTILINE)

#: « Contact : Anne Roux, chargée de mission, Novalis Habitat, 04 90 00 00 00 »
_PHONED = re.compile(
    rf", [a-zà-ÿ][^,;:()\n]{{2,60}}, (?P<body>{COMPANY.pattern})"
    r"(?=, ?(?:\+?\d{2}|[Tt]él|[\w.-]{1,40}@))"
)


class Members:
    """What ``[members]`` in ``organisations.toml`` knows, with frequent first names."""

    def __init__(self, words: Mapping[str, Sequence[str]], first_names: Container[str]) -> None:
        self._nouns = "|".join(words["nouns"])
        self._parties = "|".join(map(re.escape, words["parties"]))
        self._labels = frozenset(words["labels"])
        self._first_names = first_names

    @cached_property
    def _in_parentheses(self) -> re.Pattern[str]:
        return re.compile(
            rf" \((?P<body>{_LETTERS}|{self._parties}|(?:{self._nouns}) {COMPANY.pattern})(?=\)|, )"
        )

    def find(
        self, surface: Surface, people: Container[int], is_place: Callable[[str], bool]
    ) -> Iterator[tuple[int, int]]:
        """The spans of the bodies, in no order."""
        for pattern in (_OF, self._in_parentheses):
            for match in pattern.finditer(surface.plain):
                if match["body"] not in self._labels and self._after_person(
                    surface, match.start(), people
                ):
                    yield match.span("body")
        for match in _PHONED.finditer(surface.plain):
            first = match["body"].split(" ", 1)[0].split("-", 1)[0]
            if first not in self._first_names and not is_place(match["body"]):
                yield match.span("body")
        for match in _BARE.finditer(surface.plain):
            first = match["body"].split(" ", 1)[0].split("-", 1)[0]
            if (
                _civil(surface, match.start())
                and first not in self._first_names
                and not is_place(match["body"])
                and match.start("body") not in people
            ):
                yield match.span("body")

    def _after_person(self, surface: Surface, end: int, people: Container[int]) -> bool:
        if _civil(surface, end):
            return True
        name = _FULL_BEFORE.search(surface.plain, max(0, end - _REACH), end)
        if name is None:
            return False
        first = name[0].split(" ", 1)[0].split("-", 1)[0]
        return first in self._first_names or name.start() in people


def _civil(surface: Surface, end: int) -> bool:
    """Whether a name after « M. », « Mme » ends at ``end``."""
    return _CIVIL_BEFORE.search(surface.plain, max(0, end - _REACH), end) is not None
