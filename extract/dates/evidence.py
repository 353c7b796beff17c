"""Whether what was read is a time at all, from the words that stand before and after it.

Four digits, « été », « mars » or « jeudi » are often something else: a count, a participle, a
planet, a habit. The words that decide are in `dates.toml`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache

from recoupe.extract.dates.patterns import patterns
from recoupe.extract.dates.reading import Need, Reading
from recoupe.extract.dates.words import words
from recoupe.extract.phrases import either
from recoupe.records import Span

#: How far back the words before a time are looked at.
LOOK_BEHIND = 48
LOOK_AHEAD = 32
SENTENCE_LOOK = 4
#: Digits outside these are a year only after « en », « depuis » or the like.
FIRST_YEAR, FIRST_LABEL, LAST_YEAR = 1700, 1800, 2100
SHORTEST_NOUN = 3
_BEFORE = re.compile(r"(?<![\w°])(?:[\w°]+(?:'|-| |\n(?!\n)){1,2}){1,4}$")
_WORD = re.compile(r"[\w°]+")
_SENTENCE_START = re.compile(r"(?:[\n.!?…:;«»\"“(•*–>|\]-])[ \n]*$")
_LINE_START = re.compile(r"(?:^|\n)[ •*\-–>·]*$")
_NEXT_WORD = re.compile(r"[ \n]?(?=[^\W\d_])([^\W\d_]+)")
_NUMBER_BEFORE = re.compile(r"[-/.,#@_+°€$=&?%]$|[\d°º] $")
_NUMBER_AFTER = re.compile(r" ?\d{3}(?!\d)| [a-z]{2}\d|[-/.][\d\w]|[a-z_@]")
#: « du lundi au vendredi », « lundi : 9 h - 12 h », « vendredi saint ».
_WEEKDAY_HABIT = re.compile(
    r" ?(?:au|à|-|/) ?(?:lun|mar|mer|jeu|ven|sam|dim)[a-z]*di|s\b| ?: ?\d|-| saint| noir"
)

_OTHER_NUMBER = re.compile(r" (?:à|et|ou) \d{3,5}(?!\d)")
_NAME_AFTER = re.compile(r" (?:de |d'|du |des )?[A-ZÉÎ]| arabe| social")


@dataclass(frozen=True, slots=True)
class Text:
    """A text as written but for plain spaces and apostrophes, and the same in lower case."""

    plain: str
    low: str

    def before(self, start: int) -> str:
        """The lower-case characters before ``start``."""
        return self.low[max(0, start - LOOK_BEHIND) : start]

    def after(self, end: int) -> str:
        """The lower-case characters after ``end``."""
        return self.low[end : end + LOOK_AHEAD]

    def opens_sentence(self, start: int) -> bool:
        """Whether a capital at ``start`` is owed to the place and not to a name."""
        window = self.plain[max(0, start - SENTENCE_LOOK) : start]
        return start == 0 or bool(_SENTENCE_START.search(window))


def words_before(text: Text, start: int) -> list[str]:
    """The last one, two, three and four words before ``start``, nearest first.

    They must touch: « en, 2019 » has none. ``"de l'année "`` gives ``année``, ``l'année``,
    ``de l'année``.
    """
    match = _BEFORE.search(text.before(start))
    if match is None:
        return []
    run = match[0].rstrip(" \n'-")
    starts = [m.start() for m in _WORD.finditer(run)]
    return [run[at:].replace("\n", " ") for at in reversed(starts)]


def idiom_spans(text: Text) -> list[Span]:
    """Where a phrase stands in which a month or a season is no time: « poisson d'avril »."""
    return [match.span() for match in _idioms().finditer(text.low)]


@cache
def _idioms() -> re.Pattern[str]:
    phrases = either(words().evidence["idioms"], low=True, space=" ")
    return re.compile(rf"(?<!\w)(?:{phrases})(?!\w)")


#: « 8-Mai », « 11-Novembre-1918 », and « 02.03.04.05.06 »
_DOTTED = re.compile(r"\d[-./]")
_NAMED_DAY = re.compile(r"\d{1,2}(?:er)?-[A-ZÉ][a-zéû]")


