"""Decide the status of a figure from the words that govern it, not from its sentence.

In order: a participle on its noun (« le milliard annoncé »), a noun that always decides
(« l'objectif de N »), a set phrase, the verb it depends on, read with its tense and polarity, a
noun that decides where no verb does (« une enveloppe de N »), and last a deadline in its clause.
"""

from __future__ import annotations

from recoupe.extract import markers
from recoupe.extract.figure import Figure, Verdict
from recoupe.extract.governors import governing_verb, strong_noun, weak_noun
from recoupe.extract.modifiers import modifier
from recoupe.extract.tenses import from_verb
from recoupe.records import SIDES, Status
from recoupe.records import Span as Offsets

_STATELESS = frozenset({"rank", "duration"})


def decide(figure: Figure, *, only_own: bool = False) -> Verdict:
    """The status of one figure, ``none`` where nothing governs it.

    ``only_own`` limits it to what stands on the figure itself: the 14 of « un seul des 14 a signé »
    signed nothing.
    """
    if figure.quantity.kind in _STATELESS:
        return Verdict()
    if figure.quantity.kind == "multiplier" and figure.head.pos_ == "VERB":
        return from_verb(figure, figure.head) or Verdict()
    if only_own:
        return modifier(figure) or strong_noun(figure) or Verdict()
    for reader in (_expected, modifier, strong_noun, _phrase, governing_verb, weak_noun):
        verdict = reader(figure)
        if verdict is not None:
            return verdict
    return Verdict()


# --- what is only to be ---------------------------------------------------------------------------


def _expected(figure: Figure) -> Verdict | None:
    """« vise 1 200 logements rénovés », « 640 emplois créés d'ici 2023 »: not yet a result."""
    own = modifier(figure)
    if own is None or SIDES[own.status] != "reported":
        return None
    strong = strong_noun(figure)
    if strong is not None and SIDES[strong.status] == "announced":
        return strong
    verdict = _phrase(figure) or governing_verb(figure)
    if (
        verdict is not None
        and verdict.status in {"planned", "estimated", "announced"}
        and not _is_past(figure, verdict)
    ):
        return verdict
    if figure.deadline is not None and not (verdict and verdict.status in {"paid", "committed"}):
        return Verdict(status="planned", marker=figure.deadline, strength=0.8)
    return None


def _is_past(figure: Figure, verdict: Verdict) -> bool:
    """Whether the marker is a participle that belongs to another noun (« prévus »)."""
    if verdict.marker is None:
        return False
    span = figure.span.doc.char_span(*verdict.marker, alignment_mode="expand")
    return span is not None and span.root.dep_ in {"acl", "amod"}


# --- phrases --------------------------------------------------------------------------------------


def _phrase(figure: Figure) -> Verdict | None:
    text = figure.span.doc.text
    start, end = figure.clause
    quantity = figure.quantity
    after_end = (
        quantity.object_end
        if quantity.object_end and quantity.object_end > quantity.end
        else quantity.end
    )
    best: tuple[int, Verdict] | None = None
    for match in markers.phrases("before").finditer(text, start, quantity.start):
        gap = quantity.start - match.end()
        best = _nearer(best, gap, markers.phrase_status("before", match["form"]), match.span())
    for match in markers.phrases("after").finditer(text, after_end, end):
        gap = match.start() - after_end
        best = _nearer(best, gap, markers.phrase_status("after", match["form"]), match.span())
    return best[1] if best else None


def _nearer(
    best: tuple[int, Verdict] | None, gap: int, status: Status, span: Offsets
) -> tuple[int, Verdict] | None:
    limit = 40
    if gap > limit or (best is not None and best[0] <= gap):
        return best
    return gap, Verdict(status=status, marker=span, strength=0.8, conditional=status == "estimated")
