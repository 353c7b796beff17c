"""What tests of the whole path share: the pipeline loaded once, the command line in-process."""

from __future__ import annotations

import io
import json
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from recoupe.cli import execute

if TYPE_CHECKING:
    from spacy.language import Language

    from recoupe.corpus.newsroom import Newsroom

#: One page of each family, and two that tell of one programme.
CHOSEN = (
    "coeur-de-ville-saint-brieuc-42-millions",
    "coeur-de-ville-saint-brieuc-entretien",
    "territoires-industrie-lamballe-contrat",
    "petites-villes-de-demain-seize-communes",
    "fonds-vert-2023-bilan-cotes-darmor",
)


@dataclass(frozen=True)
class Result:
    """What one command left: exit code, standard output and standard error."""

    code: int
    out: str
    err: str

    @property
    def data(self) -> Any:
        return json.loads(self.out)


Command = Callable[..., Result]


@pytest.fixture(scope="session")
def pipeline() -> Language:
    """The pipeline, loaded once for the whole session."""
    from recoupe.models import load

    return load()


@pytest.fixture
def loaded(pipeline: Language, monkeypatch: pytest.MonkeyPatch) -> None:
    """Commands of this test take the pipeline that is loaded already."""
    monkeypatch.setattr("recoupe.run.load", lambda: pipeline)
    monkeypatch.setattr("recoupe.extracting.load", lambda: pipeline)


@pytest.fixture
def never_loaded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Commands of this test must not load the pipeline, which takes seconds."""

    def load() -> None:
        raise AssertionError("the pipeline was loaded")

    monkeypatch.setattr("recoupe.run.load", load)
    monkeypatch.setattr("recoupe.extracting.load", load)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty working folder, and an environment that sets nothing."""
    monkeypatch.chdir(tmp_path)
    for name in [*os.environ]:
        if name.startswith("RECOUPE_") or name in {"NO_COLOR", "COLUMNS"}:
            monkeypatch.delenv(name)
    return tmp_path


@pytest.fixture
def recoupe(
    folder: Path, capsysbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch
) -> Command:
    """Run one command in an empty folder: ``recoupe("read", "-", stdin=b"…")``."""

    assert Path.cwd() == folder

    def command(*arguments: object, stdin: bytes = b"") -> Result:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8"))
        capsysbinary.readouterr()
        code = execute([str(argument) for argument in arguments])
        written = capsysbinary.readouterr()
        return Result(code, written.out.decode(), written.err.decode())

    return command


def _newsroom() -> Newsroom:
    from recoupe.corpus.documents import load
    from recoupe.corpus.newsroom import Newsroom

    documents = [document for document in load() if document.slug in CHOSEN]
    assert len(documents) == len(CHOSEN)
    return Newsroom(port=0, documents=documents)


@pytest.fixture
def newsroom() -> Iterator[Newsroom]:
    """The embedded newsroom with a few of its documents, at a port of the system's choice."""
    with _newsroom() as opened:
        yield opened


@pytest.fixture(scope="session")
def harvest(
    pipeline: Language, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Newsroom, Path]]:
    """A newsroom that was collected, extracted and compared once, and the folder of its base.

    Tests copy the folder before they write to it.
    """
    from recoupe import run as job
    from recoupe.settings import Settings

    folder = tmp_path_factory.mktemp("harvest")
    settings = Settings(
        database=folder / "recoupe.db", archive=folder / "recoupe-archive.db", delay=0
    )
    with _newsroom() as opened, pytest.MonkeyPatch.context() as patch:
        patch.setattr(job, "load", lambda: pipeline)
        report = job.run(settings, opened.sources(), newsroom=opened.address)
        assert report.exit_code == 0
        yield opened, folder


@pytest.fixture
def base(harvest: tuple[Newsroom, Path], folder: Path) -> Path:
    """A copy of the harvest's base, its archive beside it, in the empty working folder."""
    for path in harvest[1].iterdir():
        shutil.copy(path, folder)
    return folder / "recoupe.db"
