"""What the sizes of two figures say for and against one as the whole of the other."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from recoupe.extract.figures.passage import SHARES, WHOLES
from recoupe.extract.figures.whole_part import NEAR, Pair

_RATIOS = tuple(map(Decimal, ("0.01", "0.03", "0.1", "0.25", "0.5", "0.9", "1")))
_NEAR_HALF, _LEAST, _HALF = Decimal("0.006"), Decimal("0.01"), Decimal("0.5")


def sizes(pair: Pair) -> Iterator[str]:
    """How large the part is beside the whole, alone and with others."""
    own, total = pair.part.figure.value, pair.figure.value
    if not own or not total:
        return
    if pair.part.figure.kind in SHARES:
        yield from _shares(pair, own, total)
        return
    share = own / total
    ratio = max((step for step in _RATIOS if step <= share), default=Decimal(0))
    yield f"ratio={ratio}:{pair.kinds}"
    yield f"ratio={ratio}:{pair.place}"
    yield f"few={total <= 2}:{pair.kinds}"  # noqa: PLR2004
    yield from _larger(pair, total)
    yield from _sums(pair, own, total)


def _larger(pair: Pair, total: Decimal) -> Iterator[str]:
    """Whether larger figures stand before the part."""
    figures, lines = pair.placed.figures, pair.placed.line
    larger = [
        other
        for other in pair.part.among
        if other != pair.whole
        and other < pair.part.index
        and figures[other].kind == pair.figure.kind
        and (figures[other].value or 0) > total
    ]
    yield f"largest={not larger}:{pair.place}"
    yield f"largest={not larger}:{pair.kinds}"
    beside = sum(lines[other] == lines[pair.whole] for other in larger)
    yield f"larger={min(beside, 2)}:{min(len(larger), 2)}:{pair.place}"


def _sums(pair: Pair, own: Decimal, total: Decimal) -> Iterator[str]:
    """What the part and others make together."""
    figures, sentence, part = pair.placed.figures, pair.placed.sentence, pair.part.index
    alike = [other for other in pair.part.alike if other != pair.whole]
    values = {figures[other].value for other in alike if abs(other - part) <= NEAR}
    yield f"two={own != total and total - own in values}:{pair.kinds}"
    parts = [i for i, of in pair.part.known.items() if of == pair.whole and i != part]
    done = sum((figures[i].value or 0 for i in parts if figures[i].kind not in SHARES), own)
    if done != own:
        yield f"sum={_filled(done / total)}:{pair.kinds}"
    said = [i for i in alike if sentence[i] == sentence[part]]
    added = _filled(sum((figures[i].value or 0 for i in said), own) / total)
    yield f"sentence={added}:{min(len(said), 3)}:{pair.place}"
    yield f"sentence={added}:{pair.kinds}"


def _filled(share: Decimal) -> str:
    """How much of a whole its parts make."""
    if abs(share - 1) <= _LEAST:
        return "="
    return "<1/2" if share < _HALF else "<" if share < 1 else ">"


def _shares(pair: Pair, own: Decimal, total: Decimal) -> Iterator[str]:
    """What a rate makes of the whole, and whether that is said beside it."""
    figures, part, kind = pair.placed.figures, pair.part.index, pair.part.figure.kind
    rate = own / 100 if kind == "percent" else own
    yield f"few={total <= 4}:{kind}"  # noqa: PLR2004
    yield f"more than whole={rate > 1}"
    told = any(
        figures[other].unit == pair.figure.unit
        and figures[other].kind in WHOLES
        and abs((figures[other].value or 0) / total - rate) <= _NEAR_HALF
        for other in range(max(0, part - 3), min(len(figures), part + 4))
        if other not in {part, pair.whole}
    )
    yield f"told={told}:{pair.place}"
