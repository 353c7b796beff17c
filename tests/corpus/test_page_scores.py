from dataclasses import replace

import pytest

from recoupe.corpus import furniture
from recoupe.corpus.documents import Document, load
from recoupe.corpus.page_scores import aggregate, overlap, plain_text, score_page
from recoupe.records import Article

DOCUMENT: Document = next(
    d for d in load("dev") if d.slug == "coeur-de-ville-saint-brieuc-entretien"
)
PERFECT = Article(
    text=DOCUMENT.text,
    kind=DOCUMENT.kind,
    title=DOCUMENT.title,
    standfirst=DOCUMENT.standfirst,
    author=DOCUMENT.author,
    published_at=DOCUMENT.published_at,
    paywalled=DOCUMENT.paywalled,
)


@pytest.mark.parametrize(
    ("wanted", "found", "expected"),
    [
        ("un deux trois quatre cinq", "un deux trois quatre cinq", (1.0, 1.0, 1.0)),
        ("Un deux, trois quatre.", "un deux\u00a0trois quatre", (1.0, 1.0, 1.0)),
        ("un deux trois quatre cinq", "un deux trois quatre", (1.0, 0.5, 2 / 3)),
        ("un deux trois quatre", "rien de tout cela", (0.0, 0.0, 0.0)),
        ("un deux", "un deux", (1.0, 1.0, 1.0)),
        ("un deux", "", (0.0, 0.0, 0.0)),
    ],
)
def test_bodies_are_compared_by_four_words(
    wanted: str, found: str, expected: tuple[float, float, float]
) -> None:
    assert overlap(wanted, found) == pytest.approx(expected)


def test_a_page_read_as_it_was_written_is_right_in_all() -> None:
    score = score_page(DOCUMENT, PERFECT)
    assert (score.f1, score.leaked) == (1.0, ())
    for field in ("title", "standfirst", "author", "published", "kind", "paywalled"):
        assert getattr(score, field) is True


@pytest.mark.parametrize(
    ("field", "value", "key"),
    [
        ("title", "Un autre titre", "title"),
        ("standfirst", None, "standfirst"),
        ("author", "La rédaction", "author"),
        ("published_at", "2001-01-01", "published"),
        ("kind", "official", "kind"),
        ("paywalled", None, "paywalled"),
    ],
)
def test_each_field_is_scored_on_its_own(field: str, value: str | None, key: str) -> None:
    changed = {field: value}
    score = score_page(DOCUMENT, replace(PERFECT, **changed))  # type: ignore[arg-type]
    keys = ("title", "standfirst", "author", "published", "kind", "paywalled")
    assert [name for name in keys if not getattr(score, name)] == [key]


def test_a_line_of_furniture_in_the_text_is_a_leak() -> None:
    line = furniture.lines(DOCUMENT.source)[0]
    leaky = replace(PERFECT, text=f"{PERFECT.text}\n\n{line.replace(chr(0xA0), ' ')}")
    score = score_page(DOCUMENT, leaky)
    assert score.leaked == (line,)
    assert score.precision < 1.0 == score.recall
    assert aggregate([score, score]).leaked == 2


def test_marks_of_lists_and_tables_are_no_words() -> None:
    assert " | " not in "".join(plain_text(document) for document in load("dev"))


def test_nothing_cannot_be_summed_up() -> None:
    with pytest.raises(ValueError, match="no page"):
        aggregate([])
