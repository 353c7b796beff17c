"""Addresses that may be printed, and the place inside them."""

from __future__ import annotations

import pytest

from recoupe.db.site.links import host, web_address, with_text_fragment

PAGE = "https://echo.example/bilan"


@pytest.mark.parametrize(
    "url", [PAGE, "http://echo.example:8080/a?b=c#d", "https://échos.example/é"]
)
def test_web_pages_may_be_linked(url: str) -> None:
    assert web_address(url) == url


@pytest.mark.parametrize(
    "url",
    [
        None,
        "",
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        " javascript:alert(1)",
        "java\nscript:alert(1)",
        "data:text/html,<script>",
        "vbscript:x",
        "file:///etc/passwd",
        "//echo.example/",
        "https://",
        "https:///bilan",
        "http://[::1",
        "sha256:0123",
        "https://echo.example/\u0000",
    ],
)
def test_anything_else_may_not(url: str | None) -> None:
    assert web_address(url) is None
    assert with_text_fragment(url, "mots") is None


@pytest.mark.parametrize(
    ("passage", "fragment"),
    [
        ("260 millions", "#:~:text=260%20millions"),
        ("85 %, dit-il", "#:~:text=85%20%25%2C%20dit%2Dil"),
        ("un\u00a0mot\u202f&", "#:~:text=un%20mot%20%26"),
        (
            " ".join(["assez"] * 5 + ["milieu"] * 9 + ["fin"] * 5),
            "#:~:text=" + "%20".join(["assez"] * 5) + "," + "%20".join(["fin"] * 5),
        ),
        ("", ""),
    ],
)
def test_text_fragments(passage: str, fragment: str) -> None:
    assert with_text_fragment(PAGE, passage) == PAGE + fragment


def test_a_fragment_that_is_there_is_kept() -> None:
    assert with_text_fragment(PAGE + "#titre", "mots") == PAGE + "#titre:~:text=mots"


def test_the_host_tells_where_a_link_leads() -> None:
    assert host("https://www.echo.example/a") == "echo.example"
    assert host("javascript:x") == ""
