"""The regular expressions that delimit French time expressions, built from `dates.toml`.

All of them are matched at one place of a text that `fold` and `lowered` have made plain, and none
looks further than some hundred characters, so that reading a text takes time linear in its length.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from recoupe.extract.dates.words import words

GAP = r"(?: {1,3}|\n(?!\n))"
DAY = r"(?:1 ?er(?!\w)|premier(?!\w)|(?:[12]\d|3[01]|0?[1-9])(?!\d))"
YEAR = r"(?:(?:1\d|20)\d\d|2100)(?![\d]|[.,]\d)"
ROMAN = r"(?:x{0,2}(?:ix|iv|v?i{0,3}))(?:e|è|ème|eme|er)(?!\w)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Patterns:
    """Compiled patterns, one for each shape of expression."""

    iso: re.Pattern[str]
    numeric: re.Pattern[str]
    numeric_short: re.Pattern[str]
    numeric_month: re.Pattern[str]
    day: re.Pattern[str]
    day_list: re.Pattern[str]
    one_day: re.Pattern[str]
    weekday: re.Pattern[str]
    weekday_number: re.Pattern[str]
    month: re.Pattern[str]
    month_short: re.Pattern[str]
    year: re.Pattern[str]
    labelled_year: re.Pattern[str]
    decade: re.Pattern[str]
    century: re.Pattern[str]
    quarter: re.Pattern[str]
    quarter_code: re.Pattern[str]
    season: re.Pattern[str]
    part: re.Pattern[str]
    unit: re.Pattern[str]
    week_of: re.Pattern[str]
    ago: re.Pattern[str]
    within: re.Pattern[str]
    stretch: re.Pattern[str]
    length: re.Pattern[str]
    anchored: re.Pattern[str]
    day_word: re.Pattern[str]
    holiday: re.Pattern[str]
    rentree: re.Pattern[str]
    term: re.Pattern[str]
    event: re.Pattern[str]
    prefix: re.Pattern[str]
    range_before: re.Pattern[str]
    range_link: re.Pattern[str]
    latest_after: re.Pattern[str]
    before_christ: re.Pattern[str]


def alternatives(forms: Iterable[str]) -> str:
    """A group of words, the longest first, whose spaces and hyphens may vary."""
    ordered = sorted(forms, key=lambda form: (-len(form), form))
    return "(?:" + "|".join(re.escape(form).replace(r"\ ", GAP) for form in ordered) + ")"


def _prefixes(forms: Iterable[str]) -> str:
    """Words that stand before a time; « avant l » is followed by an apostrophe, others by a gap."""
    elided = [form for form in forms if form.endswith((" l", " d"))]
    full = [form for form in forms if not form.endswith((" l", " d"))]
    groups = [f"{alternatives(full)}{GAP}"] if full else []
    return "(?:" + "|".join([*groups, f"{alternatives(elided)}'"] if elided else groups) + ")"


@cache
def patterns() -> Patterns:
    """Every pattern, compiled on first use."""
    w = words()
    month, weekday = alternatives(w.months), alternatives(w.weekdays)
    relation, number = alternatives(w.relations), f"(?:{alternatives(w.numbers)}|\\d{{1,3}})"
    unit = alternatives(w.units)
    year_after = (
        f"(?:{GAP}(?:de{GAP}(?:l'an(?:née)?{GAP})?)?(?P<y>{YEAR})"
        f"|{GAP}(?P<tail>{relation})"
        f"|{GAP}de{GAP}l'an(?:née)?{GAP}(?P<ytail>{relation})"
        f"|{GAP}de{GAP}(?P<ythis>cette{GAP}année))?(?!\\w)"
    )
    short = alternatives(w.months_short)
    any_month = f"(?:(?P<m>{month})(?!\\w)|(?P<ms>{short})(?!\\w)\\.?)"
    one_day = f"(?:(?P<wd>{weekday}),?{GAP}(?:le{GAP})?)?(?P<d>{DAY})"
    dated = f"{one_day}(?:{GAP}|-)(?:du{GAP}mois{GAP}de{GAP}|d'|de{GAP})?{any_month}{year_after}"
    stub = f"(?:{weekday}{GAP})?{DAY}"
    joint = f"(?:,{GAP}(?:le{GAP})?| ?- ?|/|{GAP}(?:au|à|et|ou|puis|et{GAP}le|jusqu'au){GAP})"
    digits_year = (
        f"(?P<y>{YEAR})(?: ?[-/] ?(?P<y2>{YEAR})| ?[-/] ?(?P<yy>\\d\\d)(?![\\d]|[-/.,]\\d))?"
    )
    approx = (
        f"(?:(?:environ|près{GAP}de|plus{GAP}de|moins{GAP}de|presque|à{GAP}peine|"
        f"quelque|bientôt|déjà|maintenant){GAP})?"
    )
    named = alternatives(w.presidents)
    sources: dict[str, str] = {
        "iso": (
            r"(?P<y>\d{4})-(?P<m>\d\d)-(?P<d>\d\d)(?:t\d\d:\d\d[\d:.]*(?:z|[+-]\d\d:?\d\d)?)?(?![\w/-])"
        ),
        "numeric": (
            r"(?P<d>\d{1,2})(?P<s>[/.-])(?P<m>\d{1,2})(?P=s)(?P<y>\d{4}|\d\d)(?![\d]|"
            r"[./-]\d)"
        ),
        # « le 8/12 de 14 h à 16 h », and not « le 1/3 des communes »
        "numeric_short": r"(?P<d>\d{1,2})/(?P<m>[01]?\d)"
        r"(?![\w]|[./-]\d| (?:des|du|de(?! \d))\b| d')",
        "numeric_month": rf"(?P<m>0[1-9]|1[0-2])/(?P<y>{YEAR})(?![/-]\d)",
        "day": dated,
        "day_list": (
            f"(?P<stubs>(?:{stub}{joint}){{1,6}})(?={stub}(?:{GAP}|-)(?:{month}|{short})(?!\\w))"
        ),
        "one_day": f"{one_day}(?P<joint>{joint})",
        "weekday": f"(?P<wd>{weekday})(?:{GAP}(?P<tail>{relation}))?(?!\\w)",
        "weekday_number": (
            f"(?P<wd>{weekday}){GAP}(?P<d>{DAY})(?=[.,;:)]|$|{GAP}(?:au|à|et|pour|dans|à|,))"
        ),
        "month": f"(?P<m>{month})(?!\\w){year_after}",
        "month_short": f"(?P<ms>{short})\\.?{GAP}(?P<y>{YEAR})",
        "year": digits_year,
        "labelled_year": (
            f"(?P<label>années?(?:{GAP}(?P<school>scolaire|universitaire))?|"
            f"saisons?|mandat|mandature|"
            f"campagne|programmation|période|session)(?:{GAP}(?:budgétaire|comptable|"
            f"sportive|civile|"
            f"municipale|de{GAP}programmation)s?)?{GAP}{digits_year}"
        ),
        "decade": (
            f"(?:années|décennies?(?:{GAP}(?:de|des{GAP}années))?){GAP}'?(?:(?P<y>(?:1[0-9]|"
            f"20)\\d0)|(?P<n>\\d0)|(?P<w>{alternatives(w.decades)}))(?!\\w|[.,]\\d)"
            f"(?: ?- ?(?P<y2>(?:1[0-9]|20)?\\d0)(?!\\d))?(?!(?: ?, ?| et | ou | à | ?- ?)"
            f"(?:1[0-9]|20)\\d[1-9])"
        ),
        "century": (
            f"(?:(?P<r>{ROMAN})|(?P<w>{alternatives(w.centuries)})|(?P<n>\\d\\d?)(?:e|"
            f"è|ème|eme)(?!\\w))(?:{GAP}?(?:et|au|-|ou){GAP}?(?:du{GAP})?(?P<r2>{ROMAN}"
            f"))?{GAP}(?:siècles?|s\\.)"
        ),
        "quarter": (
            f"(?P<n>{alternatives(w.ordinals)}){GAP}(?P<u>trimestre|semestre)(?!{GAP}"
            f"de{GAP}(?!l'|\\d|cet)){year_after}"
        ),
        "quarter_code": (
            rf"(?:(?P<u>[tsq])(?P<n>[1-4])|(?P<n2>[1-4])(?P<u2>[ts]))(?: ?[-/]? ?(?P<y>{YEAR}"
            rf"))?(?!\w)"
        ),
        "season": (
            f"(?P<s>{alternatives(w.seasons)})(?:{GAP}(?:de{GAP})?(?P<y0>{YEAR})"
            f" ?[-/] ?(?P<y2>{YEAR}|\\d\\d(?!\\d))(?!\\w)|{year_after})"
        ),
        "part": (
            f"(?:tou(?:t|te){GAP})?(?P<p>{alternatives(w.parts)})(?: ?- ?|{GAP}(?:(?:du|"
            f"de|au){GAP}mois{GAP}(?:de{GAP}|d')|de{GAP}l'|"
            f"de{GAP}la{GAP}|de{GAP}cette{GAP}|de{GAP}cet{GAP}|de{GAP}ce{GAP}|du{GAP}"
            f"|des{GAP}|de{GAP}|d'|))"
        ),
        "unit": (
            f"(?P<u>{unit}|week-end|weekend)(?:(?:{GAP}(?P<tail>{relation})(?!\\w))|"
            f"(?P<ci>-ci))?(?!\\w|-là|{GAP}-?là(?!\\w))"
        ),
        "week_of": f"semaine{GAP}(?:du|de){GAP}(?:lundi{GAP})?(?=\\d|1er|premier)",
        "ago": (
            f"(?:il{GAP}y{GAP}a|voilà|voici){GAP}{approx}(?P<n>{number}){GAP}(?P<u>{unit}"
            f")(?!\\w)(?!{GAP}(?:par|d'|de|pour|que){GAP}?)"
        ),
        "within": (
            f"dans{GAP}{approx}(?P<n>{number}){GAP}(?P<u>{unit})(?!\\w)(?!{GAP}(?:d'|"
            f"de|du|des|sur)(?:{GAP}|\\w))"
        ),
        "stretch": (
            f"(?P<n>{number}){GAP}(?P<w>derniers|dernières|prochains|prochaines|années{GAP}"
            f"à{GAP}venir){GAP}?(?P<u>{unit})(?!\\w)"
        ),
        "length": f"(?P<n>{number}){GAP}(?P<u>{unit})(?!\\w)",
        "anchored": (
            f"(?P<n>{number}){GAP}(?P<u>{unit}){GAP}(?P<w>plus{GAP}tôt|auparavant|plus{GAP}tard)(?!\\w)"
        ),
        "day_word": f"(?P<w>{alternatives(w.days)})(?!\\w)",
        "holiday": f"(?P<h>{alternatives([*w.holidays, *w.easter_feasts])}){year_after}",
        "rentree": (
            f"rentrée(?:{GAP}(?:scolaire|universitaire|politique|parlementaire|sociale)"
            f")?(?!{GAP}de{GAP}(?!septembre|\\d|cet))(?:{GAP}de{GAP}septembre)?(?:{GAP}"
            f"(?:de{GAP})?(?P<y0>{YEAR}) ?[-/] ?(?:{YEAR}|\\d\\d(?!\\d))(?!\\w)|{year_after}"
            f")"
        ),
        "term": (
            f"(?:(?P<o>premier|second|deuxième|précédent|dernier|prochain|nouveau){GAP}"
            f")?quinquennat(?:{GAP}(?:de{GAP}|d')?(?:m\\.?{GAP})?(?:\\w{{4,10}}{GAP}"
            f")?(?P<who>{named}))?(?:{GAP}(?P<tail>{relation}|précédent))?(?!\\w)"
        ),
        "event": f"{alternatives(w.events)}(?!\\w)",
        "prefix": (
            f"(?<![\\w-])(?:(?P<deadline>{_prefixes(w.prefixes['deadline'])})"
            f"|(?P<before>{_prefixes(w.prefixes['before'])})|(?P<until>{_prefixes(w.prefixes['until'])})"
            f"|(?P<open>{_prefixes(w.prefixes['open'])}"
            f")"
            f"|(?P<open_unless_day>{_prefixes(w.prefixes['open_unless_day'])})|(?P<this>{_prefixes(w.prefixes['this'])}"
            f"|ces{GAP}))"
            f"(?:mois{GAP}(?:de{GAP}|d'))?(?:{approx})$"
        ),
        "range_before": (
            f"(?<![\\w-])(?:(?P<between>entre)|(?P<silent>exercices|années|saisons)|(?P<from>de|du|des|depuis|d'|à{GAP}partir{GAP}"
            f"d[eu])){GAP}?(?:les?{GAP}|la{GAP}|l'|l'année{GAP})?$"
        ),
        "range_link": (
            f"(?P<and>{GAP}et{GAP}(?:les?{GAP}|la{GAP}|l'(?:année{GAP})?|en{GAP})?)|"
            f"(?P<to>{GAP}(?:jusqu'(?:au|aux|en|à{GAP}la|à{GAP}l'|à)|au|aux|à{GAP}la|"
            f"à{GAP}l'|à)(?:{GAP}|(?<='))(?:l'année{GAP})?)|(?P<dash> ?- ?(?:au{GAP}"
            f")?)"
        ),
        "latest_after": f"{GAP}au{GAP}plus{GAP}tard(?!\\w)",
        "before_christ": f"{GAP}(?:avant|av\\.?){GAP}(?:j\\.? ?-? ?c|notre{GAP}ère|jésus)",
    }
    return Patterns(**{name: re.compile(source) for name, source in sources.items()})
