"""The words that tell how an event is told, and whether a word is denied by one of them."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

from trucewatch.coding.event_view import View

#: Relations by which "not", "no", "never", "without", "nobody" deny what they hang on.
DENYING = ("advmod", "det", "cc", "case", "mark", "aux", "nsubj", "obj")


@dataclass(frozen=True, slots=True)
class Cues:
    """The words of event_certainty.toml, ready to ask."""

    value: dict[str, float]
    adverbs: dict[str, float]
    adjectives: dict[str, float]
    modals: dict[str, float]
    verbs: dict[str, float]
    nouns: dict[str, float]
    governor: dict[str, str]
    transparent: frozenset[str]
    modifier: dict[str, str]
    negators: frozenset[str]
    negative_heads: frozenset[str]
    conditional_marks: frozenset[str]
    future: frozenset[str]
    possible: frozenset[str]
    ought: frozenset[str]
    clausal: frozenset[str]
    light_nouns: frozenset[str]
    ongoing_verbs: frozenset[str]


@lru_cache(maxsize=1)
def load_cues() -> Cues:
    """The cue words, read once."""
    table = tomllib.loads(files("trucewatch.data").joinpath("event_certainty.toml").read_text("utf-8"))
    governor = {
        word: status for status, words in table["governor"].items() if status != "transparent" for word in words
    }
    words: dict[str, Any] = {
        name: frozenset(listed) for part in ("words", "links") for name, listed in table[part].items()
    }
    return Cues(
        value=table["value"],
        **table["hedge"],
        governor=governor,
        transparent=frozenset(table["governor"]["transparent"]),
        modifier={word: status for status, listed in table["modifier"].items() for word in listed},
        **words,
    )


def is_negated(view: View, i: int, besides: int = -1) -> bool:
    """Whether a predicate or noun is denied by a word of its own, of its subject or of its object.

    What stands on the argument `besides` is not counted: it is asked for that one itself.
    """
    cues = load_cues()
    for c in view.below[i]:
        if c == besides:
            continue
        word, base = view.lower[c], view.bases[c]
        after = word == "no" and base == "advmod" and c > i
        if word in cues.negators and base in DENYING and not after:
            return _not_only(view, c)
        if base in ("nsubj", "obj") and _negative(view, c, cues):
            return True
        if word in ("nor", "neither"):
            return True
    return view.bases[i] == "conj" and any(
        view.lemmas[c] in ("nor", "neither") for c in view.below[i] if view.bases[c] in ("cc", "cc:preconj")
    )


def _not_only(view: View, c: int) -> bool:
    """False for "not only", which denies nothing."""
    after = c + 1
    return not (after < len(view.tokens) and view.lemmas[after] in ("only", "just", "least"))


def _negative(view: View, c: int, cues: Cues) -> bool:
    """Whether a subject or object is nobody: "nobody", "no one", "no convoy", "none of them"."""
    if view.lemmas[c] in cues.negative_heads:
        return True
    return any(view.lower[d] in ("no", "neither", "not") for d in view.children(c, "det", "nummod", "advmod"))
