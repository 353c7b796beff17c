"""Figures among the words of their sentence and the figures before them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from recoupe.extract.figures.draft import Draft
from recoupe.extract.figures.numerals import SP
from recoupe.extract.layout import Layout
from recoupe.records import Span

#: For each part the index of its whole, as far as they are known.
Known = Mapping[int, int]
#: What may be a whole.
WHOLES = frozenset({"amount", "count", "number", "measure"})
#: What is only said of a whole.
SHARES = frozenset({"percent", "ratio"})
MONTHS = "janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre"
#: At most so many figures are looked at, going back.
_LOOKED_AT = 12


@dataclass(frozen=True, slots=True)
class Passage:
    """A text with its figures; ``sentences`` and ``lines`` number those of each figure."""

    text: str
    drafts: Sequence[Draft]
    bounds: Sequence[Span]
    sentences: Sequence[int]
    lines: Sequence[int]
    rows: frozenset[int]

    @classmethod
    def of(cls, layout: Layout, drafts: Sequence[Draft], bounds: Sequence[Span]) -> Passage:
        """Number the sentences and lines of ``drafts`` once."""
        starts = [start for start, _ in bounds]
        lines = [layout.line_at(draft.start) for draft in drafts]
        return cls(
            layout.text,
            drafts,
            bounds,
            [max(0, bisect_right(starts, draft.start) - 1) for draft in drafts],
            lines,
            frozenset(i for i, line in enumerate(lines) if layout.is_row(line)),
        )

    def before(self, index: int, reach: int = 60) -> str:
        """What stands before a figure in its sentence and line."""
        start = self.drafts[index].start
        first = max(self.bounds[self.sentences[index]][0] if self.bounds else 0, start - reach)
        return self.text[first:start].rpartition("\n")[2]

    def after(self, index: int, reach: int = 60) -> str:
        """What stands after a figure in its sentence and line."""
        end = self.drafts[index].end
        last = self.bounds[self.sentences[index]][1] if self.bounds else len(self.text)
        return self.text[end : min(max(last, end), end + reach)].partition("\n")[0]

    def between(self, first: int, second: int) -> str:
        """What stands between two figures."""
        return self.text[self.drafts[first].end : self.drafts[second].start]

    def earlier(self, index: int, back: int = 0) -> Iterator[int]:
        """The figures before one, the nearest first, at most ``back`` sentences before it."""
        for other in range(index - 1, max(-1, index - 1 - _LOOKED_AT), -1):
            near = self.sentences[index] - self.sentences[other] <= back
            if not near or self.lines[other] != self.lines[index]:
                return
            yield other

    def compared(self, index: int, *, strictly: bool = False) -> bool:
        """Whether a figure is only what another one is held against: « au lieu des 4,5 ».

        « 1 067 détenus pour 793 places » is so too, unless ``strictly``.
        """
        counted = self.drafts[index].kind != "amount" and not strictly
        return is_compared(self.text, self.drafts[index].span, counted=counted)

    def opens(self, index: int) -> str | None:
        """What stands between the start of the clause and a figure, ``None`` where it is far."""
        words = self.before(index, 90)
        cut = max((words.rfind(mark) for mark in ".;:!?"), default=-1)
        clause = words[cut + 1 :]
        return clause if len(clause) < _OPENING else None


_OPENING = 40
#: « sur cinq exercices »: a length of time that counts nothing.
_PERIOD = re.compile(
    rf"{SP}(?:exercices?|ans|années?|mois|trimestres?|semestres?|semaines?|jours?|heures?)(?!\w)"
)
_THAN = rf"contre|au{SP}lieu{SP}d(?:e|es|u)|plutôt{SP}que"
_HELD = rf"{SP}(?:(?:les|des|près{SP}de|plus{SP}de|environ){SP})?$"
_AGAINST = re.compile(rf"(?i)(?<!\w)(?:{_THAN}|pour){_HELD}")
_INSTEAD = re.compile(rf"(?i)(?<!\w)(?:{_THAN}){_HELD}")
#: « ramenée de 32 à 27 millions »
_FROM = re.compile(rf"(?i)(?<!\w)de{SP}$")
_TO = re.compile(rf"{SP}?(?:[\w€%]+{SP}){{0,3}}?à{SP}[\d]")


def is_compared(text: str, span: Span, *, counted: bool) -> bool:
    """Whether another figure is held against this one; « pour 793 » counts if ``counted``."""
    start, end = span
    before = text[max(0, start - 30) : start].rpartition("\n")[2]
    if _PERIOD.match(text, end):
        return True
    return bool((_AGAINST if counted else _INSTEAD).search(before)) or bool(
        _FROM.search(before) and _TO.match(text, end)
    )


def one_dimension(part: Draft, whole: Draft) -> bool:
    """Whether the two are of one dimension and the part is not larger than the whole."""
    if part.kind in SHARES:
        return True
    alike = part.unit == whole.unit and {part.kind, whole.kind} <= WHOLES
    smaller = part.value is None or whole.value is None or part.value <= whole.value
    return alike and smaller


def is_less(part: Draft, whole: Draft) -> bool:
    """Whether the part is of the dimension of the whole and truly smaller."""
    known = part.value is not None and whole.value is not None and part.value != whole.value
    alike = part.per is None or part.per == whole.per
    return part.kind in SHARES or (known and alike and one_dimension(part, whole))


def head(text: str, draft: Draft) -> str | None:
    """The first word of what a figure counts, without its plural."""
    if draft.object_span is None:
        return None
    words = text[slice(*draft.object_span)].lower().split()
    return words[0].rstrip("sx") if words else None


def same_thing(text: str, part: Draft, whole: Draft) -> bool:
    """Whether two counts may be of one thing; money may go to many."""
    own, theirs = head(text, part), head(text, whole)
    return part.kind != "count" or own is None or theirs is None or own == theirs


def nearest(passage: Passage, index: int, back: int) -> int | None:
    """The nearest figure before that this one may be some of."""
    draft = passage.drafts[index]
    for other in passage.earlier(index, back):
        whole = passage.drafts[other]
        if whole.kind in WHOLES and is_less(draft, whole) and not passage.compared(other):
            return other
    return None
