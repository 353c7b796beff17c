"""HTML to a tree in which CSS selectors find their elements."""

from __future__ import annotations

import warnings

from bs4 import BeautifulSoup, XMLParsedAsHTMLWarning


def parse_html(body: bytes) -> BeautifulSoup:
    """A page as a tree; XML served in its place is taken for what it can be, without a warning."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", XMLParsedAsHTMLWarning)
        return BeautifulSoup(body, "lxml")
