"""The nouns of trucewatch: what a parse holds, and what a record holds.

Every field of the record means what the record's contract says (docs/record.md). Everything here is
frozen: a stage takes nouns and gives new ones. Spans are `[start, end)` in Unicode code points of
`Report.text`; they are also the key by which the stages join what they found.

Layer: lowest. Imports nothing from the package.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import msgspec
from msgspec import UNSET, UnsetType, field

Span = tuple[int, int]

SCHEMA = "trucewatch/1"

# ------------------------------------------------------------------ the parse of one sentence


@dataclass(frozen=True, slots=True)
class Token:
    """One word: where it stands and what the language model says of it."""

    i: int  # index in the sentence
    start: int  # absolute code point in the report's text
    end: int
    text: str
    lemma: str
    upos: str
    xpos: str
    head: int  # index in the sentence, -1 for the root
    dep: str  # UD relation, with subtype
    factuality: float | None = None  # -3..3, only where the token tells of an event


@dataclass(frozen=True, slots=True)
class Name:
    """A named thing: token range [start, end) in its sentence."""

    start: int
    end: int
    kind: str  # person | place | organization | weapon | time | quantity | other


@dataclass(frozen=True, slots=True)
class FrameArg:
    """One argument of a predicate: PropBank label, head token, token range [start, end)."""

    label: str
    head: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Frame:
    """A PropBank predicate and its arguments."""

    predicate: int
    sense: str | None
    args: tuple[FrameArg, ...]


@dataclass(frozen=True, slots=True)
class Saying:
    """An attribution found by the model: token indices of cue, source and content (either may be empty)."""

    cue: tuple[int, ...]
    source: tuple[int, ...]
    content: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Sentence:
    """A parsed sentence. `start` and `end` are absolute code points."""

    start: int
    end: int
    tokens: tuple[Token, ...]
    names: tuple[Name, ...] = ()
    frames: tuple[Frame, ...] = ()
    sayings: tuple[Saying, ...] = ()


# ------------------------------------------------------------------ pieces of a record


class Noun(msgspec.Struct, frozen=True, kw_only=True):
    """Base of everything that stands in a record."""


class Words(Noun, frozen=True, kw_only=True):
    """A wording: `report.text[start:end] == text`."""

    span: Span
    text: str


class Pieces(Noun, frozen=True, kw_only=True):
    """A wording that may stand in several pieces."""

    spans: list[Span]
    text: str


class Unresolved(Noun, frozen=True, kw_only=True):
    """What is missing of a value, and why (law 2)."""

    missing: list[str]
    why: str


class Note(Noun, frozen=True, kw_only=True):
    """Something that could not be read, or a tension in the text."""

    level: Literal["info", "warning", "error"]
    code: str
    message: str
    span: Span | None = None


class Part(Noun, frozen=True, kw_only=True):
    """One stretch of the page and what it is; the parts of a report partition its text."""

    kind: str
    span: Span
    amounts: list[float | int] | UnsetType = UNSET  # donation_meter
    currency: str | UnsetType | None = UNSET  # donation_meter
    author: str | UnsetType | None = UNSET  # comment
    posted: str | UnsetType | None = UNSET  # comment, ISO date or date and time
    votes: int | UnsetType | None = UNSET  # comment
    position: int | UnsetType = UNSET  # comment, 1 = first


PART_KINDS = (
    "title", "summary", "body", "byline", "dateline", "caption", "repeated_title", "promotion",
    "donation_meter", "navigation", "related", "widget", "comment", "template",
)  # fmt: skip
#: Parts that the coder reads. Everything else is furniture and yields nothing (law 4).
ARTICLE_PARTS = ("title", "summary", "body", "dateline", "caption")


class Published(Noun, frozen=True, kw_only=True):
    """When the report was published, as far as known: `value` is an ISO date or date and time, or null."""

    value: str | None = None
    precision: str | None = None
    basis: Literal["page", "metadata", "user"] | None = None
    span: Span | None = None


class Report(Noun, frozen=True, kw_only=True):
    """A captured page: its text and what is known about it."""

    id: str  # sha256 of the captured bytes
    source: str
    outlet: str | None = None
    title: str | None = None
    byline: str | None = None
    published: Published = Published()
    language: str | None = None
    media_type: str = "text/plain"
    text: str = ""
    parts: list[Part] = []


class Coder(Noun, frozen=True, kw_only=True):
    """Who made the record: name, version, and the hash of the language model."""

    name: str = "trucewatch"
    version: str
    model: str | None = None


# ---- places


class PlacePrecision(Noun, frozen=True, kw_only=True):
    """How exact a place is: ACLED's 1-3 and a radius in kilometres."""

    acled: int | None = None
    radius_km: float | None = None


class Within(Noun, frozen=True, kw_only=True):
    """A parent of a place, nearest first in the list that holds it."""

    name: str
    level: str
    geonameid: int | None = None


class Control(Noun, frozen=True, kw_only=True):
    """Who holds the spot, where the words tell it."""

    side: str | None
    span: Span
    text: str


