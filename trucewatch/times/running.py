"""The day being told: which of the days told so far a later clock time or event belongs to.

News tells its main day in the first sentences and falls back to it with each paragraph; a day at the front of a
sentence moves the story on, a day in the middle of one holds for its paragraph. The day of a saying, a day in a
relative clause and a day to come do not move the story. Layer: times.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from trucewatch.language.phrases import base
from trucewatch.model import Document, Sentence, TimeMention
from trucewatch.times.expressions import scan
from trucewatch.times.frame import Frame, governor, opening, reports, tense
from trucewatch.times.moments import Moment
from trucewatch.times.reading import day_of

STRONG, WEAK, NONE = 2, 1, 0
_DAYS = ("day", "part_of_day", "hour", "minute")
_BOUND = re.compile(r"(?:until|till|since|before|by|after|through)\b", re.IGNORECASE)
#: A dateline that tells the day reported on, and not the day of writing ("information received as of 19:30").
_COVERS = re.compile(r"\b(?:as of|as at|received|reporting period|covering|covers|situation on)\b", re.IGNORECASE)
#: A day so many days before the main one, told in passing, holds for so many sentences only.
_ASIDE, _NEAR = 2, 2
#: The main day is looked for in so many sentences of the body.
_LEAD = 6


def told_day(time: TimeMention) -> Moment | None:
    """The one day that a time tells: of its start, or of its end where the night before is meant."""
    overnight = time.text is not None and "overnight" in time.text.lower()
    moment = day_of(time.end if overnight or time.start is None else time.start)
    return moment if moment is not None and moment.dated else None


class Flow:
    """The sentences of a document in order with their paragraphs, and the times found in them so far."""

    def __init__(self, frame: Frame, times: Sequence[TimeMention | None]) -> None:
        self.frame = frame
        self.doc: Document = frame.doc
        self.times = times
        self.starts = [s.start for s in self.doc.sentences]
        self.paragraphs = self._paragraphs()
        self.kinds = [self.doc.part_at(s.start) for s in self.doc.sentences]
        head = opening(self.doc)
        self.opening = head[0] if head is not None else (-1, -1)
        self._strength: dict[int, int] = {}

    def _paragraphs(self) -> list[int]:
        number, found = 0, []
        for k, sentence in enumerate(self.doc.sentences):
            if k and "\n" in self.doc.text[self.doc.sentences[k - 1].end : sentence.start + 1]:
                number += 1
            found.append(number)
        return found

    def sentence_index(self, offset: int) -> int:
        """The sentence that holds an offset, or the last one before it; -1 before the first."""
        return bisect_right(self.starts, offset) - 1

    def in_sentence(self, k: int) -> list[TimeMention]:
        """The times told in sentence k, in text order."""
        found: list[TimeMention] = []
        sentence = self.doc.sentences[k]
        for time in self.times:
            if time is not None and time.span and sentence.start <= time.span[0] < sentence.end:
                found.append(time)
        return found

    def strength(self, time: TimeMention) -> int:
        """How strongly a time moves the story: STRONG, WEAK (the day of a saying) or NONE."""
        key = time.span[0] if time.span else -1
        if key not in self._strength:
            self._strength[key] = self._strength_of(time)
        return self._strength[key]

    def _strength_of(self, time: TimeMention) -> int:
        if time.kind not in ("date", "time") or time.precision not in _DAYS or time.span is None:
            return NONE
        day = told_day(time)
        if (
            day is None
            or not _tells_own_day(time)
            or _many_days(time)
            or (time.kind == "date" and _BOUND.match(time.text or ""))
        ):
            return NONE
        if time.start is None and time.end is not None and time.kind == "date":
            return NONE
        here, today = day.date, self.frame.day
        if here is not None and today is not None and here > today:
            return NONE
        k = self.sentence_index(time.span[0])
        if k < 0:
            return NONE
        if self.kinds[k] == "dateline" or self.of_writing(time):
            sentence = self.doc.sentences[k]
            return STRONG if _COVERS.search(self.doc.text, sentence.start, sentence.end) else NONE
        return self._syntax_strength(self.doc.sentences[k], time)

    def _syntax_strength(self, sentence: Sentence, time: TimeMention) -> int:
        span = time.span or (0, 0)
        i = governor(sentence, span)
        if i < 0:
            return STRONG
        if reports(sentence, i) or tense(sentence, span) != "past":
            return WEAK
        relative = base(sentence.tokens[i].dep) == "acl"
        return WEAK if relative and not self.fronted(sentence, time) else STRONG

    def of_writing(self, time: TimeMention) -> bool:
        """Whether a time is the date at the head of the report, the day of writing and of no happening."""
        return time.span is not None and time.span[0] < self.opening[1] and time.span[1] > self.opening[0]

    def fronted(self, sentence: Sentence, time: TimeMention) -> bool:
        """Whether a time stands at the front of its sentence: no verb before it."""
        start = time.span[0] if time.span else 0
        return not any(t.upos in ("VERB", "AUX") and t.start < start for t in sentence.tokens)

    def main(self) -> TimeMention | None:
        """The time that tells the main day of the article, or None where its first sentences tell none."""
        covered = [k for k, kind in enumerate(self.kinds) if kind == "dateline"]
        body = covered + [k for k, kind in enumerate(self.kinds) if kind == "body"][:_LEAD]
        heads = [k for k, kind in enumerate(self.kinds) if kind in ("title", "summary")]
        for level in (STRONG, WEAK):
            for k in (*body, *heads):
                for time in self.in_sentence(k):
                    if self.strength(time) == level:
                        return time
        return None

    def carrier(self, offset: int, *, own: bool = True) -> TimeMention | None:
        """The time whose day holds at an offset; `own`: days told in the same sentence count."""
        k = self.sentence_index(offset)
        if k < 0:
            return None
        here = [t for t in self.in_sentence(k) if t.span and not t.span[0] <= offset < t.span[1]] if own else []
        strong = [t for t in here if self.strength(t) == STRONG]
        if strong:
            return _nearest(strong, offset)
        before = self._in_paragraph(k, STRONG)
        if before is not None:
            return before
        weak = [t for t in here if self.strength(t) == WEAK and t.span and t.span[0] < offset]
        if weak:
            return weak[-1]
        return self._from_before(k) or self._in_paragraph(k, WEAK)

    def _in_paragraph(self, k: int, level: int) -> TimeMention | None:
        """The last day told in the paragraph before sentence k."""
        for j in range(k - 1, -1, -1):
            if self.paragraphs[j] != self.paragraphs[k] or self.kinds[j] != self.kinds[k]:
                return None
            found = [t for t in self.in_sentence(j) if self.strength(t) == level]
            if found and (k - j <= _NEAR or not self._aside(j, found[-1])):
                return found[-1]
        return None

    def _aside(self, j: int, time: TimeMention) -> bool:
        """Whether a day is told in passing: not at the front of its sentence, and some days before the main one."""
        main = self.main()
        if main is None or self.fronted(self.doc.sentences[j], time):
            return False
        here, there = told_day(time), told_day(main)
        if here is None or there is None or here.date is None or there.date is None:
            return False
        return (there.date - here.date).days > _ASIDE

    def _from_before(self, k: int) -> TimeMention | None:
        """The day that the story has reached by sentence k: the last fronted one, else the main day."""
        main = self.main()
        head = self.kinds[k] in ("title", "summary", "caption")
        for j in range(k - 1, -1, -1):
            if head or self.kinds[j] not in ("body", "dateline"):
                continue
            for time in reversed(self.in_sentence(j)):
                if self.strength(time) == STRONG and self.fronted(self.doc.sentences[j], time):
                    return time
        if main is None or main.span is None:
            return None
        lead = head or self._body_index(k) < 2
        return main if lead or main.span[0] < self.doc.sentences[k].start else None

    def _body_index(self, k: int) -> int:
        return sum(1 for kind in self.kinds[:k] if kind == "body")


def _tells_own_day(time: TimeMention) -> bool:
    """Whether the words of a time tell a day themselves, and do not belong to one told before."""
    if time.basis in ("explicit", "document_date"):
        return True
    if time.basis == "event_relative":
        return time.kind == "date"
    return any(e.day is not None for e in scan(time.text or "", 0, len(time.text or "")))


def _many_days(time: TimeMention) -> bool:
    """Whether a time covers several days."""
    if time.start is None or time.end is None or time.precision != "day":
        return False
    start, end = day_of(time.start), day_of(time.end)
    return start is None or end is None or start.plus_days(1) != end


def _nearest(times: Sequence[TimeMention], offset: int) -> TimeMention:
    """The last of the times before an offset, else the first after it."""
    before = [t for t in times if t.span and t.span[0] < offset]
    return before[-1] if before else times[0]
