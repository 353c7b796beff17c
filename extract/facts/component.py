"""The component ``recoupe_facts``: what a text says of each of its figures.

One fact for each quantity: its status (`status`), the programme, territory and period it is about
(`about`), who says it (`quotes`) and who pays or sets it (`about`); then the comparisons that the
document itself makes (`relations`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from spacy.language import Language
from spacy.tokens import Doc

from recoupe.extract.annotations import Annotations, annotations_of, text_of
from recoupe.extract.facts import markers
from recoupe.extract.facts.about import About, Surroundings
from recoupe.extract.facts.anaphora import take_over
from recoupe.extract.facts.around import Around
from recoupe.extract.facts.compared import compared
from recoupe.extract.facts.figure import Figure, Verdict
from recoupe.extract.facts.inheritance import figures_of, verdicts_of
from recoupe.extract.facts.likely_status import chances, weighed
from recoupe.extract.layout import Layout
from recoupe.extract.speech.quotes import speaker_at
from recoupe.records import Fact, Span


class FactsComponent:
    """Fill the facts and comparisons of a `Doc` from all that was found before."""

    def __init__(self, nlp: Language, name: str) -> None:
        """Nothing is loaded; ``nlp`` is what every factory is given."""
        del nlp
        self.name = name

    def __call__(self, doc: Doc) -> Doc:
        """Fill the facts and comparisons of ``doc`` and give it back."""
        found = annotations_of(doc)
        layout = Layout.of(text_of(doc))
        figures = figures_of(doc, found)
        ruled = verdicts_of(doc, found.quantities, figures, layout)
        around = Around.of(doc, layout, figures, ruled)
        likely = chances(around)
        found.facts = facts_of(around, [weighed(*both) for both in zip(ruled, likely, strict=True)])
        found.comparisons = compared(around, found.facts, by_rules(around, found.facts), likely)
        return doc


def facts_of(around: Around, verdicts: Sequence[Verdict]) -> list[Fact]:
    """One fact for each figure, with these verdicts."""
    found, doc = around.found, around.doc
    about = Surroundings(doc, found, around.layout)
    facts = [
        _fact(found, figure, verdict, about.of(figure, verdict))
        for figure, verdict in zip(around.figures, verdicts, strict=True)
    ]
    return take_over(facts, found.quantities, text_of(doc), around.layout)


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
        confidence=round(quantity.confidence * verdict.strength, 2),
    )


def by_rules(around: Around, facts: Sequence[Fact]) -> list[Fact]:
    """The same facts with the status that the rules alone give."""
    return [
        replace(
            fact,
            status=verdict.status,
            marker=verdict.marker,
            negated=verdict.negated,
            conditional=verdict.conditional,
            confidence=round(figure.quantity.confidence * verdict.strength, 2),
        )
        for fact, figure, verdict in zip(facts, around.figures, around.verdicts, strict=True)
    ]


def _trimmed(text: str, start: int, end: int) -> Span:
    while end > start and text[end - 1].isspace():
        end -= 1
    while start < end and text[start].isspace():
        start += 1
    return start, end
