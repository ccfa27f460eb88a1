"""The tables of saying (data/speech.toml), read once."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from trucewatch.errors import DataError


@dataclass(frozen=True, slots=True)
class SpeechTables:
    """Lemmas of the cues by what they do, and of the nouns that tell a source's voice."""

    statement: frozenset[str]
    denial: frozenset[str]
    blame: frozenset[str]
    relay: frozenset[str]
    demand: frozenset[str]
    nominal: frozenset[str]
    clause_only: frozenset[str]
    private: frozenset[str]
    adverbs: frozenset[str]
    passive: frozenset[str]
    hearsay_nouns: frozenset[str]
    noun_cues: frozenset[str]
    class_nouns: frozenset[str]
    offices: frozenset[str]
    pronouns: frozenset[str]
    bodies: frozenset[str]
    institutions: frozenset[str]
    cues: frozenset[str]  # every verb that hands what is told to somebody


@lru_cache(maxsize=1)
def load_speech() -> SpeechTables:
    """The tables as shipped. Raises DataError where the file is missing or broken."""
    try:
        raw = tomllib.loads(files("trucewatch.data").joinpath("speech.toml").read_text("utf-8"))
        verbs, hearsay, voices = raw["verbs"], raw["hearsay"], raw["voices"]
        return SpeechTables(
            statement=frozenset(verbs["statement"]),
            denial=frozenset(verbs["denial"]),
            blame=frozenset(verbs["blame"]),
            relay=frozenset(verbs["relay"]),
            demand=frozenset(verbs["demand"]),
            nominal=frozenset(verbs["nominal"]),
            clause_only=frozenset(verbs["clause_only"]),
            private=frozenset(verbs["private"]),
            adverbs=frozenset(hearsay["adverbs"]),
            passive=frozenset(hearsay["passive"]),
            hearsay_nouns=frozenset(hearsay["nouns"]),
            noun_cues=frozenset(raw["noun_cues"]["words"]),
            class_nouns=frozenset(voices["class"]),
            offices=frozenset(voices["office"]),
            pronouns=frozenset(voices["pronouns"]),
            bodies=frozenset(voices["bodies"]),
            institutions=frozenset(voices["institutions"]),
            cues=frozenset(
                {*verbs["statement"], *verbs["denial"], *verbs["blame"], *verbs["relay"]} - {*verbs["private"]}
            ),
        )
    except (OSError, KeyError, tomllib.TOMLDecodeError, ModuleNotFoundError) as error:
        raise DataError(
            f"The table of saying (trucewatch/data/speech.toml) cannot be read: {error}. Install the package again."
        ) from error
