"""Resolve who speaks: a person's full name, an organisation's, or words that stand for one."""

from __future__ import annotations

import re

from recoupe.extract.annotations import Annotations
from recoupe.extract.names.fullest import NAME
from recoupe.extract.names.roles import Vocabulary
from recoupe.extract.speech.cues import Cues
from recoupe.extract.surface import Surface, lowered
from recoupe.records import Mention, OrganisationMention, PersonMention

_DETERMINER = re.compile(
    r"(?:les |le |la |l'|un |une |des |plusieurs |certains |certaines |son |sa |ses |leur |leurs |"
    r"beaucoup de |beaucoup d'|bon nombre de |nombre de |la plupart des |une partie des |"
    r"notre |mon |ma |mes |nos |votre |vos |ce |cette |d'autres |de nombreux |de nombreuses |deux |"
    r"trois |quatre )",
    re.IGNORECASE,
)
_OF = frozenset({"de", "du", "des", "d"})
#: Whoever drew them up speaks.
_PAPERS = re.compile(
    r"(?:les?|la|l'|un|une|des) ?(?:derniers? |dernières? )?"
    r"(?:calculs?|chiffres?|données|estimations?|"
    r"décompte|relevés?|comptage|statistiques|projections?|prévisions?|évaluations?|chiffrage) "
    r"(?=d)"
)
_ARTICLES = frozenset({"la", "le", "les", "l"})
#: « selon ses propres pointages »: whose they are.
_OWN = re.compile(
    r"(?:ses|leurs|son|leur) (?:propres? )?(?!porte-parole|président|maire|direct|avocat)[a-zà-ÿ]+",
    re.IGNORECASE,
)
_CIVILITY = re.compile(r"(M|MM|Mme|Mlle|Madame|Monsieur)\.? $")
_PREPOSED = re.compile(
    r"(?:^|[^\w])(?:de|d'|du|des|à|au|aux|avec|par|chez|pour|contre|sur|et de|dont|auprès de|"
    r"de la|de l'|à la|à l')"
    r" ?(?:(?:M|Mme|MM)\.? )?$"
)
_ADVERBIAL = re.compile(
    r"(?:(?:hier|aujourd'hui|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|ensuite|également|"
    r"aussi|ainsi|"
    r"encore|alors|notamment|pour sa part|de son côté|par ailleurs|toutefois|ce matin)[ ,]+)*"
    r"(?:(?:sur|dans|devant|lors|à|au|auprès) [^,.;:\n]{3,70}, )?"
)
_ASIDE = re.compile(r", (?!qui |dont |où |a |est |et )[^,.;:«»\"\n]{3,80}, ")
_OPENING_PRONOUN = re.compile(r"(?:il|elle)\b(?! y | faut| s'agit| est (?:vrai|question|prévu))")
#: « selon le gestionnaire, les exploitants, une chercheuse »: nouns of those who do something.
_AGENT = re.compile(r"(?:eur|euse|trice|iste|ien|ienne|aire|ant|ante|if|ive)s?$")
#: « — 14 000 euros, une fortune — estime que »
_DASHED = re.compile(r" [—–] [^—–\n]{3,160} [—–] $")
_RELATIVE = re.compile(r",? qui (?:n'|ne |l'|en |y |lui |leur |se |s')*$")
_LEAD = re.compile(
    r"[ –—•«\"“-]*(?:(?:[Ee]t|[Mm]ais|[Oo]r|[Aa]lors) )?(?:(?:M\.|Mme|Monsieur|"
    r"Madame) (?=l[ae'] ?[A-ZÀ-Þ]))?"
)
_PLACE = re.compile(r" (?:à|au|dans|du côté de|chez|de) ")
_PAST = re.compile(r"(?:é|ée|és|ées)$")
#: « a lancé depuis la salle », « a déclaré à l'agence Ponant »: no clause ends in it.
_GAP = re.compile(
    r"(?:à|au|aux|sur|dans|devant|depuis|face|en|lors|chez|hier|auprès|lundi|mardi|mercredi|jeudi|"
    r"vendredi|samedi|dimanche)\b(?!.* (?:que|qui|dont|où|et) )[^,.;:«»\"\n]*"
)
_AT = re.compile(r"(?P<side>Du côté |Dans l'entourage |Dans les rangs |Chez )?(?:Au |À |Aux |d)?")
_CONTRACTED = re.compile(r"(?:du|des|au|aux) ")
_OF_OR_AT = re.compile(r"(?:de |d'|à )")
#: « BOULOGNE, 14 janv. (AFN) - Le comité », « Gironde. Les ostréiculteurs »
_DATELINE = re.compile(r"[^;:\n«]{0,60}\([A-ZÀ-Þ][\w /]{1,14}\)\.? ?[-–—] ")
#: « le préfet se tait, mais la mairie indique que »
_CONJUNCTION = re.compile(
    r", (?:car|mais|tandis que|alors que|puisque|quand|or|et) (?=(?:l'|les? |la |[A-ZÀ-Þ]))"
)
#: « l'Ordre », « la Ville », « le Département »: a capital makes it a body.
_OFFICE = re.compile(r"(?:[Ll]'|[Ll]a |[Ll]e )[A-ZÀ-Þ][a-zà-ÿ]{3,}")
_ACRONYM = re.compile(r"[A-ZÀ-Þ]{2,}")
_DETERMINED = re.compile(r"(?<![\w'])(?P<article>le|la) (?=[^\W\d_])")
_DETERMINER_AT = re.compile(r"(?<![\w'])(?:les? |la |l'|une? |des |ses |son |sa |leurs? )")
_FAR = 400
_NOUN_PHRASE_WORDS = 8
_REACH = 90


