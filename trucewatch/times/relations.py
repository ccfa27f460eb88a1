"""The grammar of times told by an event: "about two hours after the pause began", "within minutes of the truce".

The event's words are matched against the truce patterns of the tables; any other event is kept as "other".
Every function takes lexemes and an index, and gives what it read with the index after it, or None.
"""

from __future__ import annotations

from dataclasses import dataclass

from trucewatch.times.clocks import clock
from trucewatch.times.forms import Clock, EventLink, Length
from trucewatch.times.lexer import Lexemes
from trucewatch.times.offsets import length, scaled, unit
from trucewatch.times.tables import load_tables

_AFTER = frozenset(["after", "into", "following", "since"])
_SOON = frozenset(
    ["shortly", "soon", "immediately", "just", "right", "moments", "minutes", "hours", "days", "weeks", "barely", "not"]
)
_STOP = frozenset(
    [
        "in",
        "on",
        "at",
        "of",
        "by",
        "with",
        "from",
        "to",
        "for",
        "and",
        "or",
        "but",
        "that",
        "which",
        "who",
        "as",
        "when",
        "while",
        "had",
        "has",
        "have",
        "was",
        "were",
        "is",
        "are",
        "said",
        "told",
        "began",
        "started",
        "broke",
        "took",
        "killed",
        "wounded",
    ]
)


@dataclass(frozen=True, slots=True)
class Related:
    """A time told by an event, with the index after it."""

    link: EventLink
    end: int


def relation(lx: Lexemes, i: int) -> Related | None:
    """A time told by an event that begins at lexeme i."""
    low = lx.low(i)
    if low == "within":
        return _within(lx, i)
    if low in ("after", "since", "before", "during", "following"):
        return _plain(lx, i)
    if low == "on" or low == "as":
        return _schedule(lx, i)
    if low == "the" or low in ("first", "second", "third"):
        return _nth_day(lx, i)
    if low == "later":
        return _later(lx, i)
    if low == "at":
        return _same_time(lx, i)
    return _offset(lx, i) or _soon(lx, i)


def _offset(lx: Lexemes, i: int) -> Related | None:
    """ "about an hour after the start of the ceasefire (about 09:00 am)", "two days before the agreement"."""
    read = length(lx, i)
    if read is None:
        return None
    told, j = read
    word = lx.low(j)
    direction = 1 if word in _AFTER else -1 if word == "before" or lx.lows(j, 2) == "prior to" else 0
    if not direction:
        return None
    j += 2 if word == "prior" else 1
    return _to_event(lx, i, j, direction, told, into=word == "into")


def _soon(lx: Lexemes, i: int) -> Related | None:
    """ "shortly after the truce", "hours before the ceasefire took effect"."""
    j = i
    while lx.low(j) in _SOON:
        j += 1
    word = lx.low(j)
    if j == i or word not in ("after", "before", "into", "following"):
        return None
    bare = unit(lx, j - 1)
    told = Length(None, scaled(1, bare)[1] if bare else "TM", True)
    return _to_event(lx, i, j + 1, -1 if word == "before" else 1, told, into=False)


def _to_event(lx: Lexemes, i: int, j: int, direction: int, told: Length, *, into: bool) -> Related | None:
    what, end = event(lx, j)
    if end == j or (into and what == "other"):
        return None
    bracket, end = _bracket(lx, end)
    kind: EventLink = EventLink(what, direction, told, (lx[j].start, lx[end - 1].end), bracket)  # type: ignore[arg-type]
    return Related(kind, end)


def event(lx: Lexemes, i: int) -> tuple[str, int]:
    """What event the words from lexeme i name (begin, end, other), and the index after them; (other, i) for none."""
    truce = load_tables().truce
    start = lx[i].start
    limit = lx[min(i + 14, len(lx) - 1)].end if len(lx) else start
    begin, end = truce.begin.match(lx.text, start, limit), truce.end.match(lx.text, start, limit)
    if end is not None and (begin is None or end.end() >= begin.end()):
        return "end", _index_at(lx, i, end.end())
    if begin is not None:
        return "begin", _index_at(lx, i, begin.end())
    return "other", _noun_end(lx, i)


def _index_at(lx: Lexemes, i: int, offset: int) -> int:
    while i < len(lx) and lx[i].start < offset:
        i += 1
    return i


