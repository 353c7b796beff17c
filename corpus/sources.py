"""The sources of the corpus, read strictly from ``sources.toml``: who publishes, found how.

A source is declared once; a document names it. Anything that is not as it should be is a
`ConfigurationError` with the file and the key.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Literal

import msgspec

from recoupe.errors import ConfigurationError
from recoupe.records import DocumentKind, Recipe

SOURCES = Path(__file__).with_name("sources.toml")

#: Markup of a site's pages; a document may also be a PDF.
Markup = Literal["jsonld", "dsfr", "spip", "wordpress", "regional1252"]
Found = Literal["rss", "atom", "news-sitemap", "listing"]


class Letterhead(msgspec.Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    """How a source's PDFs are set; ``colour`` is red, green and blue, 0–255."""

    lines: tuple[str, ...]
    place: str
    colour: tuple[int, int, int]
    font: Literal["Helvetica", "Times"] = "Helvetica"
    columns: Literal[1, 2] = 1
    cover: bool = False
    motto: bool = False


class Declared(msgspec.Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    """One source; ``charset`` is what an old site's server says of its windows-1252 pages."""

    title: str
    tagline: str
    kind: DocumentKind
    family: Markup
    theme: str
    found: tuple[Found, ...]
    territory: str | None = None
    charset: str | None = None
    recipe: Recipe = Recipe()
    letterhead: Letterhead | None = None

    @property
    def feed(self) -> Literal["rss", "atom"] | None:
        """The form of the source's feed, if it has one."""
        if "rss" in self.found:
            return "rss"
        return "atom" if "atom" in self.found else None


class SiteFamily(msgspec.Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    """What the sites of one markup share; addresses are relative to a site's root."""

    feed: str
    listing: str | None = None
    listing_page: str | None = None
    listing_item: str | None = None
    listing_next: str | None = None


class _File(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    families: dict[Markup, SiteFamily]
    sources: dict[str, Declared]


def declared() -> Mapping[str, Declared]:
    """All declared sources by their slug."""
    return _read(SOURCES).sources


def declaration(slug: str) -> Declared:
    """One declared source; raises `ConfigurationError` for any other."""
    try:
        return declared()[slug]
    except KeyError:
        raise ConfigurationError(f"{SOURCES}: sources.{slug}: missing; declare it") from None


def site_family(name: Markup) -> SiteFamily:
    """What the sites of one markup share."""
    return _read(SOURCES).families[name]


def read(path: Path) -> Mapping[str, Declared]:
    """The sources that a file of one's own declares."""
    return _read(path).sources


@cache
def _read(path: Path) -> _File:
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ConfigurationError(f"{path}: cannot be read: {error}") from error
    _check_recipes(data, path)
    try:
        found = msgspec.convert(data, _File)
    except msgspec.ValidationError as error:
        raise ConfigurationError(f"{path}: {error}") from error
    for key, problem in _problems(found):
        raise ConfigurationError(f"{path}: {key}: {problem}")
    return found


def _check_recipes(data: dict[str, Any], path: Path) -> None:
    """`Recipe` is a record of the product, which lets unknown keys pass."""
    known = set(Recipe.__dataclass_fields__)
    sources = data.get("sources")
    for slug, source in sources.items() if isinstance(sources, dict) else ():
        recipe = source.get("recipe") if isinstance(source, dict) else None
        for key in sorted(set(recipe) - known) if isinstance(recipe, dict) else ():
            raise ConfigurationError(f"{path}: sources.{slug}.recipe.{key}: unknown key")


def _problems(found: _File) -> Iterator[tuple[str, str]]:
    for slug, source in found.sources.items():
        key = f"sources.{slug}"
        if source.family not in found.families:
            yield f"{key}.family", f"{source.family!r} has no table under families; write it"
            continue
        if not source.found or len(set(source.found)) < len(source.found):
            yield f"{key}.found", "empty, or one way twice; write how documents are found"
        if {"rss", "atom"} <= set(source.found):
            yield f"{key}.found", "both rss and atom; choose one"
        if "listing" in source.found and found.families[source.family].listing is None:
            yield f"{key}.found", f"sites of family {source.family} have no listing; use a feed"
        if source.charset is not None and source.family != "regional1252":
            yield f"{key}.charset", "only old sites (regional1252) have one; leave it out"
