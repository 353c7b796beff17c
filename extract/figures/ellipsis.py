"""Figures whose unit or noun was said once, for a figure before: they take it from there.

« La Région paiera ses 52 millions d'euros. Elle n'en paiera pas 66 »  → 66 million euros
« L'objectif était de 9 500 hectares ; 5 840 sont replantés »          → 5 840 ha
« 86 millions pour 212 lits, puis 72,9 pour 102 »                       → 72.9 million, 102 lits

What stands before a bare figure says how it is tied to the one that it leans on (`_tie`); among
the figures of its sentence, and of the one before where the tie allows, the nearest is taken that
it may be of: of a like size, whole where things are counted, after the same preposition if there
is one.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from functools import cache

from recoupe.extract.figures.draft import Draft
from recoupe.extract.figures.numerals import SP
from recoupe.extract.figures.objects import TokenIndex
from recoupe.extract.figures.series import status_participles
from recoupe.extract.layout import Layout
from recoupe.extract.phrases import either, vocabulary
from recoupe.records import Span

#: The rule that says of a figure that it is of no noun.
GIVEN = "given"
#: What may be said once for several figures.
_LENDING = frozenset({"amount", "measure", "percent", "point", "count", "duration"})
#: A figure leans on none that is more than so many times larger or smaller.
_ALIKE = {"amount": 300, "measure": 300, "percent": 100, "point": 30, "count": 1000, "duration": 20}
#: At most so many figures are looked at, going back.
_LOOKED_AT = 6
#: An item of a list leans on what stands at most so many lines above.
_ITEMS = 4
#: What is read before a figure.
_BEFORE = 70


class _Tie(Enum):
    """How a bare figure is bound to the one before: the stronger, the farther it may look."""

    AGAINST = "against"
    PRONOUN = "pronoun"
    REACHED = "reached"
    DEFINITE = "definite"
    LISTED = "listed"
    LABELLED = "labelled"
    OPENING = "opening"


_FAR = frozenset({_Tie.PRONOUN, _Tie.REACHED, _Tie.DEFINITE, _Tie.OPENING, _Tie.LABELLED})
_APPROXIMATING = (
    rf"(?:(?:environ|près{SP}de|plus{SP}de|moins{SP}de|quelque|seulement|à{SP}peine|encore|déjà|au{SP}moins|pas|plus|que|un{SP}peu|"
    rf"seule?s?|les|des|le|la|de|d['’]|un{SP}total){SP}*)*"
)
_AGAINST = re.compile(
    rf"(?i)(?:\b(?:contre|sur|au{SP}lieu{SP}(?:de|des|d['’])|après|avant|dont|puis|soit|plutôt{SP}que|parmi|mais|non)|[:(]{SP}?(?:[+−–-]{SP}?)?|,{SP}?non,)"
    rf"{SP}*{_APPROXIMATING}$"
)
#: « il en a replanté 60 », « n'en paiera pas 66 », « en espèrent 400 »
_PRONOUN = re.compile(rf"(?i)\b(?:en|['’]en){SP}(?:[\w'’-]+{SP}){{1,5}}$")
_DEFINITE = re.compile(
    rf"(?i)(?:^|[\s(,;:«'’])(?:les|des|aux|ces|ses|leurs|nos|ces){SP}(?:(?:quelque|autres|premiers|premières|derniers|dernières){SP})?$"
)
_LISTED = re.compile(rf"(?:,|;|\bet|\bou|\(){SP}?(?:[\w'’.-]+{SP}+){{0,9}}(?:à{SP}|de{SP}|d['’])?$")
_PREPOSITION = re.compile(rf"(?i)\b(pour|sur|à|contre|dont|avec|en){SP}$")


def complete_ellipses(
    index: TokenIndex, layout: Layout, drafts: list[Draft], sentences: Sequence[Span]
) -> None:
    """Give, in place, the bare ``drafts`` the unit, scale and noun of the figure they lean on."""
    starts = [start for start, _ in sentences]
    for position, draft in enumerate(drafts):
        if not _is_bare(draft) or layout.is_row(layout.line_at(draft.start)):
            continue
        first = starts[max(0, bisect_right(starts, draft.start) - 1)]
        line = layout.paragraph_at(draft.start)[0]
        tie = _tie(index.text, draft, max(first, line)) or _opening(index, draft, max(first, line))
        if tie is None:
            continue
        if tie is _Tie.LABELLED and layout.is_item(layout.line_at(draft.start)):
            line = layout.lines[max(0, layout.line_at(draft.start) - _ITEMS)][0]
        floor = max(0, bisect_right(starts, draft.start) - (2 if tie in _FAR else 1))
        asks = _asks(index, draft, tie)
        lender = _lender(index.text, drafts, position, asks, floor=max(starts[floor], line))
        if lender is not None:
            opposed = tie is _Tie.PRONOUN and _BUT.search(index.text[first : draft.start])
            listed = tie is _Tie.LISTED or _YET.search(index.text[first : draft.start])
            draft.of_it = (tie in _PARTITIVE and not opposed) or bool(
                listed and _is_predicated(index, draft)
            )
            same = lender.start >= first
            timed = tie is _Tie.PRONOUN and lender.per in _TIMES
            rated = not timed and (same or (lender.kind == "count" and tie is not _Tie.PRONOUN))
            _lend(index, draft, lender, same_sentence=same, rated=rated)
            if tie in _GIVEN and _is_given(index.text, draft, lender):
                draft.object_span, draft.told_by = None, GIVEN


#: « bâti pour 15 000 lits par an, il en est sorti 4 870 »: not each year.
_TIMES = frozenset({"year", "month", "week", "day"})
#: « 187 actions. 64 sont achevées », « il en a replanté 60 »: some of those.
_PARTITIVE = frozenset({_Tie.OPENING, _Tie.PRONOUN})


#: What somebody gives of a sum is not of what the whole is the price of.
_GIVEN = frozenset({_Tie.PRONOUN, _Tie.LISTED})
_GIVES = re.compile(
    r"(?i)\b(?:apport|vers[eé]|fourni|pa[iy]e|financ|pren|donn|met|débours|assum|rembours|consacr)\w*"
)


def _is_given(text: str, draft: Draft, lender: Draft) -> bool:
    """« un pont à 27 M€ : l'Europe en apporte 11 »: 27 million are of the bridge, 11 of none."""
    noun = lender.object_span
    worth = draft.kind == "amount" and noun is not None and noun[1] <= lender.start
    return worth and _GIVES.search(text, lender.end, draft.start) is not None


