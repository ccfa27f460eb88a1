"""The table of event types: what each is called elsewhere, and the patterns that find it.

The table is data/events.toml; the classes of words that it names are data/event_words.toml.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

from trucewatch.coding.event_forms import form_index
from trucewatch.coding.event_patterns import Pattern, WordClass, read_pattern
from trucewatch.model import AcledCode, PloverCode

KINDS = ("verbs", "nouns", "adjectives")


@dataclass(frozen=True, slots=True)
class EventType:
    """One of trucewatch's own types and its codes in the schemes of others."""

    name: str
    definition: str
    examples: tuple[str, ...]
    acled: AcledCode
    plover: PloverCode
    cameo: tuple[str | None, str | None]
    ucdp: str | None


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern and the type that it finds."""

    type: str
    pattern: Pattern


@dataclass(frozen=True, slots=True)
class Topic:
    """What a text can be about: lemmas and what each weighs."""

    weights: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class EventTable:
    """The types, the rules by kind of word and lemma, the classes, the topics, the words split by hyphens."""

    types: Mapping[str, EventType]
    rules: Mapping[str, Mapping[str, Sequence[Rule]]]
    classes: Mapping[str, WordClass]
    topics: Mapping[str, Topic]
    joined: Mapping[str, str]
    forms: Mapping[str, Mapping[str, str]]
    intransitive: frozenset[str]


@lru_cache(maxsize=1)
def load_table() -> EventTable:
    """The table, read once. Raises ValueError for a pattern that cannot be read."""
    words = _read("event_words.toml")
    types = _read("events.toml")
    verbs: dict[str, list[str]] = words["verbs"]
    rules = {kind: _rules(kind, types, verbs) for kind in KINDS}
    classes = _classes(words["class"], verbs)
    return EventTable(
        types={name: _event_type(name, entry) for name, entry in types.items()},
        rules=rules,
        classes=classes,
        topics={name: Topic(_weights(entry)) for name, entry in words["topic"].items()},
        joined=words["joined"],
        intransitive=frozenset(words["verbs"]["INTRANSITIVE"]),
        forms=_forms(rules, classes, verbs, words),
    )


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads(files("trucewatch.data").joinpath(name).read_text("utf-8"))


def _event_type(name: str, entry: Mapping[str, Any]) -> EventType:
    event, sub_event = entry.get("acled", (None, None))
    plover, cameo = entry["plover"], entry.get("cameo", {})
    return EventType(
        name=name,
        definition=entry["definition"],
        examples=tuple(entry["examples"]),
        acled=AcledCode(event_type=event, sub_event_type=sub_event),
        plover=PloverCode(event=plover["event"] or None, mode=plover.get("mode"), context=list(plover["context"])),
        cameo=(cameo.get("root"), cameo.get("code")),
        ucdp=entry.get("ucdp"),
    )


def _rules(kind: str, types: Mapping[str, Any], verbs: Mapping[str, Sequence[str]]) -> dict[str, list[Rule]]:
    """The rules of one kind of word by lemma, in the order in which they are tried."""
    found: dict[str, list[Rule]] = {}
    for name, entry in types.items():
        patterns = [read_pattern(line, verbs) for line in entry.get(kind, ())]
        for pattern in sorted(patterns, key=lambda pattern: -pattern.weight):
            for lemma in pattern.lemmas:
                found.setdefault(lemma, []).append(Rule(name, pattern))
    return found


def _classes(entries: Mapping[str, Mapping[str, Any]], verbs: Mapping[str, Sequence[str]]) -> dict[str, WordClass]:
    classes = {
        name: WordClass(
            words=frozenset(entry.get("words", ())),
            names=frozenset(entry.get("names", ())),
            patterns=tuple(read_pattern(line, verbs) for line in entry.get("patterns", ())),
            modifiers=bool(entry.get("modifiers", False)),
            numbers=bool(entry.get("numbers", False)),
        )
        for name, entry in entries.items()
    }
    for name, lemmas in verbs.items():
        classes.setdefault(name, WordClass(frozenset(lemmas), frozenset(), ()))
    return classes


def _forms(
    rules: Mapping[str, Mapping[str, Sequence[Rule]]],
    classes: Mapping[str, WordClass],
    verbs: Mapping[str, Sequence[str]],
    words: Mapping[str, Any],
) -> dict[str, dict[str, str]]:
    """The lemma of every form of a word that the tables know."""
    known_verbs = set(rules["verbs"]) | {lemma for lemmas in verbs.values() for lemma in lemmas}
    known_nouns = set(rules["nouns"]) | {
        word for name, known in classes.items() if name not in verbs for word in known.words if word.isalpha()
    }
    return form_index(known_verbs, known_nouns, words["forms"], words["plurals"])


def _weights(entry: Mapping[str, Sequence[str]]) -> dict[str, int]:
    weights = dict.fromkeys(entry["weak"], 1)
    weights.update(dict.fromkeys(entry["strong"], 2))
    return weights


def codes(type_: str) -> tuple[AcledCode, PloverCode]:
    """The ACLED and PLOVER codes of a type. Raises KeyError for a type that is none of ours."""
    known = load_table().types[type_]
    return known.acled, known.plover


def cameo(type_: str) -> tuple[str | None, str | None]:
    """The CAMEO root and code of a type; None where CAMEO has none."""
    return load_table().types[type_].cameo


def ucdp(type_: str) -> str | None:
    """The UCDP type of violence that such an event most often is, or None where nobody is attacked."""
    return load_table().types[type_].ucdp
