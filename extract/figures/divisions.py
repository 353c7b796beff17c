"""Wholes that words give away: « y compris 310 », « le reste, soit 40 », « financé pour moitié ».

Each rule looks at one figure that has no whole yet and says which figure before it (rarely after
it) is its whole, or nothing; the first rule that knows one decides.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, MutableMapping
from decimal import Decimal
from functools import cache

from recoupe.extract.figures.funding import funded, settled
from recoupe.extract.figures.numerals import SP
from recoupe.extract.figures.passage import (
    SHARES,
    WHOLES,
    Passage,
    head,
    is_less,
    one_dimension,
    same_thing,
)
from recoupe.extract.figures.remainders import remainder
from recoupe.extract.phrases import either, vocabulary

Known = Mapping[int, int]
Rule = Callable[[Passage, int, Known], int | None]
_PARTLESS = frozenset({"rank", "duration", "multiplier", "point"})


def divided(passage: Passage, wholes: Known) -> Mapping[int, int]:
    """``wholes`` with those that words give away."""
    known: MutableMapping[int, int] = dict(wholes)
    for index, draft in enumerate(passage.drafts):
        if index in known or draft.kind in _PARTLESS or index in passage.rows:
            continue
        for rule in _RULES:
            whole = rule(passage, index, known)
            if whole is not None and whole != index and known.get(whole) != index:
                known[index] = whole
                break
    return known


def _nearest(passage: Passage, index: int, back: int) -> int | None:
    """The nearest figure before that this one may be some of."""
    draft = passage.drafts[index]
    for other in passage.earlier(index, back):
        if passage.drafts[other].kind in WHOLES and is_less(draft, passage.drafts[other]):
            return other
    return None


# --- « y compris N », « à lui seul N » ----------------------------------------------------------

_FEW = rf"(?:[\w'’]+{SP}+){{0,3}}"


@cache
def _including() -> re.Pattern[str]:
    return re.compile(
        rf"(?<!\w)(?P<word>{either(vocabulary('quantities')['parts']['including'])})"
        rf"{SP}*[,:(]?{SP}*{_FEW}(?:d['’])?$"
    )


def _included(passage: Passage, index: int, known: Known) -> int | None:
    """« 4 870 inscrits, en comptant les 310 de l'IUT »."""
    del known
    match = _including().search(passage.before(index))
    if match is None or passage.drafts[index].kind in SHARES:
        return None
    them = match["word"].lower().split()[-1] in {"eux", "elles"}
    return _nearest(passage, index, 1 if them else 0)


@cache
def _alone_before() -> re.Pattern[str]:
    alone = either(vocabulary("quantities")["parts"]["alone"])
    return re.compile(rf"(?<!\w)(?:{alone}),?{SP}{_FEW}(?:d['’])?$")


@cache
def _alone_after() -> re.Pattern[str]:
    alone = either(vocabulary("quantities")["parts"]["alone"])
    return re.compile(rf"[^.;:!?,\n]{{0,30}}{SP}(?:{alone})(?!\w)")


def _standing_out(passage: Passage, index: int, known: Known) -> int | None:
    """« 41 300 tonnes, Le Guilvinec en pesant à lui seul 16 800 »."""
    del known
    said = _alone_before().search(passage.before(index)) or _alone_after().match(
        passage.after(index)
    )
    if not said:
        return None
    whole = _nearest(passage, index, 1)
    alike = whole is not None and same_thing(
        passage.text, passage.drafts[index], passage.drafts[whole]
    )
    return whole if alike else None


_DONT_OPEN = re.compile(rf"(?i),{SP}dont{SP}{_FEW}(?:d['’])?$")


def _included_ahead(passage: Passage, index: int, known: Known) -> int | None:
    """« Les travaux, dont 410 000 € de mise aux normes, ont coûté 1,7 M€ »."""
    if not _DONT_OPEN.search(passage.before(index)):
        return None
    draft = passage.drafts[index]
    for other in range(index + 1, min(index + 4, len(passage.drafts))):
        whole = passage.drafts[other]
        if passage.sentences[other] != passage.sentences[index]:
            return None
        if other not in known and whole.kind in WHOLES and is_less(draft, whole):
            closed = re.match(r"[^.;:!?\n]*,", passage.between(index, other))
            return other if closed and same_thing(passage.text, draft, whole) else None
    return None


