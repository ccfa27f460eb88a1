"""Which wordings name one truce, and which name two: tests/gold/truce/wordings."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest
from truce_cases import GOLD

from trucewatch.model import Document, Mentions, Part, Report
from trucewatch.truce.instruments import group_labels
from trucewatch.truce.wording import find_labels

CASES = [
    case
    for path in sorted((GOLD / "wordings").glob("*.toml"))
    for case in tomllib.loads(path.read_text(encoding="utf-8"))["case"]
]


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_grouping(case: dict[str, Any]) -> None:
    text = case["text"]
    report = Report(id="r", source="s", text=text, parts=[Part(kind="body", span=(0, len(text)))])
    labels = find_labels(Document(report, ()), Mentions(), [])
    groups = [[label.text for label in one.labels] for one in group_labels(labels)]
    assert groups == case["groups"]
