"""The few things that Datasette 0.65 and 1.0 do differently; nothing else may ask for a version."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import datasette
from datasette import Request

if TYPE_CHECKING:  # a plugin is loaded while datasette.app is
    from datasette.app import Datasette

#: 0 for the stable series, 1 for the alphas of 1.0 and what follows them.
MAJOR = int(datasette.__version__.partition(".")[0])


async def require_view(server: Datasette, request: Request, database: str) -> None:
    """Raise Datasette's ``Forbidden`` unless whoever asks may view the base."""
    if MAJOR:
        from datasette.resources import DatabaseResource

        resource = DatabaseResource(database)
        await server.ensure_permission(
            action="view-database", resource=resource, actor=request.actor
        )
        return
    await server.ensure_permissions(request.actor, [("view-database", database), "view-instance"])


def open_server(
    base: Path, *, metadata: Mapping[str, Any], settings: Mapping[str, Any]
) -> Datasette:
    """A Datasette that serves one base, with our metadata where this version expects them.

    1.0 moves the options of a table from the metadata to its configuration by itself.
    """
    from datasette.app import Datasette

    return Datasette([str(base)], metadata=dict(metadata), settings=dict(settings))
