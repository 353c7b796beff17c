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
from recoupe.extract.figures.surroundings import known_rate_after, rate_after
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
        if index and drafts[index - 1].end > draft.start - len(before):
            before = ""  # what stands there is said of the figure before
        for rule in _RULES:
            draft.per = draft.per or rule(draft, before, after)
        draft.per = draft.per or _in_object(text, draft) or _apiece(text, drafts, index)
        draft.per = draft.per or _for_each_of(text, draft) or _sold_by(text, draft)
        draft.per = draft.per or _beside(text, drafts, index)
        if draft.per is None and index:
            draft.per = _against(text, draft.leans_on or drafts[index - 1], draft)


def _clause(before: str) -> str:
    return re.split(r"[;.!?()\n»]", before)[-1]


# --- behind the figure ------------------------------------------------------------------------

_LATER = re.compile(
    rf"(?<![\w'’])(?:par{SP}(?P<unit>an|mois|jour|semaine|heure)|chaque{SP}(?P<each>année|mois|jour|semaine)|"
    rf"tous{SP}les{SP}(?P<all>ans|mois|jours)|en{SP}(?P<full>année){SP}pleine)(?!\w)"
)
_CLOCK = frozenset({"year", "month", "week", "day", "hour", "minute", "nuit"})
_PERIODS = frozenset({"an", "année", "mois", "semaine"})
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


_TO_EACH = re.compile(
    rf"(?:{SP}(?!(?:et|ou|qui|que)\b)[\w'’-]+|,){{0,5}}?{SP}(?:à|pour|par|de){SP}chaque{SP}(?P<noun>[a-zà-ÿ]{{3,}})(?!\w)"
)


#: « brûlait 640 000 litres chaque hiver »
_EACH_SEASON = re.compile(
    rf"{SP}chaque{SP}(?P<noun>hiver|été|automne|printemps|saison|trimestre|semestre|nuit|matin|soir|dimanche|week-end)(?!\w)"
)


def _to_each(draft: Draft, before: str, after: str) -> str | None:
    """« EDF perd 11 euros à chaque mégawattheure produit », « 36 euros pour chaque repas »."""
    del draft, before
    match = _TO_EACH.match(after) or _EACH_SEASON.match(after)
    if match is None or match["noun"] in {"fois", "côté", "étape", "niveau", "tour"}:
        return None
    return _denominator(match["noun"])


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
    rf"(?i)(?:^|[\s«“\"(])chaque{SP}(?P<noun>[a-zà-ÿ]{{3,}})(?:,?{SP}[\w'’-]+){{0,6}},?{SP}(?:d['’])?$"
)


def _every(draft: Draft, before: str, after: str) -> str | None:
    """« Chaque passager a laissé en ville 46 euros », « chaque train remplace 40 camions »."""
    del draft, after
    match = _EVERY.search(before)
    if match is None:
        return None
    said_for = before[: match.start("noun")].lower().rstrip().endswith("pour chaque")
    if before[match.end("noun") :].count(",") > said_for:
        return None
    return _denominator(match["noun"])


@cache
def _price() -> re.Pattern[str]:
    each = vocabulary("quantities")["each"]
    units = [unit for unit in each["units"] if unit not in _PERIODS]
    nouns = either([*units, *each["sold"]])
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


_INSTALMENT = re.compile(
    rf"(?i)(?<!\w)(?:(?P<year>annuité)|(?P<month>mensualité))s?(?:{SP}[\w'’-]+){{0,5}}{SP}?:?{SP}?(?:d['’])?$"
)


def _instalment(draft: Draft, before: str, after: str) -> str | None:
    """« porterait l'annuité à 104 000 € »."""
    del after
    match = _INSTALMENT.search(before) if draft.kind == "amount" else None
    return match.lastgroup if match else None


_STATED = re.compile(
    rf"(?i)(?<!\w)(?:dette|coût|dépense|prix|loyer|revenu|consommation|tarif|montant|aide|prime|budget|recette|reste{SP}à{SP}charge|soutien|forfait)s?"
    rf"(?:{SP}(?:moyenn?e?|médiane?|annuelle?|net(?:te)?|brute?|de{SP}[a-zà-ÿ]+))?"
    rf"{SP}(?P<rate>(?:par|à{SP}l['’]|à{SP}la|au){SP}?[a-zà-ÿ]{{3,}})(?!\w)[^,;:]{{0,60}}$"
)


def _stated(draft: Draft, before: str, after: str) -> str | None:
    """« la dette par habitant reviendrait sous les 700 € », « un soutien à la tonne de 90 € »."""
    del after
    match = _STATED.search(before) if draft.kind == "amount" else None
    if match is None:
        return None
    return known_rate_after(
        " " + re.sub(rf"^(?:à{SP}la|au|à{SP}l['’]){SP}?", "par ", match["rate"]), 0
    )


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
    if draft.kind not in {"amount", "count"} or not _EACH_ONE.match(text, draft.end):
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


