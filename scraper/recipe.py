"""A source's CSS selectors applied to one of its pages.

lxml knows no CSS without another library, so the page is parsed by BeautifulSoup, the selected
elements are marked with an attribute, and the marked page goes on its way; only sources that have
a recipe pay for it.
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass

from bs4 import BeautifulSoup, Tag, XMLParsedAsHTMLWarning
from lxml.etree import _Element
from soupsieve import SelectorSyntaxError

from recoupe.errors import ConfigurationError
from recoupe.records import Recipe, Source

#: Attribute that tells the chosen body and standfirst in the marked page.
_MARK = "data-recoupe-part"


@dataclass(frozen=True, slots=True, kw_only=True)
class Selected:
    """What a recipe found: the page with marks, and the texts of the fields it names."""

    markup: str
    title: str | None = None
    author: str | None = None
    published: str | None = None
    section: str | None = None


def apply_recipe(markup: str, source: Source | None) -> Selected:
    """The page as the source's recipe sees it; raises `ConfigurationError` on a bad selector."""
    if source is None or source.recipe == Recipe():
        return Selected(markup=markup)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", XMLParsedAsHTMLWarning)
        soup = BeautifulSoup(markup, "lxml")
    try:
        return _selected(soup, source.recipe)
    except SelectorSyntaxError as error:
        raise ConfigurationError(
            f"source {source.name!r}: its recipe holds a selector that is no CSS: {error}"
        ) from error


def marked(tree: _Element, part: str) -> _Element | None:
    """The element that the recipe chose as ``"body"`` or ``"standfirst"``."""
    return next((node for node in tree.iter() if node.get(_MARK) == part), None)


def _selected(soup: BeautifulSoup, recipe: Recipe) -> Selected:
    for unwanted in recipe.remove:
        for element in soup.select(unwanted):
            element.decompose()
    for part, selector in (("body", recipe.body), ("standfirst", recipe.standfirst)):
        chosen = soup.select_one(selector) if selector else None
        if chosen is not None:
            chosen[_MARK] = part
    return Selected(
        markup=str(soup),
        title=_value(soup, recipe.title),
        author=_value(soup, recipe.author),
        published=_value(soup, recipe.published),
        section=_value(soup, recipe.section),
    )


def _value(soup: BeautifulSoup, selector: str | None) -> str | None:
    """The machine's form of a selected element (`datetime`, `content`), else its text."""
    element = soup.select_one(selector) if selector else None
    if not isinstance(element, Tag):
        return None
    for attribute in ("datetime", "content"):
        if element.get(attribute):
            return str(element[attribute]).strip() or None
    return " ".join(element.get_text(" ").split()) or None
