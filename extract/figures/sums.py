"""Wholes that the numbers themselves prove: parts that add up, and shares that divide.

« 41,5 M€ : l'État apporte 32, la Région 4,5, le Département 1,8, les propriétaires 3,2 »
« 338 ménages relogés sur 374, soit 90 % »    90 % is of the 374
a column and its « Total », a row and its rate

Only figures of one kind and unit are added, only of one paragraph, list or column, and only to the
precision that they are written with.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import chain, pairwise

from recoupe.extract.figures.columns import ADDED, alike, columns
from recoupe.extract.figures.draft import Draft
from recoupe.extract.figures.numerals import SP
from recoupe.extract.figures.proportions import proportions
from recoupe.extract.layout import Layout
from recoupe.records import Span

#: A whole has at most so many parts, the first of them at most so many figures away.
_MOST_PARTS = 16
_FIRST_WITHIN = 4
#: Parts are looked for among so many figures on either side of their whole.
_NEAR_IN_BLOCK = 80
#: Two small numbers add up to a third too often by chance.
_TELLING = Decimal(20)
_PERCENT = Decimal(100)
_TWO = 2


def wholes_by_sum(
    layout: Layout, drafts: Sequence[Draft], sentences: Sequence[Span]
) -> Mapping[int, int]:
    """For each part's index the index of its whole, where adding or dividing proves it."""
    wholes = dict(columns(layout, drafts))
    starts = [start for start, _ in sentences]
    blocks = list(_blocks(layout, drafts))
    for block in blocks:
        for whole in block:
            for part in _parts(layout.text, drafts, block, whole, starts):
                wholes.setdefault(part, whole)
        divided = chain(_votes(drafts, block, starts), _halved(layout.text, drafts, block))
        for parts, whole in divided:
            for part in parts:
                wholes.setdefault(part, whole)
        for part, whole in _items(layout, drafts, block):
            wholes.setdefault(part, whole)
    for block in blocks:  # the whole may have been said paragraphs before, its parts hold others
        free = [i for i in block if i not in wholes]
        for parts, whole in _announced_before(layout, drafts, free):
            wholes.update(dict.fromkeys(parts, whole))
    shared = dict(proportions(layout, drafts, starts))
    rates = {i: whole for i, whole in shared.items() if drafts[i].kind == "percent"}
    return shared | wholes | rates  # a rate is of its row rather than of the total of rates


# --- prose and lists --------------------------------------------------------------------------


def _blocks(layout: Layout, drafts: Sequence[Draft]) -> Iterator[list[int]]:
    """The figures of each paragraph with those of the list that it introduces, in order."""
    block: list[int] = []
    last = -1
    for index, draft in enumerate(drafts):
        line = layout.line_at(draft.start)
        if layout.is_row(line):
            continue
        if block and line != last and not _goes_on(layout, last, line):
            yield block
            block = []
        block.append(index)
        last = line
    if block:
        yield block


def _goes_on(layout: Layout, last: int, line: int) -> bool:
    """Whether a line is an item of the list that the line ``last`` introduces or belongs to."""
    if not layout.is_item(line):
        return False
    lead = layout.lead_in(line)
    return lead is None or lead[0] <= layout.lines[last][0]


def _items(
    layout: Layout, drafts: Sequence[Draft], block: Sequence[int]
) -> Iterator[tuple[int, int]]:
    """The first figure of each item of a list, where they add up to one said before the list."""
    firsts: list[int] = []
    line = -1
    for index in block:
        own = layout.line_at(drafts[index].start)
        if own != line and layout.is_item(own):
            firsts.append(index)
        line = own
    if len(firsts) <= _TWO or not all(alike(drafts[i], drafts[firsts[0]]) for i in firsts):
        return
    total = sum((drafts[i].value or Decimal(0) for i in firsts), Decimal(0))
    whole = _earlier(drafts, firsts[0], total)
    if whole is not None:
        yield from ((part, whole) for part in firsts)


def _parts(
    text: str, drafts: Sequence[Draft], block: Sequence[int], whole: int, starts: Sequence[int]
) -> Sequence[int]:
    """The run of figures that adds up to ``drafts[whole]``, after it or before it."""
    total = drafts[whole]
    if total.kind not in ADDED or total.value is None or total.value <= 0:
        return ()
    in_all = _IN_ALL.search(text[max(0, total.start - 30) : total.start])
    own = bisect_right(block, whole)
    run_of = [
        i
        for i in block[max(0, own - _NEAR_IN_BLOCK) : own + _NEAR_IN_BLOCK]
        if i == whole
        or (alike(drafts[i], total) and (in_all or _same_thing(text, drafts[i], total)))
    ]
    place = run_of.index(whole)
    for run in (run_of[place + 1 :], run_of[:place][::-1]):
        for first in range(min(_FIRST_WITHIN, len(run))):
            found = _run(drafts, run[first : first + _MOST_PARTS], total)
            if len(found) > _TWO or (found and _is_split(text, drafts, found, total, starts)):
                return found
    return ()


_IN_ALL = re.compile(
    rf"(?i)(?<!\w)(?:en{SP}tout|au{SP}total|soit|soit{SP}au{SP}total|total){SP}?[,:]?{SP}?(?:\w+{SP}){{0,2}}$"
)


def _votes(
    drafts: Sequence[Draft], block: Sequence[int], starts: Sequence[int]
) -> Iterator[tuple[Sequence[int], int]]:
    """Counts of one sentence that add up to another one: « 27 voix contre 4 et 2, 33 votants »."""
    sentences: dict[int, list[int]] = {}
    for i in block:
        if drafts[i].kind in {"count", "number"} and drafts[i].value:
            sentences.setdefault(bisect_right(starts, drafts[i].start), []).append(i)
    for own in sentences.values():
        if len(own) <= _TWO + 1:
            continue
        for parts, whole in ((own[:-1], own[-1]), (own[1:], own[0])):
            added = sum((drafts[i].value or Decimal(0) for i in parts), Decimal(0))
            if added == drafts[whole].value and added >= _TELLING:
                yield parts, whole


