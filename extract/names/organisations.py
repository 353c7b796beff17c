"""Find organisations, and call each by the fullest name that its document gives it.

Three hands find them: the vocabulary and head nouns of ``organisations.toml``, the acronyms that
the document spells out (« Assemblée des communautés de France (AdCF) » once, AdCF after), and the
statistical names, cleaned of roles, headings, programmes and sentence openings. A name and the
acronym after it are two mentions of one organisation. « l'État » counts as one; a region or a
commune that acts does not.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from importlib.resources import files
from itertools import pairwise
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from recoupe.extract.annotations import annotations_of, mirror
from recoupe.extract.names.announced import Announced, IsPlace, PlaceNames
from recoupe.extract.names.firms import Firms
from recoupe.extract.names.guessed import credible, opens_sentence, trimmed
from recoupe.extract.names.institutions import (
    Context,
    Heads,
    TagAt,
    acronym_after,
    institutions,
    named_companies,
    overlaps,
)
from recoupe.extract.names.members import Members
from recoupe.extract.names.roles import Vocabulary as RoleVocabulary
from recoupe.extract.surface import Surface, bare, surface_of
from recoupe.extract.wordings import Wording, WordingIndex, wording
from recoupe.records import OrganisationMention

_STATE = re.compile(r"(?<=[lL]')[ÉE]tat\b(?!s)(?!-)")
#: « les membres de l'Union »; the commune is « L'Union » everywhere.
_THE_UNION = re.compile(r"(?<!\w)l'Union\b(?![-'])")
_OF = frozenset({"de", "d", "du", "des"})
_NATIONALITY = re.compile(
    r" \w*(?:ais|aise|ois|oise|ien|ienne|éen|éenne|ain|aine|and|ande|ol|ole|ique|belge|russe|"
    r"suisse|arabe|turc|turque|grec|grecque|slovène|tchèque|slovaque|serbe|croate|bulgare)"
)
_APART = re.compile(r"[ ']")
_LISTED = 3
_INSTITUTION = 2


@dataclass(frozen=True, slots=True)
class Candidate:
    """An organisation at ``start:end``; of overlapping ones the higher ``rank`` wins."""

    start: int
    end: int
    name: str
    rank: int
    weak: bool = False


class Vocabulary:
    """What ``organisations.toml`` knows, ready to be looked up."""

    def __init__(self) -> None:
        path = files("recoupe.extract").joinpath("vocabulary", "organisations.toml")
        data: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
        self.index = WordingIndex(
            wording(words, name)
            for name, aliases in data["organisations"].items()
            for words in (name, *aliases)
        )
        self.capital = frozenset(data["capital"]["names"])
        self.heads = Heads(data["heads"])
        self.announced = Announced(
            data["announced"],
            [noun for noun in data["heads"]["naming"] if noun not in data["heads"]["people"]],
            frozenset(data["announced"]["not_names"]),
        )
        self.trades = frozenset(data["announced"]["trades"])
        self.tools = frozenset(data["products"]["nouns"])
        self.products = _after_noun(data["products"]["nouns"])
        names = RoleVocabulary()
        self.role = names.head
        self.first_names = names.feminine | names.masculine
        self.firms = Firms(data["firms"], self.first_names)
        self.members = Members(data["members"], self.first_names)
        self.collectivites = _collectivites(data["collectivites"])
        self.state_not_after = tuple(data["state"]["not_after"])
        self.false = frozenset(bare(word) for word in data["false"]["words"])
        councils = "|".join(bare(word) for word in data["false"]["councils"])
        self.councils = re.compile(rf"\bconseils? (?:{councils})|\bconseill\w+ |\bmaires?\b")


def _collectivites(words: dict[str, list[str]]) -> re.Pattern[str]:
    """« communauté de communes … », « Redon Agglomération », no « conseil de X Communauté »."""
    heads, ends = "|".join(words["heads"]), "|".join(words["ends"])
    return re.compile(rf"(?:(?i:{heads})\b|[A-ZÀ-Þ0-9].*\b(?i:{ends})\b).*")


def _after_noun(nouns: list[str]) -> re.Pattern[str]:
    """« l'application | Donzy en poche », « son site internet | »."""
    return re.compile(rf"(?<![\w-])(?:{'|'.join(nouns)}) [«\"“]? ?$")


