"""Link the place names of a text to official codes: the linker, and its spaCy component.

    names of the gazetteer in the text → cues around each → first guess → what the text as a whole
    points to → second guess → mentions, with a code where one place clearly wins

`link` is pure: the same text, gazetteer and options give the same mentions.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc

from recoupe.extract.annotations import annotations_of, mirror, text_of
from recoupe.extract.places.context import enriched, first_context
from recoupe.extract.places.gazetteer import Gazetteer, fold
from recoupe.extract.places.numbers import numbered_districts
from recoupe.extract.places.scan import Hit, Page, scan, tokens_of
from recoupe.extract.places.scores import ENOUGH, Context, Reading, Setting, placehood, ranked
from recoupe.extract.places.settings import settings_of, under_headers
from recoupe.extract.places.words import Vocabulary, vocabulary
from recoupe.records import CodeSystem, Level, Span, TerritoryCandidate, TerritoryMention

MINIMUM_CONFIDENCE = 0.5
_MOST_CANDIDATES = 5
_LEAST = 0.005  # probability under which a place is no candidate worth showing
_SENTENCE = re.compile(r"(?:^|[.!?…:»”\n]\s*|[«“\"]\s*|^\s*[-–—•*]\s*)(?=\w)", re.MULTILINE)


def link(
    text: str,
    gazetteer: Gazetteer,
    *,
    published_on: date | None = None,
    title: str | None = None,
    source_territory: str | None = None,
    blocked: Sequence[Span] = (),
    people: Sequence[Span] = (),
    sentence_starts: Sequence[int] = (),
    entities: Sequence[tuple[int, int, str]] = (),
    minimum_confidence: float = MINIMUM_CONFIDENCE,
) -> list[TerritoryMention]:
    """The place names of ``text`` in order, with codes of the day it was published.

    ``title`` and ``source_territory`` (code of a département or région) only help to choose;
    ``blocked`` and ``people`` are spans in which no place is looked for; ``entities`` are guesses
    of a statistical model (start, end, label), weak evidence only. Below ``minimum_confidence``,
    which is compared with the margin over the next candidate, the code is ``None``.
    """
    page = Page(
        text=text,
        tokens=tokens_of(text),
        words=vocabulary(),
        gazetteer=gazetteer,
        starts=frozenset(sentence_starts or (match.end() for match in _SENTENCE.finditer(text))),
        on=published_on,
    )
    districts = numbered_districts(text, gazetteer, on=published_on)
    taken = [*blocked, *people, *((found.start, found.end) for found in districts)]
    hits = scan(page, blocked=taken)
    settings = under_headers(page, hits, settings_of(page, hits, entities))
    context = first_context(page, title=title, source=source_territory)
    context = enriched(context, _read(hits, settings, context, page.words))
    _note_quarters(context, page, hits, settings)
    surnames = _surnames(page, people)
    found = [
        _mention(page, reading, minimum_confidence, context)
        for reading in _read(hits, settings, context, page.words)
        if reading.accepted and not _is_surname(reading, surnames)
    ]
    found += _acronyms(page, found)
    found = _with_short_forms(page, found, blocked=taken)
    return sorted([*found, *districts], key=lambda mention: mention.start)


#: « Lannion-Trégor Communauté (LTC) »
_ACRONYM = re.compile(r"[ \u00a0\u202f]\((?P<form>[A-ZÉ][A-Z0-9]{1,6})\)")


def _acronyms(page: Page, found: Sequence[TerritoryMention]) -> list[TerritoryMention]:
    """The acronyms that the text gives to its places, wherever they stand."""
    forms: dict[str, TerritoryMention] = {}
    for mention in found:
        match = _ACRONYM.match(page.text, mention.end)
        if match and mention.code and mention.level in _NAMED:
            forms.setdefault(match["form"], mention)
    taken = [(mention.start, mention.end) for mention in found]
    return [
        replace(forms[token.text], start=token.start, end=token.end, text=token.text)
        for token in page.tokens
        if token.text in forms and not any(a < token.end and token.start < b for a, b in taken)
    ]


#: « Sévérac » of « Sévérac-d'Aveyron », « La Suze » of « La Suze-sur-Sarthe »
_LONG = re.compile(
    r"(?P<short>[A-ZÉÈÎ][\w’'-]{3,}?|L[ae]s? [A-ZÉÈÎ]\w{2,})"
    r"[- ](?:sur|sous|l[eè]s|en|de|du|d|la|le)[- ’']\w"
)


def _with_short_forms(
    page: Page, found: Sequence[TerritoryMention], *, blocked: Sequence[Span]
) -> list[TerritoryMention]:
    """``found`` with what the text calls shortly after it named it in full.

    A short form that was taken for a place of its own is the one that the text named.
    """
    named: dict[str, TerritoryMention] = {}
    for mention in found:
        match = _LONG.match(mention.text) if mention.level == "commune" and mention.code else None
        if match and match["short"] not in _SAINTS:
            named.setdefault(match["short"], mention)
    kept = [m for m in found if not (m.text in named and m.level == "commune")]
    taken = [*((m.start, m.end) for m in kept), *blocked]
    for short, mention in named.items():
        for match in re.finditer(rf"(?<![\w-]){re.escape(short)}(?![\w-])", page.text):
            start, end = match.span()
            if not any(a < end and start < b for a, b in taken):
                kept.append(replace(mention, start=start, end=end, text=short))
    return kept


_SAINTS = frozenset({"Saint", "Sainte", "Mont", "Pont", "Port", "Bourg", "Château", "Ville"})
#: Levels whose bodies go by an acronym; a commune's parentheses hold its département.
_NAMED: frozenset[Level] = frozenset({"epci", "region", "departement", "collectivite"})


def _surnames(page: Page, people: Sequence[Span]) -> frozenset[str]:
    """The last names of the people of the text, who come back without their first name."""
    names = [fold(page.text[start:end]) for start, end in people]
    found = {name.split()[-1] for name in names if name}
    for one, two in pairwise(page.tokens):
        first = one.capital and one.key in page.words.first_names
        if first and two.capital and two.gap.isspace():
            found.add(two.key)
    return frozenset(found)


def _is_surname(reading: Reading, surnames: frozenset[str]) -> bool:
    cues = reading.at.cues
    sure = cues.body or cues.title or cues.inside or cues.preposition in {"a", "au", "aux", "en"}
    commune = reading.pairs[0][0].level == "commune"
    return commune and reading.hit.key in surnames and not sure


# --- readings -------------------------------------------------------------------------------------


def _read(
    hits: Sequence[Hit], settings: Sequence[Setting], context: Context, words: Vocabulary
) -> list[Reading]:
    readings: list[Reading] = []
    for hit, at in zip(hits, settings, strict=True):
        listed = at.listed and bool(readings) and readings[-1].accepted
        at_now = replace(at, listed=listed)
        pairs = tuple(ranked(hit.places, at_now, context))
        accepted = bool(pairs) and at.cues.trap is None
        if accepted and not at.cues.natural:
            accepted = placehood(pairs[0][0], at_now, context, words) >= ENOUGH
        readings.append(Reading(hit=hit, at=at_now, pairs=pairs, accepted=accepted))
    return readings


def _mention(page: Page, reading: Reading, minimum: float, context: Context) -> TerritoryMention:
    first, last = page.tokens[reading.hit.first], page.tokens[reading.hit.last - 1]
    best = reading.pairs[0][0]
    level, code = _outcome(reading, minimum, context)
    system: CodeSystem | None = best.code_system if code else None
    return TerritoryMention(
        start=first.start,
        end=last.end,
        text=page.text[first.start : last.end],
        level=level,
        code=code,
        code_system=system,
        name=best.name if code or not best.code else None,
        lat=best.lat if code else None,
        lon=best.lon if code else None,
        confidence=round(reading.margin, 3),
        candidates=_candidates(reading),
    )


_QUARTERS = frozenset({"quartier", "quartiers", "cite"})
_QUARTER = re.compile(r"(?i)(?<!\w)quartier[ \u00a0]$")


def _note_quarters(
    context: Context, page: Page, hits: Sequence[Hit], settings: Sequence[Setting]
) -> None:
    """Tell the context which names stand beside a quarter, and which are a quarter's very name.

    « le quartier | Argentine » is one, « le quartier de | Reims » lies in it.
    """
    context.quarters = frozenset(
        hit.key for hit, at in zip(hits, settings, strict=True) if at.cues.head in _QUARTERS
    )
    starts = ((hit.key, page.tokens[hit.first].start) for hit in hits)
    context.named_quarters = frozenset(
        key for key, start in starts if _QUARTER.search(page.text, max(0, start - 10), start)
    )


#: What a quarter bears the name of and is not: « le quartier Argentine ».
_FAR_OFF: frozenset[Level] = frozenset({"country", "region", "departement", "other"})


def _outcome(reading: Reading, minimum: float, context: Context) -> tuple[Level | None, str | None]:
    best = reading.pairs[0][0]
    cues = reading.at.cues
    if cues.natural or (reading.hit.key in context.quarters and best.level in _FAR_OFF):
        return "other", None
    named = reading.hit.key in context.named_quarters
    if named and (cues.head in _QUARTERS or not cues.body):
        return "other", None
    if cues.body == "canton":
        return "canton", None
    if cues.metonym:
        return best.level, None
    if reading.margin < minimum:
        if cues.body and any(place.level == cues.body for place, _ in reading.pairs):
            return cues.body, None
        rivals = [place for place, p in reading.pairs if p >= reading.pairs[0][1] / 3]
        same = all(place.level == best.level for place in rivals)
        return (best.level if same else None), None
    if not best.valid_on(context.day):
        return best.level, None
    return best.level, best.code


def _candidates(reading: Reading) -> tuple[TerritoryCandidate, ...]:
    found: list[TerritoryCandidate] = []
    for place, probability in reading.pairs:
        code = place.code or place.country
        if code and probability >= _LEAST and len(found) < _MOST_CANDIDATES:
            found.append(
                TerritoryCandidate(
                    code=code,
                    code_system=place.code_system or "ISO",
                    level=place.level,
                    name=place.name,
                    score=round(probability, 3),
                )
            )
    return tuple(found)


# --- component ------------------------------------------------------------------------------------


class TerritoriesComponent:
    """Fill ``annotations_of(doc).territories`` and mirror them as ``doc.spans["territories"]``.

    The gazetteer is opened at the first document. People found before are passed over, and the
    model's named entities, where the pipeline has them, count as weak evidence.
    """

    def __init__(
        self,
        nlp: Language,
        name: str,
        *,
        gazetteer_path: str | None = None,
        minimum_confidence: float = MINIMUM_CONFIDENCE,
    ) -> None:
        del nlp
        self.name = name
        self._path = Path(gazetteer_path) if gazetteer_path else None
        self._minimum = minimum_confidence
        self._gazetteer: Gazetteer | None = None

    def __call__(self, doc: Doc) -> Doc:
        """Link the places of ``doc``."""
        if self._gazetteer is None:
            self._gazetteer = Gazetteer.open(self._path)
        notes = annotations_of(doc)
        starts = [s.start_char for s in doc.sents] if doc.has_annotation("SENT_START") else []
        notes.territories[:] = link(
            text_of(doc),
            self._gazetteer,
            published_on=notes.published_on,
            title=notes.article.title,
            source_territory=notes.article.territory,
            blocked=[programme.span for programme in notes.programmes],
            people=[person.span for person in notes.people],
            sentence_starts=starts,
            entities=[(e.start_char, e.end_char, e.label_) for e in doc.ents],
            minimum_confidence=self._minimum,
        )
        mirror(doc, "territories", notes.territories, label="TERRITORY")
        return doc
