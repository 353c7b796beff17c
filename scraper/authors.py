"""Names of authors as pages write them, to one plain line: « Par Jeanne Kerbrat (à Rennes) »."""

from __future__ import annotations

import re
from collections.abc import Iterable

_MAX = 120
_LEAD = re.compile(
    r"^(?:article |textes? |reportage |photos? )*"
    r"(?:(?:écrit|rédigé|publié|posté|proposé|recueillie?s?)\s+)?"
    r"(?:par|by|de notre correspondante?|de notre envoyée? spéciale?|propos recueillis par"
    r"|auteurs?\s*:|texte\s*:|©)\s*:?\s*",
    re.IGNORECASE,
)
_TAIL = re.compile(
    r"\s*(?:[|•·]|,?\s+(?:le|publié|mis à jour|modifié|à)\s+\d|,?\s*publiée?\s"
    r"|,\s*(?:correspondante?|envoyée?|journaliste|rédact(?:eur|rice)|chef(?:fe)?\s"
    r"|chroniqueu[rs]e?|service\s)|\s+[-–—]\s+\d|https?://|@|\s\d{1,2}[/.]\d).*$",
    re.IGNORECASE | re.DOTALL,
)
_PARENTHESES = re.compile(r"\s*\([^)]{0,80}\)")
_BETWEEN = re.compile(r"\s*(?:,|;|/|\bet\b|&)\s*")
_NOBODY = {
    "admin", "administrateur", "webmaster", "redaction", "rédaction", "la rédaction", "auteur",
    "contributeur", "none", "null", "undefined", "anonymous", "anonyme", "user", "root", "web",
}  # fmt: skip
_NAME = re.compile(r"^[^\d@<>{}=]{2,60}$")


def joined(values: Iterable[str]) -> str | None:
    """All names of the values, each once, in order, set apart by ", "; ``None`` where no name is.

    ``["Par Jeanne Kerbrat et Yann Le Bihan", "AFP"]`` → ``"Jeanne Kerbrat, Yann Le Bihan, AFP"``.
    """
    found: dict[str, str] = {}
    for value in values:
        for name in names(value):
            found.setdefault(name.casefold(), name)
    return ", ".join(found.values()) or None


def names(value: str) -> list[str]:
    """The names in one byline, civilities, places and dates left out."""
    text = " ".join(value.split())
    if not text or len(text) > _MAX * 3 or text.startswith(("http:", "https:", "www.")):
        return []
    text = _TAIL.sub("", _PARENTHESES.sub("", _LEAD.sub("", text)))
    parts = (_LEAD.sub("", part).strip(" .-–—:|") for part in _BETWEEN.split(text))
    parts = (re.sub(r"^(?:avec|photos?|texte)\s+", "", part, flags=re.IGNORECASE) for part in parts)
    return [part for part in parts if _is_name(part)]


def _is_name(part: str) -> bool:
    if part.casefold() in _NOBODY or not _NAME.match(part):
        return False
    return len(part.split()) <= 6 and any(char.isupper() for char in part)  # noqa: PLR2004
