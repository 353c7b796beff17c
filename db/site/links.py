"""Addresses that the site may print: web pages only, and the exact place inside them."""

from __future__ import annotations

from urllib.parse import quote, urlsplit

_SCHEMES = frozenset({"http", "https"})
#: Longer stretches are named by their first and last words, as browsers themselves write them.
_WHOLE = 80
_EDGE_WORDS = 5


def web_address(url: str | None) -> str | None:
    """The address if it is an http(s) one with a host, else ``None``: no ``javascript:``."""
    if url is None or any(ord(character) <= ord(" ") for character in url):
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in _SCHEMES and parts.hostname else None


def with_text_fragment(url: str | None, passage: str) -> str | None:
    """The address with the fragment that makes a browser scroll to ``passage`` and mark it.

    Source: WICG, URL Fragment Text Directives; ``-`` and ``,`` have a meaning there and are
    percent-encoded.
    """
    address = web_address(url)
    words = passage.split()
    if address is None or not words:
        return address
    if len(passage) <= _WHOLE or len(words) <= 2 * _EDGE_WORDS:
        directive = _encode(" ".join(words))
    else:
        first, last = words[:_EDGE_WORDS], words[-_EDGE_WORDS:]
        directive = f"{_encode(' '.join(first))},{_encode(' '.join(last))}"
    separator = "" if "#" in address else "#"
    return f"{address}{separator}:~:text={directive}"


def host(url: str | None) -> str:
    """The host of an address without ``www.``, for a reader to know where a link leads."""
    address = web_address(url)
    return "" if address is None else (urlsplit(address).hostname or "").removeprefix("www.")


def _encode(text: str) -> str:
    return quote(text, safe="").replace("-", "%2D")
