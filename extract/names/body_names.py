"""Call each organisation by the fullest name that its document gives it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from recoupe.extract.names.body_candidates import LISTED, Candidate
from recoupe.extract.names.institutions import acronym_after
from recoupe.extract.surface import Surface, bare
from recoupe.extract.wordings import Wording, WordingIndex


def acronyms(surface: Surface, found: Sequence[Candidate]) -> dict[str, str]:
    """Acronyms that the document spells out: ``{"AdCF": "Assemblée des communautés…"}``."""
    spelled: dict[str, str] = {}
    for item in found:
        span = acronym_after(surface, item.end)
        if span:
            spelled[surface.plain[span[0] : span[1]]] = surface.text[item.start : item.end]
    for item, following in pairwise(found):
        acronym = surface.plain[item.start : item.end]
        opened = surface.plain[item.end : following.start] == " ("
        if opened and acronym.isupper() and " " in surface.plain[following.start : following.end]:
            spelled[acronym] = surface.text[following.start : following.end]
    return spelled


def initials(found: Sequence[Candidate]) -> dict[str, str]:
    """« LTC » where the text names one Lannion-Trégor Communauté."""
    names = {item.name for item in found if " " in item.name or "-" in item.name}
    by_initials: dict[str, set[str]] = {}
    for name in names:
        words = [word for word in re.split(r"[ -]", name) if word[:1].isupper()]
        if len(words) > 2:  # noqa: PLR2004
            by_initials.setdefault("".join(word[0] for word in words), set()).add(name)
    return {letters: next(iter(full)) for letters, full in by_initials.items() if len(full) == 1}


def named_again(
    surface: Surface, found: Sequence[Candidate], spelled: dict[str, str]
) -> Iterator[Candidate]:
    """Other mentions, in the same letters, of acronyms spelled out and of names announced."""
    wordings = [Wording(acronym, name, exact=True) for acronym, name in spelled.items()]
    wordings += [
        Wording(item.name, item.name, exact=True)
        for item in found
        if item.rank == 1 and len(item.name) > 2  # noqa: PLR2004
    ]
    if wordings:
        for hit in WordingIndex(wordings).find(surface):
            yield Candidate(hit.start, hit.end, hit.wording.name, rank=1)


def fullest(
    mentions: Sequence[Candidate], surface: Surface, spelled: dict[str, str]
) -> dict[str, str]:
    """For each wording of the document, the fullest name it has there, as it stands."""
    longest: dict[str, str] = {}
    for item in mentions:
        written = surface.text[item.start : item.end]
        known = longest.get(bare(item.name), "")
        longest[bare(item.name)] = max(known, written, key=len)
    names = {}
    for item in mentions:
        written = surface.plain[item.start : item.end]
        best = spelled.get(written, longest[bare(item.name)])
        listed_so = item.rank == LISTED and bare(best) == bare(item.name)
        names[written] = _accented(best, item.name) if listed_so else best
    return names


def _accented(written: str, canonical: str) -> str:
    """The list's capitals and accents, the document's apostrophes."""
    return canonical.replace("'", "’") if "’" in written else canonical
