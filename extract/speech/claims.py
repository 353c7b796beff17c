"""Figures that somebody gives without being quoted: « X estime à 3 M€ le coût », « évalué par X ».

A claim runs from its verb to the end of its clause, and its subject is the speaker of the figures
inside; it is no quotation, for its words are the writer's own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from recoupe.extract.annotations import Claim
from recoupe.extract.speech.clauses import CONDITIONAL
from recoupe.extract.speech.cues import Cue
from recoupe.extract.speech.speakers import Speakers
from recoupe.extract.speech.utterances import sentence_end, sentence_start
from recoupe.extract.surface import Surface
from recoupe.records import Quote

#: « est évalué par la direction à 85 000 euros »
_BY = re.compile(
    r"(?:estimée?s?|évaluée?s?|chiffrée?s?|comptée?s?|recensée?s?|dénombrée?s?|avancée?s?|"
    r"calculée?s?|annoncée?s?|promise?s?|revendiquée?s?) par (?=[^.;:\n]{3,80} à |[^.;:\n]{3,80}$)"
)
#: « le chiffre de 12 M€ avancé par la direction »
_GIVEN_BY = re.compile(
    r"(?:avanc|estim|évalu|chiffr|évoqu|revendiqu|brandi|cit|communiqu|recens|dénombr|"
    r"transmis)é?e?s? par (?=[^\W\d_])"
)
#: « l'amicale en a compté 397 »
_COUNTS = re.compile(
    r"\ben (?:(?:compte|dénombre|recense|espère|voit|reconnaît|concède|revendique|demande|"
    r"réclame|exige|propose|souhaite|estime|déclare|annonce|promet|déduit)(?:nt)?|"
    r"(?:demand|réclam|exige|souhait|voul|propos|annonç|promett)ai(?:en)?t|"
    r"attend(?:ent|ait)?|voient|voudrai(?:en)?t|"
    r"(?:retien(?:t|nent)|retenai(?:en)?t|(?:offr|préconis)(?:e|ent|aient|ait))|"
    r"(?:a|ont) (?:compté|dénombré|recensé|vu)) |\bs'attend(?:ent|ait|aient)? à "
)
#: « chiffrée à 420 000 euros par le cabinet »
_VALUED_BY = re.compile(
    r"(?:estim|évalu|chiffr|calcul|fix|budgét)ée?s? (?:à|entre) [^.;:,\n]{2,50}? par (?=[^\W\d_])"
)
_SOURCE = re.compile(
    r"\((?:source ?: |(?:estimations?|chiffres?|données|calculs?|prévisions?|comptage|bilan) "
    r"(?=d[eu' ]|des ))(?=[^)]{2,60}\))"
)
#: « relève de », « un chiffre d'affaires »: other verbs, or none.
_OTHERWISE = frozenset({"relève", "relèvent", "chiffre", "chiffres"})
#: « Selon l'étude de l'Ademe : » and the items under it
_LISTED = re.compile(
    r"(?:[Ss]elon|[Dd]'après) (?P<who>[^.;:\n]{3,80})[^.;:\n]{0,160} ?:[ ]*\n"
    r"(?P<items>(?:\n?[ \t]*[-–—•*❏▪][^\n]*(?:\n|$))+)"
)
_FOR_WHOM = re.compile(r", pour qui ")
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
#: « l'État annonce 3 M€ »: it pays them.
_PAYER = re.compile(
    r"(?:l['’]|la |le )(?:État|gouvernement|Région|région|Département|département|Ville|ville|"
    r"Métropole|métropole|Agglomération|agglomération|commune|intercommunalité)\b"
)
#: Where the clause of a claim ends and another subject may begin.
_STOP = re.compile(
    r" ;| mais |, (?:or|alors que|tandis que|quand|car|et (?:le|la|les|l'|il|elle|un|une) )| qui "
    r"| et (?:a|ont|n'a|n'ont|s'est) "
)


def claims_of(
    surface: Surface,
    cues: Sequence[Cue],
    reports: Sequence[Cue],
    speakers: Speakers,
    quotes: Sequence[Quote],
) -> list[Claim]:
    """The claims of a text that no quotation covers, in order.

    ``cues`` are the verbs that give a figure, ``reports`` those that report what is said.
    """
    given = [
        *_active(surface, cues, speakers),
        *_passive(surface, speakers),
        *_before_colon(surface, reports, speakers),
        *_beside(surface, speakers),
        *_under(surface, speakers),
        *_items(surface, [*cues, *reports], speakers),
        *_related(surface, speakers),
        *_finds(surface, speakers),
        *_labelled(surface, speakers),
        *_around_stops(surface, speakers),
    ]
    found = [claim for claim in given if speakers.is_agent(claim.speaker)]
    found += [share for claim in found if (share := _gapped(surface, claim, speakers))]
    others = [at.start for at in (*reports, *speakers.named_mentions)]
    found += _hearsay(surface, found, quotes, others)
    direct = [quote for quote in quotes if quote.direct]
    named = {mention.name for mention in speakers.named_mentions}
    return sorted(
        (
            claim
            for claim in found
            if claim.speaker in named or not any(q.start <= claim.start < q.end for q in direct)
        ),
        key=lambda claim: claim.start,
    )


def _gapped(surface: Surface, claim: Claim, speakers: Speakers) -> Claim | None:
    """« réclame 200 €, la Confédération paysanne 230 »: another body's figure, the verb unsaid."""
    for body in speakers.organisations:
        if not claim.start < body.start < claim.end:
            continue
        number = _NUMBER.search(surface.plain, body.start, min(body.end + 2, claim.end))
        gap = surface.low[max(0, body.start - 5) : body.start]
        if number and gap.endswith((", ", ", la ", ", le ", ", l'", ", les ")):
            return Claim(number.start(), claim.end, _NUMBER.split(body.name)[0])
    for match in _OTHER.finditer(surface.low, claim.start, claim.end):
        if speakers.known_source(match.start("who"), match.end("who"), acting=True):
            return Claim(match.end(), claim.end, match["who"])
    return None


