"""The grammar of clocks and parts of a day: "1900 GMT", "9 a.m. local time (0600 GMT)", "the evening", "noon".

Every function takes lexemes and an index, and gives what it read with the index after it, or None.
"""

from __future__ import annotations

from dataclasses import replace

from trucewatch.times.forms import Clock, ZoneWords
from trucewatch.times.lexer import Lexemes
from trucewatch.times.tables import Part, load_tables

_APPROX = frozenset(["about", "around", "approximately", "roughly", "nearly", "almost", "circa", "ca", "some"])
_HOUR_NOUNS = frozenset(["hours", "hrs", "hr", "h", "hour"])
_HOUR_PREPS = frozenset(
    ["at", "by", "from", "until", "till", "between", "around", "about", "since", "before", "after", "to", "and"]
)
_ARTICLES = frozenset(["the", "this", "that"])


def clock(lx: Lexemes, i: int) -> tuple[Clock, int] | None:
    """A clock time with its nearness, half of the day and zone."""
    j, approx = _approx(lx, i)
    read = _hour(lx, j)
    if read is None:
        return None
    value, j = read
    value, j = _half(lx, value, j)
    value, j = _zone(lx, value, j)
    if value.hour is None or value.minute is None:
        return None
    return replace(value, approx=approx or value.approx), j


def _approx(lx: Lexemes, i: int) -> tuple[int, bool]:
    low = lx.low(i)
    if low == "at" and lx.low(i + 1) in _APPROX:
        return i + 2, True
    if low in _APPROX or low in ("~", "±"):
        return (i + 2 if lx.low(i + 1) == "at" else i + 1), True
    if low in ("shortly", "just", "soon", "minutes") and lx.low(i + 1) in ("after", "before", "past"):
        return i + 2, True
    return i, False


def _hour(lx: Lexemes, i: int) -> tuple[Clock, int] | None:
    """The bare clock: digits, words, noon."""
    item = lx[i]
    if item.kind == "clock" or (item.kind == "dotted" and _dotted_is_clock(lx, i)):
        return _digits(item.text, i)
    if item.kind == "number":
        return _number_hour(lx, i)
    if item.kind != "word":
        return None
    part = load_tables().parts.get(item.low)
    if part is not None and part.hour:
        return Clock(part.start, 0, part=part), i + 1
    return _spoken(lx, i)


def _digits(text: str, i: int) -> tuple[Clock, int] | None:
    fields = text.lower().replace("h", ":").replace(".", ":").split(":")
    hour, minute = int(fields[0]), int(fields[1])
    if hour > 24 or minute > 59 or (hour == 24 and minute):
        return None
    return Clock(hour, minute), i + 1


def _dotted_is_clock(lx: Lexemes, i: int) -> bool:
    after = lx[i + 1]
    return (
        after.kind in ("meridiem", "oclock")
        or after.low in ("gmt", "utc", "hrs", "hours", "local")
        or (lx.low(i - 1) in ("at", "around") and after.low not in ("percent", "%", "million", "billion", "km"))
    )


