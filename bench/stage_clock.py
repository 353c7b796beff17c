"""CPU seconds of each stage of one process, user and system, without double counting.

Stages are lazy and stand inside one another: the writer pulls an extraction, which pulls a batch
of articles, which pulls snapshots. One label is current at a time; entering a stage makes its label
current and leaving it gives the time back to the stage around it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from time import process_time
from typing import Any, TypeVar

from spacy.language import Language
from spacy.tokens import Doc

_T = TypeVar("_T")


class StageClock:
    """Adds up CPU time under the label that is current; ``spent`` maps labels to seconds."""

    def __init__(self, label: str) -> None:
        self.spent: dict[str, float] = defaultdict(float)
        self._label = label
        self._since = process_time()

    def switch(self, label: str) -> str:
        """Make ``label`` current and give back the one before."""
        now = process_time()
        self.spent[self._label] += now - self._since
        before, self._label, self._since = self._label, label, now
        return before

    def start(self) -> None:
        """Forget what was counted."""
        self.spent.clear()
        self._since = process_time()

    @contextmanager
    def stage(self, label: str) -> Iterator[None]:
        """Count what happens inside under ``label``."""
        before = self.switch(label)
        try:
            yield
        finally:
            self.switch(before)

    def around(self, label: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """The same function, counted under ``label``."""

        def counted(*args: Any, **options: Any) -> Any:  # noqa: ANN401  whatever it takes
            with self.stage(label):
                return function(*args, **options)

        return counted

    def pulled(self, label: str, items: Iterable[_T]) -> Iterator[_T]:
        """The same items, the making of each counted under ``label``."""
        source = iter(items)
        while True:
            with self.stage(label):
                try:
                    item = next(source)
                except StopIteration:
                    return
            yield item


class Counted:
    """One component of a pipeline, or its tokenizer, with its time counted under its name."""

    def __init__(self, clock: StageClock, name: str, inner: Any) -> None:  # noqa: ANN401
        self._clock, self._name, self._inner = clock, name, inner

    def __call__(self, *args: Any, **options: Any) -> Any:  # noqa: ANN401
        """The component on one document, the tokenizer on one text."""
        with self._clock.stage(self._name):
            return self._inner(*args, **options)

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401  a stand-in answers for its inner
        return getattr(self._inner, name)

    def pipe(self, docs: Iterable[Doc], **options: Any) -> Iterator[Doc]:  # noqa: ANN401
        """The component over a stream, as `Language.pipe` calls it."""
        if hasattr(self._inner, "pipe"):
            made = self._inner.pipe(docs, **options)
        else:
            options.pop("batch_size", None)
            made = (self._inner(doc, **options) for doc in docs)
        return self._clock.pulled(self._name, made)


def count_components(nlp: Language, clock: StageClock) -> None:
    """Have each component of ``nlp``, and its tokenizer, counted under its own name."""
    nlp._components = [(n, Counted(clock, n, c)) for n, c in nlp._components]  # noqa: SLF001
    nlp.tokenizer = Counted(clock, "tokenizer", nlp.tokenizer)