# --- « Sur 580 inscrits, 76 sont partis, 12 restent ; 40 % … » ------------------------------------

_FRAME = re.compile(
    rf"(?i)(?:^|[.!?:;,(«»–—-]{SP}*)(?:(?:ainsi|et|mais|or),?{SP}+)?(?:sur|parmi|des|de{SP}+ces)"
    rf"(?:{SP}+(?:les|ces|un{SP}+total{SP}+de|quelque|près{SP}+de|plus{SP}+de|environ|nos|ses|leurs)){{0,2}}{SP}*$"
)
#: What sets a figure against another, and makes no part of it.
_MONTHS = "janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre"
_AGAINST = re.compile(
    rf"(?i)(?:\bcontre|\bau{SP}lieu{SP}d(?:e|es)|\bavant|\baprès|\bpour|\ben{SP}\d{{4}})"
    rf"{SP}(?:[\w'’]+{SP}){{0,2}}$"
)


@cache
def _asked() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{either(vocabulary('quantities')['parts']['asked'])})")


def _framed(passage: Passage, index: int, known: Known) -> int | None:
    """A further part of the frame that opened the sentence."""
    draft = passage.drafts[index]
    for other in passage.earlier(index):
        whole = passage.drafts[other]
        if whole.kind not in WHOLES or not is_less(draft, whole):
            continue
        framed = _FRAME.search(passage.before(other, 40)) and other in known.values()
        if (framed and _fits(passage, index, other)) or _is_answer(passage, index, other):
            return None if _AGAINST.search(passage.before(index, 30)) else other
    return None


def _fits(passage: Passage, index: int, whole: int) -> bool:
    """Whether a figure may count what the frame counts: it names nothing else."""
    draft = passage.drafts[index]
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
    return bool(_asked().search(asked)) and "," in passage.between(whole, index)


_DETAIL = re.compile(
    rf"{SP}(?:pour|en{SP}raison|à|au|aux|dans|par|chez|faute|de{SP}manière|à{SP}cause|grâce|sur{SP}l|\w{{2,}}ant|en{SP}(?!\d))"
    rf"(?![\wà-ÿ]*{SP}(?:l['’]an|{_MONTHS}|\d{{4}}))"
)
_CUT = re.compile(rf"[,:]{SP}(?:et{SP}|puis{SP})?$")


def _detailed(passage: Passage, index: int, known: Known) -> int | None:
    """« Trois chantiers ont pris du retard, deux en raison de la pluie »."""
    draft = passage.drafts[index]
    lean = draft.bare or draft.rule == "ellipsis"
    if not lean or draft.kind not in {"count", "number"} or draft.of_it or draft.per:
        return None
    if not _CUT.search(passage.before(index, 12)) or not _DETAIL.match(passage.after(index, 30)):
        return None
    other = index - 1
    if other not in set(passage.earlier(index)) or passage.drafts[other].kind != "count":
        return None
    listed = ":" not in passage.between(other, index) and _DETAIL.match(passage.after(other, 30))
    if listed and other in known:
        other = known[other]
    return other if is_less(draft, passage.drafts[other]) else None


# --- « 402 de ces emplois », « les deux tiers de cette somme » ------------------------------------


@cache
def _sum_noun() -> re.Pattern[str]:
    nouns = either(vocabulary("quantities")["parts"]["sums"])
    return re.compile(
        rf"{SP}+(?:de|dans|sur){SP}+(?:ce|cet|cette|ces){SP}+(?:[\w'’]+{SP})?(?:{nouns})(?!\w)"
    )


_OF_TOTAL = re.compile(
    rf"{SP}+(?:du{SP}total|de{SP}l['’]ensemble|de{SP}l['’]effectif|des{SP}effectifs|de{SP}l['’]enveloppe|du{SP}budget{SP}total|du{SP}volume{SP}total)(?![\w-])(?!{SP}d)"
)


def _total_before(passage: Passage, index: int, known: Known) -> int | None:
    """« soit 12 % du total »: of what the figure told so is a part of, in this sentence."""
    part = index - 1
    if index == 0 or part not in set(passage.earlier(index)):
        return None
    if part in known:
        return known[part]
    whole = _nearest(passage, part, 0)
    return whole if whole is not None and whole in set(passage.earlier(index)) else None


