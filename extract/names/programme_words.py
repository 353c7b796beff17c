"""What ``programmes.toml`` knows of programmes, and what a found programme is."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from recoupe.extract.phrases import vocabulary
from recoupe.extract.surface import Surface, lowered, plain
from recoupe.extract.wordings import Wording, WordingIndex, wording

#: Part of speech of the word that starts at an offset, "" where the pipeline did not tag.
TagAt = Callable[[int], str]

#: Calls by their initials: « l'AMI « Tiers-lieux » », but not « son ami Bernard ».
CALLS = ("AMI", "AAP")
OPENING = '«"“'
YEAR = re.compile(r" \d{4}(?:[-–]\d{2,4})?\b")
#: Endings of the adjectives that the tagger and these nouns share: « le plan départemental ».
ADJECTIVE = re.compile(
    r"(?:al|ale|aux|el|elle|els|if|ive|ifs|iques?|ics?|aires?|eux|euse|ée?s?|ant|bles?|ier|ière|"
    r"ains?|aine|ais|aise|ois|oise|iens?|ienne)$"
)
_DEFINITE = re.compile(
    r"(?:\b(?:l[ae]s?|du|aux?|ce|cette|son|sa|ses|leur|notre|nos|mon) (?:\w+ )?|\bl'|[«:] ?)$"
)
_INDEFINITE = re.compile(
    r"\b(?:une?|aucune?|pas d[e']|sans|ni|quel|quelle|des|plusieurs|chaque|tout|toute|comme|"
    r"deux|trois)"
    r"(?: (?:vrai|vraie|véritable|grand|nouveau|nouvelle|simple|seul|seule|autre))? ?$"
)
_REACH = 24
_LONG_ACRONYM = 4


@dataclass(frozen=True, slots=True)
class Found:
    """A programme at ``start:end``; an unsure one counts only where another confirms its name."""

    start: int
    end: int
    name: str
    sure: bool = True
    listed: bool = False


class Vocabulary:
    """What ``programmes.toml`` knows, ready to be looked up."""

    def __init__(self) -> None:
        data = vocabulary("programmes")
        triggers = data["triggers"]
        self.index = WordingIndex(_wordings(data["programmes"]))
        self.shorts: Mapping[str, Sequence[str]] = data["shorts"]
        self.parts = frozenset(data["parts"]["names"])
        self.everyday = frozenset(data["everyday"]["names"])
        self.free = frozenset(data["everyday"]["free"])
        self.common = frozenset(data["everyday"]["common"])
        self.spelled_out = frozenset(data["acronyms"]["spelled_out"])
        self.beside = {
            acronym: re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, words))})")
            for acronym, words in data["acronyms"]["beside"].items()
        }
        self.never_acronyms = frozenset(data["acronyms"]["never"])
        self.never = frozenset(triggers["never"])
        self.between = frozenset(triggers["between"])
        self.outside = frozenset(triggers["outside"])
        self.careful = frozenset(triggers["careful"])
        self.careful_never = frozenset(triggers["careful_never"])
        self.openers = frozenset(triggers["openers"])
        self.investors = frozenset(triggers["investors"])
        self.topics = frozenset(triggers["topics"])
        self.trigger = _trigger_pattern(triggers)
        self.bare = re.compile(rf"(?:{'|'.join(triggers['bare'])})s? (?P<topic>[a-zà-ÿœ-]{{3,}})\b")
        self.bare_never = frozenset(triggers["bare_never"])
        links = "|".join(map(re.escape, triggers["spelled_links"]))
        self.spelled = re.compile(
            rf"(?:{'|'.join(triggers['spelled'])})s? (?:{links})(?:d'|de |pour )?(?P<first>[\w']+)"
        )
        self.spelled_never = frozenset(triggers["spelled_never"])
        self.spelled_more = frozenset(triggers["spelled_more"])
        self.acronym_heads = frozenset(triggers["acronym_heads"])
        nouns = (*triggers["outside"], *triggers["inside"], *triggers["careful"])
        self.trigger_starts = _first_words((*nouns, *CALLS))
        self.official = _official_pattern(data["official"])
        self.capital_official = _capital_pattern(data["official"])
        self.official_never = tuple(data["official"]["never"])
        self.money = frozenset(triggers["money"])
        self.naming = Naming(data["naming"], (*triggers["outside"], *triggers["inside"]))


class Naming:
    """The words of ``[naming]``: participles, and the nouns that they may belong to."""

    def __init__(self, words: Mapping[str, Sequence[str]], nouns: Sequence[str]) -> None:
        self.nouns = frozenset({*(noun.split(" ")[0] for noun in nouns), *words["nouns"]})
        self.feminine = frozenset(words["feminine"])
        self.owned = frozenset(words["owned"])
        self.beside = re.compile(
            rf"\b(?:{'|'.join(words['beside'])}) (?:d[eu]s? |d'|à |aux? )?(?:la |l'|les? )?"
            r"(?=[«\"“A-ZÀ-ÖØ-ÞŒ\d])",
            re.IGNORECASE,
        )
        self.pays = re.compile(rf" (?:vous |leur |lui )?(?:{'|'.join(words['pays'])})\b")


def _first_words(nouns: Sequence[str]) -> frozenset[str]:
    first = {lowered(noun).split(" ")[0] for noun in nouns}
    return frozenset(first | {f"{word}s" for word in first})


def _wordings(programmes: Mapping[str, Sequence[str]]) -> Iterator[Wording]:
    for name, aliases in programmes.items():
        for words in (name, *aliases):
            yield wording(words, name)
            if words.isupper() and words.isalpha() and len(words) >= _LONG_ACRONYM:
                yield Wording(words.capitalize(), name, exact=True)  # « Crte », « Detr »


def _trigger_pattern(triggers: Mapping[str, Sequence[str]]) -> re.Pattern[str]:
    nouns = (*triggers["outside"], *triggers["inside"], *triggers["careful"])
    alternatives = "|".join(map(re.escape, sorted(nouns, key=len, reverse=True)))
    plural = alternatives.replace(r"appel\ à\ projets", r"appels?\ à\ projets?")
    between = "|".join(map(re.escape, triggers["between"]))
    naming = "|".join(map(re.escape, triggers["naming"]))
    return re.compile(
        rf"(?P<noun>(?i:{plural})|{'|'.join(CALLS)})(?P<plural>s?)(?P<between> (?:{between}))?"
        rf"(?P<naming>,? (?:{naming}))? "
        r"(?=[«\"“A-ZÀ-ÖØ-ÞŒ])"
    )


def _official_pattern(official: Mapping[str, Sequence[str]]) -> re.Pattern[str]:
    """« stratégie nationale pour … », « plan régional santé… »: head, scope and what follows."""
    heads, scopes = "|".join(official["heads"]), "|".join(official["scopes"])
    return re.compile(
        rf"(?P<head>{heads})(?P<scope>(?: (?:{scopes}))+) "
        r"(?P<link>d'(?!un)|de (?!la |l'|cette |ce |son )|pour (?!les? \d)|"
        r"en faveur d(?:e |u |es |')|"
        r"contre |relati(?:f|ve) (?:à |aux? ))?(?:l'|les? |la )?(?P<first>[^\W\d_]{2,})"
    )


def _capital_pattern(official: Mapping[str, Sequence[str]]) -> re.Pattern[str]:
    """« la Stratégie pour la forêt », « le Plan de relance du rail »: a capital is the sign."""
    heads = "|".join(head.capitalize() for head in official["capital_heads"])
    return re.compile(
        rf"\b(?P<head>{heads}) (?:d'(?!un)|de (?!la |l'|cette |ce )|"
        r"pour |en faveur d(?:e |u |es |'))(?:l'|les? |la )?(?P<first>[a-zà-ÿœ]{3,})"
    )


def is_definite(surface: Surface, start: int) -> bool:
    """Whether an article or a demonstrative before ``start`` shows something known."""
    before = surface.low[max(0, start - _REACH) : start]
    return not _INDEFINITE.search(before) and bool(_DEFINITE.search(before))


def is_indefinite(surface: Surface, start: int) -> bool:
    """Whether « un », « pas de » or their like stands before ``start``."""
    return bool(_INDEFINITE.search(surface.low[max(0, start - _REACH) : start]))


def found_at(surface: Surface, start: int, end: int) -> Found:
    """The words at ``start:end`` as a programme called by themselves."""
    return Found(start, end, plain(surface.text[start:end]))
