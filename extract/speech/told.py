"""Figures that a colon opens: « X a donné les comptes : … », « Bilan livré par X : … », lists."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from recoupe.extract.annotations import Claim
from recoupe.extract.speech.cues import Cue
from recoupe.extract.speech.speakers import Speakers
from recoupe.extract.speech.utterances import sentence_end, sentence_start
from recoupe.extract.surface import Surface

#: « La ministre, X, a fermé la porte : chaque mois coûterait 45 millions »
_OPENED = re.compile(
    r"[^.;:«»\"\n\d]{8,140}?(?P<colon> ?: )"
    r"(?=(?:ils? |elles? |ces? |on |les? |la |chaque |rien |[ctl]'))"
)
#: « Selon l'étude de l'Ademe : » and the items under it
_LISTED = re.compile(
    r"(?:[Ss]elon|[Dd]'après) (?P<who>[^.;:\n]{3,80})[^.;:\n]{0,160} ?:[ ]*\n"
    r"(?P<items>(?:\n?[ \t]*[-–—•*❏▪][^\n]*(?:\n|$))+)"
)
#: « Le préfet l'a dit : … », « a donné les comptes : … », « a fait le point : … »
_TOLD = re.compile(
    r"\b(?:a|ont|avait|avaient)? ?(?:donnée?|donne|donnent|fait|font|égrenée?|égrène|égrènent|"
    r"livrée?|livre|livrent|"
    r"détaillée?|détaille|déroulée?|déroule|alignée?|aligne|énumérée?|énumère|présentée?|présente|"
    r"citée?|cite|"
    r"dévoilée?|dévoile|rappelée?|rappelle|résumée?|résume) (?:les|le|ses|leurs|un|quelques|des)"
    r" (?:premiers |premières |derniers |grandes? |gros )?"
    r"(?:chiffres?|comptes?|point|détail|bilan|résultats?|montants?|données|objectifs?|lignes?|"
    r"calculs?|calcul|situation|"
    r"priorités|mesures|ambitions|effectifs)\b"
    r"|\bles (?:a|ont) (?:livré|donné|détaillé|égrené|présenté|énuméré|exposé|dévoilé)e?s\b"
    r"|\b(?:l'a|l'ont|les a|les ont) (?:[a-zà-ÿ]+(?:é|i|u|t)e?s?)\b"
    r"|\b(?:caché|cache|cachent|exprimée?|exprime|expriment|redit|réaffirme|réaffirmé|confie|"
    r"confié|partage) (?:pas )?"
    r"(?:son|sa|ses|leur|leurs) [a-zà-ÿ]+"
    r"|\b(?:est|sont|reste|restent|se montre|se veut) (?:formel|catégorique|clair|précis|"
    r"affirmatif|direct|lucide|prudent|rassurant|ferme|optimiste|pessimiste)(?:le)?e?s?\b"
    r"|\bn'en démord(?:ent)? pas\b"
    r"|\bne mâchent? pas (?:ses|leurs) mots\b"
    r"|\bdit (?:le contraire|autre chose|la même chose|l'inverse)\b"
)
#: « présente Sambre avenir, expérimentation locale : 640 jeunes », « a brandi un autre total : 21 »
_PRESENTS = re.compile(
    r"\b(?:(?:présent|détaill|expos|déroul|résum|récapitul|énumèr|égrèn|align|dress|assum)e(?:nt)?|"
    r"brandit|brandissent|refait|refont|(?:a|ont) (?:présenté|détaillé|exposé|déroulé|résumé|"
    r"récapitulé|énuméré|égrené|aligné|dressé|assumé|brandi|refait|repris))"
    r"(?= [^.;:«\n]{2,110} ?: [^.«]{0,40}?\d)[^.;:«\n]{2,110}?(?= ?: )"
)
#: « Ce que réclament les internes : 200 euros de prime »
_WHAT = re.compile(
    r"\b[Cc]e (?:que |qu')(?P<verb>réclame|demande|propose|promet|exige|revendique|veut|veulent|"
    r"dément|conteste|réfute|corrige|calcule|constate|"
    r"dit|disent|promettent|"
    r"sait|savent|espère|annonce|avance|souhaite)(?:nt)? (?=[^.:;\n«]{2,60} ?: )"
)
#: « C'est du moins ce qu'avance X. »: the figures of the sentence before are X's.
_SO_SAYS = re.compile(
    r"(?:C'est|Voilà|Tel(?:le)? est)(?: du moins| en tout cas| aussi| également| là)? ce (?:que |"
    r"qu')"
    r"(?:avance|affirme|indique|assure|dit|disent|annonce|estime|calcule|soutient|répète|montre|"
    r"ressort de|révèle|confirme|conclut)"
    r"(?:nt)? "
)


def before_colon(surface: Surface, reports: Sequence[Cue], speakers: Speakers) -> Iterator[Claim]:
    """« X l'a dit : … », « X a donné les comptes : … »: the colon opens what is told."""
    told = [(match.start(), match.end()) for match in _TOLD.finditer(surface.low)]
    told += [(match.start(), match.end()) for match in _PRESENTS.finditer(surface.low)]
    for at, after in [*((cue.start, cue.after) for cue in reports if not cue.pronoun), *told]:
        end = sentence_end(surface, after)
        colon = _COLON.search(surface.plain, after, min(end, after + _LEAD))
        if surface.low.endswith(" l'", 0, at) and surface.plain[after : after + 1] == ",":
            colon = _COMMA.match(surface.plain, after)  # « le directeur l'affirme, … »
        if not colon or "," in surface.plain[after : colon.start()].rstrip(" ,"):
            continue
        if _WORRY.match(surface.low, after):
            continue  # « s'inquiète surtout des lits : 176 ouverts »
        speaker = speakers.before(sentence_start(surface, at), at)
        if speaker is not None:
            yield Claim(colon.end(), end, speaker)


