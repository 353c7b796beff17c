"""Decide the status of a figure from the words that govern it, not from its sentence.

In order: a participle on its noun (« le milliard annoncé »), a noun that always decides (« l'objectif
de N »), a set phrase, the verb it depends on read with its tense and polarity, a noun that decides
where no verb does (« une enveloppe de N »), and last a deadline in the sentence.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from spacy.tokens import Doc, Span, Token

from recoupe.extract import markers
from recoupe.extract.verbs import Reading, read_verb
from recoupe.records import SIDES, Quantity, Status
from recoupe.records import Span as Offsets

_STATELESS = frozenset({"rank", "duration"})
#: A participle may stand so many tokens after the noun phrase it modifies.
_REACH = 9
_CLIMB = 6
_PARTICIPLE = re.compile(r"(?:é|ée|és|ées|is|ise|ises|us|ue|ues|it|its|ites|ert|erts|ertes|ert)$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """A status with the span that gave it and the flags beside it; ``strength`` lies in 0–1."""

    status: Status = "none"
    marker: Offsets | None = None
    negated: bool = False
    conditional: bool = False
    strength: float = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A quantity in its sentence: its tokens, the token that heads them, its clause."""

    quantity: Quantity
    span: Span
    head: Token
    clause: Offsets
    deadline: Offsets | None = None


def figure_of(
    doc: Doc, quantity: Quantity, clause: Offsets, *, deadline: Offsets | None = None
) -> Figure:
    """The tokens of ``quantity`` with what it counts, where that follows it.

    ``deadline`` is where its clause names one that was still to come (« d'ici 2027 »).
    """
    end = quantity.end
    if quantity.object_end is not None and quantity.object_end > end:
        gap = doc.text[end : quantity.object_start]
        end = quantity.object_end if len(gap) < 30 and not re.search(r"\d|\n", gap) else end  # noqa: PLR2004
    span = doc.char_span(quantity.start, end, alignment_mode="expand")
    return Figure(quantity=quantity, span=span, head=span.root, clause=clause, deadline=deadline)


def decide(figure: Figure, *, only_own: bool = False) -> Verdict:
    """The status of one figure, ``none`` where nothing governs it.

    ``only_own`` limits it to what stands on the figure itself: the 14 of « un seul des 14 a signé »
    signed nothing.
    """
    if figure.quantity.kind in _STATELESS:
        return Verdict()
    if figure.quantity.kind == "multiplier" and figure.head.pos_ == "VERB":
        return _from_verb(figure, figure.head) or Verdict()
    if only_own:
        return _modifier(figure) or _strong_noun(figure) or Verdict()
    for reader in (_expected, _modifier, _strong_noun, _phrase, _governing_verb, _weak_noun):
        verdict = reader(figure)
        if verdict is not None:
            return verdict
    return Verdict()


# --- what is only to be ---------------------------------------------------------------------------


def _expected(figure: Figure) -> Verdict | None:
    """« vise 1 200 logements rénovés », « 640 emplois créés d'ici 2023 »: the participle is no result."""
    own = _modifier(figure)
    if own is None or SIDES[own.status] != "reported":
        return None
    strong = _strong_noun(figure)
    if strong is not None and SIDES[strong.status] == "announced":
        return strong
    verdict = _phrase(figure) or _governing_verb(figure)
    if verdict is not None and verdict.status in {"planned", "estimated", "announced"} and not _is_past(figure, verdict):
        return verdict
    if figure.deadline is not None and not (verdict and verdict.status in {"paid", "committed"}):
        return Verdict(status="planned", marker=figure.deadline, strength=0.8)
    return None


def _is_past(figure: Figure, verdict: Verdict) -> bool:
    """Whether the marker is a participle that belongs to another noun (« prévus »)."""
    if verdict.marker is None:
        return False
    span = figure.span.doc.char_span(*verdict.marker, alignment_mode="expand")
    return span is not None and span.root.dep_ in {"acl", "amod"}


# --- participles on the noun ----------------------------------------------------------------------


