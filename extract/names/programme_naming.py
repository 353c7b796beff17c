"""Names of programmes that a sentence gives to a noun that stands elsewhere in it.

« une aide du Département, baptisée X », « Baptisé X, le programme … », « X, le nouveau dispositif
de la Région, … », « au titre de X », « X rembourse … . L'aide … ».
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from recoupe.extract.names.programme_triggers import MADE, NAME, QUOTED, name_end
from recoupe.extract.names.programme_words import OPENING, Found, TagAt, Vocabulary, found_at
from recoupe.extract.surface import Surface

_REACH = 170
_ADVERB = r"(?:(?:tout |très )?(?:[a-zà-ÿ]{3,}ment|aussi|désormais|ainsi) )?"
_NAMED = r"le (?:joli |doux |petit )?nom d(?:e |')"
_PARTICIPLE = re.compile(
    r"\b(?i:baptis|rebaptis|intitul|dénomm|surnomm|appel|nomm|dit)"
    rf"(?P<gender>ée?|e)?s? {_ADVERB}(?=[«\"“A-ZÀ-ÖØ-ÞŒ\d])"
)
#: « sous le nom de X », « qui répond au doux nom de X », « du nom de X »
_CALLED = re.compile(
    rf"\b(?:(?:sous|porte|portant|prend|pris|reçu) {_NAMED}|"
    r"(?:au|du) (?:joli |doux )?nom d(?:e |')|"
    r"nom de code(?: :)? |s'appelle(?:ra)? |se nomme(?:ra)? |l[ea] bien[- ]nommée? )"
    r"(?=[«\"“A-ZÀ-ÖØ-ÞŒ])"
)
#: « X, c'est le nom du plan », « X : c'est ainsi que s'appelle l'aide »
_IS_NAMED = re.compile(
    r" ?(?:,|:|\.|–|-) ?[cC]'est (?:ainsi que s'appelle|(?:là )?le (?:petit |joli |doux )?nom "
    r"(?:donné |choisi |retenu )?(?:d[eu]|à|au|par|pour))\b"
)
_APPOSED = re.compile(
    r"(?:, | \(| [–-] )(?:le |la |l'|un |une |ce |cette |son |sa |leur )"
    r"(?:(?:nouve(?:au|l|lle)|futur|future|dernier|dernière|premier|première|principal|principale|"
    r"grand|grande|vaste|tout nouveau|successeur d[eu]) )*(?P<noun>[a-zà-ÿ]+)\b"
)
_RESUMED = re.compile(
    r"(?:^|[.!?] )(?:[^.!?\n]{0,60}, )?(?:[lL]e|[lL]a|[lL]'|[cC]ette|[cC]e) ?(?P<noun>[a-zà-ÿ]+)\b"
)
#: « Horizon 28, son nouveau plan | stratégique »: a firm's.
_FIRMS = re.compile(r" (?:stratégique|d'affaires|social|d'économies|de développement|industriel)\b")
_NOT_APPOSED = re.compile(
    r"(?:\b(?:(?i:à|en|aux?|dans|chez|selon|pour|par|de|du|des|le|la|les|depuis|sous|mme)|M\.) "
    r"|[DdLl]'|, )$"
)
_CLOSING = re.compile(r"[,.;:!?)\n–]")
_VERB_FORM = re.compile(r"(?:é|ée|és|ées|i|is|ie|ies|u|us|ue|ues|ant|ert|erte)$")
_FEW_WORDS = 4
_LONG_NAME = 60


def named(surface: Surface, vocabulary: Vocabulary, tag_at: TagAt) -> Iterator[Found]:
    """Names that a participle, an apposition or a phrase gives to a programme."""
    yield from _baptised(surface, vocabulary, tag_at)
    yield from _called(surface, vocabulary, tag_at)
    yield from _apposed(surface, vocabulary, tag_at)
    yield from _beside(surface, vocabulary, tag_at)
    yield from _paying(surface, vocabulary)


def _name_at(
    surface: Surface, at: int, vocabulary: Vocabulary, tag_at: TagAt
) -> tuple[int, int] | None:
    """The quoted or the capitalised name that begins at ``at``."""
    if surface.plain[at] in OPENING:
        quoted = QUOTED.match(surface.plain, at)
        return quoted.span(1) if quoted else None
    name = NAME.match(surface.plain, at)
    if not name or name[0].split(" ")[0] in vocabulary.never:
        return None
    return at, name_end(surface, name, vocabulary, tag_at)


def _after(surface: Surface, end: int) -> int:
    """``end`` beyond the mark that closes a quoted name."""
    while surface.plain[end : end + 1] in {" ", "»", "”", '"'}:
        end += 1
    return end


def _baptised(surface: Surface, vocabulary: Vocabulary, tag_at: TagAt) -> Iterator[Found]:
    for match in _PARTICIPLE.finditer(surface.plain):
        span = _name_at(surface, match.end(), vocabulary, tag_at)
        if not span or (match[0].startswith("dit") and not surface.plain[span[0]].isupper()):
            continue
        feminine = (match["gender"] or "").endswith("e")
        opens = match[0][0].isupper()
        if opens and surface.plain[match.end()] not in OPENING:
            comma = surface.plain.find(",", match.end(), match.end() + _LONG_NAME)
            span = (span[0], comma) if comma > 0 else span
        holder = (
            _holder_after(surface, span[1], vocabulary)
            if opens
            else _holder_before(surface, match.start(), vocabulary, tag_at)
        )
        if holder and (holder in vocabulary.naming.feminine) == feminine:
            yield found_at(surface, *span)


def _holder_after(surface: Surface, end: int, vocabulary: Vocabulary) -> str | None:
    """« Baptisé X, | ce nouveau dispositif | »."""
    comma = _after(surface, end)
    if surface.plain[comma : comma + 1] == ",":
        match = _APPOSED.match(surface.plain, comma)
        if match and match["noun"] in vocabulary.naming.nouns:
            return match["noun"]
    return None


def _sentence_start(surface: Surface, at: int) -> int:
    low = max(0, at - _REACH)
    return (
        max(
            (surface.plain.rfind(mark, low, at) + 1 for mark in (". ", "\n", "; ", "? ", "! ")),
            default=low,
        )
        or low
    )


def _holder_before(surface: Surface, at: int, vocabulary: Vocabulary, tag_at: TagAt) -> str | None:
    """The noun that a participle belongs to: complements after « de » are passed over."""
    words = list(surface.next_words(_sentence_start(surface, at), at))
    for index in range(len(words) - 1, -1, -1):
        start, end = words[index]
        word = _singular(surface.low[start:end], vocabulary)
        if word in vocabulary.naming.nouns:
            return word
        if tag_at(start) in {"VERB", "AUX"} and not _VERB_FORM.search(word):
            return None
        before = surface.low[words[index - 1][0] : words[index - 1][1]] if index else ""
        if tag_at(start) == "NOUN" and before in {"un", "une", "ce", "cet", "cette", "son", "sa"}:
            return None
    return None


def _called(surface: Surface, vocabulary: Vocabulary, tag_at: TagAt) -> Iterator[Found]:
    for match in _CALLED.finditer(surface.plain):
        span = _name_at(surface, match.end(), vocabulary, tag_at)
        if span is None:
            continue
        if _has_holder(surface, _sentence_start(surface, match.start()), match.start(), vocabulary):
            yield found_at(surface, *span)
    for match in _IS_NAMED.finditer(surface.plain):
        start = _sentence_start(surface, match.start())
        opening = len(surface.plain[start : match.start()].split()) <= _FEW_WORDS
        before = _name_before(surface, match.start())
        if not before and opening and surface.plain[start : start + 1].isupper():
            before = start, match.start()
        stop = min(len(surface.plain), match.end() + 50)
        if before and _has_holder(surface, match.end(), stop, vocabulary):
            yield found_at(surface, *before)


def _has_holder(surface: Surface, start: int, stop: int, vocabulary: Vocabulary) -> bool:
    words = (surface.low[s:e] for s, e in surface.next_words(start, stop))
    return any(_singular(word, vocabulary) in vocabulary.naming.nouns for word in words)


def _singular(word: str, vocabulary: Vocabulary) -> str:
    return word if word in vocabulary.naming.nouns else word.removesuffix("s")


def _name_before(surface: Surface, end: int) -> tuple[int, int] | None:
    """The name, quoted or capitalised, that ends at ``end``."""
    low = max(0, end - 70)
    if surface.plain[end - 1 : end] in {"»", "”", '"'}:
        for quoted in QUOTED.finditer(surface.plain, low, end):
            if quoted.end() == end:
                return quoted.span(1)
    for name in NAME.finditer(surface.plain, low, end):
        if name.end() == end and not (name.start() and surface.plain[name.start() - 1].isalnum()):
            return name.span()
    return None


def _apposed(surface: Surface, vocabulary: Vocabulary, tag_at: TagAt) -> Iterator[Found]:
    """« X, le nouveau dispositif de la Région, »: closed by a comma or the sentence's end."""
    for match in _APPOSED.finditer(surface.plain):
        if match["noun"] not in vocabulary.naming.owned or _FIRMS.match(surface.low, match.end()):
            continue
        span = _name_before(surface, match.start())
        if not span or not _is_apposed(surface, span, vocabulary):
            continue
        if _closes(surface, match.end(), tag_at):
            yield found_at(surface, *span)


