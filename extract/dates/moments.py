"""What a text says of a time, before anyone asks which days it means."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from recoupe.extract.dates.calendar import Interval
from recoupe.records import Granularity

Part = Literal["start", "middle", "end", "whole", "first_half", "second_half"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """What one expression says of time; ``None`` where it says nothing.

    ``year_shift`` counts years from that of the publication (« en mars de l'an dernier »).
    ``number`` is the month 1–12, the quarter, the semester, the season 0–3, the century, or the
    week's day of reference when ``unit`` says so. ``shift`` counts units from the publication
    (« l'an dernier » is −1); ``length`` is a stretch of units that ends (−) or begins (+) there.
    ``year_to`` closes a range of years. ``easter`` counts days from Easter. ``fixed`` is an
    interval that needs no reckoning.
    """

    unit: Granularity
    year: int | None = None
    year_to: int | None = None
    year_shift: int | None = None
    number: int | None = None
    day: int | None = None
    weekday: int | None = None
    shift: int | None = None
    length: int | None = None
    part: Part | None = None
    easter: int | None = None
    weekend: bool = False
    president: str | None = None
    fixed: Interval | None = None

    @property
    def is_unmistakable(self) -> bool:
        """Whether this is a time beyond doubt even where no year can be given."""
        if self.unit == "day":
            return self.number is not None or self.shift not in (None, 0)
        if self.unit == "season":
            return self.year is not None or self.shift is not None
        return not (self.year is None and self.number is None and self.shift is None)


def with_year_of(left: Moment, right: Moment) -> Moment:
    """``left`` with the month and year that a range says once, at its right end."""
    fields: dict[str, int | None] = {}
    if left.year is None and left.shift is None:
        fields["year"] = right.year
    if left.unit == right.unit == "day" and left.number is None and left.easter is None:
        fields["number"] = right.number
    return replace(left, **fields) if fields else left  # type: ignore[arg-type]
