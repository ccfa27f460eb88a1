"""Score coded claims against gold records: every slot of a claim, end to end.

A gold claim that no coded claim fits fails every slot that it fills (recall); a coded claim that fits no gold
claim counts against precision in every slot that it fills: an invented fact is worse than a missing one.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from trucewatch.engines.local import code_one
from trucewatch.model import Claim, Record, Span
from trucewatch.pipeline import decode
from trucewatch.sources.reader import read_reports

Values = set[Hashable]


def _roles(*roles: str) -> Callable[[Claim], Values]:
    return lambda claim: {actor.name for actor in claim.actors if actor.role in roles}


#: What is compared: each slot gives the set of values that a claim tells in it.
SLOTS: dict[str, Callable[[Claim], Values]] = {
    "type": lambda c: {c.event.type},
    "status": lambda c: {(c.status, c.polarity)},
    "initiator": _roles("initiator", "announcer"),
    "object": _roles("target", "victim", "addressee"),
    "mover": _roles("mover"),
    "party": _roles("party"),
    "means": lambda c: {means.kind for means in c.means},
    "place": lambda c: {c.place.name or c.place.text} if c.place.span else set(),
    "point": lambda c: {(round(c.place.lat, 1), round(c.place.lon or 0, 1))} if c.place.lat is not None else set(),
    "time": lambda c: {(c.time.start, c.time.end)} if c.time.start or c.time.end else set(),
    "count": lambda c: {(n.what, n.low, n.best, n.high) for n in c.counts},
    "voice": lambda c: {c.attribution.voice},
    "source": lambda c: {c.attribution.source.name or c.attribution.source.text} if c.attribution.source else set(),
    "hedge": lambda c: {hedge.text.casefold() for hedge in c.hedges},
    "relation": lambda c: {c.truce.relation} if c.truce else set(),
}


@dataclass
class Tally:
    """Right, coded and gold values of one slot."""

    right: int = 0
    coded: int = 0
    gold: int = 0
    misses: list[str] = field(default_factory=list)

    def f1(self) -> float:
        """The harmonic mean of precision and recall; 1 where there is nothing to find and nothing was found."""
        return 2 * self.right / (self.coded + self.gold) if self.coded + self.gold else 1.0


def score(pairs: Sequence[tuple[Record, Record]]) -> dict[str, Tally]:
    """Tallies by slot, and of whole claims under `claim`, over (gold, coded) records of the same texts."""
    tallies = {name: Tally() for name in ("claim", *SLOTS)}
    for gold, coded in pairs:
        fits = align(gold.claims, coded.claims)
        fitted = {id(b) for _, b in fits}
        for claim in gold.claims:
            other = next((b for a, b in fits if a is claim), None)
            _count(tallies, claim, other)
        for claim in coded.claims:
            if id(claim) not in fitted:
                _count(tallies, None, claim)
    return tallies


def _count(tallies: dict[str, Tally], gold: Claim | None, coded: Claim | None) -> None:
    tallies["claim"].gold += gold is not None
    tallies["claim"].coded += coded is not None
    tallies["claim"].right += gold is not None and coded is not None
    if coded is None and gold is not None:
        tallies["claim"].misses.append(f"missed: {gold.event.type} {gold.event.trigger.text!r} {gold.span}")
    if gold is None and coded is not None:
        tallies["claim"].misses.append(f"invented: {coded.event.type} {coded.event.trigger.text!r} {coded.span}")
    for name, values in SLOTS.items():
        a = values(gold) if gold else set()
        b = values(coded) if coded else set()
        tally = tallies[name]
        tally.right += len(a & b)
        tally.gold += len(a)
        tally.coded += len(b)
        if a != b and gold is not None and coded is not None:
            tally.misses.append(
                f"{gold.event.trigger.text!r} {gold.span}: gold {sorted(map(str, a))}, coded {sorted(map(str, b))}"
            )


def align(gold: Sequence[Claim], coded: Sequence[Claim]) -> list[tuple[Claim, Claim]]:
    """Pairs of gold and coded claims, best fits first, each claim at most once."""
    scored = [(fit(a, b), i, j) for i, a in enumerate(gold) for j, b in enumerate(coded)]
    pairs, used_gold, used_coded = [], set(), set()
    for value, i, j in sorted(scored, key=lambda x: (-x[0], x[1], x[2])):
        if value >= 3 and i not in used_gold and j not in used_coded:
            pairs.append((gold[i], coded[j]))
            used_gold.add(i)
            used_coded.add(j)
    return pairs


def fit(gold: Claim, coded: Claim) -> float:
    """How well a coded claim fits a gold one: words in common first, then type, teller and polarity."""
    trigger = _overlap(gold.event.trigger.span, coded.event.trigger.span) > 0
    span = _overlap(gold.span, coded.span)
    if not trigger and span < 0.3:
        return 0.0
    value = 1.5 * trigger + span + 1.5 * (gold.event.type == coded.event.type)
    value += gold.attribution.voice == coded.attribution.voice
    value += gold.polarity == coded.polarity
    value += SLOTS["source"](gold) == SLOTS["source"](coded)
    value += 0.5 * (SLOTS["count"](gold) == SLOTS["count"](coded))
    return value


def _overlap(one: Span, other: Span) -> float:
    common = min(one[1], other[1]) - max(one[0], other[0])
    return max(0, common) / max(1, min(one[1] - one[0], other[1] - other[0]))


def bench(folder: Path) -> dict[str, Tally]:
    """Score every `NAME/page.txt` + `record.json` (or the folder itself) under a folder of worked examples."""
    pairs = []
    for gold_file in sorted(folder.rglob("record.json")):
        gold = msgspec.json.decode(gold_file.read_bytes(), type=Record)
        reading = next(iter(read_reports([str(gold_file.with_name("page.txt"))], outlet=gold.report.outlet)))
        pairs.append((gold, decode(code_one(reading, None))))
    return score(pairs)
