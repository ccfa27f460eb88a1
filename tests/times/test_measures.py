"""Floors of the times stage on the sets beside the project."""

from __future__ import annotations

import pytest

from tests.conftest import shared
from tests.times.time_cases import parser
from trucewatch.benches.times import lines, meantime_dates, tempeval
from trucewatch.model import Sentence

pytestmark = pytest.mark.shared


def _parse(text: str) -> list[Sentence]:
    return list(parser().parse(text, [(0, len(text))]))


def test_tempeval3() -> None:
    score = tempeval(lines(shared() / "gold" / "times" / "tempeval3" / "dev.jsonl"), _parse)
    assert score.f1 >= 0.88
    assert score.value_f1 >= 0.70


def test_full_dates_of_meantime() -> None:
    recall, missed = meantime_dates(lines(shared() / "gold" / "times" / "meantime" / "dev.jsonl"), _parse)
    assert recall >= 0.85, missed
