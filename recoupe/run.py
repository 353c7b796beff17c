"""The main job, one way: collect → read → extract → store → compare.

    sources ── collect ──▶ archive ── read, extract ──▶ base ── compare ──▶ base

Each stage resumes by content: an address unchanged since its last snapshot is answered by 304, a
snapshot that this pipeline has stored is not read again, a row that is the same is not written
again. Each document is stored in one transaction, so a run that is killed goes on where it stood.
A document that fails becomes a row of ``failures``; the others go on.
"""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from recoupe.db.compare import compare_base
from recoupe.db.connection import open_base
from recoupe.db.journal import (
    count,
    end_run,
    open_failures,
    record_failure,
    resolve_failure,
    start_run,
)
from recoupe.db.store import is_stored, mark_gone, store
from recoupe.errors import DatabaseError, RecoupeError
from recoupe.models import Analysed, analyse, describe, load
from recoupe.records import Article, Failure, Snapshot, Source, Stage
from recoupe.report import Report, Watcher
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

    from recoupe.db.journal import Outcome as Ending

_log = logging.getLogger(__name__)

#: Reasons of refusal that a report keeps; a closed site would give thousands.
_KEPT_REFUSALS = 5
#: More open failures than any base has.
_ALL = 1_000_000


def run(
    settings: Settings,
    sources: Sequence[Source],
    *,
    declared: Sequence[Source] = (),
    command: str = "run",
    newsroom: str | None = None,
    limit: int | None = None,
    watcher: Watcher | None = None,
) -> Report:
    """Collect ``sources``, then extract, store and compare all that the archive holds anew.

    ``declared`` are further sources, not collected, whose pages may be in the archive.
    ``newsroom`` is the one ``host:port`` outside the public network that may be fetched from.
    Raises `DatabaseError` or `ConfigurationError`; whatever concerns one document is in the report.
    """
    with _job(settings, command, (*declared, *sources), watcher) as job:
        with Archive(settings.archive) as archive:
            _collect(job, archive, sources, newsroom=newsroom, limit=limit)
            _process(job, archive)
        job.report.rows_written += compare_base(job.db)
    return job.report


def collect_only(
    settings: Settings,
    sources: Sequence[Source],
    *,
    newsroom: str | None = None,
    limit: int | None = None,
    watcher: Watcher | None = None,
) -> Report:
    """Collect ``sources`` into the archive; a later run extracts them."""
    with _job(settings, "collect", sources, watcher) as job, Archive(settings.archive) as archive:
        _collect(job, archive, sources, newsroom=newsroom, limit=limit)
    return job.report


def store_articles(
    settings: Settings,
    inputs: Iterable[Article | Failure],
    *,
    watcher: Watcher | None = None,
) -> Report:
    """Extract articles that are already read, store and compare them.

    An input that could not be read is given as its `Failure`, and counted in the report.
    """
    with _job(settings, "load", (), watcher) as job:
        articles = _readable(inputs, job.report)
        for analysed in _analysed(articles):
            _store(job, analysed)
            job.watcher.document(analysed.article)
        job.report.rows_written += compare_base(job.db)
    return job.report


# --- one job: its base, its row in the table of runs ----------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class _Job:
    """What the stages share.

    ``seen`` is when each snapshot in hand was taken, by its sha256; ``open`` the stages at which an
    address failed before.
    """

    settings: Settings
    db: Database
    sources: dict[str, Source]
    watcher: Watcher
    report: Report = field(default_factory=Report)
    seen: dict[str, str] = field(default_factory=dict)
    open: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))


@contextmanager
def _job(
    settings: Settings, command: str, sources: Sequence[Source], watcher: Watcher | None
) -> Iterator[_Job]:
    """Open the base and a row of ``runs``, which says in the end how the job went."""
    db = _opened(settings)
    try:
        run_id = start_run(db, command, at=_now())
        by_name = {source.name: source for source in sources}
        job = _Job(settings=settings, db=db, sources=by_name, watcher=watcher or Watcher())
        for failure in open_failures(db.conn, limit=_ALL):
            job.open[failure.url or ""].add(failure.stage)
        try:
            yield job
        except BaseException as error:
            interrupted = isinstance(error, KeyboardInterrupt)
            _end(job, run_id, "interrupted" if interrupted else "failed")
            raise
        _end(job, run_id, "partial" if job.report.is_partial else "ok")
    finally:
        db.conn.close()


def _opened(settings: Settings) -> Database:
    folder = settings.database.parent
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise DatabaseError(
            f"the base {settings.database} cannot be created: the folder {folder} cannot be made "
            f"({error.strerror}); choose another path with --db"
        ) from error
    return open_base(settings.database)


def _end(job: _Job, run_id: int, outcome: Ending) -> None:
    report = job.report
    end_run(
        job.db,
        run_id,
        at=_now(),
        outcome=outcome,
        fetched=report.fetched,
        unchanged=report.unchanged,
        documents=report.documents,
        failures=len(report.failures),
        rows_written=report.rows_written,
    )
    report.base = count(job.db.conn)


