"""Names of programmes that no capital shows, and those that an acronym spells.

« le plan écoles », « le fonds d'aide au relogement », « la stratégie nationale pour le fret »,
« maisons de services au public (MSAP) », « le Papi de l'Orb (programme d'actions de … ) ».
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from recoupe.extract.names.programme_words import (
    ADJECTIVE,
    YEAR,
    Found,
    TagAt,
    Vocabulary,
    found_at,
    is_definite,
)
from recoupe.extract.surface import Surface, lowered, words_of

ACRONYM = re.compile(r" ?\(([A-ZÉ][A-Za-zÉ+]{1,7})\)")
_LOOSE_ACRONYM = re.compile(r"(?<![\w-])[A-ZÉ][A-Za-zÉé+]{2,7}\b")
_PARENTHESIS = re.compile(r" \(([^()\n]{8,120})\)")
_APPOSED = re.compile(
    r"(?<![\w-])(?P<acronym>[A-ZÉ]{3,7}),? (?:\(|ou |pour |soit |, )?"
    r"(?:[lL]e |[lL]a |l'|[«\"] ?)?"
    r"(?=[a-zA-ZÉ])"
)
#: « du Trégor » after a plan that a country makes its own; a town, a person or a body only owns it.
_OWN_PLACE = re.compile(
    r" (?:du |de la |de l'|des )(?!(?:État|Etat|Régions?|Départements?|Villes?|Métropole|"
    r"Gouvernement|Agglo|Europe|Union|Commission|Communauté|Conseil|Premier|Président|Maison|Ministère|Sénat|"
    r"Assemblée|Chambre|Agence|Banque|[A-ZÉ]{2,}\b))(?=[A-ZÀ-Þ])[\w'-]+(?: [A-ZÀ-Þ][\w-]+)*"
)
#: « fonds de soutien | aux communes forestières »
_FOR = re.compile(r" (?:aux?|à la|à l'|pour|en faveur) ?\b")
#: « le Grenelle du logement », « le Beauvau des sapeurs-pompiers »: talks that become a plan.
_TALKS = re.compile(
    r"\b(?:Grenelle|Ségur|Beauvau|Varenne|Fontenoy) (?:de la |de l'|du |des )(?=[a-zà-ÿœ])"
)
_PLURAL = re.compile(r"\b(?:les|aux|ces|ses|leurs|nos|des|vos|mes) $")
#: A long name takes a year (« biodiversité 2030 »), not the span of its years.
_SINGLE_YEAR = re.compile(r" \d{4}\b(?![-–])")
_NEXT_LOWER = re.compile(r" ([a-zà-ÿœ]+)\b")
_SPELLED_WORDS = 9
_LINKS = frozenset(words_of("de du des d la le les l à au aux pour et en dans contre"))
_OTHERS = frozenset({"le", "la", "les"})
_SENTENCE = '.!?\n:•-–«"“'


def in_lower_case(surface: Surface, vocabulary: Vocabulary, tag_at: TagAt) -> Iterator[Found]:
    """« le plan écoles », « le fonds d'aide au relogement »: names that no capital shows."""
    for match in vocabulary.bare.finditer(surface.low):
        if _names_topic(surface, match, vocabulary, tag_at) and _is_the_one(surface, match.start()):
            end = _topic_end(surface, match, tag_at)
            year = YEAR.match(surface.plain, end)
            yield found_at(surface, match.start(), year.end() if year else end)
    for match in vocabulary.spelled.finditer(surface.low):
        first = match["first"].split("'")[0]
        helps = first in vocabulary.spelled_more and _FOR.match(surface.low, match.end())
        if first in vocabulary.spelled_never and not helps:
            continue
        if first[0].isdigit() or first in _LINKS:
            continue
        if not helps and (tag_at(match.start("first")) == "VERB" or ADJECTIVE.search(first)):
            continue
        if _is_the_one(surface, match.start()):
            end = noun_phrase_end(surface, match.end(), tag_at)
            own = _OWN_NAME.match(surface.plain, end)  # « le fonds d'urgence | Agri-aléas »
            yield found_at(surface, match.start(), own.end() if own else end)


#: A made-up word or two capitalised ones with a hyphen; a place has an article or none.
_OWN_NAME = re.compile(r" [A-ZÀ-Þ][a-zà-ÿ]+(?:-[a-zà-ÿ]{4,}|[A-Z][a-z]+)\b")


