"""Dates, periods and deadlines in French sentences, and all that looks like one and is none.

Each case is a sentence, read as on 25 September 2019 (a Wednesday) unless said otherwise, and what
must be found in it, in order: ``"text | kind | first day | last day"``, with ``-`` for an open end.
"""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st

from recoupe.extract.annotations import annotations_of, attach
from recoupe.extract.dates.find import DatesComponent, find_dates
from recoupe.records import Article

WEDNESDAY = date(2019, 9, 25)
READING = Path(__file__).resolve().parents[3] / "shared" / "data" / "reading"
MONTHS = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
]
WEEKDAYS = ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"]


def rows(text: str, published_on: date | None = WEDNESDAY) -> list[str]:
    return [
        f"{m.text} | {m.kind} | {m.date_from or '-'} | {m.date_to or '-'}"
        for m in find_dates(text, published_on=published_on)
    ]


def year(number: int, text: str | None = None) -> str:
    return f"{text or number} | period | {number}-01-01 | {number}-12-31"


def day(text: str, iso: str) -> str:
    return f"{text} | date | {iso} | {iso}"


EXPLICIT = [
    ("Le conseil s’est réuni le 24 septembre 2019.", [day("24 septembre 2019", "2019-09-24")]),
    ("Il entre en vigueur le 1er mars 2021.", [day("1er mars 2021", "2021-03-01")]),
    ("Il entre en vigueur le 1ᵉʳ mars 2021.", [day("1ᵉʳ mars 2021", "2021-03-01")]),
    ("Situation au 24/09/2019, provisoire.", [day("24/09/2019", "2019-09-24")]),
    ("Note du 24.09.19 au préfet.", [day("24.09.19", "2019-09-24")]),
    ("Fichier daté du 2019-09-24.", [day("2019-09-24", "2019-09-24")]),
    ("Signé le mardi 24 septembre à Lens.", [day("mardi 24 septembre", "2019-09-24")]),
    ("Le 12\u00a0avril\u202f2018, tout change.", [day("12\u00a0avril\u202f2018", "2018-04-12")]),
    ("LE 3 DÉCEMBRE 2018, À PARIS", [day("3 DÉCEMBRE 2018", "2018-12-03")]),
    ("un arrêté du 12 sept. 2018 le confirme", [day("12 sept. 2018", "2018-09-12")]),
    ("Le 29 février 2020 est un samedi.", [day("29 février 2020", "2020-02-29")]),
    ("les 3 et 4 mars 2024", ["3 et 4 mars 2024 | period | 2024-03-03 | 2024-03-04"]),
    ("les 3 et 17 mars 2024", [day("3", "2024-03-03"), day("17 mars 2024", "2024-03-17")]),
    ("du 3 au 7 juin 2024", ["du 3 au 7 juin 2024 | period | 2024-06-03 | 2024-06-07"]),
    (
        "Du 28 février au 2 mars 2024, le salon",
        ["Du 28 février au 2 mars 2024 | period | 2024-02-28 | 2024-03-02"],
    ),
    (
        "fermé du 24 décembre 2022 au 2 janvier 2023",
        ["du 24 décembre 2022 au 2 janvier 2023 | period | 2022-12-24 | 2023-01-02"],
    ),
    (
        "fermé du 24 décembre au 2 janvier 2023",
        ["du 24 décembre au 2 janvier 2023 | period | 2022-12-24 | 2023-01-02"],
    ),
    (
        "entre le 1er octobre et le 31 décembre 2018",
        ["entre le 1er octobre et le 31 décembre 2018 | period | 2018-10-01 | 2018-12-31"],
    ),
    ("la loi n° 2019-1461 du 27 décembre 2019", [day("27 décembre 2019", "2019-12-27")]),
    ("à 19 h 05, mardi 24 septembre", [day("mardi 24 septembre", "2019-09-24")]),
]

