"""Find what a named source says: « selon X, … », « on indique à Bercy que … »."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from recoupe.extract.speech.clauses import CONDITIONAL, clause_start, reported
from recoupe.extract.speech.pronouns import PRONOUN
from recoupe.extract.speech.speakers import Speakers
from recoupe.extract.speech.utterances import sentence_end, sentence_start
from recoupe.extract.surface import Surface
from recoupe.records import Quote

_SOURCE = re.compile(
    r"(?:(?<=^)|(?<=[^\w]))(?P<cue>[Ss]elon|[Ss]i (?:l'on|on|vous) en cro(?:it|yez)|[Dd]'après|"
    r"[ÀàA] en croire|[Pp]our|[ÀàA] entendre|[ÀàA] lire|"
    r"(?:[Dd]e l'aveu(?: même)?|[Dd]e l'avis|[Aa]ux dires|[Aa]u dire|[Aa]ux yeux|"
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
_OURS = re.compile(r"(?:nos|notre) ")
_ON = re.compile(
    r"\b[Oo]n (?P<verb>indique|précise|explique|assure|affirme|confirme|souligne|rappelle|estime) "
    r"(?:à|au|dans|chez|du côté de) (?P<who>[^,.;:\n]{3,50}?),? (?:que |qu')"
)
_AFTERTHOUGHT = re.compile(
    r" (?:qui|dont|soit|contre|ce qui|alors que|tandis|où|à l'occasion|mais|et)\b"
)


def sourced(surface: Surface, speakers: Speakers, direct: Sequence[Quote]) -> Iterator[Quote]:
    """The clauses that a source opens, closes or breaks."""
    found = [*_on_says(surface, speakers), *_of_which(surface, speakers)]
    found += [*_learned(surface, speakers), *_hearing(surface, speakers)]
    yield from found
    yield from _according_to(surface, speakers, [*direct, *found], direct)


#: « …, pour qui la canicule … », « courrier de X, aux termes duquel … »
_OF_WHICH = re.compile(
    r",? (?P<cue>pour|selon|d'après|à en croire|aux termes) "
    r"(?:qui|lequel|laquelle|lesquels|lesquelles|duquel|de laquelle|desquels|desquelles) "
)
_STATED = frozenset({"selon", "d'après"})
#: « l'affirmation du syndicat selon laquelle »: these are said by whoever « de » names.
_STATEMENT = re.compile(
    r"(?:l'(?:affirmation|annonce|hypothèse|idée|estimation|information|accusation|argument|"
    r"analyse)|"
    r"la (?:promesse|thèse|rumeur|conclusion|prévision|déclaration)|le (?:calcul|reproche|"
    r"constat)) "
    r"(?=(?:du|des|de la|de l'|de|d') ?)"
)


def _of_which(surface: Surface, speakers: Speakers) -> Iterator[Quote]:
    """The clause after a relative pronoun that stands for whoever says it."""
    for match in _OF_WHICH.finditer(surface.low):
        start = sentence_start(surface, match.start())
        stated = match["cue"] in _STATED
        statement = _STATEMENT.search(surface.low, start, match.start()) if stated else None
        if statement:
            speaker = speakers.governed(statement.end(), match.start())
            end = _main_verb(surface, match.end())
        elif match["cue"] in {"pour", *_STATED} and " qui " not in match[0]:
            continue  # « l'enveloppe pour laquelle », « l'hypothèse selon laquelle »: nobody's
        else:
            speaker = speakers.related(start, match.start()) or speakers.ending(
                start, match.start()
            )
            comma = surface.plain.find(",", match.end(), sentence_end(surface, match.end()))
            goes_on = comma >= 0 and _VERB_FOLLOWS.match(surface.low, comma + 1)
            end = comma if goes_on else sentence_end(surface, match.end())
        if speaker is None or not speakers.is_agent(speaker):
            continue
        quote = reported(
            surface, match.end(), end, speaker, surface.text[slice(*match.span("cue"))]
        )
        if quote:
            yield quote


#: The sentence that « X, pour qui …, » interrupts goes on with its verb.
_VERB_FOLLOWS = re.compile(
    r" (?:(?:n'|ne |se |s'|l'|les? |la |en |y )*)?(?:a|ont|est|sont|sera|[a-zà-ÿ]+ent|va|vont)\b"
)
_MAIN_VERB = re.compile(r" (?:est|sont|était|étaient|n'est|ne sont|a été|ont été|reste|ne tient) ")


def _main_verb(surface: Surface, at: int) -> int:
    """Where « l'affirmation selon laquelle … | est fausse » takes up its own verb."""
    end = sentence_end(surface, at)
    verb = _MAIN_VERB.search(surface.low, at, end)
    return verb.start() if verb else end


