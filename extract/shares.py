"""Figures that no plain numeral makes: fractions, « un sur dix », « une trentaine », « doublé »."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache

from recoupe.extract.draft import Draft
from recoupe.extract.numerals import SP, UNITS, find_numerals
from recoupe.extract.phrases import either, vocabulary
from recoupe.extract.units import unit_at

_SMALL = "|".join((*UNITS, "dix", "vingt", "cent", "mille", r"\d{1,4}"))
_PARTITIVE = (
    rf"(?={SP}+(?:de|du|des|d['’]|l['’]|le|la|les|aux?|en|sont|est|a|ont|ne|n['’])\b"
    rf"|{SP}*d['’]|{SP}*[,.;:)(»]|$)"
)


def find_shares(text: str) -> Iterator[Draft]:
    """Fractions, ratios, approximate nouns and multipliers, overlaps possible."""
    yield from _fractions(text)
    yield from _halves(text)
    yield from _one_in(text)
    yield from _approximate(text)
    yield from _demi(text)
    yield from _multiplied(text)
    yield from _times(text)
    yield from _verbs(text)


@cache
def _fraction_pattern() -> re.Pattern[str]:
    names = [
        name for name in vocabulary("quantities")["fractions"] if name not in {"moitié", "demi"}
    ]
    return re.compile(
        rf"(?<![\w-])(?:(?P<article>le|un|du|au)|(?P<number>deux|trois|quatre|cinq|six|sept|huit|neuf|[2-9])){SP}+"
        rf"(?P<name>{either(names)})(?!{SP}+(?:d['’]heures?|temps|de{SP}+finale|monde)\b)(?![\w-])"
        rf"{_PARTITIVE}"
    )


def _fractions(text: str) -> Iterator[Draft]:
    names = vocabulary("quantities")["fractions"]
    for match in _fraction_pattern().finditer(text):
        name = match["name"].lower()
        ordinal = name.endswith("ième")
        if ordinal and match["article"]:
            continue  # « le dixième » is a rank far more often than a share
        count = find_numerals(match["number"])[0].value if match["number"] else Decimal(1)
        start = match.start("number") if match["number"] else match.start("article")
        if match["article"] and match["article"].lower() in {"du", "au"}:
            start = match.start("name")
        yield Draft(
            start=start,
            end=match.end("name"),
            kind="ratio",
            value=_rounded(count * _fraction(names[name])),
            rule="fraction",
        )


def _fraction(written: str) -> Decimal:
    over, _, under = written.partition("/")
    return Decimal(over) / Decimal(under or 1)


def _rounded(value: Decimal) -> Decimal:
    return (
        value if value == value.quantize(Decimal("0.0001")) else value.quantize(Decimal("0.0001"))
    )


_HALF = re.compile(
    rf"(?<![\w-])(?P<span>(?:la|une|(?<=de )cette)?{SP}?(?<![\w])moitié)(?![\w-])(?!{SP}+prix)",
    re.IGNORECASE,
)


def _halves(text: str) -> Iterator[Draft]:
    for match in _HALF.finditer(text):
        surface = match["span"]
        if re.search(
            rf"(?:première|seconde|deuxième|à|chère){SP}+$",
            text[max(0, match.start() - 12) : match.start()],
        ):
            continue
        if not re.match(r"(?i)la|une|cette", surface.strip()) and not re.search(
            rf"(?i)(?:par|pour|de{SP}la|d['’]une){SP}+$",
            text[max(0, match.start() - 8) : match.start()],
        ):
            continue
        yield Draft(
            start=match.start(), end=match.end(), kind="ratio", value=Decimal("0.5"), rule="half"
        )


_ONE_IN = re.compile(
    rf"(?<![\w.,-])(?P<a>{_SMALL})(?P<middle>(?:{SP}+(?!(?:sur|peu|moins|plus|près|environ|à|dans|pour|et|est|ont)\b|d['’]une?\b)[\w'’-]+){{0,3}}?){SP}+sur{SP}+(?P<b>deux|trois|quatre|cinq|six|sept|huit|neuf|dix|vingt|cent|mille|\d{{1,5}})"
    rf"(?![\w-])(?!{SP}?(?:%|€|\d)|[,.]\d|{SP}+(?:ans|mois|jours|semaines|mètres|m|km|kilomètres|millions?|milliards?|euros|heures|hectares)\b)",
    re.IGNORECASE,
)


def _one_in(text: str) -> Iterator[Draft]:
    for match in _ONE_IN.finditer(text):
        over, under = (find_numerals(match[name]) for name in ("a", "b"))
        if not over or not under or under[0].value < over[0].value or under[0].value < 2:  # noqa: PLR2004
            continue
        if not match["middle"] and under[0].value not in {2, 3, 4, 5, 6, 10, 20, 100, 1000}:
            continue
        if re.search(r"(?i)\b(?:points?|contrats?|fois|étages?)\b", match["middle"]):
            continue
        yield Draft(
            start=match.start(),
            end=match.end(),
            kind="ratio",
            value=_rounded(over[0].value / under[0].value),
            rule="one_in",
            object_span=_trimmed(match, "middle"),
        )


def _trimmed(match: re.Match[str], name: str) -> tuple[int, int] | None:
    surface = match[name]
    if not surface.strip():
        return None
    return match.start(name) + len(surface) - len(surface.lstrip()), match.end(name)


@cache
def _approximate_pattern() -> re.Pattern[str]:
    names = [*vocabulary("quantities")["approximate"]]
    return re.compile(
        rf"(?<![\w-])(?P<lead>une|un|la|cette|(?:d['’]|qu['’])une|d['’]un|des|plusieurs|quelques|quelque|les|ces|par|"
        rf"deux|trois|quatre|cinq|six|sept|huit|dix|\d{{1,3}}(?:,\d)?)?{SP}*(?P<demi>demi-)?"
        rf"(?<!\w)(?P<name>{either(names)})(?P<plural>s?)(?![\w-])(?!{SP}+préventive)"
        rf"(?P<partitive>{SP}+d(?:e|u|es)\b|{SP}+d['’])?",
        re.IGNORECASE,
    )


def _approximate(text: str) -> Iterator[Draft]:
    values = vocabulary("quantities")["approximate"]
    for match in _approximate_pattern().finditer(text):
        lead = (match["lead"] or "").lower().replace("’", "'")
        name, singular = match["name"].lower(), not match["plural"]
        if singular and lead.split("'")[-1] not in _ONE and not match["partitive"]:
            continue
        if name == "quarantaine" and not match["partitive"]:
            continue  # en quarantaine
        value = Decimal(values[name]) / (2 if match["demi"] else 1)
        multiple = find_numerals(lead)
        counted = multiple[0].value if multiple and lead.split("'")[-1] not in _ONE else None
        vague = bool(match["plural"]) and counted is None
        draft = Draft(
            start=_approximate_start(match, lead, vague=vague),
            end=match.end("plural"),
            kind="count",
            value=value * (counted or 1),
            precision=value,
            approx="more_than" if vague else "about",
            rule="vague_noun" if vague else "approximate_noun",
            confidence=0.6 if vague else 1.0,
            bare=True,
        )
        yield _with_unit(text, draft)


_ONE = frozenset({"un", "une"})
_SCALE_AFTER = re.compile(rf"{SP}+de{SP}+(?P<scale>milliers|millions|milliards)\b", re.IGNORECASE)
_SCALES = {"milliers": 10**3, "millions": 10**6, "milliards": 10**9}


def _with_unit(text: str, draft: Draft) -> Draft:
    """« une centaine de millions d'euros », « une vingtaine d'années »: scale and unit taken in."""
    if scale := _SCALE_AFTER.match(text, draft.end):
        factor = _SCALES[scale["scale"].lower()]
        draft.end = scale.end("scale")
        draft.scale = Decimal(factor)
        draft.value = draft.value * factor if draft.value is not None else None
        draft.precision = draft.precision * factor if draft.precision is not None else None
    unit = unit_at(text, draft.end, scaled=True)
    if unit is not None and unit.factor == 1:
        draft.kind, draft.unit, draft.end, draft.bare = unit.kind, unit.code, unit.end, False
    return draft


def _approximate_start(match: re.Match[str], lead: str, *, vague: bool) -> int:
    if lead.startswith(("d'", "qu'")):
        return match.start("lead") + lead.index("'") + 1
    if not lead or vague or lead in {"la", "cette", "par", "les", "ces"}:
        return match.start("demi") if match["demi"] else match.start("name")
    return match.start("lead")


_DEMI = re.compile(
    rf"(?<![\w-])(?P<lead>(?:un|une|trois|cinq){SP}+)?demi(?:-|{SP})(?P<noun>million|milliard|heure|journée|siècle|finale)(?!\w)",
    re.IGNORECASE,
)
_DEMI_VALUES = {
    "million": (5 * 10**5, None),
    "milliard": (5 * 10**8, None),
    "siècle": (50, "year"),
    "heure": (30, "minute"),
}


def _demi(text: str) -> Iterator[Draft]:
    """« un demi-million d'euros », « un demi-siècle »."""
    for match in _DEMI.finditer(text):
        value, unit = _DEMI_VALUES.get(match["noun"].lower(), (None, None))
        if value is None:
            continue
        draft = Draft(
            start=match.start(),
            end=match.end(),
            kind="duration" if unit else "number",
            value=Decimal(value),
            precision=Decimal(value),
            scale=Decimal(1) if unit else Decimal(10**6),
            unit=unit,
            bare=unit is None,
            rule="demi",
        )
        yield draft if unit else _with_unit(text, draft)


