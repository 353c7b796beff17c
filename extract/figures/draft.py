"""A figure while it is being read: what is sure so far, before it becomes a `Quantity`."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from recoupe.records import Approx, QuantityKind, Span


@dataclass(slots=True, kw_only=True)
class Draft:
    """A figure being read; ``bare`` says that no unit stands with it yet.

    ``scale`` is the power of ten of its scale word or unit, which a neighbour may share;
    ``told_by`` names the rule that gave its noun; ``leans_on`` is the figure that an elliptic one
    takes its unit or noun from, ``of_it`` says whether it may be a part of that one.
    """

    start: int
    end: int
    kind: QuantityKind = "number"
    value: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    unit: str | None = None
    per: str | None = None
    approx: Approx | None = None
    precision: Decimal | None = None
    scale: Decimal = Decimal(1)
    object_span: Span | None = None
    told_by: str = ""
    bare: bool = False
    words: bool = False
    rule: str = "numeral"
    confidence: float = 1.0
    leans_on: Draft | None = None
    of_it: bool = False

    @property
    def span(self) -> Span:
        """Where it stands."""
        return self.start, self.end

    def give(self, noun: Span | None, by: str) -> None:
        """The noun that the rule ``by`` finds, if any."""
        if noun is not None:
            self.object_span, self.told_by = noun, by
