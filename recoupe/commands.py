"""The commands: each puts its settings together, calls `run` or a stage, shows the outcome."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Literal, cast

import typer

from recoupe.cli import PARTLY_DONE, Format, Options, app
from recoupe.console import tell, tell_report, watching, write_bytes, write_rows
from recoupe.db.site.serve import run as serve_base
from recoupe.encode import document_json, error_json, extraction_json, to_json
from recoupe.errors import DocumentError, RecoupeError, UsageError
from recoupe.inputs import checked_day, read_input
from recoupe.records import Article, DocumentKind, Source
from recoupe.settings import Settings

Inputs = Annotated[list[str], typer.Argument(help="Files, - for standard input, or addresses.")]
Database = Annotated[Path | None, typer.Option("--db", help="The base (default recoupe.db).")]
Names = Annotated[
    list[str] | None, typer.Argument(help="Names of sources; all when none is given.")
]
Limit = Annotated[int | None, typer.Option(min=1, help="At most so many pages a source.")]
Url = Annotated[str | None, typer.Option(help="The address the text was published at.")]
PublishedAt = Annotated[str | None, typer.Option(help="ISO 8601 day or instant of publication.")]
Kind = Annotated[str | None, typer.Option(help="press or official.")]
Output = Annotated[Format, typer.Option("--format", help="How data is written.")]


@app.command()
def demo(
    context: typer.Context,
    database: Database = None,
    serve: Annotated[bool, typer.Option(help="Serve the site once the base is full.")] = True,
    newsroom_port: Annotated[
        int | None, typer.Option(help="Port of the embedded newsroom.")
    ] = None,
    port: Annotated[int | None, typer.Option(help="Port of the site.")] = None,
) -> int:
    """Collect the embedded newsroom, extract, store, compare, and serve the site."""
    from recoupe.corpus.newsroom import Newsroom
    from recoupe.run import run

    options: Options = context.obj
    base = database or Path("demo/recoupe.db")
    settings = options.settings(
        database=base,
        archive=base.with_name(f"{base.stem}-archive.db"),
        newsroom_port=newsroom_port,
        port=port,
        delay=0.0,
    )
    with Newsroom(port=settings.newsroom_port) as newsroom, watching(options) as watcher:
        report = run(
            settings,
            newsroom.sources(),
            command="demo",
            newsroom=newsroom.address,
            watcher=watcher,
        )
    tell_report(report, options)
    if serve:
        _serve(settings, options, open_browser=False)
    return PARTLY_DONE if report.is_partial else 0


@app.command()
def run(
    context: typer.Context, names: Names = None, database: Database = None, limit: Limit = None
) -> int:
    """Collect the declared sources, extract what is new, store and compare it."""
    return _run(context.obj, names, database, limit, command="run")


@app.command()
def collect(
    context: typer.Context, names: Names = None, database: Database = None, limit: Limit = None
) -> int:
    """Collect the declared sources into the archive, without extracting."""
    from recoupe.run import collect_only

    options: Options = context.obj
    settings = options.settings(database=database)
    with watching(options) as watcher:
        report = collect_only(settings, _chosen(settings, names), limit=limit, watcher=watcher)
    tell_report(report, options)
    return PARTLY_DONE if report.is_partial else 0


def _run(
    options: Options,
    names: list[str] | None,
    database: Path | None,
    limit: int | None,
    *,
    command: str,
) -> int:
    from recoupe.run import run as run_job

    settings = options.settings(database=database)
    with watching(options) as watcher:
        report = run_job(
            settings, _chosen(settings, names), command=command, limit=limit, watcher=watcher
        )
    tell_report(report, options)
    return PARTLY_DONE if report.is_partial else 0


@app.command()
def load(
    context: typer.Context,
    inputs: Inputs,
    database: Database = None,
    url: Url = None,
    published_at: PublishedAt = None,
    kind: Kind = None,
) -> int:
    """Read files or addresses, extract their figures and store them in the base."""
    from recoupe.run import store_articles

    options: Options = context.obj
    settings = options.settings(database=database)
    failed: list[str] = []

    def articles() -> Iterator[Article]:
        for name, outcome in _articles(inputs, settings, url, published_at, kind):
            if isinstance(outcome, Article):
                yield outcome
            else:
                failed.append(f"{name}: {outcome}")

    with watching(options) as watcher:
        report = store_articles(settings, articles(), watcher=watcher)
    tell_report(report, options)
    for message in failed:
        tell(f"recoupe: {message}", options)
    return PARTLY_DONE if failed or report.is_partial else 0


@app.command()
def read(
    context: typer.Context,
    inputs: Inputs,
    url: Url = None,
    published_at: PublishedAt = None,
    kind: Kind = None,
    form: Output = Format.json,
) -> int:
    """Read the article in a file or at an address; nothing is extracted or stored."""
    options: Options = context.obj
    documents: list[dict[str, object]] = []
    failures: list[RecoupeError] = []
    for name, outcome in _articles(inputs, options.settings(), url, published_at, kind):
        if isinstance(outcome, Article):
            documents.append(document_json(outcome))
        else:
            failures.append(outcome)
            tell(f"recoupe: {name}: {outcome}", options)
    if form is Format.json and len(inputs) == 1:
        if documents:
            write_bytes(to_json(documents[0]) + b"\n")
    else:
        write_rows(documents, ("published_at", "kind", "title", "url"), form, options)
    return _code(failures)


@app.command()
def extract(
    context: typer.Context,
    inputs: Inputs,
    url: Url = None,
    published_at: PublishedAt = None,
    kind: Kind = None,
    form: Output = Format.json,
) -> int:
    """Extract figures, territories, people and facts; nothing is stored."""
    from recoupe.extracting import extract_each, fact_rows

    options: Options = context.obj
    outcomes = _articles(inputs, options.settings(), url, published_at, kind)
    results = list(extract_each(outcomes))
    failures = [result for result in results if isinstance(result.outcome, Exception)]
    for result in failures:
        tell(f"recoupe: {result.name}: {result.outcome}", options)
    if form in {Format.json, Format.jsonl}:
        objects = [
            error_json(r.stage, str(r.outcome))
            if isinstance(r.outcome, Exception)
            else extraction_json(r.outcome)
            for r in results
        ]
        write_rows(objects, (), form, options)
    else:
        rows, columns = fact_rows(results)
        write_rows(rows, columns, form, options)
    return PARTLY_DONE if failures else 0


@app.command()
def search(
    context: typer.Context,
    words: Annotated[
        list[str], typer.Argument(help="Words, « phrases », montant:>1M, statut:engagé…")
    ],
    database: Database = None,
    limit: Annotated[int, typer.Option(min=1, max=1000)] = 20,
    form: Output = Format.table,
) -> int:
    """Search the figures of the base."""
    from recoupe.searching import SEARCH_COLUMNS, search_rows

    options: Options = context.obj
    rows = search_rows(options.settings(database=database), " ".join(words), limit=limit)
    write_rows(rows, SEARCH_COLUMNS, form, options)
    return 0


@app.command()
def compare(
    context: typer.Context,
    database: Database = None,
    programme: Annotated[str | None, typer.Option(help="Only this programme.")] = None,
    form: Output = Format.table,
) -> int:
    """Show announced and reported figures side by side."""
    from recoupe.searching import COMPARE_COLUMNS, compare_rows

    options: Options = context.obj
    rows = compare_rows(options.settings(database=database), programme=programme)
    write_rows(rows, COMPARE_COLUMNS, form, options)
    return 0


@app.command()
def sources(context: typer.Context, form: Output = Format.table) -> int:
    """List the declared sources."""
    options: Options = context.obj
    rows = [
        {
            "name": s.name,
            "kind": s.kind,
            "title": s.title,
            "hosts": " ".join(s.hosts),
            "last_checked": s.last_checked,
        }
        for s in _declared(options.settings())
    ]
    write_rows(rows, ("name", "kind", "title", "hosts", "last_checked"), form, options)
    return 0


@app.command()
def serve(
    context: typer.Context,
    database: Database = None,
    host: Annotated[str | None, typer.Option(help="Address to listen on.")] = None,
    port: Annotated[int | None, typer.Option(help="Port to listen on.")] = None,
    open_browser: Annotated[
        bool, typer.Option("--open", help="Open the site in a browser.")
    ] = False,
) -> int:
    """Serve the site on this machine."""
    options: Options = context.obj
    settings = options.settings(database=database, host=host, port=port)
    _serve(settings, options, open_browser=open_browser)
    return 0


@app.command()
def status(context: typer.Context, database: Database = None, form: Output = Format.table) -> int:
    """Show the effective settings, where each came from, and what the base holds."""
    from recoupe.searching import status_rows

    options: Options = context.obj
    rows = status_rows(options.settings(database=database))
    write_rows(rows, ("name", "value", "origin"), form, options)
    return 0


# --- shared by the commands -----------------------------------------------------------------------


def _serve(settings: Settings, options: Options, *, open_browser: bool) -> None:
    serve_base(
        settings.database,
        host=settings.host,
        port=settings.port,
        open_browser=open_browser,
        ready=lambda address: tell(f"The site is at {address} (Ctrl-C ends it)", options),
    )


def _declared(settings: Settings) -> tuple[Source, ...]:
    from recoupe.scraper.sources import CATALOGUE, load_catalogue

    return load_catalogue((CATALOGUE, *settings.sources))


def _chosen(settings: Settings, names: list[str] | None) -> tuple[Source, ...]:
    declared = {source.name: source for source in _declared(settings)}
    unknown = [name for name in names or () if name not in declared]
    if unknown:
        raise UsageError(
            f"no source is called {unknown[0]!r}; `recoupe sources` lists {', '.join(declared)}"
        )
    return tuple(declared[name] for name in names) if names else tuple(declared.values())


def _articles(
    inputs: list[str],
    settings: Settings,
    url: str | None,
    published_at: str | None,
    kind: str | None,
) -> Iterator[tuple[str, Article | RecoupeError]]:
    """Each input's article, or the error that stood in its way."""
    day = checked_day(published_at)
    checked = _checked_kind(kind)
    if url is not None and len(inputs) > 1:
        raise UsageError("--url is the address of one text; give it with one input only")
    for name in inputs:
        try:
            yield name, read_input(name, settings, url=url, published_at=day, kind=checked)
        except RecoupeError as error:
            yield name, error


def _checked_kind(kind: str | None) -> DocumentKind | None:
    if kind not in {None, "press", "official"}:
        raise UsageError(f"--kind {kind!r}: a text is press or official")
    return cast("Literal['press', 'official'] | None", kind)


def _code(failures: list[RecoupeError]) -> int:
    """3 where documents failed; an error's own code where network or rule stood in the way."""
    if not failures:
        return 0
    codes = {failure.exit_code for failure in failures if not isinstance(failure, DocumentError)}
    return codes.pop() if len(codes) == 1 else PARTLY_DONE
