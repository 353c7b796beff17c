"""Find the dates, periods and deadlines of a French text, with their first and last day.

A span covers the words that name the time and those before it that change its meaning: « d'ici »,
« avant », « jusqu'en », « à l'horizon » (a deadline), « depuis », « à partir de » (open), « entre
… et », « fin »; not a plain « en », « le », « au », nor « dernier »'s article.

Without a day of publication, a time that needs one (« jeudi », « le 24 septembre ») gets no days,
and is kept only where it is unmistakably a time: a day with its month, a month, a feast, « l'an
dernier ».
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from spacy.language import Language
from spacy.tokens import Doc

from recoupe.extract.annotations import annotations_of, mirror
from recoupe.extract.dates.calendar import Interval, around, shifted
from recoupe.extract.dates.cues import deadline_direction, direction_at, is_governed_by_future
from recoupe.extract.dates.evidence import (
    LOOK_BEHIND,
    Text,
    idiom_spans,
    is_named_day,
    is_time,
    joins_number,
)
from recoupe.extract.dates.moments import Moment, with_year_of
from recoupe.extract.dates.patterns import patterns
from recoupe.extract.dates.ranges import Found, Placed, listed_day, range_from
from recoupe.extract.dates.readers import openings, read_at
from recoupe.extract.dates.reading import Reading
from recoupe.extract.dates.resolution import Direction, Viewpoint, resolve
from recoupe.extract.dates.words import fold
from recoupe.extract.surface import lower
from recoupe.extract.titles import title_spans
from recoupe.records import DateKind, DateMention, Span

_LINK = re.compile(
    r",? (?:(?:et|ou|puis|comme)(?: en| le| du| au)?|à) | (?:et|ou|puis) à l'|, (?:le )?| ?[-/] ?"
)
_LONGEST_LINK = 12
#: Units whose year may be said once, after the last of a list.
_LISTED = frozenset({"day", "month", "quarter", "semester", "season"})


def find_dates(text: str, *, published_on: date | None) -> list[DateMention]:
    """The times of ``text`` in its order, read as on the day ``published_on``."""
    plain = fold(text)
    folded = Text(plain, lower(plain))
    mentions: list[DateMention] = []
    named = [*title_spans(text), *idiom_spans(folded)]
    times = [found for found in _scan(folded) if not _is_inside(found, named)]
    for found in _share_years(folded, times):
        last = mentions[-1] if mentions else None
        ends = r"[.!?\n]" if found.rule == "anchored" else r"[.!?;\n]"
        near = last and _is_near(plain, last.end, found.start, ends=ends)
        anchor = last if near else None
        mention = _mention(text, folded, _anchored(found, anchor), published_on)
        if mention is not None:
            mentions.append(mention)
    return mentions


def _is_inside(found: Found, named: Sequence[Span]) -> bool:
    return any(start < found.end and found.start < end for start, end in named)


#: How far a time may stand from the year or day that it is counted from.
_ANCHOR_REACH = 120


def _is_near(plain: str, end: int, start: int, *, ends: str) -> bool:
    return start - end <= _ANCHOR_REACH and not re.search(ends, plain[end:start])


def _anchored(found: Found, anchor: DateMention | None) -> Found:
    """« 43 600 trois ans plus tôt », « l'an dernier, … en février »: read from the time before."""
    if found.rule == "anchored":
        return replace(found, moment=_counted_from(found.moment, anchor))
    year = found.moment.year is None and found.moment.number is not None and found.until is None
    if anchor is None or anchor.granularity != "year" or not anchor.date_from or not year:
        return found
    same = anchor.date_to is not None and anchor.date_from[:4] == anchor.date_to[:4]
    if not same or found.moment.unit not in _LISTED or found.moment.shift is not None:
        return found
    return replace(found, moment=replace(found.moment, year=int(anchor.date_from[:4])))


def _counted_from(moment: Moment, anchor: DateMention | None) -> Moment:
    if anchor is None or anchor.date_from is None or moment.shift is None:
        return replace(moment, year=0)  # counted from nothing that is said: no time at all
    day = shifted(date.fromisoformat(anchor.date_from), moment.unit, moment.shift)
    unit = anchor.granularity if anchor.granularity in ("day", "month") else moment.unit
    return replace(moment, shift=None, unit=unit, fixed=around(day, unit))


# --- delimiting -----------------------------------------------------------------------------------


