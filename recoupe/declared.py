"""The sources that are declared, Recoupe's own and the user's, and those a command names."""

from __future__ import annotations

import difflib
from collections.abc import Sequence

from recoupe.errors import UsageError
from recoupe.records import Source
from recoupe.scraper.sources import CATALOGUE, load_catalogue
from recoupe.settings import Settings


def declared_sources(settings: Settings) -> tuple[Source, ...]:
    """Recoupe's own and those of the folders in the setting ``sources``."""
    return load_catalogue((CATALOGUE, *settings.sources))


def chosen(declared: Sequence[Source], names: Sequence[str]) -> tuple[Source, ...]:
    """The sources of these names, or all where none is named; `UsageError` for an unknown one."""
    if not names:
        return tuple(declared)
    by_name = {source.name: source for source in declared}
    for name in names:
        if name not in by_name:
            near = difflib.get_close_matches(name, by_name, n=1)
            guess = f"did you mean {near[0]!r}? " if near else ""
            raise UsageError(
                f"no source is called {name!r}; {guess}`recoupe sources` lists them all"
            )
    return tuple(by_name[name] for name in dict.fromkeys(names))
