"""The articles and releases of the corpus, read strictly from ``documents/*/*.txt`` and ``*.toml``.

The text is the truth: gold annotations count its code points, so nothing is corrected on the way
in. A file that breaks the conventions of `corpus/README.md` is an error that names it.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal, get_args

import msgspec

from recoupe.corpus import sources
from recoupe.corpus.blocks import Block, Paragraph, parse_blocks
from recoupe.errors import ConfigurationError, UsageError
from recoupe.records import DocumentKind

FOLDER = Path(__file__).with_name("documents")

#: Rules and models are written against ``dev``; ``test`` is scored, not read, while writing them.
Part = Literal["dev", "test"]
PARTS: tuple[Part, ...] = get_args(Part)

Family = Literal["jsonld", "dsfr", "spip", "wordpress", "regional1252", "pdf"]
Genre = Literal[
    "appointments",
    "audit",
    "company",
    "council-of-ministers",
    "departement",
    "dispatch",
    "interview",
    "keyfigures",
    "minutes",
    "ministry",
    "national",
    "prefecture",
    "presskit",
    "question",
    "region",
    "regional",
    "speech",
    "trade",
]

_PLACES: dict[Family, str] = {
    "jsonld": "{day:%Y/%m/%d}/{slug}.html",
    "wordpress": "{day:%Y/%m}/{slug}/",
    "dsfr": "actualites/{slug}",
    "spip": "{slug}.html",
    "regional1252": "actu/{slug}.htm",
    "pdf": "contenu/telechargement/{slug}.pdf",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One text of the corpus with what its page says about it.

    ``text`` is the text file without its last line end; ``blocks`` are the same characters, parsed,
    the standfirst among them where there is one. Dates are instants with their offset from UTC.
    """

    slug: str
    part: Part
    title: str
    standfirst: str | None
    author: str | None
    published_at: str
    modified_at: str | None
    source: str
    family: Family
    genre: Genre
    section: str
    kind: DocumentKind
    paywalled: bool
    programmes: tuple[str, ...]
    text: str
    blocks: tuple[Block, ...]

    @property
    def body(self) -> tuple[Block, ...]:
        """The blocks after the standfirst."""
        return self.blocks[1:] if self.standfirst else self.blocks

    @property
    def published(self) -> datetime:
        """The instant of publication."""
        return datetime.fromisoformat(self.published_at)

    @property
    def changed(self) -> datetime:
        """The instant of the last change, of publication where there was none."""
        return datetime.fromisoformat(self.modified_at or self.published_at)

    @property
    def path(self) -> str:
        """Where the newsroom serves it: an address as sites of its family have them."""
        place = _PLACES[self.family].format(day=self.published, slug=self.slug)
        return f"/{self.source}/{place}"


class _Metadata(msgspec.Struct, forbid_unknown_fields=True, kw_only=True, frozen=True):
    """The keys of a document's TOML file; those with a default may be absent."""

    title: str
    standfirst: str | None = None
    author: str | None = None
    published_at: str
    modified_at: str | None = None
    source: str
    family: Family
    genre: Genre
    section: str
    slug: str
    kind: DocumentKind
    paywalled: bool
    programmes: tuple[str, ...]


def load(part: Part | None = None, *, folder: Path = FOLDER) -> tuple[Document, ...]:
    """The documents of one part, of both by default, oldest first.

    Raises `ConfigurationError` naming the file and the key for anything that is not as it should.
    """
    documents = [
        _document(folder / name / f"{slug}.toml", name)
        for name in ((part,) if part else PARTS)
        for slug in _slugs(folder / name)
    ]
    if not documents:
        raise ConfigurationError(f"{folder}: no documents in this folder")
    return tuple(sorted(documents, key=lambda document: (document.published, document.slug)))


def part_named(name: str) -> Part:
    """The part of this name; raises `UsageError` where there is none."""
    for part in PARTS:
        if part == name:
            return part
    raise UsageError(f"no part {name!r}; the corpus has {' and '.join(PARTS)}")


def _slugs(folder: Path) -> set[str]:
    slugs = {path.stem for path in folder.glob("*.txt")}
    described = {path.stem for path in folder.glob("*.toml")}
    for slug in sorted(slugs ^ described):
        missing = ".toml" if slug in slugs else ".txt"
        raise ConfigurationError(f"{folder / slug}{missing}: missing beside its twin; add it")
    return slugs


def _document(path: Path, part: Part) -> Document:
    """Read one TOML file and the text beside it."""
    metadata = _metadata(path)
    text_path = path.with_suffix(".txt")
    text = _text(text_path)
    blocks = parse_blocks(text, where=text_path)
    for key, problem in _problems(metadata, blocks, stem=path.stem):
        raise ConfigurationError(f"{path}: {key}: {problem}")
    return Document(**msgspec.structs.asdict(metadata), part=part, text=text, blocks=blocks)


def _metadata(path: Path) -> _Metadata:
    try:
        data = tomllib.loads(_decoded(path))
    except tomllib.TOMLDecodeError as error:
        raise ConfigurationError(f"{path}: not TOML: {error}") from error
    try:
        return msgspec.convert(data, _Metadata)
    except msgspec.ValidationError as error:
        raise ConfigurationError(f"{path}: {error}") from error


def _text(path: Path) -> str:
    text = _decoded(path)
    if not text.endswith("\n") or text.endswith("\n\n"):
        raise ConfigurationError(f"{path}: text: end it with exactly one line end")
    for number, line in enumerate(text.removesuffix("\n").split("\n"), start=1):
        if line != line.strip() or "\r" in line or "\t" in line:
            raise ConfigurationError(f"{path}: line {number}: white space at an end, or a tab")
    if "\n\n\n" in text:
        raise ConfigurationError(f"{path}: text: two empty lines together; leave one")
    return text.removesuffix("\n")


def _decoded(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigurationError(f"{path}: cannot be read: {error}") from error


def _problems(
    metadata: _Metadata, blocks: Sequence[Block], *, stem: str
) -> Iterator[tuple[str, str]]:
    """Each mistake as its key and what is wrong."""
    if metadata.slug != stem:
        yield "slug", f"{metadata.slug!r}; the file is called {stem!r}"
    known = sources.declared().get(metadata.source)
    if known is None:
        yield "source", f"{metadata.source!r} is not in {sources.SOURCES.name}; declare it there"
    elif metadata.kind != known.kind:
        yield "kind", f"{metadata.kind!r}; {metadata.source} is declared as {known.kind!r}"
    elif metadata.family == "pdf" and known.letterhead is None:
        yield "family", f"'pdf'; {metadata.source} has no letterhead in {sources.SOURCES.name}"
    for key in ("title", "standfirst", "author", "section"):
        value = getattr(metadata, key)
        if value is not None and (not value or value != value.strip()):
            yield key, "empty, or with white space at an end; write it or leave the key out"
    if metadata.standfirst is not None and blocks[0] != Paragraph(metadata.standfirst):
        yield "standfirst", "is not the first block of the text; make them the same"
    for key in ("published_at", "modified_at"):
        value = getattr(metadata, key)
        if value is not None and not _is_instant(value):
            yield key, f"{value!r}; write an instant such as 2019-09-25T08:30:00+02:00"


def _is_instant(value: str) -> bool:
    try:
        return datetime.fromisoformat(value).tzinfo is not None
    except ValueError:
        return False
