"""Which figures a text may set against each other, and what speaks for it, as plain strings.

`likely_comparisons` knows what each weighs. Two figures are looked at where they are of one kind
and unit and stand in one line, in one sentence or in two that follow each other, near each other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from recoupe.extract.annotations import text_of
from recoupe.extract.facts.around import Around
from recoupe.extract.facts.likely_status import Chances
from recoupe.records import SIDES, DateMention, Quantity, Side

#: On the development part, all but three in a hundred comparisons join figures as near as this.
_FIGURES, _SENTENCES = 3, 1
_WORD = re.compile(r"[^\W\d_]+")
_FIRST, _EDGE = 6, 3
#: Steps in which a probability is read.
_STEPS = 4


@dataclass(frozen=True, slots=True)
class Pair:
    """Two figures by their places in the text's list, the first one first, with their features.

    ``ruled`` is the label of what the rules make of them.
    """

    first: int
    second: int
    ruled: str
    features: tuple[str, ...]


class SideBySide:
    """The pairs of figures of a text that may be set against each other."""

    def __init__(
        self,
        around: Around,
        chances: Sequence[Chances],
        ruled: Mapping[tuple[int, int], str],
    ) -> None:
        """``ruled`` labels the pairs that the rules compare."""
        self._around, self._chances, self._ruled = around, chances, ruled
        self._text = text_of(around.doc)
        figures = around.figures
        self._quantities = [figure.quantity for figure in figures]
        self._lines = [around.layout.line_at(q.start) for q in self._quantities]
        starts = [sentence.start for sentence in around.doc.sents]
        places = {start: place for place, start in enumerate(starts)}
        self._sentences = [places[figure.span.sent.start] for figure in figures]

    def pairs(self) -> Iterator[Pair]:
        """Each pair once, in the order of the text."""
        for second in range(len(self._quantities)):
            for first in range(max(0, second - _FIGURES), second):
                if self._may_be_compared(first, second):
                    ruled = self._ruled.get((first, second), "none")
                    features = dict.fromkeys((f"rule={ruled}", *self._features(first, second)))
                    yield Pair(first, second, ruled, tuple(features))

    def _may_be_compared(self, first: int, second: int) -> bool:
        one, two = self._quantities[first], self._quantities[second]
        near = self._sentences[second] - self._sentences[first] <= _SENTENCES
        alike = (one.kind, one.unit) == (two.kind, two.unit)
        return near and alike and self._lines[first] == self._lines[second]

    def _features(self, first: int, second: int) -> Iterator[str]:
        one, two = self._quantities[first], self._quantities[second]
        same = self._sentences[first] == self._sentences[second]
        row = self._around.layout.is_row(self._lines[first])
        where = "row" if row else "sentence" if same else "next"
        steps = second - first
        yield "all"
        yield f"{where}:{steps}"
        yield f"kind={one.kind}"
        yield f"{where}:kind={one.kind}"
        yield f"order={where}:{_order(one, two)}"
        yield f"whole={_whole(one, two)}:{where}"
        yield f"object={_same_object(one, two)}:{where}"
        yield f"per={one.per == two.per}"
        yield f"approx={one.approx}:{two.approx}"
        yield from self._between(one, two, where, steps)
        yield from self._told(first, second, where)
        yield from self._likely(first, second)
        yield from self._dates(one, two, where)
        if row:
            yield from self._columns(one, two)
        yield from self._neighbours(first, second, where)

    def _between(self, one: Quantity, two: Quantity, where: str, steps: int) -> Iterator[str]:
        between = self._text[one.end : two.start].lower()
        words = _WORD.findall(between)
        yield f"long={where}:{min(len(words) // 3, 6)}"
        if len(words) <= _FIRST:
            yield f"between={' '.join(words)}"
        yield f"after first={' '.join(words[:_EDGE])}"
        yield f"after first={' '.join(words[:1])}"
        yield f"before second={' '.join(words[-_EDGE:])}"
        yield f"before second={' '.join(words[-2:])}"
        yield f"before second={' '.join(words[-1:])}:{where}"
        for word in set(words):
            yield f"between:{word}"
            yield f"between:{word}:{where}:{steps}"
        marks = "".join(sorted(set(re.findall(r"[;:(),–—|]", between))))
        yield f"marks={marks}"
        before = _WORD.findall(self._text[max(0, one.start - 40) : one.start].lower())[-_EDGE:]
        yield f"before first={' '.join(before[-1:])}"
        yield f"before first={' '.join(before[-2:])}"
        after = _WORD.findall(self._text[two.end : two.end + 40].lower())[:2]
        yield f"after second={' '.join(after)}"
        yield f"after second={' '.join(after[:1])}"

    def _told(self, first: int, second: int, where: str) -> Iterator[str]:
        """What the rules say of both, and the verbs above them."""
        verdicts = self._around.verdicts
        one, two = verdicts[first], verdicts[second]
        yield f"status={one.status}:{two.status}"
        yield f"status={one.status}:{two.status}:{where}"
        yield f"marked={one.marker is not None}:{two.marker is not None}:{one.status}:{two.status}"
        yield f"same marker={one.marker is not None and one.marker == two.marker}"
        over = [self._around.verbs[place] for place in (first, second)]
        for side, verb, verdict in zip(("one", "two"), over, (one, two), strict=True):
            yield f"{side}:verb={verb.lemma}"
            yield f"{side}:told={verb.told}"
            if verdict.marker is not None:
                yield f"{side}:marker={self._text[slice(*verdict.marker)].lower()}"
        yield f"told={over[0].told}:{over[1].told}"
        yield f"one verb={over[0].lemma == over[1].lemma}:{over[0].lemma}"

    def _likely(self, first: int, second: int) -> Iterator[str]:
        """The likely statuses of both, and how probable it is that one is done of the other."""
        chances = [self._chances[place] for place in (first, second)]
        one, two = (max(each, key=each.__getitem__) for each in chances)
        yield f"likely={one}:{two}"
        yield f"likely one={one}"
        yield f"likely two={two}"
        yield f"likely sides={SIDES[one]}:{SIDES[two]}"
        promised = [_side(each, "announced") for each in chances]
        done = [_side(each, "reported") for each in chances]
        yield f"promised, done={round(_STEPS * promised[0] * done[1])}"
        yield f"done, promised={round(_STEPS * promised[1] * done[0])}"

    def _dates(self, one: Quantity, two: Quantity, where: str) -> Iterator[str]:
        """Whose date is the later, of the date nearest to each."""
        dates = self._around.found.dates
        nearest = [_nearest(dates, quantity) for quantity in (one, two)]
        ends = [(date.date_to or date.date_from or "") if date else "" for date in nearest]
        if all(ends):
            later = "later" if ends[1] > ends[0] else "earlier" if ends[1] < ends[0] else "same"
            yield f"second date={later}"
            yield f"second date={later}:{where}"
        yield f"dated={bool(ends[0])}:{bool(ends[1])}:{where}"

    def _columns(self, one: Quantity, two: Quantity) -> Iterator[str]:
        layout = self._around.layout
        line = layout.line_at(one.start)
        heads = [layout.heading_of(line, quantity.start) for quantity in (one, two)]
        names = [self._text[slice(*head)].lower() if head else "" for head in heads]
        years = [re.findall(r"\b(?:19|20)\d\d\b", name) for name in names]
        if all(years):
            yield f"years={years[1][-1] > years[0][-1]}:{years[1][-1] < years[0][-1]}"
        for side, name in zip(("one", "two"), names, strict=True):
            for word in set(_WORD.findall(name)):
                yield f"{side}:head={word}"

    def _neighbours(self, first: int, second: int, where: str) -> Iterator[str]:
        """Whether each has a nearer figure of its kind to be set against."""
        inner = [
            self._quantities[place]
            for place in range(first + 1, second)
            if self._quantities[place].kind == self._quantities[first].kind
        ]
        yield f"inner={len(inner)}:{where}"
        one = self._quantities[first]
        share = [q for q in self._quantities[first + 1 : second] if q.kind in {"percent", "ratio"}]
        yield f"share between={bool(share)}:{one.kind}"


def _side(chances: Chances, side: Side) -> float:
    return sum(chance for status, chance in chances.items() if SIDES[status] == side)


def _order(one: Quantity, two: Quantity) -> str:
    if one.value is None or two.value is None:
        return "unknown"
    if one.value == two.value:
        return "same"
    low, high = sorted((one.value, two.value))
    far = "far" if low * 3 < high else "near"
    return f"{'rises' if one.value < two.value else 'falls'}:{far}"


def _whole(one: Quantity, two: Quantity) -> str:
    if one.part_of == two.id:
        return "second"
    if two.part_of == one.id:
        return "first"
    return "shared" if one.part_of and one.part_of == two.part_of else "no"


def _same_object(one: Quantity, two: Quantity) -> str:
    if one.object is None or two.object is None:
        return f"{one.object is not None}:{two.object is not None}"
    if one.object.lower() == two.object.lower():
        return "place" if one.object_start == two.object_start else "word"
    return "other"


_NEAR_DATE = 60


def _nearest(dates: Sequence[DateMention], quantity: Quantity) -> DateMention | None:
    near = (d for d in dates if _gap(d, quantity) < _NEAR_DATE)
    return min(near, key=lambda date: _gap(date, quantity), default=None)


def _gap(date: DateMention, quantity: Quantity) -> int:
    return max(date.start - quantity.end, quantity.start - date.end, 0)
