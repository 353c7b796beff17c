"""The vocabulary of `territories.toml`, folded and ready for look-up."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, cast

from recoupe.extract.places.gazetteer import fold
from recoupe.records import Level

_FILE = Path(__file__).resolve().parent.parent / "vocabulary" / "territories.toml"
Words = frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """Folded words and phrases; see the comments of `territories.toml` for what each list is."""

    bodies: Mapping[str, Level]
    titles: Mapping[str, Level]
    institutions: Words
    clubs: Words
    streets: Words
    events: Words
    products: Words
    civilities: Words
    brands: Words
    phrases: Mapping[str, tuple[tuple[str, ...], ...]]
    rivers: Words
    mountains: Words
    river_before: Words
    river_verbs: Words
    river_after: tuple[str, ...]
    mountain_before: Words
    feature_before: Words
    compass_owners: Words
    foreign_after: Words
    seats: Words
    directions: Words
    capitals: Words
    verbs: Words
    articles: Words
    contracted: Words
    at: Words
    place_prepositions: Words
    of: Words
    particles: Words
    lowerable: Words
    lower_starts: Words
    function_words: Words
    months: Words
    first_names: Words


@cache
def vocabulary() -> Vocabulary:
    """The vocabulary, read once."""
    data: dict[str, Any] = tomllib.loads(_FILE.read_text("utf-8"))
    phrases = _words(data["not_a_place"].pop("phrases"))
    lists = {
        key: _words(words)
        for section in ("not_a_place", "natural", "metonymy", "grammar", "people")
        for key, words in data[section].items()
    }
    after = tuple(sorted(lists.pop("river_after"), key=lambda words: (-len(words), words)))
    return Vocabulary(
        bodies=_levels(data["bodies"]),
        titles=_levels(data["titles"]),
        phrases=_by_first_word(phrases),
        river_after=after,
        **lists,
    )


def _words(words: Iterable[str]) -> Words:
    return frozenset(fold(word) for word in words)


def _by_first_word(phrases: Words) -> dict[str, tuple[tuple[str, ...], ...]]:
    """Phrases as tuples of words under their first word, longest first."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for phrase in sorted(phrases, key=lambda phrase: (-len(phrase.split()), phrase)):
        parts = tuple(phrase.split())
        found.setdefault(parts[0], []).append(parts)
    return {first: tuple(group) for first, group in found.items()}


def _levels(section: Mapping[str, list[str]]) -> dict[str, Level]:
    return {fold(word): cast(Level, level) for level, words in section.items() for word in words}
