"""Completes drafts of gold annotations: spells the lines, finds the columns.

    python -m recoupe.corpus.align SLUG…           the documents' own files, after an edit
    python -m recoupe.corpus.align --cases FILE…   files of hard cases
    python -m recoupe.corpus.align --folder FOLDER SLUG…   a reading kept elsewhere

A draft names lines (``@3``) and spells what stands in them (``{4}``, ``{4}#2`` for the second place
where it stands by itself); spaces and apostrophes may be plain. Nothing is written where anything
is ambiguous: every problem is listed with file, line and reason.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from recoupe.corpus.documents import FOLDER, Document, load
from recoupe.corpus.entries import plain
from recoupe.corpus.gold import line_starts, load_cases, load_gold
from recoupe.corpus.notation import Entry, NotationError, Passage, parse, written

_DIGITS_BEFORE = re.compile(r"\d[,.]\d|(?<!\d)\d{1,3} \d{3}(?!\d)")
_DIGITS_AFTER = re.compile(r"\d(?:,\d|[. ]\d{3}(?!\d))")


def complete(content: str, text: str, *, where: Path) -> str:
    """A draft of the annotations of ``text``, every line spelled, every column found."""
    drafted: dict[int, list[Entry]] = {}
    for passage in parse(content, where=where):
        drafted.setdefault(passage.number, []).extend(passage.entries)
    lines = text.split("\n")
    problems = [
        f"{where}: @{number}: the text has no such line, or it is empty"
        for number in drafted
        if not (number <= len(lines) and lines[number - 1])
    ]
    starts, passages = line_starts(text), []
    for number, line in enumerate(lines, start=1):
        if not line:
            continue
        entries = []
        for entry in drafted.get(number, ()):
            try:
                entries.append(_placed(entry, text, starts[number - 1], len(line)))
            except ValueError as error:
                problems.append(f"{where}:{entry.line}: {entry.kind}: {error}")
        ordered = sorted(entries, key=lambda e: (e.column or 1_000_000, -len(e.spelled or "")))
        passages.append(Passage(line=0, number=number, text=line, entries=tuple(ordered)))
    if problems:
        raise NotationError(problems)
    return written(passages)


def complete_cases(content: str, *, where: Path) -> str:
    """A draft of hard cases, which spell their own sentences, with every column found."""
    problems, passages = [], []
    for passage in parse(content, where=where):
        text, entries = passage.text or "", []
        for entry in passage.entries:
            try:
                entries.append(_placed(entry, text, 0, len(text)))
            except ValueError as error:
                problems.append(f"{where}:{entry.line}: {entry.kind}: {error}")
        passages.append(replace(passage, entries=tuple(entries)))
    if problems:
        raise NotationError(problems)
    return written(passages)


def _placed(entry: Entry, text: str, start: int, length: int) -> Entry:
    """With the column and the very characters of its span; one that already fits stays."""
    if entry.spelled is None:
        return entry
    wanted, hay = plain(entry.spelled), plain(text)
    if not wanted:
        raise ValueError("the braces are empty")
    found = list(_places(hay, wanted, start, start + length))
    if entry.column is not None and start + entry.column - 1 in found:
        at = start + entry.column - 1
    else:
        at = _chosen(found, entry)
    exact = text[at : at + len(wanted)]
    return replace(entry, column=at - start + 1, spelled=exact, nth=None)


def _chosen(found: list[int], entry: Entry) -> int:
    shown = (entry.spelled or "")[:60]
    if not found:
        raise ValueError(f"{shown!r} does not stand by itself in this line")
    if entry.nth is None and len(found) > 1:
        raise ValueError(f"{shown!r} stands {len(found)} times in this line; write #1, #2…")
    if entry.nth is not None and entry.nth > len(found):
        raise ValueError(f"{shown!r} stands only {len(found)} times in this line")
    return found[(entry.nth or 1) - 1]


def _places(text: str, words: str, start: int, end: int) -> Iterator[int]:
    """Where words begin within a line, not in the middle of a word or of a number."""
    at = text.find(words, start)
    while 0 <= at < end:
        before, after = text[at - 1 : at], text[at + len(words) : at + len(words) + 1]
        inside = (before.isalnum() and words[0].isalnum()) or (
            after.isalnum() and words[-1].isalnum()
        )
        if not inside and not _in_number(text, at, at + len(words)):
            yield at
        at = text.find(words, at + 1)


def _in_number(text: str, start: int, end: int) -> bool:
    """Whether the span is a group of digits in a longer number: « 4 » in « 4 200 » or « 3,4 »."""
    before = any(
        match.end() > start > match.start()
        for match in _DIGITS_BEFORE.finditer(text, max(start - 5, 0), start + 4)
    )
    return before or bool(_DIGITS_AFTER.match(text, end - 1))


def draft(document: Document) -> str:
    """The lines of a document with nothing under them."""
    numbered = enumerate(document.text.split("\n"), start=1)
    return "\n\n".join(f"@{number} {line}" for number, line in numbered if line) + "\n"


def main() -> int:
    """Complete and check each file named; 4 where one cannot be used."""
    options = argparse.ArgumentParser(description=__doc__, prog="python -m recoupe.corpus.align")
    options.add_argument("names", nargs="+")
    options.add_argument("--cases", action="store_true")
    options.add_argument("--folder", type=Path, default=FOLDER)
    options.add_argument("--print", action="store_true", help="print the numbered lines only")
    given = options.parse_args()
    documents = {document.slug: document for document in load()}
    failed = False
    for name in given.names:
        try:
            if given.print:
                sys.stdout.write(draft(documents[name]))
            elif given.cases:
                path = Path(name)
                path.write_text(complete_cases(path.read_text("utf-8"), where=path), "utf-8")
                load_cases(path, "dev")
                sys.stdout.write(f"{path}: complete\n")
            else:
                _complete_document(documents[name], given.folder)
        except NotationError as error:
            failed = True
            sys.stderr.write(f"{error}\n")
    return 4 if failed else 0


def _complete_document(document: Document, folder: Path) -> None:
    path = folder / document.part / f"{document.slug}.gold"
    completed = complete(path.read_text("utf-8"), document.text, where=path)
    path.write_text(completed, "utf-8")
    gold = load_gold(document, folder=folder)
    found = gold.extraction
    sys.stdout.write(
        f"{path}: {len(found.quantities)} figures, {len(found.dates)} dates, "
        f"{len(found.territories)} territories, {len(found.people)} people, "
        f"{len(found.organisations)} organisations, {len(found.programmes)} programmes, "
        f"{len(found.quotes)} quotes, {len(found.comparisons)} comparisons\n"
    )


if __name__ == "__main__":
    sys.exit(main())
