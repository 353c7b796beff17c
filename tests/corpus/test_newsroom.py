import gzip
import http.client
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pytest
from bs4 import BeautifulSoup

from recoupe.corpus.documents import load
from recoupe.corpus.newsroom import Newsroom
from recoupe.errors import ConfigurationError, UsageError
from recoupe.records import Source

#: The three sites that most tests ask: a daily, a letter and a préfecture.
SITES = ("gazette", "lettre", "prefecture")
DOCUMENTS = [document for document in load() if document.source in SITES]


@dataclass
class Reply:
    status: int
    headers: http.client.HTTPMessage
    body: bytes


def ask(
    newsroom: Newsroom, path: str, headers: Mapping[str, str] | None = None, method: str = "GET"
) -> Reply:
    connection = http.client.HTTPConnection(newsroom.address, timeout=10)
    try:
        connection.request(method, path, headers=dict(headers or {}))
        response = connection.getresponse()
        return Reply(response.status, response.headers, response.read())
    finally:
        connection.close()


@pytest.fixture
def newsroom() -> Iterator[Newsroom]:
    with Newsroom(port=0, documents=DOCUMENTS) as opened:
        yield opened


def test_every_document_is_served(newsroom: Newsroom) -> None:
    for document in DOCUMENTS:
        reply = ask(newsroom, document.path)
        assert reply.status == 200
        kind = "application/pdf" if document.family == "pdf" else "text/html; charset=utf-8"
        assert reply.headers["Content-Type"] == kind
        assert reply.body == newsroom.page(document.path).body


@pytest.mark.parametrize("header", ["ETag", "Last-Modified"])
def test_what_did_not_change_is_not_sent_again(newsroom: Newsroom, header: str) -> None:
    conditions = {"ETag": "If-None-Match", "Last-Modified": "If-Modified-Since"}
    for document in DOCUMENTS:
        first = ask(newsroom, document.path)
        again = ask(newsroom, document.path, {conditions[header]: first.headers[header]})
        assert (again.status, again.body) == (304, b"")
        assert newsroom.requests[document.path, 200] == 1
        assert newsroom.requests[document.path, 304] == 1


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"If-None-Match": '"autre"'}, 200),
        ({"If-None-Match": '"autre", *'}, 304),
        ({"If-None-Match": '"autre"', "If-Modified-Since": "Fri, 01 Jan 2100 00:00:00 GMT"}, 200),
        ({"If-Modified-Since": "Fri, 01 Jan 2100 00:00:00 GMT"}, 304),
        ({"If-Modified-Since": "Mon, 01 Jan 2001 00:00:00 GMT"}, 200),
        ({"If-Modified-Since": "hier"}, 200),
    ],
)
def test_conditions_are_those_of_rfc_9110(
    newsroom: Newsroom, headers: dict[str, str], status: int
) -> None:
    assert ask(newsroom, DOCUMENTS[0].path, headers).status == status


def test_an_edited_page_is_sent_again_and_a_removed_one_is_gone(newsroom: Newsroom) -> None:
    path = DOCUMENTS[0].path
    tag = ask(newsroom, path).headers["ETag"]
    newsroom.replace(path, "<p>Rectificatif : 43 millions d’euros.</p>")
    edited = ask(newsroom, path, {"If-None-Match": tag})
    assert (edited.status, edited.body.decode()) == (
        200,
        "<p>Rectificatif : 43 millions d’euros.</p>",
    )
    newsroom.remove(path)
    gone = ask(newsroom, path)
    assert gone.status == 410
    assert "retirée" in gone.body.decode()
    assert newsroom.requests == {(path, 200): 2, (path, 410): 1}


def test_only_known_pages_can_be_edited(newsroom: Newsroom) -> None:
    with pytest.raises(UsageError, match="nulle-part"):
        newsroom.replace("/nulle-part", "")


def test_pages_are_compressed_where_that_is_accepted(newsroom: Newsroom) -> None:
    path = DOCUMENTS[0].path
    plain = ask(newsroom, path)
    small = ask(newsroom, path, {"Accept-Encoding": "gzip, br"})
    assert plain.headers["Content-Encoding"] is None
    assert small.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(small.body) == plain.body
    refused = ask(newsroom, path, {"Accept-Encoding": "gzip; q=0"})
    assert refused.headers["Content-Encoding"] is None


def test_head_answers_without_a_body(newsroom: Newsroom) -> None:
    path = DOCUMENTS[0].path
    head, get = ask(newsroom, path, method="HEAD"), ask(newsroom, path)
    assert (head.status, head.body) == (200, b"")
    assert head.headers["Content-Length"] == str(len(get.body))
    assert head.headers["ETag"] == get.headers["ETag"]


@pytest.mark.parametrize(
    "path",
    ["/.well-known/tdmrep.json", "/gazette/nulle-part", "/prefecture/actualites?page=99", "/../x"],
)
def test_a_missing_page_is_said_to_be_missing_in_french(newsroom: Newsroom, path: str) -> None:
    reply = ask(newsroom, path)
    assert reply.status == 404
    assert "Page introuvable" in reply.body.decode()


@pytest.mark.parametrize(
    ("query", "status"), [("utm_source=rss&utm_medium=flux", 200), ("page=2", 404)]
)
def test_a_tracking_parameter_changes_nothing(newsroom: Newsroom, query: str, status: int) -> None:
    assert ask(newsroom, f"{DOCUMENTS[0].path}?{query}").status == status


