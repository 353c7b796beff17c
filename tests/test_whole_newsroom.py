"""The whole corpus through the real job, once: what `recoupe demo` does."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from recoupe.corpus.documents import load
from recoupe.corpus.newsroom import Newsroom
from recoupe.run import run
from recoupe.settings import Settings

if TYPE_CHECKING:
    from spacy.language import Language


@pytest.mark.slow
def test_every_document_of_the_newsroom_is_collected_and_extracted(
    pipeline: Language, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("recoupe.run.load", lambda: pipeline)
    settings = Settings(
        database=tmp_path / "recoupe.db", archive=tmp_path / "recoupe-archive.db", delay=0
    )
    documents = load()
    with Newsroom(port=0) as newsroom:
        report = run(settings, newsroom.sources(), newsroom=newsroom.address)
        wanted = {f"{newsroom.base_url}{document.path}" for document in documents}
        assert not [p for (p, s) in newsroom.requests if s == 404 and "/.well-known/" not in p]
    assert (report.exit_code, report.documents, report.refused) == (0, len(documents), 1)
    with closing(sqlite3.connect(settings.database)) as base:
        found = {url for (url,) in base.execute("SELECT url FROM documents")}
    assert found == wanted
