"""Where a figure stands among the others, and the status that it takes from them.

« 260 millions, dont 180 », « la moitié (231) », « 42 millions et 1 200 logements », the items of a
list below its lead-in, the cells of a table below their header.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from spacy.tokens import Doc

from recoupe.extract.annotations import Annotations, text_of, tokens_of
from recoupe.extract.facts.clauses import clause_around
from recoupe.extract.facts.figure import Figure, Verdict, figure_of
from recoupe.extract.facts.listed import from_layout, observed
from recoupe.extract.facts.stated import stated
from recoupe.extract.facts.status import decide
from recoupe.extract.layout import Layout
from recoupe.records import Quantity, Span


def figures_of(doc: Doc, found: Annotations) -> list[Figure]:
    """Each quantity of ``doc`` with its clause, its room and the deadline of its clause."""
    deadlines = _deadlines(found)
    quantities = found.quantities
    return [_figure(doc, quantities, index, deadlines) for index in range(len(quantities))]


def _deadlines(found: Annotations) -> list[Span]:
    """Where the text names a moment that was to come when it was published.

    « jusqu'à la fin de 2026 » says how long something lasts, not when a figure is to be reached.
    """
    day = found.article.published_on
    return [
        date.span
        for date in found.dates
        if date.date_to
        and not date.text.lower().startswith("jusqu")
        and (day is None or date.date_to > day)
        and (date.kind == "deadline" or (day is not None and (date.date_from or "") > day))
    ]


def _figure(
    doc: Doc, quantities: Sequence[Quantity], index: int, deadlines: Sequence[Span]
) -> Figure:
    quantity = quantities[index]
    clause = clause_around(text_of(doc), _scope(doc, quantity), quantity.start, quantity.end)
    inside = (d for d in deadlines if clause[0] <= d[0] < clause[1])
    deadline = min(inside, key=lambda d: abs(d[0] - quantity.end), default=None)
    before = max((q.end for q in quantities[:index] if q.end <= quantity.start), default=0)
    after = min((q.start for q in quantities[index + 1 :] if q.start >= quantity.end), default=None)
    room = max(clause[0], before), min(clause[1], after if after is not None else clause[1])
    return figure_of(doc, quantity, clause, room=room, deadline=deadline)


def _scope(doc: Doc, quantity: Quantity) -> Span:
    """The sentence of the figure, within its line."""
    sentence = tokens_of(doc, quantity.start, quantity.end).sent
    line_start = text_of(doc).rfind("\n", 0, quantity.start) + 1
    line_end = text_of(doc).find("\n", quantity.end)
    end = sentence.end_char
    return max(sentence.start_char, line_start), min(end, line_end if line_end >= 0 else end)


# --- statuses that come from a neighbour or the layout --------------------------------------------


def verdicts_of(
    doc: Doc, quantities: Sequence[Quantity], figures: Sequence[Figure], layout: Layout
) -> list[Verdict]:
    """The verdict of each figure, completed from its whole, its list, its table, its deadline."""
    places = {quantity.id: index for index, quantity in enumerate(quantities)}
    later_wholes = {
        quantity.part_of
        for quantity in quantities
        if quantity.part_of
        and places[quantity.part_of] == places[quantity.id] + 1
        and not layout.is_row(layout.line_at(quantity.start))
    }
    verdicts: list[Verdict] = []
    for index, figure in enumerate(figures):
        quantity = figure.quantity
        aside = quantity.id in later_wholes or _is_base(text_of(doc), quantity)
        verdict = decide(figure, only_own=aside)
        if verdict.status == "none" and verdict.marker is None and not aside:
            verdict = (
                from_layout(doc, figure, layout)
                or _from_neighbour(doc, quantities, verdicts, index, places)
                or _from_cell_before(quantities, verdicts, index, layout)
                or _from_item_before(doc, quantities, verdicts, index, layout)
                or observed(doc, figure, layout)
                or stated(figure)
                or verdict
            )
        verdicts.append(verdict)
    return _planned_wholes(text_of(doc), quantities, verdicts, places)


_OUT_OF = re.compile(r"[^.;!?\n\d]{0,60}?\bsur\b[^.;!?\n\d]{0,25}")
#: The longest that `_OUT_OF` can match, in characters.
_OUT_OF_REACH = 88
#: What is done of a plan: on the development part 13 of 16 such wholes were promised.
_DONE = frozenset({"achieved", "paid", "contracted"})


def _planned_wholes(
    text: str,
    quantities: Sequence[Quantity],
    verdicts: list[Verdict],
    places: Mapping[str, int],
) -> list[Verdict]:
    """« 131 kilomètres livrés sur 180 »: what is done is set against what was planned."""
    for part, quantity in enumerate(quantities):
        whole = places[quantity.part_of] if quantity.part_of else part
        if whole <= part or (verdicts[whole].status, verdicts[whole].marker) != ("none", None):
            continue
        if quantities[whole].start - quantity.end > _OUT_OF_REACH:
            continue
        done = verdicts[part]
        alike = (quantity.kind, quantity.unit) == (quantities[whole].kind, quantities[whole].unit)
        between = text[quantity.end : quantities[whole].start]
        if done.status in _DONE and done.marker and alike and _OUT_OF.fullmatch(between):
            verdicts[whole] = Verdict(status="planned", strength=0.55)
    return verdicts


def _from_cell_before(
    quantities: Sequence[Quantity], verdicts: Sequence[Verdict], index: int, layout: Layout
) -> Verdict | None:
    """A share beside a figure in the row of a table is the share of what that figure says."""
    quantity = quantities[index]
    line = layout.line_at(quantity.start)
    if index == 0 or quantity.kind not in {"percent", "ratio"} or not layout.is_row(line):
        return None
    before = quantities[index - 1]
    if layout.line_at(before.start) != line or verdicts[index - 1].status == "none":
        return None
    return replace(verdicts[index - 1], strength=verdicts[index - 1].strength * 0.9)


_ITEM_OF = re.compile(r"^\W*dont\b", re.IGNORECASE)


def _from_item_before(
    doc: Doc,
    quantities: Sequence[Quantity],
    verdicts: Sequence[Verdict],
    index: int,
    layout: Layout,
) -> Verdict | None:
    """« - Dont Région : 4 M€ » is a part of the item above that does not begin so."""
    quantity = quantities[index]
    text, line = text_of(doc), layout.line_at(quantity.start)
    item = line
    while item > 0 and layout.is_item(item) and _ITEM_OF.match(text[slice(*layout.lines[item])]):
        item -= 1
    if item == line or not layout.is_item(item):
        return None
    above = (i for i in range(index) if layout.line_at(quantities[i].start) == item)
    whole = next((i for i in above if quantities[i].kind == quantity.kind), None)
    if whole is None or verdicts[whole].status == "none":
        return None
    return replace(verdicts[whole], strength=verdicts[whole].strength * 0.9)


_BASE = re.compile(r"(?i)(?:^|[\s(])(?:sur|parmi)\s+(?:(?:les|ces|ses|nos|un total de)\s+)?$")


def _is_base(text: str, quantity: Quantity) -> bool:
    """« Sur 580 cellules, 76 restent vides », « auprès de 502 personnes »: what is shared out."""
    before = text[max(0, quantity.start - 24) : quantity.start]
    if re.search(r"(?i)\bauprès\s+(?:de|d['’]|des)\s*(?:quelque\s+)?$", before):
        return True
    if quantity.kind == "amount" or not _BASE.search(before):
        return False
    return bool(re.match(r"[^.;:\n\d]{0,40}?,", text[quantity.end : quantity.end + 42]))


_IN_PARENTHESES = re.compile(r"[^.;()\n]{0,60}\((?:soit\s+)?$")
_DONT = re.compile(r"[^.;!?\n]{0,120}?\bdont\b[^.;!?\n]{0,40}$")
_AGAINST = re.compile(r"[^.;!?\n]{0,40}?\bcontre\b[^.;!?\n]{0,30}$")
_SAME = re.compile(r"[^.;!?\n]{0,30}?(?:,?\s*soit|c['’]est-à-dire|\bou\b|/)[^.;!?\n]{0,34}$")


def _is_gapped(doc: Doc, before: Quantity, after: Quantity) -> bool:
    """« La Ville mettra 10 millions, l'État 9 millions »: the verb is said once."""
    if before.kind != after.kind or before.unit != after.unit or after.start - before.end > 60:  # noqa: PLR2004
        return False
    between = doc.char_span(before.end, after.start, alignment_mode="contract")
    if between is None or not re.match(r"[\w'’\s-]{0,34}?(?:,|\bet\b)", between.text):
        return False
    return not any(
        token.pos_ in {"VERB", "AUX"} or token.text in {".", ";", "\n"} for token in between
    )


