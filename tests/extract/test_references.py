"""Numbers that are no figure: each found as a reference of its kind, and no figure left in it."""

from __future__ import annotations

import pytest

from recoupe.extract.figures import references
from recoupe.extract.figures.quantities import find_quantities
from recoupe.extract.figures.reference_patterns import Attempt, reference_patterns
from recoupe.extract.figures.references import find_references

TRAPS = [
    ("La faille CVE-2024-3094 inquiète.", "name", "CVE-2024-3094"),
    ("Faute de Windows 11, tout s'arrête.", "name", "11"),
    ("On recense 47 cas en semaine 16.", "name", "16"),
    ("Des gens de 30 ans me parlent.", "age", "30 ans"),
    ("Coté 4 M 212, le registre est aux archives.", "identifier", "4 M 212"),
    ("Le permis PC 035 238 24 10045 est affiché.", "identifier", "PC 035 238 24 10045"),
    ("Carte 4970 1012 3456 7890 refusée.", "identifier", "4970 1012 3456 7890"),
    ("Le matricule 45 157 est relevé.", "identifier", "45 157"),
    ("La balise est par 47° 30' Nord.", "name", "47° 30'"),
    ("Le trail part en 2 h 41'15.", "hour", "2 h 41'15"),
    ("Le tarif 16-25 ans est maintenu.", "age", "16-25 ans"),
    ("Une apicultrice de 52 ans témoigne.", "age", "52 ans"),
    ("Un homme d'une quarantaine d'années a fui.", "age", "d'une quarantaine d'années"),
    ("Il court le 10 000 mètres.", "name", "10 000 mètres"),
    ("La cité des 4 000 est rénovée.", "name", "4 000"),
    ("But à la 90e+3, au bout du suspense.", "score", "90e+3"),
    ("Le bailleur 1001 Vies Habitat construit.", "name", "1001"),
    ("Le 115 est saturé.", "phone", "115"),
    ("Appelez le 39 49 ou passez.", "phone", "39 49"),
    ("L'immeuble du 45 bis est vide.", "identifier", "45 bis"),
    ("IBAN FR76 3000 6000 0112 3456 7890 189.", "identifier", "FR76 3000 6000 0112 3456 7890 189"),
    ("Réf. : DCTC/2023-118.", "identifier", "DCTC/2023-118"),
    ("Au PR 12+400, la chaussée est affaissée.", "road", "PR 12+400"),
    ("Les barres 11 et 12 seront démolies.", "name", "11 et 12"),
    ("Le niveau bac + 5 est exigé.", "name", "5"),
    ("L'hôtel 4 étoiles rouvre.", "name", "4 étoiles"),
    ("Un séisme de magnitude 5,4.", "name", "5,4"),
    ("Le journal 20 Minutes le dit.", "name", "20"),
    ("Les 24 Heures du Mans partent.", "name", "24 Heures"),
    ("Rendez-vous à dix-huit heures en mairie.", "hour", "dix-huit heures"),
    ("La course des 10 km de Lens part dimanche.", "name", "10 km"),
    ("La salle des 3 Cités est comble.", "name", "3"),
    ("Le collectif des 39 proteste.", "name", "39"),
    ("Le film « 120 battements par minute » passe.", "name", "120"),
    ("L'association 40 millions d'automobilistes proteste.", "name", "40 millions"),
    ("La société 574 Invest finance.", "name", "574"),
    ("La Ve République a soixante ans.", "age", "soixante ans"),
    ("Dans le 93, on attend.", "postcode", "93"),
    ("Un 33 tonnes s'est renversé.", "name", "33 tonnes"),
    ("Appelez le 02 96 62 64 00 aux heures de bureau.", "phone", "02 96 62 64 00"),
    ("Tél. : 02.96.62.64.00", "phone", "02.96.62.64.00"),
    ("Joindre le +33 2 96 62 64 00.", "phone", "+33 2 96 62 64 00"),
    ("Un numéro vert, le 0 800 130 000, est ouvert.", "phone", "0 800 130 000"),
    ("Appelez le 3919, anonyme et gratuit.", "phone", "3919"),
    ("SIRET 130 025 265 00013", "siret", "130 025 265 00013"),
    ("SIREN : 552 081 317", "siren", "552 081 317"),
    ("La mairie, 22000 Saint-Brieuc", "postcode", "22000"),
    ("La loi n° 2015-991 du 7 août", "law", "n° 2015-991"),
    ("le décret 2019-747 l'a fixé", "law", "2019-747"),
    ("la directive (UE) 2019/904", "law", "2019/904"),
    ("L'article 49 de la Constitution", "article", "49"),
    ("les articles L. 642-3 et suivants", "article", "L. 642-3"),
    ("au titre de l'article 1er, alinéa 3,", "article", "3"),
    ("voir page 12 du rapport", "article", "12"),
    ("voir tableau 4", "article", "4"),
    ("sur l'A84 et la RN12", "road", "A84"),
    ("la D786 est coupée", "road", "D786"),
    ("la départementale 786 est coupée", "road", "786"),
    ("la ligne 14 du métro", "road", "14"),
    ("Le conseil débute à 18h30.", "hour", "18h30"),
    ("un accident à 23 h 45 mercredi", "hour", "23 h 45"),
    ("fermé dès 20 heures.", "hour", "20 heures"),
    ("Vers 8 heures et demie,", "hour", "8 heures"),
    ("Départ à 10:30 place d'Armes", "hour", "10:30"),
    ("Une femme âgée de 42 ans est morte.", "age", "42 ans"),
    ("Jean Le Gall, 45 ans, maire depuis peu", "age", "45 ans"),
    ("Un homme de 28 ans a été interpellé.", "age", "28 ans"),
    ("L'enfant de 11 ans est sain et sauf.", "age", "11 ans"),
    ("une Bordelaise de 26 ans", "age", "26 ans"),
    ("C'est là qu'à 26 ans, il a débuté.", "age", "26 ans"),
    ("À dix-huit ans, elle part.", "age", "dix-huit ans"),
    ("cet ancien chef de rayon de 58 ans", "age", "58 ans"),
    ("un agent sur trois a dépassé 55 ans", "age", "55 ans"),
    ("Point du lundi 3 mars, 18 heures", "hour", "18 heures"),
    ("La caisse ouvre de 10 à 19 heures.", "hour", "10 à 19 heures"),
    ("La gare obtient 6,8 sur 10.", "score", "10"),
    ("Il y a trois hivers, le Doubs gelait.", "year", "trois"),
    ("Le camion « Petit pas 29 » roule.", "name", "29"),
    ("dès l'âge de dix-huit ans", "age", "dix-huit ans"),
    ("réservé aux 18-25 ans", "age", "18-25 ans"),
    ("les moins de 30 ans", "age", "moins de 30 ans"),
    ("les enfants de moins de 6 ans", "age", "6 ans"),
    ("des enfants de - 6 ans", "age", "6 ans"),
    ("la population de plus de 75 ans", "age", "75 ans"),
    ("les enfants de 3 à 6 ans", "age", "3 à 6 ans"),
    ("trois hommes âgés de 28 à 37 ans", "age", "28 à 37 ans"),
    ("Lens s'impose 81 à 71 en finale.", "score", "81 à 71"),
    ("Victoire 3-0 contre Brest", "score", "3-0"),
    ("Rennes l'emporte 2-1.", "score", "2-1"),
    ("6-4, 7-5 pour la Française", "score", "6-4, 7-5"),
    ("une note de 4,1/5 sur les boutiques", "score", "4,1/5"),
    ("noté 14/20", "score", "14/20"),
    ("La phase 2 commence.", "name", "2"),
    ("L'axe 3 du plan", "name", "3"),
    ("le COVID-19 recule", "name", "COVID-19"),
    ("les émissions de CO2", "name", "CO2"),
    ("les PM 2,5 dans l'air", "name", "PM 2,5"),
    ("Ouvert 24/7", "name", "24/7"),
    ("le G20 s'est tenu", "name", "G20"),
    ("un Airbus A320 posé", "name", "A320"),
    ("France 2030 finance le projet", "name", "2030"),
    ("Le numéro 12 de la revue", "enumeration", "12"),
    ("le n° 1107 du journal", "enumeration", "1107"),
    ("1. Exhaustivité : poursuivre", "enumeration", "1"),
    ("2) Renforcer les équipes", "enumeration", "2"),
    ("3 - Les suites", "enumeration", "3"),
    ("3.2 Les suites du plan", "enumeration", "3.2"),
    ("Octobre 22 : lancement", "year", "22"),
    ("Avril 22 - Septembre 2022", "year", "22"),
    ("le printemps '68", "year", "'68"),
    ("au 12 rue des Écoles", "identifier", "12"),
    ("3 bis, rue de la Paix", "identifier", "3 bis"),
    ("https://exemple.fr/2024/12", "identifier", "https://exemple.fr/2024/12"),
    ("ecrire a info22@exemple.fr", "identifier", "info22@exemple.fr"),
    ("l'adresse 192.168.0.1 répond", "identifier", "192.168.0.1"),
    ("la version 3.11.2 est sortie", "identifier", "3.11.2"),
    ("sous le mot-clé #rentree2024", "identifier", "#rentree2024"),
    ("Entre les sorties 21 et 22, un bouchon.", "road", "21 et 22"),
    ("L'équipe, en 4-3-3, domine.", "score", "4-3-3"),
    ("Le relais 4 x 100 m a gagné.", "name", "4 x 100 m"),
    ("Il court le 400 m haies.", "name", "400 m"),
    ("Les élèves de 6e 3 partent.", "name", "3"),
    ("Réglez le thermostat sur 5.", "name", "5"),
    ("Il a relu « Cent ans de solitude ».", "name", "Cent ans"),
    ("Ce soir, « Trois femmes en mer », de Lao.", "name", "Trois"),
    ("La station émet sur le 98.7.", "name", "98.7"),
    ("L'industrie 4.0 recrute.", "name", "4.0"),
    ("Le rugby à sept séduit.", "name", "sept"),
    ("La guerre de 14 et celle de 70", "year", "14"),
    ("Elle chausse du 44.", "name", "44"),
    ("Le 27e régiment défile.", "name", "27e"),
    ("Entre 8 et 10 heures, on attend.", "hour", "8"),
    ("À 8 heures tapantes, on ouvre.", "hour", "8 heures"),
    ("Le 34, faubourg Saint-Jean", "identifier", "34"),
    ("Un gamin de dix ans joue.", "age", "dix ans"),
    ("Le numéro deux du parti démissionne.", "name", "deux"),
    ("Un pistolet 9 mm a été saisi.", "name", "9 mm"),
    ("Ouvert 7 jours sur 7.", "name", "7 jours sur 7"),
    ("La 2 x 2 voies est coupée.", "name", "2 x 2"),
    ("Un virage à 180 degrés.", "name", "180 degrés"),
    ("Le 15 du mois, on paie.", "year", "15"),
    ("Le quinté : 4 - 7 - 12 - 1 - 9.", "score", "4 - 7 - 12 - 1 - 9"),
    ("Le Plan 5000 équipements continue.", "name", "5000"),
    ("La règle des 3 R.", "name", "3"),
    ("Le scellé 4 manque.", "name", "4"),
    ("Numéro ouvert 7 jours/7 et 24 heures/24.", "name", "24 heures/24"),
    ("Un 2 roues de plus de 50 cm3.", "name", "2"),
    ("Il circule en deux-roues.", "name", "deux"),
    ("34 00 - Passeport", "phone", "34 00"),
    ("Maltraitance des personnes âgées - 3977", "phone", "3977"),
    ("Au plus tard le 10 du mois M+1", "name", "1"),
    ("Le 15 du 1er mois du trimestre", "year", "15"),
    ("les formulaires 10474*01 et 10475*02", "identifier", "10474*01"),
    ("un mineur dont l'âge est compris entre 13 et 15 ans", "age", "13 et 15 ans"),
    ("Vous devez avoir au moins 18 ans.", "age", "18 ans"),
    ("un mineur d'au moins 16 ans", "age", "16 ans"),
    ("L'an deux mille vingt-cinq, le conseil vote.", "year", "deux mille vingt-cinq"),
    ("75 195 Paris Cedex 04", "postcode", "75 195"),
    ("Le collège de Paris 15e ferme.", "name", "15e"),
    ("Le quartier des 4-Vents attend.", "name", "4"),
    ("La retraite à 64 ans divise.", "age", "64 ans"),
    ("Le Top 50 des entreprises paraît.", "name", "50"),
    ("La clause 12.4 du contrat.", "name", "12.4"),
    ("Un immeuble R+4 domine la place.", "name", "4"),
    ("L'heure est exprimée en UTC+2.", "name", "2"),
    ("La zone longe le 38e parallèle.", "name", "38e"),
    ("L'arrêté n° 76-2024-118 interdit l'arrosage.", "law", "n° 76-2024-118"),
    ("Le scénario RCP 8.5 est le pire.", "name", "8.5"),
    ("L'Europe à 27 décide.", "name", "27"),
    ("Le 10 km de Brest attire.", "name", "10 km"),
    ("La vigilance est au niveau 3 sur 4.", "name", "4"),
]


