"""Who pays or sets a figure: the agent of its verb, or the payer named beside the sum."""

from __future__ import annotations

import re

from spacy.tokens import Token

from recoupe.extract.figures.numerals import SP
from recoupe.records import Quantity

_PAYERS = (
    r"l['’][ÉE]tat|la{SP}[Rr]égion(?:{SP}[A-ZÉ][\w-]+)?|le{SP}[Dd]épartement|la{SP}[Vv]ille|la{SP}[Mm]étropole|"
    r"l['’][Aa]gglomération|la{SP}[Cc]ommune|la{SP}[Bb]anque{SP}des{SP}[Tt]erritoires|la{SP}[Cc]aisse{SP}des{SP}[Dd]épôts|"
    r"Bpifrance|l['’]Ademe|l['’]Anah|l['’]ANRU|l['’]Union{SP}européenne|l['’]Europe|Action{SP}[Ll]ogement|"
    r"l['’]intercommunalité|la{SP}communauté{SP}de{SP}communes"
).replace("{SP}", SP)

_PAYER = re.compile(
    rf"{SP}+(?:de{SP}+|par{SP}+|d['’](?=Action|Bpi))?(?:apportés?{SP}+par{SP}+|versés?{SP}+par{SP}+)?(?P<payer>{_PAYERS})(?!\w)"
)

_SHARE = re.compile(
    rf"(?:part|participation|contribution|concours|aide|soutien|subvention){SP}+(?:de{SP}+)?(?P<payer>{_PAYERS}){SP}.{{0,30}}$"
)


def payer_beside(text: str, quantity: Quantity) -> str | None:
    """« 3 M€ de la Région », « la part de l'État, 9 millions »: the payer as it stands."""
    match = _PAYER.match(text, quantity.end)
    before = _SHARE.search(text[max(0, quantity.start - 60) : quantity.start])
    found = match or before
    return re.sub(r"\s+", " ", found["payer"]).strip() if found else None


def agent_of(verb: Token) -> Token | None:
    """Who does it: the subject of an active verb, the agent of a passive one."""
    for child in verb.children:
        if child.dep_ in {"obl:agent", "nmod:agent"}:
            return child
    passive = any(child.dep_ == "aux:pass" for child in verb.lefts)
    if passive or verb.dep_ in {"acl", "amod"}:
        return None
    for child in verb.lefts:
        if child.dep_ == "nsubj":
            return child
    governor = verb.head
    if verb.dep_ == "xcomp" and governor is not verb:
        return next((child for child in governor.lefts if child.dep_ == "nsubj"), None)
    return None
