"""The words of time, loaded once from data/times.toml.

Layer: times. Sources are named in the data file.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a day: hours from the midnight that begins the day; `hour` if it is told as an hour."""

    name: str
    start: int
    end: int
    hour: bool = False


@dataclass(frozen=True, slots=True)
class TrucePatterns:
    """Patterns over the words that tell of a truce, its beginning, its end and its hours."""

    label: re.Pattern[str]
    begin: re.Pattern[str]  # an event phrase: "the start of the ceasefire", "the pause began", "the truce"
    end: re.Pattern[str]
    begin_verb: re.Pattern[str]
    end_verb: re.Pattern[str]
    hold: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Tables:
    """All word tables of the stage; keys are lower case."""

    starters: tuple[str, ...]
    tellers: tuple[str, ...]
    months: dict[str, int]
    weekdays: dict[str, int]
    numbers: dict[str, int]
    ordinals: dict[str, int]
    vague: dict[str, int]
    units: dict[str, str]
    parts: dict[str, Part]
    edges: dict[str, Part]
    seasons: dict[str, tuple[int, int]]
    offsets: dict[str, int]
    zones: dict[str, str]
    truce: TrucePatterns


@lru_cache(maxsize=1)
def load_tables() -> Tables:
    """The tables, read once from the package's data."""
    raw = tomllib.loads((files("trucewatch") / "data" / "times.toml").read_text(encoding="utf-8"))
    return Tables(
        starters=tuple(raw["words"]["starters"].split()),
        tellers=tuple(raw["words"]["tellers"].split()),
        months=raw["months"],
        weekdays=raw["weekdays"],
        numbers=raw["numbers"],
        ordinals=raw["ordinals"],
        vague=raw["vague_amounts"],
        units=raw["units"],
        parts={name: Part(name=name, **row) for name, row in raw["parts"].items()},
        edges={name: Part(name=name, **row) for name, row in raw["part_edges"].items()},
        seasons={name: (row["month"], row["months"]) for name, row in raw["seasons"].items()},
        offsets=raw["offsets"],
        zones=raw["zones"],
        truce=_truce_patterns(raw["truce"]),
    )


def _truce_patterns(raw: dict[str, list[str]]) -> TrucePatterns:
    label = "|".join(raw["labels"])
    begin_verb, end_verb = "|".join(raw["begin_verbs"]), "|".join(raw["end_verbs"])
    determiner = r"(?:the|a|an|this|that|its|their)"
    named = rf"(?:{determiner} )?(?:(?!(?:and|or|but|of|in|on|at|with|for|by|to)\b)[\w’'-]+ ){{0,4}}?(?:{label})"
    tail = r"(?: (?!and\b|but\b|when\b|on\b|at\b)[\w’'-]+){0,3}?"
    return TrucePatterns(
        label=re.compile(rf"\b(?:{label})\b", re.IGNORECASE),
        begin=re.compile(
            rf"(?:the )?(?:{'|'.join(raw['begin_nouns'])}) of {named}\b"
            rf"|{named}\b(?:{tail}(?: was (?:due|supposed) to)? (?:{begin_verb})\b)?",
            re.IGNORECASE,
        ),
        end=re.compile(
            rf"(?:the )?(?:{'|'.join(raw['end_nouns'])}) of {named}\b|{named}\b{tail} (?:{end_verb})\b",
            re.IGNORECASE,
        ),
        begin_verb=re.compile(rf"\b(?:{begin_verb})\b", re.IGNORECASE),
        end_verb=re.compile(rf"\b(?:{end_verb})\b", re.IGNORECASE),
        hold=re.compile(rf"\b(?:{'|'.join(raw['hold_verbs'])})\b", re.IGNORECASE),
    )
