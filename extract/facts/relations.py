"""The comparisons that a document makes itself: within a sentence, then between its sentences."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import combinations, pairwise

from recoupe.comparison import Claim, pairs, ratio
from recoupe.extract.annotations import Annotations
from recoupe.extract.layout import Layout
from recoupe.records import Comparison, Fact, Quantity

#: « 47 900 apprentis fin 2024, contre 43 600 », « quatre ans au lieu de deux ».
_INSTEAD = re.compile(
    r"[^.;!?\n]{0,70}?\b(?:contre|au lieu d[e'’]s?)\s*(?:[^.;!?\n]{0,20}\s)?(?:d['’]|l['’])?"
)
_SET_AGAINST = re.compile(
    r"[^.;!?\n]{0,80}?"
    r"(?:\bpour\b|\bsur\b|\bcontre\b|\bau lieu d|\bface à\b|\bloin d|\bpar rapport à)"
    r"[^.;!?\n]{0,40}"
)


def compare_document(text: str, found: Annotations, facts: Sequence[Fact]) -> list[Comparison]:
    """Every comparison of one document, sentence pairs first, each pair once."""
    quantities = {quantity.id: quantity for quantity in found.quantities}
    made: dict[tuple[str, str], Comparison] = {}
    for comparison in (
        *_wholes(text, facts, quantities),
        *_rows(text, facts, quantities),
        *_neighbours(text, facts, quantities),
        *_between_sentences(found, facts, quantities),
    ):
        made.setdefault((comparison.left, comparison.right), comparison)
    return list(made.values())


#: A row of more figures is pasted data: to set each against each would take for ever.
_MOST_CELLS = 40


def _rows(
    text: str, facts: Sequence[Fact], quantities: dict[str, Quantity]
) -> Iterator[Comparison]:
    """« DETR | 1 100 | 980 » under « Réservé | Attribué »: what was done against the announced.

    The announced column stands first: one to the right of what is done is what remains to do.
    """
    layout = Layout.of(text)
    by_row: dict[int, list[Fact]] = defaultdict(list)
    for fact in facts:
        line = layout.line_at(quantities[fact.quantity].start)
        if fact.side and layout.is_row(line):
            by_row[line].append(fact)
    rows = (cells for cells in by_row.values() if len(cells) <= _MOST_CELLS)
    for left, right in (pair for cells in rows for pair in combinations(cells, 2)):
        one, two = quantities[left.quantity], quantities[right.quantity]
        sides = (left.side, right.side)
        if sides == ("announced", "reported") and (one.kind, one.unit) == (two.kind, two.unit):
            yield _pair("announced_vs_reported", left, right, quantities)


def _wholes(
    text: str, facts: Sequence[Fact], quantities: dict[str, Quantity]
) -> Iterator[Comparison]:
    """« 260 millions (sur le 1,36 milliard annoncé) »: a part, or reported against announced."""
    by_quantity = {fact.quantity: fact for fact in facts}
    for fact in facts:
        part = quantities[fact.quantity]
        if part.part_of is None:
            continue
        whole = quantities[part.part_of]
        against = by_quantity[whole.id]
        # « 260 millions sur le 1,36 milliard », « Sur les 42 annoncés, 38 », never « dont »
        set_against = whole.start > part.start or _is_base(text, whole)
        reported = (
            set_against
            and against.side == "announced"
            and fact.side == "reported"
            and part.unit == whole.unit
        )
        same_evidence = fact.evidence == against.evidence
        yield Comparison(
            relation="announced_vs_reported" if reported else "part_of",
            left=against.id,
            right=fact.id,
            ratio=_share(whole, part),
            basis="sentence" if same_evidence else "document",
        )


_BASE = re.compile(r"(?i)\bsur\s+(?:[^\W\d]+[\s'’]+){0,4}$")


def _is_base(text: str, whole: Quantity) -> bool:
    """« Sur les 612 millions annoncés, 171 », « Sur l'enveloppe de 1,9 M€ réservée, 1,58 »."""
    return _BASE.search(text, max(0, whole.start - _BASE_REACH), whole.start) is not None


#: « sur » stands so many characters before its figure.
_BASE_REACH = 40


def _share(whole: Quantity, part: Quantity) -> Decimal | None:
    """The part over the whole; a share that is said (« 85 % des 144 ») is its own rate."""
    if part.kind == "percent" and part.value is not None:
        return (part.value / 100).normalize()
    if part.kind == "ratio":
        return part.value
    return ratio(whole.value, part.value) if part.unit == whole.unit else None


