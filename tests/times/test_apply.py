"""Which time holds for an event: golden cases as data; adding one needs no Python."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests.times.time_cases import parsed
from trucewatch.model import EventMention, words
from trucewatch.times.apply import time_for
from trucewatch.times.resolve import find_times

GOLD = Path(__file__).parents[1] / "gold" / "times" / "applied"


def _cases() -> list[Any]:
    cases = []
    for path in sorted(GOLD.glob("*.toml")):
        for case in tomllib.loads(path.read_text(encoding="utf-8"))["case"]:
            marks = [pytest.mark.xfail(strict=True, reason=case["xfail"])] if "xfail" in case else []
            cases.append(pytest.param(case, id=case["name"], marks=marks))
    return cases


@pytest.mark.parametrize("case", _cases())
def test_time_for(case: dict[str, Any]) -> None:
    doc = parsed(case["text"], case.get("published"))
    start = doc.text.index(case["trigger"], doc.text.index(case.get("after", "")))
    trigger = words(doc.text, (start, start + len(case["trigger"])))
    event = EventMention(
        span=trigger.span,
        text=trigger.text,
        trigger=trigger,
        type=case.get("type", "shelling"),
        status=case.get("status", "happened"),
    )
    time = time_for(doc, event, find_times(doc, case.get("zone")))
    found = {
        "text": time.text,
        "start": time.start,
        "end": time.end,
        "basis": time.basis,
        "precision": time.precision,
        "missing": time.unresolved.missing if time.unresolved else [],
        "readings": [r.start for r in time.readings],
    }
    wanted = {key: None if value == "null" else value for key, value in case["expected"].items()}
    assert {key: found[key] for key in wanted} == wanted
