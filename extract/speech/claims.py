"""Figures that somebody gives without being quoted: « X estime à 3 M€ le coût », « évalué par X ».

A claim runs from its verb to the end of its clause, and its subject is the speaker of the figures
inside; it is no quotation, for its words are the writer's own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from recoupe.extract.annotations import Claim
from recoupe.extract.speech.clauses import CONDITIONAL
from recoupe.extract.speech.counted import clause_stop, comma_or_end, found_out, related
from recoupe.extract.speech.cues import Cue
from recoupe.extract.speech.speakers import Speakers
from recoupe.extract.speech.told import (
    around_stops,
    asked,
    before_colon,
    labelled,
    listed,
    opened_by_people,
)
from recoupe.extract.speech.utterances import sentence_end, sentence_start
from recoupe.extract.surface import Surface
from recoupe.records import Quote

#: « est évalué par la direction à 85 000 euros »
_BY = re.compile(
    r"(?:estimée?s?|évaluée?s?|chiffrée?s?|comptée?s?|recensée?s?|dénombrée?s?|avancée?s?|"
    r"calculée?s?|annoncée?s?|promise?s?|revendiquée?s?) par (?=[^.;:\n]{3,80} à |[^.;:\n]{3,80}$)"
)
#: « le chiffre de 12 M€ avancé par la direction »
_GIVEN_BY = re.compile(
    r"(?:avanc|estim|évalu|chiffr|évoqu|revendiqu|brandi|cit|communiqu|recens|dénombr|"
    r"transmis)é?e?s? par (?=[^\W\d_])"
)
#: « chiffrée à 420 000 euros par le cabinet »
_VALUED_BY = re.compile(
    r"(?:estim|évalu|chiffr|calcul|fix|budgét)ée?s? (?:à|entre) [^.;:,\n]{2,50}? par (?=[^\W\d_])"
)
_SOURCE = re.compile(
    r"\((?:source ?: |(?:estimations?|chiffres?|données|calculs?|prévisions?|comptage|bilan) "
    r"(?=d[eu' ]|des ))(?=[^)]{2,60}\))"
)
#: « relève de », « un chiffre d'affaires »: other verbs, or none.
_OTHERWISE = frozenset({"relève", "relèvent", "chiffre", "chiffres"})
#: « l'État annonce 3 M€ »: it pays them.
_PAYER = re.compile(
    r"(?:l['’]|la |le )(?:État|gouvernement|Région|région|Département|département|Ville|ville|"
    r"Métropole|métropole|Agglomération|agglomération|commune|intercommunalité)\b"
)


def claims_of(
    surface: Surface,
    cues: Sequence[Cue],
    reports: Sequence[Cue],
    speakers: Speakers,
    quotes: Sequence[Quote],
) -> list[Claim]:
    """The claims of a text that no quotation covers, in order.

    ``cues`` are the verbs that give a figure, ``reports`` those that report what is said.
    """
    given = [
        *_active(surface, cues, speakers),
        *_passive(surface, speakers),
        *before_colon(surface, reports, speakers),
        *_beside(surface, speakers),
        *listed(surface, speakers),
        *opened_by_people(surface, speakers),
        *asked(surface, [*cues, *reports], speakers),
        *related(surface, speakers),
        *found_out(surface, speakers),
        *labelled(surface, speakers),
        *around_stops(surface, speakers),
    ]
    found = [claim for claim in given if speakers.is_agent(claim.speaker)]
    found += [share for claim in found if (share := _gapped(surface, claim, speakers))]
    others = [at.start for at in (*reports, *speakers.named_mentions)]
    found += _hearsay(surface, found, quotes, others)
    direct = [quote for quote in quotes if quote.direct]
    named = {mention.name for mention in speakers.named_mentions}
    return sorted(
        (
            claim
            for claim in found
            if claim.speaker in named or not any(q.start <= claim.start < q.end for q in direct)
        ),
        key=lambda claim: claim.start,
    )


def _gapped(surface: Surface, claim: Claim, speakers: Speakers) -> Claim | None:
    """« réclame 200 €, la Confédération paysanne 230 »: another body's figure, the verb unsaid."""
    for body in speakers.organisations:
        if not claim.start < body.start < claim.end:
            continue
        number = _NUMBER.search(surface.plain, body.start, min(body.end + 2, claim.end))
        gap = surface.low[max(0, body.start - 5) : body.start]
        if number and gap.endswith((", ", ", la ", ", le ", ", l'", ", les ")):
            return Claim(number.start(), claim.end, _NUMBER.split(body.name)[0])
    for match in _OTHER.finditer(surface.low, claim.start, claim.end):
        if speakers.known_source(match.start("who"), match.end("who"), acting=True):
            return Claim(match.end(), claim.end, match["who"])
    return None


