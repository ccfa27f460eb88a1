"""Actors in sentences of many wars: `tests/gold/actors/cases.toml`. And the laws of the table."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tests.parsing import parsed
from trucewatch.coding.actor_table import load_tables
from trucewatch.coding.actors import find_actors, side_of
from trucewatch.errors import DataError

CASES = tomllib.loads((Path(__file__).parents[1] / "gold" / "actors" / "cases.toml").read_text(encoding="utf-8"))[
    "case"
]


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["text"][:50])
def test_actors(case: dict[str, Any]) -> None:
    doc = parsed(case["text"])
    actors = find_actors(doc, [], case["country"])
    for actor in actors:
        assert case["text"][slice(*actor.span)] == actor.text
    found = {actor.text: actor for actor in actors}
    for expected in case.get("find", []):
        assert expected["text"] in found, sorted(found)
        actor = found[expected["text"]]
        for field in ("name", "kind", "side", "loaded"):
            if field in expected:
                assert (getattr(actor, field) or "") == (expected[field] or ""), field
    assert not set(case.get("not", [])) & set(found)


@cache
def _tables() -> Any:
    return load_tables()


#: Parts of what organisations call themselves, not labels of others.
PROPER = {"Jihad", "Islamic", "Combat", "Terrorism", "Martyrs", "Moderate", "Criminal"}


def test_no_name_carries_a_label() -> None:
    tables = _tables()
    names = {known.name for meant in tables.aliases.values() for known in meant} | set(tables.civilians.values())
    assert [name for name in sorted(names) if tables.loaded.search(name) and not set(name.split()) & PROPER] == []


@pytest.mark.parametrize(
    ("words", "country", "side"),
    [
        ("Houthi-held", "YE", "YE:ansar_allah"),
        ("controlled by terrorists", "SY", "SY:armed_opposition"),
        ("under the control of the army", "SY", "SY:government"),
        ("SDF-controlled", "SY", "SY:sdf"),
        ("beautiful", "SY", None),
        ("", None, None),
    ],
)
def test_who_holds_a_place(words: str, country: str | None, side: str | None) -> None:
    assert side_of(words, country) == side


def test_a_table_of_ones_own_wins(tmp_path: Path) -> None:
    own = tmp_path / "own.csv"
    own.write_text("name,aliases,kind,side,country\nDesert Brigade,Desert Brigade|RSF,militia,XX:desert,SD\n")
    doc = parsed("The RSF shelled the market.")
    (actor,) = [a for a in find_actors(doc, [], "SD", own) if "RSF" in a.text]
    assert (actor.name, actor.side) == ("Desert Brigade", "XX:desert")


def test_a_broken_table_is_told(tmp_path: Path) -> None:
    own = tmp_path / "own.csv"
    own.write_text("name,kind\n,militia\n")
    with pytest.raises(DataError, match="no name or no kind"):
        load_tables(own)
