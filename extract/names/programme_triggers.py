"""Names of programmes that a noun announces: « le programme Cœur de bourg », « le plan 15 000 »."""

from __future__ import annotations

import re
from collections.abc import Iterator

from recoupe.extract.names.programme_phrases import noun_phrase_end
from recoupe.extract.names.programme_words import (
    CALLS,
    OPENING,
    YEAR,
    Found,
    TagAt,
    Vocabulary,
    found_at,
    is_definite,
)
from recoupe.extract.surface import Surface, surface_of

_QUOTED_WORDS = 8
_COMPLEMENTS = 3
_LONGEST_WORD = 30
QUOTED = re.compile(r"[«\"“] ?([^«»\"“”\n]{2,80}?) ?[»\"”]")
_WORD = r"[^\W\d_][\w&+]*(?:[-'][\w+]+)*'?"
#: « Cœur de bourg », « Rivières vivantes 2030 », « Climat et résilience ».
NAME = re.compile(
    r"[A-ZÀ-ÖØ-ÞŒ][\w&+]*(?:[-'][\w+]+)*'?"
    r"(?:(?: (?:de|des|du|d'|et|la|le|l'|les|&))?(?: |(?<='))"
    r"[A-ZÀ-ÖØ-ÞŒ][\w&+]*(?:[-'][\w+]+)*| \d{1,4}(?:[-–]\d{2,4})?\b){0,6}"
)
_COMPLEMENT = re.compile(rf" (?:et )?(?:de |d'|en )(?!la |le |l'|les |un |une |ce )({_WORD})")
#: What a region, a town or a body owns and does not name: « Collèges 2030 | du Département ».
_OWNER = re.compile(
    r" (?:de la |de l'|du |des |d')(?:[Éé]tat|Etat|Régions?|Départements?|Ville|Métropole|Agglo\w*|"
    r"Gouvernement|Union|Commission|Communauté|Conseil|Premier|Président|Ministère|Agence|Banque|"
    r"Caisse|Europe|Eurométropole|Chambre|Collectivité)\b.*$"
)
_MONTH = re.compile(
    r" (?:en|de|d') ?(?:janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|"
    r"novembre|décembre)\b.*"
)
#: « Mobilité | pour tous »
_FOR_ALL = re.compile(r" pour tou(?:s|tes)\b(?! les| ceux| celles| ces)")
#: « Ville | à 30 »
_NUMBER = re.compile(r" à \d{1,3}\b(?! ?(?:%|€|M€|euros|millions|heures|h\b))")
_OPENER_WORDS = 4
_OPENED = re.compile(
    r" (?:(?:sur|pour|à|au|aux|vers|en|dans|avec) (?:l'|la |les? |ma |mon |son |sa )?|l'|la |les? )"
)
#: « la directrice du programme Clara Vernes »: what follows may be somebody.
_STAFF = re.compile(
    r"\b(?:direct(?:eur|rice)|cheffe?|responsable|chargée?|coordinat(?:eur|rice)|pilote|"
    r"référente?)s? (?:du|de|de la|des|de l'|de mission(?: du)?) ?$"
)
_JOINED = re.compile(r" ?[»”\"]?(?:, | et | ou )(?=[«\"“A-ZÀ-ÖØ-ÞŒ])")
_TOPIC = re.compile(r" (?:et |de |en )?([a-zà-ÿœ-]+)(?![\w'])")
_NEXT_WORD = re.compile(rf" ({_WORD})")
#: « Clic'Mob », « AgriNov », « Actee+ »: no common word is written so.
MADE = re.compile(r"[a-zà-ÿœ]{2}'?[A-ZÀ-Þ\d]|\w\w'[A-ZÀ-Þ]|[a-zà-ÿ]['+]$")
_NUMBERED = re.compile(
    r"(?P<noun>(?i:plan|programme|opération|dispositif)) (?P<name>(?!(?:19|20)\d\d\b)"
    r"(?:\d{1,3}(?: \d{3})+|\d{4,6})\b)(?! ?(?:%|€|M€|euros|millions|milliards|[-–/]\d))"
)


def after_trigger(surface: Surface, vocabulary: Vocabulary, tag_at: TagAt) -> Iterator[Found]:
    """Names that a trigger noun announces, quoted or capitalised."""
    for start, end in surface.words:
        if surface.low[start:end] not in vocabulary.trigger_starts:
            continue
        match = vocabulary.trigger.match(surface.plain, start)
        if not match or (surface.plain[start:end].isupper() and match["noun"] not in CALLS):
            continue
        quoted = surface.plain[match.end()] in OPENING
        found = (
            _quoted(surface, match, vocabulary)
            if quoted
            else _capitalised(surface, match, vocabulary, tag_at)
        )
        if found and _is_careful(surface, match, found, vocabulary):
            yield found
            if match["plural"] and match["noun"].lower() in vocabulary.outside:
                yield from _others(surface, found.end, vocabulary, tag_at)


