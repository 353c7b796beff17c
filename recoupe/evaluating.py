"""Score the pipeline against the corpus, for ``recoupe evaluate`` and the quality gate."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from recoupe.corpus import floors
from recoupe.corpus.documents import FOLDER, Document, Part, load
from recoupe.corpus.entries import plain
from recoupe.corpus.gold import ADDRESS, Gold, annotated, load_all_cases
from recoupe.corpus.matching import overlap
from recoupe.corpus.measures import Counts, Judged, Score, confusion, scores
from recoupe.corpus.page_scores import score_page
from recoupe.corpus.pairs import GoldPair, Place, load_pairs
from recoupe.corpus.scoring import Outcome, Verdict, judge
from recoupe.db.compare import compare_base
from recoupe.db.connection import open_base
from recoupe.db.store import Entry, store_many
from recoupe.errors import RecoupeError
from recoupe.models import analyse
from recoupe.models import load as load_pipeline
from recoupe.page_reading import read_back
from recoupe.records import Article, Extraction

#: Relations that say the same whichever figure comes first.
_BOTH_WAYS = ("same", "contradicts")
_STORED_AT = "2026-01-01T00:00:00+00:00"
_MILLE = 1000
_COMPARED = """
SELECT comparisons.relation, one.url, one_q.start_char, one_q.end_char,
  other.url, other_q.start_char, other_q.end_char
FROM comparisons
JOIN facts AS one_f ON one_f.id = left_fact_id JOIN facts AS other_f ON other_f.id = right_fact_id
JOIN quantities AS one_q ON one_q.id = one_f.quantity_id
JOIN quantities AS other_q ON other_q.id = other_f.quantity_id
JOIN documents AS one ON one.id = one_f.document_id
JOIN documents AS other ON other.id = other_f.document_id
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation:
    """Everything measured on one part: documents, and hard cases under ``case.``."""

    part: Part
    documents: int
    judged: tuple[Judged, ...]
    scores: Mapping[str, Score]
    corpus: str

    def confusion(self) -> Mapping[tuple[str, str], int]:
        """Gold status, status found, how often."""
        return confusion(self.judged)


def evaluate(part: Part, *, folder: Path = FOLDER, typed_plain: bool = False) -> Evaluation:
    """Run the pipeline over a part of the corpus and judge all that it says.

    ``folder`` holds the documents' annotations: the gold, or one reading of them. With
    ``typed_plain`` the pipeline reads the same texts without no-break spaces and curly apostrophes.
    """
    documents = {document.slug: document for document in load(part)}
    golds = annotated(documents.values(), folder=folder)
    cases = load_all_cases(part)
    found = _extractions([*golds, *cases], typed_plain=typed_plain)
    judged = [_judged(gold, judge(gold, found[gold.name])) for gold in golds]
    judged += [_case(gold, found[gold.name]) for gold in cases]
    judged += _pairs(part, documents, golds, found)
    judged += [_page(document, article) for document, article in read_back([*documents.values()])]
    return Evaluation(
        part=part,
        documents=len(golds),
        judged=tuple(judged),
        scores=scores(judged),
        corpus=floors.digest(),
    )


def _extractions(golds: Sequence[Gold], *, typed_plain: bool) -> dict[str, Extraction]:
    """What the pipeline finds in each text, by name; one that fails is an error here."""
    articles = (gold.extraction.article for gold in golds)
    if typed_plain:
        articles = (replace(article, text=plain(article.text)) for article in articles)
    found = {}
    for gold, analysed in zip(golds, analyse(load_pipeline(), articles), strict=True):
        if analysed.extraction is None:
            raise RecoupeError(f"{gold.name}: the pipeline failed: {analysed.error}")
        found[gold.name] = analysed.extraction
    return found


def _case(gold: Gold, found: Extraction) -> Judged:
    """A hard case is judged on what its file is about, and on its traps."""
    about = gold.name.split(":", 1)[0].split("-", 1)[0]
    kept = (
        replace(outcome, measure=f"case.{outcome.measure}")
        for outcome in judge(gold, found)
        if outcome.measure.startswith((*_ABOUT[about], "trap"))
    )
    return _judged(gold, kept)


def _judged(gold: Gold, outcomes: Iterable[Outcome]) -> Judged:
    return Judged(name=gold.name, text=gold.extraction.article.text, outcomes=tuple(outcomes))


