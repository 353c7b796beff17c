"""Errors as French pages; JSON stays JSON, and what went wrong inside goes to the log only."""

from __future__ import annotations

import logging
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from datasette import Request, Response
from datasette.utils.asgi import Base400

from recoupe.db.site.pages import Page
from recoupe.db.site.render import render

if TYPE_CHECKING:  # a plugin is loaded while datasette.app is
    from datasette.app import Datasette

#: The module whose handler prints every exception, 404s included, on standard output.
STOCK_HANDLER = "datasette.handle_exception"
_LOG = logging.getLogger("recoupe.site")


Answer = Callable[[], Awaitable[Response]]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Wording:
    title: str
    text: str


_WORDINGS = {
    400: _Wording(
        title="Demande impossible",
        text="Le serveur n’a pas compris cette demande. Vérifiez l’adresse ou la requête.",
    ),
    403: _Wording(
        title="Accès refusé",
        text="Cette page n’est pas ouverte à tous. Connectez-vous, ou demandez l’accès à la"
        " personne qui tient ce site.",
    ),
    404: _Wording(
        title="Page introuvable",
        text="Cette adresse ne mène à rien\u00a0: la page n’existe pas ou n’existe plus.",
    ),
    500: _Wording(
        title="Erreur du serveur",
        text="Quelque chose s’est mal passé de notre côté. Réessayez\u00a0; si l’erreur persiste,"
        " signalez l’adresse de cette page à la personne qui tient ce site.",
    ),
}


def answer_to(server: Datasette, request: Request, exception: Exception) -> Answer:
    """What Datasette awaits to answer an exception."""

    async def answer() -> Response:
        status, detail = _described(exception)
        if status not in _WORDINGS or status >= 500:  # noqa: PLR2004
            _LOG.error("%s failed", request.path, exc_info=exception)
        if request.path.endswith(".json"):
            body = {"ok": False, "error": detail or _wording(status).title, "status": status}
            return Response.json(body, status=status)
        return await page(server, request, status=status, detail=detail)

    return answer


def forbidden(server: Datasette, request: Request) -> Answer:
    """What Datasette awaits to answer a refusal."""

    async def answer() -> Response:
        return await page(server, request, status=403)

    return answer


async def page(server: Datasette, request: Request, *, status: int, detail: str = "") -> Response:
    """The French page of an error."""
    context = {"section": "", "wording": _wording(status), "detail": detail, "status": status}
    return await render(
        server, request, Page(template="error.html", context=context), status=status
    )


def _wording(status: int) -> _Wording:
    return _WORDINGS.get(status) or _WORDINGS[500 if status >= 500 else 400]  # noqa: PLR2004


def _described(exception: Exception) -> tuple[int, str]:
    """The status of an exception, and its message where it is meant for whoever asked."""
    from datasette.views.base import DatasetteError

    if isinstance(exception, DatasetteError):
        # Datasette gives 500 to a table sorted by a column that it does not have.
        status = 400 if exception.status >= 500 else exception.status  # noqa: PLR2004
        return status, _without_tags(str(exception.message))
    if isinstance(exception, Base400):
        message = str(exception.args[0]) if exception.args else ""
        return exception.status, "" if message == str(exception.status) else message
    return 500, ""


def _without_tags(message: str) -> str:
    """Datasette writes some messages as HTML; what is left is escaped like any text."""
    return " ".join(re.sub(r"<[^>]*>", " ", message).split())