_OF_THESE = re.compile(rf"{SP}+(?:de|d['’]entre){SP}+(?:ces|ses|nos){SP}+(?P<noun>[\wà-ÿ-]{{3,}})")


def _taken_up(passage: Passage, index: int, known: Known) -> int | None:
    """« 402 de ces emplois » after « 712 emplois »; « la moitié de cette somme » after a sum."""
    after = passage.after(index)
    draft = passage.drafts[index]
    if draft.kind in SHARES and _sum_noun().match(after):
        return _nearest(passage, index, 1)
    if draft.kind in SHARES and _OF_TOTAL.match(after):
        return _total_before(passage, index, known)
    these = _OF_THESE.match(after)
    if these is None:
        return None
    noun = these["noun"].lower().rstrip("sx")
    for other in passage.earlier(index, 3):
        whole = passage.drafts[other]
        if whole.kind == "count" and head(passage.text, whole) == noun and is_less(draft, whole):
            return other
    return None


# --- « La moitié sont postérieurs », « Six sur dix iront … », « 61 % … » --------------------------

_ELIDED = re.compile(rf"{SP}+(?:d(?:e|es|u)\b|d['’])")
_OPENED = re.compile(
    rf"(?i)^[\s«“\"(–—-]*(?:et{SP}|mais{SP}|près{SP}d(?:e|u){SP}|près{SP}d['’]|environ{SP}|plus{SP}d(?:e|u){SP}|plus{SP}d['’]|"
    rf"moins{SP}d(?:e|u){SP}|seule?s?{SP}|à{SP}peine{SP}|au{SP}moins{SP}|quelque{SP}|presque{SP}|les{SP})*$"
)
_EN_VERB = re.compile(
    rf"(?i)(?<![\w-])(?:l['’])?en{SP}[\w'’]+{SP}(?:près{SP}de{SP}|plus{SP}de{SP})?$"
)
_READ = frozenset({"approximate_noun", "numeral", "ellipsis", "one_only"})


def _opening(passage: Passage, index: int, known: Known) -> int | None:
    """A share whose noun was said in the sentence before: « La moitié sont déjà livrés »."""
    draft = passage.drafts[index]
    clause = passage.opens(index)
    opened = clause is not None and _OPENED.match(clause)
    if draft.object_span is not None or _ELIDED.match(passage.after(index)):
        return None
    taken = draft.kind == "ratio" and _EN_VERB.search(passage.before(index))
    if not taken and not (opened and _is_subject(passage, index)):
        return None
    return _spoken_of(passage, index, known, yearly=bool(taken))


_VERB = re.compile(
    rf"{SP}+(?:d['’]entre{SP}|(?:environ|seulement|à{SP}peine|au{SP}moins|déjà){SP})?"
    rf"(?:ne{SP}|n['’]|y{SP}|s['’]|se{SP}|l['’])?"
    r"(?:sont|ont|est|a|étaient|était|seront|sera|seraient|avaient|iront|vont|\w{2,}(?:ent|ront|aient))\b|,\s"
)


def _is_subject(passage: Passage, index: int) -> bool:
    """Whether what follows is a verb of the third person, or an apposition of the elided noun."""
    draft = passage.drafts[index]
    if draft.kind not in SHARES and draft.rule not in _READ:
        return False
    bare = draft.kind in SHARES or draft.bare or draft.rule == "ellipsis"
    return bare and _VERB.match(passage.after(index)) is not None


def _spoken_of(passage: Passage, index: int, known: Known, *, yearly: bool) -> int | None:
    """The last count with a noun, or the last sum, in this sentence and the one before."""
    draft = passage.drafts[index]
    kinds = {"count", "amount"} if draft.kind in SHARES else {"count"}
    for other in passage.earlier(index, 0 if draft.kind == "percent" else 1):
        whole = passage.drafts[other]
        if whole.kind not in kinds or (whole.per and not yearly) or not is_less(draft, whole):
            continue
        if whole.kind == "count" and (whole.object_span is None or (whole.value or 0) <= 2):  # noqa: PLR2004
            continue
        return known.get(other, other) if other in known and draft.kind not in SHARES else other
    return None