@pytest.mark.parametrize(("text", "kind", "number"), TRAPS)
def test_a_trap_is_a_reference_and_no_figure(text: str, kind: str, number: str) -> None:
    found = find_references(text)
    assert (kind, number) in {(reference.kind, reference.text) for reference in found}
    spans = [reference.span for reference in found]
    left = find_quantities(text, taken=spans)
    starts = [r.start for r in found if r.text == number]
    assert not [d for d in left if any(s <= d.start < s + len(number) for s in starts)]


@pytest.mark.parametrize(
    "text",
    [
        "un contrat de trois ans",
        "une peine limitée à cinq ans.",
        "les 200 ans de la manufacture",
        "un bail de 9 ans.",
        "dix ans de prison",
        "les 23 ans du régime",
        "un enfant suivi pendant 3 ans",
        "10-15 personnes",
        "10-12 %",
        "La ville compte 22000 habitants.",
        "à 30 km de Rennes",
        "une hausse de 3,5 %",
        "1.200.000 euros",
        "12 rues du centre",
        "en 45 minutes",
        "une enveloppe de 2 millions",
        "1/3 des communes",
        "Les 2 roues avant sont usées.",
        "avoir 3 ans d'ancienneté",
        "avoir au moins 18 ans de service",
        "3 400 habitants",
        "La part de l'Europe : 27 %.",
        "les 10 km de route",
        "un départ à 12 km de là",
        "Il est parti à 40 minutes de la fin.",
        "la 15e année du mandat, 7 jours de congé",
    ],
)
def test_a_figure_is_no_reference(text: str) -> None:
    assert find_references(text) == []


