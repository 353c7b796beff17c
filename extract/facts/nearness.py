"""Which mention stands nearest to a figure, and which stand apart from it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from recoupe.records import Mention, Quantity, Span

M = TypeVar("M", bound=Mention)


def nearest(mentions: Sequence[M], quantity: Quantity, scope: Span) -> M | None:
    """The mention of ``scope`` nearest to the figure; one that follows wins a tie."""
    inside = [m for m in mentions if scope[0] <= m.start and m.end <= scope[1]]
    return min(
        inside,
        key=lambda m: (
            m.start - quantity.end if m.start >= quantity.end else (quantity.start - m.end) * 1.5
        ),
        default=None,
    )


def last_before(mentions: Sequence[M], quantity: Quantity, scope: Span) -> M | None:
    """The last mention of ``scope`` before the figure."""
    before = [m for m in mentions if scope[0] <= m.start and m.end <= quantity.start]
    return before[-1] if before else None


def is_apart(text: str, mention: Mention, quantity: Quantity) -> bool:
    """Whether a semicolon or a parenthesis stands between the mention and the figure."""
    first, last = min(mention.end, quantity.end), max(mention.start, quantity.start)
    return ";" in text[first:last] or _in_parentheses(text, mention, quantity)


def _in_parentheses(text: str, mention: Mention, quantity: Quantity) -> bool:
    """Whether the mention stands in parentheses that the figure is outside of."""
    opened = text.rfind("(", max(0, mention.start - 120), mention.start)
    if opened < 0 or ")" in text[opened : mention.start]:
        return False
    closed = text.find(")", mention.end, mention.end + 120)
    return closed >= 0 and not opened < quantity.start < closed
