"""Numbers that are no figure: telephone numbers, roads, law articles, ages, hours, names.

The patterns are data (``references.toml``); this module compiles them and keeps, where two kinds
claim the same place, the one that stands first in the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from recoupe.extract.figures.dumps import without_dumps
from recoupe.extract.figures.numerals import SP, SPACES
from recoupe.extract.phrases import vocabulary
from recoupe.records import Reference, ReferenceKind, Span


@cache
def _patterns() -> tuple[tuple[ReferenceKind, re.Pattern[str]], ...]:
    entries = vocabulary("references")["reference"]
    return tuple((entry["kind"], re.compile(_expanded(entry["pattern"]))) for entry in entries)


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
    for kind, pattern in _patterns():
        for match in pattern.finditer(squeezed.text):
            start, end = match.span("number" if match.groupdict().get("number") else 0)
            if end > start and not any(busy[start:end]):
                found.append(_reference(text, kind, squeezed.origin(start), end - start))
                busy[start:end] = b"\1" * (end - start)
    return sorted(found, key=lambda reference: reference.start)


def _reference(text: str, kind: ReferenceKind, start: int, length: int) -> Reference:
    return Reference(start=start, end=start + length, text=text[start : start + length], kind=kind)
