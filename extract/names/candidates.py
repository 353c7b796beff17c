"""Gather the stretches of a text that name people, and throw out those that only look so.

The statistical names are trimmed to the name itself; civilities and roles before or after a
capitalised name add those that the model missed; streets, schools, laws, companies and idioms
(« talon d'Achille ») take away.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from spacy.tokens import Doc, Span

from recoupe.extract.names.fullest import FULL_NAME, NAME, name_before, surname
from recoupe.extract.names.institutions import overlaps
from recoupe.extract.names.roles import Vocabulary
from recoupe.extract.surface import Surface, bare, lowered, words_of

Extent = tuple[int, int]

_TITLES = (
    r"(?:docteure?|maître|abbé|père|frère|sœur|juge|pasteure?|rabbin|imam|mère|colonel|commandant|"
    r"capitaine|lieutenant|général|amiral|adjudant|brigadier|major|professeure?|sénateur|sénatrice|"
    r"députée?|ministre|préfète?|procureure?|commissaire|inspecteur|inspectrice|président|"
    r"présidente|chanoine|cardinal|maréchal)"
)
_TITLE = re.compile(
    rf"(?<![\w-])(?:(?:le|la|du|au|un|une|par|notre|cher|chère|pour|selon|et) |l'|^){_TITLES} $|"
    r"(?<![\w-])(?:maître|docteure?) $"
)

_PARTICLE_START = re.compile(r"(?:de |d'|van der |van |von |el |al |ben |di |da )(?=[A-ZÀ-Þ])")
_SENTENCE_START = frozenset(
    words_of(
        "Selon Pour Avec Chez Par Dans Mais Et Quand Si Comme Que Qui À A En Le La Les Un Une L "
        "D Enfin Ainsi Aussi Or Car Depuis Après Avant Chaque Cher Chère Notre Votre Vos Nos "
        "Son Sa Ses Ce Cette Ces Il Elle Ils Elles On Tous Toutes Entre Sur Sous Vers Contre "
        "Merci Outre Là Ici Hier Puis Donc Alors Plus Interview Entretien Photo Présent "
        "Présente Présents Interrogé Interrogée Nommé Nommée Élu Élue Né Née"
    )
)
_NOT_PROPER = frozenset(
    {"NOUN", "VERB", "ADJ", "ADV", "DET", "PRON", "ADP", "AUX", "CCONJ", "SCONJ", "INTJ", "FIN"}
)
_AFTER_CIVILITY = re.compile(r"\.? ?")
_OF = frozenset({"de", "du", "des", "la"})
_BREAK = re.compile(r" ?[\n|]")
_ACRONYM_LENGTH = 6
#: « Le Floc | 'h »
_BRETON = re.compile(r"(?<=c)'h[a-zà-ÿ]*(?![\w'])")
_LAST_WORD = re.compile(r"(?<![\w-])([a-zà-ÿ-]+) $")
_ROLE_REACH = 30
_COORDINATED = re.compile(r"(?:, | et )(?=[A-ZÀ-Þ])")


class Filter:
    """What a person's name never is, from ``roles.toml``."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        false = vocabulary.false
        places = "|".join(re.escape(lowered(n)) for n in false["places"])
        things = "|".join(re.escape(lowered(n)) for n in false["things"])
        #: « rue | Victor-Hugo », « place du général | Leclerc », but « amendement du député | X »
        self.nouns = re.compile(
            rf"(?<![\w-])(?:(?:{places}) (?:(?:du |de la |de l'|des )?{_TITLES} )?|(?:{things}) )$"
        )
        #: « quai d'| Avatoru »
        self.of_place = re.compile(rf"(?<![\w-])(?:{places}) (?:d'|de |du )$")
        self.idioms = tuple(bare(idiom) for idiom in false["idioms"])
        self.words = frozenset(bare(word) for word in false["words"])
        self.civilities = frozenset(c for forms in vocabulary.civilities.values() for c in forms)
        self.saints = tuple(false["saints"])


def statistical(doc: Doc, surface: Surface, vocabulary: Vocabulary) -> Iterator[Extent]:
    """The model's people, trimmed to the name."""
    for ent in doc.ents:
        if ent.label_ == "PER":
            extent = trimmed(surface, ent.start_char, ent.end_char, vocabulary)
            if extent and _credible(surface, ent, extent):
                yield _with_surname(surface, extent, vocabulary)


