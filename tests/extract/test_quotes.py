"""Quotations: what is said, by whom, by which cue; and what is only held at a distance."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recoupe.extract.annotations import Annotations
from recoupe.extract.speech.marks import marked
from recoupe.extract.speech.quotes import speaker_at

SEED = Path(__file__).parents[3] / "shared" / "seed" / "territoires-industrie.txt"
Reader = Callable[[str], Annotations]
Row = tuple[str, str | None, str | None]


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
    ("« On nous parle de 2 % du plan », cingle Ludivine Karsenti, secrétaire générale.",
     [("On nous parle de 2 % du plan", "Ludivine Karsenti", "cingle")]),
    ("« Nous sommes au rendez-vous », a déclaré à la presse Corentin Maille, ministre.",
     [("Nous sommes au rendez-vous", "Corentin Maille", "a déclaré")]),
    ("« On fera avec », glisse, un brin fataliste, l'adjointe aux finances, Nadège Roux.",
     [("On fera avec", "Nadège Roux", "glisse")]),
    ("« J'ai deux diplômes, aucun ne m'a servi. » (Dylan Marchetto, soudeur)",
     [("J'ai deux diplômes, aucun ne m'a servi.", "Dylan Marchetto", None)]),
    ("« On nous avait promis 32, on en a 27. » Marc Duval, président du syndicat, attend.",
     [("On nous avait promis 32, on en a 27.", "Marc Duval", None)]),
    ("Le ministère du Logement conteste. « Il s'agit d'une mise en réserve, pas d'une coupe. »",
     [("Il s'agit d'une mise en réserve, pas d'une coupe.", "ministère du Logement", None)]),
    ("« Nous avons perdu 12 classes », dit-on au rectorat.",
     [("Nous avons perdu 12 classes", "le rectorat", "dit")]),
    ("« Il manque 12 soudeurs », a lancé depuis l'estrade Odile Sarran, directrice d'usine.",
     [("Il manque 12 soudeurs", "Odile Sarran", "a lancé")]),
    ("À la préfecture de l'Orne, on tempère. « Douze communes suffiront », y assure-t-on.",
     [("Douze communes suffiront", "préfecture de l'Orne", "assure")]),
    ("« C'est conforme », plaide-t-on au rectorat. « Rien n'a bougé », répond la même source.",
     [("C'est conforme", "le rectorat", "plaide"), ("Rien n'a bougé", "le rectorat", "répond")]),
    ("« On ferme 12 lits », glisse-t-on dans l'entourage de la ministre.",
     [("On ferme 12 lits", "l'entourage de la ministre", "glisse")]),
    ("Réponse du ministère : « Les 12 postes seront pourvus. »",
     [("Les 12 postes seront pourvus.", "le ministère", None)]),
    ("Le directeur du site lève les yeux au ciel : « Il nous manque 12 soudeurs. »",
     [("Il nous manque 12 soudeurs.", "le directeur du site", None)]),
    ("L'opposition, par la voix de Bruno Carle, dénonce « un fiasco annoncé ».",
     [("un fiasco annoncé", "Bruno Carle", "dénonce")]),
    ("Une hausse que des maires ont qualifiée mardi de « coup de frein » est en cause.",
     [("coup de frein", "des maires", "ont qualifiée")]),
    ("Selon la préfecture, l'écart tient à « des sondages commandés trop tard ».",
     [("des sondages commandés trop tard", "la préfecture", "Selon")]),
    ("Nadège Roux assure que les bourses seront « sanctuarisées ».",
     [("sanctuarisées", "Nadège Roux", "assure")]),
    ("Ce talus n'est « pas financé à ce jour », selon elle. Nadège Roux attend.",
     [("pas financé à ce jour", None, "selon")]),
    ("« On plante dans du sable »\n\nNadège Roux rit. « On plante dans du sable, et alors ? »",
     [("On plante dans du sable", "Nadège Roux", None),
      ("On plante dans du sable, et alors ?", "Nadège Roux", None)]),
    ("« Trop de bus partent vides », selon l'association Mieux Vivre à Bord, qui en sort.",
     [("Trop de bus partent vides", "Mieux Vivre à Bord", "selon")]),
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
    ("Le car est parti, fait remarquer Odile Sarran. Le bail, fait-elle observer, n'est pas signé.",
     [("Le car est parti", "Odile Sarran", "fait remarquer"),
      ("Le bail, fait-elle observer, n'est pas signé", "Odile Sarran", "fait-elle observer")]),
    ("Avec 12 millions, avance le collectif, on referait la voie.",
     [("Avec 12 millions, avance le collectif, on referait la voie", "le collectif", "avance")]),
    ("On livrera 9 repas, avoue un acheteur de la ville.",
     [("On livrera 9 repas", "un acheteur de la ville", "avoue")]),
    ("Le double, jure l'association.", [("Le double", "l'association", "jure")]),
    ("On en est à 44 %, relève l'Insee, et à 21 % pour le bois.",
     [("On en est à 44 %, relève l'Insee, et à 21 % pour le bois", "Insee", "relève")]),
    ("Il a dit qu'il viendrait demain.", [("il viendrait demain", None, "a dit")]),
    ("Au ministère de la Culture, on fait valoir que le budget augmente.",
     [("le budget augmente", "ministère de la Culture", "fait valoir")]),
    ("Hélène Roussin, maire de Vannes, tient bon. Selon elle, la ville a payé sa part.",
     [("la ville a payé sa part", "Hélène Roussin", "Selon")]),
    ("Le maire a demandé si le plafond serait relevé.",
     [("le plafond serait relevé", "le maire", "a demandé")]),
    ("La préfète a reconnu que le chantier prend du retard et rappelé que l'État a payé sa part.",
     [("le chantier prend du retard", "la préfète", "a reconnu"),
      ("l'État a payé sa part", "la préfète", "rappelé")]),
    ("Or, selon l'association, 12 familles attendent encore.",
     [("12 familles attendent encore", "l'association", "selon")]),
    ("Le maire a conclu en rappelant que la ville a payé sa part.",
     [("la ville a payé sa part", "le maire", "rappelant")]),
    ("Les trains roulent à 40 km/h sur 34 km, d'après le gestionnaire.",
     [("Les trains roulent à 40 km/h sur 34 km", "le gestionnaire", "d'après")]),
    ("De l'aveu du préfet, 12 dossiers seulement ont été payés.",
     [("12 dossiers seulement ont été payés", "le préfet", "De l'aveu")]),
    ("La chambre relève en outre que trois écluses sont fermées.",
     [("trois écluses sont fermées", "la chambre", "relève")]),
    ("Le ministère assure, chiffres à l'appui, que 12 % des dossiers sont payés.",
     [("12 % des dossiers sont payés", "le ministère", "assure")]),
    ("Le chantier coûtera 3 millions d'euros, d'après les calculs de la mairie.",
     [("Le chantier coûtera 3 millions d'euros", "la mairie", "d'après")]),
    ("Le maire se dit convaincu que les 12 logements seront livrés.",
     [("les 12 logements seront livrés", "le maire", "se dit convaincu")]),
    ("La ministre a laissé entendre que 300 millions seraient débloqués.",
     [("300 millions seraient débloqués", "la ministre", "a laissé entendre")]),
    ("Et la préfète d'ajouter que 12 communes ont signé.",
     [("12 communes ont signé", "la préfète", "d'ajouter")]),
    ("Il ressort du rapport que 12 % des crédits ont été perdus.",
     [("12 % des crédits ont été perdus", "le rapport", "ressort")]),
    ("Comme l'a rappelé la préfète, 12 communes ont signé.",
     [("12 communes ont signé", "la préfète", "a rappelé")]),
    ("Le syndicat accuse la direction d'avoir supprimé 12 postes.",
     [("avoir supprimé 12 postes", "le syndicat", "accuse")]),
    ("Le préfet a, lui, annoncé que 12 communes seraient aidées.",
     [("12 communes seraient aidées", "le préfet", "a, lui, annoncé")]),
    ("La commune rappelle avoir versé trois annuités.",
     [("avoir versé trois annuités", "la commune", "rappelle")]),
    ("Le maire prévient : les logements ne seront pas livrés.",
     [("les logements ne seront pas livrés", "le maire", "prévient")]),
    ("Lyon a voté. À la préfecture de l'Orne, on assure que 12 dossiers sont prêts.",
     [("12 dossiers sont prêts", "préfecture de l'Orne", "assure")]),
    ("Le cabinet retenu — 14 000 euros, une fortune — estime que le coût baissera.",
     [("le coût baissera", "le cabinet retenu", "estime")]),
    ("D'après les services de l'État, 612 dossiers sont prêts.",
     [("612 dossiers sont prêts", "les services de l'État", "D'après")]),
    ("Le département se félicite d'avoir versé 3 millions d'euros.",
     [("avoir versé 3 millions d'euros", "le département", "se félicite")]),
    ("La direction s'attend à ce que 40 postes soient créés.",
     [("40 postes soient créés", "la direction", "s'attend à ce")]),
    ("Beauvau assure que 30 brigades ouvriront.",
     [("30 brigades ouvriront", "Beauvau", "assure")]),
    ("Le préfet se tait, mais la mairie indique que 12 logements sont murés.",
     [("12 logements sont murés", "la mairie", "indique")]),
    ("Le syndicat soutient jeudi que 12 lits ont fermé, mais la salle reste vide.",
     [("12 lits ont fermé", "le syndicat", "soutient")]),
    ("Chacun répète que 12 lits ont fermé.",
     [("12 lits ont fermé", "chacun", "répète")]),
    ("Douze lits ont fermé, a-t-on appris mardi auprès du rectorat.",
     [("Douze lits ont fermé", "le rectorat", "a-t-on appris")]),
    ("Les lits manquent, regrette la préfecture, pour qui 12 fermeront.",
     [("Les lits manquent", "la préfecture", "regrette"),
      ("12 fermeront", "la préfecture", "pour")]),
    ("Le chantier coûtera, a reconnu mardi la maire, 48 millions d'euros.",
     [("Le chantier coûtera, a reconnu mardi la maire, 48 millions d'euros", "la maire",
       "a reconnu")]),
    ("L'annonce de la direction selon laquelle 12 lits fermeraient est contestée.",
     [("12 lits fermeraient", "la direction", "selon")]),
    ("L'annonce de la mairie ravit la préfecture, pour qui 12 lits rouvriront.",
     [("12 lits rouvriront", "la préfecture", "pour")]),
    ("De source syndicale, 12 lits ont fermé. Selon la même source, 3 rouvriraient.",
     [("12 lits ont fermé", "source syndicale", "De source"),
      ("3 rouvriraient", "source syndicale", "Selon")]),
    ("Comme le montre l'étude, 12 lits ont fermé.",
     [("12 lits ont fermé", "l'étude", "montre")]),
    ("Combien de lits fermeront ? Une trentaine, répond la préfecture.",
     [("Une trentaine", "la préfecture", "répond")]),
    ("La hausse, explique la mairie, servira à payer les pompes.",
     [("La hausse, explique la mairie, servira à payer les pompes", "la mairie", "explique")]),
    ("Il pourrait alimenter 21 000 foyers, avance son promoteur, Rémi Castelnau.",
     [("Il pourrait alimenter 21 000 foyers", "Rémi Castelnau", "avance")]),
    ("Beaucoup de patrons disent avoir fermé plus tôt.",
     [("avoir fermé plus tôt", "beaucoup de patrons", "disent")]),
    ("L'élu souhaite savoir combien de lits fermeront.",
     [("combien de lits fermeront", "l'élu", "souhaite savoir")]),
    ("La Région, m'a dit Nadège Roux, a versé 3 millions d'euros.",
     [("La Région, m'a dit Nadège Roux, a versé 3 millions d'euros", "Nadège Roux", "a dit")]),
    ("Autre souci, relevé par Nadège Roux : 780 propriétaires n'ont rien demandé.",
     [("780 propriétaires n'ont rien demandé", "Nadège Roux", "relevé")]),
    ("On nous disait que personne ne viendrait ici.",
     [("personne ne viendrait ici", None, "disait")]),
    ("J'ai promis que la halle ouvrirait en mai.",
     [("la halle ouvrirait en mai", None, "J'ai promis")]),
    ("Allocution de la maire, Nadège Roux.\nJe vous avais dit que la halle ouvrirait.",
     [("la halle ouvrirait", "Nadège Roux", "Je vous avais dit")]),
    ("Le comité écrit que 12 bateaux partiront : « Nous comptons les marins. »",
     [("12 bateaux partiront", "le comité", "écrit")]),
    ("Le préfet a annoncé vendredi dernier qu'il paierait quoi qu'il arrive.",
     [("il paierait quoi qu'il arrive", "le préfet", "a annoncé")]),
    ("Le plan coûte 100 millions d'euros, dont 2 millions pour la Bretagne selon la préfecture.",
     [("2 millions pour la Bretagne", "la préfecture", "selon")]),
    ("Combien de familles ? 380 environ, selon la mairie.",
     [("380 environ", "la mairie", "selon")]),
    ("Si l'on en croit le gérant, la clientèle a triplé.",
     [("la clientèle a triplé", "le gérant", "Si l'on en croit")]),
    ("De l'aveu même de la direction, 12 lits sont fermés.",
     [("12 lits sont fermés", "la direction", "De l'aveu même")]),
    ("Les artisans attendent. Selon eux, les prix ont augmenté de 30 %.",
     [("les prix ont augmenté de 30 %", "les artisans", "Selon")]),
    ("Nadège Roux est élue depuis mars. Les impayés, peste-t-elle, atteignent 3 millions.",
     [("Les impayés, peste-t-elle, atteignent 3 millions", "Nadège Roux", "peste")]),
    ("Le bilan annuel montre que 12 millions ont été payés.",
     [("12 millions ont été payés", "le bilan annuel", "montre")]),
    ("Pas avant le printemps, répond la mairie, qui a ouvert 61 km.",
     [("Pas avant le printemps", "la mairie", "répond")]),
    ("« Rien n'a bougé », assure-t-on au rectorat, en précisant que 12 lits sont prêts.",
     [("12 lits sont prêts", "le rectorat", "précisant")]),
    ("La direction se tait. Les lits, dit-elle, rouvriront.",
     [("Les lits, dit-elle, rouvriront", "la direction", "dit")]),
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
    "Le rectorat n'en reconnaît que 12.",
    "L'enveloppe, pour laquelle 12 millions d'euros ont été votés, est épuisée.",
    "Personne ne retient l'hypothèse selon laquelle 12 lits fermeraient.",
    "L'affiche (une lithographie de 1912) est « très belle » (salle 3).",
    "Le public a demandé si possible un report.",
    "Le contenu diffère selon les facultés.",
    "Le film est tiré d'après la pièce du même nom.",
    "Il avait une attitude indiquant que tout allait bien.",
    "Ce terme recouvre deux logiques selon qu'on le voit du point de vue des élus.",
    "Le maire s'est dit favorable à un report de l'échéance, que Paris n'a pas accepté.",
    "Le prix moyen s'établit à 231 000 euros, alors que l'estimation était plus haute.",
    "Le chantier, que la mairie souhaite, avance.",
    "Le gel, faut-il le rappeler, a détruit 12 hectares.",
    "Contact : Nadia Ferrand\nTél. : 01 02 03 04 05\nNadia Ferrand : directrice\n",
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


INTERVIEW = """Entretien avec Nadia Ferrand
Nadia Ferrand préside l'agglomération depuis 2020.
Où en est le chantier de la piscine ?
Il avance. Nous avons signé deux marchés.
Combien cela va-t-il coûter ?
Environ 12 millions d'euros.
Le calendrier sera-t-il tenu ?
Oui, je m'y engage.
Propos recueillis par Luc Morel
"""
ROUND_TABLE = """Table ronde avec Hélène Roussin, maire, et Marc Delmas, directeur de l'office.
Hélène Roussin : La ville a payé sa part.
Marc Delmas : L'office a livré 40 logements.
Hélène Roussin : Il en manque dix.
"""
MINUTES = """M. Marc Delmas, président. Le plan est doté de 12 millions. Qui paie ?
Mme Hélène Roussin. – La ville a payé sa part.
M. Marc Delmas, président. Il en manque dix.
Mme Odile Sarran (Orne). À Flers, 12 familles attendent.
"""
SIGNED_FOR = """M. Marc Delmas, président. La séance est ouverte.
Mme Hélène Roussin a voté pour. M. Delmas aussi.
"""
FREQUENT_QUESTIONS = """Aides au logement, par Nadia Ferrand
Qui peut demander une aide ?
Tout propriétaire occupant.
Combien reçoit un ménage ?
Environ 12 000 euros.
Quand l'aide est-elle versée ?
Après les travaux.
"""


def test_the_answers_of_an_interview_are_quotations(read: Reader) -> None:
    assert rows(read(INTERVIEW), direct=True) == [
        ("Il avance. Nous avons signé deux marchés.", "Nadia Ferrand", None),
        ("Environ 12 millions d'euros.", "Nadia Ferrand", None),
        ("Oui, je m'y engage.", "Nadia Ferrand", None),
    ]


SHORT_INTERVIEW = """Nadia Ferrand, garde champêtre à Sarzeau, raconte sa saison.
Combien de tricheurs dans la commune ?
Une soixantaine, pas davantage. J'en ai reçu quarante dans mon bureau, porte fermée.
Des propriétaires parlent d'inquisition…
Nous avons commencé doux : 340 courriers, onze amendes, et je n'ai crié qu'une fois.
Que risquent-ils ?
Jusqu'à 10 000 euros, mais nous préférons qu'ils viennent nous voir avant le mois de juin.
À savoir
- 120 jours : durée maximale de location.
La commune voisine étudie la même mesure.
"""


def test_two_questions_and_answers_that_say_i_make_an_interview(read: Reader) -> None:
    assert [(q.text[:12], q.speaker) for q in read(SHORT_INTERVIEW).quotes] == [
        ("Une soixanta", "Nadia Ferrand"),
        ("Nous avons c", "Nadia Ferrand"),
        ("Jusqu'à 10 0", "Nadia Ferrand"),
    ]


LETTER = """Lettre de Nadia Ferrand à la préfète

