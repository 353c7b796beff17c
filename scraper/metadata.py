"""What a page says of itself: title, authors, dates, section, address, paywall, language.

For each field the statements are tried in order of how often they were right on French pages:
the source's recipe, JSON-LD, OpenGraph and other meta elements, then what the page shows. The
origin of each value is recorded beside it.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from urllib.parse import urljoin, urlsplit

from lxml import etree
from lxml.etree import _Element

from recoupe.records import DocumentKind, Source
from recoupe.scraper import authors, jsonld
from recoupe.scraper.blocks import HEADINGS, flat_text, fold_space
from recoupe.scraper.boilerplate import family_of, fold, fold_case
from recoupe.scraper.bylines import bylines
from recoupe.scraper.page_marks import paywall_pattern
from recoupe.scraper.page_tree import text_of
from recoupe.scraper.published import french_date, labelled_dates, normal_date
from recoupe.scraper.recipe import Selected

Candidate = tuple[str, str | None]

_PUBLISHED = (
    "article:published_time", "og:article:published_time", "og:published_time", "datepublished",
    "date.issued", "dc.date.issued", "dcterms.issued", "dc.date.created", "dcterms.created",
    "publication_date", "publish-date", "pubdate", "cxenseparse:recs:publishtime", "dc.date",
    "dcterms.date", "sailthru.date", "parsely-pub-date", "date",
)  # fmt: skip
_MODIFIED = (
    "article:modified_time", "og:article:modified_time", "og:updated_time", "datemodified",
    "dcterms.modified", "dc.date.modified", "last-modified", "revised",
)  # fmt: skip
_AUTHORS = (
    "author",
    "article:author",
    "dc.creator",
    "dcterms.creator",
    "parsely-author",
    "twitter:creator",
)
_DESCRIPTIONS = ("og:description", "description", "twitter:description", "dc.description")
_SITE = re.compile(r"(?P<title>.+)(?:\s+[–—•·-]\s+|\s*\|\s*)[^|]{2,60}")
_MIN_TITLE_WORDS = 2
_MAX_TITLE = 300
_MAX_LINE = 240
#: Elements looked at for a line with the date, from the top of the page.
_MAX_LINES = 3_000
_OFFICIAL = re.compile(
    r"(?:^|\.)(?:gouv\.fr|senat\.fr|assemblee-nationale\.fr|elysee\.fr|ccomptes\.fr"
    r"|conseil-constitutionnel\.fr|conseil-etat\.fr|vie-publique\.fr|service-public\.(?:fr|gouv\.fr)"
    r"|lecese\.fr|defenseurdesdroits\.fr|insee\.fr|ademe\.fr|europa\.eu|urssaf\.(?:fr|org)"
    r"|caf\.fr|ameli\.fr|francetravail\.(?:fr|org)|bpifrance\.fr|banquedesterritoires\.fr)$"
    r"|(?:^|[.-])(?:prefectures?|mairie|ville|departement|conseil-departemental|region|regions"
    r"|agglo|agglomeration|metropole|academie|ac|ars|cc|ca|rectorat)(?=[.-])"
)
_PRESS = re.compile(
    r"(?:^|\.)localtis\.|(?:^|\.)(?:la)?region-?(?:info|actu)|journal|gazette|presse"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PageMetadata:
    """The fields of an article that stand outside its text, each with its origin."""

    title: str | None = None
    author: str | None = None
    section: str | None = None
    published_at: str | None = None
    modified_at: str | None = None
    url: str | None = None
    language: str | None = None
    paywalled: bool | None = None
    descriptions: tuple[str, ...] = ()
    origins: Mapping[str, str] = field(default_factory=dict)


def read_metadata(tree: _Element, *, url: str | None, recipe: Selected) -> PageMetadata:
    """All that a page states of itself; call it before scripts are taken out of the tree."""
    node = jsonld.article_node(tree)
    metas = _metas(tree)
    shown_published, shown_modified = _shown_dates(tree)
    title = _title(tree, node, metas, recipe.title)
    author = _author(tree, node, metas, recipe.author)
    published = _first_date(
        [
            ("recipe", recipe.published),
            (
                "json-ld",
                jsonld.string(node.get("datePublished")) or jsonld.string(node.get("dateCreated")),
            ),
            ("opengraph", _meta(metas, _PUBLISHED)),
            ("itemprop", _itemprop(tree, "datepublished")),
            ("page", shown_published),
            ("time", _time_element(tree)),
        ]
    ) or _guessed_date(tree, url)
    modified = _first_date(
        [
            ("json-ld", jsonld.string(node.get("dateModified"))),
            ("opengraph", _meta(metas, _MODIFIED)),
            ("itemprop", _itemprop(tree, "datemodified")),
            ("page", shown_modified),
        ]
    )
    section = _first(
        [
            ("recipe", recipe.section),
            ("json-ld", jsonld.string(node.get("articleSection"))),
            ("opengraph", _meta(metas, ("article:section", "og:article:section", "section"))),
        ]
    )
    paywalled = _paywalled(tree, node, metas)
    address = _canonical(tree, metas, url)
    language = _language(tree)
    found = {
        "title": title, "author": author, "published_at": published, "modified_at": modified,
        "section": section, "paywalled": paywalled, "url": address, "language": language,
    }  # fmt: skip
    return PageMetadata(
        title=title[1] if title else None,
        author=author[1] if author else None,
        section=section[1] if section else None,
        published_at=published[1] if published else None,
        modified_at=modified[1] if modified else None,
        url=address[1] if address else url,
        language=language[1] if language else None,
        paywalled=paywalled[1] if paywalled else None,
        descriptions=_descriptions(node, metas),
        origins={name: value[0] for name, value in found.items() if value},
    )


def kind_of(url: str | None, source: Source | None) -> tuple[DocumentKind, str]:
    """Press or official, and what told: the source's declaration, else the host's name."""
    if source is not None:
        return source.kind, "source"
    host = (urlsplit(url or "").hostname or "").lower()
    official = _OFFICIAL.search(host) is not None and _PRESS.search(host) is None
    return ("official" if official else "press"), ("url" if host else "default")


# --- title ----------------------------------------------------------------------------------------


def _title(
    tree: _Element, node: jsonld.Node, metas: Mapping[str, str], chosen: str | None
) -> tuple[str, str] | None:
    """The headline as readers see it where metadata confirm it, else as metadata give it."""
    if chosen:
        return "recipe", chosen
    stated = [
        ("json-ld", jsonld.string(node.get("headline"))),
        ("opengraph", _without_site(_meta(metas, ("og:title", "twitter:title")), metas)),
        ("title", _without_site(_title_element(tree), metas)),
    ]
    words = [set(fold_case(text).split()) for _, text in stated if text]
    headlines = [text for text in map(_heading_text, tree.iter("h1")) if text]
    for text in headlines:
        own = set(fold_case(text).split())
        agreed = any(len(own & other) >= 0.5 * min(len(own), len(other)) for other in words)
        if len(own) > _MIN_TITLE_WORDS and (agreed or (not words and len(headlines) == 1)):
            return "h1", text
    shown = _shown_segment(tree, _title_element(tree))
    found = _first([*stated[:2], ("title", shown), *stated[2:]])
    return found or (("h1", headlines[0]) if headlines else None)


def _shown_segment(tree: _Element, text: str | None) -> str | None:
    """« Le Journal - Un titre »: the part that stands alone in the page, as old sites have it."""
    parts = re.split(r"\s+[|–—•·-]+\s+", text or "")
    lines = {fold_case(text_of(e)) for e in tree.iter(*HEADINGS, "b", "strong", "font", "caption")}
    if len(parts) < 2:  # noqa: PLR2004 (a name and a title)
        return None
    shown = (part for part in parts if len(part.split()) > _MIN_TITLE_WORDS)
    return max((part for part in shown if fold_case(part) in lines), key=len, default=None)


def _heading_text(element: _Element) -> str | None:
    return fold_space(flat_text(element))[:_MAX_TITLE] or None


def _title_element(tree: _Element) -> str | None:
    found = next(tree.iter("title"), None)
    return fold_space(text_of(found)) or None if found is not None else None


def _without_site(text: str | None, metas: Mapping[str, str]) -> str | None:
    """« Un titre | Le Journal » → « Un titre », if what is left is still a title."""
    if not text:
        return None
    site = metas.get("og:site_name")
    if site and fold_case(text).endswith(fold_case(site)):
        return text[: len(text) - len(site)].rstrip(" |–—•·:-") or text
    found = _SITE.fullmatch(text)
    shorter = found.group("title").rstrip() if found else ""
    return shorter if len(shorter.split()) > _MIN_TITLE_WORDS else text


# --- author ---------------------------------------------------------------------------------------


def _author(
    tree: _Element, node: jsonld.Node, metas: Mapping[str, str], chosen: str | None
) -> tuple[str, str] | None:
    """Authors' names; a site that names itself as author gives way to a visible byline."""
    house = {
        fold_case(name)
        for name in (*jsonld.strings(node.get("publisher")), metas.get("og:site_name", ""))
        if name
    }
    stated = jsonld.strings(node.get("author")) or jsonld.strings(node.get("creator"))
    candidates = (
        ("recipe", [chosen] if chosen else []),
        ("json-ld", stated),
        ("opengraph", [metas[name] for name in _AUTHORS if name in metas][:1]),
        ("page", bylines(tree)),
    )
    fallback: tuple[str, str] | None = None
    for origin, values in candidates:
        name = authors.joined(values)
        if name and fold_case(name) not in house:
            return origin, name
        fallback = fallback or ((origin, name) if name else None)
    return fallback


