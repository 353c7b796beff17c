"""The site: one Datasette plugin. This module holds its hooks and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Generator
from typing import TYPE_CHECKING, Any

from datasette import Request
from jinja2 import Environment
from pluggy import HookimplMarker

from recoupe.db.site import errors, headers, routes, templates

if TYPE_CHECKING:  # a plugin is loaded while datasette.app is
    from datasette.app import Datasette

#: Datasette's own marker, with its types.
hookimpl = HookimplMarker("datasette")


@hookimpl
def register_routes() -> list[tuple[str, Any]]:
    """Our pages, before those of Datasette."""
    return routes.routes()


@hookimpl
def prepare_jinja2_environment(env: Environment) -> None:
    """Our templates, and those of Datasette in French."""
    templates.prepare(env)


@hookimpl
def asgi_wrapper() -> Callable[[headers.Application], headers.Application]:
    """Headers that keep the reader's browser on this site."""
    return headers.protect


@hookimpl(wrapper=True)
def handle_exception(
    datasette: Datasette, request: Request, exception: Exception
) -> Generator[None, list[Any], list[Any]]:
    """A French page in place of Datasette's own, which also prints every error with its locals."""
    handlers: list[Any] = yield
    others = [h for h in handlers if getattr(h, "__module__", "") != errors.STOCK_HANDLER]
    return [*others, errors.answer_to(datasette, request, exception)]


@hookimpl
def forbidden(datasette: Datasette, request: Request) -> errors.Answer:
    """A French page for what one may not see."""
    return errors.forbidden(datasette, request)
