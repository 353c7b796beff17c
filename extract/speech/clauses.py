"""The clause that reports speech: where its content starts and ends, who its subject is."""

from __future__ import annotations

import re
from collections.abc import Sequence

from recoupe.extract.speech.cues import Cue
from recoupe.extract.speech.speakers import Speakers
from recoupe.extract.speech.utterances import sentence_end, trimmed
from recoupe.extract.surface import Surface
from recoupe.records import Quote

#: « à 3 M€ ce que », « sans que », « alors que »: no statement follows.
_OTHER_QUE = "".join(
    f"(?<!{word})"
    for word in (
        " ce", "alors", "tandis", "bien", "sorte", "afin", " plus", "sans", "avant", "après",
        "depuis", "dès", "tant", " pour",
    )
)  # fmt: skip
THAT = re.compile(
    r"(?:(?P<comma>,)? (?:également|aussi|ainsi|toutefois|notamment|de son côté|pour sa part|"
    r"par ailleurs|en outre|au passage|d'ailleurs|en effet|en revanche|enfin|même|surtout|"
    r"d'emblée|volontiers|encore|cependant|néanmoins|pourtant|comme acquis|"
    r"quant à (?:lui|elle|eux|elles)|[a-zà-ÿ]+ment|"
    r"(?:hier|avant-hier|aujourd'hui|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)"
    r"(?: [^.;:\n«\"]{1,60}?)?|"
    r"(?:à|au|aux|ce|cette|dans|lors|devant|auprès|en(?! [a-zà-ÿ]+ant\b)|"
    r"le \d{1,2}|par la voix) "
    rf"[^.;:\n«\"]{{1,60}}?{_OTHER_QUE})"
    r"(?(comma),?|(?<!,))|, [^,.;:\n«\"]{3,60},)? (?:que,? |qu')"
)
#: « a demandé si le plafond serait relevé », « demande quelles mesures seront prises »
WHETHER = re.compile(
    r"(?: [^.;:\n«\"]{1,40})? "
    r"(?:si (?!possible|besoin|nécessaire)|s'(?=ils? )|ce que |"
    r"(?=quel(?:le)?s? |combien |pourquoi |comment ))"
)
#: « Deux bibliothèques fermeraient »: a conditional that is neither a plan nor a wish, and no
#: imperfect (« entrait », « assurait »).
CONDITIONAL = re.compile(
    r"\b(?!(?:dev|pour|fau|faud|voud|port|ext|ret|att|souhait|mont|démont|ent|rent|rencont|"
    r"concent|illust|enregist|administ|liv|déliv|ouv|couv|découv|rouv|assu|rassu|du|ju|figu|mesu|"
    r"procu|ti|reti|atti|admi|respi|inspi|aspi|vi|engend|off|souff)rai(?:en)?t)"
    r"[a-zà-ÿ]*[eidtvu]rai(?:en)?t\b"
)
ASKING = frozenset(
    {"demande", "demandent", "demandait", "demandé", "interroge", "interrogent", "interrogé"}
)
_MINIMUM = 12
#: « 212 », « trente-neuf », « le double »: a figure alone may be all that is said.
_FIGURE = re.compile(
    r"\d|(?:le |la |les |un |une )?(?:double|triple|quadruple|moitié|tiers|quart|deux|trois|quatre|"
    r"cinq|six|sept|huit|neuf|dix|onze|douze|treize|quatorze|quinze|seize|vingt|trente|quarante|"
    r"cinquante|soixante|cent|mille|dizaine|douzaine|quinzaine|vingtaine|trentaine|quarantaine|"
    r"cinquantaine|centaine|millier|million|milliard)s?\b"
)
_LEAST = 4


def reported(surface: Surface, start: int, end: int, speaker: str | None, cue: str) -> Quote | None:
    """The indirect quotation at ``start:end``, trimmed; ``None`` where too little is left."""
    start, end = trimmed(surface, start, end)
    short = end - start < _MINIMUM and not _FIGURE.match(surface.low, start, end)
    if short or end - start < _LEAST:
        return None
    text = surface.text[start:end]
    return Quote(start=start, end=end, text=text, direct=False, speaker=speaker, cue=cue)


#: « Coût du rallongement : 31 millions »: what stands before the colon is said too.
_LABEL = re.compile(
    r"(?!(?:le|la|les|un|une|des|ce|cette|ces|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|"
    r"vingt|trente|cent|mille) |l')"
    r"[^\W\d_]+(?:[ '][^\W\d]+){0,5} ?$",
    re.IGNORECASE,
)


def clause_start(surface: Surface, start: int, at: int) -> int:
    """Where the clause before ``at`` starts: past a semicolon, or a colon that no label opens."""
    semicolon = surface.plain.rfind("; ", start, at)
    start = semicolon + 2 if semicolon >= 0 else start
    colon = surface.plain.rfind(": ", start, at)
    if colon < 0 or _LABEL.match(surface.plain, start, colon):
        return start
    return colon + 2


def clause_end(
    surface: Surface, cues: Sequence[Cue], content: int, participles: frozenset[str]
) -> int:
    """Where what is said ends: at a semicolon, or where the next thing said begins.

    « a reconnu que A et rappelé que B », « déclare voter la convention, mais regrette que … »
    """
    end = sentence_end(surface, content)
    semicolon = surface.plain.find(" ;", content, end)
    end = semicolon if semicolon >= 0 else end
    quoted = _COLON_QUOTED.search(surface.plain, content, end)
    end = quoted.start() if quoted else end
    source = _COLON_SOURCE.search(surface.low, content, end)
    end = source.start() if source else end
    for cue in cues:
        if content < cue.start < end and THAT.match(surface.plain, cue.after):
            link = _LINK.search(surface.low, content, cue.start)
            if link:
                return link.start()
    away = _AWAY.search(surface.low, content, end)
    end = away.start() if away else end
    for bare in BARE.finditer(surface.low, content, end):
        if bare["participle"] in participles:
            return bare.start()
    return end


#: « …, mais 23 locataires attendent », « …, tout en soulignant que »: no more of what is said.
_AWAY = re.compile(
    r", (?:mais (?!qu[e'])(?!(?:qu|aussi|surtout|pas|non|seulement|plutôt)\b)|cependant que|"
    r"tout en [a-zà-ÿ]+ant\b|[a-zà-ÿ]+ant que |[a-zà-ÿ]+ant qu')"
)
#: « m'écrit que dix-sept chalutiers … : « Nous comptons les marins » »
_COLON_QUOTED = re.compile(r" ?: ?[«\"“]")
_COLON_SOURCE = re.compile(r" : (?:selon|d'après) ")
_LINK = re.compile(r",? (?:et|mais|puis) (?:a |ont |elle |il )?$")
#: « … et rappelé que »: the auxiliary stands before the first participle alone.
BARE = re.compile(r",? (?:et|mais|puis)(?: \w+ment)? (?P<participle>\w+) qu(?:e |')")


def subject(cue: Cue, start: int, speakers: Speakers) -> str | None:
    """Who stands before ``cue`` in the clause that starts at ``start``, or its pronoun."""
    if cue.pronoun:
        return speakers.pronoun(cue.pronoun, cue.start, None)
    return speakers.before(start, cue.start)
