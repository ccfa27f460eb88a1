"""Find the time expressions of a document by surface grammar.

The sentences bound the search; the parse only helps to throw out what looks like a time and is none ("May" the
person, "Russia Today"). Gives `Expression`s in text order, never overlapping. Layer: times.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from trucewatch.model import Document, Sentence, Span
from trucewatch.times.composing import Point, Range, day, point, span_range
from trucewatch.times.forms import Clock, Day, Expression, Length
from trucewatch.times.lengths import stretch
from trucewatch.times.lexer import Lexemes
from trucewatch.times.offsets import length
from trucewatch.times.relations import relation

_BOUNDS = frozenset(["by", "until", "till", "since", "before", "after", "from", "through"])
#: Words before a part of the day that make it a time ("at night", "before dawn").
_PART_LEADS = frozenset(
    [
        "at",
        "by",
        "in",
        "during",
        "until",
        "till",
        "since",
        "before",
        "after",
        "from",
        "around",
        "about",
        "the",
        "of",
        "on",
        "last",
        "every",
        "this",
        "that",
        "early",
        "late",
        "all",
        "through",
        "throughout",
        "towards",
        "toward",
        "and",
        "between",
        "to",
    ]
)
_NIGHTISH = frozenset(["night", "dawn", "dusk", "sunset", "sundown", "sunrise", "daybreak", "nightfall", "daytime"])


def find_expressions(doc: Document) -> list[Expression]:
    """All time expressions in the sentences of a document, in text order."""
    found: list[Expression] = []
    for start, end in _runs(doc):
        for expression in scan(doc.text, start, end):
            sentence = doc.sentence_at(expression.span[0])
            if sentence is None or not _is_name(doc.text, expression, sentence):
                found.append(expression)
    return found


def _runs(doc: Document) -> Iterator[Span]:
    """Sentences joined where nothing but blanks stands between them on one line: an abbreviation may split them."""
    start = end = -1
    for sentence in doc.sentences:
        if end >= 0 and sentence.start >= end and "\n" not in doc.text[end : sentence.start]:
            end = sentence.end
            continue
        if end > start >= 0:
            yield start, end
        start, end = sentence.start, sentence.end
    if end > start >= 0:
        yield start, end


def scan(text: str, start: int, end: int) -> list[Expression]:
    """The time expressions of text[start:end], in text order."""
    lx = Lexemes(text, start, end)
    found: list[Expression] = []
    after = 0
    for i in lx.starts():
        read = _read(lx, i) if i >= after else None
        if read is not None:
            expression, after = read
            found.append(expression)
    return found


def _read(lx: Lexemes, i: int) -> tuple[Expression, int] | None:
    """The longest expression that begins at lexeme i; of equally long ones the first rule's."""
    best: tuple[Expression, int] | None = None
    for rule in (_set_with_hours, _range, _bounded, _shifted, _related, _point, _stretch):
        read = rule(lx, i)
        if read is not None and (best is None or read[1] > best[1]):
            best = read
    return best


def _span(lx: Lexemes, i: int, j: int) -> Span:
    return lx[i].start, lx[j - 1].end


def _kind(first: Clock | None, day: Day | None) -> str:
    if first is not None:
        return "time"
    return "time" if day is not None and day.unit.startswith("T") else "date"


def _range(lx: Lexemes, i: int) -> tuple[Expression, int] | None:
    read = span_range(lx, i)
    if read is None:
        return None
    expression = _of_range(lx, read, i, read.end)
    repeated = _repeated_after(lx, read.end)
    if repeated is not None and expression.kind == "time":
        return replace(expression, kind="set", length=repeated[0], span=_span(lx, i, repeated[1])), repeated[1]
    return expression, read.end


def _of_range(lx: Lexemes, read: Range, i: int, end: int) -> Expression:
    first, last = _share(read.first, read.last), read.last
    kind = "time" if first.clock is not None or last.clock is not None else "date"
    return Expression(_span(lx, i, end), kind, first.day, first.clock, last.day, last.clock)  # type: ignore[arg-type]


def _share(first: Point, last: Point) -> Point:
    """Give the first point what only the last one tells: the day, the zone, the year."""
    day, clock = first.day, first.clock
    if day is None and clock is not None:
        day = last.day
    elif day is not None and last.day is not None and day.form == last.day.form == "calendar" and day.year is None:
        wraps = (day.month or 0) > (last.day.month or 0) > 0
        day = replace(day, year=last.day.year - wraps if last.day.year else None)
    if clock is not None and clock.zone is None and last.clock is not None:
        clock = replace(clock, zone=last.clock.zone)
    return Point(day, clock)


def _repeated_after(lx: Lexemes, i: int) -> tuple[Length | None, int] | None:
    j = i + (lx.low(i) == ",")
    read = stretch(lx, j) if lx.low(j) in ("every", "each", "daily", "nightly") else None
    return (read.length, read.end) if read is not None and read.kind == "set" else None


