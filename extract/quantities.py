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
from decimal import Decimal
from functools import cache

from recoupe.extract.draft import Draft
from recoupe.extract.numerals import SP, SPACES, Numeral, find_numerals
from recoupe.extract.phrases import either, vocabulary
from recoupe.extract.series import share_units
from recoupe.extract.shares import find_shares
from recoupe.extract.surroundings import approx_after, approx_before, rate_after
from recoupe.extract.units import Unit, currency_before, unit_at
from recoupe.records import Span

_ORDINAL = re.compile(r"(?:e|ᵉ|è|ème|ième|er|ère|re|nd|nde|ᵉʳ|°|º|è|ers|es)(?![\w€])")
_SERIES_NOUN = re.compile(rf"(?:{SP}+)(?P<noun>[a-zà-ÿœ][\wà-ÿœ'’-]+)")
_ALONE = re.compile(rf"{SP}+seule?s?\b")
_ONE = frozenset({"un", "une"})
_MEASURABLE = re.compile(
    rf"(?:sur|pendant|durant|en|d['’]|pour|de|après|dans|plus{SP}d['’]|moins{SP}d['’]|près{SP}d['’]|environ|à|sous|jusqu['’]à|que|qu['’]|depuis|par|voici|il{SP}y{SP}a|dure|durera){SP}*$",
    re.IGNORECASE,
)


#: A change of more percentage points than this counts something else.
_MOST_POINTS = 100


def find_quantities(text: str, *, taken: Iterable[Span] = ()) -> list[Draft]:
    """Every figure of ``text`` in order, without what is counted.

    ``taken`` are the places of dates, references and names, in which no numeral is read.
    """
    mask = _mask(text, taken)
    shares = [share for share in find_shares(text) if not any(mask[share.start : share.end])]
    kept = _without_overlaps(shares)
    for share in kept:
        mask[share.start : share.end] = b"\1" * (share.end - share.start)
    drafts = [
        draft
        for numeral in find_numerals(text)
        if not any(mask[numeral.start : numeral.end])
        and (draft := _read(text, numeral)) is not None
    ]
    merged = sorted([*drafts, *kept], key=lambda draft: draft.start)
    return [_completed(text, draft) for draft in share_units(text, merged)]


def _mask(text: str, taken: Iterable[Span]) -> bytearray:
    mask = bytearray(len(text))
    for start, end in taken:
        mask[start:end] = b"\1" * (end - start)
    for match in _idioms().finditer(text):
        mask[match.start() : match.end()] = b"\1" * (match.end() - match.start())
    return mask


@cache
def _idioms() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{either(vocabulary('quantities')['idioms']['phrases'])})(?!\w)")


def _without_overlaps(drafts: Sequence[Draft]) -> list[Draft]:
    kept: list[Draft] = []
    for draft in sorted(drafts, key=lambda d: (d.start, -d.end)):
        if not kept or draft.start >= kept[-1].end:
            kept.append(draft)
    return kept


def _read(text: str, numeral: Numeral) -> Draft | None:
    """The draft of one numeral, ``None`` where it is an article, an ordinal or part of a name."""
    unit = unit_at(text, numeral.end, scaled=numeral.scale > 1)
    if unit is not None and unit.kind == "point" and numeral.value > _MOST_POINTS:
        unit = None  # « 1 340 points lumineux »
    surface = text[numeral.start : numeral.end].lower()
    if surface in _ONE and not _one_counts(text, numeral, unit):
        return None
    if unit is None and _is_glued(text, numeral):
        return _rank(text, numeral)
    leading = currency_before(text, numeral.start) if unit is None else None
    draft = Draft(
        start=leading.start if leading else numeral.start,
        end=unit.end if unit else numeral.end,
        value=numeral.value,
        precision=numeral.precision,
        scale=numeral.scale,
        words=numeral.words,
        bare=True,
    )
    if surface in _ONE and _ALONE.match(text, numeral.end):
        draft.end = _ALONE.match(text, numeral.end).end()  # type: ignore[union-attr]
        draft.kind, draft.rule = "count", "one_only"
    _give_unit(draft, unit or leading)
    _give_sign(text, draft)
    return draft


def _one_counts(text: str, numeral: Numeral, unit: Unit | None) -> bool:
    """« un seul », « sur un an », « un million », « plus d'un kilomètre »: not the article."""
    if _ALONE.match(text, numeral.end):
        return True
    if unit is None:
        return False
    if unit.kind in {"amount", "percent"}:
        return True
    before = text[max(0, numeral.start - 14) : numeral.start]
    if unit.kind == "duration":
        return unit.code in {"year", "month", "week", "hour"} and bool(_MEASURABLE.search(before))
    return approx_before(text, numeral.start) is not None


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


def _rank(text: str, numeral: Numeral) -> Draft | None:
    """« 3e comité », « 14e édition »: an item of a numbered series, its noun given as object."""
    ordinal = _ORDINAL.match(text, numeral.end)
    noun = _SERIES_NOUN.match(text, ordinal.end()) if ordinal else None
    if noun is None or noun["noun"].lower() not in vocabulary("quantities")["series"]["nouns"]:
        return None
    return Draft(
        start=numeral.start,
        end=ordinal.end() if ordinal else numeral.end,
        kind="rank",
        value=numeral.value,
        precision=Decimal(1),
        object_span=noun.span("noun"),
        rule="ordinal",
    )


def _give_unit(draft: Draft, unit: Unit | None) -> None:
    if unit is None or draft.value is None:
        return
    draft.kind, draft.unit, draft.bare = unit.kind, unit.code, False
    draft.value *= unit.factor
    draft.precision = draft.precision * unit.factor if draft.precision is not None else None
    if unit.scaled:
        draft.scale = unit.factor
    draft.rule = f"numeral_{unit.kind}"


_SIGN = re.compile(rf"(?:(?<=[\s(:])|^)(?P<sign>[+−–-]){SP}?$")


def _give_sign(text: str, draft: Draft) -> None:
    """Take a plus or minus that stands right before a share, a point or an amount."""
    if draft.kind not in {"percent", "point", "amount", "measure"} or draft.value is None:
        return
    before = text[max(0, draft.start - 3) : draft.start]
    match = _SIGN.search(before)
    if match is None:
        return
    position = draft.start - len(before) + match.start("sign")
    opened = position > 0 and text[position - 1] in "(:"
    touching = position == draft.start - 1
    line_start = position == 0 or text[position - 1] == "\n"
    if match["sign"] == "+" or ((opened or touching) and not line_start):
        draft.start = position
        if match["sign"] != "+":
            draft.value = -draft.value


def _completed(text: str, draft: Draft) -> Draft:
    draft.approx = draft.approx or approx_before(text, draft.start) or approx_after(text, draft.end)
    if draft.kind in {"amount", "measure", "percent", "duration"} or draft.bare:
        draft.per = draft.per or rate_after(text, draft.end)
    return draft


def covering(drafts: Sequence[Draft], position: int) -> Draft | None:
    """The draft that covers ``position``, if any; ``drafts`` are in order."""
    index = bisect_left([draft.end for draft in drafts], position + 1)
    if index < len(drafts) and drafts[index].start <= position:
        return drafts[index]
    return None


def stripped(text: str, start: int, end: int) -> Span:
    """``start:end`` without the spaces at its ends."""
    while start < end and text[start] in SPACES:
        start += 1
    while end > start and text[end - 1] in SPACES:
        end -= 1
    return start, end
