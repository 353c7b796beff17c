"""Find organisations, and call each by the fullest name that its document gives it.

Three hands find them: the vocabulary and head nouns of ``organisations.toml``, the acronyms that
the document spells out (« Assemblée des communautés de France (AdCF) » once, AdCF after), and the
statistical names, cleaned of roles, headings, programmes and sentence openings. A name and the
acronym after it are two mentions of one organisation. « l'État » counts as one; a region or a
commune that acts does not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from spacy.language import Language
from spacy.tokens import Doc

from recoupe.extract.annotations import annotations_of, mirror
from recoupe.extract.names.announced import IsPlace, PlaceNames
from recoupe.extract.names.body_candidates import INSTITUTION, LISTED, Candidate, choose
from recoupe.extract.names.body_guesses import (
    EUROPE,
    THE_UNION,
    completed,
    context_of,
    gives_way,
    has_role,
    is_product,
    parties_of,
    promoted,
    stands_up,
    statistical,
    tagger,
    without_person,
)
from recoupe.extract.names.body_names import acronyms, fullest, initials, named_again
from recoupe.extract.names.body_vocabulary import Vocabulary
from recoupe.extract.names.group_names import group_end
from recoupe.extract.names.guessed import LOCAL
from recoupe.extract.names.institutions import (
    Context,
    TagAt,
    institutions,
)
from recoupe.extract.names.named_firms import named_companies
from recoupe.extract.names.spelled import spelled_bodies
from recoupe.extract.surface import Surface, bare, surface_of
from recoupe.records import OrganisationMention

_STATE = re.compile(r"(?<=[lL]')[ÉE]tat\b(?!s)(?!-)")
#: What is called like a group of communes and is none.
_EUROPEAN = frozenset({"Communauté", "Communauté européenne", "Communautés européennes"})
_THE_COMMUNITY = re.compile(r"(?<!\w)la Communauté\b(?![-'])")
_CAPITALISED = re.compile(r"(?<![\w'-])(?P<first>[A-ZÀ-Þ][\w-]+) $")
_FORMER = re.compile(r"(?<![\w-])ex-(?P<name>[A-ZÉ][\w-]+)")
_OF = frozenset({"de", "d", "du", "des"})
_APART = re.compile(r"[ ']")


def listed(surface: Surface, vocabulary: Vocabulary) -> Iterator[Candidate]:
    """Organisations of the list."""
    for hit in vocabulary.index.find(surface):
        first = surface.plain[hit.start]
        if " " not in hit.wording.words and _is_surname(surface, hit.start, vocabulary):
            continue
        if first.islower() and (hit.wording.name in vocabulary.capital or not hit.wording.exact):
            if hit.wording.name in vocabulary.capital or " " not in hit.wording.words:
                continue
        elif hit.wording.name in vocabulary.capital and not _bears_capitals(
            surface.plain[hit.start : hit.end], hit.wording.words
        ):
            continue
        yield Candidate(hit.start, hit.end, hit.wording.name, rank=LISTED)


def _is_surname(surface: Surface, start: int, vocabulary: Vocabulary) -> bool:
    """« Rémi | Colas »: a first name stands before it."""
    before = _CAPITALISED.search(surface.plain, max(0, start - 20), start)
    return before is not None and before["first"].split("-", 1)[0] in vocabulary.first_names


def former(surface: Surface, vocabulary: Vocabulary) -> Iterator[Candidate]:
    """« Anne Roux, ex-| Anru »: what is listed, behind « ex- »."""
    for match in _FORMER.finditer(surface.plain):
        name = vocabulary.alone.get(match["name"])
        if name:
            yield Candidate(*match.span("name"), name, rank=LISTED)


def _bears_capitals(text: str, words: str) -> bool:
    """« Le Monde », no « Le monde »."""
    pairs = zip(_APART.split(text), _APART.split(words), strict=False)
    return all(word[:1].isupper() or not model[:1].isupper() for word, model in pairs)


def state(surface: Surface, vocabulary: Vocabulary) -> Iterator[Candidate]:
    """« l'État » where the State acts, not « chef de l'État »."""
    for match in _STATE.finditer(surface.plain):
        before = surface.low[max(0, match.start() - 24) : match.start() - 2].rstrip()
        if not before.endswith(vocabulary.state_not_after):
            yield Candidate(*match.span(), "État", rank=LISTED)


def the_union(surface: Surface, tag_at: TagAt) -> Iterator[Candidate]:
    """« les membres de l'Union », not « l'Union normande », « l'Union des artisans ».

    « la Communauté » is the European one where nothing tells of communes.
    """
    patterns = [THE_UNION]
    if not LOCAL.search(surface.low):
        patterns.append(_THE_COMMUNITY)
    for pattern in patterns:
        for match in pattern.finditer(surface.plain):
            if match[0].startswith("L") and not EUROPE.search(surface.low):
                continue  # « le maire de L'Union »
            if not _is_qualified(surface, match.end(), tag_at):
                name = surface.plain[match.start() : match.end()].replace("'", " ").split()[-1]
                yield Candidate(match.end() - len(name), match.end(), name, rank=2)


def _is_qualified(surface: Surface, end: int, tag_at: TagAt) -> bool:
    """« l'Union | normande », « l'Union | des artisans »."""
    following = next(surface.next_words(end, end + 20), None)
    if not following or surface.plain[end : following[0]] != " ":
        return False
    word = surface.plain[slice(*following)]
    if word[0].isupper() or word in _OF or word.startswith("européenne"):
        return True
    return tag_at(following[0]) in {"ADJ", "NOUN"}


def by_pattern(
    surface: Surface, vocabulary: Vocabulary, context: Context, is_place: IsPlace
) -> Iterator[Candidate]:
    """Organisations that a head noun, a naming noun, a role or a company's ending announces."""
    for found in institutions(surface, vocabulary.heads, context):
        words = surface.plain[found.start : found.end]
        if bare(words) in vocabulary.false:
            continue
        town = vocabulary.heads.placed.fullmatch(words)
        if town and (is_place(town["place"]) or town["place"].islower()):
            continue
        yield Candidate(found.start, found.end, words, rank=2, weak=found.rule == "weak")
    for start, end in spelled_bodies(surface, vocabulary.spelled_heads, vocabulary.no_letters):
        yield Candidate(start, end, surface.plain[start:end], rank=INSTITUTION)
    for found in named_companies(surface, vocabulary.heads, context):
        yield Candidate(found.start, found.end, surface.plain[found.start : found.end], rank=1)
    members = vocabulary.members.find(surface, context.people, is_place, context.places)
    for start, end in (
        *vocabulary.firms.find(surface, context.people, is_place),
        *vocabulary.beside.find(surface, context.people, is_place),
        *(m for m in members if bare(surface.plain[slice(*m)]) not in vocabulary.false),
    ):
        yield Candidate(start, end, surface.plain[start:end], rank=INSTITUTION)
    for start, last, doubtful in vocabulary.announced.find(surface, is_place):
        first = re.split(r"[ -]", surface.plain[start:last], maxsplit=1)[0]
        end = _lower_end(surface, start, last, context) if doubtful else last
        person = doubtful and start in context.people and not context.is_slogan(first)
        if not person and first not in vocabulary.first_names:
            yield Candidate(start, end, surface.plain[start:end], rank=1)


