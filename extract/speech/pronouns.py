"""Whom « elle », « il » and an office said again stand for."""

from __future__ import annotations

import re

from recoupe.extract.speech.following import Following
from recoupe.extract.speech.named import start_of
from recoupe.extract.speech.utterances import sentence_start

_OPENING_PRONOUN = re.compile(r"(?:il|elle)\b(?! y | faut| s'agit| est (?:vrai|question|prévu))")
_DETERMINED = re.compile(r"(?<![\w'])(?P<article>le|la) (?=[^\W\d_])")
#: « selon elle », « d'après eux »
PRONOUN = re.compile(r"(?:elles?|lui|eux)\b(?!-)")
_SUBJECT = {"lui": "il", "eux": "ils"}
_ARTICLE = re.compile(r"(?P<article>La |Le |L')")
_FAR = 400


class Pronouns(Following):
    """Speakers that a pronoun stands for."""

    def pronoun(self, pronoun: str, before: int, previous: str | None) -> str | None:
        """The person that « elle » or « il » stands for, the last speaker first."""
        if pronoun in {"ils", "elles"}:
            return self.several(before)
        if pronoun not in {"il", "elle"}:
            return None
        feminine = pronoun == "elle"
        if previous is not None and self._gender_of(previous, feminine) in {feminine, None}:
            return previous
        body = self._just_named(before, feminine=feminine)
        if body is not None:
            return body
        for person in sorted(self.people, key=start_of, reverse=True):
            if person.end <= before and self._women[person.name] in {feminine, None}:
                return person.name
        return self._titled(before, feminine=feminine)

    def _gender_of(self, speaker: str, asked: bool) -> bool | None:
        """Whether a speaker is a woman; words say it by their article."""
        if speaker in self._women:
            return self._women[speaker]
        if speaker.startswith("une "):
            return True
        return False if speaker.startswith("un ") else not asked

    def disjoint(self, pronoun: str, before: int) -> str | None:
        """« selon elle », « d'après eux »."""
        return self.pronoun(_SUBJECT.get(pronoun, pronoun), before, None)

    def _just_named(self, before: int, *, feminine: bool) -> str | None:
        """The body or office that opens this clause or the sentence before, and no person in it."""
        here = sentence_start(self.surface, before)
        cut = max(self.surface.plain.rfind(mark, here, before) for mark in ";:")
        if cut >= 0:
            return self._opens(here, cut, feminine=feminine)
        start = sentence_start(self.surface, max(0, here - 2))
        if start >= here or "\n" in self.surface.plain[start:here]:
            return None
        return self._opens(start, here, feminine=feminine)

    def _opens(self, start: int, end: int, *, feminine: bool) -> str | None:
        """The body or office that opens ``start:end``, in which no person stands."""
        if self.latter(end, feminine=feminine, reach=end - start + 1):
            return None
        article = _ARTICLE.match(self.surface.plain, start, end)
        if not article or article["article"] == ("Le " if feminine else "La "):
            return None
        at = article.start("article")
        noun = self.surface.low[article.end() : end].split(" ", 1)[0]
        known = noun in self.cues.anaphors or noun in self.cues.sources - self.cues.papers
        if not known and not self.known_office(at, end):
            return None
        return self.after(at, end)

    def opening(self, start: int, end: int) -> str | None:
        """The person, organisation or pronoun that opens the sentence ``start:end``."""
        at = self._skip_spaces(start, end)
        named = self._person_from(at, end) or self._organisation_from(at, end)
        if named:
            return named.name
        pronoun = _OPENING_PRONOUN.match(self.surface.low, at, end)
        return self.pronoun(pronoun[0], at, None) if pronoun else None

    def _titled(self, before: int, *, feminine: bool) -> str | None:
        """« la ministre … a-t-elle glissé »: the last office or body of that gender."""
        articles = "la" if feminine else "le"
        window = max(0, before - _FAR)
        found = None
        for match in _DETERMINED.finditer(self.surface.low, window, before):
            if match["article"] != articles or not self.known_office(match.start(), before):
                continue
            found = match.start()
        return self.after(found, before) if found is not None else None
