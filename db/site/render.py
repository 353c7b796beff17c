"""From a page of ours to an answer: template, static files, the strict policy."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from datasette import Request, Response

from recoupe.db.site.headers import OUR_POLICY
from recoupe.db.site.pages import Page

if TYPE_CHECKING:  # a plugin is loaded while datasette.app is
    from datasette.app import Datasette

STATIC = Path(__file__).parent.parent / "static"


async def render(server: Datasette, request: Request, page: Page, *, status: int = 200) -> Response:
    """A page of ours as an answer, under the strict policy."""
    context = {
        **page.context,
        "css_version": version_of("site.css"),
        "icon_version": version_of("icon.svg"),
        "base": database_of(server),
    }
    body = await server.render_template(f"recoupe/{page.template}", context, request=request)
    return Response.html(body, status=status, headers={"content-security-policy": OUR_POLICY})


@cache
def version_of(name: str) -> str:
    """The first digits of a static file's hash, which make its address new when it changes."""
    return hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:12]


def database_of(server: Datasette) -> str:
    """The name of the base among those the server has; ours is called ``recoupe`` by default."""
    names = [name for name in server.databases if not name.startswith("_")]
    return "recoupe" if "recoupe" in names or not names else names[0]
