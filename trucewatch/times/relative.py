"""Times told by an event, resolved against the anchors of a truce: "about two hours after the pause began".

Layer: times.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from trucewatch.model import Span, TimeMention
from trucewatch.times.anchors import Anchor, length_minutes
from trucewatch.times.forms import EventLink, Length
from trucewatch.times.hours import place_clock
from trucewatch.times.lengths import iso
from trucewatch.times.moments import Moment, parse
from trucewatch.times.reading import Interval, open_interval, reading
from trucewatch.times.running import Flow, told_day

_PRECISIONS = {"TS": "minute", "TM": "minute", "TH": "hour", "D": "day", "W": "week", "M": "month", "Y": "year"}


def resolve_link(link: EventLink, span: Span, flow: Flow, anchors: Sequence[Anchor]) -> Interval:
    """The interval that a link to an event tells; open, with its offset kept, where the event's time is not known."""
    if link.what == "last":
        return _after_last(link, span, flow)
    if link.bracket is not None:
        return _bracketed(link, span, flow)
    if link.what == "other":
        why = "no time is told for the event that it counts from"
        return open_interval(["start", "end"], why, iso(link.length) if link.length else None)
    anchor = _anchor_for(link, span, flow, anchors)
    if anchor is None or (anchor.time.start is None and link.what != "end"):
        word = "end" if link.what == "end" else "start"
        why = f"no time is told for the {word} of the truce that it counts from"
        return open_interval(["start", "end"], why, iso(link.length) if link.length else None)
    if link.what in ("window", "schedule") and not link.direction:
        return _whole_window(link, anchor, flow)
    origin = anchor.time.end if anchor.kind != "start" and link.what == "end" else anchor.time.start
    if anchor.kind == "end" and link.what == "end":
        origin = anchor.time.start or anchor.time.end
    return _from(link, origin, anchor, flow)


def _anchor_for(link: EventLink, span: Span, flow: Flow, anchors: Sequence[Anchor]) -> Anchor | None:
    """The anchor that the words most likely count from: one with an hour, in the nearest sentence."""
    wanted: tuple[str, ...] = ("end", "window") if link.what == "end" else ("window", "start")
    if link.what == "window" and not link.direction:
        wanted = ("window",)
    fitting = [a for a in anchors if a.kind in wanted and a.span != span]
    timed = [a for a in fitting if "T" in (a.time.start or a.time.end or "")] or fitting
    if not timed:
        return None
    here = flow.sentence_index(span[0])
    rank = {kind: k for k, kind in enumerate(wanted)}

    def distance(anchor: Anchor) -> tuple[int, int, int, int]:
        there = flow.sentence_index(anchor.span[0])
        return (int(there > here), abs(here - there), rank[anchor.kind], anchor.span[0])

    head = flow.kinds[here] if here >= 0 else "body"
    return timed[0] if head in ("title", "summary") else min(timed, key=distance)


def _whole_window(link: EventLink, anchor: Anchor, flow: Flow) -> Interval:
    """During the truce; or "on time", which is the very beginning of it."""
    start = parse(anchor.time.start) if anchor.time.start else None
    zone = flow.frame.zone
    if link.what == "schedule":
        if start is None or start.minute is None:
            return open_interval(["start", "end"], "the hour that was announced is not told")
        return Interval(start, start.plus_minutes(1), "minute", "event_relative", zone=zone)
    end = parse(anchor.time.end) if anchor.time.end else None
    return Interval(start, end, anchor.time.precision, "event_relative", tuple(anchor.time.readings), zone=zone)


def _from(link: EventLink, origin: str | None, anchor: Anchor, flow: Flow) -> Interval:
    if origin is None:
        return open_interval(
            ["start", "end"],
            "no time is told for the event that it counts from",
            iso(link.length) if link.length else None,
        )
    first = _count(link, parse(origin))
    readings = []
    for other in anchor.time.readings:
        if other.start is not None:
            there = _count(link, parse(other.start))
            readings.append(reading(there.start, there.end, "event_relative", other.why))
    unresolved = anchor.time.unresolved
    if unresolved is not None:
        first = replace(first, missing=(*first.missing, *unresolved.missing), why=first.why or unresolved.why)
    return replace(first, basis="event_relative", readings=tuple(readings), zone=flow.frame.zone)


def _count(link: EventLink, origin: Moment) -> Interval:
    """The interval that lies a length before or after an origin."""
    if link.ordinal_day is not None:
        start = replace(origin, minute=None).plus_days(link.ordinal_day - 1)
        return Interval(start, start.plus_days(1), "day", None)
    minutes = length_minutes(link.length)
    if minutes is None:
        return _some_time(link, origin)
    unit = link.length.unit if link.length else "TH"
    if origin.minute is None and unit.startswith("T"):
        why = "the hour from which to count is not told"
        return Interval(
            origin,
            origin.plus_days(1),
            "day",
            None,
            missing=("hour",),
            why=why,
            duration=iso(link.length) if link.length else None,
        )
    if link.within:
        return Interval(origin, origin.plus_minutes(minutes), _PRECISIONS[unit], None)
    sign = link.direction or 1
    if unit.startswith("T"):
        start = origin.plus_minutes(sign * minutes)
        width = 60 if unit == "TH" or (link.length and link.length.approx and minutes > 30) else 1
        return Interval(start, start.plus_minutes(width), "hour" if width == 60 else "minute", None)
    return whole_days(link.length, sign, replace(origin, minute=None))