#: « l'opérateur Keolis | Dijon Mobilités »
_BRANCH = re.compile(r"(?: [A-ZÀ-Þ][\w-]+){1,3}")


def _with_branches(known: Sequence[Candidate], surface: Surface) -> list[Candidate]:
    """A listed company's branch goes before the company whose name it begins with."""
    ends = {item.start: item.end for item in known if item.rank == LISTED}
    return [
        replace(item, rank=INSTITUTION)
        if item.rank == 1 and _BRANCH.fullmatch(surface.plain, ends.get(item.start, 0), item.end)
        else item
        for item in known
    ]


#: « la Banque des Territoires | 610 », « l'AMF | et maire de Lens », « l'ANCT | et des autres »
_TAIL = re.compile(
    r" (?:\d{3}|\d+,\d|sur |(?:et|ou) "
    r"(?:des autres|d'autres|les autres|(?!d[eu] |de la |de l'|des |d')[a-zà-ÿ]))"
)


def _without_tails(
    items: Sequence[Candidate], known: Sequence[Candidate], surface: Surface
) -> list[Candidate]:
    """The candidates but those that run on behind a listed name."""
    ends = {item.start: item.end for item in known if item.rank == LISTED}
    return [
        item
        for item in items
        if item.start not in ends
        or item.end <= ends[item.start]
        or not _TAIL.match(surface.plain, ends[item.start], item.end)
    ]


_ENDED = re.compile(r"[,.;:)\n]|$| \(")


