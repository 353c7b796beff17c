"""From one entry of the notation to one record, with every rule that an annotation must obey.

Each function raises `Refusal` with the reason; `gold` adds file and line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date as calendar_day
from decimal import Decimal, InvalidOperation
from typing import Any, get_args

from recoupe.corpus import codes
from recoupe.corpus.notation import Entry
from recoupe.records import (
    Approx,
    Article,
    Comparison,
    DateKind,
    DateMention,
    Fact,
    Granularity,
    Level,
    OrganisationMention,
    PersonMention,
    ProgrammeMention,
    Quantity,
    QuantityKind,
    Quote,
    Relation,
    Span,
    Status,
    TerritoryMention,
)

#: Why a name that looks like a place has no code; each family is a trap of its own.
WHY_NO_CODE = (
    *("ambiguous", "common", "company", "foreign", "historical", "metonym", "natural", "other"),
    *("person", "river", "unlisted"),
)
TIME_UNITS = ("year", "semester", "quarter", "month", "week", "day", "hour", "minute", "second")
#: When a hard case was published that does not say.
_ANY_DAY = "2024-05-14"
_CURRENCY = re.compile(r"[A-Z]{3}")
_PLAIN = str.maketrans({"\u00a0": " ", "\u202f": " ", "\u2009": " ", "’": "'", "‑": "-"})


class Refusal(Exception):  # noqa: N818  a reason, not an error that leaves this package
    """Why an entry cannot be used."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where an entry stands: the article, and the start and end of its line in the text."""

    article: Article
    line: Span


def plain(text: str) -> str:
    """With plain spaces and apostrophes, character for character, so that offsets stay."""
    return text.translate(_PLAIN)


def span(entry: Entry, place: Place) -> Span:
    """The offsets of an entry's characters."""
    if entry.column is None or entry.spelled is None:
        raise Refusal("no column or no {characters}; run python -m recoupe.corpus.align")
    start = place.line[0] + entry.column - 1
    end = start + len(entry.spelled)
    stands = place.article.text[start:end]
    if not entry.spelled or stands != entry.spelled:
        raise Refusal(
            f"column {entry.column} does not spell {entry.spelled[:60]!r} but {stands[:60]!r}"
        )
    if start >= place.line[1]:
        raise Refusal(f"column {entry.column} is beyond the line")
    return start, end


def one_of(entry: Entry, key: str, choices: Sequence[str]) -> str:
    """A required field with a closed vocabulary."""
    value = entry.fields.get(key)
    if value is None or value not in choices:
        raise Refusal(f"{key}={value}: write one of {', '.join(choices)}")
    return value


def figure(entry: Entry, place: Place) -> tuple[Quantity, Fact]:
    """A figure and what the text says of it; a ratio may be written ``value=2/3``."""
    _only(
        entry,
        *("id", "kind", "value", "low", "high", "unit", "per", "approx", "object", "part_of"),
        *("status", "marker", "legal", "flags", "speaker", "actor"),
    )
    start, end = span(entry, place)
    kind: Any = one_of(entry, "kind", get_args(QuantityKind))
    value, low, high = (_decimal(entry, key) for key in ("value", "low", "high"))
    if (value is None) == (low is None and high is None):
        raise Refusal("a figure has a value, or else low or high or both")
    if low is not None and high is not None and low >= high:
        raise Refusal(f"low={low} is not under high={high}")
    approx: Any = one_of(entry, "approx", get_args(Approx)) if "approx" in entry.fields else None
    counted = _near(entry, "object", place, (start, end))
    identifier = entry.fields.get("id", f"at{start}")
    quantity = Quantity(
        start=start,
        end=end,
        text=place.article.text[start:end],
        id=identifier,
        kind=kind,
        value=value,
        low=low,
        high=high,
        unit=_unit(entry, kind),
        per=entry.fields.get("per"),
        approx=approx,
        object=place.article.text[slice(*counted)] if counted else None,
        object_start=counted[0] if counted else None,
        object_end=counted[1] if counted else None,
        part_of=entry.fields.get("part_of"),
    )
    return quantity, _fact(entry, place, identifier, (start, end))


