"""The commands that show something and store nothing: they write data to standard output."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Annotated

import typer

from recoupe.console import complain, tell
from recoupe.encode import document_json, error_json, to_json
from recoupe.errors import DocumentError
from recoupe.options import Database, Format, Inputs, Kind, Options, Output, PublishedAt, Url
from recoupe.output import Row, write_array, write_bytes, write_rows, write_table
from recoupe.records import Article

_DOCUMENT_COLUMNS = (
    *("id", "url", "source", "kind", "title", "standfirst", "author", "published_at", "language"),
    "text",
)
_SOURCE_COLUMNS = ("name", "kind", "title", "hosts", "territory", "last_checked")
Most = Annotated[int, typer.Option(min=1, max=100_000, help="At most so many rows.")]


def read(
    context: typer.Context,
    inputs: Inputs,
    url: Url = None,
    published_at: PublishedAt = None,
    kind: Kind = None,
    form: Output = Format.json,
) -> int:
    """Read the article of a file or an address.

    Nothing is extracted or stored.
    """
    from recoupe.inputs import checked, read_each

    options: Options = context.obj
    given = checked(inputs, url=url, published_at=published_at, kind=kind)
    failed: list[int] = []

    def objects() -> Iterator[Row]:
        for _, outcome in read_each(inputs, options.settings(), given):
            if isinstance(outcome, Article):
                yield document_json(outcome)
                continue
            complain(outcome.message)
            failed.append(outcome.error.exit_code)
            if form in {Format.json, Format.jsonl} and len(inputs) > 1:
                yield error_json(outcome.stage, outcome.message)

    if form is Format.json and len(inputs) == 1:
        for document in objects():
            write_bytes(to_json(document) + b"\n")
    else:
        shown = ("published_at", "kind", "title", "url")
        write_rows(objects(), _DOCUMENT_COLUMNS, form, options, shown=shown)
    return exit_code_of(failed, len(inputs))


def extract(
    context: typer.Context,
    inputs: Inputs,
    url: Url = None,
    published_at: PublishedAt = None,
    kind: Kind = None,
    form: Output = Format.json,
) -> int:
    """Extract figures and facts, store nothing."""
    from recoupe.inputs import checked

    options: Options = context.obj
    given = checked(inputs, url=url, published_at=published_at, kind=kind)
    settings = options.settings()

    from recoupe.extracting import FACT_COLUMNS, FACTS_SHOWN, Failed, extract_each, objects, rows
    from recoupe.inputs import read_each

    codes: list[int] = []

    def failed(failure: Failed) -> None:
        complain(failure.message)
        codes.append(failure.exit_code)

    results = extract_each(read_each(inputs, settings, given))
    if form is Format.json:
        write_array(objects(results, failed, indent=2))
    elif form is Format.jsonl:
        for line in objects(results, failed, indent=0):
            write_bytes(line + b"\n")
    else:
        write_rows(rows(results, failed), FACT_COLUMNS, form, options, shown=FACTS_SHOWN)
    return exit_code_of(codes, len(inputs))


def search(
    context: typer.Context,
    words: Annotated[
        list[str], typer.Argument(help="Words, « phrases », montant:>1M, statut:engagé…")
    ],
    database: Database = None,
    limit: Most = 20,
    form: Output = Format.table,
) -> int:
    """Search the figures of the base."""
    from recoupe.searching import SEARCH_COLUMNS, search_rows, search_table

    options: Options = context.obj
    rows, total = search_rows(options.settings(database=database), " ".join(words), limit=limit)
    if form is Format.table:
        write_table(search_table(rows), options)
    else:
        write_rows(rows, SEARCH_COLUMNS, form, options)
    _tell_total(len(rows), total, "figures", options)
    return 0


def compare(
    context: typer.Context,
    database: Database = None,
    programme: Annotated[str | None, typer.Option(help="Only this programme.")] = None,
    limit: Most = 50,
    form: Output = Format.table,
) -> int:
    """Show announced beside reported figures."""
    from recoupe.searching import COMPARE_COLUMNS, compare_rows, compare_table

    options: Options = context.obj
    settings = options.settings(database=database)
    rows, total = compare_rows(settings, programme=programme, limit=limit)
    if form is Format.table:
        write_table(compare_table(rows), options)
    else:
        write_rows(rows, COMPARE_COLUMNS, form, options)
    _tell_total(len(rows), total, "comparisons", options)
    return 0


def sources(context: typer.Context, form: Output = Format.table) -> int:
    """List the declared sources."""
    from recoupe.declared import declared_sources

    options: Options = context.obj
    rows: Iterable[Row] = (
        {
            "name": source.name,
            "kind": source.kind,
            "title": source.title,
            "hosts": " ".join(source.hosts),
            "territory": source.territory,
            "last_checked": source.last_checked,
        }
        for source in declared_sources(options.settings())
    )
    write_rows(rows, _SOURCE_COLUMNS, form, options)
    return 0


def status(context: typer.Context, database: Database = None, form: Output = Format.table) -> int:
    """Show settings, their origins and the base."""
    from recoupe.status import COLUMNS, status_of

    options: Options = context.obj
    told = status_of(options.settings(database=database))
    if form is Format.json:
        write_bytes(to_json(told.as_object()) + b"\n")
    elif form is Format.table:
        for table in told.tables():
            write_table(table, options)
    else:
        write_rows(told.as_rows(), COLUMNS, form, options)
    for error in told.errors:
        complain(str(error))
    return told.errors[0].exit_code if told.errors else 0


def exit_code_of(failed: list[int], inputs: int) -> int:
    """0 where nothing failed; the common code where all failed for one reason; else 3."""
    if not failed:
        return 0
    alike = len(failed) == inputs and len(set(failed)) == 1
    return failed[0] if alike else DocumentError.exit_code


def _tell_total(shown: int, total: int, what: str, options: Options) -> None:
    if not total:
        tell(f"No {what} found.", options)
    elif shown < total:
        tell(f"{shown} of {total} {what} shown; --limit shows more.", options)
