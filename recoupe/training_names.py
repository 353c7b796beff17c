"""Teach the name recogniser: ``python -m recoupe.training_names --sentences FOLDER``.

Learns from the development documents, the training texts and those sentences of ``FOLDER`` that
are not held back (`typed_sentences`), some five minutes on one core; writes ``models/ner``. Run it
after an edit of their annotations, and before ``python -m recoupe.training``, which learns on top.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import logging
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from recoupe.corpus.documents import load
from recoupe.corpus.gold import Gold, annotated, load_spelled
from recoupe.corpus.training_texts import FOLDER as TRAINING
from recoupe.corpus.typed_sentences import Sentence, chosen, sentences
from recoupe.errors import UsageError
from recoupe.models import analyse
from recoupe.models import load as load_pipeline
from recoupe.models.names import (
    BODY,
    EPOCHS,
    PERSON,
    PLACE,
    WORK,
    recogniser,
    scores,
    teach,
    typed_lines,
)
from recoupe.models.pipeline import NAMES
from recoupe.records import Extraction
from recoupe.training import digest

#: The folders of training texts that names are learned from.
TAUGHT = ("documents",)
#: What is said of the weights: what they were learned from, and what they reach.
META = NAMES / "meta.json"


def weights_digest() -> str:
    """A digest of the weights themselves."""
    return hashlib.sha256((NAMES / "model").read_bytes()).hexdigest()


def document_scores() -> dict[str, float]:
    """F1 of people, bodies and programmes on the part that nobody learns from."""
    held = [line for gold in annotated(load("test")) for line in typed_lines(gold.extraction)]
    return dict(scores(recogniser(weights=NAMES), held, [PERSON, BODY, WORK]))


def main() -> None:
    """Learn, score what is held back, and write weights and ``meta.json``."""
    options = argparse.ArgumentParser(description=__doc__, prog="python -m recoupe.training_names")
    options.add_argument("--sentences", type=Path, required=True, help="folder of *.jsonl")
    options.add_argument("--epochs", type=int, default=EPOCHS)
    given = options.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    try:
        every = sentences(given.sentences)
    except UsageError as error:
        options.error(str(error))
    rest = [(sentence.text, sentence.names) for sentence in chosen(every, "rest")]
    learned = teach([*_documents(), *_training_texts()], rest, to=NAMES, epochs=given.epochs)
    META.write_text(json.dumps(_meta(learned, every), indent=1) + "\n", encoding="utf-8")


def _documents() -> Iterator[Extraction]:
    """The development documents, all names in them annotated."""
    for gold in annotated(load("dev")):
        places = gold.extraction.territories
        named = tuple(place for place in places if place.span not in gold.demonyms)
        yield replace(gold.extraction, territories=named)


def _training_texts() -> Iterator[Extraction]:
    """The training texts; their places are those that the pipeline on the stock model finds."""
    golds: list[Gold] = [load_spelled(p, "dev") for p in sorted(TRAINING.glob("documents/*.gold"))]
    nlp = load_pipeline(stock_names=True)
    read = analyse(nlp, [gold.extraction.article for gold in golds])
    for gold, analysed in zip(golds, read, strict=True):
        if analysed.extraction is None:
            raise analysed.error or RuntimeError(gold.name)
        yield replace(gold.extraction, territories=analysed.extraction.territories)


def _meta(learned: int, every: Sequence[Sentence]) -> dict[str, Any]:
    nlp = recogniser(weights=NAMES)
    held: dict[str, list[tuple[str, tuple[tuple[int, int, str], ...]]]] = {}
    for sentence in chosen(every, "held"):
        held.setdefault(sentence.genre, []).append((sentence.text, sentence.names))
    return {
        "annotations": digest(among=TAUGHT),
        "weights": weights_digest(),
        "examples": learned,
        "scores": {
            "documents": document_scores(),
            **{g: dict(scores(nlp, s, [PERSON, BODY, PLACE])) for g, s in sorted(held.items())},
        },
    }


if __name__ == "__main__":
    main()
