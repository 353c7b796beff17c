"""Declarations of sources: what is read, and what each mistake is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from recoupe.errors import ConfigurationError
from recoupe.records import Recipe, Source
from recoupe.scraper.sources import CATALOGUE, load_catalogue, load_source

GOOD = """
name = "prefecture-essai"
title = "Préfecture de l’Essai"
kind = "official"
hosts = ["www.essai.gouv.fr"]
feeds = ["https://www.essai.gouv.fr/rss.xml"]
listings = ["https://www.essai.gouv.fr/Actualites"]
listing_item = "h2.fr-card__title a"
delay_seconds = 2
territory = "2A"
last_checked = 2026-03-09

[recipe]
standfirst = ".fr-text--lead"
remove = ["aside", ".partage"]
"""


def write(folder: Path, text: str, name: str = "essai.toml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_a_declaration_becomes_a_source(tmp_path: Path) -> None:
    assert load_source(write(tmp_path, GOOD)) == Source(
        name="prefecture-essai",
        title="Préfecture de l’Essai",
        kind="official",
        hosts=("www.essai.gouv.fr",),
        feeds=("https://www.essai.gouv.fr/rss.xml",),
        listings=("https://www.essai.gouv.fr/Actualites",),
        listing_item="h2.fr-card__title a",
        delay_seconds=2.0,
        territory="2A",
        last_checked="2026-03-09",
        recipe=Recipe(standfirst=".fr-text--lead", remove=("aside", ".partage")),
    )


@pytest.mark.parametrize(
    ("good", "bad", "told"),
    [
        ('kind = "official"', 'kind = "blog"', "kind: .*blog"),
        ('kind = "official"', "", "kind: missing; add it"),
        ('name = "prefecture-essai"', 'name = "Préfecture"', "name: 'Préfecture'; use lower"),
        ('title = "Préfecture de l’Essai"', 'title = " "', "title: empty"),
        ('title = "Préfecture de l’Essai"', "title = 3", "title: expected `str`, got `int`"),
        ('hosts = ["www.essai.gouv.fr"]', "hosts = []", "hosts: empty"),
        ('hosts = ["www.essai.gouv.fr"]', "", "hosts: missing; add it"),
        ('["www.essai.gouv.fr"]', '"www.essai.gouv.fr"', "hosts: expected `array`"),
        ('["www.essai.gouv.fr"]', '["https://www.essai.gouv.fr"]', "hosts: .* a host alone"),
        ('["www.essai.gouv.fr"]', '["www.essai.gouv.fr/x"]', "hosts: .* a host alone"),
        ('["www.essai.gouv.fr"]', '["autre.fr"]', "feeds: .* add 'www.essai.gouv.fr' to hosts"),
        ("https://www.essai.gouv.fr/rss.xml", "/rss.xml", "feeds: .*only http and https"),
        ('listing_item = "h2.fr-card__title a"', "", "listing_item: missing"),
        ('"h2.fr-card__title a"', '"h2..x"', "listing_item: 'h2..x' is not a CSS selector"),
        ('listings = ["https://www.essai.gouv.fr/Actualites"]', "", "listing_item: there are no"),
        ("delay_seconds = 2", "delay_seconds = -1", "delay_seconds: -1"),
        ("delay_seconds = 2", "delay_seconds = nan", "delay_seconds: nan"),
        ("delay_seconds = 2", 'delay_seconds = "2"', "delay_seconds: expected `float"),
        ("delay_seconds = 2", "delay = 2", "delay: unknown key; the known ones are name, title"),
        ("delay_seconds = 2", "max_listing_pages = 0", "max_listing_pages: 0"),
        ('territory = "2A"', 'territory = "Corse"', "territory: 'Corse'"),
        ("last_checked = 2026-03-09", 'last_checked = "hier"', "last_checked: 'hier'"),
        ('standfirst = ".fr', 'chapo = ".fr', "recipe.chapo: unknown key"),
        ('"aside"', '"aside >"', "recipe.remove: 'aside >' is not a CSS selector"),
        ("[recipe]", "[recipe", "not TOML"),
    ],
)
def test_a_mistake_is_named_with_file_key_and_remedy(
    tmp_path: Path, good: str, bad: str, told: str
) -> None:
    assert good in GOOD
    with pytest.raises(ConfigurationError, match=rf"essai\.toml: {told}"):
        load_source(write(tmp_path, GOOD.replace(good, bad)))


@pytest.mark.parametrize(
    ("host", "url"),
    [
        ("127.0.0.1:8123", "http://127.0.0.1:8123/rss.xml"),
        ("[::1]:8123", "http://[::1]:8123/rss.xml"),
        ("élysée.fr", "https://xn--lyse-9oad.fr/rss.xml"),
        ("élysée.fr", "https://ÉLYSÉE.fr/rss.xml"),
    ],
)
def test_a_host_may_have_a_port_or_accents(tmp_path: Path, host: str, url: str) -> None:
    text = f'name = "a"\ntitle = "A"\nkind = "press"\nhosts = ["{host}"]\nfeeds = ["{url}"]\n'
    assert load_source(write(tmp_path, text)).feeds == (url,)


def test_bytes_that_are_no_text_are_a_mistake_like_another(tmp_path: Path) -> None:
    path = tmp_path / "essai.toml"
    path.write_bytes(b'title = "Pr\xe9fecture"')
    with pytest.raises(ConfigurationError, match="cannot be read"):
        load_source(path)


def test_two_sources_cannot_share_a_name(tmp_path: Path) -> None:
    write(tmp_path, GOOD, "un.toml")
    write(tmp_path, GOOD, "deux.toml")
    with pytest.raises(ConfigurationError, match=r"un\.toml: name: .*deux\.toml; rename one"):
        load_catalogue([tmp_path])


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="absent: no such folder"):
        load_catalogue([tmp_path / "absent"])


def test_a_users_folder_comes_beside_the_catalogue(tmp_path: Path) -> None:
    write(tmp_path, GOOD)
    names = [source.name for source in load_catalogue([CATALOGUE, tmp_path])]
    assert {"localtis", "senat", "lemonde", "prefecture-essai"} <= set(names)


def test_the_catalogue_is_sound_and_claims_no_check_that_was_not_made() -> None:
    sources = load_catalogue()
    assert len(sources) >= 8
    assert all(source.feeds or source.sitemaps or source.listings for source in sources)
    assert all(source.last_checked is None for source in sources)
