"""Figures as the whole pipeline gives them: span, kind, value, unit, rate, approximator, object.

Each figure is written ``"text | kind | value | unit | approx | object"``, a range ``low..high``, a
rate ``unit/per``; the last fields may be left out where they are empty.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from itertools import pairwise

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st

from recoupe.extract.annotations import annotations_of
from recoupe.extract.figures.component import QuantitiesComponent
from recoupe.extract.figures.dumps import without_dumps
from recoupe.extract.figures.quantities import find_quantities
from recoupe.extract.figures.references import find_references
from recoupe.records import Extraction, Quantity

Analyse = Callable[..., Extraction]

SENTENCES = [
    ("Le conseil départemental a voté 35 subventions.", ["35 | count | 35 ||| subventions"]),
    (
        "La commune compte 25 785 habitants.",
        ["25 785 | count | 25785 ||| habitants"],
    ),
    (
        "Quelque 3 500 emplois seront créés.",
        ["3 500 | count | 3500 || about | emplois"],
    ),
    (
        "Plus de 10 000 collectivités sont concernées.",
        ["10 000 | count | 10000 || more_than | collectivités"],
    ),
    (
        "Au moins douze communes ont délibéré.",
        ["douze | count | 12 || at_least | communes"],
    ),
    (
        "Le gymnase accueillera jusqu'à 600 élèves.",
        ["600 | count | 600 || at_most | élèves"],
    ),
    (
        "Un peu moins de 400 postes sont vacants.",
        ["400 | count | 400 || less_than | postes"],
    ),
    (
        "Le passif frôle 24 millions d'euros.",
        ["24 millions d'euros | amount | 24000000 | EUR | about | passif"],
    ),
    (
        "Elle a employé 140 ouvriers au plus fort.",
        ["140 | count | 140 ||| ouvriers"],
    ),
    (
        "Ils ont fait 900 heures supplémentaires.",
        ["900 | count | 900"],
    ),
    ("La tribu réunit 700 agents environ.", ["700 | count | 700 || about | agents"]),
    (
        "La réserve contient 40 places minimum.",
        ["40 | count | 40 || at_least | places"],
    ),
    (
        "Le plafond de l'aide pour une rénovation d'ampleur reste fixé à 70 000 euros.",
        ["70 000 euros | amount | 70000 | EUR | at_most | plafond"],
    ),
    (
        "Pour 500 habitants ou moins, l'objectif est dépassé de 30 logements.",
        ["500 | count | 500 || at_most | habitants", "30 | count | 30 ||| logements"],
    ),
    (
        "Logement d'abord\nDouze appartements ont été captés.",
        ["Douze | count | 12 ||| appartements"],
    ),
    (
        "Les communes de - de 500 habitants",
        ["500 | count | 500 || less_than | habitants"],
    ),
    (
        "La Ville bénéficie :\n- de 50 000 euros",
        ["50 000 euros | amount | 50000 | EUR ||"],
    ),
    (
        "Trois nouveaux territoires rejoignent le programme.",
        ["Trois | count | 3 ||| territoires"],
    ),
    (
        "Une trentaine de communes littorales ont signé.",
        ["Une trentaine | count | 30 || about | communes littorales"],
    ),
    (
        "Elles sont 1,2 million d'habitantes.",
        ["1,2 million | count | 1200000 ||| habitantes"],
    ),
    ("Un seul médecin reste en ville.", ["Un seul | count | 1 ||| médecin"]),
    ("85 % des maires ont répondu.", ["85 % | percent | 85 | percent || maires"]),
    (
        "Près de 60% des logements sociaux sont rénovés.",
        ["60% | percent | 60 | percent | about | logements sociaux"],
    ),
    (
        "Les taxes ont augmenté de 3,5 % en un an.",
        ["3,5 % | percent | 3.5 | percent || taxes", "un an | duration | 1 | year"],
    ),
    (
        "Le chômage recule de 0,3 point.",
        ["0,3 point | point | 0.3 | point || chômage"],
    ),
    (
        "Plus de 260 millions d’euros ont été engagés.",
        ["260 millions d’euros | amount | 260000000 | EUR | more_than"],
    ),
    (
        "Coût de la rénovation : 640 k€, dont 120 k€ pour la toiture.",
        ["640 k€ | amount | 640000 | EUR || Coût", "120 k€ | amount | 120000 | EUR || Coût"],
    ),
    (
        "Le loyer atteint 9 euros le mètre carré.",
        ["9 euros | amount | 9 | EUR/m2 || loyer"],
    ),
    (
        "La Région versera 12 M€ par an pendant trois ans et demi.",
        ["12 M€ | amount | 12000000 | EUR/year", "trois ans et demi | duration | 3.5 | year"],
    ),
    (
        "Le plateau reçoit 400 appels par jour.",
        ["400 | count | 400 | -/day || appels"],
    ),
    (
        "Ils ont instruit 3 100 demandes / an.",
        ["3 100 | count | 3100 | -/year || demandes"],
    ),
    (
        "La voie verte fait 12 km et traverse 4 hameaux.",
        ["12 km | measure | 12 | km", "4 | count | 4 ||| hameaux"],
    ),
    (
        "Le parc éolien produira 3,2 GWh.",
        ["3,2 GWh | measure | 3.2 | GW.h"],
    ),
    (
        "Il a fait jusqu'à -12 °C dans le Haut-Doubs.",
        ["-12 °C | measure | -12 | Cel | at_most"],
    ),
    ("C'est le 3e comité de pilotage.", ["3e | rank | 3 ||| comité"]),
    ("La 14e édition du salon ouvre lundi.", ["14e | rank | 14 ||| édition"]),
    ("Un Français sur dix est concerné.", ["Un Français sur dix | ratio | 0.1 ||| Français"]),
    (
        "Le nombre de projets a doublé.",
        ["doublé | multiplier | 2 ||| projets"],
    ),
    (
        "Entre 3 et 5 millions d’euros seront consacrés aux quais.",
        ["Entre 3 et 5 millions d’euros | amount | 3000000..5000000 | EUR"],
    ),
    (
        "De 10 à 15 logements seront bâtis.",
        ["De 10 à 15 | count | 10..15 ||| logements"],
    ),
    (
        "Deux ou trois élus manquaient.",
        ["Deux ou trois | count | 2..3 ||| élus"],
    ),
    (
        "Dans les 6 prochains mois, 45+ territoires suivront.",
        ["45 | count | 45 || at_least | territoires"],
    ),
    (
        "Elle emploie 12 médecins, 34 infirmières et 5 sages-femmes.",
        [
            "12 | count | 12 ||| médecins",
            "34 | count | 34 ||| infirmières",
            "5 | count | 5 ||| sages-femmes",
        ],
    ),
    ("Le programme 104 finance l'accueil.", []),
    ("Le bus prend la route nationale 10, puis la 147.", []),
    ("Le 119 répond jour et nuit.", []),
    ("Le TSV 1860 Munich descend.", []),
    ("Un Mirage 2000 D a décollé.", []),
    ("Le quinze de France s'entraîne.", []),
    ("Les carrières 2 et 3 sont fermées.", []),
    ("Le papier 12 sera examiné.", []),
    ("On a projeté le film « Huit femmes » au Rex.", []),
    ("Le roman « 2666 » est réédité.", []),
    (
        "Elle a pris 12 A320 et 250 AESH.",
        ["12 | count | 12 | | | A320", "250 | count | 250 | | | AESH"],
    ),
    ("Il doit embarquer 220 plants vendredi.", ["220 | count | 220 | | | plants"]),
    (
        "Réunie lors de cette troisième session, elle siège au troisième étage.",
        ["troisième | rank | 3 | | | session"],
    ),
    (
        "Le service n'a plus que quatre lits et ne dépasse pas 65 entrées.",
        ["quatre | count | 4 | | | lits", "65 | count | 65 | | at_most | entrées"],
    ),
    (
        "Le plafond est fixé à 400 €, une réponse arrive sous dix jours.",
        [
            "400 € | amount | 400 | EUR | at_most | plafond",
            "dix jours | duration | 10 | day | less_than |",
        ],
    ),
    (
        "Le groupe vise une croissance de 3 à 5 %.",
        ["3 à 5 % | percent | 3..5 | percent | | croissance"],
    ),
    ("Le reportage passe sur TV 2.", []),
    ("La trisomie 21 touche peu de familles.", []),
    ("La sortie est sur l'Interstate 80.", []),
    ("Les Yvelines (78) ont signé.", []),
    ("Le Finistère (29) et le Morbihan (56) ont signé.", []),
    ("En 2019, tout a changé.", []),
    ("La première mention du bourg date de 1361.", []),
    ("Bède écrit vers 731.", []),
    ("Elle achète un véhicule neuf.", []),
    ("Avant, c’était neuf.", []),
    ("« En 2025, j’aurai 67 ans. »", []),
    ("Il a rejoint l'équipe un matin de mai.", []),
    ("Henri IV et Louis XIV ont régné.", []),
    ("Le XXe siècle commence.", []),
    ("La 4e de couverture est belle.", []),
    ("Tous deux ont voté contre.", []),
    ("Le numéro un mondial s'installe à Lens.", []),
    ("Une deuxième bonne nouvelle arrive.", []),
    ("Elle roule en 4x4 par tous les temps.", []),
    ("Le match s'est terminé sur le score de 3-2.", []),
    ("Sa fille de 12 ans est arrivée à 23 h 45.", []),
    ("La mairie, 22000 Saint-Brieuc, ouvre à 9 heures.", []),
    ("L'article L. 2121-29 du code le prévoit.", []),
]


def row(quantity: Quantity) -> str:
    value = f"{quantity.low}..{quantity.high}" if quantity.value is None else str(quantity.value)
    unit = quantity.unit or ("-" if quantity.per else "")
    unit += f"/{quantity.per}" if quantity.per else ""
    fields = [quantity.text, quantity.kind, value, unit, quantity.approx, quantity.object]
    return "|".join(field or "" for field in fields)


def padded(expected: str) -> str:
    fields = [field.strip() for field in expected.split("|")]
    return "|".join([*fields, *[""] * (6 - len(fields))])


@pytest.fixture(scope="module")
def read(analyse_text: Analyse) -> dict[str, Extraction]:
    """Every sentence, read once."""
    return {text: analyse_text(text, "2021-03-04") for text, _ in SENTENCES}


@pytest.mark.parametrize(("text", "expected"), SENTENCES)
def test_a_sentence_gives_its_figures(
    text: str, expected: list[str], read: dict[str, Extraction]
) -> None:
    assert [row(quantity) for quantity in read[text].quantities] == list(map(padded, expected))


def test_every_offset_spells_its_text(read: dict[str, Extraction]) -> None:
    for extraction in read.values():
        extraction.check()


def test_no_figure_stands_in_a_reference_or_another_figure(read: dict[str, Extraction]) -> None:
    for extraction in read.values():
        spans = sorted(m.span for m in (*extraction.quantities, *extraction.references))
        assert all(left[1] <= right[0] for left, right in pairwise(spans))


_WORDS = """1 2 10 1,5 3.5 000 un une deux cent mille millions milliard € % M€ k€ d'euros d’euros
euros de à et sur entre les des dont - – + ( ) , . ; : | / points fois moitié tiers dizaine milliers
ans mois h km par an article A4 06 12/2019 doublé zéro demi ½ « » ’ ' # @ http:// é 𝟙 ² ٣"""
PIECES = st.sampled_from([*_WORDS.split(), "\n", "\t", "\u00a0", "\u202f"])


