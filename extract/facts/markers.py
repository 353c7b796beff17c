"""The words that mark a figure's status, from ``statuses.toml``, ready for look-up."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Literal, cast

from recoupe.extract.phrases import either, key_of, vocabulary
from recoupe.records import Status

Where = Literal["before", "after", "last"]


@cache
def verb_families() -> Mapping[str, Status]:
    """Verb lemma → the status its completed form gives."""
    return _inverted(vocabulary("statuses")["verbs"])


@cache
def participles() -> Mapping[str, str]:
    """Form of a past participle → infinitive, for every marked verb: « prévues » → prévoir.

    The tagger takes a participle after a bare number for a noun (« sur les 42 prévus »).
    """
    irregular = vocabulary("statuses")["irregular_participles"]
    return {
        stem + ending: verb
        for verb in verb_families()
        if (stem := irregular.get(verb) or _regular_participle(verb))
        for ending in ("", "e", "es", "" if stem.endswith("s") else "s")
    }


def infinitive_of(form: str) -> str | None:
    """The marked verb of a participle or a present: « prévues », « réclame », « comptent »."""
    stem = form.removesuffix("nt")
    present = f"{stem}r" if stem.endswith("e") else ""
    return participles().get(form) or (present if present in verb_families() else None)


def _regular_participle(verb: str) -> str | None:
    if verb.endswith("er"):
        return verb[:-2] + "é"
    return verb[:-1] if verb.endswith("ir") else None


@cache
def strong_nouns() -> Mapping[str, Status]:
    """Nouns whose figure has their status whatever the verb: objectif, décaissement."""
    return _inverted(vocabulary("statuses")["nouns"]["strong"])


@cache
def weak_nouns() -> Mapping[str, Status]:
    """Nouns whose figure has their status unless a verb decides: enveloppe, plan."""
    return _inverted(vocabulary("statuses")["nouns"]["weak"])


@cache
def through_nouns() -> frozenset[str]:
    """Nouns one looks through: « pour un montant de N »."""
    return frozenset(vocabulary("statuses")["through"]["nouns"])


@cache
def lemmas(table: str, key: str) -> frozenset[str]:
    """The list ``key`` of the table ``table``."""
    return frozenset(vocabulary("statuses")[table][key])


@cache
def realised_as() -> Mapping[str, Status]:
    """Verbs that promise in the present and are spent in the past."""
    return _inverted(vocabulary("statuses")["realised_as"])


@cache
def phrases(where: Where) -> re.Pattern[str]:
    """Every phrase that may stand on that side of a figure."""
    return re.compile(rf"(?<!\w)(?P<form>{either(_phrase_statuses(where))})(?!\w)")


def phrase_status(where: Where, form: str) -> Status:
    """The status that a phrase found by `phrases` gives."""
    return _phrase_statuses(where)[key_of(form)]


@cache
def _phrase_statuses(where: Where) -> Mapping[str, Status]:
    entries = vocabulary("statuses")["phrase"]
    return {
        key_of(form): cast("Status", entry["status"])
        for entry in entries
        if entry["where"] == where
        for form in entry["forms"]
    }


@cache
def voted() -> re.Pattern[str]:
    """The words of a budget law or vote."""
    return re.compile(
        rf"(?<!\w)(?:{either(vocabulary('statuses')['voted']['forms'], exact=True)})(?!\w)"
    )


@cache
def superseded() -> re.Pattern[str]:
    """What stands before a figure that no longer holds: « au lieu des »."""
    forms = either(vocabulary("statuses")["superseded"]["strict"])
    return re.compile(rf"(?<!\w)(?:{forms})\s*(?:[\w'’]+\s+){{0,2}}$")


@cache
def perimeters() -> Mapping[str, re.Pattern[str]]:
    """Accounting perimeters and how they are written: AE, CP."""
    return {
        name: re.compile(rf"(?<!\w)(?:{either(forms, exact=True)})(?!\w)")
        for name, forms in vocabulary("statuses")["perimeters"].items()
    }


def _inverted(table: Mapping[str, list[str]]) -> Mapping[str, Status]:
    return {word: cast("Status", status) for status, words in table.items() for word in words}


@cache
def situations() -> re.Pattern[str]:
    """Headers of the column that says how each row of a table stands."""
    return re.compile(rf"(?:{either(vocabulary('statuses')['situations']['forms'])})(?!\w)")


@cache
def header_forms() -> Mapping[str, Status]:
    """Words of a table's header or a list's lead-in."""
    return _inverted(vocabulary("statuses")["headers"])
