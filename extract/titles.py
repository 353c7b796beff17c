"""Titles between quotation marks: nothing in « Huit femmes » or « Vendredi 13 » counts or dates.

Marks hold a title where a word for a work, a scheme or a name stands right before them (« le film
« Huit femmes » »), or a short capitalised phrase with its author after it.
"""

from __future__ import annotations

import re
from functools import cache

from recoupe.extract.figures.numerals import SP
from recoupe.extract.phrases import either, vocabulary
from recoupe.records import Span

#: How far before the marks the word that introduces a title may begin, in characters.
_BEFORE = 60
_AFTER = 24
_QUOTED = re.compile(rf"(?P<open>«|“|\"){SP}?(?P<title>[^«»“”\"\n]{{1,70}}?){SP}?(?:»|”|\")(?!\w)")
_SHORT = re.compile(r"[A-ZÀ-Ý\d][^.!?;:€%]*")
_MOST_WORDS = 7
_AUTHOR = re.compile(
    rf"{SP}\((?:1[5-9]|20)\d\d\)|,?{SP}(?:de{SP}|d['’])(?:l['’])?(?:[A-ZÀ-Ý][a-zà-ÿ'’]+[{SP[1:-1]}.,;)]){{1,3}}"
)


def title_spans(text: str) -> list[Span]:
    """The places of the titles of ``text``, without their marks."""
    return [match.span("title") for match in _QUOTED.finditer(text) if _is_title(text, match)]


def _is_title(text: str, match: re.Match[str]) -> bool:
    before = text[max(0, match.start() - _BEFORE) : match.start()]
    if _introduced().search(before):
        return True
    title = match["title"]
    if not _SHORT.fullmatch(title) or len(title.split()) > _MOST_WORDS:
        return False
    authored = _AUTHOR.match(text, match.end(), match.end() + _AFTER)
    return bool(authored or _shown().search(before))


@cache
def _introduced() -> re.Pattern[str]:
    """« le film culte », « la pièce de théâtre intitulée », right before the marks."""
    words = vocabulary("references")["titles"]
    return re.compile(
        rf"(?<!\w)(?:(?:{either(words['works'])})(?:{SP}(?!est\b|a\b|que\b|dit\b|sur\b)[a-zà-ÿ'’-]+){{0,3}}|(?:{either(words['named'])})){SP}?:?{SP}?$"
    )


@cache
def _shown() -> re.Pattern[str]:
    """« projette », « à l'affiche », a few words before the marks."""
    words = vocabulary("references")["titles"]
    return re.compile(rf"(?<!\w)(?:{either(words['shown'])})(?:{SP}[\wà-ÿ'’-]+){{0,2}}{SP}$")
