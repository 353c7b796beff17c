"""The search language: what a reader types becomes a `Query`, whatever it is.

    emploi Bretagne           both words, in any number and gender
    « plan de relance »       these words in this order (or "…", “…”)
    usine OU atelier          either
    -subvention               not this word; also -« … » and -statut:annoncé
    industri*                 words that begin so
    montant:>1M  montant:1M..5M  montant:<=300k€  valeur:>50%  confiance:>0,8
    territoire:Bretagne  territoire:35  territoire:"Pays de la Loire"
    programme:  statut:versé  nature:montant  personne:  organisme:  source:
    type:presse  type:officiel  avant:2024-01  après:2023  depuis:2023-06  date:2023

Nothing typed is an error: a field that does not exist, or a value that cannot be read, is searched
as words. Raw FTS5 syntax never reaches SQLite. The vocabulary is ``query.toml``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from recoupe.db.amounts import Interval, parse_interval
from recoupe.db.stemming import fold, stems, tokens
from recoupe.db.vocabulary import Field, load_vocabulary, spelled

MAX_LENGTH: Final = 1_000
MAX_TERMS: Final = 24

_QUOTED: Final = r"«[^»]*(?:»|$)|\"[^\"]*(?:\"|$)|“[^”]*(?:”|$)"
_PIECE: Final = re.compile(
    rf"(?P<minus>-(?=\S))?(?:(?P<quoted>{_QUOTED})|(?P<field>[^\W\d_]+):"
    r"|(?P<word>\d{1,3}(?:\s\d{3})+(?!\w)|[^\s«\"“]+))"
)
_VALUE: Final = re.compile(rf"\s*(?P<value>{_QUOTED}|[^\s«\"“]+)")
_OR: Final = frozenset({"OU", "OR", "|", "||"})
_ISO: Final = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
_FRENCH: Final = re.compile(r"(?:(\d{1,2})/)?(\d{1,2})/(\d{4})")


@dataclass(frozen=True, slots=True)
class Term:
    """Stems that stand side by side; with ``prefix`` the last is only the beginning of a word."""

    stems: tuple[str, ...]
    prefix: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """What a field must be: ``value`` as the base spells it, or ``interval`` for a number."""

    field: Field
    value: str = ""
    interval: Interval | None = None
    negated: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """What is searched: every group by one of its terms, none of ``excluded``, every filter.

    Filters on one field are alternatives, except numbers and dates, which all hold.
    """

    text: str = ""
    groups: tuple[tuple[Term, ...], ...] = ()
    excluded: tuple[Term, ...] = ()
    filters: tuple[Filter, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether everything matches."""
        return not (self.groups or self.excluded or self.filters)

    def without(self, field: Field) -> Query:
        """The same query with no filter on ``field``, as the counts of that facet need it."""
        return replace(self, filters=tuple(one for one in self.filters if one.field != field))


@dataclass(frozen=True, slots=True)
class _Words:
    """One piece of the query that is words."""

    alternatives: tuple[Term, ...]
    negated: bool
    weak: bool


def parse_query(text: str) -> Query:
    """Read what was typed; never raises. Beyond 1,000 characters or 24 terms the rest is left."""
    groups: list[tuple[Term, ...]] = []
    weak: list[tuple[Term, ...]] = []
    excluded: list[Term] = []
    filters: list[Filter] = []
    joined = after_word = False
    for piece in _pieces(text[:MAX_LENGTH]):
        if piece is None:
            joined = after_word
            continue
        after_word = False
        if isinstance(piece, Filter):
            filters.append(piece)
        elif piece.negated:
            excluded.extend(piece.alternatives)
        elif joined:
            groups[-1] += piece.alternatives
            after_word = True
        elif piece.weak:
            weak.append(piece.alternatives)
        else:
            groups.append(piece.alternatives)
            after_word = True
        joined = False
    return Query(
        text=text,
        groups=tuple((groups or weak)[:MAX_TERMS]),
        excluded=tuple(excluded[:MAX_TERMS]),
        filters=tuple(filters[:MAX_TERMS]),
    )


