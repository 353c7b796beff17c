"""Find public programmes, plans, funds and laws, and call each by one name over a document.

A name comes from the list in ``programmes.toml``, from a trigger noun before a capitalised or a
quoted name (« le programme Cœur de bourg », « le plan « Rivières vivantes » »), from words that
name it (« baptisé X »), or from a law's date. What a document names once is recognised in the rest
of it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import partial

from spacy.language import Language
from spacy.tokens import Doc

from recoupe.extract.annotations import annotations_of, mirror
from recoupe.extract.names.programme_naming import named as by_naming
from recoupe.extract.names.programme_phrases import (
    ACRONYM,
    in_lower_case,
    official,
    spelled_after_acronym,
    spelled_before_acronym,
    talks,
)
from recoupe.extract.names.programme_series import beside_noun, in_series
from recoupe.extract.names.programme_triggers import QUOTED, after_trigger, numbered
from recoupe.extract.names.programme_words import (
    OPENING,
    YEAR,
    Found,
    TagAt,
    Vocabulary,
    found_at,
    is_indefinite,
)
from recoupe.extract.surface import Surface, surface_of
from recoupe.extract.wordings import Hit, Wording, WordingIndex
from recoupe.records import ProgrammeMention

_LAW = re.compile(
    r"(?:projet de |proposition de )?loi (?:organique |constitutionnelle )?"
    r"(?:n°? ?\d{2,4}-\d{1,5} )?du (?:1er|\d{1,2}) "
    r"(?:janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre)"
    r"(?: \d{4})?"
    r"|(?:projet de )?loi de (?:finances(?: rectificative| initiale| de fin de gestion)?"
    r"|financement de la sécurité sociale)(?:(?: pour| de)? \d{4})?"
    r"|(?:projet de )?loi de règlement(?: du budget)?(?: pour| de)? \d{4}"
    r"|(?:projet de )?loi de programmation (?:militaire|(?:pluriannuelle )?de la recherche|"
    r"pour la recherche|des finances publiques|(?:et de réforme )?(?:pour|de) la justice|"
    r"pluriannuelle des finances publiques|du ministère de la justice)"
    r"(?:(?: pour| pour les années| pour la période)? \d{4}(?:[-–]| à )\d{4})?"
    r"|(?:PLFSS|PLFR|PLF)\b(?: (?:pour )?\d{4})?"
    r"|(?:LFSS|LFR|LFI|LPM) (?:pour )?\d{4}(?:[-–]\d{4})?",
    re.IGNORECASE,
)
_LAW_STARTS = frozenset(
    {"projet", "proposition", "loi", "plfss", "plfr", "plf", "lfss", "lfr", "lfi", "lpm"}
)
_SHORT = re.compile(r"(ségur|grenelle|beauvau|pacte|plan|programme|fonds|stratégie|contrat) ")
_CONTINUED = re.compile(r" (?:d[eu']|des |pour |en faveur |contre |« )")
_SHORTENED = re.compile(r"\b(?:[Ll][ae]|[Dd]u|[Aa]u|[Cc]e|[Cc]ette) $")
#: « les 51 millions du Ségur »: no other Ségur has an article.
_SEGUR = re.compile(r"\b(?:[Ll]e|[Dd]u|[Aa]u) (?P<name>Ségur)\b(?! d[eu]\b)")
_QUALIFIED = re.compile(r" (?!(?:à|au|aux|de|du|des|en|dans|sur|pour|d'\w+|et) )\w")
_PART = re.compile(
    r" (?:[A-ZÀ-Þ][\w'+-]*(?: (?:de |du |des |d'|et )?[A-ZÀ-Þ][\w'+-]*){0,3}"
    r"|[1-9]\b(?![,.]\d| ?(?:%|€|M€|millions?|milliards?|projets|dossiers)))"
)
_ORDINAL = re.compile(r" [IVX]{1,4}\b")
_DATED = re.compile(
    r"(?P<name>loi de programmation [^\d]+?) (?:pour |pour les années )?\d{4}-\d{4}$"
)
_DRAFT = re.compile(r"\b(?:projet|proposition) de $")
#: « le contrat de plan | 2021-2027 »
_YEARS = re.compile(r" \d{4}[-–]\d{2,4}\b")
#: « l'Agence du | service civique »: a body.
_BODY_OF = re.compile(r"\b(?:agence|office|institut|fondation|mission) (?:nationale? )?d[eu] $")
_FEW_WORDS = 4


def in_vocabulary(surface: Surface, vocabulary: Vocabulary) -> Iterator[Found]:
    """Programmes of the list, unsure where their wording may be everyday French."""
    for hit in vocabulary.index.find(surface):
        name = hit.wording.name
        words = hit.wording.words
        if _is_within_name(surface, hit.start) or _is_common(surface, hit, vocabulary):
            continue
        end = _with_part(surface, hit, vocabulary)
        if words in vocabulary.beside:
            if surface.plain[hit.start : hit.end].islower():
                continue
            sure = bool(vocabulary.beside[words].search(surface.low)) or _is_cell(surface, hit)
            yield Found(hit.start, hit.end, name, sure=sure, listed=True)
        elif words in vocabulary.spelled_out:
            yield Found(hit.start, hit.end, name, sure=False, listed=True)
        elif name in vocabulary.everyday and name not in vocabulary.free:
            sure = _is_marked(surface, hit)
            yield Found(hit.start, end, name, sure=sure, listed=True)
        else:
            yield Found(hit.start, end, name, listed=True)


_CELL_OPENS, _CELL_CLOSES = re.compile(r"(?:^|\||\n) ?\Z"), re.compile(r" \|")


def _is_cell(surface: Surface, hit: Hit) -> bool:
    """« Leader | 92 000 | 5 % »: who pays, in a table."""
    opens = _CELL_OPENS.search(surface.plain, max(0, hit.start - 3), hit.start)
    return opens is not None and _CELL_CLOSES.match(surface.plain, hit.end) is not None


def _with_part(surface: Surface, hit: Hit, vocabulary: Vocabulary) -> int:
    """« Interreg | Rives du Nord »: a part of a programme bears its name."""
    part = _PART.match(surface.plain, hit.end) if hit.wording.name in vocabulary.parts else None
    years = _YEARS.match(surface.plain, hit.end) if hit.wording.words == "contrat de plan" else None
    return part.end() if part else years.end() if years else hit.end


def _is_common(surface: Surface, hit: Hit, vocabulary: Vocabulary) -> bool:
    """« un plan vélo », « pas de plan de relance »: a kind of plan, no plan of that name."""
    written = surface.plain[hit.start : hit.end]
    first, *rest = written.split(" ")
    if first == "plan" and written.islower() and is_indefinite(surface, hit.start):
        return True  # « un plan de sortie de flotte »
    if len(rest) >= _FEW_WORDS - 1 or not written.islower():
        return False
    many = first.endswith("s") and first != "fonds"
    common = first in vocabulary.common or first.removesuffix("s") in vocabulary.common
    return common and (many or is_indefinite(surface, hit.start))


def _is_marked(surface: Surface, hit: Hit) -> bool:
    before = surface.plain[max(0, hit.start - 2) : hit.start].strip()
    return surface.plain[hit.start].isupper() or before[-1:] in tuple(OPENING)


def _is_within_name(surface: Surface, start: int) -> bool:
    """« la rue du | Fonds vert », « l'Agence du | service civique »."""
    before = surface.low[max(0, start - 24) : start]
    return before.endswith(("rue du ", "rue de ")) or _BODY_OF.search(before) is not None


