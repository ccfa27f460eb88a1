"""How a claim bears on a truce: by its type, by the truce's windows and area, and by the words that join
them.

Where it cannot be told whether an incident falls in a window, the answer is UNKNOWN with the reason; such an
incident is neither counted as a violation nor dropped.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from trucewatch.model import Claim, Span, Window
from trucewatch.truce.area import in_area
from trucewatch.truce.case import Case
from trucewatch.truce.clock import (
    CLOCK,
    Stretch,
    Where,
    aligned,
    before,
    clock_words,
    hours_between,
    lies,
    same_day,
    span_words,
    starts_within,
)
from trucewatch.truce.sentences import sentence_span
from trucewatch.truce.tables import load_labels, load_rules
from trucewatch.truce.windows import length_told
from trucewatch.truce.wording import Label

HAPPENED = ("happened", "ongoing", "calm")
WILL_BE = ("planned", "offered", "demanded")
_BEGAN = re.compile(
    r"^\W*(?:\w+\W+){0,3}(?:began|started|took (?:effect|hold)|came into|went into|entered into|"
    r"in force|start|"
    r"beginning)\b"
)
_ANNOUNCED = re.compile(r"\b(?:announc|declar|agree|propos|sign|reach)", re.IGNORECASE)
_AFTER = re.compile(r"\b(?:after|since)\b", re.IGNORECASE)
#: Types whose bearing needs only an overlap with the window: a day's calm, a crossing told by the day.
OVERLAP = ("complies", "movement", "obstructs")
#: Words that open a time at the head of a sentence, with a capital that is not theirs.
_OPENERS = ("At", "On", "In", "About", "Around", "During", "By", "After", "Before", "Late", "Early", "Since")
#: Hours within which a time told from the truce's beginning is in a truce whose end is not told.
NEAR_START = 3.0


@dataclass(frozen=True, slots=True)
class Bearing:
    """Where an incident lies to a truce, and the reason in words."""

    where: Where
    why: str
    by_words: bool = False


def bearing(claim: Claim, case: Case) -> Bearing:
    """Where a claim lies to the truce: by the words that join the two, else by place, else by the clock."""
    joined = _by_words(claim, case)
    if joined is not None:
        timed = by_clock(claim, case)
        same = joined.where is timed.where is Where.INSIDE
        return Bearing(timed.where, timed.why, by_words=True) if same else joined
    there = in_area(claim, case.area)
    if there is False:
        return Bearing(Where.OUTSIDE, f"{claim.place.name or claim.place.text} is not in {_area_name(case)}")
    timed = by_clock(claim, case)
    if there is None and timed.where is Where.INSIDE:
        spot = claim.place.text or claim.place.name
        return Bearing(Where.UNKNOWN, f"whether {spot} lies in {_area_name(case)} cannot be told")
    return timed


def _area_name(case: Case) -> str:
    return (case.area.name or case.area.text or "its area") if case.area else "its area"


# ------------------------------------------------------------------ by the words


def _by_words(claim: Claim, case: Case) -> Bearing | None:
    """What a sentence that names both tells: "despite the truce", "hours before the ceasefire"."""
    rules = load_rules()
    start, end = sentence_span(case.doc, claim.event.trigger.span[0])
    for label in case.instrument.labels:
        if not start <= label.span[0] < end:
            continue
        head = case.doc.text[start : label.phrase[0]]
        head = re.sub(r"(?:\b(?:the|a|an|this|that|its|their)\s+)$", "", head, flags=re.IGNORECASE)
        tail = case.doc.text[label.span[1] : end]
        if rules.over.search(head) or (rules.outside.search(head) and not label.past):
            return Bearing(Where.OUTSIDE, f"told as before or after the {label.text}", by_words=True)
        match = rules.within.search(head)
        if match is None:
            continue
        if rules.ended_after.match(tail) and _AFTER.search(match[0]):
            return Bearing(Where.OUTSIDE, f"told as after the {label.text} had ended", by_words=True)
        if not _reaches(claim, label, (start, end)) or _only_announced(match[0], tail):
            continue
        words = re.sub(r"\s+", " ", match[0]).strip()
        return Bearing(Where.INSIDE, f"told with “{words} … {label.text}”", by_words=True)
    return None


def _only_announced(joint: str, tail: str) -> bool:
    """ "hours after X announced a truce": the truce may not have begun."""
    return " after" in joint.lower() and bool(_ANNOUNCED.search(joint)) and not _BEGAN.match(tail)


def _reaches(claim: Claim, label: Label, sentence: Span) -> bool:
    """Whether claim and label stand in one clause or beside one another; a semicolon parts them."""
    return sentence[0] <= claim.event.trigger.span[0] < sentence[1] and abs(label.span[0] - claim.span[0]) < 400


# ------------------------------------------------------------------ by the clock


def by_clock(claim: Claim, case: Case) -> Bearing:
    """Where a claim's time lies to the windows: in any, out of all, or not to be told, with the reason."""
    if not case.windows:
        return _to_declaration(claim, case)
    answers = [_to_window(claim, window, case) for window in case.windows]
    for where in (Where.INSIDE, Where.UNKNOWN, Where.OUTSIDE):
        found = next((answer for answer in answers if answer.where is where), None)
        if found is not None:
            return found
    return answers[0]


