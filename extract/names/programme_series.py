"""Programmes that their number or their years tell from others, and those beside their noun.

« le 12e programme d'intervention », « Un toit pour étudier (2025-2027) | 45 000 » in a table,
« un fonds de garantie, Transmettre à plusieurs, ».
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from recoupe.extract.names.programme_triggers import NAME, name_end
from recoupe.extract.names.programme_words import Found, TagAt, Vocabulary, found_at
from recoupe.extract.surface import Surface

_NTH = re.compile(
    r"\b(?:[lL]e|[dD]u|[aA]u|[sS]on|[lL]eur|[cC]e) (?P<name>(?:\d{1,2}|[XVI]{1,5})e "
    r"(?:programme(?: pluriannuel)?(?: d'intervention)?|contrat de plan)\b)"
)
_WATER = re.compile(r"\bagences? de l'eau\b|\bd'intervention\b|contrat de plan")
#: « Plan 40 000 (2013-2017) | 40 000 | … »: the first cell of a row.
_ROW = re.compile(
    r"^(?P<name>[A-ZÀ-Þ][^|\n()]{2,50}?) \((?:19|20)\d\d ?[-–] ?(?:19|20)?\d\d\) \|", re.MULTILINE
)
#: « un fonds de garantie public, | Transmettre à plusieurs | , »
_APPOSED = re.compile(r"(?:[ '][a-zà-ÿ-]+){0,4}, (?=[A-ZÀ-Þ«\"“])")
_CLOSED = re.compile(r" ?[»”\"]?,")
_QUOTED = re.compile(r"[«\"“] ?(?P<name>[^«»\"“”\n]{2,60}?) ?[»\"”]")


def in_series(surface: Surface) -> Iterator[Found]:
    """Programmes called by their number, and those whose years a table gives."""
    for match in _NTH.finditer(surface.plain):
        if _WATER.search(surface.low):
            yield found_at(surface, *match.span("name"))
    if " | " in surface.plain:
        rows = list(_ROW.finditer(surface.plain))
        for match in rows if len(rows) > 1 else ():
            yield found_at(surface, *match.span("name"))


def beside_noun(surface: Surface, vocabulary: Vocabulary, tag_at: TagAt) -> Iterator[Found]:
    """Names between two commas after the noun of a programme: « un fonds de secours, X, »."""
    for start, end in surface.words:
        if surface.plain[start:end] not in vocabulary.naming.owned:
            continue
        gap = _APPOSED.match(surface.plain, end)
        if not gap:
            continue
        quoted = _QUOTED.match(surface.plain, gap.end())
        name = quoted or NAME.match(surface.plain, gap.end())
        if not name or name[0].split(" ")[0] in vocabulary.never:
            continue
        if quoted:
            extent, last = quoted.span("name"), quoted.end()
        else:
            last = name_end(surface, name, vocabulary, tag_at)
            extent = name.start(), last
        closed = _CLOSED.match(surface.plain, last)
        if closed and (quoted or _is_telling(surface, extent, vocabulary)):
            yield found_at(surface, *extent)


def _is_telling(surface: Surface, extent: tuple[int, int], vocabulary: Vocabulary) -> bool:
    """Whether a name is neither a person's nor a place's: words, one of them in lower case."""
    words = surface.plain[slice(*extent)].split(" ")
    return len(words) > 1 and (
        words[-1].islower() or words[0].lower() in vocabulary.openers | vocabulary.topics
    )
