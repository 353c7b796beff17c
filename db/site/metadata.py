"""What stock Datasette shows of our tables, from ``metadata.toml``, for 0.x and for 1.x.

JSON is YAML: both files are written as JSON with a ``.yaml`` name that Datasette reads.
"""

from __future__ import annotations

import copy
import json
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

_FILE = Path(__file__).with_name("metadata.toml")
#: What Datasette 1.0 counts as configuration rather than metadata.
_CONFIGURATION = frozenset({"label_column", "sort", "sort_desc", "facets", "hidden", "size"})


@cache
def _source() -> Mapping[str, Any]:
    return tomllib.loads(_FILE.read_text(encoding="utf-8"))


def tables() -> Mapping[str, Mapping[str, Any]]:
    """Title, description, columns and options of each table, by its name."""
    described: Mapping[str, Mapping[str, Any]] = _source()["tables"]
    return described


def settings() -> Mapping[str, Any]:
    """The limits that stock pages and the SQL editor work under."""
    limits: Mapping[str, Any] = _source()["settings"]
    return limits


def metadata(database: str) -> dict[str, Any]:
    """The whole for Datasette 0.x; 1.0 reads it too and moves what it counts as configuration."""
    # Datasette fills what it is given; the source is read once and stays as it is.
    return copy.deepcopy({**_source()["site"], "databases": {database: {"tables": tables()}}})


def metadata_yaml(database: str) -> str:
    """The text of ``metadata.yaml``: titles and descriptions, and for 0.x the options of tables."""
    return _dump(metadata(database))


def datasette_yaml(database: str) -> str:
    """The text of ``datasette.yaml``, which 1.x reads beside ``metadata.yaml``."""
    options = {
        name: {key: value for key, value in table.items() if key in _CONFIGURATION}
        for name, table in tables().items()
    }
    configured = {name: option for name, option in options.items() if option}
    return _dump({"settings": dict(settings()), "databases": {database: {"tables": configured}}})


def _dump(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"
