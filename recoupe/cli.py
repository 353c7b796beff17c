"""The command line: ``recoupe COMMAND``. Standard output carries data, standard error the rest.

Exit codes: 0 ok, 1 internal error, 2 usage, 3 partly done, 4 configuration or database unusable,
5 refused, 6 network down, 130 interrupted.
"""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Sequence
from importlib import metadata
from pathlib import Path
from typing import Annotated

import typer

from recoupe.console import complain, listen_to_logs
from recoupe.errors import RecoupeError
from recoupe.options import Options, OutputClosedError

app = typer.Typer(
    name="recoupe",
    help="Every figure of the French press, with its source, its status and its place.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)

INTERRUPTED = 130


def _version(asked: bool) -> None:
    if asked:
        sys.stdout.write(f"recoupe {metadata.version('recoupe')}\n")
        raise typer.Exit


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
    _asked: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Say the version.")
    ] = False,
) -> None:
    """Every figure of the French press, with its source, its status and its place."""
    color = not (no_color or os.environ.get("NO_COLOR"))
    context.obj = Options(config=config, quiet=quiet, verbose=verbose, color=color)
    listen_to_logs(context.obj)


def main() -> None:
    """Run the command line and leave with the exit code that the outcome stands for."""
    logging.captureWarnings(capture=True)  # Python's warnings are shown with -v only, as logs are
    # One thread of OpenBLAS does a document's small matrices nearly twice as fast as several
    # (measured on 2 cores); numpy reads this when it is first imported.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    sys.exit(execute(sys.argv[1:]))


def execute(arguments: Sequence[str]) -> int:
    """Run one command and return its exit code; what went wrong is on standard error."""
    try:
        from recoupe import commands  # noqa: F401  the commands register themselves on `app`

        # typer's own main() would turn an interruption or a closed pipe into an exit code.
        command = typer.main.get_command(app)
        with command.make_context("recoupe", list(arguments)) as context:
            code = command.invoke(context)
    except RecoupeError as error:
        complain(str(error))
        return error.exit_code
    except typer.Exit as leaving:
        return leaving.exit_code
    except (KeyboardInterrupt, typer.Abort):
        complain("interrupted; run the same command again to go on")
        return INTERRUPTED
    except OutputClosedError:
        # What is still to be flushed when Python ends goes nowhere.
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
    complain("an error of Recoupe's own; please report it with the lines above")
    return RecoupeError.exit_code
