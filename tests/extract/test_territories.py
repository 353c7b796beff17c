"""What the linker makes of place names: sentences with every mention expected, in order."""

from __future__ import annotations

from collections import Counter
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st

from recoupe.extract.annotations import annotations_of, attach
from recoupe.extract.places.gazetteer import Gazetteer
from recoupe.extract.places.link import TerritoriesComponent, link
from recoupe.records import Article, TerritoryMention

DAY = date(2024, 3, 12)
SEED = Path(__file__).parents[3] / "shared/seed/territoires-industrie.txt"


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer.open()


def codes(mentions: list[TerritoryMention]) -> list[tuple[str, str | None]]:
    return [(mention.text, mention.code) for mention in mentions]


BY_GRAMMAR = [
    ("Le chômage recule dans la Vienne.", [("Vienne", "86")]),
    ("L'usine s'est installée à Vienne, en Isère.", [("Vienne", "38544"), ("Isère", "38")]),
    ("Une réunion s'est tenue à Vienne, en Autriche.", [("Vienne", None), ("Autriche", "AT")]),
    (
        "Le sommet réunira Vienne, Berlin et Prague.",
        [("Vienne", None), ("Berlin", None), ("Prague", None)],
    ),
    ("Le préfet du Nord a pris un arrêté.", [("Nord", "59")]),
    ("Trois entreprises recrutent dans le Nord.", [("Nord", "59")]),
    ("Le Nord de la France est touché.", [("France", "FR")]),
    ("Il neige dans le Nord du pays.", []),
    ("Les exportations vers l'Italie du Nord augmentent.", [("Italie", "IT")]),
    ("Douze projets sont retenus dans l'Orne.", [("Orne", "61")]),
    ("Le plan est déployé en Loire-Atlantique.", [("Loire-Atlantique", "44")]),
    ("Le siège quitte Paris pour Lyon.", [("Paris", "75056"), ("Lyon", "69123")]),
    ("Il a été élu au Mans.", [("Mans", "72181")]),
    ("Le port du Havre investit 20 millions d'euros.", [("Havre", "76351")]),
    ("Un centre ouvrira aux Herbiers.", [("Herbiers", "85109")]),
    ("Le Havre accueillera le chantier.", [("Le Havre", "76351")]),
    ("La ville de La Rochelle a voté le budget.", [("La Rochelle", "17300")]),
    ("En Mayenne, 300 emplois sont annoncés.", [("Mayenne", "53")]),
    (
        "L'atelier de Mayenne emploie 40 salariés à Mayenne.",
        [("Mayenne", "53147"), ("Mayenne", "53147")],
    ),
    ("Les élus de la Manche et du Calvados ont signé.", [("Manche", "50"), ("Calvados", "14")]),
    (
        "Dans la Sarthe, l'Orne et la Mayenne, la fibre arrive.",
        [("Sarthe", "72"), ("Orne", "61"), ("Mayenne", "53")],
    ),
    ("La préfète de la Creuse s'est rendue à Guéret.", [("Creuse", "23"), ("Guéret", "23096")]),
    (
        "Le plan concerne la Guadeloupe, la Martinique et La Réunion.",
        [("Guadeloupe", "971"), ("Martinique", "972"), ("La Réunion", "974")],
    ),
    (
        "Mayotte et la Nouvelle-Calédonie attendent des crédits.",
        [("Mayotte", "976"), ("Nouvelle-Calédonie", "988")],
    ),
    ("Les Landes et le Gers sont placés en vigilance.", [("Landes", "40"), ("Gers", "32")]),
]

