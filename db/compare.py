"""Set the facts of different documents side by side: comparisons of basis ``base``.

The rule is `recoupe.comparison`; here its claims are read from the base and its pairs written back.
Only what changed is written: a pair that still holds is left alone, one that no longer does is
deleted.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from decimal import Decimal

from sqlite_utils import Database

from recoupe.comparison import Claim, Pair, pairs
from recoupe.db.connection import transaction

#: A document's own comparisons are its own affair; here only pairs between documents are made. A
#: status that no word shows has to be surer: a reader could not see why both were set side by side.
_CLAIMS = """
SELECT facts.id, facts.document_id, facts.published_on, facts.kind, quantities.value, facts.unit,
  quantities.per, quantities.approx, quantities.precision, facts.status, facts.measure,
  facts.programme_id, facts.territory_id, facts.period_from, facts.period_to, facts.perimeter,
  quantities.part_of_id IS NOT NULL,
  NOT (facts.negated OR facts.superseded OR facts.conditional)
    AND (facts.marker_start IS NOT NULL OR facts.confidence >= 0.8), facts.confidence,
  wholes.value, whole_facts.status
FROM facts JOIN quantities ON quantities.id = facts.quantity_id
LEFT JOIN quantities AS wholes ON wholes.id = quantities.part_of_id
LEFT JOIN facts AS whole_facts ON whole_facts.quantity_id = wholes.id
WHERE facts.is_current AND facts.programme_id IS NOT NULL AND quantities.value IS NOT NULL
  AND facts.side IS NOT NULL
ORDER BY facts.programme_id
"""
_UPSERT = """
INSERT INTO comparisons (relation, left_fact_id, right_fact_id, ratio, basis)
VALUES (?, ?, ?, ?, 'base')
ON CONFLICT (relation, left_fact_id, right_fact_id) DO UPDATE SET ratio = excluded.ratio
WHERE ratio IS NOT excluded.ratio
"""


def compare_base(db: Database) -> int:
    """Bring the comparisons between documents up to date; the rows written, 0 if nothing changed.

    One programme's claims are in memory at a time.
    """
    with transaction(db) as conn:
        before = conn.total_changes
        wanted: set[tuple[str, int, int]] = set()
        for claims in _by_programme(conn):
            for pair in pairs(claims, across=True):
                wanted.add(_write(conn, pair))
        _delete_others(conn, wanted)
        return conn.total_changes - before


def _by_programme(conn: sqlite3.Connection) -> Iterator[list[Claim]]:
    group: list[Claim] = []
    for row in conn.execute(_CLAIMS).fetchall():
        claim = _claim(row)
        if group and group[0].programme != claim.programme:
            yield group
            group = []
        group.append(claim)
    if group:
        yield group


def _claim(row: tuple[object, ...]) -> Claim:
    (
        key, document, published_on, kind, value, unit, per, approx, precision, status, measure,
        programme, territory, period_from, period_to, perimeter, is_part, firm, confidence,
        whole, whole_status,
    ) = row  # fmt: skip
    return Claim(
        key=key,  # type: ignore[arg-type]
        document=document,  # type: ignore[arg-type]
        published_on=published_on,  # type: ignore[arg-type]
        kind=str(kind),
        value=Decimal(str(value)),
        unit=unit,  # type: ignore[arg-type]
        per=per,  # type: ignore[arg-type]
        approx=approx,  # type: ignore[arg-type]
        precision=Decimal(str(precision)) if precision is not None else None,
        status=status,  # type: ignore[arg-type]
        measure=measure,  # type: ignore[arg-type]
        programme=programme,  # type: ignore[arg-type]
        territory=territory,  # type: ignore[arg-type]
        period_from=period_from,  # type: ignore[arg-type]
        period_to=period_to,  # type: ignore[arg-type]
        perimeter=perimeter,  # type: ignore[arg-type]
        is_part=bool(is_part),
        firm=bool(firm),
        confidence=float(str(confidence)),
        whole=Decimal(str(whole)) if whole is not None else None,
        whole_status=whole_status,  # type: ignore[arg-type]
    )


def _write(conn: sqlite3.Connection, pair: Pair) -> tuple[str, int, int]:
    left, right = int(pair.left.key), int(pair.right.key)
    rate = format(pair.ratio, "f") if pair.ratio is not None else None
    conn.execute(_UPSERT, (pair.relation, left, right, rate))
    return pair.relation, left, right


def _delete_others(conn: sqlite3.Connection, wanted: set[tuple[str, int, int]]) -> None:
    rows = conn.execute(
        "SELECT id, relation, left_fact_id, right_fact_id FROM comparisons WHERE basis = 'base'"
    ).fetchall()
    gone = [(key,) for key, *natural in rows if tuple(natural) not in wanted]
    conn.executemany("DELETE FROM comparisons WHERE id = ?", gone)
