"""Words between marks inside what somebody is reported to say or to give."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from recoupe.extract.speech.marks import marked
from recoupe.extract.speech.speakers import Speakers
from recoupe.extract.surface import Surface
from recoupe.records import Quote

#: So many words are a quotation whoever says them; fewer where the text names who does.
_FEW = 3


def marked_within(
    surface: Surface,
    speakers: Speakers,
    direct: Sequence[Quote],
    indirect: Sequence[Quote],
    programmes: frozenset[tuple[int, int]],
) -> list[Quote]:
    """The words between marks inside what is reported: « selon X, l'écart tient à « … » »."""
    found = []
    for item in marked(surface.text):
        if (item.start, item.end) in programmes or not surface.plain[item.start].islower():
            continue
        around = [q for q in indirect if q.start < item.open and item.close <= q.end + 2]
        if not around or any(d.start < item.end and item.start < d.end for d in direct):
            continue
        said = min(around, key=lambda q: q.end - q.start)
        words = len(surface.plain[item.start : item.end].split())
        if words < _FEW and not speakers.is_named(said.speaker):
            continue
        text = surface.text[item.start : item.end]
        found.append(replace(said, start=item.start, end=item.end, text=text, direct=True))
    return found
