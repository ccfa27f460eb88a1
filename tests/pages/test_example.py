"""The worked example beside the project (../shared/example): its whole record, slot by slot.

`gold/example-known.toml` lists the slots that the coder does not reach yet, each with a reason: they are strict
expected failures, so that one that begins to pass must be taken off the list.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
import pytest

from tests.conftest import shared
from trucewatch.benches.claims import align
from trucewatch.engines.local import code_one
from trucewatch.model import Claim, Record
from trucewatch.pipeline import decode
from trucewatch.sources.reader import read_reports

HERE = Path(__file__).parent
KNOWN = HERE / "gold" / "example-known.toml"
pytestmark = pytest.mark.shared


@cache
def gold() -> Record:
    return decode((shared() / "example" / "record.json").read_bytes())


@cache
def coded() -> Record:
    reading = next(iter(read_reports([str(shared() / "example" / "page.txt")], outlet="The Taiz Ledger")))
    return decode(code_one(reading, None))


@cache
def pairs() -> dict[str, Claim]:
    return {a.id: b for a, b in align(gold().claims, coded().claims)}


def _place(place: Any) -> Any:
    if place is None or place.span is None:
        return None
    control = place.control.side if place.control else None
    return place.name, place.level, place.modifier, control, [w.name for w in place.within]


SLOTS: dict[str, Callable[[Claim], Any]] = {
    "type": lambda c: c.event.type,
    "codes": lambda c: (c.event.acled, c.event.plover),
    "status": lambda c: (c.status, c.polarity),
    "factuality": lambda c: c.factuality,
    "hedges": lambda c: [h.text for h in c.hedges],
    "actors": lambda c: sorted((a.role, a.name or "", a.side or "", a.loaded) for a in c.actors),
    "means": lambda c: [m.kind for m in c.means],
    "place": lambda c: _place(c.place),
    "point": lambda c: (c.place.lat, c.place.lon),
    "ways": lambda c: (_place(c.place.from_), _place(c.place.to)),
    "time": lambda c: (c.time.start, c.time.end, c.time.zone, c.time.utc),
    "time_words": lambda c: (c.time.text, c.time.basis, c.time.precision),
    "time_open": lambda c: c.time.unresolved.missing if c.time.unresolved else None,
    "readings": lambda c: [(r.start, r.end) for r in c.time.readings],
    "counts": lambda c: [(n.text, n.what, n.who, n.low, n.best, n.high, n.word) for n in c.counts],
    "teller": lambda c: (c.attribution.voice, c.attribution.source.name if c.attribution.source else None),
    "cue": lambda c: c.attribution.cue.text if c.attribution.cue else None,
    "content": lambda c: c.attribution.content.text if c.attribution.content else None,
    "chain": lambda c: [link.name for link in c.attribution.chain],
    "truce": lambda c: c.truce,
    "span": lambda c: c.span,
}

TRUCE_SLOTS: tuple[str, ...] = ("declared_type", "computed_type", "labels", "parties", "windows", "extensions")


def _known() -> dict[str, str]:
    return dict(tomllib.loads(KNOWN.read_text(encoding="utf-8")).get("known", {}))


def _cases() -> list[Any]:
    known = _known()
    names = [f"c{n:02}" for n in range(1, 20)]
    cases = []
    for name in names:
        for slot in SLOTS:
            marks = (
                [pytest.mark.xfail(strict=True, reason=known[f"{name}.{slot}"])] if f"{name}.{slot}" in known else []
            )
            cases.append(pytest.param(name, slot, id=f"{name}.{slot}", marks=marks))
    return cases


@pytest.mark.parametrize(("name", "slot"), _cases())
def test_claim(name: str, slot: str) -> None:
    claim = next(c for c in gold().claims if c.id == name)
    assert name in pairs(), f"no claim of ours fits {claim.event.type} {claim.event.trigger.text!r}"
    assert SLOTS[slot](pairs()[name]) == SLOTS[slot](claim)


def test_nothing_is_invented() -> None:
    fitted = {id(c) for c in pairs().values()}
    extra = [(c.event.type, coded().report.text[c.span[0] : c.span[1]]) for c in coded().claims if id(c) not in fitted]
    assert extra == []


def test_parts() -> None:
    assert msgspec.to_builtins(coded().report.parts) == msgspec.to_builtins(gold().report.parts)


def test_judgement() -> None:
    ours, theirs = coded().truces[0].judgement, gold().truces[0].judgement
    assert (ours.observance, ours.purpose, ours.formal) == (theirs.observance, theirs.purpose, theirs.formal)
    assert ours.headline == theirs.headline
    assert ours.sides_heard == theirs.sides_heard


def test_two_instruments() -> None:
    assert [t.labels[0].text for t in coded().truces] == [t.labels[0].text for t in gold().truces]
    for ours, theirs in zip(coded().truces, gold().truces, strict=True):
        assert ours.computed_type == theirs.computed_type
        assert [(p.name, p.stance) for p in ours.parties] == [(p.name, p.stance) for p in theirs.parties]
        assert [(w.start, w.end) for w in ours.windows] == [(w.start, w.end) for w in theirs.windows]
