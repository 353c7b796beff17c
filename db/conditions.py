"""From the filters of a `Query` to the conditions of a WHERE clause, every value bound."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from recoupe.db.names import region_named
from recoupe.db.query import Filter, Query, excluded_to_fts, to_fts
from recoupe.db.stemming import fold_name
from recoupe.db.tables import Value
from recoupe.db.vocabulary import Field

#: Filters of these fields all hold; several on another field are alternatives.
_CUMULATIVE: Final = frozenset({"amount", "value", "confidence", "before", "after", "since"})
#: Beyond every digit and hyphen: "2023" || "~" comes after each day of 2023.
_AFTER_ALL: Final = "~"
_LEVEL_AND_CODE: Final = re.compile(r"([a-z_]+)/(\w+)")


@dataclass(slots=True)
class Parameters:
    """The values bound to a statement, named in the order in which they are added."""

    values: dict[str, Value] = field(default_factory=dict)

    def add(self, value: Value) -> str:
        """Bind a value and return the placeholder that stands for it."""
        name = f"p{len(self.values)}"
        self.values[name] = value
        return f":{name}"


def fact_conditions(query: Query, parameters: Parameters) -> str:
    """What a row of ``facts`` must satisfy: to be current, to hold the words and the filters."""
    conditions = ["facts.is_current = 1"]
    conditions += _word_conditions(query, "facts.sentence_id", parameters)
    conditions += _filter_conditions(query.filters, _ON_FACT, parameters)
    return " AND ".join(conditions)


def sentence_conditions(query: Query, parameters: Parameters) -> str:
    """What a row of ``sentences`` joined to ``documents`` must satisfy.

    Filters on figures must all hold of one figure of the sentence; a name may also stand in it
    without a figure.
    """
    of_sentence = [one for one in query.filters if one.field in _ON_SENTENCE]
    of_fact = [one for one in query.filters if one.field not in _ON_SENTENCE]
    conditions = _word_conditions(query, "sentences.id", parameters)
    conditions += _filter_conditions(of_sentence, _ON_SENTENCE, parameters)
    if of_fact:
        inside = " AND ".join(_filter_conditions(of_fact, _ON_FACT, parameters))
        conditions.append(
            "sentences.id IN (SELECT facts.sentence_id FROM facts "
            f"WHERE facts.is_current = 1 AND {inside})"
        )
    return " AND ".join(conditions) or "1"


def _word_conditions(query: Query, column: str, parameters: Parameters) -> list[str]:
    found = "(SELECT rowid FROM sentences_fts WHERE sentences_fts MATCH {})"
    conditions = []
    if wanted := to_fts(query):
        conditions.append(f"{column} IN {found.format(parameters.add(wanted))}")
    if unwanted := excluded_to_fts(query):
        # A figure outside every sentence holds no unwanted word.
        excluded = found.format(parameters.add(unwanted))
        conditions.append(f"({column} IS NULL OR {column} NOT IN {excluded})")
    return conditions


def _filter_conditions(
    filters: Sequence[Filter], builders: Mapping[Field, Builder], parameters: Parameters
) -> list[str]:
    conditions: list[str] = []
    alternatives: dict[Field, list[str]] = {}
    for one in filters:
        condition = builders[one.field](one, parameters)
        if one.negated:
            conditions.append(f"NOT coalesce(({condition}), 0)")
        elif one.field in _CUMULATIVE:
            conditions.append(f"({condition})")
        else:
            alternatives.setdefault(one.field, []).append(f"({condition})")
    return conditions + [f"({' OR '.join(group)})" for group in alternatives.values()]


Builder = Callable[[Filter, Parameters], str]


def _amount(one: Filter, parameters: Parameters) -> str:
    return f"facts.kind = 'amount' AND {_value(one, parameters)}"


def _value(one: Filter, parameters: Parameters) -> str:
    conditions = [_within("facts.value_sort", one, parameters)]
    if one.interval and one.interval.unit:
        conditions.append(f"facts.unit = {parameters.add(one.interval.unit)}")
    return " AND ".join(conditions)


def _confidence(one: Filter, parameters: Parameters) -> str:
    return _within("facts.confidence", one, parameters)


def _within(column: str, one: Filter, parameters: Parameters) -> str:
    """A number between bounds; a bound is compared as the REAL that the column holds."""
    interval = one.interval
    conditions = []
    if interval and interval.low is not None:
        sign = ">" if interval.low_open else ">="
        conditions.append(f"{column} {sign} {parameters.add(float(interval.low))}")
    if interval and interval.high is not None:
        sign = "<" if interval.high_open else "<="
        conditions.append(f"{column} {sign} {parameters.add(float(interval.high))}")
    return " AND ".join(conditions) or "0"


def _territory(one: Filter, parameters: Parameters) -> str:
    return f"facts.territory_id IN ({_territory_ids(one, parameters)})"


def _programme(one: Filter, parameters: Parameters) -> str:
    return f"facts.programme_id IN ({_ids_holding('programmes', one, parameters)})"


def _person(one: Filter, parameters: Parameters) -> str:
    """Who says the figure, or who is named in its sentence."""
    named = _sentences_naming("person", _ids_holding("people", one, parameters))
    return _said_or_named(("speaker",), _names_holding("people", one, parameters), named)


def _organisation(one: Filter, parameters: Parameters) -> str:
    """Who pays or sets the figure, who says it, or who is named in its sentence."""
    names = _names_holding("organisations", one, parameters)
    named = _sentences_naming("organisation", _ids_holding("organisations", one, parameters))
    return _said_or_named(("actor", "speaker"), names, named)


def _said_or_named(columns: Sequence[str], names: str, named: str) -> str:
    """One search by index for each way in; OR would read every figure of the base."""
    parts = [f"SELECT id FROM facts WHERE {column} IN ({names})" for column in columns]
    parts.append(f"SELECT id FROM facts WHERE sentence_id IN ({named})")
    return f"facts.id IN ({' UNION '.join(parts)})"


def _on_sentence(mention: str, ids: Builder, on_fact: Builder) -> Builder:
    """A name that stands in the sentence, or that a figure of the sentence is linked to."""

    def build(one: Filter, parameters: Parameters) -> str:
        return (
            f"sentences.id IN ({_sentences_naming(mention, ids(one, parameters))}) "
            "OR sentences.id IN (SELECT facts.sentence_id FROM facts "
            f"WHERE facts.is_current = 1 AND ({on_fact(one, parameters)}))"
        )

    return build


def _sentences_naming(mention: str, ids: str) -> str:
    """The sentences in which one of the names stands."""
    return (
        f"SELECT s.id FROM {mention}_mentions AS m JOIN sentences AS s "
        "ON s.version_id = m.version_id AND s.start_char <= m.start_char "
        f"AND m.start_char < s.end_char WHERE m.{mention}_id IN ({ids})"
    )


def _territory_ids(one: Filter, parameters: Parameters) -> str:
    """A territory by name, by code, or by ``level/code``, with the communes that lie in it."""
    if match := _LEVEL_AND_CODE.fullmatch(one.value):
        level, code = (parameters.add(part) for part in match.groups())
        named = f"level = {level} AND code = {code}"
    else:
        name, code = parameters.add(fold_name(one.value)), parameters.add(one.value.upper())
        # « 53 » is the Mayenne; the région Bretagne, whose code is 53 too, is « region/53 ».
        named = f"folded = {name} OR (code = {code} AND level != 'region')"
    inside = "SELECT id FROM territories WHERE {0} IN (SELECT code FROM territories {1})"
    departements = inside.format("departement", f"WHERE level = 'departement' AND ({named})")
    regions = inside.format("region", f"WHERE level = 'region' AND ({named})")
    parts = [f"SELECT id FROM territories WHERE {named}", departements, regions]
    if region := region_named(one.value):
        # No text need name the région itself for its communes to lie in it.
        parts.append(f"SELECT id FROM territories WHERE region = {parameters.add(region)}")
    return " UNION ".join(parts)


def _ids_of(table: str) -> Builder:
    def build(one: Filter, parameters: Parameters) -> str:
        return _ids_holding(table, one, parameters)

    return build


def _ids_holding(table: str, one: Filter, parameters: Parameters) -> str:
    return f"SELECT id FROM {table} WHERE {_holding(table, one.value, parameters)}"


def _names_holding(table: str, one: Filter, parameters: Parameters) -> str:
    """The names of the base that hold what was typed, and what was typed itself."""
    holding = _holding(table, one.value, parameters)
    return f"SELECT name FROM {table} WHERE {holding} UNION SELECT {parameters.add(one.value)}"


def _holding(table: str, typed: str, parameters: Parameters) -> str:
    """A name that holds all the words typed side by side: « gourault » in Jacqueline Gourault.

    Folded names hold no sign that LIKE would read.
    """
    return f"' ' || {table}.folded || ' ' LIKE {parameters.add(f'% {fold_name(typed)} %')}"


def _status(one: Filter, parameters: Parameters) -> str:
    return f"facts.status = {parameters.add(one.value)}"


def _kind(one: Filter, parameters: Parameters) -> str:
    return f"facts.kind = {parameters.add(one.value)}"


def _of_document(condition: Builder) -> Builder:
    """The condition on a document as one on its figures."""

    def build(one: Filter, parameters: Parameters) -> str:
        inside = condition(one, parameters)
        return f"facts.document_id IN (SELECT documents.id FROM documents WHERE {inside})"

    return build


def _source(one: Filter, parameters: Parameters) -> str:
    name, title = parameters.add(one.value.lower()), parameters.add(one.value)
    return (
        "documents.source_id IN (SELECT id FROM sources "
        f"WHERE lower(name) = {name} OR lower(title) = lower({title}))"
    )


def _type(one: Filter, parameters: Parameters) -> str:
    return f"documents.kind = {parameters.add(one.value)}"


def _day(table: str, sign: str, suffix: str) -> Builder:
    def build(one: Filter, parameters: Parameters) -> str:
        return f"{table}.published_on {sign} {parameters.add(one.value + suffix)}"

    return build


def _days(table: str) -> Mapping[Field, Builder]:
    """« avant:2024 » ends with 2023, « après:2023 » begins with 2024, « depuis:2023 » with 2023."""
    return {
        "before": _day(table, "<", ""),
        "after": _day(table, ">", _AFTER_ALL),
        "since": _day(table, ">=", ""),
        "date": _day(table, "GLOB", "*"),
    }


_ON_SENTENCE: Final[Mapping[Field, Builder]] = {
    "source": _source,
    "type": _type,
    **_days("documents"),
    "territory": _on_sentence("territory", _territory_ids, _territory),
    "programme": _on_sentence("programme", _ids_of("programmes"), _programme),
    "person": _on_sentence("person", _ids_of("people"), _person),
    "organisation": _on_sentence("organisation", _ids_of("organisations"), _organisation),
}
_ON_FACT: Final[Mapping[Field, Builder]] = {
    "amount": _amount,
    "value": _value,
    "confidence": _confidence,
    "territory": _territory,
    "programme": _programme,
    "status": _status,
    "kind": _kind,
    "person": _person,
    "organisation": _organisation,
    "source": _of_document(_source),
    "type": _of_document(_type),
    **_days("facts"),
}