_AND = re.compile(r"[^.;:!?\n()]{0,70}?(?:,|\bet\b|\bou\b|ainsi que)\s[^.;:!?\n()]{0,12}?")


def _is_coordinated(before: Quantity, verdict: Verdict, between: str) -> bool:
    """« prévoit 38 projets, 27 M€ d'investissements et 640 emplois »: one verb before them all."""
    leads = verdict.marker is not None and verdict.marker[1] <= before.start
    return leads and _AND.fullmatch(between) is not None and not _VERBAL.search(between)


_VERBAL = re.compile(r"\b(?:a|ont|est|sont|était|étaient|sera|seront|qui|que|dont|où|mais)\b")


def _from_neighbour(
    doc: Doc,
    quantities: Sequence[Quantity],
    verdicts: Sequence[Verdict],
    index: int,
    places: Mapping[str, int],
) -> Verdict | None:
    """« la moitié (231) », « 260 millions, dont 180 », « 65 % contre 60 », « 12 M€, soit 40 % »."""
    if index == 0:
        return None
    quantity = quantities[index]
    whole = places[quantity.part_of] if quantity.part_of else index
    for before in dict.fromkeys((whole, index - 1)):
        found = before < index and _handed_down(doc, quantities, verdicts, before, index)
        if found:
            return found
    return None


def _handed_down(
    doc: Doc, quantities: Sequence[Quantity], verdicts: Sequence[Verdict], before: int, index: int
) -> Verdict | None:
    """The status of the figure ``before`` where the words between hand it down."""
    quantity = quantities[index]
    between = text_of(doc)[quantities[before].end : quantity.start]
    related = any(p.fullmatch(between) for p in (_IN_PARENTHESES, _DONT, _AGAINST, _SAME))
    related = (
        related
        or _is_gapped(doc, quantities[before], quantity)
        or _is_coordinated(quantities[before], verdicts[before], between)
    )
    if related and verdicts[before].status != "none":
        return replace(verdicts[before], strength=verdicts[before].strength * 0.9)
    return None
