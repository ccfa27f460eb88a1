"""Golden times: text, published date and zone against what must be found. Adding a case needs no Python."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests.times.time_cases import parsed
from trucewatch.model import TimeMention
from trucewatch.times.resolve import check_dates, find_times

GOLD = Path(__file__).parents[1] / "gold" / "times"


def _cases() -> list[Any]:
    cases = []
    for path in sorted(GOLD.glob("*.toml")):
        for case in tomllib.loads(path.read_text(encoding="utf-8")).get("case", []):
            marks = [pytest.mark.xfail(strict=True, reason=case["xfail"])] if "xfail" in case else []
            cases.append(pytest.param(case, id=f"{path.stem}: {case['name']}", marks=marks))
    return cases


def _fields(time: TimeMention) -> dict[str, Any]:
    return {
        "text": time.text,
        "kind": time.kind,
        "start": time.start,
        "end": time.end,
        "precision": time.precision,
        "basis": time.basis,
        "zone": time.zone,
        "utc": time.utc.start if time.utc else None,
        "utc_end": time.utc.end if time.utc else None,
        "duration": time.duration,
        "missing": time.unresolved.missing if time.unresolved else [],
        "readings": [r.start for r in time.readings],
        "reading_ends": [r.end for r in time.readings],
    }


@pytest.mark.parametrize("case", _cases())
def test_times(case: dict[str, Any]) -> None:
    doc = parsed(case["text"], case.get("published"))
    found = [_fields(time) for time in find_times(doc, case.get("zone"))]
    told = [f for f in found if f["kind"] not in case.get("without", [])]
    assert [f["text"] for f in told] == [e["text"] for e in case["expected"]]
    for fields, expected in zip(told, case["expected"], strict=True):
        wanted = {key: None if value == "null" else value for key, value in expected.items()}
        assert {key: fields[key] for key in wanted} == wanted
    if "notes" in case:
        notes = [note.message for note in check_dates(doc, find_times(doc, case.get("zone")))]
        assert len(notes) == case["notes"], notes
