"""Numbers that are no figure: telephone numbers, roads, law articles, ages, hours, names.

The patterns are data (``references.toml``); this module compiles them and keeps, where two kinds
claim the same place, the one that stands first in the file.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from recoupe.extract.figures.dumps import without_dumps
from recoupe.extract.figures.numerals import SP, SPACES
from recoupe.extract.phrases import vocabulary
from recoupe.records import Reference, ReferenceKind, Span


@dataclass(frozen=True, slots=True)
class _Pattern:
    """One entry of the data file, compiled.

    ``number`` are the groups of which the first that matched is the number; ``digits`` says that
    it matches digits only, so that a sentence without one is passed over.
    """

    kind: ReferenceKind
    regex: re.Pattern[str]
    number: tuple[str | int, ...]
    digits: bool

    def spans(self, text: str, place: Span) -> Iterator[Span]:
        """Where its numbers stand between two offsets."""
        for match in self.regex.finditer(text, *place):
            yield match.span(next((name for name in self.number if match[name]), 0))


class _Patterns:
    """All patterns in the order of the file, and which of them a sentence calls for by its words.

    Most patterns want a word that few sentences hold (``needs``). To look for each of a thousand
    such words in each sentence would cost more than the patterns themselves: so each word is looked
    up once in its life, and remembers the patterns that it calls for.
    """

    def __init__(self, entries: Iterable[Mapping[str, Any]]) -> None:
        self.all: list[_Pattern] = []
        self._always: set[int] = set()
        self._words: dict[str, set[int]] = {}
        self._stems: dict[str, set[int]] = {}
        self._signs: dict[str, set[int]] = {}
        for index, entry in enumerate(entries):
            self.all.append(_compiled(entry))
            if "needs" not in entry:
                self._always.add(index)
            for need in entry.get("needs", ()):
                self._kind_of(need).setdefault(need.rstrip("*"), set()).add(index)
        self._lengths = sorted({len(stem) for stem in self._stems})
        self.called = lru_cache(maxsize=50_000)(self._called)

    def _kind_of(self, need: str) -> dict[str, set[int]]:
        if not need.rstrip("*").isalpha():
            return self._signs
        return self._stems if need.endswith("*") else self._words

    def _called(self, word: str) -> frozenset[int]:
        """The patterns that want this word, or one that begins as it does."""
        stems = (self._stems.get(word[:length], ()) for length in self._lengths)
        return frozenset(self._words.get(word, ())).union(*stems)

    def wanted(self, sentence: str) -> set[int]:
        """The indices of the patterns to try on a sentence in lower case."""
        wanted = self._always.union(*map(self.called, set(_WORD.findall(sentence))))
        for sign, indices in self._signs.items():
            if sign in sentence:
                wanted |= indices
        if not _DIGIT.search(sentence):
            return {index for index in wanted if not self.all[index].digits}
        return wanted


@cache
def _patterns() -> _Patterns:
    return _Patterns(vocabulary("references")["reference"])


def _compiled(entry: Mapping[str, Any]) -> _Pattern:
    regex = re.compile(_expanded(entry["pattern"]))
    return _Pattern(
        kind=entry["kind"],
        regex=regex,
        number=tuple(name for name in regex.groupindex if name.startswith("number")),
        digits=not entry.get("words", False),
    )


def _expanded(pattern: str) -> str:
    """Spell out the shorthand of the data file: ␣ and ¤ for spaces, ' for both apostrophes."""
    parts = re.split(r"((?<!\\)\[(?:\\.|[^\]])*\])", pattern)
    return "".join(
        part.replace("␣", SPACES).replace("'", "'’") if index % 2 else _outside_class(part)
        for index, part in enumerate(parts)
    )


def _outside_class(part: str) -> str:
    spaced = part.replace("¤?", f"{SP}*").replace("¤", f"{SP}+").replace("␣", SP)
    return spaced.replace("'", "['’]")


def find_references(text: str, *, taken: Iterable[Span] = ()) -> list[Reference]:
    """Every reference of ``text`` in order; places already ``taken`` (dates) are left alone."""
    squeezed = without_dumps(text)
    busy = bytearray(len(squeezed.text))
    for start, end in squeezed.places(taken):
        busy[start:end] = b"\1" * (end - start)
    found: list[Reference] = []
    for index, places in sorted(_tried(squeezed.text).items()):
        pattern = _patterns().all[index]
        spans = (span for place in places for span in pattern.spans(squeezed.text, place))
        for start, end in spans:
            if end > start and not any(busy[start:end]):
                found.append(_reference(text, pattern.kind, squeezed.origin(start), end - start))
                busy[start:end] = b"\1" * (end - start)
    return sorted(found, key=lambda reference: reference.start)


def _tried(text: str) -> dict[int, list[Span]]:
    """The sentences to try each pattern on, by the pattern's index."""
    tried: dict[int, list[Span]] = defaultdict(list)
    for place in _numbered(text):
        for index in _patterns().wanted(text[slice(*place)].lower()):
            tried[index].append(place)
    return tried


#: A sentence without any of these holds no reference; most of a text is passed over so.
_NUMBER = re.compile(
    r"\d|@|www\.|https?:|\b[IVX]+\b|(?i:\b(?:une?|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|"
    r"douze|treize|quatorze|quinze|seize|vingt|trente|quarante|cinquante|soixante|cent|mille))"
)
_DIGIT = re.compile(r"\d")
_WORD = re.compile(r"[^\W\d_]+")
#: Where a sentence surely ends: an abbreviation is shorter than four letters.
_ENDS = re.compile(rf"\n+|(?<=[a-zà-ÿ]{{4}}[.!?]){SP}+(?=[A-ZÀ-Ý«])")


def _numbered(text: str) -> Iterator[Span]:
    """The places of the sentences of ``text`` that hold a number."""
    start = 0
    for gap in (*_ENDS.finditer(text), None):
        end = gap.start() if gap else len(text)
        if _NUMBER.search(text, start, end):
            yield start, end
        start = gap.end() if gap else end


def _reference(text: str, kind: ReferenceKind, start: int, length: int) -> Reference:
    return Reference(start=start, end=start + length, text=text[start : start + length], kind=kind)
