"""The declarations of sources: one TOML file for each site, checked strictly.

A mistake in a declaration is found when it is read, and named with its file, its key and what to
do. Recoupe's own declarations stand in `CATALOGUE`; a user's folders come beside it.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import fields
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import soupsieve

from recoupe.errors import ConfigurationError, RefusedError
from recoupe.records import Recipe, Source
from recoupe.scraper.address import on_hosts, parse, written_host

CATALOGUE = Path(__file__).with_name("catalogue")
MAX_LISTING_PAGES = 100

_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")
#: INSEE codes: départements 01–95, 2A, 2B, 971–989; regions are two digits as well.
_TERRITORY = re.compile(r"(?:\d{2}|2[AB]|9[78]\d)\Z")
_ADDRESSES = ("feeds", "sitemaps", "listings")
_RECIPE_SELECTORS = ("title", "standfirst", "body", "author", "published", "section")


def load_catalogue(folders: Sequence[Path] = (CATALOGUE,)) -> tuple[Source, ...]:
    """All the sources declared in ``*.toml`` files of some folders, in the order of file names.

    Raises `ConfigurationError` for a folder that is not there, a bad file, or a name given twice.
    """
    origins: dict[str, Path] = {}
    sources = []
    for folder in folders:
        if not folder.is_dir():
            raise ConfigurationError(f"{folder}: no such folder of sources; create or remove it")
        for path in sorted(folder.glob("*.toml")):
            source = load_source(path)
            if source.name in origins:
                raise ConfigurationError(
                    f"{path}: name: {source.name!r} is already the name of the source in "
                    f"{origins[source.name]}; rename one of them"
                )
            origins[source.name] = path
            sources.append(source)
    return tuple(sources)


def load_source(path: Path) -> Source:
    """Read one declaration; `ConfigurationError` names the file, the key and the remedy."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigurationError(f"{path}: cannot be read: {error}") from error
    except tomllib.TOMLDecodeError as error:
        raise ConfigurationError(f"{path}: not TOML: {error}") from error
    for problem in _problems_of_keys(data):
        raise ConfigurationError(f"{path}: {problem}")
    if isinstance(data.get("last_checked"), date):
        data["last_checked"] = data["last_checked"].isoformat()
    try:
        source = msgspec.convert(data, Source, strict=True)
    except msgspec.ValidationError as error:
        raise ConfigurationError(f"{path}: {_in_plain_words(str(error))}") from error
    for problem in problems(source):
        raise ConfigurationError(f"{path}: {problem}")
    return source


def problems(source: Source) -> Iterator[str]:
    """What is wrong with a source, one line for each mistake: key, value and remedy."""
    if not _NAME.match(source.name):
        yield f"name: {source.name!r}; use lower-case letters, digits and single hyphens"
    if not source.title.strip():
        yield "title: empty; write the name that readers know"
    yield from _problems_of_hosts(source)
    yield from _problems_of_listings(source)
    yield from _problems_of_selectors(source)
    if source.territory is not None and not _TERRITORY.match(source.territory):
        yield f"territory: {source.territory!r}; write the INSEE code of a département or region"
    if source.delay_seconds is not None and not 0 <= source.delay_seconds <= 3600:  # noqa: PLR2004
        yield f"delay_seconds: {source.delay_seconds}; write a number between 0 and 3600"
    if source.last_checked is not None and not _is_day(source.last_checked):
        yield f"last_checked: {source.last_checked!r}; write a day such as 2026-03-09"


def _problems_of_keys(data: dict[str, Any]) -> Iterator[str]:
    yield from _unknown(data, Source, "")
    recipe = data.get("recipe")
    if isinstance(recipe, dict):
        yield from _unknown(recipe, Recipe, "recipe.")


def _unknown(data: dict[str, Any], record: type[Source | Recipe], prefix: str) -> Iterator[str]:
    known = [field.name for field in fields(record)]
    for key in data:
        if key not in known:
            yield f"{prefix}{key}: unknown key; the known ones are {', '.join(known)}"


def _problems_of_hosts(source: Source) -> Iterator[str]:
    if not source.hosts:
        yield "hosts: empty; name the hosts that the source's pages are on"
        return
    for host in source.hosts:
        if not _is_host(host):
            yield f"hosts: {host!r}; write a host alone in lower case, such as 'www.example.fr'"
            return
    for key in _ADDRESSES:
        for url in getattr(source, key):
            try:
                inside = on_hosts(url, source.hosts)
            except RefusedError as error:
                yield f"{key}: {error}"
                continue
            if not inside:
                yield f"{key}: {url} is on none of hosts; add {parse(url).netloc!r} to hosts"


def _problems_of_listings(source: Source) -> Iterator[str]:
    if source.listings and not source.listing_item:
        yield "listing_item: missing; write the CSS selector of the links on a listing"
    for key in ("listing_item", "listing_next"):
        if getattr(source, key) and not source.listings:
            yield f"{key}: there are no listings; add listings or remove it"
    if not 1 <= source.max_listing_pages <= MAX_LISTING_PAGES:
        yield (
            f"max_listing_pages: {source.max_listing_pages}; "
            f"write a number between 1 and {MAX_LISTING_PAGES}"
        )


def _problems_of_selectors(source: Source) -> Iterator[str]:
    selectors = [(key, getattr(source, key)) for key in ("listing_item", "listing_next")]
    selectors += [(f"recipe.{key}", getattr(source.recipe, key)) for key in _RECIPE_SELECTORS]
    selectors += [("recipe.remove", selector) for selector in source.recipe.remove]
    for key, selector in selectors:
        if selector is None:
            continue
        try:
            soupsieve.compile(selector)
        except (soupsieve.SelectorSyntaxError, ValueError) as error:
            yield f"{key}: {selector!r} is not a CSS selector: {str(error).splitlines()[0]}"


def _is_host(host: str) -> bool:
    try:
        written_host(host)
    except RefusedError:
        return False
    return host == host.lower()


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _in_plain_words(message: str) -> str:
    # msgspec says: Expected `int`, got `str` - at `$.max_listing_pages`
    what, _, where = message.partition(" - at `$.")
    if where:
        return f"{where.rstrip('`')}: {what[0].lower()}{what[1:]}; correct its value"
    missing = re.search(r"missing required field `(\w+)`", message)
    return f"{missing[1]}: missing; add it" if missing else message
