"""When two facts may be set side by side, and the reason when they may not (design §4).

The rule is one, for two facts of a document and for two of the whole base, so it stands here, below
both ``extract/`` and ``db/``. Announced comes before or with reported; no rate is formed across
unlike units, measures, territories, periods or funding perimeters.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from recoupe.records import SIDES, Status

Refusal = Literal[
    "kind",
    "unit",
    "rate",
    "measure",
    "programme",
    "territory",
    "period",
    "perimeter",
    "part",
    "order",
    "approximation",
    "value",
    "confidence",
]
#: Under this confidence a fact is shown but never compared across documents.
SURE = 0.5
#: Two reports of one figure within so many days contradict each other when they differ.
CONTRADICTION_DAYS = 30
#: A reported figure over this many times the announced one is another measure, not a success.
FAR = Decimal(5)
#: Days: a period of no more is one year's, and its report comes within as many.
YEAR = 400
#: Days: a shorter period says when something was counted, not over how long.
MONTH = 28
#: The stages of money and of counts, each a part of the one before it.
STAGES: tuple[Status, ...] = ("committed", "contracted", "paid")
#: Shares are set side by side; a rate of two rates would say nothing.
_SHARES = frozenset({"percent", "point", "ratio"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What the comparison needs to know of one fact; ``key`` is whatever identifies it.

    ``whole`` and ``whole_status`` are the value and status of what a part is a part of.
    """

    key: int | str
    document: int | str
    published_on: str | None
    kind: str
    value: Decimal | None
    unit: str | None
    per: str | None
    approx: str | None
    precision: Decimal | None
    status: Status
    measure: str | None
    programme: int | str | None
    territory: int | str | None
    period_from: str | None
    period_to: str | None
    perimeter: str | None
    is_part: bool
    firm: bool
    confidence: float
    whole: Decimal | None = None
    whole_status: Status | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two claims in their order: announced before reported, earlier before later."""

    relation: Literal["announced_vs_reported", "same", "contradicts"]
    left: Claim
    right: Claim
    ratio: Decimal | None


def ratio(left: Decimal | None, right: Decimal | None) -> Decimal | None:
    """Right over left to six decimals, ``None`` where no rate may be formed."""
    if left is None or right is None or left <= 0:
        return None
    return (right / left).quantize(Decimal("0.000001")).normalize()


def refusal(left: Claim, right: Claim) -> Refusal | None:
    """Why two claims are not of one thing, or ``None`` when they are."""
    checks: tuple[tuple[Refusal, bool], ...] = (
        ("kind", left.kind != right.kind),
        ("unit", left.unit != right.unit),
        ("rate", left.per != right.per),
        ("measure", not left.measure or left.measure != right.measure),
        ("programme", left.programme is None or left.programme != right.programme),
        ("territory", left.territory != right.territory),
        ("period", not (_periods_meet(left, right) and _is_cumulative(left, right))),
        ("perimeter", left.perimeter != right.perimeter),
        ("part", left.is_part or (right.is_part and not _stands_for_whole(left, right))),
        ("approximation", {left.approx, right.approx} & {"at_most", "less_than"} != set()),
        ("value", left.value is None or right.value is None),
        ("confidence", min(left.confidence, right.confidence) < SURE),
    )
    return next((reason for reason, refused in checks if refused), None)


def _stands_for_whole(left: Claim, right: Claim) -> bool:
    """Whether a part may stand against what was announced for the whole.

    « 21 des 38 projets engagés » against the 38 announced; « 13,8 millions engagés, dont 9,2
    versés » against what was announced for the 13,8: a later stage of the same money.
    """
    if right.whole is not None and left.value is not None and right.whole == left.value:
        return True
    if right.kind != "amount" or right.whole_status not in STAGES or right.status not in STAGES:
        return False
    return STAGES.index(right.status) > STAGES.index(right.whole_status)


def _is_cumulative(announced: Claim, reported: Claim) -> bool:
    """Whether what is reported may cover all that was announced: no year against several.

    A reported period of a few days (« au 31 décembre », « à la mi-mars ») or an open one (« depuis
    2021 ») counts all that came before it.
    """
    start, end = reported.period_from, reported.period_to
    if not start or not end or _days(start, end) < MONTH:
        return _is_timely(announced, reported)
    if announced.period_to is None and announced.period_from is None:
        return announced.published_on is None or start <= announced.published_on <= end
    late_enough = announced.period_to is None or end >= announced.period_to
    return late_enough and (announced.period_from is None or start <= announced.period_from)


def _is_timely(announced: Claim, reported: Claim) -> bool:
    """A year's envelope is not set against what is reported, without a date, years later."""
    if reported.period_from or reported.period_to or not reported.published_on:
        return True
    if not announced.period_from or not announced.period_to:
        return True
    late = _days(announced.period_to, reported.published_on)
    return _days(announced.period_from, announced.period_to) > YEAR or late <= YEAR


