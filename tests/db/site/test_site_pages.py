"""Every page of ours on a filled base: what it shows, what it marks, what it escapes."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Any
from urllib.parse import quote

import pytest
from bs4 import BeautifulSoup, Tag

THIN, NBSP = "\u202f", "\u00a0"


async def get(server: Any, path: str, *, status: int = 200) -> BeautifulSoup:
    response = await server.client.get(path)
    assert response.status_code == status, response.text[:500]
    assert response.headers["content-type"] == "text/html; charset=utf-8"
    return BeautifulSoup(response.text, "html.parser")


def words(found: Tag | None) -> str:
    assert found is not None
    return " ".join(found.get_text(" ", strip=True).split())


OURS = ["/", "/recherche?q=projets", "/faits/1", "/articles/1", "/comparer?programme=1", "/donnees"]


@pytest.mark.parametrize("path", [*OURS, "/faits/0"])
async def test_every_page_is_french_and_accessible(server: Any, path: str) -> None:
    page = await get(server, path, status=404 if path == "/faits/0" else 200)
    assert page.html is not None
    assert page.html["lang"] == "fr"
    assert len(page.find_all("h1")) == 1
    assert len(page.find_all("main")) == 1
    assert page.select_one("header nav[aria-label]")
    assert page.select_one('a.skip[href="#contenu"]')
    assert page.title is not None
    assert words(page.title).endswith("Recoupe")
    for field in page.select("input:not([type=hidden]), select, textarea"):
        assert page.select_one(f'label[for="{field["id"]}"]'), field
    for table in page.find_all("table"):
        assert table.caption
        assert all(head.get("scope") for head in table.find_all("th"))
    ids = [tag["id"] for tag in page.select("[id]")]
    assert len(ids) == len(set(ids))
    for name in (
        ref for tag in page.select("[aria-labelledby]") for ref in tag["aria-labelledby"].split()
    ):
        assert name in ids
    ranks = [int(tag.name[1]) for tag in page.find_all(re.compile(r"^h[1-6]$"))]
    assert all(after - before <= 1 for before, after in pairwise(ranks)), ranks


@pytest.mark.parametrize("path", OURS)
async def test_our_pages_allow_nothing_but_our_style(server: Any, path: str) -> None:
    response = await server.client.get(path)
    policy = response.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; style-src 'self';")
    assert "unsafe" not in policy
    assert response.headers["x-content-type-options"] == "nosniff"
    assert "set-cookie" not in response.headers
    page = BeautifulSoup(response.text, "html.parser")
    assert not page.select("script, style, [style], [onclick], [onload], iframe, img")
    for tag in page.select("link[href], form[action]"):
        assert str(tag.get("href") or tag.get("action")).startswith("/")


async def test_home_shows_figures_gaps_and_freshness(server: Any) -> None:
    page = await get(server, "/")
    counts = {words(div.dt): words(div.dd) for div in page.select(".counts div")}
    assert counts["Chiffres"] == "10"
    assert counts["Documents"] == "4"
    assert f"Plus de 260{NBSP}M€ engagés sur 1,36{NBSP}Md€ annoncés" in page.get_text()
    sources = {words(row.th): words(row) for row in page.select("tbody tr")}
    assert "2 octobre 2019" in sources["L’Écho du Val"]
    assert f"20 novembre 2026 à 8{NBSP}h{NBSP}00" in page.get_text()


async def test_a_gap_is_shown_once_on_the_first_page(server: Any) -> None:
    page = await get(server, "/")
    reported = [side["href"] for side in page.select(".side:nth-child(2) .figure-value")]
    assert len(reported) == len(set(reported)) == 2


async def test_a_fact_says_everything_of_its_figure(server: Any, ids: dict[str, int]) -> None:
    page = await get(server, f"/faits/{ids['1,36 milliard d’euros']}")
    assert words(page.h1) == "1,36 Md€"
    sheet = {words(div.dt): div.dd.get_text().strip() for div in page.select(".sheet div")}
    assert "1,36 milliard d’euros" in sheet["Tel qu’imprimé"]
    assert sheet["Normalisé"] == f"1{THIN}360{THIN}000{THIN}000{NBSP}€"
    assert sheet["Qui le dit"] == "Jeanne Kervella"
    assert sheet["Qui paie ou décide"] == "État"
    assert sheet["Programme"] == "plan Rebond"
    assert sheet["Période"] == "2018–2022"
    assert sheet["Règle"] == "test"
    assert "fr_core_news_md" in sheet["Version"]
    assert f"93{NBSP}%" in sheet["Confiance"]
    evidence = page.select_one(".evidence")
    assert evidence is not None
    assert [
        words(mark.contents[0]) if isinstance(mark.contents[0], Tag) else mark.contents[0]
        for mark in evidence.select("mark")
    ] == ["annoncé", "1,36 milliard d’euros"]
    assert [words(span) for span in page.select(".neighbour")] == [
        "Le plan Rebond dévoilé",
        "« Nous serons au rendez-vous », a déclaré Jeanne Kervella, ministre de l’Industrie.",
    ]
    assert "« L’État a annoncé" in words(page.select_one(".citation")).replace(NBSP, " ")


async def test_a_fact_leads_to_its_place_in_the_source_and_in_the_article(
    server: Any, ids: dict[str, int]
) -> None:
    number = ids["1,36 milliard d’euros"]
    page = await get(server, f"/faits/{number}")
    source, article = page.select(".actions a.button")
    assert str(source["href"]).startswith(
        "https://pref.example/plan-rebond?a=1&b=2#:~:text=L%E2%80%99"
    )
    assert "noopener" in source["rel"]
    assert str(article["href"]).endswith(f"#f{number}")
    text = await get(server, str(article["href"]).partition("#")[0])
    assert text.select_one(f"mark#f{number}") is not None


async def test_a_fact_shows_its_comparisons_and_the_same_figure_elsewhere(
    server: Any, ids: dict[str, int]
) -> None:
    page = await get(server, f"/faits/{ids['1,36 milliard d’euros']}")
    assert "soit plus de 19,1 %" in words(page.select_one(".rate-line")).replace(NBSP, " ")
    elsewhere = page.find(id="ailleurs")
    assert elsewhere is not None
    assert elsewhere.parent is not None
    assert [a["href"] for a in elsewhere.parent.select("a.figure-value")] == [
        f"/faits/{ids['1,36 milliard']}"
    ]


async def test_a_fact_warns_before_it_is_quoted(server: Any, ids: dict[str, int]) -> None:
    page = await get(server, f"/faits/{ids['190 millions d’euros']}")
    assert "dit au conditionnel" in words(page.select_one(".notice"))


async def test_an_article_marks_each_mention_with_its_word(server: Any) -> None:
    page = await get(server, "/articles/1")
    marked = {words(mark): mark["class"][1] for mark in page.select(".text mark")}
    assert marked == {
        "plan Rebond programme": "mark-programme",
        "L’État organisme": "mark-organisation",
        "1,36 milliard d’euros annoncé": "mark-quantity",
        "2018-2022 date": "mark-date",
        "Nous serons au rendez-vous citation": "mark-quote",
        "Jeanne Kervella personne": "mark-person",
        "Saint-Brieuc lieu": "mark-territory",
        "150 prévu": "mark-quantity",
    }
    assert {words(entry.mark) for entry in page.select(".legend li")} == {
        *("chiffre", "programme", "organisme", "date", "citation", "personne", "lieu")
    }
    assert "ministre de l’Industrie , Gouvernement" in words(page.select_one(".margin"))
    assert "commune, code Insee 22278" in words(page.select_one(".margin"))
    rows = [words(row) for row in page.select("tbody tr")]
    assert len(rows) == 2
    assert rows[1].startswith("150 projets prévu décompte plan Rebond Saint-Brieuc")


async def test_comparisons_put_pairs_of_documents_first_and_contradictions_apart(
    server: Any,
) -> None:
    page = await get(server, "/comparer")
    kinds = [words(pair.select_one(".pair-facts")) for pair in page.select(".pair")]
    bases = [text.rpartition("Rapprochement ")[2] for text in kinds]
    assert bases == [
        *["entre deux documents"] * 2,
        "dans une même phrase",
        "entre deux documents",
    ]
    contradiction = page.select_one(".pair-contradiction")
    assert "Plus de 260 M€ ou 190 M€" in words(contradiction)
    sides = page.select_one(".pair .sides")
    assert sides is not None
    assert [words(side.select_one(".side-name")) for side in sides.select(".side")] == [
        "Annoncé",
        "Constaté",
    ]
    assert [words(mark) for mark in sides.select(".sentence mark")] == ["150", "146"]
    assert "autorisations d’engagement" in words(page.select_one(".method"))


async def test_a_gap_is_told_with_its_reference(server: Any) -> None:
    page = await get(server, "/comparer")
    facts = [words(pair) for pair in page.select(".pair-facts")]
    assert facts[0].startswith("Écart 4 de moins que prévu")
    assert facts[1].startswith("Écart 1,1 Md€ de moins qu’annoncé")


@pytest.mark.parametrize(
    ("filters", "count"),
    [
        ("programme=1", 3),
        ("territoire=1", 1),
        ("statut=achieved", 1),
        ("statut=paid", 0),
        ("programme=999", 0),
        ("programme=abc&statut=xyz", 3),
    ],
)
async def test_comparisons_are_filtered(server: Any, filters: str, count: int) -> None:
    page = await get(server, f"/comparer?{filters}")
    assert len(page.select(".pair:not(.pair-contradiction)")) == count
    assert words(page.find(id="paires")).startswith(f"{count} rapprochement")


async def test_a_programme_has_its_chart_and_the_same_points_in_a_table(server: Any) -> None:
    page = await get(server, "/comparer?programme=1")
    points = page.select("figure.chart > svg .point")
    rows = page.select("details tbody tr")
    assert len(points) == len(rows) == 4
    assert page.select_one("figure.chart svg title") is not None
    assert not (await get(server, "/comparer")).select("figure.chart")


@pytest.mark.parametrize(
    "path", ["/", "/recherche", "/recherche?vue=phrases", "/articles/4", "/comparer"]
)
async def test_hostile_text_stays_text(server: Any, path: str) -> None:
    response = await server.client.get(path)
    assert response.status_code == 200
    page = BeautifulSoup(response.text, "html.parser")
    assert not page.select("script, img, iframe, [onerror], [onload]")
    assert not [a for a in page.select("[href]") if "javascript:" in str(a["href"]).lower()]


async def test_a_hostile_fact_stays_text(server: Any, ids: dict[str, int]) -> None:
    page = await get(server, f"/faits/{ids['3 millions d’euros']}")
    assert not page.select("script, img, svg, b, [onerror], [onload]")
    assert "</dd><script>s</script>" in page.get_text()
    assert not [a for a in page.select("[href]") if "javascript:" in str(a["href"]).lower()]
    assert not page.select("blockquote[cite]")


@pytest.mark.parametrize(
    "path",
    [
        *(
            "/faits/0",
            "/faits/999999",
            "/faits/abc",
            "/faits/-1",
            "/faits/1e3",
            "/faits/" + "9" * 40,
        ),
        *("/articles/0", "/articles/x", "/articles/1%27", "/nulle-part", "/a/b/c/d/e"),
        *("/recoupe/absente", "/-/recoupe/absent.css"),
    ],
)
async def test_unknown_addresses_give_a_french_404(server: Any, path: str) -> None:
    response = await server.client.get(path, follow_redirects=True)
    assert response.status_code == 404
    assert "Page introuvable" in response.text
    assert '<html lang="fr">' in response.text


async def test_errors_print_nothing(server: Any, capsys: pytest.CaptureFixture[str]) -> None:
    await server.client.get("/nulle-part")
    assert capsys.readouterr() == ("", "")


async def test_json_errors_stay_json(server: Any) -> None:
    response = await server.client.get("/recoupe/absente.json")
    assert response.status_code == 404
    assert response.json()["ok"] is False


async def test_an_unknown_version_falls_back_to_the_current_one(server: Any) -> None:
    page = await get(server, "/articles/1?version=999")
    assert not page.select(".notice")


async def test_stylesheet_and_icon_are_served_for_ever(server: Any) -> None:
    page = await get(server, "/")
    for link in page.select("head link"):
        response = await server.client.get(link["href"])
        assert response.status_code == 200
        assert "immutable" in response.headers["cache-control"]


async def test_a_mounted_site_keeps_its_prefix(base: Any) -> None:
    from recoupe.db.site import compat, metadata

    settings = {**metadata.settings(), "base_url": "/chiffres/"}
    server = compat.open_server(base, metadata=metadata.metadata("recoupe"), settings=settings)
    for path in OURS:
        page = await get(server, path)
        inside = [str(tag.get("href") or tag.get("action")) for tag in page.select("[href], form")]
        ours = [address for address in inside if not address.startswith(("http", "#"))]
        assert ours
        assert not [address for address in ours if not address.startswith("/chiffres/")]


async def test_the_base_of_an_empty_newsroom_is_explained(tmp_path: Any) -> None:
    from recoupe.db.connection import open_base
    from recoupe.db.site.serve import server_for

    path = tmp_path / "recoupe.db"
    open_base(path).conn.close()
    server = server_for(path)
    assert "La base est vide" in (await get(server, "/")).get_text()
    for other in ("/recherche?q=" + quote("région"), "/comparer", "/donnees"):
        await get(server, other)


@pytest.mark.parametrize("files", [[], ["autre.db"]])
async def test_another_base_than_ours_is_no_error_of_the_server(
    tmp_path: Any, files: list[str]
) -> None:
    import sqlite3

    from datasette.app import Datasette

    for name in files:
        connection = sqlite3.connect(tmp_path / name)
        connection.execute("CREATE TABLE autre (id INTEGER)")
        connection.close()
    server = Datasette([str(tmp_path / name) for name in files])
    await get(server, "/", status=404)
    if files:
        assert (await server.client.get("/autre/autre")).status_code == 200


async def test_what_takes_too_long_is_said_in_a_page(
    server: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from recoupe.db.site import home, routes

    forever = (
        "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT count(*) FROM n"
    )
    monkeypatch.setitem(home._COUNTS, "figures", forever)
    monkeypatch.setitem(routes._PAGES, r"/$", home.read)
    monkeypatch.setattr(routes, "_PAGE_LIMIT_MS", 50)
    page = await get(server, "/")
    assert "Recherche trop large" in page.get_text()


async def test_a_base_kept_from_strangers_is_kept_from_our_pages_too(base: Any) -> None:
    from recoupe.db.site import compat, metadata

    closed = {**metadata.metadata("recoupe"), "allow": {"id": "redaction"}}
    server = compat.open_server(base, metadata=closed, settings=metadata.settings())
    for path in (*OURS, "/recherche.csv", "/recherche.json"):
        response = await server.client.get(path)
        assert response.status_code == 403
        assert "Accès refusé" in response.text
        assert "Rebond" not in response.text


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/donnees", 200),
        ("/nulle-part", 404),
        ("/comparer?programme=999", 200),
        ("/recherche?q=zzz", 200),
    ],
)
async def test_high_punctuation_never_begins_a_line(server: Any, path: str, status: int) -> None:
    page = await get(server, path, status=status)
    for code in page.select("code, dt, option"):
        code.decompose()
    assert not re.findall(r"\w [;:?!»]|« ", page.get_text())
    assert "'" not in page.get_text()
