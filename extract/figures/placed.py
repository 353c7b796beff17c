"""Figures placed among the words, sentences, and lists of their text.

`whole_features` reads from here what stands around a figure and how two figures lie to one another.
Words are lower-case; a number is "0"; a stem is the first letters of a word, which stands for its
forms well enough.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from recoupe.extract.figures.leaning import is_hoped, is_no_part
from recoupe.extract.figures.passage import is_compared
from recoupe.extract.layout import Layout
from recoupe.extract.surface import lower
from recoupe.records import Quantity, Span

_WORD = re.compile(r"[^\W\d_]+['’]?|\d[\d\s.,]*|[^\w\s]")
_NUMBER = "0"
_STEM = 6
#: Sentences and paragraphs further apart than this are all alike.
_FAR_SENTENCES = 3
_FAR_PARAGRAPHS = (1, 2, 3, 6)


def stem(word: str) -> str:
    """The first letters of a word."""
    return word[:_STEM]


@dataclass(frozen=True)
class Told:
    """What stands before and after a figure in its sentence and line, and its noun."""

    text: str
    figure: Quantity
    before: Sequence[str]
    after: Sequence[str]
    noun: str | None

    @cached_property
    def lent(self) -> bool:
        """Whether its noun is said before it or not at all."""
        return self.figure.object_start is None or self.figure.object_start < self.figure.start

    @cached_property
    def last(self) -> str:
        """The word before it."""
        return self.before[-1] if self.before else "^"

    @cached_property
    def first(self) -> str:
        """The word after it."""
        return self.after[0] if self.after else "$"

    @cached_property
    def two_before(self) -> str:
        """The two words before it."""
        return " ".join(self.before[-2:])

    @cached_property
    def two_after(self) -> str:
        """The stems of the two words after it."""
        return " ".join(map(stem, self.after[:2]))

    @cached_property
    def is_no_part(self) -> bool:
        """Whether words tell another level of a thing, or count something else."""
        return is_no_part(self.text, self.figure.span)

    @cached_property
    def is_hoped(self) -> bool:
        """Whether it was only hoped or asked for."""
        return is_hoped(self.text, self.figure.span)

    @cached_property
    def is_held(self) -> bool:
        """Whether another figure is held against it."""
        return is_compared(self.text, self.figure.span, counted=self.figure.kind != "amount")


class Placed:
    """The figures of one text, with what stands around each."""

    def __init__(
        self, layout: Layout, figures: Sequence[Quantity], sentences: Sequence[Span]
    ) -> None:
        """``sentences`` are the bounds of all sentences, in order."""
        self.layout = layout
        self.figures = figures
        self._bounds = sentences
        starts = [start for start, _ in sentences]
        self.sentence = [max(0, bisect_right(starts, f.start) - 1) for f in figures]
        self.line = [layout.line_at(figure.start) for figure in figures]
        self.is_row = [layout.is_row(line) for line in self.line]
        self.is_item = [layout.is_item(line) for line in self.line]
        self._told: dict[int, Told] = {}
        #: Where the words of a line begin, and the words.
        self._read_lines: dict[int, tuple[Sequence[int], Sequence[str]]] = {}

    def words(self, start: int, end: int) -> Sequence[str]:
        """The words that begin between two characters."""
        first, last = self.layout.line_at(start), self.layout.line_at(max(start, end - 1))
        if first == last:
            return self._within(first, start, end)
        return [word for line in range(first, last + 1) for word in self._within(line, start, end)]

    def _within(self, line: int, start: int, end: int) -> Sequence[str]:
        """Those of one line, which is read once, when it is first asked for."""
        if line not in self._read_lines:
            begin, stop = self.layout.lines[line]
            matches = list(_WORD.finditer(lower(self.layout.text[begin:stop])))
            self._read_lines[line] = (
                [begin + match.start() for match in matches],
                [_NUMBER if match[0][0].isdigit() else match[0] for match in matches],
            )
        starts, words = self._read_lines[line]
        return words[bisect_left(starts, start) : bisect_left(starts, end)]

    def between(self, one: int, other: int) -> Sequence[str]:
        """The words between two figures."""
        first, second = (one, other) if one < other else (other, one)
        return self.words(self.figures[first].end, self.figures[second].start)

    def place(self, part: int, whole: int) -> str:
        """How a whole lies to its part: "s0" in its sentence, "lead" over its list, "p1"."""
        if self.is_row[whole]:
            return "table"
        if self.line[part] == self.line[whole]:
            apart = abs(self.sentence[part] - self.sentence[whole])
            return f"s{min(apart, _FAR_SENTENCES)}"
        if self.is_item[part] and self.leads[part] == self.line[whole]:
            return "lead"
        if self.is_item[part] and self.is_item[whole] and self.leads[part] == self.leads[whole]:
            return "items"
        apart = abs(self._paragraph[part] - self._paragraph[whole])
        return f"p{max((far for far in _FAR_PARAGRAPHS if far <= apart), default=0)}"

    def opens_line(self, number: int) -> bool:
        """Whether a figure is the first of its line."""
        return number == 0 or self.line[number - 1] != self.line[number]

    @cached_property
    def leads(self) -> Sequence[int | None]:
        """For each figure in an item of a list the line that introduces the list."""
        return [
            self._lead(line) if item else None
            for line, item in zip(self.line, self.is_item, strict=True)
        ]

    def _lead(self, line: int) -> int | None:
        span = self.layout.lead_in(line)
        return None if span is None else self.layout.line_at(span[0])

    @cached_property
    def _paragraph(self) -> Sequence[int]:
        """For each figure how many lines with words there are up to its own."""
        count, counts = 0, []
        for start, end in self.layout.lines:
            count += bool(self.layout.text[start:end].strip())
            counts.append(count)
        return [counts[line] for line in self.line]

    def told(self, number: int) -> Told:
        """What is told around a figure, read once."""
        if number not in self._told:
            self._told[number] = self._read(number)
        return self._told[number]

    def _read(self, number: int) -> Told:
        figure = self.figures[number]
        first, last = self.layout.lines[self.line[number]]
        if self._bounds:
            start, end = self._bounds[self.sentence[number]]
            first, last = max(first, start), min(last, end)
        before = [word for word in self.words(first, figure.start) if word != _NUMBER]
        noun = None
        if figure.object_start is not None and figure.object_end is not None:
            noun = next(iter(self.words(figure.object_start, figure.object_end)), None)
        after = self.words(figure.end, last)
        return Told(self.layout.text, figure, before, after, noun and stem(noun))
