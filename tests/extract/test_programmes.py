"""Programmes: what the list knows, what triggers announce, and what is none."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from recoupe.extract.names.programme_words import Vocabulary
from recoupe.extract.names.programmes import programmes_of
from recoupe.records import Extraction

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
    ("L'agence de l'eau adopte son 12e programme.", ["12e programme"]),
    ("Il lit le 12e programme de la soirée.", []),
    ("Un fonds de secours, Rebond Artisans, verra le jour.", ["Rebond Artisans"]),
    ("Le plan Ambition logement et le plan Culture et ruralité continuent.",
     ["plan Ambition logement", "plan Culture et ruralité"]),
    ("L'État paie par le contrat de plan 2021-2027.", ["contrat de plan 2021-2027"]),
    ("La société Bon Accueil Services a été payée.", []),
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

#: What a participle, an apposition, a number, an acronym or an official wording names.
NAMED = [
    (
        "Le Département lance une aide à la mobilité, baptisée Mob'Jeunes, pour ses apprentis.",
        ["Mob'Jeunes"],
    ),
    ("Baptisé « Rivages 2040 », le plan de la Région prévoit douze digues.", ["Rivages 2040"]),
    (
        "Intitulée Bien vieillir chez soi, cette aide du Département paie la douche.",
        ["Bien vieillir chez soi"],
    ),
    ("Un dispositif appelé « Toits solidaires » sera ouvert en mars.", ["Toits solidaires"]),
    ("La Région a créé un fonds sous le nom de Terre d'élevage.", ["Terre d'élevage"]),
    ("Agri'Relève, le nouveau dispositif de la Région, aide les repreneurs.", ["Agri'Relève"]),
    ("« Lire ensemble », le programme de la Ville, a trouvé son public.", ["Lire ensemble"]),
    ("Toits solidaires, c'est le nom du plan que la Ville a voté.", ["Toits solidaires"]),
    ("Le Département a voté son plan collèges.", ["plan collèges"]),
    ("Le plan vélo est voté.", ["plan vélo"]),
    ("Du plan 12 000, il reste la moitié.", ["plan 12 000"]),
    (
        "La Stratégie nationale pour la reconquête des tourbières est publiée.",
        ["Stratégie nationale pour la reconquête des tourbières"],
    ),
    (
        "Le Plan régional santé-environnement 2023-2027 fixe le cap.",
        ["Plan régional santé-environnement"],
    ),
    ("Le contrat Territoire d'eau est signé.", ["contrat Territoire d'eau"]),
    ("La carte Jeunes en Berry donne droit au ciné.", ["carte Jeunes en Berry"]),
    ("Le pass Fraîcheur donne accès aux piscines.", ["pass Fraîcheur"]),
    ("Le prêt Rebond est épuisé.", ["prêt Rebond"]),
    ("La bourse « Envol » est versée.", ["bourse « Envol »"]),
    (
        "La loi de programmation de la recherche pour 2021-2030 prévoit cela.",
        ["loi de programmation de la recherche pour 2021-2030"],
    ),
    (
        "La loi de programmation militaire 2019-2025 a été votée, et la LPM tient.",
        ["loi de programmation militaire 2019-2025", "LPM"],
    ),
    (
        "Le PRDA, programme régional de développement agricole, est clos. Le PRDA a coûté cher.",
        ["PRDA", "programme régional de développement agricole", "PRDA"],
    ),
    (
        "Le Paset du Gers (programme d'actions de soutien aux entreprises et territoires) finit.",
        ["Paset", "programme d'actions de soutien aux entreprises et territoires"],
    ),
    ("Au titre de « Villages vivants », la commune reçoit 30 000 €.", ["Villages vivants"]),
    ("Dans le cadre d'« Octobre rose », on court.", ["Octobre rose"]),
    ("Le programme Cap sur l'apprentissage a séduit 300 jeunes.", ["Cap sur l'apprentissage"]),
    (
        "Les crédits Leader sont épuisés : le GAL, financé par le Feader, attend.",
        ["Leader", "Feader"],
    ),
    ("Le dispositif « coup de pouce » est reconduit.", ["coup de pouce"]),
    ("La mission Littoral rend son rapport.", ["mission Littoral"]),
    (
        "Le budget participatif « Ma ville, mes idées » est clos.",
        ["budget participatif « Ma ville, mes idées »"],
    ),
    ("Le bonus Réparation est élargi.", ["bonus Réparation"]),
    ("Le chèque Bois est supprimé.", ["chèque Bois"]),
    ("Le programme de recherche Tara est lancé.", ["Tara"]),
    ("Le plan Loup 2024-2029 est publié.", ["plan Loup 2024-2029"]),
    ("Le plan de relance du gouvernement a tenu.", ["plan de relance"]),
    ("Les Cper et la Detr baissent, comme les Crte.", ["Cper", "Detr", "Crte"]),
    ("Le Papi du Lez est signé.", ["Papi"]),
    (
        "Mobil'Âge finance vos courses. L'aide du Département a séduit.",
        ["Mobil'Âge"],
    ),
    ("Le contrat de ville est signé.", ["contrat de ville"]),
    ("Le projet de loi Montagne est examiné.", ["projet de loi Montagne"]),
    ("Une OPAH-RU est lancée.", ["OPAH-RU"]),
    ("Le programme Interreg Rives du Nord est clos.", ["Interreg Rives du Nord"]),
    ("La PAC verse des aides aux éleveurs.", ["PAC"]),
    ("Le CPER 2021-2027 est signé.", ["CPER"]),
    ("La loi de finances de fin de gestion annule.", ["loi de finances de fin de gestion"]),
    ("Loi de règlement 2023 : le rapport.", ["Loi de règlement 2023"]),
    ("Le fonds d'urgence Agri-aléas a payé.", ["fonds d'urgence Agri-aléas"]),
    ("L'Agence du service civique recrute.", []),
    ("Financeur | Montant\nLeader | 92 000\n", ["Leader"]),
    ("Le leader | 92 000", []),
    (
        "« Soigner près de chez soi » a un an. Le plan Soigner près de chez soi continue.",
        ["Soigner près de chez soi", "plan Soigner près de chez soi"],
    ),
    ("Aucune opération de revitalisation de territoire : sans ORT, pas d'aide.",
     ["opération de revitalisation de territoire", "ORT"]),
    ("Le Feder paie ; les fonds européens arrivent.", ["Feder"]),
    ("La prime Macron a été versée.", ["prime Macron"]),
    ("Le plan Marchand est dévoilé.", ["plan Marchand"]),
    ("L'opération Tempête a mobilisé 200 gendarmes.", ["Tempête"]),
    ("Le Plan de relance est clos.", ["Plan de relance"]),
    (
        "Une convention au titre du Fonds de secours aux sinistrés est signée.",
        ["Fonds de secours aux sinistrés"],
    ),
    ("Le dispositif Osez la ruralité finance trois postes.", ["Osez la ruralité"]),
    ("L'aide Sud Mobilité baisse.", ["aide Sud Mobilité"]),
    ("Le fonds de solidarité a tenu.", ["fonds de solidarité"]),
    (
        "Lauréate de l'appel à projets « Vergers d'avenir », la commune plante.",
        ["appel à projets « Vergers d'avenir »"],
    ),
    ("Le programme régional de formation est voté.", ["programme régional de formation"]),
    # Calls by their initials, surnames with an article, contracts of a place.
    ("L'AMI « Hameaux solidaires » est ouvert.", ["AMI « Hameaux solidaires »"]),
    ("Un AAP Rivières 2040 sera publié.", ["Rivières 2040"]),
    ("La loi Le Guennec est votée.", ["loi Le Guennec"]),
    ("Le contrat de territoire Dunes de Flandre est signé.",
     ["contrat de territoire Dunes de Flandre"]),
    ("Le Grenelle du logement a conclu.", ["Grenelle du logement"]),
    ("Le fonds de soutien aux communes paie.", ["fonds de soutien aux communes"]),
    ("Le dispositif Mobilité pour tous est voté.", ["Mobilité pour tous"]),
    ("Occit'Élan, son dispositif d'aide aux apprentis, est gelé.", ["Occit'Élan"]),
    ("Les reliquats du PIA 3 restent.", ["PIA 3"]),
    ("Le mécanisme européen rescEU finance les avions.", ["rescEU"]),
    # Names that go on in lower case, and whose they are.
    ("L'opération Ville à 30 s'étend.", ["Ville à 30"]),
    ("Le dispositif Cap sur l'autonomie en mars changera.", ["Cap sur l'autonomie"]),
    ("Le Plan Collèges 2035 du Département prévoit trois chantiers.", ["Plan Collèges 2035"]),
    ("Le plan Écoles de la Ville prévoit 25 cours.", ["plan Écoles"]),
]  # fmt: skip

UNNAMED = [
    "Le nouveau ferry, baptisé Armorique, dessert l'île.",
    "La médiathèque, baptisée Simone-Veil, ouvre lundi.",
    "Le programme finance une salle baptisée Agora.",
    "Comme le rappelle Julie Martin, le programme de la Région a pris du retard.",
    "En Bretagne, le plan de la Région prévoit des digues.",
    "À Rouen, le dispositif du Département est gelé.",
    "Hier, le plan du gouvernement a été voté.",
    "Le Département a voté un plan vélo.",
    "La Ville promet un plan crèches et un plan écoles.",
    "Il n'y aura pas de plan de relance.",
    "Le plan 2030 est voté.",
    "Le programme 112 est gelé.",
    "Le plan local d'urbanisme est révisé.",
    "Le Plan local d'urbanisme est révisé.",
    "Le contrat Renault est signé.",
    "La carte Vitale est obligatoire.",
    "Un contrat à durée indéterminée (CDI) lui est proposé.",
    "Le Scot du Trégor est annulé, comme le PLU.",
    "L'opération « escargot » a bloqué la rocade.",
    "La mission Locale reçoit 300 jeunes.",
    "Le plan d'action pour le logement est prêt.",
    "Les aides Ma prime toit sont suspendues.",
    "L'agenda rural prévoit 200 mesures.",
    "Le schéma régional est voté.",
    "La Sarl Mobil'Hum finance le chantier.",
    "Chaque contrat de ville coûte cher.",
    "Les contrats de ville coûtent cher.",
    "La Pac verse des aides aux éleveurs.",
    "Selon la directrice du programme Clara Vernes, rien n'est prêt.",
    "Le directeur de programme Arte a parlé.",
    "Le fonds d'investissement américain KKR rachète l'usine.",
    "Le programme de Jean Vidal est prêt.",
    "Le bonus-malus écologique est durci.",
    "Il a bénéficié de l'aide Croix-Rouge.",
    "Le plan pluriannuel d'investissement est voté.",
    "Son ami Bernard a signé.",
    "Le fonds Eurazeo entre au capital.",
    "Le Fonds monétaire international prévoit 1,2 %.",
    "Le fonds de soutien est épuisé.",
    "Marc Grenelle habite avenue de Ségur.",
    "Avec Rivage'28, son nouveau plan stratégique, l'armateur supprime 30 postes.",
    "Tout contrat de ville coûte cher.",
    "Un plan de sortie de flotte est évoqué.",
]


@pytest.mark.parametrize(("text", "name"), LISTED)
def test_a_listed_programme_gets_its_canonical_name(
    text: str, name: str, vocabulary: Vocabulary
) -> None:
    assert name in [mention.name for mention in programmes_of(text, vocabulary)]


@pytest.mark.parametrize(("text", "spans"), [*ANNOUNCED, *NAMED])
def test_a_trigger_announces_a_name(text: str, spans: list[str], vocabulary: Vocabulary) -> None:
    assert [mention.text for mention in programmes_of(text, vocabulary)] == spans


@pytest.mark.parametrize("text", [*NONE, *UNNAMED])
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


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "La loi de programmation militaire 2019-2025 a été votée. La LPM tient.",
            ["loi de programmation militaire 2019-2025"] * 2,
        ),
        (
            "Le Paset du Gers (programme d'actions de soutien aux entreprises et aux territoires).",
            ["programme d'actions de soutien aux entreprises et aux territoires"] * 2,
        ),
        ("Le plan France 2030 finance ; France 2030 paie.", ["France 2030"] * 2),
        ("Les crédits Leader manquent au GAL.", ["Leader"]),
        ("Le leader du marché, financé par le Feader.", ["Feader"]),
    ],
)
def test_mentions_of_one_programme_share_a_name(
    text: str, names: list[str], vocabulary: Vocabulary
) -> None:
    assert [m.name for m in programmes_of(text, vocabulary)] == names


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("Quatre communes sont lauréates de Cœurs de bourg 2030.", ["Cœurs de bourg 2030"]),
        ("Au titre de Mobilités douces, 12 communes ont reçu une aide.", ["Mobilités douces"]),
        ("La saison 2 d'Ateliers partagés compte 48 lauréats.", ["Ateliers partagés"]),
        ("La deuxième phase de Terres en commun démarre en mars.", ["Terres en commun"]),
        ("Dans le cadre de Rennes métropole, la Ville a versé 3 millions d'euros.", []),
        ("Au titre de Brest même, rien n'est prévu.", []),
        ("Les bénéficiaires de Pôle emploi sont 12 000.", []),
        ("Les lauréats de la Grande école sont 40.", []),
    ],
)
def test_common_words_with_a_capital_are_a_programme_beside_what_is_held_of_one(
    text: str, spans: list[str], analyse_text: Callable[..., Extraction]
) -> None:
    assert [found.text for found in analyse_text(text).programmes] == spans
