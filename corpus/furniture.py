"""What stands around an article on its page, by theme: `templates/furniture.toml`, read strictly.

None of it belongs to an article; `lines` are what a reader of a page must not let through.
"""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

import msgspec

from recoupe.corpus import sources
from recoupe.errors import ConfigurationError

FURNITURE = Path(__file__).with_name("templates") / "furniture.toml"


class Caption(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """What stands under a picture."""

    text: str
    credit: str


class Brief(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """The headline of an article that the corpus does not have."""

    slug: str
    title: str


class Comment(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """What a visitor wrote."""

    author: str
    text: str


class Closed(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """A page in the folder that robots.txt closes."""

    slug: str
    title: str
    text: str


class Theme(msgspec.Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    """The furniture of one kind of site; what a site does not have is empty."""

    letter: str = ""
    paywall: str = ""
    offer: str = ""
    cookies: str = ""
    premium: str = ""
    advert: str = ""
    footer: str = ""
    address: str = ""
    notice: str = ""
    most_read: tuple[str, ...] = ()
    captions: tuple[Caption, ...] = ()
    briefs: tuple[Brief, ...] = ()
    comments: tuple[Comment, ...] = ()
    closed: Closed | None = None


@cache
def theme(source: str) -> Theme:
    """The furniture of one declared source, its title filled in."""
    declared = sources.declaration(source)
    raw = _raw().get(declared.theme)
    if raw is None:
        raise ConfigurationError(
            f"{sources.SOURCES}: sources.{source}.theme: {declared.theme!r} is not in {FURNITURE}"
        )
    return msgspec.convert(_filled(raw, declared.title), Theme)


def lines(source: str) -> tuple[str, ...]:
    """Every line of furniture that holds a figure."""
    own = theme(source)
    found = [own.letter, own.paywall, own.offer, own.cookies, own.premium, own.advert, own.footer]
    found += [own.address, *own.most_read, *(caption.text for caption in own.captions)]
    found += [brief.title for brief in own.briefs]
    found += [comment.text for comment in own.comments]
    found += [own.closed.text] if own.closed else []
    return tuple(line for line in found if any(map(str.isdigit, line)))


@cache
def _raw() -> dict[str, object]:
    data = tomllib.loads(FURNITURE.read_text(encoding="utf-8"))
    for name, value in data.items():
        try:
            msgspec.convert(value, Theme)
        except msgspec.ValidationError as error:
            raise ConfigurationError(f"{FURNITURE}: {name}: {error}") from error
    return data


def _filled(value: object, title: str) -> object:
    """The same data with {title} replaced in every string."""
    if isinstance(value, str):
        return value.replace("{title}", title)
    if isinstance(value, list):
        return [_filled(item, title) for item in value]
    if isinstance(value, dict):
        return {key: _filled(item, title) for key, item in value.items()}
    return value
