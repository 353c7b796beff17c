"""Answers that bear no quotation marks: interviews, and turns whose line a name opens.

An interview alternates short lines that end in a question mark with the answers of one person,
named before the first question or in the title; in a round table « Name : words » opens each
paragraph, in minutes « Mme Name, role. ». Every answer is one direct quotation, whole.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from recoupe.extract.annotations import Annotations
from recoupe.extract.surface import Surface
from recoupe.records import Quote, Span

_LINE = re.compile(r"[^\n]+")
#: « Marie Le Goff : … »; in minutes « M. Paul Hardy, président. … », « Mme Le Goff (Orne). – … »
_TURN = re.compile(
    r"(?P<civility>(?:M|Mme|Me|Dr)\.? )?"
    r"(?P<name>[A-ZÀ-Ý][\wà-ÿ'-]+(?: [\wà-ÿA-ZÀ-Ý'-]+){1,3})"
    r"(?: ?: |(?(civility)(?:, [^.:\n]{2,90}| \([^)\n]{2,60}\))?\. (?:[–—-] )?|(?!)))(?=\S)"
)
_QUESTION = re.compile(r"(?![«\"“–—-])[^\n]{8,240}\?$")
#: What a page says when it prints an interview; a page of questions and answers does not.
_INTERVIEW = re.compile(
    r"\b(?:entretien|interview|grand oral|(?:propos|paroles) recueillie?s|trois questions|"
    r"quatre questions|cinq questions|questions à|répond(?:u|ent)? (?:à|aux)|se confie)\b"
)
_YOU = re.compile(r"\b(?:vous|votre|vos)\b")
_I = re.compile(r"\b(?:je|j'|nous|moi|on)\b")
_MINE = re.compile(r"\b(?:je|j'|nous|moi|mon|ma|mes|notre|nos)\b")
_MYSELF = re.compile(r"\b(?:je|j'|moi|mon|ma|mes)\b")
_MARKED = re.compile(r"«[^»]*»|“[^”]*”|\"[^\"]*\"")
_REPORTER = re.compile(r"\brecueillie?s par ")
#: « Propos recueillis par … », « Contact presse »: said by nobody.
_ASIDES = ("propos recueillis", "contact", "(propos", "- ", "• ", "– ")
#: A reporter's remark is short.
_PROMPT = 160
#: Lines, on the average.
_LONGEST_ANSWER = 6
#: So many questions, or turns, make a dialogue.
_ENOUGH = 3
#: Fewer where every answer says « je », « nous ».
_LEAST = 2


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
    if len(questions) < _LEAST:
        return
    prompts = _prompts(surface, lines, questions)
    sparse = len(prompts) * _LONGEST_ANSWER < len(lines) - prompts[0]
    if sparse or not _is_interview(surface, lines, questions, prompts):
        return
    speaker = _interviewed(surface, annotations, lines[: prompts[0]])
    if speaker is None:
        return
    answers = [
        _answer(surface, lines, prompt, following)
        for prompt, following in zip(prompts, [*prompts[1:], len(lines)], strict=True)
    ]
    longest = max(map(len, answers[:-1]))  # what stands after the last answer is nobody's
    for answer in [*answers[:-1], answers[-1][:longest]]:
        if answer:
            yield _quote(surface, answer[0][0], answer[-1][1], speaker)


def _prompts(surface: Surface, lines: Sequence[Span], questions: Sequence[int]) -> list[int]:
    """The reporter's lines from the first question on: questions, and short remarks."""
    prompts = list(questions)
    for at in range(questions[0] + 2, len(lines) - 1):
        ended = at < questions[-1] or surface.plain[lines[at][1] - 1] in ".!…"
        if ended and at not in questions and _is_prompt(surface, lines, at):
            prompts.append(at)
    return sorted(prompts)


def _answer(surface: Surface, lines: Sequence[Span], prompt: int, following: int) -> list[Span]:
    """The paragraphs after a prompt, up to a heading or a list that is none of the answer."""
    answer: list[Span] = []
    for start, end in lines[prompt + 1 : following]:
        heading = answer and end - start < _PROMPT and surface.plain[end - 1].isalnum()
        if heading or surface.low.startswith(_ASIDES, start):
            break
        answer.append((start, end))
    return answer


def _is_interview(
    surface: Surface, lines: Sequence[Span], questions: Sequence[int], prompts: Sequence[int]
) -> bool:
    """The page says so, or somebody who is asked « vous » answers « je », « nous »."""
    if sum(bool(_MYSELF.search(surface.low, *lines[number])) for number in questions) > 1:
        return False  # « Puis-je récupérer mon acompte ? »: a page of advice
    asked = sum(bool(_YOU.search(surface.low, *lines[number])) for number in prompts)
    said = [_MARKED.sub("", surface.low[slice(*lines[number + 1])]) for number in prompts]
    if len(questions) >= _ENOUGH:
        answered = sum(bool(_I.search(answer)) for answer in said)
        if _INTERVIEW.search(surface.low):
            return True
        if min(asked, answered) > 1 and answered * 2 >= len(questions):
            return True
    mine = sum(bool(_MINE.search(answer)) for answer in said)
    alone = asked or any(_MYSELF.search(answer) for answer in said)
    return bool(alone) and mine > 1 and mine * 2 >= len(prompts)


def _interviewed(surface: Surface, annotations: Annotations, head: Sequence[Span]) -> str | None:
    """Who answers: the person of the title, else the only one named before the first question."""
    title = annotations.article.title or ""
    first = head[-1][1] if head else 0
    reporters = [match.end() for match in _REPORTER.finditer(surface.low)]
    people = [
        person
        for person in annotations.people
        if not any(0 <= person.start - at <= len("Mme ") for at in reporters)
    ]
    named = list(dict.fromkeys(person.name for person in people))
    titled = [name for name in named if name.split()[-1] in title]
    starts = {start for start, _ in head}
    opening = [
        p.name for p in people if p.start in starts and surface.plain[p.end : p.end + 2] == " :"
    ]
    before = [person.name for person in people if person.end <= first]
    for candidates in (titled, opening, before):
        if len(set(candidates)) == 1:
            return candidates[0]
    return None


def _is_prompt(surface: Surface, lines: Sequence[Span], at: int) -> bool:
    """« Vous êtes en retard. »: a short line between two longer ones that is no question's form."""
    start, end = lines[at]
    if surface.low.startswith(_ASIDES, start):
        return False
    shorter = all((end - start) * 2 < e - s for s, e in (lines[at - 1], lines[at + 1]))
    listed = surface.plain.startswith("- ", lines[at + 1][0])
    return (
        shorter
        and not listed
        and end - start < _PROMPT
        and not _MINE.search(surface.low, start, end)
    )


def _quote(surface: Surface, start: int, end: int, speaker: str) -> Quote:
    return Quote(
        start=start, end=end, text=surface.text[start:end], direct=True, speaker=speaker, cue=None
    )