#: What the name of a file of hard cases begins with, and the measures that it is judged on.
_ABOUT: Mapping[str, tuple[str, ...]] = {
    "figures": ("figure",),
    "status": ("figure.value", "status"),
    "dates": ("date",),
    "territories": ("territory",),
    "people": ("person", "organisation", "programme"),
    "quotes": ("quote", "figure.speaker"),
}


def _page(document: Document, article: Article) -> Judged:
    """What the reader made of a document's page: fields right or wrong, the body by shingles."""
    score = score_page(document, article)
    outcomes = [
        Outcome(
            measure=f"page.{name}",
            verdict="hit" if getattr(score, name) else "wrong",
            span=(0, 0),
            gold=str(getattr(document, name, None)),
            found=str(getattr(article, name, None)),
        )
        for name in ("title", "standfirst", "author", "published", "kind", "paywalled")
    ]
    clean: Verdict = "wrong" if score.leaked else "hit"
    leaked = " / ".join(score.leaked)
    outcomes.append(
        Outcome(measure="page.furniture", verdict=clean, span=(0, 0), found=leaked or None)
    )
    body = Counts(round(score.f1 * _MILLE), _MILLE, _MILLE)
    return Judged(
        name=document.slug,
        text=document.text,
        outcomes=tuple(outcomes),
        shares={"page.body": body},
    )


def _pairs(
    part: Part,
    documents: Mapping[str, Document],
    golds: Sequence[Gold],
    found: Mapping[str, Extraction],
) -> Iterator[Judged]:
    """Pairs across documents, made in a base of their own as a run makes them."""
    expected = load_pairs(part, documents)
    if not expected:
        return
    made = _compared(golds, found)
    by_name = {gold.name: gold for gold in golds}
    outcomes: dict[str, list[Outcome]] = {}
    for pair in expected:
        if {pair.left.slug, pair.right.slug} <= set(by_name):
            outcomes.setdefault(pair.left.slug, []).append(_pair_outcome(pair, made, found))
    for slug, judged in outcomes.items():
        yield _judged(by_name[slug], judged)


def _pair_outcome(
    pair: GoldPair, made: Iterable[tuple[str, Place, Place]], found: Mapping[str, Extraction]
) -> Outcome:
    """Whether a pair was made; to be made it may join other mentions of the same two figures."""
    same = _same_figure if pair.relation else _same_place
    relations = {
        relation
        for relation, left, right in made
        if (same(left, pair.left, found) and same(right, pair.right, found))
        or (
            (relation in _BOTH_WAYS or pair.refused)
            and same(left, pair.right, found)
            and same(right, pair.left, found)
        )
    }
    told = ", ".join(sorted(relations)) or None
    shown = f"{pair.left.slug} {pair.left.span} / {pair.right.slug} {pair.right.span}"
    if pair.relation:
        return Outcome(
            measure="pair",
            verdict="hit" if pair.relation in relations else "wrong" if relations else "missed",
            span=pair.left.span,
            gold=f"{pair.relation}: {shown}",
            found=told,
        )
    return Outcome(
        measure="pair.refused",
        verdict="wrong" if relations else "hit",
        span=pair.left.span,
        gold=f"refused ({pair.refused}): {shown}",
        found=told,
    )


def _same_place(one: Place, other: Place, _: Mapping[str, Extraction]) -> bool:
    return one.slug == other.slug and one.span[0] < other.span[1] and other.span[0] < one.span[1]


def _same_figure(one: Place, other: Place, found: Mapping[str, Extraction]) -> bool:
    """Whether two places of one text hold one figure: the same value and unit."""
    if one.slug != other.slug:
        return False
    told = [
        {(q.value, q.unit, q.per) for q in found[one.slug].quantities if overlap(q.span, p.span)}
        for p in (one, other)
    ]
    return bool(told[0] & told[1])


def _compared(
    golds: Sequence[Gold], found: Mapping[str, Extraction]
) -> list[tuple[str, Place, Place]]:
    """Every comparison of a base that holds the part's documents and nothing else."""
    with tempfile.TemporaryDirectory() as folder:
        base = open_base(Path(folder) / "corpus.db")
        try:
            store_many(
                base,
                (Entry(extraction=found[gold.name], seen_at=_STORED_AT) for gold in golds),
            )
            compare_base(base)
            rows = base.conn.execute(_COMPARED).fetchall()
        finally:
            base.close()
    return [
        (
            relation,
            Place(one.removeprefix(ADDRESS), (a, b)),
            Place(other.removeprefix(ADDRESS), (c, d)),
        )
        for relation, one, a, b, other, c, d in rows
    ]
