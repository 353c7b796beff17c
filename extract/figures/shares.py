"""Figures that no plain numeral makes: fractions, « un sur dix », « une trentaine », « doublé »."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache

from recoupe.extract.figures.draft import Draft
from recoupe.extract.figures.multipliers import SMALL, find_multipliers, rounded
from recoupe.extract.figures.numerals import SP, find_numerals
from recoupe.extract.figures.pieces import Pieces
from recoupe.extract.figures.units import unit_at
from recoupe.extract.phrases import either, vocabulary

_PARTITIVE = (
    rf"(?={SP}+(?:de|du|des|d['’]|l['’]|le|la|les|aux?|en|sont|est|a|ont|ne|n['’]|avant|après|par|dans|pour|contre|d['’]ici"
    rf"|fin|seulement|environ|et|ou|à|sur|chez|moins|plus|était|étaient|seront|seraient|sera|serait|avait|avaient|devra|devrait"
    rf"|ira|iront|vient|provient|concerne|dépasse|reste|reviendra|va|doit|dispose|travaille|vit|habite|declare|déclare|estime|vote"
    rf"|\w{{3,}}(?:ront|aient|(?<!m)ent))\b"
    rf"|{SP}*d['’]|{SP}*[,.;:)(»\"”\n|]|$)"
)


def find_shares(text: str) -> Iterator[Draft]:
    """Fractions, ratios, approximate nouns and multipliers, overlaps possible."""
    pieces = Pieces(text)
    yield from _fractions(pieces)
    yield from _written_fractions(pieces)
    yield from _halves(pieces)
    yield from _one_in(pieces)
    yield from _approximate(pieces)
    yield from _demi(pieces)
    yield from _quarters_of_an_hour(pieces)
    yield from find_multipliers(pieces)


@cache
def _fraction_names() -> list[str]:
    return [
        name for name in vocabulary("quantities")["fractions"] if name not in {"moitié", "demi"}
    ]


@cache
def _fraction_pattern() -> re.Pattern[str]:
    return re.compile(
        rf"(?<![\w-])(?:(?P<article>le|un(?:{SP}+(?:bon|gros|petit|large))?|du|au)|(?P<number>deux|trois|quatre|cinq|six|sept|huit|neuf|[2-9])){SP}+"
        rf"(?P<name>{either(_fraction_names())})(?!{SP}+(?:d['’]heures?|temps|de{SP}+finale|monde)\b)(?![\w-])",
        re.IGNORECASE,
    )


#: « à peine un tiers composte », « près du quart allant à »: a share, whatever follows
_ABOUT = re.compile(
    rf"(?i)(?<!\w)(?:dont|à{SP}peine|environ|presque|quasiment|au{SP}moins|(?:près|plus|moins){SP}d(?:e|['’])?){SP}?$"
)
_PARTITIVE_AFTER = re.compile(_PARTITIVE)


#: « un cinquième de l'enveloppe », and not « un cinquième avenant » or « le dixième de la liste »
_ORDINAL_SHARE = re.compile(rf"{SP}+(?:de{SP}|des{SP}|du{SP}|d['’])")
#: « tourne au cinquième de sa capacité », « le dixième de mieux »
_OF_ITS = re.compile(rf"{SP}+de{SP}(?:son|sa|ses|leurs?|notre|plus|moins|mieux)(?!\w)")
#: « amputée d'un dixième. », « dont le cinquième date d'avant »
_FALLS_BY = re.compile(rf"(?i)(?<!\w)(?:(?:d['’]|à{SP})un|dont{SP}le){SP}?$")
#: « un tiers étant ouvert aux habitants », « au tiers pleins »
_SHARED_OUT = re.compile(rf"{SP}+(?:étant|pleine?s?|vides?|financée?s?)(?!\w)")


def _is_ordinal_share(text: str, match: re.Match[str], before: str) -> bool:
    article = match["article"].lower()
    if _OF_ITS.match(text, match.end()):
        return True
    if _FALLS_BY.search(before + match["article"]):
        return True
    return article == "un" and _ORDINAL_SHARE.match(text, match.end()) is not None


def _fractions(pieces: Pieces) -> Iterator[Draft]:
    text, names = pieces.text, vocabulary("quantities")["fractions"]
    for match in pieces.matches(_fraction_pattern(), _fraction_names()):
        name = match["name"].lower()
        before = text[max(0, match.start() - 16) : match.start()]
        about = _ABOUT.search(before) or _SHARED_OUT.match(text, match.end())
        several = match["number"] and name in {"tiers", "quarts"}
        if not about and not several and not _PARTITIVE_AFTER.match(text, match.end()):
            continue
        ordinal = name.endswith("ième")
        if (
            ordinal
            and match["article"]
            and not about
            and not _is_ordinal_share(text, match, before)
        ):
            continue  # « le dixième » is a rank far more often than a share
        count = find_numerals(match["number"])[0].value if match["number"] else Decimal(1)
        start = match.start("number") if match["number"] else match.start("article")
        if match["article"] and match["article"].lower() in {"du", "au"}:
            start = match.start("name")
        yield Draft(
            start=start,
            end=match.end("name"),
            kind="ratio",
            value=rounded(count * _fraction(names[name])),
            rule="fraction",
        )


#: « 1/12e du montant », « 1/4 de mois », and not « 3/4 d'heure »
_SIGNS = re.compile(
    rf"(?<![\w,./-])(?:(?P<sign>[½⅓⅔¼¾⅕⅛])|(?P<over>\d{{1,2}})[/⁄](?P<under>\d{{1,2}})"
    rf"(?:i?[èe](?:me)?s?(?!\w)|(?={SP}+(?:des|du|de(?!{SP}+\d))(?!\w)|{SP}+d['’](?!heure))))(?![\d/])"
)
_SIGN_VALUES = {"½": "1/2", "⅓": "1/3", "⅔": "2/3", "¼": "1/4", "¾": "3/4", "⅕": "1/5", "⅛": "1/8"}
_STROKES = (*_SIGN_VALUES, "/", "⁄")


def _written_fractions(pieces: Pieces) -> Iterator[Draft]:
    """« 1/3 des communes », « ¼ de l'empreinte »."""
    for match in pieces.matches(_SIGNS, _STROKES):
        sign = match["sign"]
        over, under = _SIGN_VALUES[sign].split("/") if sign else (match["over"], match["under"])
        if not 0 < int(over) < int(under):
            continue
        yield Draft(
            start=match.start(),
            end=match.end(),
            kind="ratio",
            value=rounded(Decimal(over) / Decimal(under)),
            rule="fraction_sign",
        )


