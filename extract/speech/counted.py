"""Figures that stand right after who counts or commits to them: « n'a relevé que 212 »."""

from __future__ import annotations

import re
from collections.abc import Iterator

from recoupe.extract.annotations import Claim
from recoupe.extract.speech.speakers import Speakers
from recoupe.extract.speech.utterances import sentence_end, sentence_start
from recoupe.extract.surface import Surface

#: « l'amicale en a compté 397 »
_COUNTS = re.compile(
    r"\ben (?:(?:compte|dénombre|recense|espère|voit|reconnaît|concède|revendique|demande|"
    r"réclame|exige|propose|souhaite|estime|déclare|annonce|promet|déduit)(?:nt)?|"
    r"(?:demand|réclam|exige|souhait|voul|propos|annonç|promett|compt|dénombr|recens|espér|"
    r"revendiqu|estim|déclar|reconnaiss|concéd)ai(?:en)?t|"
    r"attend(?:ent|ait)?|voient|voudrai(?:en)?t|"
    r"(?:retien(?:t|nent)|retenai(?:en)?t|(?:offr|préconis)(?:e|ent|aient|ait))|"
    r"(?:a|ont) (?:compté|dénombré|recensé|vu)) |\bs'attend(?:ent|ait|aient)? à "
)
_FOR_WHOM = re.compile(r", pour qui ")
#: Where the clause of a claim ends and another subject may begin.
_STOP = re.compile(
    r" ;| mais |, (?:or|alors que|tandis que|quand|car|et (?:le|la|les|l'|il|elle|un|une) )| qui "
    r"| et (?:a|ont|n'a|n'ont|s'est) "
)


def clause_stop(surface: Surface, at: int) -> int:
    """Where another subject or another verb of the same one may begin."""
    end = sentence_end(surface, at)
    stop = _STOP.search(surface.low, at, end)
    return stop.start() if stop else end


def related(surface: Surface, speakers: Speakers) -> Iterator[Claim]:
    """« X en a compté 397 », « X, pour qui 12 % … »: the figure follows its speaker."""
    for match in _COUNTS.finditer(surface.low):
        speaker = speakers.before(sentence_start(surface, match.start()), match.start())
        hopes = "esp" in match[0] and speaker in speakers.payers
        if speaker is not None and not hopes:
            yield Claim(match.end(), clause_stop(surface, match.end()), speaker)
    for match in _FOR_WHOM.finditer(surface.low):
        speaker = speakers.before(sentence_start(surface, match.start()), match.start())
        if speaker is not None:
            yield Claim(match.end(), comma_or_end(surface, match.end()), speaker)


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


def found_out(surface: Surface, speakers: Speakers) -> Iterator[Claim]:
    """Who counts, finds or commits to a figure that stands right after the verb."""
    for pattern in (_FINDS, _ENGAGES, _COUNTED, _ONE_COUNTS):
        for match in pattern.finditer(surface.low):
            speaker = speakers.before(sentence_start(surface, match.start()), match.start())
            own = pattern is _FINDS and surface.low.endswith(_THEIR, 0, match.start())
            if speaker is None or own or (pattern is not _ENGAGES and speaker in speakers.payers):
                continue
            yield Claim(match.end(), clause_stop(surface, match.end()), speaker)


def comma_or_end(surface: Surface, at: int) -> int:
    """The next comma of the sentence at ``at``, or the sentence's end."""
    end = sentence_end(surface, at)
    comma = surface.plain.find(", ", at, end)
    return comma if comma >= 0 else end