PARTIAL = [
    ("en septembre 2019", ["septembre 2019 | period | 2019-09-01 | 2019-09-30"]),
    ("En février 2020, la navette", ["février 2020 | period | 2020-02-01 | 2020-02-29"]),
    ("les contrats (oct. 2022)", ["oct. 2022 | period | 2022-10-01 | 2022-10-31"]),
    ("Bilan 08/2017 de l’équipe", ["08/2017 | period | 2017-08-01 | 2017-08-31"]),
    ("livré fin 2023", ["fin 2023 | period | 2023-10-01 | 2023-12-31"]),
    ("lancé début 2022 à Lens", ["début 2022 | period | 2022-01-01 | 2022-03-31"]),
    ("à la mi-2024, tout sera prêt", ["mi-2024 | period | 2024-04-01 | 2024-09-30"]),
    ("courant 2025", [year(2025, "courant 2025")]),
    ("à la mi-octobre 2018", ["mi-octobre 2018 | period | 2018-10-11 | 2018-10-20"]),
    ("à l’été 2021", ["été 2021 | period | 2021-06-21 | 2021-09-22"]),
    ("l’hiver 2022-2023", ["hiver 2022-2023 | period | 2022-12-21 | 2023-03-19"]),
    ("les Jeux d’été 2024 à Lens", [year(2024)]),
    ("au premier trimestre 2024", ["premier trimestre 2024 | period | 2024-01-01 | 2024-03-31"]),
    ("+ 3 % au T3 2023", ["T3 2023 | period | 2023-07-01 | 2023-09-30"]),
    ("un recul au 2e semestre 2018", ["2e semestre 2018 | period | 2018-07-01 | 2018-12-31"]),
    ("S1 2024 : premiers travaux", ["S1 2024 | period | 2024-01-01 | 2024-06-30"]),
    ("la semaine du 4 mars 2024", ["semaine du 4 mars 2024 | period | 2024-03-04 | 2024-03-10"]),
    (
        "De janvier à avril 2026, déploiement",
        ["De janvier à avril 2026 | period | 2026-01-01 | 2026-04-30"],
    ),
    (
        "la première quinzaine de juin 2018",
        ["première quinzaine de juin 2018 | period | 2018-06-01 | 2018-06-15"],
    ),
]

YEARS = [
    ("➡️ En 2025, le projet monte en charge", [year(2025)]),
    ("en croissance (+ 3 % vs 2022)", [year(2022)]),
    ("En 2017, 29 contrats ont été signés.", [year(2017)]),
    ("l’année 2020 a été rude", [year(2020, "année 2020")]),
    ("le budget 2019 de la commune", [year(2019)]),
    ("par rapport à 2022, soit -5 %", [year(2022)]),
    ("la crise (2008) et ses suites", [year(2008)]),
    ("des rapports (2012, 2019 et 2026 à paraître)", [year(2012), year(2019), year(2026)]),
    ("signés en 2021 et 2022", [year(2021), year(2022)]),
    ("- 2022 : 400 000 € de la région", [year(2022)]),
    ("2022 : les travaux commencent.", [year(2022)]),
    ("les élections municipales de 2020", [year(2020)]),
    ("la loi de finances pour 2024", []),
    ("le budget primitif 2023 et le PLF 2024", []),
    ("En 1996, il augmente la capacité de 21500 à 86000 tonnes", [year(1996)]),
    ("l’exercice 2023", [year(2023)]),
    ("les exercices 2017 à 2023", ["2017 à 2023 | period | 2017-01-01 | 2023-12-31"]),
    ("le CPER 2021-2027", ["2021-2027 | period | 2021-01-01 | 2027-12-31"]),
    ("Jean Dubuffet (1901-1985)", ["1901-1985 | period | 1901-01-01 | 1985-12-31"]),
    ("entre 2023 et 2026", ["entre 2023 et 2026 | period | 2023-01-01 | 2026-12-31"]),
    ("de 2018 à 2022, la dette", ["de 2018 à 2022 | period | 2018-01-01 | 2022-12-31"]),
    ("le mandat 2020-2026", ["mandat 2020-2026 | period | 2020-01-01 | 2026-12-31"]),
    (
        "l’année scolaire 2023-2024",
        ["année scolaire 2023-2024 | period | 2023-09-01 | 2024-08-31"],
    ),
    ("la saison 2023-2024", ["saison 2023-2024 | period | 2023-09-01 | 2024-08-31"]),
    ("dans les années 1970", ["années 1970 | period | 1970-01-01 | 1979-12-31"]),
    ("les années soixante-dix", ["années soixante-dix | period | 1970-01-01 | 1979-12-31"]),
    ("les années 90", ["années 90 | period | 1990-01-01 | 1999-12-31"]),
    ("une église du XXe siècle", ["XXe siècle | period | 1901-01-01 | 2000-12-31"]),
    ("au dix-neuvième siècle", ["dix-neuvième siècle | period | 1801-01-01 | 1900-12-31"]),
    (
        "au début du XIXᵉ siècle",
        ["début du XIXᵉ siècle | period | 1801-01-01 | 1833-12-31"],
    ),
]