#: « perdra 42 classes mais en ouvrira 27 » sets against; « mais n'en ouvrira que 27 » does not.
_BUT = re.compile(rf"(?i)\bmais{SP}(?:[\w'’]+{SP})?en{SP}(?:[\w'’-]+{SP}){{1,3}}$")


#: « 210 lits, mais 32 restent fermés »
_YET = re.compile(rf"(?i)(?:[,;]{SP}mais|:){SP}(?:seule?s?{SP})?$")
_ONLY = frozenset(
    {
        "seulement",
        "déjà",
        "encore",
        "à",
        "peine",
        "ne",
        "n'",
        "n’",
        "y",
        "se",
        "s'",
        "s’",
        "en",
        "l'",
        "l’",
    }
)


def _is_predicated(index: TokenIndex, draft: Draft) -> bool:
    """« 612 dossiers ont été déposés, 438 acceptés », « 19 cellules, 14 sont louées »."""
    following = [token for token in index.after(draft.end) if token.lower_ not in _ONLY]
    if not following:
        return False
    verbal = following[0].pos_ in {"AUX", "VERB"}
    return verbal or following[0].lower_ in status_participles()


def _is_bare(draft: Draft) -> bool:
    whole = draft.value is not None or draft.low is not None
    return draft.bare and draft.object_span is None and whole and draft.rule in _READ


