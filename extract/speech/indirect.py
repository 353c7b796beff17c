"""Find what is reported without quotation marks, and by whom."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from spacy.tokens import Doc

from recoupe.extract.speech.cues import Cue
from recoupe.extract.speech.speakers import Speakers
from recoupe.extract.speech.utterances import sentence_end, sentence_start, speaks, trimmed
from recoupe.extract.surface import Surface
from recoupe.records import Quote

_THAT = re.compile(
    r"(?:,? (?:également|aussi|ainsi|toutefois|notamment|de son côté|pour sa part|par ailleurs|"
    r"(?:à|au|aux|ce|cette|hier|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|dans|lors|"
    r"devant|auprès) "
    r"[^.;:\n«\"]{1,60}),?)? (?:que |qu')"
)
_INFINITIVE = re.compile(
    r" (?:ne pas |n')?(?:de )?(?:s'|se )?"
    r"(?![^\W\d_]*(?:aire|oire|ière|ier|mbre)\b)[a-zà-öø-ÿœ]+(?:er|ir|oir|re)\b"
)
_SOURCE = re.compile(
    r"(?:(?<=^)|(?<=[^\w]))(?P<cue>[Ss]elon|[Dd]'après|[ÀàA] en croire|[Pp]our|"
    r"[Dd]e source(?= (?:syndicale|policière|gouvernementale|proche|officielle|judiciaire|"
    r"diplomatique|patronale|ministérielle|sûre|concordante|parlementaire|locale|"
    r"médicale|militaire|interne))) "
)
_ON = re.compile(
    r"\b[Oo]n (?P<verb>indique|précise|explique|assure|affirme|confirme|souligne|rappelle|estime) "
    r"(?:à|au|dans|chez|du côté de) (?P<who>[^,.;:\n]{3,50}?),? (?:que |qu')"
)
_AFTERTHOUGHT = re.compile(
    r" (?:qui|dont|soit|contre|ce qui|alors que|tandis|où|à l'occasion|mais|et)\b"
)
_MINIMUM = 12


def indirect_quotes(
    doc: Doc, surface: Surface, cues: Sequence[Cue], speakers: Speakers, direct: Sequence[Quote]
) -> list[Quote]:
    """The indirect quotations of a text, outside of its direct ones."""
    found = [
        *_according_to(surface, speakers, direct),
        *_on_says(surface, speakers),
        *_that(surface, cues, speakers, direct),
        *_inverted(doc, surface, cues, speakers, direct),
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


def _quote(surface: Surface, start: int, end: int, speaker: str | None, cue: str) -> Quote | None:
    start, end = trimmed(surface, start, end)
    if end - start < _MINIMUM:
        return None
    text = surface.text[start:end]
    return Quote(start=start, end=end, text=text, direct=False, speaker=speaker, cue=cue)


def _that(
    surface: Surface, cues: Sequence[Cue], speakers: Speakers, direct: Sequence[Quote]
) -> Iterator[Quote]:
    """The clause after « X a annoncé que » or « X assure »."""
    for cue in cues:
        if any(d.start <= cue.start < d.end for d in direct):
            continue
        that = _THAT.match(surface.plain, cue.after)
        infinitive = _INFINITIVE.match(surface.plain, cue.after)
        if that:
            content = that.end()
        elif infinitive and cue.word in speakers.cues.infinitive:
            content = infinitive.start() + 1
        else:
            continue
        start = sentence_start(surface, cue.start)
        before = [d.end for d in direct if start < d.end <= cue.start]
        start = max([start, *before])
        speaker = _subject(cue, start, speakers)
        if speaker is None and not _has_pronoun(surface, cue, start):
            continue
        quote = _quote(
            surface,
            content,
            sentence_end(surface, content),
            speaker,
            surface.text[cue.start : cue.end],
        )
        if quote:
            yield quote


def _has_pronoun(surface: Surface, cue: Cue, start: int) -> bool:
    """« Elle assure que … »: somebody speaks, though the text does not show who."""
    before = surface.low[start : cue.start].replace("'", " ").split()
    return cue.pronoun in {"il", "elle", "ils", "elles"} or any(
        word in {"il", "elle", "ils", "elles"} for word in before[-3:]
    )


def _subject(cue: Cue, start: int, speakers: Speakers) -> str | None:
    if cue.pronoun:
        return speakers.pronoun(cue.pronoun, cue.start, None)
    return speakers.before(start, cue.start)


def _inverted(
    doc: Doc, surface: Surface, cues: Sequence[Cue], speakers: Speakers, direct: Sequence[Quote]
) -> Iterator[Quote]:
    """The clause before an inverted cue: « Le budget est bouclé, précise le communiqué »."""
    for cue in cues:
        if surface.plain[max(0, cue.start - 2) : cue.start] != ", ":
            continue
        if any(d.start <= cue.start < d.end or 0 <= cue.start - d.end < 6 for d in direct):  # noqa: PLR2004
            continue
        if _THAT.match(surface.plain, cue.after):
            continue
        end = sentence_end(surface, cue.after)
        speaker = _inverted_speaker(surface, cue, end, speakers)
        start = sentence_start(surface, cue.start)
        if speaker is None or any(start < d.end <= cue.start for d in direct):
            continue
        quote = _quote(surface, start, cue.start - 2, speaker, surface.text[cue.start : cue.end])
        if quote and speaks(doc, quote.start, quote.end):
            yield quote


def _inverted_speaker(surface: Surface, cue: Cue, end: int, speakers: Speakers) -> str | None:
    if cue.pronoun == "on":
        return speakers.place(cue.after, end)
    if cue.pronoun:
        return speakers.pronoun(cue.pronoun, cue.start, None)
    if surface.plain[cue.after : cue.after + 1] != " " or cue.word in speakers.cues.weak:
        return None
    return speakers.after(cue.after, end) if speakers.known_source(cue.after, end) else None


def _according_to(surface: Surface, speakers: Speakers, direct: Sequence[Quote]) -> Iterator[Quote]:
    """The clause that « selon X » opens, closes or breaks."""
    for match in _SOURCE.finditer(surface.plain):
        cue = match["cue"].lower()
        limit = sentence_end(surface, match.end())
        opens = not surface.plain[sentence_start(surface, match.start()) : match.start()].strip()
        if cue == "pour" and not (opens and speakers.named(match.end(), limit)):
            continue
        if cue != "de source" and not speakers.known_source(match.end(), limit):
            continue
        quote = _around(surface, match, limit, speakers, opens=opens)
        if quote and not any(match.end() < d.start < quote.start for d in direct):
            yield quote


def _around(
    surface: Surface, match: re.Match[str], limit: int, speakers: Speakers, *, opens: bool
) -> Quote | None:
    cue = surface.text[match.start("cue") : match.end("cue")]
    if match["cue"].lower() == "de source":
        end = next((e for _s, e in surface.next_words(match.end(), limit)), match.end())
        speaker: str | None = surface.text[match.start() + 3 : end]
    else:
        speaker = speakers.after(match.end(), limit)
        end = speakers.end_of(match.end(), limit)
    if opens:
        comma = surface.plain.find(",", end, limit)
        return _quote(surface, comma + 1, limit, speaker, cue) if comma >= 0 else None
    start = max(sentence_start(surface, match.start()), _open_parenthesis(surface, match.start()))
    commas = surface.plain[end : end + 1] == "," and surface.plain[match.start() - 2] == ","
    inserted = commas and not _AFTERTHOUGHT.match(surface.low, end + 1)
    return _quote(surface, start, limit if inserted else match.start(), speaker, cue)


def _open_parenthesis(surface: Surface, at: int) -> int:
    """The start of the parenthesis that holds ``at``, 0 outside of any."""
    opened = surface.plain.rfind("(", max(0, at - 200), at)
    return opened + 1 if opened > surface.plain.rfind(")", max(0, at - 200), at) else 0


def _on_says(surface: Surface, speakers: Speakers) -> Iterator[Quote]:
    """The clause after « on indique à Bercy que »."""
    for match in _ON.finditer(surface.plain):
        who = surface.text[slice(*match.span("who"))]
        known = next((m for m in speakers.cues.metonyms if who.startswith(m)), None)
        speaker = known or speakers.after(match.start("who"), match.end("who")) or who
        quote = _quote(
            surface, match.end(), sentence_end(surface, match.end()), speaker, match["verb"]
        )
        if quote:
            yield quote
