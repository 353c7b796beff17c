"""Whom « elle », « il » and an office said again stand for."""

from __future__ import annotations

import re

from recoupe.extract.speech.following import Following
from recoupe.extract.speech.named import start_of

_OPENING_PRONOUN = re.compile(r"(?:il|elle)\b(?! y | faut| s'agit| est (?:vrai|question|prévu))")
_DETERMINED = re.compile(r"(?<![\w'])(?P<article>le|la) (?=[^\W\d_])")
_FAR = 400


class Pronouns(Following):
    """Speakers that a pronoun stands for."""

    def pronoun(self, pronoun: str, before: int, previous: str | None) -> str | None:
        """The person that « elle » or « il » stands for, the last speaker first."""
        if pronoun not in {"il", "elle"}:
            return None
        feminine = pronoun == "elle"
        if previous is not None and self._women.get(previous, not feminine) in {feminine, None}:
            return previous
        for person in sorted(self.people, key=start_of, reverse=True):
            if person.end <= before and self._women[person.name] in {feminine, None}:
                return person.name
        return self._titled(before, feminine=feminine)

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
