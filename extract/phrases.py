"""Vocabulary files, and regular expressions for the written forms that they hold.

In every vocabulary file of this folder a space stands for any run of French spaces (plain,
no-break, narrow no-break, thin) and an apostrophe for both the typewriter's and the typographer's.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from importlib import resources
from typing import Any

from recoupe.extract.figures.numerals import SP

#: Forms shorter than this are read with regard to case: "t" is a tonne, "T" is not.
CASELESS_FROM = 4

_Trie = dict[str, "_Trie"]


@cache
def vocabulary(name: str) -> dict[str, Any]:
    """The tables of the file ``vocabulary/name.toml``."""
    path = resources.files("recoupe.extract").joinpath("vocabulary", f"{name}.toml")
    return tomllib.loads(path.read_text("utf-8"))


def pattern_of(form: str, *, exact: bool = False) -> str:
    """A regular expression for one written form; ``exact`` keeps the case of short forms."""
    words = (re.escape(word).replace("'", "['’]") for word in form.split(" "))
    escaped = f"{SP}+".join(words)
    return escaped if exact and len(form) < CASELESS_FROM else f"(?i:{escaped})"


def either(
    forms: Iterable[str], *, exact: bool = False, low: bool = False, space: str = f"{SP}+"
) -> str:
    """Alternatives for several forms, the longest first; ``low`` for a text in lower case.

    Forms that begin alike share that beginning, as in a trie: among a thousand forms a reader of
    characters follows one path, where a plain list would be tried from its first form to its last.
    It follows it several times as fast where it need not mind the case.
    """
    short = {form for form in forms if exact and len(form) < CASELESS_FROM}
    trie: _Trie = {}
    for form in {form.lower() for form in forms} - {form.lower() for form in short}:
        node = trie
        for char in (*form, ""):
            node = node.setdefault(char, {})
    alternatives = [_path(trie, space) if low else f"(?i:{_path(trie, space)})"] if trie else []
    alternatives += [pattern_of(form, exact=True) for form in sorted(short, key=_longest_first)]
    return "|".join(alternatives) or r"(?!)"


def _longest_first(form: str) -> tuple[int, str]:
    return -len(form), form


def _path(node: _Trie, space: str) -> str:
    """A regular expression for all that begins at this node; the end of a form is tried last."""
    branches = [
        _char(char, space) + _path(then, space) for char, then in sorted(node.items()) if char
    ]
    if "" not in node:
        return branches[0] if len(branches) == 1 else f"(?:{'|'.join(branches)})"
    return f"(?:{'|'.join(branches)})?" if branches else ""


def _char(char: str, space: str) -> str:
    if char == " ":
        return space
    return "['’]" if char == "'" else re.escape(char)


def key_of(form: str, *, exact: bool = False) -> str:
    """The form as vocabulary files write it: plain space and apostrophe, lower case."""
    folded = re.sub(f"{SP}+", " ", form.replace("’", "'"))
    return folded if exact and len(folded) < CASELESS_FROM else folded.lower()
