"""Resolve the time expressions of a document to intervals: the mentions of the record.

Three passes: days that the words and the document's date tell; clocks and days that belong to the day being told;
times told by the start or end of a truce. What is not told stays X and is named in `unresolved`. Layer: times.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from msgspec import structs

from trucewatch.model import Document, Note, Reading, TimeMention, Unresolved
from trucewatch.times.anchors import Anchor, truce_anchors
from trucewatch.times.checks import date_notes
from trucewatch.times.days import resolve_day
from trucewatch.times.expressions import find_expressions
from trucewatch.times.forms import Clock, Day, Expression
from trucewatch.times.frame import Tense, frame_of, governor, reports, tense
from trucewatch.times.hours import place_clock
from trucewatch.times.lengths import iso
from trucewatch.times.moments import Moment, parse
from trucewatch.times.reading import Interval, mention, open_interval, reading
from trucewatch.times.relative import resolve_link, whole_days
from trucewatch.times.running import Flow, told_day
from trucewatch.times.tables import load_tables

#: Forms of a day that need no other day of the text.
_OWN_DAY = ("calendar", "weekday", "past", "vague")


def find_times(doc: Document, zone: str | None) -> list[TimeMention]:
    """All times of a document in text order, on the wall clock of `zone` (an IANA name, or None for unknown)."""
    frame = frame_of(doc, zone)
    expressions = _without_idle(doc, find_expressions(doc))
    found: list[TimeMention | None] = [None] * len(expressions)
    flow = Flow(frame, found)
    for chosen in (_stands_alone, _needs_day, _needs_event):
        anchors = truce_anchors(doc, [t for t in found if t is not None]) if chosen is _needs_event else []
        for k, expression in enumerate(expressions):
            if found[k] is None and chosen(expression):
                found[k] = _mention(expression, flow, anchors, k + 1)
    told = [t for t, e in zip(found, expressions, strict=True) if t is not None and not _idle_link(t, e)]
    times = [structs.replace(_without_hour(doc, t), id=f"t{k}") for k, t in enumerate(told, start=1)]
    return _with_windows(flow, times, expressions)


def _without_idle(doc: Document, expressions: list[Expression]) -> list[Expression]:
    """Turn "after two hours" into a plain length where the sentence names no truce that it could count from."""
    label = load_tables().truce.label
    kept: list[Expression] = []
    for e in expressions:
        if e.event is not None and e.event.what == "window" and e.event.direction and e.event.length:
            sentence = doc.sentence_at(e.span[0])
            if sentence is None or not label.search(doc.text, sentence.start, sentence.end):
                start = e.span[0] + len(doc.text[e.span[0] : e.span[1]].split()[0]) + 1
                e = Expression((start, e.span[1]), "duration", length=e.event.length)
        elif e.event is not None and e.event.what == "schedule":
            near = doc.text[max(0, e.span[0] - 160) : e.span[0]]
            if not label.search(near):
                continue
        elif e.event is not None and e.event.what == "last" and e.event.direction:
            sentence = doc.sentence_at(e.span[0])
            if sentence is None or reports(sentence, governor(sentence, e.span)):
                continue
        kept.append(e)
    return kept


def _idle_link(time: TimeMention, e: Expression) -> bool:
    """Whether words such as "after the ceasefire" tell neither a length nor, as nothing else does, a time."""
    return e.event is not None and e.event.length is None and time.start is None and time.end is None


def _stands_alone(e: Expression) -> bool:
    if e.event is not None:
        return False
    if e.kind in ("duration",) or (e.kind == "set" and e.clock is None):
        return True
    day = e.day
    return (
        day is not None
        and (day.form in _OWN_DAY or day.ref == "document")
        and day.which not in ("previous", "following", "that")
        and (day.form != "calendar" or day.month is not None or day.year is not None)
    )


def _needs_day(e: Expression) -> bool:
    return e.event is None


def _needs_event(e: Expression) -> bool:
    return e.event is not None


def _mention(e: Expression, flow: Flow, anchors: Sequence[Anchor], number: int) -> TimeMention:
    if e.kind == "duration" or (e.kind == "set" and e.clock is None):
        interval = _length(e)
    elif e.event is not None:
        interval = resolve_link(e.event, e.span, flow, anchors)
    else:
        interval = _interval(e, flow)
    kind = e.kind
    if e.event is not None and interval.precision in ("day", "week", "month", "year"):
        kind = "date"
    return mention(flow.doc.text, e.span, kind, interval, number)


def _length(e: Expression) -> Interval:
    what = "a length, not a place in time" if e.kind == "duration" else "comes again and again; when first is not told"
    return open_interval(["start", "end"], what, iso(e.length) if e.length else None)


# ---- days and clocks


def _interval(e: Expression, flow: Flow) -> Interval:
    clause = _tense(flow, e)
    if e.bound in ("until", "by") and clause == "would":
        clause = "future"
    first = _placed(e.day, e.clock, e, flow, clause, end=e.bound == "until")
    if e.shift and first.start is not None:
        there = whole_days(e.length, e.shift, first.start)
        return _closed(replace(first, start=there.start, end=there.end, precision=there.precision, readings=()), flow)
    if e.to_day is None and e.to_clock is None:
        return _bounded(e, _closed(first, flow), flow)
    last = _placed(e.to_day or e.day, e.to_clock, e, flow, clause, end=True)
    return _closed(_joined(e, first, last), flow)


def _tense(flow: Flow, e: Expression) -> Tense:
    sentence = flow.doc.sentence_at(e.span[0])
    return tense(sentence, e.span) if sentence is not None else "past"


def _placed(day: Day | None, clock: Clock | None, e: Expression, flow: Flow, clause: Tense, *, end: bool) -> Interval:
    """A day form with its clock, resolved; the day being told where there is no day form."""
    running = _running(flow, e) if day is None or day.ref == "narrative" or day.form != "offset" else None
    if day is not None:
        found = resolve_day(day, flow.frame, running, clause, _said(flow, e))
    else:
        found = _carried(running, flow)
    return place_clock(clock, found, flow.frame, end=end) if clock is not None else found


def _running(flow: Flow, e: Expression) -> Moment | None:
    carrier = flow.carrier(e.span[0])
    if carrier is None:
        return None
    day = told_day(carrier)
    hours = e.day is not None and e.day.unit.startswith("T") and carrier.start and "T" in carrier.start
    return parse(carrier.start) if hours and carrier.start else day


def _carried(running: Moment | None, flow: Flow) -> Interval:
    if running is not None:
        day = replace(running, minute=None)
        why = "no year is told" if day.year is None else ""
        return Interval(day, day.plus_days(1), "day", "narrative", missing=tuple(day.missing()), why=why)
    today = flow.frame.day
    readings: tuple[Reading, ...] = ()
    if today is not None:
        start = Moment.of(today)
        readings = (reading(start, start.plus_days(1), "document_date", "the day of the report, were it meant"),)
    why = "the day is not told"
    return Interval(Moment(), Moment(), "day", None, readings, missing=("year", "month", "day"), why=why)


def _said(flow: Flow, e: Expression) -> Moment | None:
    """The day of the saying whose content an expression stands in ("announced on Monday that it would ...")."""
    sentence = flow.doc.sentence_at(e.span[0])
    if sentence is None:
        return None
    for time in flow.in_sentence(flow.sentence_index(e.span[0])):
        if time.span and time.span[1] <= e.span[0] and reports(sentence, governor(sentence, time.span)):
            return told_day(time)
    return None


def _joined(e: Expression, first: Interval, last: Interval) -> Interval:
    """A range: from the start of the first to the end of the last, or to its clock."""
    if first.start is None or last.start is None:
        return open_interval(["start", "end"], first.why or last.why)
    exact = e.to_clock is not None and (e.to_clock.part is None or e.to_clock.part.hour)
    end = last.start if exact else last.end
    if end is not None and e.to_day is None and first.start.minute is not None and end.minute is not None:
        if not first.start.dated and end.minute <= first.start.minute:
            end = replace(end)
        elif first.start.dated and (end.month, end.day, end.minute) <= (
            first.start.month,
            first.start.day,
            first.start.minute,
        ):
            end = end.plus_days(1)
    if end is not None and _reversed(first.start, end):
        return open_interval(["start", "end"], "the words tell an end that is no later than the start")
    precision = last.precision if exact and first.precision == "minute" else first.precision
    missing = tuple(dict.fromkeys((*first.missing, *last.missing)))
    return replace(
        first,
        end=end,
        precision=precision,
        readings=_range_readings(first, last),
        missing=missing,
        why=first.why or last.why,
    )


def _reversed(start: Moment, end: Moment) -> bool:
    """Whether an end is known to lie at or before its start; where only the day is told, a clock says nothing."""
    if start.date is None or end.date is None:
        return False
    return (end.date, end.minute or 0) <= (start.date, start.minute or 0)


def _range_readings(first: Interval, last: Interval) -> tuple[Reading, ...]:
    pairs = zip(first.readings, last.readings, strict=False)
    return tuple(
        reading(parse(a.start), parse(b.start if "T" in b.start else b.end or b.start), a.basis, a.why)
        for a, b in pairs
        if a.start and b.start
    )


def _closed(interval: Interval, flow: Flow) -> Interval:
    """Give the interval its zone; name the hour of no day, and the end that no order allows."""
    if interval.start is not None and interval.start == interval.end and not interval.missing:
        return open_interval(["start", "end"], "the words tell an end that is no later than the start")
    return interval if interval.zone is not None else replace(interval, zone=flow.frame.zone)


def _bounded(e: Expression, found: Interval, flow: Flow) -> Interval:
    """ "by", "until", "since", "before", "after": one side of the interval stays open."""
    if e.bound is None or (found.start is None and found.end is None):
        return found
    told = " ".join(flow.doc.text[e.span[0] : e.span[1]].lower().split())
    words = f'"{told}" bounds the {"end" if e.bound in ("by", "until", "before") else "start"} only'
    instant = e.clock is not None
    missing, why = found.missing, found.why
    if e.bound in ("by", "until", "before"):
        end = found.start if instant or e.bound == "before" else found.end
        if (
            instant
            and e.clock is not None
            and e.clock.part is not None
            and not e.clock.part.hour
            and e.bound != "before"
        ):
            end = found.end
        return replace(
            found, start=None, end=end, readings=_ends(found), missing=("start", *missing), why=_and(words, why)
        )
    start = found.start if e.bound == "since" or instant else found.end
    return replace(found, start=start, end=None, missing=("end", *missing), why=_and(words, why))


def _ends(found: Interval) -> tuple[Reading, ...]:
    return tuple(reading(None, parse(r.start), r.basis, r.why) for r in found.readings if r.start)


def _and(one: str, other: str) -> str:
    return f"{one}; {other}" if other else one


# ---- afterwards


def _with_windows(flow: Flow, times: list[TimeMention], expressions: list[Expression]) -> list[TimeMention]:
    """Give "all day" its other reading, the hours of the truce, where a window of that day is told."""
    whole = {e.span for e in expressions if e.all_day}
    if not whole:
        return times
    windows = [a for a in truce_anchors(flow.doc, times) if a.kind == "window"]
    return [_or_window(time, windows) if time.span in whole else time for time in times]


def _or_window(time: TimeMention, windows: Sequence[Anchor]) -> TimeMention:
    for anchor in windows:
        start, end = anchor.time.start, anchor.time.end
        if start and end and "T" in start and time.start and start[:10] == time.start[:10]:
            why = f'"{time.text}" can mean the hours of the {_label(anchor)}'
            other = reading(parse(start), parse(end), "event_relative", why)
            return structs.replace(time, readings=[*time.readings, other])
    return time


_NO_HOUR = re.compile(
    r"\b(?:g(?:ive|ave|iving|iven)|specif(?:y|ied|ying)|sa(?:y|id|ying)|provid(?:e|ed|ing))\s+"
    r"(?:no|an?|any|the|what|at what)\s+(?:exact |precise |specific )?(?:hour|time)\b",
    re.IGNORECASE,
)
_NEGATED = re.compile(r"\b(?:no|not|without|n['’]t)\b", re.IGNORECASE)


def _without_hour(doc: Document, time: TimeMention) -> TimeMention:
    """Name the hour as missing where the sentence says that none is given."""
    sentence = doc.sentence_at(time.span[0]) if time.span and time.precision == "day" and time.kind == "date" else None
    if sentence is None or time.unresolved is not None:
        return time
    match = _NO_HOUR.search(doc.text, sentence.start, sentence.end)
    if match is None or not _NEGATED.search(doc.text, max(sentence.start, match.start() - 20), match.end()):
        return time
    why = f'"{match[0]}": the hour is said not to be given'
    return structs.replace(time, unresolved=Unresolved(missing=["hour"], why=why))


def _label(anchor: Anchor) -> str:
    match = load_tables().truce.label.search(anchor.text)
    return match[0].lower() if match else "pause"


def check_dates(doc: Document, times: Sequence[TimeMention]) -> list[Note]:
    """Notes on dates that contradict each other: a weekday beside a date it is not, a past told of days to come."""
    return date_notes(doc, times)
