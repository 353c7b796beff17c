"""Roles that several people share out: « A et B, respectivement présidente et trésorier de Y ».

Each takes its own, in the order of the names; the body after the last belongs to all whose role
has no complement. A plural is everybody's: « A et B, coprésidents de Y ».
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from recoupe.extract.names.belonging import coordinated
from recoupe.extract.names.candidates import Extent
from recoupe.extract.names.roles import Role, Vocabulary
from recoupe.extract.surface import Surface

_JOINT = re.compile(r"(?:, | et |, et )(?:l'|la |le )?")
_COMPLEMENT = re.compile(r" (?:de|du|des|à|au|aux|chez|d'|en)\b")


def shared_out(
    surface: Surface,
    people: Sequence[Extent],
    bound: Mapping[int, Role],
    found: Sequence[Role],
    vocabulary: Vocabulary,
) -> Iterator[tuple[int, Role]]:
    """The roles of people named together, by the position of the person."""
    for last, role in bound.items():
        if role.start < people[last][1]:
            continue
        others = [i for i in coordinated(surface, people, last) if i not in bound]
        if not others or len(others) != len(coordinated(surface, people, last)):
            continue
        group = [*reversed(others), last]
        parts = list(_parts(surface, role, found, vocabulary))
        if len(parts) == len(group):
            yield from zip(group, parts, strict=True)
        elif _is_plural(surface, role, vocabulary):
            yield from ((index, role) for index in others)


def lacks_complement(surface: Surface, role: Role) -> bool:
    """Whether nothing says where the role is held (« présidente »)."""
    return _COMPLEMENT.search(surface.low, role.head_end, role.end) is None


def _is_plural(surface: Surface, role: Role, vocabulary: Vocabulary) -> bool:
    word = surface.low[role.start : role.head_end].rsplit(" ", 1)[-1]
    return word.endswith("s") and word not in vocabulary.gender


def _parts(
    surface: Surface, role: Role, found: Sequence[Role], vocabulary: Vocabulary
) -> Iterator[Role]:
    """The roles that commas and « et » join to ``role``, and those within it."""
    yield from _inside(surface, role, vocabulary)
    end = role.end
    for other in found:
        if other.start > end and _JOINT.fullmatch(surface.low, end, other.start):
            yield from _inside(surface, other, vocabulary)
            end = other.end


def _inside(surface: Surface, role: Role, vocabulary: Vocabulary) -> Iterator[Role]:
    start, head, head_end = role.start, role.head, role.head_end
    for joint in _JOINT.finditer(surface.low, role.head_end, role.end):
        word = next(surface.next_words(joint.end(), role.end), None)
        noun = vocabulary.head(surface.low[slice(*word)]) if word else None
        if word and noun and word[0] == joint.end():
            yield replace(role, start=start, end=joint.start(), head=head, head_end=head_end)
            start, head, head_end = word[0], noun, word[1]
    yield replace(role, start=start, head=head, head_end=head_end)
