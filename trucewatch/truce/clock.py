"""Comparing times that may be known in part.

A time is a string of the record: a local ISO 8601 date or minute, where X stands for what is unknown
("XXXX-10-20T08:00", after EDTF). Two of them are compared on what both know; where a month or day is unknown
in one and known in the other they cannot be compared, and the answer says so instead of guessing.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import MAXYEAR, UTC, datetime, timedelta
from enum import Enum

from trucewatch.model import Time, Window

#: The year that stands for an unknown one: a leap year, so that 29 February exists.
ANY_YEAR = 2000
#: Precisions finer than a day: a time of one of these has an hour.
CLOCK = ("minute", "hour", "part_of_day")

_TIME = re.compile(r"^(\d{4}|XXXX)(?:-(\d\d|XX)(?:-(\d\d|XX))?)?(?:T(\d\d):(\d\d)(?::\d\d)?)?Z?$")
_ISO = re.compile(r"^P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?)?$")


class Where(Enum):
    """Where a time lies to a window."""

    INSIDE = "inside"
    OUTSIDE = "outside"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Stretch:
    """A half-open interval in strings of the record, and its precision; None is unknown."""

    start: str | None
    end: str | None
    precision: str | None


def stretch(time: Time | Window) -> Stretch:
    """The local interval of a time or window."""
    return Stretch(time.start, time.end, time.precision)


def aligned(time: Time, window: Window) -> tuple[Stretch, Stretch]:
    """The two intervals on one clock: UTC where their zones differ and both tell it, else local."""
    told = time.utc and window.utc and (time.utc.start or time.utc.end) and window.utc.start
    if told and time.utc and window.utc and time.zone != window.zone:
        return (
            Stretch(time.utc.start, time.utc.end, time.precision),
            Stretch(window.utc.start, window.utc.end, window.precision),
        )
    return stretch(time), stretch(window)


def moments(one: str, other: str) -> tuple[datetime, datetime] | None:
    """Both times as datetimes that can be compared, or None where what they know differs too much."""
    a, b = _TIME.match(one), _TIME.match(other)
    if a is None or b is None or _hidden(a) != _hidden(b):
        return None
    floating = "XXXX" in (a[1], b[1])
    first, second = _moment(a, floating), _moment(b, floating)
    return (first, second) if first and second else None


def _hidden(match: re.Match[str]) -> tuple[bool, bool]:
    return match[2] in (None, "XX"), match[3] in (None, "XX")


def _moment(match: re.Match[str], floating: bool) -> datetime | None:
    year = ANY_YEAR if floating else int(match[1])
    month = int(match[2]) if match[2] not in (None, "XX") else 1
    day = int(match[3]) if match[3] not in (None, "XX") else 1
    hour, minute = int(match[4] or 0), int(match[5] or 0)
    try:
        extra, hour = divmod(hour, 24)  # T24:00 is the next midnight
        return datetime(year, month, day, hour, minute, tzinfo=UTC) + timedelta(days=extra)
    except (ValueError, OverflowError):
        return None


def before(one: str | None, other: str | None) -> bool | None:
    """Whether the first time is before or at the other; None where it cannot be told."""
    if one is None or other is None:
        return None
    pair = moments(one, other)
    return None if pair is None else pair[0] <= pair[1]


def lies(time: Stretch, window: Stretch) -> Where:
    """Where a time lies to a window, by the clock alone.

    Inside only where both of its ends are; outside where it cannot overlap; else unknown: a day told without
    an hour neither lies in the hours of that day nor out of them.
    """
    if before(window.end, time.start) or before(time.end, window.start):
        return Where.OUTSIDE
    if before(window.start, time.start) and before(time.end, window.end):
        return Where.INSIDE
    return Where.UNKNOWN


def starts_within(time: Stretch, window: Stretch) -> bool:
    """Whether a time is known to start at or after the window's start."""
    return bool(before(window.start, time.start))


def hours_between(start: str | None, end: str | None) -> float | None:
    """Hours from the one to the other, or None where it cannot be told."""
    if start is None or end is None:
        return None
    pair = moments(start, end)
    return None if pair is None else (pair[1] - pair[0]).total_seconds() / 3600


def hours_of(duration: str | None) -> float | None:
    """Hours of an ISO 8601 duration of weeks, days, hours and minutes; None for months, years and
    oddities."""
    match = _ISO.match(duration) if duration else None
    if match is None or not any(match.groups()):
        return None
    weeks, days, hours, minutes = (int(group or 0) for group in match.groups())
    return weeks * 168 + days * 24 + hours + minutes / 60


def later(start: str, hours: float) -> str | None:
    """The time some hours after a start, in the start's own form and with its unknown year kept."""
    match = _TIME.match(start)
    if match is None or any(_hidden(match)):
        return None
    moment = _moment(match, match[1] == "XXXX")
    if moment is None or (match[4] is None and hours % 24):
        return None  # a day without an hour, and a length that is no whole number of days
    try:
        end = moment + timedelta(hours=hours)
    except OverflowError:
        return None
    text = end.strftime("%m-%d" if match[4] is None else "%m-%dT%H:%M")
    if match[1] == "XXXX":
        return f"XXXX-{text}" if end.year == moment.year else None
    return f"{end.year:04d}-{text}"


def later_months(start: str, months: float) -> str | None:
    """The time some whole months after a start, the last day of a shorter month where its day does not
    exist."""
    match = _TIME.match(start)
    if match is None or any(_hidden(match)) or match[1] == "XXXX":
        return None
    years, month = divmod(int(match[2]) - 1 + int(months), 12)
    year = int(match[1]) + years
    if year > MAXYEAR:
        return None
    day = min(int(match[3]), monthrange(year, month + 1)[1])
    clock = f"T{match[4]}:{match[5]}" if match[4] else ""
    return f"{year:04d}-{month + 1:02d}-{day:02d}{clock}"


def clock_words(value: str | None) -> str:
    """A time as a reader would say it within its day: "08:00", or the date where there is no hour."""
    if value is None:
        return "an unknown hour"
    return value.split("T", 1)[1][:5] if "T" in value else value


def span_words(start: str | None, end: str | None) -> str:
    """An interval as a reader would say it: hours within a day, else days and hours; whole days with their
    last."""
    if start is None or end is None:
        return f"{_said(start)} on" if start else f"the time until {_said(end)}" if end else "it"
    if "T" not in start and "T" not in end:
        last = later(end, -24)
        return start if last == start else f"{start} to {last or end}"
    if same_day(start, end):
        return f"{clock_words(start)} to {clock_words(end)}"
    return f"{_said(start)} to {_said(end)}"


def _said(value: str | None) -> str:
    return (value or "an unknown hour").replace("T", " ")


def same_day(one: str | None, other: str | None) -> bool:
    """Whether both times are told and fall on one day."""
    return one is not None and other is not None and one[5:10] == other[5:10] and len(one) >= 10