def talks(surface: Surface, tag_at: TagAt) -> Iterator[Found]:
    """« le Grenelle du logement », not « Marc Grenelle » nor « avenue de Ségur »."""
    for match in _TALKS.finditer(surface.plain):
        if is_definite(surface, match.start()):
            end = _word_end(surface, match.end())
            yield found_at(surface, match.start(), noun_phrase_end(surface, end, tag_at))


def _is_the_one(surface: Surface, start: int) -> bool:
    """Whether an article before ``start`` shows one known thing: « les fonds d'aide » are many."""
    many = _PLURAL.search(surface.low, max(0, start - 8), start)
    return not many and is_definite(surface, start)


def _names_topic(
    surface: Surface, match: re.Match[str], vocabulary: Vocabulary, tag_at: TagAt
) -> bool:
    at, topic = match.start("topic"), match["topic"]
    if topic in vocabulary.bare_never or not surface.plain[at : match.end()].islower():
        return False
    if topic in vocabulary.topics:
        return True
    if _capital(surface, match.start()) and topic not in vocabulary.between:
        return tag_at(at) in {"NOUN", "ADJ", "PROPN"}  # « le Pacte enseignant »
    adjective = ADJECTIVE.search(topic)
    return tag_at(at) == "NOUN" or (not adjective and tag_at(at) in {"ADJ", "PROPN"})


def _topic_end(surface: Surface, match: re.Match[str], tag_at: TagAt) -> int:
    """« Fonds bois | vosgien »: the adjective of a name written with a capital; or its place."""
    end = match.end()
    place = _OWN_PLACE.match(surface.plain, end)
    if place:
        return place.end()
    word = _NEXT_LOWER.match(surface.plain, end)
    capital = _capital(surface, match.start())
    return word.end() if word and capital and tag_at(word.start(1)) == "ADJ" else end


def _capital(surface: Surface, start: int) -> bool:
    """Whether a capital stands at ``start`` though no sentence begins there."""
    return surface.plain[start].isupper() and not _opens(surface, start)


def _opens(surface: Surface, start: int) -> bool:
    before = surface.plain[max(0, start - 3) : start].rstrip()
    return not before or before[-1] in _SENTENCE


def official(surface: Surface, vocabulary: Vocabulary, tag_at: TagAt) -> Iterator[Found]:
    """« la Stratégie nationale pour le développement du fret », « le plan régional santé… »."""
    for match in vocabulary.official.finditer(surface.low):
        start, first = match.span()[0], match.start("first")
        if not _stands_alone(surface, start) or not _is_official(
            surface, match, vocabulary, tag_at
        ):
            continue
        if is_definite(surface, start) or surface.plain[start].isupper():
            end = noun_phrase_end(surface, _word_end(surface, first), tag_at)
            yield _with_year(surface, start, end)
    for match in vocabulary.capital_official.finditer(surface.plain):
        known = is_definite(surface, match.start())
        noun = tag_at(match.start("first")) in {"NOUN", "ADJ", ""}
        if known and noun and not _is_planning(surface, match.start(), vocabulary):
            end = noun_phrase_end(surface, match.end(), tag_at)
            yield _with_year(surface, match.start(), end)


def _stands_alone(surface: Surface, start: int) -> bool:
    return not start or not (surface.plain[start - 1].isalnum() or surface.plain[start - 1] == "-")


def _is_official(
    surface: Surface, match: re.Match[str], vocabulary: Vocabulary, tag_at: TagAt
) -> bool:
    first = match.start("first")
    if match["first"] in vocabulary.spelled_never or _is_planning(
        surface, match.start(), vocabulary
    ):
        return False
    if not surface.plain[first].islower():
        return False
    if match["link"]:
        return tag_at(first) in {"NOUN", "ADJ", "PROPN", ""} and match["first"] not in _LINKS
    return match["first"] in vocabulary.topics


def _is_planning(surface: Surface, start: int, vocabulary: Vocabulary) -> bool:
    """Documents of planning (« plan local d'urbanisme ») and contracts of work are none."""
    return surface.low.startswith(vocabulary.official_never, start)


def _word_end(surface: Surface, start: int) -> int:
    return next(surface.next_words(start, min(len(surface.plain), start + 40)), (start, start))[1]


def _with_year(surface: Surface, start: int, end: int) -> Found:
    year = _SINGLE_YEAR.match(surface.plain, end)
    return found_at(surface, start, year.end() if year else end)


