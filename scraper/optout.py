"""The publishers' reservation against text and data mining, by TDMRep (W3C community report 2024).

Said for a part of a site in ``/.well-known/tdmrep.json``, for one answer in the header
``tdm-reservation``, for one document in a ``<meta>``, in its JSON-LD or in the XMP of a PDF. What
stands nearest to the document holds: document, then header, then file. ``True`` is reserved,
``False`` expressly free, ``None`` nothing said.
"""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import unquote

from bs4 import BeautifulSoup, Tag

from recoupe.errors import NetworkError, RefusedError
from recoupe.scraper.address import Address, parse
from recoupe.scraper.fetch import Fetcher
from recoupe.scraper.markup import parse_html
from recoupe.scraper.response import Response

_log = logging.getLogger(__name__)

WELL_KNOWN = "/.well-known/tdmrep.json"
_NAMES = frozenset({"tdm-reservation", "tdm:reservation", "tdmreservation"})
_OK = 200
_MAX_RULES = 1_000
_MAX_NESTING = 20
#: An attribute or an element of XMP: ``tdm:reservation="1"``, ``<tdm:reservation>1<``.
_XMP = re.compile(rb"tdm:reservation\s*(?:=\s*[\"']|>)\s*([01])\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One entry of tdmrep.json: ``location`` is a path with ``*`` and a final ``$``."""

    location: str
    reserved: bool


def parse_rules(body: bytes) -> tuple[Rule, ...]:
    """Read a tdmrep.json; entries without a location or a known value are left out.

    Raises `ValueError` where the file is not a JSON list.
    """
    entries = json.loads(body.decode("utf-8-sig"))
    if not isinstance(entries, list):
        raise ValueError("a list was expected")  # noqa: TRY004 - the caller's one kind of bad file
    rules = []
    for entry in entries[:_MAX_RULES]:
        reserved = _reservation(entry.get("tdm-reservation")) if isinstance(entry, dict) else None
        if reserved is not None and isinstance(entry.get("location"), str):
            rules.append(Rule(location=entry["location"], reserved=reserved))
    return tuple(rules)


def by_rules(rules: tuple[Rule, ...], path: str) -> bool | None:
    """What the most specific rule for ``path`` says; between equals, reserved."""
    path = unquote(path)
    matching = [rule for rule in rules if _matches(unquote(rule.location), path)]
    if not matching:
        return None
    return max(matching, key=lambda rule: (len(rule.location), rule.reserved)).reserved


def by_document(response: Response) -> bool | None:
    """What the document itself says, else the header of its answer."""
    said = _by_body(response.body, response.content_type)
    return by_header(response.headers) if said is None else said


def by_header(headers: Mapping[str, str]) -> bool | None:
    """What the header ``tdm-reservation`` says."""
    return _reservation(headers.get("tdm-reservation"))


class OptOuts:
    """The tdmrep.json files of the hosts met in one run."""

    def __init__(self, fetcher: Fetcher) -> None:
        self._fetcher = fetcher
        self._rules: dict[str, tuple[Rule, ...]] = {}

    def by_file(self, url: str) -> bool | None:
        """What the host's tdmrep.json says of an address."""
        address = parse(url)
        if address.origin not in self._rules:
            self._rules[address.origin] = self._load(address)
        return by_rules(self._rules[address.origin], address.target)

    def _load(self, address: Address) -> tuple[Rule, ...]:
        url = address.origin + WELL_KNOWN
        try:
            response = self._fetcher.get(url)
        except (NetworkError, RefusedError) as error:
            _log.warning("no opt-out could be read: %s", error)
            return ()
        if response.status != _OK:
            return ()
        try:
            return parse_rules(response.body)
        except (ValueError, RecursionError) as error:
            # Many sites answer every unknown address with a page of theirs and status 200.
            _log.info("%s is not a list of reservations and says nothing: %s", url, error)
            return ()


def _matches(location: str, path: str) -> bool:
    anchored = location.endswith("$")
    pieces = location.removesuffix("$").split("*")
    if not path.startswith(pieces[0]):
        return False
    at = len(pieces[0])
    for piece in pieces[1:]:
        found = path.find(piece, at)
        if found < 0:
            return False
        at = found + len(piece)
    return not anchored or at == len(path) or (len(pieces) > 1 and path.endswith(pieces[-1]))


def _reservation(value: object) -> bool | None:
    text = str(value).strip().lower()
    return {"1": True, "true": True, "0": False, "false": False}.get(text)


def _by_body(body: bytes, content_type: str | None) -> bool | None:
    if content_type == "application/pdf" or body.startswith(b"%PDF"):
        found = _XMP.search(body)
        return found[1] == b"1" if found else None
    lowered = body.lower()
    # Pages that say nothing, nearly all, are not parsed; the second form is UTF-16.
    if b"tdm" not in lowered and b"t\0d\0m" not in lowered:
        return None
    soup = parse_html(body)
    said = {value for value in (*_metas(soup), *_json_ld(soup)) if value is not None}
    return True in said if said else None


def _metas(soup: BeautifulSoup) -> Iterator[bool | None]:
    for meta in soup.find_all("meta"):
        if isinstance(meta, Tag):
            name = str(meta.get("name") or meta.get("property") or meta.get("http-equiv") or "")
            if name.strip().lower() in _NAMES:
                yield _reservation(meta.get("content"))


def _json_ld(soup: BeautifulSoup) -> Iterator[bool | None]:
    for script in soup.find_all("script", type="application/ld+json"):
        try:
            data = json.loads(script.get_text())
        except (ValueError, RecursionError):
            continue  # Broken JSON-LD says nothing here; the reader reports it.
        yield from _in_json(data, 0)


def _in_json(data: object, depth: int) -> Iterator[bool | None]:
    if depth > _MAX_NESTING:
        return
    if isinstance(data, dict):
        for key, value in data.items():
            if str(key).lower() in _NAMES:
                yield _reservation(value)
            yield from _in_json(value, depth + 1)
    elif isinstance(data, list):
        for value in data:
            yield from _in_json(value, depth + 1)
