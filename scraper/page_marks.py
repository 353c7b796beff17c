"""The names that sites give to the parts of a page, matched by whole words of `class` and `id`."""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Mapping
from importlib import resources
from typing import Any, Literal

from lxml.etree import _Element

Part = Literal["dropped", "standfirst", "author", "body"]

_CAMEL = re.compile(r"([a-z0-9])([A-Z])")
_SEPARATORS = re.compile(r"[_\-.:/]+")


def named(element: _Element, part: Part, *, with_id: bool = True) -> bool:
    """Whether a class (or the id) of the element bears a word of ``part``."""
    names = element.get("class") or ""
    if with_id:
        names = f"{names} {element.get('id') or ''}"
    return bool(names.strip()) and _pattern(part).search(_normal(names)) is not None


def is_standfirst(element: _Element) -> bool:
    """Whether class or itemprop says that the element is the chapô."""
    itemprop = (element.get("itemprop") or "").lower()
    return named(element, "standfirst", with_id=False) or itemprop in _itemprops()


@functools.cache
def wall_pattern() -> re.Pattern[str]:
    """What the prose of a cookie wall, a robot check or an error page says."""
    return re.compile("|".join(_data()["wall"]["patterns"]), re.IGNORECASE)


@functools.cache
def paywall_pattern() -> re.Pattern[str]:
    """What a page for subscribers says of its own article."""
    return re.compile("|".join(_data()["paywall"]["patterns"]), re.IGNORECASE)


@functools.lru_cache(maxsize=4096)
def _normal(names: str) -> str:
    """``"articleLireAussi box--big"`` → ``" article-lire-aussi box-big "``."""
    hyphenated = _SEPARATORS.sub("-", _CAMEL.sub(r"\1-\2", names))
    return f" {hyphenated.lower()} "


@functools.cache
def _pattern(part: Part) -> re.Pattern[str]:
    words = sorted(_data()[part]["words"], key=len, reverse=True)
    return re.compile(rf"(?<![a-z0-9])(?:{'|'.join(map(re.escape, words))})(?![a-z0-9])")


@functools.cache
def _itemprops() -> frozenset[str]:
    return frozenset(_data()["standfirst"]["itemprops"])


@functools.cache
def _data() -> Mapping[str, Any]:
    path = resources.files("recoupe.scraper") / "page_marks.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))
