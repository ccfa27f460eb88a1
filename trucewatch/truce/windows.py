"""When a truce is told to hold: its windows and extensions.

Taken from, in this order: stretches told in hours or days with the truce ("from 08:00 to 16:00"), the times
of its beginning and end, anchors that the times stage infers ("about an hour after the start (09:00)"), a
length from a told start, and a date in its own name. What is not told stays null and is named in
`unresolved`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from msgspec.structs import replace

from trucewatch.model import (
    Claim,
    Reading,
    Span,
    Time,
    Unresolved,
    Utc,
    Window,
)
from trucewatch.truce.case import Case, ids
from trucewatch.truce.clock import CLOCK, Where, hours_between, hours_of, later, later_months, lies, same_day, stretch
from trucewatch.truce.cues import COUNTED, FROM, FURTHER, LATER, UNTIL
from trucewatch.truce.instruments import TRUCE_TYPES
from trucewatch.truce.sentences import sentence_span
from trucewatch.truce.tables import load_labels
from trucewatch.truce.wording import HOURS, inside

#: Hours that stand for a month in a told length; the calendar tells how long it is.
MONTH = HOURS["month"]
#: Precisions by which a stretch longer than one unit is told as a window.
_UNIT = {"minute": 1 / 60, "hour": 1.0, "day": 24.0}
_STARTS = ("truce_started",)
_TELLS = ("truce_declared", "truce_started", "truce_accepted", "truce_proposed")


def find_windows(case: Case) -> list[Window]:
    """The windows of a truce, in time order as told; an empty list where nothing tells when it holds."""
    windows = _ranges(case)
    for claim in case.of_type("truce_started"):
        _add_start(case, windows, claim)
    for rule in (_cued, _until_only, _anchored, _named_date, _from_agreement, _end_only):
        windows = windows or rule(case)
    windows = [_with_end(case, _with_hour(case, window)) for window in windows]
    return [_told_by(case, _what_is_missing(window)) for window in windows]


def _ranges(case: Case) -> list[Window]:
    """Stretches of more than one unit told with the truce."""
    found: dict[tuple[str | None, str | None], Window] = {}
    for time in case.mentions.times:
        if time.span is None or not _is_range(time) or not _tells_truce(case, time.span):
            continue
        found.setdefault((time.start, time.end), _window(time))
    return list(found.values())


def _is_range(time: Time) -> bool:
    unit = _UNIT.get(time.precision or "")
    length = hours_between(time.start, time.end)
    return unit is not None and length is not None and length > unit * 1.5


def _tells_truce(case: Case, span: Span) -> bool:
    """Whether a time stands with the truce: in one of its claims, or in a sentence that names it and in
    which no incident is told by that time."""
    for claim in case.instrument.claims:
        if claim.event.type in (*_TELLS, "truce_extended") and inside(span, case.words_of(claim)):
            return claim.event.type != "truce_extended"
    incidents = (claim.time.span for claim in case.claims if claim.event.type not in TRUCE_TYPES)
    return case.label_near(span) is not None and span not in incidents


def _window(time: Time, readings: Sequence[Reading] = ()) -> Window:
    return Window(
        span=time.span,
        text=time.text,
        start=time.start,
        end=time.end,
        utc=time.utc,
        zone=time.zone,
        precision=time.precision,
        readings=list(readings) or time.readings,
        unresolved=time.unresolved,
    )


def _opening(time: Time) -> Window:
    """A window that begins at a time and whose end is not told by it."""
    utc = Utc(start=time.utc.start, end=None) if time.utc else None
    readings = [replace(reading, end=None) for reading in time.readings]
    return replace(_window(time, readings), end=None, utc=utc, unresolved=None)


def _add_start(case: Case, windows: list[Window], claim: Claim) -> None:
    """Take the time of a told beginning as the start of a window, unless a told window holds it."""
    time = claim.time
    if claim.status not in ("happened", "ongoing", "planned") or time.start is None:
        return
    if _only_reference(case, claim) or not _own_time(case, claim):
        return
    point = stretch(replace(time, end=time.end or time.start))
    for window in windows:
        if lies(point, stretch(window)) is not Where.OUTSIDE or same_day(time.start, window.start):
            return
    if time.precision in ("week", "month", "year"):
        return
    windows.append(_opening(time))


def _own_time(case: Case, claim: Claim) -> bool:
    """Whether a claim's time is told in its own sentence, not carried on from another."""
    span = claim.time.span
    return span is not None and claim.time.basis != "narrative" and inside(span, case.words_of(claim))


def _only_reference(case: Case, claim: Claim) -> bool:
    """Whether a beginning is only what another time is counted from: "an hour after the start (09:00)"."""
    trigger, told = claim.event.trigger.span, claim.time.span
    if told is not None and inside(trigger, told):
        return True
    bracket = told is not None and "(" in case.doc.text[trigger[1] : max(trigger[1], told[0])]
    if told is not None and told[0] >= trigger[1] and claim.time.basis != "narrative" and not bracket:
        return False  # "since it came into force on 27 February": the time is its own
    start, _ = sentence_span(case.doc, trigger[0])
    return bool(COUNTED.search(case.doc.text, max(start, trigger[0] - 60), trigger[0]))


