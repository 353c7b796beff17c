"""Find what a named source says: « selon X, … », « on indique à Bercy que … »."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from recoupe.extract.speech.clauses import reported
from recoupe.extract.speech.speakers import Speakers
from recoupe.extract.speech.utterances import sentence_end, sentence_start
from recoupe.extract.surface import Surface
from recoupe.records import Quote

_SOURCE = re.compile(
    r"(?:(?<=^)|(?<=[^\w]))(?P<cue>[Ss]elon|[Dd]'après|[ÀàA] en croire|[Pp]our|"
    r"[ÀàA] entendre|[ÀàA] lire|(?:[Dd]e l'aveu|[Dd]e l'avis|[Aa]ux dires|[Aa]u dire|[Aa]ux yeux|"
    r"[Dd]e la bouche|[Dd]u point de vue)(?= d)|"
    r"[Dd]e source(?= (?:[a-zà-ÿ]+"
    r"(?:ale|elle|ère|ine|aire|ique|ante|ive|nne)|sûre|proche))) "
)
#: « diffère selon les facultés », « répartis selon »: no source is named.
_VARIES = re.compile(
    r"\b(?:diff[eè]r|vari|chang|dépend|modul|adapt|fluctu|réparti|class|tri|calcul|fix|organis|"
    r"attribu|pondér|ajust)[a-zà-ÿ]*(?: [a-zà-ÿ]+)? $"
)
_MARGIN = 32
_ON = re.compile(
    r"\b[Oo]n (?P<verb>indique|précise|explique|assure|affirme|confirme|souligne|rappelle|estime) "
    r"(?:à|au|dans|chez|du côté de) (?P<who>[^,.;:\n]{3,50}?),? (?:que |qu')"
)
_AFTERTHOUGHT = re.compile(
    r" (?:qui|dont|soit|contre|ce qui|alors que|tandis|où|à l'occasion|mais|et)\b"
)


def sourced(surface: Surface, speakers: Speakers, direct: Sequence[Quote]) -> Iterator[Quote]:
    """The clauses that a source opens, closes or breaks."""
    yield from _according_to(surface, speakers, direct)
    yield from _on_says(surface, speakers)


def _according_to(surface: Surface, speakers: Speakers, direct: Sequence[Quote]) -> Iterator[Quote]:
    """The clause that « selon X » opens, closes or breaks."""
    for match in _SOURCE.finditer(surface.plain):
        cue = match["cue"].lower()
        if _VARIES.search(surface.low, max(0, match.start() - _MARGIN), match.start()):
            continue
        limit = sentence_end(surface, match.end())
        semicolon = surface.plain.find(" ;", match.end(), limit)
        limit = semicolon if semicolon >= 0 else limit
        lead = surface.low[sentence_start(surface, match.start()) : match.start()]
        lead = lead.rsplit(" : ", 1)[-1].strip(" ,")
        opens = not lead or lead in _LEADS
        if cue in _OPENING_ONLY and not opens:
            continue
        if (pronoun := _PRONOUN.match(surface.low, match.end())) and cue != "pour":
            speaker = _pronoun_speaker(pronoun[0], match.start(), speakers)
            quote = _beside(surface, match, limit, (speaker, pronoun.end()), opens=opens)
            if quote:
                yield quote
            continue
        if cue == "pour" and not (opens and speakers.named(match.end(), limit)):
            continue
        if cue != "de source" and not speakers.known_source(match.end(), limit, cue):
            continue
        quote = _around(surface, match, limit, speakers, opens=opens)
        if quote and not any(match.end() < d.start < quote.start for d in direct):
            yield quote


def _around(
    surface: Surface, match: re.Match[str], limit: int, speakers: Speakers, *, opens: bool
) -> Quote | None:
    if match["cue"].lower() == "de source":
        end = next((e for _s, e in surface.next_words(match.end(), limit)), match.end())
        speaker: str | None = surface.text[match.start() + 3 : end]
    else:
        speaker = speakers.governed(match.end(), limit)
        end = speakers.end_of(match.end(), limit)
    return _beside(surface, match, limit, (speaker, end), opens=opens)


#: « du point de vue de » is a source where it opens its clause.
_OPENING_ONLY = frozenset({"du point de vue", "de la bouche"})
#: « Or, selon les élus, … » opens its sentence all the same.
_LEADS = frozenset(
    {"or", "mais", "et", "car", "aussi", "toujours", "enfin", "ainsi", "en revanche"}
)
_PRONOUN = re.compile(r"(?:elles?|lui|eux)\b")


def _pronoun_speaker(pronoun: str, at: int, speakers: Speakers) -> str | None:
    one = {"elle": "elle", "lui": "il"}.get(pronoun)
    return speakers.pronoun(one, at, None) if one else None


def _beside(
    surface: Surface,
    match: re.Match[str],
    limit: int,
    source: tuple[str | None, int],
    *,
    opens: bool,
) -> Quote | None:
    """The clause after the source that opens a sentence, before it, or around it."""
    speaker, end = source
    cue = surface.text[match.start("cue") : match.end("cue")]
    colon = surface.plain.find(" : ", end, min(limit, end + 3))
    if colon >= 0:  # « Bilan, selon la préfecture : … »
        return reported(surface, colon + 3, limit, speaker, cue)
    if opens:
        comma = surface.plain.find(",", end, limit)
        return reported(surface, comma + 1, limit, speaker, cue) if comma >= 0 else None
    start = max(sentence_start(surface, match.start()), _open_parenthesis(surface, match.start()))
    commas = surface.plain[end : end + 1] == "," and surface.plain[match.start() - 2] == ","
    inserted = commas and not _AFTERTHOUGHT.match(surface.low, end + 1)
    return reported(surface, start, limit if inserted else match.start(), speaker, cue)


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
        quote = reported(
            surface, match.end(), sentence_end(surface, match.end()), speaker, match["verb"]
        )
        if quote:
            yield quote
