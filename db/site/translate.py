"""Datasette's own templates in French: fragments of them are replaced when they are loaded.

The fragments stand in ``translations.toml``; a test fails when one no longer matches the installed
Datasette. Sentences that Datasette builds in Python go through `phrase`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import BaseLoader, Environment

from recoupe.db.site.compat import MAJOR

_FILE = Path(__file__).with_name("translations.toml")


@dataclass(frozen=True, slots=True, kw_only=True)
class Fragment:
    """A stretch of a stock template and the French that takes its place."""

    template: str
    english: str
    french: str


class FrenchLoader(BaseLoader):
    """A loader that passes on what another one loads, in French."""

    def __init__(self, stock: BaseLoader) -> None:
        self._stock = stock

    def get_source(
        self, environment: Environment, template: str
    ) -> tuple[str, str | None, Callable[[], bool] | None]:
        """The source of a template, translated."""
        source, filename, uptodate = self._stock.get_source(environment, template)
        return translated(template, source), filename, uptodate

    def list_templates(self) -> list[str]:
        """Every template of the other loader."""
        return self._stock.list_templates()


def translated(template: str, source: str) -> str:
    """The source of a stock template with its fragments replaced."""
    for fragment in fragments(MAJOR):
        if fragment.template == template.removeprefix("default:"):
            source = source.replace(fragment.english, fragment.french)
    return source


@cache
def fragments(major: int) -> Sequence[Fragment]:
    """The fragments for a major version of Datasette, longest first within a template."""
    found = [
        Fragment(template=template, english=entry["en"], french=entry["fr"])
        for template, entries in _source()["templates"].items()
        for entry in entries
        if entry.get("major", major) == major
    ]
    return sorted(found, key=lambda fragment: -len(fragment.english))


def phrase(text: str) -> str:
    """A sentence that Datasette builds in Python (« where status = … sorted by … ») in French."""
    return _words().sub(lambda match: _phrases()[match[0]], text or "")


@cache
def _source() -> Mapping[str, Any]:
    return tomllib.loads(_FILE.read_text(encoding="utf-8"))


def _phrases() -> Mapping[str, str]:
    found: Mapping[str, str] = _source()["phrases"]
    return found


@cache
def _words() -> re.Pattern[str]:
    known = sorted(_phrases(), key=len, reverse=True)
    return re.compile(r"(?<![\w\"])(?:" + "|".join(map(re.escape, known)) + r")(?![\w\"])")
