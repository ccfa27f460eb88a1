"""Compose days, clocks and ranges: "at 8 am on October 20", "from 08:00 to 16:00 local time on Wednesday".

Every function takes lexemes and an index, and gives what it read with the index after it, or None.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from trucewatch.times.calendars import calendar, day_range, weekday
from trucewatch.times.clocks import clock, part
from trucewatch.times.forms import Clock, Day
from trucewatch.times.lexer import Lexemes
from trucewatch.times.offsets import told
from trucewatch.times.tables import load_tables

_TO = frozenset(["to", "until", "till", "through", "-", "–", "—", "til"])
_DASHES = frozenset("-–—")


@dataclass(frozen=True, slots=True)
class Point:
    """A day, a clock, or both."""

    day: Day | None = None
    clock: Clock | None = None
    all_day: bool = False
    start: int | None = None  # lexeme where its own words begin, if not where it was asked


@dataclass(frozen=True, slots=True)
class Range:
    """Two points, with the index after them."""

    first: Point
    last: Point
    end: int


def day(lx: Lexemes, i: int) -> tuple[Point, int] | None:
    """A day alone, of any form (with the part of it that "last night" and "this morning" tell)."""
    read = calendar(lx, i) or weekday(lx, i)
    if read is not None:
        return Point(read[0]), read[1]
    other = told(lx, i)
    return (Point(other.day, other.clock), other.end) if other is not None else None


def point(lx: Lexemes, i: int) -> tuple[Point, int] | None:
    """A day with its clock or part in any order, or one of them alone."""
    return _whole(lx, i) or _edge_first(lx, i) or _clock_first(lx, i) or _day_first(lx, i)


def _whole(lx: Lexemes, i: int) -> tuple[Point, int] | None:
    """ "all day", "the whole day", "all day Wednesday", "during the day"."""
    j = i
    if lx.low(i) in ("all", "throughout", "during"):
        j = i + 1 + (lx.low(i + 1) == "the")
        if lx.low(i) == "throughout" and j == i + 1:
            return None
    elif lx.low(i) == "the" and lx.low(i + 1) in ("whole", "entire"):
        j = i + 2
    if j == i:
        return None
    if lx.low(j) == "night":
        return Point(None, Clock(part=load_tables().parts["night"])), j + 1
    if lx.low(j) != "day" or lx.low(j + 1) in ("of", "before", "after", "when", "that", "'"):
        return None
    j += 1 + (lx.low(j + 1) == "long")
    k = j + (lx.low(j) == "on")
    named = day(lx, k)
    if named is not None and named[0].clock is None:
        return replace(named[0], all_day=True), named[1]
    return Point(all_day=True), j


def _edge_first(lx: Lexemes, i: int) -> tuple[Point, int] | None:
    """ "late Tuesday", "early on 20 October", "later on Wednesday"."""
    edge = lx.low(i)
    if edge not in ("early", "late", "earlier", "later"):
        return None
    j = i + 1 + (lx.low(i + 1) == "on")
    read = calendar(lx, j) or weekday(lx, j)
    if read is None or not _is_day(read[0]):
        return None
    found, k = read
    half = part(lx, k, bare=True)
    if half is not None:
        return Point(found, _edged_part(edge, half[0])), half[1]
    if edge in ("earlier", "later"):
        return Point(replace(found, edge=edge)), k
    return Point(found, Clock(part=load_tables().edges[f"{edge}_day"])), k


def _edged_part(edge: str, half: Clock) -> Clock:
    if half.part is None:
        return half
    return Clock(part=load_tables().edges.get(f"{edge}_{half.part.name}", half.part))


def _is_day(found: Day) -> bool:
    return found.form == "weekday" or (found.form == "calendar" and found.day is not None)


def _one_day(found: Day) -> bool:
    """Whether a day form tells one day (and so can take a clock)."""
    return _is_day(found) or (found.form == "offset" and found.unit == "D")


def _clock_first(lx: Lexemes, i: int) -> tuple[Point, int] | None:
    read = clock(lx, i) or part(lx, i)
    if read is None:
        return None
    value, j = read
    extra = _part_after_clock(lx, value, j)
    if extra is not None:
        value, j = extra
    for k in _links(lx, j):
        named = day(lx, k)
        if named is not None and named[0].day is not None and _one_day(named[0].day):
            found, end = named
            if found.clock is not None and value.part is None:
                return Point(found.day, _meet(value, found.clock)), end
            if found.clock is None:
                after = clock(lx, end + (lx.low(end) in ("at", ","))) if value.part and not value.part.hour else None
                if after is not None and lx.low(end) in ("at",):
                    return Point(found.day, _meet(after[0], value)), after[1]
                return Point(found.day, value), end
    return Point(None, value), j


def _part_after_clock(lx: Lexemes, value: Clock, j: int) -> tuple[Clock, int] | None:
    """The half of the day told after a clock: "8 o'clock in the evening"."""
    if value.hour is None or lx.lows(j, 2) != "in the":
        return None
    half = part(lx, j + 2, bare=True)
    return (_meet(value, half[0]), half[1]) if half is not None else None


def _meet(value: Clock, half: Clock) -> Clock:
    """A clock whose half of the day is told by a part: "9 o'clock" and "evening" are 21:00."""
    if value.hour is None or half.part is None or value.hour > 12 or value.part is not None:
        return value
    if value.hour < 12 and half.part.start >= 12 and half.part.start <= value.hour + 12 <= half.part.end:
        return replace(value, hour=value.hour + 12, vague_half=False)
    return replace(value, vague_half=False)


def _links(lx: Lexemes, j: int) -> list[int]:
    """Where a day can begin after a clock: at once, after "on" or "of", after a comma."""
    low = lx.low(j)
    if low in ("on", "of"):
        return [j + 1]
    if low == ",":
        return [j + 1 + (lx.low(j + 1) == "on")]
    return [j]


def _day_first(lx: Lexemes, i: int) -> tuple[Point, int] | None:
    read = day(lx, i)
    if read is None:
        return None
    found, j = read
    if found.day is None or not _one_day(found.day):
        return read
    if found.clock is not None and not (found.clock.part and lx.low(j) in ("at", ",", "around", "about")):
        return read
    return _clock_after(lx, found, j) or (found, j)


def _clock_after(lx: Lexemes, found: Point, j: int) -> tuple[Point, int] | None:
    """The clock or part after a day: "Wednesday evening", "20 October at 8 am", "on Friday, around 9:30 pm"."""
    half = part(lx, j, bare=True)
    value = found.clock
    if half is not None and value is None:
        value, j = half[0], half[1]
        if lx.low(j) not in ("at", ",", "around", "about"):
            return Point(found.day, value), j
    k = j
    if lx.low(k) == ",":
        k += 1
    if lx.lows(k, 2) in ("in the", "during the") and value is None:
        inner = part(lx, k + 1)
        if inner is not None:
            return Point(found.day, inner[0]), inner[1]
    if lx.low(k) == "at" or (lx.low(k) == "from" and False):
        k += 1
    exact = clock(lx, k)
    if exact is not None and (k > j or exact[0].part is None):
        return Point(found.day, _meet(exact[0], value) if value else exact[0]), exact[1]
    if k > j and lx.low(k - 1) == "at" and value is None:
        named = part(lx, k)
        if named is not None:
            return Point(found.day, named[0]), named[1]
    return (Point(found.day, value), j) if value is not None and found.clock is None else None


def span_range(lx: Lexemes, i: int) -> Range | None:
    """Two points joined: "from 08:00 to 16:00", "between 18 and 20 October", "Monday to Friday", "9-11 am"."""
    lead = lx.low(i) if lx.low(i) in ("from", "between") else ""
    j = i + bool(lead)
    j += lx.low(j) == "the" and lx[j + 1].kind == "ordinal"
    days = day_range(lx, j)
    if days is not None:
        return Range(Point(days[0]), Point(days[1]), days[2])
    first = point(lx, j)
    loose = _loose(lx, j)
    joiner = {"and"} if lead == "between" else _TO
    if first is not None and lx.low(first[1]) in joiner:
        read = _second(lx, first[0], first[1] + 1, lead)
        if read is not None:
            return read
    if loose is not None and lx.low(j + 1) in joiner and (lead or lx.low(j + 1) in _DASHES):
        return _loose_range(lx, loose, j + 2)
    return _range_after_day(lx, first, i) if first is not None and not lead else None


def _second(lx: Lexemes, first: Point, i: int, lead: str) -> Range | None:
    i += lx.low(i) in ("at", "on")
    second = point(lx, i)
    if second is None:
        loose = _loose(lx, i)
        if loose is None or first.clock is None or first.clock.hour is None or not lead:
            return None
        return None
    last, end = second
    if not _same_sort(first, last) or (
        not lead and lx.low(i - 1) in ("until", "till", "through") and first.clock is None
    ):
        return None
    return Range(first, last, end)


def _same_sort(first: Point, last: Point) -> bool:
    if (first.clock is None) != (last.clock is None) and not (first.day and last.day):
        return False
    if first.clock is None and last.clock is None:
        forms = (first.day.form if first.day else "", last.day.form if last.day else "")
        return "past" not in forms and "vague" not in forms
    return True


def _loose(lx: Lexemes, i: int) -> Clock | None:
    """A bare hour that only a range can make one: "from 8 to 10 am"."""
    item = lx[i]
    if item.kind == "number" and item.text.isdigit() and len(item.text) <= 2 and int(item.text) <= 24:
        return Clock(int(item.text), 0, vague_half=int(item.text) <= 12)
    if (
        item.kind == "number"
        and len(item.text) == 4
        and item.text.isdigit()
        and int(item.text) < 2400
        and int(item.text) % 100 < 60
    ):
        return Clock(int(item.text) // 100, int(item.text) % 100)
    value = load_tables().numbers.get(item.low)
    if item.kind == "word" and value is not None and 1 <= value <= 12 and item.low not in ("a", "an"):
        return Clock(value, 0, vague_half=True)
    return None


def _loose_range(lx: Lexemes, first: Clock, i: int) -> Range | None:
    read = point(lx, i)
    if read is None or read[0].clock is None or read[0].clock.hour is None:
        return None
    last, end = read
    assert_hour, final = first.hour or 0, last.clock.hour if last.clock else 0
    if first.vague_half and final is not None and final > 12 and assert_hour + 12 < final and assert_hour < 12:
        late = lx.text[lx[i].start : lx[end - 1].end].lower()
        if "p" in late and "m" in late and not _crosses_noon(assert_hour, final):
            first = replace(first, hour=assert_hour + 12)
    return Range(Point(None, replace(first, vague_half=False)), last, end)


def _crosses_noon(first: int, last: int) -> bool:
    """Whether "9 to 2 pm" must begin before noon: its first figure is larger than its last."""
    return first > last - 12


def _range_after_day(lx: Lexemes, first: tuple[Point, int], i: int) -> Range | None:
    """ "Wednesday from 08:00 to 16:00", "October 20, between 9 am and 2 pm"."""
    found, j = first
    if found.day is None or found.clock is not None or not _one_day(found.day):
        return None
    j += lx.low(j) == ","
    if lx.low(j) not in ("from", "between") and lx[j].kind != "clock":
        return None
    inner = span_range(lx, j)
    if inner is None or inner.first.clock is None or inner.first.day is not None or inner.last.day is not None:
        return None
    return Range(replace(inner.first, day=found.day), inner.last, inner.end)
