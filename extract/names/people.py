"""Find people, each with the fullest name that the document gives, a role and an organisation.

A role binds to the name on its left where a comma alone parts them (« A, secrétaire d'État, B,
président de C »), to the name on its right where it has an article (« la ministre de la Culture
B », « le maire de Lens, B, »). Role and organisation are words of the text; the organisation is the
span of its mention, without the acronym in parentheses. What the document says once of a person
goes for every mention of that name that has no role of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from spacy.language import Language
from spacy.tokens import Doc

from recoupe.extract.annotations import annotations_of, mirror
from recoupe.extract.names.announced import IsPlace, PlaceNames
from recoupe.extract.names.candidates import (
    Extent,
    Filter,
    after_civility,
    after_first_name,
    beside_roles,
    is_person,
    statistical,
    without_communes,
    without_openers,
    without_places,
)
from recoupe.extract.names.fullest import fullest_names
from recoupe.extract.names.institutions import overlaps
from recoupe.extract.names.roles import Role, Surroundings, TagAt, Vocabulary, inner, part, roles
from recoupe.extract.surface import Surface, surface_of
from recoupe.records import OrganisationMention, PersonMention

_PARTY = r"(?: ?\([^()\n]{1,40}\))?"
_AGE = r"(?:\d{1,3} ans,? (?:et )?)?"
_APPOSED = re.compile(
    rf"{_PARTY}(?P<mark>, ?| ?\(| [–—-] ?|,? ?\n[–—\- ]*| ?: )"
    rf"(?:et |puis )?{_AGE}(?P<words>[\w' -]{{0,40}})"
)
_BEFORE_NAME = re.compile(rf"{_PARTY}(?P<comma>,)? ?(?:(?:M|MM|Mme|Mlle|Me|Dr|Pr)\.? )?[\"«“]?")
_APPOSED_NOUN = re.compile(rf"{_PARTY}, {_AGE}(?:une? |l')?(?=[a-zà-ÿ])")
_BELONGS = re.compile(
    r"(?:, (?:(?:de|à|pour|à la tête de|à la direction de|au nom de|pour le compte de|"
    r"en charge de) |d'|chez )?(?:l'association |la société |le groupe |l'entreprise |agence |"
    r"la |les |le |l'|du |au )?| \()"
)
_BELONGS_END = re.compile(r"[,.;)\n]|$| \(| (?:a|ont|est|se|[a-zà-ÿ]+(?:e|t)) ")
_REACH = 70
_SIGNATURE_WORDS = 14


@dataclass(frozen=True, slots=True)
class Given:
    """The role and the organisation that one place of the text gives a person."""

    role: str | None
    organisation: str | None


class Binder:
    """The roles of one text, bound to the people beside them."""

    def __init__(
        self,
        surface: Surface,
        people: Sequence[Extent],
        found: Sequence[Role],
        vocabulary: Vocabulary,
        around: Surroundings,
    ) -> None:
        self.around = around
        self.surface = surface
        self.people = people
        self.roles = found
        self.vocabulary = vocabulary

    def bind(self) -> dict[int, Role]:
        """The role of each person that has one, by the position of the person."""
        bound: dict[int, Role] = {}
        for role in self.roles:
            left, right = self._left(role), self._right(role)
            person = self._prefer(role, left if left not in bound else None, right)
            if person is not None and person not in bound:
                bound[person] = self._innermost(role, person)
        return bound

    def _innermost(self, role: Role, person: int) -> Role:
        if self.surface.plain[role.end : self.people[person][0]] != " ":
            return role
        return inner(self.surface, self.vocabulary, self.around, role)

    def _prefer(self, role: Role, left: int | None, right: int | None) -> int | None:
        if left is None or right is None:
            return right if left is None else left
        comma = "," in self.surface.plain[role.end : self.people[right][0]]
        if not role.determined or (comma and self._has_apposition(right)):
            return left
        return right

    def _has_apposition(self, person: int) -> bool:
        end = self.people[person][1]
        return any(
            self._is_apposed(end, role.start)
            for role in self.roles
            if 0 < role.start - end < _REACH
        )

    def _left(self, role: Role) -> int | None:
        for index, (_start, end) in enumerate(self.people):
            if 0 < role.start - end < _REACH and (
                self._is_apposed(end, role.start)
                or (not role.head.startswith("chargé") and self._becomes(end, role.start))
            ):
                return index
        return None

    def _is_apposed(self, end: int, role_start: int) -> bool:
        match = _APPOSED.fullmatch(self.surface.low, end, role_start)
        if not match:
            return False
        if "\n" in match["mark"] and not self._signature(end, role_start):
            return False
        words = match["words"].replace("'", " ").split()
        return all(w in self.vocabulary.between or w in self.vocabulary.dropped for w in words)

    def _signature(self, end: int, role_start: int) -> bool:
        line_start = self.surface.plain.rfind("\n", 0, end) + 1
        line_end = self.surface.plain.find("\n", role_start)
        name_line = self.surface.plain[line_start:end]
        role_line = self.surface.plain[role_start : line_end if line_end >= 0 else None]
        short = len(name_line.split()) <= 5 and len(role_line.split()) <= _SIGNATURE_WORDS  # noqa: PLR2004
        return short and not role_line.rstrip().endswith(".")

    def _becomes(self, end: int, role_start: int) -> bool:
        gap = self.surface.low[end:role_start].strip(" '").removeprefix(",").strip()
        for verb in self.vocabulary.become:
            if gap.startswith(verb):
                rest = gap[len(verb) :].replace("'", " ").split()
                return all(
                    w in self.vocabulary.between or w in self.vocabulary.dropped for w in rest
                )
        return False

    def _right(self, role: Role) -> int | None:
        for index, (start, _end) in enumerate(self.people):
            if 0 <= start - role.end < _REACH:
                match = _BEFORE_NAME.fullmatch(self.surface.plain, role.end, start)
                if not match:
                    return None
                if match["comma"] and not (role.determined or self._opens_sentence(role.start)):
                    return None
                if match["comma"] and self._is_governed(role) and self._has_own(role, index):
                    return None
                return None if self._names_complement(role, index, match) else index
        return None

    def _is_governed(self, role: Role) -> bool:
        """« sur proposition du ministre, M. X, directeur »: the minister is another."""
        return self.surface.low.endswith((" du ", " de la ", " de l'", " au "), 0, role.start)

    def _has_own(self, role: Role, person: int) -> bool:
        end = self.people[person][1]
        return any(
            0 < other.start - end < _REACH and self._is_apposed(end, other.start)
            for other in self.roles
            if other is not role
        )

    def _names_complement(self, role: Role, person: int, gap: re.Match[str]) -> bool:
        """« l'avocat de la famille Roux »: a bare surname after a complement belongs to that."""
        start, end = self.people[person]
        if gap[0] != " " or " " in self.surface.plain[start:end]:
            return False
        return " de" in self.surface.low[role.head_end : role.end] or (
            " du " in self.surface.low[role.head_end : role.end]
        )

    def _opens_sentence(self, start: int) -> bool:
        before = self.surface.plain[max(0, start - 4) : start].rstrip(' «"“')
        return not before or before[-1] in ".!?\n"


