"""What stands around a figure and speaks for or against each status, as plain strings.

`likely_status` knows what each weighs. All is read from the figure's sentence, from what introduces
its line (a header, a lead-in, a heading), and from what the rules said of it and of its neighbours.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from spacy.tokens import Doc, Token

from recoupe.extract.annotations import Annotations, annotations_of, text_of, tokens_of
from recoupe.extract.facts import markers
from recoupe.extract.facts.figure import Figure, Verdict, lemma_of
from recoupe.extract.facts.verbs import read_verb
from recoupe.extract.layout import Layout
from recoupe.records import Span

#: Words on each side of a figure that are read with their place, and without it.
_NEAR, _BY = 3, 8
#: Links of the parse that are climbed.
_CLIMB = 6
_VERBS = frozenset({"VERB", "AUX"})
_WORDS = frozenset({"NOUN", "PROPN", "ADJ", "VERB", "AUX"})
_WORD = re.compile(r"[^\W\d_]{3,}")


@dataclass(frozen=True, slots=True)
class Governing:
    """The verb above a figure, its lemma, how it stands, and the words between, from the figure up.

    Where there is none, ``verb`` is ``None`` and both strings are empty.
    """

    verb: Token | None
    lemma: str
    told: str
    path: Sequence[Token]

    @classmethod
    def over(cls, token: Token) -> Governing:
        """The verb above a token, or the token itself."""
        verb, path = _climb(token)
        if verb is None:
            return cls(None, "", "", path)
        return cls(verb, lemma_of(verb), _told(verb), path)


@dataclass(frozen=True, slots=True)
class Around:
    """A text whose figures are looked at: its figures, the rules' verdicts, its lines.

    ``places`` are those of the quantities by identifier, ``parts`` the figures that are a part of
    each, ``verbs`` what stands above each figure.
    """

    doc: Doc
    found: Annotations
    layout: Layout
    figures: Sequence[Figure]
    verdicts: Sequence[Verdict]
    places: Mapping[str, int]
    parts: Mapping[str, Sequence[int]]
    verbs: Sequence[Governing]

    @classmethod
    def of(
        cls, doc: Doc, layout: Layout, figures: Sequence[Figure], verdicts: Sequence[Verdict]
    ) -> Around:
        """What there is to look at in ``doc``."""
        places = {figure.quantity.id: index for index, figure in enumerate(figures)}
        parts: dict[str, list[int]] = defaultdict(list)
        for index, figure in enumerate(figures):
            if figure.quantity.part_of is not None:
                parts[figure.quantity.part_of].append(index)
        verbs = [Governing.over(figure.head) for figure in figures]
        return cls(doc, annotations_of(doc), layout, figures, verdicts, places, parts, verbs)

    def features(self, index: int) -> list[str]:
        """All that speaks for or against a status of the figure ``index``, each once."""
        readers = (
            self._figure,
            self._ruled,
            self._verbs,
            self._nouns,
            self._words,
            self._clause,
            self._time,
            self._introduced,
            self._said,
            self._neighbours,
        )
        kind = self.figures[index].quantity.kind
        every = [feature for reader in readers for feature in reader(index)]
        return list(dict.fromkeys(["all", f"kind={kind}", *every]))

    def _figure(self, index: int) -> Iterator[str]:
        quantity = self.figures[index].quantity
        yield f"unit={quantity.kind}:{quantity.unit}"
        yield f"per={quantity.kind}:{quantity.per is not None}"
        yield f"approx={quantity.approx}"
        yield f"range={quantity.low is not None}"
        yield f"part={quantity.part_of is not None}"
        yield f"object={(quantity.object or '').lower()}"
        for word in _WORD.findall((quantity.object or "").lower()):
            yield f"counted={word}"

    def _ruled(self, index: int) -> Iterator[str]:
        verdict, kind = self.verdicts[index], self.figures[index].quantity.kind
        marked = verdict.marker is not None
        yield f"rule={verdict.status}"
        yield f"rule={verdict.status}:{marked}:{round(verdict.strength, 1)}"
        yield f"rule={verdict.status}:{kind}"
        yield f"rule={verdict.status}:{marked}:{kind}"
        yield f"rule={verdict.status}:negated={verdict.negated}:conditional={verdict.conditional}"
        if verdict.marker is not None:
            marker = text_of(self.doc)[slice(*verdict.marker)].lower()
            yield f"marker={verdict.status}:{marker}"
            token = tokens_of(self.doc, *verdict.marker)[-1]
            yield f"marker={verdict.status}:{lemma_of(token)}"

    def _verbs(self, index: int) -> Iterator[str]:
        """The verb above the figure, how it stands, and the verb above that one."""
        figure = self.figures[index]
        kind = figure.quantity.kind
        over = self.verbs[index]
        verb, lemma, told = over.verb, over.lemma, over.told
        links = "^".join(token.dep_ for token in over.path)
        yield f"path={links}"
        yield f"path={kind}:{links}"
        case = next((child.lower_ for child in figure.head.lefts if child.dep_ == "case"), "")
        yield f"case={case}"
        if verb is None:
            yield f"verbless={kind}"
            return
        yield f"told={told}"
        yield f"told={kind}:{told}"
        yield f"verb={lemma}"
        yield f"verb={lemma}:{told}"
        yield f"verb={lemma}:{links}"
        family = markers.verb_families().get(lemma)
        yield f"family={family}:{told}"
        yield f"family={family}:{kind}:{links}"
        for name in _subject(verb):
            yield f"subject={name}"
        above = next((t for t in verb.ancestors if t.pos_ in _VERBS), None)
        if above is not None:
            yield f"above={lemma_of(above)}"
            yield f"above={_told(above)}:{verb.dep_}"

    def _nouns(self, index: int) -> Iterator[str]:
        """The nouns between the figure and its verb."""
        for step, token in enumerate(self.verbs[index].path):
            if token.pos_ in {"NOUN", "PROPN", "ADJ"}:
                yield f"noun={token.lemma_.lower()}"
                yield f"noun={step}:{token.lemma_.lower()}"
                for child in token.children:
                    if child.dep_ in {"amod", "acl"}:
                        yield f"modifier={child.lower_}"

    def _words(self, index: int) -> Iterator[str]:
        span = self.figures[index].span
        sentence = span.sent
        before = self.doc[max(sentence.start, span.start - _BY) : span.start]
        after = self.doc[span.end : min(sentence.end, span.end + _BY)]
        left = [token.lower_ for token in before][::-1]
        right = [token.lower_ for token in after]
        for side, words in (("left", left), ("right", right)):
            for place, word in enumerate(words[:_NEAR]):
                yield f"{side}{place}={word}"
            yield f"{side}={' '.join(words[:2])}"
        for side, tokens in (("before", before), ("after", after)):
            for token in tokens:
                if token.pos_ in _WORDS:
                    yield f"{side}={token.lemma_.lower()}"
        yield f"first={span.start - sentence.start < _NEAR}"

    def _clause(self, index: int) -> Iterator[str]:
        """The words of the clause that some rule knows, with what they say."""
        figure = self.figures[index]
        for token in tokens_of(self.doc, *figure.clause):
            status = _family(token)
            if status is None:
                continue
            side = "before" if token.idx < figure.quantity.start else "after"
            yield f"clause={status}"
            yield f"clause={status}:{side}"
            yield f"clause={side}:{token.lower_}"

    def _time(self, index: int) -> Iterator[str]:
        figure = self.figures[index]
        yield f"deadline={figure.deadline is not None}"
        sentence = figure.span.sent
        day = self.found.article.published_on or ""
        for date in self.found.dates:
            if sentence.start_char <= date.start < sentence.end_char:
                ends = date.date_to or date.date_from or ""
                when = "past" if ends <= day else "future"
                yield f"date={date.kind}:{when if day else ''}"
                inside = figure.clause[0] <= date.start < figure.clause[1]
                yield f"date={inside}:{date.kind}:{when if day else ''}"

    def _introduced(self, index: int) -> Iterator[str]:
        """The words of the header, of the row's label, of the lead-in, of the heading."""
        start = self.figures[index].quantity.start
        layout = self.layout
        line = layout.line_at(start)
        yield f"row={layout.is_row(line)}:item={layout.is_item(line)}"
        yield f"opening={line < _OPENING}"
        places: list[tuple[str, Span | None]] = [("heading", layout.heading_above(start))]
        if layout.is_row(line):
            places += [("header", layout.heading_of(line, start)), ("label", layout.cells(line)[0])]
            places.append(("caption", layout.caption(line)))
            places += [("beside", cell) for cell in layout.cells(line)[1:]]
        elif layout.is_item(line) and (lead_in := layout.lead_in(line)):
            places.append(("lead-in", (max(lead_in[0], lead_in[1] - _LONG), lead_in[1])))
        text = text_of(self.doc)
        for name, place in places:
            if place is not None:
                first, last = place
                for word in set(_WORD.findall(text[first : min(last, first + _LONG)].lower())):
                    yield f"{name}={word}"

    def _said(self, index: int) -> Iterator[str]:
        """Whether somebody says the figure, and the word that introduces it."""
        start = self.figures[index].quantity.start
        quotes = [quote for quote in self.found.quotes if quote.start <= start < quote.end]
        yield f"quoted={sorted({quote.direct for quote in quotes})}"
        for quote in quotes:
            yield f"cue={(quote.cue or '').lower()}"

    def _neighbours(self, index: int) -> Iterator[str]:
        """What the rules say of the figure before, of the one after, of the whole and of parts."""
        quantity = self.figures[index].quantity
        for name, other in (("previous", index - 1), ("next", index + 1)):
            if not 0 <= other < len(self.figures):
                yield f"{name}=none at all"
                continue
            near = self.figures[other]
            alike = (near.quantity.kind, near.quantity.unit) == (quantity.kind, quantity.unit)
            same = near.span.sent.start == self.figures[index].span.sent.start
            told = self._told(other)
            yield f"{name}={told}:{same}"
            yield f"{name}={told}:{same}:{alike}:{quantity.kind}"
            if same and alike:
                first, last = sorted((index, other))
                between = text_of(self.doc)[
                    self.figures[first].quantity.end : self.figures[last].quantity.start
                ]
                words = " ".join(_WORD.findall(between.lower())[:_NEAR])
                yield f"{name}:between={words}"
                yield f"{name}:{told}:between={words}"
        if quantity.part_of is not None:
            whole = self.places[quantity.part_of]
            yield f"whole={self._told(whole)}:{whole < index}"
        for part in self.parts.get(quantity.id, ()):
            yield f"its part={self._told(part)}:{part < index}"

    def _told(self, index: int) -> str:
        verdict = self.verdicts[index]
        return f"{verdict.status}{'' if verdict.marker else '?'}"