def listed(surface: Surface, vocabulary: Vocabulary) -> Iterator[Candidate]:
    """Organisations of the list."""
    for hit in vocabulary.index.find(surface):
        first = surface.plain[hit.start]
        if first.islower() and (hit.wording.name in vocabulary.capital or not hit.wording.exact):
            if hit.wording.name in vocabulary.capital or " " not in hit.wording.words:
                continue
        elif hit.wording.name in vocabulary.capital and not _bears_capitals(
            surface.plain[hit.start : hit.end], hit.wording.words
        ):
            continue
        yield Candidate(hit.start, hit.end, hit.wording.name, rank=_LISTED)


def _bears_capitals(text: str, words: str) -> bool:
    """« Le Monde », no « Le monde »."""
    pairs = zip(_APART.split(text), _APART.split(words), strict=False)
    return all(word[:1].isupper() or not model[:1].isupper() for word, model in pairs)


def state(surface: Surface, vocabulary: Vocabulary) -> Iterator[Candidate]:
    """« l'État » where the State acts, not « chef de l'État »."""
    for match in _STATE.finditer(surface.plain):
        before = surface.low[max(0, match.start() - 24) : match.start() - 2].rstrip()
        if not before.endswith(vocabulary.state_not_after):
            yield Candidate(*match.span(), "État", rank=_LISTED)


def the_union(surface: Surface, tag_at: TagAt) -> Iterator[Candidate]:
    """« les membres de l'Union », not « l'Union normande », « l'Union des artisans »."""
    for match in _THE_UNION.finditer(surface.plain):
        following = next(surface.next_words(match.end(), match.end() + 20), None)
        beside = following and surface.plain[match.end() : following[0]] == " "
        if beside and following:
            word = surface.plain[slice(*following)]
            if word[0].isupper() or word in _OF or tag_at(following[0]) in {"ADJ", "NOUN"}:
                continue
        yield Candidate(match.start() + 2, match.end(), "Union", rank=2)


def by_pattern(
    surface: Surface, vocabulary: Vocabulary, context: Context, is_place: IsPlace
) -> Iterator[Candidate]:
    """Organisations that a head noun, a naming noun, a role or a company's ending announces."""
    for found in institutions(surface, vocabulary.heads, context):
        words = surface.plain[found.start : found.end]
        yield Candidate(found.start, found.end, words, rank=2, weak=found.rule == "weak")
    for found in named_companies(surface, vocabulary.heads, context):
        yield Candidate(found.start, found.end, surface.plain[found.start : found.end], rank=1)
    members = vocabulary.members.find(surface, context.people, is_place)
    for start, end in (
        *vocabulary.firms.find(surface, context.people, is_place),
        *(m for m in members if bare(surface.plain[slice(*m)]) not in vocabulary.false),
    ):
        yield Candidate(start, end, surface.plain[start:end], rank=_INSTITUTION)
    for start, end, doubtful in vocabulary.announced.find(surface, is_place):
        first = re.split(r"[ -]", surface.plain[start:end], maxsplit=1)[0]
        if not (doubtful and start in context.people) and first not in vocabulary.first_names:
            yield Candidate(start, end, surface.plain[start:end], rank=1)


def statistical(
    doc: Doc, surface: Surface, vocabulary: Vocabulary, is_place: IsPlace
) -> Iterator[Candidate]:
    """The model's organisations that stand up to a second look, places left out."""
    for ent in doc.ents:
        if ent.label_ != "ORG":
            continue
        start, end = trimmed(surface, ent.start_char, ent.end_char)
        if is_place(surface.plain[start:end]) and not _THE_UNION.match(surface.plain, start - 2):
            continue
        if start < end and credible(
            surface, ent, start, end, vocabulary.false, vocabulary.councils
        ):
            yield Candidate(start, end, surface.plain[start:end], rank=0)


def _precedence(item: Candidate) -> tuple[int, int, int]:
    """Vocabulary and institutions by length, then announced names, then the model's."""
    return -min(item.rank, 2), item.start - item.end, -item.rank


