"""For each of what a figure is: rates that do not stand right behind it.

« 62 GWh attendus chaque année »            a time later in its clause
« Chaque passager a laissé 46 euros »       *chaque* before it
« Le mètre cube se négocie à 48 euros »     the unit that has a price
« 900 euros la journée », « Loyer par mois : 480 € », « 6,35 euros le kilo, contre 5,90 »
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache

from recoupe.extract.figures.draft import Draft
from recoupe.extract.figures.numerals import SP
from recoupe.extract.figures.surroundings import known_rate_after
from recoupe.extract.phrases import either, vocabulary

_RATED = frozenset({"amount", "count", "measure", "number"})
#: How far around a figure its rate may stand.
_REACH = 60


def give_rates(text: str, drafts: Sequence[Draft]) -> None:
    """Give, in place, the figures without a denominator the one that their clause says."""
    for index, draft in enumerate(drafts):
        if draft.per is not None or draft.kind not in _RATED:
            continue
        following = drafts[index + 1].start if index + 1 < len(drafts) else len(text)
        before = _clause(text[max(0, draft.start - _REACH) : draft.start])
        after = re.split(r"[,;:.!?()\n]", text[draft.end : min(following, draft.end + _REACH)])[0]
        first = index and drafts[index - 1].end > draft.start - len(before)
        for rule in _RULES if not first else _BEHIND:
            draft.per = draft.per or rule(draft, before, after)
        draft.per = draft.per or _in_object(text, draft) or _apiece(text, drafts, index)
        if draft.per is None and index:
            draft.per = _against(text, draft.leans_on or drafts[index - 1], draft)


def _clause(before: str) -> str:
    return re.split(r"[;.!?()\n»]", before)[-1]


# --- behind the figure ------------------------------------------------------------------------

_LATER = re.compile(
    rf"(?<![\w'’])(?:par{SP}(?P<unit>an|mois|jour|semaine|heure)|chaque{SP}(?P<each>année|mois|jour|semaine)|"
    rf"tous{SP}les{SP}(?P<all>ans|mois|jours)|en{SP}(?P<full>année){SP}pleine)(?!\w)"
)
_TIMES = {"an": "year", "ans": "year", "année": "year", "mois": "month"}
_TIMES |= {"jour": "day", "jours": "day", "semaine": "week", "heure": "hour"}


def _later(draft: Draft, before: str, after: str) -> str | None:
    """« 42 kilos de pain partent chaque jour », « 1,1 million de tonnes de CO2 par an »."""
    del before
    match = _LATER.search(after)
    if (
        match is None
        or (draft.words and draft.kind != "measure")
        or (match["full"] and draft.kind != "amount")
        or re.search(r"(?i)\b(?:fois|qui|que)\b", after[: match.start()])
    ):
        return None
    return _TIMES[next(word for word in match.groups() if word)]


def _worked(draft: Draft, before: str, after: str) -> str | None:
    """« 0,6 m³ économisé par tonne de papier »: past a participle."""
    del draft, before
    match = _WORKED.match(after)
    return known_rate_after(after, match.end()) if match else None


_WORKED = re.compile(rf"{SP}[\wà-ÿ]+(?:é|ée|és|ées|is|us|ue|ues)(?={SP}par{SP})")


_ADVERB = re.compile(
    rf"(?:{SP}[\w'’-]+){{0,2}}?(?:{SP}(?:en{SP}moyenne|au{SP}maximum|au{SP}minimum|environ|seulement|HT|TTC|nets?|bruts?|hors{SP}taxes?|toutes{SP}taxes|au{SP}plus|au{SP}moins|maximum|minimum))+"
)
_BY = re.compile(rf"{SP}(?:par|pour{SP}chaque){SP}(?P<noun>[a-zà-ÿ]{{3,}})(?!\w)")


def _after_adverb(draft: Draft, before: str, after: str) -> str | None:
    """« 1 350 en moyenne par navire », « 12 € HT le kilo »."""
    del before
    match = _ADVERB.match(after)
    if match is None:
        return None
    by = _BY.match(after, match.end())
    if by and by["noun"] not in vocabulary("quantities")["not_per"]["nouns"]:
        return known_rate_after(after, match.end()) or by["noun"]
    return known_rate_after(after, match.end()) if draft.kind == "amount" else None


@cache
def _piece() -> re.Pattern[str]:
    each = vocabulary("quantities")["each"]
    units = [unit for unit in each["units"] if unit not in {"jour", "mois", "an", "heure"}]
    nouns = either([*each["sold"], *units])
    past = rf"(?!{SP}(?:d['’]avant|derni|procha|passé|suivan|précéd|même|où))"
    return re.compile(rf"{SP}(?:la|le|l['’]){SP}?(?P<noun>{nouns})(?!\w){past}")


def _by_piece(draft: Draft, before: str, after: str) -> str | None:
    """« 900 euros la journée », « 38 euros l'abonnement »."""
    del before
    match = _piece().match(after) if draft.kind == "amount" else None
    if match is None:
        return None
    return known_rate_after(after, match.end()) or _denominator(match["noun"])


def _denominator(noun: str) -> str:
    word = re.sub(rf"{SP}+", " ", noun.lower())
    return str(vocabulary("quantities")["each"]["units"].get(word, word))


# --- before the figure ------------------------------------------------------------------------

