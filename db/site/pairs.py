"""Two figures side by side: the rate with its denominator in words, the gap, where they stand."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from recoupe.db.site import format as french
from recoupe.db.site.figures import Figure, by_id
from recoupe.db.site.labels import label


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """A comparison and its two facts; of announced and reported, the announced one is left."""

    id: int
    relation: str
    basis: str
    ratio: Decimal | None
    left: Figure
    right: Figure

    @property
    def basis_label(self) -> str:
        """« entre deux documents »."""
        return label("bases", self.basis)

    @property
    def relation_label(self) -> str:
        """« annoncé et constaté »."""
        return label("relations", self.relation)

    @property
    def rate(self) -> str:
        """« 19,1 % », ``""`` where no rate may be formed."""
        return "" if self.ratio is None else french.rate(self.ratio)

    @property
    def sentence(self) -> str:
        """« 260 M€ engagés sur 1,36 Md€ annoncés, soit 19,1 % »: never a rate without its base."""
        part, whole = _with_status(self.right), _with_status(self.left)
        if self.ratio is None:
            return f"{part}, {whole}{french.NBSP}: aucun taux ne peut être formé"
        return f"{part} sur {whole}, soit {self._approximately()}{self.rate}"

    @property
    def gap(self) -> str:
        """« 1,1 Md€ de moins qu’annoncé »; ``""`` for ranges and unlike units."""
        left, right = french.decimal(self.left.value), french.decimal(self.right.value)
        if left is None or right is None or self.left.unit != self.right.unit:
            return ""
        if left == right:
            return "aucun écart"
        unit = "point" if self.left.unit == "percent" else self.left.unit
        word = "de moins" if right < left else "de plus"
        return f"{french.short(abs(left - right), unit)} {word} {self._reference()}"

    def other(self, figure_id: int) -> Figure:
        """The figure of the pair that is not this one."""
        return self.right if self.left.id == figure_id else self.left

    def _reference(self) -> str:
        if self.left.status == "none":
            return "qu’au départ"
        word = self.left.status_label
        return f"qu’{word}" if word[0] in "aeiouéè" else f"que {word}"

    def _approximately(self) -> str:
        """A bound on the numerator is one on the rate; one on the denominator only blurs it."""
        if self.left.approx:
            return "environ "
        word = label("approximations", self.right.approx)
        return f"{word} " if word else ""


def _with_status(figure: Figure) -> str:
    """« 260 M€ engagés »; in brackets where the gender of what is counted is not known."""
    if figure.status == "none":
        return figure.short
    if figure.kind != "amount":
        return f"{figure.short} ({figure.status_label})"
    value = french.decimal(figure.value) or french.decimal(figure.high)
    table = "statuses" if value is not None and abs(value) < 2 else "statuses_plural"  # noqa: PLR2004
    return f"{figure.short} {label(table, figure.status)}"


def read(
    connection: sqlite3.Connection,
    where: str,
    parameters: Sequence[object] | Mapping[str, object] = (),
) -> list[Pair]:
    """The pairs that a clause over c (comparisons), l and r (its facts) selects, in its order."""
    rows = connection.execute(
        "SELECT c.id, c.relation, c.basis, c.ratio, c.left_fact_id, c.right_fact_id"
        f" FROM {JOINED} {where}",
        parameters,
    ).fetchall()
    figures = by_id(connection, [row[name] for row in rows for name in _ENDS])
    return [
        Pair(
            id=row["id"],
            relation=row["relation"],
            basis=row["basis"],
            ratio=french.decimal(row["ratio"]),
            left=figures[row["left_fact_id"]],
            right=figures[row["right_fact_id"]],
        )
        for row in rows
    ]


_ENDS = ("left_fact_id", "right_fact_id")
#: The tables of a clause given to `read`.
JOINED = (
    "comparisons c JOIN facts l ON l.id = c.left_fact_id AND l.is_current"
    " JOIN facts r ON r.id = c.right_fact_id AND r.is_current"
)
