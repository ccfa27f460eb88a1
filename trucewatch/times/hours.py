"""Put a clock or a part of the day onto a day, on the clock of the place where the report plays.

Layer: times.
"""

from __future__ import annotations

from dataclasses import replace

from trucewatch.model import Reading
from trucewatch.times.forms import Clock, ZoneWords
from trucewatch.times.frame import Frame
from trucewatch.times.moments import Moment, Zone, fixed_shift, moved, parse, zone_named, zone_offset
from trucewatch.times.reading import Interval, reading


def told_zone(words: ZoneWords | None, frame: Frame) -> Zone | None:
    """The zone that words tell: the local one where they say local or tell its offset, None where they tell none."""
    if words is None:
        return None
    if words.name is not None:
        return zone_named(words.name)
    if words.offset is not None:
        return None if words.local and frame.zone is not None else zone_offset(words.offset)
    return None


def place_clock(clock: Clock, day: Interval, frame: Frame, *, end: bool = False) -> Interval:
    """A clock on a day. `end`: the clock ends a stretch, so that midnight is that at the day's end."""
    if day.start is None:
        return day
    start = replace(day.start, minute=None)
    if clock.part is not None and not clock.part.hour:
        first, last = start.at(clock.part.start * 60), start.at(clock.part.end * 60)
        placed = replace(day, start=first, end=last, precision="part_of_day")
        return _in_zone(placed, clock, frame)
    minute = (clock.hour or 0) * 60 + (clock.minute or 0)
    if end and minute == 0:
        minute = 1440
    precise = not clock.approx and clock.part is None
    first = start.at(minute)
    last = first.plus_minutes(1 if precise else 60)
    readings = (*_shifted_readings(day, minute, precise), *_other_readings(clock, start, day))
    placed = replace(day, start=first, end=last, precision="minute" if precise else "hour", readings=readings)
    return _in_zone(placed, clock, frame)


def _shifted_readings(day: Interval, minute: int, precise: bool) -> tuple[Reading, ...]:
    """The readings of the day, each with the clock put onto it."""
    found = []
    for other in day.readings:
        if other.start is None or "T" in other.start:
            continue
        fields = other.start.split("-")
        start = Moment(*(int(f) if f.isdigit() else None for f in fields)).at(minute)
        found.append(reading(start, start.plus_minutes(1 if precise else 60), other.basis, other.why))
    return tuple(found)


def _other_readings(clock: Clock, day: Moment, interval: Interval) -> tuple[Reading, ...]:
    if clock.vague_half and clock.hour is not None and clock.hour <= 12:
        start = day.at((clock.hour + 12) % 24 * 60 + (clock.minute or 0))
        end = start.plus_minutes(60 if clock.approx else 1)
        return (reading(start, end, interval.basis, "morning or evening is not told"),)
    if clock.part is not None and clock.part.name == "midnight" and day.dated:
        start = day.at(1440)
        why = "the midnight that ends the day instead of the one that begins it"
        return (reading(start, start.plus_minutes(60), interval.basis, why),)
    return ()


def _in_zone(interval: Interval, clock: Clock, frame: Frame) -> Interval:
    """Bring the wall time to the report's zone where the words tell another one; keep theirs where none is known."""
    told = told_zone(clock.zone, frame)
    if told is None:
        zone = frame.zone
        if zone is None and clock.other is not None:
            zone = _by_other(interval, clock, frame)
        return replace(interval, zone=zone)
    if frame.zone is None:
        return replace(interval, zone=told)
    start, end = _move(interval.start, told, frame.zone), _move(interval.end, told, frame.zone)
    if start is None or end is None:
        return replace(interval, zone=told)
    return replace(
        interval, start=start, end=end, zone=frame.zone, readings=_moved_readings(interval, told, frame.zone)
    )


def _move(moment: Moment | None, told: Zone, local: Zone) -> Moment | None:
    if moment is None or told == local:
        return moment
    shift = fixed_shift(told, local)
    if shift is not None:
        return moment.plus_minutes(shift) if moment.minute is not None else moment
    return moved(moment, told, local)


def _moved_readings(interval: Interval, told: Zone, local: Zone) -> tuple[Reading, ...]:
    found = []
    for other in interval.readings:
        start = _move(parse(other.start), told, local) if other.start else None
        end = _move(parse(other.end), told, local) if other.end else None
        found.append(reading(start, end, other.basis, other.why))
    return tuple(found)


def _by_other(interval: Interval, clock: Clock, frame: Frame) -> Zone | None:
    """The fixed zone that "9 a.m. local time (0600 GMT)" implies."""
    if clock.other is None or interval.start is None or interval.start.minute is None:
        return None
    hour, minute, words = clock.other
    there = told_zone(words, frame)
    if there is None or words.offset is None:
        return None
    shift = interval.start.minute - (hour * 60 + minute) + words.offset
    shift = (shift + 720) % 1440 - 720
    return zone_offset(shift) if shift % 15 == 0 and abs(shift) <= 840 else None
