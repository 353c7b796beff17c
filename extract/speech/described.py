"""Noun phrases that stand for a speaker: « le préfet », « un rapport de la Cour des comptes »."""

from __future__ import annotations

import re

from recoupe.extract.speech.named import PREPOSED, REACH, Named
from recoupe.extract.surface import lowered
from recoupe.records import OrganisationMention

DETERMINER = re.compile(
    r"(?:les |le |la |l'|un |une |des |plusieurs |certains |certaines |son |sa |ses |leur |leurs |"
    r"beaucoup de |beaucoup d'|bon nombre de |nombre de |la plupart des |une partie des |"
    r"notre |mon |ma |mes |nos |votre |vos |ce |cette |d'autres |de nombreux |de nombreuses |deux |"
    r"trois |quatre )",
    re.IGNORECASE,
)
_MANY = re.compile(r"(?:les|des|ses|leurs|ces|nos|plusieurs|certaine?s|deux|trois|quatre) ")
_OF = frozenset({"de", "du", "des", "d"})
_ARTICLES = frozenset({"la", "le", "les", "l"})
#: « selon ses propres pointages »: whose they are.
OWN = re.compile(
    r"(?:ses|leurs|son|leur) (?:propres? )?(?!porte-parole|président|maire|direct|avocat|expert|"
    r"comptable|conseil|adjoint|délégué|secrétaire|collègue|associé|patron|trésor|équipe|entourage|"
    r"cabinet|syndicat|médecin|ministre|prédécesseu|successeu|voisin|confrère|partenaire|client|"
    r"salarié|propriétaire|locataire|père|mère|fils|fille|frère|sœur|mari\b|femme|époux|épouse|chef|"
    r"responsable|représentant|fondat|gérant|dirigeant|cadre|employeu|banqui|notaire|architecte)[a-zà-ÿ]+",
    re.IGNORECASE,
)
#: « selon le gestionnaire, les exploitants, une chercheuse »: nouns of those who do something.
AGENT = re.compile(r"(?:eur|euse|trice|iste|ien|ienne|aire|ant|ante|if|ive)s?$")
_PAST = re.compile(r"(?:é|ée|és|ées)$")
_WOULD = re.compile(r"(?<!po)(?<!ext)(?<!ret)(?<!att)(?<!\bt)rai(?:en)?t$")
CONTRACTED = re.compile(r"(?:du|des|au|aux) ")
_OF_OR_AT = re.compile(r"(?:de |d'|à |dans (?!le cadre)|chez |auprès de |du côté de )")
#: « l'Ordre », « la Ville », « le Département »: a capital makes it a body.
_OFFICE = re.compile(r"(?:[Ll]'|[Ll]a |[Ll]e )[A-ZÀ-Þ][a-zà-ÿ]{3,}")
_ACRONYM = re.compile(r"[A-ZÀ-Þ]{2,}")
#: « celui-ci », « ces derniers »
LATTER = re.compile(
    r"(?:celui-ci|celle-ci|ceux-ci|celles-ci|ce dernier|cette dernière|ces derni(?:er|ère)s)\b"
)
_ONE = re.compile(r"(?:le |la |l')")
_NOUN_PHRASE_WORDS = 8