def _number_hour(lx: Lexemes, i: int) -> tuple[Clock, int] | None:
    text, after = lx[i].text, lx[i + 1]
    if not text.isdigit():
        return None
    number = int(text)
    if len(text) == 4 and number < 2400 and number % 100 < 60:
        return _military(lx, i, number)
    if len(text) == 3 and after.kind == "meridiem" and number < 1260 and number % 100 < 60:
        return Clock(number // 100, number % 100), i + 1
    if number > 24 or len(text) > 2:
        return None
    if after.kind == "meridiem" and number <= 24:
        return Clock(number, 0, approx=False), i + 1
    if after.kind == "oclock":
        return Clock(number, 0, vague_half=number <= 12), i + 2
    if _zone_at(lx, i + 1) and lx.low(i - 1) in _HOUR_PREPS | _APPROX:
        return Clock(number, 0, vague_half=number <= 12), i + 1
    if lx.lows(i + 1, 2) == "in the" and lx.low(i + 3) in ("morning", "evening", "afternoon") and number <= 12:
        return (Clock(number, 0), i + 1) if lx.low(i - 1) in _HOUR_PREPS | _APPROX else None
    return None


def _military(lx: Lexemes, i: int, number: int) -> tuple[Clock, int] | None:
    value = Clock(number // 100, number % 100)
    after = lx[i + 1]
    if _zone_at(lx, i + 1) or after.kind == "meridiem":
        return value, i + 1
    spoken = lx.low(i - 1) in _HOUR_PREPS | _APPROX
    if after.low in _HOUR_NOUNS and (spoken or lx.glued(i + 1)) and lx.low(i + 2) != "of":
        return value, i + 2
    if spoken and lx[i].text.startswith("0") and after.low not in ("people", "km", "m"):
        return value, i + 1
    return None


def _spoken(lx: Lexemes, i: int) -> tuple[Clock, int] | None:
    tables, low = load_tables(), lx.low(i)
    if low == "half" and lx.low(i + 1) == "past":
        hour = _small(lx, i + 2)
        return (Clock(hour, 30, vague_half=True), i + 3) if hour else None
    if low in ("quarter", "a") and lx.low(i + (low == "a")) == "quarter":
        j = i + (low == "a") + 1
        hour = _small(lx, j + 1)
        if hour and lx.low(j) in ("past", "to"):
            past = lx.low(j) == "past"
            return Clock(hour if past else (hour - 1) % 24, 15 if past else 45, vague_half=True), j + 2
        return None
    hour = tables.numbers.get(low)
    if hour is None or not 1 <= hour <= 12 or low in ("a", "an"):
        return None
    after = lx[i + 1]
    if after.kind == "meridiem":
        return Clock(hour, 0), i + 1
    if after.kind == "oclock":
        return Clock(hour, 0, vague_half=True), i + 2
    if lx.lows(i + 1, 2) == "in the" and lx.low(i + 3) in ("morning", "evening", "afternoon"):
        return (Clock(hour, 0), i + 1) if lx.low(i - 1) in _HOUR_PREPS | _APPROX else None
    return None


def _small(lx: Lexemes, i: int) -> int | None:
    item = lx[i]
    value = int(item.text) if item.text.isdigit() and len(item.text) <= 2 else load_tables().numbers.get(item.low)
    return value if value is not None and 1 <= value <= 12 and item.low not in ("a", "an") else None


def _half(lx: Lexemes, value: Clock, i: int) -> tuple[Clock, int]:
    """Read "a.m.", "pm" or "in the evening"; of an hour above 12 the half adds nothing ("19:00 pm")."""
    hour = value.hour or 0
    if lx[i].low in _HOUR_NOUNS and not lx.glued(i) and lx.low(i + 1) != "of":
        i += 1
    if lx[i].kind == "meridiem":
        value = _with_half(value, hour, late=lx.low(i).startswith("p"))
        return value, i + 1
    if lx.lows(i, 2) in ("in the", "at night") or (lx.low(i) == "this" and lx.low(i + 1) in ("morning", "evening")):
        word = lx.low(i + 1) if lx.low(i) in ("at", "this") else lx.low(i + 2)
        if word in ("morning", "afternoon", "evening", "night") and hour <= 12:
            late = word != "morning" and not (word == "night" and hour < 6)
            value = _with_half(value, hour, late=late)
            return value, (i if lx.low(i) == "this" else i + (2 if lx.low(i) == "at" else 3))
    return value, i


def _with_half(value: Clock, hour: int, *, late: bool) -> Clock:
    if hour > 12 or value.part is not None:
        return value
    return replace(value, hour=hour % 12 + (12 if late else 0), vague_half=False)


def _zone_at(lx: Lexemes, i: int) -> bool:
    return zone(lx, i) is not None


def _zone(lx: Lexemes, value: Clock, i: int) -> tuple[Clock, int]:
    """Read the zones told after a clock, bare or in brackets, and the same instant on another clock."""
    for _ in range(3):
        opened = lx.low(i) in ("(", "[", "/")
        j = i + 1 if opened or (lx.low(i) == "," and _zone_at(lx, i + 1)) else i
        read = zone(lx, j)
        if read is not None:
            told, j = read
            if opened and lx.low(i) != "/":
                if lx.low(j) not in (")", "]"):
                    break
                j += 1
            value, i = replace(value, zone=_better(value.zone, told)), j
            continue
        if not opened:
            break
        other = _other(lx, j)
        if other is None:
            break
        told_other, j = other
        if lx.low(i) != "/":
            if lx.low(j) not in (")", "]"):
                break
            j += 1
        value, i = replace(value, other=told_other), j
    return value, i


def _better(one: ZoneWords | None, other: ZoneWords) -> ZoneWords:
    if one is None or one.local:
        return ZoneWords(name=other.name, offset=other.offset, local=bool(one) or other.local)
    return one


def _other(lx: Lexemes, i: int) -> tuple[tuple[int, int, ZoneWords], int] | None:
    read = _hour(lx, i)
    if read is None:
        return None
    value, j = _half(lx, *read)
    named = zone(lx, j)
    if named is None or value.hour is None or value.minute is None or named[0].local:
        return None
    return (value.hour, value.minute, named[0]), named[1]


def zone(lx: Lexemes, i: int) -> tuple[ZoneWords, int] | None:
    """A zone: "GMT", "UTC+3", "local time", "Damascus time", "Moscow local time"."""
    tables, low = load_tables(), lx.low(i)
    if low == "local":
        return ZoneWords(local=True), i + (2 if lx.low(i + 1) in ("time", "hour", "hours") else 1)
    if low in tables.offsets and lx[i].text.isupper():
        return _with_sign(lx, ZoneWords(offset=tables.offsets[low]), i + 1)
    if low == "z" and lx.glued(i):
        return ZoneWords(offset=0), i + 1
    for count in (1, 2):
        name = tables.zones.get(lx.lows(i, count))
        if name is None:
            continue
        j = i + count + (lx.low(i + count) in ("local", "standard", "summer", "daylight"))
        if lx.low(j) == "time":
            return ZoneWords(name=name), j + 1
    return None


def _with_sign(lx: Lexemes, base: ZoneWords, i: int) -> tuple[ZoneWords, int]:
    sign, item = lx.low(i), lx[i + 1]
    if sign in ("+", "-", "−", "–") and item.kind in ("number", "clock") and lx.glued(i + 1):
        fields = item.text.split(":")
        if fields[0].isdigit() and int(fields[0]) <= 14 and base.offset is not None:
            minutes = int(fields[0]) * 60 + (int(fields[1]) if len(fields) > 1 else 0)
            return ZoneWords(offset=base.offset + (minutes if sign == "+" else -minutes)), i + 2
    j = i + 1 if lx.low(i) == "time" else i
    return base, j


def part(lx: Lexemes, i: int, *, bare: bool = False) -> tuple[Clock, int] | None:
    """A part of a day: "the evening", "early morning", "the early hours", "dawn", "overnight".

    `bare` allows a part without an article, as after a day ("Wednesday evening").
    """
    tables = load_tables()
    j = i
    article = lx.low(j) == "the"
    j += article
    edge = ""
    if lx.low(j) in ("early", "late", "mid", "small"):
        edge = lx.low(j)
        j += 1 + (lx.low(j + 1) == "-")
        if lx.lows(j, 2) == "in the" or lx.lows(j, 2) == "on the":
            j += 2
            article = True
    if lx.low(j) == "hours" and edge in ("early", "late", "small") and article:
        name = "small_hours" if edge != "late" else "late_hours"
        return Clock(part=tables.edges[name]), j + 1
    read = tables.parts.get(lx.low(j))
    if read is None or not (bare or article or read.name in _PROPER):
        return None
    if edge:
        read = tables.edges.get(f"{edge}_{'night' if read.name == 'nighttime' else read.name}", read)
    return Clock(part=read), j + 1


#: Parts that stand without an article: "at dawn", "overnight".
_PROPER = frozenset(
    ["dawn", "dusk", "sunset", "sundown", "sunrise", "daybreak", "nightfall", "overnight", "night", "daytime"]
)


def part_named(name: str) -> Part:
    """The part of a day of a name in the table."""
    tables = load_tables()
    return tables.parts.get(name) or tables.edges[name]
