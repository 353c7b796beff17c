"""Which of the statistical model's organisations stand up beside the known ones."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Doc, Span

from recoupe.extract.names.announced import IsPlace
from recoupe.extract.names.body_candidates import INSTITUTION, LISTED, Candidate
from recoupe.extract.names.body_vocabulary import Vocabulary
from recoupe.extract.names.guessed import credible, opens_sentence, trimmed
from recoupe.extract.names.institutions import Context, TagAt
from recoupe.extract.surface import Surface

#: « les membres de l'Union »; the commune is « L'Union » everywhere (`EUROPE`).
THE_UNION = re.compile(r"(?<!\w)[lL]'Union\b(?![-'])")
#: « L'Union doit répondre au Parlement »
EUROPE = re.compile(
    r"europé|\beurodéput|états membres|\bparlement\b|la commission\b|bruxelles|\btraités?\b"
)
_NATIONALITY = re.compile(
    r" \w*(?:ais|aise|ois|oise|ien|ienne|éen|éenne|ain|aine|and|ande|ol|ole|ique|belge|russe|"
    r"suisse|arabe|turc|turque|grec|grecque|slovène|tchèque|slovaque|serbe|croate|bulgare)"
)


def statistical(
    doc: Doc, surface: Surface, vocabulary: Vocabulary, is_place: IsPlace
) -> Iterator[Candidate]:
    """The model's organisations that stand up to a second look, places left out."""
    for ent in doc.ents:
        if ent.label_ != "ORG":
            continue
        start, end = trimmed(surface, ent.start_char, _without_verb(ent))
        if is_place(surface.plain[start:end]) and not THE_UNION.match(surface.plain, start - 2):
            continue
        if start < end and credible(surface, ent, start, end, vocabulary.refused):
            yield Candidate(start, end, surface.plain[start:end], rank=0)


def _without_verb(ent: Span) -> int:
    """« Alsa | en gère »: where the words that no name ends with begin."""
    last = ent.end - 1
    while last > ent.start and ent.doc[last].is_lower and ent.doc[last].pos_ in _ENDS_NO_NAME:
        last -= 1
    return ent.doc[last].idx + len(ent.doc[last])


_ENDS_NO_NAME = frozenset({"VERB", "AUX", "PRON", "ADV", "SCONJ", "ADP", "DET"})


#: « Aidants en ligne, la plateforme de l'État »
_APPOSED = re.compile(r", (?:l'|la |le |une? |son |sa |notre )(?P<noun>[a-zà-ÿ-]+)\b")


def is_product(item: Candidate, surface: Surface, vocabulary: Vocabulary) -> bool:
    """« l'application Donzy en poche », « Mes Démarches, le portail … »: a tool, no body."""
    if vocabulary.products.search(surface.low, max(0, item.start - 30), item.start):
        return True
    after = _APPOSED.match(surface.low, item.end)
    return after is not None and after["noun"] in vocabulary.tools


_LOOSE = re.compile(r"(?: (?:et|&|de|du|des|d'|de la|de l'))+ ?$")


def without_person(item: Candidate, surface: Surface, vocabulary: Vocabulary) -> Candidate:
    """« a précisé à Mascaret | Régis Vandenabeele »: a first name begins another name."""
    if item.rank > 1:
        return item
    words = list(surface.next_words(item.start, item.end))
    for (_, before), (start, end), following in zip(words, words[1:], words[2:], strict=False):
        first = surface.plain[start:end].split("-", 1)[0]
        if first in vocabulary.first_names and surface.plain[following[0]].isupper():
            loose = _LOOSE.search(surface.plain, item.start, before)
            last = loose.start() if loose else before
            return replace(item, end=last, name=surface.plain[item.start : last])
    return item


def stands_up(
    item: Candidate,
    surface: Surface,
    known: Sequence[Candidate],
    is_place: IsPlace,
    tag_at: TagAt,
    parties: frozenset[int],
) -> bool:
    """Whether a guess is neither a place, a table's word, nor the acronym of what is no body."""
    opens = surface.plain.endswith("L'", 0, item.start)
    if opens and is_place(f"L'{item.name}"):
        return EUROPE.search(surface.low) is not None  # « le maire de L'Union »
    if is_place(item.name) and not THE_UNION.match(surface.plain, item.start - 2):
        return False
    if item.name == "Union" and surface.low.startswith(" européenne", item.end):
        return False  # a territory
    line = surface.plain.rfind("\n", 0, item.start) + 1
    if " | " in surface.plain[line : item.end + 3] and not _in_prose(item.name, surface):
        return False
    spelled = re.search(rf"[a-zà-ÿ] \({re.escape(item.name)}\)", surface.plain)
    if item.name.isupper() and spelled and item.start not in parties:
        return any(other.end == spelled.start() + 1 for other in known)
    if item.name.isupper() and _OF_A_THING.search(surface.low, max(0, item.start - 24), item.start):
        return False
    if _RUBRIC.match(surface.plain, item.end) and item.start == line and item.name.isupper():
        return False  # « TRANSPORTS. Le réseau … »
    if _NUMBERED.search(surface.low, max(0, item.start - 10), item.start):
        return False  # « trois Beechcraft »
    if " " in item.name or item.name.isupper():
        return True
    return not _only_opens(item.name, surface) or _acts(item, surface, tag_at)