def choose(candidates: Iterable[Candidate], taken: Sequence[tuple[int, int]]) -> list[Candidate]:
    """One candidate per stretch of text, outside of ``taken``, in the order of the text."""
    kept: list[Candidate] = []
    for item in sorted(candidates, key=_precedence):
        spans = [(other.start, other.end) for other in kept]
        if not overlaps(item.start, item.end, taken) and not overlaps(item.start, item.end, spans):
            kept.append(item)
    return sorted(kept, key=lambda c: c.start)


def acronyms(surface: Surface, found: Sequence[Candidate]) -> dict[str, str]:
    """Acronyms that the document spells out: ``{"AdCF": "Assemblée des communautés…"}``."""
    spelled: dict[str, str] = {}
    for item in found:
        span = acronym_after(surface, item.end)
        if span:
            spelled[surface.plain[span[0] : span[1]]] = surface.text[item.start : item.end]
    for item, following in pairwise(found):
        acronym = surface.plain[item.start : item.end]
        opened = surface.plain[item.end : following.start] == " ("
        if opened and acronym.isupper() and " " in surface.plain[following.start : following.end]:
            spelled[acronym] = surface.text[following.start : following.end]
    return spelled


def _initials(found: Sequence[Candidate]) -> dict[str, str]:
    """« LTC » where the text names one Lannion-Trégor Communauté."""
    names = {item.name for item in found if " " in item.name or "-" in item.name}
    by_initials: dict[str, set[str]] = {}
    for name in names:
        words = [word for word in re.split(r"[ -]", name) if word[:1].isupper()]
        if len(words) > 2:  # noqa: PLR2004
            by_initials.setdefault("".join(word[0] for word in words), set()).add(name)
    return {letters: next(iter(full)) for letters, full in by_initials.items() if len(full) == 1}


def _again(
    surface: Surface, found: Sequence[Candidate], spelled: dict[str, str]
) -> Iterator[Candidate]:
    """Other mentions, in the same letters, of acronyms spelled out and of names announced."""
    wordings = [Wording(acronym, name, exact=True) for acronym, name in spelled.items()]
    wordings += [
        Wording(item.name, item.name, exact=True)
        for item in found
        if item.rank == 1 and len(item.name) > 2  # noqa: PLR2004
    ]
    if wordings:
        for hit in WordingIndex(wordings).find(surface):
            yield Candidate(hit.start, hit.end, hit.wording.name, rank=1)


def fullest(
    mentions: Sequence[Candidate], surface: Surface, spelled: dict[str, str]
) -> dict[str, str]:
    """For each wording of the document, the fullest name it has there, as it stands."""
    longest: dict[str, str] = {}
    for item in mentions:
        written = surface.text[item.start : item.end]
        known = longest.get(bare(item.name), "")
        longest[bare(item.name)] = max(known, written, key=len)
    names = {}
    for item in mentions:
        written = surface.plain[item.start : item.end]
        best = spelled.get(written, longest[bare(item.name)])
        listed_so = item.rank == _LISTED and bare(best) == bare(item.name)
        names[written] = _accented(best, item.name) if listed_so else best
    return names


def _accented(written: str, canonical: str) -> str:
    """The list's capitals and accents, the document's apostrophes."""
    return canonical.replace("'", "’") if "’" in written else canonical


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
    known = [
        *listed(surface, vocabulary),
        *state(surface, vocabulary),
        *the_union(surface, tagger(doc)),
        *by_pattern(surface, vocabulary, context_of(doc, surface, vocabulary.trades), is_place),
    ]
    guessed = [
        _promoted(item, known, vocabulary)
        for item in statistical(doc, surface, vocabulary, is_place)
    ]
    known, guessed = (
        [_without_person(item, surface, vocabulary) for item in items] for items in (known, guessed)
    )
    known = [
        item
        for item in known
        if item.rank > 1 or not is_place(item.name) or vocabulary.collectivites.fullmatch(item.name)
    ]
    known, guessed = (
        [item for item in items if item.rank > 1 or not _is_product(item, surface, vocabulary)]
        for items in (known, guessed)
    )
    tag_at = tagger(doc)
    parties = _parties(doc, surface, vocabulary)
    guessed = [
        item
        for item in guessed
        if _stands_up(item, surface, known, is_place, tag_at, parties)
        and not _has_role(item, surface, vocabulary)
    ]
    candidates = [*(_completed(item, guessed, surface) for item in known), *guessed]
    first = choose([item for item in candidates if not _gives_way(item, candidates)], taken)
    spelled = {**_initials(first), **acronyms(surface, first)}
    found = choose([*first, *_again(surface, first, spelled)], taken)
    names = fullest(found, surface, spelled)
    return [
        _mention(surface.text, item, names[surface.plain[item.start : item.end]]) for item in found
    ]