OPEN_AND_DEADLINES = [
    ("depuis 2017", ["depuis 2017 | period | 2017-01-01 | -"]),
    ("relevé dès 2021 à Lens", ["dès 2021 | period | 2021-01-01 | -"]),
    ("ouvert dès lundi prochain", [day("lundi prochain", "2019-09-30")]),
    ("à partir du 1er janvier 2020", ["à partir du 1er janvier 2020 | period | 2020-01-01 | -"]),
    ("à compter d’avril 2020", ["à compter d’avril 2020 | period | 2020-04-01 | -"]),
    ("depuis le printemps", ["depuis le printemps | period | 2019-03-20 | -"]),
    ("vacant depuis le mois d’août", ["depuis le mois d’août | period | 2019-08-01 | -"]),
    ("depuis trois ans", ["depuis trois ans | period | 2016-09-25 | -"]),
    ("à l’horizon 2030", ["à l’horizon 2030 | deadline | - | 2030-12-31"]),
    ("100 projets d’ici 2027.", ["d’ici 2027 | deadline | - | 2027-12-31"]),
    ("d'ici à 2027", ["d'ici à 2027 | deadline | - | 2027-12-31"]),
    ("d’ici la fin de l’année", ["d’ici la fin de l’année | deadline | - | 2019-12-31"]),
    ("d’ici fin 2025", ["d’ici fin 2025 | deadline | - | 2025-12-31"]),
    ("d’ici l’été", ["d’ici l’été | deadline | - | 2020-09-22"]),
    ("d’ici deux ans", ["d’ici deux ans | deadline | - | 2021-09-25"]),
    ("avant le 31 décembre 2017", ["avant le 31 décembre 2017 | deadline | - | 2017-12-30"]),
    ("se poursuit jusqu’en 2026", ["jusqu’en 2026 | period | - | 2026-12-31"]),
    ("ouvert jusqu’au 31 mai", ["jusqu’au 31 mai | period | - | 2020-05-31"]),
    ("au plus tard fin 2025", ["au plus tard fin 2025 | deadline | - | 2025-12-31"]),
    (
        "rendu le 3 mars 2020 au plus tard",
        ["3 mars 2020 au plus tard | deadline | - | 2020-03-03"],
    ),
    (
        "l’exposition était ouverte jusqu’en juin",
        ["jusqu’en juin | period | - | 2019-06-30"],
    ),
    ("le train n’arrivera pas avant 2021", [year(2021)]),
    (
        "rien avant le second semestre 2026",
        ["second semestre 2026 | period | 2026-07-01 | 2026-12-31"],
    ),
    ("avant la fin du mois", ["avant la fin du mois | deadline | - | 2019-09-30"]),
    ("l’échéance de 2025 tient", ["2025 | deadline | - | 2025-12-31"]),
    ("la livraison est repoussée à 2029", ["2029 | deadline | - | 2029-12-31"]),
    (
        "l’échéance a été reportée de 2027 à 2029",
        [year(2027), "2029 | period | 2029-01-01 | 2029-12-31"],
    ),
    (
        "47 900 apprentis au 31 décembre 2024, contre 43 600 trois ans plus tôt",
        [day("31 décembre 2024", "2024-12-31"), day("trois ans plus tôt", "2021-12-31")],
    ),
    (
        "Or, l’an dernier, les plants sont arrivés en février.",
        [year(2018, "an dernier"), "février | period | 2018-02-01 | 2018-02-28"],
    ),
    ("le conseil, convoqué le 20 septembre, s’est réuni", [day("20 septembre", "2019-09-20")]),
    ("elle y travaille depuis vingt-six ans", ["depuis vingt-six ans | period | 1993-09-25 | -"]),
    ("le comptage de 2019 donne 2 300 passages", [year(2019)]),
    ("un hiver et demi", []),
    ("au milieu du siècle", []),
]