def _scan(text: Text) -> Iterator[Found]:
    """Each time in turn; the words of one are not read again."""
    done = 0
    last_end = 0
    for token in openings().finditer(text.low):
        if token.start() < done:
            continue
        reading = read_at(text.low, token.start(), token[0])
        if reading is None:
            continue
        found = _accept(text, token.start(), reading, floor=done, last_end=last_end)
        if found is not None:
            yield found
            done = last_end = found.end
        elif reading.rule == "day":  # « rue du 8 mai 1945 » holds no « mai 1945 » either
            done = reading.end


def _accept(text: Text, start: int, reading: Reading, *, floor: int, last_end: int) -> Found | None:
    """The reading with the words before it and the range it opens, if it is a time."""
    whole = reading.need == "year" and reading.moment.part is None
    if whole and joins_number(text, start, reading.end):
        return None
    if is_named_day(text, start, reading):
        return None
    ranged = range_from(text, Placed(start, reading), floor=floor)
    if ranged is not None:
        return ranged
    if reading.rule == "day_in_list":
        return listed_day(text, Placed(start, reading))
    kind, prefix_start = _prefix(text, start, reading, floor=floor)
    chained = _is_linked(text, last_end, start)
    if not is_time(text, start, reading, prefix=kind, chained=chained):
        return None
    end = reading.end
    latest = patterns().latest_after.match(text.low, end)
    if latest:
        kind, end = "deadline", latest.end()
    moment = reading.moment
    if kind == "this" and moment.shift is None and moment.length is None and moment.year is None:
        moment = replace(moment, shift=0)
    if kind == "this" and moment.unit == "day" and not moment.weekend:
        kind, prefix_start = "", start
    return Found(start=prefix_start, end=end, moment=moment, prefix=kind, rule=reading.rule)


def _prefix(text: Text, start: int, reading: Reading, *, floor: int) -> tuple[str, int]:
    """The kind of the words before, and where they begin: ``("", start)`` for none."""
    window_start = max(floor, start - LOOK_BEHIND)
    match = patterns().prefix.search(text.low[window_start:start])
    if match is None:
        return "", start
    kind = str(match.lastgroup)
    if reading.need == "length" and not match[0].startswith(("d'ici", "depuis", "avant")):
        return "", start
    opens = window_start + match.start()
    if kind == "before" and _NOT.search(text.low[max(0, opens - _DENIED) : opens]):
        return "", start  # « pas avant 2020 » is in 2020 at the earliest
    if kind == "open_unless_day":
        if reading.moment.unit == "day":
            return "", start
        kind = "open"
    if match[0].startswith("ces") and reading.moment.length is None:
        return "", start
    return kind or "this", window_start + match.start()


#: « n'arrivera pas avant 2020 », « rien avant l'automne »
_NOT = re.compile(r"\b(?:pas|rien|jamais|guère|ni|aucun\w*)\b[^.;:!?\n]{0,20}$")
_DENIED = 40


def _is_linked(text: Text, end: int, start: int) -> bool:
    """Whether nothing but « et », « ou », a comma or a dash stands between two times."""
    if not 0 < end <= start <= end + _LONGEST_LINK:
        return False
    return bool(_LINK.fullmatch(text.low, end, start))


def _share_years(text: Text, found: list[Found]) -> list[Found]:
    """Give « mars » the year of « en mars et avril 2020 »."""
    shared = list(found)
    for index in range(len(found) - 2, -1, -1):
        left, right = shared[index], shared[index + 1]
        if left.moment.unit != right.moment.unit or not _is_linked(text, left.end, right.start):
            continue
        if left.moment.unit in _LISTED and left.moment.number is not None and not left.until:
            shared[index] = replace(left, moment=with_year_of(left.moment, right.moment))
    return shared


# --- the record -----------------------------------------------------------------------------------


