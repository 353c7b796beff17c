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
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from spacy.language import Language
from spacy.tokens import Doc

from recoupe.extract.annotations import annotations_of, mirror
from recoupe.extract.dates.calendar import Interval
from recoupe.extract.dates.cues import deadline_direction, direction_at
from recoupe.extract.dates.evidence import LOOK_BEHIND, Text, is_time, joins_number
from recoupe.extract.dates.moments import Moment, with_year_of
from recoupe.extract.dates.patterns import patterns
from recoupe.extract.dates.ranges import Found, Placed, listed_day, range_from
from recoupe.extract.dates.readers import read_at
from recoupe.extract.dates.reading import Reading
from recoupe.extract.dates.resolution import Direction, Viewpoint, resolve
from recoupe.extract.dates.words import fold, lowered
from recoupe.records import DateKind, DateMention

_WORD = re.compile(r"\w+")
_LINK = re.compile(
    r",? (?:(?:et|ou|puis|comme)(?: en| le| du| au)?|à) | (?:et|ou|puis) à l'|, (?:le )?| ?[-/] ?"
)
_LONGEST_LINK = 12
#: Units whose year may be said once, after the last of a list.
_LISTED = frozenset({"day", "month", "quarter", "semester", "season"})


def find_dates(text: str, *, published_on: date | None) -> list[DateMention]:
    """The times of ``text`` in its order, read as on the day ``published_on``."""
    plain = fold(text)
    folded = Text(plain, lowered(plain))
    mentions = []
    for found in _share_years(folded, list(_scan(folded))):
        mention = _mention(text, folded, found, published_on)
        if mention is not None:
            mentions.append(mention)
    return mentions


# --- delimiting -----------------------------------------------------------------------------------


def _scan(text: Text) -> Iterator[Found]:
    """Each time in turn; the words of one are not read again."""
    done = 0
    last_end = 0
    for token in _WORD.finditer(text.low):
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
    if reading.need == "length" and not match[0].startswith(("d'ici", "depuis")):
        return "", start
    if kind == "open_unless_day":
        if reading.moment.unit == "day":
            return "", start
        kind = "open"
    if match[0].startswith("ces") and reading.moment.length is None:
        return "", start
    return kind or "this", window_start + match.start()


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
        viewpoint = replace(viewpoint, direction=_direction(folded, found))
    moment = found.moment
    if found.prefix == "open" and moment.length is not None and moment.length > 0:
        moment = replace(moment, length=-moment.length)
    interval = _bounds(moment, found.until, viewpoint)
    if interval is None and (published_on is not None or not moment.is_unmistakable):
        return None
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


def _direction(text: Text, found: Found) -> Direction | None:
    """Which way a time without a year looks: « depuis » back, a deadline ahead, else by tense."""
    if found.prefix == "deadline":
        return deadline_direction(text.low, found.start)
    if found.prefix == "open":
        return "past" if text.low.startswith("depuis", found.start) else None
    return direction_at(text.low, found.start, found.end)


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
    if found.prefix == "deadline":
        return "deadline", None, last
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
        found = find_dates(doc.text, published_on=annotations.published_on)
        annotations.dates.extend(found)
        mirror(doc, "dates", found, label="DATE")
        return doc
