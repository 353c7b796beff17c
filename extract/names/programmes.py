"""Find public programmes, plans, funds and laws, and call each by one name over a document.

A name comes from the list in ``programmes.toml``, from a trigger noun before a capitalised or a
quoted name (« le programme Cœur de bourg », « le plan « Rivières vivantes » »), or from a law's
date. What a document names once is recognised in the rest of it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from spacy.language import Language
from spacy.tokens import Doc

from recoupe.extract.annotations import annotations_of, mirror
from recoupe.extract.phrases import vocabulary
from recoupe.extract.surface import Surface, lowered, plain, surface_of
from recoupe.extract.wordings import Hit, Wording, WordingIndex, wording
from recoupe.records import ProgrammeMention

_OPENING = '«"“'
_QUOTED_WORDS = 8
_COMPLEMENTS = 3
#: Part of speech of the word that starts at an offset, "" where the pipeline did not tag.
TagAt = Callable[[int], str]
_LAW = re.compile(
    r"(?:projet de |proposition de )?loi (?:organique |constitutionnelle )?"
    r"(?:n°? ?\d{2,4}-\d{1,5} )?du (?:1er|\d{1,2}) "
    r"(?:janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre)"
    r"(?: \d{4})?"
    r"|(?:projet de )?loi de (?:finances(?: rectificative| initiale)?"
    r"|financement de la [Ss]écurité sociale)(?:(?: pour| de)? \d{4})?"
    r"|(?:PLFSS|PLFR|PLF)\b(?: (?:pour )?\d{4})?|(?:LFSS|LFR|LFI) (?:pour )?\d{4}"
)
_LAW_STARTS = frozenset(
    {"projet", "proposition", "loi", "plfss", "plfr", "plf", "lfss", "lfr", "lfi"}
)
_ACRONYM = re.compile(r" ?\(([A-ZÉ][A-Za-zÉ+]{1,7})\)")
_QUOTED = re.compile(r"[«\"“] ?([^«»\"“”\n]{2,80}?) ?[»\"”]")
_WORD = r"[^\W\d_][\w&+]*(?:[-'][\w+]+)*'?"
#: « Cœur de bourg », « Rivières vivantes 2030 », « Climat et résilience ».
_NAME = re.compile(
    r"[A-ZÀ-ÖØ-ÞŒ][\w&+]*(?:[-'][\w+]+)*'?"
    r"(?:(?: (?:de|des|du|d'|et|la|le|l'|les|&))?(?: |(?<='))"
    r"[A-ZÀ-ÖØ-ÞŒ][\w&+]*(?:[-'][\w+]+)*| \d{1,4}(?:[-–]\d{2,4})?\b){0,6}"
)
_COMPLEMENT = re.compile(rf" (?:et )?(?:de |d'|en )(?!la |le |l'|les |un |une |ce )({_WORD})")
_NEXT_WORD = re.compile(rf" ({_WORD})")
_YEAR = re.compile(r" \d{4}(?:[-–]\d{2,4})?\b")
#: « du Trégor », « de Rouen » after a plan that a place makes its own.
_OWN_PLACE = re.compile(r" (?:du |de la |de l'|d'|de |des )(?=[A-ZÀ-Þ])[\w'-]+(?: [A-ZÀ-Þ][\w-]+)*")
_ARTICLED = re.compile(
    r"(?:\ble|\bla|\bdu|\bau|\bce|\bcette|\bson|\bleur|l'|«|\bun|\bde la|\bles|\baux|\bdes) ?$"
)
_SHORT = re.compile(r"(ségur|grenelle|beauvau|pacte) ")
#: « les 51 millions du Ségur »: no other Ségur has an article.
_SEGUR = re.compile(r"\b(?:[Ll]e|[Dd]u|[Aa]u) (?P<name>Ségur)\b(?! d[eu]\b)")
#: Endings of the adjectives that the tagger and these nouns share: « le plan départemental ».
_ADJECTIVE = re.compile(
    r"(?:al|ale|aux|el|elle|els|if|ive|ifs|iques?|ics?|aires?|eux|euse|ée?s?|ant|bles?|ier|ière|"
    r"ains?|aine|ais|aise|ois|oise|iens?|ienne)$"
)
_SPELLED_WORDS = 9
_LINKS = frozenset(
    {
        "de",
        "du",
        "des",
        "d",
        "la",
        "le",
        "les",
        "l",
        "à",
        "au",
        "aux",
        "pour",
        "et",
        "en",
        "dans",
        "a",
    }
)


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
        self.everyday = frozenset(data["everyday"]["names"])
        self.free = frozenset(data["everyday"]["free"])
        self.spelled_out = frozenset(data["acronyms"]["spelled_out"])
        self.never = frozenset(triggers["never"])
        self.between = frozenset(triggers["between"])
        self.outside = frozenset(triggers["outside"])
        self.trigger = _trigger_pattern(triggers)
        self.bare = re.compile(rf"(?:{'|'.join(triggers['bare'])})s? (?P<topic>[a-zà-ÿœ-]{{3,}})\b")
        self.bare_never = frozenset(triggers["bare_never"])
        links = "|".join(map(re.escape, triggers["spelled_links"]))
        self.spelled = re.compile(
            rf"(?:{'|'.join(triggers['spelled'])})s? (?:{links})(?:d'|de |pour )?(?P<first>[\w']+)"
        )
        self.spelled_never = frozenset(triggers["spelled_never"])
        self.acronym_heads = frozenset(triggers["acronym_heads"])
        nouns = (*triggers["outside"], *triggers["inside"])
        first = {lowered(noun).split(" ")[0] for noun in nouns}
        self.trigger_starts = frozenset(first | {f"{word}s" for word in first})


def _wordings(programmes: dict[str, list[str]]) -> Iterator[Wording]:
    for name, aliases in programmes.items():
        for words in (name, *aliases):
            yield wording(words, name)


def _trigger_pattern(triggers: dict[str, list[str]]) -> re.Pattern[str]:
    nouns = "|".join(map(re.escape, (*triggers["outside"], *triggers["inside"])))
    plural = nouns.replace(r"appel\ à\ projets", r"appels?\ à\ projets?")
    between = "|".join(map(re.escape, triggers["between"]))
    naming = "|".join(map(re.escape, triggers["naming"]))
    return re.compile(
        rf"(?P<noun>(?i:{plural}))s?(?P<between> (?:{between}))?(?P<naming>,? (?:{naming}))? "
        r"(?=[«\"“A-ZÀ-ÖØ-ÞŒ])"
    )


def in_vocabulary(surface: Surface, vocabulary: Vocabulary) -> Iterator[Found]:
    """Programmes of the list, unsure where their wording may be everyday French."""
    for hit in vocabulary.index.find(surface):
        name = hit.wording.name
        if hit.wording.words in vocabulary.spelled_out:
            yield Found(hit.start, hit.end, name, sure=False, listed=True)
        elif name in vocabulary.everyday and name not in vocabulary.free:
            sure = _is_marked(surface, hit)
            yield Found(hit.start, hit.end, name, sure=sure, listed=True)
        elif not _is_heading_of_street(surface, hit.start):
            yield Found(hit.start, hit.end, name, listed=True)


def _is_marked(surface: Surface, hit: Hit) -> bool:
    before = surface.plain[max(0, hit.start - 2) : hit.start].strip()
    return surface.plain[hit.start].isupper() or before[-1:] in tuple(_OPENING)


def _is_heading_of_street(surface: Surface, start: int) -> bool:
    return surface.low[max(0, start - 8) : start].endswith(("rue du ", "rue de "))


def after_trigger(surface: Surface, vocabulary: Vocabulary, tag_at: TagAt) -> Iterator[Found]:
    """Names that a trigger noun announces, quoted or capitalised."""
    for start, end in surface.words:
        if surface.low[start:end] not in vocabulary.trigger_starts:
            continue
        match = vocabulary.trigger.match(surface.plain, start)
        if not match or surface.plain[start:end].isupper():
            continue
        quoted = surface.plain[match.end()] in _OPENING
        found = (
            _quoted(surface, match, vocabulary)
            if quoted
            else _capitalised(surface, match, vocabulary, tag_at)
        )
        if found:
            yield found


def _quoted(surface: Surface, trigger: re.Match[str], vocabulary: Vocabulary) -> Found | None:
    match = _QUOTED.match(surface.plain, trigger.end())
    if not match or len(match[1].split()) > _QUOTED_WORDS:
        return None
    if not any(char.isupper() or char.isdigit() for char in match[1]):
        return None
    inside = not trigger["naming"] and _bears_noun(trigger["noun"].lower(), vocabulary)
    if inside and next(vocabulary.index.find(surface_of(match[1])), None) is None:
        return _found(surface, trigger.start("noun"), match.end())
    return _found(surface, match.start(1), match.end(1))


def _bears_noun(noun: str, vocabulary: Vocabulary) -> bool:
    """« le plan « Sarthe navigable » » is the name; of « le programme « X » » X is."""
    return noun not in vocabulary.outside or noun.startswith("appel")


def _capitalised(
    surface: Surface, trigger: re.Match[str], vocabulary: Vocabulary, tag_at: TagAt
) -> Found | None:
    match = _NAME.match(surface.plain, trigger.end())
    first = match[0].split("'")[0].split(" ")[0] if match else ""
    if not match or len(match[0]) == 1 or first in vocabulary.never:
        return None
    noun = trigger["noun"].lower()
    start, end = match.span()
    if noun not in {"loi", "fonds", "prime"} and not match[0].isupper():
        end = _with_complements(surface, start, end, tag_at)
    if match[0] in vocabulary.between:  # « Programme National de l'Alimentation »
        return _found(surface, trigger.start("noun"), _noun_phrase_end(surface, end, tag_at))
    bound = _belongs_to_name(noun, trigger, vocabulary)
    return _found(surface, trigger.start("noun") if bound else start, end)


def _belongs_to_name(noun: str, trigger: re.Match[str], vocabulary: Vocabulary) -> bool:
    if trigger["naming"] or trigger["between"]:
        return False
    return noun not in vocabulary.outside and not noun.startswith("appel")


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
    year = _YEAR.match(surface.plain, end)
    return year.end() if year else end


def _found(surface: Surface, start: int, end: int) -> Found:
    return Found(start, end, plain(surface.text[start:end]))


def in_lower_case(surface: Surface, vocabulary: Vocabulary, tag_at: TagAt) -> Iterator[Found]:
    """« le plan écoles », « le fonds d'aide au relogement »: names that no capital shows."""
    for match in vocabulary.bare.finditer(surface.low):
        topic = match.start("topic")
        if (
            match["topic"] not in vocabulary.bare_never
            and surface.plain[topic : match.end()].islower()
            and (tag_at(topic) == "NOUN" or not _ADJECTIVE.search(match["topic"]))
            and tag_at(topic) in {"NOUN", "ADJ", "PROPN"}
            and _ARTICLED.search(surface.low, max(0, match.start() - 8), match.start())
        ):
            place = _OWN_PLACE.match(surface.plain, match.end())
            end = place.end() if place else match.end()
            year = _YEAR.match(surface.plain, end)
            yield _found(surface, match.start(), year.end() if year else end)
    for match in vocabulary.spelled.finditer(surface.low):
        first = match["first"].split("'")[0]
        if first in vocabulary.spelled_never or first[0].isdigit() or first in _LINKS:
            continue
        if tag_at(match.start("first")) == "VERB" or _ADJECTIVE.search(first):
            continue
        if not _ARTICLED.search(surface.low, max(0, match.start() - 8), match.start()):
            continue
        yield _found(surface, match.start(), _noun_phrase_end(surface, match.end(), tag_at))