_READ = frozenset({"numeral", "range_to", "range_between", "range_or", "one_only"})


#: « Engagés : 97. Effectivement versés aux emprunteurs : 52 »
_LABEL = re.compile(
    rf"[-–•*{SP[1:-1]}«]*(?:[A-ZÉ]?[\wà-ÿ]+ment{SP}|déjà{SP})?(?P<word>[A-ZÉ]?[a-zà-ÿ]{{3,}}s){SP}?[^.;:()]{{0,40}}:{SP}*{_APPROXIMATING}"
)


def _tie(text: str, draft: Draft, first: int) -> _Tie | None:
    before = text[max(first, draft.start - _BEFORE) : draft.start]
    label = _LABEL.fullmatch(before)
    if label is not None and label["word"].lower() in status_participles():
        return _Tie.LABELLED
    for tie, pattern in _patterns():
        if pattern.search(before):
            return tie
    return None


def _opening(index: TokenIndex, draft: Draft, first: int) -> _Tie | None:
    """« 187 actions. 64 sont achevées, 78 en cours »: a sentence that begins with a bare number."""
    following = index.after(draft.end)
    verbal = bool(following) and following[0].pos_ in {"AUX", "VERB"}
    return _Tie.OPENING if verbal and not index.text[first : draft.start].strip("- «") else None


@cache
def _patterns() -> tuple[tuple[_Tie, re.Pattern[str]], ...]:
    return (
        (_Tie.PRONOUN, _PRONOUN),
        (_Tie.DEFINITE, _DEFINITE),
        (_Tie.REACHED, _reached()),
        (_Tie.AGAINST, _AGAINST),
        (_Tie.LISTED, _LISTED),
    )


def _reached() -> re.Pattern[str]:
    """« la cible est de 40 000 », « a été ramenée à 108 200 », « vise 1 200 », « est à 31,6 »."""
    words = vocabulary("quantities")["reaching"]
    stems, nouns = either(words["stems"]), either(words["nouns"])
    return re.compile(
        rf"(?i)(?<!\w)(?:{stems})[\wà-ÿ]*{SP}+(?:[\w'’-]+{SP}+){{0,5}}(?:(?:à|de|d['’]){SP}*)?"
        rf"{_APPROXIMATING}$"
        rf"|(?<!\w)(?:{nouns}){SP}+(?:[\w'’-]+{SP}+){{0,2}}(?:(?:de|d['’]|à){SP}*|:{SP}*)?{_APPROXIMATING}$"
    )


@dataclass(frozen=True, slots=True)
class _Asks:
    """What stands around a bare figure: how it is tied, the words before it, what agrees with it.

    ``beings`` says that it counts those who *ils* or *elles* are, ``feminine`` that a feminine
    plural is said of it.
    """

    tie: _Tie
    before: str
    beings: bool
    feminine: bool


#: « ils étaient 34 à entrer en CAP », « nous ne sommes plus que douze »
_THEY = re.compile(
    rf"(?i)(?<!\w)(?:ils|elles|nous|vous){SP}(?:(?:ne|n['’]){SP}?)?(?:sont|étaient|seront|seraient|sommes|étions|serons|êtes|étiez)"
    rf"{SP}(?:[\w'’-]+{SP}){{0,3}}$"
)
#: « dix sont immobilisées », « trois d'entre elles »
_SAID = frozenset({"VERB", "ADJ"})
_SHE = re.compile(r"(?:[éi]|u|is|it)es$")


_EACH_OF = re.compile(rf"(?i)(?<!\w)(?:chacune?|toutes?|tous){SP}(?:des|les|de{SP}ces){SP}$")
_AMONG = re.compile(rf"{SP}d['’]entre{SP}|-là\b")


