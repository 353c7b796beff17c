"""Gold annotations, read strictly into what a perfect pipeline would return: an `Extraction`.

``documents/<part>/<slug>.gold`` stands beside its text; ``cases/<part>/*.gold`` holds sentences of
its own, each a small text. What does not spell its place, names an unknown code or leads nowhere
is refused, all mistakes of a file at once, each with file, line and reason. `notation` says how a
file is written, `docs/annotate.md` what is annotated.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from recoupe.corpus import entries
from recoupe.corpus.documents import FOLDER, Document, Part
from recoupe.corpus.entries import Place, Refusal
from recoupe.corpus.notation import Entry, NotationError, Passage, parse
from recoupe.corpus.sources import declared
from recoupe.records import (
    Article,
    Comparison,
    DateMention,
    Extraction,
    Fact,
    OrganisationMention,
    PersonMention,
    Pipeline,
    ProgrammeMention,
    Quantity,
    Quote,
    Span,
    TerritoryMention,
)

#: What a trap may say must not be found.
TRAPS = ("figure", "date", "territory", "person", "organisation", "programme", "quote")


#: What a file of hard cases may be about: its name begins with it.
SUBJECTS = ("figures", "status", "dates", "territories", "people", "quotes")
#: Stands before a document's slug as the address of its text.
ADDRESS = "https://corpus.recoupe.example/"


@dataclass(frozen=True, slots=True, kw_only=True)
class Trap:
    """Characters in which a thing of one kind must not be found."""

    kind: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Gold:
    """One annotated text; ``demonyms`` are places named by their inhabitants, found or not."""

    name: str
    part: Part
    extraction: Extraction
    traps: tuple[Trap, ...] = ()
    demonyms: frozenset[Span] = frozenset()


@dataclass(slots=True)
class _Found:
    """What the entries of one text say, while it is read."""

    figures: list[tuple[Quantity, Fact]] = field(default_factory=list)
    dates: list[DateMention] = field(default_factory=list)
    territories: list[TerritoryMention] = field(default_factory=list)
    people: list[PersonMention] = field(default_factory=list)
    organisations: list[OrganisationMention] = field(default_factory=list)
    programmes: list[ProgrammeMention] = field(default_factory=list)
    quotes: list[Quote] = field(default_factory=list)
    comparisons: list[tuple[Entry, Comparison]] = field(default_factory=list)
    traps: list[Trap] = field(default_factory=list)
    demonyms: set[Span] = field(default_factory=set)
    lines: dict[Span, int] = field(default_factory=dict)


def load_gold(document: Document, *, folder: Path = FOLDER) -> Gold:
    """The annotations of one document; raises `NotationError`."""
    path = folder / document.part / f"{document.slug}.gold"
    passages = parse(_content(path), where=path)
    article = Article(
        text=document.text,
        kind=document.kind,
        url=f"{ADDRESS}{document.slug}",
        source=document.source,
        title=document.title,
        standfirst=document.standfirst,
        author=document.author,
        published_at=document.published_at,
        territory=declared()[document.source].territory,
    )
    lines = document.text.split("\n")
    problems = list(_wrong_lines(passages, lines, path))
    if problems:
        raise NotationError(problems)
    return _gold(document.slug, document.part, article, passages, where=path)


def annotated(documents: Iterable[Document], *, folder: Path = FOLDER) -> tuple[Gold, ...]:
    """The annotations of those documents that have some."""
    return tuple(
        load_gold(document, folder=folder)
        for document in documents
        if (folder / document.part / f"{document.slug}.gold").is_file()
    )


def load_spelled(path: Path, part: Part) -> Gold:
    """A text whose only file is its annotations, which spell it; raises `NotationError`."""
    passages = parse(_content(path), where=path)
    lines = [""] * max(passage.number for passage in passages)
    for passage in passages:
        lines[passage.number - 1] = passage.text or ""
    article = Article(text="\n".join(lines), kind="press", url=f"{ADDRESS}{path.stem}")
    return _gold(path.stem, part, article, passages, where=path)


def load_cases(path: Path, part: Part) -> tuple[Gold, ...]:
    """The sentences of one file of hard cases, each a text; raises `NotationError`."""
    golds: list[Gold] = []
    problems: list[str] = []
    if path.stem.split("-", 1)[0] not in SUBJECTS:
        problems.append(f"{path}: its name must begin with one of {', '.join(SUBJECTS)}")
    for passage in parse(_content(path), where=path):
        try:
            golds.append(_case(passage, part, where=path))
        except NotationError as error:
            problems += error.problems
    if problems:
        raise NotationError(problems)
    return tuple(golds)


def _case(passage: Passage, part: Part, *, where: Path) -> Gold:
    if passage.text is None:
        raise NotationError([f"{where}:{passage.line}: a sentence is missing after @"])
    given = [entry for entry in passage.entries if entry.kind == "given"]
    rest = tuple(entry for entry in passage.entries if entry.kind != "given")
    try:
        article = entries.circumstances(passage.text, given)
    except Refusal as refusal:
        raise NotationError([f"{where}:{given[0].line}: given: {refusal}"]) from None
    own = Passage(line=passage.line, number=1, text=passage.text, entries=rest)
    return _gold(f"{where.stem}:{passage.number}", part, article, [own], where=where)


def load_all_cases(part: Part, *, folder: Path | None = None) -> tuple[Gold, ...]:
    """Every hard case of a part."""
    folder = folder or Path(__file__).with_name("cases")
    return tuple(
        gold for path in sorted((folder / part).glob("*.gold")) for gold in load_cases(path, part)
    )


def _content(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise NotationError([f"{path}: cannot be read: {error}"]) from error


def _wrong_lines(passages: Sequence[Passage], lines: Sequence[str], path: Path) -> Iterator[str]:
    expected = [number for number, line in enumerate(lines, start=1) if line]
    numbers = [passage.number for passage in passages]
    for number in sorted(set(expected) - set(numbers)):
        yield f"{path}: line {number} of the text is missing; run python -m recoupe.corpus.align"
    for before, passage in zip([0, *numbers], passages, strict=False):
        if passage.number not in expected or passage.number <= before:
            yield f"{path}:{passage.line}: @{passage.number}: no such line, or out of order"
        elif passage.text != lines[passage.number - 1]:
            yield f"{path}:{passage.line}: @{passage.number}: is not that line of the text"


def _gold(
    name: str, part: Part, article: Article, passages: Sequence[Passage], *, where: Path
) -> Gold:
    starts = line_starts(article.text)
    found, problems = _Found(), []
    for passage in passages:
        span = (starts[passage.number - 1], starts[passage.number - 1] + len(passage.text or ""))
        for entry in passage.entries:
            try:
                _read(entry, Place(article=article, line=span), found)
            except Refusal as refusal:
                problems.append(f"{where}:{entry.line}: {entry.kind}: {refusal}")
    problems += [f"{where}:{line}: {why}" for line, why in _loose_ends(found)]
    if problems:
        raise NotationError(problems)
    extraction = _extraction(article, found)
    extraction.check()
    return Gold(
        name=name,
        part=part,
        extraction=extraction,
        traps=tuple(found.traps),
        demonyms=frozenset(found.demonyms),
    )


def line_starts(text: str) -> list[int]:
    """The offset at which each line of a text begins."""
    starts = [0]
    for line in text.split("\n"):
        starts.append(starts[-1] + len(line) + 1)
    return starts


def _read(entry: Entry, place: Place, found: _Found) -> None:
    if entry.kind == "compare":
        found.comparisons.append((entry, entries.comparison(entry)))
        return
    start, end = entries.span(entry, place)
    if entry.kind == "figure":
        if (start, end) in found.lines:
            raise Refusal("this figure is annotated twice")
        found.lines[start, end] = entry.line
        found.figures.append(entries.figure(entry, place))
    elif entry.kind == "trap":
        kind = entries.one_of(entry, "of", TRAPS)
        found.traps.append(Trap(kind=kind, start=start, end=end))
    elif entry.kind in _READERS:
        reader, target = _READERS[entry.kind]
        getattr(found, target).append(reader(entry, place))
        if entry.fields.get("form") == "demonym":
            found.demonyms.add((start, end))
    else:
        raise Refusal(f"no such kind; write one of figure, compare, trap, {', '.join(_READERS)}")


_READERS: Mapping[str, tuple[Callable[[Entry, Place], object], str]] = {
    "date": (entries.date, "dates"),
    "territory": (entries.territory, "territories"),
    "person": (entries.person, "people"),
    "organisation": (entries.organisation, "organisations"),
    "programme": (entries.programme, "programmes"),
    "quote": (entries.quote, "quotes"),
}


def _loose_ends(found: _Found) -> Iterator[tuple[int, str]]:
    """References to figures that do not exist, and spans annotated twice."""
    ids: set[str] = set()
    for quantity, _ in found.figures:
        if quantity.id in ids:
            yield found.lines[quantity.span], f"figure: id={quantity.id} stands twice"
        ids.add(quantity.id)
    for quantity, _ in found.figures:
        if quantity.part_of is not None and quantity.part_of not in ids - {quantity.id}:
            yield found.lines[quantity.span], f"figure: part_of={quantity.part_of}: no such figure"
    for entry, comparison in found.comparisons:
        for identifier in (comparison.left, comparison.right):
            if identifier not in ids:
                yield entry.line, f"compare: {identifier}: no figure has this id"


def _extraction(article: Article, found: _Found) -> Extraction:
    figures = sorted(found.figures, key=lambda pair: pair[0].span)
    return Extraction(
        article=article,
        pipeline=Pipeline(name="gold", version="1", model=""),
        quantities=tuple(quantity for quantity, _ in figures),
        facts=tuple(fact for _, fact in figures),
        dates=tuple(sorted(found.dates, key=lambda mention: mention.span)),
        territories=tuple(sorted(found.territories, key=lambda mention: mention.span)),
        people=tuple(sorted(found.people, key=lambda mention: mention.span)),
        organisations=tuple(sorted(found.organisations, key=lambda mention: mention.span)),
        programmes=tuple(sorted(found.programmes, key=lambda mention: mention.span)),
        quotes=tuple(sorted(found.quotes, key=lambda mention: mention.span)),
        comparisons=tuple(comparison for _, comparison in found.comparisons),
    )
