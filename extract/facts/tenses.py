"""The status that a verb gives its figure, by its family and by its tense, mood and polarity."""

from __future__ import annotations

from spacy.tokens import Token

from recoupe.extract.annotations import text_of
from recoupe.extract.facts import markers
from recoupe.extract.facts.figure import Figure, Verdict, lemma_of, offsets_of
from recoupe.extract.facts.verbs import Reading, read_verb
from recoupe.records import Quantity, Status


def from_verb(figure: Figure, verb: Token) -> Verdict | None:
    """The verdict of one verb on one figure, ``None`` where it says nothing of it."""
    reading = read_verb(verb)
    lemma = lemma_of(verb)
    family = markers.verb_families().get(lemma) or supported(verb)
    if lemma == "être" and not _states(figure, verb):
        return None
    if lemma in markers.lemmas("equating", "set_to") and _is_set_by_law(figure):
        return Verdict(status="announced", marker=offsets_of(verb), strength=0.8)
    status = status_of(figure.quantity, lemma, family, reading)
    if status is None:
        return None
    if reading.aspect == "conditional" and _is_future_in_past(verb):
        status = (
            "announced" if figure.quantity.kind == "amount" or family == "announced" else "planned"
        )
        return Verdict(status=status, marker=offsets_of(verb), strength=0.8)
    return Verdict(
        status=status,
        marker=offsets_of(verb),
        negated=reading.negated,
        conditional=reading.aspect == "conditional",
        strength=0.85 if family else 0.5,
    )


def _is_set_by_law(figure: Figure) -> bool:
    """« la loi de finances a porté la dotation à N »: voted, not observed."""
    clause = text_of(figure.span.doc)[slice(*figure.clause)]
    return figure.quantity.kind == "amount" and bool(markers.voted().search(clause))


def _states(figure: Figure, copula: Token) -> bool:
    """« 76 sont vides », « le taux est de 12 % » state what is; « sont en chantier » does not."""
    predicate = copula.head
    return predicate is figure.head or predicate.pos_ in {"ADJ", "NUM"}


def supported(verb: Token) -> Status | None:
    """« faire l'objet d'un engagement », « bénéficier d'un versement »: the noun says it all."""
    if verb.lemma_ not in {"faire", "donner", "bénéficier", "procéder"}:
        return None
    for token in verb.doc[verb.i + 1 : verb.i + 7]:
        status = markers.strong_nouns().get(token.lemma_) or markers.weak_nouns().get(token.lemma_)
        if token.pos_ == "NOUN" and status in {
            "committed",
            "contracted",
            "paid",
            "cancelled",
            "achieved",
        }:
            return status
    return None


def status_of(
    quantity: Quantity, lemma: str, family: Status | None, reading: Reading
) -> Status | None:
    """The status that a verb of ``family`` read as ``reading`` gives; ``None`` for no opinion."""
    money = quantity.kind == "amount"
    if family == "none":
        return "none"
    if not money and lemma in markers.lemmas("money_only", "verbs"):
        return None
    if family == "paid" and _is_not_money(quantity, lemma):
        family = "achieved"
    if family == "committed" and not money and lemma in markers.lemmas("helped", "verbs"):
        family = "achieved"
    if money and lemma in markers.lemmas("opened_sums", "verbs"):
        family = "announced"
    if reading.negated:
        return _denied(family, reading, money=money)
    if reading.aspect in {"realised", "imperfect"}:
        return _past(quantity, lemma, family, reading)
    return _not_past(lemma, family, reading, money=money)


def _not_past(lemma: str, family: Status | None, reading: Reading, *, money: bool) -> Status | None:
    """What is conditional, to come, wished or present."""
    if reading.aspect == "conditional":
        return "estimated"
    if family in {"planned", "announced", "estimated"}:
        return family
    if reading.aspect == "future":
        return _future(family, reading, money=money)
    if reading.aspect == "infinitive":
        return _infinitive(family, reading)
    promises = "passive" if reading.passive else "verbs"
    if lemma in markers.lemmas("present_promises", promises):
        return "announced"
    if family == "achieved" and reading.passive and money and lemma not in _sums():
        return None
    if family is None and reading.passive and not money:
        return "achieved"
    return family


def _past(quantity: Quantity, lemma: str, family: Status | None, reading: Reading) -> Status | None:
    """What has happened; of a sum, only what says that it was spent, promised or summed up."""
    money = quantity.kind == "amount"
    if family in {"planned", "announced", "estimated"} and reading.aspect == "imperfect":
        return family
    if family is None:
        happened = reading.aspect == "realised" and not money and quantity.kind != "duration"
        return "achieved" if happened else None
    if family == "achieved" and money and lemma not in _sums():
        return None
    if not money and lemma in markers.lemmas("helped", "verbs"):
        return "achieved"
    return markers.realised_as().get(lemma, family)


def _sums() -> frozenset[str]:
    """Verbs of observation that state a sum rather than act with it."""
    return markers.lemmas("sums", "verbs") | markers.lemmas("equating", "verbs")


def _is_not_money(quantity: Quantity, lemma: str) -> bool:
    """« reçoit une douzaine de propriétaires » pays nothing; « 300 primes versées » does."""
    if quantity.kind == "amount" or lemma not in markers.lemmas("paid_money", "verbs"):
        return False
    if quantity.object is None:
        return False
    words = quantity.object.lower().replace("’", "'").split()
    nouns = markers.lemmas("paid_money", "nouns")
    return not any(word in nouns or word.rstrip("sx") in nouns for word in words)


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


def _infinitive(family: Status | None, reading: Reading) -> Status | None:
    if family == "cancelled":
        return "cancelled"
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
