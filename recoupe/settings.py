"""Settings: from the command line, then ``RECOUPE_*``, then ``recoupe.toml``, then defaults.

Each setting remembers where it came from, and `recoupe status` prints it.
"""

from __future__ import annotations

import difflib
import logging
import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Annotated, Any

import msgspec

from recoupe.errors import ConfigurationError

_log = logging.getLogger(__name__)

#: The file read from the working folder where no other is named.
FILE = "recoupe.toml"
_PREFIX = "RECOUPE_"
_COMMAND_LINE = "command line"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The effective settings; times in seconds, ``origins`` says where each value came from.

    ``archive`` stands beside ``database`` unless it is given. ``sources`` are folders of source
    declarations beside the catalogue shipped with Recoupe; ``user_agent`` must hold an address
    where its user can be reached.
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
_Text = Annotated[str, msgspec.Meta(min_length=1)]
_Port = Annotated[int, msgspec.Meta(ge=0, le=65535)]
#: What each setting takes, and how a message says it.
_TAKES: Mapping[str, tuple[Any, str]] = {
    "database": (_Text, "the path of a file"),
    "archive": (_Text, "the path of a file"),
    "sources": (list[_Text], "a list of folders"),
    "user_agent": (
        _Text,
        "a name with a contact, such as 'recoupe/0.1 (+mailto:desk@example.org)'",
    ),
    "obey_optout": (bool, "true or false"),
    "delay": (Annotated[float, msgspec.Meta(ge=0, le=3600)], "seconds between 0 and 3600"),
    "revisit_days": (Annotated[int, msgspec.Meta(ge=0, le=36500)], "a whole number of days"),
    "host": (_Text, "an address of this machine, such as '127.0.0.1'"),
    "port": (_Port, "a whole number between 0 and 65535"),
    "newsroom_port": (_Port, "a whole number between 0 and 65535"),
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
    merged: dict[str, Any] = {}
    origins = dict.fromkeys(_NAMES, "default")
    layers = (
        _from_file(config),
        _from_environment(os.environ if environment is None else environment),
        {name: (value, _COMMAND_LINE) for name, value in flags.items() if value is not None},
    )
    for layer in layers:
        for name, (value, origin) in layer.items():
            merged[name] = _converted(name, value, origin)
            origins[name] = origin
    if "database" in merged and "archive" not in merged:
        base: Path = merged["database"]
        merged["archive"] = base.with_name(f"{base.stem}-archive.db")
        origins["archive"] = "beside the database"
    return Settings(**merged, origins=origins)


def _from_file(config: Path | None) -> dict[str, tuple[object, str]]:
    path = config or Path(FILE)
    if config is None and not path.is_file():
        return {}
    try:
        data = tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        raise ConfigurationError(
            f"the settings {path} cannot be read ({error.strerror}); check --config"
        ) from error
    except UnicodeDecodeError as error:
        raise ConfigurationError(f"{path}: not UTF-8 text ({error}); save it as UTF-8") from error
    except tomllib.TOMLDecodeError as error:
        raise ConfigurationError(f"{path}: not valid TOML: {error}; correct it there") from error
    for name in data:
        if name not in _NAMES:
            raise ConfigurationError(f"{path}: unknown setting {name!r}; {_guess(name)}")
    return {name: (_beside(path, name, value), str(path)) for name, value in data.items()}


def _guess(name: str) -> str:
    near = difflib.get_close_matches(name.lower(), _NAMES, n=1)
    return f"did you mean {near[0]!r}?" if near else f"the settings are {', '.join(_NAMES)}"


def _beside(path: Path, name: str, value: object) -> object:
    """Paths in a file are meant from the folder of that file."""
    if name in {"database", "archive"} and isinstance(value, str) and value:
        return str(path.parent / value)
    if name == "sources" and isinstance(value, list):
        return [str(path.parent / one) if isinstance(one, str) else one for one in value]
    return value


def _from_environment(environment: Mapping[str, str]) -> dict[str, tuple[object, str]]:
    """What ``RECOUPE_*`` says; an empty variable says nothing, an unknown one is warned of."""
    found: dict[str, tuple[object, str]] = {}
    for variable, text in environment.items():
        name = variable.removeprefix(_PREFIX).lower()
        if not variable.startswith(_PREFIX) or not text:
            continue
        if name not in _NAMES:
            _log.warning("%s is set, but there is no such setting; %s", variable, _guess(name))
            continue
        value: object = text.split(os.pathsep) if name == "sources" else text
        found[name] = (value, variable)
    return found


def _converted(name: str, value: object, origin: str) -> object:
    kind, wanted = _TAKES[name]
    plain = str(value) if isinstance(value, Path) else value
    try:
        plain = msgspec.convert(plain, kind, strict=not origin.startswith(_PREFIX))
    except msgspec.ValidationError as error:
        raise ConfigurationError(f"{origin}: {name} = {value!r}; write {wanted}") from error
    if name in {"database", "archive"}:
        return Path(plain)
    if name == "sources":
        return tuple(Path(folder) for folder in plain)
    return plain
