"""Bodies in lower case that the acronym after them spells.

« la direction générale de la sécurité civile et de la gestion des crises (DGSCGC) »: the words from
a body's head noun on whose initials the letters are.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from recoupe.extract.surface import Surface, bare, words_of

_ACRONYM = re.compile(r" \((?P<letters>[A-ZÉ][A-Za-zÉéèï]{2,8})\)")
_REACH = 130
_WORDS = 16
_PLAIN = frozenset(words_of("de du des d la le les l a au aux et en pour par sur"))
_LEAST = 2


def spelled_bodies(
    surface: Surface, heads: Collection[str], letters_of_none: Collection[str]
) -> Iterator[tuple[int, int]]:
    """The spans of the names spelled out, without their acronyms."""
    for match in _ACRONYM.finditer(surface.plain):
        letters = bare(match["letters"])
        if letters in letters_of_none:
            continue
        line = surface.plain.rfind("\n", 0, match.start()) + 1
        words = list(surface.next_words(max(line, match.start() - _REACH), match.start()))
        for start, end in reversed(words[-_WORDS:]):
            if any(mark in surface.plain[end : match.start()] for mark in ".;:!?()"):
                break
            word = surface.bare[start:end].removesuffix("s")
            opens = word in heads and word[0] == letters[0]
            if opens and spells(surface.bare[start : match.start()], letters):
                yield start, match.start()
                break


def spells(words: str, letters: str) -> bool:
    """Whether ``letters`` are the initials of ``words`` in order, one of these left out at most."""
    telling = [w for w in re.split(r"[ '-]", words) if w and w not in _PLAIN]
    if len(telling) <= _LEAST or not len(telling) - 1 <= len(letters) <= len(telling) + 1:
        return False
    at = 0
    for word in telling:
        at += at < len(letters) and word[0] == letters[at]
    return at >= min(len(letters), len(telling)) - (len(letters) > _LEAST + 1)
