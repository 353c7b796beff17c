"""Serve a base on this machine: Datasette with our plugin, run by uvicorn."""

from __future__ import annotations

import socket
import webbrowser
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import uvicorn

from recoupe.db.connection import open_base
from recoupe.db.site import metadata
from recoupe.db.site.compat import open_server
from recoupe.errors import UsageError

if TYPE_CHECKING:
    from datasette.app import Datasette


def run(
    base: Path,
    *,
    host: str = "127.0.0.1",
    port: int = 8001,
    open_browser: bool = False,
    ready: Callable[[str], None] | None = None,
) -> None:
    """Serve ``base``, and nothing else, until interrupted; port 0 takes any that is free.

    ``ready`` is given the address once pages are served; nothing is printed. Raises
    `DatabaseError` for a file that is no base of ours, `UsageError` for an address that is taken.
    """
    server = server_for(base)
    listening = _listen(host, port)
    with listening:
        address = _address(listening)

        def announce() -> None:
            if ready is not None:
                ready(address)
            if open_browser:
                webbrowser.open(address)

        config = uvicorn.Config(server.app(), log_config=None, access_log=False, lifespan="on")
        _Server(config, announce).run(sockets=[listening])


def server_for(base: Path) -> Datasette:
    """A Datasette on one base, read-only, with our metadata and limits."""
    open_base(base, read_only=True).conn.close()
    return open_server(
        base.resolve(), metadata=metadata.metadata(base.stem), settings=metadata.settings()
    )


class _Server(uvicorn.Server):
    """uvicorn says when it has started only in its log."""

    def __init__(self, config: uvicorn.Config, announce: Callable[[], None]) -> None:
        super().__init__(config)
        self._announce = announce

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self._announce()


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family)
    except OSError as error:
        raise UsageError(
            f"cannot listen on {host} port {port}: {error.strerror}; stop what uses it, or choose"
            " another port with --port"
        ) from error


def _address(listening: socket.socket) -> str:
    host, port = listening.getsockname()[:2]
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"
