"""Golden cases: text in, typed events out; and the laws of event mentions."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.coding.event_cases import GOLD, cases, document
from trucewatch.coding.events import find_events
from trucewatch.model import Document, Part, Report

FILES = sorted(path.stem for path in GOLD.glob("*.toml") if path.stem != "certainty")
CASES = [pytest.param(case, id=f"{name}: {case['name']}") for name in FILES for case in cases(name)]


@pytest.mark.parametrize("case", CASES)
def test_golden(case: dict[str, Any]) -> None:
    told = [
        [event.trigger.text, event.type, event.status, event.polarity]
        for event in find_events(document(case["text"]))
        if event.type is not None
    ]
    assert told == case["events"]


def test_mentions_slice_back_and_stand_in_order() -> None:
    text = "Mortars hit the crossing at noon.\n\nThe army said 🙂 it “had not fired”. No extension was announced."
    events = find_events(document(text))
    assert [event.id for event in events] == [f"e{n}" for n in range(1, len(events) + 1)]
    assert all(text[event.span[0] : event.span[1]] == event.text for event in events)
    assert [event.span for event in events] == sorted(event.span for event in events)


def test_furniture_tells_nothing() -> None:
    text = "Shells killed three people in Donetsk."
    parsed = document(text)
    report = Report(id="0", source="t", text=text, parts=[Part(kind="comment", span=(0, len(text)))])
    assert find_events(Document(report, parsed.sentences)) == []


def test_words_passed_over_are_seen() -> None:
    events = find_events(document("The crossing was hit by mortar fire and at least 12 people were wounded."))
    assert ("wounded", None) in [(event.text, event.type) for event in events]


@pytest.mark.parametrize("text", ["", "🙂🙂", "قصفت القوات المدينة", "a" * 5000, "!!! ...", "KILLED", "\n\n\n"])
def test_odd_text_is_read_without_a_fault(text: str) -> None:
    assert isinstance(find_events(document(text)), list)


WORDS = [
    "rebels",
    "shelled",
    "the",
    "town",
    "truce",
    "no",
    "extension",
    "was",
    "announced",
    "if",
    "they",
    "attack",
    "civilians",
    "left",
    "and",
    ",",
    ".",
    "not",
]


@settings(max_examples=25, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=30).map(" ".join))
def test_any_order_of_words_gives_valid_mentions(text: str) -> None:
    for event in find_events(document(text)):
        assert text[event.span[0] : event.span[1]] == event.text
        assert event.factuality is not None
        assert -3.0 <= event.factuality <= 3.0
