"""One report in, one record out: the stages in their order, each report passing each stage once.

No storage, no printing. The order of the stages is the architecture (docs/architecture.md).
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import msgspec

from trucewatch.coding.actors import find_actors, load_actors, side_of
from trucewatch.coding.claims import Finders, build_claims
from trucewatch.coding.counts import find_counts
from trucewatch.coding.events import find_events
from trucewatch.coding.means import find_means
from trucewatch.coding.speech import find_attributions
from trucewatch.language.parser import Parser
from trucewatch.language.shipped import model_digest
from trucewatch.model import ARTICLE_PARTS, Coder, Document, Mentions, Note, Record, Report, Span
from trucewatch.places.apply import place_for
from trucewatch.places.gazetteer import Gazetteer
from trucewatch.places.resolve import country_of, find_places, zone_of
from trucewatch.times.anchors import truce_anchors
from trucewatch.times.apply import time_for
from trucewatch.times.resolve import check_dates, find_times
from trucewatch.truce.follow import follow
from trucewatch.truce.tensions import find_tensions

VERSION = "0.1.0"
#: Languages that the coder reads; in any other the parts are told and nothing is claimed.
LANGUAGES = ("en",)


@dataclass(frozen=True, slots=True)
class Resources:
    """What coding needs open: the parser, the gazetteer, the actor table; one per process."""

    parser: Parser
    gazetteer: Gazetteer
    coder: Coder
    actors: Path | None = None

    @classmethod
    def load(cls, *, actors: Path | None = None, threads: int = 1) -> Resources:
        """Open the shipped model, gazetteer and tables, with the user's actor table over them."""
        load_actors(actors)
        return cls(Parser.load(threads=threads), Gazetteer.load(), coder_of(), actors)


@lru_cache(maxsize=1)
def coder_of() -> Coder:
    """Who codes: this version with the shipped language model, told by the first 12 digits of its hash."""
    return Coder(version=VERSION, model=model_digest()[:12])


def code(report: Report, notes: Sequence[Note], resources: Resources) -> Record:
    """The record of one report. A report that cannot be coded gives its parts and notes, and no claims."""
    record = Record(coder=resources.coder, report=report, notes=list(notes))
    if any(note.level == "error" for note in notes) or not report.text.strip():
        return record
    if report.language not in LANGUAGES:
        return msgspec.structs.replace(record, notes=[*notes, _unread_language(report)])
    return _code_article(record, resources)


def _code_article(record: Record, resources: Resources) -> Record:
    report = record.report
    doc = Document(report, tuple(resources.parser.parse(report.text, article_regions(report))))
    mentions, finders, zone_notes = _find(doc, resources)
    claims = build_claims(doc, mentions, finders)
    anchors = truce_anchors(doc, mentions.times)
    claims, truces, truce_notes = follow(doc, claims, mentions, anchors)
    notes = [*record.notes, *zone_notes, *truce_notes, *find_tensions(doc, claims, mentions)]
    return msgspec.structs.replace(record, mentions=mentions, claims=claims, truces=truces, notes=notes)


def _find(doc: Document, resources: Resources) -> tuple[Mentions, Finders, list[Note]]:
    """All mentions of a document, and what asks for the place and the time of an event."""
    places = find_places(doc, resources.gazetteer, side_of)
    country = country_of(doc, places)
    zone = zone_of(doc, places, resources.gazetteer)
    times = find_times(doc, zone)
    actors = find_actors(doc, places, country)
    mentions = Mentions(
        places=places,
        times=times,
        counts=find_counts(doc),
        actors=actors,
        attributions=find_attributions(doc, actors),
        events=find_events(doc),
    )
    finders = Finders(
        means=find_means(doc),
        place_for=lambda event: place_for(doc, event, places),
        time_for=lambda event: time_for(doc, event, times),
    )
    return mentions, finders, check_dates(doc, times)


def article_regions(report: Report) -> list[Span]:
    """The stretches of the text that the coder reads: the article's own parts."""
    return [part.span for part in report.parts if part.kind in ARTICLE_PARTS]


def _unread_language(report: Report) -> Note:
    return Note(
        level="warning",
        code="language",
        message=f"the text is in {report.language or 'an unknown language'}; the coder reads English, "
        "so the parts are told and nothing is claimed",
        span=(0, len(report.text)),
    )


def failed(report: Report, notes: Sequence[Note], coder: Coder, error: Exception) -> Record:
    """The record of a report on which the coder failed: its parts, and a note that says so."""
    note = Note(
        level="error",
        code="coder",
        message=f"the coder failed on {report.source}: {type(error).__name__}: {error}; "
        "this is a fault of trucewatch, please report it with the page",
    )
    return Record(coder=coder, report=report, notes=[*notes, note])


def encode(record: Record) -> bytes:
    """One line of JSON, without the line's end: the same record gives the same bytes."""
    return msgspec.json.encode(record)


def decode(line: bytes | str) -> Record:
    """The record that `encode` wrote. Raises msgspec.DecodeError for anything else."""
    return msgspec.json.decode(line, type=Record)


@lru_cache(maxsize=1)
def schema() -> bytes:
    """The JSON Schema of a record, generated from the nouns."""
    return msgspec.json.format(msgspec.json.encode(msgspec.json.schema(Record)), indent=1)


def digest(data: bytes) -> str:
    """The sha256 of captured bytes, in hex: the id of a report."""
    return hashlib.sha256(data).hexdigest()