#: « Aidants en ligne, la plateforme de l'État »
_APPOSED = re.compile(r", (?:l'|la |le |une? |son |sa |notre )(?P<noun>[a-zà-ÿ-]+)\b")


def _is_product(item: Candidate, surface: Surface, vocabulary: Vocabulary) -> bool:
    """« l'application Donzy en poche », « Mes Démarches, le portail … »: a tool, no body."""
    if vocabulary.products.search(surface.low, max(0, item.start - 30), item.start):
        return True
    after = _APPOSED.match(surface.low, item.end)
    return after is not None and after["noun"] in vocabulary.tools


def _without_person(item: Candidate, surface: Surface, vocabulary: Vocabulary) -> Candidate:
    """« a précisé à Mascaret | Régis Vandenabeele »: a first name begins another name."""
    if item.rank > 1:
        return item
    words = list(surface.next_words(item.start, item.end))
    for (_, before), (start, end), following in zip(words, words[1:], words[2:], strict=False):
        first = surface.plain[start:end].split("-", 1)[0]
        if first in vocabulary.first_names and surface.plain[following[0]].isupper():
            return replace(item, end=before, name=surface.plain[item.start : before])
    return item


def _stands_up(
    item: Candidate,
    surface: Surface,
    known: Sequence[Candidate],
    is_place: IsPlace,
    tag_at: TagAt,
    parties: frozenset[int],
) -> bool:
    """Whether a guess is neither a place, a table's word, nor the acronym of what is no body."""
    if is_place(item.name) and not _THE_UNION.match(surface.plain, item.start - 2):
        return False
    if surface.plain.endswith("L'", 0, item.start) and is_place(f"L'{item.name}"):
        return False  # « le maire de L'Union »
    line = surface.plain.rfind("\n", 0, item.start) + 1
    if " | " in surface.plain[line : item.end + 3] and not _in_prose(item.name, surface):
        return False
    spelled = re.search(rf"[a-zà-ÿ] \({re.escape(item.name)}\)", surface.plain)
    if item.name.isupper() and spelled and item.start not in parties:
        return any(other.end == spelled.start() + 1 for other in known)
    if item.name.isupper() and _OF_A_THING.search(surface.low, max(0, item.start - 24), item.start):
        return False
    if " " in item.name or item.name.isupper():
        return True
    return not _only_opens(item.name, surface) or _acts(item, surface, tag_at)


def _parties(doc: Doc, surface: Surface, vocabulary: Vocabulary) -> frozenset[int]:
    """Where a party may stand: « François Hollande (PS) », « le député-maire (UMP) »."""
    people = {ent.end_char for ent in doc.ents if ent.label_ == "PER"}
    opened = _PARENTHESIS.finditer(surface.plain)
    return frozenset(
        match.end()
        for match in opened
        if match.end("word") in people or vocabulary.role(match["word"]) is not None
    )


_PARENTHESIS = re.compile(r"(?<![\w-])(?P<word>[\w-]+) \((?=[A-Z])")


#: « classe DPE », « module BEGES », « indicateur NPS »: acronyms of things.
_OF_A_THING = re.compile(
    r"\b(?:classes?|indicateurs?|scores?|modules?|normes?|méthodes?|codes?|outils?|formats?|logiciels?|"
    r"diagnostics?|étiquettes?|bilans?|taxes?|numéros?|fichiers?|réaliser un|un|une|des) $"
)


def _only_opens(name: str, surface: Surface) -> bool:
    """Whether a single word only opens lines and sentences (« Stratégie », « Renforcer »)."""
    if not name.isalpha():
        return False
    places = re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", surface.plain)
    return all(opens_sentence(surface, match.start()) for match in places)


def _acts(item: Candidate, surface: Surface, tag_at: TagAt) -> bool:
    """« Voltescaut a signé », « Voltescaut, Novalis et… »: a verb or another name follows.

    « Renforcer l'offre » opens a heading.
    """
    after = next(surface.next_words(item.end, min(len(surface.plain), item.end + 20)), None)
    if after is None:
        return False
    listed = surface.plain[item.end : after[0]] == ", " and surface.plain[after[0]].isupper()
    return listed or tag_at(after[0]) in {"VERB", "AUX"}


