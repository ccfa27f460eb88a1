"""The tables behind the coding of actors: named actors, countries, common nouns, loaded words, conflicts.

A user's own table (the columns of `data/actors.csv`; `source` may be missing) overlays the shipped one: its aliases
win.
"""

from __future__ import annotations

import csv
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import Any

from trucewatch.errors import DataError

_APOSTROPHES = str.maketrans("’‘ʿʾ`", "'''''")
_HYPHENS = re.compile(r"\s*[-‐‑]\s*")


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of an actor: neutral name, kind, side and country, and the years in which it holds."""

    name: str
    kind: str
    side: str | None
    country: str | None
    since: int | None = None
    until: int | None = None
    local: bool = False  # by this alias only in a report that plays in its country


@dataclass(frozen=True, slots=True)
class Country:
    """A state: code, name, other names, demonyms (the first is used in names of forces), seats of government."""

    code: str
    name: str
    names: tuple[str, ...]
    demonyms: tuple[str, ...]
    seats: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Conflict:
    """What labels and words for armed people without a name mean in a country at war with itself."""

    name: str
    side: str
    since: int
    until: int
    words: tuple[str, ...]  # empty: every such word


@dataclass(frozen=True, slots=True)
class Tables:
    """All tables of actors, read once."""

    aliases: Mapping[str, tuple[Known, ...]]  # the user's own first
    plain: frozenset[str]  # aliases that are written without a capital
    firsts: Mapping[str, int]  # first piece of an alias -> pieces of the longest alias that begins so
    countries: Mapping[str, Country]
    by_word: Mapping[str, str]  # demonym or country name, folded -> code
    country_names: frozenset[str]  # names of countries among them, which are no adjectives
    capitals: Mapping[str, str]
    classes: Mapping[str, frozenset[str]]
    compounds: Mapping[str, str]  # two-word noun -> class
    civilians: Mapping[str, str]
    name_kinds: Mapping[str, str]
    conflicts: Mapping[str, tuple[Conflict, ...]]
    seats: Mapping[str, tuple[Known, ...]]
    occupiers: Mapping[str, str]
    theatres: Mapping[str, tuple[str, ...]]
    loaded: re.Pattern[str]
    armed_labels: frozenset[str]
    hired_labels: frozenset[str]
    armed_words: frozenset[str]
    lists: Mapping[str, tuple[str, ...]]
    bare: frozenset[str]  # offices that need more words to be anybody's
    nouns: frozenset[str]  # every common noun that the tables know


def word_list(name: str) -> tuple[str, ...]:
    """A list of words that the reading of phrases goes by, from `[lists]` of actor_nouns.toml."""
    return load_tables().lists[name]


def fold(words: str) -> str:
    """Words for comparing: case aside, straight apostrophes, single spaces, none around hyphens."""
    return _HYPHENS.sub("-", " ".join(words.translate(_APOSTROPHES).casefold().split()))


@lru_cache(maxsize=4)
def load_tables(extra: Path | None = None) -> Tables:
    """The tables, with a user's own over them. Raises DataError for a table that cannot be read."""
    nouns = tomllib.loads(_text("actor_nouns.toml"))
    labels = tomllib.loads(_text("labels.toml"))
    rows = list(_rows(_read(extra), str(extra))) if extra is not None else []
    rows += _rows(_text("actors.csv"), "actors.csv")
    aliases = _aliases([(fold(alias), known) for alias, known in rows])
    countries = {row["code"]: _country(row) for row in _dicts(_text("actor_countries.csv"))}
    classes = {name: frozenset(table["nouns"]) for name, table in nouns.items() if "nouns" in table}
    names = {fold(w).removeprefix("the "): c.code for c in countries.values() for w in (c.name, *c.names)}
    listed = "|".join(re.escape(word) for word in sorted(labels["loaded"], key=lambda w: (-len(w), w)))
    return Tables(
        aliases=aliases,
        plain=frozenset(alias for alias, _ in rows if alias == alias.lower()),
        firsts=_firsts(aliases),
        countries=countries,
        by_word=_first_wins([(fold(w), c.code) for c in countries.values() for w in c.demonyms]) | names,
        country_names=frozenset(names),
        capitals=_first_wins([(fold(seat), c.code) for c in countries.values() for seat in c.seats if seat]),
        classes=classes,
        compounds={w: name for name, table in nouns.items() if "nouns" in table for w in table.get("compounds", ())},
        civilians=nouns["civilians"],
        name_kinds={word: kind for kind, words in nouns["name_kinds"].items() for word in words},
        conflicts={code: tuple(_conflict(code, c) for c in told) for code, told in nouns["conflicts"].items()},
        seats={fold(seat): _seat(told, aliases) for seat, told in nouns["seats"].items()},
        occupiers=nouns["occupiers"],
        theatres={code: tuple(others) for code, others in nouns["theatres"].items()},
        loaded=re.compile(rf"\b(?:{listed})(?:e?s)?\b", re.IGNORECASE),
        armed_labels=frozenset(labels["armed_labels"]),
        hired_labels=frozenset(labels["hired_labels"]),
        armed_words=frozenset(nouns["armed"]["armed_words"]),
        lists={name: tuple(listed) for name, listed in nouns["lists"].items()},
        bare=frozenset(nouns["government"]["bare"]),
        nouns=frozenset().union(*classes.values(), nouns["civilians"], labels["armed_labels"], labels["hired_labels"]),
    )


