"""Under which names a territory is written: what the builder of the gazetteer derives by rule.

Pure functions over the facts of INSEE and of the EPCI register; nothing here reads a file.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta

from recoupe.extract.places.gazetteer import fold

#: A commune under one code and one name, with the days it began and ended to be so.
State = tuple[str, str]
Interval = tuple[str | None, str | None]

_LEGAL_FORM = re.compile(
    r"^(?:CC|CA|CU|Métropole|Communauté d'agglomération|Communauté de communes)\s+", re.IGNORECASE
)
_LINK = re.compile(r"^(?:de la |de l'|d'|du |des |de )", re.IGNORECASE)
_PARENTHESES = re.compile(r"\s*\(([^)]*)\)\s*")
_QUOTED = re.compile(r"''([^']+)''|\"([^\"]+)\"")
_GENERIC = re.compile(
    r"\s*[-–]?\s*(?:L'Agglo|Agglomération|Agglo|Communauté|Métropole)$", re.IGNORECASE
)
_ARTICLE = re.compile(r"^(?:Le|La|Les) (?=.)|^L'(?=.)")
_LONG_FORMS = {
    "CC": "Communauté de communes",
    "CA": "Communauté d'agglomération",
    "CU": "Communauté urbaine",
}
_CODE_ONLY = {"41", "50"}  # INSEE: change of département or of chef-lieu, the name stays


def epci_forms(name: str) -> Iterator[tuple[str, bool]]:
    """The forms of an EPCI's registered name; the flag says that a word of level must precede.

    ``"CA de la Presqu'île de Guérande Atlantique (Cap Atlantique)"`` gives the long name and
    « Cap Atlantique »; ``"CA Dinan Agglomération"`` gives « Dinan Agglo » and, after a word of
    level only, « Dinan ».
    """
    for part in _parts(name):
        bare = _LEGAL_FORM.sub("", part).strip()
        base = _LINK.sub("", bare)
        linked = base != bare
        yield base, linked and " " not in base and "-" not in base
        generic = _GENERIC.search(base)
        if generic:
            short = base[: generic.start()].strip()
            if short:
                yield short, not _is_compound(short)
                if "agglo" in generic.group().lower():
                    yield f"{short} Agglo", False
                    yield f"{short} Agglomération", False


def _parts(name: str) -> Iterator[str]:
    inside = _PARENTHESES.search(name)
    if inside:
        yield inside.group(1)
    rest = _PARENTHESES.sub(" ", name).strip()
    quoted = _QUOTED.search(rest)
    if quoted:
        yield quoted.group(1) or quoted.group(2)
        rest = _QUOTED.sub(lambda match: match.group(1) or match.group(2), rest)
    yield re.sub(r"\s+", " ", rest)


def _is_compound(name: str) -> bool:
    return len(name.split()) > 1 and not _ARTICLE.match(name)


def epci_name(registered: str) -> str:
    """The name to show: ``"CC du Pays Rhénan"`` → « Communauté de communes du Pays Rhénan ».

    A name that stands by itself loses its legal form: ``"CA Lamballe Terre et Mer"`` → « Lamballe
    Terre et Mer ».
    """
    short = registered[:2]
    rest = re.sub(r"\s+", " ", registered[2:]).strip()
    if registered[2:3] != " " or short not in _LONG_FORMS:
        return registered
    return f"{_LONG_FORMS[short]} {rest}" if _LINK.match(rest) else rest


def without_article(name: str) -> str | None:
    """``"Le Havre"`` → ``"Havre"``, as it stands in « au Havre »; ``None`` without an article."""
    match = _ARTICLE.match(name)
    return name[match.end() :] if match else None


def demonym_forms(demonym: str) -> Iterator[str]:
    """Masculine, feminine, singular and plural of a demonym, folded."""
    key = fold(demonym)
    yield key
    if key[-1] in "sx":
        yield f"{key}e"
        yield f"{key}es"
        return
    if key.endswith("eau"):
        yield from (f"{key}x", f"{key[:-3]}elle", f"{key[:-3]}elles")
        return
    yield f"{key}s"
    if key.endswith(("ien", "on")):
        yield from (f"{key}ne", f"{key}nes")
    elif not key.endswith("e"):
        yield from (f"{key}e", f"{key}es")


def commune_history(changes: Iterable[Mapping[str, str]]) -> dict[State, Interval]:
    """When each (code, name) of a commune began and ended, from INSEE's list of changes.

    A name that ends and begins again (a merger undone) spans both. Rows that change nothing but
    the code end the old pair and begin the new one.
    """
    born: dict[State, str] = {}
    ended: dict[State, str] = {}
    for day, (before, after) in sorted(_by_day(changes).items()):
        for state in before - after:
            ended[state] = day
        for state in after - before:
            born.setdefault(state, day)
            ended.pop(state, None)
    states = set(born) | set(ended)
    return {state: (born.get(state), _eve(ended.get(state))) for state in sorted(states)}


def _by_day(changes: Iterable[Mapping[str, str]]) -> dict[str, tuple[set[State], set[State]]]:
    days: dict[str, tuple[set[State], set[State]]] = defaultdict(lambda: (set(), set()))
    for row in changes:
        before, after = days[row["date"]]
        if row["code_before"]:
            before.add((row["code_before"], row["name_before"]))
        if row["code_after"]:
            after.add((row["code_after"], row["name_after"]))
    return days


def superseded_codes(changes: Iterable[Mapping[str, str]]) -> set[State]:
    """The pairs that ended by a change of code alone before 1980: nobody writes of them."""
    return {
        (row["code_before"], row["name_before"])
        for row in changes
        if row["change_code"] in _CODE_ONLY and row["date"] < "1980"
    }


def day_after(day: str | None) -> str | None:
    """The day after an ISO day."""
    return (date.fromisoformat(day) + timedelta(days=1)).isoformat() if day else None


def _eve(day: str | None) -> str | None:
    """The day before an ISO day: what ends on 2019-01-01 was last valid on 2018-12-31."""
    if day is None:
        return None
    return (date.fromisoformat(day) - timedelta(days=1)).isoformat()
