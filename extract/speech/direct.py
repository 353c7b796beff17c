"""Tell quotations from scare quotes and titles, and find who is quoted."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Doc

from recoupe.extract.speech.cues import Cue, last_before
from recoupe.extract.speech.marks import Marked, marked, opens_letter
from recoupe.extract.speech.pronouns import PRONOUN
from recoupe.extract.speech.speakers import Speakers
from recoupe.extract.speech.utterances import sentence_end, sentence_start, speaks
from recoupe.extract.surface import Surface
from recoupe.records import Quote

_AFTER = re.compile(r" ?[,.…]? ?[,–—-]? ?(?:y |nous |me |m'|lui |leur )?")
_SOURCE = re.compile(r" ?,? ?(?P<cue>selon|d'après|pour) ", re.IGNORECASE)
_BEFORE_SOURCE = re.compile(
    r"\b(?P<cue>selon|d'après|pour|à en croire) "
    r"(?P<who>(?:[^.;:\n«\"“]|\bM\.){2,160}?)(?:, | : ?| )$",
    re.IGNORECASE,
)
_SIGNED = re.compile(r" ?[.!?…]?(?:\s*\n[\s–—-]*| \()")
#: « rigole », « s'est amusée », « a fulminé », « plaide t-il », « sourit-elle »
_ANY_VERB = re.compile(
    r"(?P<verb>(?:s'est |s'était |se |s')?(?!(?:de|comme|que|dont|et|une?|pour|par|selon|cette|"
    r"ce|contre|entre|chez|avant) )[a-zà-ÿ]+(?:e|t|d|ent|a|é|ée|és)|"
    r"(?:a|ont) [a-zà-ÿ]+(?:é|i|u|t|s))(?P<pronoun>[- ](?:t-)?(?:il|elle|on)s?\b)?(?![\w'-])"
)
_QUALIFIES = re.compile(
    r"(?P<cue>(?:a|ont|avait|avaient) (?:qualifi|tax|trait|dénonc)ée?s?|qualifie(?:nt)?|"
    r"(?:juge|trouve|appelle|nomme|évoque|salue|dénonce|fustige|vante|invoque|regrette|redoute)"
    r"(?:nt)?|jugeai(?:en)?t|(?:a|ont) (?:évoqué|salué|dénoncé|fustigé|vanté|invoqué|regretté)|"
    r"(?:a|ont) (?:jugé|appelé)|"
    r"y (?:voit|voient|a vu|ont vu)|parle(?:nt)?|a parlé|ont parlé)(?: [^.;:\n«\"]{1,60})?"
    r"(?: (?:de|d'|comme|qu'|que))? ?$"
)
_SAME = re.compile(r" (?:la|cette) même (?:source|voix|personne)\b")
#: « Réponse du ministère : « … » »
_REPLY = re.compile(
    r"(?:La |Le |L')?(?:[Rr]éponse|[Cc]ommentaire|[Rr]éaction|[Cc]onstat|[Ee]xplication|"
    r"[Cc]onclusion|[Mm]essage|[Aa]vis|"
    r"[Vv]erdict|[Jj]ustification|[Pp]récision|[Cc]onsigne|[Tt]émoignage|[Aa]veu|[Mm]ot)s? (?=d)"
)
_SAME_SOURCE = re.compile(r" (?:de|dans) (?:la )?même (?:source|entourage)\b")
#: « De l'association X, qui nous prie d'insérer ce texte », « Lettre de X »
_WHOSE = re.compile(
    r"(?:(?:Lettre|Courrier|Texte)(?: [a-zà-ÿ]+)? |[Nn]ous recevons )?(?=[Dd](?:e |u |'))"
)
#: « La formule est de Paul Ferrand »
_FORMULA = re.compile(
    r"[\s.]*(?:La (?:formule|phrase|remarque|comparaison)|Le (?:mot|constat|propos)|"
    r"L'(?:expression|image|aveu)) (?:est|était|vient) (?:signée? )?(?=d)"
)
_REACH = 260
#: Longer words than these are said twice by nobody else.
_HEADING = 15
_SENTENCE_WORDS = 6
_SHORT_WORDS = 4
#: Characters of a role beside a name.
_INCISE = 90
_GOVERNED_WORDS = 3
_BESIDE_WORDS = 2


@dataclass(frozen=True, slots=True)
class Said:
    """Who says a quotation and by which cue; ``sure`` where the cue stands right beside it."""

    speaker: str | None
    cue: str | None
    sure: bool
    #: Whether the verb governs the very words, be they one: « parle d'une « pause » ».
    named: bool = False


class _Reader:
    """Reads the quotations of one text from left to right, remembering who spoke last."""

    def __init__(self, doc: Doc, surface: Surface, cues: Sequence[Cue], speakers: Speakers) -> None:
        self.doc = doc
        self.surface = surface
        self.cues = cues
        self.speakers = speakers
        self.last: Quote | None = None

    def read(self, item: Marked, following: Marked | None) -> list[Quote]:
        words = len(self.surface.plain[item.start : item.end].split())
        said = (
            self._cue_after(item, following)
            or self._source_after(item)
            or self._cue_before(item)
            or self._qualified(item)
            or self._signed(item)
            or self._letter(item)
        )
        if said is None:
            said = self._alone(item, words)
        elif self._is_wording(item, words, said):
            return []
        return self._quotes(item, said) if said else []

    def _is_wording(self, item: Marked, words: int, said: Said) -> bool:
        """Whether a cue stands near what is a title or a few words held at a distance."""
        least = _BESIDE_WORDS if said.sure else _GOVERNED_WORDS
        if said.sure and said.speaker and self.surface.plain[item.start].isupper():
            least = 1  # « Non », répond le maire
        if said.sure and self.speakers.is_named(said.speaker):
            least = 1  # la saison « correcte », résume Vannina Orsatelli
        if said.named:
            least = 1
        if self._is_title(item, words):
            return not (said.sure and self._speaks(item))
        return words < least and not self._speaks(item)

    def _quotes(self, item: Marked, said: Said) -> list[Quote]:
        incise = self._incise(item)
        quotes = [self._quote(item.start, item.end, said)]
        if incise:
            start, end, within = incise
            spoken = within if within.speaker or not said.speaker else said
            quotes = [self._quote(item.start, start, spoken), self._quote(end, item.end, spoken)]
        self.last = quotes[-1]
        return quotes

    def _quote(self, start: int, end: int, said: Said) -> Quote:
        text = self.surface.text[start:end]
        return Quote(
            start=start, end=end, text=text, direct=True, speaker=said.speaker, cue=said.cue
        )

    def _cue_after(self, item: Marked, following: Marked | None) -> Said | None:
        """« … », souligne X — inverted after the closing mark."""
        gap = _AFTER.match(self.surface.plain, item.close)
        at = gap.end() if gap else item.close
        cue = next((c for c in self.cues if c.start == at), None) or self._any_verb(at, item)
        if cue is None:
            return None
        between = self.surface.plain[item.close : at].strip()
        if between == "." and not cue.pronoun:
            return None
        end = sentence_end(self.surface, cue.after)
        limit = min(end, following.open if following else end)
        speaker = self._inverted(cue, limit, item.open)
        if speaker is None and not (cue.pronoun or between or self._closes(item)):
            return None
        return Said(speaker, self._cue_text(cue), sure=True)

    def _any_verb(self, at: int, item: Marked) -> Cue | None:
        """« … », cingle X: beside the marks any verb that a speaker follows reports speech."""
        if not (self._closes(item) or "," in self.surface.plain[item.close : at]):
            return None
        verb = _ANY_VERB.match(self.surface.low, at)
        if not verb or not self.surface.plain[at].islower():
            return None
        if verb["pronoun"]:
            return Cue(at, verb.end("verb"), verb.end(), verb["pronoun"], verb["verb"])
        limit = sentence_end(self.surface, verb.end())
        after = self.speakers.past_asides(verb.end(), limit)
        named = self.speakers.known_source(after, limit) or (
            " " in verb["verb"] and self.speakers.told(after, limit)
        )
        return Cue(at, verb.end(), verb.end(), None, verb["verb"]) if named else None

    def _closes(self, item: Marked) -> bool:
        return self.surface.plain[item.end - 1] in ",.!?…"

    def _inverted(self, cue: Cue, limit: int, before: int) -> str | None:
        if cue.pronoun == "on":
            return self.speakers.place(cue.after, limit) or self._same_place(cue)
        if cue.pronoun:
            return self.speakers.pronoun(cue.pronoun, before, self._last_speaker(before))
        if _SAME.match(self.surface.low, cue.after):
            return self._last_speaker(before)
        return self.speakers.after(cue.after, limit)

    def _same_place(self, cue: Cue) -> str | None:
        """« y assure-t-on », « dit-on de même source »: where the text stood just before."""
        there = self.surface.low.endswith(" y ", 0, cue.start)
        same = _SAME_SOURCE.match(self.surface.low, cue.after)
        since = self.last.end if self.last else 0
        if same and not any(since < o.start < cue.start for o in self.speakers.organisations):
            return self._last_speaker(cue.start)
        return self.speakers.last_body(cue.start, reach=_REACH) if there or same else None

    def _last_speaker(self, before: int) -> str | None:
        if self.last is None or before - self.last.end > _REACH * 3:
            return None
        named = [p for p in self.speakers.people if self.last.end < p.start < before]
        return None if named else self.last.speaker

    def _cue_text(self, cue: Cue) -> str:
        return self.surface.text[cue.start : cue.end]

    def _source_after(self, item: Marked) -> Said | None:
        match = _SOURCE.match(self.surface.plain, item.close)
        limit = sentence_end(self.surface, item.close)
        if not match or match["cue"].lower() == "pour":
            return None
        pronoun = PRONOUN.match(self.surface.low, match.end(), limit)
        if not pronoun and not self.speakers.known_source(match.end(), limit):
            return None
        speaker = (
            self.speakers.disjoint(pronoun[0], item.open)
            if pronoun
            else self.speakers.after(match.end(), limit)
        )
        return Said(speaker, self.surface.text[match.start("cue") : match.end("cue")], sure=True)

    def _qualified(self, item: Marked) -> Said | None:
        """« que des élus ont qualifiée de « … » », « y voit « … » », « parle de « … » »."""
        start = max(sentence_start(self.surface, item.open), item.open - _REACH)
        match = _QUALIFIES.search(self.surface.low, start, item.open)
        if not match:
            return None
        speaker = self.speakers.before(start, match.start("cue"))
        if speaker is None or not self.speakers.is_agent(speaker):
            return None
        cue = self.surface.text[slice(*match.span("cue"))]
        return Said(speaker, cue, sure=True, named=self.surface.plain[item.start].islower())

    def _cue_before(self, item: Marked) -> Said | None:
        """X déclare : « … », X estime que « … », selon X, « … », « X : « … » »."""
        start = max(sentence_start(self.surface, item.open), item.open - _REACH)
        if self.last and start < self.last.end < item.open:
            start = self.last.end
        cue = last_before(self.cues, start, item.open)
        colon = self.surface.plain[start : item.open].rstrip().endswith(":")
        source = _BEFORE_SOURCE.search(self.surface.plain, start, item.open)
        if source and source["cue"].lower() == "pour" and source.start() > start + 1:
            source = None
        if source and self.speakers.known_source(source.start("who"), item.open):
            speaker = self.speakers.after(source.start("who"), item.open)
            return Said(speaker, self.surface.text[slice(*source.span("cue"))], sure=False)
        if cue and (colon or cue.word not in self.speakers.cues.weak or self._speaks(item)):
            return self._governed(cue, start, item, colon=colon)
        return self._labelled(item, start) if colon else None

    def _governed(self, cue: Cue, start: int, item: Marked, *, colon: bool) -> Said | None:
        clause = self.surface.plain[cue.after : item.open]
        if ";" in clause or (len(clause) > _REACH // 2 and not colon):
            return None
        if cue.pronoun:
            speaker = self._inverted(cue, item.open, cue.start)
        else:
            incised = self.surface.plain.endswith(", ", 0, cue.start)
            incised = incised and self.speakers.known_source(cue.after, item.open, acting=True)
            speaker = (
                (self.speakers.after(cue.after, item.open) if incised else None)
                or self.speakers.before(start, cue.start)
                or self._continued(start, cue.start)
            )
        if speaker is None and self.surface.plain[max(0, cue.start - 2) : cue.start] == ", ":
            speaker = self.speakers.after(cue.after, item.open)
        beside = colon or clause.strip() in {"", "que", "qu'", ","}
        return Said(speaker, self._cue_text(cue), sure=beside)

    def _continued(self, start: int, end: int) -> str | None:
        """« Et d'ajouter : », « avant de conclure »: the last speaker goes on."""
        return self._last_speaker(start) if end - start <= len("avant de toutefois ") else None

    def _labelled(self, item: Marked, start: int) -> Said | None:
        """A speaker's line (« Marie Delaunay : « … » ») or a person's clause that a colon ends."""
        line = max(self.surface.plain.rfind("\n", 0, item.open) + 1, start)
        people = [p for p in self.speakers.people if line <= p.start < item.open]
        if not people:
            return self._office_labelled(item, line)
        if not (self._speaks(item) or people[0].start - line <= len("Mme ")):
            return None
        subject = [p for p in people if self.speakers.is_subject(line, p)]
        return Said(subject[0].name, None, sure=True) if subject else None

    def _office_labelled(self, item: Marked, line: int) -> Said | None:
        """« La direction : « … » »: an office or a paper alone before the colon."""
        at = sentence_start(self.surface, item.open - 2)
        colon = self.surface.plain.rfind(":", max(line, at), item.open)
        label = self.surface.plain[max(line, at) : colon].rstrip()
        end = max(line, at) + len(label)
        reply = _REPLY.match(self.surface.plain, max(line, at), end)
        if reply:
            return Said(self.speakers.governed(reply.end(), end), None, sure=True)
        if not self.speakers.known_source(max(line, at), end):
            return None
        speaker = self.speakers.after(max(line, at), self._first_verb(max(line, at), end))
        if self.speakers.end_of(max(line, at), end) != end and not (
            speaker and self.speakers.is_agent(speaker) and self._closes(item)
        ):
            return None
        return Said(speaker, None, sure=True)

    def _first_verb(self, start: int, end: int) -> int:
        """Where the first finite verb of ``start:end`` stands, its end without one."""
        span = self.doc.char_span(start, end, alignment_mode="expand") or ()
        verbs = (t.idx for t in span if "Fin" in t.morph.get("VerbForm", []))
        return next((at for at in verbs if at > start), end)

    def _signed(self, item: Marked) -> Said | None:
        """The line under a quotation that bears its author's name."""
        gap = _SIGNED.match(self.surface.plain, item.close)
        if not gap or "\n" in self.surface.plain[gap.end() : gap.end() + 1]:
            return None
        person = self.speakers.at_line_start(gap.end())
        if person:
            return Said(person.name, None, sure=True)
        return self._in_brackets(item) if gap[0].endswith("(") else None

    def _letter(self, item: Marked) -> Said | None:
        """A letter between marks: the line above says whose it is, or the one under it."""
        if not opens_letter(self.surface.plain[item.start : item.end]):
            return None
        end = len(self.surface.plain[: item.open].rstrip())
        start = self.surface.plain.rfind("\n", 0, end) + 1
        whose = _WHOSE.match(self.surface.plain, start, end)
        speaker = self.speakers.governed(whose.end(), end) if whose else None
        if speaker is None:
            line = sentence_end(self.surface, item.close + 2)
            people = [p for p in self.speakers.people if item.close < p.start < line]
            speaker = people[0].name if people else None
        return Said(speaker, None, sure=False)

    def _in_brackets(self, item: Marked) -> Said | None:
        """« … » (un principal du Val-d'Oise)."""
        opened = self.surface.plain.find("(", item.close) + 1
        closed = self.surface.plain.find(")", opened, opened + _REACH // 3)
        if closed < 0 or not self.speakers.known_source(opened, closed):
            return None
        if self.speakers.end_of(opened, closed) != closed:
            return None
        return Said(self.speakers.after(opened, closed), None, sure=True)

    def _alone(self, item: Marked, words: int) -> Said | None:
        """A whole sentence between marks without a cue: the speaker of its paragraph goes on."""
        if self._is_title(item, words) or not self._stands_alone(item):
            return None
        whole = self.surface.plain[item.end - 1] in ".!?…"
        heading = self._is_line(item)  # kept where somebody says its words in the text
        if words < _SHORT_WORDS or not (heading or self._speaks(item)):
            goes_on = whole and words >= _BESIDE_WORDS and self.last and self.last.speaker
            return self._next(item) if goes_on else None
        speaker = self._formula(item) or (self._of_paragraph(item) if self._speaks(item) else None)
        kept = words >= _SENTENCE_WORDS or heading or (speaker and whole)
        return Said(speaker, None, sure=False) if kept else None

    def _next(self, item: Marked) -> Said | None:
        """« Souvent ? « Deux fois peut-être. » »: the speaker of the paragraph goes on."""
        line = self.surface.plain.rfind("\n", 0, item.open) + 1
        near = self.last is not None and self.last.end >= line
        return Said(self.last.speaker, None, sure=False) if near and self.last else None

    def _is_line(self, item: Marked) -> bool:
        """Whether the marks and nothing else fill a line."""
        line = self.surface.plain.rfind("\n", 0, item.open) + 1
        end = self.surface.plain.find("\n", item.close)
        rest = self.surface.plain[item.close : end if end >= 0 else None]
        return not self.surface.plain[line : item.open].strip() and not rest.strip()

    def _formula(self, item: Marked) -> str | None:
        """« La formule est d'X » after the marks says whose they are."""
        match = _FORMULA.match(self.surface.plain, item.close)
        end = sentence_end(self.surface, match.end()) if match else 0
        return self.speakers.governed(match.end(), end) if match else None

    def _stands_alone(self, item: Marked) -> bool:
        before = self.surface.plain[max(0, item.open - 3) : item.open].rstrip(" ")[-1:]
        first = self.surface.plain[item.start]
        return (
            before in {"", "\n", ".", "!", "?", ":", "…", "–", "—", "-", "»"}
            and not first.islower()
        )

    def _of_paragraph(self, item: Marked) -> str | None:
        """Who spoke last in the paragraph, its only person, or the subject beside the marks."""
        line = self.surface.plain.rfind("\n", 0, item.open) + 1
        if self.last and self.last.end >= line - 2:
            return self.last.speaker
        people = {p.name for p in self.speakers.people if line <= p.start < item.open}
        if len(people) == 1:
            return people.pop()
        if item.open > line:
            start = max(line, sentence_start(self.surface, item.open - 2))
            return self.speakers.opening(start, item.open) or self._alone_in(start, item.open)
        return self.speakers.opening(item.close, sentence_end(self.surface, item.close + 1))

    def _alone_in(self, start: int, end: int) -> str | None:
        """The one person who stands in ``start:end``, the subject of its sentence."""
        named = [p for p in self.speakers.people if start <= p.start < end]
        alone = len({p.name for p in named}) == 1 and self.speakers.is_subject(start, named[0])
        return named[0].name if alone else None

    def _incise(self, item: Marked) -> tuple[int, int, Said] | None:
        """« …, souligne-t-elle, … » inside the marks: where it stands and who says it."""
        for cue in self.cues:
            if not item.start < cue.start < item.end:
                continue
            comma = self.surface.plain.rfind(",", item.start, cue.start)
            if comma < 0 or self.surface.plain[comma : cue.start].strip(" ,"):
                continue
            limit = min(item.end, sentence_end(self.surface, cue.after) + 1)
            if not (cue.pronoun or self.speakers.known_source(cue.after, limit, acting=True)):
                continue
            end = self._end_of_incise(cue, limit, item.end)
            if end is None:
                continue
            speaker = self._inverted(cue, end, item.open)
            start = end + 1
            while self.surface.plain[start].isspace():
                start += 1
            return comma, start, Said(speaker, self._cue_text(cue), sure=True)
        return None

    def _end_of_incise(self, cue: Cue, limit: int, last: int) -> int | None:
        """Where « souligne X, directrice de Y, » ends: at a comma or at its sentence's end."""
        at = cue.after
        if not cue.pronoun:
            at = self.speakers.end_of(self.speakers.past_asides(at, limit), limit)
        comma = self.surface.plain.find(",", at, min(limit, at + _INCISE))
        following = next(self.surface.next_words(comma + 1, limit), None) if comma >= 0 else None
        if following and not cue.pronoun and self.speakers.is_office(*following):
            comma = self.surface.plain.find(",", comma + 1, min(limit, comma + _INCISE))
        if comma < 0 and self.surface.plain[limit - 1] == "." and limit - at < _INCISE:
            return limit - 1 if limit < last - 2 else None
        return comma if 0 <= comma < last - 2 else None

    def _is_title(self, item: Marked, words: int) -> bool:
        """After « le film », « intitulé », or a programme's name."""
        before = self.surface.low[max(0, item.open - 40) : item.open].split()
        if not before or words > _SENTENCE_WORDS * 2:
            return False
        last = before[-1].strip(",")
        naming = last in self.speakers.cues.naming or last.rstrip("s") in self.speakers.cues.naming
        return naming or last in self.speakers.cues.named

    def _speaks(self, item: Marked) -> bool:
        return speaks(self.doc, item.start, item.end)


def direct_quotes(
    doc: Doc,
    surface: Surface,
    cues: Sequence[Cue],
    speakers: Speakers,
    programmes: frozenset[tuple[int, int]],
) -> list[Quote]:
    """The direct quotations of ``doc``."""
    items = marked(surface.text)
    reader = _Reader(doc, surface, cues, speakers)
    quotes: list[Quote] = []
    for index, item in enumerate(items):
        if (item.start, item.end) in programmes:
            continue
        following = items[index + 1] if index + 1 < len(items) else None
        quotes.extend(reader.read(item, following))
    told = [_said_again(quote, quotes) for quote in quotes]
    return [q for q in told if q.speaker or q.cue or _is_sentence(doc, q)]


def _is_sentence(doc: Doc, quote: Quote) -> bool:
    return len(quote.text.split()) >= _SENTENCE_WORDS and speaks(doc, quote.start, quote.end)


def _said_again(quote: Quote, quotes: Sequence[Quote]) -> Quote:
    """A heading's quotation, whose words somebody says in the text: that one speaks."""
    if quote.speaker is not None:
        return quote
    words = quote.text.rstrip(" .!?…")
    said = (q.speaker for q in quotes if q.speaker and len(words) > _HEADING and words in q.text)
    return replace(quote, speaker=next(said, None))
