"""The people and bodies that a text names, looked up by place."""

from __future__ import annotations

import re

from recoupe.extract.annotations import Annotations
from recoupe.extract.names.roles import Vocabulary
from recoupe.extract.speech.cues import Cues
from recoupe.extract.surface import Surface, lowered
from recoupe.records import Mention, OrganisationMention, PersonMention

_CIVILITY = re.compile(r"(M|MM|Mme|Mlle|Madame|Monsieur)\.? $")
PREPOSED = re.compile(
    r"(?:^|[^\w])(?:de|d'|du|des|à|au|aux|avec|par|chez|pour|contre|sur|et de|dont|auprès de|"
    r"de la|de l'|à la|à l'|(?:devant|chez|avec|par|pour|contre|sur|dans|selon|sous|entre)"
    r" (?:la|le|les|l')|devant|dans|selon)"
    r" ?(?:(?:M|Mme|MM)\.? )?$"
)
REACH = 90
#: « Discours de Mme X », « Allocution prononcée par »
_SPEECH = re.compile(r"\b(?:discours|allocution|seul le prononcé|intervention de|vœux de)\b")
_HEAD = 300
#: How far before a word stands whoever it means.
_NEAR = 400
#: So long are a role and a body beside a name.
_APPOSITION = 160


class Named:
    """The people, organisations and places of one text."""

    def __init__(
        self, surface: Surface, annotations: Annotations, cues: Cues, vocabulary: Vocabulary
    ) -> None:
        self.surface = surface
        self.people = annotations.people
        self.organisations = sorted(
            [*annotations.organisations, *annotations.collectivites], key=start_of
        )
        self.named_mentions: list[PersonMention | OrganisationMention] = [
            *self.people,
            *self.organisations,
        ]
        #: What these announce they pay: it is no hearsay.
        self.payers = frozenset({"État", *(body.name for body in annotations.collectivites)})
        self.places = frozenset(territory.start for territory in annotations.territories)
        #: Bodies that « l'association », « le collectif » alone name.
        self.proper: set[str] = set()
        self.cues = cues
        self.vocabulary = vocabulary
        self._women = {p.name: self._feminine(p) for p in reversed(self.people)}
        for person in self.people:
            if self._women[person.name] is None:
                self._women[person.name] = self._feminine(person)

    def is_named(self, speaker: str | None) -> bool:
        """Whether ``speaker`` is a person or a body that the text names."""
        return speaker is not None and any(speaker == m.name for m in self.named_mentions)

    def is_subject(self, start: int, mention: Mention) -> bool:
        """Whether no preposition governs ``mention`` in the clause that starts at ``start``."""
        return not PREPOSED.search(
            self.surface.plain, max(start, mention.start - 14), mention.start
        )

    def named(self, at: int, limit: int) -> bool:
        """Whether a person or an organisation stands at ``at``."""
        return bool(self._person_from(at, limit) or self._organisation_from(at, limit))

    def at_line_start(self, at: int) -> PersonMention | None:
        """The person whose name opens the line at ``at``, after a dash."""
        while at < len(self.surface.plain) and self.surface.plain[at] in " –—-\n\t*•":
            at += 1
        line_end = self.surface.plain.find("\n", at)
        line = self.surface.plain[at : line_end if line_end >= 0 else None]
        if len(line.split()) > 25 or line.rstrip().endswith((".", ":")):  # noqa: PLR2004
            return None
        return next((p for p in self.people if at <= p.start <= at + len("Mme ")), None)

    def orator(self) -> str | None:
        """Who holds a speech or signs a letter that says so in its first lines."""
        head = self.surface.low[:_HEAD]
        if not _SPEECH.search(head):
            return None
        return next((p.name for p in self.people if p.end <= _HEAD), None)

    def last_person(self, at: int) -> str | None:
        """The person named last before ``at``."""
        return self._owner(at)

    def _owner(self, at: int) -> str | None:
        """The last person named before ``at``."""
        before = [p for p in self.people if p.end <= at]
        return max(before, key=start_of).name if before else None

    def last_body(self, at: int, *, reach: int | None = None) -> str | None:
        """The body named last before ``at``, at most ``reach`` characters before."""
        least = at - reach if reach else 0
        before = [o for o in self.organisations if least <= o.end <= at and o.name != "État"]
        return before[-1].name if before else None

    def _person_from(self, at: int, limit: int) -> PersonMention | None:
        """The first person, where only civility and role stand between ``at`` and the name."""
        for person in self.people:
            if at <= person.start < min(limit, at + REACH):
                gap = self.surface.plain[at : person.start]
                return person if self._is_title(gap, person) else None
        return None

    def _is_title(self, gap: str, person: PersonMention) -> bool:
        if not gap.strip() or re.fullmatch(
            r"(?:(?:M|MM|Mme|Mlle|Me|Dr|Pr)\.?|Monsieur|Madame|"
            r"(?:(?:le|la) )?(?:Dr|Pr|docteure?|professeure?|commandante?|colonelle?)) ",
            gap,
        ):
            return True
        words = gap.replace("'", " ").replace(",", " ").split()
        has_head = any(self.vocabulary.head(w.lower()) for w in words[:4])
        return (
            has_head
            and bool(person.role)
            and not PREPOSED.search(self.surface.plain[: person.start][-14:])
        )

    def _organisation_from(self, at: int, limit: int) -> OrganisationMention | None:
        for organisation in self.organisations:
            if at <= organisation.start < min(limit, at + len("d'après les")):
                gap = self.surface.low[at : organisation.start].strip()
                return (
                    organisation if gap in {"", "la", "le", "les", "l'", "à la", "à l'"} else None
                )
        return None

    def _called(self, noun: str) -> str | None:
        """The text's one organisation whose name begins by ``noun``."""
        names = {o.name for o in self.organisations if lowered(o.name).split()[0] == noun}
        return names.pop() if len(names) == 1 else None

    def _metonym(self, at: int) -> str | None:
        """« Beauvau assure que »: the place that stands for those who govern there."""
        for metonym in self.cues.metonyms:
            end = at + len(metonym)
            if lowered(metonym) == self.surface.low[at:end] and not (
                self.surface.plain[end : end + 1].isalpha()
            ):
                return self.surface.text[at:end]
        return None

    def _is_place(self, at: int, limit: int) -> bool:
        return any(at <= place < min(limit, at + len("les ")) for place in self.places)

    def _antecedent(self, end: int) -> str | None:
        """« à la préfecture du Var, qui indique », « X, directeur de Pyrène, qui réclame » → X."""
        for person in self.people:
            if person.end <= end < person.end + _APPOSITION and self._runs_to(person, end):
                return person.name
        return next((o.name for o in self.organisations if o.end == end), None)

    def _runs_to(self, person: PersonMention, end: int) -> bool:
        """Whether nothing but the role and the body apposed to ``person`` stands before ``end``."""
        gap = self.surface.text[person.end : end]
        if not gap:
            return True
        role = f", {person.role}" if person.role else ""
        rest = gap.removeprefix(role)
        if not role or len(rest) == len(gap):
            return False
        return not rest or ("," not in rest and any(o.end == end for o in self.organisations))

    def latter(self, at: int, *, feminine: bool | None, reach: int = _NEAR) -> str | None:
        """« celle-ci », « la dirigeante »: the person of that gender named last before ``at``."""
        fits = {feminine, None} if feminine is not None else {True, False, None}
        near = [p for p in self.people if at - reach < p.start and p.end <= at]
        near = [p for p in near if self._women[p.name] in fits]
        return max(near, key=start_of).name if near else None

    def latter_body(self, at: int, *, feminine: bool) -> str | None:
        """« celui-ci », « cette dernière »: the body of that gender named last before ``at``."""
        other = "le " if feminine else "la "
        near = [o for o in self.organisations if at - _NEAR < o.start and o.end <= at]
        fit = [o for o in near if not self.surface.low.endswith(other, 0, o.start)]
        return fit[-1].name if fit else None

    def _skip_spaces(self, at: int, limit: int) -> int:
        while at < limit and self.surface.plain[at] in " :":
            at += 1
        return at

    def _feminine(self, person: PersonMention) -> bool | None:
        civility = _CIVILITY.search(self.surface.plain[max(0, person.start - 10) : person.start])
        if civility:
            return civility[1] in {"Mme", "Mlle", "Madame"}
        words = [w.lower() for w in (person.role or "").replace("'", " ").split()]
        heads = (self.vocabulary.head(word) for word in words[:2])
        by_role = next((self.vocabulary.gender.get(head) for head in heads if head), None)
        if by_role:
            return True
        first = person.name.replace("-", " ").split(" ", 1)[0]
        woman, man = first in self.vocabulary.feminine, first in self.vocabulary.masculine
        return woman if woman is not man else by_role  # « Hélène Roussin, maire de Vannes »


def start_of(mention: Mention) -> int:
    """Where a mention starts, to sort by."""
    return mention.start