def _modifier(figure: Figure) -> Verdict | None:
    """« 474 projets recensés », « 38,6 millions d'euros d'investissements engagés »."""
    token = _participle_after(figure)
    if token is None:
        token = _participle_child(figure)
    if token is None:
        return None
    return _participle_verdict(token)


def _participle_verdict(token: Token) -> Verdict | None:
    family = markers.verb_families().get(_lemma(token))
    if family is None:
        return None
    if family == "committed" and _lemma(token) in markers.lemmas("present_promises", "passive"):
        family = "announced"
    negated = any(child.lower_ in {"non", "pas", "jamais"} for child in token.lefts)
    if negated:
        family = "cancelled" if family in {"paid", "committed"} else "none"
    return Verdict(status=family, marker=_offsets(token), negated=negated, strength=0.95)


def _participle_after(figure: Figure) -> Token | None:
    doc, position = figure.span.doc, figure.span.end
    depth = 0
    for token in doc[position : position + _REACH]:
        if token.is_sent_start or token.text in {";", ":", "."} or token.pos_ in {"SCONJ", "CCONJ"}:
            return None
        depth += (token.text == "(") - (token.text == ")")
        if depth > 0 or token.text == ")":
            continue
        if token.idx >= figure.clause[1]:
            return None
        if token.pos_ == "AUX" or token.morph.get("Mood") or token.pos_ == "PRON" or token.text == ",":
            return None
        if _is_participle(token) and not _opens_complement(token):
            return token if _agrees(token, figure) else None
        if token.like_num and token.pos_ == "NUM":
            return None
    return None


def _is_participle(token: Token) -> bool:
    if token.pos_ not in {"VERB", "ADJ"}:
        return False
    if "Part" in token.morph.get("VerbForm"):
        return "Pres" not in token.morph.get("Tense")
    return bool(_PARTICIPLE.search(token.lower_)) and _lemma(token) in markers.verb_families()


def _opens_complement(token: Token) -> bool:
    """« les maires des communes concernées »: agreement is checked by the caller."""
    return any(child.dep_ in {"aux:tense", "aux:pass"} for child in token.lefts)


def _agrees(token: Token, figure: Figure) -> bool:
    """Whether the participle may agree with the figure's noun rather than with a complement."""
    number = token.morph.get("Number")
    plural = figure.quantity.value is None or abs(figure.quantity.value) >= 2  # noqa: PLR2004
    if not number:
        return True
    if figure.head.lemma_ in {"milliard", "million"} and number == ["Sing"]:
        return abs(figure.quantity.value or 0) < 2 * 10**9 and not plural or figure.head.text in {"milliard", "million"}
    nearest = token.doc[token.i - 1]
    if number == ["Sing"] and plural and figure.quantity.kind != "percent":
        return False
    own_gender, gender = figure.head.morph.get("Gender"), token.morph.get("Gender")
    mismatch = own_gender and gender and own_gender != gender and nearest is not figure.head
    return not (mismatch and nearest.pos_ in {"NOUN", "PROPN"} and nearest.morph.get("Gender") == gender and figure.quantity.kind == "count")


def _participle_child(figure: Figure) -> Token | None:
    heads = [figure.head]
    for child in figure.head.children:
        if child.dep_ == "nmod" and child.i > figure.head.i and child.lemma_ in {"euro", "investissement", "subvention", "crédit", "aide", "financement"}:
            heads.append(child)
    for head in heads:
        for child in head.rights:
            relative = child.dep_ == "acl:relcl" and child.i - head.i <= _REACH and _lemma(child) in markers.verb_families()
            if (child.dep_ == "acl" and _is_participle(child)) or (relative and _is_relative_object(child)):
                if child.i - head.i <= _REACH + 3:
                    return child
    return None


def _is_relative_object(verb: Token) -> bool:
    """« les 9 millions qu'il avait promis », « 300 logements qui ont été livrés »."""
    reading = read_verb(verb)
    if reading.aspect not in {"realised", "imperfect"}:
        return False
    pronoun = next((t for t in verb.lefts if t.lower_ in {"que", "qu'", "qu’", "qui"}), None)
    return pronoun is not None and (pronoun.lower_ != "qui" or reading.passive)


