"""Marks over a text: nested or split, everything escaped, no character lost."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup, escape

from recoupe.db.site.marks import Mark, draw, paragraphs


def mark(start: int, end: int, kind: str = "a", **fields: str) -> Mark:
    return Mark(start=start, end=end, kind=kind, **fields)


def bare(html: str) -> str:
    """The drawing with ``[a …]`` for its marks, to be read in a table."""
    return re.sub(r'<mark class="mark mark-(\w+)"[^>]*>', r"[\1:", html).replace("</mark>", "]")


@pytest.mark.parametrize(
    ("text", "marks", "drawn"),
    [
        ("abcdef", [], "abcdef"),
        ("abcdef", [mark(1, 3)], "a[a:bc]def"),
        ("abcdef", [mark(0, 6), mark(2, 4, "b")], "[a:ab[b:cd]ef]"),
        ("abcdef", [mark(0, 4), mark(2, 6, "b")], "[a:ab[b:cd]][b:ef]"),
        ("abcdef", [mark(2, 4, "b"), mark(2, 6)], "ab[a:[b:cd]ef]"),
        ("abcdef", [mark(1, 3), mark(3, 5, "b")], "a[a:bc][b:de]f"),
        ("abcdef", [mark(2, 2)], "abcdef"),
        ("abcdef", [mark(4, 99)], "abcd[a:ef]"),
    ],
)
def test_overlapping_marks_stay_a_tree(text: str, marks: list[Mark], drawn: str) -> None:
    assert bare(str(draw(text, marks))) == drawn


def test_offsets_are_those_of_the_document() -> None:
    assert bare(str(draw("cdef", [mark(3, 5)], offset=2))) == "c[a:de]f"
    assert bare(str(draw("cdef", [mark(0, 2)], offset=2))) == "cdef"


def test_an_anchor_stands_once_even_on_a_split_mark() -> None:
    html = str(draw("abcdef", [mark(0, 4), mark(2, 6, "b", anchor="f7")]))
    assert html.count('id="f7"') == 1


def test_a_link_never_stands_in_a_link() -> None:
    html = str(draw("abcdef", [mark(0, 6, href="/1"), mark(2, 4, "b", href="/2")]))
    assert 'href="/1"' in html
    assert 'href="/2"' not in html


def test_text_labels_and_titles_are_escaped() -> None:
    html = str(draw("<b>&", [mark(0, 3, label="<i>", title='"><script>', anchor="x'\"")]))
    assert "<b>" not in html
    assert "<i>" not in html
    assert "<script>" not in html
    assert "&lt;b&gt;" in html


class Reader(HTMLParser):
    """Collects the text, and fails on tags that cross."""

    def __init__(self) -> None:
        super().__init__()
        self.text, self.open = "", [""]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


SPANS = st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30), st.booleans()), max_size=8)


@given(st.text(alphabet="ab<>&\"' é\u202e\u00a0", max_size=30), SPANS, st.integers(0, 5))
def test_no_character_is_lost_and_the_tags_are_balanced(
    text: str, spans: list[tuple[int, int, bool]], offset: int
) -> None:
    marks = [mark(min(a, b), max(a, b), href="/x" if link else "") for a, b, link in spans]
    html = draw(text, [m if m.href else mark(m.start, m.end) for m in marks], offset=offset)
    reader = Reader()
    reader.feed(str(html))
    reader.close()
    assert reader.text == text
    assert reader.open == [""]
    assert isinstance(html, Markup)


def test_paragraphs_keep_their_offsets() -> None:
    text = "Un\n\nDeux\n\n\n\nTrois"
    assert [text[start : start + len(words)] for start, words in paragraphs(text)] == [
        "Un",
        "Deux",
        "Trois",
    ]


def test_an_unmarked_text_is_only_escaped() -> None:
    assert draw("a < b", []) == escape("a < b")
