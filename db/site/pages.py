"""What a page is given, and what it gives back: plain values between the routes and the readers.

A reader is a function of a read-only connection and a `Visit`; it knows nothing of Datasette.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlencode

#: Longer values of a parameter are cut: no one types them, and they only cost.
_LONGEST = 500
#: The last page of a list that can be asked for, since SQLite walks over all that come before.
_LAST_PAGE = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """One request: what the address says, and where the site is mounted (``base_url``).

    ``parts`` are the named groups of the route; ``arguments`` the parameters in their order.
    """

    parts: Mapping[str, str] = field(default_factory=dict)
    arguments: Sequence[tuple[str, str]] = ()
    root: str = "/"

    def get(self, name: str) -> str:
        """The first value of a parameter, trimmed and cut to a sane length; ``""`` for none."""
        return next((clean(value) for key, value in self.arguments if key == name), "")

    def whole(self, name: str) -> int | None:
        """A parameter or a part of the address that is an identifier; ``None`` if it is not."""
        text = self.parts.get(name) or self.get(name)
        return (
            int(text) if text.isascii() and text.isdigit() and len(text) <= len("9" * 15) else None
        )

    @property
    def page(self) -> int:
        """The page of a list, from 1."""
        return min(max(self.whole("page") or 1, 1), _LAST_PAGE)

    def path(self, path: str) -> str:
        """An address of ours under ``root``: ``/faits/1`` → ``/prefix/faits/1``."""
        return self.root.rstrip("/") + path

    def address(self, path: str, **changes: str | int | None) -> str:
        """An address of ours with the present parameters, changed; ``None`` takes one away."""
        kept = [(key, clean(value)) for key, value in self.arguments if key not in changes]
        new = [(key, str(value)) for key, value in changes.items() if value is not None]
        query = urlencode([pair for pair in [*kept, *new] if pair[1]])
        return self.path(path) + (f"?{query}" if query else "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A template of ours and what it shows."""

    template: str
    context: Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Download:
    """A file that a reader takes away."""

    body: str
    content_type: str
    filename: str


#: ``None`` stands for an address that leads nowhere.
Reader = Callable[[sqlite3.Connection, Visit], Page | Download | None]


def clean(value: str) -> str:
    """A typed value without the characters that SQLite or an address cannot carry."""
    readable = value.encode("utf-8", "replace").decode().replace("\0", " ")
    return readable[:_LONGEST].strip()
