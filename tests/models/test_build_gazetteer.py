"""The builder of the gazetteer: names by rule, history of communes, the same bytes twice."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from recoupe.extract.places.gazetteer import Gazetteer
from recoupe.models.build_gazetteer import main
from recoupe.models.gazetteer_names import (
    commune_history,
    demonym_forms,
    epci_forms,
    epci_name,
    without_article,
)


@pytest.mark.parametrize(
    ("registered", "forms"),
    [
        ("CA Lamballe Terre et Mer", {"Lamballe Terre et Mer": False}),
        ("CC du Pays Rhénan", {"Pays Rhénan": False}),
        ("CC du Ternois", {"Ternois": True}),
        (
            "CA Dinan Agglomération",
            {
                "Dinan Agglomération": False,
                "Dinan": True,
                "Dinan Agglo": False,
            },
        ),
        (
            "CA de la Presqu'île de Guérande Atlantique (Cap Atlantique)",
            {"Presqu'île de Guérande Atlantique": False, "Cap Atlantique": False},
        ),
        ("CA de Blois ''Agglopolys''", {"Agglopolys": False, "Blois Agglopolys": False}),
        ("Métropole du Grand Nancy", {"Grand Nancy": False}),
    ],
)
def test_forms_of_an_epci(registered: str, forms: dict[str, bool]) -> None:
    assert dict(epci_forms(registered)) == forms


@pytest.mark.parametrize(
    ("registered", "shown"),
    [
        ("CC du Pays Rhénan", "Communauté de communes du Pays Rhénan"),
        ("CA Lamballe Terre et Mer", "Lamballe Terre et Mer"),
        ("CU d'Arras", "Communauté urbaine d'Arras"),
        ("Rennes Métropole", "Rennes Métropole"),
    ],
)
def test_the_name_of_an_epci_as_shown(registered: str, shown: str) -> None:
    assert epci_name(registered) == shown


@pytest.mark.parametrize(
    ("name", "bare"),
    [
        ("Le Havre", "Havre"),
        ("L'Haÿ-les-Roses", "Haÿ-les-Roses"),
        ("Lens", None),
        ("Lesquin", None),
    ],
)
def test_without_article(name: str, bare: str | None) -> None:
    assert without_article(name) == bare


@pytest.mark.parametrize(
    ("demonym", "forms"),
    [
        ("sarthois", {"sarthois", "sarthoise", "sarthoises"}),
        ("francilien", {"francilien", "franciliens", "francilienne", "franciliennes"}),
        ("manceau", {"manceau", "manceaux", "mancelle", "mancelles"}),
        ("breton", {"breton", "bretons", "bretonne", "bretonnes"}),
        ("corse", {"corse", "corses"}),
        ("normand", {"normand", "normands", "normande", "normandes"}),
    ],
)
def test_forms_of_a_demonym(demonym: str, forms: set[str]) -> None:
    assert set(demonym_forms(demonym)) == forms


def change(day: str, before: tuple[str, str], after: tuple[str, str]) -> dict[str, str]:
    return {
        "date": day,
        "change_code": "32",
        "type_before": "COM",
        "code_before": before[0],
        "name_before": before[1],
        "type_after": "COM",
        "code_after": after[0],
        "name_after": after[1],
    }


def test_history_ends_the_day_before_a_change() -> None:
    history = commune_history(
        [
            change("2019-01-01", ("91228", "Évry"), ("91228", "Évry-Courcouronnes")),
            change("2016-01-01", ("22093", "Lamballe"), ("22093", "Lamballe")),
        ]
    )
    assert history == {
        ("91228", "Évry"): (None, "2018-12-31"),
        ("91228", "Évry-Courcouronnes"): ("2019-01-01", None),
    }


def test_a_merger_undone_leaves_one_open_interval() -> None:
    history = commune_history(
        [
            change("1973-01-01", ("01001", "Amont"), ("01002", "Aval")),
            change("1990-01-01", ("01002", "Aval"), ("01001", "Amont")),
        ]
    )
    assert history["01001", "Amont"][1] is None


# --- the whole build, on inputs small enough to read ----------------------------------------------


def commune(code: str, name: str, population: int) -> dict[str, Any]:
    return {
        "code": code,
        "nom": name,
        "typeLiaison": 0,
        "arrondissement": "011",
        "departement": "01",
        "region": "84",
        "type": "commune-actuelle",
        "population": population,
    }


@pytest.fixture
def inputs(tmp_path: Path) -> tuple[Path, Path]:
    package, facts = tmp_path / "package", tmp_path / "facts"
    (package / "data").mkdir(parents=True)
    facts.mkdir()
    where = {"departement": "01", "region": "84"}
    members = [{"code": "01001"}, {"code": "01002"}]
    data = {
        "communes": [commune("01001", "Le Bourg-Neuf", 3_000), commune("01002", "Vallon", 1_000)],
        "arrondissements": [{"code": "011", "nom": "Vallon", "typeLiaison": 0, **where}],
        "departements": [
            {"code": "01", "nom": "Ain", "typeLiaison": 5, "zone": "metro", "region": "84"}
        ],
        "regions": [
            {"code": "84", "nom": "Auvergne-Rhône-Alpes", "typeLiaison": 1, "zone": "metro"}
        ],
        "epci": [{"code": "200069409", "nom": "CA du Grand Vallon", "membres": members},
                 {"code": "200010700", "nom": "CC de la Plaine", "membres": members},
                 {"code": "244400610", "nom": "CC du Lac", "membres": members}],
        "ept": [],
    }  # fmt: skip
    for name, rows in data.items():
        (package / f"data/{name}.json").write_text(json.dumps(rows), "utf-8")
    (package / "package.json").write_text('{"version": "6.0.0"}', "utf-8")
    texts = {
        "commune_centroids": "insee_code,lon,lat\n01001,5.0,46.0\n01002,5.4,46.4\n",
        "commune_changes": "date,change_code,type_before,code_before,name_before,type_after,"
        "code_after,name_after\n2010-01-01,10,COM,01001,Vieux-Bourg,COM,01001,Le Bourg-Neuf\n",
        "regions_before_2016": "code,name\n82,Rhône-Alpes\n",
        "programme_territories": "programme,id,name,signed,member_codes\n"
        "Territoires d'industrie,ti-8401,Vallon Industrie,,200069409\n",
    }
    for name, text in texts.items():
        (facts / f"{name}.csv").write_text(text, "utf-8")
    return package, facts


def build(inputs: tuple[Path, Path], output: Path) -> Path:
    package, facts = inputs
    main(["--package", str(package), "--facts", str(facts), "--output", str(output)])
    return output


def test_the_same_inputs_give_the_same_bytes(inputs: tuple[Path, Path], tmp_path: Path) -> None:
    digests = {
        hashlib.sha256(build(inputs, tmp_path / name).read_bytes()).hexdigest()
        for name in ("one.db", "two.db")
    }
    assert len(digests) == 1


def test_what_was_built_can_be_looked_up(inputs: tuple[Path, Path], tmp_path: Path) -> None:
    gazetteer = Gazetteer.open(build(inputs, tmp_path / "built.db"))
    (bare,) = gazetteer.candidates("Bourg-Neuf", on=None)
    assert (bare.code, bare.need, bare.epci) == ("01001", "article", "244400610")
    (ain,) = gazetteer.candidates("Ain", on=None)
    assert (ain.population, ain.lat, ain.lon) == (4_000, 46.1, 5.1)
    levels = {(p.level, p.need) for p in gazetteer.candidates("Vallon", on=None)}
    assert levels == {("commune", None), ("arrondissement", "level")}
    old = {(p.code, p.name) for p in gazetteer.candidates("Vieux-Bourg", on=None)}
    assert old == {("01001", "Le Bourg-Neuf")}
    gazetteer.close()
