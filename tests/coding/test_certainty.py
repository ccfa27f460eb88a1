"""Golden cases of how surely, in which way and whether an event is told."""

from __future__ import annotations

from typing import Any

import pytest

from tests.coding.event_cases import cases, document
from trucewatch.coding.certainty import hedges_for
from trucewatch.coding.event_cues import load_cues
from trucewatch.coding.events import find_events


@pytest.mark.parametrize("case", [pytest.param(case, id=case["text"]) for case in cases("certainty")])
def test_golden(case: dict[str, Any]) -> None:
    doc = document(case["text"])
    event = next(event for event in find_events(doc) if event.text == case["word"] and event.type)
    assert (event.status, event.polarity) == (case["status"], case["polarity"])
    assert event.factuality == case["factuality"]
    assert [hedge.text for hedge in hedges_for(doc, event)] == case.get("hedges", [])


def test_no_word_governs_in_two_ways() -> None:
    cues = load_cues()
    assert set(cues.value) >= {status for status in cues.governor.values() if status != "denied"}


def test_numbers_are_not_hedged() -> None:
    doc = document("Up to 2,500 civilians gathered at the crossing, some of them for about three hours.")
    event = next(event for event in find_events(doc) if event.type == "movement_gathered")
    assert hedges_for(doc, event) == []
    assert event.factuality == 3.0
