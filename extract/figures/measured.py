"""What an amount, a share or a measure is of, read from the syntax around it.

« 26 millions d'euros de subventions »             after it, behind « de »
« le marché de travaux, conclu pour 26,4 M€ »      the noun that it completes
« le coût de l'opération est estimé à 41,5 M€ »    the subject of a verb that measures
« chiffre le trop-perçu à 0,8 M€ »                 the object of one that values
« le solde, soit 3,2 M€ » « de 62 % à 71 % »       the same as of the figure before

Nothing is said of the money that somebody gives, pays or promises (« la Région apporte 24 M€ »):
its subject is who pays, not what is paid for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise

from spacy.tokens import Span as SpacySpan
from spacy.tokens import Token

from recoupe.extract.figures.draft import Draft
from recoupe.extract.figures.numerals import SP
from recoupe.extract.figures.objects import TokenIndex, phrase_at
from recoupe.extract.figures.subjects import subject_by_words
from recoupe.extract.layout import Layout
from recoupe.extract.phrases import either, vocabulary
from recoupe.records import Span

_MEASURED = frozenset({"amount", "measure", "percent", "point", "duration", "ratio", "multiplier"})
_NOMINAL = frozenset({"nmod", "appos", "parataxis", "dep", "conj", "acl", "amod", "flat"})
_SUBJECTS = frozenset({"nsubj", "nsubj:pass", "nsubj:caus", "csubj"})
_COMPLEMENTS = frozenset({"obl", "obj", "xcomp", "advmod", "ccomp", "iobj", "attr"})
_RAISING = frozenset({"xcomp", "conj", "aux", "cop", "advcl", "acl"})
#: How many links of the tree are climbed at most.
_CLIMB = 6
_SEPARATED = re.compile(r"[:(,;–—]")
#: « , soit 23 % », « à 12 % », « contre 640 000 € », « mais à 6,3 M€ »
_SAME = re.compile(
    rf"{SP}?\(?,?{SP}?(?:soit|contre|puis|et{SP}non|non|mais|au{SP}lieu{SP}(?:de|des|d['’])|après|à|jusqu['’]à|ou)"
    rf"(?:{SP}(?:encore|plus|moins|près|environ|seulement|à|de|d['’]|les|des|quelque))*{SP}?"
)


#: « 1,28 milliard d'aides et en a payé 894 millions »
_OF_IT = re.compile(rf"(?i)(?<![\w-])en{SP}(?:a|ont|avait|avaient){SP}[\w'’]+{SP}$")
#: « 3,9 % en 2024, | 1,8 % en 2017 »
_DATED = re.compile(
    rf"{SP}+(?:en|au|à|fin|début|dès){SP}[^.;:,()\n]{{2,28}},?{SP}(?:(?:puis|et|contre){SP})?"
    rf"(?:(?:plus|moins|près){SP}de{SP}|environ{SP})?"
)
#: « 9,9 millions d'euros pour le département, au lieu des | 12,4 millions annoncés »
_AGAINST = re.compile(
    rf"[^.;:!?\n]{{0,60}}(?:,|\(){SP}?(?:contre|au{SP}lieu{SP}(?:de|des|d['’])|après){SP}*"
    rf"(?:(?:les|plus{SP}de|moins{SP}de|près{SP}de|environ|quelque){SP}*)*"
)
#: « 85 % d'entre eux »: of what was spoken of before, no noun here.
_OF_THEM = re.compile(rf"{SP}+d['’]entre{SP}")


def share_objects(index: TokenIndex, drafts: Sequence[Draft]) -> None:
    """Give figures that have none the object of the one beside, where the two are of one."""
    for before, draft in pairwise(drafts):
        if draft.object_span is None and draft.kind in _MEASURED:
            draft.object_span = _shared(index, before, draft)
    for draft, after in pairwise(drafts):
        between = index.text[draft.end : after.start]
        from_to = draft.kind == after.kind and _TO.fullmatch(between)
        if draft.object_span is None and from_to:
            draft.object_span = after.object_span
    for position, draft in enumerate(drafts):
        if draft.object_span is None and draft.kind in {"percent", "ratio"}:
            draft.object_span = _restated(
                index.text, drafts[max(0, position - 3) : position], draft
            )


#: « passe de 1,72 | à | 1,95 euro »
_TO = re.compile(rf"{SP}+à{SP}+(?:près{SP}de{SP}|plus{SP}de{SP}|environ{SP})?")
#: « 252 sont donc engagés, soit | 81 % », « 71 400 demandes traitées, dont | 83 % sans renvoi »
_RESTATES = re.compile(
    rf"(?:,|\(){SP}?(?:soit|dont){SP}+(?:(?:près{SP}de|plus{SP}de|moins{SP}de|environ|quelque|un{SP}peu{SP}plus{SP}d['’]|"
    rf"un{SP}peu{SP}plus{SP}de|un{SP}peu{SP}moins{SP}d['’]|à{SP}peine){SP}*)?$"
)


def _restated(text: str, before: Sequence[Draft], draft: Draft) -> Span | None:
    """The object of the last figure of the sentence that a share says again or parts."""
    for other in reversed(before):
        between = text[other.end : draft.start]
        if re.search(r"[.;!?\n:]", between):
            return None
        if other.object_span is not None and other.kind in {"count", "amount", "measure"}:
            return other.object_span if _RESTATES.search(between) else None
    return None


def give_measured(index: TokenIndex, layout: Layout, drafts: Sequence[Draft]) -> None:
    """Set ``object_span`` of each draft with a unit that has none yet, but for those of tables."""
    taken = [(draft.start, draft.end) for draft in drafts]
    for position, draft in enumerate(drafts):
        if draft.kind not in _MEASURED or draft.object_span is not None:
            continue
        if layout.is_row(layout.line_at(draft.start)) or _OF_THEM.match(index.text, draft.end):
            continue
        funds = _in_funds(index.text, draft)
        noun = None if funds else _governing(index, draft)
        place = funds or (phrase_at(noun) if noun is not None else None)
        if noun is not None and draft.per is None:
            draft.per = each(noun)
        if noun is not None and _is_each(noun):
            continue  # « chaque écluse a coûté N »: for each, and of none
        if place is not None and not any(
            start < place[1] and place[0] < end for start, end in taken
        ):
            draft.object_span = place
        elif position:
            draft.object_span = _shared(index, drafts[position - 1], draft)


def _in_funds(text: str, draft: Draft) -> Span | None:
    """« 5,5 millions en crédits de paiement », « En crédits de paiement, 3,1 M€ sont versés »."""
    if draft.kind != "amount":
        return None
    after, before = _funds()
    window = max(0, draft.start - _FUNDS_REACH)
    match = after.match(text, draft.end) or before.search(text, window, draft.start)
    return match.span("funds") if match else None


#: « En crédits de paiement, » stands at most so many characters before its amount.
_FUNDS_REACH = 60


@cache
def _funds() -> tuple[re.Pattern[str], re.Pattern[str]]:
    funds = either(vocabulary("quantities")["measured"]["funds"])
    return (
        re.compile(rf"(?:{SP}+[\w'’-]+){{0,4}}?{SP}+en{SP}+(?P<funds>{funds})(?!\w)"),
        re.compile(rf"(?i)(?<!\w)en{SP}+(?P<funds>{funds}),{SP}+$"),
    )


def _shared(index: TokenIndex, before: Draft, draft: Draft) -> Span | None:
    """The object of the figure right before, where the two are of one thing."""
    between = index.text[before.end : draft.start]
    if before.object_span is None or re.search(r"[.!?\n]", between):
        return None
    if _SAME.fullmatch(between):
        alike = before.kind == draft.kind or "soit" in between
        return before.object_span if alike and draft.kind != "duration" else None
    alike = before.kind == draft.kind and before.unit == draft.unit
    if alike and (_DATED.fullmatch(between) or _AGAINST.fullmatch(between)):
        return before.object_span
    if draft.kind == before.kind == "amount" and _OF_IT.search(between):
        return before.object_span
    following = index.after(draft.end)
    answered = bool(following) and following[0].pos_ in {"AUX", "VERB"}
    of_them = draft.kind in {"percent", "ratio"} and before.kind == "count" and answered
    return before.object_span if of_them else None


def _is_each(noun: Token) -> bool:
    return any(child.lower_ == "chaque" for child in noun.lefts)


def each(noun: Token) -> str | None:
    """« le coût moyen d'un logement », « chaque écluse »: the amount is for each of these."""
    if _is_each(noun):
        return noun.lower_
    if noun.lemma_.lower() not in _prices():
        return None
    one = (
        child
        for child in noun.rights
        if child.dep_ == "nmod"
        and child.pos_ == "NOUN"
        and any(left.lower_ in {"un", "une"} for left in child.lefts)
    )
    return next((child.lower_ for child in one), None)