def laws(surface: Surface) -> Iterator[Found]:
    """Laws by their date or their years: « loi du 7 août 2015 », « PLF 2024 »."""
    for start, end in surface.words:
        if surface.low[start:end] in _LAW_STARTS:
            match = _LAW.match(surface.plain, start)
            if match:
                yield found_at(surface, *match.span())


def _canonical(found: Found, vocabulary: Vocabulary) -> Found:
    """« Action cœur de ville à Lens » is the programme of the list and no more."""
    hit = next(vocabulary.index.find(surface_of(found.name)), None)
    if hit is None or _goes_on(found.name, hit.end):
        return found
    if hit.start:  # of « plan France 2030 » the list knows « France 2030 »
        alone = found.name[: hit.start].strip().lower() == "plan" and hit.end == len(found.name)
        return Found(found.start + hit.start, found.end, hit.wording.name) if alone else found
    return Found(found.start, found.start + hit.end, hit.wording.name)


def _goes_on(name: str, end: int) -> bool:
    """« plan Écoles | numériques », « plan Écoles | 2028 »: the rest is no place of its own."""
    if name[end : end + 2].strip() in {*OPENING}:
        return True
    if name.count(" ", 0, end) > 1:
        return bool(YEAR.match(name, end))
    return bool(YEAR.match(name, end) or _QUALIFIED.match(name, end))


