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
    r"en outre|au passage|d'ailleurs|en effet|en revanche|enfin|même|surtout|d'emblée|"
    r"volontiers|encore|cependant|néanmoins|pourtant|comme acquis|"
    r"quant à (?:lui|elle|eux|elles)|[a-zà-ÿ]+ment|"
    r"(?:à|au|aux|ce|cette|hier|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|dans|lors|"
    r"devant|auprès) "
    r"[^.;:\n«\"]{1,60}),?|, [^,.;:\n«\"]{3,60},)? (?:que |qu')"
)
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
_MINIMUM = 12


def indirect_quotes(
    doc: Doc, surface: Surface, cues: Sequence[Cue], speakers: Speakers, direct: Sequence[Quote]
) -> list[Quote]:
    """The indirect quotations of a text, outside of its direct ones."""
    found = [
        *_according_to(surface, speakers, direct),
        *_on_says(surface, speakers),
        *_it_appears(surface, speakers),
        *_that(surface, cues, speakers, direct),
        *_inverted(doc, surface, cues, speakers, direct),
        *_turns(surface, speakers, direct),
        *_as_said(surface, cues, speakers, direct),
        *_nobody_says(surface),
        *_after_colon(doc, surface, cues, speakers, direct),
        *_accusations(surface, speakers, direct),
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
        speaker = _subject(cue, start, speakers)
        if speaker is None and not _has_pronoun(surface, cue, start):
            continue
        said = surface.text[cue.start : cue.end]
        while True:
            end = _clause_end(surface, cues, content, speakers.cues.participles)
            quote = _quote(surface, content, end, speaker, said)
            if quote:
                yield quote
            bare = _BARE.match(surface.low, end)
            if not bare or bare["participle"] not in speakers.cues.participles:
                break
            content, said = bare.end(), surface.text[slice(*bare.span("participle"))]


def _turns(surface: Surface, speakers: Speakers, direct: Sequence[Quote]) -> Iterator[Quote]:
    """The clause after « se dit convaincu que », « n'exclut pas que », « et d'ajouter que »."""
    for match in speakers.cues.turns.finditer(surface.low):
        if any(d.start <= match.start() < d.end for d in direct):
            continue
        start = sentence_start(surface, match.start())
        before = [d.end for d in direct if start < d.end <= match.start()]
        speaker = speakers.before(max([start, *before]), match.start())
        if speaker is None or not speakers.is_agent(speaker):
            continue
        that = _THAT.match(surface.plain, match.end())
        if that is None:
            continue
        content = that.end()
        end = _clause_end(surface, (), content, speakers.cues.participles)
        quote = _quote(surface, content, end, speaker, surface.text[slice(*match.span("turn"))])
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
        quote = _quote(surface, *content, speaker, surface.text[cue.start : cue.end])
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
        quote = _quote(
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
        quote = _quote(surface, match.end(), end, None, surface.text[slice(*match.span("cue"))])
        if quote:
            yield quote


_COLON = re.compile(r"(?: [^.,;:\n«\"]{1,50})? ?: (?! ?[«\"“-])")


def _after_colon(
    doc: Doc, surface: Surface, cues: Sequence[Cue], speakers: Speakers, direct: Sequence[Quote]
) -> Iterator[Quote]:
    """« Le maire prévient : rien ne sera livré », « insiste-t-elle : … », no « : 12 dossiers »."""
    for cue in cues:
        colon = _COLON.match(surface.plain, cue.after)
        if not colon or any(d.start <= cue.start < d.end for d in direct):
            continue
        end = sentence_end(surface, colon.end())
        speaker = _subject(cue, sentence_start(surface, cue.start), speakers)
        if speaker is None or not speakers.is_agent(speaker):
            continue
        quote = _quote(surface, colon.end(), end, speaker, surface.text[cue.start : cue.end])
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
        quote = _quote(surface, match.end(), end, speaker, surface.text[slice(*match.span("cue"))])
        if quote:
            yield quote


def _clause_end(
    surface: Surface, cues: Sequence[Cue], content: int, participles: frozenset[str]
) -> int:
    """Where what is said ends: at a semicolon, or where the next thing said begins.

    « a reconnu que A et rappelé que B », « déclare voter la convention, mais regrette que … »
    """
    end = sentence_end(surface, content)
    semicolon = surface.plain.find(" ;", content, end)
    end = semicolon if semicolon >= 0 else end
    source = _COLON_SOURCE.search(surface.low, content, end)
    end = source.start() if source else end
    for cue in cues:
        if content < cue.start < end and _THAT.match(surface.plain, cue.after):
            link = _LINK.search(surface.low, content, cue.start)
            if link:
                return link.start()
    for bare in _BARE.finditer(surface.low, content, end):
        if bare["participle"] in participles:
            return bare.start()
    return end


_COLON_SOURCE = re.compile(r" : (?:selon|d'après) ")
_LINK = re.compile(r",? (?:et|mais|puis) (?:a |ont |elle |il )?$")
#: « … et rappelé que »: the auxiliary stands before the first participle alone.
_BARE = re.compile(r",? (?:et|mais|puis)(?: \w+ment)? (?P<participle>\w+) qu(?:e |')")


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
        if any(d.start <= cue.start < d.end for d in direct):
            continue
        if _THAT.match(surface.plain, cue.after):
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
            quote = _quote(
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
        quote = _quote(surface, start, stop, speaker, surface.text[cue.start : cue.end])
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
        return _quote(surface, colon + 3, limit, speaker, cue)
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