def presiding(
    surface: Surface,
    people: Sequence[Extent],
    organisations: Sequence[OrganisationMention],
    vocabulary: Vocabulary,
) -> Iterator[tuple[int, Given]]:
    """« X, qui préside Y »: role « président », « présidente » after « Mme »; organisation Y."""
    relative = vocabulary.relative
    pattern = re.compile(rf", qui (?P<verb>{'|'.join(relative)}) (?:la |le |l'|les |aussi )?")
    for index, (start, end) in enumerate(people):
        match = pattern.match(surface.low, end)
        for organisation in organisations if match else ():
            if match and organisation.start == match.end():
                first = surface.plain[start:end].split(" ", 1)[0].split("-", 1)[0]
                feminine = surface.low.endswith("mme ", 0, start) or first in vocabulary.feminine
                yield index, Given(relative[match["verb"]][feminine], organisation.text)


def belonging(
    surface: Surface, people: Sequence[Extent], organisations: Sequence[OrganisationMention]
) -> Iterator[tuple[int, Given]]:
    """« X, de Sylva Garonne, », « X, au Centre national …, », « X, agence Plein Relais »."""
    by_start = {organisation.start: organisation for organisation in organisations}
    for index, (_start, end) in enumerate(people):
        match = _BELONGS.match(surface.low, end)
        organisation = by_start.get(match.end()) if match else None
        if organisation and _BELONGS_END.match(surface.plain, organisation.end):
            yield index, Given(None, organisation.text)


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
        if ent.label_ in {"LOC", "ORG"} and not _before_role(surface, ent.end_char, vocabulary)
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
    )
    for extent in (*guessed, *missed):
        if is_person(surface, extent, false, civil=extent[0] in civil_starts):
            _keep(kept, extent, taken)
    named = without_places(surface, [e for e in kept if e[0] not in civil_starts])
    named = without_openers(surface, named, vocabulary)
    named = without_communes(surface, named, vocabulary, is_place)
    return sorted([*named, *(e for e in kept if e[0] in civil_starts)])


def _before_role(surface: Surface, end: int, vocabulary: Vocabulary) -> bool:
    """« Aminata Sourang, aide-soignante »: whatever the model says, a role makes it a person."""
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
    given: dict[int, Given] = {}
    for index, role in Binder(surface, names, found, vocabulary, around).bind().items():
        given[index] = Given(*part(surface, role, vocabulary, organisations, around))
    for index, said in presiding(surface, names, organisations, vocabulary):
        given.setdefault(index, said)
    for index, said in belonging(surface, names, organisations):
        given.setdefault(index, said)
    return _mentions(surface.text, names, given)


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
