"""Ordinals that number something: « la troisième session », « une quatrième », « 158e foire ».

*Premier* and *second* seldom number anything; floors, ages, weekdays and « deuxième bonne
nouvelle » never do.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache

from recoupe.extract.figures.draft import Draft
from recoupe.extract.figures.numerals import SP, Numeral
from recoupe.extract.phrases import either, vocabulary


@cache
def _ordinal() -> re.Pattern[str]:
    words = vocabulary("quantities")
    numbered = words["numbered"]
    return re.compile(
        rf"(?<![\w-])(?P<ordinal>{either(words['ordinals'])})(?![\w-])"
        rf"(?:(?={SP}des{SP}(?:\d|(?:quatre|cinq|six|sept|huit|neuf|dix|onze|douze|quinze|vingt)\b))"
        rf"|(?P<year>(?={SP}(?:année|trimestre|semestre|exercice|hiver|été|automne|printemps|mois|semaine){SP}(?:de{SP}suite|consécuti|d['’]affilée)))"
        rf"|(?={SP}(?:et|ou|puis){SP}(?:(?:la|le|une?){SP})?(?:{either(words['ordinals'])}|dernière?)(?![\w-]))"
        rf"|(?={SP}(?:{either(numbered['superlatives'])})(?![\w-]))"
        rf"|{SP}(?P<noun>(?!(?:{either(numbered['never'])})(?![\w-]))[a-zà-ÿœ][a-zà-ÿœ'’-]{{2,}})"
        rf"|(?P<alone>))"
    )


#: « une troisième, fixée au 19 », « la quatrième, Écominéro »; « un dixième » is a share.
_ONE = re.compile(rf"(?i)(?<!\w)une{SP}$")
_FEMININE = re.compile(rf"(?i)(?<!\w)(?:une|la|cette){SP}$")
_MASCULINE = re.compile(rf"(?:^|[.!?:;(\n«»]{SP}*|,{SP})(?:[UuLl]n|[Ll]e|[Cc]e){SP}$")
#: What tells more of it: « , fixée au 19 novembre », « , celle de La Jemaye ».
_TOLD = re.compile(
    rf",{SP}(?:celle|celui|une?|l[ae]|[A-ZÉ][\wà-ÿ'’-]+|[a-zà-ÿ]+(?:ée?|ie?|ue?|ise?|te))(?!\w)"
    rf"|{SP}(?:du{SP}(?:nom|classement)|de{SP}la{SP}liste|d['’]une{SP}série)(?!\w)"
)
_GOES_ON = re.compile(rf"{SP}(?:a|est|sera|était|avait|suivra|suit|doit|devait)(?!\w)")
_APPOSED = re.compile(rf"{SP}du{SP}nom\b")


def find_ordinals(text: str) -> Iterator[Draft]:
    """The ranks of ``text`` that words give, in order."""
    if "ième" not in text.lower():
        return
    values = vocabulary("quantities")["ordinals"]
    for match in _ordinal().finditer(text):
        if not _numbers(text, match):
            continue
        yield Draft(
            start=match.start("ordinal"),
            end=match.end("ordinal"),
            kind="rank",
            value=Decimal(values[match["ordinal"].lower()]),
            precision=Decimal(1),
            rule="ordinal_word",
        )


def _numbers(text: str, match: re.Match[str]) -> bool:
    """Whether an ordinal numbers what follows it, or what was said before."""
    before = text[max(0, match.start() - 12) : match.start()]
    if (
        match["noun"] is not None
        and match["noun"] not in vocabulary("quantities")["series"]["nouns"]
    ):
        return False
    if match["alone"] is None:
        heads = match["ordinal"][0].isupper() and not match["ordinal"].isupper()
        return not (heads and re.match(rf"{SP}?:", text[match.end() : match.end() + 2]))
    if _APPOSED.match(text, match.end()):
        return True
    if _ONE.search(before) and _GOES_ON.match(text, match.end()):
        return True
    if _FEMININE.search(before):
        return _TOLD.match(text, match.end()) is not None
    return _MASCULINE.search(before) is not None and _TOLD.match(text, match.end()) is not None


_ENDING = re.compile(r"(?:e|ᵉ|è|ème|ième|er|ère|re|nd|nde|ᵉʳ|°|º|è|ers|es)(?![\w€])")
_SERIES_NOUN = re.compile(rf"(?:{SP}+)(?P<noun>[A-Za-zÀ-ÿœ][\wà-ÿœ'’-]{{2,}})")
#: « classée 23e sur 24 », « elle pointe au 34e rang », « le 12e du classement »
_PLACED = re.compile(rf"{SP}(?:sur{SP}\d|de{SP}la{SP}liste|du{SP}classement)")


def rank_of(text: str, numeral: Numeral) -> Draft | None:
    """« 3e comité », « 158e foire »: an item of a numbered series, its noun given as object."""
    ordinal = _ENDING.match(text, numeral.end)
    if ordinal is None:
        return None
    noun = _SERIES_NOUN.match(text, ordinal.end())
    numbered = noun is not None and _is_numbered(noun["noun"], first=numeral.value == 1)
    if not numbered and not _PLACED.match(text, ordinal.end()):
        return None
    return Draft(
        start=numeral.start,
        end=ordinal.end(),
        kind="rank",
        value=numeral.value,
        precision=Decimal(1),
        object_span=noun.span("noun") if noun is not None and numbered else None,
        rule="ordinal",
    )


def _is_numbered(noun: str, *, first: bool) -> bool:
    """Whether what stands after « 158e » is numbered so; after « 1er » or in capitals few are."""
    series = vocabulary("quantities")["series"]
    if noun[0].isupper() or first:
        return noun.lower() in series["nouns"]
    return noun not in series["never"]