_LEARNED = re.compile(
    r",? (?P<cue>a-t-on appris|apprend-on|avait-on appris|a-t-il été appris) "
    r"(?:[^.,;:\n«]{1,40} )??(?:(?:auprès|par) )?(?=(?:du|des|de la|de l'|de source|d') ?)"
)


def _learned(surface: Surface, speakers: Speakers) -> Iterator[Quote]:
    """« …, a-t-on appris auprès du parquet »: the clause before."""
    for match in _LEARNED.finditer(surface.low):
        start = sentence_start(surface, match.start())
        end = sentence_end(surface, match.end())
        speaker = speakers.governed(match.end(), end)
        cue = surface.text[slice(*match.span("cue"))]
        quote = reported(surface, start, match.start(), speaker, cue)
        if quote:
            yield quote


_HEARING = re.compile(
    r"(?P<cue>[ÀAà] l'en croire|[ÀAà] l'entendre|[ÀAà] l'écouter|[ÀAà] les (?:en croire|entendre|"
    r"écouter)), "
)


def _hearing(surface: Surface, speakers: Speakers) -> Iterator[Quote]:
    """« À l'entendre, … »: the person spoken of last, or whom the next sentence names."""
    for match in _HEARING.finditer(surface.plain):
        end = sentence_end(surface, match.end())
        following = end + 2
        many = " les " in match["cue"]
        speaker = None if many else speakers.last_person(match.start())
        if speaker is None and not many:
            speaker = speakers.opening(
                following, sentence_end(surface, min(following, len(surface.plain)))
            )
        quote = reported(
            surface, match.end(), end, speaker, surface.text[slice(*match.span("cue"))]
        )
        if quote:
            yield quote


def _according_to(
    surface: Surface, speakers: Speakers, before: Sequence[Quote], direct: Sequence[Quote]
) -> Iterator[Quote]:
    """The clause that « selon X » opens, closes or breaks."""
    latest: Quote | None = None
    for match in _SOURCE.finditer(surface.plain):
        if _OURS.match(surface.low, match.end()):
            continue  # « d'après nos calculs »: the text's own
        if _VARIES.search(surface.low, max(0, match.start() - _MARGIN), match.start()):
            continue
        quote = _said_by(surface, match, speakers, before, latest)
        if quote and not any(match.end() < d.start < quote.start for d in direct):
            latest = quote
            yield quote


#: « selon la même source », « toujours selon cette source »: whoever spoke last.
_SAME_SOURCE = re.compile(
    r"(?:(?:la|les|cette|ces|ce|le) )?(?:mêmes? (?:sources?|rapport|étude|document|communiqué|"
    r"texte|note)|"
    r"(?<=cette )source|(?<=ces )sources)"
)