RELATIVE = [
    (
        "Ils vont pouvoir s’appuyer sur les volontaires lancés au mois de mai avec la banque.",
        ["mai | period | 2019-05-01 | 2019-05-31"],
    ),
    ("L’avenant a été signé jeudi à Saint-Brieuc.", [day("jeudi", "2019-09-19")]),
    ("Le maire s’exprimera jeudi devant les élus.", [day("jeudi", "2019-09-26")]),
    ("Il a démissionné jeudi dernier.", [day("jeudi dernier", "2019-09-19")]),
    ("rendez-vous vendredi prochain", [day("vendredi prochain", "2019-09-27")]),
    ("Le comité s’est tenu le 24 septembre.", [day("24 septembre", "2019-09-24")]),
    ("Le comité s’est tenu le 30 septembre.", [day("30 septembre", "2018-09-30")]),
    ("Le comité se tiendra le 24 septembre.", [day("24 septembre", "2020-09-24")]),
    ("Réunion publique le 3 octobre à 18 h.", [day("3 octobre", "2019-10-03")]),
    ("le 12 mars dernier", [day("12 mars dernier", "2019-03-12")]),
    ("le 30 novembre prochain", [day("30 novembre prochain", "2019-11-30")]),
    ("a-t-il déclaré hier", [day("hier", "2019-09-24")]),
    ("Aujourd’hui, 420 logements sont vides.", []),
    ("Le contrat a été signé aujourd’hui à Metz.", [day("aujourd’hui", "2019-09-25")]),
    ("La lettre signée ce matin engage l’État.", [day("ce matin", "2019-09-25")]),
    ("ouverture demain", [day("demain", "2019-09-26")]),
    ("63 études l’an dernier", [year(2018, "an dernier")]),
    ("l’année prochaine", [year(2020, "année prochaine")]),
    ("cette année, 12 projets", [year(2019, "cette année")]),
    ("le mois dernier", ["mois dernier | period | 2019-08-01 | 2019-08-31"]),
    ("ce mois-ci", ["ce mois-ci | period | 2019-09-01 | 2019-09-30"]),
    ("la semaine dernière", ["semaine dernière | period | 2019-09-16 | 2019-09-22"]),
    ("ce trimestre", ["ce trimestre | period | 2019-07-01 | 2019-09-30"]),
    ("le week-end dernier", ["week-end dernier | period | 2019-09-21 | 2019-09-22"]),
    ("il y a deux ans", [year(2017, "il y a deux ans")]),
    ("dans six mois", ["dans six mois | period | 2020-03-01 | 2020-03-31"]),
    ("cet été, on y retourne", ["cet été | period | 2019-06-21 | 2019-09-22"]),
    ("une étude remise en mars", ["mars | period | 2019-03-01 | 2019-03-31"]),
    ("elle ouvrira au mois de mai", ["mai | period | 2020-05-01 | 2020-05-31"]),
    (
        "en septembre de l’an dernier",
        ["septembre de l’an dernier | period | 2018-09-01 | 2018-09-30"],
    ),
    ("en début d’année", ["début d’année | period | 2019-01-01 | 2019-03-31"]),
    ("à la rentrée 2024", ["rentrée 2024 | period | 2024-09-01 | 2024-09-30"]),
    ("dès la rentrée", ["dès la rentrée | period | 2019-09-01 | -"]),
    ("versé fin juin", ["fin juin | period | 2019-06-21 | 2019-06-30"]),
    (
        "ces dix dernières années",
        ["ces dix dernières années | period | 2009-09-25 | 2019-09-25"],
    ),
    (
        "au cours des trois prochains mois",
        ["trois prochains mois | period | 2019-09-25 | 2019-12-25"],
    ),
    ("sous ce quinquennat", ["ce quinquennat | period | 2017-05-14 | 2022-05-13"]),
    (
        "le quinquennat de François Hollande",
        ["quinquennat de François Hollande | period | 2012-05-15 | 2017-05-14"],
    ),
    ("la réponse est attendue avant Noël", ["avant Noël | deadline | - | 2019-12-24"]),
    ("la fête du 14 Juillet", [day("14 Juillet", "2019-07-14")]),
    ("à Pâques 2024", [day("Pâques 2024", "2024-03-31")]),
    (
        "en mars et avril 2020",
        [
            "mars | period | 2020-03-01 | 2020-03-31",
            "avril 2020 | period | 2020-04-01 | 2020-04-30",
        ],
    ),
]

