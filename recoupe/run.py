"""The main job, one way: collect → read → extract → store → compare.

    sources ── collect ──▶ archive ── read, extract ──▶ base ── compare ──▶ base

Each stage resumes by content: an address unchanged since its last snapshot is answered by 304, a
snapshot that this pipeline has stored is not read again, a row that is the same is not written
again. Each document is stored in one transaction, so a run that is killed goes on where it stood.
A document that fails becomes a row of ``failures``; the others go on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from recoupe.db.compare import compare_base
from recoupe.db.connection import open_base
from recoupe.db.journal import (
    Counts,
    count,
    end_run,
    record_failure,
    resolve_failure,
    start_run,
)
from recoupe.db.store import Entry, is_stored, mark_gone, store
from recoupe.errors import DocumentError, RecoupeError
from recoupe.models import Analysed, analyse, describe, load
from recoupe.records import Article, Failure, Snapshot, Source, Stage
from recoupe.scraper.archive import Archive
from recoupe.scraper.collect import Outcome, collect
from recoupe.scraper.fetch import Fetcher, FetchOptions
from recoupe.scraper.guard import Endpoint, Guard
from recoupe.scraper.optout import OptOuts
from recoupe.scraper.reader import read_snapshot
from recoupe.scraper.robots import Robots
from recoupe.settings import Settings

if TYPE_CHECKING:
    from sqlite_utils import Database


_NOTHING = Counts(documents=0, facts=0, comparisons=0, failures=0)


@dataclass(slots=True, kw_only=True)
class Report:
    """What a run did, and what the base holds after it."""

    fetched: int = 0
    unchanged: int = 0
    gone: int = 0
    refused: int = 0
    documents: int = 0
    failures: list[Failure] = field(default_factory=list)
    rows_written: int = 0
    base: Counts = _NOTHING

    @property
    def is_partial(self) -> bool:
        """Whether something did not get through in this run."""
        return bool(self.failures)


@dataclass(frozen=True, slots=True, kw_only=True)
class Watcher:
    """What is told as a run goes on; the command line shows it as a progress bar."""

    outcome: Callable[[Outcome], None] = lambda _: None
    reading: Callable[[int], None] = lambda _: None
    document: Callable[[Article | None], None] = lambda _: None


def run(
    settings: Settings,
    sources: Sequence[Source],
    *,
    command: str = "run",
    newsroom: str | None = None,
    limit: int | None = None,
    collecting: bool = True,
    watcher: Watcher | None = None,
) -> Report:
    """Collect ``sources``, extract what is new, store and compare it.

    ``newsroom`` is the one ``host:port`` outside the public network that may be fetched from.
    Raises `DatabaseError` or `ConfigurationError`; whatever concerns one document is in the report.
    """
    watcher = watcher or Watcher()
    report = Report()
    with ExitStack() as stack:
        db = _opened(stack, settings)
        archive = stack.enter_context(Archive(settings.archive))
        run_id = start_run(db, command, at=_now())
        outcome = "failed"
        try:
            if collecting:
                _collect(settings, sources, db, archive, report, watcher, newsroom, limit)
            _process(sources, db, archive, report, watcher)
            report.rows_written += compare_base(db)
            outcome = "partial" if report.is_partial else "ok"
        except KeyboardInterrupt:
            outcome = "interrupted"
            raise
        finally:
            _close(db, run_id, outcome, report)
    return report


def collect_only(
    settings: Settings,
    sources: Sequence[Source],
    *,
    limit: int | None = None,
    watcher: Watcher | None = None,
) -> Report:
    """Collect ``sources`` into the archive; a later run extracts them."""
    report = Report()
    with ExitStack() as stack:
        db = _opened(stack, settings)
        archive = stack.enter_context(Archive(settings.archive))
        _collect(settings, sources, db, archive, report, watcher or Watcher(), None, limit)
        report.base = count(db.conn)
    return report


def _opened(stack: ExitStack, settings: Settings) -> Database:
    settings.database.parent.mkdir(parents=True, exist_ok=True)
    db = open_base(settings.database)
    stack.callback(db.conn.close)
    return db


def _close(db: Database, run_id: int, outcome: str, report: Report) -> None:
    end_run(
        db,
        run_id,
        at=_now(),
        outcome=outcome,  # type: ignore[arg-type]
        fetched=report.fetched,
        unchanged=report.unchanged,
        documents=report.documents,
        failures=len(report.failures),
        rows_written=report.rows_written,
    )
    report.base = count(db.conn)


# --- collect --------------------------------------------------------------------------------------


def _collect(
    settings: Settings,
    sources: Sequence[Source],
    db: Database,
    archive: Archive,
    report: Report,
    watcher: Watcher,
    newsroom: str | None,
    limit: int | None,
) -> None:
    guard = Guard(allow=[Endpoint.parse(newsroom)] if newsroom else [])
    options = FetchOptions(user_agent=settings.user_agent, default_delay=settings.delay)
    with Fetcher(options, guard) as fetcher:
        robots, optouts = Robots(fetcher), OptOuts(fetcher)
        for source in sources:
            outcomes = collect(
                source,
                fetcher=fetcher,
                archive=archive,
                robots=robots,
                optouts=optouts,
                obey_optout=settings.obey_optout,
                limit=limit,
                revisit_days=settings.revisit_days,
            )
            for outcome in outcomes:
                _note(db, report, outcome)
                watcher.outcome(outcome)


def _note(db: Database, report: Report, outcome: Outcome) -> None:
    """Count one outcome; keep a failed one, and resolve those of an address that answers again."""
    match outcome.state:
        case "failed":
            _fail(
                db, report, _failure("fetch", outcome.error, url=outcome.url, source=outcome.source)
            )
            return
        case "refused":
            report.refused += 1
            return
        case "gone":
            report.gone += 1
            mark_gone(db, outcome.url, at=_now())
        case "unchanged":
            report.unchanged += 1
        case "new" | "changed":
            report.fetched += 1
    resolve_failure(db, url=outcome.url, at=_now())


# --- read, extract, store -------------------------------------------------------------------------


def _process(
    sources: Sequence[Source],
    db: Database,
    archive: Archive,
    report: Report,
    watcher: Watcher,
) -> None:
    pending = [
        (url, sha256)
        for url, sha256 in archive.current()
        if not is_stored(db.conn, sha256, pipeline=describe())
    ]
    watcher.reading(len(pending))
    if not pending:
        return
    by_name = {source.name: source for source in sources}
    seen: dict[str, str] = {}
    snapshots = (archive.get(sha256, url) for url, sha256 in pending)
    articles = _read_all(db, (s for s in snapshots if s), by_name, seen, report, watcher)
    for analysed in analyse(load(), articles):
        _store(db, analysed, by_name, seen, report)
        watcher.document(analysed.article)


def _read_all(
    db: Database,
    snapshots: Iterable[Snapshot],
    sources: dict[str, Source],
    seen: dict[str, str],
    report: Report,
    watcher: Watcher,
) -> Iterator[Article]:
    """Each snapshot as an article; one that holds none becomes a failure."""
    for snapshot in snapshots:
        source = sources.get(snapshot.source or "")
        try:
            article = read_snapshot(snapshot, source=source)
        except DocumentError as error:
            _fail(db, report, _failure("read", error, snapshot=snapshot))
            watcher.document(None)
            continue
        seen[snapshot.sha256] = snapshot.fetched_at
        yield article


def _store(
    db: Database,
    analysed: Analysed,
    sources: dict[str, Source],
    seen: dict[str, str],
    report: Report,
) -> None:
    article = analysed.article
    seen_at = seen.pop(article.snapshot_sha256 or "", None) or _now()
    if analysed.extraction is None:
        _fail(db, report, _failure("extract", analysed.error, article=article))
        return
    try:
        entry = Entry(
            extraction=analysed.extraction,
            seen_at=seen_at,
            source=sources.get(article.source or ""),
        )
        stored = store(db, entry.extraction, seen_at=entry.seen_at, source=entry.source)
    except DocumentError as error:
        _fail(db, report, _failure("store", error, article=article))
        return
    report.documents += 1
    report.rows_written += stored.rows_written
    resolve_failure(db, url=article.url, snapshot_sha256=article.snapshot_sha256, at=_now())


def store_articles(
    settings: Settings, articles: Iterable[Article], *, watcher: Watcher | None = None
) -> Report:
    """Extract articles that are already read (files), store and compare them."""
    watcher = watcher or Watcher()
    report = Report()
    with ExitStack() as stack:
        db = _opened(stack, settings)
        run_id = start_run(db, "load", at=_now())
        outcome = "failed"
        try:
            for analysed in analyse(load(), articles):
                _store(db, analysed, {}, {}, report)
                watcher.document(analysed.article)
            report.rows_written += compare_base(db)
            outcome = "partial" if report.is_partial else "ok"
        finally:
            _close(db, run_id, outcome, report)
    return report


def compare(settings: Settings) -> Report:
    """Bring the comparisons of the base up to date."""
    with ExitStack() as stack:
        db = _opened(stack, settings)
        return Report(rows_written=compare_base(db), base=count(db.conn))


# --- failures -------------------------------------------------------------------------------------


def _failure(
    stage: Stage,
    error: Exception | None,
    *,
    url: str | None = None,
    source: str | None = None,
    snapshot: Snapshot | None = None,
    article: Article | None = None,
) -> Failure:
    message = str(error) if isinstance(error, RecoupeError) else f"{type(error).__name__}: {error}"
    return Failure(
        stage=stage,
        error=type(error).__name__,
        message=message,
        url=url or (snapshot.url if snapshot else article.url if article else None),
        source=source or (snapshot.source if snapshot else article.source if article else None),
        snapshot_sha256=(
            snapshot.sha256 if snapshot else article.snapshot_sha256 if article else None
        ),
    )


def _fail(db: Database, report: Report, failure: Failure) -> None:
    report.failures.append(failure)
    pipeline = None if failure.stage == "fetch" else describe()
    record_failure(db, failure, pipeline=pipeline, at=_now())


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
