"""The site in a real browser: nothing leaves it, nothing fails, it fits a narrow screen."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

CHROMIUM = "/usr/bin/chromium"
QUIET = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
]
OURS = [
    *("", "recherche?q=projets", "recherche?vue=phrases", "faits/1", "articles/1", "articles/4"),
    *("comparer?programme=1", "donnees"),
]
STOCK = ["recoupe", "recoupe/facts", "recoupe/facts/1"]

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not Path(CHROMIUM).exists(), reason=f"no Chromium at {CHROMIUM}"),
]


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with playwright.sync_playwright() as started:
        chromium = started.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    context = browser.new_context(viewport={"width": 1200, "height": 900}, locale="fr-FR")
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("path", [*OURS, *STOCK])
def test_no_request_leaves_the_site_and_nothing_fails(page: Any, site: str, path: str) -> None:
    requests: list[str] = []
    complaints: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.on("console", lambda line: complaints.append(line.text) if line.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    response = page.goto(site + path, wait_until="networkidle")
    assert response.status == 200
    assert {urlsplit(url).netloc for url in requests if not url.startswith("data:")} == {
        urlsplit(site).netloc
    }
    assert complaints == []


@pytest.mark.parametrize("width", [320, 1200])
@pytest.mark.parametrize("path", OURS)
def test_pages_fit_the_screen(page: Any, site: str, path: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(site + path)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_everything_works_without_javascript(browser: Any, site: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(site)
    page.get_by_role("searchbox").fill("engagés préfecture statut:engagé")
    page.get_by_role("button", name="Chercher").click()
    page.locator(".figure-value").first.click()
    assert page.locator("h1").inner_text().startswith("Plus de 260")
    page.get_by_role("link", name="Voir dans l’article").click()
    assert page.locator("mark:target").inner_text().startswith("260 millions d’euros")
    context.close()


def test_the_first_tab_skips_to_the_content(page: Any, site: str) -> None:
    page.goto(site)
    page.keyboard.press("Tab")
    skip = page.locator("a.skip")
    assert skip.evaluate("element => element === document.activeElement")
    assert skip.bounding_box()["x"] >= 0
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "contenu"


def test_addresses_are_printed_after_links(page: Any, site: str) -> None:
    page.goto(site + "articles/1")
    page.emulate_media(media="print")
    link = page.locator('a[href^="https://pref.example"]').first
    printed = link.evaluate("element => getComputedStyle(element, '::after').content")
    assert "pref.example" in printed
