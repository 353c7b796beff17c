"""Firms that the model takes for people: single words that act as firms do.

« Racheté par Novalis », « Scapel, premier armateur du port », « Novalis supprime 30 postes »: what
is nobody's surname here, bears no first name, and stands after no civility or role.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping, Sequence

from spacy.tokens import Doc

from recoupe.extract.names.announced import IsPlace
from recoupe.extract.names.guessed import trimmed
from recoupe.extract.surface import Surface, bare

_LEAST = 4
_REACH = 60
_SUBJECT = re.compile(r"(?:^|[.!?:;»\n–—] ?|, | et |\bqu[e'] ?|\boù |\bdont )$")
_TITLED = re.compile(r"\b(?:M|Mme|MM|Mmes|Me|Dr|Pr)\.? $|[a-zà-ÿ]{3,} $")


class Acting:
    """The patterns of ``[acting]`` in ``organisations.toml``."""

    def __init__(
        self,
        words: Mapping[str, Sequence[str]],
        first_names: Container[str],
        false: Container[str],
    ) -> None:
        self._first_names = first_names
        self._false = false
        auxiliaries, verbs = "|".join(words["auxiliaries"]), "|".join(words["verbs"])
        self._does = re.compile(rf" (?:(?:{auxiliaries}) )?(?:{verbs})\b")
        done, owned = "|".join(words["done"]), "|".join(words["owned"])
        partners = "|".join(words["partners"])
        self._undergoes = re.compile(
            rf"\b(?:chez |(?:{done})e?s? (?:\w+ )?par |(?:{owned})s? (?:de |d'))$"
        )
        self._signs = re.compile(rf"\b(?:{partners})(?:[ ,'][\w'-]{{1,14}}){{0,5}} avec $")
        self._is = re.compile(rf", (?:le |la |l'|une? )?(?:{'|'.join(words['is'])})\b")

    def find(self, doc: Doc, surface: Surface, is_place: IsPlace) -> Iterator[tuple[int, int]]:
        """The spans of the names, in order."""
        ents = [ent for ent in doc.ents if ent.label_ in {"PER", "MISC", "LOC"}]
        surnames = {word for ent in ents if " " in ent.text for word in ent.text.split()}
        for ent in ents:
            start, end = trimmed(surface, ent.start_char, ent.end_char)
            name = surface.plain[start:end]
            if name in surnames or not self._may_be_firm(name) or is_place(name):
                continue
            partner = ent.label_ != "LOC" and self._signs.search(
                surface.low, max(0, start - _REACH), start
            )
            if partner or self._acts(surface, start, end):
                yield start, end

    def _may_be_firm(self, name: str) -> bool:
        alone = len(name) >= _LEAST and " " not in name and name[0].isupper()
        return alone and name not in self._first_names and bare(name) not in self._false

    def _acts(self, surface: Surface, start: int, end: int) -> bool:
        low = max(0, start - _REACH)
        if self._undergoes.search(surface.low, low, start):
            return True
        if _TITLED.search(surface.plain, low, start):
            return False
        if self._is.match(surface.low, end):
            return True
        subject = _SUBJECT.search(surface.plain, low, start) is not None
        return subject and self._does.match(surface.low, end) is not None
