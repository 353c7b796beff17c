"""What a command reads: files, standard input, addresses; and what it says of those it cannot."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from recoupe.corpus.newsroom import Newsroom
from recoupe.errors import UsageError
from recoupe.inputs import Given, Unread, checked, printed_name, read_each
from recoupe.records import Article
from recoupe.scraper.guard import Endpoint, Guard
from recoupe.settings import Settings

TEXT = "Le plan promet 12\u00a0millions d’euros.\r\nIl en reste 3.\n"


def read_one(name: object, **given: Any) -> Article | Unread:
    ((_, outcome),) = read_each([str(name)], Settings(delay=0), Given(**given))
    return outcome


def test_a_text_file_is_read_unchanged(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(TEXT.encode())
    article = read_one(path, published_at="2024-05-03", kind="official", url="https://x.fr/a")
    assert isinstance(article, Article)
    assert article.text == TEXT
    assert (article.published_at, article.kind, article.url) == (
        *("2024-05-03", "official", "https://x.fr/a"),
    )


def test_one_bad_input_does_not_stop_the_others_and_keeps_its_place(tmp_path: Path) -> None:
    good = tmp_path / "a.txt"
    good.write_text(TEXT)
    names = [str(tmp_path / "none.txt"), str(good), str(tmp_path), "http://127.0.0.1/"]
    outcomes = list(read_each(names, Settings(delay=0), Given()))
    assert [name for name, _ in outcomes] == names
    assert [isinstance(outcome, Article) for _, outcome in outcomes] == [False, True, False, False]
    stages = [outcome.stage for _, outcome in outcomes if isinstance(outcome, Unread)]
    assert stages == ["read", "read", "fetch"]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"published_at": "25/09/2019"}, "write 2019-09-25"),
        ({"published_at": ""}, "not an ISO 8601 date"),
        ({"published_at": "2019-13-01"}, "not an ISO 8601 date"),
        ({"kind": "blog"}, "a text is press or official"),
        ({"url": "ftp://x.fr/"}, "no web address"),
    ],
)
def test_an_option_that_cannot_be_is_refused_before_anything_is_read(
    options: dict[str, str], said: str
) -> None:
    given = {"url": None, "published_at": None, "kind": None, **options}
    with pytest.raises(UsageError, match=said):
        checked(["a.txt"], **given)


def test_what_belongs_to_one_text_is_not_taken_for_two() -> None:
    with pytest.raises(UsageError, match="one input only"):
        checked(["a.txt", "b.txt"], url="https://x.fr/a", published_at=None, kind=None)
    with pytest.raises(UsageError, match="once"):
        checked(["-", "a.txt", "-"], url=None, published_at=None, kind=None)


def test_a_name_that_is_not_utf8_can_be_printed() -> None:
    assert printed_name("caf\udce9.txt").encode() == "caf\ufffd.txt".encode()
    assert printed_name("-") == "standard input"


def test_a_reader_that_breaks_down_is_told_of_its_input(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.txt"
    path.write_text(TEXT)

    def broken(*_: object, **__: object) -> None:
        raise RecursionError("too deep")

    monkeypatch.setattr("recoupe.inputs.read_bytes", broken)
    outcome = read_one(path)
    assert isinstance(outcome, Unread)
    assert str(path) in outcome.message
    assert "RecursionError: too deep" in outcome.message
    assert "report it" in outcome.message


@pytest.fixture
def admitted(newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch) -> Newsroom:
    """The newsroom, which the guard lets pass; robots.txt and all else as it is."""
    guard = Guard(allow=[Endpoint.parse(newsroom.address)])
    monkeypatch.setattr("recoupe.inputs.Guard", lambda: guard)
    return newsroom


def test_an_address_is_read_as_the_page_it_serves(admitted: Newsroom) -> None:
    document = admitted.documents[0]
    article = read_one(f"{admitted.base_url}{document.path}")
    assert isinstance(article, Article)
    assert article.title == document.title
    assert article.url == f"{admitted.base_url}{document.path}"


def test_an_address_that_robots_txt_closes_is_refused(admitted: Newsroom) -> None:
    closed = next(path for path in admitted._pages if "/robots" not in path and _closed(path))
    outcome = read_one(f"{admitted.base_url}{closed}")
    assert isinstance(outcome, Unread)
    assert (outcome.stage, outcome.error.exit_code) == ("fetch", 5)
    assert "robots.txt" in outcome.message
    assert admitted.requests[closed, 200] == 0


def _closed(path: str) -> bool:
    from recoupe.corpus.feeds import CLOSED_FOLDER

    return path.startswith(CLOSED_FOLDER)


def test_an_address_without_a_page_says_what_it_answered(admitted: Newsroom) -> None:
    outcome = read_one(f"{admitted.base_url}/rien")
    assert isinstance(outcome, Unread)
    assert (outcome.stage, outcome.error.exit_code) == ("read", 3)
    assert "answered 404" in outcome.message
