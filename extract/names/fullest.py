"""Tell the names of people from the rest, and one person's wordings from another's."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from recoupe.extract.surface import Surface, bare, words_of

_UNIT = (
    r"(?:[A-ZÀ-ÖØ-ÞŒ](?:\.-?[A-Z])*\.(?= ?[A-ZÀ-Þ])"
    r"|[A-ZÀ-ÖØ-ÞŒ][a-zà-öø-ÿœA-ZÀ-ÖØ-Þ]*(?:['-][a-zà-öø-ÿœA-ZÀ-ÖØ-ÞŒ]+)*)"
)
_PARTICLE = (
    r"(?:de la |de |du |des |le |la |van der |van |von |den |ben |bin |el |al |di |da |dos |d'|l')"
)
#: A name of one to five words: « Jean-Marc de La Tour », « J.-P. Vidal », « Agnès Le Bihan ».
NAME = re.compile(rf"{_UNIT}(?: {_PARTICLE}?{_UNIT}){{0,4}}")
FULL_NAME = re.compile(rf"{_UNIT}(?: {_PARTICLE}?{_UNIT}){{1,4}}")
_FULL_NAME_END = re.compile(rf"(?<![\w'-]){_UNIT}(?: {_PARTICLE}?{_UNIT}){{1,4}}$")
_NAME_REACH = 60
_PARTICLES = frozenset(words_of("de la du des le van der von den ben bin el al di da dos d l"))


def name_before(surface: Surface, end: int) -> tuple[int, int] | None:
    """The span of the first name and surname that end at ``end``."""
    line = max(surface.plain.rfind("\n", 0, end) + 1, end - _NAME_REACH)
    match = _FULL_NAME_END.search(surface.plain, line, end)
    return match.span() if match else None


def surname(name: str) -> str:
    """What a later mention repeats of ``name``, folded: « Jean de La Tour » → ``"de la tour"``."""
    words = bare(name).replace("'", "' ").split()
    last = len(words) - 1
    while last > 1 and words[last - 1].strip("'") in _PARTICLES:
        last -= 1
    return " ".join(words[last:]).replace("' ", "'")


def repeats(short: str, full: str) -> bool:
    """Whether ``short`` may be a later mention of the person ``full``."""
    short_words, full_words = bare(short).split(), bare(full).split()
    if len(short_words) >= len(full_words):
        return False
    if full_words[-len(short_words) :] == short_words:
        return True
    initialled = len(short_words) == len(full_words[:]) and short_words[-1] == full_words[-1]
    return initialled and full_words[0].startswith(short_words[0].rstrip("."))


def fullest_names(names: Sequence[str]) -> Mapping[int, str]:
    """For the mention at each position, the fullest name of its person in the document.

    A surname alone belongs to the full name last given before it, else to the first after it.
    """
    full = [(i, name) for i, name in enumerate(names) if " " in name]
    result: dict[int, str] = {}
    for index, name in enumerate(names):
        matching = [(i, other) for i, other in full if repeats(name, other)]
        before = [other for i, other in matching if i < index]
        after = [other for i, other in matching if i > index]
        result[index] = before[-1] if before else after[0] if after else name
    return result
