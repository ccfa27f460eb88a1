"""Which line of a page is its title, and which lines only repeat it. Layer: sources."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from trucewatch.sources.units import Unit

Kinds = list[str | None]

_SUFFIX = re.compile(r"\s+(?:[|–—]|-)\s+[^|–—]{2,40}$")


def without_suffix(title: str) -> str:
    """A title without the outlet's name behind its last dash or stroke, where enough is left of it."""
    short = _SUFFIX.sub("", title)
    return short if len(short.split()) >= 3 else title


def find_title(units: Sequence[Unit], kinds: Kinds, given: str | None) -> int | None:
    """The line that is the page's title, None where it has none."""
    stop = _first_prose(units, kinds)
    told = _norm(without_suffix(given)) if given else None
    vocabulary = _vocabulary(units, kinds)
    repeats = Counter(_bare(unit) for unit in units if unit.line)
    best: tuple[float, int] | None = None
    leads, listed = True, False  # nothing but furniture before; in a list of other articles
    for i, unit in enumerate(units[: min(len(units), 400)]):
        marked = unit.hint.heading == 1 or unit.hint.kind == "title" or (told and unit.norm == told)
        listed = kinds[i] == "related" or (listed and not unit.blank_before)
        if kinds[i] is not None or not unit.line or (i >= stop and not marked):
            continue
        score = _title_score(unit, (i, stop, len(units)), vocabulary, repeats[_bare(unit)] > 1) + (
            5 if told and unit.norm == told else 0
        )
        score += 0.8 * leads - 2 * listed
        leads = leads and len(unit.words) < 4
        if score > 0.45 and (best is None or score > best[0] + 1e-9):
            best = (score, i)
    if best is None:
        return None
    norm = units[best[1]].norm
    return next(i for i, unit in enumerate(units) if unit.norm == norm and kinds[i] is None)


def _first_prose(units: Sequence[Unit], kinds: Kinds) -> int:
    return next(
        (i for i, u in enumerate(units) if kinds[i] is None and (u.prose or u.bullet) and u.hint.heading != 1),
        len(units),
    )


def _title_score(unit: Unit, place: tuple[int, int, int], vocabulary: frozenset[str], is_repeated: bool) -> float:
    """How much a line looks like the title: length, markup, words shared with the body, repetition, place."""
    i, stop, length = place
    count = len(unit.words)
    score = {0: -9.0, 1: -3.0, 2: -1.5, 3: -0.3}.get(count, 1.0 if count <= 20 else -0.5 if count <= 30 else -4.0)
    if unit.hint.heading == 1 or unit.hint.kind == "title":
        score += 4
    elif unit.hint.heading:
        score += 0.5
    content = [word for word in unit.words if len(word) > 3]
    shared = sum(word[:6] in vocabulary for word in content) / len(content) if content else 0.0
    score += 2 * shared
    if count >= 3 and is_repeated:
        score += 3 if shared >= 0.25 or not vocabulary else 0.75
    if stop == length and not unit.hint.heading and score < 4:
        return -9.0  # no running text at all: no line heads it
    if unit.text.endswith((":", ",")) or ("|" in unit.text and count < 6):
        score -= 2
    return score - 0.08 * max(stop - i - 1, 0)


def _vocabulary(units: Sequence[Unit], kinds: Kinds) -> frozenset[str]:
    """The starts of the longer words of the first running text."""
    found: set[str] = set()
    taken = 0
    for i, unit in enumerate(units):
        if kinds[i] is None and unit.prose:
            found.update(word[:6] for word in unit.words if len(word) > 3)
            taken += 1
            if taken == 12:
                break
    return frozenset(found)


def _norm(title: str) -> str:
    return " ".join(re.findall(r"[^\W_]+(?:['.\-/][^\W_]+)*", title.lower().replace("’", "'")))


def _bare(unit: Unit) -> str:
    """The words of a title without the outlet's name behind them: alike for all its repeats."""
    return _norm(without_suffix(unit.text)) if unit.line else unit.norm


def _same(one: Unit, other: Unit) -> bool:
    """Whether two lines are one title: alike but for case, punctuation and an outlet's name behind."""
    return one.norm == other.norm or (bool(one.line and other.line) and _bare(one) == _bare(other))


def mark_repeats(units: Sequence[Unit], kinds: Kinds, own: int) -> None:
    """Mark the lines that repeat the title."""
    title = units[own]
    for i, unit in enumerate(units):
        if i != own and kinds[i] in (None, "related", "caption") and len(unit.words) >= 3 and _same(title, unit):
            kinds[i] = "repeated_title"