#: « comptaient 4 000 manifestants, la police 1 200 »
_OTHER = re.compile(r", (?P<who>(?:les? |la |l')[a-zà-ÿ]+)(?:, (?:elle|lui|eux|elles),)? (?=\d)")


#: The figure that follows a name, or that was taken for a part of it.
_NUMBER = re.compile(r" (?=\d)")


def _hearsay(
    surface: Surface, claims: Sequence[Claim], quotes: Sequence[Quote], others: Sequence[int]
) -> Iterator[Claim]:
    """The sentence after what somebody said, in the conditional: the same one says it.

    Where a verb of speech or a name stands in it (``others``), it may be another's.
    """
    said = [quote for quote in quotes if quote.speaker and not quote.direct]
    told: list[Claim | Quote] = [*claims, *said]
    starts = {sentence_start(surface, item.start) for item in told}
    for item in told:
        start = sentence_start(surface, min(len(surface.plain), item.end + 2))
        end = sentence_end(surface, start)
        after = surface.plain[item.end : start]
        if start in starts or start < item.end or "\n" in after or len(after) > _NEXT:
            continue
        if end - start > _SHORT or any(start <= at < end for at in others):
            continue
        if CONDITIONAL.search(surface.low, start, end) and "«" not in surface.plain[start:end]:
            yield Claim(start, end, item.speaker or "")


#: « . » and a space, or what a clause that ends before its sentence leaves.
_NEXT = 3
_SHORT = 200


def _active(surface: Surface, cues: Sequence[Cue], speakers: Speakers) -> Iterator[Claim]:
    by_people = speakers.cues.data["claims"]["by_people"]
    for cue in cues:
        if surface.low.startswith((" d'affaires", " de ", " du ", " d'"), cue.after) and (
            cue.word in _OTHERWISE
        ):
            continue
        start = sentence_start(surface, cue.start)
        if surface.plain.endswith(", ", 0, cue.start) and speakers.known_source(
            cue.after, sentence_end(surface, cue.after), acting=True
        ):
            continue  # « L'État, rappelle la préfecture, a consenti »: an incise
        speaker = (
            speakers.pronoun(cue.pronoun, cue.start, None)
            if cue.pronoun
            else speakers.before(start, cue.start)
        )
        if speaker is None:
            continue
        pays = speaker in speakers.payers or _PAYER.match(speaker)
        if cue.word in by_people and pays:
            continue
        yield Claim(cue.start, _clause_end(surface, cue.after), speaker)


def _clause_end(surface: Surface, at: int) -> int:
    """Where another subject or another verb of the same one may begin."""
    end = sentence_end(surface, at)
    stop = _STOP.search(surface.low, at, end)
    return stop.start() if stop else end


def _passive(surface: Surface, speakers: Speakers) -> Iterator[Claim]:
    for match in _BY.finditer(surface.low):
        end = sentence_end(surface, match.end())
        speaker = speakers.after(match.end(), end)
        if surface.plain.endswith(", ", 0, match.start()):  # « Le coût, estimé par X à N, »
            end = _comma_or_end(surface, match.end())
        if speaker is not None:
            yield Claim(match.start(), end, speaker)


def _before_colon(surface: Surface, reports: Sequence[Cue], speakers: Speakers) -> Iterator[Claim]:
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


_WORRY = re.compile(r" (?:surtout |notamment |aussi )?(?:des|du|de la|de l'|d') ?")
_COMMA = re.compile(",")
_COLON = re.compile(r" ?:(?= )(?! ?[«\"“])")
#: Characters between the verb and its colon.
_LEAD = 60