def _fact(entry: Entry, place: Place, identifier: str, at: Span) -> Fact:
    status: Any = one_of(entry, "status", get_args(Status))
    flags = entry.fields.get("flags", "").split(",") if "flags" in entry.fields else []
    if wrong := set(flags) - {"negated", "conditional", "reported_speech", "superseded"}:
        raise Refusal(f"flags={','.join(sorted(wrong))}: unknown")
    legal = entry.fields.get("legal")
    if legal not in {None, "voted"}:
        raise Refusal(f"legal={legal}: write legal=voted or leave it out")
    return Fact(
        id=identifier,
        quantity=identifier,
        status=status,
        legal="voted" if legal else None,
        negated="negated" in flags,
        conditional="conditional" in flags,
        reported_speech="reported_speech" in flags,
        superseded="superseded" in flags,
        marker=_near(entry, "marker", place, at),
        speaker=_said(entry, "speaker", place),
        actor=_said(entry, "actor", place),
        evidence=place.line,
    )


def date(entry: Entry, place: Place) -> DateMention:
    """A date, period or deadline with its ISO bounds."""
    _only(entry, "kind", "from", "to", "granularity")
    start, end = span(entry, place)
    kind: Any = one_of(entry, "kind", get_args(DateKind))
    granularity: Any = one_of(entry, "granularity", get_args(Granularity))
    first, last = _day(entry, "from"), _day(entry, "to")
    if first is None and last is None:
        raise Refusal("neither from= nor to=")
    if kind == "deadline" and last is None:
        raise Refusal("a deadline has to=")
    if kind == "date" and first is None:
        raise Refusal("a date has from= and to=")
    if first and last and first > last:
        raise Refusal(f"from={first} is after to={last}")
    return DateMention(
        start=start,
        end=end,
        text=place.article.text[start:end],
        kind=kind,
        date_from=first,
        date_to=last,
        granularity=granularity,
    )


def territory(entry: Entry, place: Place) -> TerritoryMention:
    """A place name with its level and code, or with ``why`` it has none."""
    _only(entry, "level", "code", "why", "form")
    start, end = span(entry, place)
    code, why = entry.fields.get("code"), entry.fields.get("why")
    if (code is None) == (why is None):
        raise Refusal("write code= with level=, or why= there is none")
    if entry.fields.get("form", "demonym") != "demonym":
        raise Refusal("form= may only be demonym")
    level: Any = one_of(entry, "level", get_args(Level)) if "level" in entry.fields else None
    system, official = None, None
    if code is not None:
        if (level, code) not in codes.known():
            raise Refusal(
                f"level={level} code={code}: not in the gazetteer; "
                "look it up with python -m recoupe.corpus.codes NAME"
            )
        system, official = codes.known()[level, code]
    elif why not in WHY_NO_CODE:
        raise Refusal(f"why={why}: write one of {', '.join(WHY_NO_CODE)}")
    return TerritoryMention(
        start=start,
        end=end,
        text=place.article.text[start:end],
        level=level,
        code=code,
        code_system=system,
        name=official,
    )


def person(entry: Entry, place: Place) -> PersonMention:
    """A person's name, with the role and organisation as they stand."""
    _only(entry, "name", "role", "organisation")
    start, end = span(entry, place)
    text = place.article.text[start:end]
    return PersonMention(
        start=start,
        end=end,
        text=text,
        name=_said(entry, "name", place) or text,
        role=_said(entry, "role", place),
        organisation=_said(entry, "organisation", place),
    )


def organisation(entry: Entry, place: Place) -> OrganisationMention:
    """An organisation; ``name`` is its fullest form in the text."""
    _only(entry, "name")
    start, end = span(entry, place)
    text = place.article.text[start:end]
    name = _said(entry, "name", place) or text
    return OrganisationMention(start=start, end=end, text=text, name=name)


def programme(entry: Entry, place: Place) -> ProgrammeMention:
    """A public programme, plan or law; ``name`` is its fullest form in the text."""
    _only(entry, "name")
    start, end = span(entry, place)
    text = place.article.text[start:end]
    name = _said(entry, "name", place) or text
    return ProgrammeMention(start=start, end=end, text=text, name=name)


