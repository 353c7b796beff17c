"""Our addresses, and the way from a request to a reader of the base and back."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

from datasette import Request, Response
from datasette.utils import sqlite_timelimit

from recoupe.db.site import (
    article_page,
    comparisons_page,
    data_page,
    errors,
    figure_page,
    home,
    search_page,
)
from recoupe.db.site.compat import require_view
from recoupe.db.site.pages import Download, Page, Reader, Visit
from recoupe.db.site.render import STATIC, database_of, render

if TYPE_CHECKING:  # a plugin is loaded while datasette.app is
    from datasette.app import Datasette

_TYPES = {".css": "text/css; charset=utf-8", ".svg": "image/svg+xml"}
#: A page of ours may take longer than a query typed by a stranger (`metadata.toml`), a file more.
_PAGE_LIMIT_MS = 8_000
_FILE_LIMIT_MS = 60_000
_MOST_ARGUMENTS = 60

_PAGES: dict[str, Reader] = {
    r"/$": home.read,
    r"/recherche$": search_page.read,
    r"/faits/(?P<id>[^/]+)$": figure_page.read,
    r"/articles/(?P<id>[^/]+)$": article_page.read,
    r"/comparer$": comparisons_page.read,
    r"/donnees$": data_page.read,
}

_FILES: dict[str, Reader] = {
    r"/recherche\.csv$": search_page.read_csv,
    r"/recherche\.json$": search_page.read_json,
}

View = Callable[["Datasette", Request], Awaitable[Response]]


def routes() -> list[tuple[str, View]]:
    """The patterns that Datasette tries before its own."""
    pages = [(f"^{at}", _view(reader, _PAGE_LIMIT_MS)) for at, reader in _PAGES.items()]
    files = [(f"^{at}", _view(reader, _FILE_LIMIT_MS)) for at, reader in _FILES.items()]
    return [*pages, *files, (r"^/-/recoupe/(?P<name>[a-z]+\.(?:css|svg))$", _static)]


def _view(reader: Reader, limit_ms: int) -> View:
    async def view(datasette: Datasette, request: Request) -> Response:
        database = database_of(datasette)
        if database not in datasette.databases:
            return await errors.page(datasette, request, status=404)
        await require_view(datasette, request, database)
        visit = Visit(
            parts=request.url_vars,
            arguments=_arguments(request),
            root=datasette.setting("base_url"),
        )
        answer = await datasette.get_database(database).execute_fn(
            _reading(reader, visit, limit_ms)
        )
        if answer is None:
            return await errors.page(datasette, request, status=404)
        if isinstance(answer, Download):
            return _download(answer)
        return await render(datasette, request, answer)

    return view


def _reading(
    reader: Reader, visit: Visit, limit_ms: int
) -> Callable[[sqlite3.Connection], Page | Download | None]:
    """The reader on one snapshot of the base, within its time."""

    def read(connection: sqlite3.Connection) -> Page | Download | None:
        with sqlite_timelimit(connection, limit_ms):
            connection.execute("BEGIN")
            try:
                return reader(connection, visit)
            except sqlite3.OperationalError as error:
                if str(error) == "interrupted":
                    return Page(template="slow.html", context={"section": "search"})
                if "no such table" in str(error):  # some other base than one of ours
                    return None
                raise
            finally:
                connection.rollback()

    return read


def _arguments(request: Request) -> list[tuple[str, str]]:
    query = (request.scope.get("query_string") or b"").decode("utf-8", "replace")
    return parse_qsl(query, keep_blank_values=True, errors="replace")[:_MOST_ARGUMENTS]


def _download(answer: Download) -> Response:
    name = re.sub(r"[^\w.-]", "_", answer.filename)
    return Response(
        answer.body,
        headers={"content-disposition": f'attachment; filename="{name}"'},
        content_type=answer.content_type,
    )


async def _static(datasette: Datasette, request: Request) -> Response:
    path = STATIC / request.url_vars["name"]
    if not path.is_file():
        return await errors.page(datasette, request, status=404)
    return Response(
        path.read_text(encoding="utf-8"),
        headers={"cache-control": "public, max-age=31536000, immutable"},
        content_type=_TYPES[path.suffix],
    )
