"""A sentence as written words: hyphenated names in one piece, with what the parse says of each.

The parse cuts "al-Qasr" and "Houthi-held" at hyphens; a place name does not.

Layer: places. Imports only model.
"""

from __future__ import annotations

from dataclasses import dataclass

from trucewatch.model import Sentence

_HYPHENS = frozenset("-‐‑–")
_ARTICLES = ("al", "el", "ul", "as", "ash", "ad", "ar", "az", "an", "at", "ath", "ez", "es", "ed", "er")


@dataclass(frozen=True, slots=True)
class Unit:
    """One written word. Offsets are absolute; `first` and `last` are token indices, both inclusive."""

    start: int
    end: int
    text: str
    low: str  # lower case
    first: int
    last: int
    upos: str
    label: str | None  # kind of the parsed name that it is part of
    capital: bool
    lemma: str


def units_of(s: Sentence, text: str) -> list[Unit]:
    """Give the written words of a sentence."""
    labels: dict[int, str] = {i: name.kind for name in s.names for i in range(name.start, name.end)}
    groups: list[list[int]] = []
    for t in s.tokens:
        if groups and _joined(s, groups[-1][-1], t.i):
            groups[-1].append(t.i)
        else:
            groups.append([t.i])
    return [_unit(s, text, group, labels) for group in groups]


def _joined(s: Sentence, before: int, i: int) -> bool:
    a, b = s.tokens[before], s.tokens[i]
    if a.end != b.start:
        return False
    hyphen = b.text in _HYPHENS and i + 1 < len(s.tokens) and s.tokens[i + 1].start == b.end and a.text[-1:].isalpha()
    return hyphen or (a.text in _HYPHENS and before > 0 and s.tokens[before - 1].end == a.start)


def _unit(s: Sentence, text: str, group: list[int], labels: dict[int, str]) -> Unit:
    start, end = s.tokens[group[0]].start, s.tokens[group[-1]].end
    written = text[start:end]
    words = [i for i in group if s.tokens[i].text not in _HYPHENS] or group
    head = next((i for i in reversed(words) if s.tokens[i].upos == "PROPN"), words[-1])
    found = [labels[i] for i in words if i in labels]
    label = next((k for k in found if k == "place"), found[-1] if found else None)
    return Unit(
        start, end, written, written.lower(), group[0], group[-1], s.tokens[head].upos, label,
        _capital(written), s.tokens[words[-1]].lemma.lower(),
    )  # fmt: skip


def _capital(written: str) -> bool:
    """Whether a word is written as a name: a capital at its start, or after an article and a hyphen."""
    bare = written.lstrip("‘’'`ʿʾ")
    if bare[:1].isupper():
        return True
    head, hyphen, rest = bare.partition("-")
    if not hyphen:
        head, hyphen, rest = bare.partition("‑")
    return bool(hyphen) and head.lower() in _ARTICLES and rest.lstrip("‘’'`ʿʾ")[:1].isupper()