_EVERY = re.compile(
    rf"(?i)(?:^|[\s«“\"(])chaque{SP}(?P<noun>[a-zà-ÿ]{{3,}})(?:{SP}[\w'’-]+){{0,6}}{SP}(?:d['’])?$"
)


def _every(draft: Draft, before: str, after: str) -> str | None:
    """« Chaque passager a laissé en ville 46 euros », « chaque train remplace 40 camions »."""
    del draft, after
    match = _EVERY.search(before)
    if match is None or "," in before[match.end("noun") :]:
        return None
    return _denominator(match["noun"])


@cache
def _price() -> re.Pattern[str]:
    each = vocabulary("quantities")["each"]
    nouns = either([*each["units"], *each["sold"]])
    return re.compile(
        rf"(?i)(?:^|[\s«“\"(])(?:le|la|l['’]){SP}?(?P<noun>{nouns})(?:{SP}(?!qu)[\w'’-]+){{0,3}}?{SP}"
        rf"(?:{either(each['priced'])})(?:{SP}[\w'’-]+){{0,5}}?{SP}?(?:d['’])?$"
    )


def _priced(draft: Draft, before: str, after: str) -> str | None:
    """« le mètre cube se négocie autour de 48 euros »."""
    del after
    match = _price().search(before) if draft.kind == "amount" else None
    return _denominator(match["noun"]) if match else None


_PERIODIC = re.compile(
    rf"(?i)(?<!\w)(?:(?P<year>annuel)|(?P<month>mensuel)|(?P<day>quotidien|journali[eè]r)|(?P<week>hebdomadaire))"
    rf"(?:le|ne|e)?s?(?:{SP}[\w'’-]+){{0,6}}{SP}?:?{SP}?(?:d['’])?$"
)


def _periodic(draft: Draft, before: str, after: str) -> str | None:
    """« Loyer mensuel : 480 € », « Passages quotidiens sur le pont : 2 140 »."""
    del after
    match = _PERIODIC.search(before)
    return match.lastgroup if match and draft.kind != "number" else None


_LABELLED = re.compile(
    rf"(?<!\w)par{SP}(?P<noun>[a-zà-ÿ]{{2,}})(?:{SP}et{SP}par{SP}[a-zà-ÿ]+)?(?:{SP}[^:,]{{0,30}})?{SP}?:{SP}?(?:[\w'’]+{SP}){{0,2}}$"
)


def _labelled(draft: Draft, before: str, after: str) -> str | None:
    """« Dépense moyenne par touriste et par jour : 61 € »."""
    del draft, after
    match = _LABELLED.search(before)
    if match is None or match["noun"] in vocabulary("quantities")["not_per"]["nouns"]:
        return None
    return _denominator(match["noun"])


# --- in its noun ------------------------------------------------------------------------------

_ADJECTIVE = re.compile(
    r"(?i)(?<!\w)(?:(?P<year>annuel)|(?P<month>mensuel)|(?P<day>quotidien|journali[eè]r)|(?P<week>hebdomadaire))(?:le|ne|e)?s?(?!\w)"
)


def _in_object(text: str, draft: Draft) -> str | None:
    """« 31 permanences mensuelles », « l'abonnement mensuel reste à 56 € »."""
    if draft.object_span is None or draft.kind not in {"amount", "count"}:
        return None
    match = _ADJECTIVE.search(text, *draft.object_span)
    return match.lastgroup if match else None


def _apiece(text: str, drafts: Sequence[Draft], index: int) -> str | None:
    """« 4 300 procès-verbaux, pour 35 euros chacun »: for each of what was counted before."""
    draft = drafts[index]
    if draft.kind != "amount" or not _EACH_ONE.match(text, draft.end):
        return None
    for other in reversed(drafts[max(0, index - 3) : index]):
        if re.search(r"[.!?\n]", text[other.end : draft.start]):
            return None
        if other.kind == "count" and other.object_span is not None:
            return _singular(text[slice(*other.object_span)].split(maxsplit=1)[0])
    return None


_EACH_ONE = re.compile(rf"{SP}chacune?(?!\w)")


def _singular(noun: str) -> str:
    if noun.endswith("eaux"):
        return noun[:-1]
    return noun[:-3] + "al" if noun.endswith("aux") else noun.rstrip("sx") or noun


# --- of the figure before ---------------------------------------------------------------------


def _against(text: str, other: Draft, draft: Draft) -> str | None:
    """« 6,35 euros le kilo, contre 5,90 », « 1,4 M€ l'écluse, contre 1,05 M€ »."""
    alike = other.kind == draft.kind and other.unit == draft.unit and other.per
    if not alike or draft.start - other.end > _REACH:
        return None
    return other.per if _CONTRE.fullmatch(text[other.end : draft.start]) else None


_CONTRE = re.compile(
    rf"[^.;:!?\n]*?(?:,|{SP}){SP}?(?:contre|sur|soit|au{SP}lieu{SP}d(?:e|es)){SP}(?:environ{SP}|près{SP}de{SP}|les{SP}|plus{SP}de{SP}|quelque{SP})?"
)
Rule = Callable[[Draft, str, str], str | None]
_BEHIND: tuple[Rule, ...] = (_after_adverb, _by_piece, _worked, _later)
_RULES: tuple[Rule, ...] = (*_BEHIND, _labelled, _periodic, _every, _priced)