BY_LEVEL_WORD = [
    ("Le département de la Loire versera 3 millions.", [("Loire", "42")]),
    (
        "La région Bretagne et la région Occitanie ont signé.",
        [("Bretagne", "53"), ("Occitanie", "76")],
    ),
    ("Région Auvergne-Rhône-Alpes", [("Auvergne-Rhône-Alpes", "84")]),
    ("Le conseil régional des Pays de la Loire délibère.", [("Pays de la Loire", "52")]),
    ("La Région Sud finance la ligne.", [("Région Sud", "93")]),
    ("La métropole de Bordeaux a engagé 40 millions.", [("Bordeaux", "243300316")]),
    ("Bordeaux Métropole a engagé 40 millions.", [("Bordeaux Métropole", "243300316")]),
    ("Rennes métropole vote son budget.", [("Rennes métropole", "243500139")]),
    ("La communauté d'agglomération de Saint-Brieuc recrute.", [("Saint-Brieuc", "200069409")]),
    ("La communauté de communes du Pays Rhénan recrute.", [("Pays Rhénan", "200041325")]),
    (
        "L'établissement public territorial Plaine Commune recrute.",
        [("Plaine Commune", "200057867")],
    ),
    (
        "La Métropole de Lyon et la métropole du Grand Paris.",
        [("Métropole de Lyon", "200046977"), ("Grand Paris", "200054781")],
    ),
    ("Le maire de Sens a démissionné.", [("Sens", "89387")]),
    (
        "Le maire de Vienne et le maire de Lens étaient là.",
        [("Vienne", "38544"), ("Lens", "62498")],
    ),
    (
        "Les maires de Rennes, Brest et Vannes ont écrit.",
        [("Rennes", "35238"), ("Brest", "29019"), ("Vannes", "56260")],
    ),
    ("Le sous-préfet de Dinan a salué l'effort.", [("Dinan", "221")]),
    ("L'arrondissement de Soissons perd une classe.", [("Soissons", "024")]),
    ("Le canton de Vernon compte 20 000 habitants.", [("Vernon", None)]),
    ("La MEL et le Grand Lyon ont répondu.", [("MEL", "200093201"), ("Grand Lyon", "200046977")]),
    ("La commune du Tampon a délibéré.", [("Tampon", "97422")]),
    ("Dinan Agglo lance un appel à projets.", [("Dinan Agglo", "200068989")]),
]

BY_PARENTHESES = [
    (
        "M. Muselier (PACA) et Mme Morançais (Pays de la Loire).",
        [("PACA", "93"), ("Pays de la Loire", "52")],
    ),
    (
        "Le Finistère (29) et la Mayenne (53) sont retenus.",
        [("Finistère", "29"), ("Mayenne", "53")],
    ),
    (
        "Départements : Ain, Aisne, Var, Vienne",
        [("Ain", "01"), ("Aisne", "02"), ("Var", "83"), ("Vienne", "86")],
    ),
    ("L'usine de Vernon (Eure) fermera.", [("Vernon", "27681"), ("Eure", "27")]),
    ("L'usine de Vernon (Ardèche) fermera.", [("Vernon", "07336"), ("Ardèche", "07")]),
    ("Un lycée ouvrira à Rennes (35).", [("Rennes", "35238")]),
    (
        "À Saint-Denis (Seine-Saint-Denis), la gare ouvre.",
        [("Saint-Denis", "93066"), ("Seine-Saint-Denis", "93")],
    ),
    (
        "À Saint-Denis (La Réunion), la gare ouvre.",
        [("Saint-Denis", "97411"), ("La Réunion", "974")],
    ),
    ("Le site de Us (Val-d'Oise) est vendu.", [("Us", "95625"), ("Val-d'Oise", "95")]),
    ("Il vit à Y (Somme).", [("Y", "80829"), ("Somme", "80")]),
    ("Le laboratoire de Valence (Espagne) publie.", [("Valence", None), ("Espagne", "ES")]),
    ("À Montréal (Québec), le froid revient.", [("Montréal", None), ("Québec", None)]),
    ("Saint-Martin-de-Ré (17410) attend l'été.", [("Saint-Martin-de-Ré", "17369")]),
]