def _asks(index: TokenIndex, draft: Draft, tie: _Tie) -> _Asks:
    before = index.text[max(0, draft.start - _BEFORE) : draft.start]
    after = [token for token in index.after(draft.end) if token.lower_ not in _ONLY]
    among = _AMONG.match(index.text, draft.end) is not None
    verbal = [token for token in after[:4] if token.pos_ != "ADV"]
    while verbal and verbal[0].pos_ == "AUX":
        verbal = verbal[1:]
    said = verbal[0] if verbal else None
    qualifies = said is not None and (said.pos_ in _SAID or said.lower_ in status_participles())
    feminine = said is not None and qualifies and _SHE.search(said.lower_) is not None
    beings = among or _THEY.search(before) is not None or _EACH_OF.search(before) is not None
    return _Asks(tie, before, beings, feminine)


_FEMININE_UNIT = re.compile(r"(?i)(?:tonnes?|heures?|semaines?|années?|journées?|minutes?|\dt)$")


def _lender(
    text: str, drafts: Sequence[Draft], position: int, asks: _Asks, *, floor: int
) -> Draft | None:
    """The figure that ``drafts[position]`` leans on, ``None`` where none may be."""
    draft, before = drafts[position], asks.before
    own = _PREPOSITION.search(before)
    best: tuple[int, int] | None = None
    for back, other in enumerate(reversed(drafts[max(0, position - _LOOKED_AT) : position])):
        if other.start < floor:
            break
        if not (_agrees(text, other, asks) and _may_lend(draft, other, asks)):
            continue
        if _qualifies(text, drafts, position - 1 - back):
            continue
        theirs = _PREPOSITION.search(text[max(0, other.start - 12) : other.start])
        parallel = own is not None and theirs is not None and own[1].lower() == theirs[1].lower()
        alike = draft.words == other.words
        score = (2 * parallel + alike - back, -back)
        if best is None or score > best:
            best = score
    return drafts[position - 1 + best[1]] if best is not None else None


#: « le compte est passé à 25 » is of no length of time that stood before.
_COUNTING = re.compile(r"(?i)\b(?:compte|nombre|total|effectif|chiffre)\b")


#: « sept ans, dont 16 »: what is included is not larger.
_INCLUDED = re.compile(
    rf"(?i)\b(?:dont|parmi{SP}lesquels|parmi{SP}lesquelles){SP}*{_APPROXIMATING}$"
)


def _qualifies(text: str, drafts: Sequence[Draft], position: int) -> bool:
    """Whether a size is told of what was counted: the 60 m3 of « treize citernes de 60 m3 »."""
    if position == 0 or drafts[position].kind == "count":
        return False
    counted = drafts[position - 1]
    if counted.kind != "count" or counted.object_span is None:
        return False
    between = text[counted.object_span[1] : drafts[position].start]
    return re.fullmatch(rf"{SP}(?:de{SP}|d['’])", between) is not None


def _agrees(text: str, other: Draft, asks: _Asks) -> bool:
    if other.kind == "count":
        return True
    unit = _FEMININE_UNIT.search(text[other.start : other.end])
    return not asks.beings and (not asks.feminine or unit is not None)


def _may_lend(draft: Draft, other: Draft, asks: _Asks) -> bool:
    tie, before = asks.tie, asks.before
    if other.kind not in _LENDING or (other.bare and other.object_span is None):
        return False
    if other.kind == "duration" and (tie is _Tie.LISTED or _COUNTING.search(before)):
        return False
    if other.kind == "amount" and not _may_be_money(draft, asks):
        return False  # « des rames à 43 millions, deux dès septembre », « qui en prévoit huit »
    if other.kind == "percent" and not _may_be_percent(draft, asks):
        return False
    own, theirs = _size(draft), _size(other)
    if own is None or theirs is None or theirs == 0:
        return False
    if own * _factor(draft, other) > theirs and _INCLUDED.search(before):
        return False
    if other.kind == "count" and (own * _factor(draft, other)) % 1:
        return False
    if own == 0:
        return True
    if other.kind == "percent" and own > 100:  # noqa: PLR2004
        return False
    ratio = own * _factor(draft, other) / theirs
    return 1 / Decimal(_ALIKE[other.kind]) <= ratio <= _ALIKE[other.kind]


