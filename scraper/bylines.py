"""Where a page shows who wrote it: elements named for it, else a line « Par Jeanne Kerbrat »."""

from __future__ import annotations

import itertools

from lxml import etree
from lxml.etree import _Element

from recoupe.scraper import authors
from recoupe.scraper.blocks import HEADINGS, flat_text, fold_space
from recoupe.scraper.boilerplate import family_of
from recoupe.scraper.page_marks import named

_MAX = 90
#: Elements looked at for a line, from the top of the page.
_MAX_LINES = 3_000
_LINES = ("p", "div", "span", "small", "em", "i", "b", "strong", "font", "td", "li")
#: Whose name stands in these is quoted, or took the picture.
_QUOTING = ("figure", "figcaption", "blockquote", "q", "cite")
_FAMILIES = {"byline", "dateline"}


def bylines(tree: _Element) -> list[str]:
    """The first byline that the page shows, as it is written; empty where there is none."""
    marked = (fold_space(flat_text(e)) for e in tree.iter(etree.Element) if _says_author(e))
    found = next((text for text in marked if 0 < len(text) <= _MAX and authors.names(text)), None)
    line = found or _line(tree)
    return [line] if line else []


def _line(tree: _Element) -> str | None:
    """A line of its own that says « Par » and a full name, with or without a date."""
    for element in itertools.islice(tree.iter(*_LINES), _MAX_LINES):
        text = fold_space(flat_text(element))[: _MAX + 1]
        if len(text) > _MAX or not text.startswith(("Par ", "par ")):
            continue
        family = family_of(text)
        full = [name for name in authors.names(text) if " " in name]
        if family is not None and family.name in _FAMILIES and full:
            return text
    return None


def _says_author(element: _Element) -> bool:
    if element.tag in {"meta", "link", "script", "body", "html", "main", "img", *HEADINGS}:
        return False
    itemprop = (element.get("itemprop") or "").lower()
    said = (
        itemprop == "author"
        or element.get("rel") == "author"
        or named(element, "author", with_id=False)
    )
    return said and next(element.iterancestors(*_QUOTING), None) is None