BY_CONTEXT = [
    (
        "Les députés de Gironde, de Dordogne et de Corrèze ont voté.",
        [("Gironde", "33"), ("Dordogne", "24"), ("Corrèze", "19")],
    ),
    (
        "Florange, Gandrange et Hayange, en Moselle, attendent.",
        [("Florange", "57221"), ("Gandrange", "57242"), ("Hayange", "57306"), ("Moselle", "57")],
    ),
    (
        "Le village de Saint-Martin, dans le Gers, fête ses 800 ans.",
        [("Saint-Martin", "32389"), ("Gers", "32")],
    ),
    (
        "Valence, Romans et Montélimar, dans la Drôme, ont candidaté.",
        [("Valence", "26362"), ("Romans", "26281"), ("Montélimar", "26198"), ("Drôme", "26")],
    ),
    (
        "En Seine-Saint-Denis, la mairie rappelle que Saint-Denis grandit.",
        [("Seine-Saint-Denis", "93"), ("Saint-Denis", "93066")],
    ),
    (
        "La Réunion investit : à Saint-Denis, le chantier a commencé.",
        [("La Réunion", "974"), ("Saint-Denis", "97411")],
    ),
    (
        "Vernon (Ardèche) innove. À Vernon, l'école rouvre.",
        [("Vernon", "07336"), ("Ardèche", "07"), ("Vernon", "07336")],
    ),
]

NO_TERRITORY = [
    "Signe de la montée en puissance du programme, le nombre a doublé.",
    "Animé localement par des binômes, le dispositif avance.",
    "Archives",
    "Tours et détours d'une réforme.",
    "Le port du casque est obligatoire.",
    "La tour sera démolie.",
    "Les mines ont fermé en 1990.",
    "Son budget a doublé ; Sens interdit.",
    "Édouard Philippe a pris la parole.",
    "Mme Lens et M. Condom ont voté contre.",
    "Laurent Morin préside la commission.",
    "Le RC Lens a battu le Stade rennais.",
    "L'université de Nantes et le CHU de Brest recrutent.",
    "La Banque de France publie ses chiffres.",
    "Le Tour de France passera en juillet.",
    "L'accord de Paris fixe un objectif.",
    "Selon la Banque des Territoires, 12 projets sont prêts.",
    "Les salariés d'Orange sont en grève.",
    "Elle habite rue de Rennes.",
    "L'entreprise Vinci a répondu.",
    "Les élus lyonnais et franciliens ont voté.",
    "L'opérateur France Travail publie une étude.",
    "Il a lu La Voix du Nord et Ouest-France.",
    "Matignon a tranché.",
    "La loi Vienne, dite loi Avril, sera votée en avril.",
    "Paris-Nice s'élancera dimanche.",
    "Mines, ponts et chaussées.",
    "Mardi, Orange annoncera ses résultats.",
    "Le groupe Bergerac investit.",
    "Les titulaires du CAP et du BTS sont recherchés.",
    "Les Architectes des Bâtiments de France ont rendu un avis.",
    "La Chambre de commerce et d'industrie de Lyon forme 300 jeunes.",
    "Les vins de Bourgogne et de Bordeaux s'exportent.",
    "Le lycéen va au Centre Dentaire.",
    "La Caisse d'épargne Île-de-France prête 3 millions.",
]

NULL_WHERE_NULL_IS_RIGHT = [
    ("La Loire en crue menace les digues.", "Loire"),
    ("Ils marchent sur les bords de la Vienne.", "Vienne"),
    ("Le pont sur la Sarthe sera fermé.", "Sarthe"),
    ("Un corps a été repêché dans la Charente.", "Charente"),
    ("Paris refuse de signer l'accord.", "Paris"),
    ("Paris et Berlin négocient un compromis.", "Paris"),
    ("Bruxelles propose une directive.", "Bruxelles"),
    ("Il neige sur le massif du Jura.", "Jura"),
    ("Le pays de Brest compte 103 communes.", "Brest"),
    ("À Saint-Martin, la fête a lieu.", "Saint-Martin"),
    ("Le Gers et la Garonne sont en crue.", "Gers"),
    ("Le Rhône et ses affluents montent.", "Rhône"),
    ("Il vit dans le Jura suisse.", "Jura"),
    ("Le pont aérien de Berlin a duré un an.", "Berlin"),
]

