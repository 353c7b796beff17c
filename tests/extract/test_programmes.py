"""Programmes: what the list knows, what triggers announce, and what is none."""

from __future__ import annotations

from pathlib import Path

import pytest

from recoupe.extract.names.programme_words import Vocabulary
from recoupe.extract.names.programmes import programmes_of

SEED = Path(__file__).parents[3] / "shared" / "seed" / "territoires-industrie.txt"


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return Vocabulary()


LISTED = [
    ("Le programme Action cœur de ville continue.", "Action cœur de ville"),
    ("Le programme action coeur de ville continue.", "Action cœur de ville"),
    ("Les Petites villes de demain de l'Orne.", "Petites villes de demain"),
    ("Les crédits de France Relance sont épuisés.", "France Relance"),
    ("Le plan France 2030 finance l'usine.", "France 2030"),
    ("Le fonds vert est raboté.", "Fonds vert"),
    ("Le plan vélo de l'État.", "plan vélo"),
    ("Le plan France Très haut débit s'achève.", "France Très haut débit"),
    ("L’aide MaPrimeRénov’ baisse.", "MaPrimeRénov'"),
    ("Le Ségur de la santé a coûté cher.", "Ségur de la santé"),
    (
        "Le NPNRU entre dans sa dernière phase.",
        "nouveau programme national de renouvellement urbain",
    ),
    ("Le contrat de plan Etat-Région est signé.", "contrat de plan État-Région"),
    ("Les CPER 2021-2027.", "contrat de plan État-Région"),
    ("Un CRTE a été conclu.", "contrat de relance et de transition écologique"),
    ("Le fonds Barnier indemnise.", "fonds Barnier"),
    ("La DETR et ses dossiers.", "dotation d'équipement des territoires ruraux"),
    ("Le Feder apporte le reste.", "Feder"),
    ("Une maison France services ouvre.", "France services"),
    ("Le pass Culture change.", "Pass Culture"),
    ("La loi Climat et résilience impose.", "loi Climat et résilience"),
    ("La loi NOTRe a tout changé.", "loi NOTRe"),
    ("Le plan « Marseille en grand » patine.", "Marseille en grand"),
    ("EduRénov finance les écoles.", "EduRénov"),
    ("L'objectif ZAN divise les maires.", "zéro artificialisation nette"),
    ("1 jeune, 1 solution s'arrête.", "1 jeune, 1 solution"),
    (
        "Territoires zéro chômeur de longue durée essaime.",
        "Territoires zéro chômeur de longue durée",
    ),
    ("Le PIA 4 est lancé.", "programme d'investissements d'avenir"),
]

ANNOUNCED = [
    ("Le programme « Cœur de bourg » démarre.", ["Cœur de bourg"]),
    ("Le dispositif baptisé « Un toit, un emploi » démarre.", ["Un toit, un emploi"]),
    ("Le dispositif, baptisé Horizon 2030, démarre.", ["Horizon 2030"]),
    ('L’appel à projets "Réinventons nos rivières" est clos.',
     ['appel à projets "Réinventons nos rivières"']),
    ("Le plan « Sarthe navigable » est voté. Sarthe navigable coûte cher.",
     ["plan « Sarthe navigable »", "Sarthe navigable"]),
    ("La charte « Replanter les landes » est signée.", ["Replanter les landes"]),
    ("Le fonds d'aide au relogement paie.", ["fonds d'aide au relogement"]),
    ("Les maisons de services au public (MSAP) ferment. Cinq MSAP restent.",
     ["maisons de services au public", "MSAP", "MSAP"]),
    ("Le plan Argens 2020-2023 est voté.", ["plan Argens 2020-2023"]),
    ("Les 51 millions du Ségur sont là.", ["Ségur"]),
    ("Les crédits de MaPrimeRénov' Sérénité baissent.", ["MaPrimeRénov' Sérénité"]),
    ("Le pacte régional d'investissement dans les compétences expire. Le Pacte a tenu.",
     ["pacte régional d'investissement dans les compétences", "Pacte"]),
    ("Le programme Rivières 2040 de la Région.", ["Rivières 2040"]),
    ("Le plan Eau du gouvernement.", ["plan Eau"]),
    ("Le fonds Chaleur de l'Ademe.", ["fonds Chaleur"]),
    ("La loi Garambois limite les loyers.", ["loi Garambois"]),
    ("La loi du 7 août 2015 le prévoit.", ["loi du 7 août 2015"]),
    ("La loi n° 2015-991 du 7 août 2015 le prévoit.", ["loi n° 2015-991 du 7 août 2015"]),
    ("La loi de finances pour 2024 le prévoit.", ["loi de finances pour 2024"]),
    ("Le PLF 2025 le prévoit.", ["PLF 2025"]),
    ("Action cœur de ville à Lens et le programme Action cœur de ville à Lens.",
     ["Action cœur de ville", "Action cœur de ville"]),
]  # fmt: skip

