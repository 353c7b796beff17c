"""Organisations: institutions, companies, acronyms, and capitals that are none."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from recoupe.extract.annotations import annotations_of
from recoupe.extract.names.organisations import OrganisationsComponent
from recoupe.extract.names.programmes import ProgrammesComponent
from recoupe.models.pipeline import base
from recoupe.records import OrganisationMention

SEED = Path(__file__).parents[3] / "shared" / "seed" / "territoires-industrie.txt"
Finder = Callable[[str], list[OrganisationMention]]


@pytest.fixture(scope="module")
def find() -> Finder:
    nlp = base(exclude=["lemmatizer"])
    programmes, organisations = ProgrammesComponent(nlp), OrganisationsComponent(nlp)

    def found(text: str) -> list[OrganisationMention]:
        return annotations_of(organisations(programmes(nlp(text)))).organisations

    return found


FOUND = [
    # Associations that go on in lower case.
    ("Le collectif Touche pas à ma forêt a défilé hier.", ["Touche pas à ma forêt"]),
    ("L'association Oui au train de jour réclame des rames.", ["Oui au train de jour"]),
    ("La fédération Vallées sans pylônes saisit le juge.", ["Vallées sans pylônes"]),
    ("L'association d'usagers Air pur 38 refuse.", ["Air pur 38"]),
    ("L'association Valoria dans la Somme recrute.", ["Valoria"]),
    # Firms beside their noun, their partner, another firm.
    ("Le délégataire sortant, Kerlis, doit 3 millions.", ["Kerlis"]),
    ("La menuiserie Barthe et l'atelier Lorne-Vidal ferment.",
     ["menuiserie Barthe", "atelier Lorne-Vidal"]),
    ("La batterie Barthe ferme.", []),
    ("La plus grosse, Hémon & Fils, recrute.", ["Hémon & Fils"]),
    ("La start-up nancéienne Ondiva a levé 3 millions.", ["Ondiva"]),
    ("La Fnaut, l'AUTZ et la Région signent.", ["Fnaut", "AUTZ"]),
    ("L'opérateur Keolis Dijon Mobilités augmente ses tarifs.", ["Keolis Dijon Mobilités"]),
    ("Le maire, Rémi Colas, a signé.", []),
    ("La Caisse d'épargne et la Banque européenne d'investissement prêtent.",
     ["Caisse d'épargne", "Banque européenne d'investissement"]),
    ("Le ministère de la transition écologique répond.", ["ministère de la transition écologique"]),
    ("Le ministère de la Transition écologique et de la Cohésion des territoires finance le tiers.",
     ["ministère de la Transition écologique et de la Cohésion des territoires"]),
    ("Le ministère de l'économie et des finances tranche.",
     ["ministère de l'économie et des finances"]),
    ("La préfecture de la Haute-Loire indique ce chiffre.", ["préfecture de la Haute-Loire"]),
    ("La Banque des Territoires prête.", ["Banque des Territoires"]),
    ("La Caisse des Dépôts investit.", ["Caisse des Dépôts"]),
    ("Bpifrance et l'Ademe cofinancent.", ["Bpifrance", "Ademe"]),
    ("L'Anah, l'ANCT et l'Anru signent.", ["Anah", "ANCT", "Anru"]),
    ("La Cour des comptes étrille le projet.", ["Cour des comptes"]),
    ("L'Insee et la Dares publient.", ["Insee", "Dares"]),
    ("Régions de France et Départements de France protestent.",
     ["Régions de France", "Départements de France"]),
    ("Le CHU de Nantes recrute.", ["CHU de Nantes"]),
    ("L'université de Bretagne occidentale ouvre.", ["université de Bretagne occidentale"]),
    ("L'ARS Bretagne ferme un service.", ["ARS Bretagne"]),
    ("L'agence régionale de santé de Normandie tranche.",
     ["agence régionale de santé de Normandie"]),
    ("Le conseil départemental de la Somme vote.", ["conseil départemental de la Somme"]),
    ("Le conseil régional des Hauts-de-France vote.", ["conseil régional des Hauts-de-France"]),
    ("La chambre d'agriculture de la Drôme alerte.", ["chambre d'agriculture de la Drôme"]),
    ("La CCI du Gers alerte.", ["CCI du Gers"]),
    ("L'office public de l'habitat de la Drôme construit.",
     ["office public de l'habitat de la Drôme"]),
    ("Le syndicat mixte du bassin de l'Orne paie.", ["syndicat mixte du bassin de l'Orne"]),
    ("La société Novalis embauche.", ["Novalis"]),
    ("Le groupe Saint-Gobain investit.", ["Saint-Gobain"]),
    ("L'équipementier Mercoval ferme.", ["Mercoval"]),
    ("Verallia SAS licencie.", ["Verallia SAS"]),
    ("L'association Les Amis du fleuve a gagné.", ["Les Amis du fleuve"]),
    ("L'État verse sa part, l'Etat aussi.", ["État", "Etat"]),
    ("La fédération départementale des chasseurs de la Somme saisit le juge.",
     ["fédération départementale des chasseurs de la Somme"]),
    ("La Commission européenne a dit oui.", ["Commission européenne"]),
    ("Nadège Petit, directrice générale d'Habitat du Thérain, signe.", ["Habitat du Thérain"]),
    ("Lucien Roux, président de Drôme numérique, s'inquiète.", ["Drôme numérique"]),
    ("Valdaine Fibre, filiale à 70 % de Morvillars Réseaux, a signé.",
     ["Valdaine Fibre", "Morvillars Réseaux"]),
    ("« C'est peu », a confié à Mascaret Régis Vandenabeele, le vice-président.", ["Mascaret"]),
    ("Toulouse, 18 mars 2025 (AHX) - Le train repart.", ["AHX"]),
    ("Le fabricant de batteries Voltescaut recrute.", ["Voltescaut"]),
    ("Le syndicat mixte Drôme numérique construit le réseau.", ["Drôme numérique"]),
    ("L'association Trégor à vélo proteste.", ["Trégor à vélo"]),
    ("Pour le syndicat des sylviculteurs, le compte n'y est pas.", ["syndicat des sylviculteurs"]),
    ("La Banque des Territoires 610, la DETR 745.", ["Banque des Territoires"]),
    ("Le ministère de la Culture et de la Communication a signé.",
     ["ministère de la Culture et de la Communication"]),
    ("L'Agence nationale de la cohésion des territoires et des autres opérateurs.",
     ["Agence nationale de la cohésion des territoires"]),
    ("L'Union doit répondre au Parlement.", ["Union", "Parlement"]),
    ("Le maire de L'Union a signé.", []),
    ("Il vit dans l'Union européenne- ici.", []),
    ("La Communauté européenne a signé un accord.", ["Communauté européenne"]),
    ("Le Comité économique et social a voté.", ["Comité économique et social"]),
    ('Le Conseil "affaires générales" se réunit.', ['Conseil "affaires générales"']),
    ("Selon l'Union normande des artisans de la rénovation, rien ne va.",
     ["Union normande des artisans de la rénovation"]),
    ("Le tribunal administratif de Rennes a annulé le marché.",
     ["tribunal administratif de Rennes"]),
    ("La direction départementale des territoires et de la mer (DDTM) instruit.",
     ["direction départementale des territoires et de la mer", "DDTM"]),
    ("L'usine a été rachetée par Mercoval.", ["Mercoval"]),
    ("Orange déploie la fibre, Le Monde en parle.", ["Orange", "Le Monde"]),
    # Firms by their trade, their form or their country; clubs; newspapers.
    ("Le carnet de Menuiseries Kerven s'est vidé.", ["Menuiseries Kerven"]),
    ("Nul ne reprendrait Fonderie de l'Orne.", ["Fonderie de l'Orne"]),
    ("On embauche à la Scop Alizés.", ["Scop Alizés"]),
    ("L'allemand Brandhoff Antriebe et le taïwanais Hon Teh visitent la fonderie.",
     ["Brandhoff Antriebe", "Hon Teh"]),
    ("Le tribunal a placé Armor Pneus en redressement.", ["Armor Pneus"]),
    ("L'Élan decizois fournira les paniers.", ["Élan decizois"]),
    ("Il a joué à la Section paloise.", ["Section paloise"]),
    ("Interrogé par La République des Alpilles, il dément.", ["La République des Alpilles"]),
    ("Il en parle dans sa buvette, Chez Lucette, où l'on ne sert plus.", ["Chez Lucette"]),
    ("(Agence Ponant) - Le train repart.", ["Agence Ponant"]),
    # Branches, departments, parties.
    ("La CGT Énergie, Solidaires Finances publiques et la Fnaut Pays de la Loire signent.",
     ["CGT Énergie", "Solidaires Finances publiques", "Fnaut Pays de la Loire"]),
    ("Le Samu 44 et le CCAS de Redon signent.", ["Samu 44", "CCAS de Redon"]),
    ("Le PS et le RN ont voté, la RN 12 est fermée.", ["PS", "RN"]),
    ("Aisne habitat construit.", ["Aisne habitat"]),
    # Names that go on, or begin earlier.
    ("Hier, l'Agence publique pour l'immobilier de la défense a parlé.",
     ["Agence publique pour l'immobilier de la défense"]),
    ("Il enseigne à la Haute École Arvor.", ["Haute École Arvor"]),
    ("Selon la Fédération e-commerce, rien ne va.", ["Fédération e-commerce"]),
    ("La présidente de la commission Formation professionnelle a parlé.",
     ["commission Formation professionnelle"]),
    ("Le GAL Ardenne verte instruit.", ["GAL Ardenne verte"]),
    ("La Dreal Grand Est instruit.", ["Dreal Grand Est"]),
    ("La Banque des Territoires 7,5 millions.", ["Banque des Territoires"]),
    ("Le collectif « Sauvons la halle » sera reçu.", ["Sauvons la halle"]),
    ("Alain Bréhat (UMP) et François Cotentin (PS) se sont prononcés contre.", ["UMP", "PS"]),
    ("La Commission est en désaccord avec le Conseil.", ["Commission", "Conseil"]),
    ("L'industrie lance les satellites de l'Union à faible coût.", ["Union"]),
    ("Le Parlement donne décharge à la Commission pour l'exécution du budget.",
     ["Parlement", "Commission"]),
    ("Les inspecteurs de l'ONU pour le désarmement sont partis.", ["ONU"]),
    ("Nous le devons aux membres de l'Union.", ["Union"]),
    ("Il faut offrir à la Commission le soutien de ce Parlement.", ["Commission", "Parlement"]),
    ("L'association Les Voisins du canal les aide.", ["Les Voisins du canal"]),
    # Letters that spell a body in lower case, or act somewhere.
    ("La mission pour l'habitat et les rivières (MHR) répond.",
     ["mission pour l'habitat et les rivières", "MHR"]),
    ("Le GDS de Bretagne alerte.", ["GDS de Bretagne"]),
    ("La Confédération paysanne 230, la FNSEA 200.", ["Confédération paysanne", "FNSEA"]),
    ("Le ministère du Travail, de la Santé et des Solidarités signe.",
     ["ministère du Travail, de la Santé et des Solidarités"]),
    ("Les services de la Commission et du Conseil travaillent.", ["Commission", "Conseil"]),
    ("Le Conseil confie à la B.C.E. des missions.", ["Conseil", "B.C.E."]),
    ("Nous défendons les intérêts de la Communauté.", ["Communauté"]),
    # Firms by their trade, by what they do, by who speaks for them.
    ("Le prix de Tournemire Papiers baisse.", ["Tournemire Papiers"]),
    ("La verrerie Castelroux embauche.", ["verrerie Castelroux"]),
    ("Un prêt de la Banque Lorraine de Crédit suit.", ["Banque Lorraine de Crédit"]),
    ("Kerolis, l'exploitant du réseau, se tait.", ["Kerolis"]),
    ("Racheté par Voltalys, le site rouvre.", ["Voltalys"]),
    ("Pour Orvalis, Anne Roux dénonce un recul.", ["Orvalis"]),
    ("Le collectif Rennes la Nuit en veut trois.", ["Rennes la Nuit"]),
    ("Une aide va aux Amis du four à pain.", ["Amis du four à pain"]),
]  # fmt: skip

NONE = [
    "Le chef de l'État a parlé.",
    "La ministre de l'Économie a parlé.",
    "Le comité de pilotage s'est réuni.",
    "L'école est fermée.",
    "Une association a protesté.",
    "Le programme Action cœur de ville avance.",
    "Les Territoires d’industrie montent en puissance.",
    "La société change.",
    "Le groupe a doublé ses ventes.",
    "Le ministère public a fait appel.",
    "La région a gagné des habitants.",
    "Le conseil municipal a voté. Les finances attendent le Conseil.",
    "Le conseil d'administration a voté. Les comptes attendent le Conseil.",
    "Le maire de L'Union a parlé.",
    "Equipes et élus sont contents.",
    "La communauté de communes du Pays de Nay vote.",
    "Lannion-Trégor Communauté (LTC) paie la moitié, LTC le répète.",
    "Corentin Maille, ministre chargé de l'Industrie, a parlé.",
    "Le directeur de Nantes est parti.",
    "Le vice-président d'Auvergne-Rhône-Alpes Hubert Chassagnac a parlé.",
    "Une aide-soignante témoigne (Aminata Sourang, aide-soignante).",
    "Des maisons de services au public (MSAP) ferment.",
    "Aidants Facile, la plateforme du département, ouvre.",
    "Le site internet Donzy en Poche et l'application Vigie Lac ouvrent.",
    "Hier, le Comité de pilotage et la commission de suivi se sont réunis.",
    "Le Suédois Lars Bergman a gagné.",
    "L'équipe a gagné.",
    "Paul Vidal (DVG) a voté.",
    "La fonderie de l'Orne ferme.",
    "TRANSPORTS. Les bus sont pleins.",
    "La flotte compte trois Beechcraft.",
    "Le syndicat de rivière donne le chiffre.",
    "Le commissariat de Lannion sera rénové.",
    "En gare de Millau, le pont de Lézardrieux et la Maison du projet ferment.",
    "La taxe Tobin et la taxe dite Gemapi rapportent peu.",
    "La RN 12 et l'A75 ferment.",
    "Les intérêts de la Communauté passent avant ceux des communes.",
    "Le maire de Donzy, Marc Kerolis, est fier. Kerolis, l'exploitant du camping, se tait.",
    "Territoire | Axe | Total\nBretagne | Écologie | 12\nTotal | Conventionné | 24",
]


@pytest.mark.parametrize(("text", "spans"), FOUND)
def test_an_organisation_is_found_by_its_exact_words(
    text: str, spans: list[str], find: Finder
) -> None:
    assert [mention.text for mention in find(text)] == spans


@pytest.mark.parametrize("text", NONE)
def test_roles_programmes_and_common_nouns_are_no_organisation(text: str, find: Finder) -> None:
    assert find(text) == []


def test_an_acronym_spelled_out_once_has_the_long_name_after(find: Finder) -> None:
    text = "L'Assemblée des communautés de France (AdCF) a voté. L'AdCF demande un délai."
    mentions = find(text)
    assert [m.text for m in mentions] == ["Assemblée des communautés de France", "AdCF", "AdCF"]
    assert {m.name for m in mentions} == {"Assemblée des communautés de France"}


def test_an_acronym_before_its_long_name_has_it_too(find: Finder) -> None:
    text = "La FNSEA (Fédération nationale des syndicats d'exploitants agricoles) manifeste."
    assert {m.name for m in find(text)} == {
        "Fédération nationale des syndicats d'exploitants agricoles"
    }


def test_a_company_once_announced_is_known_after(find: Finder) -> None:
    text = "La société Mercoval ferme. Les salariés de Mercoval occupent l'usine."
    assert [m.text for m in find(text)] == ["Mercoval", "Mercoval"]


def test_one_organisation_has_one_name_whatever_its_capitals(find: Finder) -> None:
    text = "La Banque des Territoires prête. La banque des territoires prête encore."
    assert {m.name for m in find(text)} == {"Banque des Territoires"}


def test_a_collectivite_speaks_and_pays_without_being_an_organisation() -> None:
    nlp = base(exclude=["lemmatizer"])
    annotations = annotations_of(
        OrganisationsComponent(nlp)(nlp("Lannion-Trégor Communauté (LTC) paie, LTC le répète."))
    )
    assert annotations.organisations == []
    assert {(c.text, c.name) for c in annotations.collectivites} == {
        ("Lannion-Trégor Communauté", "Lannion-Trégor Communauté"),
        ("LTC", "Lannion-Trégor Communauté"),
    }


@pytest.mark.skipif(not SEED.exists(), reason="the seed article lies beside the repository")
def test_the_seed_has_its_organisations_and_no_role_among_them(find: Finder) -> None:
    found = {m.text for m in find(SEED.read_text(encoding="utf-8"))}
    assert {
        "Régions de France",
        "Assemblée des communautés de France",
        "AdCF",
        "Banque des Territoires",
        "Bpifrance",
        "Etat",
    } <= found
    assert not any("ministre" in name or "erritoires d" in name for name in found)
