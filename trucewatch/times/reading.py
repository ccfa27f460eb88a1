"""A time being resolved: the interval with its basis and what stays open, and its form in the record.

Layer: times.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from trucewatch.model import Reading, Span, TimeMention, Unresolved
from trucewatch.times.moments import Moment, Zone, parse, utc_of


@dataclass(frozen=True, slots=True)
class Interval:
    """A half-open local interval; `missing` and `why` tell what is open."""

    start: Moment | None
    end: Moment | None
    precision: str | None
    basis: str | None
    readings: tuple[Reading, ...] = ()
    missing: tuple[str, ...] = ()
    why: str = ""
    zone: Zone | None = None
    duration: str | None = field(default=None)

    @property
    def unresolved(self) -> Unresolved | None:
        """What is missing and why, or None."""
        return Unresolved(missing=list(self.missing), why=self.why) if self.missing else None


def reading(start: Moment | None, end: Moment | None, basis: str | None, why: str) -> Reading:
    """Another way to take the words."""
    return Reading(start=start.text() if start else None, end=end.text() if end else None, basis=basis, why=why)


def open_interval(missing: Sequence[str], why: str, duration: str | None = None) -> Interval:
    """An interval of which nothing is known."""
    return Interval(None, None, None, None, missing=tuple(missing), why=why, duration=duration)


def mention(text: str, span: Span, kind: str, interval: Interval, number: int) -> TimeMention:
    """The interval as a mention of the record."""
    zone = interval.zone if interval.start or interval.end else None
    return TimeMention(
        id=f"t{number}",
        kind=kind,  # type: ignore[arg-type]
        span=span,
        text=text[span[0] : span[1]],
        start=interval.start.text() if interval.start else None,
        end=interval.end.text() if interval.end else None,
        utc=utc_of(interval.start, interval.end, zone),
        zone=zone.name if zone else None,
        precision=interval.precision,
        basis=interval.basis,
        readings=list(interval.readings),
        unresolved=interval.unresolved,
        duration=interval.duration,
    )


def day_of(text: str | None) -> Moment | None:
    """The day of a time of the record, or None."""
    return Moment(*(getattr(parse(text), name) for name in ("year", "month", "day"))) if text else None
