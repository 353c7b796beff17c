"""Find what an incise reports: « Le budget est bouclé, précise le communiqué, … »."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc

from recoupe.extract.speech.clauses import THAT, clause_start, reported
from recoupe.extract.speech.cues import Cue
from recoupe.extract.speech.speakers import Speakers
from recoupe.extract.speech.utterances import sentence_end, sentence_start, speaks
from recoupe.extract.surface import Surface
from recoupe.records import Quote

#: « Il faut, estime X, 12 M€ »: the words before the incise are too few to stand alone.
_CONTENT_FOLLOWS = re.compile(
    r", (?!qui\b|dont\b|où\b|puisqu|parce|car\b|alors qu|tandis qu|quand\b|[«\"“])"
)
#: « promet-on à Paris »
_THERE = re.compile(r" (?:à|au|en|dans|chez) ")
#: « ce qui, ajoute-t-elle, « ne constitue pas … » »
_OPEN_END = (" qui", " que", " et", " mais")
#: These answer a question, be it without a verb.
_ANSWERS = ("répond", "réplique", "rétorque")
#: Between the mark that closes a quotation and the verb after it.
_BESIDE = 6


def incised(
    doc: Doc, surface: Surface, cues: Sequence[Cue], speakers: Speakers, direct: Sequence[Quote]
) -> Iterator[Quote]:
    """What stands before an inverted cue, or around it where the incise breaks it."""
    for cue in cues:
        comma = _incise_comma(surface, cue)
        if comma is None or THAT.match(surface.plain, cue.after):
            continue
        if any(d.start <= cue.start < d.end for d in direct):
            continue
        incise = _Incise(doc, surface, cue, comma, speakers)
        marked = [d for d in direct if 0 <= cue.start - d.end < _BESIDE]
        quote = incise.before_marks(marked[0]) if marked else incise.content(direct)
        if quote:
            yield quote


@dataclass(frozen=True, slots=True)
class _Incise:
    """One inverted cue after the comma at ``comma``."""

    doc: Doc
    surface: Surface
    cue: Cue
    comma: int
    speakers: Speakers

    @property
    def end(self) -> int:
        """Where its sentence ends."""
        return sentence_end(self.surface, self.cue.after)

    def before_marks(self, marked: Quote) -> Quote | None:
        """« Elle ne réclame rien « à ce stade », précise X »: the marks are part of it."""
        start = sentence_start(self.surface, self.cue.start)
        if self.surface.plain[start : marked.start].rstrip(' «"“').endswith(":"):
            return None  # « FO regrette que … : « … », dit X »
        semicolon = self.surface.plain.rfind(" ;", start, self.cue.start)
        start = semicolon + len(" ;") if semicolon >= 0 else start
        before = marked.start - 2
        if not (start < before and speaks(self.doc, start, before)):
            return None
        speaker = _inverted_speaker(self.surface, self.cue, self.end, self.speakers)
        return self._reported(start, self.comma, speaker) if speaker is not None else None

    def content(self, direct: Sequence[Quote]) -> Quote | None:
        """The clause around the incise, from the last colon or the sentence's start."""
        surface, cue, end = self.surface, self.cue, self.end
        sentence = sentence_start(surface, cue.start)
        start = clause_start(surface, sentence, cue.start)
        speaker = _inverted_speaker(surface, cue, end, self.speakers)
        unnamed = speaker is None and not (
            cue.pronoun == "on" and _THERE.match(surface.plain, cue.after)
        )
        if unnamed or any(start < d.end <= cue.start for d in direct):
            return None
        named = self._named()
        if self._subject_alone(start, named):
            return self._reported(start, end, speaker)
        broken = _breaks_off(self.doc, surface, start, cue, named, end) or (
            _CARRIES_ON.match(surface.low, named, end) is not None
        )
        stop = end if broken or _goes_on(surface, cue, named, end) else self.comma
        quote = self._reported(start, stop, speaker)
        goes_on = _CONTENT_FOLLOWS.match(surface.plain, named, end)
        if quote is None and goes_on and not any(start < d.start < end for d in direct):
            quote = self._reported(start, end, speaker)
        stands = (
            start > sentence
            or named >= end - 1
            or ": " in surface.plain[start : self.comma]
            or cue.word.startswith(_ANSWERS)
            or _RELATIVE.match(surface.low, named, end) is not None
        )
        if quote is None or self._introduces_marks(start, named):
            return None
        return quote if stands or speaks(self.doc, quote.start, quote.end) else None

    def _named(self) -> int:
        """Where the speaker's words end."""
        if self.cue.pronoun:
            return self.cue.after
        at = self.speakers.past_asides(self.cue.after, self.end)
        return self.speakers.end_of(at, self.end)

    def _subject_alone(self, start: int, named: int) -> bool:
        """« La nouvelle mouture, promet-elle, « ne demandera … » », « C'est, dit X, deux ans »."""
        before = self.surface.low[start : self.comma]
        if _IT_IS.fullmatch(before):
            return self.surface.plain.startswith(",", named)
        marks = _MARKED_VERB.match(self.surface.plain, named, self.end)
        if not marks or not before.startswith(_DETERMINERS):
            return False
        return not speaks(self.doc, start, self.comma) and speaks(
            self.doc, marks.start("verb"), marks.end()
        )

    def _introduces_marks(self, start: int, named: int) -> bool:
        """« À ce rythme, écrit-elle, « il ne sera atteint … » »: the marks alone are said."""
        follows = self.surface.plain[named : named + 3].lstrip(" ,")[:1] in {"«", '"', "“"}
        return follows and (
            self.surface.low.endswith(_OPEN_END, 0, self.comma)
            or not speaks(self.doc, start, self.comma)
        )

    def _reported(self, start: int, end: int, speaker: str | None) -> Quote | None:
        cue = self.surface.text[self.cue.start : self.cue.end]
        return reported(self.surface, start, end, speaker, cue)