def _said_by(
    surface: Surface,
    match: re.Match[str],
    speakers: Speakers,
    before: Sequence[Quote],
    latest: Quote | None,
) -> Quote | None:
    """What the source at ``match`` says, after ``latest``; ``before`` are other quotations."""
    cue = match["cue"].lower()
    limit = sentence_end(surface, match.end())
    limit = _before_semicolon(surface, match.end(), limit)
    lead = surface.low[sentence_start(surface, match.start()) : match.start()]
    lead = lead.rsplit(" : ", 1)[-1].rsplit(" ; ", 1)[-1].strip(" ,")
    opens = not lead or lead in _LEADS
    if cue in _OPENING_ONLY and not opens:
        return None
    same = _SAME_SOURCE.match(surface.low, match.end())
    if same:
        others = [*before, latest] if latest else before
        earlier = [q for q in others if q.end <= match.start() and q.speaker]
        speaker = max(earlier, key=lambda q: q.start).speaker if earlier else None
        return _beside(surface, match, limit, (speaker, same.end()), opens=opens)
    if (pronoun := PRONOUN.match(surface.low, match.end())) and cue != "pour":
        speaker = speakers.disjoint(pronoun[0], match.start())
        return _beside(surface, match, limit, (speaker, pronoun.end()), opens=opens)
    if cue == "pour" and not (opens and speakers.thinks(match.end(), limit)):
        return None
    if cue != "de source" and not speakers.known_source(match.end(), limit, cue):
        return None
    return _around(surface, match, limit, speakers, opens=opens)


_MAY = re.compile(rf"{CONDITIONAL.pattern}|\b(?:pour|dev|faud)rai(?:en)?t\b")


def _before_semicolon(surface: Surface, at: int, limit: int) -> int:
    """The first semicolon after which nothing is hearsay: « …, A ; la facture oscillerait »."""
    semicolon = surface.plain.find(" ;", at, limit)
    while semicolon >= 0:
        following = surface.plain.find(" ;", semicolon + 2, limit)
        clause = (semicolon, following if following >= 0 else limit)
        if not _MAY.search(surface.low, *clause):
            return semicolon
        semicolon = following
    return limit


def _around(
    surface: Surface, match: re.Match[str], limit: int, speakers: Speakers, *, opens: bool
) -> Quote | None:
    if match["cue"].lower() == "de source":
        end = next((e for _s, e in surface.next_words(match.end(), limit)), match.end())
        speaker: str | None = surface.text[match.start() + 3 : end]
    else:
        bare = match["cue"].lower() in _BARE  # « selon des élus »: « des » is no « de les »
        speaker = (speakers.after if bare else speakers.governed)(match.end(), limit)
        end = speakers.end_of(match.end(), limit)
    return _beside(surface, match, limit, (speaker, end), opens=opens)


_BARE = frozenset(
    {"selon", "d'après", "à en croire", "a en croire", "pour", "à entendre", "à lire"}
)
#: « du point de vue de » is a source where it opens its clause.
_OPENING_ONLY = frozenset({"du point de vue", "de la bouche"})
#: « Or, selon les élus, … » opens its sentence all the same.
_LEADS = frozenset(
    {"or", "mais", "et", "car", "aussi", "toujours", "enfin", "ainsi", "en revanche"}
)


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
        if comma >= 0 and _WHO_ASIDE.match(surface.low, comma):  # « pour X, qui tient Y, … »
            comma = surface.plain.find(",", comma + 1, limit)
        return reported(surface, comma + 1, limit, speaker, cue) if comma >= 0 else None
    if surface.low.startswith("source", sentence_start(surface, match.start())):
        return None  # « Source : Cour des comptes, d'après les données de … »
    start = max(sentence_start(surface, match.start()), _open_parenthesis(surface, match.start()))
    start = clause_start(surface, start, match.start())
    share = _SHARE.search(surface.low, start, match.start())
    if share:
        return reported(surface, share.end(), match.start(), speaker, cue)
    commas = surface.plain[end : end + 1] == "," and surface.plain[match.start() - 2] == ","
    inserted = commas and not _AFTERTHOUGHT.match(surface.low, end + 1)
    again = _AGAIN.search(surface.low, start, match.start())
    stop = again.start() if again else match.start()
    return reported(surface, start, limit if inserted else stop, speaker, cue)


#: « …, toujours selon ce sondage »
_AGAIN = re.compile(r",? (?:toujours|encore|du moins|en tout cas) $")


#: « …, dont 1,9 milliard pour la Bretagne selon X »: the share alone is X's.
_SHARE = re.compile(r", dont (?=\d)(?=(?:(?!, )[^;:])*$)")
_WHO_ASIDE = re.compile(r", (?:qui|dont|où|elle-même|lui-même|patronn?e?|président|direct)\b")


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
