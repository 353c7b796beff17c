"""People: their names, the role and organisation that the text gives them, and who is nobody."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from recoupe.extract.annotations import annotations_of
from recoupe.extract.names.fullest import fullest_names, surname
from recoupe.extract.names.organisations import OrganisationsComponent
from recoupe.extract.names.people import PeopleComponent
from recoupe.extract.names.programmes import ProgrammesComponent
from recoupe.models.pipeline import base
from recoupe.records import PersonMention

SEED = Path(__file__).parents[3] / "shared" / "seed" / "territoires-industrie.txt"
Finder = Callable[[str], list[PersonMention]]
Row = tuple[str, str | None, str | None]


@pytest.fixture(scope="module")
def find() -> Finder:
    nlp = base(exclude=["lemmatizer"])
    components = [ProgrammesComponent(nlp), OrganisationsComponent(nlp), PeopleComponent(nlp)]

    def found(text: str) -> list[PersonMention]:
        doc = nlp(text)
        for component in components:
            doc = component(doc)
        return annotations_of(doc).people

    return found


ROLES: list[tuple[str, list[Row]]] = [
    # Bodies that no role's words name.
    ("M. Marc Tessandier (Vivre à Donzy) s'abstient.",
     [("Marc Tessandier", None, "Vivre à Donzy")]),
    ("Anne Roux (Loiret) s'abstient.", [("Anne Roux", None, None)]),
    ("Orvalis et son président, Paul Vidal, négocient.", [("Paul Vidal", "président", "Orvalis")]),
    ("Nadia Ferrand dirige Orvalis depuis 2019.", [("Nadia Ferrand", None, "Orvalis")]),
    ("Fondateur d'Orvalis, Paul Vidal embauche.", [("Paul Vidal", "Fondateur", "Orvalis")]),
    ("Contact presse : Agathe Perrin, Orvalis, 06 12 34 56 78.",
     [("Agathe Perrin", None, "Orvalis")]),
    ("Ont signé : pour la Capeb, M. Paul Vidal ; pour l'Anah, Mme Anne Roux.",
     [("Paul Vidal", None, "Capeb"), ("Anne Roux", None, "Anah")]),
    ("« C'est un recul », dénonce Paul Vidal au nom de la CGT.", [("Paul Vidal", None, "CGT")]),
    ("Le président de la Région, Paul Vidal, a signé.",
     [("Paul Vidal", "président de la Région", None)]),
    ("Anne Roux, directrice de cabinet du préfet, a signé.",
     [("Anne Roux", "directrice de cabinet du préfet", None)]),
    ("Un amendement du député Paul Vidal (Loir-et-Cher) est adopté.",
     [("Paul Vidal", "député", None)]),
    ("Le préfet de la Somme Marc Lavergne a signé.",
     [("Marc Lavergne", "préfet de la Somme", None)]),
    ("Sophie Tardieu, maire de Péronne, a signé.", [("Sophie Tardieu", "maire de Péronne", None)]),
    ("Luc Bréhier, président de la communauté de communes du Pays de Nay, a signé.",
     [("Luc Bréhier", "président", "communauté de communes du Pays de Nay")]),
    ("Le maire (DVG) de Lens, Karim Belhadj, a salué l'accord.",
     [("Karim Belhadj", "maire (DVG) de Lens", None)]),
    (("Étaient là Anne Rivoire, secrétaire d’État auprès du ministre de l’Économie, Paul Vidal, "
      "président de Régions de France et Nadia Cherfi, présidente de l'Ademe."),
     [("Anne Rivoire", "secrétaire d’État auprès du ministre de l’Économie", None),
      ("Paul Vidal", "président", "Régions de France"), ("Nadia Cherfi", "présidente", "Ademe")]),
    ("Mme Gourvennec, qui préside l'Agence nationale de l'habitat, a parlé.",
     [("Gourvennec", "présidente", "Agence nationale de l'habitat")]),
    ("Hélène Marchetti a été nommée directrice générale de Novalis Industries.",
     [("Hélène Marchetti", "directrice générale", "Novalis Industries")]),
    ("Léa Fontanel, 54 ans, agricultrice à Aurillac, témoigne.",
     [("Léa Fontanel", "agricultrice à Aurillac", None)]),
    ("L'ex-ministre Bertrand Quillien est mort.", [("Bertrand Quillien", "ex-ministre", None)]),
    ("« Nous avançons. »\n— Claire Duvivier, directrice du programme à la Banque des Territoires\n",
     [("Claire Duvivier", "directrice du programme", "Banque des Territoires")]),
    ("Jean-Marc Pelletier (LR), député de la Somme, a voté.",
     [("Jean-Marc Pelletier", "député de la Somme", "LR")]),
    (("La ministre de la Transition écologique, Élodie Carpentier, et le président de Bordeaux "
      "Métropole, Alain Daubigny, ont signé."),
     [("Élodie Carpentier", "ministre de la Transition écologique", None),
      ("Alain Daubigny", "président", "Bordeaux Métropole")]),
    (("Selon Thierry Maugendre, vice-président de la région Occitanie chargé de l'économie, "
      "rien ne va."),
     [("Thierry Maugendre", "vice-président de la région Occitanie chargé de l'économie",
       "région Occitanie")]),
    ("Fabien Lozac, vice-président de la CCI délégué aux mobilités, est content.",
     [("Fabien Lozac", "vice-président de la CCI délégué aux mobilités", "CCI")]),
    ("Matthias Ober, président de la Région Grand Est, signe.",
     [("Matthias Ober", "président", "Région Grand Est")]),
    ("Ludivine Karsenti, secrétaire générale d'un syndicat de directeurs, proteste.",
     [("Ludivine Karsenti", "secrétaire générale d'un syndicat de directeurs", None)]),
    ("— Marc Vachier, président du conseil départemental",
     [("Marc Vachier", "président", "conseil départemental")]),
    ("Le président du syndicat, Paul Vidauban, a signé.",
     [("Paul Vidauban", "président du syndicat", None)]),
    ("La vice-présidente d'Auvergne-Rhône-Alpes, Lucie Amar, a signé.",
     [("Lucie Amar", "vice-présidente", "Auvergne-Rhône-Alpes")]),
    ("« Rien », dit Jean-Yves Peyrelongue, de la société Sylva Garonne, qui attend.",
     [("Jean-Yves Peyrelongue", None, "Sylva Garonne")]),
    ("Sur proposition du ministre de l'Intérieur, M. Luc Bréhier, préfet du Var, est muté.",
     [("Luc Bréhier", "préfet du Var", None)]),
    ("« C'est peu », a confié à Mascaret Régis Vandenabeele, délégué syndical.",
     [("Régis Vandenabeele", "délégué syndical", None)]),
    ("« Rien n'est arrivé. » (Aminata Sourang, aide-soignante à Vitry)",
     [("Aminata Sourang", "aide-soignante à Vitry", None)]),
    ("La ministre déléguée chargée des Collectivités territoriales Sandrine Obolet a parlé.",
     [("Sandrine Obolet", "ministre déléguée chargée des Collectivités territoriales", None)]),
    ("Pour Omar Diallo, secrétaire général de la CGT, le compte n'y est pas.",
     [("Omar Diallo", "secrétaire général", "CGT")]),
    ("La première adjointe au maire, Lucie Amar, a répondu.",
     [("Lucie Amar", "première adjointe au maire", None)]),
    ("Le commissaire au redressement productif Éric Vasseur explique.",
     [("Éric Vasseur", "commissaire au redressement productif", None)]),
    ("Patrick Lesueur est le président de l'Association des maires ruraux du Gers.",
     [("Patrick Lesueur", "président", "Association des maires ruraux du Gers")]),
    ("Le Premier ministre Gabriel Fontenoy a reçu le chancelier Olaf Brandt.",
     [("Gabriel Fontenoy", "Premier ministre", None), ("Olaf Brandt", "chancelier", None)]),
    ("Sabine Ortal, déléguée CFDT chez Verallia, a manifesté.",
     [("Sabine Ortal", "déléguée CFDT", "Verallia")]),
    (("Jacques Estève, président de la commission économie de l’Assemblée des communautés de "
      "France (AdCF), conclut."),
     [("Jacques Estève", "président de la commission économie",
       "Assemblée des communautés de France")]),
    ("Présidente de l'association Les Amis du fleuve, Odile Bonnard se réjouit.",
     [("Odile Bonnard", "Présidente", "Les Amis du fleuve")]),
    ("Le nouveau directeur du site, Fabrice Noiret, a répondu.",
     [("Fabrice Noiret", "directeur du site", None)]),
    ("Le ministre des Finances, Evan Vénizel, et la ministre de l'Éducation, Anna Diot, partent.",
     [("Evan Vénizel", "ministre des Finances", None),
      ("Anna Diot", "ministre de l'Éducation", None)]),
    ("Un des ministres de la chancelière Angela Merz a parlé.",
     [("Angela Merz", "chancelière", None)]),
    ("Françoise Kerrien, économiste à l'Insee, nuance.",
     [("Françoise Kerrien", "économiste", "Insee")]),
    ("Pascal Thouron, porte-parole du collectif Rivières vivantes, alerte.",
     [("Pascal Thouron", "porte-parole", "Rivières vivantes")]),
    ("Le sénateur Jean-Paul Ostermann conteste.", [("Jean-Paul Ostermann", "sénateur", None)]),
    ("Inès Vautrin (directrice de l'ANCT) a conclu.", [("Inès Vautrin", "directrice", "ANCT")]),
    ("Étienne Rouzic, nommé préfet du Gers en mai, arrive.",
     [("Étienne Rouzic", "préfet du Gers", None)]),
    # A rank gives way to the office after the name; a label stands before it.
    ("Le lieutenant-colonel Luc Ferrand, commandant de la compagnie de gendarmerie de Redon, dit.",
     [("Luc Ferrand", "commandant", "compagnie de gendarmerie de Redon")]),
    ("Le colonel Luc Ferrand a parlé.", [("Luc Ferrand", "colonel", None)]),
    ("Dossiers clos : 61. Animatrice : Lucile Vasseur.", [("Lucile Vasseur", "Animatrice", None)]),
    ("Rapporteure : Mme Odile Prigent", [("Odile Prigent", "Rapporteure", None)]),
    ("Numéro deux de Michelin en Asie puis directrice d'usine, Lucie Amar revient.",
     [("Lucie Amar", "Numéro deux", "Michelin")]),
    ("Paul Vidal, administrateur de l'État, est muté.",
     [("Paul Vidal", "administrateur de l'État", None)]),
    ("Son agent, Paul Vidal, dément.", [("Paul Vidal", "agent", None)]),
    ("Son père, Paul Vidal, dément.", [("Paul Vidal", None, None)]),
    ("Mme Lucie Amar, jusqu'ici directrice de l'Opéra de Rouen, est partie.",
     [("Lucie Amar", "directrice", "Opéra de Rouen")]),
    ("Paul Vidal, depuis mars 2021 préfet du Gers, est muté.",
     [("Paul Vidal", "préfet du Gers", None)]),
    ("Le ministre de la Mer, de la Forêt et de la Pêche, Paul Vidal, a signé.",
     [("Paul Vidal", "ministre de la Mer, de la Forêt et de la Pêche", None)]),
    # Roles shared out among people named together.
    (("Anne Roux et Luc Petit, respectivement présidente et trésorier de l'association Loire "
      "vivante, ont signé."),
     [("Anne Roux", "présidente", "Loire vivante"), ("Luc Petit", "trésorier", "Loire vivante")]),
    ("Anne Roux et Luc Petit, coprésidents du collectif Stop Carrière, ont signé.",
     [("Anne Roux", "coprésidents", "Stop Carrière"),
      ("Luc Petit", "coprésidents", "Stop Carrière")]),
    ("Anne Roux et Luc Petit, maire de Lens, ont signé.",
     [("Anne Roux", None, None), ("Luc Petit", "maire de Lens", None)]),
    # Bodies that no role names.
    ("C'est Paul Vidal qui dirige Tôlerie du Maine.", [("Paul Vidal", None, "Tôlerie du Maine")]),
    ("C'est Paul Vidal qui dirige les travaux.", [("Paul Vidal", None, None)]),
    ("Kévin, 17 ans, et Lucas (16 ans) ont témoigné.",
     [("Kévin", None, None), ("Lucas", None, None)]),
    ("L'usine Valprune, 30 ans, ferme.", []),
    ("Maire de Lens (Nord) et président de l'association Bio Berry (BB), Luc Roux attend.",
     [("Luc Roux", "président", "Bio Berry")]),
    ("Proposé par l'association Roule & Co, dont le coordinateur, Karim Zerrouki, est ravi.",
     [("Karim Zerrouki", "coordinateur", "Roule & Co")]),
    ("Anne Roux, qui lui a succédé à la tête de l'association Bio Berry, attend.",
     [("Anne Roux", None, "Bio Berry")]),
    ("Signataires :\n- Confédération paysanne (Luc Roux)\n",
     [("Luc Roux", None, "Confédération paysanne")]),
    ("Porté par Éloïse Marchandier, 16 ans, élève du lycée Berthollet, il plaît.",
     [("Éloïse Marchandier", "élève", "lycée Berthollet")]),
    ("Mme Odile Peyrichout, pour la liste Bellac autrement, s'étonne.",
     [("Odile Peyrichout", None, "Bellac autrement")]),
    ("Le Casino du Lac, que dirige depuis 2018 Mlle Lucie Amar, ferme.",
     [("Lucie Amar", None, "Casino du Lac")]),
    ("Réélu pour cinq ans à la présidence de la CCI du Gers, Paul Vidal promet.",
     [("Paul Vidal", None, "CCI du Gers")]),
    ("À la tête de la Fondation Bellerive depuis 2016, Lucie Amar attend.",
     [("Lucie Amar", None, "Fondation Bellerive")]),
    ("À la tête de l'État depuis 2016, on attend.", []),
    ("Lucie Amar, qui préside depuis 2019 la Fondation Bellerive, attend.",
     [("Lucie Amar", "présidente", "Fondation Bellerive")]),
    ("Le lieutenant Paul Vidal, du SDIS 82, a compté trois blessés.",
     [("Paul Vidal", "lieutenant", "SDIS 82")]),
    ("Nommé au Centre des monuments nationaux, Paul Vidal attend.",
     [("Paul Vidal", None, "Centre des monuments nationaux")]),
    ("Jusqu'ici directrice adjointe du Cerema, Lucie Amar change de maison.",
     [("Lucie Amar", "directrice adjointe", "Cerema")]),
    ("- CAF de la Drôme : Paul Vidal (directeur général)",
     [("Paul Vidal", "directeur général", "CAF de la Drôme")]),
    ("- CAF de la Drôme : réunion avec le maire de Lens, Paul Vidal",
     [("Paul Vidal", "maire de Lens", None)]),
    ("Lucie Amar (syndicat Sud Santé) et Paul Vidal (Syndicat des eaux) refusent.",
     [("Lucie Amar", None, "Sud Santé"), ("Paul Vidal", None, "Syndicat des eaux")]),
    ("Le directeur par intérim, Paul Vidal, et la présidente, Lucie Le Floc'h, signent.",
     [("Paul Vidal", "directeur par intérim", None), ("Lucie Le Floc'h", "présidente", None)]),
    ("La société Verdane, dirigée par Lucie Amar, ferme.", [("Lucie Amar", None, "Verdane")]),
    ("Lucie Amar (CPME), première vice-présidente, a voté.",
     [("Lucie Amar", "première vice-présidente", "CPME")]),
    ("Lucie Amar (LFI) et Paul Vidal (DVG) ont voté.",
     [("Lucie Amar", None, "LFI"), ("Paul Vidal", None, None)]),
    ("M. Vidal, de la CLVX, a signé.", [("Vidal", None, "CLVX")]),
    ("Mmes Roux et Petit, de la CFDT, ont signé.",
     [("Roux", None, "CFDT"), ("Petit", None, "CFDT")]),
    ("Contact : Paul Vidal, responsable des médias, Groupe Oléron, 06 39 98 01 22.",
     [("Paul Vidal", "responsable des médias", "Groupe Oléron")]),
    ("Photo : Paul Vidal / AFP.", [("Paul Vidal", None, "AFP")]),
    ("Pour la Confédération paysanne, Lucie Amar dénonce.",
     [("Lucie Amar", None, "Confédération paysanne")]),
    # Names that a title, an initial or a compound first name gives away.
    ("Le docteur Puybaret a fermé, maître Lauzun aussi.",
     [("Puybaret", None, None), ("Lauzun", None, None)]),
    ("Crédit : Studio Ponant / V. Ruiz.", [("V. Ruiz", None, "Studio Ponant")]),
    ("Le cofondateur du collectif, Jean-Do Castel, jure.",
     [("Jean-Do Castel", "cofondateur du collectif", None)]),
    ("On attendait Jérôme-Antoine Fichet, ancien sous-préfet de Redon.",
     [("Jérôme-Antoine Fichet", "ancien sous-préfet de Redon", None)]),
]  # fmt: skip

NOBODY = [
    "Un talon d’Achille pour la filière.",
    "Le lycée Jean-Moulin ferme.",
    "La rue Victor-Hugo est barrée.",
    "La loi Pinel s'arrête.",
    "Le musée Jean-Cocteau rouvre.",
    "La société Michelin embauche.",
    "Le programme Territoires d'industrie avance.",
    "Le maire a signé.",
    "La ministre de la Culture a signé.",
    "L'épée de Damoclès demeure.",
    "Saint-Étienne a voté.",
    "À Quintin, la halle rouvre. Quintin attend.",
    "Le président de la Commission a signé.",
    "Celle de Donzy a été retirée, celles de Corbigny aussi.",
    "M. le Président donne lecture d'un courrier.",
    "Objectifs :\n- Remobiliser les logements vacants\n- Scénarios affinés\n",
    "Mesdames et Messieurs les élus, bonjour.",
    "Le PLU dit oui, le Scot dit peut-être.",
    "La rue du docteur Calmette est barrée, la place du général Leclerc aussi.",
    "L'allemand Brandhoff Antriebe et le taïwanais Hon Teh visitent la fonderie.",
    "La plateforme Aidants Facile ouvre lundi.",
    "Il a son permis B. Quatre candidats attendent.",
]


def rows(mentions: list[PersonMention]) -> list[Row]:
    return [(mention.text, mention.role, mention.organisation) for mention in mentions]


@pytest.mark.parametrize(("text", "expected"), ROLES)
def test_a_role_binds_to_its_person(text: str, expected: list[Row], find: Finder) -> None:
    assert rows(find(text)) == expected


@pytest.mark.parametrize("text", NOBODY)
def test_places_laws_idioms_and_titles_alone_are_nobody(text: str, find: Finder) -> None:
    assert find(text) == []


def test_a_surname_that_a_commune_bears_is_a_person_s_after_a_role(find: Finder) -> None:
    text = "Le juge s'est occupé du cas du président Chirac. Le colonel Mazères est parti."
    assert [(m.text, m.role) for m in find(text)] == [
        ("Chirac", "président"),
        ("Mazères", "colonel"),
    ]
    assert find("Le cas de Chirac est réglé, comme celui de Mazères.") == []


def test_civilities_stay_outside_of_the_name(find: Finder) -> None:
    text = "Mme Gourault et M. Morin ont reçu MM. Dupont et Petit."
    assert [m.text for m in find(text)] == ["Gourault", "Morin", "Dupont", "Petit"]


def test_a_surname_is_resolved_to_the_full_name_with_its_role(find: Finder) -> None:
    text = "Le maire de Lens, Karim Belhadj, a signé. M. Belhadj se félicite. Belhadj conclut."
    mentions = find(text)
    assert {m.name for m in mentions} == {"Karim Belhadj"}
    assert {m.role for m in mentions} == {"maire de Lens"}


def test_a_particle_belongs_to_the_surname() -> None:
    assert surname("Jean de La Tour") == "de la tour"
    assert surname("Yann Le Goff") == "le goff"
    assert surname("Agnès Pannier-Runacher") == "pannier-runacher"


def test_of_two_people_with_one_surname_the_last_named_is_meant() -> None:
    names = ["Anne Durand", "Durand", "Luc Durand", "Durand", "Petit"]
    assert list(fullest_names(names).values()) == [
        "Anne Durand",
        "Anne Durand",
        "Luc Durand",
        "Luc Durand",
        "Petit",
    ]


SEED_PEOPLE = {
    ("Jacqueline Gourault", "ministre de la Cohésion des territoires", None),
    ("Agnès Pannier-Runacher", "secrétaire d’État auprès du ministre de l’Économie", None),
    ("Hervé Morin", "président", "Régions de France"),
    (
        "Laurent Trogrlic",
        "président de la commission économie",
        "Assemblée des communautés de France",
    ),
    ("François Blouvac", "responsable du programme", "Banque des Territoires"),
}


@pytest.mark.skipif(not SEED.exists(), reason="the seed article lies beside the repository")
def test_the_seed_has_its_five_people_and_their_roles(find: Finder) -> None:
    assert set(rows(find(SEED.read_text(encoding="utf-8")))) == SEED_PEOPLE