@given(st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=40).map(" ".join)))
@settings(max_examples=400, deadline=None)
def test_any_text_is_read_without_error_and_spans_do_not_overlap(text: str) -> None:
    references = find_references(text)
    drafts = find_quantities(text, taken=[reference.span for reference in references])
    assert all(r.text == text[r.start : r.end] for r in references)
    assert all(0 <= d.start < d.end <= len(text) for d in drafts)
    assert all(left.end <= right.start for left, right in pairwise(drafts))


@given(st.lists(PIECES, max_size=30).map(" ".join))
@settings(max_examples=100, deadline=None)
def test_the_component_reads_any_text(text: str) -> None:
    nlp = spacy.blank("fr")
    nlp.add_pipe("sentencizer")
    doc = QuantitiesComponent(nlp, "quantities")(nlp(text))
    found = annotations_of(doc)
    assert all(q.text == text[q.start : q.end] for q in found.quantities)


@pytest.mark.parametrize("dump", ["1234567890", "1 ", "12,12,", "deux ", "1.1.", "\u00a0"])
def test_figures_beside_a_dump_keep_their_places(dump: str) -> None:
    text = f"Il y a 12 €.\n{dump * 3000}\nPuis 15 € et 3 %."
    found = find_quantities(text)
    assert [text[d.start : d.end] for d in found] == ["12 €", "15 €", "3 %"]
    assert len(without_dumps(text).text) < 60


def test_precision_is_the_weight_of_the_last_digit() -> None:
    precision = [
        d.precision for d in find_quantities("1,36 milliard d'euros, 12 M€, 3,50 € et 7 %")
    ]
    assert precision == [Decimal(10_000_000), Decimal(1_000_000), Decimal("0.01"), Decimal(1)]