def _with_surname(surface: Surface, extent: Extent, vocabulary: Vocabulary) -> Extent:
    """« Jérôme-Antoine | Ficheux »: a first name goes on over the surname after it."""
    words = surface.plain[slice(*extent)]
    name = FULL_NAME.match(surface.plain, extent[0])
    if " " in words or not name or not begins_with_first_name(words, vocabulary):
        return extent
    return name.span()


def begins_with_first_name(words: str, vocabulary: Vocabulary) -> bool:
    """Whether a frequent first name opens ``words`` (« Jean-Do Castets »)."""
    first = words.split(" ", 1)[0].split("-", 1)[0]
    return first in vocabulary.feminine or first in vocabulary.masculine


def trimmed(surface: Surface, start: int, end: int, vocabulary: Vocabulary) -> Extent | None:
    """``start:end`` without civility, title, article, line break or trailing words."""
    text = surface.plain
    while start < end and not text[start].isalnum():
        start += 1
    broken = _BREAK.search(text, start, end)
    end = broken.start() if broken else end
    words = list(surface.next_words(start, end))
    titled = False
    while len(words) > 1 and _is_title(surface, words[0], vocabulary):
        dropped = surface.plain[slice(*words.pop(0))]
        if titled and dropped in _OF:
            return None
        titled = titled or dropped[0].isupper()
    while words and not any(map(str.isupper, text[words[-1][0] : words[-1][1]])):
        words.pop()
    if not words or not (text[words[0][0]].isupper() or _PARTICLE_START.match(text, words[0][0])):
        return None
    last = words[-1][1]
    if last < end and text[last] == "." and last - words[-1][0] == 1:
        last += 1
    breton = _BRETON.match(text, last)
    return words[0][0], breton.end() if breton else last


def _is_title(surface: Surface, word: Extent, vocabulary: Vocabulary) -> bool:
    start, end = word
    if _PARTICLE_START.match(surface.plain, start):
        return False
    if surface.plain[start].islower():
        return True
    text = surface.plain[start:end]
    civil = any(text in forms or f"{text}." in forms for forms in vocabulary.civilities.values())
    return civil or text in _SENTENCE_START or vocabulary.head(surface.low[start:end]) is not None


def _credible(surface: Surface, ent: Span, extent: Extent) -> bool:
    words = surface.plain[extent[0] : extent[1]]
    if any(char.isdigit() for char in words):
        return False
    if " " in words or "-" in words:
        return True
    if words.isupper() and len(words) <= _ACRONYM_LENGTH:
        return False
    if ent[0].pos_ in _NOT_PROPER and ent.start_char == extent[0]:
        return not _opens_sentence(surface, extent[0])
    return True


def _opens_sentence(surface: Surface, start: int) -> bool:
    before = surface.plain[max(0, start - 4) : start].rstrip(" «\"“'")
    return not before or not (before[-1].isalnum() or before[-1] in ",')%»")


def after_civility(surface: Surface, vocabulary: Vocabulary) -> Iterator[Extent]:
    """Names after « Mme », « M. », « MM. … et … »."""
    forms = {f.rstrip(".") for fs in vocabulary.civilities.values() for f in fs}
    for start, end in surface.words:
        word = surface.plain[start:end]
        if word not in forms or not _stands_as_civility(surface, word, end):
            continue
        gap = _AFTER_CIVILITY.match(surface.plain, end)
        name = NAME.match(surface.plain, gap.end() if gap else end)
        if (
            not name
            or name.start() == end
            or (" " not in name[0] and _is_title(surface, name.span(), vocabulary))
        ):
            continue
        yield name.span()
        joined = _COORDINATED.match(surface.plain, name.end())
        if word in {"MM", "Mmes", "Messieurs", "Mesdames"} and joined:
            other = NAME.match(surface.plain, joined.end())
            if other:
                yield other.span()


def _stands_as_civility(surface: Surface, word: str, end: int) -> bool:
    return word not in {"M", "MM"} or surface.plain[end : end + 2] == ". "


def _first_word(surface: Surface, name: re.Match[str]) -> Extent:
    return next(surface.next_words(name.start(), name.end()), name.span())


def beside_roles(
    surface: Surface, vocabulary: Vocabulary, others: Sequence[Extent]
) -> Iterator[Extent]:
    """First names with surnames right after a role noun, or before a comma and a role noun."""
    for start, end in surface.words:
        if vocabulary.head(surface.low[start:end]) is None or surface.plain[start].isupper():
            continue
        after = FULL_NAME.match(surface.plain, end + 1)
        if after and surface.plain[end] == " " and not overlaps(*after.span(), others):
            yield after.span()
        before = _before_role(surface, start)
        if before and not overlaps(*before, others):
            yield before


