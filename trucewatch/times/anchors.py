"""The times at which a truce is said, or can be inferred, to start, to end or to hold.

"would hold their fire from 08:00 to 16:00 on Wednesday" tells a window; "an hour after the start of the ceasefire
(about 09:00)" implies a start at about 08:00, or at 09:00 if the bracket is read as the start; "the 72-hour truce
began at midnight" implies an end. Layer: times.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from trucewatch.language.phrases import subject, subtree
from trucewatch.model import Document, Reading, Sentence, Span, Time, TimeMention, Utc
from trucewatch.times.expressions import scan
from trucewatch.times.forms import EventLink, Length
from trucewatch.times.frame import governor
from trucewatch.times.lengths import iso
from trucewatch.times.moments import Moment, Zone, parse, utc_text, zone_named, zone_offset
from trucewatch.times.tables import load_tables

_UNITS = {"minute": 1, "hour": 60, "day": 1440}
_ISO = re.compile(r"P(?:(\d+)W)?(?:(\d+)M)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?)?$")
_UNTIL = re.compile(r"(?:until|till|through)\b", re.IGNORECASE)
_SINCE = re.compile(r"(?:since|from)\b", re.IGNORECASE)
_STARTING = re.compile(r"\b(?:from|as of|starting|beginning|effective|commencing)\s+(?:\w+\s+)?$", re.IGNORECASE)
_RUNS = frozenset(
    [
        "run",
        "last",
        "hold",
        "observe",
        "be",
        "apply",
        "begin",
        "start",
        "set",
        "announce",
        "declare",
        "agree",
        "order",
        "extend",
        "stop",
        "halt",
        "pause",
        "suspend",
        "cease",
        "last",
        "continue",
        "remain",
        "take",
        "go",
        "come",
        "enter",
        "implement",
        "introduce",
        "call",
        "propose",
        "stay",
        "scheduled",
        "schedule",
        "plan",
        "respect",
    ]
)
_MORE = re.compile(r"\b(?:another|further|additional|extra|more|exten\w+|prolong\w+|renew\w*)\b", re.IGNORECASE)
_PRONOUNS = frozenset(["it", "this", "that", "which", "they"])
#: How far before a time its verb may end where the parse does not lead to it.
_REACH = 28


@dataclass(frozen=True, slots=True)
class Anchor:
    """A time of a truce: its start, its end, or the window for which it holds; `why` where it is inferred."""

    kind: Literal["start", "end", "window"]
    span: Span
    text: str
    time: Time
    basis: str | None
    why: str = ""


def truce_anchors(doc: Document, times: Sequence[TimeMention]) -> list[Anchor]:
    """Every time at which a truce is said or inferred to start, end or hold, in text order."""
    found: list[Anchor] = []
    for time in times:
        if time.span is None or time.kind == "duration" or not (time.start or time.end):
            continue
        anchor = _inferred(time) if time.basis == "event_relative" else _told(doc, time)
        if anchor is not None:
            found.append(anchor)
    told = {(a.time.start or "")[:10] for a in found if a.kind == "window"}
    starts = [a for a in found if a.kind == "start" and (a.time.start or "")[:10] not in told]
    computed = [_computed(doc, times, anchor) for anchor in starts]
    return [*found, *(anchor for anchor in computed if anchor is not None)]


def as_time(time: Time) -> Time:
    """The fields that a mention shares with the time of a claim."""
    return Time(**{name: getattr(time, name) for name in Time.__struct_fields__})


def _anchor(kind: Literal["start", "end", "window"], time: TimeMention, why: str = "") -> Anchor:
    return Anchor(kind, time.span or (0, 0), time.text or "", as_time(time), time.basis, why)


def is_range(time: Time) -> bool:
    """Whether a time is a stretch longer than one unit of its precision."""
    length = minutes_between(time.start, time.end)
    unit = _UNITS.get(time.precision or "")
    return length is not None and unit is not None and length > unit


def minutes_between(start: str | None, end: str | None) -> int | None:
    """Minutes from one time of the record to another, or None where a date or an end is unknown."""
    if start is None or end is None:
        return None
    first, last = parse(start), parse(end)
    if (first.month, first.day) == (last.month, last.day):
        return (last.minute or 0) - (first.minute or 0)
    days = 0
    while days < 400 and first.dated and (first.month, first.day) != (last.month, last.day):
        first = first.plus_days(1)
        days += 1
    return days * 1440 + (last.minute or 0) - (first.minute or 0) if first.dated and days < 400 else None


# ---- told


def _told(doc: Document, time: TimeMention) -> Anchor | None:
    span = time.span or (0, 0)
    sentence = doc.sentence_at(span[0])
    if sentence is None or time.precision in ("week", "month", "year"):
        return None
    tables = load_tables().truce
    head = doc.text[sentence.start : span[0]]
    label = tables.label.search(doc.text, sentence.start, sentence.end)
    hold = tables.hold.search(head)
    i = governor(sentence, span)
    if label is None and hold is None and not _pronoun_of_truce(doc, sentence, i):
        return None
    begins, ends = _verb(doc, sentence, i, span, tables.begin_verb), _verb(doc, sentence, i, span, tables.end_verb)
    if is_range(time) and (hold or begins or _holds(doc, sentence, i, span, label)):
        return _anchor("window", time)
    if time.text and _UNTIL.match(time.text) and (hold or _holds(doc, sentence, i, span, label)):
        return _anchor("end", time)
    if begins and _is_truce(doc, sentence, i, begins):
        return _anchor("start", time) if time.start else None
    if ends and _is_truce(doc, sentence, i, ends):
        return _anchor("end", time)
    opens = bool(_STARTING.search(head)) or bool(time.text and _SINCE.match(time.text))
    if opens and time.start and (hold or _holds(doc, sentence, i, span, label)):
        return _anchor("start", time)
    return _by_noun(doc, sentence, time)


def _verb(doc: Document, sentence: Sentence, i: int, span: Span, pattern: re.Pattern[str]) -> Span | None:
    """Where the verb that governs a time matches a pattern: by the parse, else right before the time."""
    if i >= 0:
        match = pattern.match(doc.text, sentence.tokens[i].start, sentence.end)
        if match:
            return match.span()
    near = None
    for match in pattern.finditer(doc.text, max(sentence.start, span[0] - 60), span[0]):
        near = match
    if near is None or span[0] - near.end() > _REACH or re.search(r"[,;.:]", doc.text[near.end() : span[0]]):
        return None
    return near.span()


def _is_truce(doc: Document, sentence: Sentence, i: int, verb: Span) -> bool:
    """Whether what begins or ends is a truce: the subject of the verb names one, or the words right before it do."""
    label = load_tables().truce.label
    j = next((t.i for t in sentence.tokens if t.start <= verb[0] < t.end), i)
    found = subject(sentence, j) if j >= 0 else -1
    if found >= 0:
        tokens = [sentence.tokens[k] for k in subtree(sentence, found)]
        if any(t.text.lower() in _PRONOUNS for t in tokens) and _pronoun_of_truce(doc, sentence, j):
            return True
        return bool(label.search(doc.text, tokens[0].start, tokens[-1].end))
    last = None
    for match in label.finditer(doc.text, max(sentence.start, verb[0] - 60), verb[0]):
        last = match
    return last is not None and not re.search(r"[;.]", doc.text[last.end() : verb[0]])


def _pronoun_of_truce(doc: Document, sentence: Sentence, i: int) -> bool:
    """Whether the subject of `i` is a pronoun, and the sentence before names a truce."""
    found = subject(sentence, i) if i >= 0 else -1
    if found < 0 or sentence.tokens[found].text.lower() not in _PRONOUNS:
        return False
    label = load_tables().truce.label
    return bool(label.search(doc.text, max(0, sentence.start - 300), sentence.start))


def _holds(doc: Document, sentence: Sentence, i: int, span: Span, label: re.Match[str] | None) -> bool:
    """Whether a time tells how long a truce holds: it hangs on it or on a verb of lasting beside it."""
    if label is None:
        return _pronoun_of_truce(doc, sentence, i)
    near = None
    for match in load_tables().truce.label.finditer(doc.text, sentence.start, sentence.end):
        if match.end() <= span[0]:
            near = match
    if (
        near is not None
        and span[0] - near.end() <= 40
        and not re.search(r"[.;:]|\b(?:was|were|after|when|as)\b", doc.text[near.end() : span[0]])
    ):
        return True
    if i < 0:
        return near is not None
    token = sentence.tokens[i]
    if token.start <= label.start() < token.end or label.start() <= token.start < label.end():
        return True
    return token.lemma.lower() in _RUNS and (near is not None or label.start() >= span[1])


def _by_noun(doc: Document, sentence: Sentence, time: TimeMention) -> Anchor | None:
    """ "the start of the truce at 08:00", "the ceasefire's 08:00 start"."""
    span = time.span or (0, 0)
    tables = load_tables().truce
    for kind, pattern in (("start", tables.begin), ("end", tables.end)):
        for match in pattern.finditer(doc.text, max(sentence.start, span[0] - 90), span[0]):
            noun = " of " in match[0].lower()
            if noun and re.fullmatch(r"[\s(]*(?:(?:at|on|around|about)\s+)?", doc.text[match.end() : span[0]]):
                return _anchor(kind, time)  # type: ignore[arg-type]
    return None


# ---- inferred


def _inferred(time: TimeMention) -> Anchor | None:
    """The start or end of a truce that a time told by it implies: "an hour after the start (about 09:00)"."""
    link = link_of(time.text or "")
    if link is None or link.what == "schedule":
        return None if link is None else _anchor("start", time, "the truce is said to have begun as announced")
    minutes = length_minutes(link.length)
    if link.bracket is None or link.what not in ("begin", "end") or time.start is None:
        return None
    if minutes is None:
        return None
    there = parse(time.start)
    zone = _zone(time)
    start = there.plus_minutes(-link.direction * minutes)
    why = f"{_words(link.length)} {'before' if link.direction > 0 else 'after'} the time in brackets"
    other = Reading(
        start=time.start, end=time.end, basis="event_relative",
        why=f"the time in brackets can be that of the truce's {'start' if link.what == 'begin' else 'end'} itself",
    )  # fmt: skip
    whole = start.plus_minutes(60)
    inferred = Time(
        span=time.span, text=time.text, start=start.text(), end=whole.text(), zone=time.zone,
        utc=_utc(start, whole, zone), precision="hour", basis="event_relative", readings=[other],
        unresolved=time.unresolved,
    )  # fmt: skip
    return Anchor(
        "start" if link.what == "begin" else "end",
        time.span or (0, 0),
        time.text or "",
        inferred,
        "event_relative",
        why,
    )


def link_of(text: str) -> EventLink | None:
    """The link to an event that the words of a time tell, or None."""
    return next((e.event for e in scan(text, 0, len(text)) if e.event is not None), None)


def length_minutes(length: Length | None) -> int | None:
    """A length in minutes; None where its amount is not told."""
    if length is None or length.amount is None:
        return None
    unit = {"TS": 1 / 60, "TM": 1.0, "TH": 60.0, "D": 1440.0, "W": 10080.0, "M": 43200.0, "Y": 525600.0}[length.unit]
    return round(length.amount * unit)


def _words(length: Length | None) -> str:
    duration = iso(length) if length else None
    return duration or "some time"


def _zone(time: Time) -> Zone | None:
    if time.zone is None:
        return None
    match = re.fullmatch(r"UTC(?:([+-])(\d\d):(\d\d))?", time.zone)
    if match:
        minutes = int(match[2] or 0) * 60 + int(match[3] or 0)
        return zone_offset(-minutes if match[1] == "-" else minutes)
    return zone_named(time.zone)


def _utc(start: Moment | None, end: Moment | None, zone: Zone | None) -> Utc | None:
    first, last = utc_text(start, zone), utc_text(end, zone)
    return Utc(start=first, end=last) if first or last else None


def _computed(doc: Document, times: Sequence[TimeMention], start: Anchor) -> Anchor | None:
    """The window of a truce whose start and length are told: "the 72-hour truce began at midnight"."""
    length = next((t for t in times if t.kind == "duration" and _is_truce_length(doc, t)), None)
    minutes = iso_minutes(length.duration if length else None)
    if length is None or minutes is None or start.time.start is None:
        return None
    first = parse(start.time.start)
    if first.minute is None and minutes % 1440:
        return None
    last = first.plus_minutes(minutes) if first.minute is not None else first.plus_days(minutes // 1440)
    readings = [
        Reading(start=r.start, end=_later(r.start, minutes), basis=r.basis, why=r.why) for r in start.time.readings
    ]
    time = Time(
        span=start.span, text=start.text, start=start.time.start, end=last.text(), zone=start.time.zone,
        utc=_utc(first, last, _zone(start.time)), precision=start.time.precision, basis="event_relative",
        readings=readings, unresolved=start.time.unresolved, duration=length.duration,
    )  # fmt: skip
    why = f'the end is the start and the told length, "{length.text}"'
    return Anchor("window", start.span, start.text, time, "event_relative", why)


def _later(start: str | None, minutes: int) -> str | None:
    if start is None:
        return None
    first = parse(start)
    return (first.plus_minutes(minutes) if first.minute is not None else first.plus_days(minutes // 1440)).text()


def _is_truce_length(doc: Document, time: TimeMention) -> bool:
    """Whether a length is a truce's: "72-hour ceasefire", "the truce will last 48 hours", and no extension's."""
    span = time.span or (0, 0)
    sentence = doc.sentence_at(span[0])
    if sentence is None or _MORE.search(doc.text, max(sentence.start, span[0] - 60), min(sentence.end, span[1] + 30)):
        return False
    label = load_tables().truce.label
    after = label.search(doc.text, span[1], min(len(doc.text), span[1] + 40))
    if after is not None and not re.search(r"[,.;]", doc.text[span[1] : after.start()]):
        return True
    before = list(label.finditer(doc.text, max(0, span[0] - 60), span[0]))
    gap = doc.text[before[-1].end() : span[0]] if before else "."
    return bool(before) and bool(re.fullmatch(r"[^.;]*\b(?:last|lasts|lasting|lasted|for|of)\s+(?:\w+\s+)?", gap))


def iso_minutes(duration: str | None) -> int | None:
    """Minutes of an ISO 8601 duration; None for one of unknown length."""
    match = _ISO.match(duration) if duration else None
    if match is None or not any(match.groups()):
        return None
    weeks, months, days, hours, minutes = (int(group or 0) for group in match.groups())
    return weeks * 10080 + months * 43200 + days * 1440 + hours * 60 + minutes
