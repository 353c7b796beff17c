"""One figure with all that its page, a list or an export says of it, read in one statement."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from decimal import Decimal

from recoupe.db.site import format as french
from recoupe.db.site.labels import label, labels
from recoupe.db.site.links import web_address, with_text_fragment

_SELECT = """
SELECT f.id, f.document_id, f.version_id, f.kind, f.status, f.side, f.legal, f.negated,
  f.conditional, f.reported_speech, f.superseded, f.marker_start, f.marker_end, f.programme_id,
  f.territory_id, f.territory_basis, f.period_from, f.period_to, f.speaker, f.actor, f.measure,
  f.perimeter, f.confidence, f.published_on, f.is_current, f.evidence_start, f.evidence_end,
  q.text AS printed, q.start_char AS start, q.end_char AS "end", q.value, q.low, q.high, q.unit,
  q.per, q.approx, q.precision, q.object, q.rule,
  substr(v.text, f.evidence_start + 1, f.evidence_end - f.evidence_start) AS sentence,
  v.pipeline, v.model, v.seen_at,
  d.title, d.url, d.kind AS document_kind, d.author, d.published_at,
  s.title AS source, s.name AS source_name, s.licence,
  p.name AS programme, t.name AS territory, t.code AS territory_code,
  t.code_system AS territory_system, t.level AS territory_level
FROM facts f
JOIN quantities q ON q.id = f.quantity_id
JOIN document_versions v ON v.id = f.version_id
JOIN documents d ON d.id = f.document_id
LEFT JOIN sources s ON s.id = d.source_id
LEFT JOIN programmes p ON p.id = f.programme_id
LEFT JOIN territories t ON t.id = f.territory_id
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A fact with its quantity, its sentence and its document, as the base holds them."""

    id: int
    document_id: int
    version_id: int
    kind: str
    status: str
    side: str | None
    legal: str | None
    negated: int
    conditional: int
    reported_speech: int
    superseded: int
    marker_start: int | None
    marker_end: int | None
    programme_id: int | None
    territory_id: int | None
    territory_basis: str | None
    period_from: str | None
    period_to: str | None
    speaker: str | None
    actor: str | None
    measure: str | None
    perimeter: str | None
    confidence: float
    published_on: str | None
    is_current: int
    evidence_start: int
    evidence_end: int
    printed: str
    start: int
    end: int
    value: str | None
    low: str | None
    high: str | None
    unit: str | None
    per: str | None
    approx: str | None
    precision: str | None
    object: str | None
    rule: str
    sentence: str
    pipeline: str
    model: str
    seen_at: str
    title: str | None
    url: str | None
    document_kind: str
    author: str | None
    published_at: str | None
    source: str | None
    source_name: str | None
    licence: str | None
    programme: str | None
    territory: str | None
    territory_code: str | None
    territory_system: str | None
    territory_level: str | None

    @property
    def short(self) -> str:
        """« 1,36 Md€ », « plus de 260 M€ », « 141 territoires »: for lists and headings."""
        return self._worded(french.short)

    @property
    def exact(self) -> str:
        """« 1 360 000 000 € »: the normalised figure with all its digits."""
        return self._worded(french.exact)

    @property
    def plain(self) -> str:
        """The short form without « environ » or « plus de », for a rate."""
        bounds = self._bounds()
        return french.short(bounds[0], self.unit) if len(bounds) == 1 else self.short

    @property
    def status_label(self) -> str:
        """The status in French: « annoncé »."""
        return label("statuses", self.status)

    @property
    def heading(self) -> str:
        """The title of the document, or a stand-in where it has none."""
        return self.title or "Document sans titre"

    @property
    def publisher(self) -> str:
        """The name of the source, or a stand-in for a text that came without one."""
        return self.source or "Source non déclarée"

    @property
    def source_link(self) -> str | None:
        """The page it was published on, scrolled to the sentence; ``None`` for no safe address."""
        return with_text_fragment(self.url, self.sentence)

    @property
    def address(self) -> str | None:
        """The page it was published on, if its address is a safe one."""
        return web_address(self.url)

    @property
    def period(self) -> str:
        """« 2018–2022 »."""
        return french.period(self.period_from, self.period_to)

    @property
    def flags(self) -> list[str]:
        """What must be known before the figure is quoted: negated, conditional and the like."""
        said = [word for flag, word in labels()["flags"].items() if getattr(self, flag)]
        return [label("legal", self.legal), *said] if self.legal else said

    def _bounds(self) -> list[Decimal]:
        found = [french.decimal(text) for text in (self.value, self.low, self.high)]
        return [value for value in found if value is not None]

    def _worded(self, form: french.Form) -> str:
        """The number in ``form`` with its bounds, its approximation and what is counted."""
        bounds = self._bounds()
        if self.kind == "multiplier" and len(bounds) == 1:
            shown = f"×{french.NBSP}{french.number(bounds[0])}"
        elif self.kind == "rank" and len(bounds) == 1:
            shown = french.ordinal(bounds[0])
        elif self.kind == "ratio" and len(bounds) == 1 and self.unit is None:
            shown = french.rate(bounds[0])
        elif bounds:
            shown = french.span(bounds, self.unit, form)
        else:
            return self.printed
        words = [label("approximations", self.approx), shown, self._of_what(), self._per()]
        return " ".join(word for word in words if word)

    def _of_what(self) -> str:
        return (self.object or "") if self.unit is None and self.kind in {"count", "number"} else ""

    def _per(self) -> str:
        return f"par {label('per', self.per)}" if self.per else ""


def read(
    connection: sqlite3.Connection,
    where: str,
    parameters: Sequence[object] | Mapping[str, object] = (),
) -> list[Figure]:
    """The figures that a clause (``WHERE … ORDER BY … LIMIT …``) over f, q, d… selects."""
    return [_figure(row) for row in connection.execute(_SELECT + where, parameters)]


def by_id(connection: sqlite3.Connection, ids: Iterable[int]) -> dict[int, Figure]:
    """The figures of some facts, by fact id."""
    wanted = list(dict.fromkeys(ids))
    marks = ", ".join("?" * len(wanted))
    return {figure.id: figure for figure in read(connection, f"WHERE f.id IN ({marks})", wanted)}


_FIELDS = tuple(field.name for field in fields(Figure))


def _figure(row: sqlite3.Row) -> Figure:
    return Figure(**dict(zip(_FIELDS, (row[name] for name in _FIELDS), strict=True)))
