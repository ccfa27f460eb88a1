from __future__ import annotations

from pathlib import Path

import pytest

from trucewatch.benches.gate import Measured, below, digest, load_floors, measure, pin
from trucewatch.errors import DataError


def test_a_score_under_its_floor_is_told(tmp_path: Path) -> None:
    path = tmp_path / "floors.json"
    pin({"counts.f1": Measured(0.8, "d")}, lower_is_better=(), path=path)
    assert below({"counts.f1": Measured(0.7, "d")}, load_floors(path)) == [
        "counts.f1: 0.700 is worse than its floor 0.800"
    ]
    assert below({"counts.f1": Measured(0.8, "d")}, load_floors(path)) == []


def test_a_figure_where_lower_is_better(tmp_path: Path) -> None:
    path = tmp_path / "floors.json"
    pin({"certainty.mae": Measured(1.0, "d")}, lower_is_better=("mae",), path=path)
    assert below({"certainty.mae": Measured(1.1, "d")}, load_floors(path))
    assert not below({"certainty.mae": Measured(0.9, "d")}, load_floors(path))


def test_other_data_is_told(tmp_path: Path) -> None:
    path = tmp_path / "floors.json"
    pin({"a.f1": Measured(0.8, "old")}, lower_is_better=(), path=path)
    assert "data changed" in below({"a.f1": Measured(0.9, "new")}, load_floors(path))[0]


def test_a_floor_is_not_lowered_silently(tmp_path: Path) -> None:
    path = tmp_path / "floors.json"
    pin({"a.f1": Measured(0.8, "d")}, lower_is_better=(), path=path)
    with pytest.raises(DataError, match="would lower"):
        pin({"a.f1": Measured(0.5, "d")}, lower_is_better=(), path=path)
    pin({"a.f1": Measured(0.5, "d")}, lower_is_better=(), path=path, allow_lower=True)
    assert load_floors(path)["a.f1"]["floor"] == 0.5


def test_missing_gold_is_told(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"needs counts/x\.jsonl"):
        measure({"counts": (lambda gold: {}, ("counts/x.jsonl",))}, tmp_path)


def test_the_digest_sees_content_and_names(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("1")
    one = digest([tmp_path])
    (tmp_path / "a").write_text("2")
    assert digest([tmp_path]) != one