FORMS = [
    ("en Provence-Alpes-Côte d’Azur", "93"),
    ("en PROVENCE-ALPES-CÔTE D'AZUR", "93"),
    ("en Paca", "93"),
    ("en Ile-de-France", "11"),
    ("en Île‑de‑France", "11"),
    ("dans le Centre-Val de Loire", "24"),
    ("à St-Brieuc", "22278"),
    ("à Saint Brieuc", "22278"),
    ("à SAINT-BRIEUC", "22278"),
    ("en Côtes d’Armor", "22"),
    ("à L'Haÿ-les-Roses", "94038"),
    ("à Évry", "91228"),
    ("à Evry", "91228"),
    ("à Cherbourg", "50129"),
    ("dans l'Union européenne", "EU"),
    ("aux États-Unis", "US"),
    ("au Royaume-Uni", "GB"),
    ("à Lamballe Terre et Mer", "200069391"),
    ("dans le 13e arrondissement de Paris", "75113"),
    ("à Paris 13e", "75113"),
    ("à Lyon 3e", "69383"),
    ("à Marseille (1er arrondissement)", "13201"),
]

CASES = [*BY_GRAMMAR, *BY_LEVEL_WORD, *BY_PARENTHESES, *BY_CONTEXT]


@pytest.mark.parametrize(("text", "expected"), CASES, ids=[text for text, _ in CASES])
def test_each_name_is_linked(
    gazetteer: Gazetteer, text: str, expected: list[tuple[str, str | None]]
) -> None:
    assert codes(link(text, gazetteer, published_on=DAY)) == expected


@pytest.mark.parametrize("text", NO_TERRITORY)
def test_what_names_no_place_is_left_alone(gazetteer: Gazetteer, text: str) -> None:
    assert codes(link(text, gazetteer, published_on=DAY)) == []


@pytest.mark.parametrize(("text", "name"), NULL_WHERE_NULL_IS_RIGHT)
def test_code_is_null(gazetteer: Gazetteer, text: str, name: str) -> None:
    assert dict(codes(link(text, gazetteer, published_on=DAY))).get(name) is None


@pytest.mark.parametrize(("text", "code"), FORMS)
def test_every_way_of_writing_it(gazetteer: Gazetteer, text: str, code: str) -> None:
    found = link(f"Un projet est né {text}.", gazetteer, published_on=DAY)
    assert [mention.code for mention in found] == [code]


@pytest.mark.parametrize(
    ("text", "day", "code", "name"),
    [
        ("à Évry", date(2018, 5, 1), "91228", "Évry"),
        ("à Évry", date(2023, 5, 1), "91228", "Évry-Courcouronnes"),
        ("à Cherbourg-Octeville", date(2014, 5, 1), "50129", "Cherbourg-Octeville"),
        ("à Tourlaville", date(2014, 5, 1), "50602", "Tourlaville"),
        ("en Picardie", date(2014, 5, 1), "22", "Picardie"),
        ("en Picardie", date(2019, 5, 1), None, "Picardie"),
        ("en Normandie", date(2019, 5, 1), "28", "Normandie"),
        (
            "à Saint-Brieuc Baie d'Armor",
            date(2019, 9, 25),
            "200069409",
            "Saint-Brieuc Baie d'Armor Agglomération",
        ),
        (
            "à Saint-Brieuc Baie d'Armor",
            date(2024, 9, 25),
            "200069409",
            "Saint-Brieuc Armor Agglomération",
        ),
        ("à Annecy-le-Vieux", date(2015, 5, 1), "74011", "Annecy-le-Vieux"),
    ],
)
def test_codes_and_names_are_those_of_the_day(
    gazetteer: Gazetteer, text: str, day: date, code: str | None, name: str
) -> None:
    (found,) = link(f"Un projet est né {text}.", gazetteer, published_on=day)
    assert (found.code, found.name) == (code, name)


def test_the_source_s_own_departement_decides_between_homonyms(gazetteer: Gazetteer) -> None:
    text = "Le maire de Saint-Denis a reçu les syndicats."
    (there,) = link(text, gazetteer, published_on=DAY, source_territory="974")
    (here,) = link(text, gazetteer, published_on=DAY, source_territory="93")
    assert (there.code, here.code) == ("97411", "93066")


def test_the_title_helps_to_choose(gazetteer: Gazetteer) -> None:
    text = "Le maire de Saint-Denis a reçu les syndicats."
    (found,) = link(text, gazetteer, published_on=DAY, title="Réunion : la grève continue")
    (other,) = link(text, gazetteer, published_on=DAY, title="La grève dans l'Essonne")
    assert found.candidates
    assert other.candidates


