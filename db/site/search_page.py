"""The search: figures or sentences with their hits marked, facets, order, pages, exports.

What is typed and the facets are one query of `recoupe.db.query`; the whole state stands in the
address.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import Markup

from recoupe.db import search
from recoupe.db.query import Query, as_typed, parse_query
from recoupe.db.site import export, figures, search_facets
from recoupe.db.site.figures import Figure
from recoupe.db.site.marks import Mark, draw
from recoupe.db.site.pages import Download, Page, Visit

_PER_PAGE = 20
_LAST_PAGE = search.MAX_OFFSET // _PER_PAGE
#: The figures of one file; more are taken a part at a time, by dates.
_MOST_EXPORTED = 20_000
_ORDERS: Mapping[str, tuple[search.Order, str]] = {
    "": ("recent", "Plus récents"),
    "anciens": ("oldest", "Plus anciens"),
    "grands": ("largest", "Plus grands"),
    "petits": ("smallest", "Plus petits"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A figure of the results with its sentence, marked."""

    figure: Figure
    sentence: Markup


def read(connection: sqlite3.Connection, visit: Visit) -> Page:
    """The page of ``/recherche``."""
    query = _query(visit)
    by_sentence = visit.get("vue") == "phrases"
    figure_count = _count(connection, search.count_sql(query))
    sentence_count = _count(connection, search.count_sentences_sql(query))
    total = sentence_count if by_sentence else figure_count
    page = min(visit.page, _LAST_PAGE, max(1, -(-total // _PER_PAGE)))
    facets = search_facets.read(connection, query, visit)
    return Page(
        template="search.html",
        context={
            "section": "search",
            "typed": visit.get("q"),
            "is_empty_query": bool(visit.get("q")) and parse_query(visit.get("q")).is_empty,
            "hits": [] if by_sentence else _hits(connection, query, visit, page),
            "sentences": _sentences(connection, query, visit, page) if by_sentence else [],
            "figure_count": figure_count,
            "sentence_count": sentence_count,
            "by_sentence": by_sentence,
            "facets": facets,
            "chosen": [choice for facet in facets for choice in facet.choices if choice.chosen],
            "counted": search.COUNTED if figure_count > search.COUNTED else None,
            "hidden": _hidden(visit),
            "orders": _orders(visit),
            "figures_address": visit.address("/recherche", vue=None, page=None),
            "sentences_address": visit.address("/recherche", vue="phrases", page=None),
            "exported": min(figure_count, _MOST_EXPORTED),
            "csv": visit.address("/recherche.csv", page=None, vue=None),
            "json": visit.address("/recherche.json", page=None, vue=None),
            "page": page,
            "previous": _turn(visit, page - 1, total),
            "next": _turn(visit, page + 1, total),
        },
    )


def read_csv(connection: sqlite3.Connection, visit: Visit) -> Download:
    """Every figure of the result as a French spreadsheet reads it."""
    return Download(
        body=export.to_csv(_all(connection, visit)),
        content_type="text/csv; charset=utf-8",
        filename="recoupe.csv",
    )


def read_json(connection: sqlite3.Connection, visit: Visit) -> Download:
    """Every figure of the result, with the query it answers."""
    return Download(
        body=export.to_json(_all(connection, visit), query=_query(visit).text),
        content_type="application/json; charset=utf-8",
        filename="recoupe.json",
    )


def _query(visit: Visit) -> Query:
    """What is typed and what is chosen; choices stand first, where no quote can swallow them."""
    chosen = [as_typed(facet, value) for facet, value in search_facets.chosen(visit)]
    return parse_query(" ".join([*chosen, visit.get("q")]).strip())


def _count(connection: sqlite3.Connection, statement: search.Statement) -> int:
    (count,) = connection.execute(statement.sql, statement.params).fetchone()
    return int(count)


def _order(visit: Visit) -> search.Order:
    return _ORDERS.get(visit.get("ordre"), _ORDERS[""])[0]


def _figures(
    connection: sqlite3.Connection, query: Query, visit: Visit, *, limit: int, offset: int = 0
) -> list[Figure]:
    rows = search.search_facts(connection, query, limit=limit, offset=offset, order=_order(visit))
    ids = [int(str(row["id"])) for row in rows]
    found: dict[int, Figure] = {}
    for first in range(0, len(ids), 500):
        found |= figures.by_id(connection, ids[first : first + 500])
    return [found[number] for number in ids]


def _all(connection: sqlite3.Connection, visit: Visit) -> list[Figure]:
    return _figures(connection, _query(visit), visit, limit=_MOST_EXPORTED)


def _hits(connection: sqlite3.Connection, query: Query, visit: Visit, page: int) -> list[Hit]:
    found = _figures(connection, query, visit, limit=_PER_PAGE, offset=(page - 1) * _PER_PAGE)
    return [Hit(figure=figure, sentence=_marked(figure, query)) for figure in found]


def _marked(figure: Figure, query: Query) -> Markup:
    own = Mark(start=figure.start, end=figure.end, kind="quantity", title=figure.exact)
    marks = [own, *_hit_marks(figure.sentence, query, figure.evidence_start)]
    return draw(figure.sentence, marks, offset=figure.evidence_start)


def _hit_marks(text: str, query: Query, offset: int = 0) -> list[Mark]:
    return [
        Mark(start=start + offset, end=end + offset, kind="hit")
        for start, end in search.mark(text, query)
    ]


def _sentences(
    connection: sqlite3.Connection, query: Query, visit: Visit, page: int
) -> list[Mapping[str, object]]:
    rows = search.search_sentences(
        connection, query, limit=_PER_PAGE, offset=(page - 1) * _PER_PAGE, order=_order(visit)
    )
    return [
        {**row, "drawn": draw(str(row["text"]), _hit_marks(str(row["text"]), query))}
        for row in rows
    ]


def _hidden(visit: Visit) -> list[tuple[str, str]]:
    """What the search form carries on beside the words typed."""
    names = [*search_facets.NAMES, "ordre", "vue"]
    return [(name, value) for name in names if (value := visit.get(name))]


def _orders(visit: Visit) -> list[tuple[str, str, bool]]:
    present = visit.get("ordre") if visit.get("ordre") in _ORDERS else ""
    return [
        (words, visit.address("/recherche", ordre=name or None, page=None), name == present)
        for name, (_, words) in _ORDERS.items()
    ]


def _turn(visit: Visit, page: int, total: int) -> str | None:
    exists = 1 <= page <= min(-(-total // _PER_PAGE), _LAST_PAGE)
    return visit.address("/recherche", page=page) if exists else None