def _fraction(written: str) -> Decimal:
    over, _, under = written.partition("/")
    return Decimal(over) / Decimal(under or 1)


_HALF = re.compile(
    rf"(?<![\w-])(?P<span>(?:la|une(?:{SP}(?:bonne|grosse|petite|large))?|(?<=de )cette)?"
    rf"{SP}?(?<![\w])moitié)(?![\w-])(?!{SP}+prix)",
    re.IGNORECASE,
)


_LESS = re.compile(rf"{SP}(?:moins|moindre)")


def _halves(pieces: Pieces) -> Iterator[Draft]:
    text = pieces.text
    for match in pieces.matches(_HALF, ("moitié",)):
        if _LESS.match(text, match.end()):
            continue
        surface = match["span"]
        whole = "la" in surface.lower().split()  # « égal à la moitié », no « à moitié vide »
        if re.search(
            rf"(?:première|seconde|deuxième|chère{'' if whole else '|à'}){SP}+$",
            text[max(0, match.start() - 12) : match.start()],
        ):
            continue
        if not re.match(r"(?i)la|une|cette", surface.strip()) and not re.search(
            rf"(?i)(?:par|pour|de{SP}la|d['’]une|(?<![\wà-ÿ])de|(?:aidée?s?|payée?s?|financée?s?|remboursée?s?|qu['’])à|qu['’]à){SP}+$",
            text[max(0, match.start() - 16) : match.start()],
        ):
            continue
        yield Draft(
            start=match.start(), end=match.end(), kind="ratio", value=Decimal("0.5"), rule="half"
        )


