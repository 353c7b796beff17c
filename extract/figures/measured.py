"""What an amount, a share or a measure is of, read from the syntax around it.

« 26 millions d'euros de subventions »             after it, behind « de »
« le marché de travaux, conclu pour 26,4 M€ »      the noun that it completes
« le coût de l'opération est estimé à 41,5 M€ »    the subject of a verb that measures
« chiffre le trop-perçu à 0,8 M€ »                 the object of one that values
« le solde, soit 3,2 M€ » « de 62 % à 71 % »       the same as of the figure before

Nothing is said of the money that somebody gives, pays or promises (« la Région apporte 24 M€ »):
its subject is who pays, not what is paid for.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import cache

from spacy.tokens import Token

from recoupe.extract.figures.bearers import Around, bearer
from recoupe.extract.figures.clauses import Clauses
from recoupe.extract.figures.draft import Draft
from recoupe.extract.figures.noun_phrases import phrase_at
from recoupe.extract.figures.numerals import SP
from recoupe.extract.figures.objects import TokenIndex
from recoupe.extract.figures.shared import shared
from recoupe.extract.layout import Layout
from recoupe.extract.phrases import either, vocabulary
from recoupe.records import Span

_MEASURED = frozenset({"amount", "measure", "percent", "point", "duration", "ratio", "multiplier"})
#: « 85 % d'entre eux »: of what was spoken of before, no noun here.
_OF_THEM = re.compile(rf"{SP}+d['’]entre{SP}")


def give_measured(index: TokenIndex, layout: Layout, drafts: Sequence[Draft]) -> None:
    """Set ``object_span`` of each draft with a unit that has none yet, but for those of tables."""
    reader = _Reader(index, drafts)
    for position, draft in enumerate(drafts):
        if draft.kind not in _MEASURED or draft.object_span is not None:
            continue
        if layout.is_row(layout.line_at(draft.start)) or _OF_THEM.match(index.text, draft.end):
            continue
        funds = _in_funds(index.text, draft)
        noun, by = (None if funds else bearer(reader.around(position))) or (None, "funds")
        place = funds or (phrase_at(noun) if noun is not None else None)
        if noun is not None and draft.per is None:
            draft.per = each(noun)
        if noun is not None and _is_each(noun):
            continue  # « chaque écluse a coûté N »: for each, and of none
        if place is not None and not reader.holds_figure(place):
            draft.give(place, by)
        elif position:
            draft.give(shared(index, drafts[position - 1], draft), "shared")


class _Reader:
    """What stands around each figure; the phrases of a sentence are read once."""

    def __init__(self, index: TokenIndex, drafts: Sequence[Draft]) -> None:
        self._index, self._drafts = index, drafts
        self._starts = [draft.start for draft in drafts]
        firsts = [index.at(start) for start in self._starts]
        self._places = [
            (first, max(index.at(draft.end), first + 1))
            for first, draft in zip(firsts, drafts, strict=True)
        ]
        self._figures = {i for first, last in self._places for i in range(first, last)}
        self._read: tuple[int, Clauses] | None = None

    def around(self, position: int) -> Around:
        """What stands around the figure of that number."""
        first, last = self._places[position]
        start, end = self._index.sentence(min(first, len(self._index.doc) - 1))
        if self._read is None or self._read[0] != start:
            self._read = start, Clauses(self._index.doc[start:end], self._figures)
        clauses = self._read[1]
        return Around(
            doc=self._index.doc,
            draft=self._drafts[position],
            first=first,
            last=last,
            start=start,
            end=end,
            before=clauses.before(first),
            after=clauses.after(last),
        )

    def holds_figure(self, place: Span) -> bool:
        """Whether a figure stands in a noun phrase."""
        following = bisect_left(self._starts, place[1])
        return following > 0 and self._drafts[following - 1].end > place[0]


def _in_funds(text: str, draft: Draft) -> Span | None:
    """« 5,5 millions en crédits de paiement », « En crédits de paiement, 3,1 M€ sont versés »."""
    if draft.kind != "amount":
        return None
    after, before = _funds()
    window = max(0, draft.start - _FUNDS_REACH)
    match = after.match(text, draft.end) or before.search(text, window, draft.start)
    return match.span("funds") if match else None


#: « En crédits de paiement, » stands at most so many characters before its amount.
_FUNDS_REACH = 60


@cache
def _funds() -> tuple[re.Pattern[str], re.Pattern[str]]:
    funds = either(vocabulary("quantities")["measured"]["funds"])
    return (
        re.compile(rf"(?:{SP}+[\w'’-]+){{0,4}}?{SP}+en{SP}+(?P<funds>{funds})(?!\w)"),
        re.compile(rf"(?i)(?<!\w)en{SP}+(?P<funds>{funds}),{SP}+$"),
    )


def _is_each(noun: Token) -> bool:
    return any(child.lower_ == "chaque" for child in noun.lefts)


def each(noun: Token) -> str | None:
    """« le coût moyen d'un logement », « chaque écluse »: the amount is for each of these."""
    if _is_each(noun):
        return noun.lower_
    if noun.lemma_.lower() not in _prices():
        return None
    units = vocabulary("quantities")["each"]["units"]
    for child in noun.rights:
        if child.dep_ != "nmod" or child.pos_ != "NOUN":
            continue
        determiners = {left.lower_ for left in child.lefts}
        if not determiners.isdisjoint({"un", "une"}):
            return child.lower_
        if child.lower_ in units and not determiners.isdisjoint(_UNIT_ARTICLES):
            return str(units[child.lower_])
    return None


#: « le coût de l'heure de vol », « le prix du kilo », « le prix de journée »
_UNIT_ARTICLES = frozenset({"l'", "l’", "la", "du", "de"})


@cache
def _prices() -> frozenset[str]:
    return frozenset(vocabulary("quantities")["measured"]["prices"])