def _is_apposed(surface: Surface, span: tuple[int, int], vocabulary: Vocabulary) -> bool:
    name = surface.plain[slice(*span)]
    if surface.plain[span[0] - 1 : span[0]] in {*OPENING, " "} and _is_quoted(surface, span):
        return True
    if name.split(" ")[0].split("'")[0] in vocabulary.never:
        return False
    if _NOT_APPOSED.search(surface.plain, max(0, span[0] - 8), span[0]):
        return False
    return bool(MADE.search(name)) or any(
        word.lower() in vocabulary.topics for word in name.split(" ")
    )


def _is_quoted(surface: Surface, span: tuple[int, int]) -> bool:
    return surface.plain[max(0, span[0] - 2) : span[0]].strip() in {*OPENING}


def _closes(surface: Surface, at: int, tag_at: TagAt) -> bool:
    """Whether no verb of a clause stands between the noun and the next mark."""
    closing = _CLOSING.search(surface.plain, at, min(len(surface.plain), at + 110))
    if not closing:
        return False
    for start, end in surface.next_words(at, closing.start()):
        word = surface.low[start:end]
        if word in {"qui", "que", "dont", "où", "destiné", "destinée"}:
            return True
        if tag_at(start) == "AUX" or (tag_at(start) == "VERB" and not _VERB_FORM.search(word)):
            return False
    return True


