"""Learn the weights of what is likely: ``python -m recoupe.training``.

Reads the development documents and the training texts, some ten minutes on one core; writes the
weights of nouns, wholes, statuses and comparisons beside the modules that use them. Run it after an
edit of their annotations; a test says when.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import recoupe.extract
from recoupe.corpus.documents import FOLDER, load
from recoupe.corpus.gold import annotated
from recoupe.corpus.training_texts import FOLDER as TRAINING
from recoupe.corpus.training_texts import FOLDERS, load_training
from recoupe.extract.facts.likely_comparisons import LABELS
from recoupe.extract.facts.likely_status import STATUSES
from recoupe.extract.weights import LabelWeights
from recoupe.models import load as load_pipeline
from recoupe.models.log_linear import Example, fit_choices, fit_labels
from recoupe.models.training import Text, comparisons, nouns, statuses, texts, wholes
from recoupe.models.word_kinds import word_kinds

_EXTRACT = Path(recoupe.extract.__file__).parent
NOUNS = _EXTRACT / "figures" / "likely_objects.json"
KINDS = _EXTRACT / "figures" / "word_kinds.json"
WHOLES = _EXTRACT / "figures" / "likely_wholes.json"
STATUS = _EXTRACT / "facts" / "likely_status.json"
COMPARISONS = _EXTRACT / "facts" / "likely_comparisons.json"
#: Texts are left out by turns in so many parts, to see what statuses are like on unseen ones.
_PARTS = 3


def digest(*, among: Sequence[str] = FOLDERS) -> str:
    """A digest of the annotations that are learned from; ``among`` are folders of texts."""
    sha = hashlib.sha256()
    texts = (path for folder in among for path in (TRAINING / folder).glob("*.gold"))
    for path in sorted([*(FOLDER / "dev").glob("*.gold"), *texts]):
        sha.update(path.name.encode())
        sha.update(path.read_bytes())
    return sha.hexdigest()


def main() -> None:
    """Fit and write all files; how much L2 each wants was chosen on texts outside."""
    nlp = load_pipeline(stock_names=True)
    known = [gold.extraction for gold in (*annotated(load("dev")), *load_training())]
    kinds = word_kinds(nlp, (extraction.article.text for extraction in known))
    KINDS.write_text(json.dumps(kinds) + "\n", encoding="utf-8")
    choices = list(nouns(nlp, known))
    _write(NOUNS, len(choices), fit_choices(choices, l2=3, steps=400))
    choices = list(wholes(nlp, known))
    _write(WHOLES, len(choices), fit_choices(choices, l2=9, steps=200, seen=4))
    read = list(texts(nlp, known))
    examples = [[*statuses(text)] for text in read]
    _write(STATUS, sum(map(len, examples)), _fit_statuses(examples))
    pairs = _comparisons(read, examples)
    _write(COMPARISONS, len(pairs), fit_labels(pairs, labels=LABELS, l2=2, steps=150))


def _fit_statuses(examples: Sequence[Sequence[Example]]) -> dict[str, dict[str, float]]:
    learned = [example for text in examples for example in text]
    return fit_labels(learned, labels=STATUSES, l2=6, steps=200)


def _comparisons(read: Sequence[Text], examples: Sequence[Sequence[Example]]) -> list[Example]:
    """The pairs of all texts, seen with statuses that were learned from other texts."""
    pairs: list[Example] = []
    for part in range(_PARTS):
        others = [found for n, found in enumerate(examples) if n % _PARTS != part]
        weights = LabelWeights(_fit_statuses(others))
        for text in read[part::_PARTS]:
            pairs += comparisons(text, weights)
    return pairs


def _write(path: Path, figures: int, weights: dict[str, Any]) -> None:
    content = {"digest": digest(), "figures": figures, "weights": weights}
    path.write_text(json.dumps(content, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