_ADVERB = re.compile(
    rf"(?i)\b(?P<verb>financ|cofinanc|subvention|support|pris|couvert|détenu|compt|assur|abond|payé|intervien|contribu)[\wà-ÿ]*"
    rf"(?:{SP}[\w'’]+){{0,4}}?{SP}(?:pour|à|aux|à{SP}hauteur{SP}(?:de|des)){SP}"
    rf"(?:(?:près|plus|moins){SP}de{SP}|environ{SP})?$"
)


def _by_half(passage: Passage, index: int, known: Known) -> int | None:
    """« 42 millions d'euros, sera financé pour moitié par l'État », « subventionné à 40 % »."""
    del known
    if passage.drafts[index].kind not in SHARES:
        return None
    if not _ADVERB.search(passage.before(index, 70)):
        return None
    whole = _nearest(passage, index, 1 if passage.drafts[index].kind == "ratio" else 0)
    paid = whole is not None and passage.drafts[whole].kind == "amount"
    return whole if paid or passage.drafts[index].kind == "ratio" else None


# --- breakdowns: « (412 garçons, 228 filles) », « À Fos : 112. À Donges : 41. » ----------------


_OPENS = re.compile(r"[^.;!?()\n]{0,60}?[(:][^().;:\n\d]{0,60}")


def _bracketed(passage: Passage, index: int, known: Known) -> int | None:
    """A figure behind a whole that the figures in brackets, or after a colon, add up to."""
    del known
    for first in range(index, max(0, index - _IN_BRACKETS), -1):
        between = passage.between(first - 1, first)
        if _OPENS.fullmatch(between):
            closing = ")" if "(" in between else "."
            return _summed(passage, first, closing, index)
        if re.search(r"[).!?\n]", between):
            return None
    return None


_IN_BRACKETS = 8


def _summed(passage: Passage, first: int, closing: str, index: int) -> int | None:
    """The figure before ``first``, where those up to the closing mark are exactly its parts."""
    whole = passage.drafts[first - 1]
    inside = [first]
    for other in range(first + 1, min(first + _IN_BRACKETS, len(passage.drafts))):
        if re.search(rf"[{closing}\n]", passage.between(other - 1, other)):
            break
        inside.append(other)
    parts = [i for i in inside if one_dimension(passage.drafts[i], whole)]
    added = sum((passage.drafts[i].value or Decimal(0) for i in parts), Decimal(0))
    exact = len(parts) > 1 and whole.kind in WHOLES and added == whole.value
    return first - 1 if exact and index in parts else None


_PLACED = re.compile(
    rf"(?:À|A|Au|Aux|En|Dans|Chez|Côté|Pour|Et|Hors){SP}[^.:;?!\n]{{2,60}}{SP}?[:?]{SP}?(?:environ{SP})?$"
)


def _fragment(passage: Passage, index: int, known: Known) -> int | None:
    """Fragments after the count they divide: « 180 postes supprimés. À Fos : 112. »."""
    draft = passage.drafts[index]
    if not draft.bare and draft.rule != "ellipsis":
        return None
    if draft.kind not in {"number", "count"} or not re.match(r"[.,;]|$", passage.after(index)):
        return None
    text = passage.text[max(0, draft.start - 90) : draft.start]
    if not _PLACED.search(text) or draft.object_span is not None:
        return None
    return _announced(passage, index, known)


def _announced(passage: Passage, index: int, known: Known) -> int | None:
    """The count that fragments divide, some sentences before."""
    draft = passage.drafts[index]
    for other in passage.earlier(index, 6):
        if other in known and passage.drafts[other].kind in {"number", "count"}:
            return known[other]
        whole = passage.drafts[other]
        if whole.kind == "count" and whole.object_span is not None and is_less(draft, whole):
            return other
    return None


@cache
def _no_share() -> re.Pattern[str]:
    return re.compile(rf"(?i)(?<!\w)(?:{either(vocabulary('quantities')['parts']['changing'])})")