« Madame,

Vous fermez 12 lits.

Nous en demandions 40.

Venez un lundi.

Nous serons là.

Bien à vous. »
"""


def test_a_letter_between_marks_is_one_quotation_of_its_author(read: Reader) -> None:
    assert [(q.text[:7], q.text[-5:], q.speaker) for q in read(LETTER).quotes] == [
        ("Madame,", "vous.", "Nadia Ferrand")
    ]


OFFICES: list[tuple[str, str | None]] = [
    ("Luc Morel, maire de Vitré, est venu. Le maire assure que tout va bien.", "Luc Morel"),
    ("Luc Morel (divers droite) se fâche. Le maire assure que tout va bien.", "Luc Morel"),
    ("Luc Morel, boulanger, se fâche. Le maire assure que tout va bien.", "le maire"),
    ("Hélène Roussin se fâche. Le maire assure que tout va bien.", "le maire"),
    (
        "Hélène Roussin, qui préside l'office, sort. La présidente dit que tout va bien.",
        "Hélène Roussin",
    ),
    ("Luc Morel, maire de Vitré, est venu. L'édile assure que tout va bien.", "Luc Morel"),
    ("La CGT manifeste. L'opérateur assure que tout va bien.", "l'opérateur"),
    ("L'association Vivre ici, que préside Luc Morel, note que tout va bien.", "Vivre"),
    ("L'avocat a plaidé la relaxe et rappelé que tout va bien.", "l'avocat"),
]


@pytest.mark.parametrize(("text", "speaker"), OFFICES)
def test_an_office_stands_for_whoever_holds_it(
    text: str, speaker: str | None, read: Reader
) -> None:
    assert [quote.speaker for quote in read(text).quotes] == [speaker]


STATEMENTS: list[tuple[str, list[str]]] = [
    ("Le prêt est signé ; le taux baisserait, d'après la banque.", ["le taux baisserait"]),
    ("Coût du chantier : 12 millions, assure la mairie.", ["Coût du chantier : 12 millions"]),
    (
        "Selon la mairie, le pont tient ; il coûterait 3 millions.",
        ["le pont tient ; il coûterait 3 millions"],
    ),
    ("Selon la mairie, le pont tient ; il rouvre lundi.", ["le pont tient"]),
    (
        "C'est, rétorque la mairie, deux ans de loyers.",
        ["C'est, rétorque la mairie, deux ans de loyers"],
    ),
    ("Faux, réplique le maire : le pont tient bon.", ["le pont tient bon"]),
    ("La mairie dit ne pas pouvoir répondre.", ["ne pas pouvoir répondre"]),
    ("D'après nos calculs, le pont coûte 3 millions.", []),
]


@pytest.mark.parametrize(("text", "expected"), STATEMENTS)
def test_a_statement_is_the_clause_of_its_source(
    text: str, expected: list[str], read: Reader
) -> None:
    assert [quote.text for quote in read(text).quotes] == expected


def test_a_remark_without_a_question_mark_parts_two_answers(read: Reader) -> None:
    remark = "Vous êtes en retard."
    answer = "Oui, il y a eu les fouilles, puis le prix de la pierre, qui a doublé en un an."
    text = INTERVIEW.replace("Oui, je m'y engage.", f"{answer}\n{remark}\n{answer}")
    assert [q.text for q in read(text).quotes][2:] == [answer, answer]


def test_the_turns_of_a_round_table_are_quotations(read: Reader) -> None:
    assert rows(read(ROUND_TABLE), direct=True) == [
        ("La ville a payé sa part.", "Hélène Roussin", None),
        ("L'office a livré 40 logements.", "Marc Delmas", None),
        ("Il en manque dix.", "Hélène Roussin", None),
    ]


def test_the_turns_of_minutes_are_quotations(read: Reader) -> None:
    assert rows(read(MINUTES), direct=True) == [
        ("Le plan est doté de 12 millions. Qui paie ?", "Marc Delmas", None),
        ("La ville a payé sa part.", "Hélène Roussin", None),
        ("Il en manque dix.", "Marc Delmas", None),
        ("À Flers, 12 familles attendent.", "Odile Sarran", None),
    ]
    assert rows(read(SIGNED_FOR), direct=True) == []


def test_a_page_of_questions_and_answers_is_no_interview(read: Reader) -> None:
    assert read(FREQUENT_QUESTIONS).quotes == []


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
        ("les partenaires", "soulignent"),  # the sentence, then the words between its marks
        ("les partenaires", "soulignent"),
        ("Jacqueline Gourault", "a annoncé"),  # with « fragiles », her word, in marks
        ("Jacqueline Gourault", "a annoncé"),
        ("François Blouvac", "souligne"),
        ("le communiqué", "précise"),
        ("le communiqué", "précise"),
        ("François Blouvac", "insiste"),
    ]
