"""The floors of quality in ``baseline.json``: measured once, never lowered.

The file holds the F1 of each measure of each part, rounded down, with the digest of the corpus that
it was measured on. A corpus that changed makes every floor void until it is measured again, which
`raised` allows only together with the new digest.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterator, Mapping
from pathlib import Path

import msgspec

from recoupe.corpus.documents import FOLDER
from recoupe.corpus.measures import Score
from recoupe.errors import ConfigurationError

BASELINE = Path(__file__).with_name("baseline.json")
#: Scores are the same on every machine but for the model's last bits: floors stand this far below.
SLACK = 0.002


class Baseline(msgspec.Struct, kw_only=True, frozen=True, forbid_unknown_fields=True):
    """The floors: ``parts`` maps part to measure to the least F1 allowed."""

    corpus: str
    parts: dict[str, dict[str, float]]


#: Folders of annotations that no score is made of.
_UNSCORED = frozenset({"readings", "training"})


def digest(folder: Path = FOLDER) -> str:
    """One digest over every text, annotation, case and pair that scores are made of."""
    whole = hashlib.sha256()
    root = folder.parent
    for path in sorted(root.glob("**/*")):
        if path.suffix in {".txt", ".gold", ".pairs"} and not _UNSCORED & set(path.parts):
            whole.update(f"{path.relative_to(root)}\n".encode())
            whole.update(path.read_bytes())
    return whole.hexdigest()[:16]


def load(path: Path = BASELINE) -> Baseline:
    """The committed floors."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=Baseline)
    except (OSError, msgspec.DecodeError) as error:
        raise ConfigurationError(f"{path}: cannot be used: {error}") from error


def fallen(
    baseline: Baseline, part: str, measured: Mapping[str, Score], *, corpus: str
) -> Iterator[str]:
    """Each reason why what was measured does not pass."""
    if baseline.corpus != corpus:
        yield (
            f"the corpus has changed (digest {corpus}, floors of {baseline.corpus}): "
            "measure it again with recoupe evaluate --raise"
        )
        return
    for name, floor in baseline.parts.get(part, {}).items():
        score = measured.get(name)
        f1 = score.counts.f1 if score else None
        if f1 is None or f1 < floor:
            yield f"{part}: {name}: {f1 if f1 is None else round(f1, 4)} is under its floor {floor}"


def raised(
    baseline: Baseline | None, part: str, measured: Mapping[str, Score], *, corpus: str
) -> Baseline:
    """The floors with those of a part raised to what was measured; none falls on the same corpus.

    Raises `ConfigurationError` where one would fall and the corpus is the same.
    """
    floors = {
        name: math.floor(max(score.counts.f1 - SLACK, 0) * 1000) / 1000
        for name, score in measured.items()
        if score.counts.f1 is not None
    }
    if baseline is None:
        return Baseline(corpus=corpus, parts={part: floors})
    if baseline.corpus == corpus:
        if reasons := list(fallen(baseline, part, measured, corpus=corpus)):
            raise ConfigurationError("floors only rise:\n" + "\n".join(reasons))
        old = baseline.parts.get(part, {})
        floors = {name: max(floor, old.get(name, 0.0)) for name, floor in floors.items()}
        return Baseline(corpus=corpus, parts={**baseline.parts, part: floors})
    return Baseline(corpus=corpus, parts={part: floors})


def save(baseline: Baseline, path: Path = BASELINE) -> None:
    """Write the floors, sorted, so that a change of one is a line of the diff."""
    ordered = {
        part: dict(sorted(floors.items())) for part, floors in sorted(baseline.parts.items())
    }
    content = msgspec.json.encode({"corpus": baseline.corpus, "parts": ordered})
    path.write_bytes(msgspec.json.format(content, indent=2) + b"\n")
