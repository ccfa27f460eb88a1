"""Where a truce is said or inferred to start, end and hold."""

from __future__ import annotations

import pytest

from tests.times.time_cases import parsed
from trucewatch.times.anchors import truce_anchors
from trucewatch.times.resolve import find_times


def _anchors(text: str, published: str | None = None) -> list[tuple[str, str | None, str | None]]:
    doc = parsed(text, published)
    return [(a.kind, a.time.start, a.time.end) for a in truce_anchors(doc, find_times(doc, None))]


def test_a_bracket_implies_the_start() -> None:
    head = "On May 4 a truce was broken."
    text = f"{head} About two hours after the start of the ceasefire (about 11:00), a post was shelled."
    doc = parsed(text)
    (anchor,) = truce_anchors(doc, find_times(doc, None))
    assert anchor.kind == "start"
    assert anchor.time.start == "XXXX-05-04T09:00"
    assert [r.start for r in anchor.time.readings] == ["XXXX-05-04T11:00"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The army would hold its fire from 08:00 to 16:00 on 3 May 2015.",
            [("window", "2015-05-03T08:00", "2015-05-03T16:00")],
        ),
        (
            "The 72-hour truce began at 06:00 on 3 May 2015.",
            [("start", "2015-05-03T06:00", "2015-05-03T06:01"), ("window", "2015-05-03T06:00", "2015-05-06T06:00")],
        ),
        ("The ceasefire took effect at 20:00 on 3 May 2015.", [("start", "2015-05-03T20:00", "2015-05-03T20:01")]),
        ("The truce ended at 20:00 on 3 May 2015.", [("end", "2015-05-03T20:00", "2015-05-03T20:01")]),
        ("Both sides agreed to a humanitarian pause until 4 November 2016.", [("end", None, "2016-11-05")]),
        ("The truce was announced on 3 May 2015.", []),
        ("Shelling began at 20:00 on 3 May 2015.", []),
        ("The truce was broken when clashes started at 20:00 on 3 May 2015.", []),
        ("The pause of 3 May 2015 was extended by another day.", []),
    ],
)
def test_anchors(text: str, expected: list[tuple[str, str | None, str | None]]) -> None:
    assert _anchors(text) == expected