def is_named_day(text: Text, start: int, reading: Reading) -> bool:
    """A day with a hyphen and a capital is a street or a school; within dots it is a number."""
    if reading.rule == "day":
        return _NAMED_DAY.match(text.plain, start) is not None
    before = text.plain[max(0, start - 2) : start]
    return reading.rule == "numeric" and _DOTTED.fullmatch(before) is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A reading with what stands around it.

    ``before`` are the words before it, as `words_before` gives them; ``prefix`` their kind
    (``"deadline"``, ``"open"``, ``"this"``… or ``""``); ``chained`` says that a time stands just
    before, joined by « et », « ou », a comma or a dash.
    """

    text: Text
    start: int
    reading: Reading
    before: list[str]
    prefix: str
    chained: bool

    @property
    def end(self) -> int:
        """Where the words of the time end."""
        return self.reading.end

    def follows(self, evidence: str, words_back: int | None = None) -> bool:
        """Whether one of the last words before is in that list of `dates.toml`."""
        return not words().evidence[evidence].isdisjoint(self.before[:words_back])

    @property
    def is_capital(self) -> bool:
        """Whether it bears a capital that the beginning of a sentence does not explain."""
        return self.text.plain[self.start].isupper() and not self.text.opens_sentence(self.start)


def is_time(text: Text, start: int, reading: Reading, *, prefix: str, chained: bool) -> bool:
    """Whether the reading at ``start`` stands for a time; see `Place` for the options."""
    before = words_before(text, start)
    place = Place(
        text=text, start=start, reading=reading, before=before, prefix=prefix, chained=chained
    )
    if patterns().before_christ.match(text.low, reading.end) or _is_street(place):
        return False
    return _CHECKS[reading.need](place)


def _is_street(place: Place) -> bool:
    """« rue du 8 mai 1945 » is a street."""
    if not place.text.low[place.start].isdecimal() or place.before[:1] not in (["du"], ["des"]):
        return False
    noun = place.before[1].split(" ")[0] if len(place.before) > 1 else ""
    return noun in words().evidence["named_after"]


def _is_dated(place: Place) -> bool:
    """A time that its own words prove, but for names that hold one."""
    rule, moment = place.reading.rule, place.reading.moment
    if rule == "day" and moment.year is None and place.before[:1] == ["un"]:
        return False  # « née un 14 juillet »
    if rule == "holiday":
        return not place.follows("holiday_not_after")
    if rule.startswith("part_") and moment.unit == "century" and moment.number is None:
        return False  # « au milieu du siècle »
    if moment.unit == "season":
        return place.before[:1] != ["d"]
    if rule == "month" and place.text.low.startswith("mars", place.start):
        return not (place.is_capital and place.text.plain[place.start + 1].islower())
    return True


# --- years ----------------------------------------------------------------------------------------


def _is_year(place: Place) -> bool:
    text, start, end = place.text, place.start, place.end
    if _counts_something(text, end):
        return False
    if place.reading.moment.part is not None:
        return True
    if _follows_name(text, start) or place.follows("year_not_after", 2):
        return False
    if _BUDGET.search(text.before(start)):
        return False
    if place.follows("year_sure"):
        return True
    return _ends_well(text, end) and (place.chained or _is_plausible_year(place))


#: « loi de finances pour 2025 », « PLF 2024 »: the year is part of the name.
_BUDGET = re.compile(
    r"\b(?:lois? de finances(?: initiale| rectificative)?|lois? de règlement"
    r"|lois? de financement de la sécurité sociale|plf|lfi|lfr|plfr|plfss|lfss"
    r"|budget primitif|budget supplémentaire)(?: pour| de)? $"
)


def _is_plausible_year(place: Place) -> bool:
    year, before = place.reading.moment.year or 0, place.before
    if not before:
        return year >= FIRST_YEAR and _stands_alone(place.text, place.start, place.end)
    if place.follows("year_weak"):
        return year >= FIRST_YEAR
    is_noun = before[0].isalpha() and len(before[0]) >= SHORTEST_NOUN
    return year >= FIRST_LABEL and year % 100 != 0 and is_noun


def joins_number(text: Text, start: int, end: int) -> bool:
    """Whether the digits are part of a longer number, code or address."""
    before = text.low[max(0, start - 2) : start]
    return bool(_NUMBER_BEFORE.search(before) or _NUMBER_AFTER.match(text.low[end : end + 5]))


def _counts_something(text: Text, end: int) -> bool:
    """Whether a unit follows: « 2000 euros »."""
    match = re.match(r" ?([€$%°]|[^\W\d_]+[²³]?)", text.after(end))
    return match is not None and (match[1] in words().evidence["units_after"] or match[1] in "€$%°")


def _follows_name(text: Text, start: int) -> bool:
    """« France 2030 », « RE 2020 »: a capitalised word right before, but not « En »."""
    match = re.search(r"([\w.-]+) $", text.plain[max(0, start - 40) : start])
    if match is None or not match[1][0].isupper():
        return False
    known = words().evidence["year_sure"] | words().evidence["year_weak"]
    if match[1] in {"Le", "La", "L"}:
        return not text.opens_sentence(start - len(match[0]))  # « au café Le 1900 »
    code = match[1].isupper() and len(match[1]) > 1 and not _is_shouted(text, start)
    return match[1].lower() not in known or match[1] == "D" or code


def _is_shouted(text: Text, start: int) -> bool:
    """Whether the words around are all in capitals, as in a heading."""
    return not any(map(str.islower, text.plain[max(0, start - 24) : start + 24]))


def _ends_well(text: Text, end: int) -> bool:
    """Whether what follows can follow a year: an end, a mark, a small word, a capital."""
    other = _OTHER_NUMBER.match(text.low, end)
    if other:  # « de 1900 à 2000 habitants »
        return not _counts_something(text, other.end()) and _ends_well(text, other.end())
    match = _NEXT_WORD.match(text.after(end))
    if match is None:
        return not re.match(r" \d", text.after(end))
    at = end + match.start(1)
    singular = not match[1].endswith(
        ("s", "x", "z")
    )  # what 2019 of are counted stands in the plural
    return text.plain[at].isupper() or singular or match[1] in words().evidence["year_before"]


def _stands_alone(text: Text, start: int, end: int) -> bool:
    """« (2019) », « 2022 : », « , 2021) », or the first word of a line or sentence."""
    left, right = text.plain[max(0, start - 3) : start], text.after(end)
    closes = not right or bool(re.match(r" ?[),;:.\n»\]/-]| (?:et|ou|puis) (?:1\d|20)\d\d", right))
    if left.endswith(("(", "[", "« ", ", ", "; ", "/ ", "- ")):
        return closes
    word = _NEXT_WORD.match(right)
    return text.opens_sentence(start) and (
        closes or (word is not None and word[1] in words().evidence["year_before"])
    )


# --- months, seasons, weekdays, feasts ------------------------------------------------------------


def _is_month(place: Place) -> bool:
    letters = place.text.plain[place.start : place.start + 2]
    if letters[0].isupper() and not letters.isupper():
        return False
    return place.chained or bool(place.prefix) or place.follows("month")


def _is_season(place: Place) -> bool:
    if place.is_capital or _opens_name(place.text, place.end):
        return False
    return bool(place.prefix) or place.follows("season", 2)


def _opens_name(text: Text, end: int) -> bool:
    """« le printemps de Bourges », « le printemps arabe »."""
    return bool(_NAME_AFTER.match(text.plain[end : end + LOOK_AHEAD]))


def _is_day_word(place: Place) -> bool:
    """« demain » but not « les métiers de demain », « été 2021 » but not « ont été 2021 »."""
    if place.reading.rule == "season":
        return place.before[:1] != ["d"] and not place.follows("participle_after", 1)
    if place.text.low.startswith("aujourd", place.start):
        return _happens_today(place)
    if place.before[:1] == ["pas"] and place.text.low.startswith("demain", place.start):
        return False
    return not place.is_capital and place.before[:1] not in (["de"], ["d"])


_DAY_AFTER = re.compile(r",? (?:(?:lun|mar|mercre|jeu|vendre|same)di|dimanche|même|à \d)")
#: « a signé aujourd'hui », « ont été reçus aujourd'hui »
_DONE = re.compile(r"\b(?:a|ont|ai|avons) (?:été )?[\wà-ÿ]+(?:é|ée|és|ées|i|is|u|us|it|is) $")


def _happens_today(place: Place) -> bool:
    """Whether « aujourd'hui » is a day: « signé aujourd'hui », not « aujourd'hui vacants »."""
    if _DAY_AFTER.match(place.text.after(place.end)):
        return True
    return place.follows("today_after", 1) or bool(_DONE.search(place.text.before(place.start)))