def _cued(case: Case) -> list[Window]:
    """A start told in a claim of the truce by words such as "from", "starting" and "into force"."""
    for time in case.mentions.times:
        if time.span is None or time.start is None or time.kind not in ("date", "time"):
            continue
        head = case.doc.text[max(0, time.span[0] - 40) : time.span[0]]
        if FROM.search(head) and _tells_truce(case, time.span) and not _past_start(case, head):
            return [_opening(time)]
    return []


def _until_only(case: Case) -> list[Window]:
    """An end told in a claim of the truce ("until 30 April") where no start is."""
    for time in case.mentions.times:
        if time.span is None or time.end is None or time.kind not in ("date", "time"):
            continue
        head = case.doc.text[max(0, time.span[0] - 30) : time.span[0]]
        cued = UNTIL.search(head) or (time.start is None and UNTIL.search(f"{(time.text or '').split(' ')[0]} "))
        in_claim = any(inside(time.span, claim.span) for claim in case.of_type(*_TELLS))
        if cued and in_claim:
            end = time.end if time.start is None or time.precision == "day" else time.start
            return [replace(_window(time), start=None, end=end, utc=None, unresolved=None)]
    return []


def _past_start(case: Case, head: str) -> bool:
    return bool(re.search(r"\bsince\s*$", head)) and case.instrument.past


def _anchored(case: Case) -> list[Window]:
    """The window that anchors of the times stage give: told before inferred, the start's other readings
    kept."""
    anchors = sorted((a for a in case.anchors if _anchors_this(case, a)), key=lambda a: bool(a.why))
    anchors = [a for a in anchors if a.kind != "window" or not _computed_oddly(a)]
    whole = next((a for a in anchors if a.kind == "window"), None)
    start = whole or next((a for a in anchors if a.kind == "start"), None)
    if start is None or start.time.start is None:
        return []
    window = _window(start.time) if whole else _opening(start.time)
    return [replace(window, span=start.span, text=start.text)]


def _computed_oddly(anchor: Any) -> bool:
    """Whether a window is reckoned from a length that is added to the truce, or that is told in months."""
    duration = anchor.time.duration or ""
    return bool(FURTHER.search(anchor.why or "")) or "M" in duration.partition("T")[0]


def _anchored_end(case: Case, window: Window) -> Window:
    """A window closed by the first anchor of an end after its start."""
    for anchor in case.anchors:
        if anchor.kind != "end" or not _anchors_this(case, anchor):
            continue
        time = anchor.time
        whole = time.start is None or (time.precision == "day" and UNTIL.match(anchor.text or ""))
        end, utc = (time.end, time.utc and time.utc.end) if whole else (time.start, time.utc and time.utc.start)
        closed = _closed(window, end, utc)
        if closed.end is not None:
            return closed
    return window


def _anchors_this(case: Case, anchor: Any) -> bool:
    """Whether an anchor is of this truce: its sentence names it, or names no other and this is the main
    one."""
    if case.label_near(anchor.span) is not None:
        return True
    return case.main and case.other_near(anchor.span) is None


def _with_hour(case: Case, window: Window) -> Window:
    """A window told by the day alone, given the hour that an anchor infers for the same day."""
    if window.precision in CLOCK:
        return window
    inferred = _anchored(case)
    if inferred and same_day(inferred[0].start, window.start) and inferred[0].precision in CLOCK:
        return inferred[0]
    return window


def _named_date(case: Case) -> list[Window]:
    """The day that the truce's own name carries: "a pause in Aleppo on October 20"."""
    for label in case.instrument.labels:
        date = label.date
        if date is not None and date.span in _ends(case):
            continue
        if date is not None and date.span and UNTIL.search(case.doc.text[max(0, date.span[0] - 30) : date.span[0]]):
            continue
        if date is None or date.precision not in ("day", "hour", "minute", "part_of_day") or label.past:
            continue
        if any(claim.time.span == date.span for claim in case.of_type("truce_declared", "truce_proposed")):
            continue
        window = _window(date)
        if date.precision == "day":
            why = "the day is told, not the hours of that day"
            return [replace(window, unresolved=Unresolved(missing=["hours"], why=why))]
        return [replace(_opening(date))]
    return []