def parties_of(doc: Doc, surface: Surface, vocabulary: Vocabulary) -> frozenset[int]:
    """Where a party may stand: « François Hollande (PS) », « le député-maire (UMP) »."""
    people = {ent.end_char for ent in doc.ents if ent.label_ == "PER"}
    opened = _PARENTHESIS.finditer(surface.plain)
    return frozenset(
        match.end()
        for match in opened
        if match.end("word") in people or vocabulary.role(match["word"]) is not None
    )


_PARENTHESIS = re.compile(r"(?<![\w-])(?P<word>[\w-]+) \((?=[A-Z])")


#: « TRANSPORTS. », « SANTÉ | – »: what a column of short news is about.
_RUBRIC = re.compile(r"\. |\.?$| ?[:–—-] ")
_NUMBERED = re.compile(r"(?:\b(?:deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze)|\d) $")
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


def has_role(item: Candidate, surface: Surface, vocabulary: Vocabulary) -> bool:
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


def promoted(
    item: Candidate, known: Sequence[Candidate], surface: Surface, vocabulary: Vocabulary
) -> Candidate:
    """« Conseil de sécurité de l'ONU » goes before ONU; « commission de l'Assemblée » does not."""
    inside = [k for k in known if item.start <= k.start and k.end <= item.end]
    longer = len(inside) == 1 and item.end - item.start > inside[0].end - inside[0].start
    if longer and _then_person(surface, item, inside[0], vocabulary):
        return replace(item, end=inside[0].end, name=inside[0].name)
    if longer and item.name[0].isupper() and _extends(item, inside[0], vocabulary):
        return Candidate(item.start, item.end, item.name, rank=2)
    return item


_NAME_AFTER = re.compile(r" [A-ZÀ-Þ][a-zà-ÿ-]+ [A-ZÀ-Þ][\w'-]+")
_ROLE_BEFORE = re.compile(r"(?<![\w-])(?P<role>[a-zà-ÿ-]+) (?:de l'|du |de la |de |d'|au |à l')$")


def _then_person(
    surface: Surface, item: Candidate, inner: Candidate, vocabulary: Vocabulary
) -> bool:
    """« son collègue de l'Ifremer | Tancrède Olmeta »: a role before, two names after."""
    role = _ROLE_BEFORE.search(surface.low, max(0, inner.start - 30), inner.start)
    return (
        role is not None
        and vocabulary.role(role["role"]) is not None
        and _NAME_AFTER.fullmatch(surface.plain, inner.end, item.end) is not None
    )


def _extends(item: Candidate, inner: Candidate, vocabulary: Vocabulary) -> bool:
    """« Parlement belge » is a name; « Ademe cofinancent » is a name and its verb."""
    after = item.name[inner.end - item.start :]
    if not after and item.name.startswith(("L'", "Le ", "La ", "Les ")):
        return False  # « L'OTAN » at an opening
    if not any(map(str.isalpha, after)) and after:
        return False
    if not after.islower() or inner.name in vocabulary.capital:
        return True
    return bool(_NATIONALITY.fullmatch(after))


#: « Réserve | fédérale », « Académie des arts | et des sciences »
_LONGER = re.compile(r" (?:et d|en |contre |[a-zà-ÿ]+(?:ale?|ique|aise?|iste|ienne?)$).*")


def completed(item: Candidate, guessed: Sequence[Candidate], surface: Surface) -> Candidate:
    """An institution to the end of the model's name that it runs into: « … du Parti | unifié »."""
    if item.rank > INSTITUTION:
        return item
    ends = [
        g.end
        for g in guessed
        if (
            item.rank == INSTITUTION
            and item.start < g.start < item.end < g.end
            and g.rank in {0, LISTED}
        )
        or (
            g.rank == 0
            and item.start == g.start
            and _LONGER.fullmatch(surface.plain, item.end, g.end)
        )
    ]
    end = max(ends, default=item.end)
    return replace(item, end=end, name=surface.plain[item.start : end])


def gives_way(item: Candidate, candidates: Sequence[Candidate]) -> bool:
    """Whether a weak head stands before an organisation that ends its name."""
    return (
        item.weak
        and item.name[0].islower()
        and any(other.end == item.end and other.start > item.start for other in candidates)
    )


def context_of(doc: Doc, surface: Surface, vocabulary: Vocabulary) -> Context:
    """What the statistical components say of ``doc``."""
    ents = [(ent.label_, ent.start_char, ent.end_char) for ent in doc.ents]
    people = [(start, end) for label, start, end in ents if label == "PER"]
    several = [span for span in people if " " in surface.plain[span[0] : span[1]].strip()]
    things = [start for label, start, _end in ents if label == "MISC"]
    places = [start for label, start, _end in ents if label == "LOC"]
    return Context(
        tagger(doc),
        people=several,
        things=things,
        places=places,
        trades=vocabulary.trades,
        is_slogan=vocabulary.slogans.__contains__,
        is_common=lambda word: (
            word in vocabulary.slogans
            or (
                word.split("-", 1)[0] not in vocabulary.first_names
                and doc.vocab.has_vector(word.lower())
            )
        ),
    )


def tagger(doc: Doc) -> TagAt:
    """Look up parts of speech by offset."""

    def tag_at(offset: int) -> str:
        span = doc.char_span(offset, offset + 1, alignment_mode="expand")
        return span[0].pos_ if span else ""

    return tag_at