_DENOMINATORS = frozenset(map(Decimal, (2, 3, 4, 5, 6, 7, 8, 9, 10, 20, 100, 1000)))
#: « deux dossiers sur sept » are a count and its whole; « sept maires sur dix » a ratio.
_ROUND = frozenset(map(Decimal, (2, 3, 4, 5, 10, 20, 100, 1000)))
_TENS = (
    r"(?:vingt|trente|quarante|cinquante|soixante)"
    r"(?:-(?:deux|trois|quatre|cinq|six|sept|huit|neuf|dix))?"
)
#: « une lettre portant sur 85 emplois », « un troupeau construit sur quatre générations »
_UPON = re.compile(
    r"(?i)\b(?:(?:port|ten|vis|cour|all|étal|roul|mis|compt|pes|tabl|repos|donn|régn|ouvr|débouch|veill|pari|s'appuy)ant|(?:constr\w+|bât\w+|étal\w+|répart\w+|fond\w+|assis\w*|bas\w+|établi\w*|échelonn\w+|porte|vue|ouvert\w*|étend\w+|report\w+|prolong\w+|lissé\w*|engag\w+))$"
)
_ONE_IN = re.compile(
    rf"(?<![\w.,-])(?P<a>{SMALL})(?P<middle>(?:{SP}+(?!(?:dont|qui|que|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|voix|sur|seule?s?|peu|moins|plus|près|environ|à|dans|pour|et|est|ont)\b|d['’]une?\b)[\w'’-]+){{0,4}}?){SP}+sur{SP}+(?P<b>{_TENS}|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|quinze|cent|mille|\d{{1,5}})"
    rf"(?![\w-])(?!{SP}?(?:%|€|\d)|[,.]\d|{SP}+(?:ans|mois|jours|semaines|mètres|m|km|kilomètres|millions?|milliards?|euros|heures|hectares)\b)",
    re.IGNORECASE,
)


def _one_in(pieces: Pieces) -> Iterator[Draft]:
    for match in pieces.matches(_ONE_IN, (" sur ",)):
        over, under = (find_numerals(match[name]) for name in ("a", "b"))
        if not over or not under or under[0].value < over[0].value or under[0].value < 2:  # noqa: PLR2004
            continue
        if over[0].value != 1 and under[0].value not in _ROUND:
            continue  # « 562 hommes sur 650 » are a count and its whole
        if not match["middle"].strip() and under[0].value not in _DENOMINATORS:
            continue
        if _UPON.search(match["middle"]):
            continue
        if re.search(r"(?i)\b(?:points?|contrats?|fois|étages?)\b", match["middle"]):
            continue
        if over[0].value != 1 and _is_counted_elsewhere(pieces.text, match):
            continue
        yield Draft(
            start=match.start(),
            end=match.end(),
            kind="ratio",
            value=rounded(over[0].value / under[0].value),
            rule="one_in",
            object_span=_trimmed(match, "middle"),
        )


_PARTICIPLE = re.compile(r"(?i)\b[\wà-ÿ]+(?:é|ée|és|ées|ies|ises|ites|ues)$")


def _is_counted_elsewhere(text: str, match: re.Match[str]) -> bool:
    """« deux haltes sur trois » of « trois haltes nautiques »: a count and its whole, no ratio.

    So are « cinq conventions signées sur six », where the part is qualified.
    """
    middle = match["middle"].split()
    if not middle:
        return False
    if len(middle) > 1 and _PARTICIPLE.search(middle[-1]):
        return True
    whole = (
        rf"(?i)(?<!sur{SP})\b{re.escape(match['b'])}{SP}+(?:[\w'’-]+{SP}+)?{re.escape(middle[0])}"
    )
    return re.search(whole, text) is not None


def _trimmed(match: re.Match[str], name: str) -> tuple[int, int] | None:
    surface = match[name]
    if not surface.strip():
        return None
    return match.start(name) + len(surface) - len(surface.lstrip()), match.end(name)


