"""Which way a date without a year looks: back, or ahead, from the tense of the words around it."""

from __future__ import annotations

import re
from functools import lru_cache

from recoupe.extract.dates.resolution import Direction
from recoupe.extract.dates.words import words

#: How far the tense of a sentence reaches, in characters.
REACH = 160
#: What a comma between a verb and a date weighs, in characters.
COMMA = 40
_WORD = re.compile(r"\bs'est\b|\bse sont\b|[^\W\d_]+(?:-[^\W\d_]+)?")
_STOP = re.compile(r"[.;!?…\n:]")
_LAST_WORD = re.compile(
    r"([^\W\d_]+)(?: (?:(?:au|du) mois (?:de|d')|courant|fin|début|vers|depuis"
    r"|en|le|au|à|à l'|à la|du|dès|ce|cet|cette|l'|la))? ?$"
)
#: How many words before a participle its auxiliary may stand.
AUXILIARY = 3


def direction_at(low: str, start: int, end: int) -> Direction | None:
    """The direction given by the nearest cue of the sentence, ``None`` where there is none.

    A verb in the future or « prévu », « prochain » look ahead; past tenses and « dernier » back.
    """
    before = low[max(0, start - REACH) : start]
    stops = [match.end() for match in _STOP.finditer(before)]
    before = before[stops[-1] if stops else 0 :]
    after = low[end : end + REACH]
    stop = _STOP.search(after)
    after = after[: stop.start() if stop else None]
    return _participle(before) or _nearest_cue(before, after)


def _nearest_cue(before: str, after: str) -> Direction | None:
    """The cue fewest characters away, looking outward from the date both ways."""
    behind = next((m for m in reversed(list(_WORD.finditer(before))) if _cue(m[0])), None)
    ahead = next((m for m in _WORD.finditer(after) if _cue(m[0])), None)
    if behind is None or ahead is None:
        found = behind or ahead
        return _cue(found[0]) if found else None
    nearer = _distance(before[behind.end() :]) <= _distance(after[: ahead.start()])
    return _cue(behind[0] if nearer else ahead[0])


def is_governed_by_future(low: str, start: int) -> bool:
    """Whether a verb in the future stands before the date in its clause: « se tiendra le 24 »."""
    before = re.split(_STOP, low[max(0, start - REACH) : start])[-1].rpartition(", qui ")[2]
    endings = words().cues["future_endings"]
    return any(word.endswith(endings) and _cue(word) == "future" for word in _WORD.findall(before))


def deadline_direction(low: str, start: int) -> Direction:
    """A deadline lies ahead but after an imperfect: « était ouvert jusqu'en juin »."""
    before = re.split(_STOP, low[max(0, start - REACH) : start])[-1]
    tenses = [word for word in _WORD.findall(before) if _cue(word)]
    past = words().cues["past_endings"]
    return (
        "past" if tenses and tenses[-1].endswith(past) and _cue(tenses[-1]) == "past" else "future"
    )


def _distance(between: str) -> int:
    return len(between) + COMMA * between.count(",")


@lru_cache(maxsize=4096)
def _cue(word: str) -> Direction | None:
    cues = words().cues
    if word in cues["future"]:
        return "future"
    if word in cues["past"]:
        return "past"
    if word.endswith(cues["future_endings"]) and word not in cues["not_future"]:
        return "future"
    if word.endswith(cues["past_endings"]) and not word.endswith(cues["not_past_endings"]):
        return None if word in cues["not_past"] else "past"
    return None


def _participle(before: str) -> Direction | None:
    """« livré en octobre » looks back, « sera livré en octobre » ahead."""
    cues, match = words().cues, _LAST_WORD.search(before)
    if match is None or not match[1].endswith(cues["participle_endings"]):
        return None
    if match[1] in cues["not_participles"] or match[1] in cues["future"]:
        return None
    near = _WORD.findall(before[: match.start()])[-AUXILIARY:]
    if near and near[-1] in cues["passive"]:  # « sont organisées en mars » may be either
        return None
    ahead = any(word in cues["not_yet"] or _cue(word) == "future" for word in near)
    return "future" if ahead else "past"
