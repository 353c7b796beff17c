"""Where French words may be parted at the end of a line."""

from __future__ import annotations

import re

#: Shorter words are not hyphenated: real layouts hyphenate few words.
_MIN_HYPHENATED = 8
_VOWEL, _CONSONANT = "[aeiouyà-öø-ÿœ]", "[bcdfghjklmnpqrstvxz]"
#: A French syllable begins with the last consonant before its vowel, or with two that cling
#: together (« éta-blis-se-ment », « accompa-gnement »).
_SYLLABLE = re.compile(
    rf"(?<=\w{_VOWEL})(?=(?:[bcdfgptv][lr]|[cpt]h|gn|qu|{_CONSONANT}){_VOWEL}\w\w)"
    rf"|(?<={_VOWEL}{_CONSONANT})(?!(?<=[bcdfgptv])[lr]|(?<=[cpt])h|(?<=g)n)"
    rf"(?={_CONSONANT}{_VOWEL}\w\w)"
)
_WORD = re.compile(rf"[a-zà-öø-ÿœ]{{{_MIN_HYPHENATED},}}", re.IGNORECASE)
_SOFT_HYPHEN = "\u00ad"


def hyphenated(text: str) -> str:
    """With soft hyphens between the syllables of long words."""
    return _WORD.sub(lambda word: _SYLLABLE.sub(_SOFT_HYPHEN, word[0]), text)