@cache
def _prices() -> frozenset[str]:
    return frozenset(vocabulary("quantities")["measured"]["prices"])


def _governing(index: TokenIndex, draft: Draft) -> Token | None:
    span = index.doc.char_span(draft.start, draft.end, alignment_mode="expand")
    if span is None:
        return None
    for noun in (
        _adjacent(span),
        _by_tree(index, span),
        _behind_stop(span),
        _behind_figure(span),
        subject_by_words(span, draft.kind),
    ):
        if noun is not None and (noun := _counted_in(noun)) is not None:
            place = phrase_at(noun)
            apart = place[1] <= draft.start or place[0] >= draft.end
            apart = apart and ";" not in index.text[place[1] : draft.start]
            if apart and _may_be_measured(noun, draft):
                return noun
    return None


def _counted_in(noun: Token) -> Token | None:
    """« le montant des subventions s'élève à N »: it is of the subventions."""
    if noun.lemma_ not in _hollow():
        return noun
    inner = next((t for t in noun.rights if t.dep_ == "nmod" and t.pos_ == "NOUN"), None)
    if inner is not None and inner.lemma_ not in _hollow():
        return inner
    return noun if noun.lemma_ in _sums() else None


def _before(span: SpacySpan, *, stops: frozenset[str]) -> tuple[Token | None, str]:
    """The first token left of the figure past approximators and linking words, and those words."""
    doc, position = span.doc, span.start - 1
    passed: list[str] = []
    while position >= span.sent.start and (
        doc[position].lower_ in _linking() or doc[position].text in stops or doc[position].is_space
    ):
        passed.insert(0, doc[position].lower_)
        position -= 1
    return (doc[position] if position >= span.sent.start else None), " ".join(passed)


