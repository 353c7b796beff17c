"""What a text as a whole says of where it is: its demonyms, its title, its surest names."""

from __future__ import annotations

import re
from collections.abc import Sequence

from recoupe.extract.places.gazetteer import Gazetteer, Place, fold
from recoupe.extract.places.scan import Page
from recoupe.extract.places.scores import Context, Reading, identity
from recoupe.records import Level

NO_DATE = "9998"  # a text without a date is read as one of today
_SURE = 0.6  # margin above which a name's reading may sway the others
_KNOWN = 5_000  # inhabitants under which a commune alone does not place a text


def first_context(page: Page, *, title: str | None, source: str | None) -> Context:
    """The context before any name is read: demonyms, the title, where the source writes from."""
    gazetteer = page.gazetteer
    context = Context(
        day=page.on.isoformat() if page.on else NO_DATE,
        source=source,
        programme="erritoires d" in page.text or "erritoire d" in page.text,
    )
    demonyms = gazetteer.demonyms()
    written = [token.key for token in page.tokens if not token.capital]
    for key in [*written, *fold(title or "").split()]:
        if key in demonyms:
            _add(context, *demonyms[key])
    for word in re.findall(r"[^\W\d_][\w’'-]+", title or ""):
        _add_titled(context, word, gazetteer)
    return context


def _add(context: Context, level: Level, code: str) -> None:
    if level == "departement":
        context.departements[code] = context.departements.get(code, 0.0) + 0.5
    elif level == "region":
        context.regions[code] = context.regions.get(code, 0.0) + 0.5
    else:
        parent = code[:3] if code.startswith("97") else code[:2]
        context.departements[parent] = context.departements.get(parent, 0.0) + 0.3


def enriched(context: Context, readings: Sequence[Reading]) -> Context:
    """The context with what the surely read names point to."""
    richer = Context(
        day=context.day,
        source=context.source,
        programme=context.programme,
        departements=dict(context.departements),
        regions=dict(context.regions),
        countries=dict(context.countries),
    )
    seen: set[object] = set()
    for reading in readings:
        if not reading.accepted or reading.margin < _SURE:
            continue
        place, at = reading.pairs[0][0], reading.at
        if at.inside or at.cues.body or (at.cues.title and place.level == "commune"):
            richer.senses.setdefault(at.key, identity(place))
        if identity(place) not in seen:
            seen.add(identity(place))
            _count(richer, place, key=at.key, sure=bool(at.inside))
    return richer


def _count(context: Context, place: Place, *, key: str, sure: bool) -> None:
    if place.country and place.country != "FR":
        weight = 1.0 if place.level == "country" else 0.5
        context.countries[place.country] = context.countries.get(place.country, 0.0) + weight
        return
    weight = 2.0 if place.level == "departement" or sure else 1.0
    if place.departement and (place.population > _KNOWN or sure):
        known = context.departements.get(place.departement, 0.0)
        context.departements[place.departement] = known + weight
        context.own[key, place.departement] = weight
    if place.region:
        weight = 2.0 if place.level == "region" else 0.3
        context.regions[place.region] = context.regions.get(place.region, 0.0) + weight


def _add_titled(context: Context, word: str, gazetteer: Gazetteer) -> None:
    for place in gazetteer.named(fold(word)):
        if place.level == "departement" and place.departement and word[0].isupper():
            context.departements[place.departement] = 1.0
