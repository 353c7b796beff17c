"""The errors that Recoupe raises; each knows the exit code of the command line it stands for.

    RecoupeError                    1  an error of ours
    ├── UsageError                  2  the command was given something it cannot use
    ├── DocumentError               3  one document cannot be treated; a run goes on without it
    │   ├── ReadError                  no article, no text, unreadable bytes
    │   └── OffsetError                an extractor's offsets do not spell its text
    ├── ConfigurationError          4  settings or a source's TOML
    ├── DatabaseError               4  the base cannot be used: newer schema, full disk, locked
    ├── RefusedError                5  robots.txt, opt-out, the guard against private addresses
    └── NetworkError                6  nothing answers, or not in time

A message says what is wrong, where, and what to do about it.
"""

from __future__ import annotations

from typing import ClassVar


class RecoupeError(Exception):
    """An error whose message is meant for the person at the command line."""

    exit_code: ClassVar[int] = 1


class UsageError(RecoupeError):
    """The command line asks for something that cannot be."""

    exit_code = 2


class DocumentError(RecoupeError):
    """One document cannot be treated; the others are not concerned."""

    exit_code = 3


class ReadError(DocumentError):
    """No article could be read from a file, a page or a PDF."""


class OffsetError(DocumentError):
    """An extractor's offsets do not spell its text, or an identifier leads nowhere."""

    def __init__(self, text: str, start: int, end: int) -> None:
        super().__init__(f"offsets {start}:{end} do not spell {text!r}; nothing of it was stored")


class ConfigurationError(RecoupeError):
    """Settings, or the declaration of a source, cannot be used."""

    exit_code = 4


class DatabaseError(RecoupeError):
    """The base cannot be opened, read or written."""

    exit_code = 4


class RefusedError(RecoupeError):
    """A rule forbids it: robots.txt, an opt-out from mining, a private address, a permission."""

    exit_code = 5


class NetworkError(RecoupeError):
    """The network did not answer, or answered too slowly, too much or in pieces."""

    exit_code = 6