def _is_holiday(place: Place) -> bool:
    if place.follows("holiday_not_after") or _opens_name(place.text, place.end):
        return False
    return bool(place.prefix) or place.follows("holiday")


def _is_weekday(place: Place) -> bool:
    if place.is_capital or place.follows("weekday_not_after", 2):
        return False
    following = place.text.plain[place.end : place.end + LOOK_AHEAD]
    if _WEEKDAY_HABIT.match(following.lower()):
        return False
    named = place.text.plain[place.start].isupper() and following[1:2].isupper()
    return not (named and following[0] == " ")  # Mercredi Addams


def _is_flat(place: Place) -> bool:
    """« le T3 » without a year is a flat or a tramway, « au T3 » a quarter."""
    code = place.reading.rule == "quarter_code" and place.reading.moment.year is None
    return code and place.before[:1] in (["le"], ["du"])


_CHECKS: Mapping[Need, Callable[[Place], bool]] = {
    "none": _is_dated,
    "year": _is_year,
    "month": _is_month,
    "season": _is_season,
    "day_word": _is_day_word,
    "holiday": _is_holiday,
    "weekday": _is_weekday,
    "unit": lambda place: place.prefix == "this",
    "length": lambda place: place.prefix in ("deadline", "before", "open"),
    "article": lambda place: place.follows("article", 1) and not _is_flat(place),
}
