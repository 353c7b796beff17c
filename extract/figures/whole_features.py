"""What speaks for and against a figure as the whole of another one.

What speaks is a list of features, plain strings such as ``"before=sibling:s0"``; `likely_wholes`
knows what each weighs.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from recoupe.extract.figures.placed import Told, stem
from recoupe.extract.figures.siblings import is_labelled
from recoupe.extract.figures.whole_part import Known, Pair, Part
from recoupe.extract.figures.whole_sizes import sizes

_DISTANCES = (0, 1, 2, 3, 4, 7, 12, 20, 40)
_SHORT, _FEW = 5, 4
_OF = frozenset({"de", "du", "des", "d'", "d’"})
_POINTING = frozenset(
    {"la", "l'", "l’", "le", "les", "ces", "ce", "cette", "ses", "son", "sa", "nos", "leurs"}
)


def silence(part: Part) -> tuple[str, ...]:
    """The features of « of none of them »."""
    figure, told, known, index = part.figure, part.told, part.known, part.index
    sentence = part.placed.sentence
    near = any(sentence[other] == sentence[index] for other in part.among)
    kind = figure.kind
    return (
        f"none:{kind}",
        f"none:{kind}:{figure.unit}",
        f"none:of {min(len(part.among), 6)}",
        f"none:before={told.last}",
        f"none:two before={told.two_before}",
        f"none:after={told.first}",
        f"none:{kind}:after={told.first}",
        f"none:two after={told.two_after}",
        f"none:noun={told.noun}",
        f"none:{kind}:lent={told.noun is None}:{told.lent}",
        f"none:per={figure.per}",
        f"none:approx={figure.approx}",
        f"none:rule={figure.rule}",
        f"none:{kind}:item={part.placed.is_item[index]}",
        f"none:{kind}:near={near}",
        f"none:{kind}:whole={index in known.values()}",
        f"none:{kind}:after part={index - 1 in known}",
        f"none:{kind}:few={figure.value is not None and figure.value <= 2}",  # noqa: PLR2004
        *(f"none:says={word}" for word in _stems(told.before[-6:])),
        *(f"none:goes on={word}" for word in _stems(told.after[:4])),
    )


def features(part: Part, whole: int) -> frozenset[str]:
    """What speaks for and against a figure in reach as the whole of another one."""
    pair = part.pair(whole)
    return frozenset(
        (
            *_lie(pair),
            *_part_says(pair),
            *_whole_says(pair),
            *_words(pair),
            *_nouns(pair),
            *sizes(pair),
            *_company(pair),
            *_after_alike(pair),
            *_list(pair),
        )
    )


def _lie(pair: Pair) -> Iterator[str]:
    """Where the two stand, and the words between."""
    placed, part, whole, place = pair.placed, pair.part.index, pair.whole, pair.place
    side = "<" if whole < part else ">"
    first, last = (whole, part) if whole < part else (part, whole)
    nearer = [other for other in pair.part.among if first < other < last]
    near = min(len(nearer), _FEW)
    words = placed.between(part, whole)
    at = f"{side}{place}"
    distance = max(far for far in _DISTANCES if far <= len(words))
    yield from (at, f"{at}:{near}", f"{pair.kinds}:{at}", f"{pair.kinds}:{near}")
    yield f"{side}far={distance}"
    nearest = not any(placed.place(part, other) == place for other in nearer)
    yield f"nearest={nearest}:{place}"
    yield f"opens={placed.opens_line(whole)}:{place}"
    if len(words) <= _SHORT:
        yield f"{side}between={' '.join(words)}"
    if place in {"s0", "s1"}:
        yield f"{at}:first={stem(words[0]) if words else ''}"
        yield f"{at}:marks={''.join(sorted({w for w in words if not w[0].isalnum()}))}"


def _part_says(pair: Pair) -> Iterator[str]:
    told = pair.part.told
    for said in (
        f"part before={told.last}",
        f"part two before={told.two_before}",
        f"part after={told.first}",
        f"part two after={told.two_after}",
        f"part noun={told.noun}",
    ):
        yield said
        yield f"{pair.place}:{said}"
    yield f"{pair.kinds}:part after={told.first}"
    yield f"{pair.kinds}:{pair.place}:opens={len(told.before) < 3}"  # noqa: PLR2004


def _whole_says(pair: Pair) -> Iterator[str]:
    told = pair.placed.told(pair.whole)
    yield f"whole before={told.last}"
    yield f"whole two before={told.two_before}"
    yield f"whole after={told.first}"
    yield f"whole noun={told.noun}"
    yield f"whole per={pair.figure.per}"
    yield from (f"whole says={word}" for word in _stems(told.before[-5:]))
    yield from (f"whole goes on={word}" for word in _stems(told.after[:3]))


def _words(pair: Pair) -> Iterator[str]:
    """Words that set the two against each other."""
    told = pair.placed.told(pair.whole)
    yield f"no part={pair.part.told.is_no_part}:{pair.kinds}"
    yield f"hoped={told.is_hoped}"
    yield f"held={told.is_held}:{pair.kinds}"
    yield f"held={told.is_held}:{pair.place}"


def _nouns(pair: Pair) -> Iterator[str]:
    """Whether the two are of one noun."""
    one, other, place = pair.part.told, pair.placed.told(pair.whole), pair.place
    same = "?" if one.noun is None or other.noun is None else str(one.noun == other.noun)
    for where in (pair.kinds, place):
        yield f"same noun={same}:{one.noun is None}:{where}"
        yield f"lent={one.lent and same == 'True'}:{where}"
    yield f"own noun={one.lent}:{pair.kinds}:{place}"
    kind, of = pair.part.figure.kind, _counted_of(one.after)
    yield f"of={of and of == other.noun}:{kind}"
    yield f"of said={of and _says(other, of)}:{kind}:{place}"
    yield f"same per={pair.part.figure.per == pair.figure.per}:{kind}"


def _counted_of(after: Sequence[str]) -> str | None:
    """The stem of the noun in « 40 % de la dépense »."""
    if not after or after[0] not in _OF:
        return None
    return next((stem(word) for word in after[1:4] if word not in _POINTING), None)


def _says(told: Told, of: str) -> bool:
    return any(stem(word) == of for word in (*told.before, *told.after))


def _company(pair: Pair) -> Iterator[str]:
    """What is known of the wholes of the figures around."""
    known, part, whole, place = pair.part.known, pair.part.index, pair.whole, pair.place
    is_whole = any(of == whole for i, of in known.items() if i != part)
    for where in (place, pair.kinds):
        yield f"is whole={is_whole}:{where}"
        yield f"is part={whole in known}:{where}"
    yield f"reverse={known.get(whole) == part}"
    yield f"next={known.get(part + 1) == whole}:{place}"
    yield f"last={part - 1 != whole and known.get(part - 1) == whole}:{place}"
    yield f"has parts={part in known.values()}:{pair.kinds}"


def _after_alike(pair: Pair) -> Iterator[str]:
    """What is known of the whole of the last figure alike before the part."""
    placed, before, place = pair.placed, pair.part.before, pair.place
    if before is None:
        return
    bond = _bond(before, pair.whole, pair.part.known)
    for where in (place, f"{placed.place(pair.part.index, before)}:{place}", pair.kinds):
        yield f"before={bond}:{where}"
    between = placed.layout.text[placed.figures[before].end : pair.part.figure.start]
    yield f"before={bond}:labelled={is_labelled(between)}"
    if bond == "sibling":
        words = placed.between(before, pair.part.index)
        yield f"sibling words={' '.join(words[-3:])}"
        yield from (f"sibling says={word}" for word in _stems(words))


def _bond(before: int, whole: int, known: Known) -> str:
    if before == whole:
        return "it"
    if before not in known:
        return "free"
    return "sibling" if known[before] == whole else "other"


def _list(pair: Pair) -> Iterator[str]:
    """How the two stand in a list."""
    placed, part, place = pair.placed, pair.part.index, pair.place
    if not placed.is_item[part]:
        return
    first, lead = placed.opens_line(part), placed.leads[part]
    yield f"item={first}:{place}:{placed.opens_line(pair.whole)}"
    yield f"item={first}:{place}:{pair.part.figure.kind}"
    if lead is not None:
        start, end = placed.layout.lines[lead]
        colon = placed.layout.text[start:end].rstrip().endswith(":")
        yield f"colon={colon}:{place}:{first}"


def _stems(words: Sequence[str]) -> set[str]:
    return set(map(stem, words))
