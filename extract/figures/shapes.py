"""What stands between a noun and a figure: « la piscine, évaluée à 3 M€ » is ",P", a sign a phrase.

A parse of a long sentence errs more often than its parts of speech do, and two sentences of one
build seldom have the same words.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Token

_MARKS = {",": ",", "(": "(", ")": ")", ":": ":", ";": ";", "«": '"', "»": '"', '"': '"'}
_WORDS = {
    **dict.fromkeys(("qui", "que", "qu'", "qu’", "dont", "où", "si", "quand"), "R"),
    **dict.fromkeys(("il", "elle", "ils", "elles", "on", "nous", "je", "j'", "j’", "vous"), "O"),
    **dict.fromkeys(("et", "ou", "mais", "puis"), "&"),
}
_OF = frozenset({"de", "d'", "d’", "du", "des"})
_NOUNS = frozenset({"NOUN", "PROPN"})
_INSIDE = frozenset({"ADJ", "DET", "NUM"})
_VERBS = {"Fin": "V", "Inf": "I", "Part": "P"}
#: A build is told by so many signs.
MOST = 7


def signs(sentence: Iterable[Token], closed: Collection[int]) -> Sequence[str]:
    """The sign of each token of a sentence, "" where it says nothing.

    « F » is a figure or a date (``closed`` holds their tokens), « N » a noun, « p » one that a
    preposition governs, « d » one behind « de »; « V », « I » and « P » are the forms of a verb.
    """
    governed = "N"
    told: list[str] = []
    for token in sentence:
        sign = "F" if token.i in closed else _sign(token)
        if token.pos_ == "ADP" or token.lower_ in _OF:
            governed = "d" if token.lower_ in _OF else "p"
        elif sign == "N":
            sign, governed = governed, "N"
        elif token.pos_ not in _INSIDE:
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


def _sign(token: Token) -> str:
    if token.pos_ in _NOUNS:
        return "N"
    if token.pos_ in {"VERB", "AUX"}:
        return _VERBS.get(next(iter(token.morph.get("VerbForm", [])), ""), "V")
    return _MARKS.get(token.text, "") or _WORDS.get(token.lower_, "")