#: « C'est, rétorque l'institut, deux ans de consommation »
_IT_IS = re.compile(r"(?:et |mais |or |car )?(?:c'est|ce sont|ce serait|c'était|soit)")
_DETERMINERS = ("le ", "la ", "les ", "l'", "un ", "une ", "des ", "ce ", "cette ", "ces ")
_MARKED_VERB = re.compile(r", [«\"“] ?(?P<verb>(?:n'|ne |se |s')?[a-zà-ÿ]+(?: [a-zà-ÿ]+)?)")
#: « C'est la première fois, relève X, que la courbe s'infléchit »
_CARRIES_ON = re.compile(r"(?: \([^)\n]{2,20}\))?, (?:(?:que |qu')|et (?:à|de|pour|en|dans|sur) )")
#: « Une hausse subie, plaide le groupement, dont … »
_RELATIVE = re.compile(r", (?:qui|dont|où) ")
#: « … coûtera, a reconnu le maire, 48 millions »: what the incise broke off.
_TAKEN_UP = re.compile(
    r", (?:et )?(?:(?:à|de|pour|entre|plus de|près de|environ|quelque|au moins|jusqu'à|les|des|"
    r"un total de) )?"
    r"(?:\d|(?:deux|trois|quatre|cinq|six|sept|huit|neuf|dix|vingt|trente|la moitié|"
    r"une? (?:dizaine|vingtaine|trentaine|centaine|tiers|quart))\b)"
)


def _goes_on(surface: Surface, cue: Cue, named: int, end: int) -> bool:
    """Whether what is said goes on after the incise: « Le coût, précise-t-il, a doublé »."""
    if cue.pronoun:
        after = surface.plain[cue.after : cue.after + 3]
        return after.startswith(", ") and after[-1] not in '«"“'
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
    verb = first is not None and "Fin" in first.morph.get("VerbForm", [])
    clause = _OPENS.match(surface.low, start) and _CLAUSE.match(surface.low, named)
    return verb or (clause is not None and speaks(doc, named + 2, end))


#: « Avec 17 millions, avance le collectif, on … »: what stands before its clause is said with it.
_OPENS = re.compile(
    r"(?:avec|pour|en|dans|sur|sous|d'ici|après|avant|depuis|dès|sans|à|au|aux|par|parmi|chez|selon|"
    r"faute de|grâce|quant|moyennant|hors|entre|d'abord|ensuite|enfin|aujourd'hui|demain|l'an) ?\b"
)
_CLAUSE = re.compile(r", (?:les? |la |l'|une? |des |on |ils? |elles? |nous |c'|ce |cela |chaque )")
_CLITICS = frozenset({"se", "s'", "s’", "ne", "n'", "n’", "lui", "leur", "y", "en", "l'", "l’"})
#: The verb that waits for its complement: « coûtera », « ont perdu », « atteint ».
_BROKEN_OFF = re.compile(
    r"(?:ra|ront|rait|raient|ait|aient|é|és|ée|ées|u|us|it|int|te|tent|e|ent|de|à)$"
)


def _incise_comma(surface: Surface, cue: Cue) -> int | None:
    """Where the comma stands that opens the incise of ``cue``: « La Région, m'a dit X, … »."""
    at = cue.start
    clitic = _TO_WHOM.search(surface.low, max(0, at - 6), at)
    at = clitic.start() if clitic else at
    return at - 2 if surface.plain[max(0, at - 2) : at] == ", " else None


_TO_WHOM = re.compile(r"(?<![\w'])(?:m'|nous |vous |me |lui |leur |l')$")


def _inverted_speaker(surface: Surface, cue: Cue, end: int, speakers: Speakers) -> str | None:
    if cue.pronoun == "on":
        return speakers.place(cue.after, end)
    if cue.pronoun:
        return speakers.pronoun(cue.pronoun, cue.start, None)
    if surface.plain[cue.after : cue.after + 1] != " ":
        return None
    at = speakers.past_asides(cue.after, end)
    speaker = speakers.after(at, end) if speakers.known_source(at, end, acting=True) else None
    if cue.word in speakers.cues.weak and not speakers.is_named(speaker):
        return speaker if speaker and speakers.is_agent(speaker) else None
    return speaker