def _days(first: str, last: str) -> int:
    return (date.fromisoformat(last) - date.fromisoformat(first)).days


def _periods_meet(left: Claim, right: Claim) -> bool:
    """Whether the periods said overlap; a year's figure never meets another year's."""
    if left.period_from and right.period_to and left.period_from > right.period_to:
        return False
    return not (right.period_from and left.period_to and right.period_from > left.period_to)


def pairs(claims: Iterable[Claim], *, across: bool) -> Iterator[Pair]:
    """Every pair that may be made among ``claims``, grouped by key so that the cost stays linear.

    ``across`` sets the claims of different documents side by side, otherwise those of one.
    """
    groups: dict[tuple[object, ...], list[Claim]] = defaultdict(list)
    for claim in claims:
        if claim.firm and claim.measure and claim.programme is not None:
            groups[_group(claim)].append(claim)
    made: set[tuple[object, ...]] = set()
    for group in sorted(groups.values(), key=lambda g: -max(c.confidence for c in g)):
        distinct = _distinct(group)
        found = [*_announced_vs_reported(distinct, across=across)]
        for pair in [*found, *(_contradictions(distinct) if across else ())]:
            if (identity := _identity(pair)) not in made:
                made.add(identity)
                yield pair


def _identity(pair: Pair) -> tuple[object, ...]:
    """What a reader takes for the same pair: one figure seen under two places is shown once."""
    left, right = pair.left, pair.right
    return (
        pair.relation, left.programme, left.kind, left.unit, left.measure,
        left.document, left.value, right.document, right.value,
    )  # fmt: skip


def _group(claim: Claim) -> tuple[object, ...]:
    return (
        claim.programme, claim.kind, claim.unit, claim.per, claim.measure, claim.territory,
        claim.perimeter,
    )  # fmt: skip


def _distinct(group: Sequence[Claim]) -> list[Claim]:
    """One claim for each figure that a document repeats (standfirst, body, list): the surest."""
    best: dict[tuple[object, ...], Claim] = {}
    for claim in group:
        key = (claim.document, claim.value, SIDES[claim.status], claim.is_part)
        if key not in best or claim.confidence > best[key].confidence:
            best[key] = claim
    return list(best.values())


def _announced_vs_reported(group: Sequence[Claim], *, across: bool) -> Iterator[Pair]:
    """Each reported claim against the last announcement that came before or with it."""
    announced = sorted(_on_side(group, "announced"), key=_moment)
    for reported in _on_side(group, "reported"):
        fitting = [a for a in announced if _comes_first(a, reported, across=across)]
        allowed = [a for a in fitting if not refusal(a, reported)]
        if not allowed or reported.value is None:
            continue
        last = allowed[-1]
        shares = reported.kind in _SHARES
        rate = None if shares else ratio(last.value, reported.value)
        if shares or (rate is not None and rate <= FAR):
            yield Pair(relation="announced_vs_reported", left=last, right=reported, ratio=rate)


def _comes_first(announced: Claim, reported: Claim, *, across: bool) -> bool:
    """Across documents: published before. Within one: not still to come, not the same number."""
    if across:
        return announced.document != reported.document and _moment(announced) <= _moment(reported)
    to_come = (
        announced.period_to
        and announced.published_on
        and announced.period_to > announced.published_on
    )
    return not to_come and announced.value != reported.value


def _on_side(group: Sequence[Claim], side: str) -> list[Claim]:
    return [claim for claim in group if SIDES[claim.status] == side]


def _moment(claim: Claim) -> str:
    return claim.published_on or "9999"


def _contradictions(group: Sequence[Claim]) -> Iterator[Pair]:
    """Two values of one figure of one status, near in time, further apart than both roundings."""
    ordered = sorted(group, key=_moment)
    for position, left in enumerate(ordered):
        for right in ordered[position + 1 :]:
            if not _near(left, right):
                break
            if (
                left.status != right.status
                or left.document == right.document
                or refusal(left, right)
            ):
                continue
            yield Pair(
                relation="same" if agree(left, right) else "contradicts",
                left=left,
                right=right,
                ratio=ratio(left.value, right.value),
            )


def _near(left: Claim, right: Claim) -> bool:
    if not left.published_on or not right.published_on:
        return False
    return _days(left.published_on, right.published_on) <= CONTRADICTION_DAYS


def agree(left: Claim, right: Claim) -> bool:
    """Whether two values are one figure rounded twice, approximators taken into account."""
    if left.value is None or right.value is None:
        return False
    slack = max(left.precision or Decimal(0), right.precision or Decimal(0))
    if left.approx or right.approx:
        slack = max(slack, max(left.value, right.value) / 20)
    return abs(left.value - right.value) <= slack