def _to_declaration(claim: Claim, case: Case) -> Bearing:
    """To a truce whose time is not told: before it was declared is out of it, else it cannot be told."""
    for told in case.of_type("truce_declared", "truce_accepted", "truce_started"):
        if before(claim.time.end, told.time.start):
            return Bearing(Where.OUTSIDE, f"{_told_time(claim)} is before it was declared")
    return Bearing(Where.UNKNOWN, f"when the {case.label} held is not told")


def _to_window(claim: Claim, window: Window, case: Case) -> Bearing:
    time, frame = aligned(claim.time, window)
    if time.start is None and time.end is None:
        return Bearing(Where.UNKNOWN, f"no day or hour is told: in or out of {_said(window)} cannot be told")
    if _date_of_truce(claim, window):
        return Bearing(Where.UNKNOWN, f"no day or hour of its own is told: in or out of {_said(window)} cannot be told")
    if frame.end is None:
        return _to_open_window(claim, window, time, frame, case)
    where = lies(time, frame)
    if where is Where.UNKNOWN:
        where = _by_start(time, frame)
    if where is Where.OUTSIDE and case.extensions and starts_within(time, frame):
        why = f"after {_said(window)}, while an extension is told: in or out of it cannot be told"
        return Bearing(Where.UNKNOWN, why)
    if where is Where.INSIDE and window.unresolved is not None and "hours" in window.unresolved.missing:
        return Bearing(Where.UNKNOWN, f"of {_said(window)} the hours in which the {case.label} held are not told")
    return Bearing(where, _why(claim, window, where))


def _date_of_truce(claim: Claim, window: Window) -> bool:
    """Whether a claim's day is only carried on from the words that date a truce of several days."""
    carried = claim.time.basis == "narrative" and claim.time.span is not None and claim.time.span == window.span
    hours = hours_between(window.start, window.end)
    return carried and claim.time.precision == "day" and (hours is None or hours > 24)


def _by_start(time: Stretch, frame: Stretch) -> Where:
    """An hour that begins in the window and runs over its end is in it by its beginning."""
    length = hours_between(time.start, frame.end)
    exact = time.precision == "minute"
    return Where.INSIDE if exact and starts_within(time, frame) and length and length > 0 else Where.UNKNOWN


def _to_open_window(claim: Claim, window: Window, time: Stretch, frame: Stretch, case: Case) -> Bearing:
    """To a window whose end is not told: a truce of hours is not taken to run on, any other is."""
    since = hours_between(frame.start, time.start)
    if since is not None and since < 0 and lies(time, frame) is Where.OUTSIDE:
        return Bearing(Where.OUTSIDE, f"before {_began(claim, window)}, when it began")
    if since is None or since < 0 or _day_of_start(time, frame):
        return Bearing(Where.UNKNOWN, f"{_told_time(claim)}: in or out of the {case.label} cannot be told")
    limit = _limit(case)
    if limit is None:
        return Bearing(
            Where.INSIDE,
            f"{_told_time(claim)} is after {_began(claim, window)}, when it began; no end is told",
        )
    if since > limit and not case.extensions:
        return Bearing(Where.OUTSIDE, f"{since:.0f} hours after it began: more than a {case.label} lasts")
    if _from_start(claim, window) and since <= NEAR_START:
        why = f"{_about(claim)}{clock_words(time.start)} is {_hours_words(since)} into it"
        return Bearing(Where.INSIDE, why)
    return Bearing(Where.UNKNOWN, f"{_told_time(claim)}: no end hour of the {case.label} is told")


def _day_of_start(time: Stretch, frame: Stretch) -> bool:
    """A day told without an hour that is the day on which the truce began."""
    return time.precision == "day" and time.start is not None and time.start[:10] == (frame.start or "")[:10]


def _limit(case: Case) -> float | None:
    """Hours beyond which a truce of this kind does not run, where its end is not told."""
    told = length_told(case)
    if told is not None:
        return told
    limited = load_labels().limited
    hours = limited.get(case.instrument.type or "")
    return float(hours) if hours is not None else None


def _from_start(claim: Claim, window: Window) -> bool:
    """Whether a time is told from the truce's beginning: by the words that give the window, or relative to
    it."""
    if claim.time.span and window.span and claim.time.span[0] < window.span[1] and window.span[0] < claim.time.span[1]:
        return True
    return claim.time.basis == "event_relative"


def _why(claim: Claim, window: Window, where: Where) -> str:
    if where is Where.INSIDE:
        return f"{_about(claim)}{clock_words(claim.time.start)} lies in {_said(window)}"
    if where is Where.OUTSIDE:
        return f"{_told_time(claim)} is out of {_said(window)}"
    return f"{_told_time(claim)}: in or out of {_said(window)} cannot be told"


def _about(claim: Claim) -> str:
    return "about " if claim.time.precision == "hour" else ""


def _told_time(claim: Claim) -> str:
    if claim.time.text is None:
        return "no hour"
    hour = "" if claim.time.precision in CLOCK else " without an hour"
    first, _, rest = claim.time.text.partition(" ")
    words = f"{first.lower()} {rest}" if first in _OPENERS else claim.time.text
    return f"{words}{hour}"


def _said(window: Window) -> str:
    words = span_words(window.start, window.end)
    return f"the time from {words}" if window.start and window.end is None else words


def _began(claim: Claim, window: Window) -> str:
    """The start of a window: its hour where the claim is of the same day, else day and hour."""
    if same_day(claim.time.start, window.start):
        return clock_words(window.start)
    return (window.start or "").replace("T", " ")


def _hours_words(hours: float) -> str:
    if hours < 1:
        return "less than an hour"
    return "about an hour" if round(hours) == 1 else f"about {round(hours)} hours"
