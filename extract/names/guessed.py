"""Look twice at the organisations of the statistical model.

Its spans take articles, line ends and figures along; its single capitals may be a sentence's
opening, a title or a heading.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from spacy.tokens import Span

from recoupe.extract.surface import Surface, bare

_ARTICLE = re.compile(
    r"(?:Chez |Selon |Pour |[Ll]'|[Dd]'|[Ll]a |[Ll]e |[Ll]es |[Dd]u |[Dd]es |[Dd]e |[Aa]u |"
    r"[Aa]ux )+"
)
_TITLES = re.compile(
    r"(?:vice-|ex-|co-)?(?:ministre|président|directeur|directrice|secrétaire|maire|préfet|député|"
    r"sénateur|sénatrice|chef|premier ministre|première ministre|conseill|délégué|commissaire|"
    r"porte-parole|éditeur-en-chef|procureur)"
)
_COMMON = frozenset(
    {"NOUN", "VERB", "ADJ", "ADV", "DET", "PRON", "ADP", "AUX", "CCONJ", "SCONJ", "INTJ"}
)
_MEASURED = re.compile(r"[,.]\d| ?(?:%|€|euros?|millions?|milliards?|habitants|fois)")
_BREAK = re.compile(r" ?[\n|]| / | [–—-] ")
_LOOSE = re.compile(r"(?: (?:et|de|du|des|la|le|les|d'|l'|d|l|à|au|aux|en))+$")
_TERRITORY = re.compile(r"(?:départements?|régions?|villes?|communes?|canton|pays) ")
_FIGURE = re.compile(r" \d[\d ]*$")
_HEADING_WORDS = 2
_ACRONYM_LENGTH = 6
#: What bears a name stands so many characters before it.
_BEARER = 24
_MINISTER = re.compile(
    r"(?:(?<!\w)ministre|secrétaire d'état|haut-commissaires?) (?:[^,.;:()\n]{0,70} )?"
    r"(?:de|du|des|de la|de l'|d'|et|à la|à l'|aux?) ?$"
)


#: « les inspecteurs de l'ONU | pour le désarmement », « donner décharge à la Commission | pour … »
_AIM = re.compile(r"(?:[A-ZÉ]{2,6}|Commission|Communauté|Union|Conseil|Parlement)(?P<aim> pour ).*")


_CENTURY = re.compile(r"[IVXLC]+e")
#: « la B.C.E. | des missions », with its last dot.
_DOTTED = re.compile(r"(?:[A-ZÉ]\.){2,}")
_HOUSE = re.compile(r"maison (?=[A-ZÀ-Þ])")
_TITLE_OF = re.compile(
    r"(?:[Vv]ice-)?[Pp]résidente? (?:de la |du |de l')"
    r"(?=(?:Commission|Conseil|Parlement|Union|Assemblée|Banque|Cour)\b)"
)


#: Words that tell of communes: « la Communauté » is none of Europe there.
LOCAL = re.compile(r"\bcommun(?:es?|ale?s?|auté d)\b|\bmaires?\b|intercommun|agglom|habitants")
#: « la RN 12 », « l'A75 »
_ROAD = re.compile(r"(?:RN|RD|RCEA|[ADNE]) ?\d{1,4}")


class Refused:
    """What the statistical model takes for organisations and is none, from ``organisations.toml``.

    ``words`` are refused as such, ``things`` where a guess opens with them (« gare de Millau »),
    ``bearers`` where they stand before it (« la taxe Tobin »), ``councils`` make « le Conseil » one
    that is no organisation.
    """

    def __init__(self, false: Mapping[str, Sequence[str]]) -> None:
        self.words = frozenset(map(bare, false["words"]))
        self.things = re.compile(rf"(?:{'|'.join(false['things'])})(?!\w)")
        self.bearers = re.compile(rf"\b(?:{'|'.join(false['bearers'])}) (?:dite? )?(?:d')?$")
        councils = "|".join(map(bare, false["councils"]))
        self.councils = re.compile(rf"\bconseils? (?:{councils})|\bconseill\w+ |\bmaires?\b")

    def holds(self, surface: Surface, start: int, end: int) -> bool:
        """Whether a guess is refused by its words or by those before it."""
        words = surface.plain[start:end]
        if words == "Conseil" and self.councils.search(surface.bare):
            return True
        if words == "Communauté" and LOCAL.search(surface.low):
            return True
        if bare(words) in self.words or _ROAD.fullmatch(words) or _CENTURY.fullmatch(words):
            return True
        if self.things.match(surface.low, start, end):
            return True
        return self.bearers.search(surface.low, max(0, start - _BEARER), start) is not None


def trimmed(surface: Surface, start: int, end: int) -> tuple[int, int]:
    """``start:end`` without its article, its outer punctuation and what follows a line break."""
    text = surface.plain
    while start < end and not text[start].isalnum():
        start += 1
    broken = _BREAK.search(text, start, end)
    end = broken.start() if broken else end
    if text.startswith("ex-", start) and text[start + 3 : start + 4].isupper():
        start += 3
    article = _ARTICLE.match(text, start, end)
    opener = article and article[0].startswith(("Chez ", "Selon ", "Pour "))
    if opener and text.startswith("Chez ", start) and not opens_sentence(surface, start):
        opener = False  # « sa buvette, Chez Lucette, »
    opener = opener or text.startswith("L'Union", start, end)
    if article and article.end() < end and (text[start].islower() or opener):
        start = article.end()
    house = _HOUSE.match(text, start, end)
    start = house.end() if house else start  # « la maison | Dior »
    titled = _TITLE_OF.match(text, start, end)
    start = titled.end() if titled else start  # « le Président de la | Commission »
    dotted = _DOTTED.match(text, start)
    if dotted and start < end:
        return start, dotted.end()
    aim = _AIM.match(text, start, end)
    end = aim.start("aim") if aim else end
    figure = _FIGURE.search(text, start, end)
    if figure and _MEASURED.match(text, end):
        end = figure.start()
    quoted = text.count('"', start, end) % 2 and text.startswith('"', end)
    if quoted:
        return start, end + 1  # « le Conseil "affaires générales" »
    loose = _LOOSE.search(text, start, end)
    end = loose.start() if loose and loose.start() > start else end
    while start < end and not (text[end - 1].isalnum() or text[end - 1] in ".+"):
        end -= 1
    return start, end


def credible(surface: Surface, ent: Span, start: int, end: int, refused: Refused) -> bool:
    """Whether the model's organisation is more than a title, a territory or a heading."""
    words, low = surface.plain[start:end], surface.low[start:end]
    if words.islower() or refused.holds(surface, start, end):
        return False
    if _TITLES.match(low) or _TERRITORY.match(low):
        return False
    if _MINISTER.search(surface.low, max(0, start - 90), start):
        return False
    if " " not in words and not words.isupper() and ent[0].pos_ in _COMMON:
        return not opens_sentence(surface, start)
    long = len(words) > _ACRONYM_LENGTH
    return not (long and words.isupper() and _heading(surface, start))


def opens_sentence(surface: Surface, start: int) -> bool:
    """Whether no word, comma or closing mark stands before ``start``."""
    before = surface.plain[max(0, start - 4) : start].rstrip(" «\"“'")
    return not before or not (before[-1].isalnum() or before[-1] in ",')%»")


def _heading(surface: Surface, start: int) -> bool:
    """Whether the line of ``start`` is written in capitals."""
    line_start = surface.plain.rfind("\n", 0, start) + 1
    line_end = surface.plain.find("\n", start)
    line = surface.plain[line_start : line_end if line_end >= 0 else None]
    return line.isupper() and len(line.split()) > _HEADING_WORDS