def opened_by_people(surface: Surface, speakers: Speakers) -> Iterator[Claim]:
    """« X n'en revient pas : il … »: what a person does opens what that person says."""
    for person in speakers.people:
        start = sentence_start(surface, person.start)
        opened = _OPENED.match(surface.plain, start, sentence_end(surface, start))
        before = opened is not None and person.end < opened.start("colon")
        if opened is not None and before and speakers.is_subject(start, person):
            yield Claim(opened.end(), sentence_end(surface, opened.end()), person.name)


_WORRY = re.compile(r" (?:surtout |notamment |aussi )?(?:des|du|de la|de l'|d') ?")
_COMMA = re.compile(",")
_COLON = re.compile(r" ?:(?= )(?! ?[«\"“])")
#: Characters between the verb and its colon.
_LEAD = 60


def listed(surface: Surface, speakers: Speakers) -> Iterator[Claim]:
    """The items of a list that « selon X : » opens."""
    for match in _LISTED.finditer(surface.plain):
        speaker = speakers.governed(match.start("who"), match.end("who"))
        if speaker is not None:
            yield Claim(match.start("items"), match.end("items"), speaker)


#: « Le rapport propose : » and the items under it
_ITEMS = re.compile(r" ?:[ ]*\n(?P<items>(?:\n?[ \t]*[-–—•*❏▪][^\n]*(?:\n|$))+)")
_LIST_VERBS = (
    "demand",
    "réclam",
    "propos",
    "recommand",
    "préconis",
    "exig",
    "souhait",
    "revendiqu",
)


def asked(surface: Surface, cues: Sequence[Cue], speakers: Speakers) -> Iterator[Claim]:
    """The items of a list that somebody asks for, proposes or recommends in the line above."""
    for match in _ITEMS.finditer(surface.plain):
        start = sentence_start(surface, match.start())
        wanted = _WANTED.match(surface.low, start, match.start())
        if wanted:
            speaker = speakers.after(wanted.end(), match.start())
        else:
            asking = [c for c in cues if start < c.start < match.start()]
            asking = [c for c in asking if c.word.startswith(_LIST_VERBS) and not c.pronoun]
            speaker = speakers.before(start, asking[0].start) if asking else None
        if speaker is not None:
            yield Claim(match.start("items"), match.end("items"), speaker)


#: « Ce que demande l'intersyndicale : », « Les revendications des internes : »
_WANTED = re.compile(
    r"(?:ce que |ce qu')(?:réclam|demand|propos|exig|revendiqu|recommand|préconis)e(?:nt)? "
)
#: « Bilan livré par la préfecture : 112 véhicules », « Motif invoqué par le ministère : »
_GIVEN = re.compile(
    r"\b(?:avanc|invoqu|affich|annonc|estim|évalu|dress|cit|évoqu|calcul|chiffr|revendiqu|réclam|"
    r"demand|livr|communiqu|donn|présent|publi|transm|fourn|établ)(?:é|i|is)e?s? par "
    r"(?P<who>[^.;:,\n«]{3,70}?) ?: (?! ?[«\"“])"
)
#: « un chiffre de l'association des maires : 26 millions »
_LABELS = re.compile(
    r"\b(?:bilan|chiffres?|total|décompte|estimation|calcul|comptage|verdict|constat|diagnostic|"
    r"réponse|addition) (?P<who>d[^.;:,\n«]{3,70}?) ?: (?! ?[«\"“])"
)


def labelled(surface: Surface, speakers: Speakers) -> Iterator[Claim]:
    """What a noun of saying and its author open with a colon."""
    for pattern, read in ((_GIVEN, speakers.after), (_LABELS, speakers.governed)):
        for match in pattern.finditer(surface.low):
            speaker = read(match.start("who"), match.end("who"))
            if speaker is not None:
                yield Claim(match.end(), sentence_end(surface, match.end()), speaker)


def around_stops(surface: Surface, speakers: Speakers) -> Iterator[Claim]:
    """« Ce que demandent les internes : … », « … C'est ce qu'avance Fibois. »."""
    for match in _WHAT.finditer(surface.low):
        end = sentence_end(surface, match.end())
        colon = surface.plain.find(":", match.end(), end)
        speaker = speakers.after(match.end(), colon)
        if speaker is not None:
            yield Claim(colon, end, speaker)
    for match in _SO_SAYS.finditer(surface.plain):
        speaker = speakers.after(match.end(), sentence_end(surface, match.end()))
        before = sentence_start(surface, max(0, match.start() - 3))
        if speaker is not None and before < match.start():
            yield Claim(before, match.start(), speaker)
