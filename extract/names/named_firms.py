"""Read a firm's or an association's name off the noun before it, or off a company's ending.

« la société Novalis », « le collectif Rivières vivantes », « Novalis Industries SAS ».
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from recoupe.extract.names.group_names import group_end
from recoupe.extract.names.institutions import TRADE, Context, Heads, Named, opens
from recoupe.extract.names.shapes import CAPITAL, COMPANY
from recoupe.extract.surface import Surface, words_of
from recoupe.extract.wordings import Hit

_GROUPS = frozenset(
    {
        "collectif",
        "association",
        "ONG",
        "coopérative",
        "think tank",
        "syndicat mixte",
        "groupement",
        "fédération",
        "mouvement",
        "liste",
    }
)
#: « le collectif « Sauvons la halle » »
_QUOTED = re.compile(
    r"(?: [a-zà-ÿ]+)? [«\"“] ?(?P<name>[A-ZÀ-Þ][^«»\"“”\n.!?]{1,50}[^«»\"“”\n.!? ]) ?[»\"”]"
)
#: « le collectif Rennes | la Nuit », « Vallée | sans pylônes »
_REST = re.compile(
    r" (?:(?:la|le|les|l') ?(?P<cap>[A-ZÀ-Þ])|(?:sans|contre) (?:l[ae] |les |l')?)(?P<noun>)[\w-]+"
)
_CIVILITIES = frozenset({"M", "MM", "Mme", "Mmes", "Mlle", "Me", "Mgr", "Dr", "Pr"})
_FRIENDS = re.compile(r"(?:Les?|La) [A-ZÀ-Þ][\w-]+(?: (?:de la|des?|du) [\w-]+| (?:de l|d)'[\w-]+)")
_BEFORE_SUFFIX = re.compile(rf"(?:{CAPITAL}(?: & | )){{1,4}}$")
_SENTENCE_WORDS = frozenset(
    words_of(
        "Le La Les L Un Une Des Ce Cette Ces Chez Pour Par Avec Dans En À A De Du D Et Mais "
        "Selon Comme Qu Si"
    )
)
#: « l'usine Valmor | de Givet »
_SITED = re.compile(r" (?:de |du |d')[A-ZÀ-Þ][\w-]+$")


def named_companies(surface: Surface, heads: Heads, context: Context) -> Iterator[Named]:
    """« la société Novalis » → Novalis; « Novalis Industries SAS » whole."""
    for hit in heads.naming.find(surface):
        if surface.plain[hit.start : hit.end].isupper() and hit.wording.name.islower():
            continue  # « LISTE DES EXCIPIENTS »
        quoted = _QUOTED.match(surface.plain, hit.end)
        if quoted and hit.wording.name in heads.quoted:
            yield Named(*quoted.span("name"), "naming")
            continue
        named = _after_noun(surface, hit, heads, context)
        if named:
            yield named
    for start, end in surface.words:
        if surface.plain[start:end] in heads.suffixes:
            before = _BEFORE_SUFFIX.search(surface.plain, max(0, start - 60), start)
            if before and _first_word(before[0]) not in _SENTENCE_WORDS:
                yield Named(before.start(), end, "suffix")


def _after_noun(surface: Surface, hit: Hit, heads: Heads, context: Context) -> Named | None:
    noun = hit.wording.name
    gap = TRADE.match(surface.plain, hit.end)
    match = COMPANY.match(surface.plain, gap.end()) if gap else None
    if not match or _first_word(match[0]) in _CIVILITIES:
        return None
    start = match.start()
    if _is_person_or_product(surface, start, noun, heads, context):
        return None
    complement = _FRIENDS.match(surface.plain, start)
    sited = _SITED.search(match[0]) if noun.startswith("usine") else None
    if complement:
        end = complement.end()
    elif sited:
        end = start + sited.start()
    else:
        end = _group_end(surface, noun, start, match.end(), context)
    end = min([end, *(s - 1 for s in context.people if start < s < end)])
    return Named(_naming_start(surface, hit, start, end, heads), end, "naming")


def _naming_start(surface: Surface, hit: Hit, name: int, end: int, heads: Heads) -> int:
    """« l'agence Ponant » whole; « sa buvette, Chez Lucette, » too, but not « chez Novalis »."""
    noun = hit.wording.name
    beside = name == hit.end + 1
    written = surface.plain[hit.start : hit.end]
    capital = written.istitle() and not opens(surface, hit.start)
    if beside and capital and noun != "chez" and noun not in heads.people:
        return hit.start  # « la Banque Vosgienne de Crédit »
    if noun not in heads.included or not beside or _stands_alone(surface.plain[name:end]):
        return name
    if noun == "chez" and (surface.plain[hit.start].islower() or opens(surface, hit.start)):
        return name
    return hit.start


def _stands_alone(name: str) -> bool:
    """« l'agence | Scope Ouest »: two words name a firm, one needs its noun."""
    return name.count(" ") == 1


def _group_end(surface: Surface, noun: str, start: int, end: int, context: Context) -> int:
    """« le collectif Rivières vivantes » goes on over its words in lower case."""
    name = surface.plain[start:end]
    slogan = noun == "groupe" and context.is_slogan(_first_word(name))
    if not (slogan or noun.rstrip("s") in _GROUPS) or (
        " " in name and not context.is_common(_first_word(name))
    ):
        return end
    longer = _REST.match(surface.plain, end)
    if longer and context.tag_at(longer.start("noun")) in {"NOUN", "PROPN"}:
        return longer.end()
    return group_end(
        surface, end, context.tag_at, context.trades, common=context.is_common(_first_word(name))
    )


def _is_person_or_product(
    surface: Surface, start: int, noun: str, heads: Heads, context: Context
) -> bool:
    if start in context.people:  # « chez Marée Bigoudène » begins by no first name
        called = _first_word(surface.plain[start : context.people[start]])
        return noun.rstrip("s") in heads.people and not context.is_common(called)
    return start in context.things and noun.startswith(("groupe", "laboratoire"))


def _first_word(words: str) -> str:
    return re.split(r"[ ']", words, maxsplit=1)[0]