_MULTIPLIED = re.compile(
    rf"(?<!\w)(?:multipli(?:é|ée|és|ées|er|ent|e|era|ant|ait)|(?P<divided>divis(?:é|ée|és|ées|er|ent|e|era|ant|ait))){SP}+par{SP}+"
    rf"(?P<number>(?:plus{SP}+de{SP}+|près{SP}+de{SP}+|environ{SP}+)?(?:{_SMALL}|\d+)(?:,\d+)?)(?![\w])(?!{SP}*(?:%|€))",
    re.IGNORECASE,
)


def _multiplied(text: str) -> Iterator[Draft]:
    for match in _MULTIPLIED.finditer(text):
        numerals = find_numerals(match["number"])
        if not numerals or numerals[-1].value == 0:
            continue
        number = numerals[-1]
        value = _rounded(1 / number.value) if match["divided"] else number.value
        yield Draft(
            start=match.start("number") + number.start,
            end=match.start("number") + number.end,
            kind="multiplier",
            value=value,
            precision=None if match["divided"] else number.precision,
            rule="multiplied_by",
        )


_TIMES = re.compile(
    rf"(?<![\w-])(?P<number>{_SMALL}|\d+(?:,\d+)?|dix|quinze|trente){SP}+fois{SP}+(?P<more>plus|moins|supérieure?s?|le|la|les|l['’]|inférieure?s?|et{SP}+demie?{SP}+plus|celui|celle|ce)(?!\w)",
    re.IGNORECASE,
)


