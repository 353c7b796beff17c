"""Find reported speech behind turns of phrase: « se dit convaincu que », « comme l'a dit X »."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from spacy.tokens import Doc

from recoupe.extract.speech.clauses import BARE, THAT, WHETHER, clause_end, reported, subject
from recoupe.extract.speech.cues import Cue
from recoupe.extract.speech.speakers import Speakers
from recoupe.extract.speech.utterances import sentence_end, sentence_start, speaks
from recoupe.extract.surface import Surface
from recoupe.records import Quote


def turned(
    doc: Doc, surface: Surface, cues: Sequence[Cue], speakers: Speakers, direct: Sequence[Quote]
) -> Iterator[Quote]:
    """The clauses that these turns report."""
    yield from _it_appears(surface, speakers)
    yield from _turns(surface, speakers, direct)
    yield from _then(surface, cues, speakers, direct)
    yield from _as_said(surface, cues, speakers, direct)
    yield from _as_shown(surface, speakers)
    yield from _nobody_says(surface)
    yield from _after_colon(doc, surface, cues, speakers, direct)
    yield from _accusations(surface, speakers, direct)
    yield from _raised(doc, surface, speakers)
    yield from _first_person(surface, speakers, direct)


def _turns(surface: Surface, speakers: Speakers, direct: Sequence[Quote]) -> Iterator[Quote]:
    """The clause after « se dit convaincu que », « n'exclut pas que », « et d'ajouter que »."""
    for match in speakers.cues.turns.finditer(surface.low):
        if any(d.start <= match.start() < d.end for d in direct):
            continue
        start = sentence_start(surface, match.start())
        before = [d.end for d in direct if start < d.end <= match.start()]
        governor = _GOVERNS.search(surface.low, start, match.start())
        subject_end = governor.start() if governor else match.start()
        speaker = speakers.before(max([start, *before]), subject_end)
        if before and surface.low.endswith(_ONCE_SAID, 0, match.start()):
            speaker = next(d.speaker for d in direct if d.end == max(before))
        if speaker is None or not speakers.is_agent(speaker):
            continue
        that = THAT.match(surface.plain, match.end())
        if that is None and match["turn"].endswith("savoir"):
            that = WHETHER.match(surface.plain, match.end())
        if that is None:
            continue
        content = that.end()
        end = clause_end(surface, (), content, speakers.cues.participles)
        quote = reported(surface, content, end, speaker, surface.text[slice(*match.span("turn"))])
        if quote:
            yield quote


#: « qui tient | à faire acter que », « s'est bornée | à relever que »
_GOVERNS = re.compile(
    r"(?:tient|tiennent|tenait|(?:s'est|se sont) (?:borné|contenté|empressé)e?s?|"
    r"se (?:borne|contente|plaît)(?:nt)?|s'empresse(?:nt)?|vient|viennent|ne manque pas|"
    r"n'a pas manqué) $"
)
#: « « … », a ironisé X, avant de rappeler que »
_ONCE_SAID = ("avant ", "et ", "puis ", "non sans ")


def _then(
    surface: Surface, cues: Sequence[Cue], speakers: Speakers, direct: Sequence[Quote]
) -> Iterator[Quote]:
    """« L'avocat a plaidé la relaxe et rappelé que »: the auxiliary is said once."""
    for match in BARE.finditer(surface.low):
        if match["participle"] not in speakers.cues.participles:
            continue
        start = sentence_start(surface, match.start())
        said = [
            c
            for c in cues
            if start <= c.start < match.start() and " " in surface.low[c.start : c.end]
        ]
        if not said or any(d.start <= match.start() < d.end for d in direct):
            continue
        speaker = subject(said[-1], start, speakers)
        if speaker is None or not speakers.is_agent(speaker):
            continue
        end = clause_end(surface, (), match.end(), speakers.cues.participles)
        cue = surface.text[slice(*match.span("participle"))]
        quote = reported(surface, match.end(), end, speaker, cue)
        if quote:
            yield quote


#: « comme l'a rappelé X, », « ainsi que le souligne X », « ce que confirme X »
_AS = re.compile(r"(?P<as>(?:comme|ainsi que)(?: le| l')? ?|, ce que |, ce qu')$")


