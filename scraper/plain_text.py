"""Plain text files, and the JSON `document` object that `recoupe read` writes."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any, cast, get_args

from recoupe.errors import ReadError
from recoupe.records import Article, DocumentKind
from recoupe.scraper.boilerplate import family_of
from recoupe.scraper.published import normal_date

#: A headline has from 3 words to so many characters, and stands among the first blocks.
_MIN_WORDS = 3
_MAX_TITLE = 200
_FIRST_BLOCKS = 4
_LINE_ENDS = re.compile(r"\r\n|\r|\n")
_STRINGS = (
    "url",
    "source",
    "title",
    "standfirst",
    "author",
    "section",
    "published_at",
    "modified_at",
    "language",
)


def text_article(text: str) -> Article:
    """The text unchanged, line ends and no-break spaces included, with the headline it shows."""
    if not text.strip():
        raise ReadError("the file holds no text: nothing but white space")
    title = headline(text)
    return Article(text=text, title=title, origins={"title": "text"} if title else {})


def headline(text: str) -> str | None:
    """The first opening block that is one line like a headline and is followed by another block."""
    blocks: list[list[str]] = [[]]
    for line in _LINE_ENDS.split(text[: _MAX_TITLE * 20]):
        if line.strip():
            blocks[-1].append(line.strip())
        elif blocks[-1]:
            blocks.append([])
        if len(blocks) > _FIRST_BLOCKS:
            break
    # The last block is followed by nothing, or was cut.
    return next((b[0] for b in blocks[:-1] if len(b) == 1 and _is_headline(b[0])), None)


def json_article(text: str) -> Article:
    """The article that a `document` object describes; raises `ReadError` for anything else."""
    document = _document(text)
    body = document.get("text")
    if not isinstance(body, str) or not body.strip():
        raise ReadError('the JSON object has no "text", or an empty one: give a document object')
    fields = {name: _string(document, name) for name in _STRINGS}
    fields["published_at"] = _date(document, "published_at")
    fields["modified_at"] = _date(document, "modified_at")
    given = {name: value for name, value in fields.items() if value is not None}
    kind = _kind(document)
    paywalled = document.get("paywalled")
    return Article(
        text=body,
        kind=kind or "press",
        paywalled=paywalled if isinstance(paywalled, bool) else None,
        origins=dict.fromkeys([*given, *(["kind"] if kind else [])], "json"),
        **cast("dict[str, Any]", given),
    )


def _is_headline(line: str) -> bool:
    return (
        len(line.split()) >= _MIN_WORDS
        and len(line) <= _MAX_TITLE
        and not line.endswith((".", ",", ";", ":"))
        and not line.startswith(("-", "•", "*"))
        and family_of(line) is None
    )


def _document(text: str) -> Mapping[str, Any]:
    """The object itself, or the one that `recoupe extract` puts under "document"."""
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ReadError(f"the file is no valid JSON: {error}") from error
    if isinstance(value, list):
        raise ReadError(
            f"the JSON holds a list of {len(value)} values; give one document object per file"
        )
    if not isinstance(value, dict):
        raise ReadError("the JSON holds no object; give a document object with its text")
    inner = value.get("document")
    return inner if isinstance(inner, dict) and "text" not in value else value


def _string(document: Mapping[str, Any], name: str) -> str | None:
    value = document.get(name)
    if value is not None and not isinstance(value, str):
        raise ReadError(f'"{name}" of the document object is no string but {type(value).__name__}')
    return value or None


def _date(document: Mapping[str, Any], name: str) -> str | None:
    value = _string(document, name)
    date = normal_date(value)
    if value and date is None:
        raise ReadError(f'"{name}" of the document object is no date: {value!r}; write 2024-02-03')
    return date


def _kind(document: Mapping[str, Any]) -> DocumentKind | None:
    value = _string(document, "kind")
    if value is not None and value not in get_args(DocumentKind):
        raise ReadError(f'"kind" of the document object is {value!r}; it is "press" or "official"')
    return cast("DocumentKind | None", value)
