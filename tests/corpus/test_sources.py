from pathlib import Path

import pytest

from recoupe.corpus import furniture, sources
from recoupe.corpus.documents import load
from recoupe.errors import ConfigurationError

TOML = """
[families.jsonld]
feed = "rss.xml"

[families.regional1252]
feed = "rss.xml"
listing = "liste.htm"

[sources.echo]
title = "L’Écho"
tagline = "Le journal"
kind = "press"
family = "jsonld"
theme = "daily"
found = ["rss"]
"""


def written(folder: Path, toml: str) -> Path:
    path = folder / "sources.toml"
    path.write_text(toml, encoding="utf-8")
    return path


def test_a_table_of_ones_own_is_read(tmp_path: Path) -> None:
    (echo,) = sources.read(written(tmp_path, TOML)).values()
    assert (echo.title, echo.feed, echo.territory) == ("L’Écho", "rss", None)


@pytest.mark.parametrize(
    ("before", "after", "named"),
    [
        ('kind = "press"\n', "", "kind"),
        ('"press"', '"blog"', "kind"),
        ('family = "jsonld"', 'family = "dsfr"', "sources.echo.family"),
        ('["rss"]', "[]", "sources.echo.found"),
        ('["rss"]', '["rss", "atom"]', "sources.echo.found"),
        ('["rss"]', '["listing"]', "sources.echo.found"),
        ('["rss"]', '["post"]', "found"),
        ('["rss"]', '["rss"]\ncharset = "utf-8"', "sources.echo.charset"),
        ('["rss"]', '["rss"]\nslogan = "x"', "slogan"),
        ('["rss"]', '["rss"]\nrecipe = { lead = "p" }', "sources.echo.recipe.lead"),
        ("[sources.echo]", "[sources.echo", "cannot be read"),
    ],
)
def test_a_mistake_is_named_with_its_file_and_key(
    tmp_path: Path, before: str, after: str, named: str
) -> None:
    assert before in TOML
    with pytest.raises(ConfigurationError, match=rf"sources\.toml: .*{named}"):
        sources.read(written(tmp_path, TOML.replace(before, after)))


def test_every_source_is_declared_with_furniture_that_exists() -> None:
    for slug in sources.declared():
        assert furniture.lines(slug)
    assert {document.source for document in load()} <= set(sources.declared())


def test_a_source_that_is_not_declared_is_named() -> None:
    with pytest.raises(ConfigurationError, match=r"sources\.inconnu"):
        sources.declaration("inconnu")
