"""Laws of place mentions on any text: words slice back, order holds, nothing is raised, what is open says so."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.places.test_places import document, places_of
from trucewatch.model import EventMention, Words
from trucewatch.places.apply import place_for

WORDS = [
    "the",
    "crossing",
    "Taiz",
    "eastern",
    "near",
    "of",
    "at",
    "al-Qasr",
    "Syria’s",
    "Aleppo",
    "city",
    "centre",
    "-held",
    "Houthi-held",
    ",",
    ".",
    "and",
    "between",
    "side",
    "20",
    "km",
    "north",
    "“",
    "”",
    "(",
    ")",
    "🙂",
    "حلب",
    "KHARTOUM",
    "Moscow",
    "said",
    "its",
    "checkpoint",
    "fired",
    "nationwide",
    "province",
    "district",
    "controlled",
    "by",
]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=24))
def test_mentions_of_any_words(words: list[str]) -> None:
    doc = document(" ".join(words))
    found = places_of(doc)
    assert [m.id for m in found] == [f"p{n}" for n in range(1, len(found) + 1)]
    assert [m.span for m in found] == sorted((m.span or (0, 0)) for m in found)
    for m in found:
        start, end = m.span or (0, 0)
        assert doc.text[start:end] == m.text
        assert (m.lat is None) == (m.lon is None)
        assert m.lat is not None or m.unresolved is not None
        if m.control is not None:
            assert doc.text[slice(*m.control.span)] == m.control.text
    for s in doc.sentences:
        for t in s.tokens:
            event = EventMention(
                span=(t.start, t.end), text=t.text, trigger=Words(span=(t.start, t.end), text=t.text), type="shelling"
            )
            place, several = place_for(doc, event, found)
            assert place.span is not None or place.unresolved is not None
            assert len(several) != 1


@pytest.mark.parametrize(
    "text", ["", "🙂🙂", "قصفت القوات حلب", "a" * 5000, "A" * 5000, "KILLED IN ALEPPO", "\n\n\n", "-"]
)
def test_odd_text_is_read_without_a_fault(text: str) -> None:
    assert isinstance(places_of(document(text)), list)


def test_a_long_text_takes_time_in_proportion() -> None:
    doc = document("Shells hit the al-Qasr crossing near Taiz, Yemen. The crossing was closed. " * 60)
    places_of(doc)
    start = time.perf_counter()
    places_of(doc)
    assert time.perf_counter() - start < 1.0
