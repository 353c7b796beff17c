"""The French words for the kinds, statuses, units… that the base holds under English keys.

The words stand in ``labels.toml``, which anyone who writes French can edit.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

_FILE = Path(__file__).with_name("labels.toml")


@cache
def labels() -> Mapping[str, Mapping[str, str]]:
    """Every table of ``labels.toml``, read once."""
    return tomllib.loads(_FILE.read_text(encoding="utf-8"))


def label(table: str, key: str | None) -> str:
    """The French word for ``key``, the key itself where the table lacks it, ``""`` for none."""
    return "" if key is None else labels()[table].get(key, key)