# --- collect --------------------------------------------------------------------------------------


def _collect(
    job: _Job,
    archive: Archive,
    sources: Sequence[Source],
    *,
    newsroom: str | None,
    limit: int | None,
) -> None:
    settings = job.settings
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
                _note(job, outcome)
                job.watcher.outcome(outcome)


def _note(job: _Job, outcome: Outcome) -> None:
    """Count one outcome; keep a failed one, resolve what the address's answer overcomes."""
    report = job.report
    overcome = job.open.get(outcome.url, set())
    match outcome.state:
        case "failed":
            _fail(job, failure_of("fetch", outcome.error, url=outcome.url, source=outcome.source))
            return
        case "refused":
            report.refused += 1
            if len(report.refusals) < _KEPT_REFUSALS:
                report.refusals.append(str(outcome.error))
            return
        case "gone":
            report.gone += 1
            mark_gone(job.db, outcome.url, at=_now())
        case "unchanged":
            report.unchanged += 1
            overcome = overcome & {"fetch"}  # The same bytes would not be read any better.
        case "new" | "changed":
            report.fetched += 1
    if overcome:
        resolve_failure(job.db, url=outcome.url, at=_now())


# --- read, extract, store -------------------------------------------------------------------------


def _process(job: _Job, archive: Archive) -> None:
    pending = [
        (url, sha256)
        for url, sha256 in archive.current()
        if not is_stored(job.db.conn, sha256, pipeline=describe())
    ]
    job.watcher.reading(len(pending))
    snapshots = (archive.get(sha256, url) for url, sha256 in pending)
    for analysed in _analysed(_read_all(job, (s for s in snapshots if s))):
        _store(job, analysed)
        job.watcher.document(analysed.article)


def _analysed(articles: Iterable[Article]) -> Iterator[Analysed]:
    """What the pipeline finds; it is loaded, which takes seconds, only if there is an article."""
    remaining = iter(articles)
    for first in remaining:
        yield from analyse(load(), _again(first, remaining))


def _again(first: Article, others: Iterator[Article]) -> Iterator[Article]:
    yield first
    yield from others


def _read_all(job: _Job, snapshots: Iterable[Snapshot]) -> Iterator[Article]:
    """Each snapshot as an article; one that holds none becomes a failure."""
    for snapshot in snapshots:
        try:
            article = read_snapshot(snapshot, source=job.sources.get(snapshot.source or ""))
        except DatabaseError:
            raise
        except Exception as error:  # noqa: BLE001  one bad page never stops a run
            _fail(job, failure_of("read", error, snapshot=snapshot))
            job.watcher.document(None)
            continue
        job.seen[snapshot.sha256] = snapshot.fetched_at
        yield article


def _readable(inputs: Iterable[Article | Failure], report: Report) -> Iterator[Article]:
    for given in inputs:
        if isinstance(given, Article):
            yield given
        else:
            report.failures.append(given)


def _store(job: _Job, analysed: Analysed) -> None:
    article, extraction = analysed.article, analysed.extraction
    if extraction is None:
        _fail(job, failure_of("extract", analysed.error, article=article))
        return
    sha256 = article.snapshot_sha256
    seen_at = job.seen.get(sha256 or "") or _now()
    source = job.sources.get(article.source or "")
    try:
        stored = store(job.db, extraction, seen_at=seen_at, source=source)
    except DatabaseError:
        raise
    except Exception as error:  # noqa: BLE001  one bad document never stops a run
        _fail(job, failure_of("store", error, article=article))
        return
    job.report.documents += 1
    job.report.rows_written += stored.rows_written
    resolve_failure(job.db, url=article.url, snapshot_sha256=sha256, at=_now())


# --- failures -------------------------------------------------------------------------------------


def failure_of(
    stage: Stage,
    error: Exception | None,
    *,
    url: str | None = None,
    source: str | None = None,
    snapshot: Snapshot | None = None,
    article: Article | None = None,
) -> Failure:
    """The failure that an error at some stage stands for; an error of ours speaks for itself."""
    if not isinstance(error, RecoupeError):
        _log.info("an error of Recoupe's own at the stage %r", stage, exc_info=error)
    ours = isinstance(error, RecoupeError)
    found = snapshot or article
    sha256 = snapshot.sha256 if snapshot else article.snapshot_sha256 if article else None
    return Failure(
        stage=stage,
        error=_public_name(error),
        message=str(error) if ours else f"{type(error).__name__}: {error}",
        url=url or (found.url if found else None),
        source=source or (found.source if found else None),
        snapshot_sha256=sha256,
    )


def _public_name(error: Exception | None) -> str:
    """The name of the error's class, or of the nearest above it that modules share."""
    names = (kind.__name__ for kind in type(error).__mro__)
    return next(name for name in names if not name.startswith("_"))


def _fail(job: _Job, failure: Failure) -> None:
    job.report.failures.append(failure)
    pipeline = None if failure.stage == "fetch" else describe()
    record_failure(job.db, failure, pipeline=pipeline, at=_now())


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
