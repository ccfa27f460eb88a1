"""Dates that contradict each other: a weekday beside a date, or the published date against what is told as past.

Layer: times.
"""

from __future__ import annotations

from collections.abc import Sequence

from trucewatch.model import Document, Note, TimeMention
from trucewatch.times.expressions import scan
from trucewatch.times.frame import opening_date, published_of, tense
from trucewatch.times.reading import day_of

_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def date_notes(doc: Document, times: Sequence[TimeMention]) -> list[Note]:
    """One note for each date that contradicts its weekday, and one where the published date comes before the news."""
    notes: list[Note] = []
    for time in times:
        note = _weekday_note(time)
        if note is not None:
            notes.append(note)
    late = _published_note(doc, times)
    return [*notes, late] if late is not None else notes


def _weekday_note(time: TimeMention) -> Note | None:
    """A weekday told with a full date that falls on another day."""
    if time.kind == "duration" or not time.text or not time.start:
        return None
    here = day_of(time.start)
    there = here.date if here is not None else None
    told = next((e.day for e in scan(time.text, 0, len(time.text)) if e.day is not None), None)
    if there is None or told is None or told.form != "calendar" or told.weekday is None or told.day is None:
        return None
    if there.weekday() == told.weekday or (there.month, there.day) != (told.month, told.day):
        return None
    message = (
        f'"{time.text}" says {_WEEKDAYS[told.weekday]}, but {there.isoformat()} is a {_WEEKDAYS[there.weekday()]}: '
        "the weekday, the day or the year is wrong"
    )
    return Note(level="warning", code="date", message=message, span=time.span)


def _published_note(doc: Document, times: Sequence[TimeMention]) -> Note | None:
    """The first full date told as past that lies after the published date."""
    told = published_of(doc)
    today = told.date if told is not None else None
    if today is None:
        return None
    opening = opening_date(doc)
    for time in times:
        here = day_of(time.start)
        there = here.date if here is not None else None
        if (
            there is None
            or there <= today
            or time.basis != "explicit"
            or time.precision not in ("day", "hour", "minute", "part_of_day")
        ):
            continue
        sentence = doc.sentence_at(time.span[0]) if time.span else None
        dateline = opening is not None and opening.date == there
        if sentence is None or not time.span or (not dateline and tense(sentence, time.span) != "past"):
            continue
        if not dateline and (there - today).days < 2:
            continue
        message = (
            f'"{time.text}" is told as past or as the day of writing, but the published date is {today.isoformat()}: '
            + ("times are counted from the date in the text" if dateline else "the published date may be wrong")
        )
        return Note(level="warning", code="date", message=message, span=time.span)
    return None