class Place(Noun, frozen=True, kw_only=True):
    """A place: its words, what they resolve to, and what stays open. All null: the text names none."""

    span: Span | None = None
    text: str | None = None
    name: str | None = None
    lat: float | None = None
    lon: float | None = None
    level: str | None = None  # site | neighbourhood | settlement | adm2 | adm1 | country | region | line
    precision: PlacePrecision | None = None
    geonameid: int | None = None
    within: list[Within] = []
    modifier: str | None = None
    control: Control | None = None
    unresolved: Unresolved | None = None


class ClaimPlace(Place, frozen=True, kw_only=True):
    """The place of a claim, with where a movement came from and went to and where it was observed."""

    from_: Place | None = field(default=None, name="from")
    to: Place | None = None
    observer: Place | None = None


class PlaceMention(Place, frozen=True, kw_only=True):
    """A place found in the text; `government` where the name stands for a government."""

    id: str = ""
    kind: Literal["place", "government"] = "place"


# ---- times


class Utc(Noun, frozen=True, kw_only=True):
    """The same interval in UTC, ISO 8601 with Z, half open."""

    start: str | None = None
    end: str | None = None


class Reading(Noun, frozen=True, kw_only=True):
    """Another way that the words of a time can be taken."""

    start: str | None = None
    end: str | None = None
    basis: str | None = None
    why: str = ""


class Time(Noun, frozen=True, kw_only=True):
    """A time: half-open local interval, its precision and basis. All null: the text tells none."""

    span: Span | None = None
    text: str | None = None
    start: str | None = None
    end: str | None = None
    utc: Utc | None = None
    zone: str | None = None
    precision: str | None = None  # minute | hour | part_of_day | day | week | month | year
    basis: str | None = None  # explicit | document_date | event_relative | narrative
    readings: list[Reading] = []
    unresolved: Unresolved | None = None
    duration: str | None = None  # ISO 8601


class TimeMention(Time, frozen=True, kw_only=True):
    """A time expression found in the text."""

    id: str = ""
    kind: Literal["date", "time", "duration", "set"] = "date"


# ---- counts, actors, means, attribution, events


class Count(Noun, frozen=True, kw_only=True):
    """A number of something: low, best and high are null where the words do not tell them."""

    span: Span
    text: str
    what: str | None = None  # killed | wounded | gathered | arrived | crossed | ...
    who: str | None = None
    low: int | float | None = None
    best: int | float | None = None
    high: int | float | None = None
    word: str | None = None
    per: str | None = None


class CountMention(Count, frozen=True, kw_only=True):
    """A count found in the text."""

    id: str = ""


class Actor(Noun, frozen=True, kw_only=True):
    """Somebody: the words, the neutral name, and what kind and side it is of."""

    span: Span
    text: str
    name: str | None = None
    kind: str = "unknown"
    side: str | None = None
    country: str | None = None
    loaded: bool = False


class ActorRole(Actor, frozen=True, kw_only=True):
    """An actor in a claim."""

    role: str  # initiator | target | victim | party | announcer | addressee | mover


class ActorMention(Actor, frozen=True, kw_only=True):
    """An actor found in the text; `same_as` is the id of the first mention of the same."""

    id: str = ""
    same_as: str | None = None


class Means(Noun, frozen=True, kw_only=True):
    """With what it was done."""

    span: Span
    text: str
    kind: str


class Source(Noun, frozen=True, kw_only=True):
    """Who is said to say it."""

    span: Span
    text: str
    name: str | None = None
    kind: str = "unknown"
    side: str | None = None


class ChainLink(Source, frozen=True, kw_only=True):
    """A teller further back: whom the nearest teller cites."""

    cue: Pieces | None = None


class Attribution(Noun, frozen=True, kw_only=True):
    """Who tells it, inside the report."""

    voice: Literal["outlet", "named", "class", "hearsay"] = "outlet"
    source: Source | None = None
    cue: Pieces | None = None
    content: Pieces | None = None
    chain: list[ChainLink] = []


class AttributionMention(Noun, frozen=True, kw_only=True):
    """An attribution found in the text."""

    id: str = ""
    span: Span
    text: str
    voice: Literal["outlet", "named", "class", "hearsay"] = "named"
    source: Pieces | None = None
    cue: Pieces | None = None
    content: Pieces | None = None


class EventMention(Noun, frozen=True, kw_only=True):
    """A word that tells of an event, whether or not it is of one of our types."""

    id: str = ""
    span: Span
    text: str
    trigger: Words
    factuality: float | None = None
    status: str = "happened"
    polarity: Literal["affirmed", "denied"] = "affirmed"
    type: str | None = None


class AcledCode(Noun, frozen=True, kw_only=True):
    """ACLED event type and sub-event type, or nulls where ACLED has none."""

    event_type: str | None = None
    sub_event_type: str | None = None


class PloverCode(Noun, frozen=True, kw_only=True):
    """PLOVER event, mode and contexts."""

    event: str | None = None
    mode: str | None = None
    context: list[str] = []


class Event(Noun, frozen=True, kw_only=True):
    """What is claimed to have happened."""

    type: str
    acled: AcledCode
    plover: PloverCode
    trigger: Words


