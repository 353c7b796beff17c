"""Of which whole a figure is the part: « un seul des 14 », « 9 sur les 9 », « dont 12 »."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from recoupe.extract.figures.draft import Draft
from recoupe.extract.figures.leaning import held_against, is_no_part
from recoupe.extract.figures.numerals import SP
from recoupe.extract.figures.passage import SHARES, WHOLES, Passage, is_less, one_dimension

_WORD = r"[\w'’\"«»“”-]+"
_OF = re.compile(
    rf"(?:{SP}+{_WORD}){{0,4}}{SP}+(?:des|de{SP}+(?:ces|ses|nos|leurs)|d['’]entre{SP}+les|du|de{SP}+la){SP}+(?:{_WORD}{SP}+){{0,1}}",
    re.IGNORECASE,
)
_DIRECT_OF = re.compile(
    rf"(?:{SP}seulement)?{SP}+(?:des|de{SP}+(?:ces|ses|nos|leurs)){SP}*"
    rf"(?:(?:quelque|autres|seuls|seules|derni(?:er|ère)s|premi(?:er|ère)s|quelques|environ|près{SP}+de|plus{SP}+de|presque){SP}+)?",
    re.IGNORECASE,
)
_OUT_OF = re.compile(
    rf"[^.;:!?\n]{{0,60}}?(?:{SP}|\()(?:sur|parmi){SP}+(?:les|le|la|un{SP}+total{SP}+de|une{SP}+enveloppe{SP}+de|un{SP}+montant{SP}+de|une{SP}+capacité{SP}+de|un{SP}+objectif{SP}+de|une?{SP}+[\w'’-]+(?:{SP}+[\w'’-]+)?{SP}+de|l['’]ensemble{SP}+des|ces|quelque)?{SP}*(?:près{SP}+de{SP}+|environ{SP}+|quelque{SP}+|plus{SP}+de{SP}+)?",
    re.IGNORECASE,
)
_INCLUDING = re.compile(
    rf"[^.;!?\n]{{0,120}}?,?{SP}*\(?(?<!\w)dont{SP}+(?:la{SP}+moitié|[\wà-ÿ'’]+{SP}+){{0,4}}?",
    re.IGNORECASE,
)
_THEM = re.compile(rf"{SP}+d['’](?:entre{SP}+)?(?:eux|elles)\b", re.IGNORECASE)
#: A part and its whole stand at most so many characters apart.
_REACH = 110
#: A whole stands at most so many figures before « dont ».
_LOOKED_AT = 6
#: « dont » stands at most so many characters before its part.
_INCLUDED_WITHIN = 40


def part_of(passage: Passage) -> Mapping[int, int]:
    """For each part's index among the figures, the index of its whole."""
    text, drafts = passage.text, passage.drafts
    wholes: dict[int, int] = {}
    framed: set[int] = set()
    for index, draft in enumerate(drafts):
        if draft.kind in {"rank", "duration", "multiplier"}:
            continue
        whole = _next_whole(text, drafts, index)
        if whole is None:
            whole = _including(passage, index)
        if whole is None and _frames(text, drafts, index):
            whole = index - 1
            framed.add(index)
        if whole is None and index - 1 in framed and _also(text, drafts, index):
            whole = wholes[index - 1]
            framed.add(index)
        if whole is None:
            whole = _of_before(passage, index, wholes)
        if whole is not None and whole != index:
            wholes[index] = whole
    _extend_to_second(text, drafts, wholes)
    _extend_to_parentheses(text, drafts, wholes)
    _extend_to_opposed(text, drafts, wholes)
    return wholes


#: « 41 voix contre 12, sur 60 votants »
_VERSUS = re.compile(rf"(?:{SP}[\w]+)?,?{SP}contre{SP}")


def _extend_to_opposed(text: str, drafts: Sequence[Draft], wholes: dict[int, int]) -> None:
    """Two votes held against one another are of one number of voters."""
    for index in range(1, len(drafts)):
        whole = wholes.get(index)
        if whole is None or whole <= index or index - 1 in wholes:
            continue
        between = text[drafts[index - 1].end : drafts[index].start]
        if _VERSUS.fullmatch(between) and is_less(drafts[index - 1], drafts[whole]):
            wholes[index - 1] = whole