_LABEL = re.compile(r"[^.!?()%\n]{0,60}?[,:;(–—][^.:;,!?()%\n]{2,45}")
_NEXT_LABEL = re.compile(r"(?:[,;]|\s?/|\set\b)[^.:;,!?()%\n]{2,45}|[^.:;!?()%\n]{2,45},\s")


def _listed(passage: Passage, index: int, known: Known) -> int | None:
    """« 2 318 interventions, secours à personne 71 %, incendies 9 % »: shares in a list."""
    drafts = passage.drafts
    if drafts[index].kind != "percent" or index == 0:
        return None
    if drafts[index - 1].kind == "percent":
        goes_on = _NEXT_LABEL.fullmatch(passage.between(index - 1, index))
        return known.get(index - 1) if goes_on else None
    label = passage.between(index - 1, index)
    listed = (
        index + 1 < len(drafts)
        and drafts[index + 1].kind == "percent"
        and _NEXT_LABEL.fullmatch(passage.between(index, index + 1))
        and _LABEL.fullmatch(label)
    )
    if not listed or _no_share().search(label) or drafts[index - 1].kind not in WHOLES:
        return None
    return index - 1 if (drafts[index - 1].value or 0) > 2 else None  # noqa: PLR2004


_TOTAL = re.compile(
    rf"(?i)(?<!\w)(?:total|ensemble|au{SP}total){SP}?[:,(]{SP}?(?:[\w'’]+{SP}){{0,2}}$"
)


def _after_total(passage: Passage, index: int, known: Known) -> int | None:
    """« Total : 41 500 €. Toiture : 28 000 €, peinture : 9 000 € »: what follows a total."""
    draft = passage.drafts[index]
    before = passage.text[max(0, draft.start - 60) : draft.start].rpartition("\n")[2]
    if draft.kind not in {"amount", "count", "number"} or not before.rstrip().endswith(":"):
        return None
    for other in passage.earlier(index, 4):
        if _TOTAL.search(passage.before(other, 30)):
            return other if is_less(draft, passage.drafts[other]) else None
        if other not in known and other != index:
            return None
    return None


@cache
def _tallies() -> tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]:
    return tuple(
        (
            re.compile(rf"(?<!\w)(?:{either(entry['whole'])}){SP}*:{SP}*$"),
            re.compile(rf"(?<!\w)(?:{either(entry['parts'])}){SP}*:{SP}*$"),
        )
        for entry in vocabulary("quantities")["tally"]
    )


def _tallied(passage: Passage, index: int, known: Known) -> int | None:
    """Labelled counts: « En exercice : 37. Présents : 31. »."""
    del known
    draft = passage.drafts[index]
    before = passage.text[max(0, draft.start - 30) : draft.start]
    for whole, part in _tallies():
        if not part.search(before):
            continue
        for other in range(index - 1, max(-1, index - 7), -1):
            start = passage.drafts[other].start
            labelled = whole.search(passage.text[max(0, start - 30) : start])
            if labelled and is_less(draft, passage.drafts[other]):
                return other
    return None


# --- « les deux tiers de cette somme, 9,2 millions » ---------------------------------------------

_NEARLY = Decimal("0.03")


def _restated(passage: Passage, index: int, known: Known) -> int | None:
    """The share that stands right before, told as a sum: both are of one whole."""
    share = passage.drafts[index - 1] if index else None
    if share is None or share.kind not in SHARES or index - 1 not in known:
        return None
    if not re.fullmatch(
        r"[^.;()\d\n]{0,60}[,(](?:\ssoit\s)?\s?(?:[\w'’]+\s){0,2}",
        passage.between(index - 1, index),
    ):
        return None
    whole = passage.drafts[known[index - 1]]
    own = passage.drafts[index].value
    if own is None or whole.value is None or share.value is None:
        return None
    told = whole.value * share.value / (100 if share.kind == "percent" else 1)
    close = abs(told - own) <= own * _NEARLY and one_dimension(passage.drafts[index], whole)
    return known[index - 1] if close else None


_RULES: tuple[Rule, ...] = (
    _included,
    _standing_out,
    _included_ahead,
    _detailed,
    _framed,
    remainder,
    _taken_up,
    _restated,
    _bracketed,
    _opening,
    _by_half,
    funded,
    settled,
    _fragment,
    _listed,
    _after_total,
    _tallied,
)
