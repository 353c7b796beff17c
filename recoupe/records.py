"""The records that flow through Recoupe, one way, from a source to a comparison.

    Source → Snapshot → Article → (spaCy Doc, inside extract/) → Extraction → rows → Comparison

Every record is frozen. An absent value is ``None``, never ``""`` or ``0``. Offsets count Unicode
code points of ``Article.text``, so that ``article.text[m.start:m.end] == m.text`` for each mention
``m``; `Extraction.check` refuses a record for which that does not hold. Amounts are `Decimal`,
never float. Dates are ISO 8601 strings, of a day (``"2019-09-25"``) or of an instant with its
offset from UTC (``"2019-09-25T08:30:00+02:00"``).
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from recoupe.errors import OffsetError

DocumentKind = Literal["press", "official"]

# --- collected ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """CSS selectors that tell one source's pages apart where metadata do not; all optional."""

    title: str | None = None
    standfirst: str | None = None
    body: str | None = None
    author: str | None = None
    published: str | None = None
    section: str | None = None
    remove: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A site that Recoupe may collect, as declared in a TOML file of `scraper/catalogue`.

    ``hosts`` are the only hosts its addresses may have; ``territory`` is the INSEE code of the
    département or région that a local source writes about.
    """

    name: str
    title: str
    kind: DocumentKind
    hosts: tuple[str, ...]
    feeds: tuple[str, ...] = ()
    sitemaps: tuple[str, ...] = ()
    listings: tuple[str, ...] = ()
    listing_item: str | None = None
    listing_next: str | None = None
    max_listing_pages: int = 5
    recipe: Recipe = field(default_factory=Recipe)
    territory: str | None = None
    delay_seconds: float | None = None
    licence: str | None = None
    last_checked: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """The bytes that one address served at one time, with what the server said of them.

    ``sha256`` is the hexadecimal digest of ``body`` and its identity; ``charset`` and
    ``content_type`` are what the server declared, lower-cased, without parameters.
    ``opted_out`` is the publisher's reservation against text and data mining (TDMRep), ``None``
    where nothing was said.
    """

    url: str
    final_url: str
    source: str | None
    kind: DocumentKind | None
    fetched_at: str
    content_type: str | None
    charset: str | None
    body: bytes
    sha256: str
    opted_out: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One text with its metadata, as the reader found it in a snapshot or a file.

    ``text`` is the standfirst and the body, paragraphs set apart by one empty line; it keeps its
    no-break spaces and typographic apostrophes. ``origins`` says for each field where it came from
    (``"json-ld"``, ``"opengraph"``, ``"recipe"``, ``"trafilatura"``, ``"flag"``…).
    """

    text: str
    kind: DocumentKind = "press"
    url: str | None = None
    source: str | None = None
    title: str | None = None
    standfirst: str | None = None
    author: str | None = None
    section: str | None = None
    published_at: str | None = None
    modified_at: str | None = None
    language: str = "fr"
    paywalled: bool | None = None
    territory: str | None = None
    snapshot_sha256: str | None = None
    origins: Mapping[str, str] = field(default_factory=dict)

    @property
    def published_on(self) -> str | None:
        """The day of publication, ``"2019-09-25"``, or ``None``."""
        return self.published_at[:10] if self.published_at else None

    @property
    def version(self) -> str:
        """Identity of this wording: sha256 of title and text in NFC with white space folded."""
        folded = " ".join(unicodedata.normalize("NFC", f"{self.title or ''}\n{self.text}").split())
        return hashlib.sha256(folded.encode()).hexdigest()


# --- extracted ------------------------------------------------------------------------------------

