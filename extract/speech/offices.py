"""Whom an office said without a name stands for: « le maire », « la présidente »."""

from __future__ import annotations

import re

from recoupe.extract.speech.described import Described
from recoupe.extract.speech.named import start_of
from recoupe.extract.speech.utterances import sentence_start
from recoupe.extract.surface import lowered
from recoupe.records import PersonMention

#: « Régine Chastagnaret, qui préside le syndicat »
_PRESIDES = re.compile(r", qui préside ")
#: So many sentences before is whoever opened one meant.
_SENTENCES = 2
_ONE = re.compile(r"(?:le |la |l')")
#: « M. », « À sa tête, »: what may stand before the name that opens a sentence.
_OPENS = re.compile(r"(?:[^\W\d_][^,.;:\n]{0,40}, )?(?:(?:M|Mme|Me|Dr)\.? )?")


class Offices(Described):
    """People whom their office alone stands for."""

    def office(self, head: str, span: tuple[int, int]) -> str | None:
        """The person whom the office ``head``, the first noun of ``span``, stands for."""
        low = self.surface.low
        if low[max(0, span[0] - 4) : span[0]] not in {" du ", " au "} and not _ONE.match(
            low, span[0], span[1]
        ):
            return None
        holders = [p for p in self.people if self._holds(p, head)]
        names = {p.name for p in holders}
        if len(names) == 1:
            return names.pop()
        complement = low[span[0] : span[1]].partition(head)[2].replace("'", " ").split()
        if holders:
            return self._one_of(holders, span[0], complement)
        feminine = self._of_gender(head, span[0])
        return self._opened(span[0], feminine) or (
            None if complement else self._only(span[0], feminine)
        )

    def held(self, head: str) -> bool:
        """Whether the text names somebody in the office ``head``."""
        return any(self._holds(person, head) for person in self.people)

    def _of_gender(self, head: str, at: int) -> bool | None:
        if self.surface.low.startswith(("la ", "le "), at):
            return self.surface.low.startswith("la ", at)
        return self.vocabulary.gender.get(head)

    def _holds(self, person: PersonMention, head: str) -> bool:
        role = lowered(person.role or "")
        presides = head.startswith("président") and _PRESIDES.match(
            self.surface.low, person.end, len(self.surface.low)
        )
        return head in role.split() or bool(presides)

    def _one_of(self, holders: list[PersonMention], at: int, complement: list[str]) -> str | None:
        """The holder named last before ``at``, whose role says the ``complement`` too."""
        said = [word for word in complement if len(word) > len("des")]
        before = [
            p
            for p in holders
            if p.end <= at and all(word in lowered(f"{p.role} {p.organisation}") for word in said)
        ]
        return max(before, key=start_of).name if before else None

    def _opened(self, at: int, feminine: bool | None) -> str | None:
        """Who opens the sentence before, where the text says no office of that person."""
        here = sentence_start(self.surface, at)
        for _ in range(_SENTENCES):
            start = sentence_start(self.surface, max(0, here - 2))
            if start >= here or "\n" in self.surface.plain[start:here]:
                return None
            lead = _OPENS.match(self.surface.plain, start, here)
            at = lead.end() if lead else start
            person = next((p for p in self.people if p.start in {start, at}), None)
            if person:
                return person.name if self._may_be(person, feminine) else None
            here = start
        return None

    def _only(self, at: int, feminine: bool | None) -> str | None:
        """The only person whom the text names before ``at``, where nothing says an office."""
        before = {p.name: p for p in self.people if p.end <= at}
        roles = any(p.role for p in self.people if p.name in before)
        person = next(iter(before.values()), None)
        if person is None or len(before) > 1 or roles:
            return None
        return person.name if self._women[person.name] is feminine is not None else None

    def _may_be(self, person: PersonMention, feminine: bool | None) -> bool:
        roles = any(p.role for p in self.people if p.name == person.name)
        return not roles and self._women[person.name] in {feminine, None}
