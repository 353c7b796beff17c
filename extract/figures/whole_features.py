"""What speaks for and against a figure as the whole of another one.

What speaks is a list of features, plain strings such as ``"before=sibling:s0"``; `likely_wholes`
knows what each weighs.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from recoupe.extract.figures.leaning import is_hoped, is_no_part
from recoupe.extract.figures.passage import SHARES, WHOLES, is_compared
from recoupe.extract.figures.placed import Placed, stem
from recoupe.extract.figures.siblings import is_labelled

#: Figures alike are added up among so many on either side.
_ADDED = 12
_DISTANCES = (0, 1, 2, 3, 4, 7, 12, 20, 40)
_RATIOS = tuple(map(Decimal, ("0.01", "0.03", "0.1", "0.25", "0.5", "0.9", "1")))
_SHORT, _FEW = 5, 4
_NEAR_HALF, _LEAST = Decimal("0.006"), Decimal("0.01")
_OF = frozenset({"de", "du", "des", "d'", "d’"})
_POINTING = frozenset(
    {"la", "l'", "l’", "le", "les", "ces", "ce", "cette", "ses", "son", "sa", "nos", "leurs"}
)

Known = Mapping[int, int]


def silence(placed: Placed, part: int, known: Known, among: Sequence[int]) -> tuple[str, ...]:
    """The features of « of none of them »."""
    figure, told = placed.figures[part], placed.told[part]
    near = any(placed.sentence[other] == placed.sentence[part] for other in among)
    kind, after = figure.kind, _first(told.after)
    return (
        f"none:{kind}",
        f"none:{kind}:{figure.unit}",
        f"none:of {min(len(among), 6)}",
        f"none:before={_last(told.before)}",
        f"none:two before={' '.join(told.before[-2:])}",
        f"none:after={after}",
        f"none:{kind}:after={after}",
        f"none:two after={_stems(told.after[:2])}",
        f"none:noun={told.noun}",
        f"none:{kind}:lent={told.noun is None}:{told.lent}",
        f"none:per={figure.per}",
        f"none:approx={figure.approx}",
        f"none:rule={figure.rule}",
        f"none:{kind}:item={placed.is_item[part]}",
        f"none:{kind}:near={near}",
        f"none:{kind}:whole={part in known.values()}",
        f"none:{kind}:after part={part - 1 in known}",
        f"none:{kind}:few={figure.value is not None and figure.value <= 2}",  # noqa: PLR2004
        *(f"none:says={word}" for word in {stem(word) for word in told.before[-6:]}),
        *(f"none:goes on={word}" for word in {stem(word) for word in told.after[:4]}),
    )


def features(
    placed: Placed, part: int, whole: int, known: Known, among: Sequence[int]
) -> frozenset[str]:
    """What speaks for and against a figure as the whole of another one."""
    place = placed.place(part, whole)
    kinds = f"{placed.figures[part].kind}>{placed.figures[whole].kind}"
    found = [
        *_lie(placed, part, whole, place, kinds, among),
        *_part_says(placed, part, place, kinds),
        *_whole_says(placed, whole),
        *_nouns(placed, part, whole, place, kinds),
        *_sizes(placed, part, whole, place, kinds, known, among),
        *_company(placed, part, whole, place, kinds, known),
    ]
    if placed.is_item[part]:
        found += _list(placed, part, whole, place)
    return frozenset(found)


def _lie(
    placed: Placed, part: int, whole: int, place: str, kinds: str, among: Sequence[int]
) -> Iterator[str]:
    """Where the two stand, and the words between."""
    side = "<" if whole < part else ">"
    nearer = [other for other in among if min(part, whole) < other < max(part, whole)]
    near = min(len(nearer), _FEW)
    words = placed.between(part, whole)
    at = f"{side}{place}"
    distance = max(far for far in _DISTANCES if far <= len(words))
    yield from (at, f"{at}:{near}", f"{kinds}:{at}", f"{kinds}:{near}", f"{side}far={distance}")
    nearest = not any(placed.place(part, other) == place for other in nearer)
    yield f"nearest={nearest}:{place}"
    yield f"opens={placed.opens_line(whole)}:{place}"
    if len(words) <= _SHORT:
        yield f"{side}between={' '.join(words)}"
    if place in {"s0", "s1"}:
        yield f"{at}:first={stem(words[0]) if words else ''}"
        yield f"{at}:marks={''.join(sorted({w for w in words if not w[0].isalnum()}))}"


def _part_says(placed: Placed, part: int, place: str, kinds: str) -> Iterator[str]:
    told = placed.told[part]
    side_words = (
        f"part before={_last(told.before)}",
        f"part two before={' '.join(told.before[-2:])}",
        f"part after={_first(told.after)}",
        f"part two after={_stems(told.after[:2])}",
        f"part noun={told.noun}",
    )
    for said in side_words:
        yield said
        yield f"{place}:{said}"
    yield f"{kinds}:part after={_first(told.after)}"
    yield f"{kinds}:{place}:opens={len(told.before) < 3}"  # noqa: PLR2004


def _whole_says(placed: Placed, whole: int) -> Iterator[str]:
    told = placed.told[whole]
    yield f"whole before={_last(told.before)}"
    yield f"whole two before={' '.join(told.before[-2:])}"
    yield f"whole after={_first(told.after)}"
    yield f"whole noun={told.noun}"
    yield f"whole per={placed.figures[whole].per}"
    yield from (f"whole says={word}" for word in {stem(word) for word in told.before[-5:]})
    yield from (f"whole goes on={word}" for word in {stem(word) for word in told.after[:3]})


def _nouns(placed: Placed, part: int, whole: int, place: str, kinds: str) -> Iterator[str]:
    one, other = placed.told[part], placed.told[whole]
    same = "?" if one.noun is None or other.noun is None else str(one.noun == other.noun)
    text, figures = placed.layout.text, placed.figures
    yield f"no part={is_no_part(text, figures[part].span)}:{kinds}"
    yield f"hoped={is_hoped(text, figures[whole].span)}"
    held = is_compared(text, figures[whole].span, counted=figures[whole].kind != "amount")
    yield f"held={held}:{kinds}"
    yield f"held={held}:{place}"
    for where in (kinds, place):
        yield f"same noun={same}:{one.noun is None}:{where}"
        yield f"lent={one.lent and same == 'True'}:{where}"
    yield f"own noun={one.lent}:{kinds}:{place}"
    kind = placed.figures[part].kind
    of = _counted_of(one.after)
    around = {stem(word) for word in (*other.before, *other.after)}
    yield f"of={of and of == other.noun}:{kind}"
    yield f"of said={of and of in around}:{kind}:{place}"
    yield f"same per={placed.figures[part].per == placed.figures[whole].per}:{kind}"


def _counted_of(after: Sequence[str]) -> str | None:
    """The stem of the noun in « 40 % de la dépense »."""
    if not after or after[0] not in _OF:
        return None
    return next((stem(word) for word in after[1:4] if word not in _POINTING), None)


def _sizes(
    placed: Placed,
    part: int,
    whole: int,
    place: str,
    kinds: str,
    known: Known,
    among: Sequence[int],
) -> Iterator[str]:
    own, total = placed.figures[part].value, placed.figures[whole].value
    if not own or not total:
        return
    if placed.figures[part].kind in SHARES:
        yield from _shares(placed, part, whole, place, own, total)
        return
    ratio = max((step for step in _RATIOS if step <= own / total), default=Decimal(0))
    yield f"ratio={ratio}:{kinds}"
    yield f"ratio={ratio}:{place}"
    yield f"few={total <= 2}:{kinds}"  # noqa: PLR2004
    figures = placed.figures
    larger = [
        other
        for other in among
        if other != whole
        and other < part
        and figures[other].kind == figures[whole].kind
        and (figures[other].value or 0) > total
    ]
    yield f"largest={not larger}:{place}"
    yield f"largest={not larger}:{kinds}"
    beside = sum(placed.line[other] == placed.line[whole] for other in larger)
    yield f"larger={min(beside, 2)}:{min(len(larger), 2)}:{place}"
    yield from _sums(placed, part, whole, place, kinds, known)


def _sums(
    placed: Placed, part: int, whole: int, place: str, kinds: str, known: Known
) -> Iterator[str]:
    """What the part and others make together."""
    figures = placed.figures
    own, total = figures[part].value or Decimal(0), figures[whole].value or Decimal(1)
    alike = [
        other
        for other in range(max(0, part - _ADDED), min(len(figures), part + _ADDED))
        if other not in {part, whole}
        and figures[other].kind == figures[part].kind
        and figures[other].unit == figures[part].unit
    ]
    values = {figures[other].value for other in alike if abs(other - part) <= _SHORT}
    yield f"two={own != total and total - own in values}:{kinds}"
    parts = [i for i, of in known.items() if of == whole and i != part]
    done = sum((figures[i].value or 0 for i in parts if figures[i].kind not in SHARES), own)
    if done != own:
        yield f"sum={_filled(done / total)}:{kinds}"
    said = [i for i in alike if placed.sentence[i] == placed.sentence[part]]
    added = sum((figures[i].value or 0 for i in said), own)
    yield f"sentence={_filled(added / total)}:{min(len(said), 3)}:{place}"
    yield f"sentence={_filled(added / total)}:{kinds}"


def _filled(share: Decimal) -> str:
    """How much of a whole its parts make."""
    if abs(share - 1) <= _LEAST:
        return "="
    return "<1/2" if share < Decimal("0.5") else "<" if share < 1 else ">"


def _shares(
    placed: Placed, part: int, whole: int, place: str, own: Decimal, total: Decimal
) -> Iterator[str]:
    figures = placed.figures
    rate = own / 100 if figures[part].kind == "percent" else own
    yield f"few={total <= 4}:{figures[part].kind}"  # noqa: PLR2004
    yield f"more than whole={rate > 1}"
    around = range(max(0, part - 3), min(len(figures), part + 4))
    told = any(
        figures[other].unit == figures[whole].unit
        and figures[other].kind in WHOLES
        and abs((figures[other].value or 0) / total - rate) <= _NEAR_HALF
        for other in around
        if other not in {part, whole}
    )
    yield f"told={told}:{place}"


def _company(
    placed: Placed, part: int, whole: int, place: str, kinds: str, known: Known
) -> Iterator[str]:
    """What is known of the wholes of the figures around."""
    is_whole = any(of == whole for i, of in known.items() if i != part)
    for where in (place, kinds):
        yield f"is whole={is_whole}:{where}"
        yield f"is part={whole in known}:{where}"
    yield f"reverse={known.get(whole) == part}"
    yield f"next={known.get(part + 1) == whole}:{place}"
    yield f"last={part - 1 != whole and known.get(part - 1) == whole}:{place}"
    yield f"has parts={part in known.values()}:{kinds}"
    before = _alike_before(placed, part)
    if before is None:
        return
    bond = _bond(before, whole, known)
    for where in (place, f"{placed.place(part, before)}:{place}", kinds):
        yield f"before={bond}:{where}"
    between = placed.layout.text[placed.figures[before].end : placed.figures[part].start]
    yield f"before={bond}:labelled={is_labelled(between)}"
    if bond == "sibling":
        words = placed.between(before, part)
        yield f"sibling words={' '.join(words[-3:])}"
        yield from (f"sibling says={word}" for word in {stem(word) for word in words})


def _bond(before: int, whole: int, known: Known) -> str:
    if before == whole:
        return "it"
    if before not in known:
        return "free"
    return "sibling" if known[before] == whole else "other"


def _alike_before(placed: Placed, part: int) -> int | None:
    """The last figure before of the same kind and unit."""
    own = placed.figures[part]
    for other in range(part - 1, max(-1, part - 1 - _SHORT), -1):
        if placed.figures[other].kind == own.kind and placed.figures[other].unit == own.unit:
            return other
    return None


def _list(placed: Placed, part: int, whole: int, place: str) -> Iterator[str]:
    first, lead = placed.opens_line(part), placed.leads[part]
    yield f"item={first}:{place}:{placed.opens_line(whole)}"
    yield f"item={first}:{place}:{placed.figures[part].kind}"
    if lead is not None:
        start, end = placed.layout.lines[lead]
        colon = placed.layout.text[start:end].rstrip().endswith(":")
        yield f"colon={colon}:{place}:{first}"


def _first(words: Sequence[str]) -> str:
    return words[0] if words else "$"


def _last(words: Sequence[str]) -> str:
    return words[-1] if words else "^"


def _stems(words: Sequence[str]) -> str:
    return " ".join(map(stem, words))
