"""Find people, each with the fullest name that the document gives, a role and an organisation.

A role binds to the name on its left where a comma alone parts them (« A, secrétaire d'État, B,
président de C »), to the name on its right where it has an article (« la ministre de la Culture
B », « le maire de Lens, B, »). Role and organisation are words of the text; the organisation is the
span of its mention, without the acronym in parentheses. What the document says once of a person
goes for every mention of that name that has no role of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from spacy.language import Language
from spacy.tokens import Doc

from recoupe.extract.annotations import annotations_of, mirror
from recoupe.extract.names.announced import IsPlace, PlaceNames
from recoupe.extract.names.belonging import Bodies, Given
from recoupe.extract.names.binding import AGE, PARTY, Binder
from recoupe.extract.names.candidates import (
    AGE_AFTER,
    Extent,
    Filter,
    after_civility,
    after_first_name,
    after_title,
    aged,
    begins_with_first_name,
    beside_roles,
    initialled,
    is_person,
    statistical,
    without_articles,
    without_communes,
    without_openers,
    without_places,
)
from recoupe.extract.names.fullest import FULL_NAME, fullest_names
from recoupe.extract.names.institutions import overlaps
from recoupe.extract.names.roles import Role, Surroundings, TagAt, Vocabulary, part, roles
from recoupe.extract.names.shared import lacks_complement, shared_out
from recoupe.extract.surface import Surface, surface_of
from recoupe.records import OrganisationMention, PersonMention

_APPOSED_NOUN = re.compile(rf"{PARTY}, {AGE}(?:une? |l')?(?=[a-zà-ÿ])")
_REACH = 70


def _names(
    doc: Doc,
    surface: Surface,
    vocabulary: Vocabulary,
    false: Filter,
    taken: Sequence[Extent],
    is_place: IsPlace,
) -> list[Extent]:
    """The people's names of ``doc``, in order, none over another or over what is taken."""
    others = [
        (ent.start_char, ent.end_char)
        for ent in doc.ents
        if ent.label_ in {"LOC", "ORG"}
        and not _before_role(surface, ent.end_char, vocabulary)
        and not (
            FULL_NAME.fullmatch(ent.text)
            and begins_with_first_name(ent.text, vocabulary)
            and not is_place(ent.text)
        )
    ]
    civil = list(after_civility(surface, vocabulary))
    kept: list[Extent] = []
    for extent in civil:
        _keep(kept, extent, taken)
    civil_starts = frozenset(start for start, _end in civil)
    guessed = statistical(doc, surface, vocabulary)
    others = [*others, *taken]
    missed = (
        *beside_roles(surface, vocabulary, others),
        *after_first_name(surface, vocabulary, others),
        *initialled(surface),
        *aged(surface, others),
    )
    titled = [e for e in after_title(surface, false) if not overlaps(*e, civil)]
    for extent in (*guessed, *missed):
        if is_person(surface, extent, false, civil=extent[0] in civil_starts):
            _keep(kept, extent, taken)
    for extent in titled:
        _keep(kept, extent, taken)
    civil_starts |= {start for start, _end in titled}
    named = without_places(surface, [e for e in kept if e[0] not in civil_starts])
    named = without_articles(surface, named, vocabulary)
    named = without_openers(surface, named, vocabulary)
    named = without_communes(surface, named, vocabulary, is_place)
    return sorted([*named, *(e for e in kept if e[0] in civil_starts)])


def _before_role(surface: Surface, end: int, vocabulary: Vocabulary) -> bool:
    """« Aminata Sourang, aide-soignante »: whatever the model says, a role makes it a person.

    So does an age (« Kévin, 17 ans, »).
    """
    if AGE_AFTER.match(surface.plain, end):
        return True
    after = next(surface.next_words(end, min(len(surface.plain), end + _REACH)), None)
    if after is None or surface.plain[end : after[0]] != ", ":
        return False
    return vocabulary.head(surface.low[slice(*after)]) is not None


def _keep(kept: list[Extent], extent: Extent, taken: Sequence[Extent]) -> None:
    if not overlaps(*extent, taken) and not overlaps(*extent, kept):
        kept.append(extent)


