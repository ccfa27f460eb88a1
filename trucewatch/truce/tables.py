"""The tables of the truce stage, read once from the package's data: labels and rules."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from re import Pattern
from typing import Any

from trucewatch.errors import DataError


@dataclass(frozen=True, slots=True)
class LabelKind:
    """One row of the table of labels: the type that it names, its words, and whether it names a truce
    alone."""

    type: str
    core: str
    strong: bool


@dataclass(frozen=True, slots=True)
class Labels:
    """The table of labels, compiled: `pattern` matches any of them, `kinds[i]` is what group `l<i>` names."""

    pattern: Pattern[str]
    kinds: tuple[LabelKind, ...]
    guard_after: Pattern[str]
    guard_before: Pattern[str]
    nouns: Pattern[str]
    lead: Pattern[str]
    aim: Pattern[str]
    owners: Pattern[str]
    other: Pattern[str]
    past: Pattern[str]
    wide: Pattern[str]
    local: Pattern[str]
    limited: dict[str, int]


@dataclass(frozen=True, slots=True)
class Rules:
    """The table of rules; every field is a section of `truce_rules.toml`."""

    relation: dict[str, str]
    violence: frozenset[str]
    consequences: frozenset[str]
    outsiders: frozenset[str]
    air: frozenset[str]
    small_words: Pattern[str]
    small_types: frozenset[str]
    stage: dict[str, str]
    stance: dict[str, str]
    stances: tuple[str, ...]
    agreed: frozenset[str]
    needs: int
    one_side: str
    free: frozenset[str]
    computed: dict[str, str]
    factual: float
    weak_voices: frozenset[str]
    verdicts: frozenset[str]
    within: Pattern[str]
    outside: Pattern[str]
    over: Pattern[str]
    ended_after: Pattern[str]
    verdict: Pattern[str]
    excluded: Pattern[str]
    alleged: Pattern[str]
    say_acts: dict[str, str]
    say_moves: dict[str, str]


@lru_cache(maxsize=1)
def load_labels() -> Labels:
    """The table of labels. Raises DataError when it is missing or broken."""
    raw = _read("truce_labels.toml")
    rows = raw["label"]
    body = "|".join(f"(?P<l{i}>{row['words']})" for i, row in enumerate(rows))
    tell = raw["tell"]
    return Labels(
        pattern=re.compile(rf"(?<![\w-])(?:{body})(?![\w])", re.IGNORECASE),
        kinds=tuple(LabelKind(row["type"], row["core"], row["strong"]) for row in rows),
        guard_after=re.compile(rf"[\s-]+{raw['guard']['after']}", re.IGNORECASE),
        guard_before=re.compile(raw["guard"]["before"], re.IGNORECASE),
        nouns=re.compile(rf"\b{raw['plan']['nouns']}\b", re.IGNORECASE),
        lead=re.compile(rf"\b{raw['plan']['lead']}(?:[\w’'-]+\s+){{0,4}}$", re.IGNORECASE),
        aim=re.compile(raw["plan"]["aim"], re.IGNORECASE),
        owners=_bounded(raw["plan"]["owners"]),
        other=_bounded(tell["other"]),
        past=_bounded(tell["past"]),
        wide=_bounded(tell["wide"]),
        local=_bounded(tell["local"]),
        limited=dict(raw["limited"]),
    )


@lru_cache(maxsize=1)
def load_rules() -> Rules:
    """The table of rules. Raises DataError when it is missing or broken."""
    raw = _read("truce_rules.toml")
    violence, words = raw["violence"], raw["words"]
    stance = dict(raw["stance"])
    order, agreed = tuple(stance.pop("order")), frozenset(stance.pop("agreed"))
    return Rules(
        relation=raw["relation"],
        violence=frozenset(violence["types"]),
        consequences=frozenset(violence["consequences"]),
        outsiders=frozenset(violence["outsiders"]),
        air=frozenset(violence["air"]),
        small_words=re.compile(violence["small_words"], re.IGNORECASE),
        small_types=frozenset(violence["small_types"]),
        stage=raw["movement"],
        stance=stance,
        stances=order,
        agreed=agreed,
        needs=raw["agreement"]["needs"],
        one_side=raw["agreement"]["one_side"],
        free=frozenset(raw["agreement"]["free"]),
        computed=raw["computed"],
        factual=raw["observance"]["factual"],
        weak_voices=frozenset(raw["observance"]["weak_voices"]),
        verdicts=frozenset(raw["observance"]["verdicts"]),
        within=re.compile(rf"\b{words['within']}\s+(?:[\w.’'-]+\s+){{0,6}}$", re.IGNORECASE),
        outside=re.compile(rf"\b{words['outside']}\s+(?:[\w.’'-]+\s+){{0,4}}$", re.IGNORECASE),
        over=re.compile(rf"\b{words['over']}\s+(?:[\w.’'-]+\s+){{0,5}}$", re.IGNORECASE),
        ended_after=re.compile(words["ended_after"], re.IGNORECASE),
        verdict=re.compile(raw["headline"]["verdict"], re.IGNORECASE),
        excluded=re.compile(words["excluded"], re.IGNORECASE),
        alleged=re.compile(words["alleged"], re.IGNORECASE),
        say_acts=raw["say"]["acts"],
        say_moves=raw["say"]["moves"],
    )


def _bounded(words: str) -> Pattern[str]:
    return re.compile(rf"\b{words}(?!\w)", re.IGNORECASE)


def _read(name: str) -> dict[str, Any]:
    path = resources.files("trucewatch") / "data" / name
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise DataError(
            f"The table {name} of the truce stage cannot be read ({error}); "
            "it ships with the package: reinstall trucewatch."
        ) from error
