"""What was found in one text, judged against its gold, as a stream of outcomes.

Every score is a count of outcomes: a hit stands in gold and was found; what was missed stands in
gold only, what is spurious was found only; wrong is found where gold has something else. The rules
of matching are in `matching`; ``docs/quality.md`` explains each measure.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypeVar

from recoupe.corpus.gold import Gold
from recoupe.corpus.matching import (
    overlap,
    paired,
    same_name,
    same_object,
    same_place,
    same_role,
    same_value,
    same_words,
)
from recoupe.records import (
    SIDES,
    Comparison,
    Extraction,
    Mention,
    PersonMention,
    Quantity,
    Span,
    Status,
    TerritoryMention,
)

_Key = TypeVar("_Key", bound=tuple[str | None, ...])

Verdict = Literal["hit", "missed", "spurious", "wrong"]
#: A quotation counts as found from this overlap on, as in the literature.
QUOTE_OVERLAP = 0.8


#: Found, since the State acts and speaks; the guideline leaves it out, so that it is not scored.
_UNANNOTATED = frozenset({"État"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """One judgement: ``span`` is where, ``gold`` and ``found`` say what stands there."""

    measure: str
    verdict: Verdict
    span: Span
    gold: str | None = None
    found: str | None = None


def judge(gold: Gold, found: Extraction) -> Iterator[Outcome]:
    """Every outcome of one text."""
    figures = _Figures(gold.extraction, found)
    yield from figures.outcomes()
    yield from _dates(gold, found)
    yield from _territories(gold, found)
    yield from _people(gold.extraction.people, found.people)
    bodies = [body for body in found.organisations if body.name not in _UNANNOTATED]
    yield from _named("organisation", gold.extraction.organisations, bodies)
    yield from _named("programme", gold.extraction.programmes, found.programmes)
    yield from _quotes(gold.extraction, found)
    yield from figures.comparisons(gold.extraction.comparisons, found.comparisons)
    yield from _traps(gold, found)


class _Figures:
    """The figures of one text, paired once for all their measures."""

    def __init__(self, gold: Extraction, found: Extraction) -> None:
        self.gold, self.found = gold, found
        self.pairs, self.missed, self.spurious = paired(gold.quantities, found.quantities)
        self.gold_facts = {fact.quantity: fact for fact in gold.facts}
        self.found_facts = {fact.quantity: fact for fact in found.facts}
        #: From the id of a found figure to the id of the gold figure it is.
        self.twin = {other.id: one.id for one, other in self.pairs}

    def outcomes(self) -> Iterator[Outcome]:
        """All measures of figures but comparisons."""
        for one, other in self.pairs:
            exact: Verdict = "hit" if one.span == other.span else "wrong"
            yield Outcome(
                measure="figure.span", verdict=exact, span=one.span, gold=one.text, found=other.text
            )
            yield from self._fields(one, other)
            yield from self._status(one, other)
        for measure in ("figure", "figure.span", "figure.value"):
            for one in self.missed:
                yield Outcome(measure=measure, verdict="missed", span=one.span, gold=one.text)
            for other in self.spurious:
                yield Outcome(
                    measure=measure, verdict="spurious", span=other.span, found=other.text
                )
        yield from self._speakers()
        yield from self._parts()

    def _fields(self, one: Quantity, other: Quantity) -> Iterator[Outcome]:
        yield Outcome(measure="figure", verdict="hit", span=one.span)
        yield _field("figure.value", one, _number(one), _number(other), fits=same_value(one, other))
        yield _field("figure.kind", one, _kind(one), _kind(other), fits=_same_kind(one, other))
        yield _field(
            "figure.approx", one, one.approx, other.approx, fits=one.approx == other.approx
        )
        if one.per or other.per:
            fits = same_object(one.per, other.per)
            yield _field("figure.per", one, one.per, other.per, fits=fits)
        if one.object or other.object:
            fits = same_object(one.object, other.object)
            yield _field("figure.object", one, one.object, other.object, fits=fits)

    def _status(self, one: Quantity, other: Quantity) -> Iterator[Outcome]:
        gold, found = self.gold_facts[one.id], self.found_facts.get(other.id)
        status: Status = found.status if found else "none"
        sides = SIDES[gold.status], SIDES[status]
        yield _field("status", one, gold.status, status, fits=gold.status == status)
        yield _field("status.side", one, sides[0], sides[1], fits=sides[0] == sides[1])

    def _speakers(self) -> Iterator[Outcome]:
        for one, other in self.pairs:
            fact = self.found_facts.get(other.id)
            gold, found = self.gold_facts[one.id].speaker, fact.speaker if fact else None
            yield from _optional("figure.speaker", one, gold, found, same_name)

    def _parts(self) -> Iterator[Outcome]:
        wholes = {
            (self.twin.get(q.id, q.id), self.twin.get(q.part_of, q.part_of)): q.span
            for q in self.found.quantities
            if q.part_of
        }
        expected = {(q.id, q.part_of): q.span for q in self.gold.quantities if q.part_of}
        yield from _sets("figure.part_of", expected, wholes)

    def comparisons(
        self, gold: Iterable[Comparison], found: Iterable[Comparison]
    ) -> Iterator[Outcome]:
        """Comparisons within the text, a share of a whole apart: that is ``part_of``."""
        places = {fact.id: fact for fact in (*self.gold.facts, *self.found.facts)}
        figure = {fact.id: fact.quantity for fact in self.found.facts}
        spans = {q.id: q.span for q in (*self.found.quantities, *self.gold.quantities)}
        expected = {
            (c.relation, c.left, c.right): spans[places[c.right].quantity]
            for c in gold
            if c.relation != "part_of"
        }
        made = {
            (
                c.relation,
                self.twin.get(figure[c.left], figure[c.left]),
                self.twin.get(figure[c.right], figure[c.right]),
            ): spans[figure[c.right]]
            for c in found
            if c.relation != "part_of"
        }
        yield from _sets("comparison", expected, made)


def _sets(measure: str, gold: Mapping[_Key, Span], found: Mapping[_Key, Span]) -> Iterator[Outcome]:
    for key, span in gold.items():
        verdict: Verdict = "hit" if key in found else "missed"
        yield Outcome(measure=measure, verdict=verdict, span=span, gold=" ".join(map(str, key)))
    for key, span in found.items():
        if key not in gold:
            shown = " ".join(map(str, key))
            yield Outcome(measure=measure, verdict="spurious", span=span, found=shown)


def _dates(gold: Gold, found: Extraction) -> Iterator[Outcome]:
    pairs, missed, spurious = paired(gold.extraction.dates, found.dates)
    for one, other in pairs:
        bounds = [f"{d.date_from or ''}..{d.date_to or ''}" for d in (one, other)]
        yield _field("date", one, bounds[0], bounds[1], fits=bounds[0] == bounds[1])
        yield _field("date.span", one, one.text, other.text, fits=one.span == other.span)
        yield _field("date.kind", one, one.kind, other.kind, fits=one.kind == other.kind)
    for measure in ("date", "date.span"):
        yield from _unpaired(measure, missed, spurious)


def _territories(gold: Gold, found: Extraction) -> Iterator[Outcome]:
    named = [t for t in gold.extraction.territories if t.span not in gold.demonyms]
    expected = [t for t in named if t.code]
    given = [t for t in found.territories if t.code and not _excused(t, gold)]
    pairs, missed, spurious = paired(expected, given)
    for one, other in pairs:
        fits = same_place(one, other)
        yield _field("territory", one, _code(one), _code(other), fits=fits)
        if other.level == "commune":
            yield _field("territory.commune", one, _code(one), _code(other), fits=fits)
    yield from _unpaired("territory", missed, spurious)
    communes = [t for t in spurious if t.level == "commune"]
    yield from _unpaired("territory.commune", [t for t in missed if t.level == "commune"], communes)
    for one in (t for t in named if not t.code):
        wrong = next((t for t in found.territories if t.code and overlap(t.span, one.span)), None)
        shown = _code(wrong) if wrong else None
        yield _field("territory.null", one, one.text, shown, fits=wrong is None)


def _excused(mention: TerritoryMention, gold: Gold) -> bool:
    """Whether gold takes no offence at a place there: demonyms, places in the names of bodies."""
    if any(overlap(mention.span, span) for span in gold.demonyms):
        return True
    asked = any(overlap(mention.span, t.span) for t in gold.extraction.territories)
    return not asked and any(
        body.start <= mention.start and mention.end <= body.end
        for body in (*gold.extraction.organisations, *gold.extraction.programmes)
    )


def _people(gold: Sequence[PersonMention], found: Sequence[PersonMention]) -> Iterator[Outcome]:
    yield from _named("person", gold, found)
    for measure, held, fits in (
        ("person.role", lambda p: p.role, same_role),
        ("person.organisation", lambda p: p.organisation, same_name),
    ):
        expected, given = _held(gold, held), _held(found, held)
        for name, (value, span) in expected.items():
            other = next((g for g in given if same_name(g, name)), None)
            said = given[other][0] if other else None
            verdict: Verdict = "missed" if said is None else "hit" if fits(value, said) else "wrong"
            yield Outcome(
                measure=measure,
                verdict=verdict,
                span=span,
                gold=f"{name}: {value}",
                found=said,
            )
        for name, (value, span) in given.items():
            if not any(same_name(name, other) for other in expected):
                shown = f"{name}: {value}"
                yield Outcome(measure=measure, verdict="spurious", span=span, found=shown)


def _held(
    people: Iterable[PersonMention], held: Callable[[PersonMention], str | None]
) -> dict[str, tuple[str, Span]]:
    """What each person is first said to be, by canonical name."""
    said: dict[str, tuple[str, Span]] = {}
    for person in people:
        value = held(person)
        if value is not None:
            said.setdefault(person.name, (value, person.span))
    return said


def _named(measure: str, gold: Sequence[Mention], found: Sequence[Mention]) -> Iterator[Outcome]:
    """Spans of names; a leading article forgiven."""
    pairs, missed, spurious = paired(gold, found)
    for one, other in pairs:
        yield _field(measure, one, one.text, other.text, fits=same_words(one.text, other.text))
    yield from _unpaired(measure, missed, spurious)


def _quotes(gold: Extraction, found: Extraction) -> Iterator[Outcome]:
    pairs, missed, spurious = paired(gold.quotes, found.quotes, least=QUOTE_OVERLAP - 1e-9)
    for one, other in pairs:
        yield Outcome(measure="quote", verdict="hit", span=one.span)
        fits = same_name(one.speaker, other.speaker)
        yield _field("quote.speaker", one, one.speaker, other.speaker, fits=fits)
    yield from _unpaired("quote", missed, spurious)


_TRAPPED: Mapping[str, Callable[[Extraction], Sequence[Mention]]] = {
    "figure": lambda found: found.quantities,
    "date": lambda found: found.dates,
    "territory": lambda found: [t for t in found.territories if t.code],
    "person": lambda found: found.people,
    "organisation": lambda found: found.organisations,
    "programme": lambda found: found.programmes,
    "quote": lambda found: found.quotes,
}


def _traps(gold: Gold, found: Extraction) -> Iterator[Outcome]:
    for trap in gold.traps:
        span = trap.start, trap.end
        taken = [m for m in _TRAPPED[trap.kind](found) if overlap(m.span, span)]
        verdict: Verdict = "wrong" if taken else "hit"
        text = gold.extraction.article.text[trap.start : trap.end]
        yield Outcome(
            measure=f"trap.{trap.kind}",
            verdict=verdict,
            span=span,
            gold=f"nothing in {text!r}",
            found=taken[0].text if taken else None,
        )


def _field(
    measure: str, one: Mention, gold: str | None, found: str | None, *, fits: bool
) -> Outcome:
    return Outcome(
        measure=measure,
        verdict="hit" if fits else "wrong",
        span=one.span,
        gold=gold,
        found=found,
    )


def _optional(
    measure: str,
    one: Mention,
    gold: str | None,
    found: str | None,
    fits: Callable[[str | None, str | None], bool],
) -> Iterator[Outcome]:
    """A field that may be absent on either side: nothing where it is on both."""
    if gold is None and found is None:
        return
    verdict: Verdict
    if gold is None:
        verdict = "spurious"
    elif found is None:
        verdict = "missed"
    else:
        verdict = "hit" if fits(gold, found) else "wrong"
    yield Outcome(measure=measure, verdict=verdict, span=one.span, gold=gold, found=found)


def _unpaired(
    measure: str, missed: Iterable[Mention], spurious: Iterable[Mention]
) -> Iterator[Outcome]:
    for one in missed:
        yield Outcome(measure=measure, verdict="missed", span=one.span, gold=one.text)
    for other in spurious:
        yield Outcome(measure=measure, verdict="spurious", span=other.span, found=other.text)


def _number(figure: Quantity) -> str:
    if figure.value is not None:
        return str(figure.value)
    return f"{figure.low}..{figure.high}"


def _kind(figure: Quantity) -> str:
    return f"{figure.kind} {figure.unit or ''}".strip()


def _same_kind(gold: Quantity, found: Quantity) -> bool:
    """Kind and unit; a count whose noun is not said may be called a bare number."""
    kinds = {gold.kind, found.kind}
    bare = kinds <= {"count", "number"} and gold.object is None
    return (gold.kind == found.kind or bare) and gold.unit == found.unit


def _code(mention: TerritoryMention) -> str:
    return f"{mention.text}: {mention.level} {mention.code}"