# --- in its sentence --------------------------------------------------------------------------

#: A unit that opens a clause is what all its small amounts are the price of.
_CLAUSE_REACH = 160


@cache
def _unit_first() -> re.Pattern[str]:
    units = vocabulary("quantities")["each"]["units"]
    nouns = either([unit for unit, code in units.items() if code not in _CLOCK])
    return re.compile(
        rf"(?i)(?:^|[.;:!?«\n(]{SP}*|,{SP}(?:et{SP})?|{SP}et{SP}|où{SP}|que{SP}|quand{SP})(?:le|la|l['’]|un){SP}?(?P<noun>{nouns})(?!\w)"
    )


def _sold_by(text: str, draft: Draft) -> str | None:
    """« Le kilo, acheté 0,30 €, se revend 4,10 € »: prices of the unit that is spoken of."""
    small = draft.scale == 1 and draft.value is not None and draft.value < _DEAR
    if draft.kind != "amount" or not small:
        return None
    before = re.split(r"[.!?]\s|\n", text[max(0, draft.start - _CLAUSE_REACH) : draft.start])[-1]
    match = _unit_first().search(before)
    if match is None or re.search(r"[;:]|(?i:\bpar\b)", before[match.end() :]):
        return None
    return _denominator(match["noun"])


#: What costs more is not sold by the kilo.
_DEAR = 10_000


def _beside(text: str, drafts: Sequence[Draft], index: int) -> str | None:
    """« porter de 900 à 2 400 tonnes par an »: the rate is said once for both."""
    for other in (index + 1, index - 1):
        if not 0 <= other < len(drafts):
            continue
        first, second = sorted((index, other))
        between = text[drafts[first].end : drafts[second].start]
        if not _alike(drafts[index], drafts[other]) or not _UP_TO.fullmatch(between):
            continue
        if _FROM.search(text[max(0, drafts[first].start - 4) : drafts[first].start]):
            return drafts[other].per or rate_after(text, drafts[other].end)
    return None


_UP_TO = re.compile(rf"{SP}à{SP}(?:(?:plus|près){SP}de{SP}|environ{SP})?")
_FROM = re.compile(rf"(?:^|\W)(?:de{SP}|d['’])$")


def _alike(draft: Draft, other: Draft) -> bool:
    return draft.kind == other.kind and draft.unit == other.unit


# --- for each of what follows ------------------------------------------------------------------

_EACH_OF = re.compile(
    rf"{SP}(?:à|pour|par){SP}chacune?{SP}(?:des|de{SP}(?:nos|ses|ces|leurs)){SP}"
    rf"(?:[\d{SP[1:-1]}]+|(?:deux|trois|quatre|cinq|six|sept|huit|neuf|dix){SP})?"
    rf"(?:(?:premiers|premières|nouveaux|nouvelles|autres|petits|petites){SP})?(?P<noun>[a-zà-ÿ]{{3,}}[sx])(?!\w)"
)


def _for_each_of(text: str, draft: Draft) -> str | None:
    """« 31 000 euros à chacun des 87 licenciés »."""
    match = _EACH_OF.match(text, draft.end)
    return _singular(match["noun"]) if match else None


# --- of the figure before ---------------------------------------------------------------------


def _against(text: str, other: Draft, draft: Draft) -> str | None:
    """« 6,35 euros le kilo, contre 5,90 », « 1,4 M€ l'écluse, contre 1,05 M€ »."""
    alike = other.kind == draft.kind and other.unit == draft.unit and other.per
    if not alike or draft.start - other.end > _REACH:
        return None
    between = text[other.end : draft.start]
    return other.per if _CONTRE.fullmatch(between) or _ASIDE.fullmatch(between) else None


_CONTRE = re.compile(
    rf"[^.;:!?\n]*?(?:,|{SP}){SP}?(?:contre|sur|soit|au{SP}lieu{SP}d(?:e|es)){SP}(?:environ{SP}|près{SP}de{SP}|les{SP}|plus{SP}de{SP}|quelque{SP})?"
)
#: « 36 € l'an (18 € pour les étudiants) », « 2,31 €/m³ (neuf centimes de plus) »
_ASIDE = re.compile(rf"[^.;:!?\n()\d]{{0,25}}\({SP}?[+−–-]?{SP}?")
Rule = Callable[[Draft, str, str], str | None]
_RULES: tuple[Rule, ...] = (
    _after_adverb,
    _by_piece,
    _worked,
    _to_each,
    _later,
    _labelled,
    _periodic,
    _every,
    _instalment,
    _stated,
    _priced,
)
