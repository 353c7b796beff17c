"""Teach the stock model's name recogniser: ``ner`` learns from typed names, all else stays.

The tokens-to-vectors layer of ``ner`` is its own, so nothing else of the pipeline changes. The
weights stand in ``models/ner``, with their card; ``python -m recoupe.training_names`` writes them.
"""

from __future__ import annotations

import logging
import random
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.training import Example, offsets_to_biluo_tags
from thinc.api import Adam, fix_random_seed

from recoupe.models.pipeline import base
from recoupe.records import Extraction

#: Programmes are works of a kind: the stock model has no other label for them.
PERSON, BODY, PLACE, WORK = "PER", "ORG", "LOC", "MISC"
EPOCHS = 8

Typed = tuple[int, int, str]

_SEED = 20
_RATE, _DROP, _BATCH = 0.0005, 0.25, 24
_OTHERS = ["tok2vec", "morphologizer", "parser", "attribute_ruler", "lemmatizer"]
_log = logging.getLogger(__name__)


def recogniser(*, weights: Path | None = None) -> Language:
    """The base model with its ``ner`` alone, as it is or with other weights."""
    return base(names=weights, exclude=_OTHERS)


def typed_lines(found: Extraction) -> Iterator[tuple[str, list[Typed]]]:
    """The lines of a text with the names in them, the longest where some overlap.

    Adjectives and inhabitants (« breton ») are no names of places.
    """
    names = outermost(
        [
            *((m.start, m.end, PERSON) for m in found.people),
            *((m.start, m.end, BODY) for m in found.organisations),
            *((m.start, m.end, WORK) for m in found.programmes),
            *((m.start, m.end, PLACE) for m in found.territories if m.text[0].isupper()),
        ]
    )
    at = 0
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


def example(nlp: Language, text: str, names: Sequence[Typed], *, complete: bool) -> Example:
    """One text to learn from.

    Unless all its names are ``complete``, places and works that only the model sees are left open:
    our annotations name neither newspapers nor every place.
    """
    doc = nlp.make_doc(text)
    tags = offsets_to_biluo_tags(doc, list(names))
    for ent in () if complete else nlp(text).ents:
        if ent.label_ in {PLACE, WORK} and set(tags[ent.start : ent.end]) == {"O"}:
            tags[ent.start : ent.end] = ["-"] * len(ent)
    return Example.from_dict(doc, {"entities": tags})


def teach(
    texts: Iterable[Extraction],
    sentences: Iterable[tuple[str, Sequence[Typed]]],
    *,
    to: Path,
    epochs: int = EPOCHS,
) -> int:
    """Train ``ner`` and write its averaged weights; the same examples give the same weights.

    ``texts`` leave places and works out, ``sentences`` have all their names. Returns how many
    examples there were.
    """
    nlp = recogniser()
    lines = (line for text in texts for line in typed_lines(text))
    learned = [example(nlp, line, names, complete=False) for line, names in lines]
    learned += [example(nlp, text, outermost(names), complete=True) for text, names in sentences]
    fix_random_seed(_SEED)
    draw = random.Random(_SEED)  # noqa: S311  an order, no secret
    nlp.resume_training()
    optimizer = Adam(_RATE, L2=0.01, grad_clip=1.0, L2_is_weight_decay=True, use_averages=True)
    for epoch in range(epochs):
        draw.shuffle(learned)
        losses: dict[str, float] = {}
        for start in range(0, len(learned), _BATCH):
            batch = learned[start : start + _BATCH]
            nlp.update(batch, sgd=optimizer, losses=losses, drop=_DROP)
        _log.info("%d of %d: loss %.0f", epoch + 1, epochs, losses["ner"])
    ner: Any = nlp.get_pipe("ner")
    with nlp.use_params(optimizer.averages):
        ner.to_disk(to, exclude=["vocab"])
    return len(learned)


def scores(
    nlp: Language, texts: Iterable[tuple[str, Sequence[Typed]]], labels: Sequence[str]
) -> Mapping[str, float]:
    """For each label the F1 of ``doc.ents``, by exact characters."""
    counts: Counter[tuple[str, str]] = Counter()
    for text, names in texts:
        ents = {(ent.start_char, ent.end_char, ent.label_) for ent in nlp(text).ents}
        for told, spans in (("gold", set(names)), ("found", ents), ("hit", ents & set(names))):
            counts.update((told, label) for *_, label in spans)
    return {
        label: round(
            2 * counts["hit", label] / max(1, counts["gold", label] + counts["found", label]),
            3,
        )
        for label in labels
    }