def _as_said(
    surface: Surface, cues: Sequence[Cue], speakers: Speakers, direct: Sequence[Quote]
) -> Iterator[Quote]:
    for cue in cues:
        lead = _AS.search(surface.low, max(0, cue.start - 16), cue.start)
        if not lead or any(d.start <= cue.start < d.end for d in direct):
            continue
        start, end = sentence_start(surface, cue.start), sentence_end(surface, cue.after)
        speaker = speakers.after(cue.after, end)
        if speaker is None or not speakers.is_agent(speaker):
            continue
        opens = not surface.plain[start : lead.start()].strip()
        comma = surface.plain.find(",", speakers.end_of(cue.after, end), end)
        if opens and comma < 0:
            continue
        content = (comma + 1, end) if opens else (start, lead.start())
        quote = reported(surface, *content, speaker, surface.text[cue.start : cue.end])
        if quote:
            yield quote


_SHOWS = re.compile(
    r"(?:comme|ainsi que) (?:le |l'|en )(?P<cue>(?:montre|révèle|atteste|illustre|prouve|établit|"
    r"confirme|témoigne)(?:nt)?"
    r"|(?:a|ont) (?:montré|révélé|établi|prouvé|confirmé)) "
)


def _as_shown(surface: Surface, speakers: Speakers) -> Iterator[Quote]:
    """« Comme le montre l'étude, 46 % … »: what a paper says, after its name or before it."""
    for match in _SHOWS.finditer(surface.low):
        start, end = sentence_start(surface, match.start()), sentence_end(surface, match.end())
        speaker = speakers.after(match.end(), end)
        if speaker is None or not speakers.known_source(match.end(), end):
            continue
        comma = surface.plain.find(",", match.end(), end)
        opens = not surface.plain[start : match.start()].strip()
        if opens and comma < 0:
            continue
        content = (comma + 1, end) if opens else (start, match.start())
        quote = reported(surface, *content, speaker, surface.text[slice(*match.span("cue"))])
        if quote:
            yield quote


_APPEARS = re.compile(
    r"\b(?:il (?:en )?(?:ressort|résulte)|on (?:apprend|lit|découvre)) (?:dans )?"
    r"(?P<who>[^,.;:\n«]{3,60}?),? (?:que |qu')"
)


def _it_appears(surface: Surface, speakers: Speakers) -> Iterator[Quote]:
    """« Il ressort du rapport que … », « on apprend dans l'étude que … »."""
    for match in _APPEARS.finditer(surface.low):
        speaker = speakers.governed(match.start("who"), match.end("who"))
        quote = reported(
            surface, match.end(), sentence_end(surface, match.end()), speaker, match[0].split()[1]
        )
        if quote and speaker:
            yield quote


_NOBODY = re.compile(
    r"\bil (?:nous |lui |leur |m')?(?P<cue>(?:a été|est|fut|avait été) (?:indiqué|répondu|précisé|"
    r"rappelé|expliqué|annoncé|signalé|objecté)) (?:que |qu')"
)


def _nobody_says(surface: Surface) -> Iterator[Quote]:
    """« Il a été répondu que … »: said, by nobody that the sentence names."""
    for match in _NOBODY.finditer(surface.low):
        end = sentence_end(surface, match.end())
        quote = reported(surface, match.end(), end, None, surface.text[slice(*match.span("cue"))])
        if quote:
            yield quote


_COLON = re.compile(r"(?: [^.,;:\n«\"]{1,50})? ?: (?! ?[«\"“-])")


def _after_colon(
    doc: Doc, surface: Surface, cues: Sequence[Cue], speakers: Speakers, direct: Sequence[Quote]
) -> Iterator[Quote]:
    """« Le maire prévient : rien ne sera livré », « insiste-t-elle : … », no « : 12 dossiers »."""
    yield from _answers(doc, surface, cues, speakers, direct)
    for cue in cues:
        colon = _COLON.match(surface.plain, cue.after)
        if not colon or any(d.start <= cue.start < d.end for d in direct):
            continue
        end = sentence_end(surface, colon.end())
        speaker = subject(cue, sentence_start(surface, cue.start), speakers)
        if speaker is None or not speakers.is_agent(speaker):
            continue
        quote = reported(surface, colon.end(), end, speaker, surface.text[cue.start : cue.end])
        if quote and speaks(doc, quote.start, quote.end):
            yield quote


_STATED = re.compile(r" ?: (?! ?[«\"“-])")