def test_people_and_blocked_spans_hold_no_place(gazetteer: Gazetteer) -> None:
    text = "Sylvie Bergerac a visité Amiens Habitat."
    start = text.index("Amiens")
    found = link(text, gazetteer, people=[(0, 15)], blocked=[(start, len(text) - 1)])
    assert found == []


def test_a_surname_said_before_is_no_commune_later(gazetteer: Gazetteer) -> None:
    text = "Le plan de Jean-Luc Lens est prêt. Lens, qui l'a écrit, s'en félicite."
    assert codes(link(text, gazetteer, people=[(11, 24)])) == []


def test_homonyms_stay_as_candidates_when_no_code_is_sure(gazetteer: Gazetteer) -> None:
    (found,) = link("L'école de Saint-Rémy rouvre.", gazetteer, published_on=DAY)
    assert found.code is None
    assert found.level == "commune"
    assert 1 < len(found.candidates) <= 5
    assert found.candidates[0].score >= found.candidates[1].score


def test_programme_territories_need_their_programme(gazetteer: Gazetteer) -> None:
    day = date(2019, 9, 25)
    (found,) = link("Le Territoire d'industrie Vendée-Est démarre.", gazetteer, published_on=day)
    assert (found.level, found.code, found.name) == ("programme_territory", None, "Vendée-Est")
    (since,) = link("Le Territoire d'industrie Axe Seine démarre.", gazetteer, published_on=DAY)
    assert (since.code, since.code_system) == ("ti-2802", "ANCT")


WHOLE_TEXT = [
    (
        "Lannion-Trégor Communauté (LTC) a voté. LTC paiera 3 M€.",
        [("Lannion-Trégor Communauté", "200065928"), ("LTC", "200065928"), ("LTC", "200065928")],
    ),
    (
        "La voie ferme entre Sévérac-d’Aveyron et Millau. À Sévérac, on attend.",
        [("Sévérac-d’Aveyron", "12270"), ("Millau", "12145"), ("Sévérac", "12270")],
    ),
    (
        "Le quartier Argentine, à Beauvais, change. On démolit à Argentine.",
        [("Beauvais", "60057"), ("Argentine", None)],
    ),
    (
        "Arrondissement | Maisons\nNevers | 5\nClamecy | 3",
        [("Nevers", "583"), ("Clamecy", "582")],
    ),
    (
        "Le réseau fédère 640 communes de Bretagne et de Normandie.",
        [("Bretagne", "53"), ("Normandie", "28")],
    ),
    (
        "Territoires d’industrie démarre à Lamballe Terre et Mer.",
        [("Lamballe Terre et Mer", "200069391")],
    ),
    (
        "La Guadeloupe, Saint-Martin et Saint-Barthélemy ont reçu 21 M€.",
        [("Guadeloupe", "971"), ("Saint-Martin", "978"), ("Saint-Barthélemy", "977")],
    ),
    ("Paris nous fait signer, promet-on à Paris.", [("Paris", None), ("Paris", None)]),
    ("Il regarde couler la Loire.", [("Loire", None)]),
    ("La cathédrale Saint-Étienne et la gare de Lyon ferment.", []),
    ("L’architecte des bâtiments de France est venu.", []),
    ("La DREAL Occitanie s’installe à Toulouse.", [("Toulouse", "31555")]),
]


@pytest.mark.parametrize(("text", "expected"), WHOLE_TEXT)
def test_what_a_text_says_once_holds_for_the_whole_of_it(
    gazetteer: Gazetteer, text: str, expected: list[tuple[str, str | None]]
) -> None:
    assert codes(link(text, gazetteer, published_on=DAY)) == expected


@pytest.mark.skipif(not SEED.is_file(), reason="the seed article is not beside the repository")
def test_the_seed_article(gazetteer: Gazetteer) -> None:
    found = link(SEED.read_text("utf-8"), gazetteer, published_on=date(2019, 9, 25))
    assert [(m.text, m.level, m.code) for m in found] == [
        ("Vendée-Est", "programme_territory", None),
        ("Lamballe Terre et Mer", "epci", "200069391"),
        ("Saint-Brieuc Baie d’Armor", "epci", "200069409"),
        ("Centre-Val de Loire", "region", "24"),
        ("Pays de la Loire", "region", "52"),
        ("Auvergne-Rhône-Alpes", "region", "84"),
        ("Amiens", "commune", "80021"),
        ("France", "country", "FR"),
    ]


