"""Where templates come from: those of Datasette, translated, then ours under ``recoupe/``."""

from __future__ import annotations

from pathlib import Path

from jinja2 import BaseLoader, ChoiceLoader, Environment, FileSystemLoader

from recoupe.db.site import chart, translate
from recoupe.db.site import format as french
from recoupe.db.site.figure_page import marked_sentence
from recoupe.db.site.labels import label, labels
from recoupe.db.site.links import host, web_address

_FOLDER = Path(__file__).parent.parent / "templates"


def prepare(env: Environment) -> None:
    """Add our loader, our filters (``fr_…``) and what stock templates need to speak French."""
    stock: BaseLoader = env.loader or FileSystemLoader([])
    env.loader = ChoiceLoader([translate.FrenchLoader(stock), FileSystemLoader(_FOLDER)])
    env.filters.update(
        fr_capital=french.capital,
        fr_count=french.plural,
        fr_day=french.day,
        fr_excerpt=french.excerpt,
        fr_label=_label,
        fr_moment=french.moment,
        fr_month=french.month,
        fr_number=french.number_of,
        fr_host=host,
        fr_safe=web_address,
        fr_sentence=marked_sentence,
        fr_stock=translate.phrase,
    )
    env.globals.update(fr_labels=labels, fr_chart=chart)


def _label(key: str | None, table: str) -> str:
    return label(table, key)