def _others(surface: Surface, end: int, vocabulary: Vocabulary, tag_at: TagAt) -> Iterator[Found]:
    """« les programmes X, Y et Z »: what a plural noun names beside the first."""
    joined = _JOINED.match(surface.plain, end)
    while joined:
        if surface.plain[joined.end()] in OPENING:
            name = QUOTED.match(surface.plain, joined.end())
            extent = name.span(1) if name else None
        else:
            name = NAME.match(surface.plain, joined.end())
            extent = (name.start(), name_end(surface, name, vocabulary, tag_at)) if name else None
        if not name or not extent:
            return
        yield found_at(surface, *extent)
        joined = _JOINED.match(surface.plain, max(extent[1], name.end()))


def numbered(surface: Surface, tag_at: TagAt) -> Iterator[Found]:
    """« le plan 15 000 », « le programme 10 000 toits »: a number is the name or begins it."""
    for match in _NUMBERED.finditer(surface.plain):
        if not is_definite(surface, match.start()):
            continue
        noun = _NEXT_WORD.match(surface.plain, match.end())
        end = match.end()
        if noun and tag_at(noun.start(1)) == "NOUN":
            end = _with_complements(surface, noun.start(1), noun.end(), tag_at)
        inside = match["noun"].lower() == "plan"
        yield found_at(surface, match.start("noun" if inside else "name"), end)


def _is_careful(
    surface: Surface, trigger: re.Match[str], found: Found, vocabulary: Vocabulary
) -> bool:
    """Whether a noun that also opens other things (« la carte », « le contrat ») opens a name."""
    if trigger["noun"].lower() not in vocabulary.careful or trigger["naming"]:
        return True
    noun = trigger["noun"]
    if noun[0].isupper() and noun.lower() in {
        "bon",
        "carte",
        "concours",
        "défi",
        "appel",
        "ticket",
    }:
        return False  # « la société Bon Accueil »
    mid_capital = noun.lower() in {*vocabulary.money, "mission"} and noun[0].isupper()
    if not (mid_capital and not trigger["plural"]) and not is_definite(surface, trigger.start()):
        return False
    name = surface.plain[trigger.end() : found.end].strip(f"{OPENING}»” ")
    words = name.split(" ")
    if surface.plain[trigger.end()] in OPENING and trigger["noun"].lower() not in vocabulary.money:
        return any(word.lower() in vocabulary.topics for word in words)
    if surface.plain[trigger.end()] in OPENING:
        return name[:1].isupper() or name[:1].isdigit()
    if words[0] in vocabulary.careful_never or not (words[0][0].isupper() or words[0].isdigit()):
        return False
    return len(words) > 1 or bool(MADE.search(name)) or words[0].lower() in vocabulary.topics


def _quoted(surface: Surface, trigger: re.Match[str], vocabulary: Vocabulary) -> Found | None:
    match = QUOTED.match(surface.plain, trigger.end())
    if not match or len(match[1].split()) > _QUOTED_WORDS:
        return None
    noun = trigger["noun"].lower()
    if not any(char.isupper() or char.isdigit() for char in match[1]) and not (
        noun in {"programme", "dispositif", "label", "appel à projets"}
        and " " in match[1]
        and is_definite(surface, trigger.start())
    ):
        return None
    inside = not trigger["naming"] and _bears_noun(noun, vocabulary)
    listed = next(vocabulary.index.find(surface_of(match[1])), None)
    if inside and (
        listed is None or noun.startswith(("appel", "contrat de ", *map(str.lower, CALLS)))
    ):
        return found_at(surface, trigger.start("noun"), match.end())
    return found_at(surface, match.start(1), match.end(1))


def _bears_noun(noun: str, vocabulary: Vocabulary) -> bool:
    """« le plan « Sarthe navigable » » is the name; of « le programme « X » » X is."""
    return noun not in vocabulary.outside or noun.startswith("appel")


def _capitalised(
    surface: Surface, trigger: re.Match[str], vocabulary: Vocabulary, tag_at: TagAt
) -> Found | None:
    match = NAME.match(surface.plain, trigger.end())
    first = match[0].split("'")[0].split(" ")[0] if match else ""
    if (
        not match
        or (len(match[0]) == 1 and match[0] not in "IVX")
        or _opens_no_name(trigger, match, first, vocabulary)
    ):
        return None
    if _STAFF.search(surface.low, max(0, trigger.start() - 30), trigger.start()):
        return None
    noun = trigger["noun"].lower()
    end = match.end()
    listing = match[0].find(" et ") if trigger["plural"] and noun in vocabulary.outside else -1
    if listing > 0:  # « les programmes Avenir et Demain »
        return found_at(surface, match.start(), match.start() + listing)
    plain = noun not in {"loi", "fonds", "prime"} or first.lower() in vocabulary.openers
    if plain and not match[0].isupper():
        end = name_end(surface, match, vocabulary, tag_at)
    if noun == "fonds" and match[0].split(" ")[0] in vocabulary.investors:
        return None
    if match[0] in vocabulary.between:  # « Programme National de l'Alimentation »
        end = noun_phrase_end(surface, end, tag_at, capitals=True)
        return found_at(surface, trigger.start("noun"), end)
    bound = _belongs_to_name(noun, trigger, vocabulary)
    if noun in vocabulary.careful and _opens_with_listed(match[0], vocabulary):
        bound = False  # « l'aide MaPrimeRénov' »
    return found_at(surface, trigger.start("noun") if bound else match.start(), end)