QuantityKind = Literal[
    "amount",
    "percent",
    "point",
    "count",
    "ratio",
    "multiplier",
    "measure",
    "duration",
    "rank",
    "number",
]
Approx = Literal["about", "more_than", "at_least", "less_than", "at_most"]
ReferenceKind = Literal[
    "age",
    "article",
    "date",
    "enumeration",
    "hour",
    "identifier",
    "law",
    "name",
    "phone",
    "postcode",
    "road",
    "score",
    "siren",
    "siret",
    "year",
]
DateKind = Literal["date", "period", "deadline"]
Granularity = Literal[
    "day",
    "week",
    "month",
    "season",
    "quarter",
    "semester",
    "school_year",
    "year",
    "term",
    "decade",
    "century",
]
Level = Literal[
    "commune",
    "arrondissement_municipal",
    "canton",
    "epci",
    "arrondissement",
    "departement",
    "region",
    "collectivite",
    "country",
    "supranational",
    "programme_territory",
    "other",
]
CodeSystem = Literal["COG", "SIREN", "ISO", "ANCT"]
Status = Literal[
    "none",
    "estimated",
    "planned",
    "announced",
    "committed",
    "contracted",
    "paid",
    "achieved",
    "cancelled",
]
Side = Literal["estimated", "announced", "reported", "cancelled"]
Relation = Literal["announced_vs_reported", "part_of", "evolution", "same", "contradicts"]
Span = tuple[int, int]

