"""A page's characters to one clean tree: parsed once, bounded in depth, hidden parts gone.

Scripts are never run and no external entity is read: the parser is HTML's, without network.
"""

from __future__ import annotations

import re

from lxml import etree, html
from lxml.etree import _Element

from recoupe.errors import ReadError
from recoupe.scraper.page_marks import named

#: Wrappers beyond this depth are folded; browsers stop at 512, and ancestor look-ups are slow.
MAX_DEPTH = 200
#: Largest share of a page's prose that a container with a boilerplate name may hold and be dropped.
_MAX_DROPPED_SHARE = 0.3
#: Share of link text from which such a container is dropped however long it is.
_LINKED = 0.5

_CONTROLS = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f\ufffe\uffff]")
_XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_HIDING = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_CHROME = (
    *("script", "style", "noscript", "template", "nav", "menu", "dialog", "svg"),
    *("button", "select", "textarea", "iframe"),
)
_NAMED_BY_ID = {"div", "section", "aside", "ul", "ol", "nav", "footer", "header", "form"}
_NEVER_DROPPED = {"html", "body", "main", "h1", "table", "tr", "td", "th", "caption"}


def parse_page(text: str) -> _Element:
    """The tree of a page; raises `ReadError` where there is none or it is nested beyond measure."""
    markup = _XML_DECLARATION.sub("", _CONTROLS.sub("", text))
    parser = html.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True, no_network=True
    )
    try:
        tree = html.document_fromstring(markup.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, AssertionError) as error:
        raise ReadError(f"the page holds no HTML that can be parsed ({error})") from error
    _fold_wrappers(tree)
    return tree


def clean_tree(tree: _Element) -> None:
    """Take hidden parts, page furniture and containers with a boilerplate name out of the tree."""
    for element in list(tree.iter(*_CHROME)):
        _drop(element)
    for element in [e for e in tree.iter(etree.Element) if _is_hidden(e)]:
        _drop(element)
    _drop_forms(tree)
    _drop_named(tree)
    _open_quotes(tree)


def text_of(element: _Element) -> str:
    """All characters under an element, in page order."""
    return str(element.xpath("string()"))


def link_share(element: _Element, length: int | None = None) -> float:
    """Share of an element's characters that stand in links, 0–1."""
    total = length if length is not None else len(text_of(element).strip())
    linked = sum(len(text_of(link).strip()) for link in element.iter("a") if link.get("href"))
    return linked / total if total else 0.0


def _fold_wrappers(tree: _Element) -> None:
    """Replace, in a tree too deep, each chain of lone wrappers by the innermost of them."""
    if not _deeper(tree, MAX_DEPTH):
        return
    for element in list(tree.iter("div", "span", "section", "font", "center", "b", "i")):
        parent = element.getparent()
        if parent is not None and parent.tag == element.tag and _is_alone(element, parent):
            element.drop_tag()  # type: ignore[attr-defined]
    if _deeper(tree, MAX_DEPTH * 2):
        raise ReadError(
            f"the page nests its elements more than {MAX_DEPTH * 2} deep; it is no article"
        )


def _is_alone(element: _Element, parent: _Element) -> bool:
    return len(parent) == 1 and not (parent.text or "").strip() and not (element.tail or "").strip()


def _deeper(tree: _Element, limit: int) -> bool:
    depth = 0
    for event, _ in etree.iterwalk(tree, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > limit:
            return True
    return False


def _is_hidden(element: _Element) -> bool:
    if element.tag in _NEVER_DROPPED:
        return False
    style = element.get("style")
    return (
        "hidden" in element.attrib
        or element.get("aria-hidden") == "true"
        or (style is not None and _HIDING.search(style) is not None)
    )


def _drop_named(tree: _Element) -> None:
    """Drop containers by name, unless they hold a fair share of the page's own prose."""
    prose = sum(_own_prose(paragraph) for paragraph in tree.iter("p")) or len(text_of(tree))
    for element in list(tree.iter(etree.Element)):
        if element.getparent() is None or element.tag in _NEVER_DROPPED:
            continue
        if not named(element, "dropped", with_id=element.tag in _NAMED_BY_ID):
            continue
        length = len(text_of(element).strip())
        small = length <= _MAX_DROPPED_SHARE * prose
        if (small or link_share(element, length) > _LINKED) and not _holds_title(element):
            _drop(element)


def _drop_forms(tree: _Element) -> None:
    """Drop forms but the one that old frameworks wrap around the whole page."""
    whole = len(text_of(tree))
    for form in list(tree.iter("form", "fieldset")):
        if len(text_of(form)) < whole / 2:
            _drop(form)


def _open_quotes(tree: _Element) -> None:
    """Make prose of figures that hold a quotation and who said it, not a picture."""
    for figure in list(tree.iter("figure")):
        if next(figure.iter("blockquote"), None) is None or next(figure.iter("img"), None):
            continue
        figure.tag = "div"
        for caption in figure.iter("figcaption"):
            caption.tag = "div"


def _own_prose(paragraph: _Element) -> int:
    length = len(text_of(paragraph).strip())
    return length if length and link_share(paragraph, length) < _LINKED else 0


def _holds_title(element: _Element) -> bool:
    return next(element.iter("h1"), None) is not None


def _drop(element: _Element) -> None:
    """Remove an element and keep the text that follows it."""
    if element.getparent() is not None:
        element.drop_tree()  # type: ignore[attr-defined]
