"""Settings: from the command line, then ``RECOUPE_*``, then ``recoupe.toml``, then defaults.

Each setting remembers where it came from, and `recoupe status` prints it.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

import msgspec

from recoupe.errors import ConfigurationError

#: The file read from the working folder where no other is named.
FILE = "recoupe.toml"
_PREFIX = "RECOUPE_"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The effective settings; times in seconds, ``origins`` says where each value came from.

    ``sources`` are folders of source declarations beside the catalogue shipped with Recoupe;
    ``user_agent`` must hold an address where its user can be reached.
    """

    database: Path = Path("recoupe.db")
    archive: Path = Path("recoupe-archive.db")
    sources: tuple[Path, ...] = ()
    user_agent: str = "recoupe/0.1 (+https://recoupe.example/contact)"
    obey_optout: bool = True
    delay: float = 1.0
    revisit_days: int = 30
    host: str = "127.0.0.1"
    port: int = 8001
    newsroom_port: int = 8642
    origins: Mapping[str, str] = field(default_factory=dict)


_NAMES = tuple(f.name for f in fields(Settings) if f.name != "origins")
_TYPES: Mapping[str, Any] = {
    "database": str,
    "archive": str,
    "sources": list[str],
    "user_agent": str,
    "obey_optout": bool,
    "delay": float,
    "revisit_days": int,
    "host": str,
    "port": int,
    "newsroom_port": int,
}


def load_settings(
    flags: Mapping[str, object],
    *,
    config: Path | None = None,
    environment: Mapping[str, str] | None = None,
) -> Settings:
    """Put the settings together; a flag that is ``None`` was not given.

    Raises `ConfigurationError` for a file that cannot be read, an unknown name or a value of the
    wrong kind, naming where it stands.
    """
    merged: dict[str, object] = {}
    origins: dict[str, str] = {}
    layers = (
        _from_file(config),
        _from_environment(os.environ if environment is None else environment),
        {name: (value, "command line") for name, value in flags.items() if value is not None},
    )
    for layer in layers:
        for name, (value, origin) in layer.items():
            merged[name] = _converted(name, value, origin)
            origins[name] = origin
    for name in _NAMES:
        origins.setdefault(name, "default")
    return Settings(**merged, origins=origins)  # type: ignore[arg-type]


def _from_file(config: Path | None) -> dict[str, tuple[object, str]]:
    path = config or Path(FILE)
    if config is None and not path.is_file():
        return {}
    try:
        data = tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigurationError(f"{path}: cannot be read ({error})") from error
    except tomllib.TOMLDecodeError as error:
        raise ConfigurationError(f"{path}: not valid TOML: {error}") from error
    unknown = sorted(set(data) - set(_NAMES))
    if unknown:
        raise ConfigurationError(
            f"{path}: unknown setting {unknown[0]!r}; the settings are {', '.join(_NAMES)}"
        )
    return {name: (_beside(path, name, value), str(path)) for name, value in data.items()}


def _beside(path: Path, name: str, value: object) -> object:
    """Paths in a file are meant from the folder of that file."""
    if name in {"database", "archive"} and isinstance(value, str):
        return str(path.parent / value)
    if name == "sources" and isinstance(value, list):
        return [str(path.parent / str(folder)) for folder in value]
    return value


def _from_environment(environment: Mapping[str, str]) -> dict[str, tuple[object, str]]:
    found: dict[str, tuple[object, str]] = {}
    for name in _NAMES:
        variable = _PREFIX + name.upper()
        if variable in environment:
            text = environment[variable]
            value: object = text.split(os.pathsep) if name == "sources" else text
            found[name] = (value, variable)
    return found


def _converted(name: str, value: object, origin: str) -> object:
    if isinstance(value, Path):
        return value
    try:
        plain = msgspec.convert(value, _TYPES[name], strict=not isinstance(value, str))
    except msgspec.ValidationError as error:
        raise ConfigurationError(f"{origin}: {name} = {value!r}: {error}") from error
    if name in {"database", "archive"}:
        return Path(plain)
    if name == "sources":
        return tuple(Path(folder) for folder in plain)
    return plain
