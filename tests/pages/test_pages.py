"""Whole pages: a page file, and beside it a TOML file of what its record must and must not hold.

Adding a page needs no Python: `pages/NAME.toml` with `page`, and tables `claim`, `no_claim`, `truce`, `report`,
`note`, each with a `why`. `options` may give `published` and `outlet`.
"""

from __future__ import annotations

import json
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tests.pages.matching import closest, matches
from trucewatch.engines.local import code_one
from trucewatch.sources.reader import read_reports

HERE = Path(__file__).parent
ROOT = HERE.parents[1]


@cache
def record_of(page: str, published: str | None, outlet: str | None) -> dict[str, Any]:
    reading = next(iter(read_reports([str(ROOT / page)], published=published, outlet=outlet)))
    return json.loads(code_one(reading, None))


def _cases() -> list[Any]:
    cases = []
    for path in sorted((HERE / "gold").glob("*.toml")):
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        options = table.get("options", {})
        for kind in ("claim", "no_claim", "truce", "no_truce", "report", "note", "mentions"):
            for number, expected in enumerate(table.get(kind, [])):
                why = expected.pop("why")
                known = expected.pop("xfail", None)
                marks = [pytest.mark.xfail(strict=True, reason=known)] if known else []
                name = f"{path.stem}-{kind}{number}-{why}"
                cases.append(pytest.param(table["page"], options, kind, expected, id=name[:110], marks=marks))
    return cases


@pytest.mark.parametrize(("page", "options", "kind", "expected"), _cases())
def test_page(page: str, options: dict[str, str], kind: str, expected: dict[str, Any]) -> None:
    record = record_of(page, options.get("published"), options.get("outlet"))
    things = {
        "claim": record["claims"],
        "no_claim": record["claims"],
        "truce": record["truces"],
        "no_truce": record["truces"],
        "note": record["notes"],
        "report": [record["report"]],
        "mentions": [record["mentions"]],
    }[kind]
    found = [thing for thing in things if matches(expected, thing)]
    if kind.startswith("no_"):
        assert not found, f"found: {found[0]}"
    else:
        assert found, closest(expected, things)
