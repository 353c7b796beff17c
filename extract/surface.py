"""One text in the forms that vocabulary is looked up in, all of the same length.

French type varies (’ and ', no-break and narrow spaces, capitals with or without accents), so
vocabulary is folded once when it is loaded and the text once per component. Every form keeps one
code point per code point of the text: an offset into one is an offset into all.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

_TYPOGRAPHY = (
    *((char, "'") for char in "’ʼ‘`´"),
    *((char, " ") for char in "\t\u00a0\u2002\u2003\u2007\u2009\u200a\u202f\u3000"),
    *((char, "-") for char in "\u2010\u2011"),
)
_ACCENTS = tuple(
    (accented, letter)
    for letter, all_accented in (
        ("e", "éèêë"),
        ("a", "àâäáãå"),
        ("i", "îïíì"),
        ("o", "ôöóòõø"),
        ("u", "ùûüú"),
        ("c", "ç"),
        ("y", "ÿý"),
        ("n", "ñ"),
    )
    for accented in all_accented
)
_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")


def replaced(text: str, pairs: Iterable[tuple[str, str]]) -> str:
    """``text`` with each pair replaced; several times faster than `str.translate`."""
    for old, new in pairs:
        if old in text:
            text = text.replace(old, new)
    return text


def plain(text: str) -> str:
    """``text`` with one kind of apostrophe, space and hyphen; case and accents are kept."""
    return replaced(text, _TYPOGRAPHY)


def lowered(text: str) -> str:
    """`plain` text in lower case."""
    return lower(plain(text))


def lower(text: str) -> str:
    """``text`` in lower case, code point by code point (« İ » alone would grow)."""
    low = text.lower()
    if len(low) == len(text):
        return low
    return "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def bare(text: str) -> str:
    """`lowered` text without accents: ``"L’État"`` → ``"l'etat"``."""
    return replaced(lowered(text), _ACCENTS)


@dataclass(frozen=True, slots=True)
class Surface:
    """A text (``text``) as typed (``plain``), in lower case (``low``), without accents (``bare``).

    ``words`` are the spans of its words; a hyphenated word is one word (« souligne-t-elle »).
    """

    text: str
    plain: str
    low: str
    bare: str
    words: tuple[tuple[int, int], ...]

    def next_words(self, start: int, stop: int) -> Iterator[tuple[int, int]]:
        """Spans of the words that lie wholly in ``start:stop``."""
        return (match.span() for match in _WORD.finditer(self.plain, start, stop))

    def blank(self, start: int, end: int) -> bool:
        """Whether nothing but white space stands in ``start:end``."""
        return not self.text[start:end].strip()


def surface_of(text: str) -> Surface:
    """Fold ``text`` into its `Surface`."""
    typed = plain(text)
    low = lower(typed)
    words = tuple(match.span() for match in _WORD.finditer(typed))
    return Surface(text, typed, low, replaced(low, _ACCENTS), words)


def words_of(text: str) -> list[str]:
    """The words of ``text``, as they stand."""
    return _WORD.findall(text)
