"""The status that a list or a table gives its figures.

The header of the column (« Livrés »), the lead-in of the list (« Crédits engagés : »); and where
nothing is said, what a verbless item states is observed (« - 8 640 habitants »).
"""

from __future__ import annotations

import re

from spacy.tokens import Doc, Token

from recoupe.extract.annotations import annotations_of, text_of
from recoupe.extract.facts import markers
from recoupe.extract.facts.figure import Figure, Verdict, offsets_of
from recoupe.extract.facts.modifiers import is_participle
from recoupe.extract.layout import Layout
from recoupe.records import Span, Status

_LEAD_IN = 100


def from_layout(doc: Doc, figure: Figure, layout: Layout) -> Verdict | None:
    """« Crédits engagés : » above a list, « Payé » at the head of a column or of a row."""
    line = layout.line_at(figure.quantity.start)
    if layout.is_row(line):
        return _from_table(doc, figure, layout, line)
    place = layout.lead_in(line) if layout.is_item(line) else None
    if place is None or not _introduces(text_of(doc), place):
        return None
    return _marker_in(doc, place)


def _from_table(doc: Doc, figure: Figure, layout: Layout, line: int) -> Verdict | None:
    """The header of the column, else the cell that says how the row stands, else its label."""
    heading = layout.heading_of(line, figure.quantity.start)
    first = layout.cells(line)[0]
    labelled = first if first[1] <= figure.quantity.start and heading else None
    for place in (heading, _situation(doc, layout, line), labelled):
        verdict = _marker_in(doc, place) if place else None
        if verdict is not None:
            return verdict
    return None


def _situation(doc: Doc, layout: Layout, line: int) -> Span | None:
    """The cell under « Situation », « Avancement »: « DETR | 460 000 | notifiée le 3 octobre »."""
    header, text = layout.header(line), text_of(doc)
    if header is None:
        return None
    for heading, cell in zip(layout.cells(header), layout.cells(line), strict=False):
        if markers.situations().match(text[slice(*heading)].strip().lower()):
            return cell
    return None


def _introduces(text: str, place: Span) -> bool:
    """A lead-in ends in a colon or is as short as a heading, and is no paragraph."""
    words = text[slice(*place)].rstrip()
    return len(words) < _LEAD_IN and words[-1:] not in {".", "!", "?", ","}


_TO_DO = re.compile(r"(?i)^(?:reste\s+)?à\s+\w{2,}(?:er|ir|re)\b")


def _marker_in(doc: Doc, place: Span) -> Verdict | None:
    """The last marked participle or noun of a lead-in or header, whatever its tag."""
    if _TO_DO.match(text_of(doc)[slice(*place)]):
        return Verdict(status="planned", marker=place, strength=0.45)
    span = doc.char_span(*place, alignment_mode="contract")
    for token in reversed(span or ()):
        status = _told_by(token)
        if status is not None and status != "none":
            return Verdict(status=status, marker=offsets_of(token), strength=0.7)
    return None


def _told_by(token: Token) -> Status | None:
    """What one word of a header says; « le montant prévu de » goes on and says nothing."""
    lemma = token.lemma_.lower()
    status = markers.strong_nouns().get(lemma) or markers.header_forms().get(token.lower_)
    if status is not None:
        return status
    if token.i + 1 < len(token.doc) and token.nbor().lower_ in {"de", "d'", "d’"}:
        return None
    infinitive = markers.participles().get(token.lower_)
    if infinitive is None and "Part" in token.morph.get("VerbForm", []):
        infinitive = lemma
    return markers.verb_families().get(infinitive) if infinitive else None


# --- what is stated without a verb ----------------------------------------------------------------

_STATED = frozenset({"count", "percent", "measure", "number", "ratio"})
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
#: What may stand before the figure: its bullet, a label with its colon, the item before a comma.
_OPENS = re.compile(
    r"(?:^|[:,;(])\s*(?:(?:et|dont|plus de|près de|environ|au total|contre|soit|les|\+|-)\s+)*$"
)


def observed(doc: Doc, figure: Figure, layout: Layout) -> Verdict | None:
    """« - 87 communes ouvertes à la vente », « Part modale : 3,9 % »: a list of what there is.

    Weak, as nothing says so; sums say nothing by themselves, and a year that was still to come
    makes a target of it.
    """
    line = layout.line_at(figure.quantity.start)
    listed = layout.is_item(line) or layout.header(line) is not None
    if figure.quantity.kind not in _STATED or not listed:
        return None
    place = layout.lines[line]
    if not layout.is_row(line) and not _is_stated(doc, figure, place):
        return None
    where = [place, *(_above(layout, line, figure))]
    if any(_speaks_of_future(doc, span) for span in where):
        return Verdict(status="planned", strength=0.4) if layout.is_item(line) else None
    return Verdict(status="achieved", strength=0.4)


def _above(layout: Layout, line: int, figure: Figure) -> list[Span]:
    start = figure.quantity.start
    place = layout.heading_of(line, start) if layout.is_row(line) else layout.lead_in(line)
    return [place] if place else []


def _is_stated(doc: Doc, figure: Figure, place: Span) -> bool:
    """Whether the figure opens its item, or a part of it, and no verb governs it."""
    before = text_of(doc)[place[0] : figure.quantity.start].lstrip("-–—•*▪◦· \t\u00a0")
    if not _OPENS.search(before):
        return False
    span = doc.char_span(place[0], figure.clause[1], alignment_mode="contract")
    return not any(_is_verb(token) for token in span or ())


def _is_verb(token: Token) -> bool:
    if token.pos_ == "AUX":
        return True
    if token.pos_ != "VERB" or is_participle(token):
        return False
    return bool(token.morph.get("Mood", [])) or "Inf" in token.morph.get("VerbForm", [])


def _speaks_of_future(doc: Doc, place: Span) -> bool:
    """Whether a year after the publication or a future stands in the words."""
    text = text_of(doc)[slice(*place)]
    day = annotations_of(doc).article.published_on
    if day is not None and any(int(year) > int(str(day)[:4]) for year in _YEAR.findall(text)):
        return True
    span = doc.char_span(*place, alignment_mode="contract")
    return any("Fut" in t.morph.get("Tense", []) for t in span or ())