# --- dates ----------------------------------------------------------------------------------------


def _first_date(candidates: Iterable[Candidate]) -> tuple[str, str] | None:
    for origin, value in candidates:
        date = normal_date(value) if value else None
        if date:
            return origin, date
    return None


def _shown_dates(tree: _Element) -> tuple[str | None, str | None]:
    """Dates of lines such as « Publié le 3 février 2024 à 14h07, mis à jour le… »."""
    published = modified = alone = None
    lines = tree.iter("p", "div", "span", "time", "li", "small", "em", "td", "font", "i")
    for element in itertools.islice(lines, _MAX_LINES):
        if len(element) > 12:  # noqa: PLR2004 (a container, not a line)
            continue
        text = text_of(element)
        if not 8 <= len(text.strip()) <= _MAX_LINE or not any(map(str.isdigit, text)):  # noqa: PLR2004
            continue
        found = labelled_dates(text)
        published, modified = published or found[0], modified or found[1]
        family = family_of(text) if found == (None, None) and not alone else None
        if family is not None and family.name == "dateline":
            alone = french_date(text)
        if published and modified:
            break
    return published or alone, modified


def _time_element(tree: _Element) -> str | None:
    for element in tree.iter("time"):
        date = normal_date(element.get("datetime")) or french_date(text_of(element))
        if date:
            return date
    return None