def _mention(
    text: str, folded: Text, found: Found, published_on: date | None
) -> DateMention | None:
    viewpoint = Viewpoint(published_on=published_on)
    if found.moment.year is None and published_on is not None:
        viewpoint = replace(
            viewpoint,
            direction=_direction(folded, found),
            sure=is_governed_by_future(folded.low, found.start),
        )
    moment = found.moment
    if found.prefix == "open" and moment.length is not None and moment.length > 0:
        moment = replace(moment, length=-moment.length)
    interval = _bounds(moment, found.until, viewpoint)
    if interval is None and (published_on is not None or not _is_sure(text, found)):
        return None
    if not found.prefix and _DUE.search(
        folded.low[max(0, found.start - LOOK_BEHIND) : found.start]
    ):
        found = replace(found, prefix="deadline")
    kind, first, last = _kind(found, interval)
    return DateMention(
        start=found.start,
        end=found.end,
        text=text[found.start : found.end],
        kind=kind,
        date_from=first.isoformat() if first else None,
        date_to=last.isoformat() if last else None,
        granularity=(found.until or moment).unit,
        rule=found.rule,
    )


#: « depuis plus de six mois »: a length of time, more than a day.
_VAGUE = re.compile(r"(?:plus|moins|près) d")


def _is_sure(text: str, found: Found) -> bool:
    """Whether this is a time beyond doubt though no day says which: « depuis trois ans ».

    « six mois plus tard » than nothing that is said is a length of time.
    """
    if found.rule == "anchored" and (found.moment.shift or 0) > 0:
        return False
    vague = found.moment.length is not None and _VAGUE.search(text, found.start, found.end)
    counted = not vague and found.prefix in {"open", "deadline"} and found.moment.length is not None
    return counted or found.moment.is_unmistakable


def _direction(text: Text, found: Found) -> Direction | None:
    """Which way a time without a year looks: « depuis » back, a deadline ahead, else by tense."""
    if found.prefix in ("deadline", "before", "until"):
        return deadline_direction(text.low, found.start)
    if _FOR.search(text.low[max(0, found.start - 12) : found.start]):
        return deadline_direction(text.low, found.start)
    if found.prefix == "open":
        return "past" if text.low.startswith("depuis", found.start) else None
    return direction_at(text.low, found.start, found.end)


#: « 20 000 plants pour novembre », « prévu pour l'hiver »
_FOR = re.compile(r"\bpour (?:le |la |l')?$")
#: « l'échéance de 2025 », « repoussée à 2029 »
_DUE = re.compile(
    r"\b(?:échéances?|date limite|terme)\b"
    r"(?:,? (?:initiale|initialement|fixée?s?|prévue?s?|était|est))* (?:du |de |d'|en |à |au )"
    r"(?:la |l')?$"
    r"|\b(?:repoussée?s?|reportée?s?|différée?s?) (?:à |au |en )(?:la |l')?$"
)


def _bounds(moment: Moment, until: Moment | None, viewpoint: Viewpoint) -> Interval | None:
    """The days of a moment or a range; a range that says its year once may span New Year."""
    left = resolve(moment, viewpoint)
    if until is None or left is None:
        return left
    right = resolve(until, viewpoint)
    if right is None:
        return None
    if left.first > right.last:
        left = _year_before(left, moment, until)
    return Interval(left.first, right.last) if left and left.first <= right.last else None


def _year_before(left: Interval, moment: Moment, until: Moment) -> Interval | None:
    if moment.number is None or until.number is None or moment.year not in (None, until.year):
        return None
    return resolve(replace(moment, year=left.first.year - 1), Viewpoint(published_on=None))


def _kind(found: Found, interval: Interval | None) -> tuple[DateKind, date | None, date | None]:
    first, last = interval or (None, None)
    if found.prefix in ("deadline", "before"):
        if found.prefix == "before" and interval is not None and found.moment.part != "end":
            last = (interval.last if found.moment.length else interval.first) - timedelta(days=1)
        return "deadline", None, last
    if found.prefix == "until":
        return "period", None, last
    if found.prefix == "open":
        return "period", first, None
    if (
        found.until is not None
        or found.moment.length is not None
        or found.moment.unit != "day"
        or found.moment.weekend
    ):
        return "period", first, last
    return "date", first, last


# --- the component --------------------------------------------------------------------------------


class DatesComponent:
    """The spaCy component that fills ``annotations_of(doc).dates`` and ``doc.spans["dates"]``."""

    def __init__(self, nlp: Language, name: str) -> None:
        self.vocab = nlp.vocab
        self.name = name

    def __call__(self, doc: Doc) -> Doc:
        """Fill the dates of ``doc`` and give it back."""
        annotations = annotations_of(doc)
        found = find_dates(annotations.article.text, published_on=annotations.published_on)
        annotations.dates.extend(found)
        mirror(doc, "dates", found, label="DATE")
        return doc
