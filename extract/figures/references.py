"""Numbers that are no figure: telephone numbers, roads, law articles, ages, hours, names.

The patterns are data (``references.toml``); this module compiles them and keeps, where two kinds
claim the same place, the one that stands first in the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from recoupe.extract.figures.dumps import without_dumps
from recoupe.extract.figures.numerals import SP, SPACES
from recoupe.extract.phrases import vocabulary
from recoupe.records import Reference, ReferenceKind, Span


@cache
def _patterns() -> tuple[tuple[ReferenceKind, re.Pattern[str], Sequence[str], bool], ...]:
    """Kind, pattern, words of which one is needed, and whether it matches without a digit."""
    return tuple(
        (
            entry["kind"],
            re.compile(_expanded(entry["pattern"])),
            entry.get("needs", ()),
            entry.get("words", False),
        )
        for entry in vocabulary("references")["reference"]
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
    written = [(place, squeezed.text[slice(*place)].lower()) for place in _numbered(squeezed.text)]
    digits = [(place, low) for place, low in written if _DIGIT.search(low)]
    whole = squeezed.text.lower()
    for kind, pattern, needs, words in _patterns():
        present = [need for need in needs if need in whole]
        if needs and not present:
            continue
        groups = [name for name in pattern.groupindex if name.startswith("number")]
        for match in (
            match
            for place, low in (written if words else digits)
            if not needs or any(need in low for need in present)
            for match in pattern.finditer(squeezed.text, *place)
        ):
            start, end = match.span(next((name for name in groups if match[name]), 0))
            if end > start and not any(busy[start:end]):
                found.append(_reference(text, kind, squeezed.origin(start), end - start))
                busy[start:end] = b"\1" * (end - start)
    return sorted(found, key=lambda reference: reference.start)


#: A sentence without any of these holds no reference; most of a text is passed over so.
_NUMBER = re.compile(
    r"\d|@|www\.|https?:|\b[IVX]+\b|(?i:\b(?:une?|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|"
    r"douze|treize|quatorze|quinze|seize|vingt|trente|quarante|cinquante|soixante|cent|mille))"
)
_DIGIT = re.compile(r"\d")
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