#: « Sur 580 cellules, 76 restent vides », « Parmi les 112 autres, 17 … »
_FRAME = re.compile(
    rf"(?:^|[.!?:;,(«»–—]{SP}*|\n(?:[-•*]{SP}*)?|^[-•*]{SP}*)(?:(?:ainsi|et|mais|or|donc|alors|bref|enfin|aussi|puis),?{SP}+)?(?:sur|parmi|des|de{SP}+ces)"
    rf"(?:{SP}+(?:l['’]|la{SP}|le{SP}|une?{SP}|cette{SP})[\w'’-]+(?:{SP}[\w'’-]+)?{SP}de)?"
    rf"(?:{SP}+(?:les|ces|un{SP}+total{SP}+de|quelque|près{SP}+de|plus{SP}+de|environ|nos|ses|leurs)){{0,2}}{SP}*$",
    re.IGNORECASE,
)


def _frames(text: str, drafts: Sequence[Draft], index: int) -> bool:
    """Whether the figure before opens a frame for this one: « Sur 580 cellules, 76 … »."""
    if index == 0:
        return False
    start = drafts[index - 1].start
    opened = _FRAME.search(text[max(0, start - _FRAME_REACH) : start])
    return opened is not None and _framed(text, drafts, index)


_FRAME_REACH = 40


def _of_before(passage: Passage, index: int, wholes: Mapping[int, int]) -> int | None:
    """The whole that a pronoun or a resuming noun points back to."""
    text, draft = passage.text, passage.drafts[index]
    whole = _some_of_it(text, passage.drafts, index) if draft.kind == "amount" else None
    if whole is not None and _is_of_it(text, passage.drafts[whole]):
        whole = wholes.get(whole)  # « L’État en apporte 1,6, la Région en met 0,7 »
    if whole is None and _TAKEN_UP.search(text[max(0, draft.start - 60) : draft.start]):
        whole = _last(passage, index)
    if whole is None and _THEM.match(text, draft.end):
        whole = _antecedent(passage, index)
    return whole


#: « a accordé 1,28 milliard et en a payé 894 millions »
_OF_IT = re.compile(
    rf"(?i)(?<![\w-])(?:en|n['’]en|qu['’]en){SP}(?:a|ont|avait|avaient|aura|auront)?{SP}?"
    rf"[\w'’]+{SP}(?:que{SP})?$"
)


def _is_of_it(text: str, draft: Draft) -> bool:
    return _OF_IT.search(text[max(0, draft.start - 40) : draft.start]) is not None


def _some_of_it(text: str, drafts: Sequence[Draft], index: int) -> int | None:
    if index == 0 or not _is_of_it(text, drafts[index]):
        return None
    before = drafts[index - 1]
    between = text[before.end : drafts[index].start]
    apart = re.search(r"[.!?\n]", between) or held_against(between)
    if is_no_part(text, drafts[index].span):
        return None
    return None if apart or not one_dimension(drafts[index], before) else index - 1


def _framed(text: str, drafts: Sequence[Draft], index: int) -> bool:
    between = text[drafts[index - 1].end : drafts[index].start]
    return bool(re.fullmatch(r"[^.;!?\n,]{0,120},[^.;!?\n,]{0,20}", between)) and one_dimension(
        drafts[index], drafts[index - 1]
    )


def _also(text: str, drafts: Sequence[Draft], index: int) -> bool:
    """« Sur 580 cellules, 76 restent vides et 12 sont louées »: a second part of one frame."""
    between = text[drafts[index - 1].end : drafts[index].start]
    linked = re.fullmatch(
        rf"[^.;!?\n,]{{0,60}}(?:,|{SP}et|,{SP}et){SP}+(?:seule?s?{SP}+)?", between
    )
    return bool(linked) and one_dimension(drafts[index], drafts[index - 1])


def _next_whole(text: str, drafts: Sequence[Draft], index: int) -> int | None:
    """The whole that follows its part: « 9 contrats sur les 9 », « 231 de ces 474 projets »."""
    for place in range(index + 1, min(index + 3, len(drafts))):
        between = text[drafts[index].end : drafts[place].start]
        if len(between) > _REACH or "\n" in between:
            return None
        if drafts[place].kind not in WHOLES:
            continue
        if _is_of(text, drafts, index, place):
            return place
    return None