def test_robots_txt_closes_a_folder_that_exists_and_is_linked(newsroom: Newsroom) -> None:
    robots = ask(newsroom, "/robots.txt").body.decode()
    listing = ask(newsroom, "/prefecture/actualites").body.decode()
    assert robots.startswith("User-agent: *\nCrawl-delay: 0.02\nDisallow: /prefecture/ferme/\n")
    for line in robots.splitlines():
        if line.startswith("Sitemap: "):
            assert ask(newsroom, line.removeprefix(f"Sitemap: {newsroom.base_url}")).status == 200
    closed = "/prefecture/ferme/note-de-travail"
    assert f'href="{closed}"' in listing
    assert ask(newsroom, closed).status == 200


def found_through(newsroom: Newsroom, source: Source) -> set[str]:
    """The paths that a source's feed, sitemap and listing lead to."""
    found: set[str] = set()
    for url in (*source.feeds, *source.sitemaps):
        body = ask(newsroom, url.removeprefix(newsroom.base_url)).body
        links = re.findall(rb"<(?:link|loc)>([^<]+)<", body)
        links += re.findall(rb'rel="alternate" href="([^"]+)"', body)
        paths = (link.decode().removeprefix(newsroom.base_url) for link in links)
        found |= {path.split("?")[0] for path in paths}
    for url in source.listings:
        found |= set(listed(newsroom, source, url.removeprefix(newsroom.base_url)))
    return found


def listed(newsroom: Newsroom, source: Source, path: str | None) -> list[str]:
    """The paths of all pages of a listing, each of which must have some."""
    found: list[str] = []
    pages = 0
    while path:
        soup = BeautifulSoup(ask(newsroom, path).body, "lxml")
        links = [str(link["href"]) for link in soup.select(source.listing_item or "")]
        assert links
        found += links
        following = soup.select_one(source.listing_next or "")
        path = str(following["href"]) if following else None
        pages += 1
    assert pages <= source.max_listing_pages
    return found


def test_the_listing_leads_to_every_release_and_ends(newsroom: Newsroom) -> None:
    (source,) = [s for s in newsroom.sources() if s.name == "prefecture"]
    found = listed(newsroom, source, "/prefecture/actualites")
    official = {document.path for document in DOCUMENTS if document.source == "prefecture"}
    assert official <= set(found)
    assert len(found) == len(set(found)) == len(official) + 1


def test_every_document_of_the_corpus_can_be_found_from_its_source() -> None:
    documents = load()
    with Newsroom(port=0) as newsroom:
        sources = {source.name: source for source in newsroom.sources()}
        assert set(sources) == {document.source for document in documents}
        for name, source in sources.items():
            own = {document.path for document in documents if document.source == name}
            assert own <= found_through(newsroom, source), name


def test_old_sites_serve_windows_1252_and_name_it_wrongly_or_not_at_all() -> None:
    old = [document for document in load("dev") if document.family == "regional1252"]
    types = set()
    with Newsroom(port=0, documents=old) as newsroom:
        for document in old:
            reply = ask(newsroom, document.path)
            types.add(reply.headers["Content-Type"])
            assert "’" in reply.body.decode("cp1252")
    assert types == {"text/html; charset=iso-8859-1", "text/html"}


def test_the_sources_name_the_running_address_and_are_served(newsroom: Newsroom) -> None:
    sources = newsroom.sources()
    assert [source.name for source in sources] == ["gazette", "lettre", "prefecture"]
    assert [source.kind for source in sources] == ["press", "press", "official"]
    assert sources[2].territory == "22"
    for source in sources:
        assert source.hosts == (newsroom.address,)
        for url in (*source.feeds, *source.sitemaps, *source.listings):
            assert url.startswith(f"http://{newsroom.address}/")
            assert ask(newsroom, url.removeprefix(newsroom.base_url)).status == 200


@pytest.mark.parametrize("source", SITES)
def test_one_document_of_ones_own_is_enough(source: str) -> None:
    mine, other, *_ = [document for document in DOCUMENTS if document.source == source]
    with Newsroom(port=0, documents=[mine]) as newsroom:
        assert ask(newsroom, mine.path).status == 200
        assert ask(newsroom, other.path).status == 404


def test_a_newsroom_of_nothing_is_refused() -> None:
    with pytest.raises(ConfigurationError, match="no documents"), Newsroom(port=0, documents=()):
        pass


def test_a_taken_port_is_said_with_the_way_out(newsroom: Newsroom) -> None:
    port = int(newsroom.address.rpartition(":")[2])
    with pytest.raises(ConfigurationError, match=rf"{port}.*--newsroom-port"), Newsroom(port):
        pass


def test_it_stops_answering_once_closed() -> None:
    with Newsroom(port=0) as newsroom:
        assert ask(newsroom, "/").status == 200
    with pytest.raises(ConnectionRefusedError):
        ask(newsroom, "/")


def test_it_writes_nothing_to_standard_error(
    newsroom: Newsroom, capfd: pytest.CaptureFixture[str]
) -> None:
    ask(newsroom, "/nulle-part")
    ask(newsroom, "/")
    assert capfd.readouterr().err == ""