def resolve(candidates: Iterable[Found]) -> list[Found]:
    """Keep the longest of overlapping candidates, and unsure ones that a sure one confirms."""
    ordered = sorted(candidates, key=lambda f: (not f.sure, f.start - f.end, f.start))
    sure = {f.name for f in ordered if f.sure}
    kept: list[Found] = []
    for found in ordered:
        if not found.sure and found.name not in sure:
            continue
        if all(found.end <= other.start or found.start >= other.end for other in kept):
            kept.append(found)
    return sorted(kept, key=lambda f: f.start)


def _named_again(
    surface: Surface, found: Iterable[Found], vocabulary: Vocabulary
) -> Iterator[Found]:
    """Later mentions of what was named, its acronym and its short form."""
    wordings = [w for item in found for w in _again(surface, item, vocabulary)]
    if not wordings:
        return
    for hit in WordingIndex(wordings).find(surface):
        if surface.plain[hit.start].isupper() != hit.wording.words[0].isupper():
            continue
        lower = surface.plain[hit.start : hit.end].islower()
        if lower and is_indefinite(surface, hit.start):
            continue
        if _ORDINAL.match(surface.plain, hit.end):
            continue  # « le Pacte | II »
        short = hit.wording.exact and _SHORT.match(f"{hit.wording.words.lower()} ")
        alone = _SHORTENED.search(surface.plain, max(0, hit.start - 7), hit.start)
        if not short or (alone and not _CONTINUED.match(surface.plain, hit.end)):
            yield Found(hit.start, hit.end, hit.wording.name)


def _again(surface: Surface, item: Found, vocabulary: Vocabulary) -> Iterator[Wording]:
    if not item.listed:
        yield Wording(surface.plain[item.start : item.end], item.name)
    initials = _initials(item.name)
    if initials and initials not in vocabulary.never_acronyms:
        yield Wording(initials, item.name, exact=True)
    acronym = ACRONYM.match(surface.plain, item.end)
    if acronym and acronym[1].upper() not in vocabulary.never_acronyms:
        yield Wording(acronym[1], item.name, exact=True)
    short = _SHORT.match(surface.low, item.start, item.end)
    if short:  # « le Pacte » after the whole name
        yield Wording(short[1].capitalize(), item.name, exact=True)
    for word in vocabulary.shorts.get(item.name, ()):
        yield Wording(word, item.name, exact=True)
    inner = QUOTED.search(surface.plain, item.start, item.end)
    if inner:  # « Sarthe navigable » after « le plan « Sarthe navigable » »
        yield Wording(inner[1], item.name)


def _initials(name: str) -> str:
    """« ORT » for « opération de revitalisation de territoire »; empty under three letters."""
    letters = "".join(word[0] for word in _NAMING_WORD.findall(name.lower())).upper()
    return letters if len(letters) >= _ACRONYM_LETTERS and letters.isascii() else ""


