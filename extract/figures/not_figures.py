"""Numerals that the words around them make something else than a figure.

Years, numbers that name (« TV 2 », « trisomie 21 », « le programme 104 »), department numbers in
parentheses after the place, and the adjective *neuf*: found in the `Doc`, after the figures were
read from the characters.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from recoupe.extract.figures.draft import Draft
from recoupe.extract.figures.naming import (
    is_addressed,
    is_lettered,
    is_named,
    is_singular,
    is_team,
    is_whole,
    token_before,
)
from recoupe.extract.figures.numerals import SP
from recoupe.extract.figures.objects import TokenIndex
from recoupe.records import Reference, ReferenceKind, TerritoryMention

_YEARS = (Decimal(1800), Decimal(2100))
#: « sera remplacé en 2110 »
_LAST_YEAR = Decimal(2200)
#: « vers 731 », « en 1361 », « date de 962 »: years before 1800 need such a word.
_YEAR_WORD = re.compile(
    rf"(?:^|[\s(])(?:[Ee]n|[Vv]ers|[Dd]ès|[Dd]epuis|an|année|date(?:nt)?{SP}de|jusqu['’]en|entre|né{SP}en|circa|ca\.){SP}*$"
)
_LINK = re.compile(rf"{SP}*(?:,|/|-|et|ou|à|au|puis){SP}*")


def take_out(
    index: TokenIndex, drafts: Sequence[Draft], territories: Sequence[TerritoryMention]
) -> tuple[list[Draft], list[Reference]]:
    """The drafts that are figures, and references for those that are not."""
    codes = {place.end: place.code for place in territories if place.code}
    kept: list[Draft] = []
    references: list[Reference] = []
    for draft in drafts:
        kind = _reference_kind(index, draft, codes, references)
        if kind is not None and not _is_gapped(index.text, draft, kept):
            references.append(_reference(index, draft, kind))
        elif kind is not None or not (_is_adjective(index, draft) or _is_both(index.text, draft)):
            kept.append(draft)
    return kept, references


#: « (02, 29, 74) »: a list that begins with a zero is of codes.
_CODES = re.compile(r"\(0\d(?:, ?\d\d)*, ?$")
_CODES_REACH = 40


def _is_item(text: str, draft: Draft) -> bool:
    """« 1) le coût, 2) le délai »: a number before a bracket that nothing opened."""
    if text[draft.end : draft.end + 1] != ")" or draft.words:
        return False
    before = text[max(0, draft.start - 200) : draft.start].rpartition("\n")[2]
    return before.count("(") <= before.count(")") - len(_ITEMS.findall(before))


_ITEMS = re.compile(r"(?<![\w(])\d{1,2}\)")


#: « , la Région 7, », « et l'Agglomération du Beauvaisis 22 ; »
_GAPPED = re.compile(
    rf"(?:,|;|\bet){SP}(?:la|le|les|l['’]){SP}?[A-ZÀ-Ý][\wà-ÿ'’-]*(?:{SP}[\wà-ÿ'’-]+){{0,8}}{SP}$"
)
_GAP_END = re.compile(rf"{SP}?(?:[,;.)]|et\b|$)")


def _is_gapped(text: str, draft: Draft, kept: Sequence[Draft]) -> bool:
    """« La Région met 61 millions, la Ville 7 »: an amount whose verb and unit were said before."""
    scaled = next(
        (other for other in reversed(kept[-4:]) if other.scale > 1 or other.kind == "amount"), None
    )
    if scaled is None or draft.value is None:
        return False
    between = text[scaled.end : draft.start]
    return (
        not re.search(r"[.!?\n]", between)
        and _GAPPED.search(between) is not None
        and _GAP_END.match(text, draft.end) is not None
    )


_BOTH = re.compile(rf"(?i)(?:^|[\s(«'’])(?:les|des|aux|ces){SP}$")


def _is_both(text: str, draft: Draft) -> bool:
    """« ou les deux », « entre les deux »: a pronoun, like *tous deux*."""
    return (
        draft.bare
        and draft.object_span is None
        and text[draft.start : draft.end].lower() == "deux"
        and _BOTH.search(text[max(0, draft.start - 6) : draft.start]) is not None
    )


def _reference_kind(
    index: TokenIndex, draft: Draft, codes: dict[int, str], references: Sequence[Reference]
) -> ReferenceKind | None:
    if draft.bare and _is_item(index.text, draft):
        return "enumeration"
    if draft.bare and _CODES.search(index.text[max(0, draft.start - _CODES_REACH) : draft.start]):
        return "postcode"
    if not draft.bare or (draft.rule != "numeral" and not draft.rule.startswith("range")):
        return None
    if _is_year(index.text, draft):
        return "year"
    if draft.words:
        return "name" if is_team(index.text, draft) else None
    if draft.scale > 1 or draft.approx or _grouped(index.text, draft):
        return None
    if _is_code(index.text, draft, codes):
        return "postcode"
    return _name_kind(index, draft, references)


def _name_kind(
    index: TokenIndex, draft: Draft, references: Sequence[Reference]
) -> ReferenceKind | None:
    if is_addressed(index, draft):
        return "name" if is_whole(draft) else None
    if is_lettered(index, draft):
        return "name"
    if draft.object_span is None or _beyond_quote(index.text, draft) or is_singular(index, draft):
        if references and _goes_on(index.text, references[-1], draft):
            return references[-1].kind
        return "name" if is_named(index, draft) else None
    return None


def _beyond_quote(text: str, draft: Draft) -> bool:
    """Whether a quotation opens between the figure and its noun: « FTAP 2025 “valorisation” »."""
    span = draft.object_span
    return span is not None and bool(re.search(r"[«“\"]", text[draft.end : span[0]]))


def _is_year(text: str, draft: Draft) -> bool:
    """A number of four digits that counts nothing is a year (« en 2019 », « (2021) »)."""
    value = draft.value if draft.value is not None else draft.low
    if draft.words or draft.object_span is not None or value is None or value % 1:
        return False
    if draft.value is None or not _YEARS[0] <= value <= _YEARS[1]:
        before = text[max(0, draft.start - 16) : draft.start]
        said = _YEAR_WORD.search(before) or text[draft.start :].startswith("entre")
        return bool(said) and 100 <= value <= _LAST_YEAR and not _grouped(text, draft)  # noqa: PLR2004
    return draft.end - draft.start == 4 and value <= _YEARS[1]  # noqa: PLR2004  no separator


def _grouped(text: str, draft: Draft) -> bool:
    """Whether a number of the span is written with a thousands separator."""
    return bool(re.search(rf"\d(?:{SP}|[.,])\d", text[draft.start : draft.end]))


def _is_code(text: str, draft: Draft, codes: dict[int, str]) -> bool:
    """« les Yvelines (78) »: the number of the department just named."""
    opened = re.search(rf"{SP}?\($", text[max(0, draft.start - 2) : draft.start])
    closed = text[draft.end : draft.end + 1] == ")"
    if not opened or not closed:
        return False
    code = codes.get(draft.start - len(opened.group()))
    return code is not None and code.startswith(text[draft.start : draft.end])


def _goes_on(text: str, before: Reference, draft: Draft) -> bool:
    """« les districts 7 et 9 »: the second goes with the first."""
    return before.kind == "name" and bool(_LINK.fullmatch(text[before.end : draft.start]))


_BEING = frozenset({"à", "du", "est", "était", "fut", "sera", "serait", "soit", "reste", "tout"})


def _is_adjective(index: TokenIndex, draft: Draft) -> bool:
    """« un véhicule neuf »: the adjective, not the number."""
    if not draft.words or index.text[draft.start : draft.end].lower() != "neuf":
        return False
    if draft.object_span is not None:
        return False
    before = token_before(index, draft)
    after = index.after(draft.end)
    if before is None and after and after[0].pos_ in {"AUX", "VERB"}:
        return False  # « Neuf ont dit oui »
    return before is None or before.pos_ in {"NOUN", "ADJ", "PROPN"} or before.lower_ in _BEING


def _reference(index: TokenIndex, draft: Draft, kind: ReferenceKind) -> Reference:
    text = index.text[draft.start : draft.end]
    return Reference(start=draft.start, end=draft.end, text=text, kind=kind)