def noun_phrase_end(surface: Surface, at: int, tag_at: TagAt, *, capitals: bool = False) -> int:
    """Where the nouns, adjectives and links that follow ``at`` end, never on a link.

    A capital ends them, unless ``capitals`` may stand after a link (« National de l'Eau »).
    """
    end = previous = at
    linked = ""
    for count, (start, word_end) in enumerate(
        surface.next_words(at, min(len(surface.plain), at + 90))
    ):
        word = surface.low[start:word_end]
        if surface.plain[previous:start] not in {" ", "'"} or count >= _SPELLED_WORDS:
            break
        links = word in _LINKS
        if linked == "et" and word in _OTHERS:
            break  # « le fonds d'innovation | et le plan vélo »
        if not links and tag_at(start) not in ({"NOUN", "ADJ", "PROPN", ""} if linked else {"ADJ"}):
            break
        if surface.plain[start].isupper() and not (capitals and linked):
            break
        linked, previous = word if links else "", word_end
        if not links:
            end = word_end
    return end


def spelled_before_acronym(surface: Surface, vocabulary: Vocabulary) -> Iterator[Found]:
    """« maisons de services au public (MSAP) »: the words whose initials the acronym takes."""
    for match in ACRONYM.finditer(surface.plain):
        letters = lowered(match[1]).rstrip("s+")
        if match[1].upper() in vocabulary.never_acronyms:
            continue
        line = surface.plain.rfind("\n", 0, match.start()) + 1
        words = list(surface.next_words(max(line, match.start() - 120), match.start()))
        for start, end in reversed(words[-_SPELLED_WORDS - 3 :]):
            if (
                surface.low[start:end] in vocabulary.acronym_heads
                and surface.low[start] == letters[:1]
            ):
                if _takes_initials(surface.low[start : match.start()], letters):
                    yield found_at(surface, start, match.start())
                break


def spelled_after_acronym(surface: Surface, vocabulary: Vocabulary) -> Iterator[Found]:
    """« le Papi de l'Orb (programme d'actions de prévention des inondations) », and reversed."""
    for match in _PARENTHESIS.finditer(surface.plain):
        spelled = found_at(surface, *match.span(1))
        if surface.low[match.start(1) : match.end(1)].split(" ")[0] not in vocabulary.acronym_heads:
            continue
        before = _LOOSE_ACRONYM.finditer(surface.plain, max(0, match.start() - 44), match.start())
        for acronym in reversed(list(before)):
            letters = lowered(acronym[0]).rstrip("s+")
            if acronym[0].upper() not in vocabulary.never_acronyms and _takes_initials(
                lowered(spelled.name), letters, whole=True
            ):
                yield spelled
                yield Found(*acronym.span(), spelled.name)
                break
    yield from _apposed(surface, vocabulary)


def _apposed(surface: Surface, vocabulary: Vocabulary) -> Iterator[Found]:
    """« le PHRC, programme hospitalier de recherche clinique, »: until the last letter is used."""
    for match in _APPOSED.finditer(surface.plain):
        letters = lowered(match["acronym"])
        words = list(surface.next_words(match.end(), min(len(surface.plain), match.end() + 120)))
        if not words or match["acronym"] in vocabulary.never_acronyms:
            continue
        if surface.low[slice(*words[0])] not in vocabulary.acronym_heads:
            continue
        end = _spelled_until(surface, words, letters)
        if end:
            spelled = found_at(surface, words[0][0], end)
            yield spelled
            yield Found(*match.span("acronym"), spelled.name)


def _spelled_until(surface: Surface, words: Sequence[tuple[int, int]], letters: str) -> int:
    used, previous = 0, words[0][0]
    for start, end in words[: 2 * _SPELLED_WORDS]:
        if surface.plain[previous:start].strip(" '"):
            return 0
        word, previous = surface.low[start:end], end
        if word in _LINKS:
            continue
        if used < len(letters) and word[0] == letters[used]:
            used += 1
        if used == len(letters):
            return end
    return 0


def _takes_initials(words: str, letters: str, *, whole: bool = False) -> bool:
    """Whether ``letters`` are initials of ``words`` in order; ``whole`` up to the last noun."""
    split = [word for word in re.split(r"[ '-]", words) if word]
    at = 0
    for word in split:
        if at < len(letters) and word[0] == letters[at]:
            at += 1
    last = next((word for word in reversed(split) if word not in _LINKS), "")
    return at == len(letters) and (not whole or last[:1] == letters[-1:])
