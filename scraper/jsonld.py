"""The schema.org description of an article that most French papers put into their pages.

Read leniently: graphs, lists, lists of lists, types as lists, comments, CDATA marks, stray control
characters and trailing commas all occur. Blocks that stay unreadable are passed over, since a
page without them is still an article.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from lxml.etree import _Element

Node = Mapping[str, Any]

_ARTICLES = (
    "NewsArticle", "ReportageNewsArticle", "AnalysisNewsArticle", "OpinionNewsArticle",
    "BackgroundNewsArticle", "ReviewNewsArticle", "AskPublicNewsArticle", "LiveBlogPosting",
    "Article", "BlogPosting", "SocialMediaPosting", "Report", "TechArticle", "ScholarlyArticle",
    "AdvertiserContentArticle", "SatiricalArticle", "GovernmentService", "SpecialAnnouncement",
)  # fmt: skip
#: Characters of JSON-LD read from one page, and nodes visited in it.
_MAX_LENGTH = 2_000_000
_MAX_NODES = 5_000
_WRAPPERS = re.compile(
    r"^\s*(?:<!--|/\*.*?\*/|//\s*<!\[CDATA\[|<!\[CDATA\[)|(?://\s*)?(?:\]\]>|-->)\s*$"
)
_TRAILING_COMMA = re.compile(r",\s*([}\]])")
_CONTROL = re.compile(r"[\x00-\x1f]+")


def article_node(tree: _Element) -> Node:
    """The most article-like schema.org node of a page, ``{}`` where there is none."""
    found = [node for node in nodes(tree) if _rank(node) < len(_ARTICLES)]
    return min(found, key=lambda node: (_rank(node), -len(node)), default={})


def nodes(tree: _Element) -> Iterator[Node]:
    """All objects of all JSON-LD blocks, the outer ones first."""
    for script in tree.iter("script"):
        if "ld+json" in (script.get("type") or "").lower() and script.text:
            yield from _walk(_parsed(script.text[:_MAX_LENGTH]))


def types(node: Node) -> tuple[str, ...]:
    """The node's types without their vocabulary's address."""
    value = node.get("@type")
    names = value if isinstance(value, list) else [value]
    return tuple(name.rsplit("/", 1)[-1] for name in names if isinstance(name, str))


def string(value: object) -> str | None:
    """The first text in a value, tags and character references resolved; ``None`` for none."""
    match value:
        case str():
            text = html.unescape(re.sub(r"<[^>]{0,200}>", "", html.unescape(value))).strip()
            return text or None
        case list():
            return next(filter(None, map(string, value)), None)
        case {"@value": inner} | {"name": inner}:
            return string(inner)
        case _:
            return None


def strings(value: object) -> list[str]:
    """All texts in a value: a string, an object with a name, or a list of both."""
    if isinstance(value, list):
        return [text for item in value for text in strings(item)]
    text = string(value)
    return [text] if text else []


def flag(value: object) -> bool | None:
    """A boolean however it is written: ``false``, ``"False"``, ``"http://schema.org/False"``."""
    if isinstance(value, bool):
        return value
    word = str(value).strip().rsplit("/", 1)[-1].lower() if value is not None else ""
    return {"true": True, "1": True, "yes": True, "false": False, "0": False, "no": False}.get(word)


def is_free(node: Node) -> bool | None:
    """``isAccessibleForFree`` of the article, or of its locked part; ``None`` if not said."""
    free = flag(node.get("isAccessibleForFree"))
    parts = node.get("hasPart")
    for part in parts if isinstance(parts, list) else [parts]:
        if isinstance(part, dict) and flag(part.get("isAccessibleForFree")) is False:
            return False
    return free


def _rank(node: Node) -> int:
    ranks = [_ARTICLES.index(name) for name in types(node) if name in _ARTICLES]
    return min(ranks, default=len(_ARTICLES))


def _parsed(raw: str) -> object:
    """The JSON of one script, mended once if need be; ``None`` if it is beyond reading."""
    text = _WRAPPERS.sub("", _WRAPPERS.sub("", raw.strip())).strip().rstrip(";")
    for attempt in (text, _TRAILING_COMMA.sub(r"\1", _CONTROL.sub(" ", text)), html.unescape(text)):
        try:
            return json.loads(attempt, strict=False)
        except (ValueError, RecursionError):
            continue
    return _first_object(text)


def _first_object(text: str) -> object:
    """The first whole object of a script that goes on with something else."""
    start = text.find("{")
    if start < 0:
        return None
    try:
        return json.JSONDecoder(strict=False).raw_decode(text, start)[0]
    except (ValueError, RecursionError):
        return None


def _walk(value: object) -> Iterator[Node]:
    """Objects in breadth-first order; a queue, since pages nest them without end."""
    queue: list[object] = [value]
    for count, item in enumerate(queue):
        if count >= _MAX_NODES:
            return
        if isinstance(item, list):
            queue.extend(item)
        elif isinstance(item, dict):
            yield item
            queue.extend(
                item.get(key)
                for key in ("@graph", "mainEntity", "mainEntityOfPage", "itemListElement")
            )
