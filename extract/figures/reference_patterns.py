"""The patterns of ``references.toml``, compiled, and where in a sentence each is worth trying.

To search each sentence for all of them would take a third of the time that figures take. Most begin
with a word, or want one, that few sentences hold: so each word of a sentence is looked up, once in
its life, and says which patterns may match there.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, NamedTuple

from recoupe.extract.figures.numerals import SP, SPACES
from recoupe.extract.phrases import vocabulary
from recoupe.records import ReferenceKind, Span

_Entry = Mapping[str, Any]
#: Stands for every run of digits among what a pattern begins with.
_RUN = "0"
_WORD = re.compile(r"[^\W\d_]+")
#: Beginnings of words are looked up by so many of their letters.
_LETTERS = 4
_NONE: AbstractSet[int] = frozenset()


class Sentence(NamedTuple):
    """The place of a sentence, and where its runs of digits begin."""

    start: int
    end: int
    digits: Sequence[int]


class Attempt(NamedTuple):
    """A sentence to try a pattern on: at these places only, or anywhere."""

    sentence: Sentence
    places: Sequence[int] | None


@dataclass(frozen=True, slots=True)
class Pattern:
    """One entry of the data file; ``number`` are the groups of which the first is its number."""

    kind: ReferenceKind
    regex: re.Pattern[str]
    number: tuple[str | int, ...]

    def spans(self, text: str, attempt: Attempt) -> Iterator[Span]:
        """Where its numbers stand in a sentence."""
        for match in self.matches(text, attempt):
            yield match.span(next((name for name in self.number if match[name]), 0))

    def matches(self, text: str, attempt: Attempt) -> Iterator[re.Match[str]]:
        """What `re.Pattern.finditer` finds in a sentence."""
        done, end = attempt.sentence.start, attempt.sentence.end
        if attempt.places is None:
            yield from self.regex.finditer(text, done, end)
            return
        for place in sorted(attempt.places):
            match = self.regex.match(text, place, end) if place >= done else None
            if match is not None:
                yield match
                done = match.end()


class _Call(NamedTuple):
    """The patterns that want a word, and those that may begin with it."""

    wanted: AbstractSet[int]
    begun: AbstractSet[int]


class Patterns:
    """All patterns in the order of the file, and which of them a sentence calls for."""

    def __init__(self, entries: Sequence[_Entry]) -> None:
        self.all = [_compiled(entry) for entry in entries]
        every = frozenset(range(len(entries)))
        self._of_words = frozenset(i for i, entry in enumerate(entries) if entry.get("words"))
        self._needs, self._begins = _Forms(entries, "needs"), _Forms(entries, "begins")
        self._always = every - self._needs.naming
        self._anywhere = every - self._begins.naming
        self._call = lru_cache(maxsize=50_000)(self._called)

    def _called(self, word: str) -> _Call | None:
        call = _Call(self._needs.of(word), self._begins.of(word))
        return call if any(call) else None

    def attempts(self, low: str, sentence: Sentence) -> Iterator[tuple[int, Attempt]]:
        """The patterns to try on a sentence of a text in lower case, and where."""
        words = _WORD.finditer(low, sentence.start, sentence.end)
        calls = [(word.start(), call) for word in words if (call := self._call(word[0]))]
        wanted = self._always.union(*(call.wanted for _, call in calls))
        for _, named in self._needs.signs_in(low, sentence):
            wanted |= named
        if not sentence.digits:
            wanted &= self._of_words
        places: dict[int, list[int]] = defaultdict(list)
        for start, call in calls:
            for index in call.begun & wanted:
                places[index].append(start)
        for sign, named in self._begins.signs_in(low, sentence):
            found = sentence.digits if sign == _RUN else _places(sign, low, sentence)
            for index in named & wanted:
                places[index] += found
        yield from ((index, Attempt(sentence, None)) for index in wanted & self._anywhere)
        yield from ((index, Attempt(sentence, found)) for index, found in places.items())


class _Forms:
    """Words, beginnings of words (« phase* ») and signs, each with the patterns that name it."""

    def __init__(self, entries: Sequence[_Entry], key: str) -> None:
        #: The patterns that name anything.
        self.naming = {index for index, entry in enumerate(entries) if key in entry}
        self._words: dict[str, set[int]] = defaultdict(set)
        self._stems: dict[str, set[int]] = defaultdict(set)
        signs: dict[str, set[int]] = defaultdict(set)
        for index in self.naming:
            for form in entries[index][key]:
                kind = self._stems if form.endswith("*") else self._words
                (kind if form.rstrip("*").isalpha() else signs)[form.rstrip("*")].add(index)
        #: The stems by their first letters, and how many letters these may be.
        self._begun: dict[str, list[str]] = defaultdict(list)
        for stem in self._stems:
            self._begun[stem[:_LETTERS]].append(stem)
        self._lengths = sorted({len(letters) for letters in self._begun})
        #: By their first characters, which few sentences hold.
        self._signs: dict[str, list[tuple[str, set[int]]]] = defaultdict(list)
        for sign, indices in signs.items():
            self._signs["" if sign == _RUN else sign[0]].append((sign, indices))

    def of(self, word: str) -> AbstractSet[int]:
        """The patterns that name this word, or a beginning of it."""
        named: AbstractSet[int] = self._words.get(word, _NONE)
        for length in self._lengths:
            for stem in self._begun.get(word[:length], ()):
                if word.startswith(stem):
                    named = named | self._stems[stem]
        return named

    def signs_in(self, low: str, sentence: Sentence) -> Iterator[tuple[str, AbstractSet[int]]]:
        """The signs that a sentence holds, each with the patterns that name it."""
        within = low[sentence.start : sentence.end]
        for first, signs in self._signs.items():
            if first in within:
                yield from (each for each in signs if each[0] == _RUN or each[0] in within)


def _places(sign: str, low: str, sentence: Sentence) -> list[int]:
    places: list[int] = []
    place = low.find(sign, sentence.start, sentence.end)
    while place >= 0:
        places.append(place)
        place = low.find(sign, place + 1, sentence.end)
    return places


@cache
def reference_patterns() -> Patterns:
    """Those of the data file."""
    return Patterns(vocabulary("references")["reference"])


def _compiled(entry: _Entry) -> Pattern:
    regex = re.compile(_expanded(entry["pattern"]))
    return Pattern(
        kind=entry["kind"],
        regex=regex,
        number=tuple(name for name in regex.groupindex if name.startswith("number")),
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