def _noun_phrase_end(surface: Surface, at: int, tag_at: TagAt) -> int:
    """Where the nouns, adjectives and links that follow ``at`` end, never on a link."""
    end = previous = at
    linked = False
    for count, (start, word_end) in enumerate(
        surface.next_words(at, min(len(surface.plain), at + 90))
    ):
        word = surface.low[start:word_end]
        if surface.plain[previous:start] not in {" ", "'"} or count >= _SPELLED_WORDS:
            break
        links = word in _LINKS
        if not links and tag_at(start) not in ({"NOUN", "ADJ", "PROPN", ""} if linked else {"ADJ"}):
            break
        if surface.plain[start].isupper() and not linked:
            break
        linked, previous = links, word_end
        if not links:
            end = word_end
    return end


def spelled_before_acronym(surface: Surface, vocabulary: Vocabulary) -> Iterator[Found]:
    """« maisons de services au public (MSAP) »: the words whose initials the acronym takes."""
    for match in _ACRONYM.finditer(surface.plain):
        letters = lowered(match[1]).rstrip("s+")
        line = surface.plain.rfind("\n", 0, match.start()) + 1
        words = list(surface.next_words(max(line, match.start() - 120), match.start()))
        for start, end in reversed(words[-_SPELLED_WORDS - 3 :]):
            if (
                surface.low[start:end] in vocabulary.acronym_heads
                and surface.low[start] == letters[:1]
            ):
                if _takes_initials(surface.low[start : match.start()], letters):
                    yield _found(surface, start, match.start())
                break