class Described(Named):
    """Noun phrases that may stand for a speaker."""

    def is_agent(self, speaker: str) -> bool:
        """Whether the name or the words are of somebody who can say a figure."""
        if self.is_named(speaker) or speaker in self.proper or speaker in self.cues.metonyms:
            return True
        if any(
            _ACRONYM.fullmatch(word)
            for word in speaker.replace("’", "'").split("'")[-1].split()[:2]
        ):
            return True  # « le GIP chargé du désordre foncier »
        words = lowered(speaker).replace("'", " ").split()[1:3]
        return any(
            word in self.cues.sources
            or word in self.cues.anaphors
            or (word not in self.cues.things and (self.vocabulary.head(word) or AGENT.search(word)))
            for word in words
        )

    def known_source(
        self, at: int, limit: int, cue: str = "selon", *, acting: bool = False
    ) -> bool:
        """Whether ``cue`` at the left of ``at`` names somebody or a document.

        « d'après » takes nothing else; « selon » also takes « les cas », « la taille ».
        """
        at = self._skip_spaces(at, limit)
        contracted = CONTRACTED.match(self.surface.low, at, limit) if cue != "selon" else None
        inner = contracted.end() if contracted else self._past(at, limit)
        if (
            self.named(inner, limit)
            or self._metonym(inner)
            or LATTER.match(self.surface.low, inner)
        ):
            return True
        span = self._noun_phrase(inner if not contracted else at, limit, after=contracted and inner)
        if not span:
            return False
        words = [self.surface.low[s:e] for s, e in self.surface.next_words(*span)]
        if any(w in self.cues.sources or self.vocabulary.head(w) for w in words[:4]):
            return True
        rest = [word for word in words[1:] if word not in self.vocabulary.before]
        noun = rest[0] if rest else ""
        if noun in self.cues.anaphors and len(words) == 2:  # noqa: PLR2004
            return True
        if _OFFICE.match(self.surface.plain, inner) and (
            acting or not self._is_place(inner, limit)
        ):
            return True
        if cue.lower() != "selon" or OWN.match(self.surface.plain, span[0]):
            return noun not in self.cues.things
        return bool(AGENT.search(noun)) and noun not in self.cues.things

    def thinks(self, at: int, limit: int) -> bool:
        """« Pour X », « pour le maire », « pour le collectif »: an opinion, no beneficiary."""
        if self.named(at, limit):
            return True
        one = _ONE.match(self.surface.low, at, limit)
        word = next(self.surface.next_words(one.end(), limit), None) if one else None
        if word is None:
            return False
        noun = self.surface.low[slice(*word)]
        return noun in self.cues.thinkers or self.is_office(*word)

    def is_office(self, start: int, end: int) -> bool:
        """Whether the word at ``start:end`` is one of those that begin a role."""
        return self.vocabulary.head(self.surface.low[start:end]) is not None

    def known_office(self, at: int, limit: int) -> bool:
        """Whether a body or an office, no paper and no place, stands at ``at``."""
        if PREPOSED.search(self.surface.plain, max(0, at - 14), at):
            return False
        if self._organisation_from(at, limit):
            return True
        span = self._noun_phrase(at, limit)
        words = [self.surface.low[s:e] for s, e in self.surface.next_words(*span)] if span else []
        return len(words) > 1 and self.vocabulary.head(words[1]) is not None

    def end_of(self, at: int, limit: int) -> int:
        """Where the noun phrase at ``at`` ends, the role apposed to a person included."""
        at = self._skip_spaces(at, limit)
        person = self._person_from(at, limit)
        if person:
            end = person.end
            if person.role:
                found = self.surface.text.find(person.role, end, min(limit, end + REACH))
                end = found + len(person.role) if found >= 0 else end
            comma = self.surface.plain.find(",", end, limit)
            return comma if comma >= 0 and person.role and comma - end < REACH else end
        organisation = self._organisation_from(at, limit)
        if organisation:
            return organisation.end
        contracted = CONTRACTED.match(self.surface.low, at, limit)
        if contracted:
            span = self._noun_phrase(at, limit, after=contracted.end())
        else:
            span = self._noun_phrase(self._past(at, limit), limit)
        if span is None:
            return at
        body = self._body_at_end(span)
        return body.end if body and body.end <= limit else span[1]

    def _body_at_end(self, span: tuple[int, int]) -> OrganisationMention | None:
        """« le cabinet Rives & | Cités »: the body whose name the words end in."""
        for body in self.organisations:
            ends = span[0] < body.start < span[1] <= body.end
            if ends and self.is_subject(span[0], body):
                return body
        return None

    def _past(self, at: int, limit: int) -> int:
        preposition = _OF_OR_AT.match(self.surface.low, at, limit)
        return preposition.end() if preposition else at

    def _noun_phrase(
        self, at: int, limit: int, *, after: int | None = None
    ) -> tuple[int, int] | None:
        """Determiner (which ends ``after``), noun and what goes with them, up to a preposition."""
        determiner = DETERMINER.match(self.surface.plain, at, limit)
        first = after or (determiner.end() if determiner else None)
        if first is None:
            return None
        many = _MANY.match(self.surface.low, at) is not None
        end, previous = first, ""
        for count, (start, word_end) in enumerate(self.surface.next_words(end, limit)):
            gap, word = self.surface.plain[end:start], self.surface.low[start:word_end]
            if gap not in {"", " ", "'"} or count >= _NOUN_PHRASE_WORDS or word[0].isdigit():
                break
            if word in self.cues.stops and not (previous in _OF and word in {"la", "le", "les"}):
                break
            if count and self._is_verb(word, previous, many=many):
                break
            previous, end = word, word_end
        while self.surface.low[max(at, end - 4) : end].endswith(
            (" de", " du", " des", " d", " et", " la", " l")
        ):
            end = self.surface.plain.rfind(" ", at, end)
        return (at, end) if end > first else None

    def _is_verb(self, word: str, previous: str, *, many: bool) -> bool:
        """« la chambre | relève », « l'entretien | coûterait », « les artisans | attendent »."""
        if word in self.cues.finite or "-t-" in word or _WOULD.search(word):
            return True
        plural = many and word.endswith("ent")
        return previous not in _OF | _ARTICLES and bool(plural or _PAST.search(word))