def _opens_no_name(
    trigger: re.Match[str], name: re.Match[str], first: str, vocabulary: Vocabulary
) -> bool:
    """« le programme Le … » is another sentence; « la loi Le Meur » is a name."""
    surname = trigger["noun"].lower() == "loi" and first in {"Le", "La"} and " " in name[0]
    return first in vocabulary.never and not surname


def _opens_with_listed(name: str, vocabulary: Vocabulary) -> bool:
    hit = next(vocabulary.index.find(surface_of(name)), None)
    return hit is not None and hit.start == 0


def _belongs_to_name(noun: str, trigger: re.Match[str], vocabulary: Vocabulary) -> bool:
    if trigger["naming"] or trigger["between"]:
        return False
    called = noun.startswith("appel") or trigger["noun"] in CALLS
    return noun not in vocabulary.outside and not called


def name_end(surface: Surface, name: re.Match[str], vocabulary: Vocabulary, tag_at: TagAt) -> int:
    """Where a capitalised name and its lower-case words end, without whose it is."""
    owner = _OWNER.search(surface.plain, name.start(), name.end())
    if owner:
        return owner.start()
    end = _with_topic(surface, _whole_end(surface, name, vocabulary, tag_at), vocabulary)
    month = _MONTH.search(surface.low, name.start(), end)
    if month:
        return month.start()
    everybody = _FOR_ALL.match(surface.low, end)
    return everybody.end() if everybody else end


def _with_topic(surface: Surface, end: int, vocabulary: Vocabulary) -> int:
    """« plan Ambition | logement », « plan Culture | et ruralité »: a topic ends the name."""
    topic = _TOPIC.match(surface.plain, end)
    return topic.end() if topic and topic[1] in vocabulary.topics else end


def _whole_end(surface: Surface, name: re.Match[str], vocabulary: Vocabulary, tag_at: TagAt) -> int:
    """« Cap sur l'emploi », « Mon restau responsable », « Ville à 30 »."""
    opened = _OPENED.match(surface.plain, name.end())
    if opened and name[0].lower() in vocabulary.openers:
        word = next(surface.next_words(opened.end(), opened.end() + _LONGEST_WORD), None)
        if word and word[0] == opened.end() and tag_at(word[0]) in {"NOUN", "ADJ", "PROPN", ""}:
            return noun_phrase_end(surface, word[1], tag_at)
    if " " not in name[0] and name[0].lower() in vocabulary.openers:
        return _opened_end(surface, name, tag_at)
    return _with_complements(surface, name.start(), name.end(), tag_at)


def _opened_end(surface: Surface, name: re.Match[str], tag_at: TagAt) -> int:
    """Go on over nouns, adjectives and infinitives after a common word: « Mieux manger »."""
    end = name.end()
    determines = tag_at(name.start()) in {"DET", "ADV", "NUM", "PRON"}
    for _ in range(_OPENER_WORDS):
        number = _NUMBER.match(surface.plain, end)
        complement = _COMPLEMENT.match(surface.plain, end)
        following = _NEXT_WORD.match(surface.plain, end)
        if number:
            return number.end()
        if complement and tag_at(complement.start(1)) in {"NOUN", "PROPN", ""}:
            end = complement.end()
        elif following and _continues(surface, following, tag_at, determines=determines):
            end = following.end()
        else:
            break
        determines = False
    year = YEAR.match(surface.plain, end)
    return year.end() if year else end


def _continues(surface: Surface, word: re.Match[str], tag_at: TagAt, *, determines: bool) -> bool:
    tag = tag_at(word.start(1))
    if determines:
        return tag in {"NOUN", "ADJ", "VERB", "ADV"}
    return tag in {"ADJ", "NOUN"} and surface.plain[word.start(1)].islower()


def _with_complements(surface: Surface, start: int, end: int, tag_at: TagAt) -> int:
    """Go on over « vivantes » of « Rivières vivantes » and « de bourg » of « Cœur de bourg »."""
    if tag_at(start) == "PROPN":
        return end
    for _ in range(_COMPLEMENTS):
        following = _NEXT_WORD.match(surface.plain, end)
        complement = _COMPLEMENT.match(surface.plain, end)
        if complement and tag_at(complement.start(1)) in {"NOUN", "PROPN", ""}:
            end = complement.end()
        elif following and tag_at(following.start(1)) == "ADJ":
            end = following.end()
        else:
            break
    year = YEAR.match(surface.plain, end)
    return year.end() if year else end