#: A figure in one of so many first lines is in the opening of its text.
_OPENING = 3
#: Characters of a heading or lead-in that are read.
_LONG = 160


def _climb(token: Token) -> tuple[Token | None, list[Token]]:
    """The verb above a token, or itself, and what stands between."""
    path: list[Token] = []
    for current in (token, *islice(token.ancestors, _CLIMB)):
        if current.pos_ in _VERBS:
            return current, path
        copula = next((child for child in current.children if child.dep_ == "cop"), None)
        path.append(current)
        if copula is not None:
            return copula, path
    return None, path


def _told(verb: Token) -> str:
    reading = read_verb(verb)
    denied = "-" if reading.negated else ""
    return f"{denied}{reading.aspect}{'*' if reading.passive else ''}{reading.modal or ''}"


def _subject(verb: Token) -> Iterator[str]:
    holder = verb.head if verb.dep_ == "cop" else verb
    for child in holder.children:
        if child.dep_.startswith("nsubj"):
            yield child.lemma_.lower()
            yield child.ent_type_ or child.pos_


def _family(token: Token) -> str | None:
    lemma = token.lemma_.lower()
    if token.pos_ == "NOUN":
        return markers.strong_nouns().get(lemma) or markers.weak_nouns().get(lemma)
    if token.lower_ in markers.participles():
        return markers.verb_families().get(markers.participles()[token.lower_])
    return markers.verb_families().get(lemma_of(token)) if token.pos_ in _VERBS else None