def quote(entry: Entry, place: Place) -> Quote:
    """What somebody is reported to say."""
    _only(entry, "type", "speaker", "cue")
    start, end = span(entry, place)
    return Quote(
        start=start,
        end=end,
        text=place.article.text[start:end],
        direct=one_of(entry, "type", ("direct", "indirect")) == "direct",
        speaker=_said(entry, "speaker", place),
        cue=_said(entry, "cue", place),
    )


def circumstances(text: str, given: Sequence[Entry]) -> Article:
    """A hard case as an article, published on the day that ``given`` says, if it says one."""
    if len(given) > 1:
        raise Refusal("given stands twice; write one line")
    if not given:
        return Article(text=text, published_at=_ANY_DAY)
    (entry,) = given
    _only(entry, "published", "title", "territory")
    return Article(
        text=text,
        published_at=_day(entry, "published") or _ANY_DAY,
        title=entry.fields.get("title"),
        territory=entry.fields.get("territory"),
    )


def comparison(entry: Entry) -> Comparison:
    """Two figures of one text set side by side, by their ``id``."""
    _only(entry, "relation", "left", "right")
    relation: Any = one_of(entry, "relation", get_args(Relation))
    left, right = entry.fields.get("left"), entry.fields.get("right")
    if not left or not right or left == right:
        raise Refusal("write left= and right=, the ids of two figures")
    return Comparison(relation=relation, left=left, right=right, ratio=None, basis="document")


def _only(entry: Entry, *keys: str) -> None:
    if unknown := sorted(set(entry.fields) - set(keys)):
        raise Refusal(f"{', '.join(unknown)}: no such field; there are {', '.join(keys)}")


def _decimal(entry: Entry, key: str) -> Decimal | None:
    written = entry.fields.get(key)
    if written is None:
        return None
    over, _, under = written.partition("/")
    try:
        number = Decimal(over) / Decimal(under) if under else Decimal(written)
    except (InvalidOperation, ZeroDivisionError):
        number = Decimal("NaN")
    if not number.is_finite():
        raise Refusal(f"{key}={written}: write a number such as 1360000000 or 8.5")
    return number


def _unit(entry: Entry, kind: QuantityKind) -> str | None:
    unit = entry.fields.get("unit", kind if kind in {"percent", "point"} else None)
    fits = {
        "amount": bool(unit and _CURRENCY.fullmatch(unit)),
        "percent": unit == "percent",
        "point": unit == "point",
        "duration": unit in TIME_UNITS,
        "measure": unit is not None,
    }.get(kind, unit is None)
    if not fits:
        raise Refusal(f"unit={unit} does not go with kind={kind}")
    return unit


def _day(entry: Entry, key: str) -> str | None:
    written = entry.fields.get(key)
    if written is None:
        return None
    try:
        return calendar_day.fromisoformat(written).isoformat()
    except ValueError:
        raise Refusal(f"{key}={written}: write an ISO day such as 2024-05-14") from None


def _near(entry: Entry, key: str, place: Place, at: Span) -> Span | None:
    """Where a field's words stand: in the figure's line, nearest to it, else nearest before it."""
    words = entry.fields.get(key)
    if words is None:
        return None
    first, last = place.line
    spans = list(_occurrences(plain(place.article.text), plain(words)))
    if not spans:
        raise Refusal(f"{key}={words[:60]!r}: does not stand in the text")
    return min(
        spans,
        key=lambda s: (not first <= s[0] < last, s[0] > last, _distance(s, at)),
    )


def _distance(one: Span, other: Span) -> int:
    return max(one[0] - other[1], other[0] - one[1], 0)


def _occurrences(text: str, words: str) -> Iterator[Span]:
    at = text.find(words)
    while at >= 0:
        yield at, at + len(words)
        at = text.find(words, at + 1)


def _said(entry: Entry, key: str, place: Place) -> str | None:
    """A name or phrase that stands somewhere in the document, its headline or its signature."""
    words = entry.fields.get(key)
    if words is None:
        return None
    article = place.article
    for text in (article.text, article.title, article.standfirst, article.author):
        at = plain(text).find(plain(words)) if text else -1
        if text and at >= 0:
            return text[at : at + len(words)]
    raise Refusal(f"{key}={words[:60]!r}: does not stand in the text or its headline")
