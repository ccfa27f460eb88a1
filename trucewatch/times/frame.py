"""From where times are counted: the document's date, its zone, and the tense of the clause around a time.

Layer: times.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from trucewatch.language.phrases import base, head_of_span
from trucewatch.model import Document, Sentence, Span
from trucewatch.times.expressions import scan
from trucewatch.times.moments import Moment, Zone, zone_named

Tense = Literal["past", "future", "would"]

_WILL = frozenset(["will", "shall", "'ll", "’ll"])
_PLANS = frozenset(
    [
        "plan",
        "schedule",
        "due",
        "set",
        "expect",
        "intend",
        "aim",
        "hope",
        "prepare",
        "vow",
        "pledge",
        "promise",
        "agree",
        "propose",
        "plan",
        "slate",
    ]
)
_REPORTS = frozenset(
    [
        "say",
        "tell",
        "announce",
        "report",
        "add",
        "claim",
        "state",
        "confirm",
        "accuse",
        "deny",
        "warn",
        "write",
        "tweet",
        "note",
        "blame",
        "declare",
        "stress",
        "describe",
        "explain",
        "argue",
        "insist",
        "reveal",
        "admit",
        "acknowledge",
        "cite",
        "quote",
        "comment",
        "reply",
        "respond",
        "allege",
        "assert",
        "mention",
        "post",
        "publish",
        "release",
        "issue",
        "inform",
        "speak",
        "condemn",
        "urge",
        "call",
        "tell",
        "recount",
        "recall",
    ]
)


#: A date so near to the first character is looked for as that of the report itself.
_HEAD = 240


#: Relations by which a clause can take the tense of what governs it.
_OPEN_LINKS = frozenset(["xcomp", "ccomp", "acl", "advcl", "conj", "obl", "nmod", "obj"])


_PUBLISHING = frozenset(["published", "updated", "posted", "modified"])
_PREPOSITIONS = frozenset(["on", "in", "by", "since", "until", "from", "at", "after", "before", "during", "between"])


@dataclass(frozen=True, slots=True)
class Frame:
    """The document's date as far as known, and the zone where the report plays."""

    doc: Document
    published: Moment | None
    zone: Zone | None

    @property
    def day(self) -> date | None:
        """The document's date where day, month and year are known."""
        return self.published.date if self.published else None


def frame_of(doc: Document, zone: str | None) -> Frame:
    """The frame of a document: its published date, and the zone by its IANA name."""
    told = published_of(doc)
    own = opening_date(doc)
    # A report cannot be older than the date at its own head: then the published date is wrong (check_dates says so).
    if own is not None and (told is None or (told.date is not None and own.date is not None and told.date < own.date)):
        told = own
    return Frame(doc, told, zone_named(zone) if zone else None)


def opening(doc: Document) -> tuple[Span, Moment] | None:
    """The full date that a report opens with, as a dateline or before its first words, with its span; else None."""
    heads = [s for s in doc.sentences if doc.part_at(s.start) == "dateline"][:1] or list(doc.sentences[:1])
    for sentence in heads:
        for e in scan(doc.text, sentence.start, min(sentence.end, sentence.start + _HEAD)):
            day = e.day
            if day is None or day.form != "calendar" or None in (day.year, day.month, day.day) or e.bound:
                continue
            before = [t for t in sentence.tokens if t.end <= e.span[0]]
            verbs = any(t.upos in ("VERB", "AUX") and t.text.lower() not in _PUBLISHING for t in before)
            led = bool(before) and (before[-1].text.islower() or before[-1].text.lower() in _PREPOSITIONS)
            there = None if led or (verbs and day.weekday is None) else _moment(day.year, day.month, day.day)
            return (e.span, there) if there is not None else None
    return None


def opening_date(doc: Document) -> Moment | None:
    """The full date that a report opens with, or None."""
    found = opening(doc)
    return found[1] if found is not None else None


def _moment(year: int | None, month: int | None, day: int | None) -> Moment | None:
    try:
        return Moment.of(date(year or 0, month or 0, day or 0))
    except ValueError:
        return None


def published_of(doc: Document) -> Moment | None:
    """The published date of the report as far as known, or None."""
    value = doc.report.published.value
    fields = (value or "")[:10].split("-")
    numbers = [int(f) if f.isdigit() and f.isascii() else None for f in fields] + [None, None]
    year, month, day = numbers[0], numbers[1], numbers[2]
    if year is None or not 1 <= year <= 9998:
        return None
    if month is None or not 1 <= month <= 12:
        return Moment(year)
    try:
        return Moment.of(date(year, month, day)) if day else Moment(year, month)
    except ValueError:
        return Moment(year, month)


def token_range(sentence: Sentence, span: Span) -> Span:
    """The token range [start, end) of a sentence that a span of the text covers; (0, 0) for none."""
    inside = [t.i for t in sentence.tokens if t.start < span[1] and t.end > span[0]]
    return (inside[0], inside[-1] + 1) if inside else (0, 0)


def head_at(sentence: Sentence, span: Span) -> int:
    """The token of a sentence that heads a span of the text, or -1."""
    return head_of_span(sentence, token_range(sentence, span))


def clause_of(sentence: Sentence, i: int) -> int:
    """The predicate of the clause that token `i` stands in: the nearest verb above it, or the topmost noun."""
    seen: set[int] = set()
    while i >= 0 and i not in seen:
        seen.add(i)
        token = sentence.tokens[i]
        if token.upos == "VERB" or token.head < 0 or _is_predicate(sentence, i):
            return i
        i = token.head
    return i


def _is_predicate(sentence: Sentence, i: int) -> bool:
    """Whether a noun or adjective is what is said of a subject ("it was quiet")."""
    if sentence.tokens[i].upos not in ("NOUN", "ADJ", "PROPN", "ADV", "PRON"):
        return False
    return any(t.head == i and base(t.dep) in ("cop", "nsubj", "csubj") for t in sentence.tokens)


def governor(sentence: Sentence, span: Span) -> int:
    """The predicate that a time expression hangs on, or -1."""
    head = head_at(sentence, span)
    if head < 0:
        return -1
    up = sentence.tokens[head].head
    return clause_of(sentence, up) if up >= 0 else head


def reports(sentence: Sentence, i: int) -> bool:
    """Whether token `i` is a verb of saying."""
    return (
        i >= 0 and sentence.tokens[i].lemma.lower() in _REPORTS and sentence.tokens[i].upos in ("VERB", "AUX", "NOUN")
    )


def tense(sentence: Sentence, span: Span) -> Tense:
    """The tense of the clause around a time: future, "would", or past (also where nothing tells)."""
    i = governor(sentence, span)
    for _ in range(4):
        if i < 0:
            break
        found = _tense_at(sentence, i)
        if found is not None:
            return found
        token = sentence.tokens[i]
        if token.xpos in ("VBD", "VBN") or base(token.dep) not in _OPEN_LINKS:
            break
        if reports(sentence, token.head) or base(token.dep) == "ccomp":
            break
        i = token.head
    return "past"


def _tense_at(sentence: Sentence, i: int) -> Tense | None:
    token = sentence.tokens[i]
    aux = {t.text.lower() for t in sentence.tokens if t.head == i and base(t.dep) == "aux"}
    if aux & _WILL:
        return "future"
    if "would" in aux:
        return "would"
    if token.lemma.lower() in _PLANS and token.upos in ("VERB", "ADJ"):
        return "would"
    to = any(t.head == i and t.text.lower() == "to" and t.dep in ("mark", "aux") for t in sentence.tokens)
    if to and base(token.dep) in ("xcomp", "acl", "ccomp", "root"):
        return "would"
    return None
