"""The publishers' reservation against mining, in each of the places where it may be said."""

from __future__ import annotations

import json
from typing import Any

import pytest

from recoupe.scraper.fetch import Fetcher
from recoupe.scraper.optout import OptOuts, by_document, by_header, by_rules, parse_rules
from recoupe.scraper.response import Response

FILE = json.dumps(
    [
        {"location": "/", "tdm-reservation": 1, "tdm-policy": "https://exemple.fr/p.json"},
        {"location": "/communiques/", "tdm-reservation": 0},
        {"location": "/communiques/*/annexes/", "tdm-reservation": 1},
        {"location": "/*.pdf$", "tdm-reservation": 0},
        {"location": "/%C3%A9lus/", "tdm-reservation": 0},
        {"tdm-reservation": 0},
        {"location": "/sans-valeur/"},
        {"location": "/autre-valeur/", "tdm-reservation": 7},
        "pas un objet",
    ]
)


def answer(body: bytes | str, type_: str = "text/html", **headers: str) -> Response:
    data = body.encode() if isinstance(body, str) else body
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Response(
        url="https://exemple.fr/a",
        final_url="https://exemple.fr/a",
        status=200,
        headers={"content-type": type_, **named},
        body=data,
        elapsed=0.1,
    )


@pytest.mark.parametrize(
    ("path", "reserved"),
    [
        ("/article/1", True),
        ("/communiques/2026", False),
        ("/communiques/2026/annexes/1", True),
        ("/rapport.pdf", False),
        ("/rapport.pdf.html", True),
        ("/élus/maire", False),
        ("/%C3%A9lus/maire", False),
        ("/sans-valeur/1", True),
        ("/autre-valeur/1", True),
    ],
)
def test_the_most_specific_rule_of_the_file_decides(path: str, reserved: bool) -> None:
    assert by_rules(parse_rules(FILE.encode()), path) is reserved


def test_between_equal_rules_the_reservation_holds() -> None:
    rules = parse_rules(
        b'[{"location":"/a","tdm-reservation":0},{"location":"/a","tdm-reservation":1}]'
    )
    assert by_rules(rules, "/a") is True
    assert by_rules(rules, "/b") is None


@pytest.mark.parametrize(
    ("value", "said"), [("1", True), ("0", False), (" 1 ", True), ("oui", None), ("", None)]
)
def test_the_header(value: str, said: bool | None) -> None:
    assert by_header({"tdm-reservation": value}) is said


@pytest.mark.parametrize(
    ("page", "said"),
    [
        ('<meta name="tdm-reservation" content="1">', True),
        ("<META CONTENT='1' NAME='TDM-Reservation'>", True),
        ('<meta property="tdm:reservation" content="1">', True),
        ('<meta name="tdm-reservation" content="0">', False),
        ('<meta name="tdm-policy" content="https://exemple.fr/p">', None),
        ('<script type="application/ld+json">{"@graph":[{"tdm-reservation":1}]}</script>', True),
        ('<script type="application/ld+json">{"tdmReservation": false}</script>', False),
        ('<script type="application/ld+json">{"tdm-reservation":</script>', None),
        ("<p>La norme tdm-reservation: 1 vue par les juristes</p>", None),
        ('<p>&lt;meta name="tdm-reservation" content="1"&gt;</p>', None),
        ('<!-- <meta name="tdm-reservation" content="1"> -->', None),
        ("<p>Rien</p>", None),
    ],
)
def test_the_document_itself(page: str, said: bool | None) -> None:
    assert by_document(answer(f"<html><head>{page}</head></html>")) is said


def test_a_page_in_utf_16_is_heard_too() -> None:
    page = '<html><head><meta name="tdm-reservation" content="1"></head></html>'
    assert by_document(answer(page.encode("utf-16"))) is True


@pytest.mark.parametrize(
    ("xmp", "said"),
    [
        (b"<tdm:reservation>1</tdm:reservation>", True),
        (b"<rdf:Description tdm:reservation='0'/>", False),
        (b"<tdm:policy>x</tdm:policy>", None),
    ],
)
def test_the_metadata_of_a_pdf(xmp: bytes, said: bool | None) -> None:
    assert by_document(answer(b"%PDF-1.7\n" + xmp, "application/pdf")) is said


def test_what_stands_nearest_to_the_document_holds() -> None:
    free = '<head><meta name="tdm-reservation" content="0"></head>'
    assert by_document(answer(free, tdm_reservation="1")) is False
    assert by_document(answer("<p>Rien</p>", tdm_reservation="1")) is True


def test_the_file_is_read_once_for_each_host(site: Any, fetcher: Fetcher, reply: Any) -> None:
    site.pages["/.well-known/tdmrep.json"] = reply(FILE, type="application/json")
    optouts = OptOuts(fetcher)
    assert optouts.by_file(site.url("/article/1")) is True
    assert optouts.by_file(site.url("/communiques/1")) is False
    assert site.paths == ["/.well-known/tdmrep.json"]


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (404, ""),
        (500, ""),
        (200, "<html>Bienvenue</html>"),
        (200, '{"location": "/"}'),
        (200, "[" * 100_000),
        (200, b"\xff\xfe"),
    ],
)
def test_a_file_that_is_not_there_or_no_list_says_nothing(
    site: Any, fetcher: Fetcher, reply: Any, status: int, body: Any
) -> None:
    site.pages["/.well-known/tdmrep.json"] = reply(body, status=status)
    assert OptOuts(fetcher).by_file(site.url("/a")) is None
