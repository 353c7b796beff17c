"""Find the words that report speech: « souligne », « a annoncé », « s'est-elle félicitée »."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files
from typing import Any

from recoupe.extract.surface import Surface, lowered

_PRONOUN = re.compile(r"(?:-(?:t-)?| t-)(ils?|elles?|on)\b")
_BE = frozenset({"est", "sont", "était", "étaient"})
#: « fait savoir », « veut croire »: these report with the infinitive after them.
_DOUBLED = frozenset({"fait", "font", "faisait", "faisant", "veut"})
_DOUBLE = re.compile(
    r" (?:(?:également|aussi|notamment|toutefois|ainsi|encore|même|par ailleurs|en outre|"
    r"pourtant) )?"
    r"(?:savoir|valoir|remarquer|observer|noter|connaître|croire|état|part)\b"
)
#: Before these words a form is a noun: « une annonce », « la note », « en marque ».
_NOUN = re.compile(
    r"(?<![\w'])(?:une|cette|sa|la|en|de|sans|par|aucune|chaque|des|les|notre|avec|à|ces|ses|"
    r"leurs?)"
    r" $"
)


#: « …, peste-t-il »: whatever the verb, an inversion between commas reports speech.
_INVERTED = ("-il", "-elle", "-on")
_BEFORE_INCISE = (", ", "» ")
_PARTICIPLE = ("é", "i", "u", "t", "is")


@dataclass(frozen=True, slots=True)
class Cue:
    """A reporting verb at ``start:end``; ``pronoun`` is the subject inverted into it, if any."""

    start: int
    end: int
    after: int
    pronoun: str | None
    word: str


class Cues:
    """The verbs of one table of ``cues.toml``, conjugated, and the words around them.

    ``verbs`` report what is said; ``claims`` are those that give a figure besides.
    """

    def __init__(self, table: str = "verbs") -> None:
        path = files("recoupe.extract").joinpath("vocabulary", "cues.toml")
        self.data: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
        verbs = {**self.data["verbs"], **self.data[table]}
        self._open = table == "verbs"
        self._asking = frozenset(map(lowered, self.data["phrase"]["asking"]))
        finite, participles = set(verbs["finite"]), set(verbs["participles"])
        for verb in verbs["regular"]:
            base = verb.split("'")[-1].split(" ")[-1]
            if base.endswith("er"):
                finite |= set(_finite(base[:-2]))
                participles.add(f"{base[:-2]}é")
        self.finite = frozenset(map(lowered, finite))
        self.participles = frozenset(
            f"{form}{ending}"
            for form in map(lowered, participles)
            for ending in ("", "e", "s", "es")
        )
        self.weak = frozenset(verbs["que_only"])
        self.infinitive = frozenset(verbs["infinitive"])
        self.naming = frozenset(self.data["phrase"]["naming"])
        self.named = frozenset(self.data["phrase"]["named"])
        self.stops = frozenset(self.data["phrase"]["stops"])
        self.sources = frozenset(map(lowered, self.data["sources"]["nouns"]))
        self.anaphors = frozenset(map(lowered, self.data["sources"]["anaphors"]))
        self.people = frozenset(map(lowered, self.data["sources"]["people"]))
        self.papers = frozenset(map(lowered, self.data["sources"]["papers"]))
        self.thinkers = frozenset(map(lowered, self.data["sources"]["thinkers"]))
        self.unions = frozenset(map(lowered, self.data["sources"]["unions"]))
        self.offices: dict[str, list[str]] = self.data["sources"]["offices"]
        self.things = frozenset(map(lowered, self.data["sources"]["things"]))
        self.anyone = frozenset(self.data["sources"]["anyone"])
        self.metonyms = tuple(self.data["sources"]["metonyms"])
        self._firsts = (
            self.finite | frozenset(verbs["auxiliaries"]) | _DOUBLED | {"peut-on", "lit-on"}
        )

    @cached_property
    def compound(self) -> re.Pattern[str]:
        """« a annoncé », « a-t-elle ajouté », « ont toutefois rappelé », « s'est félicité »."""
        verbs = self.data["verbs"]
        auxiliaries = "|".join(verbs["auxiliaries"])
        between = "|".join([*map(re.escape, verbs["between"]), "[a-zà-ÿ]+ment"])
        return re.compile(
            rf"(?P<aux>{auxiliaries})(?P<pronoun>-(?:t-)?(?:ils?|elles?|on))?"
            rf"(?:, [^,.;:\n]{{2,40}},)?"
            rf"(?: (?:{between}))?(?: (?:{between}))? (?P<participle>"
            rf"fait (?:savoir|valoir|remarquer|observer|noter|connaître|état|part)|"
            rf"tenu à (?:préciser|rappeler|souligner)|[^\W\d_]+)\b"
        )

    @cached_property
    def turns(self) -> re.Pattern[str]:
        """« se dit convaincu que », « laisse entendre que », « d'ajouter que », in lower case."""
        verbs = self.data["verbs"]
        said = "|".join(
            lowered(verb) for verb in verbs["regular"] if verb.endswith("er") and " " not in verb
        )
        others = (
            "dire|répondre|conclure|poursuivre|admettre|reconnaître|prévenir|promettre|rappeler|"
            "relever|révéler|répéter|suggérer|concéder|écrire|convenir|prétendre|"
            "faire (?:savoir|valoir|remarquer|observer|noter|acter)"
        )
        turns = "|".join(verbs["turns"])
        return re.compile(
            rf"(?<![\w'-])(?P<turn>{turns}|(?:de |d'|à |veut |souhaite |peut |beau )"
            rf"(?:{said}|{others}))\b"
        )

    def find(self, surface: Surface) -> list[Cue]:
        """Every reporting verb of the text, in order."""
        low, firsts = surface.low, self._firsts
        found = []
        for start, end in surface.words:
            word = low[start:end]
            head = word.split("-", 1)[0] if "-" in word else word
            inverted = (
                self._open
                and word.endswith(_INVERTED)
                and low.startswith(_BEFORE_INCISE, start - 2)
            )
            if head in firsts or word in firsts or inverted:
                cue = self._compound(surface, start) or self._simple(
                    surface, start, end, word, head
                )
                found += [cue] if cue else []
        return found

    def _compound(self, surface: Surface, start: int) -> Cue | None:
        match = self.compound.match(surface.low, start)
        if not match:
            return None
        participle = match["participle"]
        pronoun = match["pronoun"].rsplit("-", 1)[1] if match["pronoun"] else None
        open_class = self._open and pronoun and surface.low.startswith(_BEFORE_INCISE, start - 2)
        known = participle in self.participles or " " in participle
        if not known and not (open_class and participle.endswith(_PARTICIPLE)):
            return None
        reflexive = _with_reflexive(surface, start)
        if match["aux"] in _BE and reflexive == start:
            return None
        start = reflexive
        return Cue(start, match.end(), match.end(), pronoun, match["participle"])

    def _simple(self, surface: Surface, start: int, end: int, word: str, head: str) -> Cue | None:
        double = _DOUBLE.match(surface.low, end) if head in _DOUBLED else None
        if double:
            asked = _PRONOUN.match(surface.low, start + len(head))
            pronoun = asked[1] if asked else None
            words = surface.low[start : double.end()]
            return Cue(start, double.end(), double.end(), pronoun, words)
        if word in {"lit-on", "peut-on"}:
            return Cue(start, end, end, "on", word)
        inverted = _PRONOUN.match(surface.low, start + len(head))
        said = head in self.finite or (self._open and inverted and head not in self._asking)
        if not said or (self._open and head in _DOUBLED):
            return None
        noun = bool(_NOUN.search(surface.low, max(0, start - 9), start))
        if head.endswith(
            "ant"
        ):  # « en rappelant que », « , affirmant que », no « attitude montrant »
            noun = not surface.low.endswith((" en ", ", "), 0, start)
        if not inverted and (surface.plain[start].isupper() or noun):
            return None
        cue_end = start + len(head)
        pronoun = inverted[1] if inverted else None
        return Cue(_with_reflexive(surface, start), cue_end, end, pronoun, head)


def _finite(stem: str) -> Iterator[str]:
    soft = f"{stem[:-1]}ç" if stem.endswith("c") else f"{stem}e" if stem.endswith("g") else stem
    yield from (f"{stem}e", f"{stem}ent", f"{stem}era", f"{stem}eront", f"{stem}èrent")
    yield from (f"{soft}a", f"{soft}ait", f"{soft}aient", f"{soft}ant")  # « en rappelant que »


def _with_reflexive(surface: Surface, start: int) -> int:
    """« se félicite », « s'est félicité »: the pronoun belongs to the verb."""
    for pronoun in ("s'", "se "):
        if (
            surface.low.startswith(pronoun, start - len(pronoun))
            and not surface.low[start - len(pronoun) - 1 : start - len(pronoun)].isalnum()
        ):
            return start - len(pronoun)
    return start


def last_before(cues: Sequence[Cue], start: int, end: int) -> Cue | None:
    """The last of ``cues`` that lies in ``start:end``."""
    inside = [cue for cue in cues if start <= cue.start and cue.after <= end]
    return inside[-1] if inside else None