def _from_agreement(case: Case) -> list[Window]:
    """The day of its declaration or agreement, where no other beginning is told or announced.

    As the ETH/PRIO ceasefire data do; the window says so in `unresolved`. A truce of hours gets none: its
    day is seldom the day on which it is announced.
    """
    if (case.instrument.type or "") in load_labels().limited:
        return []
    for claim in case.of_type("truce_accepted", "agreement", "truce_declared"):
        start, end = case.words_of(claim)
        if claim.status != "happened" or claim.time.start is None or LATER.search(case.doc.text, start, end):
            continue
        if claim.time.precision in ("day", *CLOCK) and _own_time(case, claim):
            why = "no beginning is told: from the day of its declaration or agreement on"
            return [replace(_opening(claim.time), unresolved=Unresolved(missing=["effective start"], why=why))]
    return []


def _ends(case: Case) -> list[Span | None]:
    """The words that tell when the truce ended."""
    told = [claim.time.span for claim in case.of_type("truce_ended") if claim.time.span]
    return [*told, *(anchor.span for anchor in case.anchors if anchor.kind == "end")]


def _end_only(case: Case) -> list[Window]:
    """A window of which only the end is told: "the truce, declared over on Monday"."""
    for claim in case.of_type("truce_ended"):
        time = claim.time
        if claim.status == "happened" and time.start and time.precision in ("day", *CLOCK):
            utc = Utc(start=None, end=time.utc.start) if time.utc else None
            return [replace(_window(time), start=None, end=time.start, utc=utc, readings=[], unresolved=None)]
    return []


def _with_end(case: Case, window: Window) -> Window:
    """A window without an end, given the end that a claim, a wording or a told length gives."""
    if window.end is not None or window.start is None:
        return window
    for claim in case.of_type("truce_ended"):
        if claim.time.start and claim.status == "happened" and hours_between(window.start, claim.time.start):
            return _closed(window, claim.time.start, claim.time.utc.start if claim.time.utc else None)
    for time in case.mentions.times:
        if time.span is None or time.start is None or not _tells_truce(case, time.span):
            continue
        head = case.doc.text[max(0, time.span[0] - 30) : time.span[0]]
        length = hours_between(window.start, time.end)
        if UNTIL.search(head) and length is not None and length > 0:
            whole = time.precision == "day"
            end = time.end if whole else time.start
            utc = (time.utc.end if whole else time.utc.start) if time.utc else None
            return _closed(window, end, utc)
    closed = _anchored_end(case, window)
    return closed if closed.end is not None else _by_length(case, window)


def _closed(window: Window, end: str | None, utc: str | None) -> Window:
    length = hours_between(window.start, end)
    if length is None or length <= 0:
        return window
    return replace(window, end=end, utc=Utc(start=window.utc.start, end=utc) if window.utc else None)


def _by_length(case: Case, window: Window) -> Window:
    """The end that "a 48-hour truce" gives where the start is told as exactly as the length needs."""
    hours = length_told(case)
    if hours is None or window.start is None or window.precision not in ("minute", "hour", "day"):
        return window
    add = later_months if hours % MONTH == 0 else later
    amount = hours // MONTH if hours % MONTH == 0 else hours
    end = add(window.start, amount)
    if end is None:
        return window
    utc = add(window.utc.start, amount) if window.utc and window.utc.start else None
    return _closed(window, end, f"{utc}Z" if utc else None)


def length_told(case: Case) -> float | None:
    """Hours for which the truce's own wordings say that it is to last; None where none does or they
    differ."""
    told = {label.hours for label in case.instrument.labels if label.hours is not None}
    for claim in case.of_type("truce_declared", "truce_accepted", "truce_started"):
        told |= {
            hours
            for time in case.mentions.times
            if time.kind == "duration" and time.span and inside(time.span, claim.span)
            if (hours := hours_of(time.duration)) is not None
            if re.search(r"\b(?:for|lasting|last)\s+$", case.doc.text[max(0, time.span[0] - 12) : time.span[0]])
        }
    return told.pop() if len(told) == 1 else None


def _what_is_missing(window: Window) -> Window:
    missing = [name for name in ("start", "end") if getattr(window, name) is None]
    if not missing:
        return window
    why = f"no {' and no '.join(missing)} of it is told"
    earlier = window.unresolved.missing if window.unresolved else []
    kept = [name for name in earlier if name not in missing]
    if window.unresolved is not None and kept:
        why = f"{why}; {window.unresolved.why}"
    return replace(window, unresolved=Unresolved(missing=[*missing, *kept], why=why))


def _told_by(case: Case, window: Window) -> Window:
    """The window with the claims that tell it: its declarations that hold its words, and beginnings in it."""
    tellers: list[Claim] = []
    for claim in case.instrument.claims:
        if claim.polarity != "affirmed" or claim.event.type not in (*_TELLS, "truce_ended", "agreement"):
            continue
        holds = window.span is not None and inside(window.span, case.words_of(claim))
        begins = claim.event.type in _STARTS and (claim.time.start is None or same_day(claim.time.start, window.start))
        ends = claim.event.type == "truce_ended" and claim.time.start is not None and claim.time.start == window.end
        if holds or begins or ends:
            tellers.append(claim)
    return replace(window, claims=ids(tellers))