def whole_days(length: Length | None, sign: int, origin: Moment) -> Interval:
    """The day (or the month, of a length in months or years) that lies a length before or after a day."""
    unit, amount = (length.unit, length.amount or 0) if length else ("D", 0.0)
    if unit in ("M", "Y"):
        start = replace(origin, day=1).plus_months(sign * round(amount * (12 if unit == "Y" else 1)))
        return Interval(start, start.plus_months(1), "month", None)
    days = round(amount * (7 if unit == "W" else 1))
    start = origin.plus_days(sign * days)
    return Interval(start, start.plus_days(1), "day", None)


def _some_time(link: EventLink, origin: Moment) -> Interval:
    """An unknown time before or after: an end left open; minutes are told as within the hour."""
    after = link.direction >= 0
    if link.length is not None and link.length.unit in ("TM", "TS") and origin.minute is not None:
        start = origin if after else origin.plus_minutes(-60)
        return Interval(start, start.plus_minutes(60), "hour", None)
    precision = "hour" if origin.minute is not None else "day"
    if after:
        return Interval(origin, None, precision, None, missing=("end",), why="how long after is not told")
    return Interval(None, origin, precision, None, missing=("start",), why="how long before is not told")


def _bracketed(link: EventLink, span: Span, flow: Flow) -> Interval:
    """ "about an hour after the start of the ceasefire (about 09:00)": of the bracket, or an hour after it."""
    clock = link.bracket
    carrier = flow.carrier(span[0])
    day = told_day(carrier) if carrier else None
    missing = tuple((day or Moment()).missing())
    base = Interval(day or Moment(), None, None, "event_relative", missing=missing, why=_why_day(day))
    if clock is None:
        return base
    told = place_clock(clock, base, flow.frame)
    minutes = length_minutes(link.length)
    if told.start is None or minutes is None:
        return told
    there = told.start.plus_minutes((link.direction or 1) * minutes)
    word = "end" if link.what == "end" else "start"
    why = f"the time in brackets can be that of the truce's {word}, and this so long after it"
    other = reading(there, there.plus_minutes(60), "event_relative", why)
    return replace(told, readings=(*told.readings, other))


def _why_day(day: Moment | None) -> str:
    if day is None:
        return "the day is not told"
    return "no year is told" if day.year is None else ""


def _after_last(link: EventLink, span: Span, flow: Flow) -> Interval:
    """ "later": after the happening told last; "at the same time": with it."""
    last = _last_happening(span, flow)
    if last is None or last.start is None:
        return open_interval(["start", "end"], "no time is told for what it came after")
    start = parse(last.start)
    zone = flow.frame.zone
    if not link.direction:
        end = parse(last.end) if last.end else None
        unknown = tuple(start.missing())
        why = "no year is told" if unknown else ""
        return Interval(start, end, last.precision, "narrative", tuple(last.readings), unknown, why, zone)
    why = f'"later" than "{last.text}"; how much later is not told'
    missing = ("end", *start.missing())
    return Interval(start, None, last.precision, "event_relative", missing=missing, why=why, zone=zone)


#: Stems by which a later outcome is known to belong to an earlier hurt.
_HURT = ("wound", "injur", "hurt", "victim", "shot", "burn")


def _last_happening(span: Span, flow: Flow) -> TimeMention | None:
    k = flow.sentence_index(span[0])
    sentence = flow.doc.sentences[k] if k >= 0 else None
    if sentence is None:
        return None
    words = flow.doc.text[sentence.start : sentence.end].lower()
    stems = [stem for stem in _HURT if stem in words]
    before = [t for t in flow.times if t is not None and t.span and t.span[1] <= span[0] and _tells(t, flow)]
    for time in reversed(before):
        there = flow.doc.sentences[flow.sentence_index((time.span or (0, 0))[0])]
        text = flow.doc.text[there.start : there.end].lower()
        if stems and there is not sentence and any(stem in text for stem in stems):
            return time
    return before[-1] if before else None


def _tells(time: TimeMention, flow: Flow) -> bool:
    """Whether a time tells when something happened: a start is known, and it is no dateline or background."""
    if time.start is None or time.kind not in ("date", "time") or time.span is None:
        return False
    k = flow.sentence_index(time.span[0])
    if k < 0 or flow.kinds[k] == "dateline" or time.precision not in ("day", "part_of_day", "hour", "minute"):
        return False
    return time.precision != "day" or flow.strength(time) > 0