def _beside(surface: Surface, vocabulary: Vocabulary, tag_at: TagAt) -> Iterator[Found]:
    """« au titre de X », « lauréate de « X » »: names of two words or more, or quoted."""
    for match in vocabulary.naming.beside.finditer(surface.plain):
        span = _name_at(surface, match.end(), vocabulary, tag_at)
        if not span:
            continue
        name = surface.plain[slice(*span)]
        if span[0] > match.end():  # quoted
            counts = name[0].isupper() or name[0].isdigit()
        else:
            counts = not _ARTICLE.search(match[0]) and _is_made_of_words(
                surface, span, vocabulary, tag_at
            )
        if counts:
            yield found_at(surface, *span)


def _is_made_of_words(
    surface: Surface, span: tuple[int, int], vocabulary: Vocabulary, tag_at: TagAt
) -> bool:
    """« Rivages vivants »: common words, the first alone with a capital; not « Jean Vidal »."""
    first, *rest = surface.plain[slice(*span)].split(" ")
    if first.lower() in vocabulary.openers:
        return True
    common = tag_at(span[0]) in {"NOUN", "ADJ", "VERB", "ADV"}
    return common and any(word.islower() and len(word) > len("les") for word in rest)


#: « dans le cadre de la | Semaine bleue »: an event.
_ARTICLE = re.compile(r"(?:des|aux|la|l'|les) ?$", re.IGNORECASE)


def _paying(surface: Surface, vocabulary: Vocabulary) -> Iterator[Found]:
    """« Clic'Mob rembourse vos trajets. … l'aide »: a made-up name that pays, and « l'aide »."""
    for match in vocabulary.naming.pays.finditer(surface.low):
        span = _name_before(surface, match.start())
        if not span or not MADE.search(surface.plain[slice(*span)]):
            continue
        stop = min(len(surface.plain), match.end() + 2 * _REACH)
        resumed = _RESUMED.finditer(surface.plain, match.end(), stop)
        if any(again["noun"] in vocabulary.naming.owned for again in resumed):
            yield found_at(surface, *span)