def _takes_initials(words: str, letters: str) -> bool:
    initials = [word[0] for word in re.split(r"[ '-]", words) if word]
    at = 0
    for letter in initials:
        if at < len(letters) and letter == letters[at]:
            at += 1
    return at == len(letters)


def laws(surface: Surface) -> Iterator[Found]:
    """Laws by their date or their budget year: « loi du 7 août 2015 », « PLF 2024 »."""
    for start, end in surface.words:
        if surface.low[start:end] in _LAW_STARTS:
            match = _LAW.match(surface.plain, start)
            if match:
                yield _found(surface, *match.span())


def _canonical(found: Found, vocabulary: Vocabulary) -> Found:
    """« Action cœur de ville à Lens » is the programme of the list and no more."""
    hit = next(vocabulary.index.find(surface_of(found.name)), None)
    if hit is None or hit.start:
        return found
    return Found(found.start, found.start + hit.end, hit.wording.name)


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


def _named_again(surface: Surface, found: Iterable[Found]) -> Iterator[Found]:
    """Later mentions of what a trigger named, and of the acronyms that stand after a name."""
    wordings = []
    for item in found:
        if not item.listed:
            wordings.append(Wording(surface.plain[item.start : item.end], item.name))
        acronym = _ACRONYM.match(surface.plain, item.end)
        if acronym:
            wordings.append(Wording(acronym[1], item.name, exact=True))
        short = _SHORT.match(surface.low, item.start, item.end)
        if short:  # « le Pacte » after the whole name
            wordings.append(Wording(short[1].capitalize(), item.name, exact=True))
        inner = _QUOTED.search(surface.plain, item.start, item.end)
        if inner:  # « Sarthe navigable » after « le plan « Sarthe navigable » »
            wordings.append(Wording(inner[1], item.name))
    if not wordings:
        return
    for hit in WordingIndex(wordings).find(surface):
        if surface.plain[hit.start].isupper() == hit.wording.words[0].isupper():
            yield Found(hit.start, hit.end, hit.wording.name)


def programmes_of(
    text: str, vocabulary: Vocabulary, *, tag_at: TagAt = lambda _offset: ""
) -> list[ProgrammeMention]:
    """The programmes of ``text``, in order, none over another."""
    surface = surface_of(text)
    triggered = after_trigger(surface, vocabulary, tag_at)
    listed = list(in_vocabulary(surface, vocabulary))
    named = [_canonical(found, vocabulary) for found in triggered]
    others = (
        *laws(surface),
        *(Found(*m.span("name"), "Ségur de la santé") for m in _SEGUR.finditer(surface.plain)),
        *in_lower_case(surface, vocabulary, tag_at),
        *spelled_before_acronym(surface, vocabulary),
    )
    first = resolve([*listed, *named, *others])
    again = _named_again(surface, first)
    found = resolve([*first, *again, *(f for f in listed if not f.sure)])
    return [
        ProgrammeMention(start=f.start, end=f.end, text=text[f.start : f.end], name=f.name)
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
