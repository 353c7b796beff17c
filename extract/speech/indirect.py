"""Find what is reported without quotation marks, and by whom."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from spacy.tokens import Doc

from recoupe.extract.speech.clauses import (
    ASKING,
    BARE,
    THAT,
    WHETHER,
    clause_end,
    reported,
    subject,
)
from recoupe.extract.speech.cues import Cue
from recoupe.extract.speech.incises import incised
from recoupe.extract.speech.sources import sourced
from recoupe.extract.speech.speakers import Speakers
from recoupe.extract.speech.turns import turned
from recoupe.extract.speech.utterances import sentence_start
from recoupe.extract.surface import Surface
from recoupe.records import Quote

_INFINITIVE = re.compile(
    r"(?: (?:toutefois|cependant|pourtant|également|aussi|désormais|volontiers))?"
    r"(?: (?:à|aux?) [^.;:\n«]{2,80}?,?(?= de | d'))? (?:de |d')?(?P<content>)"
    r"(?:ne (?:pas |plus |rien )?|n'(?:y |en )?)?"
    r"(?:s'|se |l'|le |la |les |lui |leur |en |y )?"
    r"(?!(?!étudier|vérifier|publier|bénéficier|modifier|négocier|confier|associer|planifier|identifier)"
    r"[^\W\d_]*(?:aire|oire|ière|ier|mbre)\b)[a-zà-öø-ÿœ]+(?:er|ir|oir|re)\b"
)


def indirect_quotes(
    doc: Doc, surface: Surface, cues: Sequence[Cue], speakers: Speakers, direct: Sequence[Quote]
) -> list[Quote]:
    """The indirect quotations of a text, outside of its direct ones."""
    found = [
        *sourced(surface, speakers, direct),
        *_that(surface, cues, speakers, direct),
        *incised(doc, surface, cues, speakers, direct),
        *turned(doc, surface, cues, speakers, direct),
    ]
    return [quote for quote in found if not _covered(quote, direct)]


def _covered(quote: Quote, direct: Sequence[Quote]) -> bool:
    """Inside a direct quotation, or made of one."""
    length = quote.end - quote.start
    return _wholly_marked(quote) or any(
        d.start <= quote.start < d.end
        or (d.start < quote.end <= d.end)
        or (quote.start <= d.start <= quote.start + 3 and d.end - d.start > length * 0.8)
        for d in direct
    )


def _wholly_marked(quote: Quote) -> bool:
    """Whether marks open the words and hold more than the first few."""
    closing = {"«": "»", "“": "”", '"': '"'}.get(quote.text[0])
    closed = quote.text.find(closing, 1) if closing else 0
    few = len(quote.text[1:closed].split()) <= _A_FEW
    return closing is not None and (closed < 0 or not few)


def _that(
    surface: Surface, cues: Sequence[Cue], speakers: Speakers, direct: Sequence[Quote]
) -> Iterator[Quote]:
    """The clause after « X a annoncé que » or « X assure »."""
    for cue in cues:
        if any(d.start <= cue.start < d.end for d in direct):
            continue
        content = _content(surface, cue, speakers)
        if content is None:
            continue
        start = sentence_start(surface, cue.start)
        before = [d.end for d in direct if start < d.end <= cue.start]
        start = max([start, *before])
        speaker = subject(cue, start, speakers)
        if speaker is None and before and cue.word.endswith("ant"):
            speaker = direct[[d.end for d in direct].index(max(before))].speaker
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


def _content(surface: Surface, cue: Cue, speakers: Speakers) -> int | None:
    """Where the clause that ``cue`` governs starts: after « que », « si », or at an infinitive."""
    that = THAT.match(surface.plain, cue.after)
    if not that and cue.word in ASKING:
        that = WHETHER.match(surface.plain, cue.after)
    if that:
        return None if _only(surface, cue) else that.end()
    infinitive = _INFINITIVE.match(surface.plain, cue.after)
    if infinitive and (
        cue.word in speakers.cues.infinitive
        or infinitive[0].endswith((" avoir", "'avoir", " être", "'être"))
    ):
        return infinitive.start("content")
    return None


_NOT = re.compile(r"(?:\bn'(?:en |y )?|\bne (?:l'|lui |leur |s'|se )?)$")


def _only(surface: Surface, cue: Cue) -> bool:
    """« n'en reconnaît que 60 »: « ne … que » restricts, it reports nothing."""
    return _NOT.search(
        surface.low, max(0, cue.start - 10), cue.start
    ) is not None and surface.low.startswith((" que ", " qu'"), cue.after)


def _has_pronoun(surface: Surface, cue: Cue, start: int) -> bool:
    """« Elle assure que … »: somebody speaks, though the text does not show who."""
    before = surface.low[start : cue.start].replace("'", " ").split()
    there = before[-1:] == ["on"] and before[0] in _PLACES  # « À Caen, on indique que »
    if there or (before[-2:-1] == ["on"] and before[-1] in _DATIVES):
        return True  # « On nous disait que »: somebody, whoever that was
    return cue.pronoun in {"il", "elle", "ils", "elles"} or any(
        word in {"il", "elle", "ils", "elles"} for word in before[-3:]
    )


_A_FEW = 3
_PLACES = frozenset({"à", "au", "aux", "en", "chez", "dans"})
_DATIVES = frozenset({"me", "m", "nous", "vous", "lui", "leur"})
