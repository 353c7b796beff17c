"""Multipliers: « multiplié par trois », « deux fois plus », « a doublé »."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache

from recoupe.extract.figures.draft import Draft
from recoupe.extract.figures.numerals import SP, UNITS, find_numerals
from recoupe.extract.figures.pieces import Pieces
from recoupe.extract.phrases import either, vocabulary

SMALL = "|".join((*UNITS, "dix", "vingt", "cent", "mille", r"\d{1,4}"))


def find_multipliers(pieces: Pieces) -> Iterator[Draft]:
    """Multipliers in no order, overlaps possible."""
    yield from _multiplied(pieces)
    yield from _times(pieces)
    yield from _half_less(pieces)
    yield from _verbs(pieces)


def rounded(value: Decimal) -> Decimal:
    """To four decimals: two thirds are 0.6667."""
    return (
        value if value == value.quantize(Decimal("0.0001")) else value.quantize(Decimal("0.0001"))
    )


_MULTIPLIED = re.compile(
    rf"(?<!\w)(?:multipli(?:é|ée|és|ées|er|ent|e|era|ant|ait)|(?P<divided>divis(?:é|ée|és|ées|er|ent|e|era|ant|ait))){SP}+par{SP}+"
    rf"(?P<number>(?:plus{SP}+de{SP}+|près{SP}+de{SP}+|environ{SP}+)?(?:{SMALL}|\d+)(?:,\d+)?)(?![\w])(?!{SP}*(?:%|€|\d))",
    re.IGNORECASE,
)


def _multiplied(pieces: Pieces) -> Iterator[Draft]:
    for match in pieces.matches(_MULTIPLIED, ("multipli", "divis")):
        numerals = find_numerals(match["number"])
        if not numerals or numerals[-1].value == 0:
            continue
        number = numerals[-1]
        value = rounded(1 / number.value) if match["divided"] else number.value
        yield Draft(
            start=match.start(),
            end=match.start("number") + number.end,
            kind="multiplier",
            value=value,
            precision=None if match["divided"] else number.precision,
            rule="multiplied_by",
        )


#: What a size is compared with: « trois fois le budget », not « deux fois le titre ».
_COMPARED = (
    "(?:prix|budget|montant|taille|superficie|surface|moyenne|salaire|smic|SMIC|pib|PIB|population|tarif|volume|nombre|"
    "capacité|coût|chiffre|niveau|valeur|production|consommation|taux|loyer|revenu|seuil|plafond|poids|objectif|total|hauteur|longueur|"
    "ebitda|Ebitda|EBITDA|excédent|bénéfice|résultat|dette|dose|effectif|effectifs|rythme|débit|vitesse|puissance|norme|limite|"
    "recettes|dépenses|distance|durée|mise|facture|stock|demande|récolte|minimum|maximum|même|quantité|dotation|enveloppe|densité|estimation|normale|prévision|objectif|seuil)"
)
_TIMES = re.compile(
    rf"(?<![\w-])(?!une?{SP}+fois{SP}+(?!et{SP}+demie))(?P<number>{SMALL}|\d+(?:,\d+)?|dix|quinze|trente){SP}+(?P<fois>fois){SP}+(?P<more>(?:et{SP}+demie?{SP}+)?(?:plus|moins)(?!\w)|(?:trop|supérieure?s?|inférieure?s?|celui|celle|ceux|celles|et{SP}+demie?)(?!\w)"
    rf"|(?:le|la|les|l['’]|son|sa|ses|leur){SP}*(?={_COMPARED}))",
    re.IGNORECASE,
)


def _times(pieces: Pieces) -> Iterator[Draft]:
    for match in pieces.matches(_TIMES, (" fois ",)):
        numerals = find_numerals(match["number"])
        if numerals:
            more = match["more"].lower()
            less = more.endswith("moins") or more.startswith("inf")
            value = numerals[0].value + (Decimal("0.5") if "demi" in more else 0)
            own = more.endswith(("plus", "moins", "demi", "demie"))
            yield Draft(
                start=match.start("number"),
                end=match.end() if own else match.end("fois"),
                kind="multiplier",
                value=rounded(1 / value) if less and value else value,
                rule="times",
            )


_HALF_LESS = re.compile(r"(?i)(?<![\w-])moitié[ \u00a0\u202f](?:moins|moindres?)(?!\w)")


def _half_less(pieces: Pieces) -> Iterator[Draft]:
    """« dessinés pour moitié moins », « une aide moitié moindre »."""
    for match in pieces.matches(_HALF_LESS, ("moitié moi",)):
        yield Draft(
            start=match.start(),
            end=match.end(),
            kind="multiplier",
            value=Decimal("0.5"),
            rule="half_less",
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


def _verbs(pieces: Pieces) -> Iterator[Draft]:
    text, values = pieces.text, vocabulary("quantities")["multipliers"]
    for match in pieces.matches(_verb_pattern(), values):
        verb, stem = match["verb"].lower(), match["stem"].lower()
        before = text[max(0, match.start() - 40) : match.start()]
        if not _is_multiplying(verb, stem, before, text[match.end() : match.end() + 12]):
            continue
        article = _THE.search(before) if verb in {stem, stem + "e"} else None
        yield Draft(
            start=match.start("verb") - (len(article.group()) if article else 0),
            end=match.end("verb"),
            kind="multiplier",
            value=Decimal(values[stem]),
            rule="multiplying_verb",
        )


#: « le double » keeps its article, « du double » does not.
_THE = re.compile(rf"(?i)(?<!\w)le{SP}+$")


_AFTER_DOUBLE = re.compile(
    rf"{SP}+(?:(?:de|du|des|en|par|sur|pour|avant|à|sans|si|ensuite|hier|depuis|chez|dans|qu|que|voire|l{SP}an|il|cette|après|environ|dès)(?!\w)|[dls]['’])|{SP}*(?:[,.;:)»]|$)"
)


def _is_multiplying(verb: str, stem: str, before: str, after: str) -> bool:
    """« a doublé », « le double de » multiply; « un double enjeu », « la doublure » do not."""
    if verb.endswith(("é", "és", "ée", "ées")):
        return bool(_AUXILIARY.search(before)) or bool(re.match(rf"{SP}+en\b|{SP}*[,.;]", after))
    if verb.endswith(("ement", "ements")):
        return bool(re.match(rf"{SP}+d(?:e|u|es)\b|{SP}+d['’]", after))
    if verb in {stem, stem + "e", stem + "es"}:
        return bool(re.search(rf"(?i)(?:\b(?:le|du|au){SP}+|(?<!\w)l['’])$", before)) and bool(
            _AFTER_DOUBLE.match(after)
        )
    if verb.endswith(("e", "ent")) and re.search(rf"(?i)\bqui{SP}(?:a|ont)?{SP}?$", before):
        return re.match(rf"{SP}+(?!d['’]ici|en|par|à|de|depuis|dans|sur)\w", after) is None
    if verb.endswith("ent"):
        return bool(re.match(rf"{SP}+(?:en|par|le|la|leur|d['’]ici)\b|{SP}*[,.;]", after))
    return True