def to_fts(query: Query) -> str | None:
    """The words wanted as an FTS5 expression over stems, ``None`` where none is wanted."""
    return " AND ".join(f"({_any_of(group)})" for group in query.groups) or None


def excluded_to_fts(query: Query) -> str | None:
    """The words not wanted as an FTS5 expression, any of which shuts a sentence out."""
    return _any_of(query.excluded) or None


def as_typed(field: Field, value: str) -> str:
    """How a reader would type a filter, for the links of the facets: ``statut:paid``."""
    name = next(name for name, known in load_vocabulary().fields.items() if known == field)
    bare = " ".join(re.sub(r'["«»“”]', " ", value).split())
    return f'{name}:"{bare}"' if " " in bare else f"{name}:{bare}"


def _any_of(terms: tuple[Term, ...]) -> str:
    # Stems hold letters and digits only, so that a quote cannot be closed by what was typed.
    return " OR ".join(f'"{" ".join(term.stems)}"{"*" * term.prefix}' for term in terms)


def _pieces(text: str) -> Iterator[_Words | Filter | None]:
    """The words and filters of a query in their order; ``None`` stands for OU."""
    position = 0
    while match := _PIECE.search(text, position):
        position = match.end()
        if match["word"] in _OR:
            yield None
            continue
        negated = match["minus"] is not None
        found = _filter(match["field"], text, position) if match["field"] else None
        if found:
            position = found[1]
            yield replace(found[0], negated=negated)
        else:
            words = _words(match, negated=negated)
            if words.alternatives:
                yield words


def _words(match: re.Match[str], *, negated: bool) -> _Words:
    if match["quoted"]:
        found = tuple(stems(_inside(match["quoted"])).split())
        return _Words((Term(found),) if found else (), negated, weak=False)
    word = match["word"] or match["field"]
    found = tuple(stems(word).split())
    if not found:
        return _Words((), negated, weak=False)
    whole = Term(found)
    if not word.endswith("*"):
        stopword = len(found) == 1 and found[0] in load_vocabulary().stopwords
        return _Words((whole,), negated, weak=stopword)
    # « nationales* » begins no stem: the word itself is looked for beside its beginning.
    last = list(tokens(word))[-1]
    beginning = Term((*found[:-1], fold(word[last.start : last.end]) or last.stem), prefix=True)
    return _Words((beginning, whole), negated, weak=False)


def _filter(name: str, text: str, position: int) -> tuple[Filter, int] | None:
    """The filter whose value stands at ``position`` and where it ends."""
    field = load_vocabulary().fields.get(fold(name))
    if field in {"amount", "value", "confidence"}:
        read = parse_interval(text, position)
        return (Filter(field=field, interval=read[0]), read[1]) if read else None
    match = _VALUE.match(text, position)
    if field is None or match is None:
        return None
    value = _value(field, _inside(match["value"]).strip())
    return (Filter(field=field, value=value), match.end()) if value else None


def _value(field: Field, typed: str) -> str | None:
    """A value as the base spells it, ``None`` where it means nothing."""
    vocabulary = load_vocabulary()
    if field == "status":
        return spelled(vocabulary.statuses, typed)
    if field == "kind":
        return spelled(vocabulary.kinds, typed)
    if field == "type":
        return spelled(vocabulary.types, typed)
    if field in {"before", "after", "since", "date"}:
        return _day(typed)
    return typed if fold(typed) else None


def _day(typed: str) -> str | None:
    """A year, a month or a day in ISO 8601: ``"05/01/2024"`` → ``"2024-01-05"``."""
    if match := _FRENCH.fullmatch(typed):
        day, month, year = match.groups()
    elif match := _ISO.fullmatch(typed):
        year, month, day = match.groups()
    else:
        return None
    if not 1 <= int(month or 1) <= 12 or not 1 <= int(day or 1) <= 31:  # noqa: PLR2004
        return None
    return "-".join(part.zfill(2) for part in (year, month, day) if part)


def _inside(quoted: str) -> str:
    """What stands between quotation marks, which may lack the second."""
    return quoted.strip('«»"“”') if quoted[:1] in '«"“' else quoted
