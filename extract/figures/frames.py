"""Further parts of the whole that opened a sentence: « Sur 580 inscrits, 76 …, 12 … ; 40 % … »."""

from __future__ import annotations

import re
from functools import cache

from recoupe.extract.figures.numerals import SP
from recoupe.extract.figures.passage import MONTHS, SHARES, WHOLES, Known, Passage, head, is_less
from recoupe.extract.phrases import either, vocabulary

_FRAME = re.compile(
    rf"(?i)(?:^|[.!?:;,(«»–—-]{SP}*)(?:(?:ainsi|et|mais|or|donc|alors|bref|enfin|aussi|puis),?{SP}+)?(?:sur|parmi|des|de{SP}+ces)"
    rf"(?:{SP}+(?:les|ces|un{SP}+total{SP}+de|quelque|près{SP}+de|plus{SP}+de|environ|nos|ses|leurs)){{0,2}}{SP}*$"
)
#: What sets a figure against another, and makes no part of it.
_AGAINST = re.compile(
    rf"(?i)(?:\bcontre|\bau{SP}lieu{SP}d(?:e|es)|\bavant|\baprès|\bpour|\ben{SP}\d{{4}})"
    rf"{SP}(?:[\w'’]+{SP}){{0,2}}$"
)


@cache
def _asked() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{either(vocabulary('quantities')['parts']['asked'])})")


def framed(passage: Passage, index: int, known: Known) -> int | None:
    """A further part of the frame that opened the sentence."""
    draft = passage.drafts[index]
    for other in passage.earlier(index):
        whole = passage.drafts[other]
        if whole.kind not in WHOLES or not is_less(draft, whole):
            continue
        framed = _FRAME.search(passage.before(other, 40)) and (
            other in known.values() or "," in passage.between(other, index)
        )
        if (framed and _fits(passage, index, other)) or _is_answer(passage, index, other):
            return None if _AGAINST.search(passage.before(index, 30)) else other
    return None


#: « Parmi les 43 lauréats figurent 12 communes »
_AMONG = re.compile(rf"(?i)(?<!\w)parmi{SP}(?:(?:les|ces|nos|ses|leurs){SP})?$")
_STAND = re.compile(
    rf"[^.;:!?\n\d]{{0,70}}(?<!\w)(?:figur|compt|trouv|dénombr|recens)\w+{SP}(?:(?:les|environ|aussi|notamment){SP})?"
)


def among(passage: Passage, index: int, known: Known) -> int | None:
    """A count of other things that stand among those counted before."""
    del known
    other = index - 1
    if other not in set(passage.earlier(index)) or passage.drafts[index].kind != "count":
        return None
    told = _AMONG.search(passage.before(other, 30)) and _STAND.fullmatch(
        passage.between(other, index)
    )
    return other if told and is_less(passage.drafts[index], passage.drafts[other]) else None


def _fits(passage: Passage, index: int, whole: int) -> bool:
    """Whether a figure may count what the frame counts: it names nothing else."""
    draft = passage.drafts[index]
    if draft.rule == "one_in" and draft.object_span is not None:
        return head(passage.text, draft) == head(passage.text, passage.drafts[whole])
    if draft.kind in SHARES:
        return not re.match(rf"{SP}+d(?:e|es|u)\b|{SP}+d['’]", passage.after(index))
    return draft.object_span is None or head(passage.text, draft) == head(
        passage.text, passage.drafts[whole]
    )


def _is_answer(passage: Passage, index: int, whole: int) -> bool:
    """« une enquête auprès de 212 adhérents, 61 % … »: a share of those who were asked."""
    if passage.drafts[index].kind not in SHARES or passage.drafts[whole].kind == "amount":
        return False
    asked = passage.before(whole, 40) + passage.after(whole, 40)
    return bool(_asked().search(asked)) and bool(re.search("[,;]", passage.between(whole, index)))


_DETAIL = re.compile(
    rf"{SP}(?:pour|en{SP}raison|à|au|aux|dans|vers|entre|par|chez|faute|de{SP}manière|à{SP}cause|grâce|sur{SP}l|\w{{2,}}ant(?!\w)|en{SP}(?!\d))"
    rf"(?![\wà-ÿ]*{SP}(?:l['’]an|{MONTHS}|\d{{4}}))"
)
#: Less than this is a price.
_SUM = 1000
_DETAILED = frozenset({"count", "number", "amount"})
#: « Quatre lignes seront rouvertes : deux en 2026 »
_YEARS = re.compile(rf"{SP}(?:en|dès|avant|d['’]ici|fin|au|à{SP}l['’]){SP}?[\wà-ÿ]")
_CUT = re.compile(rf"[,:]{SP}(?:et{SP}|puis{SP})?$")


def detailed(passage: Passage, index: int, known: Known) -> int | None:
    """« Trois chantiers ont pris du retard, deux en raison de la pluie »."""
    draft = passage.drafts[index]
    lean = draft.bare or draft.rule == "ellipsis"
    if not lean or draft.kind not in _DETAILED or draft.of_it or draft.per:
        return None
    before, after = passage.before(index, 12), passage.after(index, 30)
    dated = _YEARS.match(after) and before.rstrip().endswith(":")
    if not _CUT.search(before) or not (dated or _DETAIL.match(after)):
        return None
    other = index - 1
    if other not in set(passage.earlier(index)) or passage.drafts[other].kind not in _DETAILED:
        return None
    listed = ":" not in passage.between(other, index) and _DETAIL.match(passage.after(other, 30))
    if listed or (other in known and ":" not in passage.between(other, index)):
        return known.get(other)
    small = (passage.drafts[other].value or 0) < _SUM or draft.words
    if passage.drafts[other].kind == "amount" and small:
        return None  # « 38 euros l'abonnement, 19 pour les enfants »
    return other if is_less(draft, passage.drafts[other]) else None