@cache
def _linking() -> frozenset[str]:
    return frozenset(vocabulary("quantities")["measured"]["linking"])


def _behind_figure(span: SpacySpan) -> Token | None:
    """« estimait à 3,1 milliards le surcoût »: what is valued stands right after its value."""
    after = span.doc[span.end : min(span.end + 3, span.sent.end)]
    if len(after) < 2 or after[0].lower_ not in _OWNED or after[1].pos_ != "NOUN":  # noqa: PLR2004
        return None
    for token in reversed(span.doc[max(span.sent.start, span.start - 4) : span.start]):
        if token.pos_ == "VERB":
            valued = token.lemma_ in _verbs("valuing") or token.lemma_ in _verbs("representing")
            return after[1] if valued else None
    return None


def _adjacent(span: SpacySpan) -> Token | None:
    """« un bail à 11 400 euros », « une avance remboursable de 9 millions »."""
    token, passed = _before(span, stops=frozenset())
    if token is None or not re.match(r"(?:de|d['’]|à|du|des)\b|d['’]", passed) or "soit" in passed:
        return None
    if token.pos_ == "ADJ" and token.head.pos_ == "NOUN" and token.head.i == token.i - 1:
        token = token.head
    return _host(token, apart=False) if token.pos_ == "NOUN" else None


def _behind_stop(span: SpacySpan) -> Token | None:
    """« Coût final du projet : 158 M€ », « le solde, soit 13,5 M€ », « le halage (5,6 M€) »."""
    token, passed = _before(span, stops=frozenset(":(,"))
    if token is None or not (re.search(r"[:(]|soit|, de l", passed) or _is_apposed(span, token)):
        return None
    if ":" in passed and any(_is_finite(t) for t in span.doc[span.sent.start : token.i]):
        return None  # « Les territoires montent en puissance : 85 % … »
    for _ in range(3):
        if token.pos_ == "NOUN":
            return _host(token, apart=True)
        if token.i <= span.sent.start or token.pos_ not in {"ADJ", "VERB", "NUM", "PROPN"}:
            return None
        token = token.nbor(-1)
    return None


def _is_apposed(span: SpacySpan, noun: Token) -> bool:
    """« Le solde, 46,8 millions d'euros, correspond à … »: between commas, after a subject."""
    after = span.doc[span.end].text if span.end < len(span.doc) else "."
    subject = noun if noun.pos_ == "NOUN" else noun.head
    if span.doc[span.start - 1].text != "," or after not in {",", ")", "."}:
        return False
    owned = any(child.lower_ in _OWNED for child in subject.lefts) and not noun.is_sent_start
    return subject.dep_ in _SUBJECTS or (owned and subject.lower_ in _of_money())


_OWNED = frozenset({"le", "la", "l'", "l’", "son", "sa", "leur", "un", "une", "ce", "cette"})


@cache
def _of_money() -> frozenset[str]:
    return frozenset(vocabulary("quantities")["measured"]["money"])


def _is_finite(token: Token) -> bool:
    return token.pos_ in {"VERB", "AUX"} and bool(token.morph.get("Mood", []))


def _by_tree(index: TokenIndex, span: SpacySpan) -> Token | None:
    root = span.root
    if any(child.dep_ == "cop" for child in root.lefts):
        return _subject_of(root)
    head = root.head
    while (
        head.lemma_ in _hollow() and head.head.i != head.i
    ):  # « s'établit en moyenne à 231 euros »
        root, head = head, head.head
    if head.i == root.i or span.start <= head.i < span.end:
        return None
    return _noun_above(index, root, head, span.start)