NOT_DATES = [
    "Un poisson d'avril, a tranché la régie.",
    "La bière de mars coule à flots.",
    "Le film « Vendredi 13 » repasse.",
    "Le gymnase du 22-Mars et la caserne du 11-Novembre sont fermés.",
    "Le T3 est à louer, le T2 est vendu.",
    "Joindre le 02.03.04.05.06.",
    "Le café Le 1900 a fermé.",
    "La norme EN 1999 s'applique.",
    "L'imprimé 2044 est à remplir.",
    "Elle est née un 14 juillet.",
    "Horizon 2020 a financé le laboratoire.",
    "Le dispositif a été salué ; ils ont été 1500 à manifester.",
    "Ce projet avait été abandonné.",
    "La planète Mars est plus petite.",
    "Le rover de la mission Mars 2020 s’est posé.",
    "Avril Lavigne et Mai Lan chantent.",
    "Mercredi Addams plaît aux adolescents.",
    "Ouvert le jeudi matin et du lundi au vendredi.",
    "Tous les mardis, un marché.",
    "Ils étaient 1 000 et il a reçu 2 000 euros.",
    "L’État finance 2019 logements.",
    "une hausse de 3,5 % ou de 2000 euros",
    "quelque 1900 personnes et près de 2000 emplois",
    "l’article 1986 du code civil",
    "la loi n° 2019-1461 est votée",
    "Appelez le 02 96 62 44 22 ou le 02.96.62.44.22.",
    "un service ouvert 24/7",
    "noté 9/10 par les usagers",
    "Lens s’impose 3-2 contre Brest.",
    "la version 1.2.3 du logiciel",
    "SIREN 200 067 932, SIRET 20006793200015",
    "La séance commence à 14h30, puis à 15 h.",
    "le programme France 2030 et l’Agenda 2030",
    "les Jeux de Paris 2024, Marseille 2013",
    "la norme RE2020 et la RE 2020",
    "la D 2020 et la RD 2019",
    "une zone Natura 2000",
    "une Peugeot 2008 grise",
    "la rue du 8 mai 1945 et la place du 11-Novembre",
    "le marché de Noël et les vacances de Noël",
    "Petites villes de demain",
    "chaque année, chaque mois, par an, un jour",
    "pendant trois ans, sur cinq ans, en six mois",
    "un an plus tôt, dix mois après",
    "un second souffle, quelques secondes",
    "les sports d’hiver, le Printemps de Bourges",
    "vers l’an 700 avant J.-C. et au IVe siècle av. J.-C.",
    "réf. 2019-12-45 et dossier 2019/1234",
    "le 32 mars et le 45/13/2019",
    "de 1900 à 2000 habitants",
    "https://exemple.fr/2019/actualite",
    "Il y a deux ans d’attente et quelques années de retard.",
    "L’aspirateur n’avait même pas été passé derrière.",
]