def _lower_end(surface: Surface, start: int, end: int, context: Context) -> int:
    """« directrice de Terre | d'escale, »: where a mark closes a name that a common word begins."""
    name = surface.plain[start:end]
    proper = context.tag_at(start) == "PROPN" and not context.is_slogan(name)
    if " " in name or proper or not context.is_common(name):
        return end
    last = group_end(surface, end, context.tag_at, context.trades, common=True)
    return last if _ENDED.match(surface.plain, last) else end


def organisations_of(
    doc: Doc,
    vocabulary: Vocabulary,
    *,
    taken: Sequence[tuple[int, int]] = (),
    is_place: IsPlace = lambda _name: False,
) -> list[OrganisationMention]:
    """The bodies of ``doc`` outside of ``taken`` spans, in order, none over another.

    ``is_place`` tells names that the gazetteer knows; collectivités are among the bodies.
    """
    surface = surface_of(annotations_of(doc).article.text)
    context = context_of(doc, surface, vocabulary)
    known = [
        *listed(surface, vocabulary),
        *former(surface, vocabulary),
        *state(surface, vocabulary),
        *the_union(surface, tagger(doc)),
        *(
            Candidate(start, end, surface.plain[start:end], rank=1)
            for start, end in vocabulary.acting.find(doc, surface, is_place)
        ),
        *by_pattern(surface, vocabulary, context, is_place),
    ]
    firms = [(item.start, item.end) for item in known if item.name[0].isupper()]
    others = (
        *vocabulary.beside.joined(surface, firms, context.people, is_place, context.is_common),
        *vocabulary.beside.letters(surface, firms),
    )
    known += [Candidate(start, end, surface.plain[start:end], rank=1) for start, end in others]
    headed = {item.start for item in known}
    guessed = [
        promoted(item, known, surface, vocabulary)
        for item in statistical(doc, surface, vocabulary, is_place)
        if item.start in headed or not surface.plain[item.start].islower()
    ]  # « la fonderie de l'Orne »: no noun that heads a body's name
    known, guessed = (
        [without_person(item, surface, vocabulary) for item in items] for items in (known, guessed)
    )
    known = _with_branches(known, surface)
    known, guessed = (_without_tails(items, known, surface) for items in (known, guessed))
    known = [
        item
        for item in known
        if item.rank > 1 or not is_place(item.name) or vocabulary.collectivites.fullmatch(item.name)
    ]
    known, guessed = (
        [item for item in items if item.rank > 1 or not is_product(item, surface, vocabulary)]
        for items in (known, guessed)
    )
    tag_at = tagger(doc)
    parties = parties_of(doc, surface, vocabulary)
    guessed = [
        item
        for item in guessed
        if stands_up(item, surface, known, is_place, tag_at, parties)
        and not has_role(item, surface, vocabulary)
    ]
    longer = [*guessed, *(item for item in known if item.rank == LISTED)]
    candidates = [*(completed(item, longer, surface) for item in known), *guessed]
    first = choose([item for item in candidates if not gives_way(item, candidates)], taken)
    spelled = {**initials(first), **acronyms(surface, first)}
    found = choose([*first, *named_again(surface, first, spelled)], taken)
    names = fullest(found, surface, spelled)
    return [
        _mention(surface.text, item, names[surface.plain[item.start : item.end]]) for item in found
    ]


def _mention(text: str, item: Candidate, name: str) -> OrganisationMention:
    return OrganisationMention(
        start=item.start, end=item.end, text=text[item.start : item.end], name=name
    )


class OrganisationsComponent:
    """Fill ``annotations.organisations`` and ``doc.spans["organisations"]``.

    Bodies whose name is a territory's go to ``annotations.collectivites``: they speak and pay,
    and their pages are the territories'.
    """

    def __init__(self, nlp: Language, name: str = "recoupe_organisations") -> None:
        self.name = name
        self.vocab = nlp.vocab
        self._vocabulary = Vocabulary()
        self._places = PlaceNames()

    def __call__(self, doc: Doc) -> Doc:
        """Find the organisations of ``doc``, outside of its programmes."""
        annotations = annotations_of(doc)
        taken = [mention.span for mention in annotations.programmes]
        bodies = organisations_of(doc, self._vocabulary, taken=taken, is_place=self._places.knows)
        is_territory = self._vocabulary.collectivites.fullmatch
        territorial = [b for b in bodies if b.name not in _EUROPEAN and is_territory(b.name)]
        annotations.organisations = [body for body in bodies if body not in territorial]
        annotations.collectivites = territorial
        mirror(doc, "organisations", annotations.organisations, label="ORGANISATION")
        return doc