def _is_of(text: str, drafts: Sequence[Draft], index: int, place: int) -> bool:
    """Whether words between the two make the first a part of the second."""
    part, whole = drafts[index], drafts[place]
    between = text[part.end : whole.start]
    direct = place == index + 1
    if direct and part.kind in _SHARING and _DIRECT_OF.fullmatch(between):
        return part.kind not in _MEASURED or one_dimension(part, whole)
    if not one_dimension(part, whole):
        return False
    before = text[max(0, part.start - _BEFORE) : part.start].rpartition("\n")[2]
    if direct and _INTO.fullmatch(between):
        return is_less(part, whole) and not _ADDED.search(before)
    if direct and part.kind in SHARES and _VALUED.fullmatch(between):
        return True
    if part.kind == "measure" and (
        _EXTENT.search(before)
        or (between.strip() == "sur" and _UNIT.search(text, whole.start, whole.end))
    ):
        return False  # « à 40 km/h sur 34 km et sur 61 », « 2 mètres sur 3 mètres »
    if not direct:
        return part.kind not in SHARES and _OVER.fullmatch(between) is not None
    over = _OUT_OF.fullmatch(between) is not None
    return over and (part.kind not in SHARES or bool(_DEFINITE.search(between)))


_DEFINITE = re.compile(rf"(?i)(?:sur|parmi){SP}+(?:les|le|la|un|ces|l['’])")
#: « 40 % du coût total, estimé à 2,5 millions »
_VALUED = re.compile(
    rf"(?i){SP}(?:du|de{SP}la|des|de{SP}l['’]|de{SP}son|de{SP}sa|de{SP}ses){SP}?[^.;:!?,\d\n]{{3,50}},?{SP}"
    rf"(?:qui{SP}(?:s['’]élèv|se{SP}mont|atteign|atteint|est{SP}de)\w*|estimée?s?|évaluée?s?|chiffrée?s?|fixée?s?|arrêtée?s?)"
    rf"(?:{SP}à)?{SP}(?:environ{SP}|(?:près|plus){SP}de{SP}|quelque{SP})?"
)
_BEFORE = 40
_EXTENT = re.compile(rf"(?i)(?<!\w)sur{SP}(?:les{SP}|ces{SP})?$")
_ADDED = re.compile(r"(?i)(?<!\w)(?:ajout|supplément|rallong|porte|port[ée])")
_UNIT = re.compile(r"[^\W\d]")
#: « 4,5 km ont été livrés, pour 405 000 €, sur les 19 km prévus »
_OVER = re.compile(
    rf"(?i)[^.;:!?\n]{{0,100}},{SP}sur{SP}(?:les|le|la|l['’]|un{SP}total{SP}de|une{SP}enveloppe{SP}de){SP}?"
)
#: « apporte 24 millions à ce projet de 612 millions », « 27 % d'un budget de 3,6 millions »
_INTO = re.compile(
    rf"(?i)(?:{SP}(?!sur{SP})[\wà-ÿ'’-]+){{0,6}}?{SP}(?:(?:à|dans|pour|sur){SP}(?:ce(?:tte|t)?|une?|le|la|son|sa)|du|au|d['’]une?|de{SP}(?:la|ce|cette|son|sa))"
    rf"{SP}(?:[\wà-ÿ'’-]+{SP})?(?:projet|plan|budget|programme|investissement|enveloppe|chantier|opération|total|coût|dépense|facture|montant|chiffre{SP}d['’]affaires|marché|dotation|ensemble)"
    rf"(?:{SP}[\wà-ÿ-]+){{0,2}}{SP}?,?{SP}?(?:de|d['’]|à|\(){SP}?(?:(?:près|plus){SP}de{SP}|environ{SP}|quelque{SP})?"
)
_MEASURED = frozenset({"amount", "measure"})
_SHARING = _MEASURED | {"percent", "ratio", "count", "number"}