LISTS = [
    (
        "attendu pour fin 2026-début 2027",
        ["fin 2026-début 2027 | period | 2026-10-01 | 2027-03-31"],
    ),
    (
        "les 12, 13 et 14 juillet 2018",
        [day("12", "2018-07-12"), "13 et 14 juillet 2018 | period | 2018-07-13 | 2018-07-14"],
    ),
    (
        "à l’été ou à l’automne 2022",
        [
            "été | period | 2022-06-21 | 2022-09-22",
            "automne 2022 | period | 2022-09-23 | 2022-12-20",
        ],
    ),
    (
        "entre 2019 et le premier semestre 2021",
        ["entre 2019 et le premier semestre 2021 | period | 2019-01-01 | 2021-06-30"],
    ),
    ("les budgets 2019, 2020 et 2021", [year(2019), year(2020), year(2021)]),
    ("passé de 1 200 en 2019 à 2 100 en 2023", [year(2019), year(2023)]),
    ("une enveloppe de 2024 euros par agent en 2024", [year(2024)]),
]

ALL = [*LISTS, *EXPLICIT, *PARTIAL, *YEARS, *OPEN_AND_DEADLINES, *RELATIVE]


@pytest.mark.parametrize(("text", "expected"), ALL)
def test_reads_a_time_and_its_days(text: str, expected: list[str]) -> None:
    assert rows(text) == expected


@pytest.mark.parametrize("text", NOT_DATES)
def test_leaves_alone_what_is_no_date(text: str) -> None:
    assert rows(text) == []


@pytest.mark.parametrize(("text", "expected"), ALL)
def test_plain_and_typographic_writing_read_alike(text: str, expected: list[str]) -> None:
    swapped = text.replace("’", "'").replace(" ", "\u202f")
    wanted = [row.split(" | ")[1:] for row in expected]
    assert [row.split(" | ")[1:] for row in rows(swapped)] == wanted


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("signé le 24 septembre", ["24 septembre | date | - | -"]),
        ("l’an dernier, en mars", ["an dernier | period | - | -", "mars | period | - | -"]),
        ("signé jeudi, au printemps ou aujourd’hui", []),
        ("gelés depuis trois ans", ["depuis trois ans | period | - | -"]),
        ("prêts d’ici deux mois", ["d’ici deux mois | deadline | - | -"]),
        ("Six mois plus tard, rien. Attendre depuis plus de six mois", []),
        ("livré à Noël", ["Noël | date | - | -"]),
        ("en 2017, d’ici 2027", [year(2017), "d’ici 2027 | deadline | - | 2027-12-31"]),
    ],
)
def test_without_publication_only_the_unmistakable_stays(text: str, expected: list[str]) -> None:
    assert rows(text, None) == expected


@pytest.mark.parametrize(
    ("published_on", "expected"),
    [
        (date(2016, 3, 1), "2012-05-15 | 2017-05-14"),
        (date(2019, 9, 25), "2017-05-14 | 2022-05-13"),
        (date(2024, 2, 1), "2022-05-14 | 2027-05-13"),
    ],
)
def test_quinquennat_is_the_one_under_way(published_on: date, expected: str) -> None:
    assert rows("depuis le début, le quinquennat", published_on)[0].endswith(expected)