def _run(drafts: Sequence[Draft], run: Sequence[int], total: Draft) -> Sequence[int]:
    """The figures from the first of ``run`` on that add up to ``total``."""
    value = total.value or Decimal(0)
    added, taken = Decimal(0), []
    for index in run:
        own = drafts[index].value
        if own is None or not 0 < own < value:
            return ()
        added += own
        taken.append(index)
        if added >= value:
            return tuple(taken) if added == value else ()
    return ()


#: « 640 élèves, 310 filles et 330 garçons »
_APART = re.compile(r"(?:\s[\wà-ÿ'’-]+){1,4}?\s?[,:(–—-]\s?")


def _halved(
    text: str, drafts: Sequence[Draft], block: Sequence[int]
) -> Iterator[tuple[Sequence[int], int]]:
    """A count and the two right after it that add up to it."""
    for whole, first, second in zip(block, block[1:], block[2:], strict=False):
        total, one, two = drafts[whole], drafts[first], drafts[second]
        if {total.kind, one.kind, two.kind} - {"count", "number"} or not one.value or not two.value:
            continue
        if one.value + two.value != total.value or total.value < _TELLING:
            continue
        apart = _APART.fullmatch(text[total.end : one.start])
        if apart and _AND.fullmatch(text[one.end : two.start]):
            yield (first, second), whole


def _same_thing(text: str, part: Draft, total: Draft) -> bool:
    """Whether two counts may be of one thing; money may go to many."""
    if part.kind == "amount" or part.object_span is None or total.object_span is None:
        return True
    heads = [
        text[slice(*span)].lower().split()[0] for span in (part.object_span, total.object_span)
    ]
    return heads[0].rstrip("sx") == heads[1].rstrip("sx")


#: « 26,9 M€ de subventions et 15,7 M€ de prêts »: two parts of one whole go on in one breath.
_AND = re.compile(r"(?:[^.;:!?\n]{0,60}?)(?:,|\bet\b)[^.;:!?\n]{0,40}")
#: What is no decomposition though the numbers add up: « de 452 à 397 », « 34 M€ d'écart ».
_CHANGE = re.compile(
    r"(?i)\b(?:écart|différence|retrait|baisse|hausse|moins|manqu\w*|perd\w*|ramen\w*|ramèn\w*|"
    r"portée?s?|pass\w*|réduit\w*|avenants?|contre|annul\w*|gel\w*|surcoût)\b"
)


#: How far around two parts a word makes a change of them, in characters.
_NEAR = 30


def _is_split(
    text: str, drafts: Sequence[Draft], parts: Sequence[int], total: Draft, starts: Sequence[int]
) -> bool:
    """Whether two figures are said as the two parts of ``total``: sums of two are often chance."""
    if (total.value or 0) < _TELLING or not _near(drafts, parts, total, starts):
        return False
    first, second = sorted(parts)
    between = text[drafts[first].end : drafts[second].start]
    around = text[
        max(0, min(total.start, drafts[first].start) - _NEAR) : drafts[second].end + _NEAR
    ]
    return bool(_AND.fullmatch(between)) and not _CHANGE.search(around)


#: « 7,6 millions au lieu de 10 », « 8,4 des 9 millions »: two levels of one part.
_LEVELS = re.compile(
    r"(?i)[^,;.]*\b(?:au lieu|contre|sur les?|sur l['’]|des|à)\s(?:[\wà-ÿ'’]+\s){0,2}$"
)


def _announced_before(
    layout: Layout, drafts: Sequence[Draft], block: Sequence[int]
) -> Iterator[tuple[Sequence[int], int]]:
    """Runs of four or more amounts that add up to one said earlier in the text.

    No further amount may go on from a run, nor lead to it, in its line.
    """
    text = layout.text
    amounts = [i for i in block if drafts[i].kind == "amount" and drafts[i].value]
    if any(_LEVELS.fullmatch(text[drafts[a].end : drafts[b].start]) for a, b in pairwise(amounts)):
        return
    for first, start in enumerate(amounts):
        if first and _breath(text, drafts, amounts[first - 1], start):
            continue
        added, taken = Decimal(0), []
        for place, index in enumerate(amounts[first : first + _MOST_PARTS], first + 1):
            if not alike(drafts[index], drafts[start]):
                break
            added += drafts[index].value or Decimal(0)
            taken.append(index)
            goes_on = place < len(amounts) and _breath(text, drafts, index, amounts[place])
            whole = None
            if len(taken) > _TWO + 1 and not goes_on:
                whole = _earlier(drafts, start, added)
            if whole is not None:
                yield taken, whole
                return


def _breath(text: str, drafts: Sequence[Draft], first: int, second: int) -> bool:
    """Whether two figures stand in one sentence."""
    between = text[drafts[first].end : drafts[second].start]
    return re.search(r"[.!?][\s»\"]|\n", between) is None


def _earlier(drafts: Sequence[Draft], before: int, value: Decimal) -> int | None:
    return next(
        (
            i
            for i in range(before - 1, -1, -1)
            if drafts[i].value == value and alike(drafts[i], drafts[before])
        ),
        None,
    )


def _near(
    drafts: Sequence[Draft], parts: Sequence[int], total: Draft, starts: Sequence[int]
) -> bool:
    """Whether two parts stand in the sentence of their whole or the next."""
    places = [bisect_right(starts, drafts[i].start) for i in parts]
    own = bisect_right(starts, total.start)
    return max(*places, own) - min(*places, own) <= 1