def _noun_above(index: TokenIndex, root: Token, head: Token, start: int) -> Token | None:
    relation = root.dep_.split(":")[0]
    if head.pos_ == "NOUN" and head.i < start and relation in _NOMINAL:
        return _host(head, apart=_is_apart(index, head, start))
    if head.dep_ in {"acl", "amod"} and head.head.pos_ == "NOUN" and head.head.i < head.i:
        qualifies = relation != "obj" or head.lemma_ in _verbs("measuring")
        return _host(head.head, apart=True) if qualifies else None
    if head.pos_ in {"VERB", "ADJ", "AUX"} and relation in _COMPLEMENTS:
        return _valued(root, head) or _subject(root, head)
    return None


def _is_apart(index: TokenIndex, noun: Token, start: int) -> bool:
    """Whether a stop stands between noun and figure: « aide à la mobilité : 60 euros »."""
    between = index.text[noun.idx + len(noun) : index.doc[start].idx]
    return _SEPARATED.search(between) is not None


def _host(noun: Token, *, apart: bool) -> Token | None:
    """The head of the noun phrase that the figure completes.

    Behind a stop it completes the whole (« coût moyen d'un logement neuf : N »), else the nearest
    noun that has a determiner (« la création d'un fonds de N »).
    """
    for _ in range(_CLIMB):
        above = noun.head
        hollow = noun.lemma_ in _hollow()
        if (
            above.i == noun.i
            or above.pos_ != "NOUN"
            or noun.dep_ not in {"nmod", "obl:mod", "appos"}
        ):
            break
        if above.i > noun.i or not (apart or hollow or _is_bare_noun(noun)):
            break
        noun = above
    return noun


def _is_bare_noun(noun: Token) -> bool:
    return not any(child.dep_ in {"det", "nummod"} for child in noun.lefts)


def _valued(root: Token, verb: Token) -> Token | None:
    """« estime à 160 millions le besoin », « chiffre le trop-perçu à 0,8 M€ »."""
    if verb.lemma_ not in _verbs("valuing") or root.dep_ == "obj":
        return None
    return next((t for t in verb.rights if t.dep_ == "obj" and t.pos_ == "NOUN"), None)


def _subject(root: Token, verb: Token) -> Token | None:
    """The subject of a verb that says how much its subject is, or what a price was agreed for."""
    measuring = _priced(root)
    for step in _upwards(verb):
        measuring = measuring or step.lemma_ in _verbs("measuring") | _verbs("valuing")
        copular = any(child.dep_ == "cop" for child in step.lefts)
        subject = _subject_of(step)
        if subject is not None:
            return subject if measuring or copular else None
    return None


def _priced(root: Token) -> bool:
    """« sept marchés ont été conclus, pour 11,8 M€ »."""
    return any(child.dep_ == "case" and child.lower_ == "pour" for child in root.lefts)


def _subject_of(verb: Token) -> Token | None:
    subject = next((child for child in verb.lefts if child.dep_ in _SUBJECTS), None)
    return subject if subject is not None and subject.pos_ == "NOUN" else None


def _upwards(verb: Token) -> Iterator[Token]:
    for _ in range(_CLIMB):
        yield verb
        if verb.dep_.split(":")[0] not in _RAISING or verb.head.i == verb.i:
            return
        verb = verb.head


def _may_be_measured(noun: Token, draft: Draft) -> bool:
    words = vocabulary("quantities")
    if not noun.text[:2].isalpha() or noun.lower_ in words["not_objects"]["nouns"]:
        return False
    if noun.text[0].isupper() and not (noun.is_sent_start or _opens_line(noun)):
        return False
    if not {noun.lemma_, noun.lower_}.isdisjoint(words["measured"]["actors"]):
        return False
    return draft.kind != "duration" or noun.lower_ in words["measured"]["lasting"]


def _opens_line(noun: Token) -> bool:
    """« - Taux de pauvreté estimé : 46 % »: a capital that the line's beginning explains."""
    before = noun.nbor(-1) if noun.i else noun
    return not any(character.isalnum() for character in before.text)


@cache
def _verbs(kind: str) -> frozenset[str]:
    return frozenset(vocabulary("quantities")["measured"][kind])


@cache
def _hollow() -> frozenset[str]:
    return frozenset(vocabulary("quantities")["measured"]["hollow"])


@cache
def _sums() -> frozenset[str]:
    return frozenset(vocabulary("quantities")["measured"]["sums"])
