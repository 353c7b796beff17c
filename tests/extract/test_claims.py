"""Figures that somebody gives outside of quotations: « le syndicat chiffre le trou à 3 M€ »."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from recoupe.extract.annotations import Annotations
from recoupe.extract.speech.quotes import speaker_at

Reader = Callable[[str], Annotations]

CLAIMS: list[tuple[str, str, str | None]] = [
    ("Le syndicat estime à 45 millions d'euros le besoin de trésorerie.", "45", "le syndicat"),
    ("Les emplois sont évalués par le cabinet à 2 300.", "2 300", "le cabinet"),
    ("Marc Duval, directeur, annonce 110 recrutements.", "110", "Marc Duval"),
    ("La Région annonce 110 recrutements.", "110", None),
    ("Le préfet l'a rappelé : 12 % des crédits sont consommés.", "12 %", "le préfet"),
    ("Le taux de chômage atteint 12 % (source : Insee).", "12 %", "Insee"),
    ("Le chiffre de 12 millions avancé par la direction est faux.", "12", "la direction"),
    ("L'association en a compté 397.", "397", "l'association"),
    ("La société réalise un chiffre d'affaires de 18 millions d'euros.", "18", None),
    ("Le plan coûte 3 millions d'euros.", "3", None),
    ("La ville paie. Selon l'étude de l'Insee :\n- 67 % des ménages ont froid\n", "67", "Insee"),
    ("Le chantier, chiffré à 12 millions d'euros par le cabinet, attend.", "12", "le cabinet"),
    ("Ce que réclament les internes : 200 euros de prime.", "200", "les internes"),
    (
        "La filière emploie 900 personnes. C'est du moins ce qu'avance le syndicat.",
        "900",
        "le syndicat",
    ),
    ("Le rectorat n'en reconnaît que 60.", "60", "le rectorat"),
    ("Le préfet a livré les chiffres : 12 lits fermés.", "12", "le préfet"),
    ("Le ministère a relevé le plafond à 5 millions d'euros.", "5", None),
    ("Le constructeur a rappelé 4 000 tracteurs.", "4 000", None),
    ("Le compteur indiquait 11 kWh.", "11", None),
    ("Le projet, qui relève de l'Anru, est chiffré à 142 millions.", "142", None),
    (
        "Le préfet, Marc Duval, a parlé. Celui-ci chiffre à 3 millions la facture.",
        "3",
        "Marc Duval",
    ),
    ("« Tenons », dit Odile Sarran. La dirigeante en attend 12 emplois.", "12", "Odile Sarran"),
    ("Une dirigeante se lève. La dirigeante en attend 12 emplois.", "12", "la dirigeante"),
    ("Le rectorat s'étonne de la chambre, qui situe l'écart à 3 millions.", "3", "la chambre"),
    ("Marc Duval, président du Syndicat national, qui réclame 3 lits, sort.", "3", "Marc Duval"),
    ("Le collectif en demandait 30.", "30", "le collectif"),
    ("La FNSEA réclame 200 euros, la CGT 230, avant mardi.", "230", "CGT"),
    ("La mairie promet 1 200 repas.", "1 200", "la mairie"),
    ("La Région promet 1 200 repas.", "1 200", None),
    ("Le syndicat dénonce un surcoût de 3 millions.", "3", "le syndicat"),
    ("Le gendarme les a chronométrés : 12 minutes.", "12", "le gendarme"),
    ("Quant au maire, il évoque 12 logements.", "12", "le maire"),
    ("C'est un coût que la mairie estime à 3 millions.", "3", "la mairie"),
    ("Le docteur s'inquiète surtout des lits : 176 ouverts.", "176", None),
    ("Le syndicat chiffre le trou à 3 millions. Douze lits fermeraient.", "Douze", "le syndicat"),
    ("Le syndicat chiffre le trou à 3 millions. Douze lits ferment.", "Douze", None),
    ("Le retard coûterait 12 millions (estimation de la direction).", "12", "la direction"),
    ("Le préfet n'a relevé que 212 grévistes.", "212", "le préfet"),
    ("Le ministère a relevé à 212 euros le plafond.", "212", None),
    ("Bilan livré par la préfecture : 112 motos saisies.", "112", "la préfecture"),
    ("Bilan de l'opération : 112 motos saisies.", "112", None),
    ("Motif invoqué par le ministère : 12 pièces manquantes.", "12", "le ministère"),
    ("Le rapport propose :\n- de fermer 12 sites ;\n- rien d'autre.\n", "12", "le rapport"),
    ("La ville achète :\n- 12 camions ;\n- rien d'autre.\n", "12", None),
    ("Les syndicats comptaient 400 manifestants, la police 120.", "400", "les syndicats"),
    ("Les syndicats comptaient 400 manifestants, la police 120.", "120", "la police"),
    ("Le syndicat compte 400 adhérents.", "400", None),
    ("Le coût, estimé par la mairie à 12 millions, monte à 40 millions.", "12", "la mairie"),
    ("Le coût, estimé par la mairie à 12 millions, monte à 40 millions.", "40", None),
    ("Un vice-président m'a dit que 12 lycées fermeraient.", "12", "un vice-président"),
    ("À la préfecture, on y rappelle que 40 dossiers attendent.", "40", "la préfecture"),
    ("Le syndicat chiffre le trou à 3 millions. Le car entrait avec 12 élèves.", "12", None),
    ("La direction veut ouvrir 12 lits.", "12", "la direction"),
    ("Le maire se lève. Il veut ouvrir 12 lits.", "12", "le maire"),
    ("La direction se tait. Elle en dénombrait 12.", "12", "la direction"),
    # what a person does before a colon opens what that person says, if a clause follows
    ("Odile Sarran n'en revient pas : le toit coûterait 12 millions.", "12", "Odile Sarran"),
    ("Odile Sarran a fermé la porte : elle n'a que 12 lits.", "12", "Odile Sarran"),
    ("Odile Sarran a tout vendu : 12 tables, un buffet.", "12", None),
    ("Odile Sarran a 40 ans et un but : les 12 communes.", "12", None),
    ("Le bureau d'Odile Sarran est plein : les 12 cartons y restent.", "12", None),
    # « elle » is who opens the clause before
    ("La préfecture conteste ; elle en compte 12. Odile Sarran sort.", "12", "la préfecture"),
    ("La CGT, la voix des agents, chiffre le trou à 3 millions.", "3", "CGT"),
    ("Invité de la CGT, le préfet chiffre le trou à 3 millions.", "3", "le préfet"),
    ("Le rapporteur observe que, pour ce plan, 12 communes attendent.", "12", "le rapporteur"),
    ("Selon son expert-comptable, la mesure coûte 12 euros.", "12", "son expert-comptable"),
]


@pytest.mark.parametrize(("text", "figure", "speaker"), CLAIMS)
def test_a_figure_given_outside_of_quotations_has_its_speaker(
    text: str, figure: str, speaker: str | None, read: Reader
) -> None:
    start = text.index(figure)
    assert speaker_at(read(text), start, start + len(figure)) == speaker