#: « comptaient 4 000 manifestants, la police 1 200 »
_OTHER = re.compile(r", (?P<who>(?:les? |la |l')[a-zà-ÿ]+)(?:, (?:elle|lui|eux|elles),)? (?=\d)")
#: The figure that follows a name, or that was taken for a part of it.
_NUMBER = re.compile(r" (?=\d)")


def _hearsay(
    surface: Surface, claims: Sequence[Claim], quotes: Sequence[Quote], others: Sequence[int]
) -> Iterator[Claim]:
    """The sentence after what somebody said, in the conditional: the same one says it.

    Where a verb of speech or a name stands in it (``others``), it may be another's.
    """
    said = [quote for quote in quotes if quote.speaker and not quote.direct]
    told: list[Claim | Quote] = [*claims, *said]
    starts = {sentence_start(surface, item.start) for item in told}
    for item in told:
        start = sentence_start(surface, min(len(surface.plain), item.end + 2))
        end = sentence_end(surface, start)
        after = surface.plain[item.end : start]
        if start in starts or start < item.end or "\n" in after or len(after) > _NEXT:
            continue
        if end - start > _SHORT or any(start <= at < end for at in others):
            continue
        if CONDITIONAL.search(surface.low, start, end) and "«" not in surface.plain[start:end]:
            yield Claim(start, end, item.speaker or "")


#: « . » and a space, or what a clause that ends before its sentence leaves.
_NEXT = 3
_SHORT = 200


def _active(surface: Surface, cues: Sequence[Cue], speakers: Speakers) -> Iterator[Claim]:
    by_people = speakers.cues.data["claims"]["by_people"]
    for cue in cues:
        if surface.low.startswith((" d'affaires", " de ", " du ", " d'"), cue.after) and (
            cue.word in _OTHERWISE
        ):
            continue
        start = sentence_start(surface, cue.start)
        if surface.plain.endswith(", ", 0, cue.start) and speakers.known_source(
            cue.after, sentence_end(surface, cue.after), acting=True
        ):
            continue  # « L'État, rappelle la préfecture, a consenti »: an incise
        speaker = (
            speakers.pronoun(cue.pronoun, cue.start, None)
            if cue.pronoun
            else speakers.before(start, cue.start)
        )
        if speaker is None:
            continue
        pays = speaker in speakers.payers or _PAYER.match(speaker)
        if cue.word in by_people and pays:
            continue
        yield Claim(cue.start, clause_stop(surface, cue.after), speaker)


def _passive(surface: Surface, speakers: Speakers) -> Iterator[Claim]:
    for match in _BY.finditer(surface.low):
        end = sentence_end(surface, match.end())
        speaker = speakers.after(match.end(), end)
        if surface.plain.endswith(", ", 0, match.start()):  # « Le coût, estimé par X à N, »
            end = comma_or_end(surface, match.end())
        if speaker is not None:
            yield Claim(match.start(), end, speaker)


def _beside(surface: Surface, speakers: Speakers) -> Iterator[Claim]:
    """« 12 M€ avancés par X », « 12 % (source : X) »: the figure stands before its speaker."""
    for match in _GIVEN_BY.finditer(surface.low):
        speaker = speakers.after(match.end(), sentence_end(surface, match.end()))
        if speaker is not None:
            start = sentence_start(surface, match.start())
            comma = surface.plain.rfind(", ", start, match.start())
            yield Claim(max(start, comma), match.start(), speaker)
    for match in _VALUED_BY.finditer(surface.low):
        speaker = speakers.after(match.end(), sentence_end(surface, match.end()))
        if speaker is not None:
            yield Claim(match.start(), match.end(), speaker)
    for match in _SOURCE.finditer(surface.low):
        speaker = speakers.governed(match.end(), surface.plain.find(")", match.end()))
        if speaker is not None:
            yield Claim(sentence_start(surface, match.start()), match.start(), speaker)