def _neighbours(
    text: str, facts: Sequence[Fact], quantities: dict[str, Quantity]
) -> Iterator[Comparison]:
    """« passe de 141 à 144 », « 38,6 millions engagés, pour 42 annoncés »."""
    for first, second in pairwise(facts):
        if first.evidence != second.evidence:
            continue
        one, two = quantities[first.quantity], quantities[second.quantity]
        if one.part_of == two.id or two.part_of == one.id or not _alike(one, two):
            continue
        if first.measure and second.measure and first.measure != second.measure:
            continue  # « 9,7 millions d'aides, pour 41 millions d'investissements »
        between = text[one.end : two.start]
        sides = {first.side, second.side}
        if sides == {"announced", "reported"} and _SET_AGAINST.fullmatch(between):
            left, right = (first, second) if first.side == "announced" else (second, first)
            yield _pair("announced_vs_reported", left, right, quantities)
        elif _is_evolution(text, one, between):
            earlier, later = (second, first) if _INSTEAD.fullmatch(between) else (first, second)
            yield _pair("evolution", earlier, later, quantities)


def _alike(one: Quantity, two: Quantity) -> bool:
    if one.unit != two.unit or one.kind != two.kind or one.per != two.per:
        return False
    return one.object is None or two.object is None or one.object.lower() == two.object.lower()


#: « par 41 voix contre 9 », « quarante pour, neuf contre, six abstentions »
_VOTE = re.compile(r"\bvoix\b|\bcontre\s*,")


def _is_evolution(text: str, one: Quantity, between: str) -> bool:
    if _INSTEAD.fullmatch(between):
        return not _VOTE.search(between)
    if not re.fullmatch(r"[^.;!?\n]{0,40}?\s+à\s+(?:plus de |près de |environ )?", between):
        return False
    before = text[max(0, one.start - 60) : one.start]
    return bool(
        re.search(
            r"(?i)\b(?:pass|port|ramen|mont|tomb|augment|baiss|recul|chut|progress|grimp|relev|rédui|abaiss|reven|revien|descen|élev|bond|évolu|recon)\w*[^.;]{0,30}\bde\s+$",
            before,
        )
    )


def _pair(relation: str, left: Fact, right: Fact, quantities: dict[str, Quantity]) -> Comparison:
    return Comparison(
        relation=relation,  # type: ignore[arg-type]
        left=left.id,
        right=right.id,
        ratio=ratio(quantities[left.quantity].value, quantities[right.quantity].value),
        basis="sentence",
    )


def _between_sentences(
    found: Annotations, facts: Sequence[Fact], quantities: dict[str, Quantity]
) -> Iterator[Comparison]:
    by_quantity = {fact.quantity: fact for fact in facts}
    claims = [_claim(fact, quantities, by_quantity, found.article.published_on) for fact in facts]
    evidence = {fact.id: fact.evidence for fact in facts}
    for pair in pairs(claims, across=False):
        if pair.relation != "announced_vs_reported":
            continue
        left, right = str(pair.left.key), str(pair.right.key)
        basis = "sentence" if evidence[left] == evidence[right] else "document"
        yield Comparison(
            relation="announced_vs_reported",
            left=left,
            right=right,
            ratio=pair.ratio,
            basis=basis,  # type: ignore[arg-type]
        )


def _claim(
    fact: Fact,
    quantities: dict[str, Quantity],
    facts: dict[str, Fact],
    published_on: str | None,
) -> Claim:
    quantity = quantities[fact.quantity]
    whole = quantities[quantity.part_of] if quantity.part_of else None
    return Claim(
        key=fact.id,
        document="",
        published_on=published_on,
        kind=quantity.kind,
        value=quantity.value,
        unit=quantity.unit,
        per=quantity.per,
        approx=quantity.approx,
        precision=quantity.precision,
        status=fact.status,
        measure=fact.measure,
        programme=fact.programme,
        territory=fact.territory,
        period_from=fact.period_from,
        period_to=fact.period_to,
        perimeter=fact.perimeter,
        is_part=quantity.part_of is not None,
        firm=not (fact.negated or fact.superseded or fact.conditional),
        confidence=fact.confidence,
        whole=whole.value if whole else None,
        whole_status=facts[whole.id].status if whole else None,
    )
