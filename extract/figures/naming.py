"""Numbers that name: « le programme 104 », « puis la 147 », « le quinze de France », « TSV 1860 ».

A proper noun, a singular noun or a singular article right before a whole number shows that it
counts nothing; so does a code that goes on after it.
"""

from __future__ import annotations

import re

from spacy.tokens import Token

from recoupe.extract.figures.draft import Draft
from recoupe.extract.figures.numerals import SP, SPACES
from recoupe.extract.figures.objects import TokenIndex
from recoupe.extract.phrases import vocabulary

#: « la tour du 11 », « puis la 147 », « une 3008 », « au 27 »: a whole number after a singular
#: article names something.
_ADDRESS = re.compile(rf"(?i)(?:^|[\s(«'’])(?:du|au|le|la|une?|cette|son|sa|ma|ta){SP}$")
_ADDRESS_REACH = 7


def is_addressed(index: TokenIndex, draft: Draft) -> bool:
    """« le 119 presque autant », « la 3008 électrique »: nothing in the plural follows."""
    before = index.text[max(0, draft.start - _ADDRESS_REACH) : draft.start]
    if not _ADDRESS.search(before) or (draft.value or 0) <= 1:
        return False
    return draft.object_span is None or is_singular(index, draft)


#: « le quinze de France », « au treize »: number words after a masculine singular article.
_MASCULINE = re.compile(rf"(?i)(?:^|[\s(«])(?:du|au|le){SP}$")


def is_team(text: str, draft: Draft) -> bool:
    """Whether number words stand for a team: « le quinze de France »."""
    alone = draft.object_span is None and (draft.value or 0) > 1 and draft.scale == 1
    return alone and _MASCULINE.search(text[max(0, draft.start - 4) : draft.start]) is not None


#: « un Mirage 2000 D », « la déclaration 2042 RICI », « 23 Q0045 »: a code goes on.
_LETTERS = re.compile(rf"{SP}(?:[A-Z]{{1,2}}\d{{2,5}}|[A-DF-JN-Z]|RICI|PRO|G[TS][OIE])(?![\w€'’])")


def is_lettered(index: TokenIndex, draft: Draft) -> bool:
    """Whether a number is the middle of a name or code: « un Mirage 2000 D »."""
    text = index.text
    if not _LETTERS.match(text, draft.end):
        club = _CLUB.search(text[max(0, draft.start - 6) : draft.start])
        return club is not None and _OF.match(text, draft.end) is not None
    token = token_before(index, draft)
    return token is not None and token.pos_ in {"NOUN", "PROPN"} and not _is_plural(token)


#: « le TSV 1860 Munich »: between initials and a name.
_CLUB = re.compile(rf"(?<![\wÀ-Ý])[A-Z]{{2,4}}{SP}$")
_OF = re.compile(rf"{SP}[A-ZÀ-Ý][a-zà-ÿ]{{2,}}")


def is_singular(index: TokenIndex, draft: Draft) -> bool:
    """« le programme 104 finance »: what two or more of are counted stands in the plural."""
    span = draft.object_span
    if span is None or draft.value is None or draft.value < 2 or span[0] < draft.end:  # noqa: PLR2004
        return False
    head = index.text[span[0] : span[1]].split()[0].split("-")[0]
    return head.islower() and not head.endswith(("s", "x", "z"))


def is_named(index: TokenIndex, draft: Draft) -> bool:
    """Whether a proper noun, or a singular noun that is no total, stands right before."""
    token = token_before(index, draft)
    if token is None or token.lower_ in vocabulary("quantities")["before_number"]["nouns"]:
        return False
    if _is_verb(token, draft):
        return False
    first = token.text[0]
    if not first.isalpha() or index.text[token.idx + len(token) : draft.start].strip(SPACES):
        return False
    if token.pos_ == "PROPN" or (first.isupper() and not token.is_sent_start):
        return is_whole(draft) or "." in index.text[draft.start : draft.end]
    if _is_plural(token) or not is_whole(draft):
        return _is_listed(index.text, draft)
    return token.pos_ == "NOUN" or (_is_quality(token) and _is_noun(token.nbor(-1)))


#: Numbers from here on seldom name a page, a zone or a note: « en page 3 ».
_LARGE = 20


def _is_verb(token: Token, draft: Draft) -> bool:
    """« une usine en licencie 285 », « et en dénombre 291 »: a verb mistaken for a noun."""
    if token.i == 0 or token.nbor(-1).lower_ not in {"en", "n'en", "n’en"}:
        return False
    written = token.text.islower() and token.text.endswith(("e", "ent", "ait", "a", "t"))
    return written and (draft.value or 0) >= _LARGE


_SINGULAR = frozenset({"le", "la", "l'", "l’", "un", "une", "du", "au", "ce", "cet", "cette"})


def _is_plural(token: Token) -> bool:
    """« les lots », not « le pastis »."""
    determined = token.i > 0 and token.nbor(-1).lower_ in _SINGULAR
    return token.text.endswith(("s", "x")) and not determined


def _is_quality(token: Token) -> bool:
    """« la ligne aérienne 12 »: an adjective after the noun."""
    return token.pos_ == "ADJ" and token.i > token.sent.start


#: « les carrières 2 et 3 », « aux échangeurs 7 à 9 »: what is counted never stands before so.
_PLURAL = re.compile(
    rf"(?i)(?:^|[\s(«])(?:les|des|aux|ces|nos|ses){SP}[a-zà-ÿ-]{{3,24}}[sx](?:{SP}\d+,)*{SP}$"
)
_GOES_ON = re.compile(rf"{SP}?(?:,|et|ou|à){SP}\d+(?!\w|{SP}?[%€]|,\d)")


def _is_listed(text: str, draft: Draft) -> bool:
    before = text[max(0, draft.start - 40) : draft.start]
    more = draft.rule.startswith("range") or _GOES_ON.match(text, draft.end)
    return bool(more) and is_whole(draft) and _PLURAL.search(before) is not None


def _is_noun(token: Token) -> bool:
    return token.pos_ == "NOUN" and not _is_plural(token)


def is_whole(draft: Draft) -> bool:
    """Whether the number has no decimals."""
    value = draft.value if draft.value is not None else draft.low
    return value is not None and value % 1 == 0


def token_before(index: TokenIndex, draft: Draft) -> Token | None:
    """The token right before, in the same sentence."""
    span = index.doc.char_span(draft.start, draft.end, alignment_mode="expand")
    if span is None or span.start == 0 or span[0].is_sent_start:
        return None
    return index.doc[span.start - 1]
