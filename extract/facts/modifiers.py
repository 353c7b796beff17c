"""Participles on a figure's noun: « 474 projets recensés », « le 1,36 milliard annoncé »."""

from __future__ import annotations

import re
from dataclasses import replace

from spacy.tokens import Token

from recoupe.extract.annotations import text_of
from recoupe.extract.facts import markers
from recoupe.extract.facts.figure import Figure, Verdict, lemma_of, offsets_of
from recoupe.extract.facts.verbs import read_verb

#: A participle may stand so many tokens after the noun phrase it modifies.
_REACH = 9
_PARTICIPLE = re.compile(r"(?:é|ée|és|ées|is|ise|ises|us|ue|ues|it|its|ites|ert|erts|ertes)$")


def modifier(figure: Figure) -> Verdict | None:
    """« 474 projets recensés », « 38,6 millions d'euros d'investissements engagés »."""
    if _is_of_another(figure):
        return None
    token = _bare_participle(figure) or _participle_after(figure) or _participle_child(figure)
    verdict = participle_verdict(token) if token is not None else None
    return _of_its_kind(figure, verdict, token) if verdict and token is not None else None


def _of_its_kind(figure: Figure, verdict: Verdict, token: Token) -> Verdict:
    """Credits that are opened are announced; households that are helped are counted."""
    lemma = markers.participles().get(token.lower_) or lemma_of(token)
    money = figure.quantity.kind == "amount"
    if money and lemma in markers.lemmas("opened_sums", "verbs"):
        return replace(verdict, status="announced")
    if not money and verdict.status == "committed" and lemma in markers.lemmas("helped", "verbs"):
        return replace(verdict, status="achieved")
    return verdict


_DEFINITE = re.compile(r"\s*(?:de\s+l[ae]\s|de\s+l['’]|du\s|des\s|d['’]entre)")


def _is_of_another(figure: Figure) -> bool:
    """« 97 % de la dotation notifiée », « soit la moitié des projets prévus »: the whole's own."""
    quantity = figure.quantity
    if quantity.kind not in {"percent", "ratio"}:
        return False
    match = _DEFINITE.match(text_of(figure.span.doc), quantity.end)
    before = text_of(figure.span.doc)[max(0, quantity.start - 12) : quantity.start]
    if match is None:
        return False
    return "des" not in match[0] or bool(re.search(r"\bsoit\b", before)) or _has_verb(figure)


def _has_verb(figure: Figure) -> bool:
    """« 10 % des enfants accueillis sont revenus »: the clause's own verb follows."""
    start, end = figure.span.end, figure.span.sent.end
    following = figure.span.doc[start:end]
    return any(t.morph.get("Mood", []) and t.idx < figure.clause[1] for t in following)


def _bare_participle(figure: Figure) -> Token | None:
    """« sur les 42 prévus »: no noun between, whatever the tagger says."""
    candidates: list[Token] = [*figure.span.doc[figure.span.end - 1 : figure.span.end + 1]]
    for token in reversed(candidates):
        known = token.lower_ in markers.participles() and token.idx >= figure.quantity.end
        if known and token.pos_ != "AUX" and not _is_counted_after(figure):
            return token
    return None


def _is_counted_after(figure: Figure) -> bool:
    """Whether the noun that is counted follows the figure."""
    start = figure.quantity.object_start
    return start is not None and start >= figure.quantity.end


def participle_verdict(token: Token) -> Verdict | None:
    """The status that a marked participle gives what it stands on."""
    lemma = markers.participles().get(token.lower_) or lemma_of(token)
    family = markers.verb_families().get(lemma)
    if family is None or (family == "none" and token.dep_ == "ROOT"):
        return None
    if family == "committed" and lemma in markers.lemmas("present_promises", "passive"):
        family = "announced"
    negated = any(child.lower_ in {"non", "pas", "jamais"} for child in token.lefts)
    if negated:
        family = "cancelled" if family in {"paid", "committed"} else "none"
    return Verdict(status=family, marker=offsets_of(token), negated=negated, strength=0.95)


def _participle_after(figure: Figure) -> Token | None:
    doc, position = figure.span.doc, figure.span.end
    depth = 0
    for token in doc[position : position + _REACH]:
        if token.is_sent_start or token.text in {";", ":", "."} or token.pos_ in {"SCONJ", "CCONJ"}:
            return None
        depth += (token.text == "(") - (token.text == ")")
        if depth > 0 or token.text == ")":
            continue
        if token.idx >= figure.room[1]:
            return None
        if (
            token.pos_ == "AUX"
            or token.morph.get("Mood", [])
            or token.pos_ == "PRON"
            or token.text == ","
        ):
            return None
        if is_participle(token) and not _opens_complement(token):
            return token if _agrees(token, figure) else None
        if token.like_num and token.pos_ == "NUM":
            return None
    return None


def is_participle(token: Token) -> bool:
    """Whether a token is a past participle, or an adjective that is one of a marked verb."""
    if token.pos_ not in {"VERB", "ADJ"}:
        return False
    if "Part" in token.morph.get("VerbForm", []):
        return "Pres" not in token.morph.get("Tense", [])
    return bool(_PARTICIPLE.search(token.lower_)) and lemma_of(token) in markers.verb_families()


def _opens_complement(token: Token) -> bool:
    """« les maires des communes concernées »: agreement is checked by the caller."""
    return any(child.dep_ in {"aux:tense", "aux:pass"} for child in token.lefts)


def _agrees(token: Token, figure: Figure) -> bool:
    """Whether the participle may agree with the figure's noun rather than with a complement.

    « 31 cellules de la foncière rachetées » does; « les 300 dossiers de la commune concernée » does
    not. « 1,36 milliard annoncé » is singular like its « milliard ».
    """
    number = token.morph.get("Number", [])
    if number == ["Sing"] and _is_plural(figure):
        return figure.head.text in {"milliard", "million"}
    nearest = token.doc[token.i - 1]
    if nearest is figure.head or nearest.pos_ not in {"NOUN", "PROPN"}:
        return True
    own, gender = figure.head.morph.get("Gender", []), token.morph.get("Gender", [])
    mismatch = own and gender and own != gender and nearest.morph.get("Gender", []) == gender
    return not (mismatch and figure.quantity.kind == "count")


def _is_plural(figure: Figure) -> bool:
    value = figure.quantity.value
    return figure.quantity.kind != "percent" and (value is None or abs(value) >= 2)  # noqa: PLR2004


_MONEY = frozenset({"euro", "investissement", "subvention", "crédit", "aide", "financement"})


def _participle_child(figure: Figure) -> Token | None:
    own = [c for c in figure.head.rights if c.dep_ == "nmod" and c.lemma_ in _MONEY]
    for head in (figure.head, *own):
        for child in head.rights:
            if child.i - head.i <= _REACH + 3 and _modifies(child):
                return child
    return None


def _modifies(child: Token) -> bool:
    if child.dep_ == "acl":
        return is_participle(child)
    marked = child.dep_ == "acl:relcl" and lemma_of(child) in markers.verb_families()
    return marked and _is_relative_object(child)


def _is_relative_object(verb: Token) -> bool:
    """« les 9 millions qu'il avait promis », « 300 logements qui ont été livrés »."""
    reading = read_verb(verb)
    if reading.aspect not in {"realised", "imperfect"}:
        return False
    pronoun = next((t for t in verb.lefts if t.lower_ in {"que", "qu'", "qu’", "qui"}), None)
    return pronoun is not None and (pronoun.lower_ != "qui" or reading.passive)