def _before_role(surface: Surface, start: int) -> Extent | None:
    if surface.plain[max(0, start - 2) : start] not in {", ", " ("}:
        return None
    extent = name_before(surface, start - 2)
    if extent is None:
        return None
    first, _, rest = surface.plain[extent[0] : extent[1]].partition(" ")
    if first in _SENTENCE_START:
        return (extent[0] + len(first) + 1, extent[1]) if " " in rest else None
    return extent


def after_first_name(
    surface: Surface, vocabulary: Vocabulary, others: Sequence[Extent]
) -> Iterator[Extent]:
    """A frequent first name with a surname after it, where the model saw nothing."""
    for start, end in surface.words:
        if surface.plain[start].isupper() and begins_with_first_name(
            surface.plain[start:end], vocabulary
        ):
            name = FULL_NAME.match(surface.plain, start)
            # « a précisé à Mascaret Régis Vidal »: the model took both names for one
            apart = [
                other
                for other in others
                if not (other[0] < start and name and other[1] == name.end())
            ]
            if name and not overlaps(*name.span(), apart):
                yield name.span()


_TITLED = re.compile(rf"(?<= ){NAME.pattern}")
_TITLE_REACH = 26
_NOUN_REACH = 50
#: « Photo : V. Ruiz », where « M. Ruiz » is a civility.
_INITIAL = re.compile(
    r"(?<![\w.'-])(?!(?:M|MM|N|R|D|A|L|S|T|Art)\. )[A-ZÉ]\.(?:-[A-ZÉ]\.)? ?[A-ZÀ-Þ][a-zà-ÿ]{2,}"
    r"(?:-[A-ZÀ-Þ][a-zà-ÿ]+)?(?![\w-])"
)


_BEFORE_INITIAL = re.compile(r"(?:^|[:/(\n©—–•,] ?| et )$")
_AFTER_INITIAL = re.compile(r" ?[,.;)/\n]|$")


def after_title(surface: Surface, false: Filter) -> Iterator[Extent]:
    """« le docteur Vidal », « maître Roux »: a bare surname after a title in lower case.

    « rue du docteur Vidal » is a street.
    """
    for match in _TITLED.finditer(surface.plain):
        start = match.start()
        if _TITLE.search(surface.low, max(0, start - _TITLE_REACH), start) and not (
            false.nouns.search(surface.low, max(0, start - _NOUN_REACH), start)
        ):
            yield match.span()


def initialled(surface: Surface) -> Iterator[Extent]:
    """« V. Ruiz », « J.-P. Vidal », but not « le permis B. Quatre candidats »."""
    for match in _INITIAL.finditer(surface.plain):
        start, end = match.span()
        if _BEFORE_INITIAL.search(surface.plain, max(0, start - 3), start) or (
            _AFTER_INITIAL.match(surface.plain, end)
        ):
            yield start, end


AGE_AFTER = re.compile(r",? \(?\d{1,3} ans(?: et demi)?[,.;)]")
_AGED = re.compile(rf"(?<![\w'-]){NAME.pattern}(?={AGE_AFTER.pattern})")


def aged(surface: Surface, others: Sequence[Extent]) -> Iterator[Extent]:
    """« Kévin, 17 ans, », « Lucas (16 ans) »: who has an age has a name."""
    for match in _AGED.finditer(surface.plain):
        if not overlaps(*match.span(), others) and not _behind_article(surface, match.start()):
            yield match.span()


_ARTICLE = re.compile(r"(?<![\w'-])(?:l[ae] |les |du |des |aux? |l'|cette |ces? )$")


def _behind_article(surface: Surface, start: int) -> bool:
    """« le Scot », « Le Scot » at an opening; « chez Le Corbusier » is a name."""
    article = _ARTICLE.search(surface.low, max(0, start - 6), start)
    if not article:
        return False
    return surface.plain[article.start()].islower() or _opens_sentence(surface, article.start())


def _role_follows(surface: Surface, end: int, vocabulary: Vocabulary) -> bool:
    after = next(surface.next_words(end, min(len(surface.plain), end + 40)), None)
    return (
        after is not None
        and surface.plain[end : after[0]] in {", ", " ("}
        and vocabulary.head(surface.low[slice(*after)]) is not None
    )