# --- nouns before ---------------------------------------------------------------------------------


def _strong_noun(figure: Figure) -> Verdict | None:
    return _noun(figure, markers.strong_nouns(), strength=0.9)


def _weak_noun(figure: Figure) -> Verdict | None:
    verdict = _noun(figure, markers.weak_nouns(), strength=0.6)
    if verdict and verdict.status == "announced" and figure.quantity.kind not in {"amount", "count", "number"}:
        return None
    return verdict


def _noun(figure: Figure, table: object, *, strength: float) -> Verdict | None:
    for noun in _governing_nouns(figure):
        status = table.get(noun.lemma_.lower())  # type: ignore[attr-defined]
        if status is not None:
            return Verdict(status=status, marker=_offsets(noun), strength=strength)
        if noun.lemma_.lower() not in markers.through_nouns():
            return None
    return None


def _governing_nouns(figure: Figure) -> list[Token]:
    """Nouns before the figure that it completes: « une enveloppe totale de N », « l'objectif est de N »."""
    nouns: list[Token] = []
    linked = False
    position = figure.span.start - 1
    while position >= figure.span.sent.start and figure.span.start - position < 12:  # noqa: PLR2004
        token = figure.span.doc[position]
        if token.idx < figure.clause[0] or token.text in {";", ",", ".", "(", ")"}:
            break
        if token.pos_ == "NOUN" and linked:
            nouns.append(token)
            linked = False
        elif token.pos_ in {"NOUN", "PROPN", "PRON", "SCONJ", "CCONJ"}:
            break
        elif token.lower_ in {"de", "d'", "d’", "des", "du", "à", ":", "aux", "est", "était", "sera", "reste", "pour"}:
            linked = True
        elif token.pos_ == "VERB" and not _is_participle(token):
            break
        position -= 1
    return nouns


# --- phrases --------------------------------------------------------------------------------------


def _phrase(figure: Figure) -> Verdict | None:
    text = figure.span.doc.text
    start, end = figure.clause
    quantity = figure.quantity
    after_end = quantity.object_end if quantity.object_end and quantity.object_end > quantity.end else quantity.end
    best: tuple[int, Verdict] | None = None
    for match in markers.phrases("before").finditer(text, start, quantity.start):
        gap = quantity.start - match.end()
        best = _nearer(best, gap, markers.phrase_status("before", match["form"]), match.span())
    for match in markers.phrases("after").finditer(text, after_end, end):
        gap = match.start() - after_end
        best = _nearer(best, gap, markers.phrase_status("after", match["form"]), match.span())
    return best[1] if best else None


def _nearer(
    best: tuple[int, Verdict] | None, gap: int, status: Status, span: Offsets
) -> tuple[int, Verdict] | None:
    limit = 40
    if gap > limit or (best is not None and best[0] <= gap):
        return best
    return gap, Verdict(status=status, marker=span, strength=0.8, conditional=status == "estimated")


# --- verbs ----------------------------------------------------------------------------------------


def _governing_verb(figure: Figure) -> Verdict | None:
    verb, path = _climb(figure.head)
    if verb is None:
        verb = _nearest_verb(figure)
        path = []
    if verb is None or not _reaches(figure, verb, path):
        return _deadline(figure)
    if _lemma(verb) in markers.lemmas("equating", "verbs") and verb.i < figure.head.i:
        subject = _subject_verdict(verb)
        if subject is not None:
            return subject
    if figure.quantity.kind == "amount" and _is_active_subject(verb, [figure.head, *path]):
        return None
    verdict = _from_verb(figure, verb)
    if verdict is None or verdict.status == "none" or (verdict.status == "achieved" and read_verb(verb).aspect == "present"):
        return _deadline(figure) or verdict
    return verdict


