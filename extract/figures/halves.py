"""What a figure adds behind its unit: « trois ans et demi », « un poste et demi », « 3 € 50 »."""

from __future__ import annotations

import re
from decimal import Decimal

from recoupe.extract.figures.draft import Draft
from recoupe.extract.figures.numerals import SP, find_numerals
from recoupe.extract.figures.units import Unit

HALF_MORE = re.compile(rf"{SP}+et{SP}+demie?\b")


def give_remainder(text: str, draft: Draft, unit: Unit | None) -> None:
    """« trois ans et demi » is 3.5 years; « 3 € 50 » and « 3 euros et 50 centimes » are 3.50."""
    half = HALF_MORE.match(text, draft.end)
    noun = NOUN_AND_HALF.match(text, draft.end) if unit is None and draft.scale == 1 else None
    if noun and draft.value is not None:
        draft.value, draft.precision = draft.value + Decimal("0.5"), Decimal("0.5")
        draft.end, draft.object_span, draft.kind = noun.end(), noun.span("noun"), "count"
        return
    if unit is None and half and draft.scale == 1 and draft.value is not None:
        draft.value, draft.precision = draft.value + Decimal("0.5"), Decimal("0.5")
        draft.end = half.end()  # « contre 3 et demie »
    if unit is None or draft.value is None:
        return
    if half and draft.kind in {"duration", "measure"} and draft.scale == 1:
        draft.value += unit.factor / 2
        draft.precision, draft.end = unit.factor / 2, half.end()
    clock = _AND_MINUTES.match(text, draft.end) if draft.unit == "hour" else None
    if clock and (minutes := find_numerals(clock["minutes"])):
        draft.value = draft.value * 60 + minutes[0].value
        draft.unit, draft.precision, draft.end = "minute", Decimal(1), clock.end("minutes")
    cents = _CENTS.match(text, draft.end) if draft.kind == "amount" and draft.scale == 1 else None
    if cents and draft.precision == 1 and (said := find_numerals(cents["cents"])):
        draft.value += said[0].value / 100
        draft.precision, draft.end = Decimal("0.01"), cents.end()


#: « à une heure dix de route »
_AND_MINUTES = re.compile(
    rf"{SP}(?P<minutes>\d\d|dix|quinze|vingt|vingt-cinq|trente|trente-cinq|quarante|quarante-cinq|cinquante)(?={SP}de{SP}|{SP}d['’])"
)
#: « un poste et demi », « trois pages et demie »
NOUN_AND_HALF = re.compile(
    rf"{SP}(?P<noun>(?!fois\b|hivers?\b|étés?\b|saisons?\b|jours?\b|siècles?\b|tours?\b|heures?\b|ans?\b|points?\b)[a-zà-ÿœ-]{{3,20}}){SP}et{SP}demie?(?!\w)"
)
_CENTS = re.compile(
    rf"(?:{SP}+et)?{SP}?(?P<cents>\d\d|vingt|trente|quarante|cinquante|soixante)(?:{SP}+(?:centimes?|cts?)\b"
    rf"|(?=[.;:!?)»]?(?:$|\s)|,{SP})(?!{SP}*(?:%|[\d€]))"
    rf"(?!{SP}+(?!(?:l[ae]s?|par|pour|au|à|chez|en|et|de|dans|contre|sur|ou|aux|du|TTC|HT)\b|l['’])\w))"
)