class TruceLink(Noun, frozen=True, kw_only=True):
    """How a claim bears on a truce."""

    label: str
    relation: str


class Mentions(Noun, frozen=True, kw_only=True):
    """All that was found in the article's own parts."""

    places: list[PlaceMention] = []
    times: list[TimeMention] = []
    counts: list[CountMention] = []
    actors: list[ActorMention] = []
    attributions: list[AttributionMention] = []
    events: list[EventMention] = []


class Claim(Noun, frozen=True, kw_only=True):
    """What somebody says has happened: one claim per happening, place and teller."""

    id: str
    event: Event
    status: str = "happened"
    polarity: Literal["affirmed", "denied"] = "affirmed"
    factuality: float | None = None
    hedges: list[Words] = []
    confidence: float = 0.5
    actors: list[ActorRole] = []
    means: list[Means] = []
    place: ClaimPlace = ClaimPlace()
    places: list[Place] = []
    time: Time = Time()
    counts: list[Count] = []
    attribution: Attribution = Attribution()
    truce: TruceLink | None = None
    superseded_by: str | None = None
    span: Span


# ---- truces


class Party(Noun, frozen=True, kw_only=True):
    """A party to a truce and where it stands."""

    name: str
    stance: str
    claims: list[str] = []


class Window(Noun, frozen=True, kw_only=True):
    """A stretch of time for which the truce is said to hold."""

    span: Span | None = None
    text: str | None = None
    start: str | None = None
    end: str | None = None
    utc: Utc | None = None
    zone: str | None = None
    precision: str | None = None
    readings: list[Reading] = []
    claims: list[str] = []
    unresolved: Unresolved | None = None


class Extension(Noun, frozen=True, kw_only=True):
    """An extension: by whom, until when or for how long."""

    by: str | None = None
    until: str | None = None
    duration: str | None = None
    claims: list[str] = []


class Corridor(Noun, frozen=True, kw_only=True):
    """A corridor or crossing of a truce."""

    name: str | None = None
    place: Place | None = None
    checkpoints: list[Place] = []
    for_: str | None = field(default=None, name="for")
    state: str = "unknown"
    claims: list[str] = []


class Item(Noun, frozen=True, kw_only=True):
    """Something told of a truce: the claims that tell it, and why it stands where it stands."""

    claims: list[str]
    why: str | None = None


class Movement(Noun, frozen=True, kw_only=True):
    """One stage of a movement: gathered, arrived, asked, crossed, arrived_at_destination."""

    stage: str
    claims: list[str]


class Reason(Noun, frozen=True, kw_only=True):
    """A reason of a judgement."""

    about: Literal["observance", "purpose", "formal"]
    says: str
    for_or_against: Literal["for", "against"]
    claims: list[str] = []


class Judgement(Noun, frozen=True, kw_only=True):
    """Did it hold: three answers, with reasons."""

    observance: str = "undetermined"
    purpose: str = "undetermined"
    formal: str = "undetermined"
    reasons: list[Reason] = []
    headline: Words | None = None
    summary: str = ""
    origins: int = 1
    sides_heard: list[str] = []
    voices_missing: list[str] = []


class Truce(Noun, frozen=True, kw_only=True):
    """One instrument, under however many labels."""

    id: str
    labels: list[Words] = []
    declared_type: str | None = None
    computed_type: str = "undetermined"
    area: Place | None = None
    parties: list[Party] = []
    windows: list[Window] = []
    extensions: list[Extension] = []
    corridors: list[Corridor] = []
    terms: list[Item] = []
    violations: list[Item] = []
    calm: list[Item] = []
    obstructions: list[Item] = []
    movements: list[Movement] = []
    rejections: list[Item] = []
    undetermined: list[Item] = []
    judgement: Judgement = Judgement()


class Record(Noun, frozen=True, kw_only=True):
    """One coded report."""

    schema: str = SCHEMA
    coder: Coder
    report: Report
    mentions: Mentions = Mentions()
    claims: list[Claim] = []
    truces: list[Truce] = []
    notes: list[Note] = []


# ------------------------------------------------------------------ what the stages pass on


@dataclass(frozen=True, slots=True)
class Document:
    """A report whose article parts are parsed: the input of every coding stage."""

    report: Report
    sentences: tuple[Sentence, ...]

    @property
    def text(self) -> str:
        """The report's text."""
        return self.report.text

    def part_at(self, offset: int) -> str:
        """The kind of the part that holds a code point."""
        return next((p.kind for p in self.report.parts if p.span[0] <= offset < p.span[1]), "body")

    def sentence_at(self, offset: int) -> Sentence | None:
        """The sentence that holds a code point, or None in furniture and between sentences."""
        return next((s for s in self.sentences if s.start <= offset < s.end), None)


def words(text: str, span: Span) -> Words:
    """The wording of a span."""
    return Words(span=span, text=text[span[0] : span[1]])


def pieces(text: str, spans: Sequence[Span]) -> Pieces:
    """The wording of several spans, joined by one space."""
    return Pieces(spans=list(spans), text=" ".join(text[a:b] for a, b in spans))
