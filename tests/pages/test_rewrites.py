"""The founding page moved to other wars: the same facts must hold of other places, actors, hours and labels.

Adding a rewrite needs no Python: a TOML file in `rewrites/` with the words to change in the page (`words`), the
same changes in the facts (`told`), and the facts that do not carry over (`leave.facts`, by their `why`).
"""

from __future__ import annotations

import io
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


def _changed(value: Any, table: dict[str, str]) -> Any:
    """A fact with the changes of `told`: strings by their words, whole numbers by their digits."""
    if isinstance(value, dict):
        return {key: _changed(v, table) for key, v in value.items()}
    if isinstance(value, list):
        return [_changed(v, table) for v in value]
    if isinstance(value, str):
        for old, new in table.items():
            if not old.isdigit():
                value = value.replace(old, new)
        return value
    if isinstance(value, int) and not isinstance(value, bool) and str(value) in table:
        return int(table[str(value)])
    return value


@cache
def _record(name: str) -> dict[str, Any]:
    table = tomllib.loads((HERE / "rewrites" / name).read_text(encoding="utf-8"))
    text = (ROOT / table["page"]).read_text(encoding="utf-8")
    for old, new in table["words"].items():
        text = text.replace(old, new)
    (report, notes), *_ = list(read_reports(["-"], stdin=io.BytesIO(text.encode())))
    return dict(json.loads(code_one((report, notes), None)))


def _cases() -> list[Any]:
    cases = []
    for path in sorted((HERE / "rewrites").glob("*.toml")):
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        facts = tomllib.loads((HERE / "gold" / table["facts"]).read_text(encoding="utf-8"))
        known = table.get("xfail", {})
        for kind in ("claim", "no_claim", "truce", "note"):
            for fact in facts.get(kind, []):
                why = fact.pop("why")
                fact.pop("xfail", None)
                if why in table["leave"]["facts"]:
                    continue
                marks = [pytest.mark.xfail(strict=True, reason=known[why])] if why in known else []
                name = f"{path.stem}-{kind}-{why}"[:110]
                cases.append(pytest.param(path.name, kind, _changed(fact, table["told"]), id=name, marks=marks))
    return cases


@pytest.mark.parametrize(("name", "kind", "expected"), _cases())
def test_rewrite(name: str, kind: str, expected: dict[str, Any]) -> None:
    record = _record(name)
    things = record[{"claim": "claims", "no_claim": "claims", "truce": "truces", "note": "notes"}[kind]]
    found = [thing for thing in things if matches(expected, thing)]
    if kind == "no_claim":
        assert not found, f"found: {found[0]}"
    else:
        assert found, closest(expected, things)
