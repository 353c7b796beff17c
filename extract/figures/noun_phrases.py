"""Short noun phrases, as objects are written: the head, its adjectives, one bare complement.

« logements sociaux », « bornes de recharge », « reste à charge »
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from spacy.tokens import Token

from recoupe.extract.annotations import text_of
from recoupe.extract.figures.draft import Draft
from recoupe.extract.phrases import either, vocabulary
from recoupe.records import Span

_LINKS = frozenset({"de", "d'", "d’", "à"})


def phrase(tokens: Sequence[Token], head: int) -> Span:
    """The head noun, the adjectives after it, and one bare complement."""
    last = head
    while last + 1 < len(tokens) and _qualifies(tokens[last + 1], tokens[last]):
        last += 1
    if (
        last + 2 < len(tokens)
        and tokens[last + 1].lower_ in _LINKS
        and _bare_noun(tokens, last + 2)
    ):
        last += 2
        if last + 1 < len(tokens) and _qualifies(tokens[last + 1], tokens[last]):
            last += 1
    end = tokens[last].idx + len(tokens[last])
    compound = _COMPOUND.match(_glued(tokens[last]))  # « sages-femmes », cut by the tokenizer
    return tokens[head].idx, end + (compound.end() if compound else 0)


def phrase_at(noun: Token) -> Span:
    """The place of the short noun phrase that ``noun`` heads."""
    return phrase(list(noun.doc[noun.i : noun.i + _PHRASE]), 0)


#: A noun phrase is read over so many tokens.
_PHRASE = 8


def _glued(token: Token) -> str:
    """What follows ``token`` without a space, at most four tokens."""
    glued = ""
    for following in token.doc[token.i + 1 : token.i + 5]:
        if token.whitespace_:
            break
        glued, token = glued + following.text, following
    return glued


_COMPOUND = re.compile(r"(?:[-‑][^\W\d_]+)+")


def _qualifies(token: Token, before: Token) -> bool:
    if token.pos_ == "PROPN" and before.pos_ == "PROPN":
        return True
    participle = token.morph.get("VerbForm", []) == ["Part"] or re.search(
        r"(?:é|ée|és|ées)$", token.text
    )
    if is_no_object(token):
        return False
    return token.pos_ == "ADJ" and not participle and token.text[0].islower()


def _bare_noun(tokens: Sequence[Token], position: int) -> bool:
    token = tokens[position]
    link = tokens[position - 1].lower_
    return (
        token.pos_ == "NOUN"
        and token.lower_
        not in {"hauteur", "partir", "cause", "compter", "raison", "titre", "terme"}
        and token.text[0].islower()
        and (link in {"de", "d'", "d’"} or token.tag_ == "NOUN")
        and not token.like_num
    )


def is_no_object(token: Token) -> bool:
    """« mise », « année »: nouns that nothing is counted in, but where they open a compound."""
    if token.lower_ not in vocabulary("quantities")["not_objects"]["nouns"]:
        return False
    if token.lower_ == "cours" and token.i and token.nbor(-1).pos_ == "DET":
        return False  # « le cours du coton », no « au cours de »
    following = text_of(token.doc)[token.idx : token.idx + _COMPOUND_REACH].lower()
    return _compounds().match(following) is None


def keep_compounds(text: str, drafts: Sequence[Draft]) -> None:
    """Give an object that is part of a compound the whole: « reste à charge », not « charge »."""
    for draft in drafts:
        if draft.object_span is None:
            continue
        start, end = draft.object_span
        window = max(0, start - _COMPOUND_REACH)
        for match in _compounds().finditer(text, window, end + _COMPOUND_REACH):
            if match.start() <= start < match.end() and (
                match.end() <= draft.start or match.start() >= draft.end
            ):
                draft.object_span = match.start(), max(end, match.end())


_COMPOUND_REACH = 40


@cache
def _compounds() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{either(vocabulary('quantities')['compounds']['nouns'])})(?!\w)")
