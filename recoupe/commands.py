"""The commands: each puts its settings together, calls `run` or a stage, shows the outcome."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from recoupe import judging, showing
from recoupe.cli import INTERRUPTED, app
from recoupe.console import complain, tell, tell_report, watching
from recoupe.errors import UsageError
from recoupe.options import Database, Inputs, Kind, Limit, Names, Options, PublishedAt, Url
from recoupe.records import Article, Failure
from recoupe.settings import Settings

_DEMO_BASE = Path("demo/recoupe.db")
_DEMO_AGENT = "recoupe-demo/0.1 (+https://recoupe.example/demo)"


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
    """Do the whole job on the embedded newsroom.

    Collects it with the real scraper, extracts, stores, compares, and serves the site.
    """
    from recoupe.corpus.newsroom import Newsroom
    from recoupe.run import run

    options: Options = context.obj
    base = database or _DEMO_BASE
    settings = options.settings(
        database=base,
        archive=base.with_name(f"{base.stem}-archive.db"),
        newsroom_port=newsroom_port,
        port=port,
        delay=0,
        user_agent=_DEMO_AGENT,
    )
    if serve:
        settings = _with_free_port(settings)
    tell(f"Collecting the embedded newsroom into {base}", options)
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
        return _serve(settings, options, open_browser=False) or report.exit_code
    tell(f"To see it in a browser: recoupe serve --db {base}", options)
    return report.exit_code


@app.command()
def run(
    context: typer.Context, names: Names = None, database: Database = None, limit: Limit = None
) -> int:
    """Collect sources, extract, store and compare.

    What did not change since the last run is not fetched, read, extracted or written again.
    """
    from recoupe.declared import chosen, declared_sources
    from recoupe.run import run as run_job

    options: Options = context.obj
    settings = options.settings(database=database)
    declared = declared_sources(settings)
    wanted = chosen(declared, names or ())
    _tell_contact(settings, options)
    with watching(options) as watcher:
        report = run_job(settings, wanted, declared=declared, limit=limit, watcher=watcher)
    tell_report(report, options)
    return report.exit_code


@app.command()
def collect(
    context: typer.Context, names: Names = None, database: Database = None, limit: Limit = None
) -> int:
    """Collect sources into the archive only."""
    from recoupe.declared import chosen, declared_sources
    from recoupe.run import collect_only

    options: Options = context.obj
    settings = options.settings(database=database)
    wanted = chosen(declared_sources(settings), names or ())
    _tell_contact(settings, options)
    with watching(options) as watcher:
        report = collect_only(settings, wanted, limit=limit, watcher=watcher)
    tell_report(report, options)
    return report.exit_code


@app.command()
def load(
    context: typer.Context,
    inputs: Inputs,
    database: Database = None,
    url: Url = None,
    published_at: PublishedAt = None,
    kind: Kind = None,
) -> int:
    """Extract files or addresses into the base."""
    from recoupe.inputs import checked, read_each
    from recoupe.run import store_articles

    options: Options = context.obj
    settings = options.settings(database=database)
    given = checked(inputs, url=url, published_at=published_at, kind=kind)
    failed: list[int] = []

    def articles() -> Iterator[Article | Failure]:
        for _, outcome in read_each(inputs, settings, given):
            if isinstance(outcome, Article):
                yield outcome
                continue
            failed.append(outcome.error.exit_code)
            name = type(outcome.error).__name__
            yield Failure(stage=outcome.stage, error=name, message=outcome.message)

    with watching(options) as watcher:
        report = store_articles(settings, articles(), watcher=watcher)
    tell_report(report, options)
    return showing.exit_code_of(failed, len(inputs)) or report.exit_code


app.command()(showing.read)
app.command()(showing.extract)
app.command()(showing.search)
app.command()(showing.compare)
app.command()(showing.sources)


@app.command()
def serve(
    context: typer.Context,
    database: Database = None,
    host: Annotated[str | None, typer.Option(help="Address to listen on.")] = None,
    port: Annotated[int | None, typer.Option(help="Port to listen on; 0 takes any.")] = None,
    open_browser: Annotated[
        bool, typer.Option("--open", help="Open the site in a browser.")
    ] = False,
) -> int:
    """Serve the site on this machine."""
    options: Options = context.obj
    settings = options.settings(database=database, host=host, port=port)
    return _serve(settings, options, open_browser=open_browser)


app.command()(showing.status)
app.command()(judging.evaluate)


# --- shared by the commands -----------------------------------------------------------------------


def _serve(settings: Settings, options: Options, *, open_browser: bool) -> int:
    from recoupe.db.site.serve import run as serve_base

    try:
        serve_base(
            settings.database,
            host=settings.host,
            port=settings.port,
            open_browser=open_browser,
            ready=lambda address: tell(f"The site is at {address} (Ctrl-C ends it)", options),
        )
    except KeyboardInterrupt:
        complain("the site is closed; `recoupe serve` opens it again")
        return INTERRUPTED
    return 0


def _with_free_port(settings: Settings) -> Settings:
    """The settings with a port that the site can have, so that no work is done in vain.

    Where nobody chose the port and another program has it, the system chooses one.
    """
    try:
        socket.create_server((settings.host, settings.port)).close()
    except OSError as error:
        if settings.origins["port"] == "default" and settings.origins["host"] == "default":
            return replace(settings, port=0)
        raise UsageError(
            f"the site cannot listen on {settings.host} port {settings.port} "
            f"({error.strerror or error}); stop what uses it, or choose another with --port"
        ) from error
    return settings


def _tell_contact(settings: Settings, options: Options) -> None:
    if settings.origins["user_agent"] == "default":
        tell(
            "Sites cannot reach you: set user_agent in recoupe.toml to a name with your address, "
            "such as 'recoupe/0.1 (+mailto:desk@example.org)'",
            options,
        )
