"""Laws of the times stage, over odd texts and over texts put together from words of time."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.times.time_cases import unparsed
from trucewatch.model import EventMention, words
from trucewatch.times.anchors import truce_anchors
from trucewatch.times.apply import time_for
from trucewatch.times.moments import parse
from trucewatch.times.resolve import check_dates, find_times

WORDS = (Path(__file__).parents[1] / "gold" / "times" / "words.txt").read_text(encoding="utf-8").split()
TEXTS = st.one_of(
    st.text(max_size=200),
    st.lists(st.sampled_from(WORDS), max_size=40).map(" ".join),
    st.lists(st.sampled_from(WORDS), max_size=40).map(lambda w: " ".join(w).upper()),
)
DATES = st.one_of(st.none(), st.dates(datetime.date(1900, 1, 1), datetime.date(2099, 12, 31)).map(str), st.just("2016"))
ZONES = st.sampled_from([None, "Asia/Aden", "Asia/Damascus", "Europe/Kyiv", "America/Bogota", "No/Such"])


@settings(max_examples=300, deadline=None)
@given(TEXTS, DATES, ZONES)
def test_spans_slice_back_and_intervals_run_forward(text: str, published: str | None, zone: str | None) -> None:
    doc = unparsed(text, published)
    times = find_times(doc, zone)
    last = 0
    for time in times:
        assert time.span is not None
        start, end = time.span
        assert last <= start < end <= len(text)
        assert text[start:end] == time.text
        last = end
        _in_order(time.start, time.end)
        for reading in time.readings:
            _in_order(reading.start, reading.end)
        if time.start is None and time.end is None:
            assert time.unresolved is not None
        unknown = "X" in (time.start or "") + (time.end or "")
        assert not unknown or (time.unresolved is not None and time.utc is None)
    assert times == find_times(doc, zone)
    check_dates(doc, times)
    truce_anchors(doc, times)


def _in_order(start: str | None, end: str | None) -> None:
    if start is None or end is None:
        return
    first, last = parse(start), parse(end)
    if first.date is not None and last.date is not None:
        assert (first.date, first.minute or 0) < (last.date, last.minute or 0)


@settings(max_examples=100, deadline=None)
@given(TEXTS.filter(str.strip), DATES)
def test_every_event_gets_a_time_or_the_reason(text: str, published: str | None) -> None:
    doc = unparsed(text, published)
    times = find_times(doc, None)
    for sentence in doc.sentences:
        span = (sentence.tokens[0].start, sentence.tokens[0].end) if sentence.tokens else (sentence.start, sentence.end)
        trigger = words(text, span)
        time = time_for(doc, EventMention(span=span, text=trigger.text, trigger=trigger, type="shelling"), times)
        assert time.start or time.end or time.unresolved


def test_the_day_of_the_run_does_not_matter(monkeypatch: pytest.MonkeyPatch) -> None:
    doc = unparsed("Shells fell at 08:00 yesterday and again on Friday. In May it was calm.", "2016-10-20")
    before = find_times(doc, "Asia/Damascus")

    class Later(datetime.datetime):
        @classmethod
        def now(cls, tz: Any = None) -> Later:
            return cls(2051, 1, 1, tzinfo=tz)

    monkeypatch.setattr(datetime, "datetime", Later)
    assert find_times(doc, "Asia/Damascus") == before


@pytest.mark.parametrize(
    "text",
    ["", " ", "\n\n", "وقف إطلاق النار بدأ الساعة 08:00 يوم 20", "💥" * 50, "a" * 100_000, "1" * 20_000, "9 " * 5_000],
)
def test_odd_texts_are_read(text: str) -> None:
    for time in find_times(unparsed(text, "2016-10-20"), "Asia/Damascus"):
        assert time.span
        assert text[time.span[0] : time.span[1]] == time.text


def test_nothing_falls_back_to_the_published_date() -> None:
    (time,) = find_times(unparsed("Shells hit the market at 08:00.", "2016-10-20"), "Asia/Damascus")
    assert time.start == "XXXX-XX-XXT08:00"
    assert time.unresolved is not None
    assert time.unresolved.missing == ["year", "month", "day"]
    assert time.utc is None
