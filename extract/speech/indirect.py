"""Find what is reported without quotation marks, and by whom."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from spacy.tokens import Doc

from recoupe.extract.speech.clauses import BARE, THAT, clause_end, reported, subject
from recoupe.extract.speech.cues import Cue
from recoupe.extract.speech.sources import sourced
from recoupe.extract.speech.speakers import Speakers
from recoupe.extract.speech.turns import turned
from recoupe.extract.speech.utterances import sentence_end, sentence_start, speaks
from recoupe.extract.surface import Surface
from recoupe.records import Quote

#: « a demandé si le plafond serait relevé », « demande quelles mesures seront prises »
_WHETHER = re.compile(
    r"(?: [^.;:\n«\"]{1,40})? "
    r"(?:si (?!possible|besoin|nécessaire)|s'(?=ils? )|ce que |(?=quel(?:le)?s? ))"
)
_ASKING = frozenset({"demande", "demandent", "demandait", "demandé", "interroge", "interrogé"})
_INFINITIVE = re.compile(
    r" (?:ne pas |n'(?:y |en )?)?(?:de |d')?(?P<content>)"
    r"(?:s'|se |l'|le |la |les |lui |leur |en |y )?"
    r"(?![^\W\d_]*(?:aire|oire|ière|ier|mbre)\b)[a-zà-öø-ÿœ]+(?:er|ir|oir|re)\b"
)


def indirect_quotes(
    doc: Doc, surface: Surface, cues: Sequence[Cue], speakers: Speakers, direct: Sequence[Quote]
) -> list[Quote]:
    """The indirect quotations of a text, outside of its direct ones."""
    found = [
        *sourced(surface, speakers, direct),
        *_that(surface, cues, speakers, direct),
        *_inverted(doc, surface, cues, speakers, direct),
        *turned(doc, surface, cues, speakers, direct),
    ]
    return [quote for quote in found if not _covered(quote, direct)]


def _covered(quote: Quote, direct: Sequence[Quote]) -> bool:
    """Inside a direct quotation, or made of one."""
    length = quote.end - quote.start
    return quote.text[0] in '«"“' or any(
        d.start <= quote.start < d.end
        or (d.start < quote.end <= d.end)
        or (quote.start <= d.start <= quote.start + 3 and d.end - d.start > length * 0.8)
        for d in direct
    )


def _that(
    surface: Surface, cues: Sequence[Cue], speakers: Speakers, direct: Sequence[Quote]
) -> Iterator[Quote]:
    """The clause after « X a annoncé que » or « X assure »."""
    for cue in cues:
        if any(d.start <= cue.start < d.end for d in direct):
            continue
        that = THAT.match(surface.plain, cue.after)
        if not that and cue.word in _ASKING:
            that = _WHETHER.match(surface.plain, cue.after)
        infinitive = _INFINITIVE.match(surface.plain, cue.after)
        if that:
            content = that.end()
        elif infinitive and (
            cue.word in speakers.cues.infinitive
            or infinitive[0].endswith((" avoir", "'avoir", " être", "'être"))
        ):
            content = infinitive.start("content")
        else:
            continue
        start = sentence_start(surface, cue.start)
        before = [d.end for d in direct if start < d.end <= cue.start]
        start = max([start, *before])
        speaker = subject(cue, start, speakers)
        if speaker is None and not _has_pronoun(surface, cue, start):
            continue
        said = surface.text[cue.start : cue.end]
        while True:
            end = clause_end(surface, cues, content, speakers.cues.participles)
            quote = reported(surface, content, end, speaker, said)
            if quote:
                yield quote
            bare = BARE.match(surface.low, end)
            if not bare or bare["participle"] not in speakers.cues.participles:
                break
            content, said = bare.end(), surface.text[slice(*bare.span("participle"))]


def _has_pronoun(surface: Surface, cue: Cue, start: int) -> bool:
    """« Elle assure que … »: somebody speaks, though the text does not show who."""
    before = surface.low[start : cue.start].replace("'", " ").split()
    return cue.pronoun in {"il", "elle", "ils", "elles"} or any(
        word in {"il", "elle", "ils", "elles"} for word in before[-3:]
    )


def _inverted(
    doc: Doc, surface: Surface, cues: Sequence[Cue], speakers: Speakers, direct: Sequence[Quote]
) -> Iterator[Quote]:
    """The clause before an inverted cue: « Le budget est bouclé, précise le communiqué »."""
    for cue in cues:
        if surface.plain[max(0, cue.start - 2) : cue.start] != ", ":
            continue
        if any(d.start <= cue.start < d.end for d in direct):
            continue
        if THAT.match(surface.plain, cue.after):
            continue
        end = sentence_end(surface, cue.after)
        speaker = _inverted_speaker(surface, cue, end, speakers)
        start = sentence_start(surface, cue.start)
        beside = [d for d in direct if 0 <= cue.start - d.end < 6]  # noqa: PLR2004
        semicolon = surface.plain.rfind(" ;", start, cue.start)
        start = semicolon + len(" ;") if beside and semicolon >= 0 else start
        if beside and not (start < beside[0].start - 2 and speaks(doc, start, beside[0].start - 2)):
            continue
        if beside and speaker is not None:  # « Elle ne réclame rien « à ce stade », précise X »
            quote = reported(
                surface, start, cue.start - 2, speaker, surface.text[cue.start : cue.end]
            )
            if quote:
                yield quote
            continue
        colon = surface.plain.rfind(" : ", start, cue.start)
        start = colon + len(" : ") if colon >= 0 else start
        if speaker is None or any(start < d.end <= cue.start for d in direct):
            continue
        inside = cue.pronoun and surface.plain[cue.after : cue.after + 2] == ", "
        stop = end if inside else cue.start - 2  # « Le coût, précise-t-il, a doublé »
        quote = reported(surface, start, stop, speaker, surface.text[cue.start : cue.end])
        if quote and (colon >= 0 or speaks(doc, quote.start, quote.end)):
            yield quote


def _inverted_speaker(surface: Surface, cue: Cue, end: int, speakers: Speakers) -> str | None:
    if cue.pronoun == "on":
        return speakers.place(cue.after, end)
    if cue.pronoun:
        return speakers.pronoun(cue.pronoun, cue.start, None)
    if surface.plain[cue.after : cue.after + 1] != " " or cue.word in speakers.cues.weak:
        return None
    return speakers.after(cue.after, end) if speakers.known_source(cue.after, end) else None
