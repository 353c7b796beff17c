"""What a server answered, as plain data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from email.message import Message


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """A server's answer after redirects; header names are lower-case, ``body`` is decompressed.

    ``elapsed`` is in seconds, waits included.
    """

    url: str
    final_url: str
    status: int
    headers: Mapping[str, str]
    body: bytes
    elapsed: float

    @property
    def etag(self) -> str | None:
        """The validator ETag as sent."""
        return self.headers.get("etag") or None

    @property
    def last_modified(self) -> str | None:
        """The validator Last-Modified as sent."""
        return self.headers.get("last-modified") or None

    @property
    def content_type(self) -> str | None:
        """The declared media type, lower-case and without parameters."""
        # A header sent twice is joined by a comma; the first one counts.
        declared = self.headers.get("content-type", "").partition(",")[0]
        return declared.partition(";")[0].strip().lower() or None

    @property
    def charset(self) -> str | None:
        """The declared charset, lower-case."""
        message = Message()
        message["content-type"] = self.headers.get("content-type", "")
        charset = message.get_param("charset")
        return charset.strip().lower() or None if isinstance(charset, str) else None
