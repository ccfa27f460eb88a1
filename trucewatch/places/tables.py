"""The word lists of place phrases, read once from `trucewatch/data/places.toml`.

Layer: places. Imports nothing from the package.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Tables:
    """The lists; every word in lower case."""

    kinds: dict[str, str]  # noun -> level
    references: frozenset[str]
    compass: frozenset[str]
    near: frozenset[str]
    parts: frozenset[str]
    belongings: frozenset[str]
    held: frozenset[str]
    never: frozenset[str]
    organisations: frozenset[str]
    bodies: frozenset[str]
    governing: frozenset[str]
    verbs: frozenset[str]
    taking: frozenset[str]
    people: frozenset[str]
    armed: frozenset[str]
    groups: frozenset[str]
    openers: frozenset[str]
    connectors: frozenset[str]


@lru_cache(maxsize=1)
def load_tables() -> Tables:
    """Give the shipped lists."""
    raw = tomllib.loads((files("trucewatch") / "data" / "places.toml").read_text(encoding="utf-8"))
    kinds = {word: level for level, words in raw["kinds"].items() for word in words}
    modifiers, words = raw["modifiers"], raw["words"]
    lists = {name: frozenset(modifiers[name]) for name in ("compass", "near", "parts", "belongings", "held")}
    return Tables(
        kinds=kinds,
        references=frozenset(raw["references"]["words"]),
        never=frozenset(words["never"]),
        organisations=frozenset(words["organisations"]),
        bodies=frozenset(words["bodies"]),
        governing=frozenset(words["governing"]),
        verbs=frozenset(words["verbs"]),
        taking=frozenset(words["taking"]),
        people=frozenset(words["people"]),
        armed=frozenset(words["armed"]),
        groups=frozenset(words["groups"]),
        openers=frozenset(words["openers"]),
        connectors=frozenset(words["connectors"]),
        **lists,
    )
