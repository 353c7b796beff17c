"""The search page: hits, facets, order, exports, and whatever may be typed."""

from __future__ import annotations

import csv
import io
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from bs4 import BeautifulSoup
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from recoupe.db.query import as_typed, parse_query
from recoupe.db.site.labels import labels


async def search(server: Any, **arguments: object) -> BeautifulSoup:
    response = await server.client.get("/recherche?" + urlencode(arguments))
    assert response.status_code == 200
    return BeautifulSoup(response.text, "html.parser")


def found(page: BeautifulSoup) -> list[str]:
    return [value.get_text() for value in page.select(".found .figure-value")]


@pytest.mark.parametrize(
    ("typed", "count"),
    [
        ("projet", 4),
        ("PROJETS", 4),
        ("« plan Rebond »", 2),
        ("projets -objectif", 1),
        ("montant:>1M", 5),
        ("montant:>1Md", 2),
        ("statut:engagé", 2),
        ("territoire:Saint-Brieuc", 1),
        ("avant:2019", 2),
        ("introuvable", 0),
        ("", 10),
    ],
)
async def test_what_is_typed_finds(server: Any, typed: str, count: int) -> None:
    page = await search(server, q=typed)
    assert len(found(page)) == count


async def test_hits_and_figure_are_marked_apart(server: Any) -> None:
    page = await search(server, q="recensés", statut="achieved")
    sentence = page.select_one(".found .figure-item .sentence")
    assert sentence is not None
    assert [mark.get_text() for mark in sentence.select(".mark-hit")] == ["recensés"]
    assert [mark.get_text() for mark in sentence.select(".mark-quantity")] == ["12"]


async def test_facets_count_lead_and_can_be_taken_away(server: Any) -> None:
    page = await search(server, q="projets")
    links = {a.get_text(): a["href"] for a in page.select(".facet a")}
    chosen = BeautifulSoup((await server.client.get(links["prévu"])).text, "html.parser")
    assert found(chosen) == ["150 projets"]
    chip = chosen.select_one("a.chip")
    assert chip is not None
    back = BeautifulSoup((await server.client.get(chip["href"])).text, "html.parser")
    assert len(found(back)) == 4
    hidden = {i["name"]: i["value"] for i in chosen.select(".search input[type=hidden]")}
    assert hidden == {"statut": "planned"}


@pytest.mark.parametrize(
    ("facet", "name"),
    [
        *(("Statut", "statut"), ("Nature", "nature"), ("Presse ou officiel", "type")),
        *(("Programme", "programme"), ("Territoire", "territoire"), ("Source", "source")),
        *(("Qui paie ou décide", "organisme"), ("Mois", "mois"), ("Confiance", "confiance")),
    ],
)
async def test_every_value_of_a_facet_leaves_as_many_figures_as_it_says(
    server: Any, facet: str, name: str
) -> None:
    page = await search(server)
    box = page.find(id=f"facette-{name}")
    assert box is not None
    assert box.get_text() == facet
    assert box.parent is not None
    for item in box.parent.select("li"):
        link, count = item.select_one("a"), item.select_one(".count")
        assert link is not None
        assert count is not None
        page = BeautifulSoup((await server.client.get(link["href"])).text, "html.parser")
        assert len(found(page)) == int(count.get_text()), link["href"]


@pytest.mark.parametrize(
    ("order", "first"), [("", "3"), ("anciens", "1,36"), ("grands", "1,36"), ("petits", "50")]
)
async def test_orders(server: Any, order: str, first: str) -> None:
    page = await search(server, ordre=order)
    assert found(page)[0].replace("\u00a0", " ").startswith(first)


async def test_sentences_without_figures_are_found_too(server: Any) -> None:
    page = await search(server, q="attendent")
    assert "Aucun chiffre, mais" in page.get_text()
    link = page.select_one(".empty a")
    assert link is not None
    sentences = BeautifulSoup((await server.client.get(link["href"])).text, "html.parser")
    assert sentences.select_one(".sentence .mark-hit").get_text() == "attendent"  # type: ignore[union-attr]


async def test_nothing_found_says_what_to_try(server: Any) -> None:
    page = await search(server, q="introuvable", statut="paid")
    empty = page.select_one(".empty")
    assert empty is not None
    assert "Retirez un filtre" in empty.get_text()
    assert page.select_one("a.chip") is not None


async def test_words_that_are_none_show_everything_and_say_so(server: Any) -> None:
    page = await search(server, q='"')
    assert "aucun mot à chercher" in page.get_text()
    assert len(found(page)) == 10


async def test_csv_opens_in_a_french_spreadsheet(server: Any) -> None:
    response = await server.client.get("/recherche.csv?q=" + quote("montant:>1M"))
    assert response.headers["content-type"] == "text/csv; charset=utf-8"
    assert response.text.startswith("\ufeff")
    rows = list(csv.DictReader(io.StringIO(response.text[1:]), delimiter=";"))
    assert len(rows) == 5
    assert {row["valeur"] for row in rows} == {"3000000", "190000000", "260000000", "1360000000"}
    assert rows[0]["adresse"] == ""
    assert rows[-1]["confiance"] == "0,93"


async def test_no_cell_is_a_formula(server: Any) -> None:
    response = await server.client.get("/recherche.csv")
    cells = [c for row in csv.reader(io.StringIO(response.text[1:]), delimiter=";") for c in row]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]


async def test_json_has_exact_values(server: Any) -> None:
    response = await server.client.get("/recherche.json?q=recensés&statut=achieved")
    data = response.json()
    assert data["count"] == 2
    assert [figure["value"] for figure in data["figures"]] == [12, 146]
    assert data["figures"][0]["negated"] is True


def test_every_status_and_kind_that_a_reader_sees_can_be_typed() -> None:
    for field, table in (("status", "statuses"), ("kind", "kinds"), ("type", "document_kinds")):
        for key in labels()[table]:
            (only,) = parse_query(as_typed(field, key)).filters
            assert only.value == key


SIGNS = list("\"«»*-|()'^%\0\ud800𝔘")
FIELDS = [
    "montant:>",
    "montant:1..",
    "statut:",
    "avant:",
    "territoire:%",
    "1e999",
    "OU",
    "NEAR(",
    "a",
]
TYPED = st.text(max_size=60) | st.lists(st.sampled_from(SIGNS + FIELDS), max_size=8).map(" ".join)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    typed=TYPED,
    name=st.sampled_from(["statut", "mois", "territoire", "confiance", "ordre", "page", "vue"]),
    value=TYPED,
)
async def test_nothing_typed_is_an_error(server: Any, typed: str, name: str, value: str) -> None:
    query = "&".join(
        f"{key}={quote(text.encode('utf-8', 'surrogatepass'))}"
        for key, text in (("q", typed), (name, value))
    )
    for path in ("/recherche", "/recherche.csv", "/recherche.json", "/comparer"):
        response = await server.client.get(f"{path}?{query}")
        assert response.status_code == 200, (path, query)


@pytest.mark.parametrize(
    "query", ["q=%ff%fe", "q=%", "q", "&&&=", "q=a&q=b", "q=%00", "q=" + "a" * 9000]
)
async def test_broken_addresses_are_read_as_well_as_they_can_be(server: Any, query: str) -> None:
    response = await server.client.get(f"/recherche?{query}")
    assert response.status_code == 200
