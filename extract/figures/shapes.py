"""What stands between a noun and a figure: « la piscine, évaluée à 3 M€ » is ",P", a sign a phrase.

A parse of a long sentence errs more often than its parts of speech do, and two sentences of one
build seldom have the same words.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Token

_SIGNS = {
    **{sign: sign for sign in ",():;"},
    **dict.fromkeys('«»"', '"'),
    **dict.fromkeys(("qui", "que", "qu'", "qu’", "dont", "où", "si", "quand"), "R"),
    **dict.fromkeys(("il", "elle", "ils", "elles", "on", "nous", "je", "j'", "j’", "vous"), "O"),
    **dict.fromkeys(("et", "ou", "mais", "puis"), "&"),
}
_OF = frozenset({"de", "d'", "d’", "du", "des"})
_NOUNS = frozenset({"NOUN", "PROPN"})
_INSIDE = frozenset({"ADJ", "DET", "NUM"})
_VERBS = frozenset({"VERB", "AUX"})
_FORMS = {"Fin": "V", "Inf": "I", "Part": "P"}
#: A build is told by so many signs.
MOST = 7


def signs(
    tokens: Sequence[Token], low: Sequence[str], tags: Sequence[str], closed: Sequence[bool]
) -> Sequence[str]:
    """The sign of each token of a sentence, "" where it says nothing.

    ``low`` are their words in lower case and ``tags`` their parts of speech. « F » is a figure or a
    date (``closed``), « N » a noun, « p » one that a preposition governs, « d » one behind « de »;
    « V », « I » and « P » are the forms of a verb.
    """
    governed = "N"
    told: list[str] = []
    for token, word, tag, shut in zip(tokens, low, tags, closed, strict=True):
        sign = "F" if shut else _sign(token, word, tag)
        if tag == "ADP" or word in _OF:
            governed = "d" if word in _OF else "p"
        elif sign == "N":
            sign, governed = governed, "N"
        elif tag not in _INSIDE:
            governed = "N"
        told.append(sign)
    return told


def shape(told: Sequence[str]) -> str:
    """The signs of a stretch in a row, without those behind « de » and repetitions."""
    row = ""
    for sign in told:
        if sign and sign != "d" and not row.endswith(sign):
            row += sign
    return row[-MOST:]


def _sign(token: Token, word: str, tag: str) -> str:
    if tag in _NOUNS:
        return "N"
    if tag in _VERBS:
        return _FORMS.get(next(iter(token.morph.get("VerbForm", [])), ""), "V")
    return _SIGNS.get(word, "")