def without_articles(
    surface: Surface, extents: Sequence[Extent], vocabulary: Vocabulary
) -> list[Extent]:
    """Drop single words behind an article that are no surname or first name (« le Scot »)."""
    known = {surname(surface.plain[slice(*e)]) for e in extents if " " in surface.plain[slice(*e)]}
    return [
        (start, end)
        for start, end in extents
        if " " in surface.plain[start:end]
        or surname(surface.plain[start:end]) in known
        or begins_with_first_name(surface.plain[start:end], vocabulary)
        or not _behind_article(surface, start)
        or _role_follows(surface, end, vocabulary)
    ]


def without_places(surface: Surface, extents: Sequence[Extent]) -> list[Extent]:
    """Drop single names that « à » precedes somewhere and that are nobody's surname."""
    names = [surface.plain[start:end] for start, end in extents]
    surnames = {surname(name) for name in names if " " in name}
    places = {
        name
        for name in names
        if " " not in name
        and surname(name) not in surnames
        and re.search(rf"(?<!\w)[àÀ] {re.escape(name)}\b", surface.plain)
    }
    return [e for e, name in zip(extents, names, strict=True) if name not in places]


def without_openers(
    surface: Surface, extents: Sequence[Extent], vocabulary: Vocabulary
) -> list[Extent]:
    """Drop single words that only open lines or sentences (« Organiser », « Scénarios »).

    One stays that is a first name, some full name's surname, or stands elsewhere in a sentence.
    """
    names = [surface.plain[start:end] for start, end in extents]
    known = {surname(name) for name in names if " " in name}
    known |= {bare(name) for name in vocabulary.feminine | vocabulary.masculine}
    known |= {
        bare(name)
        for (start, _end), name in zip(extents, names, strict=True)
        if not _opens_sentence(surface, start)
    }
    return [
        extent
        for extent, name in zip(extents, names, strict=True)
        if " " in name or bare(name) in known
    ]


def without_communes(
    surface: Surface,
    extents: Sequence[Extent],
    vocabulary: Vocabulary,
    is_place: Callable[[str], bool],
) -> list[Extent]:
    """Drop single words that the gazetteer knows and that no full name or role makes a person's."""
    names = [surface.plain[start:end] for start, end in extents]
    known = {surname(name) for name in names if " " in name}
    firsts = vocabulary.feminine | vocabulary.masculine
    return [
        (start, end)
        for (start, end), name in zip(extents, names, strict=True)
        if " " in name
        or name in firsts
        or surname(name) in known
        or _after_role(surface, start, vocabulary)
        or not (is_place(name) or vocabulary.head(name.lower()))
    ]


def _after_role(surface: Surface, start: int, vocabulary: Vocabulary) -> bool:
    """« le président Chirac », « le colonel Mazères »: a role in lower case right before a name."""
    before = _LAST_WORD.search(surface.plain, max(0, start - _ROLE_REACH), start)
    return before is not None and vocabulary.head(before[1]) is not None


def is_person(surface: Surface, extent: Extent, false: Filter, *, civil: bool) -> bool:
    """Whether the name at ``extent`` is a person's; ``civil`` where a civility stands before it."""
    start, end = extent
    name = surface.plain[start:end]
    if civil:
        return True
    if bare(name) in false.words or name.startswith(false.saints) or name in false.civilities:
        return False
    if false.nouns.search(surface.low, max(0, start - _NOUN_REACH), start):
        return False
    if _in_capitals(surface, start, name) or _is_particled_place(surface, start, name, false):
        return False
    around = surface.bare[max(0, start - 24) : end + 12]
    return not any(idiom in around for idiom in false.idioms)


def _is_particled_place(surface: Surface, start: int, name: str, false: Filter) -> bool:
    """« le quai d'Avatoru »: one word after a place's noun is what it is called by."""
    alone = " " not in name
    return alone and false.of_place.search(surface.low, max(0, start - 30), start) is not None


def _in_capitals(surface: Surface, start: int, name: str) -> bool:
    """Whether a single word stands in a line written in capitals."""
    if " " in name or not name.isupper():
        return False
    line_start = surface.plain.rfind("\n", 0, start) + 1
    line_end = surface.plain.find("\n", start)
    return surface.plain[line_start : line_end if line_end >= 0 else None].isupper()