def _surroundings(doc: Doc, names: Iterable[Extent]) -> Surroundings:
    places = frozenset(ent.start_char for ent in doc.ents if ent.label_ == "LOC")
    return Surroundings(frozenset(start for start, _end in names), places, _tagger(doc))


def _tagger(doc: Doc) -> TagAt:
    def tag_at(offset: int) -> str:
        span = doc.char_span(offset, offset + 1, alignment_mode="expand")
        if not span:
            return ""
        token = span[0]
        if token.pos_ != "VERB":
            return token.pos_
        form = str(token.morph)
        return "FIN" if "VerbForm=Fin" in form else "INF" if "VerbForm=Inf" in form else "VERB"

    return tag_at


def people_of(
    doc: Doc,
    vocabulary: Vocabulary,
    false: Filter,
    *,
    organisations: Sequence[OrganisationMention] = (),
    taken: Sequence[Extent] = (),
    is_place: IsPlace = lambda _name: False,
) -> list[PersonMention]:
    """The people of ``doc`` outside of ``taken`` spans and organisations, with their roles."""
    surface = surface_of(annotations_of(doc).article.text)
    spans = [*taken, *(organisation.span for organisation in organisations)]
    names = _names(doc, surface, vocabulary, false, spans, is_place)
    if not names:
        return []
    around = _surroundings(doc, names)
    apposed = (_APPOSED_NOUN.match(surface.plain, end) for _start, end in names)
    found = roles(surface, vocabulary, around, frozenset(m.end() for m in apposed if m))
    bound = Binder(surface, names, found, vocabulary, around).bind()
    bodies = Bodies(surface, names, organisations, vocabulary)
    shared = dict(shared_out(surface, names, bound, found, vocabulary))
    given: dict[int, Given] = {}
    for index, role in {**bound, **shared}.items():
        own, body = part(surface, role, vocabulary, organisations, around)
        given[index] = Given(own, body or bodies.after_role(role) or bodies.party(index))
    _share_body(surface, shared, given)
    for index, said in bodies.beside():
        known = given.setdefault(index, said)
        if said.adds and not known.organisation:
            given[index] = replace(known, organisation=said.organisation)
    return _mentions(surface.text, names, given)


def _share_body(surface: Surface, shared: dict[int, Role], given: dict[int, Given]) -> None:
    """« présidente et trésorier de Y »: Y is the body of both."""
    for index, role in shared.items():
        last = next((i for i in range(index, len(given) + index) if i + 1 not in shared), index)
        if last in given and not given[index].organisation and lacks_complement(surface, role):
            given[index] = replace(given[index], organisation=given[last].organisation)


def _mentions(text: str, names: Sequence[Extent], given: dict[int, Given]) -> list[PersonMention]:
    written = [" ".join(text[start:end].split()) for start, end in names]
    full = fullest_names(written)
    first: dict[str, Given] = {}
    for index in sorted(given):
        first.setdefault(full[index], given[index])
    mentions = []
    for index, (start, end) in enumerate(names):
        said = given.get(index) or first.get(full[index])
        mentions.append(
            PersonMention(
                start=start,
                end=end,
                text=text[start:end],
                name=full[index],
                role=said.role if said else None,
                organisation=said.organisation if said else None,
            )
        )
    return mentions


class PeopleComponent:
    """Fill ``annotations.people`` and ``doc.spans["people"]``."""

    def __init__(self, nlp: Language, name: str = "recoupe_people") -> None:
        self.name = name
        self.vocab = nlp.vocab
        self._vocabulary = Vocabulary()
        self._false = Filter(self._vocabulary)
        self._places = PlaceNames()

    def __call__(self, doc: Doc) -> Doc:
        """Find the people of ``doc``, outside of its programmes and organisations."""
        annotations = annotations_of(doc)
        annotations.people = people_of(
            doc,
            self._vocabulary,
            self._false,
            organisations=sorted(
                [*annotations.organisations, *annotations.collectivites], key=lambda o: o.start
            ),
            taken=[mention.span for mention in annotations.programmes],
            is_place=self._places.knows,
        )
        mirror(doc, "people", annotations.people, label="PERSON")
        return doc
