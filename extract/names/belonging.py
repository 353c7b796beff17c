"""The bodies that people belong to, where no role's noun phrase names them.

« X, qui préside Y », « à la tête de Y, X », « X, de Y », « X (Y) », « Y, que dirige X ».
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from recoupe.extract.names.candidates import Extent
from recoupe.extract.names.roles import Role, Vocabulary
from recoupe.extract.surface import Surface
from recoupe.records import OrganisationMention

_HELM = (
    r"(?:à la tête|aux commandes|à la présidence|à la direction|aux manettes|à la barre|au nom|"
    r"pour le compte|du côté)"
)
_OF = r"(?:de la |de l'|du |des |de |d')"
_NOUN = (
    r"(?:association|société|groupe|entreprise|agence|collectif|cabinet|ong|coopérative|syndicat|"
    r"start-up|fondation|usine|parti|liste|mouvement|fédération|compagnie|plateforme|laboratoire|réseau|"
    r"intersyndicale|amicale|confédération) "
)
_ARTICLE = r"(?:la |les |le |l'|du |au )"
_CIVILITY = (
    r"(?:(?:m|mm|mme|mmes|mlle|me|dr|pr)\.? |(?:(?:le |la )?(?:docteure?|professeure?|capitaine|"
    r"colonel|commandant|maître) ))?"
)
#: What leads to a body: its article, and a noun that may be part of its name.
_TO = rf"(?:d'une |d'un |{_OF}|{_ARTICLE})?(?P<noun>{_NOUN})?"
_BELONGS = re.compile(
    rf"(?:, (?:pour sa part, )?(?:{_HELM} (?=d[eu' ])|(?:de|à|pour|en charge de) |d'|chez |ex-)?"
    rf"| (?:au nom|pour le compte) ){_TO}| \((?P<inner>{_NOUN})?| ?/ ?"
)
_WHEN = (
    r"(?:,? (?:depuis|en|jusqu'en) (?:[a-zéû]+ )?\d{4},?|,? depuis [a-zà-ÿ ]{2,20},|"
    r" (?:aussi|également|désormais|aujourd'hui|toujours|encore))?"
)
_BELONGS_END = re.compile(r"[,.;)\n]|$| \(| (?:a|ont|est|se|[a-zà-ÿ]+(?:e|t)) ")
_APPOSED_END = re.compile(r" ?[,.;)\n]|$| [–—-] ")
#: Between a role's end and the body that stands after it: « responsable médias, Novalis ».
_AFTER_ROLE = re.compile(r",? ?\(|, | [–—-] ")
#: « à la présidence de | Y, X »
_HELM_BEFORE = re.compile(rf"(?<![\w-]){_HELM} (?:{_OF}|{_ARTICLE}|d'une |d'un )?(?:{_NOUN})?$")
_NAMED = r"(?:nommée?|élue?|affectée?|recrutée?|promue?) "
#: « Pour | Y, X », « Nommée à | Y, X », at the opening of a sentence.
_OPENING = re.compile(
    rf"(?:^|[.!?»\"”:;] |\n ?[\"«“–—•-]? ?)(?:{_NAMED})?"
    rf"(?:(?:pour|chez|à|côté|au sein de) (?:{_ARTICLE})?|au )"
    rf"(?:{_NOUN})?$"
)
_OPENING_REACH = 30
_SINCE = r"(?:,? (?:depuis|en|jusqu'en|de) (?:[\wé]+ ){0,3}\d{4}|,? depuis [\w ]{2,20})?"
_THEN_NAME = re.compile(rf"(?: \([^()\n]{{1,12}}\))?{_SINCE}, {_CIVILITY}")
#: « Y, présidé par X », « Y, par la voix de sa présidente, X »
_BY = re.compile(
    r",? (?:(?:co)?(?:dirigé|présidé|piloté|géré|fondé|animé|incarné|mené|emmené|conduit|détenu|"
    r"représenté|défendu)(?:e|s|es)?(?:,? (?:depuis|en) [\w ]{2,20},?)? par|par la voix de|"
    rf"par la bouche de|via) (?:(?:son|sa|leur) (?P<role>[^,;.()\n]{{3,50}}?),? )?{_CIVILITY}"
)
_REACH = 90
#: « Chez Y, la coopérative, le président X »
_AT = re.compile(
    rf"(?:, (?:la |le |l'|une? )[a-zà-ÿ -]{{3,40}})?, (?:le |la |l')"
    rf"(?P<role>[^,;.()\n]{{3,50}}?),? {_CIVILITY}"
)
#: « Novalis et son président, X », « l'association et sa présidente X »
_AND_ITS = re.compile(rf" et (?:son|sa|leur) (?P<role>[a-zà-ÿ][^,;.()\n]{{3,50}}?),? {_CIVILITY}")
#: « Y, dont la présidente, X, », « Y, dont le directeur est X »
_WHOSE = re.compile(
    rf", dont (?:le |la |l')(?P<role>[^,;.()\n]{{3,50}}?)(?:,| est| s'appelle) {_CIVILITY}"
)
_ROLE_ENDS_LINE = re.compile(r", [a-zà-ÿ][^\n]{3,80}?[^.\n]?(?:\n|$)")
_DASH = re.compile(r" ?[–—-] | ?: ?|\n")
#: « Novalis : intérim prolongé pour | X »
_ITEM = re.compile(rf" ?: (?:[^.;:,\n]{{3,50}} (?:pour|de|à) )?{_CIVILITY}")
_CREDIT = re.compile(r" ?/ ?")
#: « - Haies vives 53 (Jeanne Chauvelier, présidente) », at the opening of an item or a cell
_HOLDS = re.compile(rf" \({_CIVILITY}")
_HELD = re.compile(r"[,)]")


@dataclass(frozen=True, slots=True)
class Given:
    """The role and the organisation that one place of the text gives a person."""

    role: str | None
    organisation: str | None
    #: Whether the body goes with a role known otherwise (« la préfète X, qui préside Y »).
    adds: bool = False


class Bodies:
    """The organisations of one text, by where they start and end, and its people."""

    def __init__(
        self,
        surface: Surface,
        people: Sequence[Extent],
        organisations: Sequence[OrganisationMention],
        vocabulary: Vocabulary,
    ) -> None:
        self.surface = surface
        self.people = people
        self.by_start = {organisation.start: organisation for organisation in organisations}
        self.organisations = organisations
        self.vocabulary = vocabulary
        verbs = "|".join(vocabulary.relative)
        leads = "|".join([*vocabulary.relative, *vocabulary.lead])
        self._whose = re.compile(
            r", dont (?:l'|la |le )(?:association|société|entreprise|groupe|start-up|cabinet|"
            r"coopérative|collectif|pme|syndicat) "
        )
        self._working = re.compile(
            r", qui [^,.;:()\n]{3,50} "
            rf"(?:(?:pour|chez|au sein d[eu](?: la| l')?) (?:la |le |l'|les )?"
            rf"|{_HELM} {_OF}{_NOUN}?)"
        )
        self._relative = re.compile(rf",? qui (?:\w+ )?(?P<verb>{leads}){_WHEN} {_TO}")
        self._leads = re.compile(
            rf"(?:(?:, \d\d ans,)? (?P<verb>{leads}){_WHEN}|"
            rf", partie? (?:diriger|présider|prendre la tête)) {_TO}"
        )
        self._led = re.compile(
            rf",? que (?:{verbs})"
            rf"(?:,? (?:depuis|jusqu'en|avec|aujourd'hui|désormais|encore|toujours)"
            rf"(?: [\w -]{{1,24}})?)?,? (?:(?:l'|la |le )[a-zà-ÿ-]+ )?{_CIVILITY}"
        )

    def beside(self) -> Iterator[tuple[int, Given]]:
        """Each body that the words between it and a person give to that person."""
        for index in range(len(self.people)):
            yield from self._presided(index)
            yield from self._apposed(index)
        for organisation in self.organisations:
            yield from self._before_person(organisation)

    def _body(self, match: re.Match[str] | None) -> OrganisationMention | None:
        """The body that starts where ``match`` ends, or at the noun before (« agence Ponant »)."""
        if match is None:
            return None
        said = match.groupdict()
        group = next((name for name in ("noun", "inner") if said.get(name)), None)
        noun = match.start(group) if group else match.end()
        return self.by_start.get(match.end()) or self.by_start.get(noun)

    def after_role(self, role: Role) -> str | None:
        """« responsable des médias, Groupe Oléane, »: the body that a role's comma gives."""
        gap = _AFTER_ROLE.match(self.surface.plain, role.end)
        body = self.by_start.get(gap.end()) if gap else None
        if body and _APPOSED_END.match(self.surface.plain, body.end):
            return body.text
        return None

    def party(self, person: int) -> str | None:
        """« Mme Roux (CPME), présidente »: the body in parentheses after the name."""
        end = self.people[person][1]
        if not self.surface.plain.startswith(" (", end):
            return None
        body = self.by_start.get(end + 2)
        closed = body and self.surface.plain[body.end : body.end + 1] in {")", ","}
        return body.text if body and closed else None

    def _presided(self, index: int) -> Iterator[tuple[int, Given]]:
        """« X, qui préside Y »: role « président », « présidente » after « Mme »."""
        start, end = self.people[index]
        match = self._relative.match(self.surface.low, end)
        match = match or self._leads.match(self.surface.low, end)
        for pattern in () if match else (self._whose, self._working):
            match = match or pattern.match(self.surface.low, end)
        body = self._body(match)
        if match and body:
            forms = self.vocabulary.relative.get(match.groupdict().get("verb", ""))
            first = self.surface.plain[start:end].split(" ", 1)[0].split("-", 1)[0]
            feminine = self.surface.low.endswith("mme ", 0, start)
            feminine = feminine or first in self.vocabulary.feminine
            said = forms[feminine] if forms and " qui " in match[0] else None
            yield index, Given(said, body.text, adds=True)

    def _apposed(self, index: int) -> Iterator[tuple[int, Given]]:
        """« X, de Sylva Garonne, », « X, au Centre national …, », « X (agence Plein Relais) »."""
        match = _BELONGS.match(self.surface.low, self.people[index][1])
        body = self._body(match)
        if match and body and _BELONGS_END.match(self.surface.plain, body.end):
            yield index, Given(None, body.text, adds=True)
            if match[0].startswith(", "):
                for other in coordinated(self.surface, self.people, index):
                    yield other, Given(None, body.text)

    def _before_person(self, body: OrganisationMention) -> Iterator[tuple[int, Given]]:
        index = self._next_person(body.end)
        if index is None:
            return
        low, (start, end) = self.surface.low, self.people[index]
        gap = low[body.end : start]
        helm = _HELM_BEFORE.search(low, max(0, body.start - _OPENING_REACH), body.start)
        opening = _OPENING.search(low, max(0, body.start - _OPENING_REACH), body.start)
        civil = low[body.end : start].endswith((". ", "mme ", "mmes ", "mlle "))
        named = _THEN_NAME.fullmatch(gap) and (
            helm
            or (opening and (civil or " " in low[start:end]))
            or self._is_contact(body.start)
            or self._signs(body.start, end)
        )
        at = _AT.fullmatch(gap) if opening else None
        led = self._led.fullmatch(gap) or _BY.fullmatch(gap)
        of = _AND_ITS.fullmatch(gap) or _WHOSE.fullmatch(gap)
        dashed = _DASH.fullmatch(gap) and self._is_contact(body.start)
        listed = self._opens_item(body.start) and bool(
            _ITEM.fullmatch(gap) or (_HOLDS.fullmatch(gap) and _HELD.match(low, end))
        )
        if named or led or at or of or dashed or listed or _CREDIT.fullmatch(gap):
            by = at or of or _BY.fullmatch(gap)
            yield index, Given(None, body.text, adds=bool(by and by["role"]) or listed)

    def _signs(self, at: int, end: int) -> bool:
        """« Coopérative Valprune, Anne Roux, directrice »: a line of its own under a letter."""
        line = self.surface.plain.rfind("\n", 0, at) + 1
        bare = self.surface.low[line:at].strip("-–—•* ") in {"", "pour la", "pour le", "pour l'"}
        return bare and line > 0 and _ROLE_ENDS_LINE.match(self.surface.plain, end) is not None

    def _is_contact(self, at: int) -> bool:
        """Whether a line of contacts holds ``at``: « Contacts presse : Anah, Anne Roux »."""
        line = self.surface.low.rfind("\n", 0, at) + 1
        return self.surface.low.startswith(("contact", "presse :", "service de presse"), line)

    def _opens_item(self, at: int) -> bool:
        """« - Novalis : Anne Roux (directrice) »: a list of appointments, by body."""
        line = self.surface.plain.rfind("\n", 0, at) + 1
        return self.surface.plain[line:at] in {"- ", "– ", "— ", "• ", "-", "–", "•"}

    def _next_person(self, at: int) -> int | None:
        after = (i for i, (start, _end) in enumerate(self.people) if 0 < start - at < _REACH)
        return next(after, None)


def coordinated(surface: Surface, people: Sequence[Extent], last: int) -> list[int]:
    """The people before ``last`` that « et » and commas join to it: « Mmes A, B et C »."""
    joined: list[int] = []
    allowed = {" et "}
    while last > 0 and surface.plain[people[last - 1][1] : people[last][0]] in allowed:
        last -= 1
        joined.append(last)
        allowed = {", "}
    return joined