NONE = [
    "Le plan de la maison est prêt.",
    "Ces territoires d'industrie souffrent.",
    "Le programme de la soirée.",
    "Le dispositif est en place.",
    "Le fonds a été créé.",
    "La loi est votée.",
    "LE PLAN LOCAL D'URBANISME",
    "Les Missions Locales accueillent.",
    "La société Horizon investit.",
    "Le label est connu.",
    "Un plan « social » se prépare.",
    "L'opération a duré deux heures.",
    "Nous n'avons pas de plan B.",
    "Le fonds de roulement baisse.",
    "Le fonds de commerce est vendu.",
    "Le plan social est signé.",
    "Le plan départemental est prêt.",
    "Les aides (ADSL) baissent.",
    "Il habite avenue de Ségur, à Ségur.",
]


@pytest.mark.parametrize(("text", "name"), LISTED)
def test_a_listed_programme_gets_its_canonical_name(
    text: str, name: str, vocabulary: Vocabulary
) -> None:
    assert name in [mention.name for mention in programmes_of(text, vocabulary)]


@pytest.mark.parametrize(("text", "spans"), ANNOUNCED)
def test_a_trigger_announces_a_name(text: str, spans: list[str], vocabulary: Vocabulary) -> None:
    assert [mention.text for mention in programmes_of(text, vocabulary)] == spans


@pytest.mark.parametrize("text", NONE)
def test_everyday_words_are_no_programme(text: str, vocabulary: Vocabulary) -> None:
    assert programmes_of(text, vocabulary) == []


def test_a_name_once_announced_is_known_in_the_rest_of_the_text(vocabulary: Vocabulary) -> None:
    text = "Le programme « Cœur de bourg » démarre. Avec Cœur de bourg, trois halles renaissent."
    assert [m.text for m in programmes_of(text, vocabulary)] == ["Cœur de bourg", "Cœur de bourg"]


def test_lower_case_counts_where_the_text_names_the_programme_elsewhere(
    vocabulary: Vocabulary,
) -> None:
    text = "Les Territoires d’industrie avancent. Les animateurs des territoires d'industrie aussi."
    assert [m.name for m in programmes_of(text, vocabulary)] == ["Territoires d'industrie"] * 2


def test_an_acronym_in_parentheses_stands_for_the_programme(vocabulary: Vocabulary) -> None:
    text = "Petites villes de demain (PVD) recrute. Les chefs de projet PVD arrivent."
    assert [m.text for m in programmes_of(text, vocabulary)] == [
        "Petites villes de demain",
        "PVD",
        "PVD",
    ]


def test_an_ambiguous_acronym_needs_its_long_form(vocabulary: Vocabulary) -> None:
    assert programmes_of("Le PIC de pollution est passé.", vocabulary) == []
    text = "Le plan d'investissement dans les compétences (PIC) finit. Le PIC formait."
    assert len(programmes_of(text, vocabulary)) == 3


def test_offsets_spell_the_text(vocabulary: Vocabulary) -> None:
    text = "Le\u00a0programme\u202f«\u00a0Cœur de bourg\u00a0» et la loi\u00a0Climat et résilience."
    for mention in programmes_of(text, vocabulary):
        assert text[mention.start : mention.end] == mention.text


@pytest.mark.skipif(not SEED.exists(), reason="the seed article lies beside the repository")
def test_the_seed_names_its_programme_everywhere(vocabulary: Vocabulary) -> None:
    names = [m.name for m in programmes_of(SEED.read_text(encoding="utf-8"), vocabulary)]
    assert names.count("Territoires d'industrie") >= 8
    assert "volontariat international en entreprise" in names