# --- properties -----------------------------------------------------------------------------------


def rows(gazetteer: Gazetteer, query: str) -> list[tuple[str, ...]]:
    return gazetteer._connection.execute(query).fetchall()


def contracted(name: str) -> str:
    """« maire de Le Havre » is written « maire du Havre »."""
    for article, short in (("Le ", "du "), ("Les ", "des ")):
        if name.startswith(article):
            return short + name.removeprefix(article)
    return f"d'{name}" if name[0] in "AÀÂEÉÈÊIÎOÔUYHŒ" else f"de {name}"


def test_communes_with_their_departement_link_to_their_own_code(gazetteer: Gazetteer) -> None:
    sample = rows(
        gazetteer,
        "SELECT p.name, p.code, d.name FROM places p JOIN places d ON d.level = 'departement'"
        " AND d.code = p.departement WHERE p.level = 'commune' AND p.valid_to IS NULL"
        " AND p.population > 0 AND p.id % 23 = 0 AND p.name NOT LIKE '%(%'",
    )
    wrong = [
        (name, code, departement)
        for name, code, departement in sample
        if code
        not in {
            mention.code
            for mention in link(f"le maire {contracted(name)} ({departement})", gazetteer)[:1]
        }
    ]
    assert len(sample) > 1_000
    assert wrong == []


@pytest.mark.parametrize(
    ("level", "words"),
    [("epci", "L'intercommunalité"), ("departement", "le département"), ("region", "la région")],
)
def test_every_epci_departement_and_region_links(
    gazetteer: Gazetteer, level: str, words: str
) -> None:
    sample = rows(
        gazetteer,
        f"SELECT name, code FROM places WHERE level = '{level}' AND valid_to IS NULL",
    )
    homonyms = Counter(name for name, _ in sample)
    wrong = [
        (name, code)
        for name, code in sample
        if homonyms[name] == 1
        and code not in {mention.code for mention in link(f"{words} {name} recrute.", gazetteer)}
    ]
    assert wrong == []


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ["Paris", "la", "Vienne", "(Eure)", "d’", "Saint", "-", "Loire", ",", "\n", "13e",
             "arrondissement", "de", "É", "\u00a0", "St.", "Le", "Havre", "(", ")", "M."]
        ),
        max_size=14,
    )
)  # fmt: skip
def test_offsets_spell_the_text_and_never_overlap(pieces: list[str]) -> None:
    text = " ".join(pieces)
    found = link(text, _SHARED, published_on=DAY)
    assert all(text[m.start : m.end] == m.text for m in found)
    assert all(one.end <= two.start for one, two in pairwise(found))
    assert all(0 <= m.confidence <= 1 for m in found)


_SHARED = Gazetteer.open()


# --- component ------------------------------------------------------------------------------------


def test_the_component_fills_annotations_and_spans() -> None:
    nlp = spacy.blank("fr")
    component = TerritoriesComponent(nlp, "recoupe_territories")
    text = "Le maire d'Amiens a signé avec la région Hauts-de-France."
    doc = attach(nlp(text), Article(text=text, published_at="2024-03-12"))
    component(doc)
    assert codes(annotations_of(doc).territories) == [
        ("Amiens", "80021"),
        ("Hauts-de-France", "32"),
    ]
    assert [span.text for span in doc.spans["territories"]] == ["Amiens", "Hauts-de-France"]


def test_a_town_whose_quarter_is_told_of_keeps_its_code(gazetteer: Gazetteer) -> None:
    found = link("Dans le quartier de Reims, on attend. Reims compte 180 000 habitants.", gazetteer)
    assert [(place.text, place.code) for place in found] == [("Reims", "51454"), ("Reims", "51454")]


def test_a_quarter_bears_its_name_in_a_table_too(gazetteer: Gazetteer) -> None:
    text = "Commune | Logements\nBeauvais, quartier Argentine | 90\nTillé | 12"
    found = link(text, gazetteer)
    assert ("Argentine", None) in [(place.text, place.code) for place in found]
