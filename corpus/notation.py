r"""The notation of gold annotations: a line of the text, and under it what stands in the line.

    @3 Déjà plus de 260 millions d’euros (sur le 1,36 milliard annoncé) ont été engagés.
      figure 14 {260 millions d’euros} id=f1 kind=amount value=260000000 unit=EUR status=committed
      compare relation=announced_vs_reported left=f2 right=f1

``@`` and a number name a line of the text, counted from 1, and spell it. An indented entry is a
word for its kind; then, unless it has no place of its own, the column at which it begins in the
line, counted from 1, and its characters in braces, ``\n`` for a line end; then ``key=value``, the
value in braces where it has spaces. In a draft the spelled line, the columns, or both may be left
out; ``{4}#2`` then means the second place where « 4 » stands in the line. ``#`` begins a comment.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from recoupe.errors import ConfigurationError

_MARK = re.compile(r"@(?P<number>[1-9]\d*)(?: (?P<text>.*))?")
_HEAD = re.compile(
    r"(?P<kind>[a-z]+)(?: (?P<column>[1-9]\d*))?(?: \{(?P<spelled>[^{}]*)\}(?:#(?P<nth>[1-9]))?)?"
)
_FIELD = re.compile(r" (?P<key>[a-z_]+)=(?:\{(?P<braced>[^{}]*)\}|(?P<bare>[^\s{}]+))")
_BARE = re.compile(r"[^\s{}]+")


class NotationError(ConfigurationError):
    """Annotations that cannot be used; says every file, line and reason."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = tuple(problems)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One annotation as written; ``line`` is its line in the file, ``nth`` belongs to drafts."""

    line: int
    kind: str
    column: int | None = None
    spelled: str | None = None
    nth: int | None = None
    fields: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """One line of a text with its annotations; ``text`` is ``None`` where a draft spells none."""

    line: int
    number: int
    text: str | None
    entries: tuple[Entry, ...]


def parse(content: str, *, where: Path) -> tuple[Passage, ...]:
    """The passages of a file; raises `NotationError` with each line that cannot be read."""
    passages: list[Passage] = []
    problems: list[str] = []
    for number, line in enumerate(content.split("\n"), start=1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        if (passage := _passage(line, number)) is not None:
            passages.append(passage)
        elif passages and (entry := _entry(line, number)) is not None:
            last = passages[-1]
            passages[-1] = replace(last, entries=(*last.entries, entry))
        else:
            problems.append(f"{where}:{number}: cannot be read: {line.strip()[:70]!r}")
    if problems:
        raise NotationError(problems)
    return tuple(passages)


def written(passages: Sequence[Passage]) -> str:
    """The passages as a file, as `parse` reads it."""
    blocks = ("\n".join(_passage_lines(passage)) for passage in passages)
    return "\n\n".join(blocks) + "\n"


def _passage(line: str, number: int) -> Passage | None:
    match = _MARK.fullmatch(line)
    if match is None:
        return None
    return Passage(line=number, number=int(match["number"]), text=match["text"], entries=())


def _entry(line: str, number: int) -> Entry | None:
    stripped = line.strip(" ")
    head = _HEAD.match(stripped)
    if head is None or not line.startswith(" "):
        return None
    fields = _fields(stripped[head.end() :])
    if fields is None:
        return None
    return Entry(
        line=number,
        kind=head["kind"],
        column=int(head["column"]) if head["column"] else None,
        spelled=None if head["spelled"] is None else head["spelled"].replace("\\n", "\n"),
        nth=int(head["nth"]) if head["nth"] else None,
        fields=fields,
    )


def _fields(rest: str) -> dict[str, str] | None:
    """The fields after an entry's span; ``None`` where one is unreadable or stands twice."""
    fields: dict[str, str] = {}
    at = 0
    while at < len(rest):
        match = _FIELD.match(rest, at)
        if match is None or match["key"] in fields:
            return None
        value = match["bare"] if match["braced"] is None else match["braced"]
        fields[match["key"]] = value.replace("\\n", "\n")
        at = match.end()
    return fields


def _passage_lines(passage: Passage) -> Iterator[str]:
    yield f"@{passage.number}" if passage.text is None else f"@{passage.number} {passage.text}"
    for entry in passage.entries:
        yield "  " + " ".join(_entry_words(entry))


def _entry_words(entry: Entry) -> Iterator[str]:
    yield entry.kind
    if entry.column is not None:
        yield str(entry.column)
    if entry.spelled is not None:
        yield _braced(entry.spelled) + (f"#{entry.nth}" if entry.nth else "")
    for key, value in entry.fields.items():
        yield f"{key}={value if _BARE.fullmatch(value) else _braced(value)}"


def _braced(value: str) -> str:
    return "{" + value.replace("\n", "\\n") + "}"