def _beside(surface: Surface, speakers: Speakers) -> Iterator[Claim]:
    """« 12 M€ avancés par X », « 12 % (source : X) »: the figure stands before its speaker."""
    for match in _GIVEN_BY.finditer(surface.low):
        speaker = speakers.after(match.end(), sentence_end(surface, match.end()))
        if speaker is not None:
            start = sentence_start(surface, match.start())
            comma = surface.plain.rfind(", ", start, match.start())
            yield Claim(max(start, comma), match.start(), speaker)
    for match in _VALUED_BY.finditer(surface.low):
        speaker = speakers.after(match.end(), sentence_end(surface, match.end()))
        if speaker is not None:
            yield Claim(match.start(), match.end(), speaker)
    for match in _SOURCE.finditer(surface.low):
        speaker = speakers.governed(match.end(), surface.plain.find(")", match.end()))
        if speaker is not None:
            yield Claim(sentence_start(surface, match.start()), match.start(), speaker)


def _under(surface: Surface, speakers: Speakers) -> Iterator[Claim]:
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


def _items(surface: Surface, cues: Sequence[Cue], speakers: Speakers) -> Iterator[Claim]:
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


def _related(surface: Surface, speakers: Speakers) -> Iterator[Claim]:
    """« X en a compté 397 », « X, pour qui 12 % … »: the figure follows its speaker."""
    for match in _COUNTS.finditer(surface.low):
        speaker = speakers.before(sentence_start(surface, match.start()), match.start())
        hopes = "esp" in match[0] and speaker in speakers.payers
        if speaker is not None and not hopes:
            yield Claim(match.end(), _clause_end(surface, match.end()), speaker)
    for match in _FOR_WHOM.finditer(surface.low):
        speaker = speakers.before(sentence_start(surface, match.start()), match.start())
        if speaker is not None:
            yield Claim(match.end(), _comma_or_end(surface, match.end()), speaker)


#: « a compté 64 transmissions », « n'a relevé que 212 grévistes », « n'arrive, elle, qu'à 22 000 »
_FINDS = re.compile(
    r"\b(?:(?:a|ont|avait|avaient) (?:déjà |aussi |ainsi |d'ailleurs )?(?:compté|recensé|dénombré|"
    r"relevé|comptabilisé|mesuré|calculé|chiffré)|(?:recens|dénombr|comptabilis)e(?:nt)?|"
    r"(?:arriv|tomb|abouti)(?:e|ent|ssent|t)?(?:, (?:elle|lui|eux|elles),)? (?:qu')?(?:à|sur)) "
    r"(?:que |qu')?(?:plus de |près de |environ |quelque |au moins |moins de |jusqu'à )?"
    r"(?=\d|(?:deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|vingt|trente|cent|mille|"
    r"une? (?:dizaine|quinzaine|vingtaine|trentaine|centaine|millier))\b)"
)
#: « la direction compte 120 grévistes »: those who count what is none of theirs.
_COUNTED = re.compile(
    r"\b(?:compt(?:e|ent|ait|aient)) (?:plus de |près de |environ |quelque |au moins |moins de )?"
    r"(?=(?:\d[\d ]*|[a-zà-ÿ-]+ )(?:gréviste|manifestant|participant|victime|blessé|absent|"
    r"défilant|signataire|départ|licenciement|incident|plainte|accident|conducteur|poste)s\b)"
)
#: « Du côté de la CFDT, on compte 40 démissions »
_ONE_COUNTS = re.compile(
    r"(?<=\bon )(?:en |y )?(?:compt|dénombr|recens|escompt|chiffr)(?:e|ait) (?=[^.;:\n]{0,30}\d)"
)
#: « Elle a recensé 57 logements »: what somebody does, not what is said.
_THEIR = ("elle ", "il ", "elles ", "ils ")
#: « s'était engagé, par la voix du préfet, sur 5 millions »
_ENGAGES = re.compile(
    r"\b(?:s'est|s'était|se sont|s'étaient) engagée?s?(?:, [^,.;:\n]{3,60},)? "
    r"(?:sur|pour|à hauteur de) (?=\d|un|deux|trois)"
)


def _finds(surface: Surface, speakers: Speakers) -> Iterator[Claim]:
    """Who counts, finds or commits to a figure that stands right after the verb."""
    for pattern in (_FINDS, _ENGAGES, _COUNTED, _ONE_COUNTS):
        for match in pattern.finditer(surface.low):
            speaker = speakers.before(sentence_start(surface, match.start()), match.start())
            own = pattern is _FINDS and surface.low.endswith(_THEIR, 0, match.start())
            if speaker is None or own or (pattern is not _ENGAGES and speaker in speakers.payers):
                continue
            yield Claim(match.end(), _clause_end(surface, match.end()), speaker)


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


def _labelled(surface: Surface, speakers: Speakers) -> Iterator[Claim]:
    """What a noun of saying and its author open with a colon."""
    for pattern, read in ((_GIVEN, speakers.after), (_LABELS, speakers.governed)):
        for match in pattern.finditer(surface.low):
            speaker = read(match.start("who"), match.end("who"))
            if speaker is not None:
                yield Claim(match.end(), sentence_end(surface, match.end()), speaker)


def _comma_or_end(surface: Surface, at: int) -> int:
    end = sentence_end(surface, at)
    comma = surface.plain.find(", ", at, end)
    return comma if comma >= 0 else end


def _around_stops(surface: Surface, speakers: Speakers) -> Iterator[Claim]:
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
