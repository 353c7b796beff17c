"""« Données brutes »: the stock pages of Datasette, in French, under our limits."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

import datasette
import pytest

from recoupe.db.site import metadata, translate
from recoupe.db.site.compat import MAJOR

STOCK = Path(datasette.__file__).parent / "templates"
SCHEMA = Path(__file__).parents[3] / "db" / "schema.sql"


@pytest.mark.parametrize(
    "fragment", translate.fragments(MAJOR), ids=lambda f: f"{f.template}-{f.english[:30]}"
)
def test_every_fragment_still_matches_the_installed_version(fragment: translate.Fragment) -> None:
    assert fragment.english in (STOCK / fragment.template).read_text(encoding="utf-8")


@pytest.mark.parametrize("template", sorted({f.template for f in translate.fragments(MAJOR)}))
def test_every_fragment_is_replaced(template: str) -> None:
    page = translate.translated(template, (STOCK / template).read_text(encoding="utf-8"))
    wanted = [f.french for f in translate.fragments(MAJOR) if f.template == template]
    assert not [french for french in wanted if french not in page]


@pytest.mark.parametrize(
    ("english", "french"),
    [
        (
            'where kind = "amount" sorted by id descending',
            'où kind = "amount" triées par id décroissant',
        ),
        ("where status is not null", "où status n’est pas vide (null)"),
        ("does not contain", "ne contient pas"),
        ("home", "accueil"),
        ("rhome where_x", "rhome where_x"),
    ],
)
def test_sentences_built_by_datasette(english: str, french: str) -> None:
    assert translate.phrase(english) == french


async def text_of(server: Any, path: str, status: int = 200) -> str:
    response = await server.client.get(path)
    assert response.status_code == status
    return str(response.text)


@pytest.mark.parametrize("table", ["facts", "comparisons", "documents", "sentences", "territories"])
async def test_stock_pages_are_reachable_and_french(server: Any, table: str) -> None:
    page = await text_of(server, f"/recoupe/{table}")
    assert '<html lang="fr">' in page
    assert metadata.tables()[table]["title"] in page
    for english in ("This data as", "Next page", "Advanced export", "- column -", "Powered by"):
        assert english not in page


async def test_database_row_and_query_pages_are_french(server: Any) -> None:
    query = "/recoupe/-/query?sql=" if MAJOR else "/recoupe?sql="
    pages = {
        path: await text_of(server, path)
        for path in ("/recoupe", "/recoupe/facts/1", query + "select+1")
    }
    assert "Requête SQL" in pages["/recoupe"]
    assert "Liens depuis d’autres tables" in pages["/recoupe/facts/1"]
    assert 'value="Exécuter"' in pages[query + "select+1"]
    for page in pages.values():
        assert "Custom SQL query" not in page
        assert "Links from other tables" not in page


async def test_stock_pages_keep_the_browser_on_the_site(server: Any) -> None:
    response = await server.client.get("/recoupe/facts")
    policy = response.headers["content-security-policy"]
    assert policy.startswith("default-src 'self';")
    assert "http" not in policy


async def test_sql_is_limited(server: Any) -> None:
    assert server.setting("sql_time_limit_ms") == 1500
    assert server.setting("max_returned_rows") == 1000
    query = "/recoupe/-/query.json?" if MAJOR else "/recoupe.json?"
    forever = (
        "with+recursive+n(x)+as+(select+1+union+all+select+x%2B1+from+n)+select+count(*)+from+n"
    )
    response = await server.client.get(f"{query}sql={forever}")
    assert response.status_code == 400
    assert "nterrupt" in response.text or "time limit" in response.text
    many = (
        "with+recursive+n(x)+as+(select+1+union+all+select+x%2B1+from+n+limit+5000)+select+x+from+n"
    )
    assert (await server.client.get(f"{query}sql={many}")).json()["truncated"] is True


@pytest.mark.parametrize(
    "sql",
    [
        "delete from facts",
        "insert into people(name) values ('x')",
        "attach 'x.db' as x",
        "drop table facts",
    ],
)
async def test_nothing_can_be_written_by_sql(server: Any, sql: str) -> None:
    path = "/recoupe/-/query.json" if MAJOR else "/recoupe.json"
    response = await server.client.get(path, params={"sql": sql})
    assert response.status_code >= 400
    assert (await server.client.get("/faits/1")).status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        *("/recoupe/-/create", "/recoupe/facts/-/insert", "/recoupe/facts/-/upsert"),
        *("/recoupe/facts/-/drop", "/recoupe/facts/1/-/delete", "/recoupe/facts/1/-/update"),
        *("/recherche", "/faits/1", "/comparer", "/recoupe/-/execute-write"),
    ],
)
async def test_no_post_writes(server: Any, base: Path, path: str) -> None:
    before = _bytes(base)
    body = json.dumps({"row": {"name": "x"}, "table": "x", "sql": "delete from facts"})
    await server.client.post(path, content=body, headers={"content-type": "application/json"})
    assert _bytes(base) == before


def _bytes(path: Path) -> bytes:
    return path.read_bytes()


async def test_the_file_itself_cannot_be_taken(server: Any) -> None:
    assert (await server.client.get("/recoupe.db")).status_code == 403


def test_every_described_table_and_column_exists() -> None:
    import sqlite3

    connection = sqlite3.connect(":memory:")
    connection.executescript(SCHEMA.read_text(encoding="utf-8"))
    for name, table in metadata.tables().items():
        columns = {row[1] for row in connection.execute(f"PRAGMA table_info([{name}])")}
        named = {*table.get("columns", {}), *table.get("facets", [])}
        named |= {table[key] for key in ("label_column", "sort", "sort_desc") if key in table}
        assert columns, name
        assert named <= columns
    connection.close()


def test_both_files_come_from_the_one_source() -> None:
    old = json.loads(metadata.metadata_yaml("recoupe"))
    new = json.loads(metadata.datasette_yaml("recoupe"))
    source = tomllib.loads(Path(metadata.__file__).with_name("metadata.toml").read_text("utf-8"))
    assert old["databases"]["recoupe"]["tables"]["facts"] == source["tables"]["facts"]
    assert new["settings"] == source["settings"]
    assert new["databases"]["recoupe"]["tables"]["facts"] == {
        "label_column": "id",
        "sort_desc": "published_on",
        "facets": ["kind", "status", "side"],
    }
