"""The component ``recoupe_facts``: what a text says of each of its figures.

One fact for each quantity: its status (`status`), the programme, territory and period it is about
(`about`), who says it (`quotes`) and who pays or sets it (`about`); then the comparisons that the
document itself makes (`relations`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from spacy.language import Language
from spacy.tokens import Doc

from recoupe.extract import markers
from recoupe.extract.about import About, Surroundings
from recoupe.extract.annotations import Annotations, annotations_of, tokens_of
from recoupe.extract.clauses import clause_around
from recoupe.extract.figure import Figure, Verdict, figure_of
from recoupe.extract.layout import Layout
from recoupe.extract.quotes import speaker_at
from recoupe.extract.relations import compare_document
from recoupe.extract.status import decide
from recoupe.records import Fact, Quantity, Span


class FactsComponent:
    """Fill the facts and comparisons of a `Doc` from all that was found before."""

    def __init__(self, nlp: Language, name: str) -> None:
        """Nothing is loaded; ``nlp`` is what every factory is given."""
        del nlp
        self.name = name

    def __call__(self, doc: Doc) -> Doc:
        """Fill the facts and comparisons of ``doc`` and give it back."""
        found = annotations_of(doc)
        layout = Layout.of(doc.text)
        deadlines = _deadlines(found)
        figures = [_figure(doc, quantity, deadlines) for quantity in found.quantities]
        verdicts = _inherited(doc, found.quantities, figures, layout)
        about = Surroundings(doc, found, layout)
        found.facts = [
            _fact(found, figure, verdict, about.of(figure, verdict))
            for figure, verdict in zip(figures, verdicts, strict=True)
        ]
        found.comparisons = compare_document(doc.text, found)
        return doc


def _deadlines(found: Annotations) -> list[Span]:
    """Where the text names a moment that was to come when it was published."""
    day = found.article.published_on
    return [
        date.span
        for date in found.dates
        if date.date_to
        and (day is None or date.date_to > day)
        and (date.kind == "deadline" or (day is not None and (date.date_from or "") > day))
    ]


def _figure(doc: Doc, quantity: Quantity, deadlines: Sequence[Span]) -> Figure:
    span = tokens_of(doc, quantity.start, quantity.end)
    sentence = (span.sent.start_char, span.sent.end_char)
    line_start = doc.text.rfind("\n", 0, quantity.start) + 1
    line_end = doc.text.find("\n", quantity.end)
    scope = (
        max(sentence[0], line_start),
        min(sentence[1], line_end if line_end >= 0 else sentence[1]),
    )
    clause = clause_around(doc.text, scope, quantity.start, quantity.end)
    inside = (d for d in deadlines if clause[0] <= d[0] < clause[1])
    deadline = min(inside, key=lambda d: abs(d[0] - quantity.end), default=None)
    return figure_of(doc, quantity, clause, deadline=deadline)


# --- statuses that come from a neighbour or the layout --------------------------------------------


def _inherited(
    doc: Doc, quantities: Sequence[Quantity], figures: Sequence[Figure], layout: Layout
) -> list[Verdict]:
    """The verdict of each figure, completed from its whole, its list, its table, its deadline."""
    places = {quantity.id: index for index, quantity in enumerate(quantities)}
    later_wholes = {
        quantity.part_of
        for quantity in quantities
        if quantity.part_of and places[quantity.part_of] > places[quantity.id]
    }
    verdicts: list[Verdict] = []
    for index, figure in enumerate(figures):
        quantity = figure.quantity
        verdict = decide(figure, only_own=quantity.id in later_wholes)
        if verdict.status == "none" and not verdict.negated:
            verdict = (
                _from_layout(doc, figure, layout)
                or _from_neighbour(doc, quantities, verdicts, index, places)
                or verdict
            )
        verdicts.append(verdict)
    return verdicts


def _from_layout(doc: Doc, figure: Figure, layout: Layout) -> Verdict | None:
    """« Crédits engagés : » above a list, « Payé » at the head of a column."""
    line = layout.line_at(figure.quantity.start)
    place: Span | None = None
    if layout.is_row(line):
        place = layout.heading_of(line, figure.quantity.start)
    elif layout.is_item(line):
        place = layout.lead_in(line)
    return _marker_in(doc, place) if place else None


def _marker_in(doc: Doc, place: Span) -> Verdict | None:
    """The last marked participle or noun of a lead-in or header."""
    span = doc.char_span(*place, alignment_mode="contract")
    for token in reversed(span or ()):
        lemma = token.lemma_.lower()
        status = markers.strong_nouns().get(lemma) or markers.header_forms().get(token.lower_)
        if status is None and "Part" in token.morph.get("VerbForm", []):
            status = markers.verb_families().get(lemma)
        if status is not None:
            return Verdict(status=status, marker=(token.idx, token.idx + len(token)), strength=0.7)
    return None


_IN_PARENTHESES = re.compile(r"[^.;()\n]{0,60}\((?:soit\s+)?$")
_DONT = re.compile(r"[^.;!?\n]{0,120}?\bdont\b[^.;!?\n]{0,40}$")
_AGAINST = re.compile(r"[^.;!?\n]{0,40}?\bcontre\b[^.;!?\n]{0,30}$")
_SAME = re.compile(r"[^.;!?\n]{0,30}?(?:,?\s*soit|c['’]est-à-dire|\bou\b|/)[^.;!?\n]{0,20}$")


def _is_gapped(doc: Doc, before: Quantity, after: Quantity) -> bool:
    """« La Ville mettra 10 millions, l'État 9 millions »: the verb is said once."""
    if before.kind != after.kind or before.unit != after.unit or after.start - before.end > 60:  # noqa: PLR2004
        return False
    between = doc.char_span(before.end, after.start, alignment_mode="contract")
    if between is None or not re.match(
        r"\s*(?:[\w'’ \u00a0\u202f-]{0,30})?(?:,| et )", between.text
    ):
        return False
    return not any(
        token.pos_ in {"VERB", "AUX"} or token.text in {".", ";", "\n"} for token in between
    )


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
    before = index - 1
    if quantity.part_of and places[quantity.part_of] < index:
        before = places[quantity.part_of]
    between = doc.text[quantities[before].end : quantity.start]
    related = any(p.fullmatch(between) for p in (_IN_PARENTHESES, _DONT, _AGAINST, _SAME))
    related = related or _is_gapped(doc, quantities[before], quantity)
    if related and verdicts[before].status != "none":
        return replace(verdicts[before], strength=verdicts[before].strength * 0.9)
    return None


