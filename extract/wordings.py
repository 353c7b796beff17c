"""Find the wordings of a vocabulary in a text, longest first, whatever their type and accents."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from recoupe.extract.surface import Surface, bare, plain

_SHORT_ACRONYM = 7


@dataclass(frozen=True, slots=True)
class Wording:
    """One wording of a name; ``exact`` wordings (acronyms) match in their own case only."""

    words: str
    name: str
    exact: bool = False


@dataclass(frozen=True, slots=True)
class Hit:
    """A wording found at ``start:end``."""

    start: int
    end: int
    wording: Wording


def wording(words: str, name: str) -> Wording:
    """A wording that is exact where it is an acronym: ``CPER``, ``FSE+``, ``NOTRe``."""
    capitals = sum(char.isupper() for char in words)
    acronym = " " not in words and len(words) <= _SHORT_ACRONYM and capitals > 1
    return Wording(words, name, exact=acronym)


class WordingIndex:
    """Wordings by their first word, so that a text is scanned once whatever their number."""

    def __init__(self, wordings: Iterable[Wording]) -> None:
        self._by_first: dict[str, list[tuple[str, Wording]]] = {}
        for item in wordings:
            for spelling in {item.words, item.words.replace("œ", "oe").replace("Œ", "Oe")}:
                folded = bare(spelling)
                self._by_first.setdefault(_first_word(folded), []).append((folded, item))
        for entries in self._by_first.values():
            entries.sort(key=lambda entry: -len(entry[0]))

    def find(self, surface: Surface) -> Iterator[Hit]:
        """Yield the wordings of the text from left to right, none over another."""
        done = 0
        text, known = surface.bare, self._by_first
        for start, end in surface.words:
            word = text[start:end]
            entries = known.get(word)
            if entries is None and "-" in word:
                entries = known.get(word.split("-", 1)[0])
            if entries is None or start < done:
                continue
            hit = _longest(entries, surface, start)
            if hit:
                done = hit.end
                yield hit


def _first_word(folded: str) -> str:
    for index, char in enumerate(folded):
        if not char.isalnum():
            return folded[:index]
    return folded


def _longest(entries: list[tuple[str, Wording]], surface: Surface, start: int) -> Hit | None:
    for folded, item in entries:
        end = start + len(folded)
        if not surface.bare.startswith(folded, start) or _inside_word(surface.bare, end):
            continue
        if item.exact and surface.plain[start:end] != plain(item.words):
            continue
        return Hit(start, end, item)
    return None


def _inside_word(text: str, end: int) -> bool:
    if end >= len(text) or not text[end - 1].isalnum():
        return False
    return text[end].isalnum() or (text[end] == "-" and text[end + 1 : end + 2].isalnum())
