import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recoupe.corpus.blocks import (
    BulletList,
    Heading,
    Paragraph,
    Signature,
    Table,
    parse_blocks,
)
from recoupe.corpus.documents import Document, load
from recoupe.errors import ConfigurationError

HERE = Path("texte.txt")
TOML = """
title = "Lamballe : 38 projets"
standfirst = "Le contrat est signé. Il prévoit 38 projets."
published_at = "2019-11-14T09:00:00+01:00"
source = "lettre"
family = "wordpress"
genre = "trade"
section = "Économie"
slug = "contrat"
kind = "press"
paywalled = false
programmes = ["Territoires d’industrie"]
"""
TEXT = "Le contrat est signé. Il prévoit 38 projets.\n\nLa suite est pour demain.\n"


def written(folder: Path, toml: str = TOML, text: str = TEXT) -> Path:
    part = folder / "dev"
    part.mkdir()
    (part / "contrat.toml").write_text(toml, encoding="utf-8")
    (part / "contrat.txt").write_text(text, encoding="utf-8", newline="")
    return folder


def test_the_corpus_has_two_parts_of_all_six_families() -> None:
    documents = load()
    families = {"jsonld", "dsfr", "spip", "wordpress", "regional1252", "pdf"}
    assert len(documents) >= 63
    assert len(load("dev")) + len(load("test")) == len(documents)
    for part in ("dev", "test"):
        assert {document.family for document in documents if document.part == part} == families
    assert [document.published for document in documents] == sorted(
        document.published for document in documents
    )


@pytest.mark.parametrize("document", load(), ids=lambda document: document.slug)
def test_the_blocks_joined_again_spell_the_text(document: Document) -> None:
    assert "\n\n".join(block.source for block in document.blocks) == document.text


def test_no_two_documents_share_a_path() -> None:
    documents = load()
    assert len({document.path for document in documents}) == len(documents)


@pytest.mark.parametrize(
    ("text", "block"),
    [
        ("Qui paie quoi", Heading("Qui paie quoi")),
        ("Phase 2\u00a0: la prudence", Heading("Phase 2\u00a0: la prudence")),
        ("1. Une enveloppe engagée", Heading("1. Une enveloppe engagée")),
        ("Situation (au 31 mai 2023)", Heading("Situation (au 31 mai 2023)")),
        ("Où en est-on\u00a0?", Paragraph("Où en est-on\u00a0?")),
        ("Trois volets.", Paragraph("Trois volets.")),
        ("«\u00a0Je viendrai compter.\u00a0»", Paragraph("«\u00a0Je viendrai compter.\u00a0»")),
        ("Ainsi vont les crédits " * 5 + "ici", Paragraph("Ainsi vont les crédits " * 5 + "ici")),
        ("- 16 communes", BulletList(("16 communes",))),
        ("- 16 communes\n- 7 EPCI", BulletList(("16 communes", "7 EPCI"))),
        ("Volet | Crédits\nÉcologie | 62,0", Table(("Volet", "Crédits"), (("Écologie", "62,0"),))),
        ("Un tube | deux tubes.", Paragraph("Un tube | deux tubes.")),
    ],
)
def test_each_block_has_its_kind(text: str, block: object) -> None:
    assert parse_blocks(text, where=HERE) == (block,)


def test_a_signature_stands_under_its_quotation() -> None:
    blocks = parse_blocks("«\u00a0Oui.\u00a0»\n\n— Nadège Hourmant, sous-préfète", where=HERE)
    assert blocks[1] == Signature("Nadège Hourmant, sous-préfète")
    with pytest.raises(ConfigurationError, match="follows no quotation"):
        parse_blocks("Un titre\n\n— Nadège Hourmant", where=HERE)


@pytest.mark.parametrize(
    "text",
    ["Une ligne.\nUne autre.", "- un\nDeux.", "A | B\nC | D | E"],
)
def test_lines_that_are_neither_list_nor_table_are_refused(text: str) -> None:
    with pytest.raises(ConfigurationError, match=r"texte\.txt"):
        parse_blocks(text, where=HERE)


@given(
    st.lists(
        st.text(st.characters(codec="utf-8", exclude_characters="\n\r\t—-|"), min_size=1),
        min_size=1,
    )
)
def test_any_lines_come_back_as_they_were(lines: list[str]) -> None:
    text = "\n\n".join(lines)
    assert "\n\n".join(block.source for block in parse_blocks(text, where=HERE)) == text


def test_a_folder_of_ones_own_is_read(tmp_path: Path) -> None:
    (document,) = load(folder=written(tmp_path))
    assert document.standfirst == "Le contrat est signé. Il prévoit 38 projets."
    assert document.author is None
    assert document.text == TEXT.removesuffix("\n")
    assert document.body == (Paragraph("La suite est pour demain."),)
    assert document.path == "/lettre/2019/11/contrat/"


@pytest.mark.parametrize(
    ("before", "after", "named"),
    [
        ('section = "Économie"\n', "", "section"),
        ('slug = "contrat"', 'slug = "autre"', "slug"),
        ("paywalled = false", 'paywalled = "non"', "paywalled"),
        ("paywalled = false", "paywalled = false\nchapo = 'x'", "chapo"),
        ("38 projets.", "38 projets !", "standfirst"),
        ("+01:00", "", "published_at"),
        ("2019-11-14T", "14/11/2019 ", "published_at"),
        ('"lettre"', '"revue"', "source"),
        ('"wordpress"', '"blog"', "family"),
        ('"wordpress"', '"pdf"', "family"),
        ('"trade"', '"essay"', "genre"),
        ('"press"', '"official"', "kind"),
        ('section = "Économie"', 'section = " "', "section"),
        ('title = "', 'title = ["', "TOML"),
    ],
)
def test_a_mistake_is_named_with_its_file_and_key(
    tmp_path: Path, before: str, after: str, named: str
) -> None:
    assert before in TOML
    with pytest.raises(ConfigurationError, match=rf"contrat\.toml: .*{re.escape(named)}"):
        load(folder=written(tmp_path, toml=TOML.replace(before, after)))


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (TEXT.removesuffix("\n"), "line end"),
        (TEXT + "\n", "line end"),
        (TEXT.replace("\n", "\r\n"), "white space"),
        (TEXT.replace("signé. ", "signé.\t"), "tab"),
        (TEXT.replace("\n\n", "\n\n\n"), "empty lines"),
    ],
)
def test_a_text_against_the_conventions_is_refused(tmp_path: Path, text: str, problem: str) -> None:
    with pytest.raises(ConfigurationError, match=rf"contrat\.txt: .*{problem}"):
        load(folder=written(tmp_path, text=text))


def test_a_text_without_its_metadata_is_refused(tmp_path: Path) -> None:
    (tmp_path / "dev").mkdir()
    (tmp_path / "dev" / "seul.txt").write_text("Seul.\n", encoding="utf-8")
    with pytest.raises(ConfigurationError, match=r"seul\.toml: missing"):
        load(folder=tmp_path)


def test_an_empty_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="no documents"):
        load(folder=tmp_path)
