"""Texts that are annotated for training alone: no part of the newsroom, never scored.

Rules were written while reading the development part, so what they leave unsaid there is not what
they leave unsaid elsewhere. These texts were annotated before any rule was tried on them: figures,
people, bodies, programmes and quotations, but neither dates nor places. The files of
``training/documents`` and of ``training/further`` hold a text each, those of ``training/passages``
one text a passage. The name recogniser is not taught on ``further``.
"""

from __future__ import annotations

from pathlib import Path

from recoupe.corpus.gold import Gold, load_cases, load_spelled

FOLDER = Path(__file__).with_name("training")
#: What stands in it: texts that figures and names are learned from, figures alone, and passages.
FOLDERS = ("documents", "further", "passages")


def load_training(*, folder: Path = FOLDER) -> tuple[Gold, ...]:
    """All of them, by name; raises `NotationError` with every line that cannot be read."""
    golds = [
        load_spelled(path, "dev")
        for texts in ("documents", "further")
        for path in sorted(folder.glob(f"{texts}/*.gold"))
    ]
    for path in sorted(folder.glob("passages/*.gold")):
        golds += load_cases(path, "dev")
    return tuple(golds)
