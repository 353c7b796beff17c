"""Answers that bear no quotation marks: interviews, and round tables where names open the lines.

An interview alternates short lines that end in a question mark with the answers of one person,
named before the first question or in the title; in a round table « Name : words » opens each
paragraph. Every answer is one direct quotation, over its paragraphs.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from recoupe.extract.annotations import Annotations
from recoupe.extract.surface import Surface
from recoupe.records import Quote, Span

_LINE = re.compile(r"[^\n]+")
_TURN = re.compile(
    r"(?:(?:M|Mme|Me|Dr)\.? )?(?P<name>[A-ZÀ-Ý][\wà-ÿ'-]+(?: [\wà-ÿA-ZÀ-Ý'-]+){1,3}) ?: (?=\S)"
)
_QUESTION = re.compile(r"[^«»\"]{8,240}\?$")
#: What a page says when it prints an interview; a page of questions and answers does not.
_INTERVIEW = re.compile(
    r"\b(?:entretien|interview|grand oral|(?:propos|paroles) recueillie?s|trois questions|"
    r"quatre questions|cinq questions|questions à|répond(?:u|ent)? (?:à|aux)|se confie)\b"
)
_YOU = re.compile(r"\b(?:vous|votre|vos)\b")
_I = re.compile(r"\b(?:je|j'|nous|moi|on)\b")
_MINE = re.compile(r"\b(?:je|j'|nous|moi|mon|ma|mes|notre|nos)\b")
#: A reporter's remark is short.
_PROMPT = 110
#: Lines, on the average.
_LONGEST_ANSWER = 6
#: So many questions, or turns, make a dialogue.
_ENOUGH = 3


def dialogue_quotes(surface: Surface, annotations: Annotations) -> list[Quote]:
    """The answers of an interview or the turns of a round table, empty for any other text."""
    lines = [match.span() for match in _LINE.finditer(surface.plain)]
    return list(_turns(surface, annotations, lines)) or list(_answers(surface, annotations, lines))


def _turns(surface: Surface, annotations: Annotations, lines: Sequence[Span]) -> Iterator[Quote]:
    known = {person.name for person in annotations.people}
    opened = [(line, _TURN.match(surface.plain, *line)) for line in lines]
    turns = [(line, match) for line, match in opened if match and match["name"] in known]
    spoken = Counter(match["name"] for _, match in turns)
    if len(turns) < _ENOUGH or not any(times > 1 for times in spoken.values()):
        return
    for (_, end), match in turns:
        yield _quote(surface, match.end(), end, match["name"])


def _answers(surface: Surface, annotations: Annotations, lines: Sequence[Span]) -> Iterator[Quote]:
    questions = [
        number
        for number, line in enumerate(lines)
        if _QUESTION.fullmatch(surface.plain, *line) and number + 1 < len(lines)
    ]
    sparse = questions and len(questions) * _LONGEST_ANSWER < len(lines) - questions[0]
    if len(questions) < _ENOUGH or sparse or not _is_interview(surface, lines, questions):
        return
    speaker = _interviewed(annotations, lines[questions[0]][0])
    if speaker is None:
        return
    for number, following in zip(questions, [*questions[1:], len(lines)], strict=True):
        answer: list[Span] = []
        for at in range(number + 1, following):
            if answer and _is_prompt(surface, lines, at, following):
                yield _quote(surface, answer[0][0], answer[-1][1], speaker)
                answer = []
            elif not _is_aside(surface, lines[at]):
                answer.append(lines[at])
        if answer:
            yield _quote(surface, answer[0][0], answer[-1][1], speaker)


def _is_interview(surface: Surface, lines: Sequence[Span], questions: Sequence[int]) -> bool:
    """The page says so, or it says « vous » to somebody who answers « je »."""
    if _INTERVIEW.search(surface.low):
        return True
    asked = sum(bool(_YOU.search(surface.low, *lines[number])) for number in questions)
    answered = sum(bool(_I.search(surface.low, *lines[number + 1])) for number in questions)
    return min(asked, answered) > 1 and answered * 2 >= len(questions)


def _interviewed(annotations: Annotations, first: int) -> str | None:
    """Who answers: the person of the title, else the only one named before the first question."""
    title = annotations.article.title or ""
    named = list(dict.fromkeys(person.name for person in annotations.people))
    titled = [name for name in named if name.split()[-1] in title]
    before = list(dict.fromkeys(p.name for p in annotations.people if p.end <= first))
    for candidates in (titled, before):
        if len(candidates) == 1:
            return candidates[0]
    return None


def _is_prompt(surface: Surface, lines: Sequence[Span], at: int, following: int) -> bool:
    """« Vous êtes en retard. »: a short line between two longer ones that is no question's form."""
    if at + 1 >= following:
        return False
    start, end = lines[at]
    shorter = all((end - start) * 2 < e - s for s, e in (lines[at - 1], lines[at + 1]))
    return shorter and end - start < _PROMPT and not _MINE.search(surface.low, start, end)


def _is_aside(surface: Surface, line: Span) -> bool:
    """« Propos recueillis par … », « Contact presse »: said by nobody."""
    return surface.low.startswith(("propos recueillis", "contact", "(propos", "- "), line[0])


def _quote(surface: Surface, start: int, end: int, speaker: str) -> Quote:
    return Quote(
        start=start, end=end, text=surface.text[start:end], direct=True, speaker=speaker, cue=None
    )
