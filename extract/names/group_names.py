"""Where the name of an association ends that begins by a common word and goes on in lower case.

« le collectif Rivières vivantes », « l'association Oui au train de nuit », « Eau secours 81 ».
"""

from __future__ import annotations

import re
from collections.abc import Callable

from recoupe.extract.surface import Surface, words_of

_REACH = 70
_MOST = 7
#: What joins the words of such a name, never its last word.
_LINKS = frozenset(
    words_of(
        "de du des d la le les l à au aux en sans sur sous pour contre avec chez nos notre "
        "vos votre mon "
        "ma pas plus et"
    )
)
_ARTICLES = frozenset(words_of("la le les l un une son sa ses leur leurs ce cette"))
_PLACING = frozenset({"en", "à", "au", "aux", "sur", "sous", "dans"})
_ACTIVITY = frozenset({"à", "en"})
_DEPARTMENT = re.compile(r"(?:\d{2}|2[AB]|97\d)(?![\d\w])(?! ?(?:%|€|[a-z]+s\b|millions?|[,.]\d))")
_LINKED = re.compile(r" (?:en|à|de|du|des|pour|sans) ")
_NAMING_TAGS = frozenset({"NOUN", "ADJ", "PROPN", "ADV", ""})


def group_end(
    surface: Surface,
    end: int,
    tag_at: Callable[[int], str],
    trades: frozenset[str],
    *,
    common: bool,
) -> int:
    """Where the name whose capitals end at ``end`` ends; ``common`` if it begins by a common word.

    A proper name goes on over an adjective or a trade only (« Drôme solidaire »).
    """
    last = previous = end
    linked, lower, link = False, False, ""
    for count, (start, stop) in enumerate(
        surface.next_words(end, min(len(surface.plain), end + _REACH))
    ):
        word = surface.plain[start:stop]
        if surface.plain[previous:start] not in {" ", "'"} or count >= _MOST:
            break
        previous = stop
        if _DEPARTMENT.match(surface.plain, start):
            return stop if common and not linked else last
        if word in _LINKS:
            active = count == 0 and word in _ACTIVITY  # « Trégor | à vélo »
            if not (common or active) or (word in _ARTICLES and link == "et"):
                break
            linked, link = True, word
            continue
        tag = tag_at(start)
        opened = count == 0 and common and tag_at(end - 1) not in _NAMING_TAGS
        if linked:
            placed = word[0].isupper() and link in _PLACING and not lower
            follows = not placed and tag in (_NAMING_TAGS if common else {"NOUN"})
        else:
            follows = (opened and tag == "NOUN") or (  # « Stop | carrière »
                word[0].islower() and _follows(surface, stop, word, tag, trades, common=common)
            )
        if not follows:
            break
        last, linked, link = stop, False, ""
        lower = lower or word[0].islower()
        if not common:
            break
    return last


def _follows(
    surface: Surface, stop: int, word: str, tag: str, trades: frozenset[str], *, common: bool
) -> bool:
    """Whether a word in lower case may follow another without a link."""
    if tag == "ADJ" or word in trades:
        return True
    if common and tag == "ADV":
        return _LINKED.match(surface.plain, stop) is not None  # « Eau | juste en Boutières »
    numbered = _DEPARTMENT.match(surface.plain, stop + 1) is not None
    return common and numbered and tag == "NOUN"  # « Eau | secours 81 »