def _times(text: str) -> Iterator[Draft]:
    for match in _TIMES.finditer(text):
        numerals = find_numerals(match["number"])
        if numerals:
            less = match["more"].lower().startswith(("moins", "inf"))
            value = numerals[0].value + (Decimal("0.5") if "demi" in match["more"] else 0)
            yield Draft(
                start=match.start("number"),
                end=text.index("fois", match.end("number")) + len("fois"),
                kind="multiplier",
                value=_rounded(1 / value) if less and value else value,
                rule="times",
            )


@cache
def _verb_pattern() -> re.Pattern[str]:
    stems = either(vocabulary("quantities")["multipliers"])
    return re.compile(
        rf"(?<![\w-])(?:(?:plus|presque|quasiment){SP}+que{SP}+)?(?P<verb>(?:re)?(?P<stem>{stems})"
        rf"(?:é|ée|és|ées|er|era|eront|ait|aient|ant|ement|ements|e|ent)?)(?![\w-])",
        re.IGNORECASE,
    )


_AUXILIARY = re.compile(
    rf"(?:\b(?:a|ont|avait|avaient|aura|auront|ait|avoir|ayant|été|sera|seront|va|vont|doit|doivent|devrait|devraient|"
    rf"pourrait|pourraient|est|sont|veut|peut|peuvent|pour|de|et|presque|quasiment|plus{SP}que|déjà|ainsi|même|"
    rf"à|pratiquement|se|s['’]est)\b{SP}+)+$",
    re.IGNORECASE,
)


def _verbs(text: str) -> Iterator[Draft]:
    values = vocabulary("quantities")["multipliers"]
    for match in _verb_pattern().finditer(text):
        verb, stem = match["verb"].lower(), match["stem"].lower()
        before = text[max(0, match.start() - 40) : match.start()]
        if not _is_multiplying(verb, stem, before, text[match.end() : match.end() + 12]):
            continue
        yield Draft(
            start=match.start("verb"),
            end=match.end("verb"),
            kind="multiplier",
            value=Decimal(values[stem]),
            rule="multiplying_verb",
        )


def _is_multiplying(verb: str, stem: str, before: str, after: str) -> bool:
    """« a doublé », « le double de » multiply; « un double enjeu », « la doublure » do not."""
    if verb.endswith(("é", "és", "ée", "ées")):
        return bool(_AUXILIARY.search(before)) or bool(re.match(rf"{SP}+en\b|{SP}*[,.;]", after))
    if verb.endswith(("ement", "ements")):
        return bool(re.match(rf"{SP}+d(?:e|u|es)\b|{SP}+d['’]", after))
    if verb in {stem, stem + "e", stem + "es"}:
        return bool(re.search(rf"(?:\b(?:le|du|au){SP}+|(?<!\w)l['’])$", before)) and bool(
            re.match(rf"{SP}+(?:de|du|des|d['’])|{SP}*[,.;)]", after)
        )
    if verb.endswith("ent"):
        return bool(re.match(rf"{SP}+(?:en|par|le|la|leur|d['’]ici)\b|{SP}*[,.;]", after))
    return True
