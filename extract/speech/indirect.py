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
from recoupe.extract.speech.sources import sourced
from recoupe.extract.speech.speakers import Speakers
from recoupe.extract.speech.turns import turned
from recoupe.extract.speech.utterances import sentence_end, sentence_start, speaks
from recoupe.extract.surface import Surface
from recoupe.records import Quote

_INFINITIVE = re.compile(
    r" (?:ne pas |n'(?:y |en )?)?(?:de |d')?(?P<content>)"
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
        content = _content(surface, cue, speakers)
        if content is None:
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
        named = (
            cue.after if cue.pronoun else speakers.end_of(speakers.past_asides(cue.after, end), end)
        )
        broken = _breaks_off(doc, surface, start, cue, named, end)
        stop = end if broken or _goes_on(surface, cue, named, end) else cue.start - 2
        quote = reported(surface, start, stop, speaker, surface.text[cue.start : cue.end])
        answer = named >= end - 1  # « Une trentaine, répond l'Ordre. »
        if quote and (colon >= 0 or answer or speaks(doc, quote.start, quote.end)):
            yield quote


#: « … coûtera, a reconnu le maire, 48 millions »: what the incise broke off.
_TAKEN_UP = re.compile(
    r", (?:(?:à|de|entre|plus de|près de|environ|quelque|au moins|jusqu'à|les|des|un total de) )?"
    r"(?:\d|(?:deux|trois|quatre|cinq|six|sept|huit|neuf|dix|vingt|trente|la moitié|"
    r"une? (?:dizaine|vingtaine|trentaine|centaine|tiers|quart))\b)"
)


def _goes_on(surface: Surface, cue: Cue, named: int, end: int) -> bool:
    """Whether what is said goes on after the incise: « Le coût, précise-t-il, a doublé »."""
    if cue.pronoun:
        return surface.plain[cue.after : cue.after + 2] == ", "
    before = surface.low[max(0, cue.start - 26) : cue.start].rstrip(" ,").rsplit(" ", 1)[-1]
    broken = _BROKEN_OFF.search(before) is not None
    return named < end and broken and _TAKEN_UP.match(surface.low, named, end) is not None


def _breaks_off(doc: Doc, surface: Surface, start: int, cue: Cue, named: int, end: int) -> bool:
    """« La hausse, explique X, servira à … »: the verb of what is said stands after the incise."""
    if cue.pronoun or not surface.plain.startswith(", ", named) or named + 2 >= end:
        return False
    before = doc.char_span(start, cue.start - 2, alignment_mode="expand")
    after = doc.char_span(named + 2, end, alignment_mode="expand")
    if before is None or after is None or speaks(doc, start, cue.start - 2):
        return False
    first = next((token for token in after if token.lower_ not in _CLITICS), None)
    return first is not None and "Fin" in first.morph.get("VerbForm", [])


_CLITICS = frozenset({"se", "s'", "s’", "ne", "n'", "n’", "lui", "leur", "y", "en", "l'", "l’"})
#: The verb that waits for its complement: « coûtera », « ont perdu », « atteint ».
_BROKEN_OFF = re.compile(
    r"(?:ra|ront|rait|raient|ait|aient|é|és|ée|ées|u|us|it|int|te|tent|e|ent|de|à)$"
)


def _inverted_speaker(surface: Surface, cue: Cue, end: int, speakers: Speakers) -> str | None:
    if cue.pronoun == "on":
        return speakers.place(cue.after, end)
    if cue.pronoun:
        return speakers.pronoun(cue.pronoun, cue.start, None)
    if surface.plain[cue.after : cue.after + 1] != " ":
        return None
    at = speakers.past_asides(cue.after, end)
    speaker = speakers.after(at, end) if speakers.known_source(at, end, acting=True) else None
    common = cue.word in speakers.cues.weak and not speakers.is_named(speaker)
    return None if common else speaker
