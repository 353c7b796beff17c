"""Undo gzip and deflate piece by piece, never past a limit: a bomb of 1 MB may hold a gigabyte."""

from __future__ import annotations

import zlib

from recoupe.errors import NetworkError

_GZIP = zlib.MAX_WBITS | 16
_GZIP_MAGIC = b"\x1f\x8b"
#: Values of Content-Encoding that can be undone here; the fetcher asks for no other.
ENCODINGS = frozenset({"", "identity", "gzip", "x-gzip", "deflate"})


class Inflater:
    """Decode one body as it comes in; `NetworkError` beyond ``limit`` bytes or for broken data.

    ``where`` is the address that messages name.
    """

    def __init__(self, encoding: str, *, limit: int, where: str) -> None:
        self._encoding = encoding.strip().lower()
        self._limit = limit
        self._left = limit
        self._where = where
        self._fed = False
        if self._encoding not in ENCODINGS:
            raise NetworkError(f"{where}: sent as {encoding!r}, which was not asked for; not read")
        self._plain = self._encoding in {"", "identity"}
        self._stream = zlib.decompressobj(
            _GZIP if "gzip" in self._encoding else zlib.MAX_WBITS,
        )

    def feed(self, data: bytes) -> bytes:
        """The decoded form of the next piece."""
        decoded = data if self._plain else b"".join(self._inflate(data))
        self._fed = self._fed or bool(data)
        if self._plain:
            self._count(decoded)
        return decoded

    def close(self) -> None:
        """Raise `NetworkError` if a compressed body ended before its end."""
        if self._fed and not self._plain and not self._stream.eof:
            raise NetworkError(f"{self._where}: the compressed body is cut short; try again later")

    def _inflate(self, data: bytes) -> list[bytes]:
        pieces = []
        while data and not (self._stream.eof and not self._next_member(data)):
            piece = self._decompress(data)
            self._count(piece)
            pieces.append(piece)
            # unconsumed_tail is empty here: _count refuses what reaches the limit.
            data = self._stream.unused_data if self._stream.eof else b""
        return pieces

    def _next_member(self, data: bytes) -> bool:
        # A gzip file may be several members in a row; padding after the last one is ignored.
        if not data.startswith(_GZIP_MAGIC):
            return False
        self._stream = zlib.decompressobj(_GZIP)
        return True

    def _decompress(self, data: bytes) -> bytes:
        try:
            return self._stream.decompress(data, self._left + 1)
        except zlib.error as error:
            if self._encoding == "deflate" and not self._fed:
                # Half the servers send raw deflate under this name, without zlib's header.
                self._fed = True
                self._stream = zlib.decompressobj(-zlib.MAX_WBITS)
                return self._decompress(data)
            raise NetworkError(f"{self._where}: the compressed body is damaged: {error}") from error

    def _count(self, piece: bytes) -> None:
        self._left -= len(piece)
        if self._left < 0:
            raise NetworkError(
                f"{self._where}: more than {self._limit:,} bytes once decompressed; not read"
            )


def gunzip_if_needed(body: bytes, *, limit: int, where: str) -> bytes:
    """A body as it is, or unpacked if it starts like a gzip file (``sitemap.xml.gz``)."""
    if not body.startswith(_GZIP_MAGIC):
        return body
    inflater = Inflater("gzip", limit=limit, where=where)
    unpacked = inflater.feed(body)
    inflater.close()
    return unpacked