@given(st.dates(date(2000, 1, 1), date(2030, 12, 31)), st.integers(0, 6))
def test_every_day_reads_back(written: date, form: int) -> None:
    month, number = MONTHS[written.month - 1], str(written.day)
    ordinal = "1er" if written.day == 1 else number
    forms = [
        f"le {ordinal} {month} {written.year}",
        f"{WEEKDAYS[written.weekday()]} {ordinal}\u00a0{month}\u202f{written.year}",
        written.strftime("%d/%m/%Y"),
        written.strftime("%d.%m.%y"),
        written.isoformat(),
        f"LE {ordinal.upper()} {month.upper()} {written.year}",
        f"{number}/{written.month}/{written.year}",
    ]
    (mention,) = find_dates(f"Signé : {forms[form]}, à Lens.", published_on=WEDNESDAY)
    assert (mention.date_from, mention.date_to) == (written.isoformat(), written.isoformat())


@given(st.dates(date(2015, 1, 1), date(2029, 12, 31)), st.integers(0, 6))
def test_a_bare_weekday_lies_within_the_week_before(published_on: date, weekday: int) -> None:
    (mention,) = find_dates(f"Il a été élu {WEEKDAYS[weekday]}.", published_on=published_on)
    found = date.fromisoformat(mention.date_from or "")
    assert found.weekday() == weekday
    assert published_on - timedelta(days=6) <= found <= published_on


PIECES = st.sampled_from(
    [
        "en",
        "de",
        "le",
        "du",
        "au",
        "à",
        "d’ici",
        "depuis",
        "entre",
        "et",
        "jusqu'en",
        "fin",
        "début",
        "mi-",
        "3",
        "31",
        "1er",
        "2019",
        "2024-2027",
        "mars",
        "mai",
        "mardi",
        "été",
        "l’été",
        "12/",
        "24/09",
        "xxe",
        "siècle",
        "trimestre",
        "années",
        "70",
        "dernier",
        "il",
        "y",
        "a",
        "deux",
        "ans",
        "\xa0",
        "\n",
        "(",
        ")",
        ",",
        ".",
        "’",
        "'",
        "–",
        "T3",
        "quinquennat",
        "noël",
        "rentrée",
        "İ",
        "𝟚",
        "²",
        "٣",
        "0000",
        "9999",
    ]
)


@given(st.lists(PIECES, max_size=40).map(" ".join) | st.text(max_size=300))
def test_any_text_is_read_without_error_and_spans_spell_it(text: str) -> None:
    for published_on in (WEDNESDAY, None):
        end = 0
        for mention in find_dates(text, published_on=published_on):
            assert text[mention.start : mention.end] == mention.text
            assert mention.start >= end
            end = mention.end
            if mention.date_from and mention.date_to:
                assert mention.date_from <= mention.date_to


@pytest.mark.parametrize("published_on", [date.min, date.max])
def test_the_ends_of_the_calendar_raise_nothing(published_on: date) -> None:
    for text, _ in ALL:
        assert isinstance(find_dates(text, published_on=published_on), list)


def test_component_fills_the_annotations_and_the_spans() -> None:
    nlp = spacy.blank("fr")
    article = Article(text="Signé hier, d’ici 2027.", published_at="2019-09-25T08:00:00+02:00")
    doc = DatesComponent(nlp, "recoupe_dates")(attach(nlp.make_doc(article.text), article))
    assert [m.date_to for m in annotations_of(doc).dates] == ["2019-09-24", "2027-12-31"]
    assert [span.text for span in doc.spans["dates"]] == ["hier", "d’ici 2027"]


def test_real_sentences_give_spans_that_spell_the_text() -> None:
    path = READING / "sentences.txt"
    if not path.exists():
        pytest.skip("the reading texts are not beside the repository")
    text = path.read_text(encoding="utf-8")
    mentions = find_dates(text, published_on=WEDNESDAY)
    assert len(mentions) > 500
    assert all(text[m.start : m.end] == m.text for m in mentions)