def _answers(
    doc: Doc, surface: Surface, cues: Sequence[Cue], speakers: Speakers, direct: Sequence[Quote]
) -> Iterator[Quote]:
    """« Faux, réplique le maire : il n'est que de trois millions »."""
    for cue in cues:
        if cue.pronoun or not surface.plain.endswith((", ", "» ", '" '), 0, cue.start):
            continue
        end = sentence_end(surface, cue.after)
        if surface.plain.find(":", cue.after, end) < 0 or any(
            d.start <= cue.start < d.end for d in direct
        ):
            continue
        at = speakers.past_asides(cue.after, end)
        if not speakers.known_source(at, end, acting=True):
            continue
        colon = _STATED.match(surface.plain, speakers.end_of(at, end), end)
        speaker = speakers.after(at, end) if colon else None
        if colon is None or speaker is None:
            continue
        said = surface.text[cue.start : cue.end]
        quote = reported(surface, colon.end(), end, speaker, said)
        if quote and speaks(doc, quote.start, quote.end):
            yield quote


_ACCUSES = re.compile(
    r"(?P<cue>accuse(?:nt)?|a accusé|ont accusé|reproche(?:nt)?|a reproché|soupçonne(?:nt)?) "
    r"[^.;:,\n«]{3,60}? (?P<of>d'|de )(?=(?:n'|ne (?:pas )?)?(?:avoir|être|vouloir)\b)"
)


def _accusations(surface: Surface, speakers: Speakers, direct: Sequence[Quote]) -> Iterator[Quote]:
    """« X accuse Y d'avoir … », « X reproche à Y de n'avoir versé que … »."""
    for match in _ACCUSES.finditer(surface.low):
        if any(d.start <= match.start() < d.end for d in direct):
            continue
        speaker = speakers.before(sentence_start(surface, match.start()), match.start())
        if speaker is None or not speakers.is_agent(speaker):
            continue
        end = sentence_end(surface, match.end())
        quote = reported(
            surface, match.end(), end, speaker, surface.text[slice(*match.span("cue"))]
        )
        if quote:
            yield quote


_RAISED = re.compile(
    r"\b(?:(?:réponse|explication|verdict|constat|conclusion|commentaire|réaction|justification|"
    r"consigne|argument|avis)(?= d)|"
    r"(?:relev|point|signal|soulev|avanc|soulign|dénonc|évoqu|rappel|formul|exprim|résum|pos|cit|"
    r"donn|livr)ée?s? par) (?=[^.:;\n«\"]{3,140}? ?: (?! ?[«\"“-]))"
)


def _raised(doc: Doc, surface: Surface, speakers: Speakers) -> Iterator[Quote]:
    """« Autre souci, relevé par X : 780 propriétaires n'ont rien demandé »."""
    for match in _RAISED.finditer(surface.low):
        end = sentence_end(surface, match.end())
        colon = surface.plain.find(":", match.end(), end)
        said = speakers.after if match[0].endswith(" par ") else speakers.governed
        speaker = said(match.end(), colon) if colon >= 0 else None
        if speaker is None or not speakers.is_agent(speaker):
            continue
        cue = surface.text[match.start() : match.end()].removesuffix(" ").removesuffix(" par")
        quote = reported(surface, colon + 1, end, speaker, cue)
        if quote and speaks(doc, quote.start, quote.end):
            yield quote


_MYSELF = re.compile(
    r"\b(?P<cue>(?:(?:j'|je (?:vous |te |lui |leur |l'))(?:ai|avais)|"
    r"nous (?:vous )?(?:avons|avions)) "
    r"(?:dit|promis|annoncé|indiqué|répondu|écrit|assuré|rappelé|expliqué|garanti)"
    r"|(?:venue?s?|viens|tiens à|veux|voudrais) (?:pour )?(?:vous|te) dire) (?:que |qu')"
)


def _first_person(surface: Surface, speakers: Speakers, direct: Sequence[Quote]) -> Iterator[Quote]:
    """« J'ai promis que », « je suis venu vous dire que »: the orator's own words."""
    orator = speakers.orator()
    for match in _MYSELF.finditer(surface.low):
        if any(d.start <= match.start() < d.end for d in direct):
            continue
        end = sentence_end(surface, match.end())
        quote = reported(surface, match.end(), end, orator, surface.text[slice(*match.span("cue"))])
        if quote:
            yield quote
