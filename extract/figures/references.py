"""Numbers that are no figure: telephone numbers, roads, law articles, ages, hours, names.

The patterns are data (``references.toml``); this module compiles them and keeps, where two kinds
claim the same place, the one that stands first in the file.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, NamedTuple

from recoupe.extract.figures.dumps import without_dumps
from recoupe.extract.figures.numerals import SP, SPACES
from recoupe.extract.phrases import vocabulary
from recoupe.extract.surface import lower
from recoupe.records import Reference, ReferenceKind, Span


@dataclass(frozen=True, slots=True)
class _Pattern:
    """One entry of the data file, compiled.

    ``number`` are the groups of which the first that matched is the number; ``digits`` says that
    it matches digits only, so that a sentence without one is passed over, and ``opens`` that it
    begins with its digits.
    """

    kind: ReferenceKind
    regex: re.Pattern[str]
    number: tuple[str | int, ...]
    digits: bool
    opens: bool

    def spans(self, text: str, sentence: _Sentence) -> Iterator[Span]:
        """Where its numbers stand in a sentence."""
        for match in self._matches(text, sentence):
            yield match.span(next((name for name in self.number if match[name]), 0))

    def _matches(self, text: str, sentence: _Sentence) -> Iterator[re.Match[str]]:
        if not self.opens:
            yield from self.regex.finditer(text, sentence.start, sentence.end)
            return
        done = sentence.start
        for digits in sentence.digits:
            match = self.regex.match(text, digits, sentence.end) if digits >= done else None
            if match is not None:
                yield match
                done = match.end()


class _Sentence(NamedTuple):
    """The place of a sentence, and where its runs of digits begin."""

    start: int
    end: int
    digits: Sequence[int]


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
        self._of_words = {index for index, entry in enumerate(self.all) if not entry.digits}
        self._signs_without_digits = {
            sign: indices for sign, indices in self._signs.items() if not _DIGITS.search(sign)
        }
        self._shortest = min(map(len, self._stems))
        self._begun: dict[str, list[str]] = defaultdict(list)
        for stem in self._stems:
            self._begun[stem[: self._shortest]].append(stem)
        self.called = lru_cache(maxsize=50_000)(self._called)

    def _kind_of(self, need: str) -> dict[str, set[int]]:
        if not need.rstrip("*").isalpha():
            return self._signs
        return self._stems if need.endswith("*") else self._words

    def _called(self, word: str) -> frozenset[int]:
        """The patterns that want this word, or one that begins as it does."""
        called = self._words.get(word, _NONE)
        for stem in self._begun.get(word[: self._shortest], ()):
            if word.startswith(stem):
                called = called | self._stems[stem]
        return frozenset(called)

    def wanted(self, sentence: str, *, digits: bool) -> AbstractSet[int]:
        """The patterns to try on a sentence in lower case that has digits or none."""
        wanted = self._always.union(*map(self.called, set(_WORD.findall(sentence))))
        signs = self._signs if digits else self._signs_without_digits
        for sign, indices in signs.items():
            if sign in sentence:
                wanted |= indices
        return wanted if digits else wanted & self._of_words


_NONE: AbstractSet[int] = frozenset()


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
        opens=entry.get("opens", False),
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
    for index, sentences in sorted(_tried(squeezed.text).items()):
        pattern = _patterns().all[index]
        spans = (span for sentence in sentences for span in pattern.spans(squeezed.text, sentence))
        for start, end in spans:
            if end > start and not any(busy[start:end]):
                found.append(_reference(text, pattern.kind, squeezed.origin(start), end - start))
                busy[start:end] = b"\1" * (end - start)
    return sorted(found, key=lambda reference: reference.start)


def _tried(text: str) -> dict[int, list[_Sentence]]:
    """The sentences to try each pattern on, by the pattern's index."""
    tried: dict[int, list[_Sentence]] = defaultdict(list)
    patterns, low = _patterns(), lower(text)
    for sentence in _numbered(text, low):
        words = low[sentence.start : sentence.end]
        for index in patterns.wanted(words, digits=bool(sentence.digits)):
            tried[index].append(sentence)
    return tried


_DIGITS = re.compile(r"\d+")
_WORD = re.compile(r"[^\W\d_]+")
#: A sentence without digits, a number in words or one of these signs holds no reference.
_NUMBER_WORD = re.compile(
    r"\b(?:une?|d(?:eux|ix|ouze)|tr(?:ois|eize|ente)|qu(?:at(?:re|orze)|arante|inze)|cinq|"
    r"s(?:ix|ept|eize|oixante)|huit|neuf|onze|vingt|cent|mille)"
)
_SIGNS = ("@", "www.", "http:", "https:")
_ROMAN = re.compile(r"[IVX](?<!\w.)[IVX]*\b")
#: Where a sentence surely ends: an abbreviation is shorter than four letters.
_ENDS = re.compile(rf"[\n.!?](?:(?<=\n)\n*|(?<=[a-zà-ÿ]{{4}}[.!?])(?P<gap>{SP}+)(?=[A-ZÀ-Ý«]))")


def _numbered(text: str, low: str) -> Iterator[_Sentence]:
    """The sentences of ``text`` that hold a number; ``low`` is it in lower case."""
    for start, end in _sentences(text):
        digits = [match.start() for match in _DIGITS.finditer(text, start, end)]
        if (
            digits
            or _NUMBER_WORD.search(low, start, end)
            or any(text.find(sign, start, end) >= 0 for sign in _SIGNS)
            or _ROMAN.search(text, start, end)
        ):
            yield _Sentence(start, end, digits)


def _sentences(text: str) -> Iterator[Span]:
    start = 0
    for gap in _ENDS.finditer(text):
        yield start, gap.start("gap") if gap["gap"] else gap.start()
        start = gap.end()
    yield start, len(text)


def _reference(text: str, kind: ReferenceKind, start: int, length: int) -> Reference:
    return Reference(start=start, end=start + length, text=text[start : start + length], kind=kind)
