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


def either(forms: Iterable[str], *, exact: bool = False) -> str:
    """Alternatives for several forms, the longest first."""
    ordered = sorted(set(forms), key=len, reverse=True)
    return "|".join(pattern_of(form, exact=exact) for form in ordered) or r"(?!)"


def key_of(form: str, *, exact: bool = False) -> str:
    """The form as vocabulary files write it: plain space and apostrophe, lower case."""
    folded = re.sub(f"{SP}+", " ", form.replace("’", "'"))
    return folded if exact and len(folded) < CASELESS_FROM else folded.lower()
