"""The tables of counts (data/counts.toml), read once and turned round for look-up."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from trucewatch.errors import DataError

#: First word -> the phrases that begin with it, longest first, each with its meaning.
Phrases = Mapping[str, Sequence[tuple[tuple[str, ...], str]]]


@dataclass(frozen=True, slots=True)
class Tables:
    """What the words of counts mean; every mapping goes from a lower-case lemma or phrase to its meaning."""

    lows: Mapping[str, int]
    vague: Phrases
    bounds: Phrases
    after: Phrases
    zero: Phrases
    starters: frozenset[str]  # first words of bounding, vague and zero phrases
    by_object: Mapping[str, str]
    by_subject: Mapping[str, str]
    by_noun: Mapping[str, str]
    by_state: Mapping[str, str]
    casualty: frozenset[str]
    who: Mapping[str, str]
    compound_who: Mapping[str, str]
    members_of: Mapping[str, str]
    things: Mapping[str, str]
    units: frozenset[str]
    before: frozenset[str]
    rates: tuple[tuple[str, str], ...]
    harm: frozenset[str]
    event_what: Mapping[str, str]
    openers: tuple[str, ...]
    acts: frozenset[str]


def _turned(table: Mapping[str, Sequence[str]]) -> dict[str, str]:
    return {word: name for name, words in table.items() for word in words}


def _phrases(table: Mapping[str, str]) -> Phrases:
    by_first: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for phrase, meaning in table.items():
        words = tuple(phrase.split())
        by_first.setdefault(words[0], []).append((words, meaning))
    return {first: sorted(found, key=lambda item: (-len(item[0]), item)) for first, found in by_first.items()}


@lru_cache(maxsize=1)
def load_tables() -> Tables:
    """The tables as shipped. Raises DataError where the file is missing or broken."""
    try:
        raw = tomllib.loads(files("trucewatch.data").joinpath("counts.toml").read_text("utf-8"))
        return _tables(raw)
    except (OSError, KeyError, tomllib.TOMLDecodeError, ModuleNotFoundError) as error:
        raise DataError(
            f"The table of counts (trucewatch/data/counts.toml) cannot be read: {error}. Install the package again."
        ) from error


def _tables(raw: Mapping[str, dict[str, list[str]]]) -> Tables:
    lows: Mapping[str, int] = raw["lows"]  # type: ignore[assignment]
    bounds: Mapping[str, str] = raw["bounds"]  # type: ignore[assignment]
    after: Mapping[str, str] = raw["after"]  # type: ignore[assignment]
    compound: Mapping[str, str] = raw["compound_who"]  # type: ignore[assignment]
    event_what: Mapping[str, str] = raw["event_what"]  # type: ignore[assignment]
    members: Mapping[str, str] = raw["members_of"]  # type: ignore[assignment]
    vague = _phrases(dict.fromkeys((*lows, *raw["vague"]["words"]), "vague"))
    zero = _phrases(_turned(raw["zero"]))
    return Tables(
        lows=lows,
        vague=vague,
        bounds=_phrases(bounds),
        after=_phrases(after),
        zero=zero,
        starters=frozenset({*vague, *_phrases(bounds), *zero}),
        by_object=_turned(raw["what_object"]),
        by_subject=_turned(raw["what_subject"]),
        by_noun=_turned(raw["what_noun"]),
        by_state=_turned(raw["what_state"]),
        casualty=frozenset(raw["casualty"]["what"]),
        who=_turned(raw["who"]),
        compound_who=compound,
        members_of=members,
        things=_turned(raw["things"]),
        units=frozenset(raw["not_counts"]["units"]),
        before=frozenset(raw["not_counts"]["before"]),
        rates=tuple((words, unit) for unit, phrases in raw["rate"].items() for words in phrases),
        harm=frozenset(raw["harm"]["types"]),
        event_what=event_what,
        openers=tuple(raw["consequence"]["openers"]),
        acts=frozenset(raw["consequence"]["acts"]),
    )