def _has_role(item: Candidate, surface: Surface, vocabulary: Vocabulary) -> bool:
    """« (Aminata Sourang, aide-soignante) »: two capitalised words and a trade are a person."""
    names = surface.plain[item.start : item.end].split()
    after = next(surface.next_words(item.end, min(len(surface.plain), item.end + 40)), None)
    if len(names) not in {2, 3} or not all(name[0].isupper() for name in names) or not after:
        return False
    gap = surface.plain[item.end : after[0]]
    return gap == ", " and vocabulary.role(surface.low[slice(*after)]) is not None


def _in_prose(name: str, surface: Surface) -> bool:
    lines = surface.plain.split("\n")
    return any(name in line for line in lines if " | " not in line)


def _promoted(item: Candidate, known: Sequence[Candidate], vocabulary: Vocabulary) -> Candidate:
    """« Conseil de sécurité de l'ONU » goes before ONU; « commission de l'Assemblée » does not."""
    inside = [k for k in known if item.start <= k.start and k.end <= item.end]
    longer = len(inside) == 1 and item.end - item.start > inside[0].end - inside[0].start
    if longer and item.name[0].isupper() and _extends(item, inside[0], vocabulary):
        return Candidate(item.start, item.end, item.name, rank=2)
    return item


def _extends(item: Candidate, inner: Candidate, vocabulary: Vocabulary) -> bool:
    """« Parlement belge » is a name; « Ademe cofinancent » is a name and its verb."""
    after = item.name[inner.end - item.start :]
    if not any(map(str.isalpha, after)) and after:
        return False
    if not after.islower() or inner.name in vocabulary.capital:
        return True
    return bool(_NATIONALITY.fullmatch(after))


#: « Réserve | fédérale », « Académie des arts | et des sciences »
_LONGER = re.compile(r" (?:et d|en |contre |[a-zà-ÿ]+(?:ale?|ique|aise?|iste|ienne?)$).*")


def _completed(item: Candidate, guessed: Sequence[Candidate], surface: Surface) -> Candidate:
    """An institution to the end of the model's name that it runs into: « … du Parti | unifié »."""
    if item.rank > _INSTITUTION:
        return item
    ends = [
        g.end
        for g in guessed
        if (item.rank == _INSTITUTION and item.start < g.start < item.end < g.end)
        or (item.start == g.start and _LONGER.fullmatch(surface.plain, item.end, g.end))
    ]
    end = max(ends, default=item.end)
    return replace(item, end=end, name=surface.plain[item.start : end])


def _gives_way(item: Candidate, candidates: Sequence[Candidate]) -> bool:
    """Whether a weak head stands before an organisation that ends its name."""
    return (
        item.weak
        and item.name[0].islower()
        and any(other.end == item.end and other.start > item.start for other in candidates)
    )


def _mention(text: str, item: Candidate, name: str) -> OrganisationMention:
    return OrganisationMention(
        start=item.start, end=item.end, text=text[item.start : item.end], name=name
    )


def context_of(doc: Doc, surface: Surface, trades: Iterable[str] = ()) -> Context:
    """What the statistical components say of ``doc``."""
    ents = [(ent.label_, ent.start_char, ent.end_char) for ent in doc.ents]
    people = [(start, end) for label, start, end in ents if label == "PER"]
    several = [span for span in people if " " in surface.plain[span[0] : span[1]].strip()]
    things = [start for label, start, _end in ents if label == "MISC"]
    return Context(tagger(doc), people=several, things=things, trades=trades)


def tagger(doc: Doc) -> TagAt:
    """Look up parts of speech by offset."""

    def tag_at(offset: int) -> str:
        span = doc.char_span(offset, offset + 1, alignment_mode="expand")
        return span[0].pos_ if span else ""

    return tag_at


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
        territorial = [b for b in bodies if self._vocabulary.collectivites.fullmatch(b.name)]
        annotations.organisations = [body for body in bodies if body not in territorial]
        annotations.collectivites = territorial
        mirror(doc, "organisations", annotations.organisations, label="ORGANISATION")
        return doc
