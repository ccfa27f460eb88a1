"""Means: golden sentences (tests/gold/counts/means.toml)."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest

from trucewatch.coding.means import find_means, means_for
from trucewatch.language.parser import Parser
from trucewatch.model import Document, EventMention, Part, Report, words

GOLD = Path(__file__).parents[1] / "gold" / "counts" / "means.toml"


@lru_cache(maxsize=1)
def parser() -> Parser:
    return Parser.load()


def document(text: str) -> Document:
    report = Report(id="x", source="x", text=text, parts=[Part(kind="body", span=(0, len(text)))])
    return Document(report, tuple(parser().parse(text, [(0, len(text))])))


CASES = tomllib.loads(GOLD.read_text("utf-8"))["case"]


@pytest.mark.parametrize("case", CASES, ids=[case["text"][:60] for case in CASES])
def test_means(case: dict[str, Any]) -> None:
    doc = document(case["text"])
    found = find_means(doc)
    if "trigger" in case:
        start = doc.text.index(case["trigger"])
        trigger = words(doc.text, (start, start + len(case["trigger"])))
        found = means_for(doc, EventMention(span=trigger.span, text=trigger.text, trigger=trigger), found)
    assert [[means.text, means.kind] for means in found] == case["means"]
    assert all(doc.text[means.span[0] : means.span[1]] == means.text for means in found)