def _set_with_hours(lx: Lexemes, i: int) -> tuple[Expression, int] | None:
    """ "daily from 08:00 to 19:00", "every day between 9 am and 2 pm", "every day at noon"."""
    if lx.low(i) not in ("daily", "every", "each", "nightly", "everyday"):
        return None
    read = stretch(lx, i)
    if read is None or read.kind != "set":
        return None
    j = read.end + (lx.low(read.end) == ",")
    hours = span_range(lx, j) if lx.low(j) in ("from", "between") or lx[j].kind == "clock" else None
    if hours is not None and hours.first.clock is not None:
        return replace(_of_range(lx, hours, i, hours.end), kind="set", length=read.length), hours.end
    single = point(lx, j + 1) if lx.low(j) == "at" else None
    if single is not None and single[0].clock is not None and single[0].day is None:
        return Expression(_span(lx, i, single[1]), "set", clock=single[0].clock, length=read.length), single[1]
    return None


def _bounded(lx: Lexemes, i: int) -> tuple[Expression, int] | None:
    """ "By 09:00", "since Friday", "until 4 November", "after midnight", "from 5 am on Saturday"."""
    word = lx.low(i)
    if word not in _BOUNDS:
        return None
    read = point(lx, i + 1)
    if read is None or read[0].all_day or (read[0].day and read[0].day.form in ("past", "vague")):
        return None
    found, end = read
    if lx.low(end) == "prayers":
        return None
    if word == "by" and found.clock and found.clock.part and found.clock.part.name in ("night", "daytime"):
        return None
    if word == "from" and found.clock is None and found.day and found.day.form == "calendar" and found.day.day is None:
        return None
    bound = {"till": "until", "through": "until", "from": "since"}.get(word, word)
    kind = _kind(found.clock, found.day)
    if found.clock and found.clock.part and not _part_led(lx, i + 1, found):
        return None
    return Expression(_span(lx, i, end), kind, found.day, found.clock, bound=bound), end  # type: ignore[arg-type]


def _shifted(lx: Lexemes, i: int) -> tuple[Expression, int] | None:
    """ "two weeks before 13 May 1999", "three days after Monday": whole days counted from a day that is told."""
    read = length(lx, i)
    if read is None or read[0].amount is None or read[0].unit.startswith("T"):
        return None
    told, j = read
    sign = {"after": 1, "from": 1, "before": -1}.get(lx.low(j), 0)
    found = day(lx, j + 1) if sign else None
    if found is None or found[0].day is None or found[0].clock is not None or not _one_day(found[0].day):
        return None
    return Expression(_span(lx, i, found[1]), "date", found[0].day, length=told, shift=sign), found[1]


def _one_day(told: Day) -> bool:
    """Whether a day form tells one day."""
    if told.form == "calendar":
        return told.day is not None
    return told.form == "weekday" or (told.form == "offset" and told.unit == "D")


def _related(lx: Lexemes, i: int) -> tuple[Expression, int] | None:
    read = relation(lx, i)
    if read is None:
        return None
    return Expression(_span(lx, i, read.end), "time", event=read.link), read.end


def _point(lx: Lexemes, i: int) -> tuple[Expression, int] | None:
    read = point(lx, i)
    if read is None:
        return None
    found, end = read
    if not _part_led(lx, i, found):
        return None
    kind = "time" if found.all_day and found.day is None else _kind(found.clock, found.day)
    expression = Expression(
        _span(lx, i, end), kind, found.day, found.clock, all_day=found.all_day,  # type: ignore[arg-type]
        edge=found.day.edge if found.day else None,
    )  # fmt: skip
    repeated = _repeated_after(lx, end)
    if repeated is not None and found.clock is not None and found.day is None:
        return replace(expression, kind="set", length=repeated[0], span=_span(lx, i, repeated[1])), repeated[1]
    return expression, end


def _part_led(lx: Lexemes, i: int, found: Point) -> bool:
    """Whether a lone part of the day stands as a time: "at night", and not "night raids"."""
    part = found.clock.part if found.clock else None
    if part is None or found.day is not None or lx.low(i) == "the":
        return True
    if part.name in _NIGHTISH:
        return lx.low(i - 1) in _PART_LEADS
    return True


def _stretch(lx: Lexemes, i: int) -> tuple[Expression, int] | None:
    read = stretch(lx, i)
    if read is None:
        return None
    return Expression(_span(lx, i, read.end), read.kind, length=read.length), read.end  # type: ignore[arg-type]


_NAME_AFTER = re.compile(r" [A-Z][a-z]")
_CAPITAL_DAY = re.compile(r"[A-Z][\w’']+ $")


def _is_name(text: str, expression: Expression, sentence: Sentence) -> bool:
    """Whether the words are (part of) a name: "Russia Today", "Black Friday", "Theresa May"."""
    start, end = expression.span
    words = text[start:end]
    if words.isdigit():
        counted = next((t for t in sentence.tokens if t.start == start and t.dep == "nummod"), None)
        return counted is not None and sentence.tokens[counted.head].xpos == "NNS"
    if any(c.isdigit() for c in words) or not words[:1].isupper():
        return False
    if words == "Today":
        return bool(_CAPITAL_DAY.search(text[max(0, start - 30) : start]))
    if expression.kind == "set" and " " not in words and _NAME_AFTER.match(text, end):
        return True
    for name in sentence.names:
        first, last = sentence.tokens[name.start], sentence.tokens[name.end - 1]
        if name.kind in ("person", "organization") and first.start <= start and end <= last.end:
            return True
    return False
