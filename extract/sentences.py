"""Where a sentence may begin: after a line break, or after a mark that ends one.

Stands before the parser, which keeps what is set here. Left to itself it cuts French sentences
after place names and typographic spaces (« Dans les Côtes-d'Armor | , l'enveloppe… »).
"""

from __future__ import annotations

import numpy as np
from spacy.attrs import SENT_START  # type: ignore[import-not-found]
from spacy.language import Language
from spacy.tokens import Doc, Token

_ENDINGS = frozenset({".", "?", "!", "…", "...", "?!", "!?", "!!", ".."})
_CLOSINGS = frozenset({"»", '"', "”", "’", "'", ")", "]"})
_ABBREVIATIONS = frozenset(
    {
        "M",
        "MM",
        "Mme",
        "Mmes",
        "Mlle",
        "Dr",
        "Pr",
        "St",
        "Ste",
        "art",
        "cf",
        "p",
        "n",
        "no",
        "av",
        "bd",
        "env",
        "hab",
        "tél",
        "etc",
    }
)
#: spaCy's values of ``SENT_START``; 0 leaves the parser its choice.
_BEGINS = 1
_CONTINUES = -1
#: Tokens without a mark that ends a sentence: cut at the next comma, and in any case. What looks at
#: the whole sentence of each figure would otherwise take for ever over a pasted row of numbers.
_LONG, _LONGEST = 250, 300


class SentencesComponent:
    """Fix, before the parser, where sentences begin and where they cannot."""

    def __init__(self, nlp: Language, name: str) -> None:
        """Nothing is loaded; ``nlp`` is what every factory is given."""
        del nlp
        self.name = name

    def __call__(self, doc: Doc) -> Doc:
        """Set the sentence starts of ``doc`` and give it back."""
        starts = np.zeros((len(doc), 1), dtype="int64")
        last = 0
        for token in doc[1:]:
            if _follows_break(doc, token) or _follows_sum(doc, token):
                starts[token.i], last = _BEGINS, token.i
            elif _may_begin(doc, token):
                last = token.i
            elif _is_too_long(doc, token, token.i - last):
                starts[token.i], last = _BEGINS, token.i
            else:
                starts[token.i] = _CONTINUES
        # One array: setting tokens one by one costs five times as much (measured).
        doc.from_array([SENT_START], starts.astype("uint64"))  # type: ignore[arg-type]
        return doc


def _is_too_long(doc: Doc, token: Token, length: int) -> bool:
    """Whether what goes on without an ending is pasted data: each part is read by itself."""
    return length >= _LONGEST or (length >= _LONG and doc[token.i - 1].text in {",", ";"})


def _follows_break(doc: Doc, token: Token) -> bool:
    """The first word of a line; the break itself belongs to the line it ends."""
    return not token.is_space and "\n" in doc[token.i - 1].text


def _follows_sum(doc: Doc, token: Token) -> bool:
    """« … pour 27,4 M€. Il est … »: the tokenizer leaves the stop on the sign."""
    return token.text[:1].isupper() and doc[token.i - 1].text.endswith("€.")


def _may_begin(doc: Doc, token: Token) -> bool:
    """Whether the parser may begin a sentence here: never inside one, never with its ending."""
    if token.is_space or token.text in _CLOSINGS or token.text in {",", ";", ":", "»"}:
        return False
    previous = token.i - 1
    while previous > 0 and (doc[previous].text in _CLOSINGS or doc[previous].is_space):
        previous -= 1
    if doc[previous].text not in _ENDINGS:
        return _ends_inside(doc[previous])
    return not (doc[previous].text == "." and doc[previous - 1].text in _ABBREVIATIONS)


def _ends_inside(token: Token) -> bool:
    """The tokenizer leaves the stop on some words: « 2019. », « p.m. »."""
    return (
        len(token) > 1 and token.text[-1] in ".?!…" and token.text.rstrip(".") not in _ABBREVIATIONS
    )