# --- the fact -------------------------------------------------------------------------------------


def _fact(found: Annotations, figure: Figure, verdict: Verdict, about: About) -> Fact:
    quantity = figure.quantity
    text = found.article.text
    clause = text[figure.clause[0] : figure.clause[1]]
    voted = verdict.status == "announced" and bool(markers.voted().search(clause))
    speaker = speaker_at(found, quantity.start, quantity.end)
    return Fact(
        id=f"f{quantity.id[1:]}",
        quantity=quantity.id,
        status=verdict.status,
        legal="voted" if voted else None,
        negated=verdict.negated,
        conditional=verdict.conditional,
        reported_speech=any(q.start <= quantity.start < q.end for q in found.quotes),
        superseded=bool(
            markers.superseded().search(text[max(0, quantity.start - 40) : quantity.start])
        ),
        marker=verdict.marker,
        programme=about.programme,
        territory=about.territory.code if about.territory else None,
        territory_level=about.territory.level if about.territory else None,
        territory_basis=about.territory_basis,
        period_from=about.period[0],
        period_to=about.period[1],
        speaker=speaker,
        actor=about.actor,
        measure=about.measure,
        perimeter=about.perimeter,
        evidence=_trimmed(text, figure.span.sent.start_char, figure.span.sent.end_char),
        confidence=round(
            quantity.confidence * (verdict.strength if verdict.status != "none" else 0.6), 2
        ),
    )


def _trimmed(text: str, start: int, end: int) -> Span:
    while end > start and text[end - 1].isspace():
        end -= 1
    while start < end and text[start].isspace():
        start += 1
    return start, end
