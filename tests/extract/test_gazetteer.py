"""Look-ups in the gazetteer that ships with Recoupe."""

from __future__ import annotations

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest

from recoupe.errors import ConfigurationError
from recoupe.extract.places.gazetteer import DEFAULT_PATH, Gazetteer, fold


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer.open()


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("Saint-Brieuc Baie d’Armor", "saint brieuc baie d armor"),
        ("ST-BRIEUC", "saint brieuc"),
        ("Ste‑Maxime", "sainte maxime"),
        ("Cœur d'Ostrevent", "coeur d ostrevent"),
        ("L'Haÿ-les-Roses", "l hay les roses"),
        ("Provence\u00a0–\u202fAlpes", "provence alpes"),
        ("…", ""),
    ],
)
def test_fold_makes_one_key_of_all_spellings(written: str, key: str) -> None:
    assert fold(written) == key


@pytest.mark.parametrize(
    ("name", "day", "code", "official"),
    [
        ("Amiens", None, "80021", "Amiens"),
        ("Évry", date(2018, 1, 1), "91228", "Évry"),
        ("Évry", date(2024, 1, 1), "91228", "Évry-Courcouronnes"),
        ("Rhône-Alpes", date(2015, 6, 1), "82", "Rhône-Alpes"),
        ("Centre", date(2014, 6, 1), "24", "Centre"),
        ("PACA", None, "93", "Provence-Alpes-Côte d'Azur"),
        ("Havre", None, "76351", "Le Havre"),
        ("Lamballe Terre et Mer", None, "200069391", "Lamballe Terre et Mer"),
        ("Plaine Commune", None, "200057867", "Plaine Commune"),
        ("Cap Excellence", None, "200018653", "CAP Excellence"),
        ("Côte d'Ivoire", None, "CI", "Côte d'Ivoire"),
        ("Union européenne", None, "EU", "Union européenne"),
        ("Paris 13e arrondissement", None, "75113", "Paris 13e Arrondissement"),
        ("Saint-Pierre-et-Miquelon", None, "975", "Saint-Pierre-et-Miquelon"),
    ],
)
def test_candidates_bear_the_code_and_name_of_the_day(
    gazetteer: Gazetteer, name: str, day: date | None, code: str, official: str
) -> None:
    found = {(place.code, place.name) for place in gazetteer.candidates(name, on=day)}
    assert (code, official) in found


def test_an_unknown_or_endless_name_has_no_candidate(gazetteer: Gazetteer) -> None:
    assert gazetteer.candidates("Trifouilly-les-Oies", on=None) == []
    assert gazetteer.candidates("a" * 10_000, on=None) == []
    assert gazetteer.candidates("", on=None) == []


def test_the_most_populated_homonym_comes_first(gazetteer: Gazetteer) -> None:
    communes = [p for p in gazetteer.candidates("Vernon", on=None) if p.level == "commune"]
    assert communes[0].code == "27681"
    assert len(communes) > 1


def test_places_have_parents_and_coordinates(gazetteer: Gazetteer) -> None:
    amiens = next(p for p in gazetteer.candidates("Amiens", on=None) if p.level == "commune")
    assert (amiens.departement, amiens.region, amiens.epci) == ("80", "32", "248000531")
    assert amiens.lat == pytest.approx(49.9, abs=0.1)
    assert amiens.lon == pytest.approx(2.3, abs=0.1)
    (somme,) = (p for p in gazetteer.candidates("Somme", on=None) if p.level == "departement")
    assert somme.population > 500_000
    assert somme.lat == pytest.approx(49.9, abs=0.3)


def test_every_country_is_there(gazetteer: Gazetteer) -> None:
    query = "SELECT count(DISTINCT code) FROM places WHERE level = 'country'"
    assert gazetteer._connection.execute(query).fetchone()[0] >= 195


def test_demonyms_in_any_form(gazetteer: Gazetteer) -> None:
    demonyms = gazetteer.demonyms()
    assert demonyms["sarthoises"] == ("departement", "72")
    assert demonyms["francilienne"] == ("region", "11")
    assert demonyms["manceaux"] == ("commune", "72181")


def test_meta_says_where_everything_comes_from(gazetteer: Gazetteer) -> None:
    meta = gazetteer.meta()
    assert "Licence Ouverte" in meta["source.package"]
    assert len(meta["sha256.communes.json"]) == 64
    assert not any("/" in value and value.startswith("/") for value in meta.values())


def test_the_file_is_small() -> None:
    assert DEFAULT_PATH.stat().st_size < 12_000_000


def test_it_cannot_be_written(gazetteer: Gazetteer) -> None:
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        gazetteer._connection.execute("DELETE FROM places")


def test_several_threads_share_it(gazetteer: Gazetteer) -> None:
    names = ["Amiens", "Rennes", "Vienne", "Lille", "Brest"] * 20
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda name: gazetteer.candidates(name, on=None)[0].form, names))
    assert found == names


def test_a_missing_or_foreign_file_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="build_gazetteer"):
        Gazetteer.open(tmp_path / "none.db")
    other = tmp_path / "other.db"
    other.write_text("not a database, only some words that fill a few bytes" * 40)
    with pytest.raises(ConfigurationError, match="is not a gazetteer"):
        Gazetteer.open(other)