#: « 38 millions pour bâtir 290 logements, 17 pour en rénover 410 »: things, no money
_TO_DO = re.compile(rf"(?i)\bpour{SP}en{SP}[a-zà-ÿ]+(?:er|ir|re){SP}$")


def _may_be_money(draft: Draft, asks: _Asks) -> bool:
    """« La banque en prête deux » is of millions, « qui en prévoit huit » of what is built."""
    if not draft.words:
        return _TO_DO.search(asks.before) is None
    if asks.tie is _Tie.PRONOUN:
        return _OF_THINGS.search(asks.before) is None
    return asks.tie is not _Tie.LISTED


_OF_THINGS = re.compile(
    rf"(?i)(?<!\w)en{SP}(?:[\w'’-]+{SP}){{0,3}}(?:prév|compt|recens|dénombr|abrit|accueil|emplo|emb|constru|bâti|livr|ouv[re]|ferm|cré|réhabilit|rénov|plant|install|équip|achet|vend|lou|form|visit|sign|retien|retenu|reste|subsist|demeur|manqu)[\wà-ÿ]*{SP}(?:[\w'’-]+{SP}){{0,2}}$"
)


def _may_be_percent(draft: Draft, asks: _Asks) -> bool:
    """« 29 % des voix, il en fallait 50 »: what is asked for is a share too, « en » else not."""
    if draft.words or draft.scale > 1 or asks.tie is _Tie.OPENING:
        return False
    return asks.tie is not _Tie.PRONOUN or _ASKED.search(asks.before) is not None


_ASKED = re.compile(
    rf"(?i)\ben{SP}(?:[\w'’-]+{SP})?(?:faudra|faut|fallait|réclam|demand|vis|espér|attend|exig|souhait|voul|promet|promi)[\wà-ÿ]*{SP}(?:[\w'’-]+{SP}){{0,2}}$"
)


def _size(draft: Draft) -> Decimal | None:
    return draft.value if draft.value is not None else draft.high


def _factor(draft: Draft, other: Draft) -> Decimal:
    """What the figure is to be multiplied by, so that it is of the other one's order."""
    own, theirs = _size(draft), _size(other)
    if draft.scale > 1 or other.scale <= 1 or not own or not theirs:
        return Decimal(1)
    plain, scaled = own / theirs, own * other.scale / theirs
    off_plain, off_scaled = max(plain, 1 / plain), max(scaled, 1 / scaled)
    return other.scale if off_scaled < off_plain else Decimal(1)


def _lend(
    index: TokenIndex, draft: Draft, other: Draft, *, same_sentence: bool, rated: bool
) -> None:
    factor = _factor(draft, other)
    for name in ("value", "low", "high", "precision"):
        number = getattr(draft, name)
        if number is not None:
            setattr(draft, name, number * factor)
    draft.scale *= factor
    draft.kind, draft.unit, draft.bare = other.kind, other.unit, False
    draft.per = draft.per or (other.per if rated else None)
    draft.object_span = None
    if same_sentence:
        draft.give(_noun_of(index, draft, other), "ellipsis")
    draft.rule, draft.leans_on = "ellipsis", other
    draft.confidence = min(draft.confidence, other.confidence, 0.9 if same_sentence else 0.8)


def _noun_of(index: TokenIndex, draft: Draft, other: Draft) -> Span | None:
    """The noun of ``other``; its head alone where the figure has a quality of its own.

    « 350 places assises et 40 debout »: 40 places.
    """
    after = index.after(draft.end)
    if other.object_span is None or not after or after[0].pos_ not in {"ADJ", "ADV"}:
        return other.object_span
    start, end = other.object_span
    return start, start + len(index.text[start:end].split()[0])