def _deadline(figure: Figure) -> Verdict | None:
    """« 300 logements d'ici 2027 »: planned, where no verb says otherwise."""
    if figure.deadline is None:
        return None
    return Verdict(status="planned", marker=figure.deadline, strength=0.7)


_ARGUMENTS = frozenset({"à", "de", "d'", "d’", "au", "aux", "des", "du"})


def _reaches(figure: Figure, verb: Token, path: list[Token]) -> bool:
    """Whether the verb says something of the figure and not only of a noun that it completes.

    « deux parkings de 180 places ont été livrés »: the 180 are not what was delivered; nor are the
    31 of « a ouvert dans 31 cellules ».
    """
    chain = path or [figure.head]
    for noun in chain[1:]:
        if noun.pos_ == "NOUN" and noun.lemma_.lower() not in markers.through_nouns() | markers.weak_nouns().keys():
            return figure.quantity.kind in {"percent", "ratio"} and noun.dep_.startswith("nsubj")
    if not chain[-1].dep_.startswith("obl"):
        return True
    preposition = next((c.lower_ for c in chain[-1].lefts if c.dep_ == "case"), None)
    allowed = _ARGUMENTS | ({"pour", "avec", "sur"} if figure.quantity.kind == "amount" else frozenset())
    return preposition is None or preposition in allowed


def _climb(token: Token) -> tuple[Token | None, list[Token]]:
    path: list[Token] = []
    current = token
    for _ in range(_CLIMB):
        if current.pos_ in {"VERB", "AUX"}:
            return current, path
        copula = next((child for child in current.children if child.dep_ == "cop"), None)
        if copula is not None:
            return copula, path
        if current.head is current:
            return None, path
        path.append(current)
        current = current.head
    return None, path


def _nearest_verb(figure: Figure) -> Token | None:
    start, end = figure.clause
    verbs = [
        token
        for token in figure.span.sent
        if token.pos_ == "VERB"
        and start <= token.idx < end
        and (_lemma(token) in markers.verb_families() or _supported(token))
    ]
    return min(verbs, key=lambda token: abs(token.i - figure.head.i), default=None)


def _is_active_subject(verb: Token, path: list[Token]) -> bool:
    """« le fonds de 12 M€ a financé 30 projets »: the sum is not what was financed."""
    if read_verb(verb).passive:
        return False
    under = path[-1] if path else None
    has_object = any(child.dep_ in {"obj", "xcomp", "ccomp"} for child in verb.children)
    return under is not None and under.dep_ == "nsubj" and has_object


def _subject_verdict(verb: Token) -> Verdict | None:
    """« Le montant engagé s'élève à N », « l'objectif est de N »: the subject's own marker."""
    subject = next((child for child in verb.lefts if child.dep_.startswith("nsubj")), None)
    if subject is None and verb.dep_ == "cop":
        subject = next((c for c in verb.head.lefts if c.dep_.startswith("nsubj")), None)
    if subject is None:
        return None
    for child in subject.rights:
        if _is_participle(child) and (verdict := _participle_verdict(child)):
            return verdict
    lemma = subject.lemma_.lower()
    strong = markers.strong_nouns().get(lemma)
    if strong is not None:
        return Verdict(status=strong, marker=_offsets(subject), strength=0.85)
    reading = read_verb(verb)
    weak = markers.weak_nouns().get(lemma)
    if weak in {"announced", "committed", "contracted"} and reading.aspect in {"present", "imperfect", "realised"}:
        return Verdict(status=weak, marker=_offsets(subject), strength=0.6)
    return None


def _from_verb(figure: Figure, verb: Token) -> Verdict | None:
    reading = read_verb(verb)
    lemma = _lemma(verb)
    family = markers.verb_families().get(lemma) or _supported(verb)
    if lemma == "être" and not _states(figure, verb):
        return None
    status = _status(figure.quantity, lemma, family, reading)
    if status is None:
        return None
    if reading.aspect == "conditional" and _is_future_in_past(verb):
        status = "announced" if figure.quantity.kind == "amount" or family == "announced" else "planned"
        return Verdict(status=status, marker=_offsets(verb), strength=0.8)
    return Verdict(
        status=status,
        marker=_offsets(verb),
        negated=reading.negated,
        conditional=reading.aspect == "conditional",
        strength=0.85 if family else 0.5,
    )


