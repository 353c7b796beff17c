"""Bind the roles of a text to the people beside them.

A role binds to the name on its left where a comma alone parts them (« A, secrétaire d'État, B,
président de C »), to the name on its right where it has an article (« la ministre de la Culture
B », « le maire de Lens, B, ») or stands as a label before it (« Rapporteure : B »).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from recoupe.extract.names.candidates import Extent
from recoupe.extract.names.roles import Role, Surroundings, Vocabulary, inner
from recoupe.extract.surface import Surface

PARTY = r"(?: ?\([^()\n]{1,40}\))?"
AGE = r"(?:\d{1,3} ans,? (?:et )?)?"
_APPOSED = re.compile(
    rf"{PARTY}(?P<mark>, ?| ?\(| [–—-] ?|,? ?\n[–—\- ]*| ?: )"
    rf"(?:et |puis )?{AGE}(?P<words>[\w' -]{{0,40}})"
)
_BEFORE_NAME = re.compile(
    rf"{PARTY}(?P<comma>,)?(?P<label> ?:)? ?(?:(?:M|MM|Mme|Mlle|Me|Dr|Pr)\.? )?[\"«“]?"
)
_JOINED = re.compile(rf"{PARTY},? et ")
_REACH = 70
_SIGNATURE_WORDS = 14
_YEAR = 4
_OPENING = 30


class Binder:
    """The roles of one text, bound to the people beside them."""

    def __init__(
        self,
        surface: Surface,
        people: Sequence[Extent],
        found: Sequence[Role],
        vocabulary: Vocabulary,
        around: Surroundings,
    ) -> None:
        self.around = around
        self.surface = surface
        self.people = people
        self.roles = found
        self.vocabulary = vocabulary

    def bind(self) -> dict[int, Role]:
        """The role of each person that has one, by the position of the person."""
        bound: dict[int, Role] = {}
        for role in self.roles:
            left, right = self._left(role), self._right(role)
            free = left is not None and (left not in bound or self._is_rank(bound[left]))
            person = self._prefer(role, left if free else None, right)
            if person is not None and (person not in bound or (free and person == left)):
                bound[person] = self._innermost(role, person)
        return bound

    def _is_rank(self, role: Role) -> bool:
        """« le colonel X, commandant du groupement »: a rank alone gives way to the office."""
        plain = role.end == role.head_end or self.surface.plain[role.head_end] == "-"
        return plain and role.head in self.vocabulary.ranks

    def _innermost(self, role: Role, person: int) -> Role:
        if self.surface.plain[role.end : self.people[person][0]] != " ":
            return role
        return inner(self.surface, self.vocabulary, self.around, role)

    def _prefer(self, role: Role, left: int | None, right: int | None) -> int | None:
        if left is None or right is None:
            return right if left is None else left
        comma = "," in self.surface.plain[role.end : self.people[right][0]]
        if not role.determined or (comma and self._has_apposition(right)):
            return left
        return right

    def _has_apposition(self, person: int) -> bool:
        end = self.people[person][1]
        return any(
            self._is_apposed(end, role.start)
            for role in self.roles
            if 0 < role.start - end < _REACH
        )

    def _left(self, role: Role) -> int | None:
        for index, (_start, end) in enumerate(self.people):
            if 0 < role.start - end < _REACH and (
                self._is_apposed(end, role.start)
                or (not role.head.startswith("chargé") and self._becomes(end, role.start))
            ):
                return index
        return None

    def _is_apposed(self, end: int, role_start: int) -> bool:
        match = _APPOSED.fullmatch(self.surface.low, end, role_start)
        if not match:
            return False
        if "\n" in match["mark"] and not self._signature(end, role_start):
            return False
        words = match["words"].replace("'", " ").split()
        return all(map(self._may_stand_between, words))

    def _may_stand_between(self, word: str) -> bool:
        known = word in self.vocabulary.between or word in self.vocabulary.dropped
        return known or (word.isdigit() and len(word) == _YEAR)

    def _signature(self, end: int, role_start: int) -> bool:
        line_start = self.surface.plain.rfind("\n", 0, end) + 1
        line_end = self.surface.plain.find("\n", role_start)
        name_line = self.surface.plain[line_start:end]
        role_line = self.surface.plain[role_start : line_end if line_end >= 0 else None]
        short = len(name_line.split()) <= 5 and len(role_line.split()) <= _SIGNATURE_WORDS  # noqa: PLR2004
        return short and not role_line.rstrip().endswith(".")

    def _becomes(self, end: int, role_start: int) -> bool:
        gap = self.surface.low[end:role_start].strip(" '").removeprefix(",").strip()
        for verb in self.vocabulary.become:
            if gap.startswith(verb):
                rest = gap[len(verb) :].replace("'", " ").split()
                return all(map(self._may_stand_between, rest))
        return False

    def _right(self, role: Role) -> int | None:
        for index, (start, _end) in enumerate(self.people):
            if 0 <= start - role.end < _REACH:
                match = _BEFORE_NAME.fullmatch(self.surface.plain, role.end, start)
                if not match:
                    return None
                if match["label"]:
                    return index if self._opens_line(role.start) else None
                if match["comma"] and not (role.determined or self._opens(role)):
                    return None
                if match["comma"] and self._is_governed(role) and self._has_own(role, index):
                    return None
                return None if self._names_complement(role, index, match) else index
        return None

    def _opens(self, role: Role) -> bool:
        """« Maire de Lens (Nord) et président de Novalis, X »: a role, or one joined to it."""
        return self._opens_sentence(role.start) or any(
            0 < role.start - other.end < _REACH
            and _JOINED.fullmatch(self.surface.plain, other.end, role.start)
            and self._opens_sentence(other.start)
            for other in self.roles
        )

    def _is_governed(self, role: Role) -> bool:
        """« sur proposition du ministre, M. X, directeur »: the minister is another."""
        return self.surface.low.endswith((" du ", " de la ", " de l'", " au "), 0, role.start)

    def _has_own(self, role: Role, person: int) -> bool:
        end = self.people[person][1]
        return any(
            0 < other.start - end < _REACH and self._is_apposed(end, other.start)
            for other in self.roles
            if other is not role
        )

    def _names_complement(self, role: Role, person: int, gap: re.Match[str]) -> bool:
        """« l'avocat de la famille Roux »: a bare surname after a complement belongs to that."""
        start, end = self.people[person]
        if gap[0] != " " or " " in self.surface.plain[start:end]:
            return False
        return " de" in self.surface.low[role.head_end : role.end] or (
            " du " in self.surface.low[role.head_end : role.end]
        )

    def _opens_line(self, start: int) -> bool:
        before = self.surface.plain[max(0, start - 4) : start].rstrip()
        return not before or before[-1] in ".!?;\n|•–—-"

    def _opens_sentence(self, start: int) -> bool:
        """Whether at most « Jusqu'ici », « Naguère » stand before ``start`` in its sentence."""
        before = self.surface.plain[max(0, start - _OPENING) : start].rstrip(' «"“')
        cut = max(before.rfind(mark) for mark in ".!?\n") + 1
        opening = before[cut:].lower().replace("'", " ").split()
        whole = cut > 0 or start < _OPENING
        return whole and all(word in self.vocabulary.between for word in opening)