@cache
def _approximate_pattern() -> re.Pattern[str]:
    names = [*vocabulary("quantities")["approximate"]]
    return re.compile(
        rf"(?<![\w-])(?P<lead>une|un(?:{SP}(?:bon|petit|gros))?|la|cette|(?:d['’]|qu['’])une|d['’]un|des|plusieurs|quelques|quelque|les|ces|par|"
        rf"deux|trois|quatre|cinq|six|sept|huit|dix|\d{{1,3}}(?:{SP}\d{{3}})*(?:,\d)?)?{SP}*(?P<demi>demi-)?"
        rf"(?<!\w)(?P<name>{either(names)})(?P<plural>s?)(?![\w-])(?!{SP}+préventive)"
        rf"(?P<partitive>{SP}+d(?:e|u|es)\b|{SP}+d['’])?",
        re.IGNORECASE,
    )


def _approximate(pieces: Pieces) -> Iterator[Draft]:
    text, values = pieces.text, vocabulary("quantities")["approximate"]
    for match in pieces.matches(_approximate_pattern(), values):
        lead = _SIZE.sub("un", (match["lead"] or "").lower().replace("’", "'"))
        name, singular = match["name"].lower(), not match["plural"]
        if singular and lead.split("'")[-1] not in _ONE and not match["partitive"]:
            continue
        if (
            match["plural"]
            and not lead
            and _IN.search(text[max(0, match.start() - 4) : match.start()])
        ):
            continue  # « (en milliers) », « en milliers d'euros »
        if name == "quarantaine" and not match["partitive"] and lead != "une":
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


_SIZE = re.compile(rf"un{SP}(?:bon|petit|gros)")
_IN = re.compile(rf"(?:(?<!\w)en{SP}|\()$", re.IGNORECASE)
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
    rf"(?<![\w-])(?P<lead>(?:un|une|trois|cinq){SP}+)?demi(?:-|{SP})(?P<noun>[a-zà-ÿ]{{3,10}})(?!\w)",
    re.IGNORECASE,
)
_DEMI_VALUES = {
    "million": (5 * 10**5, None),
    "milliard": (5 * 10**8, None),
    "siècle": (50, "year"),
    "heure": (30, "minute"),
}


def _demi(pieces: Pieces) -> Iterator[Draft]:
    """« un demi-million d'euros », « un demi-siècle »."""
    for match in pieces.matches(_DEMI, ("demi",)):
        value, unit = _DEMI_VALUES.get(match["noun"].lower(), (None, None))
        if value is None:
            yield from _half_unit(pieces.text, match)
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
        yield draft if unit else _with_unit(pieces.text, draft)


_QUARTERS = re.compile(
    rf"(?i)(?<![\w-])(?P<number>un|trois){SP}+quarts?{SP}+d['’]heure(?!\w|{SP}+de{SP}+gloire)"
)


def _quarters_of_an_hour(pieces: Pieces) -> Iterator[Draft]:
    """« à un quart d'heure de marche », « trois quarts d'heure »: 15 and 45 minutes."""
    for match in pieces.matches(_QUARTERS, (" d'heure",)):
        quarters = 1 if match["number"].lower() == "un" else 3
        yield Draft(
            start=match.start(),
            end=match.end(),
            kind="duration",
            value=Decimal(15 * quarters),
            precision=Decimal(15),
            unit="minute",
            rule="quarter_hour",
        )


def _half_unit(text: str, match: re.Match[str]) -> Iterator[Draft]:
    """« un demi-hectare », « une demi-tonne », « une demi-journée »: half of a unit."""
    unit = unit_at(text, match.start("noun"), scaled=True)
    if unit is None or not match["lead"] or unit.kind not in {"measure", "duration"}:
        return
    yield Draft(
        start=match.start(),
        end=unit.end,
        kind=unit.kind,
        value=Decimal("0.5") * unit.factor,
        precision=Decimal("0.5"),
        unit=unit.code,
        rule="demi",
    )