def _including(passage: Passage, index: int) -> int | None:
    """« 260 millions, dont 180 de la Banque des Territoires »: the part is second."""
    drafts, start = passage.drafts, passage.drafts[index].start
    if "dont" not in passage.text[max(0, start - _INCLUDED_WITHIN) : start].lower():
        return None
    for before in range(index - 1, max(-1, index - _LOOKED_AT), -1):
        between = _BRACKETS.sub("", passage.between(before, index))
        if not _INCLUDING.fullmatch(between) or between.count(")") > between.count("("):
            continue  # a whole inside closed parentheses is no longer spoken of
        if passage.compared(before, strictly=True):
            continue
        if one_dimension(drafts[index], drafts[before]) and drafts[before].kind in WHOLES:
            return before
    return None


#: « Sur cette enveloppe, 1,3 M€ a été mandaté »
_TAKEN_UP = re.compile(
    rf"(?i)\b(?:sur{SP}|de{SP})(?:ce|cet|cette){SP}(?:total|enveloppe|somme|montant|budget|dotation|crédit|ensemble|fonds)"
    rf"(?:{SP}[\w'’-]+){{0,2}},?{SP}(?:[\w'’-]+{SP}){{0,2}}$"
)


def _last(passage: Passage, index: int) -> int | None:
    """« Sur ce total, 12 000 »: the last figure of its dimension, a sentence before at most."""
    for before in _lately(passage, index):
        whole = passage.drafts[before]
        if whole.kind in WHOLES and one_dimension(passage.drafts[index], whole):
            return before
    return None


def _antecedent(passage: Passage, index: int) -> int | None:
    """« Près de la moitié d'entre eux »: the last count of the sentence before, or of this one."""
    for before in _lately(passage, index):
        whole = passage.drafts[before]
        counted = whole.kind == "count" and whole.object_span is not None
        if counted and not passage.compared(before) and one_dimension(passage.drafts[index], whole):
            return before
    return None


def _lately(passage: Passage, index: int) -> Iterator[int]:
    """The figures of this sentence and the one before, of another paragraph too."""
    for before in range(index - 1, -1, -1):
        if passage.sentences[index] - passage.sentences[before] > 1:
            return
        yield before


def _extend_to_second(text: str, drafts: Sequence[Draft], wholes: dict[int, int]) -> None:
    """« 9 maisons, dont 6 portées par une commune et 3 par un groupement »: both of the nine."""
    for index in range(1, len(drafts)):
        before = _outside_brackets(text, drafts, index)
        whole = wholes.get(before)
        if index in wholes or whole is None or whole > before:
            continue
        included = _DONT.search(text[drafts[whole].end : drafts[before].start])
        between = _BRACKETS.sub("", text[drafts[before].end : drafts[index].start])
        linked = re.fullmatch(rf"[^.;!?\n,]{{0,60}}(?:,|{SP}et){SP}", between)
        alike = drafts[index].kind == drafts[before].kind or drafts[index].of_it
        if included and linked and alike and one_dimension(drafts[index], drafts[whole]):
            wholes[index] = whole


_BRACKETS = re.compile(rf"{SP}?\([^()\n]*\)")


def _outside_brackets(text: str, drafts: Sequence[Draft], index: int) -> int:
    """The figure before, those that stand in closed brackets looked past."""
    before = index - 1
    between = text[drafts[before].end : drafts[index].start]
    if ")" not in between or "(" in between.partition(")")[0]:
        return before
    opened = text.rfind("(", 0, drafts[before].start)
    outside = (i for i in range(before, max(-1, before - _IN_BRACKETS), -1))
    return next((i for i in outside if drafts[i].end <= opened), before)


#: At most so many figures stand in brackets that are looked past.
_IN_BRACKETS = 8

_DONT = re.compile(rf"(?<!\w)dont{SP}+(?:[\w'’]+{SP}+){{0,2}}$")


def _extend_to_parentheses(text: str, drafts: Sequence[Draft], wholes: dict[int, int]) -> None:
    """« Près de la moitié d'entre eux (231) »: the number in parentheses has the same whole."""
    for index in range(1, len(drafts)):
        share = drafts[index - 1]
        if share.kind not in {"ratio", "percent"} or index - 1 not in wholes or index in wholes:
            continue
        if wholes[index - 1] == index:
            continue
        between = text[share.end : drafts[index].start]
        if re.fullmatch(r"[^.;()\n]{0,60}\((?:soit\s+)?", between):
            wholes[index] = wholes[index - 1]