def test_taken_places_are_left_alone() -> None:
    text = "le 12 rue des Écoles"
    assert find_references(text, taken=[(3, 5)]) == []


@pytest.mark.parametrize("space", ["\u00a0", "\u202f", "\u2009"])
def test_typography_changes_nothing(space: str) -> None:
    for text, kind, number in TRAPS:
        varied = text.replace(" ", space).replace("'", "’")
        found = {(r.kind, r.text) for r in find_references(varied)}
        assert (kind, number.replace(" ", space).replace("'", "’")) in found


IDIOMS = [
    "Il faudra couper la poire en deux.",
    "Les élus se sont mis en quatre pour lui.",
    "On lui a dit ses quatre vérités.",
    "On vient des quatre coins du pays.",
    "Ce fut réglé pour trois fois rien.",
    "Jamais deux sans trois.",
    "Coordonnées : 48.8566, 2.3522.",
    "Il en a touché deux mots au maire.",
    "Les deux parties se sont entendues.",
    "Le parc des 3 Vallées ouvre.",
    "Il s'est mis sur son trente et un.",
    "Inutile de couper les cheveux en quatre.",
    "Il fallait attendre cent sept ans.",
    "Un de perdu, dix de retrouvés.",
]
COUNTED = [
    ("Les 115 logements sont livrés.", "115"),
    ("Deux lignes de bus ferment.", "Deux"),
    ("Le groupe des 5 communes du canton paie.", "5"),
    ("La société a 45 salariés.", "45"),
    ("Les quatre communes ont signé.", "quatre"),
    ("Les lignes 3 et 4 coûtent 12 millions d'euros.", "12 millions d'euros"),
    ("Il faut 38 tonnes de sel.", "38 tonnes"),
    ("Les 4 M€ de la tranche sont payés.", "4 M€"),
    ("Il a lu « trois rapports ».", "trois"),
    ("Les portes ferment, 12 agents partent.", "12"),
    ("La piste fait 400 m.", "400 m"),
    ("Nos 287 emplois restent.", "287"),
    ("Il y a 101,5 hectares ici.", "101,5 hectares"),
    ("Il est tombé 9 mm de pluie.", "9 mm"),
]


@pytest.mark.parametrize("text", IDIOMS)
def test_a_set_phrase_holds_no_figure(text: str) -> None:
    assert find_quantities(text, taken=[r.span for r in find_references(text)]) == []


@pytest.mark.parametrize(("text", "figure"), COUNTED)
def test_what_looks_like_a_trap_and_counts_is_a_figure(text: str, figure: str) -> None:
    found = find_quantities(text, taken=[r.span for r in find_references(text)])
    assert [text[draft.start : draft.end] for draft in found] == [figure]


@pytest.mark.parametrize("text", [text for text, *_ in (*TRAPS, *COUNTED)])
def test_needs_and_beginnings_only_spare_time(text: str) -> None:
    low, patterns = text.lower(), reference_patterns()
    for sentence in references._numbered(text, low):
        attempts = dict(patterns.attempts(low, sentence))
        for index, pattern in enumerate(patterns.all):
            everywhere = pattern.matches(text, Attempt(sentence, None))
            found = [match.span() for match in everywhere]
            tried = pattern.matches(text, attempts[index]) if index in attempts else ()
            assert [match.span() for match in tried] == found
