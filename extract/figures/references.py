"""Numbers that are no figure: telephone numbers, roads, law articles, ages, hours, names.

The patterns are data (`reference_patterns`); where two kinds claim the same place, the one that
stands first in the file has it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from recoupe.extract.figures.dumps import without_dumps
from recoupe.extract.figures.numerals import SP
from recoupe.extract.figures.reference_patterns import Attempt, Sentence, reference_patterns
from recoupe.extract.surface import lower
from recoupe.records import Reference, ReferenceKind, Span


def find_references(text: str, *, taken: Iterable[Span] = ()) -> list[Reference]:
    """Every reference of ``text`` in order; places already ``taken`` (dates) are left alone."""
    squeezed = without_dumps(text)
    busy = bytearray(len(squeezed.text))
    for start, end in squeezed.places(taken):
        busy[start:end] = b"\1" * (end - start)
    found: list[Reference] = []
    patterns = reference_patterns().all
    for index, attempts in sorted(_attempts(squeezed.text).items()):
        pattern = patterns[index]
        spans = (span for attempt in attempts for span in pattern.spans(squeezed.text, attempt))
        for start, end in spans:
            if end > start and not any(busy[start:end]):
                found.append(_reference(text, pattern.kind, squeezed.origin(start), end - start))
                busy[start:end] = b"\1" * (end - start)
    return sorted(found, key=lambda reference: reference.start)


def _attempts(text: str) -> dict[int, list[Attempt]]:
    """The sentences to try each pattern on, by the pattern's index."""
    attempts: dict[int, list[Attempt]] = defaultdict(list)
    patterns, low = reference_patterns(), lower(text)
    for sentence in _numbered(text, low):
        for index, attempt in patterns.attempts(low, sentence):
            attempts[index].append(attempt)
    return attempts


_DIGITS = re.compile(r"\d+")
#: A sentence without digits, a number in words or one of these signs holds no reference.
_NUMBER_WORD = re.compile(
    r"\b(?:une?|d(?:eux|ix|ouze)|tr(?:ois|eize|ente)|qu(?:at(?:re|orze)|arante|inze)|cinq|"
    r"s(?:ix|ept|eize|oixante)|huit|neuf|onze|vingt|cent|mille)"
)
_SIGNS = ("@", "www.", "http:", "https:")
_ROMAN = re.compile(r"[IVX](?<!\w.)[IVX]*\b")
#: Where a sentence surely ends: an abbreviation is shorter than four letters.
_ENDS = re.compile(rf"[\n.!?](?:(?<=\n)\n*|(?<=[a-zà-ÿ]{{4}}[.!?])(?P<gap>{SP}+)(?=[A-ZÀ-Ý«]))")


def _numbered(text: str, low: str) -> Iterator[Sentence]:
    """The sentences of ``text`` that hold a number; ``low`` is it in lower case."""
    for start, end in _sentences(text):
        digits = [match.start() for match in _DIGITS.finditer(text, start, end)]
        if (
            digits
            or _NUMBER_WORD.search(low, start, end)
            or any(text.find(sign, start, end) >= 0 for sign in _SIGNS)
            or _ROMAN.search(text, start, end)
        ):
            yield Sentence(start, end, digits)


def _sentences(text: str) -> Iterator[Span]:
    start = 0
    for gap in _ENDS.finditer(text):
        yield start, gap.start("gap") if gap["gap"] else gap.start()
        start = gap.end()
    yield start, len(text)


def _reference(text: str, kind: ReferenceKind, start: int, length: int) -> Reference:
    return Reference(start=start, end=start + length, text=text[start : start + length], kind=kind)