class Speakers:
    """The people, organisations and words of one text that may speak."""

    def __init__(
        self, surface: Surface, annotations: Annotations, cues: Cues, vocabulary: Vocabulary
    ) -> None:
        self.surface = surface
        self.people = annotations.people
        self.organisations = sorted(
            [*annotations.organisations, *annotations.collectivites], key=_start
        )
        self.named_mentions: list[PersonMention | OrganisationMention] = [
            *self.people,
            *self.organisations,
        ]
        self.places = frozenset(territory.start for territory in annotations.territories)
        self.cues = cues
        self.vocabulary = vocabulary
        self._women = {p.name: self._feminine(p) for p in reversed(self.people)}
        for person in self.people:
            if self._women[person.name] is None:
                self._women[person.name] = self._feminine(person)

    def after(self, at: int, limit: int) -> str | None:
        """The speaker whose noun phrase starts at ``at`` (« souligne X, … »)."""
        at = self.past_asides(at, limit)
        person = self._person_from(at, limit)
        if person:
            return person.name
        organisation = self._organisation_from(at, limit)
        if organisation:
            return organisation.name
        return (
            self._metonym(at)
            or self._apposed(at, limit)
            or self._words(at, limit)
            or self._unknown(at, limit)
            or self._told(at, limit)
        )

    def governed(self, at: int, limit: int) -> str | None:
        """The speaker after a preposition: « de l'aveu du préfet » → le préfet."""
        at = self._skip_spaces(at, limit)
        contracted = _CONTRACTED.match(self.surface.low, at, limit)
        if not contracted:
            return self.after(self._past(at, limit), limit)
        named = self._person_from(contracted.end(), limit) or self._organisation_from(
            contracted.end(), limit
        )
        if named:
            return named.name
        span = self._noun_phrase(at, limit, after=contracted.end())
        if not span:
            return None
        article = "les" if contracted[0] in {"des ", "aux "} else "le"
        words = self.surface.text[contracted.end() : span[1]]
        known = self._called(words.lower()) if article == "le" else None
        return known or f"{article} {words}"

    def _past(self, at: int, limit: int) -> int:
        preposition = _OF_OR_AT.match(self.surface.low, at, limit)
        return preposition.end() if preposition else at

    def past_asides(self, at: int, limit: int) -> int:
        """« glisse hier à Lens, un brin fataliste, X »: nobody is named in what is skipped."""
        at = self._skip_spaces(at, limit)
        for pattern in (_ASIDE, _ADVERBIAL):
            aside = pattern.match(self.surface.plain, at, limit)
            if aside and not any(at <= p.start < aside.end() for p in self.people):
                at = aside.end()
        return at

    def _unknown(self, at: int, limit: int) -> str | None:
        """A capitalised name that nobody took for a person's: « dit Pall »."""
        match = NAME.match(self.surface.plain, at, limit)
        return self.surface.text[at : match.end()] if match else None

    def _told(self, at: int, limit: int) -> str | None:
        """« a déclaré à l'agence Ponant X »: the speaker stands after the one spoken to."""
        for person in self.people:
            if at < person.start < min(limit, at + _REACH):
                gap = _GAP.fullmatch(self.surface.plain, at, person.start)
                return person.name if gap and self.is_subject(at, person) else None
        return None

    def before(self, start: int, end: int) -> str | None:
        """The subject of the cue at ``end`` whose clause starts at ``start``."""
        if self.surface.low[max(0, end - 9) : end].endswith((" on ", "'on ", " on nous ")):
            return self._on(start, end)
        start = self._clause_start(start, end)
        aside = _DASHED.search(self.surface.plain, start, end)
        end = aside.start() if aside else end
        relative = _RELATIVE.search(self.surface.low, start, end)
        if relative:
            return self._antecedent(relative.start())
        mentions = self.named_mentions
        that = max(self.surface.low.rfind(mark, start, end) for mark in (" que ", " qu'"))
        if that >= 0 and any(that < m.start and m.end <= end for m in mentions):
            start = that + len(" qu'")
        inside = sorted((m for m in mentions if start <= m.start and m.end <= end), key=_start)
        for mention in inside:
            if isinstance(mention, PersonMention) and self.is_subject(start, mention):
                return mention.name
        for mention in inside:  # « Interrogée sur le sujet, Orange répond que … »
            if end - 2 <= mention.end <= end and not _PREPOSED.search(
                self.surface.plain, max(start, mention.start - 14), mention.start
            ):
                return mention.name
        phrase_start = self._phrase_start(start, end)
        for mention in inside:
            near = 0 <= mention.start - phrase_start <= len("le ")
            if near and isinstance(mention, OrganisationMention):
                return mention.name
        return (
            self._metonym(phrase_start)
            or self._apposed(phrase_start, end)
            or self._words(phrase_start, end)
            or self._pronoun_subject(start, end)
            or self._anyone(phrase_start, end)
        )

    def _apposed(self, at: int, limit: int) -> str | None:
        """« confie sa programmatrice, Lila Ferrandi »: the name beside the words."""
        span = self._noun_phrase(at, limit)
        if span is None or not self.surface.plain.startswith(", ", span[1]):
            return None
        named = span[1] + len(", ")
        for mention in self.named_mentions:
            gap = self.surface.plain[named : mention.start] if mention.start >= named else "-"
            if gap in {"", "M. ", "Mme ", "Me ", "Dr "} and mention.end <= limit:
                follows = self.surface.plain[mention.end : mention.end + 1]
                return mention.name if follows in {",", ".", "", ";", ":", "\n", " "} else None
        return None

    def _clause_start(self, start: int, end: int) -> int:
        """Past « ; », « : », a dateline's dash and « , car » before another subject."""
        cut = max(self.surface.plain.rfind(mark, start, end - 2) for mark in ";:") + 1
        start = max(start, cut)
        dateline = _DATELINE.match(self.surface.plain, start, end)
        start = dateline.end() if dateline else start
        for match in _CONJUNCTION.finditer(self.surface.plain, start, end):
            start = match.end()
        return start

    def _metonym(self, at: int) -> str | None:
        """« Beauvau assure que »: the place that stands for those who govern there."""
        for metonym in self.cues.metonyms:
            end = at + len(metonym)
            if lowered(metonym) == self.surface.low[at:end] and not (
                self.surface.plain[end : end + 1].isalpha()
            ):
                return self.surface.text[at:end]
        return None

    def _anyone(self, start: int, end: int) -> str | None:
        """« chacun répète que »: nobody in particular."""
        word = self.surface.low[start:end].rsplit(",", 1)[-1].strip()
        if word not in self.cues.anyone:
            return None
        return word

    def _antecedent(self, end: int) -> str | None:
        """« à la préfecture du Var, qui indique », « Pyrène Bâtisseurs, qui réclame »."""
        for mention in self.named_mentions:
            if mention.end == end:
                return mention.name
        return None

    def is_named(self, speaker: str | None) -> bool:
        """Whether ``speaker`` is a person or a body that the text names."""
        return speaker is not None and any(speaker == m.name for m in self.named_mentions)

    def is_agent(self, speaker: str) -> bool:
        """Whether the name or the words are of somebody who can say a figure."""
        if any(speaker == m.name for m in self.named_mentions) or speaker in self.cues.metonyms:
            return True
        if any(
            _ACRONYM.fullmatch(word)
            for word in speaker.replace("’", "'").split("'")[-1].split()[:2]
        ):
            return True  # « le GIP chargé du désordre foncier »
        words = lowered(speaker).replace("'", " ").split()[1:3]
        return any(
            word in self.cues.sources or self.vocabulary.head(word) or _AGENT.search(word)
            for word in words
            if word not in self.cues.things
        )

    def ending(self, start: int, end: int) -> str | None:
        """Whoever the noun phrase that ends at ``end`` stands for, a body named in it first."""
        inside = [m for m in self.named_mentions if start <= m.start and m.end <= end]
        near = [m for m in inside if end - m.end <= len(", ")]
        if near:
            return max(near, key=_start).name
        for match in reversed(list(_DETERMINER_AT.finditer(self.surface.low, start, end))):
            span = self._noun_phrase(match.start(), end)
            if span and span[1] >= end - 1:
                return self._words(span[0], end)
        return None

    def last_person(self, at: int) -> str | None:
        """The person named last before ``at``."""
        return self._owner(at)

    def opening(self, start: int, end: int) -> str | None:
        """The person, organisation or pronoun that opens the sentence ``start:end``."""
        at = self._skip_spaces(start, end)
        named = self._person_from(at, end) or self._organisation_from(at, end)
        if named:
            return named.name
        pronoun = _OPENING_PRONOUN.match(self.surface.low, at, end)
        return self.pronoun(pronoun[0], at, None) if pronoun else None

    def _on(self, start: int, end: int) -> str | None:
        """« Au ministère de la Culture, on fait valoir que » → ministère de la Culture."""
        lead = _AT.match(self.surface.plain, start, end)
        return self.governed(max(lead.end("side"), start), end) if lead else None

    def pronoun(self, pronoun: str, before: int, previous: str | None) -> str | None:
        """The person that « elle » or « il » stands for, the last speaker first."""
        if pronoun not in {"il", "elle"}:
            return None
        feminine = pronoun == "elle"
        if previous is not None and self._women.get(previous, not feminine) in {feminine, None}:
            return previous
        for person in sorted(self.people, key=_start, reverse=True):
            if person.end <= before and self._women[person.name] in {feminine, None}:
                return person.name
        return self._titled(before, feminine=feminine)

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

    def known_office(self, at: int, limit: int) -> bool:
        """Whether a body or an office, no paper and no place, stands at ``at``."""
        if _PREPOSED.search(self.surface.plain, max(0, at - 14), at):
            return False
        if self._organisation_from(at, limit):
            return True
        span = self._noun_phrase(at, limit)
        words = [self.surface.low[s:e] for s, e in self.surface.next_words(*span)] if span else []
        return len(words) > 1 and self.vocabulary.head(words[1]) is not None

    def _is_place(self, at: int, limit: int) -> bool:
        return any(at <= place < min(limit, at + len("les ")) for place in self.places)

    def place(self, at: int, limit: int) -> str | None:
        """« indique-t-on à Bercy » → Bercy."""
        match = _PLACE.match(self.surface.plain, at, limit)
        if not match:
            return None
        for metonym in self.cues.metonyms:
            if self.surface.plain.startswith(metonym, match.end()):
                return self.surface.text[match.end() : match.end() + len(metonym)]
        return self.governed(match.start() + 1, limit)

    def at_line_start(self, at: int) -> PersonMention | None:
        """The person whose name opens the line at ``at``, after a dash."""
        while at < len(self.surface.plain) and self.surface.plain[at] in " –—-\n\t*•":
            at += 1
        line_end = self.surface.plain.find("\n", at)
        line = self.surface.plain[at : line_end if line_end >= 0 else None]
        if len(line.split()) > 25 or line.rstrip().endswith((".", ":")):  # noqa: PLR2004
            return None
        return next((p for p in self.people if at <= p.start <= at + len("Mme ")), None)

    def is_subject(self, start: int, person: PersonMention) -> bool:
        """Whether no preposition governs ``person`` in the clause that starts at ``start``."""
        return not _PREPOSED.search(self.surface.plain, max(start, person.start - 14), person.start)

    def named(self, at: int, limit: int) -> bool:
        """Whether a person or an organisation stands at ``at``."""
        return bool(self._person_from(at, limit) or self._organisation_from(at, limit))

    def known_source(
        self, at: int, limit: int, cue: str = "selon", *, acting: bool = False
    ) -> bool:
        """Whether ``cue`` at the left of ``at`` names somebody or a document.

        « d'après » takes nothing else; « selon » also takes « les cas », « la taille ».
        """
        at = self._skip_spaces(at, limit)
        contracted = _CONTRACTED.match(self.surface.low, at, limit) if cue != "selon" else None
        inner = contracted.end() if contracted else self._past(at, limit)
        if self.named(inner, limit) or self._metonym(inner):
            return True
        span = self._noun_phrase(inner if not contracted else at, limit, after=contracted and inner)
        if not span:
            return False
        words = [self.surface.low[s:e] for s, e in self.surface.next_words(*span)]
        if any(w in self.cues.sources or self.vocabulary.head(w) for w in words[:4]):
            return True
        noun = words[1] if len(words) > 1 else ""
        if noun in self.cues.anaphors and len(words) == 2:  # noqa: PLR2004
            return True
        if _OFFICE.match(self.surface.plain, inner) and (
            acting or not self._is_place(inner, limit)
        ):
            return True
        if cue.lower() != "selon" or _OWN.match(self.surface.plain, span[0]):
            return noun not in self.cues.things
        return bool(_AGENT.search(noun)) and noun not in self.cues.things

    def end_of(self, at: int, limit: int) -> int:
        """Where the noun phrase at ``at`` ends, the role apposed to a person included."""
        at = self._skip_spaces(at, limit)
        person = self._person_from(at, limit)
        if person:
            end = person.end
            if person.role:
                found = self.surface.text.find(person.role, end, min(limit, end + _REACH))
                end = found + len(person.role) if found >= 0 else end
            comma = self.surface.plain.find(",", end, limit)
            return comma if comma >= 0 and person.role and comma - end < _REACH else end
        organisation = self._organisation_from(at, limit)
        if organisation:
            return organisation.end
        contracted = _CONTRACTED.match(self.surface.low, at, limit)
        if contracted:
            span = self._noun_phrase(at, limit, after=contracted.end())
        else:
            span = self._noun_phrase(self._past(at, limit), limit)
        return span[1] if span else at

    def _person_from(self, at: int, limit: int) -> PersonMention | None:
        """The first person, where only civility and role stand between ``at`` and the name."""
        for person in self.people:
            if at <= person.start < min(limit, at + _REACH):
                gap = self.surface.plain[at : person.start]
                return person if self._is_title(gap, person) else None
        return None

    def _is_title(self, gap: str, person: PersonMention) -> bool:
        if not gap.strip() or re.fullmatch(
            r"(?:(?:M|MM|Mme|Mlle|Me|Dr|Pr)\.?|Monsieur|Madame) ", gap
        ):
            return True
        words = gap.replace("'", " ").replace(",", " ").split()
        has_head = any(self.vocabulary.head(w.lower()) for w in words[:4])
        return (
            has_head
            and bool(person.role)
            and not _PREPOSED.search(self.surface.plain[: person.start][-14:])
        )

    def _organisation_from(self, at: int, limit: int) -> OrganisationMention | None:
        for organisation in self.organisations:
            if at <= organisation.start < min(limit, at + len("d'après les")):
                gap = self.surface.low[at : organisation.start].strip()
                return (
                    organisation if gap in {"", "la", "le", "les", "l'", "à la", "à l'"} else None
                )
        return None

    def _words(self, at: int, limit: int) -> str | None:
        span = self._noun_phrase(at, limit)
        if not span:
            return None
        words = self.surface.text[span[0] : span[1]]
        if _OWN.match(self.surface.plain, span[0]):  # « selon ses calculs »: whose they are
            noun = next(
                (self.surface.low[s:e] for s, e in list(self.surface.next_words(*span))[1:]), ""
            )
            whose = self._owner(span[0]) or self._last_body(span[0])
            theirs = noun in self.cues.sources or _AGENT.search(noun)
            return whose or (words[0].lower() + words[1:] if theirs else None)
        first = self.surface.next_words(*span)
        heads = [self.vocabulary.head(self.surface.low[s:e]) for s, e in first]
        head = next((h for h in heads[:3] if h), None)
        by_role = self._by_role(head, words) if head else self._by_document(span)
        resolved = by_role or self._by_noun(span)
        return resolved or words[0].lower() + words[1:]

    def _by_role(self, head: str, words: str) -> str | None:
        """« la ministre » → the one minister of the document, where there is one."""
        if not words.lower().startswith(("le ", "la ", "l'", "l’")):
            return None
        names = {p.name for p in self.people if p.role and head in p.role.lower().split()}
        return names.pop() if len(names) == 1 else None

    def _by_document(self, span: tuple[int, int]) -> str | None:
        """« un rapport de la Cour des comptes » → Cour des comptes, « les calculs de X » → X."""
        for organisation in self.organisations:
            inside = span[0] <= organisation.start and organisation.end <= span[1]
            if inside and organisation.name != "État":  # « les services de l'État » speak
                return organisation.name
        papers = _PAPERS.match(self.surface.low, *span)
        return self.governed(papers.end(), span[1]) if papers else None

    def _by_noun(self, span: tuple[int, int]) -> str | None:
        """« un décompte du ministère », « l'agence » → the text's one organisation so called."""
        words = [self.surface.low[s:e] for s, e in self.surface.next_words(*span)]
        if self.surface.low.startswith(("le ", "la ", "l'"), span[0]) and len(words) == 2:  # noqa: PLR2004
            noun = words[1]
        elif len(words) > 2 and words[-2] in {"du", "la", "l"} and words[1] in self.cues.sources:  # noqa: PLR2004
            noun = words[-1]
        else:
            return None
        known = self._called(noun)
        if known:
            return known
        if noun in self.cues.anaphors and len(words) == 2:  # noqa: PLR2004
            before = [o for o in self.organisations if o.end <= span[0] and o.name != "État"]
            return before[-1].name if before else None
        return None

    def _called(self, noun: str) -> str | None:
        """The text's one organisation whose name begins by ``noun``."""
        names = {o.name for o in self.organisations if lowered(o.name).split()[0] == noun}
        return names.pop() if len(names) == 1 else None

    def _owner(self, at: int) -> str | None:
        """The last person named before ``at``."""
        before = [p for p in self.people if p.end <= at]
        return max(before, key=_start).name if before else None

    def _last_body(self, at: int) -> str | None:
        """The body named last before ``at``."""
        before = [o for o in self.organisations if o.end <= at and o.name != "État"]
        return before[-1].name if before else None

    def _noun_phrase(
        self, at: int, limit: int, *, after: int | None = None
    ) -> tuple[int, int] | None:
        """Determiner (which ends ``after``), noun and what goes with them, up to a preposition."""
        determiner = _DETERMINER.match(self.surface.plain, at, limit)
        first = after or (determiner.end() if determiner else None)
        if first is None:
            return None
        end, of, previous = first, False, ""
        for count, (start, word_end) in enumerate(self.surface.next_words(end, limit)):
            gap, word = self.surface.plain[end:start], self.surface.low[start:word_end]
            if gap not in {"", " ", "'"} or count >= _NOUN_PHRASE_WORDS:
                break
            if word in self.cues.stops and not (of and word in {"la", "le", "les"}):
                break
            if word[0].isdigit():
                break
            if count and (word in self.cues.finite or "-t-" in word):
                break
            if count and _PAST.search(word) and previous not in _OF | _ARTICLES:
                break
            of, previous = word in _OF, word
            end = word_end
        while self.surface.low[max(at, end - 4) : end].endswith(
            (" de", " du", " des", " d", " et", " la", " l")
        ):
            end = self.surface.plain.rfind(" ", at, end)
        return (at, end) if end > first else None

    def _phrase_start(self, start: int, end: int) -> int:
        """Where the subject starts in the clause: after its last comma, or at its head."""
        clause = self.surface.plain[start:end]
        lead = _LEAD.match(clause)
        comma = clause.rfind(", ", 0, max(0, len(clause) - 3))
        aside = clause.rstrip().endswith(",") and clause.startswith(("un ", "une "), comma + 2)
        if comma >= 0 and not aside and _DETERMINER.match(clause, comma + 2):
            return start + comma + 2
        return start + (lead.end() if lead else 0)

    def _pronoun_subject(self, start: int, end: int) -> str | None:
        words = [self.surface.low[s:e] for s, e in self.surface.next_words(start, end)]
        found = [word for word in words if word in {"il", "elle"}]
        return self.pronoun(found[-1], start, None) if found else None

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

    def _skip_spaces(self, at: int, limit: int) -> int:
        while at < limit and self.surface.plain[at] in " :":
            at += 1
        return at


def _start(mention: Mention) -> int:
    return mention.start
