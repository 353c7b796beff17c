"""Find the figures of a French text, each with its exact value, unit and approximator.

Numerals are read (`numerals`), given the unit that follows (`units`), joined into ranges and lists
(`series`), and completed by fractions, ratios, approximate nouns and multipliers (`shares`).
`find_quantities` needs nothing but characters; what is counted is added by `objects`, which reads
the spaCy `Doc`.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import cache

from recoupe.extract.figures.draft import Draft
from recoupe.extract.figures.dumps import without_dumps
from recoupe.extract.figures.halves import give_remainder
from recoupe.extract.figures.numerals import SP, Numeral, find_numerals
from recoupe.extract.figures.ones import ALONE, ONE, one_counts
from recoupe.extract.figures.ordinals import find_ordinals, rank_of
from recoupe.extract.figures.series import share_units
from recoupe.extract.figures.shares import find_shares
from recoupe.extract.figures.signs import give_sign, is_change, is_name_part, zero_counts
from recoupe.extract.figures.surroundings import (
    approx_after,
    approx_before,
    known_rate_after,
    rate_after,
)
from recoupe.extract.figures.units import Unit, currency_before, unit_at
from recoupe.extract.phrases import either, vocabulary
from recoupe.extract.surface import lower
from recoupe.records import Span


def find_quantities(text: str, *, taken: Iterable[Span] = ()) -> list[Draft]:
    """Every figure of ``text`` in order, without what is counted.

    ``taken`` are the places of dates, references and names, in which no numeral is read.
    """
    squeezed = without_dumps(text)
    drafts = _found(squeezed.text, squeezed.places(taken))
    for draft in drafts:
        length = draft.end - draft.start
        draft.start = squeezed.origin(draft.start)
        draft.end = draft.start + length
        if draft.object_span is not None:
            start, end = draft.object_span
            draft.object_span = squeezed.origin(start), squeezed.origin(start) + end - start
    return drafts


def _found(text: str, taken: Iterable[Span]) -> list[Draft]:
    mask = _mask(text, taken)
    found = (*find_shares(text), *find_ordinals(text))
    shares = [share for share in found if not any(mask[share.start : share.end])]
    kept = _without_overlaps(shares)
    for share in kept:
        mask[share.start : share.end] = b"\1" * (share.end - share.start)
    drafts = [
        draft
        for numeral in find_numerals(text)
        if not any(mask[numeral.start : numeral.end])
        and (draft := _read(text, numeral)) is not None
    ]
    merged = _without_overlaps([*drafts, *kept])
    return [_completed(text, draft) for draft in share_units(text, merged)]


def _mask(text: str, taken: Iterable[Span]) -> bytearray:
    mask = bytearray(len(text))
    for start, end in taken:
        mask[start:end] = b"\1" * (end - start)
    for match in _idioms().finditer(lower(text)):
        mask[match.start() : match.end()] = b"\1" * (match.end() - match.start())
    return mask


@cache
def _idioms() -> re.Pattern[str]:
    phrases = either(vocabulary("quantities")["idioms"]["phrases"], low=True)
    return re.compile(rf"(?<!\w)(?:{phrases})(?!\w)")


def _without_overlaps(drafts: Sequence[Draft]) -> list[Draft]:
    kept: list[Draft] = []
    for draft in sorted(drafts, key=lambda d: (d.start, -d.end)):
        if not kept or draft.start >= kept[-1].end:
            kept.append(draft)
    return kept


def _read(text: str, numeral: Numeral) -> Draft | None:
    """The draft of one numeral, ``None`` where it is an article, an ordinal or part of a name."""
    plus = text[numeral.end : numeral.end + 1] == "+"  # « 300+ K€ »
    unit = unit_at(text, numeral.end + plus, scaled=numeral.scale > 1)
    if unit is not None and unit.kind == "point" and not is_change(text, numeral, unit):
        unit = None
    surface = text[numeral.start : numeral.end].lower()
    if surface in ONE and not one_counts(text, numeral, unit):
        return None
    letter = _LETTER_SCALE.match(text, numeral.end) if unit is None else None
    if letter:
        numeral = _scaled(numeral, letter)
    elif unit is None and _is_glued(text, numeral):
        return rank_of(text, numeral)
    if unit is None and (is_name_part(text, numeral) or not zero_counts(text, numeral)):
        return None
    leading = currency_before(text, numeral.start) if unit is None else None
    if leading and re.search(rf"\d{SP}?$", text[max(0, leading.start - 2) : leading.start]):
        leading = None  # the 50 of « 3 € 50 »
    draft = Draft(
        start=leading.start if leading else numeral.start,
        end=unit.end if unit else numeral.end,
        value=numeral.value,
        precision=numeral.precision,
        scale=numeral.scale,
        words=numeral.words,
        bare=True,
    )
    if surface in ONE and ALONE.match(text, numeral.end):
        draft.end = ALONE.match(text, numeral.end).end()  # type: ignore[union-attr]
        draft.kind, draft.rule = "count", "one_only"
    _give_unit(draft, unit or leading)
    if unit and plus:
        draft.approx = "at_least"
    give_remainder(text, draft, unit)
    give_sign(text, draft)
    return draft


#: « 1,2 M d'habitants », « 27 k d'abonnés »: a letter for a scale, before what is counted.
_LETTER_SCALE = re.compile(rf"{SP}?(?P<scale>M|Md|Mds|k|K)(?={SP}+de{SP}|{SP}+d['’])")


def _scaled(numeral: Numeral, letter: re.Match[str]) -> Numeral:
    factor = Decimal(vocabulary("units")["scales"][letter["scale"]])
    return replace(
        numeral,
        end=letter.end(),
        value=numeral.value * factor,
        precision=numeral.precision * factor,
        scale=factor,
    )


def _is_glued(text: str, numeral: Numeral) -> bool:
    """Whether letters touch the digits (« 3e », « 4x4 », « B-52 »), so that they number nothing."""
    after = text[numeral.end : numeral.end + 1]
    before = text[max(0, numeral.start - 2) : numeral.start]
    return (
        after.isalpha()
        or after in {"°", "º", "ᵉ", "/", "_"}
        or (len(before) == 2 and before[1] in "-‑/_" and before[0].isalnum())  # noqa: PLR2004  "B-"
    ) and not _is_range_dash(text, numeral)


def _is_range_dash(text: str, numeral: Numeral) -> bool:
    before = text[max(0, numeral.start - 2) : numeral.start]
    after = text[numeral.end : numeral.end + 1]
    return len(before) == 2 and before[0].isdigit() and before[1] in "-‑" and not after.isalpha()  # noqa: PLR2004


def _give_unit(draft: Draft, unit: Unit | None) -> None:
    if unit is None or draft.value is None:
        return
    draft.kind, draft.unit, draft.bare = unit.kind, unit.code, False
    draft.value *= unit.factor
    draft.precision = draft.precision * unit.factor if draft.precision is not None else None
    if unit.scaled:
        draft.scale = unit.factor
    draft.rule = f"numeral_{unit.kind}"


#: « 12 millions d'euros de subventions par an »
_COMPLEMENT = re.compile(
    rf"{SP}+(?:de{SP}+|d['’])[a-zà-ÿœ]{{3,30}}(?:{SP}+[a-zà-ÿœ]{{4,20}})?(?={SP})"
)


def _completed(text: str, draft: Draft) -> Draft:
    draft.approx = draft.approx or approx_before(text, draft.start) or approx_after(text, draft.end)
    if draft.kind in {"amount", "measure", "percent", "duration"} or draft.bare:
        draft.per = draft.per or rate_after(text, draft.end)
    if draft.kind == "amount" and draft.per is None:
        complement = _COMPLEMENT.match(text, draft.end)
        draft.per = known_rate_after(text, complement.end()) if complement else None
    return draft


def covering(drafts: Sequence[Draft], position: int) -> Draft | None:
    """The draft that covers ``position``, if any; ``drafts`` are in order."""
    index = bisect_left([draft.end for draft in drafts], position + 1)
    if index < len(drafts) and drafts[index].start <= position:
        return drafts[index]
    return None