def _first_wins(pairs: list[tuple[str, str]]) -> dict[str, str]:
    return dict(reversed(pairs))


def _firsts(aliases: Mapping[str, tuple[Known, ...]]) -> dict[str, int]:
    firsts: dict[str, int] = {}
    for alias in aliases:
        pieces = re.findall(r"\w+|[^\w\s]", alias)
        firsts[pieces[0]] = max(len(pieces), firsts.get(pieces[0], 0))
    return firsts


def _aliases(rows: list[tuple[str, Known]]) -> dict[str, tuple[Known, ...]]:
    aliases: dict[str, tuple[Known, ...]] = {}
    for alias, known in rows:
        aliases[alias] = (*aliases.get(alias, ()), known)
    return aliases


def _rows(text: str, where: str) -> Iterator[tuple[str, Known]]:
    for row in _dicts(text):
        if not row.get("name") or not row.get("kind"):
            raise DataError(f"{where}: the row {row!r} has no name or no kind; both are needed in every row.")
        since, until = _year(row.get("since"), where), _year(row.get("until"), where)
        side, country = row.get("side") or None, row.get("country") or None
        everywhere = Known(row["name"], row["kind"], side, country, since, until)
        for alias in (row["name"], *_listed(row.get("aliases"))):
            yield alias, everywhere
        for alias in _listed(row.get("local")):
            yield alias, replace(everywhere, local=True)


def _listed(value: str | None) -> list[str]:
    return [item for item in (value or "").split("|") if item.strip()]


def _conflict(code: str, told: Mapping[str, Any]) -> Conflict:
    return Conflict(
        name=told.get("name", "armed opposition group"),
        side=told.get("side", f"{code}:armed_opposition"),
        since=told["since"],
        until=told.get("until", 9999),
        words=tuple(told.get("words", ())),
    )


def _seat(told: list[Mapping[str, Any]], aliases: Mapping[str, tuple[Known, ...]]) -> tuple[Known, ...]:
    """Who governs from a town, by years; the years of the seat and not those of the actor."""
    found = []
    for row in told:
        known = aliases[fold(row["name"])][0]
        found.append(replace(known, since=row.get("since"), until=row.get("until"), local=False))
    return tuple(found)


def _year(value: str | None, where: str) -> int | None:
    if not value:
        return None
    if not value[:4].isdigit():
        raise DataError(f"{where}: {value!r} is no year; since and until are years or ISO dates.")
    return int(value[:4])


def _country(row: dict[str, str]) -> Country:
    return Country(
        row["code"], row["name"], tuple(_listed(row["names"])), tuple(_listed(row["demonyms"])),
        tuple(_listed(row["seats"])),
    )  # fmt: skip


def _dicts(text: str) -> Iterator[dict[str, str]]:
    return iter(csv.DictReader(line for line in text.splitlines() if not line.startswith("#")))


def _text(name: str) -> str:
    return resources.files("trucewatch.data").joinpath(name).read_text(encoding="utf-8")


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise DataError(f"The table of actors {path} cannot be read: {error}. It is a CSV file in UTF-8.") from error
