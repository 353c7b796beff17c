"""Bring the forms of a French word together for the search: « régions » finds « région ».

Light stems (number and gender, from ``stemming.toml``) of words typed with or without accents.
A figure is one word whatever its separators: « 1 200 » and « 1.200 » are ``1200``, « 1,36 » is
``1v36``.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Final

#: No-break, thin and narrow spaces stand between the groups of three digits in print.
_GROUP_SEPARATORS: Final = " \u00a0\u2009\u202f.'’"
_COMBINING: Final = "\u0300-\u036f"
_TOKEN: Final = re.compile(
    rf"(?P<word>[^\W\d_][\w{_COMBINING}]*)"
    rf"|\d{{1,3}}(?:[{_GROUP_SEPARATORS}]\d{{3}})+(?!\d)(?:,\d+)?|\d+(?:[.,]\d+)?|[^\W_]"
)
#: l’emploi, d’abord, qu’il, lorsqu’une: what stands before the apostrophe is not searched.
_ELIDED: Final = re.compile(r"(?:[cdjlmnst]|(?:jus|lors|puis|quoi)?qu)['’](?=\w)", re.IGNORECASE)
_APOSTROPHES: Final = frozenset("'’")
_FINAL_E_ACUTE: Final = re.compile(r"ée?s?$")
_NOT_ALPHANUMERIC: Final = re.compile(r"[\W_]+")
_LIGATURES: Final = str.maketrans({"œ": "oe", "æ": "ae"})
Endings = tuple[tuple[str, str, int], ...]


@dataclass(frozen=True, slots=True)
class Token:
    """A word or a figure at ``start:end`` of a text, and the stem it is found by."""

    start: int
    end: int
    stem: str


@dataclass(frozen=True, slots=True)
class Rules:
    """What ``stemming.toml`` says."""

    invariable: frozenset[str]
    irregular: Mapping[str, str]
    plural: Endings
    gender: Endings
    accent_free: tuple[str, ...]


def stems(text: str) -> str:
    """The stems of a text in its order, set apart by spaces, as they go into the index."""
    found = [_stem(match) for match in _TOKEN.finditer(text)]
    return " ".join(stem for stem in found if stem)


def tokens(text: str) -> Iterator[Token]:
    """The words and figures of a text with their place; l’, d’, qu’… are left out."""
    for match in _TOKEN.finditer(text):
        stem = _stem(match)
        if stem:
            yield Token(match.start(), match.end(), stem)


def _stem(match: re.Match[str]) -> str:
    if match.lastgroup is None:
        return _figure(match.group())
    text, end = match.string, match.end()
    if text[end : end + 1] in _APOSTROPHES and _ELIDED.match(text, match.start()):
        return ""
    return stem_of(match.group())


@lru_cache(maxsize=65_536)
def stem_of(word: str) -> str:
    """The stem of one word, in lower case, without accents: « Régionales » → ``regional``."""
    rules = load_rules()
    lower = unicodedata.normalize("NFC", word).lower()
    participle = _FINAL_E_ACUTE.search(lower)
    # Folding alone would make one word of « marché » and « marche ».
    if participle and not lower.endswith(rules.accent_free):
        return fold(lower[: participle.start()]) + "ee"
    plain = fold(lower)
    if plain in rules.irregular:
        return rules.irregular[plain]
    if plain in rules.invariable:
        return plain
    singular = _replace_ending(plain, rules.plural)
    singular = rules.irregular.get(singular, singular)
    return _replace_ending(singular, rules.gender)


@lru_cache(maxsize=65_536)
def fold(text: str) -> str:
    """Letters and digits alone, in lower case, without accents: « L’Haÿ » → ``lhay``."""
    spread = unicodedata.normalize("NFKD", text.lower().translate(_LIGATURES))
    return _NOT_ALPHANUMERIC.sub("", spread)


def fold_name(name: str) -> str:
    """A name for comparison: « Île-de-France » → ``ile de france``."""
    words = (fold(word) for word in re.split(rf"[^\w{_COMBINING}]+", name))
    return " ".join(word for word in words if word)


@cache
def load_rules() -> Rules:
    """Read ``stemming.toml``, once."""
    data = tomllib.loads(Path(__file__).with_name("stemming.toml").read_text(encoding="utf-8"))
    return Rules(
        invariable=frozenset(fold(word) for word in data["invariable"].split()),
        irregular={fold(form): fold(stem) for form, stem in data["irregular"].items()},
        plural=tuple((ending, new, least) for ending, new, least in data["plural"]),
        gender=tuple((ending, new, least) for ending, new, least in data["gender"]),
        accent_free=tuple(
            ending + plural for ending in data["accent_free"] for plural in ("", "s")
        ),
    )


def _replace_ending(word: str, endings: Endings) -> str:
    for ending, new, least in endings:
        if word.endswith(ending) and len(word) >= least:
            return word[: -len(ending)] + new
    return word


def _figure(number: str) -> str:
    """One word for a figure; a point before three digits groups, another one is decimal."""
    groups = re.sub(rf"(?<=\d)[{_GROUP_SEPARATORS}](?=\d{{3}}(?!\d))", "", number)
    return fold(groups.replace(",", "v").replace(".", "v"))
