"""What a run did, and whom it tells as it goes on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from recoupe.errors import DocumentError, NetworkError, RefusedError
from recoupe.records import Article, Failure

if TYPE_CHECKING:
    from recoupe.db.journal import Counts
    from recoupe.scraper.collect import Outcome


@dataclass(slots=True, kw_only=True)
class Report:
    """What a run did, and what the base holds after it (``None`` where it could not be read).

    ``fetched`` to ``refused`` count addresses, ``documents`` what was extracted and stored;
    ``refusals`` holds the reasons of the first few addresses that were refused.
    """

    fetched: int = 0
    unchanged: int = 0
    gone: int = 0
    refused: int = 0
    documents: int = 0
    rows_written: int = 0
    failures: list[Failure] = field(default_factory=list)
    refusals: list[str] = field(default_factory=list)
    base: Counts | None = None

    @property
    def is_partial(self) -> bool:
        """Whether something did not get through in this run."""
        return bool(self.failures)

    @property
    def exit_code(self) -> int:
        """0 done, 3 partly; where nothing was done, 6 for want of a network, 5 if refused."""
        if self.fetched or self.unchanged or self.gone or self.documents:
            return DocumentError.exit_code if self.failures else 0
        if not self.failures:
            return RefusedError.exit_code if self.refused else 0
        offline = all(failure.error == NetworkError.__name__ for failure in self.failures)
        return NetworkError.exit_code if offline and not self.refused else DocumentError.exit_code


@dataclass(frozen=True, slots=True, kw_only=True)
class Watcher:
    """What is told as a run goes on; the command line shows it as a progress bar.

    ``outcome`` is given each address, ``reading`` how many snapshots are to be read, ``document``
    each article that was stored, or ``None`` for one that failed.
    """

    outcome: Callable[[Outcome], None] = lambda _: None
    reading: Callable[[int], None] = lambda _: None
    document: Callable[[Article | None], None] = lambda _: None
