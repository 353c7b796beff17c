"""Bytes to characters: byte order mark, then what was declared, then what fits.

French pages of the 2000s say iso-8859-1 and hold windows-1252 (« œ », « ’ », « € » in the C1
range), so the former is always read as the latter, as browsers do (WHATWG Encoding, labels).
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from typing import Literal

from recoupe.errors import ReadError

Origin = Literal["bom", "http", "page", "detection"]

#: How far into a page its own declaration is looked for, in bytes (browsers stop at 1,024).
_PRESCAN = 4096
#: Bytes shown to the detector; more does not make it surer.
_DETECTED = 65_536
_ASCII = 127
#: Share of control characters from which a text is taken for a binary file.
_MAX_CONTROL = 0.02

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_LATIN = {"iso8859-1", "ascii", "cp1252"}
_META = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE)
_XML = re.compile(rb"""^\s*<\?xml[^>]{0,100}?encoding\s*=\s*["']([\w.:-]+)""", re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoded:
    """Characters, the codec that gave them, and what told it: bom, http, page or detection."""

    text: str
    encoding: str
    origin: Origin


def decode(body: bytes, *, charset: str | None = None, html: bool = False) -> Decoded:
    """Characters of ``body``; ``charset`` is what the server declared, ``html`` looks for a meta.

    A declaration that does not fit the bytes is set aside. Raises `ReadError` for a binary file.
    """
    for mark, name in _BOMS:
        if body.startswith(mark):
            return _checked(
                Decoded(text=_lenient(body[len(mark) :], name), encoding=name, origin="bom")
            )
    stated: list[tuple[str | None, Origin]] = [
        (charset, "http"),
        (_declared(body) if html else None, "page"),
    ]
    for label, origin in stated:
        fitting = _strict(body, _codec(label))
        if fitting is not None:
            return _checked(Decoded(text=fitting, encoding=_codec(label) or "", origin=origin))
    return _checked(_detected(body))


def _declared(body: bytes) -> str | None:
    """The encoding that a page states in its XML declaration or its first meta elements."""
    head = body[:_PRESCAN]
    found = _XML.search(head) or _META.search(head)
    label = found.group(1).decode("ascii", "replace") if found else None
    # A page that says UTF-16 in ASCII letters is not in UTF-16 (HTML standard, prescan).
    return "utf-8" if label and label.lower().startswith("utf-16") else label


def _codec(label: str | None) -> str | None:
    """Python's name for an encoding, Latin-1 widened to windows-1252; ``None`` if unknown."""
    if not label:
        return None
    try:
        name = codecs.lookup(label.strip().strip("\"'")).name
    except (LookupError, ValueError):
        return None
    return "cp1252" if name in _LATIN else name


def _strict(body: bytes, codec: str | None) -> str | None:
    """Text under ``codec`` if the bytes fit it; a windows-1252 that is UTF-8 in truth does not."""
    if codec is None:
        return None
    if codec == "cp1252":
        return None if _is_utf8(body) else _windows(body)
    try:
        return body.decode(codec)
    except (UnicodeDecodeError, LookupError):
        # One broken byte in a long UTF-8 page must not turn every « é » into « Ã© ».
        return body.decode("utf-8", "replace") if codec == "utf-8" and _mostly_utf8(body) else None


def _is_utf8(body: bytes) -> bool:
    """Whether the bytes hold multi-byte UTF-8 sequences, and only such."""
    if body.isascii():
        return False
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _mostly_utf8(body: bytes) -> bool:
    """Whether fewer than one in a hundred non-ASCII characters is broken UTF-8."""
    text = body.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    return broken * 100 <= sum(1 for char in text if ord(char) > _ASCII)


def _windows(body: bytes) -> str:
    """Windows-1252 as browsers read it: its five unassigned bytes become C1 controls."""
    try:
        return body.decode("cp1252")
    except UnicodeDecodeError:
        return "".join(_windows_character(byte) for byte in body)


def _windows_character(byte: int) -> str:
    single = bytes((byte,))
    return chr(byte) if byte in {0x81, 0x8D, 0x8F, 0x90, 0x9D} else single.decode("cp1252")


def _lenient(body: bytes, codec: str) -> str:
    return body.decode(codec, "replace")


def _detected(body: bytes) -> Decoded:
    """UTF-8 where it fits, else UTF-16 by its zero bytes, else the detector, else windows-1252."""
    if body.isascii() or _is_utf8(body) or _mostly_utf8(body):
        return Decoded(text=_lenient(body, "utf-8"), encoding="utf-8", origin="detection")
    for codec, zeros in (("utf-16-le", body[1:2000:2]), ("utf-16-be", body[0:2000:2])):
        if zeros and zeros.count(0) > 0.7 * len(zeros):
            return Decoded(text=_lenient(body, codec), encoding=codec, origin="detection")
    codec = _guess(body[:_DETECTED])
    text = _windows(body) if codec == "cp1252" else _lenient(body, codec)
    return Decoded(text=text, encoding=codec, origin="detection")


def _guess(sample: bytes) -> str:
    """Windows-1252 or the old Mac encoding: the two left in French files that are not Unicode.

    The general detector mistakes short French texts for cp1250 or Turkish, so only the letters
    that French uses are counted.
    """
    scores = {codec: _french_letters(sample, codec) for codec in ("cp1252", "mac_roman", "cp850")}
    return max(scores, key=lambda codec: scores[codec])


def _french_letters(sample: bytes, codec: str) -> int:
    """French accented letters and quotes that ``codec`` makes of the bytes, less other signs."""
    text = sample.decode(codec, "replace")
    good = sum(text.count(char) for char in "éèêëàâîïôûùçÉÈÀÊÇœŒ«»’–€°\u00a0…")
    return good * 2 - sum(1 for char in text if ord(char) > _ASCII)


def _checked(decoded: Decoded) -> Decoded:
    """The same, without NUL; raises `ReadError` where control characters betray a binary file."""
    sample = decoded.text[:_DETECTED]
    if len(_CONTROL.findall(sample)) > _MAX_CONTROL * len(sample):
        raise ReadError(
            f"these bytes are no text (read as {decoded.encoding}, they hold control characters);"
            " give a .txt, .html, .pdf or .json file"
        )
    return decoded