def _states(figure: Figure, copula: Token) -> bool:
    """« 76 sont vides », « le taux est de 12 % » state what is; « sont en chantier » does not."""
    predicate = copula.head
    return predicate is figure.head or predicate.pos_ in {"ADJ", "NUM"}


def _supported(verb: Token) -> Status | None:
    """« faire l'objet d'un engagement », « bénéficier d'un versement »: the noun says it all."""
    if verb.lemma_ not in {"faire", "donner", "bénéficier", "procéder"}:
        return None
    for token in verb.doc[verb.i + 1 : verb.i + 7]:
        status = markers.strong_nouns().get(token.lemma_) or markers.weak_nouns().get(token.lemma_)
        if token.pos_ == "NOUN" and status in {"committed", "contracted", "paid", "cancelled", "achieved"}:
            return status
    return None


def _status(
    quantity: Quantity, lemma: str, family: Status | None, reading: Reading
) -> Status | None:
    """The status that a verb of ``family`` read as ``reading`` gives; ``None`` for no opinion."""
    money = quantity.kind == "amount"
    if reading.negated:
        return _denied(family, reading, money=money)
    if reading.aspect == "conditional":
        return "estimated"
    if family in {"planned", "announced", "estimated"} and reading.aspect != "realised":
        return family
    if reading.aspect == "future":
        return _future(family, reading, money=money)
    if reading.aspect == "infinitive":
        return _infinitive(lemma, family, reading, money=money)
    if reading.aspect == "present" and not reading.passive:
        promise = lemma in markers.lemmas("present_promises", "verbs")
        return "announced" if promise else family
    if reading.passive and reading.aspect == "present":
        return family
    if family is None:
        return "achieved" if reading.aspect == "realised" and not money and quantity.kind != "duration" else None
    if family == "achieved" and money and lemma not in markers.lemmas("equating", "verbs") | {"coûter", "totaliser", "passer", "perdre", "gagner", "vendre", "produire", "enregistrer", "réaliser", "exporter"}:
        return None
    return markers.realised_as().get(lemma, family)


def _denied(family: Status | None, reading: Reading, *, money: bool) -> Status:
    if reading.not_yet or family not in {"paid", "committed"} or not money:
        return "none"
    return "cancelled" if reading.aspect in {"realised", "future"} else "none"


def _future(family: Status | None, reading: Reading, *, money: bool) -> Status | None:
    if family == "cancelled":
        return "cancelled"
    if reading.anterior or not money:
        return "planned"
    return "announced" if family in {"committed", "paid", "announced", "contracted"} else "planned"


def _infinitive(lemma: str, family: Status | None, reading: Reading, *, money: bool) -> Status | None:
    if reading.modal in markers.lemmas("governing", "announced"):
        return "announced"
    if reading.modal == "pouvoir":
        return None
    if reading.modal in markers.lemmas("governing", "planned"):
        return "planned"
    if reading.modal in markers.lemmas("governing", "realised"):
        return family
    return "planned" if family in {"achieved", "committed", "contracted", "paid"} else family


def _is_future_in_past(verb: Token) -> bool:
    """« a annoncé que 25 territoires bénéficieraient »: the conditional after a past cue."""
    if verb.dep_ not in {"ccomp", "conj", "xcomp"}:
        return False
    governor = verb.head
    if governor.lemma_ not in markers.lemmas("reporting", "announcing"):
        return False
    return read_verb(governor).aspect in {"realised", "imperfect"}


def _lemma(token: Token) -> str:
    return token.lemma_.lower()


def _offsets(token: Token) -> Offsets:
    return token.idx, token.idx + len(token)


def weakened(verdict: Verdict, *, to: float) -> Verdict:
    """The same verdict, no stronger than ``to``."""
    return replace(verdict, strength=min(verdict.strength, to))
