"""Gold annotations: what is read, and what is refused with file, line and reason."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from recoupe.corpus import codes
from recoupe.corpus.align import complete
from recoupe.corpus.documents import Document, load, parse_blocks
from recoupe.corpus.gold import Gold, load_cases, load_gold
from recoupe.corpus.notation import NotationError, parse, written

TEXT = (
    "À Beauvais, 341 logements sont démolis sur 397 prévus.\n\n"
    "« Rien n’est signé », a prévenu Zoé Vantrel, maire. Plus de 4\u202f200\u00a0€ ont été versés "
    "avant 2020, puis 4 fois rien."
)
DRAFT = """
@1
  territory {Beauvais} level=commune code=60057
  figure {341} id=f1 kind=count value=341 object=logements part_of=f2 status=achieved
  figure {397} id=f2 kind=count value=397 status=planned marker=prévus
  compare relation=announced_vs_reported left=f2 right=f1
@3
  quote {Rien n'est signé} type=direct speaker={Zoé Vantrel} cue={a prévenu}
  person {Zoé Vantrel} role=maire
  figure {4 200 €} kind=amount value=4200 unit=EUR approx=more_than status=paid marker=versés
  date {avant 2020} kind=deadline to=2019-12-31 granularity=year
"""


def _document() -> Document:
    first = load("dev")[0]
    blocks = parse_blocks(TEXT, where=Path("essai.txt"))
    return replace(first, slug="essai", part="dev", text=TEXT, blocks=blocks, standfirst=None)


def _read(folder: Path, content: str) -> Gold:
    (folder / "dev").mkdir(exist_ok=True)
    (folder / "dev" / "essai.gold").write_text(content, "utf-8")
    return load_gold(_document(), folder=folder)


@pytest.fixture
def completed() -> str:
    return complete(DRAFT, TEXT, where=Path("essai.gold"))


def test_a_draft_is_completed_with_the_very_characters_of_the_text(completed: str) -> None:
    column = TEXT.split("\n")[2].index("4\u202f200") + 1
    assert f"  figure {column} {{4\u202f200\u00a0€}} kind=amount" in completed
    assert "@3 « Rien n’est signé »" in completed
    assert complete(completed, TEXT, where=Path("essai.gold")) == completed


def test_what_is_completed_reads_as_an_extraction(tmp_path: Path, completed: str) -> None:
    found = _read(tmp_path, completed).extraction
    assert [q.text for q in found.quantities] == ["341", "397", "4\u202f200\u00a0€"]
    assert found.quantities[2].value == Decimal(4200)
    assert found.quantities[0].object == "logements"
    assert [fact.status for fact in found.facts] == ["achieved", "planned", "paid"]
    assert found.territories[0].code_system == "COG"
    assert found.people[0].role == "maire"
    assert found.quotes[0].speaker == "Zoé Vantrel"
    assert found.dates[0].date_to == "2019-12-31"
    assert (found.comparisons[0].left, found.comparisons[0].right) == ("f2", "f1")
    found.check()


@pytest.mark.parametrize(
    ("before", "after", "reason"),
    [
        ("figure 13 {341}", "figure 14 {341}", "column 14 does not spell '341'"),
        ("code=60057", "code=60999", "level=commune code=60999: not in the gazetteer"),
        ("object=logements", "object=maisons", "object='maisons': does not stand in the text"),
        ("marker=prévus", "marker=promis", "marker='promis': does not stand"),
        ("status=planned", "status=promised", "status=promised: write one of"),
        ("kind=count value=397", "kind=total value=397", "kind=total: write one of"),
        ("value=4200 unit=EUR", "value=4200 unit=euro", "unit=euro does not go with kind=amount"),
        ("value=4200", "value=4,2", "value=4,2: write a number"),
        ("value=4200 ", "value=4200 low=1 ", "a figure has a value, or else"),
        ("part_of=f2", "part_of=f9", "part_of=f9: no such figure"),
        ("left=f2", "left=f7", "f7: no figure has this id"),
        ("speaker={Zoé Vantrel}", "speaker={Zoé Vantreuil}", "speaker='Zoé Vantreuil': does not"),
        ("role=maire", "rôle=maire", "cannot be read"),
        ("role=maire", "office=maire", "office: no such field"),
        ("to=2019-12-31", "to=2019-13-31", "to=2019-13-31: write an ISO day"),
        ("@1 À Beauvais", "@1 A Beauvais", "is not that line of the text"),
        ("  person 33", "  human 33", "no such kind"),
    ],
)
def test_a_broken_annotation_is_refused_with_file_line_and_reason(
    tmp_path: Path, completed: str, before: str, after: str, reason: str
) -> None:
    assert completed.count(before) == 1, completed
    number = next(n for n, line in enumerate(completed.split("\n"), 1) if before in line)
    with pytest.raises(NotationError) as refused:
        _read(tmp_path, completed.replace(before, after))
    assert reason in str(refused.value)
    assert f"essai.gold:{number}: " in str(refused.value)


def test_every_mistake_of_a_file_is_told_at_once(tmp_path: Path, completed: str) -> None:
    broken = completed.replace("code=60057", "code=1").replace("status=paid", "status=spent")
    with pytest.raises(NotationError) as refused:
        _read(tmp_path, broken)
    assert len(refused.value.problems) == 2


def test_a_line_of_the_text_left_out_is_told(tmp_path: Path, completed: str) -> None:
    without = completed[: completed.index("@3")]
    with pytest.raises(NotationError, match="line 3 of the text is missing"):
        _read(tmp_path, without)


@pytest.mark.parametrize(
    ("draft", "reason"),
    [
        ("@1\n  figure {39} kind=count value=39 status=none", "'39' does not stand by itself"),
        ("@3\n  figure {200 €} kind=count value=2 status=none", "does not stand by itself"),
        ("@2\n  figure {341} kind=count value=341 status=none", "no such line, or it is empty"),
        ("@3\n  quote {s} type=direct", "does not stand by itself"),
        ("@1\n  trap {1} of=figure#2", "does not stand by itself"),
    ],
)
def test_a_draft_that_cannot_be_placed_is_refused(draft: str, reason: str) -> None:
    with pytest.raises(NotationError, match=reason):
        complete(draft, TEXT, where=Path("essai.gold"))


def test_a_number_within_a_longer_number_is_not_taken_for_it() -> None:
    """« 4 » stands in « 4 200 » too, but only once by itself."""
    completed = complete(
        "@3\n  figure {4} kind=multiplier value=4 status=none", TEXT, where=Path("e.gold")
    )
    column = TEXT.split("\n")[2].index("4 fois") + 1
    assert f"  figure {column} {{4}} kind=multiplier" in completed


def test_the_second_place_is_named_with_a_number() -> None:
    line = "12 maisons, 12 écoles"
    draft = "@1\n  figure {12}#2 kind=count value=12 status=none"
    assert "figure 13 {12} kind" in complete(draft, line, where=Path("e.gold"))
    with pytest.raises(NotationError, match="stands 2 times in this line"):
        complete(draft.replace("#2", ""), line, where=Path("e.gold"))


def test_hard_cases_are_small_texts_with_traps(tmp_path: Path) -> None:
    path = tmp_path / "figures.gold"
    path.write_text(
        "@1 Le lot 12 est attribué.\n  given published=2021-03-01\n  trap 8 {12} of=figure\n\n"
        "@2 Il y a 12 lots.\n  figure 8 {12} kind=count value=12 object=lots status=achieved\n",
        "utf-8",
    )
    trapped, plain = load_cases(path, "dev")
    assert trapped.extraction.article.published_at == "2021-03-01"
    assert [(trap.kind, trap.start, trap.end) for trap in trapped.traps] == [("figure", 7, 9)]
    assert plain.extraction.quantities[0].object == "lots"


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("figures", "@1\n  given published=2021-03-01\n", "a sentence is missing after @"),
        ("figures", "@1 Rien.\n  given published=hier\n", "published=hier: write an ISO day"),
        ("figures", "@1 Rien.\n  given date=2021-03-01\n", "date: no such field"),
        ("figures", "@1 Rien.\n  given title=A\n  given title=B\n", "given stands twice"),
        ("other", "@1 Rien.\n", "its name must begin with one of figures"),
    ],
)
def test_a_broken_hard_case_is_refused(
    tmp_path: Path, name: str, content: str, reason: str
) -> None:
    path = tmp_path / f"{name}.gold"
    path.write_text(content, "utf-8")
    with pytest.raises(NotationError, match=reason):
        load_cases(path, "dev")


def test_notation_survives_writing_and_reading(completed: str) -> None:
    passages = parse(completed, where=Path("essai.gold"))
    assert written(passages) == completed


def test_a_code_is_looked_up_by_any_words_of_a_name() -> None:
    assert any("60057" in line for line in codes.lookup("Beauvais"))
    assert any("200069391" in line for line in codes.lookup("lamballe terre mer"))
    assert list(codes.lookup("Zzz")) == []