def _guessed_date(tree: _Element, url: str | None) -> tuple[str, str] | None:
    """What htmldate finds in the rest of the page and in its address."""
    from htmldate import find_date

    try:
        # Its extensive search costs seconds and takes dates of the prose for the page's own.
        found = find_date(
            tree, url=url, original_date=True, outputformat="%Y-%m-%d", extensive_search=False
        )
    except (ValueError, TypeError, AttributeError):  # its own parsers give up in these ways
        return None
    date = normal_date(found)
    return ("htmldate", date) if date else None


# --- the rest -------------------------------------------------------------------------------------


def _canonical(tree: _Element, metas: Mapping[str, str], url: str | None) -> tuple[str, str] | None:
    """The address that the page gives itself, if it is on the same site and not its front page."""
    links = (
        e.get("href")
        for e in tree.iter("link")
        if "canonical" in (e.get("rel") or "").lower().split()
    )
    for origin, value in (("canonical", next(links, None)), ("opengraph", metas.get("og:url"))):
        address = _joined(url, value)
        if address is None:
            continue
        parts, own = urlsplit(address), urlsplit(url or address)
        front = parts.path in {"", "/"} and not parts.query and own.path not in {"", "/"}
        if parts.hostname and _site(parts.hostname) == _site(own.hostname or "") and not front:
            return origin, address
    return None


def _joined(url: str | None, value: str | None) -> str | None:
    try:
        address = urljoin(url or "", (value or "").strip())
        parts = urlsplit(address)
    except ValueError:
        return None
    return address if value and parts.scheme in {"http", "https"} and parts.netloc else None


def _site(host: str) -> str:
    """The family of a host: its last two labels, three under gouv.fr, asso.fr and their like."""
    labels = host.lower().split(".")
    shared = len(labels) > 2 and labels[-2] in {"gouv", "asso", "com", "co", "presse", "tm", "prd"}  # noqa: PLR2004
    return ".".join(labels[-3:] if shared else labels[-2:])


def _paywalled(
    tree: _Element, node: jsonld.Node, metas: Mapping[str, str]
) -> tuple[str, bool] | None:
    """Whether the page is for subscribers: by metadata, else by a notice that says so."""
    free = jsonld.is_free(node)
    if free is not None:
        return "json-ld", not free
    tier = metas.get("article:content_tier", "").lower()
    if tier in {"locked", "metered", "free"}:
        return "opengraph", tier != "free"
    return ("page", True) if any(map(_is_paywall_notice, tree.iter("p", "div", "td"))) else None


def _is_paywall_notice(element: _Element) -> bool:
    text = text_of(element)
    return len(text) <= _MAX_LINE and paywall_pattern().search(fold(text)) is not None


def _language(tree: _Element) -> tuple[str, str] | None:
    value = (tree.get("lang") or tree.get("xml:lang") or "").strip().lower()
    code = re.split(r"[-_]", value)[0]
    return ("html", code) if re.fullmatch(r"[a-z]{2,3}", code) else None


def _descriptions(node: jsonld.Node, metas: Mapping[str, str]) -> tuple[str, ...]:
    values = [jsonld.string(node.get("description")), jsonld.string(node.get("abstract"))]
    values += [metas.get(name) for name in _DESCRIPTIONS]
    return tuple(dict.fromkeys(value for value in values if value))


def _metas(tree: _Element) -> dict[str, str]:
    """Content of the meta elements by name or property in lower case; the first of each counts."""
    found: dict[str, str] = {}
    for element in tree.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop") or ""
        content = fold_space(element.get("content") or "")
        if name and content:
            found.setdefault(name.strip().lower(), content)
    return found


def _meta(metas: Mapping[str, str], names: Iterable[str]) -> str | None:
    return next((metas[name] for name in names if name in metas), None)


def _itemprop(tree: _Element, name: str) -> str | None:
    for element in tree.iter(etree.Element):
        if (element.get("itemprop") or "").lower() == name:
            return element.get("content") or element.get("datetime") or text_of(element)
    return None


def _first(candidates: Iterable[Candidate]) -> tuple[str, str] | None:
    return next(((origin, value) for origin, value in candidates if value), None)
