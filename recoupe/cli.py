"""The command line: ``recoupe COMMAND``. Standard output carries data, standard error the rest.

Exit codes: 0 ok, 1 internal error, 2 usage, 3 partly done, 4 configuration or database unusable,
5 refused, 6 network down, 130 interrupted.
"""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from recoupe.errors import RecoupeError
from recoupe.settings import Settings, load_settings

app = typer.Typer(
    name="recoupe",
    help="Every figure of the French press, with its source, its status and its place.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

PARTLY_DONE = 3
INTERRUPTED = 130


class Format(StrEnum):
    """How data is written to standard output."""

    table = "table"
    json = "json"
    jsonl = "jsonl"
    csv = "csv"


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """The options given before the command."""

    config: Path | None
    quiet: bool
    verbose: bool
    color: bool

    def settings(self, **flags: object) -> Settings:
        """The effective settings, ``flags`` first."""
        return load_settings(flags, config=self.config)


@app.callback()
def options(
    context: typer.Context,
    config: Annotated[
        Path | None, typer.Option(help="Settings file; default ./recoupe.toml.")
    ] = None,
    quiet: Annotated[bool, typer.Option("-q", "--quiet", help="Say only errors.")] = False,
    verbose: Annotated[bool, typer.Option("-v", "--verbose", help="Say what is done.")] = False,
    no_color: Annotated[
        bool, typer.Option("--no-color", help="No colours (also NO_COLOR).")
    ] = False,
) -> None:
    """Options that go before every command."""
    color = not (no_color or os.environ.get("NO_COLOR"))
    context.obj = Options(config=config, quiet=quiet, verbose=verbose, color=color)


def main() -> None:
    """Run the command line and leave with the exit code that the outcome stands for."""
    from recoupe import commands  # noqa: F401  the commands register themselves on `app`

    sys.exit(_run())


def _run() -> int:
    try:
        code = app(standalone_mode=False)
    except RecoupeError as error:
        _say(f"recoupe: {error}")
        return error.exit_code
    except typer.Exit as leaving:
        return leaving.exit_code
    except typer.Abort:
        return INTERRUPTED
    except KeyboardInterrupt:
        _say("recoupe: interrupted; run the same command again to go on")
        return INTERRUPTED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as error:  # noqa: BLE001  the last resort, with all that can be told
        return _last_resort(error)
    return code if isinstance(code, int) else 0


def _last_resort(error: Exception) -> int:
    usage_exit = getattr(error, "exit_code", None)
    show = getattr(error, "show", None)
    if isinstance(usage_exit, int) and callable(show):  # click's own usage errors
        show()
        return usage_exit
    import traceback

    traceback.print_exception(error)
    _say("recoupe: an error of Recoupe's own; please report it with the lines above")
    return 1


def _say(message: str) -> None:
    print(message, file=sys.stderr)  # noqa: T201
