"""What is said to the person, on standard error: messages, warnings, progress, the summary."""

from __future__ import annotations

import logging
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from recoupe.options import Options
from recoupe.records import Article
from recoupe.report import Report, Watcher

if TYPE_CHECKING:
    from recoupe.scraper.collect import Outcome

#: Failures told one by one after a run; ``recoupe status`` shows what is still open.
_TOLD = 10
#: What a page may hold to play with a terminal: controls but tab and line end.
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
#: Loggers whose errors concern the person; the libraries' complaints about pages do not.
_SERVERS = ("uvicorn", "datasette")


def tell(message: str, options: Options) -> None:
    """Say something, unless only errors are wanted."""
    if not options.quiet:
        _say(message)


def complain(message: str) -> None:
    """Say what went wrong."""
    _say(f"recoupe: {message}")


def printable(text: str) -> str:
    """The text without what would move the cursor or change colours."""
    return _CONTROLS.sub("\ufffd", text)


def _say(message: str) -> None:
    print(printable(message), file=sys.stderr)  # noqa: T201


# --- logs -----------------------------------------------------------------------------------------


class _Logs(logging.Handler):
    """Our own warnings always; what libraries say, and Python's warnings, with ``-v`` only."""

    def __init__(self, options: Options) -> None:
        super().__init__(logging.INFO if options.verbose else logging.WARNING)
        self._options = options

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether the record concerns the person."""
        if self._options.verbose or record.name.startswith(_SERVERS):
            return self._options.verbose or record.levelno >= logging.ERROR
        least = logging.ERROR if self._options.quiet else logging.WARNING
        return record.name.startswith("recoupe") and record.levelno >= least

    def emit(self, record: logging.LogRecord) -> None:
        """Say it on what is standard error now."""
        _say(self.format(record))


def listen_to_logs(options: Options) -> None:
    """Put one handler of ours on the root logger, in place of the one that was there."""
    root = logging.getLogger()
    for handler in [one for one in root.handlers if isinstance(one, _Logs)]:
        root.removeHandler(handler)
    root.addHandler(_Logs(options))
    logging.getLogger("recoupe").setLevel(logging.INFO if options.verbose else logging.WARNING)


# --- progress and summary -------------------------------------------------------------------------


@contextmanager
def watching(options: Options) -> Iterator[Watcher]:
    """A progress bar on standard error where that is a terminal; addresses with ``-v``."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn

    console = Console(stderr=True, no_color=not options.color)
    shown = console.is_terminal and not options.quiet
    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=console, disable=not shown, transient=True) as progress:
        fetching = progress.add_task("collecting", total=None)
        reading = progress.add_task("extracting", total=None, visible=False)

        def outcome(seen: Outcome) -> None:
            progress.advance(fetching)
            if options.verbose:
                why = f": {seen.error}" if seen.error else ""
                tell(f"{seen.state:9} {seen.url}{why}", options)

        def start_reading(total: int) -> None:
            progress.update(reading, total=total, visible=total > 0)

        def document(article: Article | None) -> None:
            progress.advance(reading)
            if options.verbose and article is not None:
                tell(f"extracted {article.url or article.title or ''}", options)

        yield Watcher(outcome=outcome, reading=start_reading, document=document)


def tell_report(report: Report, options: Options) -> None:
    """Sum up a run: what was done, what went wrong, what the base holds."""
    tell(_work(report), options)
    if report.exit_code and not report.failures:
        for reason in report.refusals:
            complain(reason)
    for failure in report.failures[:_TOLD]:
        where = failure.url or failure.snapshot_sha256 or ""
        told = failure.message if where in failure.message else f"{where}: {failure.message}"
        complain(f"{failure.stage} failed: {told}")
    if len(report.failures) > _TOLD:
        complain(f"{len(report.failures) - _TOLD} more failed; `recoupe status` shows the last")
    if report.base is not None:
        base = report.base
        still = f"; {base.failures} open failures" if base.failures else ""
        tell(
            f"In the base: {base.documents} documents, {base.facts} figures, "
            f"{base.comparisons} comparisons{still}",
            options,
        )


def _work(report: Report) -> str:
    counted = {
        "fetched": report.fetched,
        "unchanged": report.unchanged,
        "gone": report.gone,
        "refused": report.refused,
    }
    addresses = ", ".join(f"{number} {what}" for what, number in counted.items() if number)
    return (
        f"Addresses: {addresses or 'none'}. "
        f"Documents extracted: {report.documents}; rows written: {report.rows_written}."
    )
