"""The amounts of a programme over time, laid out for an SVG that the server draws.

Each side has a shape of its own, so that nothing rests on colour alone; the template prints the
same points as a table.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from recoupe.db.site import format as french
from recoupe.db.site.figures import Figure
from recoupe.db.site.labels import label

WIDTH, HEIGHT = 720, 280
_LEFT, _RIGHT, _TOP, _BOTTOM = 84, 16, 16, 36
#: Room between the axes and the first and last points.
_INSET = 14
_STEPS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """A figure and where it stands; ``side`` chooses its shape."""

    x: float
    y: float
    side: str
    figure: Figure


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    """A mark of an axis: its place along the axis and its words."""

    at: float
    text: str
    anchor: str = "middle"


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """Everything the template draws; sizes in units of the SVG's view box."""

    points: Sequence[Point]
    days: Sequence[Tick]
    amounts: Sequence[Tick]
    sides: Sequence[tuple[str, str]]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = _LEFT
    right: int = WIDTH - _RIGHT
    bottom: int = HEIGHT - _BOTTOM


def timeline(figures: Sequence[Figure]) -> Timeline | None:
    """The chart of amounts in one currency, in the order of their days; ``None`` below two."""
    dated = [(figure, _ordinal(figure), french.decimal(figure.value)) for figure in figures]
    known = [(f, day, value) for f, day, value in dated if day is not None and value is not None]
    if len(known) < 2:  # noqa: PLR2004
        return None
    first, last = known[0][1], max(known[-1][1], known[0][1] + 1)
    top = _ceiling(max(value for _, _, value in known))
    points = [
        Point(
            x=round(_along(day, first, last), 1),
            y=round(_height(value, top), 1),
            side=figure.side or "none",
            figure=figure,
        )
        for figure, day, value in known
    ]
    sides = dict.fromkeys(point.side for point in points)
    return Timeline(
        points=points,
        days=_days(known[0][0], known[-1][0]),
        amounts=[
            Tick(
                at=round(_height(top * n / _STEPS, top), 1),
                text=french.short(top * n / _STEPS, "EUR"),
            )
            for n in range(_STEPS + 1)
        ],
        sides=[(side, label("sides", side)) for side in sides],
    )


def _ordinal(figure: Figure) -> int | None:
    try:
        return date.fromisoformat(figure.published_on or "").toordinal()
    except ValueError:
        return None


def _along(day: int, first: int, last: int) -> float:
    width = WIDTH - _LEFT - _RIGHT - 2 * _INSET
    return _LEFT + _INSET + width * (day - first) / (last - first)


def _height(value: Decimal, top: Decimal) -> float:
    return HEIGHT - _BOTTOM - (HEIGHT - _TOP - _BOTTOM) * float(value / top)


def _ceiling(value: Decimal) -> Decimal:
    """The next round number: 1.36e9 → 2e9."""
    if value <= 0:
        return Decimal(1)
    weight = Decimal(10) ** value.adjusted()
    return next(weight * step for step in (1, 2, 4, 5, 8, 10) if weight * step >= value)


def _days(first: Figure, last: Figure) -> list[Tick]:
    start = Tick(at=_LEFT, text=french.day(first.published_on), anchor="start")
    if first.published_on == last.published_on:
        return [start]
    return [start, Tick(at=WIDTH - _RIGHT, text=french.day(last.published_on), anchor="end")]