def _noun_end(lx: Lexemes, i: int) -> int:
    """The end of a short noun phrase: up to three words after an article."""
    if lx.low(i) not in ("the", "a", "an", "this", "that", "his", "her", "their", "its"):
        return i + 1 if lx[i].kind == "word" and lx.low(i).endswith("ing") else i
    j = i + 1
    while j < i + 4 and lx[j].kind == "word" and lx.low(j) not in _STOP:
        j += 1
    months = load_tables().months
    named = any(lx.low(k) in months for k in range(i, j + 1))
    return i if j == i + 1 or named or lx[j].kind not in ("word", "mark", "none") else j


def _bracket(lx: Lexemes, i: int) -> tuple[Clock | None, int]:
    """A clock told in brackets or between commas after the event: "(about 09:00 am local time)"."""
    opened = lx.low(i)
    if opened not in ("(", "[", ",", "–", "—", "-"):
        return None, i
    j = i + 1 + (lx.low(i + 1) in ("at", "i.e.", "or"))
    read = clock(lx, j)
    if read is None:
        return None, i
    value, j = read
    closed = lx.low(j)
    if opened in ("(", "["):
        return (value, j + 1) if closed in (")", "]") else (None, i)
    return (value, j) if closed in (",", "–", "—", "-", ".", "") else (None, i)


def _within(lx: Lexemes, i: int) -> Related | None:
    """ "within minutes of the truce taking effect", "within an hour of the start"."""
    read = length(lx, i + 1)
    if read is None:
        letter = unit(lx, i + 1)
        if letter is None or not lx.low(i + 1).endswith("s"):
            return None
        read = Length(None, scaled(1, letter)[1], True), i + 2
    told, j = read
    if lx.low(j) not in ("of", "after", "into"):
        return None
    what, end = event(lx, j + 1)
    if end == j + 1:
        return None
    link = EventLink(what, 1, told, (lx[j + 1].start, lx[end - 1].end), within=True)  # type: ignore[arg-type]
    return Related(link, end)


def _plain(lx: Lexemes, i: int) -> Related | None:
    """ "since the ceasefire took effect", "after two hours" (of the truce the sentence names), "during the truce"."""
    word = lx.low(i)
    if word in ("after", "following"):
        read = length(lx, i + 1)
        if read is not None:
            told, j = read
            ended = lx[j].kind in ("none", "mark") or lx.low(j) in ("and", "but", "when", "as", "amid")
            return Related(EventLink("window", 1, told, None), j) if ended else None
    what, end = event(lx, i + 1)
    if what == "other" or end == i + 1:
        return None
    span = (lx[i + 1].start, lx[end - 1].end)
    if word == "during":
        return Related(EventLink("window", 0, None, span), end)
    bracket, end = _bracket(lx, end)
    kind = EventLink(what, -1 if word == "before" else 1, None, span, bracket)  # type: ignore[arg-type]
    return Related(kind, end)


def _schedule(lx: Lexemes, i: int) -> Related | None:
    """ "on time", "on schedule", "as planned"."""
    if lx.lows(i, 2) in ("on time", "on schedule", "as scheduled", "as planned", "as agreed") and lx.low(i + 2) != "to":
        return Related(EventLink("schedule", 0, None, None), i + 2)
    return None


def _nth_day(lx: Lexemes, i: int) -> Related | None:
    """ "the second day of the truce"."""
    tables = load_tables()
    j = i + (lx.low(i) == "the")
    nth = tables.ordinals.get(lx.low(j))
    if nth is None or lx.lows(j + 1, 2) not in ("day of", "day into"):
        return None
    what, end = event(lx, j + 3)
    if what != "begin":
        return None
    return Related(EventLink("begin", 1, None, (lx[j + 3].start, lx[end - 1].end), ordinal_day=nth), end)


def _later(lx: Lexemes, i: int) -> Related | None:
    """ "later" alone: after what was told last."""
    if lx.low(i + 1) in ("than", "on", "this", "that", "in", "the", "today", "stage", "date", "time", "stages"):
        return None
    if lx.low(i - 1) in ("no", "sooner", "or", "the", "a", "until", "at", "year", "years") or unit(lx, i - 1):
        return None
    return Related(EventLink("last", 1, None, None), i + 1)


def _same_time(lx: Lexemes, i: int) -> Related | None:
    if lx.lows(i, 4) == "at the same time" and lx.low(i + 4) != "as":
        return Related(EventLink("last", 0, None, None), i + 4)
    return None
