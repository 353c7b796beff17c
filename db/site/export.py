"""Figures as files: CSV as a French spreadsheet reads it, and JSON."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal

from recoupe.db.site import format as french
from recoupe.db.site.figures import Figure
from recoupe.db.site.labels import label

_BOM = "\ufeff"
#: A cell that begins so is a formula to a spreadsheet, whoever wrote the text.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")

_COLUMNS: Mapping[str, Callable[[Figure], str]] = {
    "fait": lambda figure: str(figure.id),
    "imprimé": lambda figure: _text(figure.printed),
    "valeur": lambda figure: _number(figure.value),
    "minimum": lambda figure: _number(figure.low),
    "maximum": lambda figure: _number(figure.high),
    "unité": lambda figure: _text(figure.unit),
    "par": lambda figure: _text(figure.per),
    "approximation": lambda figure: label("approximations", figure.approx),
    "nature": lambda figure: label("kinds", figure.kind),
    "objet": lambda figure: _text(figure.object),
    "statut": lambda figure: figure.status_label,
    "réserves": lambda figure: " ; ".join(figure.flags),
    "programme": lambda figure: _text(figure.programme),
    "territoire": lambda figure: _text(figure.territory),
    "code du territoire": lambda figure: _text(figure.territory_code),
    "période du": lambda figure: figure.period_from or "",
    "période au": lambda figure: figure.period_to or "",
    "qui le dit": lambda figure: _text(figure.speaker),
    "qui paie ou décide": lambda figure: _text(figure.actor),
    "phrase": lambda figure: _text(" ".join(figure.sentence.split())),
    "titre": lambda figure: _text(figure.title),
    "source": lambda figure: _text(figure.source),
    "type": lambda figure: label("document_kinds", figure.document_kind),
    "publié le": lambda figure: figure.published_on or "",
    "adresse": lambda figure: figure.address or "",
    "confiance": lambda figure: str(figure.confidence).replace(".", ","),
}


def to_csv(figures: Iterable[Figure]) -> str:
    """UTF-8 with BOM, ``;`` between cells, decimal comma: opens in a French Excel as it is."""
    target = io.StringIO()
    target.write(_BOM)
    writer = csv.writer(target, delimiter=";", lineterminator="\r\n")
    writer.writerow(_COLUMNS)
    writer.writerows([read(figure) for read in _COLUMNS.values()] for figure in figures)
    return target.getvalue()


def to_json(figures: Sequence[Figure], *, query: str) -> str:
    """One object with the query and its figures; keys in English, as in ``recoupe extract``."""
    found = {"query": query, "count": len(figures), "figures": [_object(one) for one in figures]}
    return json.dumps(found, ensure_ascii=False, indent=1)


def _object(figure: Figure) -> dict[str, object]:
    return {
        "id": figure.id,
        "text": figure.printed,
        "kind": figure.kind,
        **{name: _json(getattr(figure, name)) for name in ("value", "low", "high", "precision")},
        "unit": figure.unit,
        "per": figure.per,
        "approx": figure.approx,
        "object": figure.object,
        "status": figure.status,
        **{
            flag: bool(getattr(figure, flag))
            for flag in ("negated", "conditional", "reported_speech", "superseded")
        },
        "legal": figure.legal,
        "programme": figure.programme,
        "territory": figure.territory
        and {
            "name": figure.territory,
            "level": figure.territory_level,
            "code": figure.territory_code,
            "code_system": figure.territory_system,
        },
        "period": {"from": figure.period_from, "to": figure.period_to},
        "speaker": figure.speaker,
        "actor": figure.actor,
        "sentence": figure.sentence,
        "confidence": figure.confidence,
        "rule": figure.rule,
        "document": {
            "id": figure.document_id,
            "title": figure.title,
            "source": figure.source_name,
            "kind": figure.document_kind,
            "published_on": figure.published_on,
            "url": figure.address,
        },
    }


def _json(text: str | None) -> int | float | None:
    value = french.decimal(text)
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def _number(text: str | None) -> str:
    value: Decimal | None = french.decimal(text)
    return "" if value is None else f"{value:f}".replace(".", ",")


def _text(text: str | None) -> str:
    return f"'{text}" if text and text.startswith(_FORMULA) else text or ""
