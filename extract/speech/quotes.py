"""Find what a text quotes or reports, who says it, and the word that reports it.

A direct quotation is the content between its marks; where « souligne-t-elle » breaks it inside the
marks, each part is a quotation of the same speaker. An indirect one is the content after the cue
(« a annoncé que … », « selon X, … »), or before it (« …, selon X »). Titles, slogans and wordings
held at a distance (« clés en main ») are none: they are short, and no reporting verb governs them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from spacy.language import Language
from spacy.tokens import Doc

from recoupe.extract.annotations import Annotations, Claim, annotations_of, mirror
from recoupe.extract.names.roles import Vocabulary
from recoupe.extract.speech.claims import claims_of
from recoupe.extract.speech.cues import Cue, Cues
from recoupe.extract.speech.dialogues import dialogue_quotes
from recoupe.extract.speech.direct import direct_quotes
from recoupe.extract.speech.indirect import indirect_quotes
from recoupe.extract.speech.speakers import Speakers
from recoupe.extract.speech.within import marked_within
from recoupe.extract.surface import Surface, surface_of
from recoupe.records import Quote


def speaker_at(annotations: Annotations, start: int, end: int) -> str | None:
    """Who says the figure at ``start:end``: its innermost quotation's speaker, or who claims it."""
    items: list[Quote | Claim] = [*annotations.quotes, *annotations.claims]
    covering = [item for item in items if item.start <= start and end <= item.end]
    spoken = [item for item in covering if item.speaker is not None]
    return min(spoken, key=lambda item: item.end - item.start).speaker if spoken else None


def quotes_of(
    doc: Doc,
    surface: Surface,
    annotations: Annotations,
    found: Sequence[Cue],
    speakers: Speakers,
) -> list[Quote]:
    """The quotations of ``doc``, in order; ``found`` are its reporting verbs."""
    programmes = frozenset(mention.span for mention in annotations.programmes)
    direct = direct_quotes(doc, surface, found, speakers, programmes)
    indirect = indirect_quotes(doc, surface, found, speakers, direct)
    within = marked_within(surface, speakers, direct, indirect, programmes)
    answers = dialogue_quotes(surface, annotations)
    direct = _headings(direct, answers)
    return _unique([*direct, *indirect, *within, *answers])


def _headings(direct: Sequence[Quote], answers: Sequence[Quote]) -> list[Quote]:
    """What stands between marks over an interview is said by whoever answers."""
    speakers = {answer.speaker for answer in answers}
    if len(speakers) != 1:
        return list(direct)
    first, speaker = min(answer.start for answer in answers), answers[0].speaker
    return [
        replace(quote, speaker=speaker) if quote.speaker is None and quote.end < first else quote
        for quote in direct
    ]


def _unique(quotes: Sequence[Quote]) -> list[Quote]:
    by_span: dict[tuple[int, int], Quote] = {}
    for quote in quotes:
        by_span.setdefault(quote.span, quote)
    return sorted(by_span.values(), key=lambda quote: quote.span)


def _given(claim: Claim, surface: Surface) -> Quote:
    """A claim in the shape of a quotation, for the marks inside it."""
    text = surface.text[claim.start : claim.end]
    return Quote(
        start=claim.start, end=claim.end, text=text, direct=False, speaker=claim.speaker, cue=None
    )


class QuotesComponent:
    """Fill ``annotations.quotes`` and ``doc.spans["quotes"]``."""

    def __init__(self, nlp: Language, name: str = "recoupe_quotes") -> None:
        self.name = name
        self.vocab = nlp.vocab
        self._cues = Cues()
        self._claims = Cues("claims")
        self._vocabulary = Vocabulary()

    def __call__(self, doc: Doc) -> Doc:
        """Find the quotations of ``doc`` and their speakers among its people and organisations."""
        annotations = annotations_of(doc)
        surface = surface_of(annotations.article.text)
        speakers = Speakers(surface, annotations, self._cues, self._vocabulary)
        found = self._cues.find(surface)
        quotes = quotes_of(doc, surface, annotations, found, speakers)
        annotations.quotes = quotes
        claims = claims_of(surface, self._claims.find(surface), found, speakers, quotes)
        annotations.claims = claims
        programmes = frozenset(mention.span for mention in annotations.programmes)
        given = [_given(claim, surface) for claim in claims if speakers.is_named(claim.speaker)]
        within = marked_within(surface, speakers, quotes, given, programmes)
        quotes = annotations.quotes = _unique([*quotes, *within])
        mirror(doc, "quotes", quotes, label="QUOTE")
        return doc