#: Words that an acronym spells: no articles, no prepositions.
_NAMING_WORD = re.compile(
    r"(?<!\w)(?!(?:des?|du|la|les?|et|pour|aux?|en|sur|dans|par)\b)[a-zà-ÿ]{2,}"
)
_ACRONYM_LETTERS = 3


def _fuller(found: Iterable[Found]) -> dict[str, str]:
    """« LPM » is the law « 2019-2025 » where the document says its years."""
    names = {f.name for f in found}
    return {dated.group("name"): dated[0] for dated in map(_DATED.match, sorted(names)) if dated}


def _whole(surface: Surface, found: Found) -> Found:
    """« projet de | loi Montagne »: a bill bears its law's name."""
    start = found.start
    if surface.low.startswith("loi ", start):
        draft = _DRAFT.search(surface.low, max(0, start - 15), start)
        start = draft.start() if draft else start
    return replace(found, start=start)


def _as_quoted(surface: Surface, found: Iterable[Found]) -> Iterator[Found]:
    """« le plan | Soigner près de chez soi » is not cut where the text quotes the whole name."""
    quoted: dict[str, list[re.Match[str]]] = defaultdict(list)
    for match in QUOTED.finditer(surface.plain):
        quoted[match[1].split(" ", 1)[0]].append(match)
    for item in found:
        begun = surface.plain[item.start : item.end].rpartition(" ")[2]
        start = item.end - len(begun)
        same = [
            match
            for match in quoted.get(begun, ())
            if match[1].count(" ") > 1 and surface.plain.startswith(match[1], start)
        ]
        if item.listed or begun.islower() or not same:
            yield item
            continue
        yield found_at(surface, item.start, start + len(same[0][1]))
        yield from (found_at(surface, *match.span(1)) for match in same)


def programmes_of(
    text: str, vocabulary: Vocabulary, *, tag_at: TagAt = lambda _offset: ""
) -> list[ProgrammeMention]:
    """The programmes of ``text``, in order, none over another."""
    surface = surface_of(text)
    listed = list(in_vocabulary(surface, vocabulary))
    triggered = (
        *after_trigger(surface, vocabulary, tag_at),
        *by_naming(surface, vocabulary, tag_at),
    )
    named = [_canonical(found, vocabulary) for found in triggered]
    others = (
        *laws(surface),
        *(Found(*m.span("name"), "Ségur de la santé") for m in _SEGUR.finditer(surface.plain)),
        *numbered(surface, tag_at),
        *in_series(surface),
        *beside_noun(surface, vocabulary, tag_at),
        *in_lower_case(surface, vocabulary, tag_at),
        *official(surface, vocabulary, tag_at),
        *talks(surface, tag_at),
        *spelled_before_acronym(surface, vocabulary),
        *spelled_after_acronym(surface, vocabulary),
    )
    first = list(_as_quoted(surface, resolve([*listed, *named, *others])))
    again = _named_again(surface, first, vocabulary)
    found = map(
        partial(_whole, surface), resolve([*first, *again, *(f for f in listed if not f.sure)])
    )
    full = _fuller(first)
    return [
        ProgrammeMention(
            start=f.start, end=f.end, text=text[f.start : f.end], name=full.get(f.name, f.name)
        )
        for f in found
    ]


def _tagger(doc: Doc) -> TagAt:
    def tag_at(offset: int) -> str:
        span = doc.char_span(offset, offset + 1, alignment_mode="expand")
        return span[0].pos_ if span else ""

    return tag_at


class ProgrammesComponent:
    """Fill ``annotations.programmes`` and ``doc.spans["programmes"]``."""

    def __init__(self, nlp: Language, name: str = "recoupe_programmes") -> None:
        self.name = name
        self.vocab = nlp.vocab
        self._vocabulary = Vocabulary()

    def __call__(self, doc: Doc) -> Doc:
        """Find the programmes of ``doc``."""
        annotations = annotations_of(doc)
        found = programmes_of(annotations.article.text, self._vocabulary, tag_at=_tagger(doc))
        annotations.programmes = found
        mirror(doc, "programmes", found, label="PROGRAMME")
        return doc
