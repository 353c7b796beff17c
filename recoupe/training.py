"""Learn the weights of the likely nouns, wholes and statuses: ``python -m recoupe.training``.

Takes some minutes. Reads the development documents and the training texts, writes each model's
weights beside the module that uses them. Run it after an edit of their annotations; a test says
when.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import recoupe.extract
from recoupe.corpus.documents import FOLDER, load
from recoupe.corpus.gold import annotated
from recoupe.corpus.training_texts import FOLDER as TRAINING
from recoupe.corpus.training_texts import load_training
from recoupe.extract.facts.likely_status import STATUSES
from recoupe.models import load as load_pipeline
from recoupe.models.log_linear import fit_choices, fit_labels
from recoupe.models.training import nouns, statuses, wholes

_EXTRACT = Path(recoupe.extract.__file__).parent
NOUNS = _EXTRACT / "figures" / "likely_objects.json"
WHOLES = _EXTRACT / "figures" / "likely_wholes.json"
STATUS = _EXTRACT / "facts" / "likely_status.json"


def digest() -> str:
    """A digest of all annotations that are learned from."""
    sha = hashlib.sha256()
    for path in sorted([*(FOLDER / "dev").glob("*.gold"), *TRAINING.glob("*/*.gold")]):
        sha.update(path.name.encode())
        sha.update(path.read_bytes())
    return sha.hexdigest()


def main() -> None:
    """Fit and write the three files; how much L2 each wants was chosen on texts outside."""
    nlp = load_pipeline()
    known = [gold.extraction for gold in (*annotated(load("dev")), *load_training())]
    choices = list(nouns(nlp, known))
    _write(NOUNS, len(choices), fit_choices(choices, l2=3, steps=400))
    choices = list(wholes(nlp, known))
    _write(WHOLES, len(choices), fit_choices(choices, l2=16, steps=200, seen=16))
    examples = list(statuses(nlp, known))
    _write(STATUS, len(examples), fit_labels(examples, labels=STATUSES, l2=6, steps=250))


def _write(path: Path, figures: int, weights: dict[str, Any]) -> None:
    content = {"digest": digest(), "figures": figures, "weights": weights}
    path.write_text(json.dumps(content, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
