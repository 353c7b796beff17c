"""Put each name found into its surroundings: cues, lists, parentheses, neighbours."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from recoupe.extract.layout import Layout
from recoupe.extract.places.cues import Cues, cues_of
from recoupe.extract.places.gazetteer import Gazetteer, fold
from recoupe.extract.places.scan import Hit, Page
from recoupe.extract.places.scores import Setting

Entities = Sequence[tuple[int, int, str]]

_BETWEEN = re.compile(
    r"\s*(?:\([^()\n]{1,40}\))?\s*(?:,|;|/|et|ou|,?\s*ainsi que)\s+"
    r"(?:à|en|dans|de|du|des|d['’]|au|aux)?\s*(?:la|le|les|l['’])?\s*"
)
#: « Saint-Martin, dans le Gers » says as much as « Saint-Martin (Gers) ».
_WITHIN = re.compile(r",?\s+(?:dans\s+(?:le|la|les|l['’])|en|au|aux)\s*")
_HEADING = re.compile(r"\s*[:.–—(,|]")
_NUMBER = re.compile(r"(97\d|98\d|\d\d|2[AB])(?:\d{3}|\d\d)?")
_ACRONYM = 5  # letters
_WIDE = {"departement", "region", "collectivite", "country"}


def settings_of(page: Page, hits: Sequence[Hit], entities: Entities) -> list[Setting]:
    """One setting for each hit; ``entities`` are guesses of a model (start, end, label)."""
    settings: list[Setting] = []
    for number, hit in enumerate(hits):
        cues = cues_of(page, hit)
        before = settings[-1] if settings else None
        gap = _gap(page, hits, number)
        listed = before is not None and _BETWEEN.fullmatch(gap) is not None
        if listed and before is not None:
            cues = _inherited(cues, before.cues)
        at = replace(_setting(page, hit, cues, entities), listed=listed)
        if before is not None and not before.inside and _WITHIN.fullmatch(gap):
            around = _codes_inside((at.written,), page.gazetteer)
            settings[-1] = replace(before, inside=around)
        settings.append(at)
    return _with_neighbours(settings, hits)


def under_headers(page: Page, hits: Sequence[Hit], settings: Sequence[Setting]) -> list[Setting]:
    """The settings of a table's first column, with the level that its header says.

    « Arrondissement | Maisons labellisées » makes an arrondissement of « Nevers ».
    """
    layout = Layout.of(page.text)
    done: list[Setting] = []
    for hit, at in zip(hits, settings, strict=True):
        start = page.tokens[hit.first].start
        line = layout.line_at(start)
        header = layout.header(line)
        level = None
        if header is not None and layout.column(line, start) == 0:
            heading = fold(page.text[slice(*layout.cells(header)[0])].partition("(")[0])
            level = page.words.bodies.get(heading.strip())
        done.append(replace(at, cues=replace(at.cues, body=level)) if level else at)
    return done


def _gap(page: Page, hits: Sequence[Hit], number: int) -> str:
    if not number:
        return ""
    start = page.tokens[hits[number - 1].last - 1].end
    return page.text[start : page.tokens[hits[number].first].start]


def _inherited(cues: Cues, before: Cues) -> Cues:
    """« les maires de Rennes, Brest et Vannes »: what governs the first governs the next ones."""
    plural = before.head.endswith("s")
    bare = cues.preposition is None and cues.article is None
    at = cues.preposition in {"a", "au", "aux", "en"}
    named_after = before.trap in {"institution", "event", "feature"} and not (cues.body or at)
    return replace(
        cues,
        body=cues.body or (before.body if plural else None),
        title=cues.title or (before.title if plural and not cues.body else None),
        preposition=before.preposition if bare and before.preposition == "en" else cues.preposition,
        trap=cues.trap or (before.trap if named_after else None),
        head=cues.head if cues.body or cues.title else before.head,
    )


def _setting(page: Page, hit: Hit, cues: Cues, entities: Entities) -> Setting:
    text, tokens = page.text, page.tokens
    start, end = tokens[hit.first].start, tokens[hit.last - 1].end
    opened = text[:start].rstrip().endswith("(")
    line = not text[:start].rsplit("\n", 1)[-1].strip()
    return Setting(
        key=hit.key,
        written=text[start:end],
        words=hit.last - hit.first,
        cues=cues,
        inside=_codes_inside(cues.inside, page.gazetteer),
        in_parentheses=opened and text[end : end + 1] in {")", ",", " "},
        heading=line and (_HEADING.match(text, end) is not None or text[end : end + 1] == "\n"),
        acronym=_is_acronym(page, hit),
        listed=False,
        near_countries=frozenset(),
        entity=next((label for a, b, label in entities if a < end and start < b), None),
    )


def _is_acronym(page: Page, hit: Hit) -> bool:
    """« le CAP », « le BAR »: short capitals in a text that is not in capitals all around."""
    token = page.tokens[hit.first]
    if hit.last - hit.first > 1 or len(token.text) > _ACRONYM or not token.text.isupper():
        return False
    around = [*page.tokens[max(0, hit.first - 2) : hit.first], *page.tokens[hit.last :][:2]]
    return len(token.text) > 1 and not any(len(t.text) > 1 and t.text.isupper() for t in around)


def _codes_inside(parts: Sequence[str], gazetteer: Gazetteer) -> frozenset[str]:
    """What parentheses name: « (Eure) » → 27, « (35) » → 35, « (56000) » → 56, « (Chine) » → CN.

    Codes of régions get an R before them, since « 24 » is Dordogne too.
    """
    codes: set[str] = set()
    for part in parts:
        number = _NUMBER.fullmatch(part.strip())
        if number:
            codes.add(number.group(1))
            continue
        for place in gazetteer.named(fold(part)):
            code = place.code if place.level in _WIDE else place.country
            if code and not place.need:
                codes.add(f"R{code}" if place.level == "region" else code)
    return frozenset(codes)


def _with_neighbours(settings: list[Setting], hits: Sequence[Hit]) -> list[Setting]:
    """Names listed beside a foreign town are abroad too: « Vienne, Berlin et Prague »."""
    abroad = [
        frozenset(p.country for p in hit.places[:1] if p.country and p.country != "FR")
        for hit in hits
    ]
    result = list(settings)
    for number, setting in enumerate(settings):
        near: set[str] = set()
        if setting.listed:
            near |= abroad[number - 1]
        if number + 1 < len(settings) and settings[number + 1].listed:
            near |= abroad[number + 1]
        result[number] = replace(setting, near_countries=frozenset(near))
    return result