#: The side on which each status stands when announced is set against reported (design §3).
SIDES: Mapping[Status, Side | None] = {
    "none": None,
    "estimated": "estimated",
    "planned": "announced",
    "announced": "announced",
    "committed": "reported",
    "contracted": "reported",
    "paid": "reported",
    "achieved": "reported",
    "cancelled": "cancelled",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A stretch of the article's text: ``text == article.text[start:end]``, in code points."""

    start: int
    end: int
    text: str

    @property
    def span(self) -> Span:
        """``(start, end)``."""
        return self.start, self.end


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity(Mention):
    """A figure with its exact value; a range fills ``low`` and ``high`` instead of ``value``.

    ``unit`` is an ISO 4217 currency, ``percent``, ``point``, a UCUM code, or a unit of time;
    ``per`` the denominator of a rate (``EUR`` per ``year``). ``precision`` is the weight of the
    last digit as written: ``"1,36 milliard"`` → ``10_000_000``. ``object`` is what is counted, as
    it stands at ``object_start:object_end``. ``part_of`` is the ``id`` of the quantity that this
    one is a share of. ``rule`` names the rule that found it; ``confidence`` lies in 0–1.
    """

    id: str
    kind: QuantityKind
    value: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    unit: str | None = None
    per: str | None = None
    approx: Approx | None = None
    precision: Decimal | None = None
    object: str | None = None
    object_start: int | None = None
    object_end: int | None = None
    part_of: str | None = None
    rule: str = ""
    confidence: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference(Mention):
    """Digits or number words that are no figure: a road, an age, an hour, a law's number."""

    kind: ReferenceKind


@dataclass(frozen=True, slots=True, kw_only=True)
class DateMention(Mention):
    """A date, period or deadline, resolved against the day of publication; bounds inclusive.

    ``date_from`` and ``date_to`` are ISO days; a deadline (« d'ici 2027 ») has no ``date_from``,
    an open period (« depuis le printemps ») no ``date_to``.
    """

    kind: DateKind
    date_from: str | None
    date_to: str | None
    granularity: Granularity
    rule: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TerritoryCandidate:
    """One place that a name may mean, with the linker's score in 0–1."""

    code: str
    code_system: CodeSystem
    level: Level
    name: str
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class TerritoryMention(Mention):
    """A place name and the official code it stands for, ``None`` where no code is sure.

    ``confidence`` is the margin over the next candidate; ``lat`` and ``lon`` are WGS 84 degrees.
    """

    level: Level | None
    code: str | None
    code_system: CodeSystem | None
    name: str | None
    lat: float | None = None
    lon: float | None = None
    confidence: float = 1.0
    candidates: tuple[TerritoryCandidate, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonMention(Mention):
    """A person's name without civility or title; ``name`` is the fullest form in the document."""

    name: str
    role: str | None = None
    organisation: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationMention(Mention):
    """An organisation; ``name`` is the fullest form in the document (AdCF → its long name)."""

    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammeMention(Mention):
    """A public programme, plan or law; ``name`` is its canonical form."""

    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote(Mention):
    """What somebody is reported to say: the content between the marks, or after the cue.

    ``speaker`` is the fullest name in the document, or the words that stand for a speaker
    (« les partenaires »); ``cue`` is the reporting verb or « selon » as it stands in the text.
    """

    direct: bool
    speaker: str | None
    cue: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """What one text says of one figure: its status, about which programme and place, by whom.

    ``quantity`` is a `Quantity.id`. ``marker`` is the span that gave the status; ``evidence`` the
    sentence. ``measure`` is the lemmatised head noun with its qualifiers, the key by which figures
    of several texts are compared; ``perimeter`` says whose money or which accounting it is (``AE``,
    ``CP``, ``Banque des Territoires``). ``territory`` is an official code, found
    where ``territory_basis`` says: ``sentence``, ``paragraph``, ``headline`` or ``source``.
    """

    id: str
    quantity: str
    status: Status
    legal: Literal["voted"] | None = None
    negated: bool = False
    conditional: bool = False
    reported_speech: bool = False
    superseded: bool = False
    marker: Span | None = None
    programme: str | None = None
    territory: str | None = None
    territory_level: Level | None = None
    territory_basis: Literal["sentence", "paragraph", "headline", "source"] | None = None
    period_from: str | None = None
    period_to: str | None = None
    speaker: str | None = None
    actor: str | None = None
    measure: str | None = None
    perimeter: str | None = None
    evidence: Span
    confidence: float = 1.0

    @property
    def side(self) -> Side | None:
        """The side of the comparison that this fact's status stands on."""
        return SIDES[self.status]


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Two facts set side by side; for ``announced_vs_reported`` the announced one is ``left``.

    ``left`` and ``right`` are fact identifiers; ``ratio`` is right over left, ``None`` where no
    rate may be formed.
    """

    relation: Relation
    left: str
    right: str
    ratio: Decimal | None
    basis: Literal["sentence", "document", "base"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pipeline:
    """What extracted: its name, its version, and the statistical model beneath it."""

    name: str
    version: str
    model: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Extraction:
    """All that the pipeline found in one article, in the order of the text."""

    article: Article
    pipeline: Pipeline
    sentences: tuple[Span, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    references: tuple[Reference, ...] = ()
    dates: tuple[DateMention, ...] = ()
    territories: tuple[TerritoryMention, ...] = ()
    people: tuple[PersonMention, ...] = ()
    organisations: tuple[OrganisationMention, ...] = ()
    programmes: tuple[ProgrammeMention, ...] = ()
    quotes: tuple[Quote, ...] = ()
    facts: tuple[Fact, ...] = ()
    comparisons: tuple[Comparison, ...] = ()

    def mentions(self) -> Iterator[Mention]:
        """Every mention of every kind."""
        for group in (
            self.quantities,
            self.references,
            self.dates,
            self.territories,
            self.people,
            self.organisations,
            self.programmes,
            self.quotes,
        ):
            yield from group

    def check(self) -> None:
        """Raise `OffsetError` unless each mention's offsets spell its text and each id resolves."""
        for mention in self.mentions():
            self._check_span(mention.text, mention.start, mention.end)
        for quantity in self.quantities:
            if quantity.object is not None:
                start, end = quantity.object_start or 0, quantity.object_end or 0
                self._check_span(quantity.object, start, end)
        quantities = {quantity.id for quantity in self.quantities}
        facts = {fact.id for fact in self.facts}
        for fact in self.facts:
            start, end = fact.evidence
            if fact.quantity not in quantities or not 0 <= start < end <= len(self.article.text):
                raise OffsetError(fact.id, start, end)
        for comparison in self.comparisons:
            if not {comparison.left, comparison.right} <= facts:
                raise OffsetError(f"{comparison.left} / {comparison.right}", 0, 0)

    def _check_span(self, text: str, start: int, end: int) -> None:
        if not text or self.article.text[start:end] != text:
            raise OffsetError(text, start, end)


# --- outcomes -------------------------------------------------------------------------------------

Stage = Literal["discover", "fetch", "read", "extract", "store", "compare"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """Why one address or document did not get through, kept in the table ``failures``."""

    stage: Stage
    error: str
    message: str
    url: str | None = None
    source: str | None = None
    snapshot_sha256: str | None = None
