"""Local times that may be known in part: their text, sums, and the same instant in UTC.

A moment without an hour is the midnight that begins its day. What is unknown is None and is written X, as in
EDTF ("XXXX-10-20T08:00"). Layer: times.
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from trucewatch.model import Utc

#: Stands for an unknown year in sums: a leap year, so that 29 February exists.
_ANY_YEAR = 2000


@dataclass(frozen=True, slots=True)
class Moment:
    """A local wall time known in part; `minute` is the minute of the day, None for a whole day."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    minute: int | None = None

    @classmethod
    def of(cls, value: date) -> Moment:
        """The day of a date."""
        return cls(value.year, value.month, value.day)

    @property
    def dated(self) -> bool:
        """Whether month and day are known."""
        return self.month is not None and self.day is not None

    @property
    def date(self) -> date | None:
        """The date, where year, month and day are known."""
        if self.year is None or self.month is None or self.day is None:
            return None
        return date(self.year, self.month, self.day)

    def missing(self) -> list[str]:
        """The names of the fields of the date that are unknown."""
        fields = {"year": self.year, "month": self.month, "day": self.day}
        return [name for name, value in fields.items() if value is None]

    def at(self, minute: int | None) -> Moment:
        """This day at a minute counted from its midnight; beyond the day the date moves."""
        if minute is None:
            return replace(self, minute=None)
        days, rest = divmod(minute, 1440)
        return replace(self.plus_days(days), minute=rest)

    def plus_days(self, days: int) -> Moment:
        """This moment some days later; an unknown date stays unknown."""
        if not days or self.month is None or self.day is None:
            return self
        try:
            there = date(self.year or _ANY_YEAR, self.month, self.day) + timedelta(days=days)
        except (ValueError, OverflowError):
            return self
        year = there.year if self.year is not None else None
        return replace(self, year=year, month=there.month, day=there.day)

    def plus_minutes(self, minutes: int) -> Moment:
        """This moment some minutes later."""
        return self.at((self.minute or 0) + minutes)

    def plus_months(self, months: int) -> Moment:
        """The same day some months later, or the last of that month where it has no such day."""
        if self.month is None:
            return self
        years, month = divmod(self.month - 1 + months, 12)
        year = None if self.year is None else self.year + years
        if year is not None and not 1 <= year <= 9998:
            return self
        last = calendar.monthrange(year or _ANY_YEAR, month + 1)[1]
        return replace(self, year=year, month=month + 1, day=None if self.day is None else min(self.day, last))

    def text(self) -> str:
        """ISO 8601 with X for what is unknown."""
        year = f"{self.year:04d}" if self.year is not None else "XXXX"
        month = f"{self.month:02d}" if self.month is not None else "XX"
        day = f"{self.day:02d}" if self.day is not None else "XX"
        clock = f"T{self.minute // 60:02d}:{self.minute % 60:02d}" if self.minute is not None else ""
        return f"{year}-{month}-{day}{clock}"


def parse(text: str) -> Moment:
    """The moment that `Moment.text` wrote."""
    fields = text[:10].split("-")
    numbers = [int(field) if field.isdigit() else None for field in fields]
    clock = text[11:16]
    minute = int(clock[:2]) * 60 + int(clock[3:]) if clock else None
    return Moment(numbers[0], numbers[1], numbers[2], minute)


@dataclass(frozen=True, slots=True)
class Zone:
    """A zone by its name in the record and as a tzinfo."""

    name: str
    tz: tzinfo


@lru_cache(maxsize=256)
def zone_named(name: str) -> Zone | None:
    """The zone of an IANA name, or None for a name that the database lacks."""
    try:
        return Zone(name, ZoneInfo(name))
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


@lru_cache(maxsize=256)
def zone_offset(minutes: int) -> Zone:
    """A fixed zone some minutes east of UTC, named "UTC" or "UTC+03:00"."""
    if not minutes:
        return Zone("UTC", UTC)
    sign = "+" if minutes > 0 else "-"
    name = f"UTC{sign}{abs(minutes) // 60:02d}:{abs(minutes) % 60:02d}"
    return Zone(name, timezone(timedelta(minutes=minutes)))


def instant(moment: Moment, zone: Zone) -> datetime | None:
    """The moment as an aware datetime, or None where its date is not wholly known."""
    day = moment.date
    if day is None:
        return None
    return datetime(day.year, day.month, day.day, *divmod(moment.minute or 0, 60), tzinfo=zone.tz)


def utc_text(moment: Moment | None, zone: Zone | None) -> str | None:
    """The moment in UTC ("2024-02-14T07:00Z"), or None where date or zone is not known."""
    there = instant(moment, zone) if moment is not None and zone is not None else None
    if there is None:
        return None
    try:
        return there.astimezone(UTC).strftime("%Y-%m-%dT%H:%MZ")
    except OverflowError:
        return None


def utc_of(start: Moment | None, end: Moment | None, zone: Zone | None) -> Utc | None:
    """An interval in UTC; None where nothing of it can be told."""
    first, last = utc_text(start, zone), utc_text(end, zone)
    return Utc(start=first, end=last) if first or last else None


def moved(moment: Moment, source: Zone, target: Zone) -> Moment | None:
    """The wall time in `target` of a wall time in `source`; None where the shift cannot be told (unknown date)."""
    there = instant(moment, source)
    if there is None:
        return None
    try:
        local = there.astimezone(target.tz)
    except OverflowError:
        return None
    minute = local.hour * 60 + local.minute if moment.minute is not None else None
    return Moment(local.year, local.month, local.day, minute)


def fixed_shift(source: Zone, target: Zone) -> int | None:
    """Minutes from `source` to `target` where they are the same on every day of the year, else None."""
    days = [datetime(_ANY_YEAR + 15, month, 1, tzinfo=UTC) for month in range(1, 13)]
    shifts = {_offset(day, target) - _offset(day, source) for day in days}
    return shifts.pop() if len(shifts) == 1 else None


def _offset(when: datetime, zone: Zone) -> int:
    offset = when.astimezone(zone.tz).utcoffset() or timedelta()
    return int(offset.total_seconds()) // 60
