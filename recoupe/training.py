"""Learn the weights of `likely` from the corpus: ``python -m recoupe.training``, some two minutes.

Reads the development documents and the training texts, writes ``likely_objects.json`` beside the
module that uses it. Run it after an edit of their annotations; a test says when.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import recoupe.extract
from recoupe.corpus.documents import FOLDER, load
from recoupe.corpus.gold import annotated
from recoupe.corpus.training_texts import FOLDER as TRAINING
from recoupe.corpus.training_texts import load_training
from recoupe.models import load as load_pipeline
from recoupe.models.training import choices, fit

WEIGHTS = Path(recoupe.extract.__file__).with_name("figures") / "likely_objects.json"


def digest() -> str:
    """A digest of all annotations that are learned from."""
    sha = hashlib.sha256()
    for path in sorted([*(FOLDER / "dev").glob("*.gold"), *TRAINING.glob("*/*.gold")]):
        sha.update(path.name.encode())
        sha.update(path.read_bytes())
    return sha.hexdigest()


def main() -> None:
    """Fit and write the file."""
    golds = [*annotated(load("dev")), *load_training()]
    learned = list(choices(load_pipeline(), (gold.extraction for gold in golds)))
    content = {"digest": digest(), "figures": len(learned), "weights": fit(learned)}
    WEIGHTS.write_text(json.dumps(content, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
