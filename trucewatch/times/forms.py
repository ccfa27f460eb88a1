"""What a time expression says, before it is resolved: the forms that the grammar gives.

Nothing here knows a date or a zone; that is for the resolver.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from trucewatch.model import Span
from trucewatch.times.tables import Part

Bound = Literal["by", "until", "since", "before", "after"]


@dataclass(frozen=True, slots=True)
class ZoneWords:
    """A zone as told: a place's zone name, minutes east of UTC, or just "local"."""

    name: str | None = None
    offset: int | None = None
    local: bool = False


@dataclass(frozen=True, slots=True)
class Clock:
    """An hour and minute, or a part of a day."""

    hour: int | None = None
    minute: int | None = None
    part: Part | None = None
    approx: bool = False
    vague_half: bool = False  # "9" where morning or evening is not told
    zone: ZoneWords | None = None
    other: tuple[int, int, ZoneWords] | None = None  # the same instant on another clock: "(0600 GMT)"


@dataclass(frozen=True, slots=True)
class Length:
    """An amount of a unit; `amount` is None where the words tell none ("a few hours", "days")."""

    amount: float | None
    unit: str  # TS TM TH D W M Y (a 10Y is given as 10 of Y)
    approx: bool = False


@dataclass(frozen=True, slots=True)
class Day:
    """Which day, week, month or year.

    form: calendar (year, month, day as far as told), weekday, offset (n units from the document's day or from
    the day being told), past (the n units before or after the document's day), vague ("now", "recently").
    """

    form: Literal["calendar", "weekday", "offset", "past", "vague"]
    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    months: int = 1  # of a season
    years: int = 1  # of a decade
    unit: str = "D"
    n: float | None = 0
    ref: Literal["document", "narrative"] = "document"
    which: str | None = None  # last | next | this | previous | following, with a weekday or month
    edge: str | None = None  # early | mid | late | start | end | earlier | later
    swapped: tuple[int, int] | None = None  # month, day of the other reading of 03/04/2016


@dataclass(frozen=True, slots=True)
class EventLink:
    """A time told by an event: so long before, after or into it."""

    what: Literal["begin", "end", "schedule", "window", "other", "last"]
    direction: int  # 1 after, -1 before, 0 at
    length: Length | None
    event: Span | None  # of the words that name the event
    bracket: Clock | None = None
    within: bool = False
    ordinal_day: int | None = None  # "the second day of the truce"


@dataclass(frozen=True, slots=True)
class Expression:
    """A time expression as the grammar reads it. `span` is absolute."""

    span: Span
    kind: Literal["date", "time", "duration", "set"]
    day: Day | None = None
    clock: Clock | None = None
    to_day: Day | None = None
    to_clock: Clock | None = None
    bound: Bound | None = None
    length: Length | None = None
    event: EventLink | None = None
    all_day: bool = False
    edge: str | None = None  # earlier | later, of a day: "later on Wednesday"
    shift: int = 0  # 1 or -1: `length` after or before the day told ("two weeks before May 13")
